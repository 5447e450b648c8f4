"""Say what became of a batch: counts and the first refusals on the screen, every case in the result sheets, or JSON."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import click

from generator.batch.ledger import Ledger
from generator.batch.model import Outcome
from generator.cli.messages import LANGUAGES, Messages
from generator.cli.report import all_as_json, problem_lines
from generator.digests import sha256_of
from generator.errors import OutputError, Place, Problem, shown
from generator.tables.results import COLUMNS, ResultRow, write_results

SHOWN = 20
"""How many refused cases are told on the screen; the result sheets tell all."""


@dataclass(slots=True)
class Tally:
    """What became of a batch: numbers by outcome, the number of files made, refused cases to be told, and notes."""

    keep_all: bool
    counts: Counter[str] = field(default_factory=Counter)
    files: int = 0
    refused: list[Outcome] = field(default_factory=list)
    notes: dict[str, tuple[Problem, int]] = field(default_factory=dict)

    def add(self, outcomes: Iterable[Outcome]) -> None:
        """Take in what has become known."""
        for outcome in outcomes:
            self.counts[outcome.state] += 1
            self.files += len(outcome.files) if outcome.state == "made" else 0
            if outcome.state == "made":
                self._note(outcome.problems)
            elif outcome.state == "refused" and (self.keep_all or len(self.refused) < SHOWN):
                self.refused.append(outcome)

    def _note(self, problems: Iterable[Problem]) -> None:
        """Count what is the same for many cases, such as that no PDF can be made here."""
        for problem in problems:
            key = f"{problem.id} {sorted(problem.values.items())}"
            first, number = self.notes.get(key, (problem, 0))
            self.notes[key] = (first, number + 1)

    @property
    def unchanged(self) -> int:
        """Return how many cases had nothing to be made, edited letters or not."""
        return self.counts["skipped"] + self.counts["edited"]


def say_tally(messages: Messages, tally: Tally, total: int) -> None:
    """Print the counts, and on stderr what is wrong with refused cases."""
    for outcome in tally.refused:
        for problem in outcome.problems:
            for line in problem_lines(messages, replace(problem, place=problem.place or outcome.place)):
                click.echo(line, err=True)
    for note, number in tally.notes.values():
        says, *remedy = problem_lines(messages, replace(note, place=None))
        for line in (messages.say("batch-note", number=number, note=says), *remedy):
            click.echo(line, err=True)
    counts = {name: tally.counts[name] for name in ("made", "refused")}
    if more := tally.counts["refused"] - len(tally.refused):
        click.echo(messages.say("batch-more", number=more), err=True)
    click.echo(messages.say("batch-counts", total=total, files=tally.files, unchanged=tally.unchanged, **counts))
    if tally.counts["edited"]:
        click.echo(messages.say("batch-edited", number=tally.counts["edited"]))


def tally_as_json(messages: Messages, tally: Tally, total: int) -> dict[str, Any]:
    """Return the counts and the refused cases for other programs."""
    refused = [
        {"place": str(each.place), "code": each.code, "problems": all_as_json(messages, each.problems)}
        for each in tally.refused
    ]
    counts = {name: tally.counts[name] for name in ("made", "skipped", "edited")}
    return {"total": total, **counts, "files": tally.files, "refused": refused}


def sheet_heads() -> frozenset[tuple[str, ...]]:
    """Return the titles of the columns of result sheets, in every language."""
    return frozenset(tuple(_titles(Messages(language)).values()) for language in LANGUAGES)


def write_sheets(
    messages: Messages, out: Path, ledger: Ledger, check: Callable[[frozenset[str]], object]
) -> Sequence[Path]:
    """Write the result sheets into the output folder: a row for each file made, and for each problem.

    `check` gets the digests of our older ones and refuses to replace any others; the ledger knows the new ones.
    """
    rows = (row for outcome in ledger.outcomes() for row in _rows(messages, outcome))
    return write_results(out, rows, _titles(messages), lambda sheets: _replacing(ledger, check, sheets))


@contextmanager
def _replacing(ledger: Ledger, check: Callable[[frozenset[str]], object], sheets: Sequence[Path]) -> Iterator[None]:
    place = Place(ledger.path.parent.as_posix())
    try:
        check(ledger.sheets())
    except OutputError as fault:
        raise OutputError.one("results-changed", place) from fault
    with ledger.replacing([sha256_of(sheet) for sheet in sheets]):
        yield


def _titles(messages: Messages) -> dict[str, str]:
    return {name: messages.say(f"result-{name}") for name in COLUMNS}


def _rows(messages: Messages, outcome: Outcome) -> Iterator[ResultRow]:
    """Yield a row for each file and each problem of a case; a case always has one."""
    whole = _at(outcome.place)._replace(code=outcome.code, outcome=messages.say(f"outcome-{outcome.state}"))
    for file in outcome.files:
        name = f"{outcome.code}/{file.name}"
        yield whole._replace(letter=file.letter, language=file.language, file=name, sha256=file.sha256)
    word = whole.outcome if outcome.state == "refused" else messages.say("outcome-note")
    for problem in outcome.problems:
        says, remedy = messages.problem(problem)
        spot = _at(problem.place or outcome.place)
        yield spot._replace(code=outcome.code, outcome=word, problem=_named(problem, says), remedy=remedy)
    if not (outcome.files or outcome.problems):
        yield whole


def _at(place: Place) -> ResultRow:
    """Return an empty row for a spot; row and column are empty where only the file is known."""
    return ResultRow(shown(place.file), str(place.line or ""), str(place.column or ""))


def _named(problem: Problem, says: str) -> str:
    return f"{shown(problem.path)}: {says}" if problem.path else says
