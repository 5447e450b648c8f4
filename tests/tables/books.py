"""Workbooks made for tests part by part, so that they hold exactly what spreadsheet programs write, or should not."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
CALC = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"
NAMES = ("case.id", "clients[1].surname", "clients[1].birth_date", "detention.apprehended_at")
STYLES = {
    "text": 49,
    "day": "dd\\.mm\\.yyyy;@",
    "moment": '[$-419]dd.mm.yyyy" г. "hh:mm',
    "clock": "h:mm",
    "zeros": "000000",
}
"""Formats of the cells in tests, in the order of `style`: the number of a built-in one, or a code."""


def number(value: str, style: str = "", attributes: str = "") -> str:
    """Return a cell with a number, as it stands in the file."""
    index = 1 + list(STYLES).index(style) if style else 0
    return f'<c s="{index}" {attributes}><v>{value}</v></c>'


def formula(value: str = "", attributes: str = "") -> str:
    """Return a cell with a formula and the value that was kept of it."""
    return f"<c {attributes}><f>A1</f>{value}</c>"


def row(*cells: str, attributes: str = "") -> str:
    """Return a row of an XLSX: texts, or cells as XML."""
    made = (each if each.startswith("<") else f'<c t="inlineStr"><is><t>{escape(each)}</t></is></c>' for each in cells)
    return f"<row {attributes}>{''.join(made)}</row>"


def xlsx(
    *rows: str, after: str = "", properties: str = "", shared: str = "", doctype: str = "", **sheets: Sequence[str]
) -> bytes:
    """Return an XLSX with a sheet of these rows below the usual names, and with other sheets: `(state, rows)`."""
    main = f'<worksheet xmlns="{MAIN}"><sheetData>{row(*NAMES)}{"".join(rows)}</sheetData>{after}</worksheet>'
    listed = {"Дела": ("visible", main)} | {
        name: (state, f'<worksheet xmlns="{MAIN}"><sheetData>{content}</sheetData></worksheet>')
        for name, (state, content) in sheets.items()
    }
    codes = {name: style if isinstance(style, int) else 164 + n for n, (name, style) in enumerate(STYLES.items())}
    formats = "".join(
        f'<numFmt numFmtId="{codes[name]}" formatCode="{escape(style, {chr(34): "&quot;"})}"/>'
        for name, style in STYLES.items()
        if isinstance(style, str)
    )
    used = "".join(f'<xf numFmtId="{number}"/>' for number in (0, *codes.values()))
    targets = {f"s{n}": ("worksheet", f"/xl/worksheets/{n}.xml") for n in range(len(listed))}
    parts = {
        "_rels/.rels": _relations({"r1": ("officeDocument", "xl/workbook.xml")}),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><workbookPr {properties}/><sheets>'
        + "".join(
            f'<sheet name="{name}" state="{state}" r:id="s{n}"/>' for n, (name, (state, _)) in enumerate(listed.items())
        )
        + "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": _relations(
            targets | {"t": ("styles", "styles.xml"), "u": ("sharedStrings", "sharedStrings.xml")}
        ),
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><numFmts>{formats}</numFmts><cellXfs>{used}</cellXfs>'
        "</styleSheet>",
        "xl/sharedStrings.xml": f'{doctype}<sst xmlns="{MAIN}">{shared}</sst>',
    }
    return zipped(parts | {f"xl/worksheets/{n}.xml": content for n, (_, content) in enumerate(listed.values())})


def ods(*rows: str, styles: str = "", **sheets: str) -> bytes:
    """Return an ODS with a sheet of these rows below the usual names, and with other sheets, whose rows are given.

    `styles` are further styles of single cells.
    """
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text", "style")
    )
    others = "".join(f'<table:table table:name="{name}">{content}</table:table>' for name, content in sheets.items())
    content = (
        f'<office:document-content {spaces} xmlns:calcext="{CALC}">'
        '<office:automatic-styles><style:style style:name="gone" style:family="table">'
        f'<style:table-properties table:display="false"/></style:style>{styles}</office:automatic-styles>'
        "<office:body><office:spreadsheet>"
        f'<table:table table:name="Дела">{line(*NAMES)}{"".join(rows)}</table:table>{others}'
        '<table:table table:name="тайный" table:style-name="gone">' + line("x") + "</table:table>"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    return zipped({"mimetype": kind, "content.xml": content})


def line(*cells: str, attributes: str = "") -> str:
    """Return a row of an ODS: texts, or cells as XML."""
    made = (each if each.startswith("<") else value("string", inner=each) for each in cells)
    return f"<table:table-row {attributes}>{''.join(made)}</table:table-row>"


def value(kind: str, attributes: str = "", inner: str = "") -> str:
    """Return a cell of an ODS with a value of a kind, and the text that it shows."""
    text = inner if inner.startswith("<") else f"<text:p>{escape(inner)}</text:p>" if inner else ""
    return f'<table:table-cell office:value-type="{kind}" {attributes}>{text}</table:table-cell>'


def zipped(parts: Mapping[str, str]) -> bytes:
    """Return a ZIP of texts; a `mimetype` lies unpacked, as ODF wants it."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content, zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED)
    return target.getvalue()


def _relations(targets: Mapping[str, tuple[str, str]]) -> str:
    listed = "".join(
        f'<Relationship Id="{name}" Type="{RELATIONS}/{kind}" Target="{target}"/>'
        for name, (kind, target) in targets.items()
    )
    return f'<Relationships xmlns="{PACKAGE}">{listed}</Relationships>'
