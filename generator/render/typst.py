"""Render a letter as a tagged PDF that is both PDF/A-3a and PDF/UA-1 with typst, which needs no library of the system."""

from __future__ import annotations

import functools
import io
import json
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.errors import DataError, Problem, RenderError
from generator.render.typst_data import Sheet, typst_data

if TYPE_CHECKING:
    from generator.document import Letter
    from generator.render.house_style import HouseStyle

_STANDARDS = ["ua-1", "a-3a"]
_BEGIN = """\
#let data = json(bytes(sys.inputs.letter))
#let style = json(bytes(sys.inputs.style))
#let font = style.font
#let m = style.measures.pairs().map(((name, points)) => (name, points * 1pt)).to-dict()
"""
_END = "\n#paper(look)\n"


def render_typst(letter: Letter, style: HouseStyle) -> bytes:
    """Return the letter as PDF; equal letters give equal bytes. Anything typst would only warn of is refused."""
    return _set(letter, style, "card" if letter.form == "card" else "letter")


def render_typst_phone(letter: Letter, style: HouseStyle) -> bytes:
    """Return the letter as PDF whose pages have the size of the screen of a phone."""
    return _set(letter, style, "phone")


def _set(letter: Letter, style: HouseStyle, sheet: Sheet) -> bytes:
    from typst import TypstError  # noqa: PLC0415  # an extra: only for who wants it

    press = _press(style)
    try:
        pdf, warnings = press.compile(json.dumps(typst_data(letter, sheet), ensure_ascii=False), sheet)
    except TypstError:  # its words may quote the letter
        raise RenderError.one("pdf-warning", style.place, count="1") from None
    if warnings:
        raise RenderError.one("pdf-warning", style.place, count=str(warnings))
    return pdf


@dataclass(frozen=True, slots=True)
class _Press:
    """Typst set up for a house style, in an empty folder: it reads the fonts once and no file of the machine."""

    compiler: Any
    source: bytes
    sheets: dict[Sheet, str]
    folder: tempfile.TemporaryDirectory[str]

    def compile(self, letter: str, sheet: Sheet) -> tuple[bytes, int]:
        """Return the PDF of a letter given as JSON, and how many things typst warned of."""
        pdf, warnings = self.compiler.compile_with_warnings(
            input=self.source,
            format="pdf",
            sys_inputs={"letter": letter, "style": self.sheets[sheet]},
            pdf_standards=_STANDARDS,
        )
        return pdf, len(warnings)


@functools.lru_cache(maxsize=6)
def _press(style: HouseStyle) -> _Press:
    import typst  # noqa: PLC0415  # as above

    folder = tempfile.TemporaryDirectory(prefix="arznoma-")
    fonts, root = Path(folder.name, "fonts"), Path(folder.name, "root")
    for made in (fonts, root):
        made.mkdir()
    for look, content in style.fonts.items():
        (fonts / f"{look}.ttf").write_bytes(content)
    found = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(fonts)])
    compiler = typst.Compiler(root=str(root), font_paths=found, ignore_system_fonts=True, package_path=str(root))
    font = {"family": found.families(), **_height(style.fonts["regular"])}
    sheets = {sheet: json.dumps({"font": font, "measures": points}) for sheet, points in style.points.items()}
    return _Press(compiler, f"{_BEGIN}{style.typ}{_END}".encode(), sheets, folder)


def _height(font: bytes) -> dict[str, float]:
    """Return how far the letters of a font reach above and below their line, in parts of their size."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415  # heavy: only for who wants a PDF

    with TTFont(io.BytesIO(font), lazy=True) as face:
        size = face["head"].unitsPerEm
        return {"ascent": face["hhea"].ascent / size, "descent": -face["hhea"].descent / size}
