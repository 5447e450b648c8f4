"""The example of a batch: fifty clients as a table and as files say the same, and each makes a final letter."""

from pathlib import Path

import examples_batch
import pytest
from letters import AS_OF, LAW, ROOT, letter_of

from generator.case.load import case_of, load_case
from generator.checks import Subject, errors
from generator.sources import read_source
from generator.tables.cases import Plan, column_plan
from generator.tables.mapping import load_mapping
from generator.tables.model import Table
from generator.tables.read import read_table

FOLDER = ROOT / "examples" / "batch"
CASES = sorted((FOLDER / "cases").iterdir())


def _planned() -> tuple[Table, Plan]:
    table = read_table(FOLDER / "clients.csv")
    return table, column_plan(table, load_mapping(FOLDER / "mapping.yaml"), read_source(FOLDER / "base.yaml"))


def test_the_table_and_the_files_are_the_same_fifty_cases():
    """A row over the base is the case that the file of the same code tells."""
    table, plan = _planned()
    assert len(table.rows) == len(CASES) == 50
    for row in table.rows:
        code, _ = plan.code(row)
        assert case_of(plan.source(row)).facts == load_case(FOLDER / "cases" / f"{code}.yaml").facts


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_each_makes_a_final_complaint(path):
    """No client lacks anything that the complaint needs."""
    case = load_case(path)
    letter = letter_of(case).letter
    assert not list(errors(Subject(case, LAW, AS_OF)))
    assert letter.body
    assert not letter.draft_mark


def test_the_example_is_what_its_tool_writes(tmp_path):
    """Nobody has changed the table or a file by hand."""
    examples_batch.main(tmp_path)
    written = {path.relative_to(tmp_path): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert set(written) == {Path("clients.csv"), *(path.relative_to(FOLDER) for path in CASES)}
    for name, content in written.items():
        assert content == (FOLDER / name).read_bytes(), name
