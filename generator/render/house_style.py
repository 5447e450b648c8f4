"""A house style: its fonts, its measures, its templates for Word and for the page, loaded and checked as a whole."""

import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

from generator.document import Form, Letter
from generator.errors import DataError, Place, Problem
from generator.render.style_files import FILES, StyleFiles, style_files
from generator.render.style_fonts import font_fault
from generator.render.style_measures import Sheet, measure_problems
from generator.render.style_page import css_problems, html_problems, typst_problems
from generator.render.style_word import word_problems
from generator.sources import Source
from generator.validation import validate

Look = Literal["regular", "bold", "italic", "bold-italic"]
Paper = Literal["letter", "card", "phone"]
"""What a document is printed on: A4, a card to be folded, pages for the screen of a phone."""
LOOKS: tuple[Look, ...] = get_args(Look)
_FONT_NAME = re.compile(r"\w[\w .-]{0,60}")
_NO_LIGATURES = ", ".join(f"'{name}' 0" for name in ("liga", "clig", "dlig", "hlig", "calt"))
"""Said of the font: where a style sheet says it of text, WeasyPrint 70 loses some memory for each line."""
_FACES = {"regular": "400 normal", "bold": "700 normal", "italic": "400 italic", "bold-italic": "700 italic"}


@dataclass(frozen=True, slots=True, eq=False)  # compared by identity: what is prepared once is kept per style
class HouseStyle:
    """How letters look, read whole from its folder and that of the style it is based on, if it is."""

    name: str
    place: Place
    word_font: str
    measures: Mapping[str, str]
    letterhead: bool
    folders: tuple[Path, ...]
    fonts: Mapping[Look, bytes] = field(repr=False)
    html: str = field(repr=False)
    css: str = field(repr=False)
    docx: bytes = field(repr=False)
    card_css: str = field(repr=False)
    phone_css: str = field(repr=False)
    card_docx: bytes = field(repr=False)
    typst: str = field(repr=False)
    """What typst is told; empty where the style changes the page and does not say how typst is to set it."""
    points: Mapping[Paper, Mapping[str, float]] = field(repr=False)
    """The measures of each kind of paper in points."""
    card_margin: float
    """How many points a card keeps free along each edge and fold."""

    def css_for(self, form: Form) -> str:
        """Return the style sheet for a form of document."""
        return self.card_css if form == "card" else self.css

    def docx_for(self, form: Form) -> bytes:
        """Return the Word file for a form of document."""
        return self.card_docx if form == "card" else self.docx


