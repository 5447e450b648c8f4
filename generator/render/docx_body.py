"""Walk a letter and write the paragraphs of its Word document; real styles and real numbering, no hand formatting."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.document import Block, Break, Heading, Item, Letter, Line, Paragraph, Table, plain
from generator.errors import RenderError
from generator.render.docx_card import Grid, card_table
from generator.render.docx_runs import TAB, RunMaker
from generator.render.layout import column_widths, is_point, kept_blocks, kept_whole, number_columns, panels
from generator.render.word import CARD_TABLE_STYLE, TABLE_STYLE

_FULL_WIDTH = 5000  # fiftieths of a per cent
_HEADINGS = {2: "heading 1", 3: "heading 2"}
_NUMBERED = {False: "Numbered Fact", True: "Request"}  # by whether the number ends in a parenthesis
_KEPT_ROWS = 2
_TABLE = (
    '<w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{width}" w:type="pct"/><w:tblLayout w:type="fixed"/>'
    '<w:tblLook w:val="0020" w:firstRow="1"/></w:tblPr>'
)
_CELL_STYLES = {
    (True, False): "Table Head",
    (True, True): "Table Number Head",
    (False, False): "Table Cell",
    (False, True): "Table Number",
}


@dataclass(frozen=True, slots=True)
class ListPool:
    """The lists that stand ready in the house style: for each pattern of labels, the ids of its lists."""

    ids: Mapping[tuple[str, str], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the walker needs from the house style: ids of styles by name, ready lists, the width of the text."""

    styles: Mapping[str, str]
    lists: ListPool
    text_width_twips: int
    card: Grid | None = None


def parts(letter: Letter, sheet: Sheet) -> dict[str, str]:
    """Return the markup for each placeholder of the Word file that stands for paragraphs."""
    walker = _Walker(letter, sheet)
    if sheet.card:
        return {"body": walker.card(sheet.card)}
    return {
        "corner": "".join((*walker.top(), *walker.corner())),
        "head": "".join(walker.head()),
        "body": "".join(map(walker.block, letter.body)),
        "closing": "".join(walker.closing()),
    }


