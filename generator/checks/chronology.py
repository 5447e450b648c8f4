"""Events stand in their order, and none lies in the future."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from itertools import pairwise

from generator.case.paths import moment_at
from generator.case.values import Moment, day_of
from generator.checks.model import Check, Subject
from generator.checks.scopes import Scope, root_of, scopes
from generator.errors import Problem

ORDERS = (
    ("detention.apprehended_at", "detention.delivered_at", "detention.protocol_at"),
    ("detention.apprehended_at", "detention.delivered_at", "detention.released_at"),
    ("detention.apprehended_at", "seizure.at"),
    ("incident.started_at", "detention.released_at"),
    ("proceedings.opened_at", "proceedings.charge.charged_at", "proceedings.terminated_at"),
    ("detention.apprehended_at", "summons.said_at"),
    ("summons.said_at", "summons.confirm_by", "summons.at"),
    ("summons.said_at", "summons.proposed_at"),
    ("clients[1].birth_date", "incident.started_at"),
    ("clients[1].birth_date", "detention.apprehended_at"),
    ("seizure.at", "items[].evidence_at"),
    ("seizure.at", "items[].returned_at"),
    ("submissions[].at", "submissions[].received_at", "submissions[].registered_at"),
    ("submissions[].at", "submissions[].reply.at"),
    ("submissions[].at", "submissions[].reminder_at"),
    ("submissions[].at", "submissions[].extended_at"),
    ("submissions[].suspended_at", "submissions[].resumed_at"),
    ("inquiries[].since", "inquiries[].until"),
    ("consent.given_at", "consent.withdrawn_at"),
)
"""Events that follow one another; `[]` stands for each item of a list, the same one along an order."""

PAST = (
    "questioning.at",
    "device_access.at",
    "medical.at",
    "meetings[].at",
    "events[].at",
    "evidence[].date",
    "representatives[].order_date",
    "representatives[].power_date",
)
"""Events that have no order of their own, but cannot lie ahead."""

LISTS = tuple(dict.fromkeys(path.partition("[]")[0] for order in (*ORDERS, PAST) for path in order if "[]" in path))
"""The lists of which an order or event speaks."""

MAY_LIE_AHEAD = frozenset({"summons.at", "summons.confirm_by", "summons.proposed_at"})


def _run(subject: Subject) -> Iterator[Problem]:
    for scope in scopes(subject.case):
        facts = scope.facts
        orders, every = _events(tuple([len(getattr(facts, name, None) or ()) for name in LISTS]))
        told = facts.model_fields_set
        known = {path: value for root, path in every if root in told and (value := moment_at(facts, path)) is not None}
        yield from _disordered(subject, scope, known, orders)
        for path, value in known.items():
            if path not in MAY_LIE_AHEAD and scope.counts(path) and day_of(value) > subject.as_of:
                where = scope.path(path)
                yield Problem("in-the-future", subject.case.place(where), where, {"today": subject.as_of.isoformat()})


def before(later: Moment | date, earlier: Moment | date) -> bool:
    """Say whether what should be later lies before the other; on one day only where both hours are known."""
    if isinstance(later, Moment) and isinstance(earlier, Moment) and later.clock and earlier.clock:
        return (later.day, later.clock) < (earlier.day, earlier.clock)
    return day_of(later) < day_of(earlier)


@lru_cache(maxsize=256)
def _events(lengths: tuple[int, ...]) -> tuple[tuple[tuple[str, ...], ...], tuple[tuple[str, str], ...]]:
    """Return the orders for lists of some lengths, and the root and path of every event that is looked at."""
    orders = tuple(numbered for order in ORDERS for numbered in _numbered(order, lengths))
    past = [path for event in PAST for (path,) in _numbered((event,), lengths)]
    every = dict.fromkeys([*(path for order in orders for path in order), *past])
    return orders, tuple((root_of(path), path) for path in every)


def _numbered(order: tuple[str, ...], lengths: tuple[int, ...]) -> Iterator[tuple[str, ...]]:
    """Yield an order once for each item of the list it speaks of, or as it stands where it speaks of none."""
    name = next((path.partition("[]")[0] for path in order if "[]" in path), "")
    if not name:
        yield order
        return
    for number in range(1, lengths[LISTS.index(name)] + 1):
        yield tuple(path.replace("[]", f"[{number}]") for path in order)


def _disordered(
    subject: Subject, scope: Scope, known: Mapping[str, Moment | date], orders: tuple[tuple[str, ...], ...]
) -> Iterator[Problem]:
    for order in orders:
        for first, second in pairwise(path for path in order if path in known):
            if scope.counts(first, second) and before(known[second], known[first]):
                where = scope.path(second)
                yield Problem("wrong-order", subject.case.place(where), where, {"first": scope.path(first)})


CHECK = Check("chronology", "error", _run)
