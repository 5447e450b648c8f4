"""Which dates run from the events and filings of a case: each with its count, its law, and what to send next."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from generator.case.clock import elapsed, later
from generator.case.load import for_client
from generator.case.model import Case
from generator.case.values import Answer, Moment
from generator.deadlines.facts import Facts, is_after
from generator.deadlines.model import Deadline, Reply, State
from generator.errors import CaseError, DataError, Problem
from generator.law.counting import count
from generator.law.limits import LimitVersion, TimeLimit
from generator.law.model import LawPack
from generator.law.provisions import ProvisionVersion

STATED: Mapping[str, tuple[str, ...]] = {
    "summons.at": ("summons-confirmation",),
    "evidence.expires_at": ("evidence-request",),
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


def _deadline(name: str, facts: Facts, frame: _Frame, earlier: Deadline | None) -> Deadline | None:
    """Return the date of one limit; `None` where nothing has started it, or it is idle."""
    law, limit = frame.law, frame.law.limits[name]
    path, begins = facts.first(limit.runs_from)
    if begins is None and earlier:
        path, begins = earlier.path, earlier.due
    if begins is None or any(facts.value(excuse) is Answer.YES for excuse in limit.unless):
        return None
    place = facts.case.place(path)
    version, provision = _law_of_day(name, law, begins.day, Problem("no-law-of-day", place, path))
    base = Deadline(
        name, path, place, State.QUESTION, begins, limit=limit, version=version, provision=provision, law_of=begins.day
    )
    _, done = facts.first(limit.ends_with)
    if not version.countable or limit.count == "days-unspecified":
        return None if done else replace(base, why="lead")
    hours = limit.count == "hours"
    counted = _hours(base, int(version.length), law.head.zone) if hours else _days(base, facts, law)
    if counted.due is None:
        return counted
    _, lapsed = facts.first(limit.lapses_with)
    if lapsed and not is_after(lapsed, counted.due) and done is None:
        return None
    return _judged(counted, done, facts, frame.now)


def _judged(deadline: Deadline, done: Moment | None, facts: Facts, now: Moment) -> Deadline:
    """Return the date with how it stands: what was done by it, or whether it has passed."""
    if deadline.due is None or deadline.limit is None:
        return deadline
    if done:
        return replace(deadline, done=done, state=State.LATE if is_after(done, deadline.due) else State.DONE)
    if not is_after(now, deadline.due):
        return replace(deadline, state=State.RUNNING)
    missing = tuple(facts.where(path) for path in deadline.limit.ends_with)
    return replace(deadline, state=State.PASSED, missing=missing)


def _hours(deadline: Deadline, length: int, zone: str) -> Deadline:
    begins = deadline.begins
    due = later(begins, length, zone) if begins else None
    if begins is None or due is None:
        return replace(deadline, why="missing", missing=(deadline.path,))
    plain = _naive(due) - _naive(begins)
    true = elapsed(begins, due, zone) or plain
    return replace(deadline, due=due, shifted=plain - true)


def _days(deadline: Deadline, facts: Facts, law: LawPack) -> Deadline:
    limit, begins, version = deadline.limit, deadline.begins, deadline.version
    if limit is None or begins is None or version is None or limit.count in {"hours", "days-unspecified"}:
        return deadline
    if limit.suspended and _still_suspended(limit, facts):
        return replace(deadline, why="missing", missing=(facts.where(limit.suspended.until),))
    rule = limit.counting or law.head.counting
    more = limit.extension
    extended = facts.value(more.from_) if more else None
    counted = count(
        begins.day,
        int(version.length),
        limit.count,  # type: ignore[arg-type]  # neither hours nor unspecified, see above
        rule,
        law.calendar,
        suspended=_suspensions(limit, facts),
        extension=(extended.day, int(more.length), more.count) if more and isinstance(extended, Moment) else None,  # type: ignore[arg-type]
    )
    return replace(deadline, due=Moment(counted.due), count=counted, rule=rule)


def _suspensions(limit: TimeLimit, facts: Facts) -> list[tuple[date, date]]:
    """Return the days on which the term did not run: from its suspension to the day before it was resumed."""
    if not limit.suspended:
        return []
    first, last = facts.value(limit.suspended.from_), facts.value(limit.suspended.until)
    if not (isinstance(first, Moment) and isinstance(last, Moment)) or last.day <= first.day:
        return []
    return [(first.day, last.day - timedelta(days=1))]


def _still_suspended(limit: TimeLimit, facts: Facts) -> bool:
    """Say whether the term was suspended and nobody knows of its being resumed."""
    pause = limit.suspended
    return bool(pause and facts.value(pause.from_) and not facts.value(pause.until))


def _law_of_day(name: str, law: LawPack, day: date, problem: Problem) -> tuple[LimitVersion, ProvisionVersion | None]:
    """Return a limit and its provision as they stood on a day, or raise the problem of the fact that has this day."""
    then, limit = law.on(day), law.limits[name]
    try:
        return then.limit(name), then.provision(limit.provision) if limit.provision else None
    except DataError as fault:
        raise CaseError(replace(problem, values=p.values) for p in fault.problems) from None


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
    for number, filed in enumerate(case.facts.submissions, 1):
        wanted = _governing(filed, frame.replies)
        if wanted in _links(name, frame.law):
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
