"""The result sheets of a batch: read back as they were meant, and harmless in a spreadsheet program."""

import csv
import gc
import io
import re
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.cli.messages import LANGUAGES, Messages
from generator.tables.model import MAX_CELL, TableOptions
from generator.tables.read import read_table
from generator.tables.results import COLUMNS, ResultRow, harmless, write_results

TITLES = {name: Messages("ru").say(f"result-{name}") for name in COLUMNS}
ROWS = [
    ResultRow("дела.csv", "2", "", "a-1", "готово", "prosecutor-complaint", "ru", "a-1/x.docx", "ab" * 32),
    ResultRow("дела.csv", "3", "4", "a-2", "отказ", problem="не дата; не время", remedy="напишите\n2026-03-10"),
]
READ = [
    ("дела.csv", "2", "", "a-1", "готово", "prosecutor-complaint", "ru", "a-1/x.docx", "ab" * 32, "", ""),
    ("дела.csv", "3", "4", "a-2", "отказ", "", "", "", "", "не дата; не время", "напишите 2026-03-10"),
]


def _made(rows, folder):
    return [path.read_bytes() for path in write_results(folder, rows, TITLES)]


def test_both_sheets_say_the_same(tmp_path):
    """CSV and XLSX hold the titles and each row, and replace older sheets."""
    for _ in range(2):
        paths = write_results(tmp_path, ROWS, TITLES)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["results.csv", "results.xlsx"]
    for path in paths:
        table = read_table(path, TableOptions())
        assert table.header == tuple(TITLES.values())
        assert [row.cells for row in table.rows] == READ


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_column_has_a_title(language):
    """The sheets speak the user's language."""
    assert len({Messages(language).say(f"result-{name}") for name in COLUMNS}) == len(COLUMNS)


def test_the_same_rows_make_the_same_bytes(tmp_path):
    """No clock and no name of a machine is in the sheets."""
    made = _made(ROWS, tmp_path)
    assert made == _made(iter(ROWS), tmp_path)
    package = zipfile.ZipFile(io.BytesIO(made[1]))
    assert {part.date_time[0] for part in package.infolist()} == {1980}
    assert set(re.findall(rb"\b(?:19|20)\d\d-\d\d-\d\dT", package.read("docProps/core.xml"))) == {b"1980-01-01T"}


@pytest.mark.parametrize("start", ["=1+1", "+992", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "＝1", "\0=1"])
def test_nothing_is_taken_for_a_formula(start, tmp_path):
    """A text that could be run is kept a text: with an apostrophe in the CSV, as a string in the XLSX."""
    as_csv, as_xlsx = _made([ResultRow(start, code="https://example.org", remedy=start)], tmp_path)
    cells = list(csv.reader(io.StringIO(as_csv.decode("utf-8-sig"), newline=""), delimiter=";"))[1]
    assert (cells[0], cells[-1]) == (f"'{start}", f"'{start}")
    sheet = zipfile.ZipFile(io.BytesIO(as_xlsx)).read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in sheet
    assert b"hyperlink" not in sheet


@given(st.text())
def test_a_harmless_text_keeps_its_letters(text):
    """At most an apostrophe is added, and what begins a cell begins no formula."""
    assert harmless(text) in {text, f"'{text}"}
    assert harmless(text).lstrip()[:1] not in {*"=+-@＝＋－＠"}


def test_no_batch_is_too_long_for_a_cell(tmp_path):
    """A sentence without end is whole in the CSV; in the XLSX a cell ends where Excel ends it."""
    as_csv, as_xlsx = _made([ResultRow("x", problem="ю" * 100_000)], tmp_path)
    assert as_csv.decode("utf-8-sig").count("ю") == 100_000
    assert zipfile.ZipFile(io.BytesIO(as_xlsx)).read("xl/worksheets/sheet1.xml").decode().count("ю") == MAX_CELL


def test_a_long_sheet_takes_no_more_memory_than_a_short_one(tmp_path):
    """Rows go into files as they come."""
    few, many, used = 300, 1300, []

    def rows():
        for number in range(1, many + 1):
            if number in {few, many}:
                gc.collect()
                used.append(tracemalloc.get_traced_memory()[0])
            yield ROWS[0]._replace(row=str(number))

    tracemalloc.start()
    write_results(tmp_path, rows(), TITLES)
    tracemalloc.stop()
    assert (used[1] - used[0]) / (many - few) < 20


def test_nothing_is_left_beside_the_sheets(tmp_path, monkeypatch):
    """What the library needs on the way lies in the output folder, and goes; so does what a killed run left there."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "no-such-folder"))
    (tmp_path / ".results.part").mkdir()
    (tmp_path / ".results.part" / "left").write_text("by a run that was killed", "utf-8")
    write_results(tmp_path, ROWS, TITLES)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["results.csv", "results.xlsx"]


def test_ctrl_c_in_the_moment_the_scratch_folder_is_made_leaves_nothing(tmp_path, monkeypatch):
    """The folder goes whenever the interruption comes; older sheets stay as they were."""
    write_results(tmp_path, ROWS, TITLES)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    make = Path.mkdir

    def interrupted(self, *given, **named):
        make(self, *given, **named)
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "mkdir", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_results(tmp_path, ROWS[:1], TITLES)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before
