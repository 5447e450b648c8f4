"""Lay the panels of a card out in a Word table: two columns, two rows to a page, no head."""

from collections.abc import Sequence
from dataclasses import dataclass

from generator.render.layout import PANELS

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


def card_table(panels: Sequence[str], grid: Grid, style: str, space: str) -> str:
    """Return the table; `space` is the paragraph of a panel that is empty.

    Heights are what a row has at least, so that Word never hides words. A third row does not fit on the page.
    """
    columns = f'<w:gridCol w:w="{grid.cell_width}"/>' * _COLUMNS
    cells = [*panels, *[""] * (-len(panels) % PANELS)]
    rows = []
    for number in range(0, len(cells), _COLUMNS):
        upper = number % PANELS == 0
        height = grid.page_height // 2 - grid.margin - (0 if upper else _SLACK)
        written = "".join(
            f"<w:tc>{_cell_properties(grid, left=column > 0, upper=upper)}{content or space}</w:tc>"
            for column, content in enumerate(cells[number : number + _COLUMNS])
        )
        least = f'<w:trHeight w:val="{height}" w:hRule="atLeast"/>'
        rows.append(f"<w:tr><w:trPr><w:cantSplit/>{least}</w:trPr>{written}</w:tr>")
    look = f'{_twips("tblW", _COLUMNS * grid.cell_width)}<w:tblLayout w:type="fixed"/><w:tblLook w:val="0000"/>'
    properties = f'<w:tblPr><w:tblStyle w:val="{style}"/>{look}</w:tblPr>'
    return f"<w:tbl>{properties}<w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"


def _cell_properties(grid: Grid, *, left: bool, upper: bool) -> str:
    """Keep the text of a cell away from the folds it touches; a line is where the page is folded, not where it ends."""
    edge = "top" if upper else "bottom"
    margins = (
        ("top", 0 if upper else grid.margin),
        ("left", grid.margin if left else 0),
        ("bottom", grid.margin - _SLACK if upper else 0),
        ("right", 0 if left else grid.margin),
    )
    kept = "".join(_twips(side, width) for side, width in margins)
    borders = f'<w:tcBorders><w:{edge} w:val="nil"/></w:tcBorders>'
    return f"<w:tcPr>{_twips('tcW', grid.cell_width)}{borders}<w:tcMar>{kept}</w:tcMar></w:tcPr>"


def _twips(name: str, width: int) -> str:
    return f'<w:{name} w:w="{width}" w:type="dxa"/>'
