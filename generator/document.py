"""The letter as a document: plain frozen types that every renderer walks. Imports nothing, knows no law and no case."""

from dataclasses import dataclass
from typing import Literal

Origin = Literal["author", "filled", "gap"]


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one look; one run is one Word run and one `<span>`."""

    text: str
    strong: bool = False
    emphasis: bool = False
    origin: Origin = "author"


Line = tuple[Run, ...]
"""One line or paragraph of text."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a part of the letter; level 2 is the usual one (the title of the letter is level 1)."""

    text: Line
    level: int = 2
    id: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph without a number."""

    text: Line
    id: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """A numbered paragraph.

    `series` names the run of numbers: items with one series count on through the letter, also across headings.
    `label` is the number as printed ("5." or "2)" or "5.1."), computed once, here. `level` is 0 or 1.
    """

    text: Line
    series: str
    label: str
    number: int
    level: int = 0
    id: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table: one head row and body rows of equal length."""

    head: tuple[Line, ...]
    rows: tuple[tuple[Line, ...], ...]
    id: str = ""


Block = Heading | Paragraph | Item | Table


@dataclass(frozen=True, slots=True)
class Signature:
    """The last line: date at the left, room for the hand in the middle, the name at the right; `post` stands above."""

    date: Line
    name: Line
    post: Line = ()


@dataclass(frozen=True, slots=True)
class Letter:
    """A whole letter, ready to be rendered, in the order in which it is read.

    `corner` is the block at the top right: groups (addressee, copies, sender) of lines.
    `running` stands at the foot of every page but the first, before the page number;
    `draft_mark` is the word printed on each page of a draft, empty for a final.
    """

    kind: str
    language: str
    corner: tuple[tuple[Line, ...], ...]
    title: Line
    subject: Line
    basis: Line
    body: tuple[Block, ...]
    annexes_heading: Line
    annexes: tuple[Item, ...]
    signature: Signature
    running: str = ""
    draft_mark: str = ""


def plain(line: Line) -> str:
    """Return the words of a line without their look."""
    return "".join(run.text for run in line)
