"""Join the columns of a table to facts, by a mapping or by their names alone; refuse what fits nothing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from generator.errors import CaseError, Place, Problem
from generator.tables.dates import as_case_writes
from generator.tables.doubts import doubt_in
from generator.tables.facts import Kind, Step, kind_of, near, path_of, steps_of
from generator.tables.mapping import ColumnMapping, ColumnRule
from generator.tables.model import Table

CODE = "case.id"
_LIST_ENDS = ";"


@dataclass(frozen=True, slots=True)
class Column:
    """A column that is used: its number from 1, the fact it holds, and how its cells are written."""

    number: int
    path: str
    steps: tuple[Step, ...]
    kind: Kind
    dates: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    above: tuple[str, ...] = ()

    def value(self, cell: str, doubt: str = "") -> tuple[str | list[str], str]:
        """Return a cell as a case file writes it, and the id of what is wrong with it, empty if nothing is."""
        if fault := doubt and doubt_in(self.kind, doubt):
            return cell, fault
        if self.kind != "list":
            return self._one(cell)
        found = [self._one(part.strip()) for part in cell.split(_LIST_ENDS) if part.strip()]
        return [text for text, _ in found], next((fault for _, fault in found if fault), "")

    def _one(self, text: str) -> tuple[str, str]:
        if self.values:
            return _meant(text, self.values)
        return as_case_writes(text, self.dates) if self.kind in {"day", "moment"} else (text, "")


def joined_columns(table: Table, mapping: ColumnMapping | None) -> tuple[Column, ...]:
    """Return the columns of a table that hold facts; raise `CaseError` with all that fits nothing."""
    columns, problems = list[Column](), list[Problem]()
    for number, name in enumerate(table.header, 1):
        if not name:
            continue
        place = Place(table.file, table.header_row, number)
        rule = mapping.rules.get(name) if mapping else ColumnRule(path=name)
        if rule is None:
            problems.append(Problem("column-not-mapped", place))
        elif rule.skip == "no":
            found = list(_rule_problems(rule, mapping.place(name) if mapping else place))
            problems += found
            columns += [] if found else [_column(number, rule)]
    problems += _absent(table, mapping) if mapping else []
    problems += _clashes(columns, table, mapping)
    if not any(column.path == CODE for column in columns):
        problems.append(Problem("no-code-column", Place(table.file, table.header_row, 1), CODE))
    if problems:
        raise CaseError(problems)
    return tuple(columns)


def _meant(cell: str, values: Mapping[str, str]) -> tuple[str, str]:
    word = cell.casefold()
    if word in values:
        return values[word], ""
    return cell, "" if cell in values.values() else "word-not-mapped"


def _column(number: int, rule: ColumnRule) -> Column:
    words = {word.casefold(): meaning for word, meaning in rule.values.items()}
    steps = steps_of(rule.path) or ()
    above = tuple(path_of(steps[:length]) for length in range(1, len(steps)))
    return Column(number, rule.path, steps, kind_of(rule.path) or "text", rule.dates or "", words, above)


def _rule_problems(rule: ColumnRule, place: Place) -> Iterator[Problem]:
    kind = kind_of(rule.path)
    if kind is None:
        close = near(rule.path)
        yield (
            Problem("unknown-fact", place, "", {"known": ", ".join(close)})
            if close
            else Problem("no-fact-like-it", place)
        )
    elif rule.dates and kind not in {"day", "moment"}:
        yield Problem("not-a-date-column", place, rule.path)


def _absent(table: Table, mapping: ColumnMapping) -> Iterator[Problem]:
    """Name the columns that the mapping speaks of and the table does not have."""
    for name in mapping.rules:
        if name not in table.header:
            yield Problem("column-absent", mapping.place(name), "", {"table": table.file})


def _clashes(columns: Sequence[Column], table: Table, mapping: ColumnMapping | None) -> Iterator[Problem]:
    """Refuse a fact that two columns hold, and a fact of which another column holds a part."""
    first = dict[tuple[Step, ...], Column]()
    for column in sorted(columns, key=lambda each: (len(each.steps), each.number)):
        for length in range(1, len(column.steps) + 1):
            if other := first.get(column.steps[:length]):
                name = table.header[column.number - 1]
                place = mapping.place(name) if mapping else Place(table.file, table.header_row, column.number)
                yield Problem("fact-twice", place, column.path, {"column": str(other.number)})
        first.setdefault(column.steps, column)
