"""Walk a letter and build the paragraphs of its Word document; real styles and real numbering, no hand formatting."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from generator.document import Block, Heading, Item, Letter, Line, Paragraph, Table, plain
from generator.errors import RenderError
from generator.render.docx_card import Grid, card_table
from generator.render.docx_runs import RunMaker
from generator.render.layout import column_widths, is_point, kept_whole, kept_with_next, number_columns, panels
from generator.render.word import CARD_TABLE_STYLE, MAIN, TABLE_STYLE, W

_FULL_WIDTH = 5000  # fiftieths of a per cent
_HEADINGS = {2: "heading 1", 3: "heading 2"}
_NUMBERED = {False: "Numbered Fact", True: "Request"}  # by whether the number ends in a parenthesis
_KEPT_ROWS = 2
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
        return {"body": _markup([walker.card(sheet.card)])}
    return {
        "corner": _markup((*walker.top(), *walker.corner())),
        "head": _markup(walker.head()),
        "body": _markup(block for part in letter.body for block in walker.block(part)),
        "closing": _markup(walker.closing()),
    }


def _markup(elements: Iterable[etree._Element]) -> str:
    wrapper = etree.Element(f"{W}body", nsmap={"w": MAIN})
    wrapper.extend(elements)
    text = etree.tostring(wrapper, encoding="unicode")
    return text[text.index(">") + 1 : text.rindex("<")] if len(wrapper) else ""  # the wrapper is ours, not the text's


class _Walker:
    """Turn the blocks of one letter into Word paragraphs."""

    def __init__(self, letter: Letter, sheet: Sheet) -> None:
        self.letter, self.sheet = letter, sheet
        self.maker = RunMaker(letter, sheet.styles)
        self.kept = kept_with_next(letter)
        self.patterns = {name: _pattern(items) for name, items in _series((*letter.body, *letter.annexes)).items()}
        self.numbering = _numbering(self.patterns, sheet.lists)

    def top(self) -> Iterator[etree._Element]:
        for number, line in enumerate(self.letter.letterhead):
            yield self.paragraph("Letterhead" if number else "Letterhead Name", line)
        if self.letter.reference:
            yield self.paragraph("Reference", self.letter.reference)

    def corner(self) -> Iterator[etree._Element]:
        for number, group in enumerate(self.letter.corner):
            for index, line in enumerate(group):
                yield self.paragraph("Corner Group" if number and not index else "Corner", line)

    def head(self) -> Iterator[etree._Element]:
        for style, line in (
            ("Title", self.letter.title),
            ("Subject", self.letter.subject),
            ("Basis", self.letter.basis),
        ):
            if line:
                yield self.paragraph(style, line)

    def card(self, grid: Grid) -> etree._Element:
        """Return all of the letter in the panels of a card, in reading order."""
        filled = [[element for block in panel for element in self.block(block)] for panel in panels(self.letter.body)]
        filled[0] = [*self.corner(), *self.head(), *filled[0]]
        filled[-1] = [*filled[-1], *self.closing()]
        return card_table(filled, grid, self.sheet.styles[CARD_TABLE_STYLE.lower()], self.paragraph("Table Space", ()))

    def block(self, block: Block, style: str = "") -> Iterator[etree._Element]:
        match block:
            case Heading(text, level):
                yield self.paragraph(_HEADINGS.get(level, "heading 2"), text)
            case Paragraph(text):
                yield self.paragraph("Body Text", text, keep=block in self.kept)
            case Item(text):
                usual = "Point" if is_point(block) else _NUMBERED[self.patterns[block.series][0].endswith(")")]
                yield self.item(style or usual, block)
            case Table():
                yield self.paragraph("Table Space", (), keep=True)
                yield self.table(block)
                yield self.paragraph("Table Space", (), keep=block in self.kept)

    def closing(self) -> Iterator[etree._Element]:
        if self.letter.annexes_heading:
            yield self.paragraph("Annex Heading", self.letter.annexes_heading)
        for annex in self.letter.annexes:
            yield from self.block(annex, "Annex")
        signature = self.letter.signature
        if not plain(signature.name):
            return
        if signature.post:
            yield self.paragraph("Signature Post", signature.post)
        yield self.signature_line(signature.left, signature.name, keep=bool(signature.received))
        for number, line in enumerate(signature.received, 1):
            yield self.paragraph("Received", line, keep=number < len(signature.received))

    def item(self, style: str, item: Item) -> etree._Element:
        paragraph = self.paragraph(f"{style} 2" if item.level else style, item.text, keep=item in self.kept)
        numbering = etree.Element(f"{W}numPr")
        etree.SubElement(numbering, f"{W}ilvl").set(f"{W}val", str(item.level))
        etree.SubElement(numbering, f"{W}numId").set(f"{W}val", self.numbering[item.series])
        paragraph[0].append(numbering)
        return self.maker.marked(paragraph, item)

    def paragraph(self, style: str, line: Line, *, keep: bool = False) -> etree._Element:
        paragraph = etree.Element(f"{W}p")
        properties = etree.SubElement(paragraph, f"{W}pPr")
        etree.SubElement(properties, f"{W}pStyle").set(f"{W}val", self.sheet.styles[style.lower()])
        if keep and not self.sheet.card:  # within a card it would tie the rows of panels to one page
            etree.SubElement(properties, f"{W}keepNext")
        paragraph.extend(self.maker.runs(line))
        return paragraph

    def signature_line(self, left: Line, name: Line, *, keep: bool) -> etree._Element:
        paragraph = self.paragraph("Signature Line", left, keep=keep)
        for _ in range(3):  # to the line, along the line, to the right margin: tab stops of the style
            etree.SubElement(etree.SubElement(paragraph, f"{W}r"), f"{W}tab")
        paragraph.extend(self.maker.runs(name))
        return paragraph

    def table(self, table: Table) -> etree._Element:
        widths = column_widths(table)
        element = etree.Element(f"{W}tbl")
        properties = etree.SubElement(element, f"{W}tblPr")
        etree.SubElement(properties, f"{W}tblStyle").set(f"{W}val", self.sheet.styles[TABLE_STYLE.lower()])
        _sized(properties, "tblW", _FULL_WIDTH)
        etree.SubElement(properties, f"{W}tblLayout").set(f"{W}type", "fixed")
        look = etree.SubElement(properties, f"{W}tblLook")
        look.set(f"{W}val", "0020")
        look.set(f"{W}firstRow", "1")
        grid = etree.SubElement(element, f"{W}tblGrid")
        for width in widths:
            etree.SubElement(grid, f"{W}gridCol").set(f"{W}w", str(self.sheet.text_width_twips * width // 100))
        rows = (table.head, *table.rows)
        kept = range(len(rows) - _KEPT_ROWS * (table in self.kept), len(rows))
        whole = range(len(rows) - 1) if kept_whole(table) else range(0)
        numbers = number_columns(table)
        for number, cells in enumerate(rows):
            styles = [_CELL_STYLES[number == 0, right] for right in numbers]
            row = self.row(cells, styles, widths, keep=number in kept or number in whole)
            if not number:
                etree.SubElement(row[0], f"{W}tblHeader")
            element.append(row)
        return element

    def row(self, cells: Sequence[Line], styles: Sequence[str], widths: Sequence[int], *, keep: bool) -> etree._Element:
        row = etree.Element(f"{W}tr")
        etree.SubElement(etree.SubElement(row, f"{W}trPr"), f"{W}cantSplit")
        for cell, style, width in zip(cells, styles, widths, strict=True):
            element = etree.SubElement(row, f"{W}tc")
            _sized(etree.SubElement(element, f"{W}tcPr"), "tcW", _FULL_WIDTH * width // 100)
            element.append(self.paragraph(style, cell, keep=keep))
        return row


def _sized(properties: etree._Element, name: str, fiftieths: int) -> None:
    width = etree.SubElement(properties, f"{W}{name}")
    width.set(f"{W}w", str(fiftieths))
    width.set(f"{W}type", "pct")


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
