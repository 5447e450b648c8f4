"""Numbers, days and times as the author of a table saw them; refused where the program has already spoilt them."""

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

from generator.tables.formats import UNSURE, Format, Section, Token

EXACT_DIGITS = 15
"""A spreadsheet keeps this many digits of a number and turns the others into zeros."""
_SCIENTIFIC = re.compile(r"[+-]?\d(?:[.,]\d+)?[Ee]\+?\d{1,3}")
_SECONDS = 24 * 60 * 60
_NO_SUCH_DAY = 60  # Excel believes in 29 February 1900
_LAST_DAY = 2_958_465  # 31 December 9999
_THOUSAND = 4  # digits from which on a sign parts thousands


class Said(NamedTuple):
    """What a cell says: its text, or the id of what is wrong with it.

    `doubt` is the id of what is wrong with the text in most columns, but not in those whose facts are of its kind.
    """

    text: str
    fault: str = ""
    doubt: str = ""


def is_scientific(text: str) -> bool:
    """Say whether a text is a number that a spreadsheet program has shortened: `9.92E+11`."""
    return bool(_SCIENTIFIC.fullmatch(text))


def written(number: float) -> str | None:
    """Write a number without a needless `.0`, as the program shows it; `None` where digits of it are lost."""
    if number == int(number):
        return str(int(number)) if abs(number) < 10**EXACT_DIGITS else None
    shown = f"{number:.{EXACT_DIGITS}g}"
    return None if "e" in shown else shown


def number_text(number: float, shown: Format, *, computed: bool = False) -> Said:
    """Write a number as its format shows it; a formula may have `computed` it.

    The signs of thousands and of parts differ from computer to computer: with one of them the number is in doubt, and
    written with a point for the parts alone.
    """
    if shown.fault:
        return Said("", shown.fault)
    plain = written(number)
    if plain is None:
        return Said("", "number-spoilt")
    said = _by_sections(plain, shown.sections) if shown.sections else Said(plain, "", _doubt(parts="." in plain))
    return Said(said.text, "", "number-computed") if computed and "." in plain and said.text else said


def _doubt(*, parts: bool) -> str:
    return "number-marks" if parts else ""


def _by_sections(plain: str, sections: Sequence[Section]) -> Said:
    """Write a number by the section for its sign: numbers above zero, below it, and zero."""
    negative = plain.startswith("-")
    index = 1 if negative else 2 if plain == "0" else 0
    section, minus = (sections[index], "") if index < len(sections) else (sections[0], "-" * negative)
    if any(mark not in {"sign", "digit", "general", "point", "comma", "percent"} for mark, _ in section):
        return Said("", UNSURE)
    said = _laid_out(plain.removeprefix("-"), section)
    return Said(minus + said.text, "", said.doubt) if said.text else said


def _laid_out(plain: str, section: Section) -> Said:
    """Put the digits of a number into the places a section has for them; refuse where it hides some."""
    marks = [mark for mark, _ in section]
    if "general" in marks:
        odd = len(set(marks) - {"sign"}) > 1 or marks.count("general") > 1
        text = "".join(plain if mark == "general" else sign for mark, sign in section)
        return Said("", UNSURE) if odd else Said(text, "", _doubt(parts="." in plain))
    point = marks.index("point") if "point" in marks else len(marks)
    before, after = section[:point], section[point + 1 :]
    places, decimals = ([sign for mark, sign in part if mark == "digit"] for part in (before, after))
    last = max((at for at, mark in enumerate(marks[:point]) if mark == "digit"), default=-1)
    scaled = "comma" in marks[last + 1 :]  # divided by thousands
    whole, _, parts = (_hundredfold(plain) if "percent" in marks else plain).partition(".")
    twice = marks.count("point") > 1 or marks.count("percent") > 1
    if not places or scaled or twice or len(parts) > len(decimals):
        return Said("", UNSURE)
    digits = _filled(whole.lstrip("0"), places)
    behind = _filled(parts[::-1], decimals[::-1])[::-1]
    text = _with_signs(before, digits) + "." * ("point" in marks) + _with_signs(after, behind)
    grouped = "comma" in marks and len("".join(digits)) >= _THOUSAND
    return Said(text, "", _doubt(parts=grouped or "point" in marks))


def _hundredfold(plain: str) -> str:
    """Return a number as percent."""
    text = f"{Decimal(plain) * 100:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _filled(digits: str, places: Sequence[str]) -> list[str]:
    """Return what stands in each place, from the right; digits without a place stand in the first one."""
    filled, below_zero = list[str](), False
    given = digits.rjust(len(places))
    extra = len(given) - len(places)
    for at, place in enumerate(places):
        digit = given[: extra + 1] if at == 0 else given[extra + at]
        below_zero |= place == "0"
        nothing = "0" if below_zero else " " if place == "?" else ""
        filled.append(nothing if digit == " " else digit)
    return filled


def _with_signs(tokens: Sequence[Token], digits: Sequence[str]) -> str:
    """Return a part of a section with digits in its places; commas are left out."""
    rest = iter(digits)
    return "".join(next(rest) if mark == "digit" else "" if mark == "comma" else sign for mark, sign in tokens)


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
