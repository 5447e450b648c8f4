"""Read every output back from its bytes and prove that it says what the letter says, and nothing that is protected.

The readers share no code with the renderers. A problem names the format and the number of the paragraph, never a word.
"""

import unicodedata
import zipfile
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from lxml import etree

from generator.document import Block, Break, Item, Letter, Table, plain
from generator.errors import Problem, RenderError
from generator.render.protection import protected_problems
from generator.render.read_docx import read_docx
from generator.render.read_html import read_html
from generator.render.read_pdf import read_pdf, squeezed


@dataclass(frozen=True, slots=True)
class Said:
    """A paragraph the letter says: its label and words; in a table also the head that a new page repeats."""

    text: str
    head: str = ""


def check(
    letter: Letter, outputs: Mapping[str, bytes], protected: Collection[str] = (), names: Collection[str] = ()
) -> None:
    """Raise `RenderError` unless each output says exactly what the letter says and nothing tells a protected word."""
    said = tuple(each for each in _said(letter) if each.text.split())
    problems = [problem for kind, raw in outputs.items() for problem in _checked(kind, raw, letter, said)]
    problems += protected_problems([each.text for each in said], outputs, protected, names)
    if problems:
        raise RenderError(problems)


def _said(letter: Letter) -> Iterator[Said]:
    yield from (Said(plain(line)) for line in (*letter.letterhead, letter.reference))
    for group in letter.corner:
        yield from (Said(plain(line)) for line in group)
    yield from (Said(plain(line)) for line in (letter.title, letter.subject, letter.basis))
    for block in letter.body:
        yield from _said_by(block)
    yield Said(plain(letter.annexes_heading))
    for annex in letter.annexes:
        yield from _said_by(annex)
    yield Said(plain(letter.signature.post))
    yield Said(f"{plain(letter.signature.date)} {plain(letter.signature.name)}")
    yield from (Said(plain(line)) for line in letter.signature.received)


def _said_by(block: Block) -> Iterator[Said]:
    match block:
        case Break():
            return
        case Item(text, label=label):
            yield Said(f"{label} {plain(text)}")
        case Table(head, rows):
            repeated = squeezed("".join(map(plain, head)))
            yield from (Said(plain(cell)) for cell in head)
            yield from (Said(plain(cell), repeated) for row in rows for cell in row)
        case _:
            yield Said(plain(block.text))


def _checked(kind: str, raw: bytes, letter: Letter, said: Sequence[Said]) -> Iterator[Problem]:
    try:
        yield from _CHECKS[kind](raw, letter, said)
    except (zipfile.BadZipFile, etree.XMLSyntaxError, UnicodeDecodeError, KeyError, RuntimeError):
        yield Problem("output-unreadable", None, "", {"format": kind})


def _check_docx(raw: bytes, letter: Letter, said: Sequence[Said]) -> Iterator[Problem]:
    reading = read_docx(raw)
    yield from _compared("docx", reading.paragraphs, [each.text for each in said])
    if not all(_holds(head, letter.draft_mark) for head in reading.heads):
        yield _edge("docx", "head")
    if not any(_holds(foot, letter.running) for foot in reading.feet):
        yield _edge("docx", "foot")


def _holds(edge: str, words: str) -> bool:
    """Say whether a head or foot has these words; a letterhead may stand beside them."""
    return " ".join(words.split()) in " ".join(edge.split())


def _check_html(raw: bytes, letter: Letter, said: Sequence[Said]) -> Iterator[Problem]:
    reading = read_html(raw)
    yield from _compared("html", reading.paragraphs, [letter.draft_mark, *(each.text for each in said)])
    if reading.title.split() != plain(letter.title).split():
        yield _edge("html", "title")
    if reading.language != letter.language:
        yield _edge("html", "language")


def _check_txt(raw: bytes, letter: Letter, said: Sequence[Said]) -> Iterator[Problem]:
    found = raw.decode().split()
    line = "_" * 20  # the room for the hand; its place is before the name
    wanted = [(word, number) for number, each in enumerate(said, 1) for word in each.text.split()]
    after = (letter.signature.name, *letter.signature.received)
    wanted.insert(len(wanted) - sum(len(plain(each).split()) for each in after), (line, len(said)))
    wanted[:0] = [(word, 0) for word in letter.draft_mark.split()]
    for word, (expected, number) in zip_longest(found, wanted, fillvalue=("", len(said))):
        if word != expected:
            yield _differs("txt", number)
            return


def _check_pdf(raw: bytes, letter: Letter, said: Sequence[Said]) -> Iterator[Problem]:
    pages = read_pdf(raw)
    bodies: list[str] = []
    for number, page in enumerate(pages, 1):
        foot = f"{squeezed(letter.running)}{number}/{len(pages)}" if number > 1 else ""
        body = _without(_without(_normal(squeezed(page.text)), _normal(foot)), _normal(squeezed(letter.draft_mark)))
        if body is None:
            yield _edge("pdf", "foot" if foot else "head")
            return
        if not page.inside:
            yield Problem("text-off-page", None, "", {"format": "pdf", "page": str(number)})
        bodies.append(body)
    yield from _followed(bodies, [Said(_normal(squeezed(each.text)), _normal(each.head)) for each in said])


def _without(letters: str | None, edge: str) -> str | None:
    """Take the head or foot off a page; nothing if it is not there."""
    if letters is None or letters.endswith(edge):
        return None if letters is None else letters[: len(letters) - len(edge)]
    return letters[len(edge) :] if letters.startswith(edge) else None


def _followed(pages: Sequence[str], said: Sequence[Said]) -> Iterator[Problem]:
    """Follow the letters of the pages along the paragraphs; a page may begin with the head of a table that goes on."""
    number, rest = 0, said[0].text
    for page in pages:
        if said[number].head and rest != page[: len(rest)] and page.startswith(said[number].head):
            page = page.removeprefix(said[number].head)  # noqa: PLW2901  # the repeated head is no text of its own
        while page:
            common = min(len(page), len(rest))
            if page[:common] != rest[:common] or not common:
                yield _differs("pdf", number + 1)
                return
            page, rest = page[common:], rest[common:]  # noqa: PLW2901
            if not rest and number + 1 < len(said):
                number, rest = number + 1, said[number + 1].text
    if rest or number + 1 < len(said):
        yield _differs("pdf", number + 1)


def _compared(kind: str, found: Sequence[str], wanted: Sequence[str]) -> Iterator[Problem]:
    words = [tuple(text.split()) for text in found if text.split()]
    expected = [tuple(text.split()) for text in wanted if text.split()]
    for number, (one, other) in enumerate(zip_longest(words, expected), 1):
        if one != other:
            yield _differs(kind, number)
            return


def _normal(text: str) -> str:
    return unicodedata.normalize("NFD", text)  # taken apart: no letter joins the one before it


def _differs(kind: str, number: int) -> Problem:
    return Problem("output-differs", None, "", {"format": kind, "paragraph": str(number)})


def _edge(kind: str, part: str) -> Problem:
    return Problem("output-edge-differs", None, "", {"format": kind, "part": part})


_CHECKS: Mapping[str, Callable[[bytes, Letter, Sequence[Said]], Iterator[Problem]]] = {
    "docx": _check_docx,
    "pdf": _check_pdf,
    "html": _check_html,
    "txt": _check_txt,
}
