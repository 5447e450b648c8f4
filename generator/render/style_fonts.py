"""Look at the frame of a font file before a library does: its tables are there, and lie inside of it."""

import struct

_KINDS = (b"\0\1\0\0", b"OTTO", b"true")
_HEAD = struct.Struct(">4sH6x")
_TABLE = struct.Struct(">4s4xLL")
_MOST_TABLES = 64
_NEEDED = {b"cmap", b"head", b"hhea", b"hmtx", b"maxp", b"name", b"post"}
_OUTLINES = ({b"glyf", b"loca"}, {b"CFF "}, {b"CFF2"})
_PICTURES = {b"SVG ", b"CBDT", b"sbix", b"COLR"}
"""Glyphs as pictures, which may hold anything; no letter needs them."""


def font_fault(raw: bytes) -> bool:
    """Say whether a file is no font, or one whose frame is broken. What its glyphs look like nobody can know."""
    if len(raw) < _HEAD.size:
        return True
    kind, count = _HEAD.unpack_from(raw)
    if kind not in _KINDS or not 0 < count <= _MOST_TABLES or len(raw) < _HEAD.size + count * _TABLE.size:
        return True
    tables = [_TABLE.unpack_from(raw, _HEAD.size + n * _TABLE.size) for n in range(count)]
    names = {name for name, _, _ in tables}
    whole = len(names) == count and all(start + length <= len(raw) for _, start, length in tables)
    drawn = any(outlines <= names for outlines in _OUTLINES)
    return not (whole and drawn and names >= _NEEDED and not names & _PICTURES)
