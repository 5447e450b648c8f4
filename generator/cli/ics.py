"""Dates of cases as a calendar: the case code, the time limit and the kind of letter, never a name."""

import hashlib
import stat
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event

from generator.case.model import Case
from generator.deadlines.model import Deadline, State
from generator.disk import told
from generator.errors import OutputError, Place
from generator.law.model import LawPack
from generator.replacing import replace_file
from generator.targets import mode

_ONE_DAY = timedelta(days=1)
_PRODUCT = "-//arznoma//deadlines//EN"
_HEAD_LINES, _HEAD_BYTES = 4, 256


def write_calendar(path: Path, cases: Iterable[tuple[Case, LawPack, tuple[Deadline, ...]]]) -> None:
    """Write the dates that are still ahead into a calendar file; raise `OutputError` where that cannot be done.

    Equal dates give equal bytes. The same date of the same case keeps its identity, so that importing the file again
    moves the entry instead of doubling it. A file in its place goes only if it is a calendar that we wrote before.
    """
    before = _older(path)
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    for case, law, dates in cases:
        for deadline in dates:
            if deadline.state is State.RUNNING and deadline.due:
                calendar.add_component(_event(case.facts.case.id, deadline, law.head.zone))
    replace_file(path, calendar.to_ical(), instead_of=before)


def _older(path: Path) -> bytes:
    """Return the calendar of ours that a file holds, nothing where there is none; refuse any other file, and links."""
    with told(path):
        there = mode(path)
        if stat.S_ISLNK(there):
            raise OutputError.one("output-is-link", Place(str(path.parent)), name=path.name)
        if not stat.S_ISREG(there):
            return b""  # there is none, or what is no file is refused where files are replaced
        with path.open("rb") as file:
            head = file.read(_HEAD_BYTES)
        if not _is_ours(head):
            raise OutputError.one("calendar-exists", Place(str(path)))
        return path.read_bytes()


def _is_ours(head: bytes) -> bool:
    """Tell by the first lines of a file whether it is a calendar that we wrote."""
    first, *others = head.splitlines()[:_HEAD_LINES] or [b""]
    return first == b"BEGIN:VCALENDAR" and f"PRODID:{_PRODUCT}".encode() in others


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
