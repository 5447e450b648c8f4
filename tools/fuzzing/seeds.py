"""The valid inputs that are changed: cases, the example of each kind of letter, tables of three rows, packs."""

import csv
import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from fuzzing.model import Seed
from fuzzing.packs import FOLDER, KINDS

ROOT = Path(__file__).resolve().parent.parent.parent
_BATCH = ROOT / "examples" / "batch"
_LETTERS = ROOT / "templates" / "letters"
_TABLE = ("--mapping", "mapping.yaml", "--base", "base.yaml", "--jobs", "1")
_TEXTS = ("prosecutor-complaint", "rights-assertion", "property-return-request")
_READING = ("check", "explain", "names", "deadlines")
ROWS = 3


def seeds() -> tuple[Seed, ...]:
    """Return all valid inputs, those that matter most several times."""
    rustam = (ROOT / "examples" / "rustam.yaml").read_bytes()
    minimal = (ROOT / "examples" / "minimal.yaml").read_bytes()
    write = ("write", "case.yaml")
    cases = [
        Seed("rustam ru", "case", {"case.yaml": rustam}, write),
        Seed("rustam ru", "case", {"case.yaml": rustam}, write),
        Seed("rustam en", "case", {"case.yaml": rustam}, (*write, "--language", "en")),
        Seed("rustam tg", "case", {"case.yaml": rustam}, (*write, "--language", "tg")),
        Seed("rustam bundle", "case", {"case.yaml": rustam}, (*write, "--bundle", "detained-and-searched")),
        Seed("minimal ru", "case", {"case.yaml": minimal}, write),
        Seed("minimal draft", "case", {"case.yaml": minimal}, (*write, "--draft"), ("docx", "html", "txt")),
        *(Seed(name, "case", {"case.yaml": rustam}, (name, "case.yaml"), ()) for name in _READING),
        Seed("a folder", "case", {"in/case.yaml": minimal}, ("batch", "in", "--jobs", "1")),
    ]
    kinds = [path.parent.name for path in sorted(_LETTERS.glob("*/example.yaml"))]
    cases += [
        Seed(kind, "case", {"case.yaml": (_LETTERS / kind / "example.yaml").read_bytes()}, (*write, "--letter", kind))
        for kind in kinds
    ]
    return (*cases, *_tables(), *_packs(rustam))


def grid() -> list[list[str]]:
    """Return the names of the columns and the first rows of the example table, as texts."""
    text = (_BATCH / "clients.csv").read_text("utf-8-sig")
    return [list(row) for row in csv.reader(io.StringIO(text), delimiter=";")][: ROWS + 1]


def separated(rows: list[list[str]], separator: str = ";", end: str = "\r\n") -> str:
    """Write rows as text with separators."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator, lineterminator=end).writerows(rows)
    return text.getvalue()


def _tables() -> list[Seed]:
    shared = {name: (_BATCH / name).read_bytes() for name in ("mapping.yaml", "base.yaml")}
    table = separated(grid()).encode("utf-8-sig")
    found = [Seed("csv", "csv", {"t.csv": table, **shared}, ("batch", "t.csv", *_TABLE))] * 4
    for kind in ("xlsx", "ods"):
        made = {f"t.{kind}": book(kind), **shared}
        found += [Seed(kind, kind, made, ("batch", f"t.{kind}", *_TABLE))] * 3
    return found


def _packs(case: bytes) -> list[Seed]:
    """Return packs from others with a case: letter texts, what letters share, house styles, law."""
    write = ("--data", FOLDER, "write", "case.yaml")
    templates, every = ROOT / "templates", ("docx", "html", "txt", "pdf")
    packs = [
        *(Seed(f"texts of {kind}", "pack", _files(_LETTERS / kind), (*write, "--letter", kind)) for kind in _TEXTS),
        Seed("passages", "pack", _files(templates / "clauses"), write),
        Seed("languages", "pack", _files(templates / "languages"), (*write, "--bundle", "detained-and-searched")),
        Seed("bundles", "pack", _files(templates / "bundles"), (*write, "--bundle", "detained-and-searched")),
        Seed("law", "pack", _files(ROOT / "law" / "tj"), write),
    ]
    for style in ("plain", "office"):
        files = _files(templates / "house-styles" / style)
        packs += [Seed(f"style {style}", "pack", files, (*write, "--style", style), every)] * 3
    return [replace(each, files={"case.yaml": case, **each.files}) for each in packs]


def _files(*folders: Path) -> dict[str, bytes]:
    """Return what lies in folders of the data, as a pack from others would have it."""
    paths = [path for folder in folders for path in sorted(folder.rglob("*")) if path.suffix in KINDS]
    return {FOLDER + path.relative_to(ROOT).as_posix(): path.read_bytes() for path in paths}


@lru_cache
def book(kind: str) -> bytes:
    """Return the example table as a workbook, with days as days, from the makers of the tests."""
    from tables import books  # noqa: PLC0415  # lies beside the tests; see tools/fuzz.py

    head, *rows = grid()
    if kind == "xlsx":
        whole = books.xlsx(*(books.row(*_dated(row, head, books.number)) for row in rows))
        return _headed(whole, books.row(*books.NAMES), books.row(*head))
    whole = books.ods(*(books.line(*row) for row in rows))
    return _headed(whole, books.line(*books.NAMES), books.line(*head))


def _dated(row: list[str], head: list[str], number: Callable[..., str]) -> list[str]:
    """Return the cells of a row; the day of birth is a number that is shown as a day, the count a number."""
    cells = list(row)
    cells[head.index("Дата рождения")] = number("24635", "day")  # 12 June 1967
    cells[head.index("Подошло человек")] = number("2")
    return cells


def _headed(whole: bytes, old: str, new: str) -> bytes:
    """Return a workbook with other names of columns."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as before, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as after:
        for part in before.infolist():
            after.writestr(part, before.read(part).replace(old.encode(), new.encode()))
    return target.getvalue()
