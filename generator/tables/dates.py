"""Dates as texts in a table: taken where only one meaning is possible or declared, refused otherwise."""

import re
from typing import Literal

from generator.case.values import ABOUT

Form = Literal["day-first", "month-first", "year-first"]

_CLOCK = r"(?:,?[ T](?P<clock>\d{1,2}:\d{2})(?::00)?)?"
_END = r"(?: ?г\.)?"
_ORDERS = {
    "day-first": r"(?P<day>\d{1,2})[./-](?P<month>\d{1,2})[./-](?P<year>\d{4})",
    "month-first": r"(?P<month>\d{1,2})[./-](?P<day>\d{1,2})[./-](?P<year>\d{4})",
    "year-first": r"(?P<year>\d{4})[./-](?P<month>\d{1,2})[./-](?P<day>\d{1,2})",
}
_DECLARED = {form: re.compile(order + _END + _CLOCK) for form, order in _ORDERS.items()}
_DOTTED = re.compile(r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})" + _END + _CLOCK)
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}(?!\d).*")
_NO_SECONDS = re.compile(r"(?<=\d:\d\d):00(\.0+)?$")
_SHORT_YEAR = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{2}(?!\d).*")
_SOME_ORDER = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}(?!\d).*")


def as_case_writes(text: str, form: str) -> tuple[str, str]:
    """Return a date as case files write it (2024-03-05 14:30), or the text as it is with the id of what is wrong.

    What is no date at all is returned as it is: the check of the case names it. Dots mean day first, as everybody
    in the region writes, unless the form says otherwise.
    """
    about = next((word for word in ABOUT if text.startswith(word)), "")
    bare = text.removeprefix(about).strip()
    if _ISO.fullmatch(bare):
        return _NO_SECONDS.sub("", text), ""
    if match := _DECLARED[form].fullmatch(bare) if form else _DOTTED.fullmatch(bare):
        day = f"{match['year']}-{match['month'].zfill(2)}-{match['day'].zfill(2)}"
        return " ".join(part for part in (about, day, match["clock"]) if part), ""
    if _SHORT_YEAR.fullmatch(bare):
        return text, "date-short-year"
    return text, "date-unclear" if _SOME_ORDER.fullmatch(bare) else ""
