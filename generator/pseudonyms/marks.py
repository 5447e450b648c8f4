"""Neutral marks for organisations, places, addresses and numbers; and the words that tell nothing."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

from generator.errors import DataError
from generator.folders import bundled_folder
from generator.pseudonyms.spelling import WORD, folded, rough_stem, units
from generator.sources import read_source
from generator.validation import validate

PLAIN = "en"
_TEXTS = (("letters", "??.md"), ("clauses", "*.md"), ("languages", "*.yaml"))


class _Language(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    organisation: Mapping[str, str]
    told: Mapping[str, str]
    in_town: str


class _Marks(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    languages: Mapping[str, _Language]
    towns: tuple[Mapping[str, str], ...]
    common: tuple[str, ...]
    abbreviations: tuple[str, ...]
    titles: str


@lru_cache
def _marks() -> _Marks:
    loaded: _Marks = validate(_Marks, read_source(Path(__file__).with_name("marks.yaml"), DataError), DataError)
    return loaded


def organisation(number: int, language: str, case: str) -> str:
    """Return what an organisation is called in a field."""
    forms = _of(language).organisation
    return forms.get(case, forms["nom"]).format(n=number)


def told(kind: str, number: int, language: str) -> str:
    """Return the mark of a thing within a text."""
    return _of(language).told[kind].format(n=number)


def in_town(text: str, number: int, language: str, forbidden: frozenset[str]) -> str:
    """Return the mark of an address, with its town where that is a large one and no name of a person."""
    town = next((town for town in _marks().towns if _names(town) & {u.folded for u in units(text)}), None)
    mark = told("address", number, language)
    if town is None or _names(town) & forbidden:
        return mark
    return _of(language).in_town.format(town=town.get(language, town[PLAIN]), address=mark)


def titles() -> str:
    """Return a pattern of the words before a name."""
    return _marks().titles


@lru_cache
def abbreviations() -> frozenset[str]:
    """Return the words after which a full stop ends no sentence."""
    return frozenset(_marks().abbreviations)


@lru_cache
def towns() -> frozenset[str]:
    """Return the names of towns that may be kept, as words are compared."""
    return frozenset(name for town in _marks().towns for name in _names(town))


class Common(NamedTuple):
    """Words that tell nothing, as words are compared, and their rough stems."""

    words: frozenset[str]
    stems: frozenset[str]


def common_words(country: str) -> Common:
    """Return the words that stand in the program's own texts: letters, clauses, languages, law of the country.

    Texts of the user's own do not count: an office may have its name in them.
    """
    found = {folded(word) for line in _marks().common for word in line.split()} | towns()
    for path in _own_texts(bundled_folder(), country):
        found |= _words_of(path)
    return Common(frozenset(found), frozenset(map(rough_stem, found)))


def _own_texts(root: Path, country: str) -> Iterator[Path]:
    for folder, pattern in _TEXTS:
        yield from sorted((root / "templates" / folder).rglob(pattern))
    for pack in ("int", country.lower()):
        yield from sorted((root / "law" / pack / "wording").glob("*.yaml"))


@lru_cache(maxsize=256)
def _words_of(path: Path) -> frozenset[str]:
    return frozenset(folded(found[0]) for found in WORD.finditer(path.read_text("utf-8", "replace")))


def _names(town: Mapping[str, str]) -> frozenset[str]:
    return frozenset(map(folded, town.values()))


def _of(language: str) -> _Language:
    known = _marks().languages
    return known.get(language) or known[PLAIN]
