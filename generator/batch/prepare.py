"""Settle what a batch is, before the first of its cases is made: which units there are, and what all of them share."""

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from generator.batch.materials import materials_digest
from generator.batch.model import Setup, Unit
from generator.batch.units import case_files, units_of_files, units_of_table
from generator.digests import sha256
from generator.errors import CaseError
from generator.folders import Folders
from generator.render.engine import Choice, chosen_engine
from generator.render.house_style import cached
from generator.sources import parse_source, read_bytes
from generator.tables.cases import column_plan
from generator.tables.mapping import mapping_of
from generator.tables.model import TableOptions
from generator.tables.packed import Packed
from generator.tables.read import read_table
from generator.targets import odd_names
from generator.writing import Wish, check_wish

TABLES = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls", ".ods")
"""How the names of tables end."""


@dataclass(frozen=True, slots=True)
class TableWish:
    """How a table becomes cases: the mapping of its columns, the base its rows are laid over, how to read it."""

    mapping: Path | None = None
    base: Path | None = None
    options: TableOptions = field(default_factory=TableOptions)


@dataclass(frozen=True, slots=True)
class Batch:
    """All that is to be made: the units, what they share, and how many rows of a table were left out, by what they are.

    `origin` is the digest of the name of the source: cases that vanished from it are looked for only there.
    """

    units: Sequence[Unit]
    setup: Setup
    origin: str
    left_out: Mapping[str, int] = field(default_factory=dict)


def is_table(source: Path) -> bool:
    """Tell whether a source is a table, by its name."""
    return source.suffix.lower() in TABLES


def batch_of_files(source: Path, wish: Wish, out: Path, folders: Folders) -> Batch:
    """Return the batch of a folder of case files, or of a pattern of their names."""
    setup = _setup(wish, out, folders)
    return Batch(Packed(units_of_files(case_files(source))), setup, _origin(source))


def batch_of_table(source: Path, how: TableWish, wish: Wish, out: Path, folders: Folders) -> Batch:
    """Return the batch of the rows of a table; raise `CaseError` with what is wrong with its columns or the base."""
    table = read_table(source, how.options)
    mapping, base = (read_bytes(path, CaseError) if path else b"" for path in (how.mapping, how.base))
    plan = column_plan(
        table,
        mapping_of(parse_source(mapping, how.mapping.as_posix())) if how.mapping else None,
        parse_source(base, how.base.as_posix()) if how.base else None,
    )
    common = b"\0".join(("\x1f".join(table.header).encode(), mapping, base))
    setup = replace(_setup(wish, out, folders), plan=plan, common=common)
    left_out = {"blank": table.blank, "hidden": table.hidden, "comments": table.comments}
    return Batch(Packed(units_of_table(table, plan)), setup, _origin(source), left_out)


def selection_of(wish: Wish) -> str:
    """Return the digest of what is made of each case: letters, languages, formats, style, draft or final."""
    asked = {name: value for name, value in asdict(wish).items() if name not in {"as_of", "force"}}
    return sha256(json.dumps(asked, sort_keys=True).encode())


def _setup(wish: Wish, out: Path, folders: Folders) -> Setup:
    """Return what the cases of a batch share; raise `CaseError` for a wish that no case could fulfil.

    Its key covers the day, the program, and all law, texts and styles there are: whatever of these changes, letters
    are drawn up anew, and those that come out the same are left alone.
    """
    check_wish(wish, folders)
    wish = replace(wish, batch=True, pdf_engine=_engine(wish, folders))
    materials = materials_digest(folders)
    key = sha256(json.dumps([selection_of(wish), wish.as_of.isoformat(), materials]).encode())
    return Setup(wish, out, folders, materials, key, odd_names(out))


def _engine(wish: Wish, folders: Folders) -> Choice:
    """Return the PDF engine for all cases, each worker by itself might choose another; none is looked for in vain."""
    if not wish.paged:
        return wish.pdf_engine
    folder = folders.find("templates", "house-styles", wish.style)
    return chosen_engine(wish.pdf_engine, cached(folder), batch=True) if folder else "weasyprint"


def _origin(source: Path) -> str:
    return sha256(os.fsencode(source.absolute()))
