"""The mapping file: which fact each column of a table holds, and how its cells are written."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from generator.errors import CaseError, Place, Problem
from generator.sources import Source, read_source
from generator.tables.dates import Form
from generator.validation import validate


class ColumnRule(BaseModel):
    """What a column holds: the path of a fact, or nothing of use (`skip`); `values` says what its words mean."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    path: str = ""
    dates: Form | None = None
    values: Mapping[str, str] = Field(default_factory=dict)
    skip: Literal["yes", "no"] = "no"


_Rule = Annotated[ColumnRule, BeforeValidator(lambda value: {"path": value} if isinstance(value, str) else value)]


class _MappingFile(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    columns: Annotated[dict[str, _Rule], Field(min_length=1)]


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """The rules of a mapping file by the name of the column, and where each stands."""

    rules: Mapping[str, ColumnRule]
    source: Source

    def place(self, column: str) -> Place:
        """Return the place of the rule for a column."""
        return self.source.keys.get(f"columns.{column}", Place(self.source.file, 1, 1))


def load_mapping(path: Path) -> ColumnMapping:
    """Load a mapping file; raise `CaseError` with every problem of the file at once."""
    return mapping_of(read_source(path))


def mapping_of(source: Source) -> ColumnMapping:
    """Return the mapping that a parsed file describes; see `load_mapping`."""
    content: _MappingFile = validate(_MappingFile, source, CaseError)
    mapping = ColumnMapping(content.columns, source)
    problems = [
        Problem("column-rule", mapping.place(column), f"columns.{column}")
        for column, rule in mapping.rules.items()
        if bool(rule.path) == (rule.skip == "yes")
    ]
    if problems:
        raise CaseError(problems)
    return mapping
