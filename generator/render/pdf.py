"""Render a letter as a tagged PDF that is both PDF/A-3a and PDF/UA-1. WeasyPrint is loaded on the first PDF only."""

from __future__ import annotations

import atexit
import contextlib
import functools
import logging
import re
import traceback
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from generator.errors import DataError, Problem, RenderError
from generator.render.html import page
from generator.render.native import load_weasyprint
from generator.scratch import everything_in, scratch_folder

if TYPE_CHECKING:
    from generator.document import Letter
    from generator.render.house_style import HouseStyle

_BASE = "https://house-style.invalid/"  # a name that can never be reached: only the fetcher below answers
_VARIANT = "pdf/a-3a"
_LOGGER = "weasyprint"
_FONT_READERS = ("fontTools.", "weasyprint.pdf.fonts", "weasyprint.text.fonts")
_MEASURE = re.compile(r"(--[\w-]+)\s*:\s*([^;}]*)")


def render_pdf(letter: Letter, style: HouseStyle) -> bytes:
    """Return the letter as PDF; equal letters give equal bytes. Anything WeasyPrint would only warn of is refused."""
    return _printed(letter, style, style.css_for(letter.form))


def render_phone(letter: Letter, style: HouseStyle) -> bytes:
    """Return the letter as PDF whose pages have the size of the screen of a phone."""
    return _printed(letter, style, style.phone_css)


def set_up(style: HouseStyle) -> None:
    """Raise `DataError` if a style sheet of a house style is not understood."""
    for css in (style.css, style.card_css, style.phone_css):
        _engine(style, css)


def _printed(letter: Letter, style: HouseStyle, css: str) -> bytes:
    engine = _engine(style, css)
    engine.fetcher.refused = 0
    with _warnings() as messages:
        try:
            raw: bytes = engine.write(page(letter, style, css=""))
        except Exception as fault:
            if _of_fonts(fault):  # not all of their tables are looked at before
                raise DataError.one("style-font-broken", style.place) from None
            raise
    if engine.fetcher.refused:
        raise RenderError.one("pdf-fetched", style.place, count=str(engine.fetcher.refused))
    if messages:  # they may quote the letter, so they are counted, not shown
        problem = "pdf-missing-glyph" if any(".notdef" in message for message in messages) else "pdf-warning"
        raise RenderError.one(problem, style.place, count=str(len(messages)))
    return raw


def _of_fonts(fault: Exception) -> bool:
    """Say whether an error came up where a font is read."""
    modules = (str(frame.f_globals.get("__name__")) for frame, _ in traceback.walk_tb(fault.__traceback__))
    return any(module.startswith(_FONT_READERS) for module in modules)


@contextlib.contextmanager
def _warnings() -> Iterator[list[str]]:
    """Collect what WeasyPrint warns of: a letter is printed without any doubt, or not at all."""
    messages: list[str] = []
    handler = logging.Handler(logging.WARNING)
    handler.emit = lambda record: messages.append(record.getMessage())  # type: ignore[method-assign]  # all it does
    logger = logging.getLogger(_LOGGER)
    logger.addHandler(handler)
    try:
        yield messages
    finally:
        logger.removeHandler(handler)


@functools.lru_cache(maxsize=6)
def _engine(style: HouseStyle, css: str) -> Any:
    """Return WeasyPrint set up for a style sheet of a house style: fonts and CSS are read once."""
    load_weasyprint()
    from weasyprint import CSS, HTML  # noqa: PLC0415
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415
    from weasyprint.urls import URLFetcher, URLFetcherResponse  # noqa: PLC0415

    from generator.render.pdf_finish import finish  # noqa: PLC0415  # of WeasyPrint's own libraries

    class Fetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint is not typed
        """Answer for the font files of the style and for nothing else."""

        refused = 0

        def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
            del headers
            for look, content in style.fonts.items():
                if url == _BASE + look:
                    return URLFetcherResponse(url, content, {"Content-Type": "font/ttf"})
            self.refused += 1
            raise ValueError

    class Engine:
        def __init__(self) -> None:
            self.folder = scratch_folder()
            self.fetcher = Fetcher()
            self.fonts = FontConfiguration()
            with everything_in(self.folder):
                self.css = CSS(
                    string=_spelled_out(css), base_url=_BASE, url_fetcher=self.fetcher, font_config=self.fonts
                )

        def write(self, text: str) -> bytes:
            html = HTML(string=text, base_url=_BASE, url_fetcher=self.fetcher)
            pdf: bytes = html.write_pdf(
                stylesheets=[self.css],
                font_config=self.fonts,
                pdf_variant=_VARIANT,
                pdf_tags=True,
                finisher=finish,
            )
            return pdf

    with _warnings() as messages:
        engine = Engine()
    if messages:  # about the style sheet alone: no letter has been seen yet
        raise DataError(Problem("style-css-not-understood", style.place, "", {"message": m}) for m in messages)
    atexit.register(_engine.cache_clear)  # fonts must go before the interpreter does, or WeasyPrint complains
    atexit.register(engine.fonts.__del__)  # and the files it made of them, for which nobody waits in the end
    return engine


def _spelled_out(css: str) -> str:
    """Return a style sheet with the measures of the style in place of their names, looked up once and not in each box.

    A name that the style sheet gives another meaning in some place is left as it is.
    """
    given = Counter(name for name, _ in _MEASURE.findall(css))
    root = css[css.index(":root") :]  # the program writes it, see `house_style`
    for name, value in _MEASURE.findall(root[: root.index("}")]):
        if given[name] == 1:
            css = css.replace(f"var({name})", value)
    return css
