"""Where the cases of a batch come from: a folder, a pattern of file names, or the rows of a table."""

import glob
from collections.abc import Iterator, Sequence
from pathlib import Path

from generator.batch.model import Unit
from generator.case.code import code_in
from generator.digests import sha256
from generator.errors import CaseError, Place, Problem
from generator.sources import read_bytes
from generator.tables.cases import Plan
from generator.tables.model import Table

ENDINGS = (".yaml", ".yml")


def case_files(source: Path) -> tuple[Path, ...]:
    """Return the case files of a folder or of a pattern such as `cases/2026-*.yaml`, in the order of their names.

    Raises `CaseError` where there are none: an empty batch is a mistake, not a success.
    """
    if source.is_dir():
        found = [path for path in source.rglob("*") if path.suffix in ENDINGS and path.is_file()]
    elif source.is_file():
        found = [source]
    else:
        found = [path for name in glob.glob(str(source), recursive=True) if (path := Path(name)).is_file()]  # noqa: PTH207  # a pattern may be absolute
    shown = sorted(path for path in found if not path.name.startswith("."))
    if not shown:
        raise CaseError.one("batch-is-empty", Place(source.as_posix()))
    return tuple(shown)


def units_of_files(paths: Sequence[Path]) -> Iterator[Unit]:
    """Yield a unit for each case file; it is read only as far as its code."""
    for position, path in enumerate(paths, 1):
        place = Place(path.as_posix())
        try:
            raw = read_bytes(path, CaseError)
        except CaseError as fault:
            yield Unit(position, place, "", "", faults=fault.problems)
        else:
            yield Unit(position, place, code_in(raw), sha256(raw))


def units_of_table(table: Table, plan: Plan) -> Iterator[Unit]:
    """Yield a unit for each row of a table."""
    for position, row in enumerate(table.rows, 1):
        try:
            code, place = plan.code(row)
        except CaseError:
            code, place = "", Place(table.file, row.number)  # told with all else that is wrong, when the row is made
        yield Unit(position, place, code, "", row)


def twins(units: Sequence[Unit]) -> dict[int, Problem]:
    """Return a problem for each unit whose code another one has, by position, naming the place of the other."""
    seen, again = set[str](), set[str]()
    for unit in units:
        (again if unit.code in seen else seen).add(unit.code)
    again.discard("")  # no code is none that two have
    first: dict[str, Unit] = {}
    found: dict[int, Problem] = {}
    for unit in units if again else ():
        if unit.code not in again:
            continue
        other = first.setdefault(unit.code, unit)
        if other is not unit:
            found.setdefault(other.position, _twin(other, unit))
            found[unit.position] = _twin(unit, other)
    return found


def _twin(unit: Unit, other: Unit) -> Problem:
    return Problem("same-code", unit.place, "case.id", {"other": str(other.place)})
