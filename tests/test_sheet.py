"""Empty tables: each has the columns that its letter needs, explains them, and comes back as a case."""

import csv
import io

import pytest
from letters import ALONE, KINDS, LETTERS, letter_of

from generator.case.load import case_of
from generator.cli.messages import LANGUAGES
from generator.sources import Tree, read_source
from generator.tables.cases import column_plan
from generator.tables.read import read_table
from generator.tables.sheet import empty_sheet, sheet_columns


def _flat(tree: Tree, path: str = "") -> dict[str, str]:
    """Return the texts of a case file by path."""
    match tree:
        case str():
            return {path: tree}
        case list() if all(isinstance(each, str) for each in tree):
            return {path: "; ".join(map(str, tree))}
        case list():
            parts = ((f"{path}[{number}]", each) for number, each in enumerate(tree, 1))
        case _:
            parts = ((f"{path}.{key}".strip("."), each) for key, each in tree.items())
    return {where: text for part, each in parts for where, text in _flat(each, part).items()}


def _spelt(path: str) -> tuple[str, ...]:
    """Return the ways in which a case file can write the fact of a column."""
    return path, f"{path}.ru", f"{path}[1].ru", path.removesuffix(".nom")


@pytest.mark.parametrize("kind", ALONE)
def test_a_filled_sheet_makes_its_letter(kind, tmp_path):
    """One row below the names, filled in from the example of the letter, is a case that makes a final letter."""
    table = list(csv.reader(io.StringIO(empty_sheet(KINDS[kind], "ru").decode("utf-8-sig")), delimiter=";"))
    told = _flat(read_source(LETTERS / kind / "example.yaml").tree)
    row = [next((told[name] for name in _spelt(path) if name in told), "") for path in table[0]]
    path = tmp_path / "sheet.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=";").writerows([*table, row])
    read = read_table(path)
    assert (read.comments, len(read.rows)) == (1, 1)
    case = case_of(column_plan(read).source(read.rows[0]))
    assert letter_of(case, kind=kind).letter.body


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ALONE)
def test_every_column_is_explained(kind, language):
    """Below each name stands what to write, and the row is a comment."""
    names, explained = csv.reader(io.StringIO(empty_sheet(KINDS[kind], language).decode("utf-8-sig")), delimiter=";")
    assert names == list(sheet_columns(KINDS[kind]))
    assert explained[0].startswith("# ")
    assert all(explained)


@pytest.mark.parametrize("kind", ALONE)
def test_what_a_letter_needs_has_a_column(kind):
    """Each required fact is a column, or its parts are."""
    columns = [path.replace("[1]", "") for path in sheet_columns(KINDS[kind])]
    for path in KINDS[kind].kind.requires:
        assert any(column == path or column.startswith(f"{path}.") for column in columns), path
