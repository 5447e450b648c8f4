"""Events stand in their order, and none lies in the future."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Any

from generator.case.model import OWN_GROUPS, Case
from generator.case.values import Moment
from generator.checks.model import Check, Subject
from generator.errors import Problem

ORDERS = (
    ("detention.apprehended_at", "detention.delivered_at", "detention.protocol_at"),
    ("detention.apprehended_at", "detention.delivered_at", "detention.released_at"),
    ("detention.apprehended_at", "seizure.at"),
    ("proceedings.opened_at", "proceedings.charge.charged_at", "proceedings.terminated_at"),
    ("incident.started_at", "detention.released_at"),
    ("detention.apprehended_at", "summons.said_at"),
    ("summons.said_at", "summons.at"),
)
MAY_LIE_AHEAD = frozenset({"summons.at", "expires_at"})


def _run(subject: Subject) -> Iterator[Problem]:
    for prefix, facts in _scopes(subject.case):
        for order in ORDERS:
            known = [(path, value) for path in order if (value := _value(facts, path)) is not None]
            for (first, earlier), (second, later) in pairwise(known):
                if _before(later, earlier):
                    where = prefix + second
                    yield Problem("wrong-order", subject.case.place(where), where, {"first": first})
        for path in dict.fromkeys(path for order in ORDERS for path in order if path not in MAY_LIE_AHEAD):
            value = _value(facts, path)
            if value is not None and _day(value) > subject.as_of:
                where = prefix + path
                yield Problem("in-the-future", subject.case.place(where), where, {"today": subject.as_of.isoformat()})


def _scopes(case: Case) -> Iterator[tuple[str, Any]]:
    yield "", case.facts
    for number, client in enumerate(case.facts.clients, 1):
        if any(getattr(client, group) is not None for group in OWN_GROUPS):
            yield f"clients[{number}].", client


def _value(facts: Any, path: str) -> Moment | date | None:
    value: Any = facts
    for name in path.split("."):
        value = getattr(value, name, None)
    return value if isinstance(value, Moment | date) else None


def _day(value: Moment | date) -> date:
    return value.day if isinstance(value, Moment) else value


def _before(later: Moment | date, earlier: Moment | date) -> bool:
    if isinstance(later, Moment) and isinstance(earlier, Moment) and later.clock and earlier.clock:
        return (later.day, later.clock) < (earlier.day, earlier.clock)
    return _day(later) < _day(earlier)


CHECK = Check("chronology", "error", _run)
