"""What a table is, whatever kind of file it came from: every cell is text, and knows its row and column."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from generator.errors import Problem

MAX_FILE_BYTES = 100 * 1024 * 1024
MAX_ROWS = 200_000
MAX_COLUMNS = 2_000
MAX_CELL = 32_767
"""The most characters a cell can have in Excel; a longer one is a slip, such as a photo pasted as text."""

NONE: dict[int, Any] = {}  # one for all rows: a table has many, and few have faults


@dataclass(frozen=True, slots=True)
class TableOptions:
    """How to read a table; what is empty is found out: its encoding, its separator, its sheet."""

    encoding: str = ""
    separator: str = ""
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row as the spreadsheet program numbers it: a text for each column, what is wrong with it and with its cells.

    Cells are faulty by the number of their column; a faulty cell in a column that nobody uses does no harm. `doubts`
    are ids of what is wrong with a cell unless its column is of a certain kind.
    """

    number: int
    cells: tuple[str, ...]
    problems: tuple[Problem, ...] = ()
    cell_problems: Mapping[int, Problem] = field(default_factory=lambda: NONE)
    doubts: Mapping[int, str] = field(default_factory=lambda: NONE)


@dataclass(frozen=True, slots=True)
class Table:
    """A table: the names of its columns, its rows, and how many rows were left out because of what they are.

    `header_row` is the number of the row with the names. A name is empty only where nothing stands below it.
    `blank` counts empty rows between filled ones, `hidden` rows with content that the program does not show,
    `comments` rows that begin with `#`.
    """

    file: str
    header: tuple[str, ...]
    header_row: int
    rows: Sequence[Row]
    blank: int = 0
    hidden: int = 0
    comments: int = 0
    sheet: str = ""


class GridRow(NamedTuple):
    """A row as a file has it: texts by column from 1, faults and doubts (ids of problems); `width` if one is said."""

    number: int
    cells: Mapping[int, str]
    faults: Mapping[int, str] = NONE
    hidden: bool = False
    width: int = 0
    doubts: Mapping[int, str] = NONE


@dataclass(frozen=True, slots=True)
class Area:
    """Cells that were merged into one: rows and columns, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Grid:
    """The rows of a file that hold anything, in order, and its merged cells."""

    rows: Sequence[GridRow]
    merged: tuple[Area, ...] = ()
    sheet: str = ""
