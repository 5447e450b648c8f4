"""The letter as a document: plain frozen types that every renderer walks. Imports nothing, knows no law and no case.

A letter has hundreds of runs and dozens of blocks, so these are named tuples, which are made faster.
"""

from dataclasses import dataclass
from typing import Literal, NamedTuple

Origin = Literal["author", "filled", "gap"]
Form = Literal["letter", "card", "message"]
"""What a document is made as: a letter on A4, a card to be folded, a few lines to be sent from a phone."""


class Run(NamedTuple):
    """A stretch of text in one look.

    `target` is the id of an item of the same letter whose number the text is: a cross-reference.
    """

    text: str
    strong: bool = False
    emphasis: bool = False
    origin: Origin = "author"
    target: str = ""


Line = tuple[Run, ...]
"""One line or paragraph of text."""


class Heading(NamedTuple):
    """A heading of a part of the letter; level 2 is the usual one (the title of the letter is level 1)."""

    text: Line
    level: int = 2
    id: str = ""


class Paragraph(NamedTuple):
    """A paragraph without a number."""

    text: Line
    id: str = ""


class Item(NamedTuple):
    """A numbered paragraph.

    `series` names the run of numbers: items with one series count on through the letter, also across headings.
    `label` is the number as printed ("5." or "2)" or "5.1."), computed once, here, or a dash in a list without numbers.
    `level` is 0 or 1.
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


@dataclass(frozen=True, slots=True)
class Break:
    """The end of a panel of a card: what follows stands on the next panel."""


Block = Heading | Paragraph | Item | Table | Break


@dataclass(frozen=True, slots=True)
class Signature:
    """The last line: room for the hand in the middle, the name at the right.

    At the left stands the date and the post of the signer above the line, or, where a reference bears the date, the
    post itself. A document nobody signs has an empty name. `received` are lines below, for whoever takes the letter in.
    """

    left: Line
    name: Line
    post: Line = ()
    received: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Letter:
    """A whole letter, ready to be rendered, in the order in which it is read.

    `letterhead` are the lines of the office at the top, printed by a house style that has room for them;
    `reference` is the outgoing number and date. `corner` is the block at the top right: groups (addressee, copies,
    sender) of lines.
    `running` stands at the foot of every page but the first, before the page number;
    `draft_mark` are the words printed on each page of a draft or pseudonymised letter, empty for one to be filed.
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
    form: Form = "letter"
    letterhead: tuple[Line, ...] = ()
    reference: Line = ()


def plain(line: Line) -> str:
    """Return the words of a line without their look."""
    return "".join([run.text for run in line])  # a list joins faster than a generator, and lines are many
