"""Read every output back from its bytes and prove that it says what the letter says, and nothing that is protected.

The readers share no code with the renderers. A problem names the format and the number of the paragraph, never a word.
"""

import unicodedata
import zipfile
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice, zip_longest

from lxml import etree

from generator.document import Letter, plain
from generator.errors import Problem, RenderError
from generator.render.house_style import HouseStyle, Paper
from generator.render.protection import protected_problems
from generator.render.read_docx import read_docx
from generator.render.read_frame import changed_edges, frame_of, strange_parts, told
from generator.render.read_html import read_html
from generator.render.read_ink import UnseenError
from generator.render.read_package import opened
from generator.render.read_pages import StrangeError, prove_pages
from generator.render.read_pdf import SheetReading, read_panels, read_pdf, squeezed
from generator.render.read_shapes import face_of
from generator.render.said import Said, said_by


def check(
    letter: Letter,
    outputs: Mapping[str, bytes],
    style: HouseStyle,
    protected: Collection[str] = (),
    names: Collection[str] = (),
) -> None:
    """Raise `RenderError` unless each output says exactly what the letter says and nothing tells a protected word.

    Nor may an output hold what neither a letter holds nor its house style. A card must keep the margin of the style
    free along each edge and fold.
    """
    panels = said_by(letter)
    said = tuple(each for panel in panels for each in panel if each.text.strip())
    problems = (
        _misplaced(outputs["pdf"], letter.kind, panels, style.card_margin)
        if letter.form == "card" and "pdf" in outputs
        else []
    )
    to_compare = [kind for kind in outputs if not (kind == "pdf" and problems)]  # one fault is told once
    problems += [problem for kind in to_compare for problem in _checked(kind, outputs[kind], letter, said, style)]
    problems += protected_problems([each.text for each in said], outputs, protected, names)
    if problems:
        raise RenderError(problems)


def _checked(kind: str, raw: bytes, letter: Letter, said: Sequence[Said], style: HouseStyle) -> Iterator[Problem]:
    try:
        yield from _CHECKS[kind](raw, letter, said, style)
    except (zipfile.BadZipFile, etree.XMLSyntaxError, LookupError, ValueError, RuntimeError):
        yield Problem("output-unreadable", None, "", {"format": kind})


def _check_docx(raw: bytes, letter: Letter, said: Sequence[Said], style: HouseStyle) -> Iterator[Problem]:
    reading = read_docx(raw)
    parts, frame = opened(raw), frame_of(style.docx_for(letter.form))
    if strange := list(strange_parts(parts, frame)):
        yield from (_strange("docx", name) for name in strange)
        return
    yield from _compared("docx", reading.paragraphs, [each.text for each in said])
    title, language = told(parts["docProps/core.xml"])
    values = {"title": title, "language": language, "running": letter.running, "draft_mark": letter.draft_mark}
    yield from (_edge("docx", part) for part in changed_edges(parts, frame, values))
    if title.split() != plain(letter.title).split():
        yield _edge("docx", "title")
    if not language.startswith(letter.language):
        yield _edge("docx", "language")


def _check_html(raw: bytes, letter: Letter, said: Sequence[Said], style: HouseStyle) -> Iterator[Problem]:
    reading = read_html(raw, style.html)
    look = style.css_for(letter.form)
    if reading.look.split() != "".join(line for line in look.splitlines(True) if "@font-face" not in line).split():
        yield _strange("html", "style")
    yield from (_strange("html", name) for name in reading.strange)
    yield from _compared("html", reading.paragraphs, [letter.draft_mark, *(each.text for each in said)])
    if reading.title.split() != plain(letter.title).split():
        yield _edge("html", "title")
    if reading.language != letter.language:
        yield _edge("html", "language")


def _check_txt(raw: bytes, letter: Letter, said: Sequence[Said], _: HouseStyle) -> Iterator[Problem]:
    found = raw.decode().split()
    line = "_" * 20  # the room for the hand; its place is before the name
    wanted = [(word, number) for number, each in enumerate(said, 1) for word in each.text.split()]
    after = (letter.signature.name, *letter.signature.received)
    if letter.form != "message" and plain(letter.signature.name):
        wanted.insert(len(wanted) - sum(len(plain(each).split()) for each in after), (line, len(said)))
    wanted[:0] = [(word, 0) for word in letter.draft_mark.split()]
    for word, (expected, number) in zip_longest(found, wanted, fillvalue=("", len(said))):
        if word != expected:
            yield _differs("txt", number)
            return


def _check_phone(raw: bytes, letter: Letter, said: Sequence[Said], style: HouseStyle) -> Iterator[Problem]:
    yield from _check_pdf(raw, letter, said, style, "phone")


