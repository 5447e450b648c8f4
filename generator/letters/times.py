"""The words for days, times, lengths, counts and sums in one language."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from generator.case.clock import elapsed
from generator.case.values import Moment, Money, day_of
from generator.letters.language import LanguageFile
from generator.letters.view import Told, Unknown, Value, Words


@dataclass(frozen=True, slots=True)
class Times(Words):
    """The words for amounts of one letter: its language, and the zone its times are told in."""

    language: LanguageFile
    zone: str

    def written_date(self, value: Any) -> Any:
        """Write a day in full: «10 марта 2026 года»."""
        return _told(value, lambda v: self._day(day_of(v)))

    def year(self, value: Any) -> Any:
        """Write the year of a day."""
        return _told(value, lambda v: str(day_of(v).year))

    def at(self, value: Any) -> Any:
        """Write the time of a moment: «в 11:20» or «около 11:20»; nothing is known where there is no time of day."""
        if isinstance(value, Value) and value.value.clock is None:
            return Unknown(value.path)
        patterns = self.language.clock.at
        return _told(value, lambda v: patterns["about" if v.approximate else "exact"].format(time=_clock(v)))

    def clock(self, value: Any) -> Any:
        """Write the bare time of a moment: «11:20»."""
        if isinstance(value, Value) and value.value.clock is None:
            return Unknown(value.path)
        return _told(value, _clock)

    def then(self, value: Any, since: Any) -> Any:
        """Write the time of a moment, and its day before it where that is not the day of the moment told before.

        Where the hour is not known, the other day alone.
        """
        if isinstance(value, Value) and isinstance(since, Value) and value.value.clock is None:
            if value.value.day == since.value.day:  # then it says nothing
                return Unknown(value.path)
            return Told(self.language.clock.then.format(date=self._day(value.value.day), time="").strip(), value.path)
        time = self.at(value)
        if not isinstance(time, Told) or (isinstance(since, Value) and since.value.day == value.value.day):
            return time
        pattern = self.language.clock.then
        return Told(pattern.format(date=self._day(value.value.day), time=time), value.path)

    def span(self, start: Any, end: Any) -> Any:
        """Write a stretch of time: «с 11:40 до 18:20»; the day is said where it is another one."""
        if (unknown := _unknown_clock(start, end)) is not None:  # it counts as false
            return unknown
        first, last = start.value, end.value
        pattern = self.language.clock.span
        times = [
            _clock(v) if first.day == last.day else pattern.other_day.format(time=_clock(v), date=self._day(v.day))
            for v in (first, last)
        ]
        chosen = pattern.about if first.approximate or last.approximate else pattern.exact
        return Told(chosen.format(start=times[0], end=times[1]), start.path)

    def duration(self, start: Any, end: Any) -> Any:
        """Write the time between two moments, computed: «7 часов», «около 7 часов 30 минут»; «1 день» without hours."""
        if (unknown := _unknown_clock(start, end)) is not None:
            return self.days(start, end) if isinstance(start, Value) and isinstance(end, Value) else unknown
        length = elapsed(start.value, end.value, self.zone) or timedelta(0)
        about = start.value.approximate or end.value.approximate
        hours, minutes = divmod(int(length.total_seconds()) // 60, 60)
        units = self.language.units
        words = units.about_units if about else {"hours": units.hours, "minutes": units.minutes}
        parts = [
            f"{number} {self.language.plural(number, words[unit])}"
            for unit, number in (("hours", hours), ("minutes", minutes))
            if number or (unit == "minutes" and not hours)
        ]
        amount = " ".join(parts)
        return Told(units.about.format(amount=amount) if about else amount, end.path)

    def days(self, start: Any, end: Any) -> Any:
        """Write how many days lie between two days: «12 дней»; nothing is known where the second is not later."""
        for value in (start, end):
            if not isinstance(value, Value):
                return value
        number = (day_of(end.value) - day_of(start.value)).days
        return Told(self.in_days(number), start.path) if number > 0 else Unknown(start.path)

    def in_days(self, number: int) -> str:
        """Write a number of days: «12 дней»."""
        return f"{number} {self.language.plural(number, self.language.units.days)}"

    def people(self, value: Any) -> Any:
        """Write a number of people: «двое»."""
        words = self.language.people
        more = self.language.people_more
        return _told(value, lambda n: words[n - 1] if n <= len(words) else more.format(number=n))

    def sheets(self, value: Any) -> Any:
        """Write a number of sheets: «2 л.»."""
        return _told(value, lambda n: f"{n} {self.language.plural(n, self.language.pages)}")

    def money(self, value: Any) -> Any:
        """Write a sum with its currency, of which the language may not have the name: «1 200 сомони», «1 200 EUR»."""
        names = self.language.currencies
        return _told(value, lambda m: f"{_amount(m)} {names.get(m.currency, m.currency)}")

    def _day(self, day: date) -> str:
        return _written(self.language, day)


@lru_cache(maxsize=4096)
def _written(language: LanguageFile, day: date) -> str:
    months = language.date.months
    return language.date.long.format(day=day.day, month=months[day.month - 1], year=day.year)


def _told(value: Any, write: Callable[[Any], str]) -> Any:
    return Told(write(value.value), value.path) if isinstance(value, Value) else value


def _unknown_clock(*values: Any) -> Unknown | None:
    for value in values:
        if isinstance(value, Unknown):
            return value
        if value.value.clock is None:
            return Unknown(value.path)
    return None


def _clock(moment: Moment) -> str:
    clock = moment.clock
    return f"{clock.hour:02}:{clock.minute:02}" if clock else ""


def _amount(money: Money) -> str:
    whole, _, cents = f"{money.amount:,f}".replace(",", " ").partition(".")
    return f"{whole},{cents}" if cents.strip("0") else whole
