"""What comes of a table, as lines a test can compare: the facts of each row, or what is wrong and where."""

from collections.abc import Iterator
from pathlib import Path

from generator.case.load import case_of
from generator.case.paths import value_at
from generator.errors import GeneratorError
from generator.sources import parse_source
from generator.tables.cases import column_plan
from generator.tables.mapping import mapping_of
from generator.tables.model import TableOptions
from generator.tables.read import read_table

BASE = "case: {country: TJ}\n"


def outcome(path: Path, options: TableOptions | None = None, mapping: str = "", base: str = BASE) -> list[str]:
    """Return a line for each row (`2: a-1, Рахимов`), for each problem (`3:4 date-unclear`), and of what was left out.

    Facts are told as they come out of the checked case, in the order of the columns.
    """
    try:
        table = read_table(path, options)
        rules = mapping_of(parse_source(mapping.encode(), "map.yaml")) if mapping else None
        plan = column_plan(table, rules, parse_source(base.encode(), "base.yaml") if base else None)
    except GeneratorError as fault:
        return list(_problems(fault))
    lines = list[str]()
    for row in table.rows:
        try:
            facts = case_of(plan.source(row)).facts
        except GeneratorError as fault:
            lines += _problems(fault)
        else:
            told = [_told(value_at(facts, column.path)) for column in plan.columns]
            lines.append(f"{row.number}: {', '.join(told)}")
    counts = {"blank": table.blank, "hidden": table.hidden, "comments": table.comments}
    return lines + [f"{name} {count}" for name, count in counts.items() if count]


def _problems(fault: GeneratorError) -> Iterator[str]:
    for problem in fault.problems:
        where = f"{problem.place.line}:{problem.place.column}" if problem.place else "-"
        file = Path(problem.place.file).name if problem.place else ""
        yield f"{file if file.endswith('.yaml') else ''}{where} {problem.id}"


def _told(value: object) -> str:
    match value:
        case None:
            return "-"
        case tuple():
            return "+".join(map(str, value)) or "-"
        case dict():
            return "/".join(f"{key}:{text}" if key else str(text) for key, text in value.items())
        case _ if hasattr(value, "clock"):
            clock = f" {value.clock:%H:%M}" if value.clock else ""
            return f"{'~' if value.approximate else ''}{value.day}{clock}"
        case _:
            return str(value)