def _check_pdf(
    raw: bytes, letter: Letter, said: Sequence[Said], style: HouseStyle, kind: str = "pdf"
) -> Iterator[Problem]:
    pages = read_pdf(raw)
    footed = kind == "pdf" and letter.form == "letter"
    card = kind == "pdf" and letter.form == "card"
    paper: Paper = "phone" if kind == "phone" else "card" if card else "letter"
    yield from _proved(raw, pages, said, style, paper)
    bodies: list[str] = []
    for number, page in enumerate(pages, 1):
        foot = f"{squeezed(letter.running)}{number}/{len(pages)}" if number > 1 and footed else ""
        body = _without(_without(_normal(squeezed(page.text)), _normal(foot)), _normal(squeezed(letter.draft_mark)))
        if body is None:
            yield _edge(kind, "foot" if foot else "head")
            return
        if not page.inside and not card:  # the panels of a card are looked at one by one
            yield Problem("text-off-page", None, "", {"format": kind, "page": str(number)})
        bodies.append(body)
    wanted = [Said(_normal(squeezed(each.text)), _normal(each.head)) for each in said]
    yield from (_differs(kind, number) for number in _followed(bodies, wanted))


def _proved(
    raw: bytes, pages: Sequence[SheetReading], said: Sequence[Said], style: HouseStyle, paper: Paper
) -> Iterator[Problem]:
    """Prove that what the pages of a PDF tell is what it draws."""
    kind, points = "phone" if paper == "phone" else "pdf", style.points[paper]
    titles = {squeezed(each.text) for each in said}
    try:
        prove_pages(
            raw,
            [face_of(font, style.place) for font in style.fonts.values()],
            (points["page-width"], points["page-height"]),
            titles,
            [page.lines for page in pages],
        )
    except StrangeError as fault:
        yield _strange(kind, str(fault))
    except UnseenError as fault:
        yield Problem("text-not-seen", None, "", {"format": kind, "page": str(fault)})


def _misplaced(raw: bytes, kind: str, panels: Sequence[Sequence[Said]], margin: float) -> list[Problem]:
    """Hold each quarter of the pages of a card against the panel that belongs there.

    Where a panel is too full, its rest stands in another one or off the page.
    """
    try:
        quarters = read_panels(raw, margin)
    except RuntimeError:
        return []  # comparing the words will say that it cannot be read
    nothing = SheetReading("", inside=True)
    wrong: list[int] = []
    full: list[int] = []
    for number, (found, panel) in enumerate(zip_longest(quarters, panels), 1):
        quarter = found or nothing
        text, wanted = (_normal(squeezed(t)) for t in (quarter.text, "".join(each.text for each in panel or ())))
        if text != wanted or not quarter.inside:
            (full if wanted.startswith(text) else wrong).append(number)
    too_full = [Problem("panel-too-full", None, kind, {"panel": str(number)}) for number in full]
    return too_full or [_edge("pdf", f"panel {number}") for number in wrong[:1]]


def _without(letters: str | None, edge: str) -> str | None:
    """Take the head or foot off a page; nothing if it is not there."""
    if letters is None or letters.endswith(edge):
        return None if letters is None else letters[: len(letters) - len(edge)]
    return letters[len(edge) :] if letters.startswith(edge) else None


def _followed(pages: Sequence[str], said: Sequence[Said]) -> Iterator[int]:
    """Return the number of the paragraph from which on the pages differ, if they do.

    Follow the letters of the pages along the paragraphs; a page may begin with the head of a table that goes on.
    """
    number, rest = 0, said[0].text
    for page in pages:
        if said[number].head and rest != page[: len(rest)] and page.startswith(said[number].head):
            page = page.removeprefix(said[number].head)  # noqa: PLW2901  # the repeated head is no text of its own
        while page:
            common = min(len(page), len(rest))
            if page[:common] != rest[:common] or not common:
                yield number + 1
                return
            page, rest = page[common:], rest[common:]  # noqa: PLW2901
            if not rest and number + 1 < len(said):
                number, rest = number + 1, said[number + 1].text
    if rest or number + 1 < len(said):
        yield number + 1


def _compared(kind: str, found: Iterable[str], wanted: Iterable[str]) -> Iterator[Problem]:
    """Compare paragraph by paragraph; white space makes no difference, and nor does a paragraph without words."""
    pairs = zip_longest(filter(str.strip, found), filter(str.strip, wanted), fillvalue="")
    different = (
        number for number, (one, other) in enumerate(pairs, 1) if one != other and one.split() != other.split()
    )
    yield from (_differs(kind, number) for number in islice(different, 1))


def _normal(text: str) -> str:
    return unicodedata.normalize("NFD", text)  # taken apart: no letter joins the one before it


def _differs(kind: str, number: int) -> Problem:
    return Problem("output-differs", None, "", {"format": kind, "paragraph": str(number)})


def _strange(kind: str, part: str) -> Problem:
    return Problem("output-part-differs", None, "", {"format": kind, "part": part})


def _edge(kind: str, part: str) -> Problem:
    return Problem("output-edge-differs", None, "", {"format": kind, "part": part})


_CHECKS: Mapping[str, Callable[[bytes, Letter, Sequence[Said], HouseStyle], Iterator[Problem]]] = {
    "docx": _check_docx,
    "pdf": _check_pdf,
    "phone": _check_phone,
    "html": _check_html,
    "txt": _check_txt,
}