class _Fonts(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    word: str
    pdf: str
    regular: str
    bold: str
    italic: str
    bold_italic: str = Field(alias="bold-italic")


class _StyleFile(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    base: str = ""
    fonts: _Fonts
    letterhead: bool = False
    measures: dict[str, str]
    card: dict[str, str]
    phone: dict[str, str]


def load(folder: Path) -> HouseStyle:
    """Return the house style of a folder; raise `DataError` with everything that is missing or does not agree."""
    files = style_files(folder)
    style: _StyleFile = validate(_StyleFile, files.source, DataError)
    fonts = {look: getattr(style.fonts, look.replace("-", "_")) for look in LOOKS}
    if outside := list(files.outside(tuple(fonts.values()))):
        raise DataError(outside)
    if absent := list(files.missing((*FILES, *fonts.values()))):
        raise DataError(absent)
    sheets = _sheets(files.source, style)
    faces = {look: files.read(name) for look, name in fonts.items()}
    if problems := [*_problems(files, sheets), *_font_problems(files, style.fonts, faces)]:
        raise DataError(problems)
    css = {name: _page_rules(style, sheet.measures) for name, sheet in sheets.items()}
    letter_css = files.read("letter.css").decode()
    return HouseStyle(
        name=folder.name,
        place=Place(folder.as_posix()),
        word_font=style.fonts.word,
        measures=style.measures,
        letterhead=style.letterhead,
        folders=files.folders,
        fonts=faces,
        html=files.read("letter.html").decode(),
        css=css["letter"] + letter_css,
        docx=files.read("letter.docx"),
        card_css=css["card"] + letter_css + files.read("card.css").decode(),
        phone_css=css["phone"] + letter_css + files.read("phone.css").decode(),
        card_docx=files.read("card.docx"),
        typst=files.typst(),
        points={paper: _points(sheet) for paper, sheet in sheets.items()},
        card_margin=sheets["card"].twips("margin-left") / 20,
    )


@functools.lru_cache(maxsize=8)
def cached(folder: Path) -> HouseStyle:
    """Return the house style of a folder, loaded once in a process."""
    return load(folder)


def dressed(letter: Letter, style: HouseStyle) -> Letter:
    """Return the letter as a house style prints it: the lines of the office only where there is a place for them."""
    return letter if style.letterhead else replace(letter, letterhead=())


def _sheets(source: Source, style: _StyleFile) -> dict[Paper, Sheet]:
    """Return the measures of each kind of sheet: what a card or a phone does not say is as in a letter."""
    font = style.fonts.word
    return {
        "letter": Sheet(source, style.measures, font, style.measures, letterhead=style.letterhead),
        "card": Sheet(source, {**style.measures, **style.card}, font, style.card, "card"),
        "phone": Sheet(source, {**style.measures, **style.phone}, font, style.phone, "phone"),
    }


def _problems(files: StyleFiles, sheets: Mapping[Paper, Sheet]) -> Iterator[Problem]:
    letter = sheets["letter"]
    yield from measure_problems(letter)
    for sheet in (sheets["card"], sheets["phone"]):
        yield from (problem for problem in measure_problems(sheet) if problem.id != "style-lacks-measure")
    yield from word_problems(files.read("letter.docx"), files.place("letter.docx"), letter)
    yield from word_problems(files.read("card.docx"), files.place("card.docx"), sheets["card"], "card")
    yield from html_problems(files.read("letter.html"), files.place("letter.html"))
    for name in ("letter.css", "card.css", "phone.css"):
        for raw, place in files.sheets(name):
            yield from css_problems(raw, place, letter)
    for raw, place in files.typst_parts():
        yield from typst_problems(raw, place, letter)


def _font_problems(files: StyleFiles, fonts: _Fonts, faces: Mapping[Look, bytes]) -> Iterator[Problem]:
    """Check the names of the fonts, which go into the style sheet, and that the files are fonts."""
    for name in ("word", "pdf"):
        if not _FONT_NAME.fullmatch(getattr(fonts, name)):
            yield Problem("style-font-name", files.source.place(f"fonts.{name}"), f"fonts.{name}")
    for look, face in faces.items():
        if fault := font_fault(face):
            yield Problem(fault, files.source.place(f"fonts.{look}"), f"fonts.{look}")


def _points(sheet: Sheet) -> dict[str, float]:
    return {measure: sheet.twips(measure) / 20 for measure in sheet.measures}


def _page_rules(style: _StyleFile, measures: Mapping[str, str]) -> str:
    """Say fonts, page and measures in CSS, from `style.yaml` alone; a font file goes by the name of its look."""
    family = f"{style.fonts.pdf} bundled"  # no font of this name is installed, so only the files of the style are used
    faces = "".join(
        f"@font-face {{ font-family: '{family}'; src: url('{look}'); "
        f"font-weight: {_FACES[look].split()[0]}; font-style: {_FACES[look].split()[1]}; "
        f"font-feature-settings: {_NO_LIGATURES}; }}\n"
        for look in LOOKS
    )
    margins = " ".join(measures[f"margin-{side}"] for side in ("top", "right", "bottom", "left"))
    page = f"@page {{ size: {measures['page-width']} {measures['page-height']}; margin: {margins}; }}\n"
    names = "".join(f"  --{name}: {value};\n" for name, value in measures.items())
    return (
        f"{faces}{page}:root {{\n  --font: '{family}', '{style.fonts.word}', '{style.fonts.pdf}', serif;\n{names}}}\n"
    )
