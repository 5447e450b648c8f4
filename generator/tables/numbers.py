"""Numbers, days and times as the author of a table saw them; refused where the program has already spoilt them."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

EXACT_DIGITS = 15
"""A spreadsheet keeps this many digits of a number and turns the others into zeros."""
_SCIENTIFIC = re.compile(r"[+-]?\d(?:[.,]\d+)?[Ee]\+?\d{1,3}")
_SECONDS = 24 * 60 * 60
_NO_SUCH_DAY = 60  # Excel believes in 29 February 1900
_LAST_DAY = 2_958_465  # 31 December 9999
_DAYS = frozenset({14, 15, 16, 17, 22, *range(27, 37), *range(50, 59)})  # formats without a code, ECMA-376 18.8.30
_CLOCKS = frozenset({18, 19, 20, 21, 22, 45, 46, 47})
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Format:
    """What a number format shows: a day, a time of day, at least so many digits."""

    day: bool = False
    clock: bool = False
    digits: int = 0


@lru_cache
def format_of(number: int, code: str) -> Format:
    """Return what a number format of a workbook shows, by its number or, where it has one, its code."""
    if not code:
        return Format(number in _DAYS, number in _CLOCKS)
    bare = _LITERAL.sub("", code.partition(";")[0]).lower()
    if bare == "general":
        return Format()
    clock = "h" in bare or "s" in bare
    day = "y" in bare or "d" in bare or ("m" in bare and not clock)
    return Format(day, clock, len(bare) if bare and not bare.strip("0") else 0)


def is_scientific(text: str) -> bool:
    """Say whether a text is a number that a spreadsheet program has shortened: `9.92E+11`."""
    return bool(_SCIENTIFIC.fullmatch(text))


def written(number: float) -> str | None:
    """Write a number without a needless `.0`, as the program shows it; `None` where digits of it are lost."""
    if number == int(number):
        return str(int(number)) if abs(number) < 10**EXACT_DIGITS else None
    shown = f"{number:.{EXACT_DIGITS}g}"
    return None if "e" in shown else shown


def moment_text(number: float, shown: Format, *, from_1904: bool = False) -> str | None:
    """Write a day and time, counted in days, as its format shows it; `None` where there is no such day."""
    if not 0 <= number <= _LAST_DAY or (not from_1904 and int(number) == _NO_SUCH_DAY):
        return None
    start = date(1904, 1, 1) if from_1904 else date(1899, 12, 30 if number > _NO_SUCH_DAY else 31)
    moment = datetime.combine(start, datetime.min.time()) + timedelta(seconds=round(number * _SECONDS))
    return moment_shown(moment, day=shown.day, clock=shown.clock)


def moment_shown(moment: datetime, *, day: bool, clock: bool) -> str:
    """Write a moment as case files do; seconds only where there are any."""
    time = f"{moment:%H:%M:%S}".removesuffix(":00")
    return " ".join([moment.date().isoformat()] * day + [time] * clock)
