"""What the small markup of a letter text is read into: blocks whose lines still hold slots."""

from dataclasses import dataclass
from typing import Literal

from generator.errors import Place, Problem
from generator.letters.lines import Look


@dataclass(frozen=True, slots=True)
class Piece:
    """Text of the author in one look; at a soft line break it is a newline. Or a slot: then `slot` is its number."""

    text: str
    look: Look
    slot: int = -1


@dataclass(frozen=True, slots=True, eq=False)
class Pieces:
    """What a line is made of; the numbers of its slots, and whether it has words of the author at all."""

    all: tuple[Piece, ...] = ()
    slots: tuple[int, ...] = ()
    worded: bool = False


@dataclass(frozen=True, slots=True)
class Raw:
    """A block before its slots are filled. `region` is empty for the body; `cells` only for tables.

    `lines` are the same pieces, line by line of the text. `list` is the number of the list an item is in, where its
    series does not go on through the letter, counted from 1 within the stretch.
    """

    kind: Literal["title", "heading", "paragraph", "item", "table", "break"]
    pieces: Pieces
    place: Place
    region: str = ""
    id: str = ""
    level: int = 0
    series: str = ""
    list: int = 0
    lines: tuple[Pieces, ...] = ()
    cells: tuple[tuple[Pieces, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Stretch:
    """The blocks of a stretch of text and what is wrong with it; how many slots it has, and lists of their own numbers.

    `begins` and `ends` are the marks of the list it begins or ends with, which may go on in the next stretch; they are
    empty where something else stands there, and `None` where nothing does.
    """

    blocks: tuple[Raw, ...]
    problems: tuple[Problem, ...]
    slots: int
    lists: int
    begins: str | None
    ends: str | None
