"""Say before anything is rendered which characters of a letter the fonts of the house style cannot draw."""

import functools
import io
from collections.abc import Iterator

from generator.document import Block, Break, Letter, Line, Run, Table
from generator.render.house_style import HouseStyle, Look
from generator.render.layout import drawn, table_lines

_LOOKS: dict[tuple[bool, bool], Look] = {
    (False, False): "regular",
    (True, False): "bold",
    (False, True): "italic",
    (True, True): "bold-italic",
}


def missing_glyphs(letter: Letter, style: HouseStyle) -> tuple[str, ...]:
    """Return the codes (`U+4E2D`) of the characters that have no glyph in the look they are used in, sorted."""
    texts: dict[Look, list[str]] = {look: [] for look in _LOOKS.values()}
    for look, text in _texts(letter):
        texts[look].append(text)
    used = {look: set(drawn("".join(found))) for look, found in texts.items()}
    missing = set().union(*(chars - _drawable(style, look) for look, chars in used.items() if chars))
    return tuple(f"U+{code:04X}" for code in sorted(map(ord, missing)))


def undrawable(text: str, style: HouseStyle) -> str:
    """Return the characters of a text that one of the looks cannot draw."""
    return "".join(char for char in text if any(char not in _drawable(style, look) for look in _LOOKS.values()))


@functools.lru_cache(maxsize=32)
def _drawable(style: HouseStyle, look: Look) -> frozenset[str]:
    from fontTools.ttLib import TTFont  # noqa: PLC0415  # loaded only when a letter is rendered

    with TTFont(io.BytesIO(style.fonts[look]), lazy=True) as font:
        return frozenset(chr(code) for code, name in (font.getBestCmap() or {}).items() if name != ".notdef")


def _texts(letter: Letter) -> Iterator[tuple[Look, str]]:
    for line in (letter.title, letter.annexes_heading, *letter.letterhead[:1]):
        yield from _runs(line, strong=True)
    for group in letter.corner:
        for line in group:
            yield from _runs(line)
    signature = letter.signature
    for line in (*letter.letterhead[1:], letter.reference, letter.subject, letter.basis):
        yield from _runs(line)
    for line in (signature.post, signature.left, signature.name, *signature.received):
        yield from _runs(line)
    for block in (*letter.body, *letter.annexes):
        yield from _block(block)
    yield "regular", letter.running
    yield "bold", letter.draft_mark


def _block(block: Block) -> Iterator[tuple[Look, str]]:
    match block:
        case Break():
            return
        case Table():
            for line in table_lines(block):
                yield from _runs(line, strong=line in block.head)
        case _:
            # a heading may be bold or italic in the house style, a label upright
            yield from _runs(block.text, strong=getattr(block, "level", 0) >= _HEADING)
            yield "regular", getattr(block, "label", "")


_HEADING = 2


def _runs(line: Line, *, strong: bool = False) -> Iterator[tuple[Look, str]]:
    for run in line:
        yield _LOOKS[_bold(run, strong=strong), run.emphasis], run.text


def _bold(run: Run, *, strong: bool) -> bool:
    return strong or run.strong or run.origin == "gap"
