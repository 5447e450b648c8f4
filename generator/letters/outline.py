"""The outline: its blocks in their regions, numbered; letters that say the same of other people share one."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest

from generator.letters.fill import Filled
from generator.letters.markup import DASH
from generator.letters.pieces import Raw
from generator.letters.stretches import Block, read
from generator.letters.texts import Texts

Numbered = tuple[Block, str, int]
"""A block with its label and number; both are empty but for items."""
TITLE = "title"
"""Stands for a region in an outline, although a text marks it by `#`."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A block in its place: the number of its first slot in the letter, its series of numbers, its label and number.

    `end` is the sign that an item of a list of requests ends with; label, number and end are empty but for items.
    """

    raw: Raw
    first: int
    series: str
    label: str
    number: int
    end: str


@dataclass(frozen=True, slots=True)
class Outline:
    """The blocks of each region in order, the body under an empty name; the labels of the items that have an id."""

    regions: Mapping[str, tuple[Entry, ...]]
    labels: Mapping[str, str]


def outline_of(filled: Filled) -> Outline:
    """Return the outline of a filled text; raise `DataError` naming every construct that is not allowed.

    Blocks whose text is empty vanish, and so do headings that nothing follows; numbers are given after that, so a
    dropped item leaves no hole.
    """
    empty = tuple([n for n, value in enumerate(filled.slots) if isinstance(value, str) and not value])
    return _outline(filled.texts, filled.pieces, empty)


@lru_cache(maxsize=256)
def _outline(texts: Texts, pieces: tuple[str, ...], empty: tuple[int, ...]) -> Outline:
    """Make the outline of a text; the numbers of its empty slots tell which blocks say nothing."""
    numbered = list(_numbered(_without_empty(read(texts, "".join(pieces)), empty)))
    regions: dict[str, list[Numbered]] = {}
    for each in numbered:
        raw = each[0].raw
        regions.setdefault(TITLE if raw.kind == "title" else raw.region, []).append(each)
    entries = {region: tuple(_entries(found, body=not region)) for region, found in regions.items()}
    return Outline(entries, {block.raw.id: label for block, label, _ in numbered if block.raw.id})


def _entries(found: Sequence[Numbered], *, body: bool) -> Iterator[Entry]:
    """Make entries; the items of a list of requests end with a semicolon, the last of them with a full stop."""
    for (block, label, number), following in zip_longest(found, found[1:]):
        end = ""
        if body and block.raw.kind == "item" and block.series.startswith("request"):
            end = ";" if following and following[0].series == block.series else "."
        yield Entry(block.raw, block.first, block.series, label, number, end)


def _without_empty(blocks: Sequence[Block], empty: Collection[int]) -> list[Block]:
    """Drop blocks that say nothing, and headings that nothing follows."""
    kept: list[Block] = []
    for block in reversed(blocks):
        raw = block.raw
        if raw.kind != "break" and not raw.cells and not _says_anything(block, empty):
            continue
        follows = kept[-1].raw if kept else None
        alone = follows is None or follows.kind in ("heading", "break") or follows.region != raw.region
        if raw.kind == "heading" and alone:
            continue
        kept.append(block)
    return kept[::-1]


def _says_anything(block: Block, empty: Collection[int]) -> bool:
    pieces = block.raw.pieces
    return pieces.worded or any(block.first + slot not in empty for slot in pieces.slots)


def _numbered(blocks: Sequence[Block]) -> Iterator[Numbered]:
    """Give each item its label and number within its series; other blocks get none."""
    counts: dict[str, list[int]] = {}
    for block in blocks:
        level = block.raw.level
        if block.raw.kind != "item":
            yield block, "", 0
            continue
        count = counts.setdefault(block.series, [0, 0])
        count[level] += 1
        if level == 0:
            count[1] = 0
        if block.series.startswith("point"):
            yield block, DASH, count[level]
            continue
        end = ")" if block.series.startswith("request") else "."
        label = f"{count[0]}{end}" if level == 0 else f"{count[0]}.{count[1]}{end}"
        yield block, label, count[level]
