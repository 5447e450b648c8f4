"""Parse the small markup of a filled letter text into blocks whose lines still hold slots.

Allowed: `# title`, `## heading`, paragraphs, `1.` and `1)` lists in two levels, `-` lists, tables, `**strong**`,
`*emphasis*`, `---` for the end of a panel of a card, and regions `::: name` ... `:::`. A heading, paragraph or item may
begin with an id in braces: `{phone}`; so may the first cell of a table.
Anything else is an error that names letter and line.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import count
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.container import container_plugin

from generator.errors import Place, Problem
from generator.letters.fill import SLOT
from generator.letters.lines import Look
from generator.letters.pieces import Piece, Pieces, Raw, Stretch

REGIONS = (
    "letterhead", "reference", "addressee", "copies", "sender", "subject", "basis", "annexes", "signature", "received",
    "running",
)  # fmt: skip
DASH = "–"
"""The label of an item in a list without numbers."""
_ID = re.compile(r"^\{([a-z0-9-]+)\}\s*")
_FIRST = ord(SLOT)
_SLOT = re.compile(f"([{SLOT}-{chr(0xFFFFD)}])")
_SPACES = re.compile(r"[ \n]+")
_LISTS = ("ordered_list", "bullet_list")
_SERIES = {".": "fact", ")": "request"}
_OWN = ("request", "point")
"""Series that begin anew with each list; the others go on through the letter."""


def parse(text: str, places: Sequence[Place]) -> Stretch:
    """Read a stretch of filled text, and name every construct in it that is not allowed.

    `places` says of each line where it comes from.
    """
    number = count(_FIRST)
    numbered = re.sub(SLOT, lambda _: chr(next(number)), text)
    root = SyntaxTreeNode(_parser().parse(numbered))
    reader = _Reader(places)
    blocks = tuple(reader.blocks(root.children, ""))
    marks = [node.markup if node.type in _LISTS else "" for node in root.children]
    begins, ends = (marks[0], marks[-1]) if marks else (None, None)
    return Stretch(blocks, tuple(reader.problems), text.count(SLOT), reader.lists, begins, ends)


@lru_cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark").enable("table")
    for name in REGIONS:
        parser.use(container_plugin, name)
    return parser


class _Reader:
    """Walk the parser's tree; collect blocks and problems."""

    def __init__(self, places: Sequence[Place]) -> None:
        self.places = places
        self.problems: list[Problem] = []
        self.lists = 0

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
                    yield Raw("break", Pieces(), place, region)
                case "table":
                    yield self._table(node, place, region)
                case name if name.removeprefix("container_") in REGIONS:
                    yield from self.blocks(node.children, name.removeprefix("container_"))
                case _:
                    self.problems.append(Problem("letter-markup", place, "", {"construct": node.type}))

    def _items(self, node: SyntaxTreeNode, region: str, level: int, parent: str) -> Iterator[Raw]:
        if node.markup != "." and level == 0:
            self.lists += 1
        series = parent or ("annex" if region == "annexes" else _SERIES.get(node.markup, "point"))
        for item in node.children:
            paragraphs = [child for child in item.children if child.type == "paragraph"]
            inner = [child for child in item.children if child.type in _LISTS]
            if len(paragraphs) > 1 or len(paragraphs) + len(inner) < len(item.children) or (inner and level):
                self.problems.append(Problem("letter-markup", self._place(item), "", {"construct": "list item"}))
                continue
            if paragraphs:
                yield self._text("item", paragraphs[0], self._place(item), region, level=level, series=series)
            for child in inner:
                yield from self._items(child, region, level + 1, series)

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
        number = self.lists if series in _OWN else 0
        lines = tuple(map(_parted, _lines(pieces)))
        return Raw(kind, _parted(pieces), place, region, block_id, level, series, number, lines)

    def _table(self, node: SyntaxTreeNode, place: Place, region: str) -> Raw:
        head, *rows = self._rows(node)
        block_id, first = _identified(head[0])
        cells = tuple(tuple(map(_parted, row)) for row in ((first, *head[1:]), *rows))
        return Raw("table", Pieces(), place, region, block_id, cells=cells)

    def _pieces(
        self, nodes: Sequence[SyntaxTreeNode], place: Place, *, strong: bool = False, emphasis: bool = False
    ) -> Iterator[Piece]:
        for node in nodes:
            match node.type:
                case "text" | "text_special":
                    yield Piece(node.content, Look(strong, emphasis))
                case "softbreak":
                    yield Piece("\n", Look(strong, emphasis))
                case "strong" | "em" if node.markup.startswith("_"):  # a blank to be filled by hand: __:__
                    yield Piece(node.markup, Look(strong, emphasis))
                    yield from self._pieces(node.children, place, strong=strong, emphasis=emphasis)
                    yield Piece(node.markup, Look(strong, emphasis))
                case "strong":
                    yield from self._pieces(node.children, place, strong=True, emphasis=emphasis)
                case "em":
                    yield from self._pieces(node.children, place, strong=strong, emphasis=True)
                case _:
                    self.problems.append(Problem("letter-markup", place, "", {"construct": node.type}))

    def _rows(self, table: SyntaxTreeNode) -> Iterator[tuple[tuple[Piece, ...], ...]]:
        for part in table.children:
            for row in part.children:
                place = self._place(row)
                yield tuple(
                    tuple(self._pieces(c.children[0].children, place)) if c.children else () for c in row.children
                )

    def _place(self, node: SyntaxTreeNode) -> Place:
        line = node.map[0] if node.map else 0
        return self.places[line] if line < len(self.places) else Place("")


def _identified(pieces: tuple[Piece, ...]) -> tuple[str, tuple[Piece, ...]]:
    """Part the id that a text may begin with from the text."""
    found = _ID.match(pieces[0].text) if pieces else None
    if not found:
        return "", pieces
    return found[1], (Piece(pieces[0].text[found.end() :], pieces[0].look), *pieces[1:])


def _lines(pieces: tuple[Piece, ...]) -> Iterator[tuple[Piece, ...]]:
    """Part pieces at the ends of lines."""
    current: list[Piece] = []
    for piece in pieces:
        if piece.text == "\n":
            yield tuple(current)
            current = []
        else:
            current.append(piece)
    yield tuple(current)


def _parted(pieces: tuple[Piece, ...]) -> Pieces:
    """Part slots from the text around them; runs of white space become one space."""
    parted = [
        Piece("", piece.look, ord(part) - _FIRST)
        if _SLOT.fullmatch(part)
        else Piece(_SPACES.sub(" ", part), piece.look)
        for piece in pieces
        for part in _SLOT.split(piece.text)
        if part
    ]
    slots = tuple(piece.slot for piece in parted if piece.slot >= 0)
    return Pieces(tuple(parted), slots, any(piece.text.strip() for piece in parted))
