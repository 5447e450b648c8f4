"""The days off of a country: weekends, holidays, feasts that move, and days the Government has moved."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from generator.law.record import Grade, Record, Sourced, Texts
from generator.validation import YesNo

ONE_DAY = timedelta(days=1)
_MOST_OFF = 6  # with no working day in the week no count would end
_WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

WeekDay = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


def _every_year(value: object) -> str:
    """Take a day that every year has, as 03-08."""
    if re.fullmatch(r"\d\d-\d\d", text := str(value)):
        try:
            date.fromisoformat(f"2023-{text}")
        except ValueError:
            pass
        else:
            return text
    raise PydanticCustomError("not_a_yearly_day", "a day every year has, not {day}", {"day": text})


MonthDay = Annotated[str, BeforeValidator(_every_year)]


class Weekend(Sourced):
    """The days of the week on which offices rest."""

    days: Annotated[tuple[WeekDay, ...], Field(max_length=_MOST_OFF)] = ("saturday", "sunday")


class Substitution(Sourced):
    """What becomes of a holiday that falls on a weekend: it is lost, or the next working day is off instead."""

    rule: Literal["lost", "next-working-day"] = "lost"


class Holiday(Sourced):
    """A holiday: the same days every year (`on`, as 03-08), or announced `days`, or `estimated` ones until then."""

    on: tuple[MonthDay, ...] = ()
    days: tuple[date, ...] = ()
    estimated: tuple[date, ...] = ()
    from_: Annotated[date | None, Field(alias="from")] = None
    until: date | None = None
    substituted: YesNo = True

    @property
    def moves(self) -> bool:
        """Say whether its day is another one each year."""
        return not self.on

    def in_year(self, year: int) -> dict[date, bool]:
        """Return its days in a year, and of each whether it is only estimated; announced days replace estimates."""
        announced = [day for day in self.days if day.year == year]
        guessed = [] if announced else [day for day in self.estimated if day.year == year]
        fixed = [date(year, int(day[:2]), int(day[3:])) for day in self.on]
        found = {**dict.fromkeys(guessed, True), **dict.fromkeys((*announced, *fixed), False)}
        return {d: g for d, g in found.items() if (self.from_ or d) <= d <= (self.until or d)}


class MovedDay(Sourced):
    """A single day a decision of the Government made free or working."""

    day: date
    off: YesNo


class CalendarFile(Record):
    """The content of `holidays.yaml`."""

    weekend: Weekend = Weekend()
    substitution: Substitution = Substitution()
    holidays: dict[str, Holiday] = Field(default_factory=dict)
    moved: tuple[MovedDay, ...] = ()


@dataclass(frozen=True, slots=True)
class DayOff:
    """Why a day is not a working day: `weekend`, `holiday`, `substitute` (for a holiday on a weekend) or `moved`."""

    kind: Literal["weekend", "holiday", "substitute", "moved"]
    names: Texts = ()
    estimated: bool = False
    grade: Grade = "lead"
    source: str = ""


@dataclass(frozen=True, eq=False)
class Calendar:
    """The working days of a country."""

    file: CalendarFile

    def day_off(self, day: date) -> DayOff | None:
        """Return why a day is off, `None` for a working day."""
        return _days_off(self, day.year).get(day) or self._weekend(day)

    def unknown_feasts(self, year: int) -> tuple[str, ...]:
        """Return the moving holidays of which no day in that year is known, not even an estimate."""
        return tuple(n for n, holiday in self.file.holidays.items() if holiday.moves and not holiday.in_year(year))

    def holidays(self, year: int) -> Iterator[tuple[date, str, bool]]:
        """Yield the holidays of a year: day, name, whether the day is only estimated."""
        for name, holiday in self.file.holidays.items():
            for day, estimated in holiday.in_year(year).items():
                yield day, name, estimated

    def _weekend(self, day: date) -> DayOff | None:
        weekend = self.file.weekend
        if _WEEK[day.weekday()] not in weekend.days or any(m.day == day and not m.off for m in self.file.moved):
            return None
        return DayOff("weekend", (_WEEK[day.weekday()],), False, weekend.grade, weekend.source)


@lru_cache(maxsize=64)
def _days_off(calendar: Calendar, year: int) -> dict[date, DayOff]:
    """Return the days off of a year other than plain weekends."""
    off: dict[date, DayOff] = {}
    for day, name, estimated in sorted(calendar.holidays(year)):
        holiday = calendar.file.holidays[name]
        before = off[day].names if day in off else ()
        off[day] = DayOff("holiday", (*before, name), estimated, holiday.grade, holiday.source)
    off |= _substitutes(calendar, off)
    for moved in calendar.file.moved:
        if moved.day.year == year and moved.off:
            off[moved.day] = DayOff("moved", (), False, moved.grade, moved.source)
        elif moved.day.year == year:
            off.pop(moved.day, None)
    return off


def _substitutes(calendar: Calendar, holidays: dict[date, DayOff]) -> dict[date, DayOff]:
    """Return the working days that are off because a holiday fell on a weekend, each holiday in its turn."""
    rule = calendar.file.substitution
    if rule.rule == "lost":
        return {}
    found: dict[date, DayOff] = {}
    weekend = calendar.file.weekend.days
    for day, holiday in holidays.items():
        if _WEEK[day.weekday()] in weekend and any(calendar.file.holidays[n].substituted for n in holiday.names):
            free = day + ONE_DAY
            while _WEEK[free.weekday()] in weekend or free in holidays or free in found:
                free += ONE_DAY
            found[free] = DayOff("substitute", holiday.names, holiday.estimated, rule.grade, rule.source)
    return found
