"""The pages of every letter, in every language and house style, as paper: what a careful office would never send."""

import pypdfium2
import pytest
from letters import ALONE, FOLDERS, KINDS, abouts, letter_of, own_example

from generator.document import Heading, plain
from generator.render.engine import PRINTERS
from generator.render.house_style import cached, dressed

pytestmark = pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning"
)  # WeasyPrint leaves a file open
STYLES = FOLDERS.names("templates", "house-styles", holding="style.yaml")
PAGED = [kind for kind in ALONE if KINDS[kind].kind.form == "letter"]
SETS = [(kind, language) for kind in PAGED for language in KINDS[kind].languages()]
MOST_PAGES = 4
LEAST_LINES = 4
"""A last page holds more than the signature: date and name are one line, two more come before it."""


def _pages(raw: bytes) -> list[list[str]]:
    """Return the lines of each page as they are drawn, without the foot."""
    found = []
    for number, page in enumerate(pypdfium2.PdfDocument(raw)):
        lines = [text.strip() for text in page.get_textpage().get_text_range().split("\r\n")]
        found.append([text for text in lines if text][: -1 if number else None])
    return found


def _squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("engine", PRINTERS)
@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize(("kind", "language"), SETS)
def test_the_pages_of_a_letter_are_sound(kind, language, style, engine):
    """No page begins with the signature, no heading ends one, no word of the addressee stands alone."""
    case, look = own_example(kind), cached(FOLDERS.find("templates", "house-styles", style))
    for about in abouts(kind, case):
        letter = dressed(letter_of(case, language, kind, about=about).letter, look)
        pages = _pages(PRINTERS[engine]["pdf"](letter, look))
        assert len(pages) <= MOST_PAGES
        signature = _squeezed(plain(letter.signature.name))
        assert not [page[0] for page in pages if _squeezed(page[0]).endswith(signature)]
        assert len(pages[-1]) >= LEAST_LINES
        headings = {_squeezed(plain(block.text)) for block in letter.body if isinstance(block, Heading)}
        headings.add(_squeezed(plain(letter.annexes_heading)))
        assert not [page[-1] for page in pages if _squeezed(page[-1]) in headings]
        title = _squeezed(plain(letter.title))
        top = pages[0][: next(n for n, line in enumerate(pages[0]) if title in _squeezed(line))]
        lines = (*(line for group in letter.corner for line in group), *letter.letterhead, letter.reference)
        whole = {_squeezed(plain(line)) for line in lines}
        assert not [line for line in top if len(line.split()) == 1 and _squeezed(line) not in whole]
