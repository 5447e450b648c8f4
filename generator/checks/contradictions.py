"""No fact contradicts another: where there was no such thing, nothing can be told of it."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from generator.case.model import CaseFile
from generator.case.paths import value_at
from generator.case.people import Body, Entity, is_empty
from generator.case.values import Answer
from generator.checks.model import Check, Subject
from generator.checks.scopes import scopes
from generator.errors import Problem


class Denial(NamedTuple):
    """An answer to a fact, and what cannot be with it.

    That are the paths of facts (`items[]` for each item of the list, the same one as in `fact`), of groups, of which
    every other fact counts, or a fact with one answer (`seizure.paper=record`). *No* and *none* go with any denial.
    """

    fact: str
    answer: str
    excludes: tuple[str, ...]


DENIALS = (
    Denial("detention.force", "no", ("detention.force_description",)),
    Denial("detention.protocol", "no", ("detention.protocol_at", "detention.protocol_copy")),
    Denial("seizure.occurred", "no", ("seizure", "items")),
    Denial("seizure.protocol", "no", ("seizure.protocol_copy", "seizure.paper=record")),
    Denial("seizure.paper", "none", ("seizure.paper_date", "seizure.protocol_copy")),
    Denial("items[].returned", "no", ("items[].returned_at", "items[].return_document")),
    Denial("items[].is_evidence", "no", ("items[].evidence_at",)),
    Denial("device_access.occurred", "no", ("device_access",)),
    Denial("questioning.occurred", "no", ("questioning",)),
    Denial("summons.written", "no", ("summons.form=written",)),
    Denial("medical.seen", "no", ("medical",)),
)
"""What cannot be where a fact has an answer."""


def _run(subject: Subject) -> Iterator[Problem]:
    for scope in scopes(subject.case):
        for fact, other in _contradictions(scope.facts):
            if scope.counts(fact, other):
                where = scope.path(other)
                yield Problem("contradiction", subject.case.place(where), where, {"first": scope.path(fact)})


def _contradictions(facts: CaseFile) -> Iterator[tuple[str, str]]:
    """Yield the paths of an answer and of a fact that cannot be with it."""
    for denial in DENIALS:
        for number in _numbers(facts, denial.fact):
            fact = denial.fact.replace("[]", number)
            if value_at(facts, fact) == denial.answer:
                for path in denial.excludes:
                    yield from ((fact, other) for other in _told(facts, path.replace("[]", number)) if other != fact)


def _numbers(facts: CaseFile, path: str) -> list[str]:
    """Return `[1]`, `[2]` ... for each item of the list that a path speaks of; one empty text where it has none."""
    name, of_list, _ = path.partition("[]")
    return [f"[{n}]" for n in range(1, len(getattr(facts, name)) + 1)] if of_list else [""]


def _told(facts: CaseFile, path: str) -> Iterator[str]:
    """Yield the paths of what is told at a path and is not *no*: the fact, or each one of a group."""
    path, with_answer, answer = path.partition("=")
    value = value_at(facts, path)
    if isinstance(value, Entity) and not isinstance(value, Body):
        yield from (f"{path}.{name}" for name in type(value).model_fields if _is_so(getattr(value, name)))
    elif _is_so(value) and (not with_answer or value == answer):
        yield path


def _is_so(value: Any) -> bool:
    if isinstance(value, Entity):
        return not is_empty(value)
    return value not in (None, (), Answer.UNKNOWN, Answer.NO, "none")


CHECK = Check("contradictions", "error", _run)
