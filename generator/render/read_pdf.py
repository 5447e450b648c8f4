"""Read back a PDF: the text on each page in the order it is drawn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import inf
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

_TOLERANCE = 0.5  # points that a glyph may stand out of its line
_LINE_END_HYPHENS = "\x02\ufffe\u00ad"


@dataclass(frozen=True, slots=True)
class SheetReading:
    """One page: its text as drawn, and whether all of it stands on the paper."""

    text: str
    inside: bool


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
    inside = not any(text.get_text_bounded(*strip) for strip in _around(*page.get_size()))
    text.close()
    return SheetReading(drawn, inside)


def _around(width: float, height: float) -> Iterator[tuple[float, float, float, float]]:
    """Yield what lies left of a page, below, right and above; text is found in a strip if any of its glyph is there."""
    yield -inf, -inf, 0, inf
    yield -inf, -inf, inf, 0
    yield width, -inf, inf, inf
    yield -inf, height, inf, inf


def _quarters(page: PdfPage, margin: float) -> Iterator[SheetReading]:
    width, height = (side / 2 for side in page.get_size())
    text = page.get_textpage()
    drawn, inside = [""] * 4, [True] * 4
    for index in range(text.count_chars()):
        sign = _with_hyphens(text.get_text_range(index, 1))
        left, low, right, high = text.get_charbox(index)
        if not sign.strip() or low > 2 * height - margin:
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
