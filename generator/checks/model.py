"""What a check is: an id, how grave its findings are, and the function that finds them in a case or in one letter."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from generator.assembly import Assembly
from generator.case.model import Case
from generator.errors import Problem
from generator.law.model import LawPack
from generator.letters.catalogue import CatalogueEntry
from generator.letters.namespace import Occasion
from generator.letters.request_list import RequestList


@dataclass(frozen=True, slots=True)
class Subject:
    """What a check looks at: the case, the law of its country, and the day that counts as today."""

    case: Case
    law: LawPack
    as_of: date


@dataclass(frozen=True, slots=True)
class Check:
    """One check; an `error` stops a final letter, a `warning` asks the lawyer to look."""

    id: str
    severity: Literal["error", "warning"]
    run: Callable[[Subject], Iterator[Problem]]


@dataclass(frozen=True, slots=True)
class LetterSubject:
    """What a check of one letter looks at: the case as the letter tells it, and how the letter came out.

    The letter is a draft, so that it can be looked at while facts are missing.
    """

    case: Case
    law: LawPack
    as_of: date
    entry: CatalogueEntry
    assembly: Assembly
    requests: RequestList

    @property
    def occasion(self) -> Occasion:
        """Return what the letter is made on."""
        return self.assembly.occasion

    @property
    def name(self) -> str:
        """Return the name of the kind of letter."""
        return self.entry.kind.name


@dataclass(frozen=True, slots=True)
class LetterCheck:
    """One check of a letter; what it finds asks the lawyer to look."""

    id: str
    run: Callable[[LetterSubject], Iterator[Problem]]
