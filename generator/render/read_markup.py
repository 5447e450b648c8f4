"""The markup letters are written in, as a pattern: paragraphs and tables in Word styles, and no more."""

import html
import re
from collections.abc import Iterable

from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SPACED = '<w:t xml:space="preserve">'


def written(styles: etree._Element) -> re.Pattern[str]:
    """Return the pattern of what a letter writes into `document.xml`: paragraphs and tables in Word styles, no more."""
    each = list(styles.iterfind(f"{_W}style"))
    look, table, run = (_one_of(each, kind) for kind in ("paragraph", "table", "character"))
    words = (
        f'<w:r>(?:<w:rPr>(?:<w:rStyle w:val="{run}"/>)?(?:<w:lang w:val="[A-Za-z-]+"/>)?</w:rPr>)?'
        f"{SPACED}[^<]*+</w:t></w:r>"
    )
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    code = r'<w:r><w:instrText xml:space="preserve"> REF _Ref_\d+ \\n \\h </w:instrText></w:r>'
    field = f"{mark('begin')}{code}{mark('separate')}(?:{words})*+{mark('end')}"
    bookmark = r'<w:bookmark(?:Start w:id="\d+" w:name="_Ref_\d+"|End w:id="\d+")/>'
    numbering = r'<w:numPr><w:ilvl w:val="[01]"/><w:numId w:val="[^"<]+"/></w:numPr>'
    paragraph = (
        f'<w:p><w:pPr><w:pStyle w:val="{look}"/>(?:<w:keepNext/>)?+(?:{numbering})?+</w:pPr>'
        f"(?:{words}|<w:r><w:tab/></w:r>|{field}|{bookmark})*+</w:p>"
    )
    return re.compile(f"(?:{'|'.join((paragraph, *_table_pieces(table)))})++")


def _table_pieces(style: str) -> Iterable[str]:
    """Return patterns of all around the paragraphs of a table; no column and no row can be made too small for words."""
    width = '<w:{} w:w="(?:[1-9]\\d{{2,3}}" w:type="pct"|[1-9]\\d{{3,4}}" w:type="dxa")/>'.format
    margins = r'(?:<w:(?:top|left|bottom|right) w:w="\d{1,3}" w:type="dxa"/>)*+'
    look = r'<w:tblLook w:val="\d+"(?: w:firstRow="1")?/>'
    borders = r'<w:tcBorders><w:(?:top|bottom) w:val="nil"/></w:tcBorders>'
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/>{width("tblW")}<w:tblLayout w:type="fixed"/>{look}</w:tblPr>',
        r'<w:tblGrid>(?:<w:gridCol w:w="[1-9]\d{2,4}"/>)++</w:tblGrid>',
        r'<w:tr><w:trPr><w:cantSplit/>(?:<w:tblHeader/>|<w:trHeight w:val="\d+" w:hRule="atLeast"/>)?</w:trPr>',
        f"<w:tc><w:tcPr>{width('tcW')}(?:{borders}<w:tcMar>{margins}</w:tcMar>)?</w:tcPr>",
        "</w:tc>",
        "</w:tr>",
        "</w:tbl>",
    )


def _one_of(styles: Iterable[etree._Element], kind: str) -> str:
    ids = [style.get(f"{_W}styleId", "") for style in styles if style.get(f"{_W}type") == kind]
    return f"(?:{'|'.join(re.escape(html.escape(each)) for each in ids)})"
