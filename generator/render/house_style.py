"""A house style: its fonts, its measures, its templates for Word and for the page, loaded and checked as a whole."""

import functools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

from generator.document import Form, Letter
from generator.errors import DataError, Place, Problem
from generator.render.style_checks import Sheet, css_problems, html_problems, measure_problems, word_problems
from generator.sources import Source, read_source
from generator.validation import validate

Look = Literal["regular", "bold", "italic", "bold-italic"]
LOOKS: tuple[Look, ...] = get_args(Look)
_FILES = ("letter.docx", "letter.html", "letter.css", "card.docx", "card.css", "phone.css")
_FACES = {"regular": "400 normal", "bold": "700 normal", "italic": "400 italic", "bold-italic": "700 italic"}


@dataclass(frozen=True, slots=True, eq=False)  # compared by identity: what is prepared once is kept per style
class HouseStyle:
    """How letters look: one folder, read whole; `borrowed` are the fonts it takes from the folders beside it."""

    name: str
    place: Place
    word_font: str
    measures: Mapping[str, str]
    letterhead: bool
    borrowed: tuple[Path, ...]
    fonts: Mapping[Look, bytes] = field(repr=False)
    html: str = field(repr=False)
    css: str = field(repr=False)
    docx: bytes = field(repr=False)
    card_css: str = field(repr=False)
    phone_css: str = field(repr=False)
    card_docx: bytes = field(repr=False)
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

    fonts: _Fonts
    letterhead: bool = False
    measures: dict[str, str]
    card: dict[str, str]
    phone: dict[str, str]


def load(folder: Path) -> HouseStyle:
    """Return the house style of a folder; raise `DataError` with everything that is missing or does not agree."""
    source = read_source(folder / "style.yaml", DataError)
    style: _StyleFile = validate(_StyleFile, source, DataError)
    files = {look: getattr(style.fonts, look.replace("-", "_")) for look in LOOKS}
    if outside := list(_outside(folder, files.values())):
        raise DataError(Problem("style-file-outside", source.place("fonts"), "fonts", {"file": n}) for n in outside)
    wanted = (*_FILES, *files.values())
    if absent := [name for name in wanted if not (folder / name).is_file()]:
        raise DataError(Problem("style-file-missing", Place((folder / n).as_posix())) for n in absent)
    read = {name: (folder / name).read_bytes() for name in wanted}
    sheets = _sheets(source, style)
    problems = list(_problems(folder, sheets, read))
    if problems:
        raise DataError(problems)
    css = {name: _page_rules(style, sheet.measures) for name, sheet in sheets.items()}
    letter_css = read["letter.css"].decode()
    return HouseStyle(
        name=folder.name,
        place=Place(folder.as_posix()),
        word_font=style.fonts.word,
        measures=style.measures,
        letterhead=style.letterhead,
        borrowed=tuple(folder / name for name in files.values() if not _inside(folder / name, folder)),
        fonts={look: read[name] for look, name in files.items()},
        html=read["letter.html"].decode(),
        css=css["letter"] + letter_css,
        docx=read["letter.docx"],
        card_css=css["card"] + letter_css + read["card.css"].decode(),
        phone_css=css["phone"] + letter_css + read["phone.css"].decode(),
        card_docx=read["card.docx"],
        card_margin=sheets["card"].twips("margin-left") / 20,
    )


@functools.lru_cache(maxsize=8)
def cached(folder: Path) -> HouseStyle:
    """Return the house style of a folder, loaded once in a process."""
    return load(folder)


def dressed(letter: Letter, style: HouseStyle) -> Letter:
    """Return the letter as a house style prints it: the lines of the office only where there is a place for them."""
    return letter if style.letterhead else replace(letter, letterhead=())


def _outside(folder: Path, names: Iterable[str]) -> Iterator[str]:
    """Name the fonts that lie neither in the folder of the style nor in that of a style beside it."""
    yield from (name for name in names if not _inside(folder / name, folder.resolve().parent))


def _inside(path: Path, folder: Path) -> bool:
    return path.resolve().is_relative_to(folder.resolve())


def _sheets(source: Source, style: _StyleFile) -> dict[str, Sheet]:
    """Return the measures of each kind of sheet: what a card or a phone does not say is as in a letter."""
    font = style.fonts.word
    return {
        "letter": Sheet(source, style.measures, font, style.measures, letterhead=style.letterhead),
        "card": Sheet(source, {**style.measures, **style.card}, font, style.card, "card"),
        "phone": Sheet(source, {**style.measures, **style.phone}, font, style.phone, "phone"),
    }


def _problems(folder: Path, sheets: Mapping[str, Sheet], read: Mapping[str, bytes]) -> Iterator[Problem]:
    letter = sheets["letter"]
    yield from measure_problems(letter)
    for sheet in (sheets["card"], sheets["phone"]):
        yield from (problem for problem in measure_problems(sheet) if problem.id != "style-lacks-measure")
    yield from word_problems(read["letter.docx"], Place((folder / "letter.docx").as_posix()), letter)
    yield from word_problems(read["card.docx"], Place((folder / "card.docx").as_posix()), sheets["card"], "card")
    yield from html_problems(read["letter.html"], Place((folder / "letter.html").as_posix()))
    for name in ("letter.css", "card.css", "phone.css"):
        yield from css_problems(read[name], Place((folder / name).as_posix()), letter)


def _page_rules(style: _StyleFile, measures: Mapping[str, str]) -> str:
    """Say fonts, page and measures in CSS, from `style.yaml` alone; a font file goes by the name of its look."""
    family = f"{style.fonts.pdf} bundled"  # no font of this name is installed, so only the files of the style are used
    faces = "".join(
        f"@font-face {{ font-family: '{family}'; src: url('{look}'); "
        f"font-weight: {_FACES[look].split()[0]}; font-style: {_FACES[look].split()[1]}; }}\n"
        for look in LOOKS
    )
    margins = " ".join(measures[f"margin-{side}"] for side in ("top", "right", "bottom", "left"))
    page = f"@page {{ size: {measures['page-width']} {measures['page-height']}; margin: {margins}; }}\n"
    names = "".join(f"  --{name}: {value};\n" for name, value in measures.items())
    return (
        f"{faces}{page}:root {{\n  --font: '{family}', '{style.fonts.word}', '{style.fonts.pdf}', serif;\n{names}}}\n"
    )
