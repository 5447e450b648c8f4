"""Changes of a table: its cells and columns, how it is written down as text, and how a workbook is put together."""

import csv
import io
import random
import re
import zipfile
from collections.abc import Callable

from fuzzing.model import Change
from fuzzing.seeds import grid, separated
from fuzzing.values import hostile

_CELLS = [
    "12/06/1967",
    "6.1967",
    "31.02.1967",
    "12.06.67",
    "1967-06-12",
    "9.92E+11",
    "unknown",
    "нет",
    "ДА",
    "#N/A",
    "#REF!",
    "=A1",
    "#comment",
    "'x",
    '"',
    '""',
    'a"b',
    "a;b",
    "a,b",
    "a|b",
    "a\tb",
    "x\ny",
    "x\r\ny",
    " ",
    "\u00a0",
    "я" * 40_000,
    "x" * 131_100,
    "1;2;3",
    ";",
    "0",
    "2",
    "10000",
    "true",
    "м",
    "Ж",
    "телефон",
    "bazaar-001",
    "BAZAAR-001",
    "bazaar-001 ",
    "con",
    "../x",
]
_FIRST = [
    "sep=;\n",
    "sep=,\n",
    "sep=a\n",
    'sep="\n',
    "sep=\x00\n",
    "sep=\\\n",
    "sep=я\n",
    "#x\n",
    "\n\n\n",
    ";;;\n",
    "\ufeff",
    "\ufeff\ufeff",
]
_CODES = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1251", "koi8-r", "cp866", "utf-32")


def cells(kind: str, files: dict[str, bytes], rng: random.Random) -> Change:
    """Change cells, columns and rows, then write the table down in one of many ways."""
    rows, done = grid(), list[str]()
    for _ in range(rng.choice([1, 1, 2, 4])):
        done.append(_cell(rows, rng))
    separator, code = rng.choice([";", ";", ",", "\t", "|", ":", " "]), rng.choice(["utf-8-sig", "utf-8", *_CODES])
    text = separated(rows, separator, rng.choice(["\r\n", "\n", "\r", "\n\n"]))
    if rng.random() < 0.2:  # noqa: PLR2004  # one in five
        text = rng.choice(_FIRST) + text
    options: tuple[str, ...] = ()
    if rng.random() < 0.3:  # noqa: PLR2004  # now and then somebody says it, right or wrong
        options = ("--encoding", rng.choice([code, code, "cp1251", "utf-16", "rot13"]))
    if rng.random() < 0.1:  # noqa: PLR2004  # as above
        options += ("--separator", rng.choice([separator, "x", "tab", ";"]))
    return Change({**files, f"t.{kind}": text.encode(code, "replace")}, f"{' + '.join(done)} as {code}", options)


def _cell(rows: list[list[str]], rng: random.Random) -> str:  # noqa: C901  # a list of ways
    at, column = rng.randrange(len(rows)), rng.randrange(max(len(rows[0]), 1))
    match rng.randrange(12):
        case 0:
            rows[at].append(hostile(rng))
        case 1:
            rows[at] = rows[at][:column]
        case 2:
            rows.insert(at, [""] * rng.choice([1, 5, len(rows[0])]))
        case 3:
            rows.insert(at, list(rows[at]))
        case 4:
            del rows[at]
            rows.append([""] * 3)
        case 5:
            for row in rows:
                row[column : column + 1] = []
        case 6:
            rows[at + 1 : at + 1] = [[""] * 3 for _ in range(rng.choice([100, 50_000]))]
        case 7:
            for row in rows:
                row.insert(min(column, len(row)), hostile(rng) if row is rows[0] else "x")
        case _:
            rows[at][column : column + 1] = [rng.choice(_CELLS) if rng.random() < 0.5 else hostile(rng)]  # noqa: PLR2004
            return "cell of names" if at == 0 else "cell"
    return "rows and columns"


