"""Problems with a place, and the exceptions that carry them: ids and values here, sentences in `messages/`."""

import errno
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import groupby, islice
from pathlib import PurePath
from typing import Self
from unicodedata import category

_HARMLESS = re.compile("[ -~\u0400-\u0482\u048a-\u04ff]*")  # the quick answer for almost every name
_ODD = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def shown(text: str) -> str:
    """Return a text of others, such as the name of a file or a sheet, so that it can do nothing to a screen or a sheet.

    A character that is a control, invisible, or half of one is written as its number: `\\x1b`, `\\u202e`.
    """
    if _HARMLESS.fullmatch(text):
        return text
    return "".join(ascii(each)[1:-1] if category(each) in _ODD else each for each in text)


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A spot in a file; line and column count from 1, 0 when only the file is known."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        """Write the place as editors understand it: `file:line:column`."""
        file = shown(self.file)
        return f"{file}:{self.line}:{self.column}" if self.line else file


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault: an id (its sentence is in `messages/`), its place, the path of the fact, and what the sentence needs.

    `values` never hold a value of a case, only names of fields, choices, dates of law and the like.
    """

    id: str
    place: Place | None = None
    path: str = ""
    values: Mapping[str, str] = field(default_factory=dict)


_MORE = "more-problems"
MOST = 100
"""How many problems of one file are told: a file that has more is another kind of file, or somebody plays with us."""


def first_of(problems: Iterable[Problem], file: str) -> list[Problem]:
    """Return the first problems of a file, and look for no more; where there are, one that says so."""
    found = list(islice(problems, MOST + 1))
    return [*found[:MOST], Problem(_MORE, Place(file))] if len(found) > MOST else found


class GeneratorError(Exception):
    """A stage could not do its work; `problems` says everything that is wrong, in order of place.

    Of each file no more than the first `MOST` are kept, and one that says that there are more.
    """

    exit_code = 1

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Keep the problems; equal ones once."""
        unique = {(p.id, p.place, p.path, tuple(sorted(p.values.items()))): p for p in problems}
        self.problems = _few(sorted(unique.values(), key=_by_place))
        super().__init__(", ".join(sorted({p.id for p in self.problems})))

    @classmethod
    def one(cls, problem_id: str, place: Place | None = None, path: str = "", **values: str) -> Self:
        """Make the error for a single problem."""
        return cls([Problem(problem_id, place, path, values)])


class CaseError(GeneratorError):
    """The case file, or what was asked of it, has problems: the user can mend them."""

    @classmethod
    def no_law(cls, fault: GeneratorError, place: Place, path: str) -> Self:
        """Say at the fact that dates an event that no known law covers that day, as `fault` found."""
        return cls(Problem("no-law-of-day", place, path, problem.values) for problem in fault.problems)


class OutputError(GeneratorError):
    """The result cannot be written where it was asked for."""


class DataError(GeneratorError):
    """A pack, a letter or a house style is defective: its author can mend it."""

    exit_code = 3


class RenderError(GeneratorError):
    """A document came out different from its model, or could not be rendered at all."""

    exit_code = 3


def whereabouts(fault: BaseException) -> dict[str, str]:
    """Return what may be told of a fault of ours: its kind and the lines of code it came by, and no value."""
    spots, trace = [], fault.__traceback__
    while trace:
        spots.append(f"{PurePath(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}")
        trace = trace.tb_next
    return {"kind": type(fault).__name__, "where": " < ".join(reversed(spots[-4:]))}


def reason_of(fault: OSError) -> str:
    """Return what the system calls an error of its own, such as `ENOSPC`; `EIO` where it has no name for it."""
    return errno.errorcode.get(fault.errno or 0, "EIO")


def system_refused(fault: OSError | MemoryError, place: Place | None = None) -> Problem:
    """Return the problem that the system refuses what the program needs: memory, file handles, a read."""
    number = errno.ENOMEM if isinstance(fault, MemoryError) else fault.errno or 0
    return Problem("system-refused", place, "", {"reason": errno.errorcode.get(number, type(fault).__name__)})


def _few(problems: list[Problem]) -> tuple[Problem, ...]:
    """Return problems in order of place, of each file no more than `MOST`."""
    if len(problems) <= MOST:
        return tuple(problems)
    kept = list[Problem]()
    for file, of_file in groupby(problems, lambda each: each.place.file if each.place else ""):
        told = list(of_file)
        counted = [problem for problem in told if problem.id != _MORE]
        kept += first_of(counted, file) if len(counted) > MOST else told
    return tuple(sorted(kept, key=_by_place))


def _by_place(problem: Problem) -> tuple[str, int, int, str, str]:
    place = problem.place or Place("")
    return place.file, place.line, place.column, problem.path, problem.id
