"""Changes of a workbook or Word file: the text of a part, which parts there are, or how the ZIP is put together."""

import io
import random
import re
import zipfile
from collections.abc import Callable

from fuzzing.model import Change
from fuzzing.values import hostile

_CELL = "<table:table-cell"
PIECES = [
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
"""What is put into the parts of a workbook."""
_ATTRIBUTE = re.compile(r'(?<=")[^"<>]*(?=")')


def package(name: str, files: dict[str, bytes], rng: random.Random, pieces: list[str]) -> Change:
    """Change a ZIP of XML: a part of it, which parts there are, or the ZIP itself; `pieces` are put into parts."""
    with zipfile.ZipFile(io.BytesIO(files[name])) as whole:
        parts = {part.filename: whole.read(part) for part in whole.infolist()}
    done = list[str]()
    for _ in range(rng.choice([1, 1, 2, 3])):
        part = rng.choice(list(parts))
        way = rng.choice(_PART)
        if parts[part] or way is _drop:
            way(parts, part, rng, pieces)
            done.append(f"{way.__name__.strip('_')} {part.rpartition('/')[2]}")
    return Change({**files, name: _zipped(parts, rng)}, " + ".join(done))


def _attribute(parts: dict[str, bytes], part: str, rng: random.Random, _pieces: list[str]) -> None:
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


def _piece(parts: dict[str, bytes], part: str, rng: random.Random, pieces: list[str]) -> None:
    text = parts[part].decode("utf-8", "replace")
    if found := [match.end() for match in re.finditer(">", text)]:
        at = rng.choice(found)
        parts[part] = (text[:at] + rng.choice(pieces) + text[at:]).encode("utf-8", "replace")


def _text(parts: dict[str, bytes], part: str, rng: random.Random, _pieces: list[str]) -> None:
    text = parts[part].decode("utf-8", "replace")
    if found := list(re.finditer(r"(?<=>)[^<>]+(?=<)", text)):
        spot = rng.choice(found)
        parts[part] = (text[: spot.start()] + hostile(rng) + text[spot.end() :]).encode("utf-8", "replace")


def _flip(parts: dict[str, bytes], part: str, rng: random.Random, _pieces: list[str]) -> None:
    changed = bytearray(parts[part])
    changed[rng.randrange(len(changed))] ^= 1 << rng.randrange(8)
    parts[part] = bytes(changed)


def _drop(parts: dict[str, bytes], part: str, _rng: random.Random, _pieces: list[str]) -> None:
    if len(parts) > 1:
        del parts[part]


def _rename(parts: dict[str, bytes], part: str, rng: random.Random, _pieces: list[str]) -> None:
    parts[rng.choice(["../x", part.upper(), f"/{part}", "x" * 300, part + "\x00"])] = parts.pop(part)


def _doctype(parts: dict[str, bytes], part: str, rng: random.Random, _pieces: list[str]) -> None:
    entity = rng.choice(
        ['<!ENTITY x SYSTEM "file:///etc/passwd">', '<!ENTITY x "y">', '<!ENTITY x SYSTEM "http://127.0.0.1:9/">']
    )
    parts[part] = f"<!DOCTYPE a [{entity}]>".encode() + parts[part]


def _recode(parts: dict[str, bytes], part: str, rng: random.Random, _pieces: list[str]) -> None:
    code = rng.choice(["utf-16", "utf-8-sig", "cp1251", "utf-32"])
    parts[part] = parts[part].decode("utf-8", "replace").encode(code, "replace")


_PART: tuple[Callable[[dict[str, bytes], str, random.Random, list[str]], None], ...] = (
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
