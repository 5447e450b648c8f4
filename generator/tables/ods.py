"""Read the sheet of an ODS: what its cells show, which rows it hides, which cells are merged."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from lxml import etree

from generator.errors import CaseError, Place
from generator.tables.formats import HIDDEN_TEXT
from generator.tables.looks import OdfLooks
from generator.tables.model import MAX_COLUMNS, MAX_ROWS, NONE, Area, Grid, GridRow
from generator.tables.numbers import Said
from generator.tables.package import Package, attribute, elements, local, merged_within, opened
from generator.tables.packed import Packed
from generator.tables.sheets import chosen
from generator.tables.shown import moment_as_shown, number_as_shown
from generator.tree import tidy

_DURATION = re.compile(r"PT(\d+)H(\d+)M(\d+)(?:[.,]\d+)?S")
_STYLES = "styles.xml"
_HIDING = {"collapse", "filter"}
_TAGS = ("style", "table", "table-column", "table-row-group", "table-row")


@dataclass(slots=True)
class _Sheet:
    """A sheet while it is read; `columns` has the last column of each run of columns and the style of its cells."""

    looks: OdfLooks
    columns: list[tuple[int, str]] = field(default_factory=list)
    rows: Packed[GridRow] = field(default_factory=Packed)
    merged: list[Area] = field(default_factory=list)
    number: int = 0


def read_ods(raw: bytes, file: str, sheet: str) -> Grid:
    """Return the rows of the sheet named, or of the only one that shows anything."""
    with opened(raw, file) as package, package.part("content.xml") as stream:
        sheets, looks = dict[str, _Sheet](), _common_looks(package)
        closed, unseen, current = 0, set[str](), None
        for event, each in elements(stream, _TAGS, ("start", "end")):
            match local(each), event:
                case "style", "end":
                    unseen |= {attribute(each, "name", "style")} if _is_unseen(each) else set()
                    looks.learn(each)
                case "table", "start":
                    current = _Sheet(looks)
                    if attribute(each, "style-name") not in unseen:
                        sheets[attribute(each, "name")] = current
                case "table-column", "end" if current is not None:
                    _add_columns(current, each)
                case "table-row-group", "start" | "end":
                    closed += (attribute(each, "display") == "false") * (1 if event == "start" else -1)
                case "table-row", "end" if current is not None:
                    _add(current, each, file, hidden=bool(closed))
        name = chosen(sheets, sheet, file, lambda held: bool(held.rows))
        return Grid(sheets[name].rows, merged_within(sheets[name].merged, sheets[name].number), name)


def _common_looks(package: Package) -> OdfLooks:
    """Return the looks of the styles that have names of their own; those of single cells stand beside the cells."""
    looks = OdfLooks()
    if _STYLES in package.namelist():
        with package.part(_STYLES) as stream:
            for _, each in elements(stream, ("style",)):
                looks.learn(each)
    return looks


def _is_unseen(style: etree._Element) -> bool:
    return any(local(each) == "table-properties" and attribute(each, "display") == "false" for each in style)


def _add_columns(sheet: _Sheet, element: etree._Element) -> None:
    before = sheet.columns[-1][0] if sheet.columns else 0
    last = before + _times(element, "number-columns-repeated")
    sheet.columns.append((last, attribute(element, "default-cell-style-name")))


def _add(sheet: _Sheet, element: etree._Element, file: str, *, hidden: bool) -> None:
    """Add a row as often as it is repeated; empty ones only count."""
    times = _times(element, "number-rows-repeated")
    cells, faults, doubts = dict[int, str](), dict[int, str](), dict[int, str]()
    for column, cell in _cells(element):
        text, fault, doubt = _content(cell)
        fault = fault or (text and _look(sheet, element, column, cell))
        if fault:
            faults[column] = fault
        elif text and not text.isspace():
            cells[column] = text
            if doubt:
                doubts[column] = doubt
        down, across = (_times(cell, f"number-{way}-spanned") for way in ("rows", "columns"))
        if down > 1 or across > 1:
            sheet.merged.append(Area(sheet.number + 1, column, sheet.number + down, column + across - 1))
    if cells or faults:
        if len(sheet.rows) + times > MAX_ROWS or max([0, *cells]) > MAX_COLUMNS:
            place = Place(file, sheet.number + 1, 1)
            raise CaseError.one("table-too-long", place, rows=str(MAX_ROWS), columns=str(MAX_COLUMNS))
        unseen = hidden or attribute(element, "visibility") in _HIDING
        for number in range(sheet.number + 1, sheet.number + times + 1):
            sheet.rows.append(GridRow(number, cells, faults or NONE, hidden=unseen, doubts=doubts or NONE))
    sheet.number += times


def _look(sheet: _Sheet, row: etree._Element, column: int, cell: etree._Element) -> str:
    """Return what is wrong with a cell because of its look: that of itself, else of its row, else of its column."""
    if not sheet.looks.known:
        return ""
    own = attribute(cell, "style-name") or attribute(row, "default-cell-style-name")
    style = own or next((style for last, style in sheet.columns if column <= last), "")
    return sheet.looks.of_cell(style, cell)


def _times(element: etree._Element, name: str) -> int:
    """Return how often something stands or how far it goes, once where nothing is said."""
    times = int(attribute(element, name) or 1)
    if times < 1:
        raise ValueError(times)
    return times


def _cells(row: etree._Element) -> Iterator[tuple[int, etree._Element]]:
    """Yield the cells that hold anything or span others, each with its column, repeated ones as often as they stand."""
    column = 0
    for cell in row:
        if not local(cell).endswith("table-cell"):
            continue
        times = _times(cell, "number-columns-repeated")
        if len(cell) or attribute(cell, "formula") or attribute(cell, "value-type"):
            for number in range(column + 1, min(column + times, MAX_COLUMNS + 1) + 1):
                yield number, cell
        column += times


def _content(cell: etree._Element) -> Said:
    """Return what a cell shows, or the id of what is wrong with it."""
    kind, shown = attribute(cell, "value-type", "office"), _text(cell)
    if attribute(cell, "value-type", "calc") == "error":
        return Said("", "cell-error")
    if attribute(cell, "formula") and not kind:
        return Said("", "formula-without-value")
    if kind not in {"float", "percentage", "currency", "date", "time", "boolean"}:
        kept = attribute(cell, "string-value")
        return Said("", HIDDEN_TEXT) if kept and shown and tidy(kept) != tidy(shown) else Said(kept or shown)
    return _valued(cell, kind, shown)


def _valued(cell: etree._Element, kind: str, shown: str) -> Said:
    match kind:
        case "float" | "percentage" | "currency":
            number = float(attribute(cell, "value", "office"))
            return number_as_shown(number, shown, computed=bool(attribute(cell, "formula")))
        case "date":
            said = attribute(cell, "date-value")
            moment = datetime.fromisoformat(said) + timedelta(microseconds=500_000)
            return moment_as_shown(moment.replace(microsecond=0), shown, clock="T" in said)
        case "time":
            match = _DURATION.fullmatch(attribute(cell, "time-value"))
            time = f"{match[1]}:{match[2]}:{match[3]}".removesuffix(":00") if match else ""
            return Said(time, "" if time else "cell-unreadable", "date-not-text")
        case _:
            truth = {"true": "yes", "false": "no"}.get(attribute(cell, "boolean-value"), "")
            return Said(truth, "" if truth else "cell-unreadable", "truth-not-text")


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
