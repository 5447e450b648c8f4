"""Which dates run from the events and filings of a case: each with its count, its law, and what to send next."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from generator.case.clock import later
from generator.case.load import for_client
from generator.case.model import Case
from generator.case.values import Answer, Moment
from generator.deadlines.facts import Facts, is_after, missed
from generator.deadlines.model import Deadline, Reply, State
from generator.errors import CaseError, DataError, Place
from generator.law.counting import count
from generator.law.limits import LimitVersion, TimeLimit
from generator.law.model import LawPack
from generator.law.provisions import ProvisionVersion
from generator.law.versions import Unit

STATED: Mapping[str, tuple[str, ...]] = {
    "summons.at": ("summons-confirmation",),
    "evidence.expires_at": ("lawyers-request",),
}
"""Facts that are themselves a date to keep, and the letters to send before it."""


def deadlines(case: Case, law: LawPack, replies: Mapping[str, Reply], now: Moment) -> tuple[Deadline, ...]:
    """Return the dates of a case for all its clients, the next one first, questions last.

    `replies` says of each kind of letter when it is to be answered. Raises `CaseError` at a fact whose day no known law
    covers.
    """
    found: dict[tuple[Any, ...], Deadline] = {}
    for number in range(1, len(case.facts.clients) + 1):
        own = for_client(case, number)
        for deadline in _of_client(own, _Frame(law, replies, now)):
            found.setdefault((deadline.name, deadline.place, deadline.begins), deadline)
    return tuple(sorted(found.values(), key=_order))


@dataclass(frozen=True, slots=True)
class _Frame:
    """What the dates of one case are found by."""

    law: LawPack
    replies: Mapping[str, Reply]
    now: Moment


def _of_client(case: Case, frame: _Frame) -> Iterator[Deadline]:
    yield from _stated(case, frame.now)
    yield from _without_limit(case, frame)
    known: dict[tuple[str, int], Deadline] = {}
    for name in _chained(frame.law):
        after = frame.law.limits[name].after
        for number in _numbers(case, name, frame):
            facts = Facts(case, number)
            earlier = next((known[link, number] for link in after if (link, number) in known), None)
            deadline = _deadline(name, facts, frame, earlier)
            if deadline:
                known[name, number] = deadline
                yield _with_next(deadline, facts, frame.replies)


@dataclass(frozen=True, slots=True)
class _Started:
    """A limit that a fact has started: its text that day, the moment it runs from, and the date as known so far."""

    limit: TimeLimit
    version: LimitVersion
    begins: Moment
    facts: Facts
    found: Deadline


def _deadline(name: str, facts: Facts, frame: _Frame, earlier: Deadline | None) -> Deadline | None:
    """Return the date of one limit; `None` where nothing has started it, or it is idle."""
    law, limit = frame.law, frame.law.limits[name]
    path, begins = facts.first(limit.runs_from)
    if begins is None and earlier:
        path, begins = earlier.path, earlier.due
    if begins is None or any(facts.value(excuse) is Answer.YES for excuse in limit.unless):
        return None
    place = facts.case.place(path)
    version, provision = _law_of_day(name, law, begins.day, place, path)
    base = Deadline(
        name, path, place, State.QUESTION, begins, limit=limit, version=version, provision=provision, law_of=begins.day
    )
    ended, done = facts.first(limit.ends_with)
    if not version.countable or limit.count == "days-unspecified":
        return None if done else replace(base, why="lead")
    started = _Started(limit, version, begins, facts, base)
    counted = _hours(started, law.head.zone) if limit.count == "hours" else _days(started, limit.count, law)
    if counted.due is None:
        return counted
    if done:
        return replace(counted, done=done, **_met(counted.due, done, ended, law.head.zone))
    lapse, lapsed = facts.first(limit.lapses_with)
    outlived = missed(lapsed, counted.due, law.head.zone) if lapsed else True
    if not outlived:
        return replace(base, why="missing", missing=(lapse,)) if outlived is None else None
    return replace(counted, **_unmet(counted.due, started, frame.now))


def _met(due: Moment, done: Moment, path: str, zone: str) -> dict[str, Any]:
    """Return how a date stands that was met: in time, late, or nobody can tell."""
    late = missed(done, due, zone)
    if late is None:
        return {"state": State.UNSURE, "missing": () if done.clock else (path,)}
    return {"state": State.LATE if late else State.DONE}


def _unmet(due: Moment, started: _Started, now: Moment) -> dict[str, Any]:
    """Return how a date stands that nothing known has met: running, or passed."""
    if not is_after(now, due):
        return {"state": State.RUNNING}
    return {"state": State.PASSED, "missing": tuple(started.facts.where(path) for path in started.limit.ends_with)}


def _hours(started: _Started, zone: str) -> Deadline:
    length = int(started.version.length)
    due = later(started.begins, length, zone)
    if due is None:
        return replace(started.found, why="missing", missing=(started.found.path,))
    return replace(started.found, due=due, shifted=_naive(due) - _naive(started.begins) - timedelta(hours=length))


def _days(started: _Started, unit: Unit, law: LawPack) -> Deadline:
    limit, facts = started.limit, started.facts
    pause, more = limit.suspended, limit.extension
    first, last = (facts.value(pause.from_), facts.value(pause.until)) if pause else (None, None)
    if pause and first and not last:
        return replace(started.found, why="missing", missing=(facts.where(pause.until),))
    suspended = [(first.day, last.day - timedelta(days=1))] if first and last and first.day < last.day else []
    extended = facts.value(more.from_) if more else None
    rule = limit.counting or law.head.counting
    counted = count(
        started.begins.day,
        int(started.version.length),
        unit,
        rule,
        law.calendar,
        suspended=suspended,
        extension=(extended.day, int(more.length), more.count) if more and extended else None,
    )
    return replace(started.found, due=Moment(counted.due), count=counted, rule=rule)


def _law_of_day(
    name: str, law: LawPack, day: date, place: Place, path: str
) -> tuple[LimitVersion, ProvisionVersion | None]:
    """Return a limit and its provision as they stood on a day, or raise at the fact that has this day."""
    then, limit = law.on(day), law.limits[name]
    try:
        return then.limit(name), then.provision(limit.provision) if limit.provision else None
    except DataError as fault:
        raise CaseError.no_law(fault, place, path) from None


def _stated(case: Case, now: Moment) -> Iterator[Deadline]:
    """Yield the dates the case itself names: an appearance, the day evidence is deleted."""
    for path, letters in STATED.items():
        root = getattr(case.facts, path.split(".", maxsplit=1)[0])
        for number in range(1, len(root) + 1) if isinstance(root, tuple) else (0,):
            facts = Facts(case, number)
            due = facts.value(path)
            if isinstance(due, Moment):
                where = facts.where(path)
                passed = is_after(now, due)
                state = State.PASSED if passed else State.RUNNING
                yield Deadline(path, where, case.place(where), state, due, due, next=() if passed else letters)


def _without_limit(case: Case, frame: _Frame) -> Iterator[Deadline]:
    """Ask for the time limit of a filed letter for which the pack has none, or no day it could run from."""
    for number, filed in enumerate(case.facts.submissions, 1):
        wanted = _governing(filed, frame.replies)
        path = f"submissions[{number}]"
        limit = frame.law.limits.get(wanted)
        if wanted and limit is None:
            yield Deadline(wanted, path, case.place(path), State.QUESTION, why="no-limit")
        elif limit and Facts(case, number).first(limit.runs_from)[1] is None:
            missing = tuple(Facts(case, number).where(p) for p in limit.runs_from)
            place = case.place(path)
            yield Deadline(wanted, path, place, State.QUESTION, why="missing", missing=missing, limit=limit)


def _numbers(case: Case, name: str, frame: _Frame) -> Iterator[int]:
    """Yield the submissions a limit governs, itself or as the step after another limit; 0 for a limit of events."""
    limit = frame.law.limits[name]
    if not any(path.startswith("submissions.") for path in limit.runs_from):
        if limit.runs_from:
            yield 0
        return
    links = _links(name, frame.law)
    for number, filed in enumerate(case.facts.submissions, 1):
        if _governing(filed, frame.replies) in links:
            yield number


def _links(name: str, law: LawPack) -> list[str]:
    """Return a limit and all the limits it may come after, directly or by way of others."""
    found = [name]
    for link in found:
        found += [earlier for earlier in law.limits[link].after if earlier not in found]
    return found


def _chained(law: LawPack) -> list[str]:
    """Return the limits so ordered that one stands behind the limits it comes after."""
    return sorted(law.limits, key=lambda name: len(_links(name, law)))


def _governing(filed: Any, replies: Mapping[str, Reply]) -> str:
    """Return the time limit by which a submission is to be answered."""
    known = replies.get(filed.letter or "")
    return filed.limit or (known.limit if known else "")


def _with_next(deadline: Deadline, facts: Facts, replies: Mapping[str, Reply]) -> Deadline:
    """Name the letters to send if the date passes: those of the letter filed, else those of the limit."""
    limit = deadline.limit
    own = limit.next if limit else ()
    if facts.number:
        reply = replies.get(facts.case.facts.submissions[facts.number - 1].letter or "")
        own = reply.next if reply and reply.limit == deadline.name else own
    return replace(deadline, next=own)


def _naive(moment: Moment) -> timedelta:
    clock = moment.clock
    minutes = clock.hour * 60 + clock.minute if clock else 0
    return timedelta(days=moment.day.toordinal(), minutes=minutes)


def _order(deadline: Deadline) -> tuple[bool, Any, Any, str]:
    due = deadline.due
    clock = due.clock if due and due.clock else None
    return due is None, due.day if due else date.max, clock.isoformat() if clock else "", deadline.name
