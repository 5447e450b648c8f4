"""Read a filled text by stretches, each of them once in a process: letters of one kind share most of theirs."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from generator.errors import DataError, Problem
from generator.letters.markup import parse
from generator.letters.pieces import Raw, Stretch
from generator.letters.texts import LINE_MARK, Texts

_REGION = re.compile(rf"^ {{0,3}}:{{3,}}[ \t]*([^\s{LINE_MARK}]?)", re.MULTILINE)
_REACHING = ("```", "~~~", "<", "]:")
"""Signs of markup that can reach over a blank line: code, HTML, definitions of links. No letter is allowed any."""


class Block(NamedTuple):
    """A block of one letter: what the text says, the number of the first slot of its stretch, its series of numbers."""

    raw: Raw
    first: int
    series: str


def read(texts: Texts, filled: str) -> list[Block]:
    """Return the blocks of a filled text in order; raise `DataError` naming every construct that is not allowed."""
    found: list[Block] = []
    problems: list[Problem] = []
    slot = lists = 0
    before: str | None = None
    for text in stretches(filled):
        stretch = _read(texts, text)
        problems += stretch.problems
        if stretch.begins == before and stretch.begins not in {None, "", "."}:
            lists -= 1  # the list goes on; those with a full stop have no numbers of their own
        found += [Block(raw, slot, _series(raw, lists)) for raw in stretch.blocks]
        slot += stretch.slots
        lists += stretch.lists
        before = before if stretch.ends is None else stretch.ends
    if problems:
        raise DataError(problems)
    return found


def stretches(text: str) -> Iterator[str]:
    """Part a filled text at blank lines into stretches that mean the same when each is read alone.

    A stretch begins at the margin and outside of regions. A list may go on in the next one, as its mark tells.
    """
    if any(sign in text for sign in _REACHING):
        yield text
        return
    held: list[str] = []
    depth = 0
    for part in text.split("\n\n"):
        if held and not depth and part and not part[0].isspace() and part[0] < LINE_MARK[0]:
            yield "\n\n".join(held)
            held = []
        held.append(part)
        if ":::" in part:
            for name in _REGION.findall(part):
                depth = depth + 1 if name else max(depth - 1, 0)
    yield "\n\n".join(held)


def _series(raw: Raw, lists: int) -> str:
    return f"{raw.series}-{raw.list + lists}" if raw.list else raw.series


@lru_cache(maxsize=4096)
def _read(texts: Texts, text: str) -> Stretch:
    return parse(*texts.without_logic(text))