class _Walker:
    """Turn the blocks of one letter into Word paragraphs."""

    def __init__(self, letter: Letter, sheet: Sheet) -> None:
        self.letter, self.sheet = letter, sheet
        self.maker = RunMaker(letter, sheet.styles)
        self.kept = frozenset(map(id, kept_blocks(letter)))  # comparing blocks themselves would take long
        self.patterns = {name: _pattern(items) for name, items in _series((*letter.body, *letter.annexes)).items()}
        self.numbering = _numbering(self.patterns, sheet.lists)

    def top(self) -> Iterator[str]:
        for number, line in enumerate(self.letter.letterhead):
            yield self.paragraph("Letterhead" if number else "Letterhead Name", line)
        if self.letter.reference:
            yield self.paragraph("Reference", self.letter.reference)

    def corner(self) -> Iterator[str]:
        for number, group in enumerate(self.letter.corner):
            for index, line in enumerate(group):
                yield self.paragraph("Corner Group" if number and not index else "Corner", line)

    def head(self) -> Iterator[str]:
        for style, line in (
            ("Title", self.letter.title),
            ("Subject", self.letter.subject),
            ("Basis", self.letter.basis),
        ):
            if line:
                yield self.paragraph(style, line)

    def card(self, grid: Grid) -> str:
        """Return all of the letter in the panels of a card, in reading order."""
        filled = ["".join(map(self.block, panel)) for panel in panels(self.letter.body)]
        filled[0] = "".join((*self.corner(), *self.head(), filled[0]))
        filled[-1] = "".join((filled[-1], *self.closing()))
        return card_table(filled, grid, self.sheet.styles[CARD_TABLE_STYLE.lower()], self.paragraph("Table Space", ()))

    def block(self, block: Block, style: str = "") -> str:
        match block:
            case Item():
                usual = "Point" if is_point(block) else _NUMBERED[self.patterns[block.series][0].endswith(")")]
                return self.item(style or usual, block)
            case Paragraph():
                return self.paragraph("Body Text", block.text, keep=id(block) in self.kept)
            case Heading():
                return self.paragraph(_HEADINGS.get(block.level, "heading 2"), block.text)
            case Table():
                after = self.paragraph("Table Space", (), keep=id(block) in self.kept)
                return f"{self.paragraph('Table Space', (), keep=True)}{self.table(block)}{after}"
            case Break():
                return ""

    def closing(self) -> Iterator[str]:
        if self.letter.annexes_heading:
            yield self.paragraph("Annex Heading", self.letter.annexes_heading)
        for annex in self.letter.annexes:
            yield self.block(annex, "Annex")
        signature = self.letter.signature
        if not plain(signature.name):
            return
        if signature.post:
            yield self.paragraph("Signature Post", signature.post)
        yield self.signature_line(signature.left, signature.name, keep=bool(signature.received))
        for number, line in enumerate(signature.received, 1):
            yield self.paragraph("Received", line, keep=number < len(signature.received))

    def item(self, style: str, item: Item) -> str:
        level, number = item.level, self.numbering[item.series]
        numbering = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
        runs = self.maker.marked(self.maker.runs(item.text), item)
        return self.styled(f"{style} 2" if level else style, runs, keep=id(item) in self.kept, numbering=numbering)

    def paragraph(self, style: str, line: Line, *, keep: bool = False) -> str:
        return self.styled(style, self.maker.runs(line), keep=keep)

    def signature_line(self, left: Line, name: Line, *, keep: bool) -> str:
        # the tab stops of the style: to the line, along the line, to the right margin
        return self.styled("Signature Line", f"{self.maker.runs(left)}{TAB * 3}{self.maker.runs(name)}", keep=keep)

    def styled(self, style: str, runs: str, *, keep: bool, numbering: str = "") -> str:
        kept = "<w:keepNext/>" if keep and not self.sheet.card else ""  # in a card it would tie panels to one page
        look = f'<w:pStyle w:val="{self.sheet.styles[style.lower()]}"/>'
        return f"<w:p><w:pPr>{look}{kept}{numbering}</w:pPr>{runs}</w:p>"

    def table(self, table: Table) -> str:
        widths = column_widths(table)
        columns = "".join(f'<w:gridCol w:w="{self.sheet.text_width_twips * width // 100}"/>' for width in widths)
        rows = (table.head, *table.rows)
        kept = range(len(rows) - _KEPT_ROWS * (id(table) in self.kept), len(rows))
        whole = range(len(rows) - 1) if kept_whole(table) else range(0)
        numbers = number_columns(table)
        written = []
        for number, cells in enumerate(rows):
            styles = [_CELL_STYLES[number == 0, right] for right in numbers]
            head = "" if number else "<w:tblHeader/>"
            written.append(self.row(head, cells, styles, widths, keep=number in kept or number in whole))
        properties = _TABLE.format(style=self.sheet.styles[TABLE_STYLE.lower()], width=_FULL_WIDTH)
        return f"<w:tbl>{properties}<w:tblGrid>{columns}</w:tblGrid>{''.join(written)}</w:tbl>"

    def row(self, head: str, cells: Sequence[Line], styles: Sequence[str], widths: Sequence[int], *, keep: bool) -> str:
        written = "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{_FULL_WIDTH * width // 100}" w:type="pct"/></w:tcPr>'
            f"{self.paragraph(style, cell, keep=keep)}</w:tc>"
            for cell, style, width in zip(cells, styles, widths, strict=True)
        )
        return f"<w:tr><w:trPr><w:cantSplit/>{head}</w:trPr>{written}</w:tr>"


def _numbering(patterns: Mapping[str, tuple[str, str]], pool: ListPool) -> dict[str, str]:
    """Choose for each series a ready list of the house style that prints the labels of the model."""
    chosen: dict[str, str] = {}
    for series, (upper, lower) in patterns.items():
        ready = [ids for (first, second), ids in pool.ids.items() if first == upper and lower in ("", second)]
        taken = chosen.values() if "%1" in upper else ()  # a list without numbers never has to begin anew
        free = [number for ids in ready for number in ids if number not in taken]
        if not free:
            raise RenderError.one("no-list-ready", labels=f"{upper} {lower}".strip(), ready=str(sum(map(len, ready))))
        chosen[series] = free[0]
    return chosen


def _series(blocks: Iterable[Block]) -> dict[str, list[Item]]:
    series: dict[str, list[Item]] = {}
    for block in blocks:
        if isinstance(block, Item):
            series.setdefault(block.series, []).append(block)
    return series


def _pattern(items: Sequence[Item]) -> tuple[str, str]:
    """Return the labels of a series as patterns of its two levels: `("%1.", "%1.%2.")`; letters as `a` or `а`."""
    first = next((item for item in items if item.level == 0), None)
    second = next((item for item in items if item.level == 1), None)
    if is_point(items[0]):
        return items[0].label, items[0].label
    upper = "" if first is None else first.label.replace(str(first.number), "%1", 1)
    if second is None:
        return upper, ""
    parent, dot, end = second.label.rpartition(f".{second.number}")
    if dot:
        return upper, f"%1.%2{end}" if parent.isdigit() else second.label
    return upper, f"{'a' if second.label[:1].isascii() else 'а'}{second.label[1:]}"
