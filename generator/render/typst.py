"""Render a letter with typst, which needs no library of the system, as a PDF that is both PDF/A-3a and PDF/UA-1."""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.errors import DataError, RenderError
from generator.render.faces import height
from generator.render.typst_data import Data, typst_data
from generator.scratch import scratch_folder

if TYPE_CHECKING:
    import tempfile

    from generator.document import Letter
    from generator.render.house_style import HouseStyle, Paper

_STANDARDS = ["ua-1", "a-3a"]
_LOOK = "look.typ"
_BEGIN = """\
#let style = json(bytes(sys.inputs.style))
#let sheet = style.sheet
#let font = style.font
#let m = style.measures.pairs().map(((name, points)) => (name, points * 1pt)).to-dict()
"""
_IMPORT = f'#import "{_LOOK}": look, paper\n'
_CALL = f"{_IMPORT}#paper(look, json(bytes(%s)))\n"


def render_typst(letter: Letter, style: HouseStyle) -> bytes:
    """Return the letter as PDF; equal letters give equal bytes. Anything typst would only warn of is refused."""
    return _set(letter, style, "card" if letter.form == "card" else "letter")


def render_typst_phone(letter: Letter, style: HouseStyle) -> bytes:
    """Return the letter as PDF whose pages have the size of the screen of a phone."""
    return _set(letter, style, "phone")


def set_up(style: HouseStyle) -> None:
    """Raise `DataError` if the style file is not understood."""
    for paper in style.points:
        _press(style, paper)


def _set(letter: Letter, style: HouseStyle, paper: Paper) -> bytes:
    from typst import TypstError  # noqa: PLC0415  # an extra: only for who wants it

    try:
        pdf, warnings = _press(style, paper).print(typst_data(letter, paper, style.points[paper]))
    except TypstError:  # its words may quote the letter
        raise RenderError.one("pdf-warning", style.place) from None
    if warnings:
        raise RenderError.one("pdf-warning", style.place)
    return pdf


@dataclass(frozen=True, slots=True)
class _Press:
    """Typst set up for a paper of a house style: it has read the fonts, and its folder holds the look and nothing more.

    Typst keeps what it set for the last letters and takes it again where all that it was made of is the same. So only
    the main file, which is the letter, may differ from letter to letter: `sys.inputs` are part of everything.
    """

    compiler: Any
    folder: tempfile.TemporaryDirectory[str]

    def print(self, letter: Data) -> tuple[bytes, int]:
        """Return the PDF of a letter given as data, and of how many things typst warned."""
        source = _CALL % _quoted(letter)
        pdf, warnings = self.compiler.compile_with_warnings(source.encode(), format="pdf", pdf_standards=_STANDARDS)
        return pdf, len(warnings)


@functools.lru_cache(maxsize=6)
def _press(style: HouseStyle, paper: Paper) -> _Press:
    """Read fonts and style file once; raise `DataError` where they are not understood, before a letter is seen."""
    import typst  # noqa: PLC0415  # as above

    folder = scratch_folder()
    root = _filled(folder, "root", {_LOOK: f"{_BEGIN}{style.typst}".encode()})
    fonts = _filled(folder, "fonts", {f"{look}.ttf": content for look, content in style.fonts.items()})
    found = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[fonts])
    if len(found.families()) != 1 or len({(font.style, font.weight) for font in found.fonts()}) != len(style.fonts):
        raise DataError.one("style-fonts-apart", style.place)
    font = {"family": found.families()[0], **height(style.fonts["regular"], style.place)}
    told = json.dumps({"sheet": paper, "font": font, "measures": style.points[paper]})
    compiler = typst.Compiler(
        root=root, package_path=root, font_paths=found, ignore_system_fonts=True, sys_inputs={"style": told}
    )
    try:
        compiler.compile(_IMPORT.encode(), format="pdf")
    except typst.TypstError as fault:  # about the style file alone: no letter has been seen yet
        raise DataError.one("style-typst-not-understood", style.place, message=fault.message) from None
    return _Press(compiler, folder)


def _filled(folder: tempfile.TemporaryDirectory[str], name: str, files: Mapping[str, bytes]) -> str:
    """Return the path of a new folder with these files in it."""
    inner = Path(folder.name, name)
    inner.mkdir()
    for file, content in files.items():
        (inner / file).write_bytes(content)
    return str(inner)


def _quoted(letter: Data) -> str:
    """Return data as JSON in a string of typst: all ASCII, no line end, and quotes are escaped as typst does."""
    return json.dumps(json.dumps(letter))
