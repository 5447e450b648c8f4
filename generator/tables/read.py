"""Read a table of cases: find its header, leave out what is not a case, name what is wrong with each cell."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path

from generator.errors import CaseError, Place, Problem
from generator.sources import read_bytes
from generator.tables.model import MAX_CELL, MAX_FILE_BYTES, NONE, Area, Grid, GridRow, Row, Table, TableOptions
from generator.tables.ods import read_ods
from generator.tables.package import DAMAGED
from generator.tables.packed import Packed
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
    return _table(_grid(path, options or TableOptions()), path.as_posix())


def _grid(path: Path, options: TableOptions) -> Grid:
    """Read the file by what is in it; its name may lie."""
    raw, file = read_bytes(path, CaseError, MAX_FILE_BYTES, "table-too-large"), path.as_posix()
    if raw.startswith(_OLD_OFFICE):
        raise CaseError.one("table-old-format", Place(file))
    if not raw.startswith(_ZIP):
        return read_separated(raw, file, options)
    try:
        return (read_ods if _ODS in raw[:_MIMETYPE_WITHIN] else read_xlsx)(raw, file, options.sheet)
    except DAMAGED:
        raise CaseError.one("table-damaged", Place(file)) from None


def _table(grid: Grid, file: str) -> Table:
    first = _first_used(grid, file)
    header = _header(first)
    problems = [
        *_header_problems(first, header, file),
        *_nameless(grid, first, header, file),
        *_merged_above(grid.merged, first, file),
    ]
    if problems:
        raise CaseError(problems)
    rows = Packed(_rows(grid, header, file))
    hidden = sum(row.hidden for row in grid.rows)
    comments = len(grid.rows) - hidden - len(rows) - 1
    last = max(row.number for row in grid.rows)
    above = sum(row.number < first.number for row in grid.rows)
    blank = last - first.number - (len(grid.rows) - above - 1)
    return Table(file, header, first.number, rows, blank, hidden, comments, grid.sheet)


def _used(grid: Grid) -> Iterator[GridRow]:
    """Yield the header and the cases: the rows that are neither hidden nor comments."""
    return (row for row in grid.rows if not (row.hidden or _first_text(row).lstrip().startswith("#")))


def _cases(grid: Grid) -> Iterator[GridRow]:
    return islice(_used(grid), 1, None)


def _first_used(grid: Grid, file: str) -> GridRow:
    """Return the header; refuse a table that has none, or no case."""
    first = next(_used(grid), None)
    if first is None:
        raise CaseError.one("table-empty", Place(file))
    if next(_cases(grid), None) is None:
        raise CaseError.one("table-without-rows", Place(file, first.number, 1))
    return first


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


def _nameless(grid: Grid, first: GridRow, header: Sequence[str], file: str) -> Iterator[Problem]:
    """Refuse a column that holds something and has no name; a row that runs on in a CSV is a fault of that row."""
    seen = {*first.faults}  # what is wrong with those names is told
    for row in _cases(grid):
        for column in {*row.cells, *row.faults}:
            runs_on = column > len(header) and row.width
            if not runs_on and (column > len(header) or not header[column - 1]) and column not in seen:
                seen.add(column)
                yield Problem("column-without-name", Place(file, first.number, column), "", {"row": str(row.number)})


def _merged_above(merged: Sequence[Area], header: GridRow, file: str) -> Iterator[Problem]:
    for area in merged:
        if area.top <= header.number <= area.bottom:
            yield Problem("merged-cells", Place(file, area.top, area.left))


def _by_row(grid: Grid) -> Mapping[int, Sequence[Area]]:
    areas = dict[int, list[Area]]()
    numbers = {row.number for row in grid.rows} if grid.merged else ()
    for area in grid.merged:
        for number in range(area.top, area.bottom + 1):
            if number in numbers:
                areas.setdefault(number, []).append(area)
    return areas


def _rows(grid: Grid, header: Sequence[str], file: str) -> Iterator[Row]:
    cut = _cut([row.width for row in _cases(grid)], len(header))
    merged = _by_row(grid)
    for index, row in enumerate(_cases(grid)):
        yield _row(row, header, file, merged.get(row.number, ()), cut=index in cut)


def _row(row: GridRow, header: Sequence[str], file: str, merged: Sequence[Area], *, cut: bool) -> Row:
    faulty = dict[int, Problem]()
    for column in sorted({*row.cells, *row.faults}):
        if found := _cell_problem(row, column, Place(file, row.number, column)):
            faulty[column] = found
    for area in merged:
        for column in range(area.left, min(area.right, len(header)) + 1):
            faulty[column] = Problem("merged-cells", Place(file, row.number, column))
    cells = tuple(tidy(row.cells.get(column, "")) for column in range(1, len(header) + 1))
    problems = tuple(_length_problems(row, len(header), file, cut=cut))
    return Row(row.number, cells, problems, faulty or NONE, row.doubts)


def _length_problems(row: GridRow, columns: int, file: str, *, cut: bool) -> Iterator[Problem]:
    counts = {"cells": str(row.width), "columns": str(columns)}
    if cut:
        yield Problem("row-cut", Place(file, row.number, 1))
    elif row.width and max(row.cells) > columns:
        yield Problem("row-too-long", Place(file, row.number, columns + 1), "", counts)


def _cut(widths: Sequence[int], columns: int) -> set[int]:
    """Return which rows are pieces of one, from 0: together they have all cells, the cut one once in each.

    A single row may end early: Excel leaves out the last cells where they are empty in many rows.
    """
    cut = set[int]()
    for start, width in enumerate(widths):
        if not 0 < width < columns:
            continue
        cells, end = width, start + 1
        while end < len(widths) and end - start < _MOST_PIECES and 0 < widths[end] < columns and cells < columns:
            cells, end = cells + widths[end] - 1, end + 1
        if cells == columns:
            cut |= set(range(start, end))
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
