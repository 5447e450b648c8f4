"""Say before anything is rendered which characters of a letter the fonts of the house style cannot draw."""

import functools
from collections.abc import Iterator

from generator.document import Block, Break, Heading, Item, Letter, Line, Paragraph, Run, Table
from generator.render.faces import drawable
from generator.render.house_style import HouseStyle, Look
from generator.render.layout import drawn, table_lines

_LOOKS: dict[tuple[bool, bool], Look] = {
    (False, False): "regular",
    (True, False): "bold",
    (False, True): "italic",
    (True, True): "bold-italic",
}
_HEADING = 2  # a heading may be bold or italic in the house style, a label is upright


def missing_glyphs(letter: Letter, style: HouseStyle) -> tuple[str, ...]:
    """Return the codes (`U+4E2D`) of the characters that have no glyph in the look they are used in, sorted."""
    missing: set[str] = set()
    for line, strong in _lines(letter):
        for run in line:
            undrawn = _of_values if run.origin == "filled" else _of_words
            missing |= undrawn(run.text, style, _LOOKS[strong or run.strong or run.origin == "gap", run.emphasis])
    for label in {block.label for block in (*letter.body, *letter.annexes) if isinstance(block, Item)}:
        missing |= _of_words(label, style, "regular")
    return tuple(f"U+{code:04X}" for code in sorted(map(ord, missing)))


def undrawable(text: str, style: HouseStyle) -> str:
    """Return the characters of a text that one of the looks cannot draw."""
    return "".join(char for char in text if any(char not in _drawable(style, look) for look in _LOOKS.values()))


@functools.lru_cache(maxsize=32)
def _drawable(style: HouseStyle, look: Look) -> frozenset[str]:
    return drawable(style.fonts[look], style.place)


def _undrawn(text: str, style: HouseStyle, look: Look) -> frozenset[str]:
    return frozenset(drawn(text)) - _drawable(style, look) or frozenset()  # the same one for all that can be drawn


_of_words = functools.lru_cache(maxsize=2048)(_undrawn)  # which all letters of a kind have between their values
_of_values = functools.lru_cache(maxsize=256)(_undrawn)  # few of which come again in the letters of others


def _lines(letter: Letter) -> Iterator[tuple[Line, bool]]:
    """Return the lines of a letter, and whether the house style prints them in bold."""
    signature = letter.signature
    yield from ((line, True) for line in (letter.title, letter.annexes_heading, *letter.letterhead[:1]))
    yield from ((line, False) for group in letter.corner for line in group)
    for line in (*letter.letterhead[1:], letter.reference, letter.subject, letter.basis):
        yield line, False
    for line in (signature.post, signature.left, signature.name, *signature.received):
        yield line, False
    for block in (*letter.body, *letter.annexes):
        yield from _block(block)
    yield (Run(letter.running, origin="filled"), Run(letter.draft_mark, strong=True)), False


def _block(block: Block) -> Iterator[tuple[Line, bool]]:
    match block:
        case Break():
            return
        case Table():
            yield from ((line, line in block.head) for line in table_lines(block))
        case Heading():
            yield block.text, block.level >= _HEADING
        case Item() | Paragraph():
            yield block.text, False
