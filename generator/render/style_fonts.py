"""Look at the frame of a font file before a library does: its tables are there, and lie inside of it."""

import struct

_KINDS = (b"\0\1\0\0", b"true")
_POSTSCRIPT = b"OTTO"
_HEAD = struct.Struct(">4sH6x")
_TABLE = struct.Struct(">4s4xLL")
_MOST_TABLES = 64
_NEEDED = {b"cmap", b"glyf", b"head", b"hhea", b"hmtx", b"loca", b"maxp", b"name", b"post"}
_PICTURES = {b"SVG ", b"CBDT", b"sbix", b"COLR"}
"""Glyphs as pictures, which may hold anything; no letter needs them."""


def font_fault(raw: bytes) -> str:
    """Return the id of what is wrong with a font file: it is none or broken, or its outlines are not of TrueType.

    Only of TrueType can the program prove that a PDF draws the glyphs it tells; what they look like nobody can know.
    """
    if raw.startswith(_POSTSCRIPT):
        return "style-font-outlines"
    return "" if _sound(raw) else "style-font-broken"


def _sound(raw: bytes) -> bool:
    if len(raw) < _HEAD.size:
        return False
    kind, count = _HEAD.unpack_from(raw)
    if kind not in _KINDS or not 0 < count <= _MOST_TABLES or len(raw) < _HEAD.size + count * _TABLE.size:
        return False
    tables = [_TABLE.unpack_from(raw, _HEAD.size + n * _TABLE.size) for n in range(count)]
    names = {name for name, _, _ in tables}
    whole = len(names) == count and all(start + length <= len(raw) for _, start, length in tables)
    return whole and names >= _NEEDED and not names & _PICTURES
