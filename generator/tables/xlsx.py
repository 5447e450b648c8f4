"""Read the sheet of an XLSX: what its cells show, which rows it hides, which cells are merged."""

import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import IO

from lxml import etree

from generator.errors import CaseError, Place
from generator.tables.model import MAX_COLUMNS, MAX_ROWS, Area, Grid, GridRow
from generator.tables.numbers import Format, format_of, moment_shown, moment_text, written
from generator.tables.package import attribute, elements, local, opened, related
from generator.tables.packed import Packed
from generator.tables.sheets import chosen

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_TRUE = {"1", "true"}
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")


@dataclass(frozen=True, slots=True)
class _Book:
    """What the cells of all sheets refer to."""

    strings: tuple[str, ...]
    formats: tuple[Format, ...]
    from_1904: bool


def read_xlsx(raw: bytes, file: str, sheet: str) -> Grid:
    """Return the rows of the sheet named, or of the only one that shows anything."""
    with opened(raw, file) as package:
        main = next((target for kind, target in related(package, "").values() if kind == "officeDocument"), "")
        parts = related(package, main)
        by_kind = dict(parts.values())
        sheets, from_1904 = _sheets(package, main, parts)
        strings, formats = _strings(package, by_kind.get("sharedStrings")), _formats(package, by_kind.get("styles"))
        book = _Book(strings, formats, from_1904)
        name = chosen(sheets, sheet, file, lambda part: _holds_anything(package, part))
        with package.open(sheets[name]) as stream:
            return _grid(stream, book, file, name)


def _sheets(package: zipfile.ZipFile, main: str, parts: Mapping[str, tuple[str, str]]) -> tuple[dict[str, str], bool]:
    """Return the parts of the visible sheets by name, and whether days count from 1904."""
    sheets, from_1904 = dict[str, str](), False
    with package.open(main) as stream:
        for _, each in elements(stream, ("sheet", "workbookPr")):
            if local(each) == "workbookPr":
                from_1904 = attribute(each, "date1904") in _TRUE
                continue
            kind, target = parts[attribute(each, "id", "relationships")]
            if kind == "worksheet" and attribute(each, "state") in {"", "visible"}:
                sheets[attribute(each, "name")] = target
    return sheets, from_1904


def _strings(package: zipfile.ZipFile, part: str | None) -> tuple[str, ...]:
    if part is None:
        return ()
    with package.open(part) as stream:
        return tuple(_text(each) for _, each in elements(stream, ("si",)))


def _text(rich: etree._Element) -> str:
    """Return the text of a string in one or several looks, without the reading aids of Japanese."""
    texts = (each for each in rich.iter("{*}t") if local(each.getparent()) != "rPh")  # type: ignore[arg-type]  # below
    return _unescaped("".join(each.text or "" for each in texts))


def _unescaped(text: str) -> str:
    """Return a text with the characters that XML cannot hold or would change."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def _formats(package: zipfile.ZipFile, part: str | None) -> tuple[Format, ...]:
    """Return the number format of each cell style."""
    own, used = dict[int, str](), list[int]()
    if part is not None:
        with package.open(part) as stream:
            for _, each in elements(stream, ("numFmt", "cellXfs")):
                if local(each) == "numFmt":
                    own[int(attribute(each, "numFmtId"))] = attribute(each, "formatCode")
                else:
                    used = [int(attribute(style, "numFmtId") or 0) for style in each]
    return tuple(format_of(number, own.get(number, "")) for number in used)


def _holds_anything(package: zipfile.ZipFile, part: str) -> bool:
    with package.open(part) as stream:
        return any(len(cell) for _, cell in elements(stream, ("c",)))


def _grid(stream: IO[bytes], book: _Book, file: str, sheet: str) -> Grid:
    rows, merged, number = Packed[GridRow](), list[Area](), 0
    for _, each in elements(stream, ("row", "mergeCell")):
        if local(each) == "mergeCell":
            merged.append(_area(attribute(each, "ref")))
            continue
        number = int(attribute(each, "r") or number + 1)
        row = _row(each, number, book)
        if row.cells or row.faults:
            rows.append(row)
        if len(rows) > MAX_ROWS or max([0, *row.cells]) > MAX_COLUMNS:
            raise CaseError.one("table-too-long", Place(file, number, 1), rows=str(MAX_ROWS), columns=str(MAX_COLUMNS))
    return Grid(rows, tuple(merged), sheet)


def _row(element: etree._Element, number: int, book: _Book) -> GridRow:
    cells, faults, column = dict[int, str](), dict[int, str](), 0
    for cell in element:
        where = _REFERENCE.fullmatch(cell.get("r", ""))
        column = _column(where[1]) if where else column + 1
        text, fault = _cell(cell, book)
        if fault:
            faults[column] = fault
        elif text and not text.isspace():
            cells[column] = text
    return GridRow(number, cells, faults, hidden=element.get("hidden") in _TRUE)


def _cell(cell: etree._Element, book: _Book) -> tuple[str, str]:
    """Return what a cell shows, or the id of what is wrong with it."""
    children = {local(child): child for child in cell}
    kind = cell.get("t", "n")
    value = children["v"].text or "" if "v" in children else ""
    if "f" in children and not value and not (kind == "str" and "v" in children):
        return "", "formula-without-value"
    if kind == "e":
        return "", "cell-error"
    if kind == "d":  # in the strict form of the format alone
        clock = _shown(cell, book).clock
        return moment_shown(datetime.fromisoformat(value), day=True, clock=clock), ""
    if kind == "n" and value:
        return _number(float(value), _shown(cell, book), book)
    return _plain(kind, value, children.get("is"), book), ""


def _plain(kind: str, value: str, inline: etree._Element | None, book: _Book) -> str:
    match kind:
        case "s":
            return book.strings[int(value)] if value else ""
        case "inlineStr":
            return "" if inline is None else _text(inline)
        case "b":
            return {"1": "yes", "0": "no"}.get(value, "")
        case _:
            return _unescaped(value)


def _shown(cell: etree._Element, book: _Book) -> Format:
    style = int(cell.get("s", "0"))
    return book.formats[style] if style < len(book.formats) else Format()


def _number(number: float, shown: Format, book: _Book) -> tuple[str, str]:
    if shown.day or shown.clock:
        text = moment_text(number, shown, from_1904=book.from_1904)
        return (text, "") if text else ("", "cell-unreadable")
    text = written(number)
    if text is None:
        return "", "number-spoilt"
    return (text.zfill(shown.digits) if text.isdigit() else text), ""


def _column(letters: str) -> int:
    """Return the number of a column: A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _area(reference: str) -> Area:
    first, _, last = reference.partition(":")
    corners = [_REFERENCE.fullmatch(corner) for corner in (first, last or first)]
    (top, left), (bottom, right) = [(int(each[2]), _column(each[1])) for each in corners if each]
    return Area(top, left, bottom, right)
