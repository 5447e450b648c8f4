"""Read back a PDF: the text on each page in the order it is drawn."""

from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2

_LINE_END_HYPHENS = dict.fromkeys(map(ord, "\x02\ufffe\u00ad"), "-")


@dataclass(frozen=True, slots=True)
class SheetReading:
    """One page: its text as drawn, and whether all of it stands on the paper."""

    text: str
    inside: bool


def read_pdf(raw: bytes) -> tuple[SheetReading, ...]:
    """Return what a PDF says, page by page."""
    document = pypdfium2.PdfDocument(raw)
    try:
        return tuple(_page(page) for page in document)
    finally:
        document.close()


def squeezed(text: str) -> str:
    """Return text without white space: a PDF does not know where its words end."""
    return "".join(text.split())


def _page(page: pypdfium2.PdfPage) -> SheetReading:
    width, height = page.get_size()
    text = page.get_textpage()
    drawn = text.get_text_range().translate(_LINE_END_HYPHENS)
    inside = all(min(left, low, width - right, height - high) >= 0 for left, low, right, high in _boxes(text))
    text.close()
    return SheetReading(drawn, inside)


def _boxes(text: pypdfium2.PdfTextPage) -> Iterator[tuple[float, float, float, float]]:
    for index in range(text.count_rects()):
        yield text.get_rect(index)
