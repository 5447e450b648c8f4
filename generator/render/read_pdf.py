"""Read back a PDF: the text on each page in the order it is drawn."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from generator.render.read_boxes import Box

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage, PdfTextPage

_TOLERANCE = 0.5  # points that a glyph may stand out of its line
_LINE_END_HYPHENS = "\x02\ufffe\u00ad"


@dataclass(frozen=True, slots=True)
class SheetReading:
    """One page: its text as drawn, whether all of it stands on the paper, and the boxes of its lines."""

    text: str
    inside: bool
    lines: tuple[Box, ...] = ()


@lru_cache(maxsize=1)  # the words of a file and its protected words are looked for one after the other
def read_pdf(raw: bytes) -> tuple[SheetReading, ...]:
    """Return what a PDF says, page by page."""
    document = _opened(raw)
    try:
        return tuple(_page(page) for page in document)
    finally:
        document.close()


def page_count(raw: bytes) -> int:
    """Return how many pages a PDF has."""
    document = _opened(raw)
    try:
        return len(document)
    finally:
        document.close()


def read_panels(raw: bytes, margin: float) -> tuple[SheetReading, ...]:
    """Return what a PDF says in each quarter of each page, left to right and top to bottom.

    A quarter whose text comes nearer than `margin` to an edge or fold is not inside. What stands above the margin of
    the page, the word for a draft, is left out.
    """
    document = _opened(raw)
    try:
        return tuple(quarter for page in document for quarter in _quarters(page, margin))
    finally:
        document.close()


def squeezed(text: str) -> str:
    """Return text without white space: a PDF does not know where its words end."""
    return "".join(text.split())


def _opened(raw: bytes) -> PdfDocument:
    from pypdfium2 import PdfDocument  # noqa: PLC0415  # loads PDFium: only when there is a PDF

    return PdfDocument(raw)


def _page(page: PdfPage) -> SheetReading:
    text = page.get_textpage()
    drawn = _with_hyphens(text.get_text_range())
    lines = tuple(_lines(text))
    width, height = page.get_size()
    inside = all(box[0] >= 0 and box[1] >= 0 and box[2] <= width and box[3] <= height for box in lines)
    text.close()
    return SheetReading(drawn, inside, lines)


def _lines(text: PdfTextPage) -> Iterator[Box]:
    """Yield the box of each stretch of text, in the order it is drawn."""
    from pypdfium2 import raw  # noqa: PLC0415  # as above

    sides = [ctypes.c_double() for _ in range(4)]
    left, top, right, bottom = sides
    given = [ctypes.byref(side) for side in sides]
    for number in range(raw.FPDFText_CountRects(text, 0, -1)):
        raw.FPDFText_GetRect(text, number, *given)
        yield left.value, bottom.value, right.value, top.value


def _quarters(page: PdfPage, margin: float) -> Iterator[SheetReading]:
    width, height = (side / 2 for side in page.get_size())
    text = page.get_textpage()
    drawn, inside = [""] * 4, [True] * 4
    for index in range(text.count_chars()):
        sign = _with_hyphens(text.get_text_range(index, 1))
        left, low, right, high = text.get_charbox(index)
        if not sign.strip() or (low + high) / 2 > 2 * height - margin:  # a letter may reach below its line
            continue
        column, row = (left + right) / 2 > width, (low + high) / 2 < height
        edge, floor = column * width, (not row) * height
        free = min(left - edge, edge + width - right, low - floor, floor + height - high)
        drawn[2 * row + column] += sign
        inside[2 * row + column] &= free >= margin - _TOLERANCE
    text.close()
    yield from (SheetReading(*quarter) for quarter in zip(drawn, inside, strict=True))


def _with_hyphens(text: str) -> str:
    """Return text with the hyphens that PDFium tells otherwise where they end a line."""
    for sign in _LINE_END_HYPHENS:
        text = text.replace(sign, "-")
    return text
