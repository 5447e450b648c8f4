"""Any grid of texts comes back from a table cell by cell, whatever program wrote it and in whatever encoding."""

import csv
import io
import tempfile
from pathlib import Path

import xlsxwriter
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tables.books import line, ods

from generator.errors import CaseError
from generator.tables.model import TableOptions
from generator.tables.read import read_table
from generator.tables.separated import SEPARATORS
from generator.tree import odd_character, tidy

SOME = settings(max_examples=40)
COLUMNS = 3
ANY = st.text(max_size=12) | st.sampled_from(
    ["=A1", "+7", "-", "@x", "007", "1,5", "a;b", 'a"b', "x\ny", "_x0041_", "sep=;", "'", "\t", "#x"]
)
CYRILLIC = st.text(st.sampled_from("абвгдЖЩЪёЁ №«»—;,|\t\"'\n x0"), max_size=12)


def _grids(cells):
    cell = cells.filter(lambda text: not odd_character(text))
    return st.lists(st.lists(cell, min_size=COLUMNS, max_size=COLUMNS), min_size=1, max_size=4)


def _read(content: bytes, **options: str):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table"
        path.write_bytes(content)
        return read_table(path, TableOptions(**options))


def _written(grid, separator: str) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=separator)
    writer.writerow(["code", *(f"name {n}" for n in range(COLUMNS))])
    writer.writerows([f"a-{n}", *row] for n, row in enumerate(grid))
    return text.getvalue()


def _expected(grid):
    return [(f"a-{n}", *map(tidy, row)) for n, row in enumerate(grid)]


@SOME
@given(_grids(ANY), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]), st.sampled_from(sorted(SEPARATORS)))
def test_any_grid_comes_back_from_a_csv(grid, encoding, separator):
    """A separator that is said parts the cells; one that is found out is the right one, or none is taken."""
    content = _written(grid, SEPARATORS[separator]).encode(encoding)
    assert [row.cells for row in _read(content, separator=separator).rows] == _expected(grid)
    try:
        found = _read(content)
    except CaseError as fault:
        assert [problem.id for problem in fault.problems] == ["separator-unclear"]
    else:
        assert [row.cells for row in found.rows] == _expected(grid)


@SOME
@given(_grids(CYRILLIC), st.sampled_from(["cp1251", "koi8-r", "cp866", "utf-16-le"]))
def test_any_grid_comes_back_in_an_old_encoding(grid, encoding):
    """An encoding that is said is the one that is read."""
    try:
        content = _written(grid, ";").encode(encoding)
    except UnicodeEncodeError:
        assume(False)  # not every one has every sign
    named = "utf-16" if encoding == "utf-16-le" else encoding
    assert [row.cells for row in _read(content, separator=";", encoding=named).rows] == _expected(grid)


@SOME
@given(_grids(ANY))
def test_any_grid_comes_back_from_an_xlsx(grid):
    """Texts that look like formulas, numbers or escapes are texts."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        rows = [["code", *(f"name {n}" for n in range(COLUMNS))], *([f"a-{n}", *row] for n, row in enumerate(grid))]
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                sheet.write_string(number, column, cell)
    assert [row.cells for row in _read(target.getvalue()).rows] == _expected(grid)


@SOME
@given(_grids(ANY.filter(lambda text: not text.startswith("<"))))
def test_any_grid_comes_back_from_an_ods(grid):
    """As for XLSX; the names of its columns are those of the maker of the tests."""
    found = _read(ods(*(line(f"a-{n}", *row) for n, row in enumerate(grid))))
    assert [row.cells for row in found.rows] == _expected(grid)
