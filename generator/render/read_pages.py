"""Read what a PDF holds besides the words it tells: what it does when it is opened, what is drawn and in which font."""

import io
import re
import struct
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from generator.render.read_boxes import Box, covered, run_together
from generator.render.read_ink import UnseenError, ink_of
from generator.render.read_shapes import Face, draws_truly, outlines_of

if TYPE_CHECKING:
    import pikepdf

_ROOT = {"/Type", "/Pages", "/Lang", "/MarkInfo", "/Metadata", "/Names", "/Outlines", "/OutputIntents"}
_ROOT |= {"/StructTreeRoot", "/ViewerPreferences"}
_TREE = {"/Type", "/Kids", "/Count", "/Parent"}
_PAGE = {"/Type", "/Parent", "/MediaBox", "/BleedBox", "/TrimBox", "/Resources", "/Contents", "/Annots", "/Tabs"}
_PAGE |= {"/StructParents"}
_RESOURCES = {"/ColorSpace", "/ExtGState", "/Font", "/Pattern", "/ProcSet", "/Shading", "/XObject"}
_LINK = {"/Type", "/Subtype", "/Rect", "/Dest", "/Contents", "/F", "/StructParent", "/BS", "/Border"}
_TITLE = {"/Title", "/Parent", "/Prev", "/Next", "/First", "/Last", "/Count", "/Dest"}
_WITHOUT_INK = ("/Pattern", "/Shading", "/XObject")
_SCHEMES = ("/ICCBased", "/Lab", "/CalRGB", "/CalGray")
_NEAR = 0.5  # points that a page may be larger or smaller than the style says
_ROWS = re.compile(r"(\d+)\s*(?:\[([^\]]*)\]|(\d+)\s+([\d.]+))")
_INSTEAD = re.compile(
    rb"ActualText\s*(?:<FEFF([0-9A-F]{4})>|\((.)\))>>BDC 0 Tr/(\w+) [\d.]+ Tf [-\d. ]+Tm"
    rb"\(((?:[^()\\]|\\\d{3}|\\.)*+)\)Tj\sEMC"
)
_ESCAPED = re.compile(rb"\\(\d{3}|.)", re.DOTALL)
_CONTROLS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


class StrangeError(ValueError):
    """A part of a PDF that no letter has."""


def prove_pages(
    raw: bytes,
    faces: Sequence[Face],
    size: tuple[float, float],
    titles: Collection[str],
    lines: Sequence[Sequence[Box]],
) -> None:
    """Raise `StrangeError` where a PDF holds more than pages, `UnseenError` with the page that draws not what it tells.

    `faces` are the fonts of the house style, `titles` what the outline may say, `lines` the boxes of the text of each
    page.
    """
    import pikepdf  # noqa: PLC0415  # heavy: only when there is a PDF

    if raw.count(b"startxref") != 1:
        raise StrangeError("startxref")  # changed after it was made
    try:
        with pikepdf.open(io.BytesIO(raw)) as pdf:
            _prove_root(pdf.Root, titles)
            known: dict[Any, Sequence[bytes]] = {}
            for number, (page, boxes) in enumerate(zip(pdf.pages, lines, strict=True), 1):
                _prove_page(page, size)
                fonts_of = {name.lstrip("/"): font for name, font in page.Resources.get("/Font", {}).items()}
                for font in fonts_of.values():
                    if font.objgen not in known:
                        known[font.objgen] = _prove_font(font, faces, number)
                streams = page.Contents if isinstance(page.Contents, pikepdf.Array) else (page.Contents,)
                content = b"\n".join([stream.read_bytes() for stream in streams])
                _prove_ink(content, boxes, number)
                if b"ActualText" in content:
                    _prove_instead(
                        content, {name: known[font.objgen] for name, font in fonts_of.items()}, faces, number
                    )
    except (pikepdf.PdfError, AttributeError, TypeError, struct.error) as fault:
        raise StrangeError(type(fault).__name__) from fault  # not built as PDFs of letters are


def _prove_ink(content: bytes, boxes: Sequence[Box], number: int) -> None:
    try:
        sound = not covered(ink_of(content), boxes) and not run_together(boxes)
    except UnseenError:
        sound = False
    if not sound:
        raise UnseenError(number)


