"""Read text with separators (CSV): find out encoding and separator, or refuse where that would be a guess."""

import codecs
import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from generator.errors import CaseError, Place
from generator.tables.model import MAX_COLUMNS, MAX_FILE_BYTES, MAX_ROWS, NONE, Grid, GridRow, TableOptions
from generator.tables.numbers import is_scientific

ENCODINGS = ("utf-8", "utf-16", "cp1251", "cp866", "koi8-r")
SEPARATORS = {",": ",", ";": ";", "tab": "\t", "\t": "\t", "|": "|"}
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_SAMPLE = 100  # rows that must agree on a separator
_MAX_RECORD = 4 * 1024 * 1024  # letters of one row: far more than all its cells may have, yet soon read
_MAX_RECORDS = 1_048_576  # empty ones count, too; no spreadsheet program writes more


class _TooLarge(csv.Error):
    """A row without end: a quotation mark is missing, or this is no table."""


def read_separated(raw: bytes, file: str, options: TableOptions) -> Grid:
    """Return the rows of a CSV; raise `CaseError` where its encoding, separator or quotes are unclear."""
    text = _text(raw, file, options.encoding)
    first, _, rest = text.partition("\n")
    said = first.strip().lower()
    if said.startswith("sep=") and len(first.strip()) == len("sep=") + 1:  # Excel's own way to say it
        separator = first.strip()[-1]
        return _grid(rest, file, separator, first_row=2)
    if not options.separator:
        return _grid(text, file, _found_separator(text, file))
    if options.separator not in SEPARATORS:
        raise CaseError.one("unknown-separator", None, "", known=", ; | tab")
    return _grid(text, file, SEPARATORS[options.separator])


def _text(raw: bytes, file: str, encoding: str) -> str:
    named = _known(encoding) if encoding else ""
    marked = next((name for mark, name in _MARKS if raw.startswith(mark)), "")
    if marked and named and not marked.startswith(named):
        raise CaseError.one("encoding-contradicts", Place(file), "", found=marked.removesuffix("-sig"))
    if named not in {"", "utf-8", "utf-16"} and not raw.isascii() and _is_utf_8(raw):
        raise CaseError.one("encoding-contradicts", Place(file), "", found="utf-8")
    if not (marked or named) and b"\0" in raw[:2]:  # UTF-16 whose mark was cut off
        raise CaseError.one("table-encoding", Place(file, 1, 1))
    try:
        return raw.decode(marked or named or "utf-8")
    except UnicodeDecodeError as fault:
        line = raw.count(b"\n", 0, fault.start) + 1
        raise CaseError.one("table-encoding", Place(file, line, 1)) from None


def _known(encoding: str) -> str:
    """Return the usual name of an encoding: `Windows-1251` is `cp1251`."""
    try:
        name = codecs.lookup(encoding).name
    except LookupError:
        name = ""
    if name not in ENCODINGS:
        raise CaseError.one("unknown-encoding", None, "", known=", ".join(ENCODINGS))
    return name


def _is_utf_8(raw: bytes) -> bool:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _found_separator(text: str, file: str) -> str:
    """Return the one separator that divides the first filled row, and the rows after it into as many cells."""
    samples = {separator: list(_sample(text, separator)) for separator in SEPARATORS.values()}
    dividing = {separator: rows for separator, rows in samples.items() if rows and len(rows[0]) > 1}
    if len(dividing) > 1:
        dividing = {separator: rows for separator, rows in dividing.items() if len({len(row) for row in rows}) == 1}
    if len(dividing) == 1:
        return next(iter(dividing))
    if any(rows and len(rows[0]) > 1 for rows in samples.values()):
        raise CaseError.one("separator-unclear", Place(file, 1, 1))
    return ","


def _sample(text: str, separator: str) -> Iterator[Sequence[str]]:
    try:
        records = islice(_records(text, separator), _MAX_RECORDS)
        filled = (row for row in records if any(cell.strip() for cell in row))
        yield from islice((row for row in filled if not _first(row).startswith("#")), _SAMPLE)
    except csv.Error:
        return  # refused with its place when the whole is read


def _first(row: Sequence[str]) -> str:
    return next((cell.strip() for cell in row if cell.strip()), "")


def _records(text: str, separator: str) -> Iterator[list[str]]:
    csv.field_size_limit(MAX_FILE_BYTES)  # one long cell is refused by itself, not with the file
    read = [0]  # letters of the row that is being read
    for record in csv.reader(_counted(io.StringIO(text, newline=""), read), delimiter=separator, strict=True):
        read[0] = 0
        yield record


def _counted(lines: Iterable[str], read: list[int]) -> Iterator[str]:
    for line in lines:
        read[0] += len(line)
        if read[0] > _MAX_RECORD:
            raise _TooLarge
        yield line


def _grid(text: str, file: str, separator: str, first_row: int = 1) -> Grid:
    number, rows = first_row - 1, list[GridRow]()
    known = dict[str, str]()  # a text that many cells have is kept once
    try:
        for number, record in enumerate(_records(text, separator), first_row):
            cells = {
                column: known.setdefault(cell, cell)
                for column, cell in enumerate(record, 1)
                if cell and not cell.isspace()
            }
            if len(rows) >= MAX_ROWS or number > _MAX_RECORDS or (cells and max(cells) > MAX_COLUMNS):
                raise CaseError.one(
                    "table-too-long", Place(file, number, 1), rows=str(MAX_ROWS), columns=str(MAX_COLUMNS)
                )
            if cells:
                spoilt = {column: "number-spoilt" for column, cell in cells.items() if is_scientific(cell.strip())}
                rows.append(GridRow(number, cells, spoilt or NONE, width=len(record)))
    except csv.Error as fault:
        problem = "row-without-end" if isinstance(fault, _TooLarge) else "table-quotes"
        raise CaseError.one(problem, Place(file, number + 1, 1)) from None
    return Grid(rows)
