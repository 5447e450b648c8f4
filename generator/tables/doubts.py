"""What makes a cell doubtful in a column of one kind and not in one of another: a date in a column of numbers."""

from collections.abc import Mapping

from generator.tables.facts import Kind

_DAYS = frozenset[Kind]({"day", "moment"})
_NUMBERS = frozenset[Kind]({"count", "sum"})
_SURE: Mapping[str, frozenset[Kind]] = {
    "date-not-text": _DAYS,
    "truth-not-text": frozenset({"answer"}),
    "number-marks": _NUMBERS,
    "number-computed": _NUMBERS,
}
"""The kinds of facts that leave no doubt what a cell says."""


def doubt_in(kind: Kind, doubt: str) -> str:
    """Return the id of what is wrong with a doubtful cell in a column of this kind, empty if nothing is."""
    if doubt == "date-incomplete" and kind not in _DAYS:
        return "date-not-text"
    return "" if kind in _SURE.get(doubt, ()) else doubt