_CELL = "<table:table-cell"
_PIECES = [
    '<c t="s"><v>99999</v></c>',
    '<c t="s"><v>-1</v></c>',
    '<c t="inlineStr"/>',
    '<c t="e"><v>#N/A</v></c>',
    "<c><f>1+1</f></c>",
    '<c s="99999"><v>1</v></c>',
    '<c s="-1"><v>1</v></c>',
    "<c><v>nan</v></c>",
    "<c><v>1e999</v></c>",
    "<c><v>x</v></c>",
    '<c s="2"><v>2958466</v></c>',
    '<c s="2"><v>-1</v></c>',
    '<c s="2"><v>2958465.99999999</v></c>',
    '<c r="ZZZ1"><v>1</v></c>',
    '<c r="A0"><v>1</v></c>',
    '<c r="A1"><v>1</v></c>',
    '<c t="d"><v>2026-99-99</v></c>',
    '<c t="x"><v>1</v></c>',
    '<row r="0"/>',
    '<row r="-5"><c><v>1</v></c></row>',
    '<row r="99999999999"><c><v>1</v></c></row>',
    '<row hidden="1"/>',
    '<mergeCells><mergeCell ref="A1:B2"/></mergeCells>',
    '<mergeCells><mergeCell ref="A2:XFD9999999"/></mergeCells>',
    '<mergeCells><mergeCell ref=""/></mergeCells>',
    '<mergeCells><mergeCell ref="A9:B2"/></mergeCells>',
    "<!-- x -->",
    "<?x y?>",
    "<mergeCells>" + '<mergeCell ref="A2:B9999999"/>' * 200 + "</mergeCells>",
    "<a/>" * 500_000,
    "<c/>" * 500_000,
    "&amp;",
    "&x;",
    f'<table:table-row table:number-rows-repeated="-5">{_CELL}><text:p>x</text:p></table:table-cell></table:table-row>',
    '<table:table-row table:number-rows-repeated="99999999999999999999"/>',
    "<text:p>" * 400,
    "<text:s text:c='-1'/>",
    f'{_CELL} table:number-columns-repeated="-5" office:value-type="string"><text:p>x</text:p></table:table-cell>',
    f'{_CELL} table:number-rows-spanned="999999999" office:value-type="string"><text:p>x</text:p></table:table-cell>',
    '<table:table-cell office:value-type="float" office:value="nan"/>',
    '<table:table-cell office:value-type="date" office:date-value="x"/>',
    '<table:table-cell office:value-type="date" office:date-value="9999-12-31T23:59:59.9"/>',
    '<table:table-cell office:value-type="float"/>',
    "<text:s text:c='999999999'/>" * 3000,
    '<table:table-row-group table:display="false">',
    "\x00",
    "\ud7ff",
    "\ufffe",
]
_ATTRIBUTE = re.compile(r'(?<=")[^"<>]*(?=")')


def package(kind: str, files: dict[str, bytes], rng: random.Random) -> Change:
    """Change a workbook: the text of a part, which parts there are, or the ZIP itself."""
    name = f"t.{kind}"
    with zipfile.ZipFile(io.BytesIO(files[name])) as whole:
        parts = {part.filename: whole.read(part) for part in whole.infolist()}
    done = list[str]()
    for _ in range(rng.choice([1, 1, 2, 3])):
        part = rng.choice(list(parts))
        way = rng.choice(_PART)
        if parts[part] or way is _drop:
            way(parts, part, rng)
            done.append(f"{way.__name__.strip('_')} {part.rpartition('/')[2]}")
    return Change({**files, name: _zipped(parts, rng)}, " + ".join(done))


