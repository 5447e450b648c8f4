"""Parse the small markup of a filled letter text into blocks whose lines still hold slots.

Allowed: `# title`, `## heading`, paragraphs, `1.` and `1)` lists in two levels, `-` lists, tables, `**strong**`,
`*emphasis*`, `---` for the end of a panel of a card, and regions `::: name` ... `:::`. A heading, paragraph or item may
begin with an id in braces: `{phone}`; so may the first cell of a table.
Anything else is an error that names letter and line.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.container import container_plugin

from generator.errors import DataError, Place, Problem
from generator.letters.fill import Filled

REGIONS = (
    "letterhead", "reference", "addressee", "copies", "sender", "subject", "basis", "annexes", "signature", "received",
    "running",
)  # fmt: skip
DASH = "–"
"""The label of an item in a list without numbers."""
_ID = re.compile(r"^\{([a-z0-9-]+)\}\s*")


@dataclass(frozen=True, slots=True)
class Piece:
    """Text in one look; it may hold slots and, at a soft line break, a newline."""

    text: str
    strong: bool = False
    emphasis: bool = False


Pieces = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Raw:
    """A block before its slots are filled. `region` is empty for the body; `cells` only for tables."""

    kind: Literal["title", "heading", "paragraph", "item", "table", "break"]
    pieces: Pieces
    place: Place
    region: str = ""
    id: str = ""
    level: int = 0
    series: str = ""
    cells: tuple[tuple[Pieces, ...], ...] = ()


def parse(filled: Filled) -> tuple[Raw, ...]:
    """Return the blocks of a filled text in order; raise `DataError` naming every construct that is not allowed."""
    root = SyntaxTreeNode(_parser().parse(filled.text))
    reader = _Reader(filled)
    blocks = tuple(reader.blocks(root.children, ""))
    if reader.problems:
        raise DataError(reader.problems)
    return blocks


@lru_cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark").enable("table")
    for name in REGIONS:
        parser.use(container_plugin, name)
    return parser


class _Reader:
    """Walk the parser's tree; collect blocks and problems."""

    def __init__(self, filled: Filled) -> None:
        self.filled = filled
        self.problems: list[Problem] = []
        self._lists = 0

    def blocks(self, nodes: Sequence[SyntaxTreeNode], region: str) -> Iterator[Raw]:
        for node in nodes:
            place = self._place(node)
            match node.type:
                case "heading":
                    yield self._text(
                        "title" if node.tag == "h1" else "heading", node, place, region, level=int(node.tag[1])
                    )
                case "paragraph":
                    yield self._text("paragraph", node, place, region)
                case "ordered_list":
                    yield from self._items(node, region, 0, "")
                case "bullet_list" if node.markup == "-":
                    yield from self._items(node, region, 0, "")
                case "hr":
                    yield Raw("break", (), place, region)
                case "table":
                    yield self._table(node, place, region)
                case name if name.removeprefix("container_") in REGIONS:
                    yield from self.blocks(node.children, name.removeprefix("container_"))
                case _:
                    self.problems.append(Problem("letter-markup", place, "", {"construct": node.type}))

    def _items(self, node: SyntaxTreeNode, region: str, level: int, parent: str) -> Iterator[Raw]:
        if node.markup != "." and level == 0:
            self._lists += 1
        series = parent or ("annex" if region == "annexes" else self._series(node.markup))
        for item in node.children:
            paragraphs = [child for child in item.children if child.type == "paragraph"]
            inner = [child for child in item.children if child.type in ("ordered_list", "bullet_list")]
            if len(paragraphs) > 1 or len(paragraphs) + len(inner) < len(item.children) or (inner and level):
                self.problems.append(Problem("letter-markup", self._place(item), "", {"construct": "list item"}))
                continue
            if paragraphs:
                yield self._text("item", paragraphs[0], self._place(item), region, level=level, series=series)
            for child in inner:
                yield from self._items(child, region, level + 1, series)

    def _series(self, mark: str) -> str:
        return {".": "fact", ")": f"request-{self._lists}"}.get(mark, f"point-{self._lists}")

    def _text(  # noqa: PLR0913  # one call for all kinds of text block
        self,
        kind: Literal["title", "heading", "paragraph", "item"],
        node: SyntaxTreeNode,
        place: Place,
        region: str,
        *,
        level: int = 0,
        series: str = "",
    ) -> Raw:
        pieces = tuple(self._pieces(node.children[0].children, place)) if node.children else ()
        block_id, pieces = _identified(pieces)
        return Raw(kind, pieces, place, region, block_id, level, series)

    def _table(self, node: SyntaxTreeNode, place: Place, region: str) -> Raw:
        head, *rows = self._rows(node)
        block_id, first = _identified(head[0])
        return Raw("table", (), place, region, block_id, cells=((first, *head[1:]), *rows))

    def _pieces(
        self, nodes: Sequence[SyntaxTreeNode], place: Place, *, strong: bool = False, emphasis: bool = False
    ) -> Iterator[Piece]:
        for node in nodes:
            match node.type:
                case "text" | "text_special":
                    yield Piece(node.content, strong, emphasis)
                case "softbreak":
                    yield Piece("\n", strong, emphasis)
                case "strong" | "em" if node.markup.startswith("_"):  # a blank to be filled by hand: __:__
                    yield Piece(node.markup, strong, emphasis)
                    yield from self._pieces(node.children, place, strong=strong, emphasis=emphasis)
                    yield Piece(node.markup, strong, emphasis)
                case "strong":
                    yield from self._pieces(node.children, place, strong=True, emphasis=emphasis)
                case "em":
                    yield from self._pieces(node.children, place, strong=strong, emphasis=True)
                case _:
                    self.problems.append(Problem("letter-markup", place, "", {"construct": node.type}))

    def _rows(self, table: SyntaxTreeNode) -> Iterator[tuple[Pieces, ...]]:
        for part in table.children:
            for row in part.children:
                place = self._place(row)
                yield tuple(
                    tuple(self._pieces(c.children[0].children, place)) if c.children else () for c in row.children
                )

    def _place(self, node: SyntaxTreeNode) -> Place:
        line = node.map[0] if node.map else 0
        return self.filled.places[line] if line < len(self.filled.places) else Place("")


def _identified(pieces: Pieces) -> tuple[str, Pieces]:
    """Part the id that a text may begin with from the text."""
    found = _ID.match(pieces[0].text) if pieces else None
    if not found:
        return "", pieces
    return found[1], (Piece(pieces[0].text[found.end() :], pieces[0].strong, pieces[0].emphasis), *pieces[1:])


__all__ = ["DASH", "REGIONS", "Piece", "Raw", "parse"]
