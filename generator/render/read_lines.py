"""How the lines of a page are written in a PDF: as engines nearly always write them, and step by step."""

import re

_DEPTH = 12


def _nested(shallow: bytes, depth: int = _DEPTH) -> bytes:
    """Return the pattern of a string with brackets in it, which need no mark as long as they are in pairs."""
    pattern = shallow % b"(?!)"
    for _ in range(depth):
        pattern = shallow % pattern
    return pattern


_NUMBER = rb"[-+]?\d*\.?\d*"
_QUICK = _nested(rb"\([^()\n]*+(?:(?:(?<=[^\\]\\)[()]|%b)[^()\n]*+)*+\)")
_STRING = _nested(rb"\((?:[^()\\]|\\.|%b)*+\)")
_GLYPHS = rb"\[(?:" + _QUICK + rb"|<[0-9a-f]*+>|[-\d.]++)*+\]\s?TJ"
_AT = rb"0 Tr/\w+ (?P=size) Tf 1 0 0 -1 %b 0 Tm" % _NUMBER
_TEXT = rb"(?:%b|%b\s?Tj)" % (_GLYPHS, _QUICK)
_MORE = rb"(?:(?:/Span<</ActualText(?:<FEFF[0-9A-F]{4}>|\([ !-'*-\[\]-~]\))>>BDC %b%b\nEMC )?+%b%b)*+" % (
    _AT,
    _TEXT,
    _AT,
    _TEXT,
)
_LINE = rb"BT 0 Tr/\w+ (?P<size>%b) Tf 1 0 0 -1 0 0 Tm%b%b\nET\nQ\nEMC" % (_NUMBER, _TEXT, _MORE)
WRITTEN = re.compile(
    rb"/Span<</MCID \d+(?:/Lang\(\w+\))?+>>BDC\nq 1 0 0 -1 (%b) (%b) cm/c0 cs (%b) scn\n%b"
    rb"|/Span\n<</MCID \d+>>\nBDC\n(?:/a1.0 gs\n(0 0 0 rg)\n)?+BT\n1 0 0 -1 (%b) (%b) Tm\n/\w+ (%b) Tf\n%b\nET\nEMC"
    % (*[_NUMBER] * 3, _LINE, *[_NUMBER] * 3, _GLYPHS),
)
"""How the engines write nearly every line, with its groups: for one engine the place, a grey and a size; for the other
whether it turns to black, the place and a size. What is left is followed step by step."""
STEP = re.compile(
    rb"\s*((?:(?:[-+.\d]+|/[^\s/<>\[\]()]+|<<(?:[^<>]|<[^<>]*>)*+>>|<[0-9a-fA-F]*+>|\[(?:%b|[^\[\]()])*+\]|%b)\s*)*+)"
    rb"([A-Za-z'\"]+\*?)\s*" % (_STRING, _STRING),
    re.DOTALL,
)
MARKED = re.compile(
    rb"/(?:Span|Artifact|P|H\d|LI|Lbl|LBody|TD|TH|Link|Reference|NonStruct|Div)\s*"
    rb"<<(?:\s*/(?:MCID \d+|Lang\s*\(\w+\)|Type\s*/\w+|Subtype\s*/\w+|Attached\s*\[[/\w\s]*\]|BBox\s*\[[-\d.\s]*\]"
    rb"|ActualText\s*(?:<FEFF[0-9A-F]{4}>|\([ !-'*-\[\]-~]\))))*\s*>>\s*"
)
