"""Ask a font file of a house style what it can draw and how high its letters are; a broken one is told as such."""

import contextlib
import io
import logging
import struct
from collections.abc import Iterator
from typing import Any

from generator.errors import DataError, Place

logging.getLogger("fontTools").addHandler(logging.NullHandler())  # what it says of a font goes to nobody


def drawable(font: bytes, place: Place) -> frozenset[str]:
    """Return the characters a font has glyphs for."""
    with opened_font(font, place) as face:
        return frozenset(chr(code) for code, name in (face.getBestCmap() or {}).items() if name != ".notdef")


def height(font: bytes, place: Place) -> dict[str, float]:
    """Return how far the letters of a font reach above and below their line, in parts of their size."""
    with opened_font(font, place) as face:
        size = face["head"].unitsPerEm
        return {"ascent": face["hhea"].ascent / size, "descent": -face["hhea"].descent / size}


@contextlib.contextmanager
def opened_font(font: bytes, place: Place) -> Iterator[Any]:
    """Open a font file to read its tables; whatever fails inside is told as a `DataError` of the font."""
    from fontTools.ttLib import TTFont, TTLibError  # noqa: PLC0415  # heavy: only for who wants a PDF

    try:
        with TTFont(io.BytesIO(font), lazy=True) as face:
            yield face
    except (
        TTLibError,
        struct.error,
        ArithmeticError,
        AssertionError,
        AttributeError,
        LookupError,
        TypeError,
        ValueError,
    ):
        raise DataError.one("style-font-broken", place) from None  # its tables hold anything, and are read as they are
