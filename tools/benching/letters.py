"""The letters that a table of clients comes to, in the document model, for whoever makes peers of our files."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from benching.clients import BASE, MAPPING
from generator.assembly import Order, assemble
from generator.case.load import case_of
from generator.document import Letter
from generator.folders import bundled_folder, standard_folders
from generator.law.load import load_law
from generator.letters.catalogue import load_kind
from generator.letters.language import load_language
from generator.render.house_style import HouseStyle, cached, dressed
from generator.sources import Source, read_source
from generator.tables.cases import column_plan
from generator.tables.mapping import load_mapping
from generator.tables.read import read_table

AS_OF = date(2026, 7, 1)


def style() -> HouseStyle:
    """Return the house style of all letters of the benchmark."""
    return cached(bundled_folder() / "templates" / "house-styles" / "plain")


def sources(table: Path) -> Iterator[tuple[str, Source]]:
    """Yield the code of each row of a table, and the row as if it were a case file."""
    read = read_table(table)
    plan = column_plan(read, load_mapping(MAPPING), read_source(BASE))
    return ((plan.code(row)[0], plan.source(row)) for row in read.rows)


def letters(table: Path) -> Iterator[tuple[str, Letter]]:
    """Yield the code of each row of a table, and its letter."""
    folders = standard_folders()
    law, kind = load_law("tj", folders), load_kind("prosecutor-complaint", folders)
    order = Order(load_language("ru", folders), AS_OF)
    for code, source in sources(table):
        yield code, dressed(assemble(case_of(source), law, kind, order, folders).letter, style())
