"""Read what the letters of a PDF look like: each glyph must be that of the style's font for what it is told as.

A file may tell one letter and draw another, or an empty box. So the outline and width of each glyph in
the file are held against those that the font of the house style has for the same character.
"""

import functools
import itertools
import re
import struct
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.errors import Place
from generator.render.faces import opened_font

_TOLD = re.compile(rb"begin(bfchar|bfrange)\s(.*?)end", re.DOTALL)
_CODES = re.compile(rb"<([0-9a-fA-F]*)>")
_COMPOSITE = b"\xff\xff"
_WORDS, _SCALE, _BOTH_SCALES, _MATRIX, _MORE, _INSTRUCTIONS = 0x1, 0x8, 0x40, 0x80, 0x20, 0x100
_SINGLE, _EXTENSION = 1, 7
_DEEPEST = 5
_WIDTH = 1.0  # thousandths of the size that a width may differ by


@dataclass(frozen=True, slots=True, eq=False)  # compared by identity: it is a key of caches
class Face:
    """A font of the house style: the glyphs it may draw a character by, and the outlines and widths of its glyphs."""

    glyphs: Mapping[str, Sequence[int]]
    lies: Sequence[bytes]
    widths: Sequence[float]
    outlines: dict[int, bytes]

    def draws(self, text: str, lies: bytes, others: Sequence[bytes], width: float | None) -> bool:
        """Say whether a glyph is one by which this font draws a character."""
        for glyph in self.glyphs.get(text, ()):
            if width is not None and abs(self.widths[glyph] - width) > _WIDTH:
                continue
            if self.lies[glyph] == lies and not lies.startswith(_COMPOSITE):
                return True
            if glyph not in self.outlines:
                self.outlines[glyph] = _outline(self.lies, self.lies[glyph])
            if self.outlines[glyph] == _outline(others, lies):
                return True
        return False


def draws_truly(faces: Sequence[Face], lies: Sequence[bytes], told: bytes, widths: Mapping[int, float]) -> bool:
    """Say whether one of the faces draws each glyph of a font as it is told by the table of characters."""
    pairs = [(code, text) for code, text in _pairs(told) if text]
    return any(
        all(0 < code < len(lies) and _is_drawn(face, text, lies, code, widths.get(code, -1.0)) for code, text in pairs)
        for face in faces
    )


def _is_drawn(face: Face, text: str, lies: Sequence[bytes], code: int, width: float | None) -> bool:
    """Take a glyph that stands for a letter with its marks for that of both together, or of one of them."""
    wanted = (text,) if len(text) == 1 else (unicodedata.normalize("NFC", text), *text)
    return any(face.draws(each, lies[code], lies, width) for each in wanted)


@functools.lru_cache(maxsize=16)
def face_of(font: bytes, place: Place) -> Face:
    """Return a font of the house style; raise `DataError` if its tables cannot be read."""
    with opened_font(font, place) as file:
        upright = 1000 / file["head"].unitsPerEm
        order = {name: number for number, name in enumerate(file.getGlyphOrder())}
        widths = [file["hmtx"][name][0] * upright for name in file.getGlyphOrder()]
        other = _substitutes(file["GSUB"].table) if "GSUB" in file else {}
        names = {chr(code): [name, *other.get(name, ())] for code, name in (file.getBestCmap() or {}).items()}
        signs = {sign: [order[name] for name in each] for sign, each in names.items()}
        return Face(signs, outlines_of(font), widths, {})


def _substitutes(table: object) -> dict[str, list[str]]:
    """Return the glyphs a font may put in the place of another, as some languages want it."""
    found: dict[str, list[str]] = {}
    for lookup in getattr(getattr(table, "LookupList", None), "Lookup", ()):
        for part in lookup.SubTable:
            single = part.ExtSubTable if part.LookupType == _EXTENSION else part
            if single.LookupType == _SINGLE:
                for name, instead in single.mapping.items():
                    found.setdefault(name, []).append(instead)
    return found


def _pairs(told: bytes) -> Iterator[tuple[int, str]]:
    for kind, listed in _TOLD.findall(told):
        codes = _CODES.findall(listed)
        if kind == b"bfchar":
            yield from zip((int(code, 16) for code in codes[::2]), map(_text, codes[1::2]), strict=True)
        else:
            raise ValueError(kind)  # no engine writes ranges


def _text(code: bytes) -> str:
    return bytes.fromhex(code.decode()).decode("utf-16-be")


def outlines_of(font: bytes) -> Sequence[bytes]:
    """Return the glyphs of a font as they lie in its file."""
    number: int = struct.unpack_from(">H", font, 4)[0]
    listed = (struct.unpack_from(">4s4xLL", font, 12 + 16 * n) for n in range(number))
    tables = {tag: font[start : start + length] for tag, start, length in listed}
    places = tables[b"loca"]
    if struct.unpack_from(">h", tables[b"head"], 50)[0]:
        ends = struct.unpack(f">{len(places) // 4}L", places)
    else:
        ends = tuple(2 * place for place in struct.unpack(f">{len(places) // 2}H", places))
    outlines = tables[b"glyf"]
    return [outlines[start:end] for start, end in itertools.pairwise(ends)]


def _outline(lies: Sequence[bytes], glyph: bytes, depth: int = 0) -> bytes:
    """Return a glyph without its instructions, with the glyphs it is composed of in place of their numbers."""
    if not glyph:
        return b""
    if not glyph.startswith(_COMPOSITE):
        contours: int = struct.unpack_from(">h", glyph)[0]
        end = 10 + 2 * contours
        length: int = struct.unpack_from(">H", glyph, end)[0]
        return (glyph[:end] + glyph[end + 2 + length :]).rstrip(b"\0")
    if depth == _DEEPEST:
        raise ValueError(depth)
    return glyph[2:10] + b"".join(_components(lies, glyph, depth))


def _components(lies: Sequence[bytes], glyph: bytes, depth: int) -> Iterable[bytes]:
    place, flags = 10, _MORE
    while flags & _MORE:
        flags, number = struct.unpack_from(">HH", glyph, place)
        size = (4 if flags & _WORDS else 2) + 2 * bool(flags & _SCALE) + 4 * bool(flags & _BOTH_SCALES)
        size += 8 * bool(flags & _MATRIX)
        yield struct.pack(">H", flags & ~_INSTRUCTIONS & ~_MORE) + glyph[place + 4 : place + 4 + size]
        yield _outline(lies, lies[number], depth + 1)
        place += 4 + size
