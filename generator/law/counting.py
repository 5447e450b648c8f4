"""Count a term in days, months or years and keep every step, so that the count can be shown and disputed."""

import calendar as gregorian
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from generator.law.calendar import ONE_DAY, Calendar, DayOff
from generator.law.limits import CountingRule
from generator.law.versions import Unit

StepKind = Literal[
    "start",
    "first-day",
    "counted",
    "day-off",
    "moved-to",
    "moved-back-to",
    "suspended",
    "extended",
    "unknown-feast",
    "due",
]
MONTHS_A_YEAR = 12


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a count: what happened, on which day, why that day is off, and what `number` was added."""

    kind: StepKind
    day: date | None = None
    off: DayOff | None = None
    number: int = 0
    name: str = ""


@dataclass(frozen=True, slots=True)
class Count:
    """The last day of a term, and how it was found; `estimated` when a feast of uncertain day had a part in it."""

    due: date
    steps: tuple[Step, ...]

    @property
    def estimated(self) -> bool:
        """Say whether the last day may still change because the day of a feast is not settled."""
        return any(step.kind == "unknown-feast" or (step.off and step.off.estimated) for step in self.steps)


@dataclass(slots=True)
class _Counting:
    calendar: Calendar
    rule: CountingRule
    suspended: tuple[tuple[date, date], ...]
    steps: list[Step] = field(default_factory=list)

    def add(self, start: date, length: int, unit: Unit) -> date:
        """Return the day on which a term ends, before a day off is looked at."""
        own_day = self.rule.starts == "same-day"
        self.steps.append(Step("first-day", start if own_day else start + ONE_DAY))
        if unit in {"months", "years"}:
            end = _months_later(start, length * (MONTHS_A_YEAR if unit == "years" else 1))
            end = end - ONE_DAY if own_day else end
            end = self._past_suspensions(start, end)
        else:
            end = self._days(start if own_day else start + ONE_DAY, length, unit)
        self.steps.append(Step("counted", end, number=length, name=unit))
        return end

    def _days(self, day: date, length: int, unit: Unit) -> date:
        counted = 0
        while True:
            off = self.calendar.day_off(day) if unit == "working-days" else None
            paused = next((last for first, last in self.suspended if first <= day <= last), None)
            if paused:
                self.steps.append(Step("suspended", day, number=(paused - day).days + 1))
                day = paused
            elif off:
                self.steps.append(Step("day-off", day, off))
            else:
                counted += 1
            if counted == length:
                return day
            day += ONE_DAY

    def _past_suspensions(self, start: date, end: date) -> date:
        """Move the end of a term in months by the days on which it did not run."""
        for first, last in self.suspended:
            if last > start and first <= end:
                still = (last - max(first, start + ONE_DAY)).days + 1
                self.steps.append(Step("suspended", last, number=still))
                end += timedelta(days=still)
        return end

    def roll(self, day: date) -> date:
        """Move a last day that is a day off, as the rule says."""
        if self.rule.rolls == "stays":
            return day
        forward = self.rule.rolls == "forward"
        end = day
        while off := self.calendar.day_off(end):
            self.steps.append(Step("day-off", end, off))
            end += ONE_DAY if forward else -ONE_DAY
        if end != day:
            self.steps.append(Step("moved-to" if forward else "moved-back-to", end))
        return end

    def unknown_feasts(self, first: date, last: date) -> None:
        """Note each year of the count in which the day of a moving feast is not known at all."""
        for year in range(first.year, last.year + 1):
            self.steps += [Step("unknown-feast", date(year, 1, 1), name=n) for n in self.calendar.unknown_feasts(year)]


def count(  # noqa: PLR0913  # a term, the rule it is counted by, and what interrupted it
    start: date,
    length: int,
    unit: Unit,
    rule: CountingRule,
    calendar: Calendar,
    *,
    suspended: Iterable[tuple[date, date]] = (),
    extension: tuple[date, int, Unit] | None = None,
) -> Count:
    """Count a term from the day of the event and return its last day with every step.

    `suspended` are spans of days, both ends included, on which the term does not run. `extension` is a second term:
    the day it runs from, its length and unit.
    """
    counting = _Counting(calendar, rule, tuple(suspended))
    counting.steps.append(Step("start", start))
    end = counting.add(start, length, unit)
    if extension:
        since, more, its_unit = extension
        counting.steps.append(Step("extended", since))
        end = max(end, counting.add(since, more, its_unit))
    due = counting.roll(end)
    if unit == "working-days" or rule.rolls != "stays":
        counting.unknown_feasts(start, due)
    counting.steps.append(Step("due", due))
    return Count(due, tuple(counting.steps))


def _months_later(day: date, months: int) -> date:
    """Return the same day of a later month, or its last day where it has no such day."""
    year, month = divmod(day.month - 1 + months, MONTHS_A_YEAR)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, gregorian.monthrange(year, month)[1]))
