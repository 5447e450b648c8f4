"""Turn the rows of a table into cases: a base that all share, overlaid by the filled cells of a row."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby

from generator.case.model import CaseFile
from generator.case.values import CODE as CODE_PATTERN
from generator.errors import CaseError, Place, Problem
from generator.sources import Source
from generator.tables.columns import CODE, Column, joined_columns
from generator.tables.doubts import doubt_in
from generator.tables.facts import Step, single_key
from generator.tables.guards import GUARDS, guarding, joined
from generator.tables.mapping import ColumnMapping
from generator.tables.model import Row, Table
from generator.tree import Tree
from generator.validation import validate

_Values = Sequence[str | list[str] | None]


@dataclass(frozen=True, slots=True)
class Branch:
    """The facts of the columns as a tree: below each step stands a branch, or the index of a column.

    `single` is the key under which a single text of the base goes on standing when a column adds a part to it.
    """

    parts: tuple[tuple[Step, "Branch | int"], ...]
    single: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """How a row of one table becomes a case; small, and fit to be sent to another process; equal to none but itself.

    `guards` has the columns of the lists that are joined to those of the base, by the name of the list.
    """

    file: str
    columns: tuple[Column, ...]
    branch: Branch
    base: Source
    covered: tuple[tuple[str, ...], ...]
    guards: Mapping[str, tuple[int, ...]]

    def code(self, row: Row) -> tuple[str, Place]:
        """Return the code of a row's case and its place; raise `CaseError` where there is none or it is no code."""
        if row.problems:
            raise CaseError(row.problems)
        column = next(column for column in self.columns if column.path == CODE)
        place = Place(self.file, row.number, column.number)
        if found := row.cell_problems.get(column.number):
            raise CaseError([found])
        text = row.cells[column.number - 1]
        if not text:
            raise CaseError.one("row-without-code", place, CODE)
        if (doubt := row.doubts.get(column.number)) and (fault := doubt_in(column.kind, doubt)):
            raise CaseError.one(fault, place, CODE)
        if not re.fullmatch(CODE_PATTERN, text):
            raise CaseError.one("not-a-code", place, CODE)
        return text, place

    def source(self, row: Row) -> Source:
        """Return what a row says as if it were a case file; raise `CaseError` with all that is wrong with the row.

        An empty cell says nothing: the base holds. Nothing of the base is copied but the branches that change.
        """
        if row.problems:  # then no cell can be trusted to be in its column
            raise CaseError(row.problems)
        values, problems = self._values(row)
        gaps = list[int]()
        tree = _laid_over(self.base.tree, self.branch, values, gaps)
        tree = {**tree, **joined(tree, self.guards, values)} if isinstance(tree, dict) else {}
        source = Source(self.file, tree, self._places(row, values), self.base.keys)
        problems += [Problem("number-skipped", self._place(row, index), self.columns[index].path) for index in gaps]
        if problems:
            raise CaseError([*problems, *_others(source, problems)])
        return source

    def _values(self, row: Row) -> tuple[_Values, list[Problem]]:
        """Return the value of each column, `None` where its cell is empty or wrong, and the problems of the cells."""
        values, problems = list[str | list[str] | None](), list[Problem]()
        for index, column in enumerate(self.columns):
            cell, value, fault = row.cells[column.number - 1], None, ""
            if found := row.cell_problems.get(column.number):
                problems.append(Problem(found.id, found.place, column.path, found.values))
            elif cell:
                value, fault = column.value(cell, row.doubts.get(column.number, ""))
            elif column.path == CODE:
                fault = "row-without-code"
            if fault:
                known = {"known": ", ".join(column.values)} if column.values else {}
                problems.append(Problem(fault, self._place(row, index), column.path, known))
            values.append(value if value and not fault else None)
        return values, problems

    def _places(self, row: Row, values: _Values) -> Mapping[str, Place]:
        """Return the places of the base, with those of the row in front; what only the row has lies in the row."""
        return _PlacesOfRow(self.file, row.number, _known(self, tuple([value is not None for value in values])))

    def _place(self, row: Row, index: int) -> Place:
        return Place(self.file, row.number, self.columns[index].number)


@dataclass(frozen=True, slots=True)
class _PlacesOfRow(Mapping[str, Place]):
    """The places of one row: those of the base, and the numbers of the columns that say something instead."""

    file: str
    row: int
    known: Mapping[str, Place | int]

    def __getitem__(self, path: str) -> Place:
        found = self.known[path]
        return Place(self.file, self.row, found) if isinstance(found, int) else found

    def __iter__(self) -> Iterator[str]:
        return iter(self.known)

    def __len__(self) -> int:
        return len(self.known)


