"""Choose the sheet of a workbook that holds the cases: the one named, or the only one that holds anything."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from generator.errors import CaseError, Place

_Sheet = TypeVar("_Sheet")


def chosen(sheets: Mapping[str, _Sheet], named: str, file: str, holds_anything: Callable[[_Sheet], bool]) -> str:
    """Return the name of the sheet to read; raise `CaseError` where it is not there or several could be meant."""
    if named:
        if named not in sheets:
            raise CaseError.one("unknown-sheet", Place(file), "", known=", ".join(sheets))
        return named
    filled = [name for name, sheet in sheets.items() if holds_anything(sheet)]
    if len(filled) > 1:
        raise CaseError.one("sheet-unclear", Place(file), "", known=", ".join(filled))
    if not filled:
        raise CaseError.one("table-empty", Place(file))
    return filled[0]
