"""A house style: its fonts, its measures, its templates for Word and for the page, loaded and checked as a whole."""

import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

from generator.errors import DataError, Place, Problem
from generator.render.style_checks import Sheet, css_problems, html_problems, word_problems
from generator.sources import read_source
from generator.validation import validate

Look = Literal["regular", "bold", "italic", "bold-italic"]
LOOKS: tuple[Look, ...] = get_args(Look)
_FACES = {"regular": "400 normal", "bold": "700 normal", "italic": "400 italic", "bold-italic": "700 italic"}


@dataclass(frozen=True, slots=True, eq=False)  # compared by identity: what is prepared once is kept per style
class HouseStyle:
    """How letters look: one folder, read whole."""

    name: str
    place: Place
    word_font: str
    measures: Mapping[str, str]
    font_files: Mapping[str, Look]
    fonts: Mapping[Look, bytes] = field(repr=False)
    html: str = field(repr=False)
    css: str = field(repr=False)
    docx: bytes = field(repr=False)


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
    measures: dict[str, str]


def load(folder: Path) -> HouseStyle:
    """Return the house style of a folder; raise `DataError` with everything that is missing or does not agree."""
    source = read_source(folder / "style.yaml", DataError)
    style: _StyleFile = validate(_StyleFile, source, DataError)
    files = {look: getattr(style.fonts, look.replace("-", "_")) for look in LOOKS}
    wanted = ("letter.docx", "letter.html", "letter.css", *files.values())
    if absent := [name for name in wanted if not (folder / name).is_file()]:
        raise DataError(Problem("style-file-missing", Place((folder / n).as_posix())) for n in absent)
    read = {name: (folder / name).read_bytes() for name in wanted}
    sheet = Sheet(source, style.measures, style.fonts.word)
    problems = list(_problems(folder, sheet, read))
    if problems:
        raise DataError(problems)
    return HouseStyle(
        name=folder.name,
        place=Place(folder.as_posix()),
        word_font=style.fonts.word,
        measures=style.measures,
        fonts={look: read[name] for look, name in files.items()},
        font_files={name: look for look, name in files.items()},
        html=read["letter.html"].decode(),
        css=_page_rules(style, files) + read["letter.css"].decode(),
        docx=read["letter.docx"],
    )


@functools.lru_cache(maxsize=8)
def cached(folder: Path) -> HouseStyle:
    """Return the house style of a folder, loaded once in a process."""
    return load(folder)


def _problems(folder: Path, sheet: Sheet, read: Mapping[str, bytes]) -> Iterator[Problem]:
    yield from word_problems(read["letter.docx"], Place((folder / "letter.docx").as_posix()), sheet)
    yield from html_problems(read["letter.html"], Place((folder / "letter.html").as_posix()))
    yield from css_problems(read["letter.css"], Place((folder / "letter.css").as_posix()), sheet)


def _page_rules(style: _StyleFile, files: Mapping[Look, str]) -> str:
    """Say fonts, page and measures in CSS, from `style.yaml` alone."""
    measures = style.measures
    family = f"{style.fonts.pdf} bundled"  # no font of this name is installed, so only the files of the style are used
    faces = "".join(
        f"@font-face {{ font-family: '{family}'; src: url('{name}'); "
        f"font-weight: {_FACES[look].split()[0]}; font-style: {_FACES[look].split()[1]}; }}\n"
        for look, name in files.items()
    )
    margins = " ".join(measures[f"margin-{side}"] for side in ("top", "right", "bottom", "left"))
    page = f"@page {{ size: {measures['page-width']} {measures['page-height']}; margin: {margins}; }}\n"
    names = "".join(f"  --{name}: {value};\n" for name, value in measures.items())
    return (
        f"{faces}{page}:root {{\n  --font: '{family}', '{style.fonts.word}', '{style.fonts.pdf}', serif;\n{names}}}\n"
    )
