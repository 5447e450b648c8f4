"""Numbers, days and times of an ODS, which keeps beside a value the text that its author saw."""

import re
from datetime import datetime

from generator.tables.formats import UNSURE, Format
from generator.tables.numbers import Said, is_scientific, moment_shown, number_text, written
from generator.tree import tidy

_CLOCK = re.compile(r"(?<!\d)(\d{1,2}):(\d{2})(?::\d{2}(?:[.,]\d+)?)?(?![\d:])")
_NUMBER = re.compile(r"\d+")
_MONTH_NAME = re.compile(r"[^\W\d_]{3,}")
_HALF_DAY = 12
_CENTURY = 100


def number_as_shown(number: float, shown: str, *, computed: bool = False) -> Said:
    """Return a number as the text that was shown; refuse one that hides digits of it, or is of another number."""
    plain, text = written(number), tidy(shown)
    if not text or plain is None:
        return number_text(number, Format(), computed=computed)
    if is_scientific(text):
        return Said("", "number-spoilt")
    digits = "".join(_NUMBER.findall(plain)).lstrip("0") or "0"
    if digits not in "".join(_NUMBER.findall(text)):
        return Said("", UNSURE)
    return Said(text, "", "number-computed" if computed and "." in plain else "")


def moment_as_shown(moment: datetime, shown: str, *, clock: bool) -> Said:
    """Return a day as case files write it, with its time where the text shows one; `clock` says it of no text.

    The text must show the day, the month and the year, and nothing else: another number may be a time.
    """
    if not shown:
        return Said(moment_shown(moment, day=True, clock=clock), "", "date-not-text")
    clocks = _CLOCK.findall(shown)
    rest = _CLOCK.sub(" ", shown)
    numbers = sorted(map(int, _NUMBER.findall(rest)))
    parts = [moment.day, moment.month] if len(numbers) > len(("day", "year")) else [moment.day]
    named = len(parts) > 1 or _MONTH_NAME.search(rest)
    if not named or numbers not in (sorted([*parts, year]) for year in (moment.year, moment.year % _CENTURY)):
        return Said(moment_shown(moment, day=True, clock=False), "", "date-incomplete")
    if len(clocks) > 1 or any(not _same_clock(moment, *map(int, each)) for each in clocks):
        return Said("", "cell-unreadable")
    return Said(moment_shown(moment, day=True, clock=bool(clocks)), "", "date-not-text")


def _same_clock(moment: datetime, hour: int, minute: int) -> bool:
    return (hour - moment.hour) % _HALF_DAY == 0 and minute == moment.minute
