"""Move all dates of a case by one number of weeks: weekdays, hours and the time between two events stay."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from generator.case.model import CaseFile
from generator.case.values import Moment
from generator.pseudonyms.marks import months
from generator.pseudonyms.reading import BIRTH, Reading
from generator.pseudonyms.walk import Leaf, rewritten

WEEKS = 26
"""By how many weeks at most, forward or back."""


def shifted(facts: CaseFile, by: timedelta) -> CaseFile:
    """Return the facts with all dates moved; a year of birth stays."""
    return rewritten(facts, _Shift(by))


def dated(facts: CaseFile) -> Iterator[str]:
    """Yield the path of each text that tells a date in words or figures, which cannot be moved."""
    written = re.compile(
        r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d{1,2}-\d{1,2}"
        rf"|\d{{1,2}}(?:-го|-уми|st|nd|rd|th)?\s+(?:{months()})\w*|\b(?:{months()})\w*\s+\d{{1,2}}\b",
        re.IGNORECASE,
    )
    reading = Reading()
    rewritten(facts, reading)
    yield from (leaf.path for leaf in reading.leaves if leaf.kind in {"story", "label"} and written.search(leaf.text))


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
