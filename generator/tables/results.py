"""Write what came of a batch as a sheet to read and to sort: CSV and XLSX, safe to open in a spreadsheet program."""

import csv
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import xlsxwriter
from xlsxwriter.exceptions import XlsxWriterException

from generator.errors import OutputError, Place, reason_of
from generator.replacing import put_in_place
from generator.tables.model import MAX_CELL

# OWASP on CSV injection, ASVS 5.0 1.2.10
_FORMULA_STARTS = (
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
    "\n",
    "\0",
    "＝",
    "＋",
    "－",
    "＠",
)
_WIDTHS = {"source": 28, "code": 20, "letter": 24, "file": 40, "sha256": 20, "problem": 60, "remedy": 60}
_WIDTH = 10
_NO_CLOCK = {"created": datetime(1980, 1, 1)}  # noqa: DTZ001  # two runs make the same bytes


class ResultRow(NamedTuple):
    """One file that was made, or one problem of a case; a case always has a row.

    `source` is a case file or a table, `row` and `column` the spot in it; `outcome` is a word of the user's language,
    `problem` and `remedy` are its sentences.
    """

    source: str
    row: str = ""
    column: str = ""
    code: str = ""
    outcome: str = ""
    letter: str = ""
    language: str = ""
    file: str = ""
    sha256: str = ""
    problem: str = ""
    remedy: str = ""


SHEETS = CSV, XLSX = "results.csv", "results.xlsx"
SCRATCH = ".results.part"
"""The folder they are in until they are finished."""
COLUMNS = ResultRow._fields


def write_results(
    folder: Path,
    rows: Iterable[ResultRow],
    titles: Mapping[str, str],
    replacing: Callable[[Sequence[Path]], AbstractContextManager[object]] = nullcontext,
) -> tuple[Path, Path]:
    """Write `results.csv` and `results.xlsx` in the place of older ones; raise `OutputError` if they cannot be.

    `titles` has the title of each of `COLUMNS`. The same rows make the same bytes. `replacing` gets the finished
    sheets; within it they take their places. Return the paths.
    """
    with _told(folder), _scratch(folder) as scratch:
        _write(rows, titles, scratch)
        with replacing([scratch / name for name in SHEETS]):
            for name in SHEETS:
                put_in_place(scratch / name, folder / name)
    return folder / CSV, folder / XLSX


@contextmanager
def _told(folder: Path) -> Iterator[None]:
    """Raise what the system refuses as a problem of the sheets: by now the letters are made."""
    try:
        yield
    except MemoryError as fault:
        raise _unwritable("ENOMEM", folder) from fault
    except OSError as fault:
        raise _unwritable(reason_of(fault), folder) from fault
    except XlsxWriterException as fault:
        raise _unwritable(_reason(fault), folder) from fault
    except OutputError as fault:
        reason = next((problem.values["reason"] for problem in fault.problems if "reason" in problem.values), "")
        if not reason:
            raise
        raise _unwritable(reason, folder) from fault


def _reason(fault: Exception) -> str:
    """Return the error of the system that XlsxWriter passes on."""
    cause = next((each for each in fault.args if isinstance(each, OSError)), None)
    return reason_of(cause) if cause else "EIO"


def _unwritable(reason: str, folder: Path) -> OutputError:
    return OutputError.one("cannot-write-results", Place(str(folder)), reason=reason)


def _write(rows: Iterable[ResultRow], titles: Mapping[str, str], scratch: Path) -> None:
    """Write the sheet as CSV and as XLSX; the rows are gone through once, and no more than one is in memory.

    The CSV has a byte order mark and semicolons: so Excel opens it by a double click where the comma divides
    whole numbers from parts, as in the whole region.
    """
    options = {"constant_memory": True, "tmpdir": str(scratch), "strings_to_urls": False}
    with (
        (scratch / CSV).open("w", encoding="utf-8-sig", newline="") as table,
        (scratch / XLSX).open("wb") as book,  # opened here: a fault of the disk is told as one
        xlsxwriter.Workbook(book, options) as workbook,
    ):
        writer = csv.writer(table, delimiter=";", quoting=csv.QUOTE_ALL)
        workbook.set_properties(_NO_CLOCK)
        sheet, bold = workbook.add_worksheet(), workbook.add_format({"bold": True})
        for column, name in enumerate(COLUMNS):
            sheet.set_column(column, column, _WIDTHS.get(name, _WIDTH))
            sheet.write_string(0, column, titles[name], bold)
        sheet.freeze_panes(1, 0)
        writer.writerow(titles[name] for name in COLUMNS)
        number = 0
        for number, row in enumerate(rows, 1):
            writer.writerow(map(harmless, row))
            for column, cell in enumerate(row):
                sheet.write_string(number, column, cell[:MAX_CELL])
        sheet.autofilter(0, 0, number, len(COLUMNS) - 1)


@contextmanager
def _scratch(folder: Path) -> Iterator[Path]:
    """Yield a folder for files that are gone in the end; those of a run that was killed go now.

    It lies in the output folder: the rows tell codes of cases, and nothing of a case is to be left elsewhere.
    """
    scratch = folder / SCRATCH
    shutil.rmtree(scratch, ignore_errors=True)
    try:
        scratch.mkdir(mode=0o700)  # within: Ctrl-C may come when it has just been made
        yield scratch
    finally:
        try:
            shutil.rmtree(scratch, ignore_errors=True)
        finally:
            shutil.rmtree(scratch, ignore_errors=True)  # again: one fault, or Ctrl-C, ends the first


def harmless(cell: str) -> str:
    """Return a text that no spreadsheet program takes for a formula, not even behind spaces."""
    return f"'{cell}" if cell.startswith(_FORMULA_STARTS) or cell.lstrip().startswith(_FORMULA_STARTS) else cell
