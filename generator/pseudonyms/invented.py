"""Invented names: chosen by chance that nobody can compute again, declined, and written in Cyrillic or Latin."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from generator.errors import CaseError, DataError
from generator.names.decline import CASES, Kind, Sex
from generator.sources import read_source
from generator.validation import validate

_TRIES = 400


@dataclass(frozen=True, slots=True)
class Invented:
    """A part of an invented name: what all its forms begin with, in Cyrillic and in Latin letters."""

    kind: Kind
    sex: Sex
    stem: str
    latin: str

    def form(self, sex: Sex, case: str = "nom", *, latin: bool = False) -> str:
        """Return the name in a grammatical case; a given name keeps its own sex."""
        of = self.sex if self.kind == "given_name" else sex
        names = _names()
        if latin:
            return self.latin + names.latin[self.kind].get(of, "")
        return self.stem + names.endings[self.kind][of].get(case, "")


class _Names(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    surname: Mapping[str, Mapping[str, str]]
    given_m: Mapping[str, Mapping[str, str]]
    given_f: Mapping[str, Mapping[str, str]]
    endings: Mapping[str, Mapping[str, Mapping[str, str]]]
    latin: Mapping[str, Mapping[str, str]]


@lru_cache
def _names() -> _Names:
    loaded: _Names = validate(_Names, read_source(Path(__file__).with_name("names.yaml"), DataError), DataError)
    return loaded


def invent(kind: Kind, sex: Sex, is_free: Callable[[Invented], bool], path: str) -> Invented:
    """Choose a name by chance among those that `is_free` allows; raise `CaseError` if none is left."""
    for _ in range(_TRIES):
        name = _chosen(kind, sex)
        if is_free(name):
            return name
    raise CaseError.one("no-pseudonym-left", None, path)


def forms_of(name: Invented) -> set[str]:
    """Return every form a name can have."""
    sexes: tuple[Sex, ...] = ("m", "f")
    cyrillic = {name.form(sex, case) for sex in sexes for case in ("nom", *CASES)}
    return cyrillic | {name.form(sex, latin=True) for sex in sexes}


def _chosen(kind: Kind, sex: Sex) -> Invented:
    names = _names()
    parts = {"surname": names.surname, "patronymic": names.given_m}.get(
        kind, names.given_f if sex == "f" else names.given_m
    )
    (begin, latin_begin), (end, latin_end) = (
        secrets.choice(sorted(parts[part].items())) for part in ("begins", "ends")
    )
    stem, latin = begin + end, latin_begin + latin_end
    feminine = kind == "given_name" and sex == "f"  # its last letter is an ending
    return Invented(kind, sex, stem[:-1], latin[:-1]) if feminine else Invented(kind, sex, stem, latin)
