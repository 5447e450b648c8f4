"""Read the sheet of an XLSX: what its cells show, which rows it hides, which cells are merged."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import NamedTuple

from lxml import etree

from generator.errors import CaseError, Place
from generator.tables.formats import Format, format_of
from generator.tables.looks import look_of_font, look_within
from generator.tables.model import MAX_COLUMNS, MAX_ROWS, NONE, Area, Grid, GridRow
from generator.tables.numbers import Said, moment_shown, moment_text, number_text
from generator.tables.package import Package, Part, attribute, elements, local, merged_within, opened, related
from generator.tables.packed import Packed
from generator.tables.sheets import chosen

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_LAST_ROW = 1_048_576  # of any sheet of Excel
_MAX_STRINGS = 2_000_000
_TRUE = {"1", "true"}
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")


class _Style(NamedTuple):
    """How a cell is shown: its number format, and what is wrong with it because of its font."""

    shown: Format = Format()
    look: str = ""


_PLAIN = _Style()


@dataclass(frozen=True, slots=True)
class _Book:
    """What the cells of all sheets refer to; `odd` says what is wrong with strings because of how they look."""

    strings: tuple[str, ...]
    odd: Mapping[int, str]
    styles: tuple[_Style, ...]
    from_1904: bool


def read_xlsx(raw: bytes, file: str, sheet: str) -> Grid:
    """Return the rows of the sheet named, or of the only one that shows anything."""
    with opened(raw, file) as package:
        main = next((target for kind, target in related(package, "").values() if kind == "officeDocument"), "")
        parts = related(package, main)
        by_kind = dict(parts.values())
        sheets, from_1904 = _sheets(package, main, parts)
        strings, styles = _strings(package, by_kind.get("sharedStrings")), _styles(package, by_kind.get("styles"))
        book = _Book(*strings, styles, from_1904)
        name = chosen(sheets, sheet, file, lambda part: _holds_anything(package, part))
        with package.part(sheets[name]) as stream:
            return _grid(stream, book, file, name)


def _sheets(package: Package, main: str, parts: Mapping[str, tuple[str, str]]) -> tuple[dict[str, str], bool]:
    """Return the parts of the visible sheets by name, and whether days count from 1904."""
    sheets, from_1904 = dict[str, str](), False
    with package.part(main) as stream:
        for _, each in elements(stream, ("sheet", "workbookPr")):
            if local(each) == "workbookPr":
                from_1904 = attribute(each, "date1904") in _TRUE
                continue
            kind, target = parts[attribute(each, "id", "relationships")]
            if kind == "worksheet" and attribute(each, "state") in {"", "visible"}:
                sheets[attribute(each, "name")] = target
    return sheets, from_1904


def _strings(package: Package, part: str | None) -> tuple[tuple[str, ...], Mapping[int, str]]:
    strings, odd = list[str](), dict[int, str]()
    if part is not None:
        with package.part(part) as stream:
            for _, each in islice(elements(stream, ("si",)), _MAX_STRINGS + 1):
                if look := look_within(each):
                    odd[len(strings)] = look
                strings.append(_text(each))
    if len(strings) > _MAX_STRINGS:
        raise ValueError(part)
    return tuple(strings), odd


def _text(rich: etree._Element) -> str:
    """Return the text of a string in one or several looks, without the reading aids of Japanese."""
    texts = (each for each in rich.iter("{*}t") if local(each.getparent()) != "rPh")  # type: ignore[arg-type]  # below
    return _unescaped("".join(each.text or "" for each in texts))


def _unescaped(text: str) -> str:
    """Return a text with the characters that XML cannot hold or would change."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def _styles(package: Package, part: str | None) -> tuple[_Style, ...]:
    own, fonts, used = dict[int, str](), list[str](), list[tuple[int, int]]()
    if part is not None:
        with package.part(part) as stream:
            for _, each in elements(stream, ("numFmt", "fonts", "cellXfs")):
                match local(each):
                    case "numFmt":  # those of conditional formats come last, and take the place of none
                        own.setdefault(int(attribute(each, "numFmtId")), attribute(each, "formatCode"))
                    case "fonts":
                        fonts = [look_of_font(font) for font in each]
                    case _:
                        used = [(int(xf.get("numFmtId") or 0), int(xf.get("fontId") or 0)) for xf in each]
    looks = dict(enumerate(fonts))
    return tuple(_Style(format_of(number, own.get(number, "")), looks.get(font, "")) for number, font in used)


