"""What all renderers share: lists, what stays together, how wide columns are, words in another script, references."""

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from generator.document import Block, Break, Heading, Item, Letter, Line, Paragraph, Table, plain

WORD_TAGS = {"ru": "ru-RU", "en": "en-GB", "tg": "tg-Cyrl-TJ", "kk": "kk-KZ", "az": "az-Latn-AZ"}
SHORT_ANNEXES = 5
PANELS = 4
"""How many panels of a card stand on a page."""
_TWO_LINES = 160  # letters that fill more than one line for certain
_ENOUGH = 2
_SHORT_TABLE = 8
_BLANKS = re.compile(r"[\t\n\r]")
_NUMBER = re.compile(r"[+\-–−]?\d[\d\u00a0\u202f .,:/%–-]*")
_NARROWEST = 8
_LETTER = 1.45  # per cent of the text width that a bold letter of a table takes
_PADDING = 2
_WIDEST_WORD = 40
_LATIN, _CYRILLIC, _MARKS = "A-Za-zÀ-ÖØ-öø-ɏḀ-ỿ", "Ѐ-ԯ", "\u0300-\u036f"
_FOREIGN = {
    language: (other, re.compile(f"[{letters}](?:[{letters}{_MARKS}\\d\u00a0 .,:/@+'’&_-]*[{letters}{_MARKS}\\d])?"))
    for own, other, letters in ((("ru", "tg", "kk"), "en", _LATIN), (("en", "az"), "ru", _CYRILLIC))
    for language in own
}


@dataclass(frozen=True, slots=True)
class ItemList:
    """Items that follow each other in one series and so make one list."""

    items: tuple[Item, ...]


def is_point(item: Item) -> bool:
    """Say whether an item is one of a list without numbers: its label is a dash, no number and no letter."""
    return _is_sign(item.label)


@functools.lru_cache(maxsize=256)
def _is_sign(label: str) -> bool:
    return not any(sign.isalnum() for sign in label)


def drawn(text: str) -> str:
    """Return text as it is put on paper: a tab or line end inside a value is a space."""
    return _BLANKS.sub(" ", text)


def by_script(text: str, language: str) -> tuple[tuple[str, str], ...]:
    """Part a text into pieces, each with the language of its script; no language is said of the letter's own.

    Whoever checks the spelling of a Russian letter must not be shown every Latin word as a mistake, nor the other way.
    """
    if language not in _FOREIGN:
        return ((text, ""),)
    other, pattern = _FOREIGN[language]
    pieces, start = [], 0
    for found in pattern.finditer(text):
        pieces += [(text[start : found.start()], ""), (found.group(), other)]
        start = found.end()
    return tuple(piece for piece in (*pieces, (text[start:], "")) if piece[0])


def referred_items(letter: Letter) -> dict[str, Item]:
    """Return the items to which the text refers, by their ids, in the order of the letter."""
    blocks = (*letter.body, *letter.annexes)
    lines = [line for block in blocks for line in _lines(block)]
    targets = {run.target for line in (letter.subject, letter.basis, *lines) for run in line if run.target}
    return {block.id: block for block in blocks if isinstance(block, Item) and block.id in targets} if targets else {}


def with_lists(blocks: Sequence[Block]) -> list[Heading | Paragraph | Table | Break | ItemList]:
    """Return the blocks with neighbouring items of one series joined into a list."""
    joined: list[Heading | Paragraph | Table | Break | ItemList] = []
    for series, group in groupby(blocks, lambda block: block.series if isinstance(block, Item) else None):
        members = list(group)
        if series is None:
            joined += [block for block in members if not isinstance(block, Item)]
        else:
            joined.append(ItemList(tuple(block for block in members if isinstance(block, Item))))
    return joined


def panels(body: Sequence[Block]) -> tuple[tuple[Block, ...], ...]:
    """Return the blocks of each panel of a card; at least one panel, be it empty."""
    found: list[list[Block]] = [[]]
    for block in body:
        if isinstance(block, Break):
            found.append([])
        else:
            found[-1].append(block)
    return tuple(map(tuple, found))


def kept_with_next(letter: Letter) -> frozenset[Block]:
    """Return the blocks that must share their page with what follows."""
    return frozenset(kept_blocks(letter))


def kept_blocks(letter: Letter) -> Sequence[Block]:
    """Return the blocks that must share their page with what follows, last ones first.

    The last blocks of the text are kept with the signature until they make two lines for certain, and a short list of
    annexes with both: a page with a signature says what is signed. A long list goes on alone. Where nobody signs,
    nothing has to be kept.
    """
    if not plain(letter.signature.name):
        return ()
    short = len(letter.annexes) <= SHORT_ANNEXES
    kept: list[Block] = list(letter.annexes) if short else []
    lines = 0
    for block in reversed(letter.body if short else (*letter.body, *letter.annexes)):
        kept.append(block)
        lines += 1 if not isinstance(block, Table | Break) and len(plain(block.text)) < _TWO_LINES else _ENOUGH
        if lines >= _ENOUGH:
            break
    return kept


def kept_whole(table: Table) -> bool:
    """Say whether a table is short enough to stand on one page."""
    return len(table.rows) <= _SHORT_TABLE


def column_widths(table: Table) -> tuple[int, ...]:
    """Return the width of each column in per cent of the text width; they add up to 100.

    A column gets room by the square root of its longest text, so that a long one does not starve the others, and as a
    rule enough for its longest word.
    """
    columns = _columns(table)
    weights = [max(len(plain(line)) for line in column) ** 0.5 or 1 for column in columns]
    least = [max(_NARROWEST, min(_WIDEST_WORD, _PADDING + _LETTER * _longest_word(column))) for column in columns]
    spare = 100 - sum(least)
    if spare < 0:
        least, spare = [100 / len(columns)] * len(columns), 0
    wanted = [max(0.0, 100 * weight / sum(weights) - low) for weight, low in zip(weights, least, strict=True)]
    shares = [spare * each / (sum(wanted) or 1) for each in wanted]
    widths = [int(low + share) for low, share in zip(least, shares, strict=True)]
    widths[widths.index(max(widths))] += 100 - sum(widths)
    return tuple(widths)


def _longest_word(column: tuple[Line, ...]) -> int:
    return max(len(word) for line in column for word in plain(line).split() or ("",))


def number_columns(table: Table) -> tuple[bool, ...]:
    """Say of each column whether it holds nothing but amounts, which stand at the right; the first only names rows."""
    return tuple(
        n > 0 and len(column) > 1 and all(_NUMBER.fullmatch(plain(line).strip()) for line in column[1:])
        for n, column in enumerate(_columns(table))
    )


def _lines(block: Block) -> tuple[Line, ...]:
    match block:
        case Break():
            return ()
        case Table():
            return table_lines(block)
        case _:
            return (block.text,)


def _columns(table: Table) -> list[tuple[Line, ...]]:
    return [(head, *(row[n] for row in table.rows)) for n, head in enumerate(table.head)]


def table_lines(table: Table) -> tuple[Line, ...]:
    """Return the cells of a table in reading order."""
    return (*table.head, *(cell for row in table.rows for cell in row))
