"""Lay the panels of a card out in a Word table: two columns, two rows to a page, no head."""

from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from generator.render.layout import PANELS
from generator.render.word import W

_COLUMNS = 2
_SLACK = 113  # 2 mm in twips: Word may need a trifle more room than the PDF, which says whether a panel is too full


@dataclass(frozen=True, slots=True)
class Grid:
    """The page of a card in twips, and what is kept free along its edges and folds."""

    page_width: int
    page_height: int
    margin: int

    @property
    def cell_width(self) -> int:
        """Return the width from the margin of the page to the fold."""
        return self.page_width // 2 - self.margin

    @property
    def text_width(self) -> int:
        """Return the width of the text in a panel."""
        return self.cell_width - self.margin


def card_table(
    panels: Sequence[Sequence[etree._Element]], grid: Grid, style: str, space: etree._Element
) -> etree._Element:
    """Return the table; `space` is the paragraph of a panel that is empty.

    Heights are what a row has at least, so that Word never hides words. A third row does not fit on the page.
    """
    table = etree.Element(f"{W}tbl")
    properties = etree.SubElement(table, f"{W}tblPr")
    etree.SubElement(properties, f"{W}tblStyle").set(f"{W}val", style)
    _twips(properties, "tblW", _COLUMNS * grid.cell_width)
    etree.SubElement(properties, f"{W}tblLayout").set(f"{W}type", "fixed")
    etree.SubElement(properties, f"{W}tblLook").set(f"{W}val", "0000")
    columns = etree.SubElement(table, f"{W}tblGrid")
    for _ in range(_COLUMNS):
        etree.SubElement(columns, f"{W}gridCol").set(f"{W}w", str(grid.cell_width))
    cells = [*panels, *[()] * (-len(panels) % PANELS)]
    for number in range(0, len(cells), _COLUMNS):
        row = etree.SubElement(table, f"{W}tr")
        upper = number % PANELS == 0
        _row_properties(row, grid.page_height // 2 - grid.margin - (0 if upper else _SLACK))
        for column, content in enumerate(cells[number : number + _COLUMNS]):
            cell = etree.SubElement(row, f"{W}tc")
            _cell_properties(cell, grid, left=column > 0, upper=upper)
            cell.extend(content or [etree.fromstring(etree.tostring(space))])
    return table


def _row_properties(row: etree._Element, height: int) -> None:
    properties = etree.SubElement(row, f"{W}trPr")
    etree.SubElement(properties, f"{W}cantSplit")
    least = etree.SubElement(properties, f"{W}trHeight")
    least.set(f"{W}val", str(height))
    least.set(f"{W}hRule", "atLeast")


def _cell_properties(cell: etree._Element, grid: Grid, *, left: bool, upper: bool) -> None:
    """Keep the text of a cell away from the folds it touches."""
    properties = etree.SubElement(cell, f"{W}tcPr")
    _twips(properties, "tcW", grid.cell_width)
    edge = etree.SubElement(etree.SubElement(properties, f"{W}tcBorders"), f"{W}{'top' if upper else 'bottom'}")
    edge.set(f"{W}val", "nil")  # a line is where the page is folded, not where it ends
    margins = etree.SubElement(properties, f"{W}tcMar")
    _twips(margins, "top", 0 if upper else grid.margin)
    _twips(margins, "left", grid.margin if left else 0)
    _twips(margins, "bottom", grid.margin - _SLACK if upper else 0)
    _twips(margins, "right", 0 if left else grid.margin)


def _twips(parent: etree._Element, name: str, width: int) -> None:
    element = etree.SubElement(parent, f"{W}{name}")
    element.set(f"{W}w", str(width))
    element.set(f"{W}type", "dxa")
