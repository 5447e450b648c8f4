"""Move all dates of a case by one number of weeks: weekdays, hours and the time between two events stay."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from generator.case.model import CaseFile
from generator.case.values import Moment, day_of
from generator.pseudonyms.days import tells_day
from generator.pseudonyms.reading import BIRTH, Reading
from generator.pseudonyms.walk import Leaf, rewritten

WEEKS = 26
"""By how many weeks at most, forward or back."""


def shifted(facts: CaseFile, by: timedelta) -> CaseFile:
    """Return the facts with all dates moved; a year of birth stays."""
    return rewritten(facts, _Shift(by))


def dated(facts: CaseFile) -> Iterator[str]:
    """Yield the path of each text that tells a date in words or figures, which cannot be moved.

    A day of the week may stay: the weeks are whole.
    """
    reading = _Years()
    rewritten(facts, reading)
    told = (leaf for leaf in reading.leaves if leaf.kind in {"story", "label"})
    yield from (leaf.path for leaf in told if tells_day(leaf.text, reading.years))


class _Years(Reading):
    """Collect the texts, and the years of all dates that move."""

    def __init__(self) -> None:
        super().__init__()
        self.years: set[int] = set()

    def day(self, value: date | Moment, path: str) -> date | Moment:
        if not path.endswith(BIRTH):
            self.years.add(day_of(value).year)
        return value


class _Shift(Reading):
    def __init__(self, by: timedelta) -> None:
        super().__init__()
        self.by = by

    def text(self, leaf: Leaf) -> str:
        return leaf.text

    def day(self, value: date | Moment, path: str) -> date | Moment:
        if path.endswith(BIRTH):
            return value
        return replace(value, day=value.day + self.by) if isinstance(value, Moment) else value + self.by
