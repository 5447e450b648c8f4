"""Hold the facts of a case against the grounds of a country's law."""

from datetime import date, timedelta

from generator.case.model import Case
from generator.case.values import Answer, Moment
from generator.errors import CaseError, DataError
from generator.findings.kinds import KINDS, Facts
from generator.findings.model import Fact, Finding, Findings, Outcome
from generator.law.model import Ground, LawPack


def find(case: Case, law: LawPack) -> Findings:
    """Return what the facts show of every ground of the pack.

    Each ground is judged by the law of the day of the event; a day before that law is a `CaseError`. Unknown facts
    never make a violation: whatever could excuse the breach must be known to be absent.
    """
    return {name: _finding(name, ground, case, law) for name, ground in law.grounds.items()}


def _finding(name: str, ground: Ground, case: Case, law: LawPack) -> Finding:
    facts = Facts(case, law.head.zone)
    path, day = _day(ground, facts)
    if day is None:
        return Finding(name, Outcome.UNKNOWN, _facts(facts), tuple(facts.missing))
    then = law.on(day)
    try:
        limit = then.limit(ground.limit) if ground.limit else None
        provisions = {provision: then.provision(provision) for provision in ground.provisions}
    except DataError as fault:
        raise CaseError.no_law(fault, case.place(path), path) from None
    hours = int(limit.length) if limit and limit.countable and law.limits[ground.limit].count == "hours" else None
    measure = KINDS[ground.kind](ground, facts, None if hours is None else timedelta(hours=hours))
    outcome = _excused(measure.outcome, ground, facts)
    missing = tuple(dict.fromkeys(facts.missing)) if outcome is Outcome.UNKNOWN else ()
    return Finding(name, outcome, _facts(facts), missing, measure.elapsed, hours, day, provisions, limit)


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


def _facts(facts: Facts) -> tuple[Fact, ...]:
    return tuple(Fact(path, facts.case.place(path)) for path in dict.fromkeys(facts.used))
