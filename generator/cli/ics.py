"""Dates of cases as a calendar: the case code, the time limit and the kind of letter, never a name."""

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event

from generator.case.model import Case
from generator.deadlines.model import Deadline, State
from generator.law.model import LawPack
from generator.replacing import replace_file

_ONE_DAY = timedelta(days=1)


def write_calendar(path: Path, cases: Iterable[tuple[Case, LawPack, tuple[Deadline, ...]]]) -> None:
    """Write the dates that are still ahead into a calendar file; raise `OutputError` where that cannot be done.

    Equal dates give equal bytes. The same date of the same case keeps its identity, so that importing the file again
    moves the entry instead of doubling it.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//arznoma//deadlines//EN")
    calendar.add("version", "2.0")
    for case, law, dates in cases:
        for deadline in dates:
            if deadline.state is State.RUNNING and deadline.due:
                calendar.add_component(_event(case.facts.case.id, deadline, law.head.zone))
    replace_file(path, calendar.to_ical())


def _event(case_id: str, deadline: Deadline, zone: str) -> Event:
    event = Event()
    identity = hashlib.sha256(f"{case_id}\0{deadline.name}\0{deadline.path}".encode()).hexdigest()[:24]
    event.add("uid", f"{identity}@arznoma")
    event.add("summary", f"{case_id}: {deadline.name}")
    if deadline.next:
        event.add("description", ", ".join(deadline.next))
    due = deadline.due
    if due and due.clock:
        moment = datetime.combine(due.day, due.clock, ZoneInfo(zone)).astimezone(UTC)
        event.add("dtstart", moment)
        event.add("dtstamp", moment)
    elif due:
        event.add("dtstart", due.day)
        event.add("dtend", due.day + _ONE_DAY)
        event.add("dtstamp", datetime.combine(due.day, datetime.min.time(), UTC))
        event.add("transp", "TRANSPARENT")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", f"{case_id}: {deadline.name}")
    alarm.add("trigger", -_ONE_DAY)
    event.add_component(alarm)
    return event
