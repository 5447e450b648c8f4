"""The four kinds of ground. Each looks at facts only through `Facts` and answers yes, no or not known."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import lru_cache
from operator import attrgetter
from typing import Any, NamedTuple

from generator.case.clock import elapsed, least_elapsed, uncertainty
from generator.case.model import Case
from generator.case.values import Answer, Moment
from generator.findings.model import Fact, Outcome
from generator.law.model import Ground


class NoSuchFactError(LookupError):
    """A ground asks for a fact that no case can have; it is the path of it."""


class Elapsed(NamedTuple):
    """The time between two moments and how far it may be off; the least it can be where an hour is not known."""

    time: timedelta
    error: timedelta
    exact: bool = True


class Known(dict[str, tuple[Any, Fact] | None]):
    """The facts of one case by path, with their values, `None` where unknown; looked up once for all grounds."""

    def __init__(self, case: Case) -> None:
        """Know of nothing yet."""
        super().__init__()
        self.case = case

    def __missing__(self, path: str) -> tuple[Any, Fact] | None:
        try:
            value = _reach(path)(self.case.facts)
        except AttributeError:
            raise NoSuchFactError(path) from None
        unknown = value is None or value is Answer.UNKNOWN
        known = self[path] = None if unknown else (value, Fact(path, self.case.place(path)))
        return known


@dataclass(slots=True)
class Facts:
    """The facts of one case as a ground reads them; notes which were read and which are missing."""

    known: Known
    zone: str
    used: dict[str, Fact] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)

    def value(self, path: str) -> Any:
        """Return the value at a path, `None` where it is unknown."""
        known = self.known[path]
        if known is None:
            self.missing.append(path)
            return None
        value, self.used[path] = known
        return value

    def answer(self, path: str) -> Answer | None:
        """Return yes or no for a path; a known moment or text counts as yes."""
        value = self.value(path)
        return value if isinstance(value, Answer) or value is None else Answer.YES

    def elapsed(self, start: str, end: str) -> Elapsed | None:
        """Return the time between two moments, counted in UTC, and how far it may be off."""
        first, last = self.value(start), self.value(end)
        if not (isinstance(first, Moment) and isinstance(last, Moment)):
            return None
        error = uncertainty(first, last)
        measured = elapsed(first, last, self.zone)
        if measured is not None:
            return Elapsed(measured, error)
        self.missing += [path for path, moment in ((start, first), (end, last)) if moment.clock is None]
        return Elapsed(least_elapsed(first, last, self.zone), error, exact=False)


@lru_cache(maxsize=512)
def _reach(path: str) -> Callable[[Any], Any]:
    return attrgetter(path)


class Measure(NamedTuple):
    """What a kind found: the outcome, and the time it measured."""

    outcome: Outcome
    elapsed: timedelta | None = None


def _longer_than(ground: Ground, facts: Facts, limit: timedelta | None) -> Measure:
    """Hold the time between two moments against a limit."""
    return _against(facts.elapsed(ground.from_, ground.until), limit)


def _later_than(ground: Ground, facts: Facts, limit: timedelta | None) -> Measure:
    """Hold a moment against the due moment, which is another moment plus the limit, if there is one."""
    return _against(facts.elapsed(ground.due, ground.moment), limit or timedelta(0))


def _not_done(ground: Ground, facts: Facts, limit: timedelta | None) -> Measure:
    """Look whether a duty was done: `no` violates it, once the time for it, if there is a limit, has run out."""
    answer = facts.answer(ground.duty)
    if answer is Answer.YES:
        return Measure(Outcome.KEPT)
    due = _against(facts.elapsed(ground.from_, ground.until), limit) if ground.limit else Measure(Outcome.VIOLATED)
    return Measure(Outcome.UNKNOWN, due.elapsed) if answer is None and due.outcome is Outcome.VIOLATED else due


def _done_without(ground: Ground, facts: Facts, _limit: timedelta | None) -> Measure:
    """Look for an act whose every possible permission is known to be absent."""
    act = facts.answer(ground.act)
    if act is Answer.NO:
        return Measure(Outcome.KEPT)
    permissions = [facts.answer(path) for path in ground.decision]
    if Answer.YES in permissions:
        return Measure(Outcome.KEPT)
    return Measure(Outcome.UNKNOWN if act is None or None in permissions else Outcome.VIOLATED)


KINDS: Mapping[str, Callable[[Ground, Facts, timedelta | None], Measure]] = {
    "longer-than": _longer_than,
    "later-than": _later_than,
    "not-done": _not_done,
    "done-without": _done_without,
}


def _against(elapsed: Elapsed | None, limit: timedelta | None) -> Measure:
    """Hold a time against a limit; a day after the end of the limit is late whatever its hour."""
    if elapsed is None or limit is None:
        return Measure(Outcome.UNKNOWN)
    measured = elapsed.time if elapsed.exact else None
    if elapsed.time - elapsed.error > limit:
        return Measure(Outcome.VIOLATED, measured)
    kept = elapsed.exact and elapsed.time + elapsed.error <= limit
    return Measure(Outcome.KEPT if kept else Outcome.UNKNOWN, measured)