def _attribute(parts: dict[str, bytes], part: str, rng: random.Random) -> None:
    text = parts[part].decode("utf-8", "replace")
    if found := list(_ATTRIBUTE.finditer(text)):
        spot = rng.choice(found)
        new = rng.choice(
            [
                "",
                "-1",
                "0",
                "x",
                "999999999999",
                "1e9",
                "\u202e",
                "../../x",
                "/etc/passwd",
                "http://127.0.0.1:9/",
                hostile(rng),
            ]
        )
        parts[part] = (text[: spot.start()] + new + text[spot.end() :]).encode("utf-8", "replace")


def _piece(parts: dict[str, bytes], part: str, rng: random.Random) -> None:
    text = parts[part].decode("utf-8", "replace")
    if found := [match.end() for match in re.finditer(">", text)]:
        at = rng.choice(found)
        parts[part] = (text[:at] + rng.choice(_PIECES) + text[at:]).encode("utf-8", "replace")


def _text(parts: dict[str, bytes], part: str, rng: random.Random) -> None:
    text = parts[part].decode("utf-8", "replace")
    if found := list(re.finditer(r"(?<=>)[^<>]+(?=<)", text)):
        spot = rng.choice(found)
        parts[part] = (text[: spot.start()] + hostile(rng) + text[spot.end() :]).encode("utf-8", "replace")


def _flip(parts: dict[str, bytes], part: str, rng: random.Random) -> None:
    changed = bytearray(parts[part])
    changed[rng.randrange(len(changed))] ^= 1 << rng.randrange(8)
    parts[part] = bytes(changed)


def _drop(parts: dict[str, bytes], part: str, _rng: random.Random) -> None:
    if len(parts) > 1:
        del parts[part]


def _rename(parts: dict[str, bytes], part: str, rng: random.Random) -> None:
    parts[rng.choice(["../x", part.upper(), f"/{part}", "x" * 300, part + "\x00"])] = parts.pop(part)


def _doctype(parts: dict[str, bytes], part: str, rng: random.Random) -> None:
    entity = rng.choice(
        ['<!ENTITY x SYSTEM "file:///etc/passwd">', '<!ENTITY x "y">', '<!ENTITY x SYSTEM "http://127.0.0.1:9/">']
    )
    parts[part] = f"<!DOCTYPE a [{entity}]>".encode() + parts[part]


def _recode(parts: dict[str, bytes], part: str, rng: random.Random) -> None:
    code = rng.choice(["utf-16", "utf-8-sig", "cp1251", "utf-32"])
    parts[part] = parts[part].decode("utf-8", "replace").encode(code, "replace")


_PART: tuple[Callable[[dict[str, bytes], str, random.Random], None], ...] = (
    _attribute, _attribute, _attribute, _piece, _piece, _piece, _text, _text, _flip, _drop, _rename, _doctype, _recode,
)  # fmt: skip


def _zipped(parts: dict[str, bytes], rng: random.Random) -> bytes:
    """Put parts together again; now and then with another method, a lie about sizes, or something around them."""
    target = io.BytesIO()
    usual = rng.choice([zipfile.ZIP_DEFLATED] * 8 + [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
    with zipfile.ZipFile(target, "w") as whole:
        for name, content in parts.items():
            whole.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_STORED if name == "mimetype" else usual)
    raw = target.getvalue()
    match rng.randrange(16):
        case 0:
            return raw + b"x" * rng.choice([1, 70_000])
        case 1:
            return raw[: rng.randrange(len(raw))]
        case 2:
            at = raw.rfind(b"PK\x01\x02") + rng.choice([8, 10, 16, 20, 24, 28, 30, 42])
            return (
                raw[:at]
                + rng.choice([b"\xff\xff\xff\x7f", b"\0\0\0\0", b"\x01\x00", b"\xff\xff\xff\xff"])
                + raw[at + 4 :]
            )
        case 3:
            return b"PK\x03\x04" + raw
        case _:
            return raw


def as_rows(text: str) -> list[list[str]]:
    """Read text with semicolons, for tests of the changes themselves."""
    return list(csv.reader(io.StringIO(text), delimiter=";"))
