"""What a check is: an id, how grave its findings are, and the function that finds them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from generator.case.model import Case
from generator.errors import Problem
from generator.law.model import LawPack


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
