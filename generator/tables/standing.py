"""Whether result sheets may take the place of what lies under their names."""

import stat
from collections.abc import Callable, Collection
from pathlib import Path

from generator.digests import sha256_of
from generator.disk import told
from generator.errors import CaseError, OutputError, Place, Problem
from generator.tables.model import TableOptions
from generator.tables.read import read_table
from generator.tables.results import SHEETS
from generator.targets import mode

Heads = Callable[[], Collection[tuple[str, ...]]]


def check_sheets(
    folder: Path, ours: Collection[str], heads: Heads, apart: Collection[Path] = (), *, force: bool = False
) -> None:
    """Raise `OutputError` for each result sheet of a folder that may not be replaced; with `force` any but these may.

    Never replaced are links and what the batch is made from (`apart`). Of the others those go whose SHA-256 digest is
    in `ours`. Where no digest is known, an earlier version made them, and those go that have one of the `heads`, the
    titles of our columns.
    """
    with told(folder):
        faults = [(name, _fault(folder / name, ours, heads, apart, force=force)) for name in SHEETS]
    if problems := [Problem(fault, Place(folder.as_posix()), values={"name": name}) for name, fault in faults if fault]:
        raise OutputError(problems)


def _fault(path: Path, ours: Collection[str], heads: Heads, apart: Collection[Path], *, force: bool) -> str:
    """Return the id of what is wrong with a name, nothing where a sheet may get it."""
    there = mode(path)
    if any(path.exists() and other.exists() and path.samefile(other) for other in apart):
        return "results-are-source"
    if stat.S_ISLNK(there):
        return "output-is-link"
    if there and not stat.S_ISREG(there):
        return "output-not-a-file"
    known = not there or force or (sha256_of(path) in ours if ours else _header(path) in heads())
    return "" if known else "results-exist"


def _header(path: Path) -> tuple[str, ...]:
    """Return the titles of the columns of a table, none where it is no table."""
    try:
        return read_table(path, TableOptions(separator=";")).header
    except CaseError:
        return ()
