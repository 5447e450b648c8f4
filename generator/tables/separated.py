"""Read text with separators (CSV): find out encoding and separator, or refuse where that would be a guess."""

import codecs
import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from generator.errors import CaseError, Place
from generator.tables.model import MAX_COLUMNS, MAX_FILE_BYTES, MAX_ROWS, NONE, Grid, GridRow, TableOptions
from generator.tables.numbers import is_scientific
from generator.tables.packed import Packed

ENCODINGS = ("utf-8", "utf-16", "cp1251", "cp866", "koi8-r")
SEPARATORS = {",": ",", ";": ";", "tab": "\t", "\t": "\t", "|": "|"}
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_PIECE = 64 * 1024
_SAMPLE = 100  # rows that must agree on a separator


def read_separated(raw: bytes, file: str, options: TableOptions) -> Grid:
    """Return the rows of a CSV; raise `CaseError` where its encoding, separator or quotes are unclear."""
    text = _Text(raw, _encoding(raw, file, options.encoding))
    first = text.lines().readline().strip()
    if first.lower().startswith("sep=") and len(first) == len("sep=") + 1:  # Excel's own way to say it
        return _grid(text, file, first[-1], first_row=2)
    if not options.separator:
        return _grid(text, file, _found_separator(text, file))
    if options.separator not in SEPARATORS:
        raise CaseError.one("unknown-separator", None, "", known=", ; | tab")
    return _grid(text, file, SEPARATORS[options.separator])


@dataclass(frozen=True, slots=True)
class _Text:
    """A text as its file has it: a line at a time is read from the bytes, for all of it may take four times as much."""

    raw: bytes
    encoding: str

    def lines(self) -> io.TextIOWrapper:
        """Return the lines from the first one on."""
        return io.TextIOWrapper(io.BytesIO(self.raw), self.encoding, newline="")


def _encoding(raw: bytes, file: str, encoding: str) -> str:
    """Return the encoding that a file has by its mark, by the word of the user or as a rule, and truly is in."""
    named = _known(encoding) if encoding else ""
    marked = next((name for mark, name in _MARKS if raw.startswith(mark)), "")
    if marked and named and not marked.startswith(named):
        raise CaseError.one("encoding-contradicts", Place(file), "", found=marked.removesuffix("-sig"))
    if named not in {"", "utf-8", "utf-16"} and not raw.isascii() and _undecodable(raw, "utf-8") is None:
        raise CaseError.one("encoding-contradicts", Place(file), "", found="utf-8")
    if not (marked or named) and b"\0" in raw[:2]:  # UTF-16 whose mark was cut off
        raise CaseError.one("table-encoding", Place(file, 1, 1))
    found = marked or named or "utf-8"
    found = "utf-16-le" if found == "utf-16" and not marked else found
    if (start := _undecodable(raw, found)) is not None:
        raise CaseError.one("table-encoding", Place(file, raw.count(b"\n", 0, start) + 1, 1))
    return found


def _known(encoding: str) -> str:
    """Return the usual name of an encoding: `Windows-1251` is `cp1251`."""
    try:
        name = codecs.lookup(encoding).name
    except LookupError:
        name = ""
    if name not in ENCODINGS:
        raise CaseError.one("unknown-encoding", None, "", known=", ".join(ENCODINGS))
    return name


def _undecodable(raw: bytes, encoding: str) -> int | None:
    """Return where the first byte is that the encoding does not have, `None` where all is well."""
    decoder = codecs.getincrementaldecoder(encoding)()
    for end in range(_PIECE, len(raw) + _PIECE, _PIECE):
        try:
            decoder.decode(raw[end - _PIECE : end], final=end >= len(raw))
        except UnicodeDecodeError as fault:  # which speaks of this piece and what was left of the one before
            return min(end, len(raw)) - len(fault.object) + fault.start
    return None


def _found_separator(text: _Text, file: str) -> str:
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


def _sample(text: _Text, separator: str) -> Iterator[Sequence[str]]:
    try:
        filled = (row for row in _records(text, separator) if any(cell.strip() for cell in row))
        yield from islice((row for row in filled if not _first(row).startswith("#")), _SAMPLE)
    except csv.Error:
        return  # refused with its place when the whole is read


def _first(row: Sequence[str]) -> str:
    return next((cell.strip() for cell in row if cell.strip()), "")


def _records(text: _Text, separator: str, first_row: int = 1) -> Iterator[list[str]]:
    csv.field_size_limit(MAX_FILE_BYTES)  # one long cell is refused by itself, not with the file
    return csv.reader(islice(text.lines(), first_row - 1, None), delimiter=separator, strict=True)


def _grid(text: _Text, file: str, separator: str, first_row: int = 1) -> Grid:
    number, rows = first_row - 1, Packed[GridRow]()
    try:
        for number, record in enumerate(_records(text, separator, first_row), first_row):
            cells = {column: cell for column, cell in enumerate(record, 1) if cell and not cell.isspace()}
            if len(rows) >= MAX_ROWS or (cells and max(cells) > MAX_COLUMNS):
                raise CaseError.one(
                    "table-too-long", Place(file, number, 1), rows=str(MAX_ROWS), columns=str(MAX_COLUMNS)
                )
            if cells:
                spoilt = {column: "number-spoilt" for column, cell in cells.items() if is_scientific(cell.strip())}
                rows.append(GridRow(number, cells, spoilt or NONE, width=len(record)))
    except csv.Error:
        raise CaseError.one("table-quotes", Place(file, number + 1, 1)) from None
    return Grid(rows)
