"""Print what came of the runs, and the first broken promises in words."""

from collections.abc import Iterable, Sequence
from dataclasses import fields

from breaking.looping import Row

COLUMNS = ("runs", "hit", "killed", "refused", "completed", "broken", "left", "answers")
HEAD = "runs = runs, hit = a fault befell it, broken = files, left = left over, answers = bad messages or exit codes"
SHOWN = 40


def say(rows: Sequence[Row], skipped: Sequence[str]) -> None:
    """Print the table, what could not be done here, and what was found."""
    first, second = (max(len(getattr(row, name)) for row in rows) for name in ("scene", "fault"))
    print(f"{'scene':{first}}  {'fault':{second}}  {'  '.join(f'{name:>9}' for name in COLUMNS)}")
    for row in (*rows, total(rows)):
        numbers = "  ".join(f"{getattr(row, name):9}" for name in COLUMNS)
        print(f"{row.scene:{first}}  {row.fault:{second}}  {numbers}{'' if row.kept else '  <-- broken'}")
    print(HEAD)
    for words in skipped:
        print(f"!! NOT DONE HERE: {words}")
    found = [words for row in rows for words in row.found]
    for words in found[:SHOWN]:
        print(f"BROKEN  {words}")
    if len(found) > SHOWN:
        print(f"... and {len(found) - SHOWN} more")


def total(rows: Iterable[Row]) -> Row:
    """Return the sum of rows."""
    whole = Row("all", "")
    for row in rows:
        for name in (each.name for each in fields(Row) if each.name in COLUMNS):
            setattr(whole, name, getattr(whole, name) + getattr(row, name))
    return whole
