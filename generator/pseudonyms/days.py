"""Days that a text tells without a full date: in figures, by the month or the feast, or as a day of some month."""

import re
from collections.abc import Collection, Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from generator.alike import bare
from generator.errors import DataError
from generator.sources import read_source
from generator.validation import validate

_DAY, _MONTH, _YEAR = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0[1-9]|1[0-2])", r"(?:19|20)\d\d"
_PART = r"\s?[./-]\s?"
_FULL = rf"\d{{1,2}}{_PART}\d{{1,2}}{_PART}(?:\d{{4}}|\d\d)|\d{{4}}{_PART}\d{{1,2}}{_PART}\d{{1,2}}"
_FIGURES = rf"{_DAY}[./]{_MONTH}|(?:0?[1-9]|1[0-2])[./-]{_YEAR}|{_YEAR}[./-]{_MONTH}"
_APART = r"(?<!\w)(?<!\d[.,/:-])"
_NEAR = 12


class _Month(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    word: str
    short: str
    capital: str = ""


class _Days(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    months: tuple[_Month, ...]
    ordinals: str
    high_ordinals: str
    figure_ends: str
    figure_word: str
    word_figure: str
    no_day_after: str
    feasts: tuple[str, ...]


@lru_cache
def _days() -> _Days:
    loaded: _Days = validate(_Days, read_source(Path(__file__).with_name("days.yaml"), DataError), DataError)
    return loaded


def tells_day(text: str, years: Collection[int]) -> bool:
    """Say whether a text tells a day, month or feast, or one of the years; days of the week tell none.

    Whatever may be a day and a month is one, a time as 11.10 too; but not after the sign or word for an article.
    """
    if re.search(rf"(?<!\d)(?:{_FULL})(?!\d)", text) or any(pattern.search(text) for pattern in _words()):
        return True
    told = {str(year) for year in years}
    if any(found[0] in told for found in re.finditer(rf"(?<![\w./-]){_YEAR}(?!\w)", text)):
        return True
    figures = any(not _is_article(text, found) for found in _figures().finditer(text))
    return figures or _feasts().search(bare(text)) is not None


def birthday(day: date) -> Iterator[re.Pattern[str]]:
    """Yield how a day is told without its year: in figures, and with its month in words."""
    month, days = _days().months[day.month - 1], _days()
    name = rf"(?:{'|'.join(filter(None, (month.word, month.short, month.capital)))})(?!\w)"
    figure = rf"(?<!\w)0?{day.day}(?:{days.figure_ends})?"
    yield re.compile(rf"{figure}\W{{1,2}}(?:of\s+)?{name}|(?<!\w){name}\W{{1,2}}0?{day.day}(?!\d)", re.IGNORECASE)
    yield re.compile(rf"(?<!\w)(?:{days.ordinals})\w*\s+{name}", re.IGNORECASE)
    yield re.compile(rf"{_APART}{day.day:02}[./]{day.month:02}(?!\w|[./]\d)")


def tells_birthday(text: str, day: date) -> bool:
    """Say whether a text tells the day and month of a date."""
    return any(not _is_article(text, found) for pattern in birthday(day) for found in pattern.finditer(text))


def _is_article(text: str, found: re.Match[str]) -> bool:
    before = text[max(0, found.start() - _NEAR) : found.start()]
    return re.search(rf"(?<!\w)(?:{_days().no_day_after})\.?\s*$", before, re.IGNORECASE) is not None


@lru_cache
def _figures() -> re.Pattern[str]:
    return re.compile(rf"{_APART}(?:{_FIGURES})(?!\w|[.,/]\d)")


@lru_cache
def _feasts() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(_days().feasts)})(?!\w)")


@lru_cache
def _words() -> tuple[re.Pattern[str], ...]:
    days = _days()
    months, short = ("|".join(getattr(each, name) for each in days.months) for name in ("word", "short"))
    capital = "|".join(filter(None, (each.capital for each in days.months)))
    ways = (
        months,
        rf"{_DAY}(?:{days.figure_ends})?\W{{1,2}}(?:of\s+)?(?:{short})",
        rf"(?:{short})\.?\s+{_DAY}",
        rf"{_DAY}(?:{days.figure_ends})",
        rf"{_DAY}(?:{days.figure_ends})?\s+(?:{days.figure_word})",
        rf"(?:{days.word_figure})\s+{_DAY}",
        rf"(?:{days.ordinals})\w*\s+(?:{days.figure_word})",
        days.high_ordinals,
    )
    return (
        re.compile(rf"(?<!\w)(?:{'|'.join(ways)})(?!\w)", re.IGNORECASE),
        re.compile(rf"(?<!\w)(?:{capital}|{capital.upper()})(?!\w)"),
    )