def _prove_root(root: "pikepdf.Object", titles: Collection[str]) -> None:
    _only(root, _ROOT)
    _only(root.get("/Names", {}), {"/Dests"})
    for title in _outline(root.get("/Outlines"), 0):
        _only(title, _TITLE)
        if "".join(str(title.Title).split()) not in titles:
            raise StrangeError("/Outlines")


def _outline(above: Any, depth: int) -> Iterator[Any]:
    entry = above.get("/First") if above is not None else None
    while entry is not None:
        yield entry
        if depth < len(_TITLE):
            yield from _outline(entry, depth + 1)
        entry = entry.get("/Next")


def _prove_page(page: "pikepdf.Page", size: tuple[float, float]) -> None:
    _only(page.obj, _PAGE)
    above = page.obj.get("/Parent")
    while above is not None:
        _only(above, _TREE)
        above = above.get("/Parent")
    left, low, *wide_high = map(float, page.MediaBox)
    if left or low or any(abs(one - other) > _NEAR for one, other in zip(wide_high, size, strict=True)):
        raise StrangeError("/MediaBox")
    resources = page.Resources
    _only(resources, _RESOURCES)
    for name in _WITHOUT_INK:
        _only(resources.get(name, {}), ())
    for state in resources.get("/ExtGState", {}).values():
        if any(name not in {"/ca", "/CA"} or value != 1 for name, value in state.items()):
            raise StrangeError("/ExtGState")
    if any(scheme[0] not in _SCHEMES for scheme in resources.get("/ColorSpace", {}).values()):
        raise StrangeError("/ColorSpace")
    for note in page.obj.get("/Annots", ()):
        _only(note, _LINK)
        if note.get("/Subtype") != "/Link":
            raise StrangeError("/Annots")


def _only(found: Any, known: Collection[str]) -> None:
    if more := set(found.keys()) - set(known):
        raise StrangeError(min(more))


def _prove_font(font: Any, faces: Sequence[Face], number: int) -> Sequence[bytes]:
    """Return the glyphs of a font, if it draws each as it is told."""
    described = font.DescendantFonts[0]
    if font.Encoding != "/Identity-H" or described.CIDToGIDMap != "/Identity" or described.Subtype != "/CIDFontType2":
        raise StrangeError("/Font")
    outlines = outlines_of(described.FontDescriptor.FontFile2.read_bytes())
    told: bytes = font.ToUnicode.read_bytes()
    if not draws_truly(faces, outlines, told, dict(_widths(described.W.unparse().decode()))):
        raise UnseenError(number)
    return outlines


def _widths(listed: str) -> Iterator[tuple[int, float]]:
    """Yield the width of each glyph: listed from a first one on, or one for a row of glyphs."""
    for first, each, last, width in _ROWS.findall(listed.strip()[1:]):
        if last:
            yield from ((code, float(width)) for code in range(int(first), int(last) + 1))
        else:
            yield from enumerate(map(float, each.split()), int(first))


def _prove_instead(content: bytes, fonts: Mapping[str, Sequence[bytes]], faces: Sequence[Face], number: int) -> None:
    """See that a sign that shares its glyph with another, as a no-break space does, is told for this glyph."""
    found = _INSTEAD.findall(content)
    if len(found) != content.count(b"ActualText"):
        raise UnseenError(number)
    for told, plainly, font, shown in set(found):
        codes = _ESCAPED.sub(_unescaped, shown)
        outlines = fonts[font.decode()]
        glyph = int.from_bytes(codes) if len(codes) == 2 else len(outlines)  # noqa: PLR2004  # a code has two bytes
        if glyph >= len(outlines) or not any(
            face.draws(plainly.decode() or chr(int(told, 16)), outlines[glyph], outlines, None) for face in faces
        ):
            raise UnseenError(number)


def _unescaped(found: re.Match[bytes]) -> bytes:
    sign = found[1]
    return bytes([int(sign, 8)]) if sign.isdigit() else _CONTROLS.get(sign, sign)