@lru_cache(maxsize=64)
def _known(plan: Plan, filled: tuple[bool, ...]) -> Mapping[str, Place | int]:
    """Return what is known of places where these columns are filled; most rows of a table fill the same."""
    places: dict[str, Place | int] = {**plan.base.values, "": 1}
    for column, covered, there in zip(plan.columns, plan.covered, filled, strict=True):
        if there and column.steps[0] in GUARDS:  # what the base says of them holds, and lies where it lay
            places[str(column.steps[0])] = column.number
        elif there:
            for path in covered:
                places.pop(path, None)
            places[column.path] = column.number
            for path in column.above:
                places.setdefault(path, column.number)
    return places


def column_plan(table: Table, mapping: ColumnMapping | None = None, base: Source | None = None) -> Plan:
    """Plan how the rows of a table become cases; raise `CaseError` with all that is wrong with columns and base."""
    base = base or Source(table.file, {}, {}, {})
    base = replace(base, values=dict(base.values), keys=dict(base.keys))  # copied for each row, and sent to processes
    problems = list[Problem]()
    columns: tuple[Column, ...] = ()
    try:
        columns = joined_columns(table, mapping)
    except CaseError as fault:
        problems += fault.problems
    problems += [problem for problem in _problems(base) if problem.id != "missing-key"]  # the rows may have it
    if problems:
        raise CaseError(problems)
    covered = tuple(tuple(path for path in base.values if _lies_in(path, column.path)) for column in columns)
    others = [(n, column) for n, column in enumerate(columns) if column.steps[0] not in GUARDS]
    return Plan(table.file, columns, _branch((), others), base, covered, guarding(columns))


def _branch(above: tuple[Step, ...], columns: Sequence[tuple[int, Column]]) -> Branch:
    depth = len(above)
    parts = list[tuple[Step, Branch | int]]()
    ordered = sorted(columns, key=lambda each: (str(each[1].steps[depth]).zfill(3), each[0]))
    for step, group in groupby(ordered, key=lambda each: each[1].steps[depth]):
        members = list(group)
        index, column = members[0]
        leaf = len(column.steps) == depth + 1
        parts.append((step, index if leaf else _branch((*above, step), members)))
    return Branch(tuple(parts), single_key(above))


def _laid_over(base: Tree | None, branch: Branch | int, values: _Values, gaps: list[int]) -> Tree | None:
    """Return the base with the values of a branch in it; the base itself where the row says nothing there."""
    if isinstance(branch, int):
        value = values[branch]
        return base if value is None else value  # type: ignore[return-value]  # a list of texts is a tree
    if isinstance(branch.parts[0][0], int):
        members = _list_over(base if isinstance(base, list) else [], branch, values, gaps)
        return base if members is None else members
    old = {branch.single: base} if isinstance(base, str) and branch.single is not None else base
    below = old if isinstance(old, dict) else {}
    changed = dict[str, Tree]()
    for step, part in branch.parts:
        before = below.get(str(step))
        after = _laid_over(before, part, values, gaps)
        if after is not None and after is not before:
            changed[str(step)] = after
    return {**below, **changed} if changed else base


def _list_over(base: list[Tree], branch: Branch, values: _Values, gaps: list[int]) -> list[Tree] | None:
    """Return the members of a list with those of the row, `None` where the row has none."""
    members, changed = list(base), False
    for step, part in branch.parts:
        number = int(step)
        before = base[number - 1] if number <= len(base) else None
        after = _laid_over(before, part, values, gaps)
        if after is None or after is before:
            continue
        changed = True
        if number <= len(members):
            members[number - 1] = after
        elif number == len(members) + 1:
            members.append(after)
        else:
            gaps.append(_first_filled(part, values))
    return members if changed else None


def _first_filled(branch: Branch | int, values: _Values) -> int:
    """Return the index of the first column in a branch that has a value."""
    if isinstance(branch, int):
        return branch
    filled = (_first_filled(part, values) for _, part in branch.parts)
    return next(index for index in filled if values[index] is not None)


def _others(source: Source, known: Sequence[Problem]) -> Iterator[Problem]:
    """Name what the check of the case finds besides, but not that a fact is missing whose cell is wrong."""
    wrong = {problem.path for problem in known}
    for problem in _problems(source):
        if not (
            problem.id == "missing-key" and any(path == problem.path or _lies_in(path, problem.path) for path in wrong)
        ):
            yield problem


def _problems(source: Source) -> Sequence[Problem]:
    try:
        validate(CaseFile, source, CaseError)
    except CaseError as fault:
        return fault.problems
    return ()


def _lies_in(path: str, above: str) -> bool:
    return path.startswith((f"{above}.", f"{above}["))