def _holds_anything(package: Package, part: str) -> bool:
    with package.part(part) as stream:
        return any(len(cell) for _, cell in elements(stream, ("c",)))


def _grid(stream: Part, book: _Book, file: str, sheet: str) -> Grid:
    rows, merged, number = Packed[GridRow](), list[Area](), 0
    for _, each in elements(stream, ("row", "mergeCell")):
        if local(each) == "mergeCell":
            merged.append(_area(attribute(each, "ref")))
            continue
        before, number = number, int(attribute(each, "r") or number + 1)
        if not before < number <= _LAST_ROW:
            raise ValueError(number)
        row = _row(each, number, book)
        if row.cells or row.faults:
            rows.append(row)
        if len(rows) > MAX_ROWS or max([0, *row.cells]) > MAX_COLUMNS:
            raise CaseError.one("table-too-long", Place(file, number, 1), rows=str(MAX_ROWS), columns=str(MAX_COLUMNS))
    return Grid(rows, merged_within(merged, number), sheet)


def _row(element: etree._Element, number: int, book: _Book) -> GridRow:
    cells, faults, doubts, column = dict[int, str](), dict[int, str](), dict[int, str](), 0
    for cell in element:
        where = _REFERENCE.fullmatch(cell.get("r", ""))
        column = _column(where[1]) if where else column + 1
        text, fault, doubt = _cell(cell, book)
        if (text or fault) and (column in cells or column in faults):  # one of the two would be lost
            raise ValueError(column)
        if fault:
            faults[column] = fault
        elif text and not text.isspace():
            cells[column] = text
            if doubt:
                doubts[column] = doubt
    hidden = element.get("hidden") in _TRUE
    return GridRow(number, cells, faults or NONE, hidden=hidden, doubts=doubts or NONE)


def _cell(cell: etree._Element, book: _Book) -> Said:
    """Return what a cell shows, or the id of what is wrong with it."""
    index = int(cell.get("s", "0"))
    style = book.styles[index] if index < len(book.styles) else _PLAIN
    said = _content(cell, style.shown, book)
    return Said("", style.look) if style.look and said.text else said


def _content(cell: etree._Element, shown: Format, book: _Book) -> Said:
    children = {local(child): child for child in cell}
    kind = cell.get("t", "n")
    value = children["v"].text or "" if "v" in children else ""
    if "f" in children and not value and not (kind == "str" and "v" in children):
        return Said("", "formula-without-value")
    if kind == "e":
        return Said("", "cell-error")
    if value and kind in {"n", "d"}:
        return _number(value, kind, shown, book, computed="f" in children)
    if kind == "b":
        return Said({"1": "yes", "0": "no"}.get(value, ""), "", "truth-not-text")
    said = _string(kind, value, children.get("is"), book)
    return Said("", shown.text_fault) if shown.text_fault and said.text else said


def _string(kind: str, value: str, inline: etree._Element | None, book: _Book) -> Said:
    match kind:
        case "s":
            return Said(book.strings[int(value)], book.odd.get(int(value), "")) if value else Said("")
        case "inlineStr":
            return Said("") if inline is None else Said(_text(inline), look_within(inline))
        case _:
            return Said(_unescaped(value))


def _number(value: str, kind: str, shown: Format, book: _Book, *, computed: bool) -> Said:
    """Return a number, or the day and time that one stands for; in the strict form of the format these are told."""
    if kind == "d":
        moment = datetime.fromisoformat(value)
        return _moment(moment_shown(moment, day=True, clock=shown.clock) if shown.day else None, shown)
    if shown.day or shown.clock:
        return _moment(moment_text(float(value), shown, from_1904=book.from_1904), shown)
    return number_text(float(value), shown, computed=computed)


def _moment(text: str | None, shown: Format) -> Said:
    if not text or shown.fault == "cell-unreadable":
        return Said("", "cell-unreadable")
    return Said(text, "", shown.fault or "date-not-text")


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
