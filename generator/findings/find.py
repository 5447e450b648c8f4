"""Hold the facts of a case against the grounds of a country's law."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from generator.case.model import Case
from generator.case.values import Answer, Moment
from generator.errors import CaseError, DataError
from generator.findings.kinds import KINDS, Facts, Known, NoSuchFactError
from generator.findings.model import Finding, Findings, Outcome
from generator.law.limits import LimitVersion
from generator.law.model import Ground, LawPack
from generator.law.provisions import ProvisionVersion


def find(case: Case, law: LawPack) -> Findings:
    """Return what the facts show of every ground of the pack.

    Each ground is judged by the law of the day of the event; a day before that law is a `CaseError`. Unknown facts
    never make a violation: whatever could excuse the breach must be known to be absent. A pack that asks for a fact
    which no case can have is a `DataError`.
    """
    known, found = Known(case), dict[str, Finding]()
    for name, ground in law.grounds.items():
        try:
            found[name] = _finding(name, ground, known, law)
        except NoSuchFactError as fault:
            place = law.places.get(f"grounds/{name}")
            raise DataError.one("no-such-fact", place, name, fact=str(fault)) from None
    return found


def _finding(name: str, ground: Ground, known: Known, law: LawPack) -> Finding:
    facts = Facts(known, law.head.zone)
    path, day = _day(ground, facts)
    if day is None:
        return Finding(name, Outcome.UNKNOWN, tuple(facts.used.values()), tuple(facts.missing))
    try:
        then = _law_of(law, name, day)
    except DataError as fault:
        raise CaseError.no_law(fault, known.case.place(path), path) from None
    measure = KINDS[ground.kind](ground, facts, None if then.hours is None else timedelta(hours=then.hours))
    outcome = _excused(measure.outcome, ground, facts)
    missing = tuple(dict.fromkeys(facts.missing)) if outcome is Outcome.UNKNOWN else ()
    used = tuple(facts.used.values())
    return Finding(name, outcome, used, missing, measure.elapsed, then.hours, day, then.provisions, then.limit)


@dataclass(frozen=True, slots=True)
class _LawOf:
    """What the law of one day says of a ground; `hours` only of a limit that may be counted and is in hours."""

    limit: LimitVersion | None
    hours: int | None
    provisions: Mapping[str, ProvisionVersion]


@lru_cache(maxsize=4096)
def _law_of(law: LawPack, name: str, day: date) -> _LawOf:
    """Look up the law of a day; raise `DataError` where none of it is known. Cases of one day share it."""
    then, ground = law.on(day), law.grounds[name]
    limit = then.limit(ground.limit) if ground.limit else None
    provisions = {provision: then.provision(provision) for provision in ground.provisions}
    hours = int(limit.length) if limit and limit.countable and law.limits[ground.limit].count == "hours" else None
    return _LawOf(limit, hours, provisions)


def _excused(outcome: Outcome, ground: Ground, facts: Facts) -> Outcome:
    """Let the conditions of the duty (`when`) and the excuses (`unless`) weigh in; unknown ones leave it open."""
    conditions = [facts.answer(path) for path in ground.when]
    excuses = [facts.answer(path) for path in ground.unless]
    if outcome is Outcome.KEPT or Answer.NO in conditions or Answer.YES in excuses:
        return Outcome.KEPT
    return Outcome.UNKNOWN if None in conditions or None in excuses else outcome


def _day(ground: Ground, facts: Facts) -> tuple[str, date | None]:
    """Return the day of the event, and its path: the first known of the moments the ground names."""
    for path in ground.on:
        value = facts.value(path)
        if isinstance(value, Moment):
            return path, value.day
    return "", None
