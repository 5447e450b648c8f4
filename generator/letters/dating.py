"""The date of a letter fits its facts: nothing that came later is told, and what lies ahead still does."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from generator.case.model import Case
from generator.case.paths import moment_at
from generator.case.values import day_of
from generator.errors import Problem
from generator.findings.model import Findings, Outcome
from generator.letters.catalogue import LetterKind
from generator.letters.namespace import Occasion

MAY_FOLLOW = frozenset({
    "evidence.expires_at",
    "representatives.arrives_at",
    "submissions.due",
    "summons.at",
    "summons.confirm_by",
    "summons.proposed_at",
})  # fmt: skip
"""Days of which a letter may speak before they come."""


def misdated(case: Case, occasion: Occasion, findings: Findings, printed: Iterable[str]) -> Iterator[Problem]:
    """Name what makes the date of a letter impossible; `printed` are the paths of the facts it prints.

    No day that a letter tells, pleads from or needs lies after its date, but those that may lie ahead; nor does the
    day of the consent. What its kind speaks of as to come is not over, and what it speaks of as over is.
    """
    kind, day = occasion.kind, occasion.settings.date
    if day is None or not kind.signers:
        return
    letter = {"letter": kind.name}
    told_of = _told(kind, occasion, findings, printed) if occasion.dated else ()  # what lies after today is told anyway
    for path in dict.fromkeys(told_of):
        told = _day(case.facts, path)
        if told and told > day and re.sub(r"\[\d+\]", "", path) not in MAY_FOLLOW:
            yield Problem("letter-before-fact", case.place(path), path, letter)
    if path := too_late(case, kind, day):
        yield Problem("letter-too-late", case.place(path), path, letter)
    if path := too_early(case, kind, occasion.about, day):
        yield Problem("letter-too-early", case.place(path), path, letter)
    answer_by = occasion.settings.answer_by
    if answer_by and answer_by < day:
        path = _setting(case, occasion, "answer_by")
        yield Problem("letter-too-late", case.place(path), path, letter)


def too_late(case: Case, kind: LetterKind, day: date) -> str:
    """Return the path of a day that a kind of letter speaks of as to come, and that a letter of a day comes after."""
    return next((path for path in kind.ahead if (to_come := _day(case.facts, path)) and to_come < day), "")


def too_early(case: Case, kind: LetterKind, about: int, day: date) -> str:
    """Return the path of a day that a kind of letter speaks of as over, and that is not before the letter's own day."""
    paths = (numbered(path, kind, about) for path in kind.past)
    return next((path for path in paths if (over := _day(case.facts, path)) and over >= day), "")


def numbered(path: str, kind: LetterKind, about: int) -> str:
    """Say of which client, submission or inquiry a fact is wanted."""
    root, dot, rest = path.partition(".")
    if root == kind.about and dot:
        return f"{root}[{about}].{rest}"
    return f"clients[1].{rest}" if root == "clients" and dot else path


def _told(kind: LetterKind, occasion: Occasion, findings: Findings, printed: Iterable[str]) -> Iterator[str]:
    """Yield the paths of the facts that a letter is made of, its own settings apart."""
    yield "consent.given_at"
    yield from (numbered(path, kind, occasion.about) for path in kind.requires)
    for ground in kind.pleads:
        finding = findings.get(ground)
        if finding and finding.outcome is Outcome.VIOLATED:
            yield from (fact.path for fact in finding.facts)
    yield from (path for path in printed if not path.startswith("letters."))


def _day(facts: Any, path: str) -> date | None:
    value = moment_at(facts, path)
    return day_of(value) if value else None


def _setting(case: Case, occasion: Occasion, name: str) -> str:
    """Return the path of a setting of a letter: that of the one thing it is about, where it is settled there."""
    kind = occasion.kind
    things: Any = getattr(case.facts, kind.about) if kind.about else ()
    code = things[occasion.about - 1].id if 0 < occasion.about <= len(things) else None
    own = f"{kind.name}-{code or occasion.about}"
    settled = case.facts.letters.get(own)
    return f"letters.{own if settled and getattr(settled, name) else kind.name}.{name}"
