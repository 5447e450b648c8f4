"""Read the sheet of an ODS: what its cells show, which rows it hides, which cells are merged."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from lxml import etree

from generator.errors import CaseError, Place
from generator.tables.model import MAX_COLUMNS, MAX_ROWS, Area, Grid, GridRow
from generator.tables.numbers import moment_shown, written
from generator.tables.package import attribute, elements, local, opened
from generator.tables.packed import Packed
from generator.tables.sheets import chosen

_DURATION = re.compile(r"PT(\d+)H(\d+)M(\d+)(?:[.,]\d+)?S")
_HIDING = {"collapse", "filter"}
_TAGS = ("style", "table", "table-row-group", "table-row")


@dataclass(slots=True)
class _Sheet:
    """A sheet while it is read."""

    rows: Packed[GridRow] = field(default_factory=Packed)
    merged: list[Area] = field(default_factory=list)
    number: int = 0


def read_ods(raw: bytes, file: str, sheet: str) -> Grid:
    """Return the rows of the sheet named, or of the only one that shows anything."""
    with opened(raw, file) as package, package.open("content.xml") as stream:
        sheets = dict[str, _Sheet]()
        closed, unseen, current = 0, set[str](), None
        for event, each in elements(stream, _TAGS, ("start", "end")):
            match local(each), event:
                case "style", "end":
                    unseen |= {attribute(each, "name", "style")} if _is_unseen(each) else set()
                case "table", "start":
                    current = _Sheet()
                    if attribute(each, "style-name") not in unseen:
                        sheets[attribute(each, "name")] = current
                case "table-row-group", "start" | "end":
                    closed += (attribute(each, "display") == "false") * (1 if event == "start" else -1)
                case "table-row", "end" if current is not None:
                    _add(current, each, file, hidden=bool(closed))
        name = chosen(sheets, sheet, file, lambda held: bool(held.rows))
        return Grid(sheets[name].rows, tuple(sheets[name].merged), name)


def _is_unseen(style: etree._Element) -> bool:
    return any(local(each) == "table-properties" and attribute(each, "display") == "false" for each in style)


def _add(sheet: _Sheet, element: etree._Element, file: str, *, hidden: bool) -> None:
    """Add a row as often as it is repeated; empty ones only count."""
    times = int(attribute(element, "number-rows-repeated") or 1)
    cells, faults = dict[int, str](), dict[int, str]()
    for column, cell in _cells(element):
        text, fault = _content(cell)
        if fault:
            faults[column] = fault
        elif text and not text.isspace():
            cells[column] = text
        down, across = (int(attribute(cell, f"number-{way}-spanned") or 1) for way in ("rows", "columns"))
        if down > 1 or across > 1:
            sheet.merged.append(Area(sheet.number + 1, column, sheet.number + down, column + across - 1))
    if cells or faults:
        if len(sheet.rows) + times > MAX_ROWS or max([0, *cells]) > MAX_COLUMNS:
            place = Place(file, sheet.number + 1, 1)
            raise CaseError.one("table-too-long", place, rows=str(MAX_ROWS), columns=str(MAX_COLUMNS))
        unseen = hidden or attribute(element, "visibility") in _HIDING
        for number in range(sheet.number + 1, sheet.number + times + 1):
            sheet.rows.append(GridRow(number, cells, faults, hidden=unseen))
    sheet.number += times


def _cells(row: etree._Element) -> Iterator[tuple[int, etree._Element]]:
    """Yield the cells that hold anything or span others, each with its column, repeated ones as often as they stand."""
    column = 0
    for cell in row:
        if not local(cell).endswith("table-cell"):
            continue
        times = int(attribute(cell, "number-columns-repeated") or 1)
        if len(cell) or attribute(cell, "formula") or attribute(cell, "value-type"):
            for number in range(column + 1, min(column + times, MAX_COLUMNS + 1) + 1):
                yield number, cell
        column += times


def _content(cell: etree._Element) -> tuple[str, str]:
    """Return what a cell shows, or the id of what is wrong with it."""
    kind = attribute(cell, "value-type", "office")
    if attribute(cell, "value-type", "calc") == "error":
        return "", "cell-error"
    if attribute(cell, "formula") and not kind:
        return "", "formula-without-value"
    if kind in {"float", "percentage", "currency"}:
        return _number(float(attribute(cell, "value", "office")), _text(cell))
    text = _plain(cell, kind)
    return (text, "") if text is not None else ("", "cell-unreadable")


def _plain(cell: etree._Element, kind: str) -> str | None:
    match kind:
        case "date":
            said = attribute(cell, "date-value")
            moment = datetime.fromisoformat(said) + timedelta(microseconds=500_000)
            return moment_shown(moment.replace(microsecond=0), day=True, clock="T" in said)
        case "time":
            match = _DURATION.fullmatch(attribute(cell, "time-value"))
            return f"{match[1]}:{match[2]}:{match[3]}".removesuffix(":00") if match else None
        case "boolean":
            return {"true": "yes", "false": "no"}.get(attribute(cell, "boolean-value"))
        case _:
            return attribute(cell, "string-value") or _text(cell)


def _number(number: float, shown: str) -> tuple[str, str]:
    """Write a number, with the zeros in front that its format shows."""
    text = written(number)
    if text is None:
        return "", "number-spoilt"
    return (shown if shown.isdigit() and shown.lstrip("0") == text else text), ""


def _text(cell: etree._Element) -> str:
    return "\n".join("".join(_pieces(each)) for each in cell if local(each) == "p")


def _pieces(element: etree._Element) -> Iterator[str]:
    """Yield the text of a paragraph; comments lie beside it, spaces and line breaks have elements of their own."""
    yield element.text or ""
    for each in element:
        match local(each):
            case "s":
                yield " " * min(int(attribute(each, "c") or 1), 1_000)
            case "tab" | "line-break":
                yield "\n"
            case _:
                yield from _pieces(each)
        yield each.tail or ""
