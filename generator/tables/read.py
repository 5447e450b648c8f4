"""Read a table of cases: find its header, leave out what is not a case, name what is wrong with each cell."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.errors import CaseError, Place, Problem
from generator.sources import read_bytes
from generator.tables.model import MAX_CELL, MAX_FILE_BYTES, Area, Grid, GridRow, Row, Table, TableOptions
from generator.tables.ods import read_ods
from generator.tables.package import DAMAGED
from generator.tables.separated import read_separated
from generator.tables.xlsx import read_xlsx
from generator.tree import odd_character, tidy

_OLD_OFFICE = b"\xd0\xcf\x11\xe0"  # .xls, and every workbook with a password

_ZIP = b"PK\x03\x04"
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"  # stands unpacked at the head of the file
_MIMETYPE_WITHIN = 128
_MOST_PIECES = 50


def read_table(path: Path, options: TableOptions | None = None) -> Table:
    """Read a CSV, XLSX or ODS; raise `CaseError` where the table as a whole cannot be used.

    What is wrong with single cells stays with their rows, so that the other rows can be used.
    """
    raw = read_bytes(path, CaseError, MAX_FILE_BYTES, "table-too-large")
    file = path.as_posix()
    return _table(_grid(raw, file, options or TableOptions()), file)


def _grid(raw: bytes, file: str, options: TableOptions) -> Grid:
    """Read the file by what is in it; its name may lie."""
    if raw.startswith(_OLD_OFFICE):
        raise CaseError.one("table-old-format", Place(file))
    if not raw.startswith(_ZIP):
        return read_separated(raw, file, options)
    try:
        return (read_ods if _ODS in raw[:_MIMETYPE_WITHIN] else read_xlsx)(raw, file, options.sheet)
    except DAMAGED:
        raise CaseError.one("table-damaged", Place(file)) from None


@dataclass(frozen=True, slots=True)
class _Sorted:
    """The rows of a grid by what they are."""

    header: GridRow
    rows: list[GridRow]
    hidden: int
    comments: int


def _table(grid: Grid, file: str) -> Table:
    parts = _sorted(grid.rows, file)
    header = _header(parts.header)
    problems = [
        *_header_problems(parts.header, header, file),
        *_nameless(parts, header, file),
        *_merged_above(grid.merged, parts.header, file),
    ]
    if problems:
        raise CaseError(problems)
    cut = _cut(parts.rows, len(header))
    merged = _by_row(grid.merged, {row.number for row in parts.rows})
    rows = [_row(row, header, file, merged.get(row.number, ()), cut) for row in parts.rows]
    seen = len(rows) + parts.hidden + parts.comments
    last = max((row.number for row in grid.rows), default=0)
    above = sum(1 for row in grid.rows if row.number < parts.header.number)
    blank = last - parts.header.number - (seen - above)
    return Table(file, header, parts.header.number, rows, blank, parts.hidden, parts.comments, grid.sheet)


def _sorted(grid: Sequence[GridRow], file: str) -> _Sorted:
    """Tell header, cases, comments and hidden rows apart; refuse a table that lacks the first two."""
    shown = [row for row in grid if not row.hidden]
    used = [row for row in shown if not _first_text(row).lstrip().startswith("#")]
    if not used:
        raise CaseError.one("table-empty", Place(file))
    if not used[1:]:
        raise CaseError.one("table-without-rows", Place(file, used[0].number, 1))
    return _Sorted(used[0], used[1:], len(grid) - len(shown), len(shown) - len(used))


def _first_text(row: GridRow) -> str:
    return row.cells[min(row.cells)] if row.cells else ""


def _header(row: GridRow) -> tuple[str, ...]:
    return tuple(tidy(row.cells.get(column, "")) for column in range(1, max([*row.cells, *row.faults]) + 1))


def _header_problems(row: GridRow, header: Sequence[str], file: str) -> Iterator[Problem]:
    first = dict[str, int]()
    for column, name in enumerate(header, 1):
        place = Place(file, row.number, column)
        if found := _cell_problem(row, column, place):
            yield found
        elif name and first.setdefault(name, column) != column:
            yield Problem("column-twice", place, "", {"first": str(first[name])})


def _nameless(parts: _Sorted, header: Sequence[str], file: str) -> Iterator[Problem]:
    """Refuse a column that holds something and has no name; a row that runs on in a CSV is a fault of that row."""
    seen = set[int]()
    for row in parts.rows:
        for column in {*row.cells, *row.faults}:
            runs_on = column > len(header) and row.width
            if not runs_on and (column > len(header) or not header[column - 1]) and column not in seen:
                seen.add(column)
                yield Problem(
                    "column-without-name", Place(file, parts.header.number, column), "", {"row": str(row.number)}
                )


def _merged_above(merged: Sequence[Area], header: GridRow, file: str) -> Iterator[Problem]:
    for area in merged:
        if area.top <= header.number <= area.bottom:
            yield Problem("merged-cells", Place(file, area.top, area.left))


def _by_row(merged: Sequence[Area], numbers: Collection[int]) -> Mapping[int, Sequence[Area]]:
    areas = dict[int, list[Area]]()
    for area in merged:
        for number in range(area.top, area.bottom + 1):
            if number in numbers:
                areas.setdefault(number, []).append(area)
    return areas


def _row(row: GridRow, header: Sequence[str], file: str, merged: Sequence[Area], cut: Collection[int]) -> Row:
    faulty = dict[int, Problem]()
    for column in sorted({*row.cells, *row.faults}):
        if found := _cell_problem(row, column, Place(file, row.number, column)):
            faulty[column] = found
    for area in merged:
        for column in range(area.left, min(area.right, len(header)) + 1):
            faulty[column] = Problem("merged-cells", Place(file, row.number, column))
    cells = tuple(tidy(row.cells.get(column, "")) for column in range(1, len(header) + 1))
    problems = tuple(_length_problems(row, len(header), file, cut))
    return Row(row.number, cells, problems, faulty) if faulty else Row(row.number, cells, problems)


def _length_problems(row: GridRow, columns: int, file: str, cut: Collection[int]) -> Iterator[Problem]:
    counts = {"cells": str(row.width), "columns": str(columns)}
    if row.number in cut:
        yield Problem("row-cut", Place(file, row.number, 1))
    elif row.width and max(row.cells) > columns:
        yield Problem("row-too-long", Place(file, row.number, columns + 1), "", counts)


def _cut(rows: Sequence[GridRow], columns: int) -> set[int]:
    """Return the numbers of rows that are pieces of one: together they have all cells, the cut one once in each.

    A single row may end early: Excel leaves out the last cells where they are empty in many rows.
    """
    cut = set[int]()
    for start, row in enumerate(rows):
        if not 0 < row.width < columns:
            continue
        cells, end = row.width, start + 1
        while end < len(rows) and end - start < _MOST_PIECES and 0 < rows[end].width < columns and cells < columns:
            cells, end = cells + rows[end].width - 1, end + 1
        if cells == columns:
            cut |= {piece.number for piece in rows[start:end]}
    return cut


def _cell_problem(row: GridRow, column: int, place: Place) -> Problem | None:
    text = row.cells.get(column, "")
    if fault := row.faults.get(column):
        return Problem(fault, place)
    if len(text) > MAX_CELL:
        return Problem("cell-too-long", place, "", {"limit": str(MAX_CELL)})
    if odd := odd_character(text):
        return Problem("odd-character", place, "", {"code": odd[1]})
    return None
