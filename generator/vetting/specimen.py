"""Try a house style on letters that are there already: what it spoils is seen before a letter of a client is made."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import lru_cache

from generator.assembly import Order, assemble, law_of
from generator.case.load import load_case
from generator.case.model import Case
from generator.document import Letter
from generator.errors import GeneratorError, Place, Problem
from generator.folders import Folders
from generator.law.load import cached_law
from generator.letters.catalogue import cached_kind
from generator.letters.language import cached_language
from generator.limits import budget
from generator.publish import POSSIBLE, publish
from generator.render.engine import Engine, missing_engine
from generator.render.house_style import HouseStyle

SPECIMENS = (("prosecutor-complaint", "ru"), ("prosecutor-complaint", "tg"), ("rights-card", "ru"))
"""The letters a style is tried on, each with its language: pages and a card, with all letters of the alphabets."""
_ENGINES: tuple[Engine, ...] = ("weasyprint", "typst")


def spoilt(style: HouseStyle, folders: Folders, as_of: date) -> Iterator[Problem]:
    """Name what is wrong with letters in a house style, at the folder of the style; no file is written.

    That a font lacks characters of a language is told as `no-glyph`; in other languages it may serve.
    """
    seen = set[str]()
    for name, language in SPECIMENS:
        case, letter = _specimen(name, language, folders, as_of)
        for engine in _ENGINES:
            if missing_engine(engine) or (engine == "typst" and not style.typst):
                continue
            for problem in _problems(case, letter, style, engine):
                if problem.id not in seen:
                    seen.add(problem.id)
                    yield _of_style(problem, style)


def _of_style(problem: Problem, style: HouseStyle) -> Problem:
    """Return a problem at the folder of the style, unless it has a place in it: a specimen itself is sound."""
    inside = problem.place and problem.place.file.startswith(style.place.file)
    return problem if inside else replace(problem, place=Place(style.place.file), path="")


@budget()
def _problems(case: Case, letter: Letter, style: HouseStyle, engine: Engine) -> tuple[Problem, ...]:
    try:
        publish(case, letter, style, POSSIBLE[letter.form], "specimen", engine=engine)
    except GeneratorError as fault:
        return fault.problems
    return ()


@lru_cache(maxsize=len(SPECIMENS))  # one for all styles of a folder
def _specimen(name: str, language: str, folders: Folders, as_of: date) -> tuple[Case, Letter]:
    entry = cached_kind(name, folders)
    case = load_case(entry.folder / "example.yaml")
    order = Order(cached_language(language, folders), as_of, draft=True)
    return case, assemble(case, law_of(case, folders, cached_law), entry, order, folders).letter
