"""Print results: problems with place, path, what is wrong and what to do; anything as JSON for other programs."""

import json
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from generator.cli.messages import Messages
from generator.errors import OutputError, Place, Problem, reason_of, shown

_ODD = re.compile(
    "[\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff]"
)  # JSON itself would let them by


def problem_lines(messages: Messages, problem: Problem) -> list[str]:
    """Return the lines for one problem, as `tests/bad` and every command print them."""
    says, remedy = messages.problem(problem)
    head = "  ".join(part for part in (str(problem.place or ""), shown(problem.path), says) if part)
    return [head, *(f"    {line}" for line in remedy.split("\n") if line)]


def say_problems(messages: Messages, problems: Iterable[Problem]) -> None:
    """Print problems to stderr, then how many there are."""
    listed = list(problems)
    for problem in listed:
        for line in problem_lines(messages, problem):
            click.echo(line, err=True)
    click.echo(messages.say("count", number=len(listed)), err=True)


def say_listed(messages: Messages, title: str, problems: Sequence[Problem]) -> None:
    """Print problems that are a result, not a failure, under a heading that tells their number; nothing for none."""
    if problems:
        click.echo(messages.say(title, number=len(problems)))
        for problem in problems:
            for line in problem_lines(messages, problem):
                click.echo(f"  {line}")


@contextmanager
def written_already(folder: Path) -> Iterator[None]:
    """Where the system refuses that a result be told, say that the letters are in their folder all the same."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as fault:
        raise OutputError.one("written-not-told", Place(folder.as_posix()), reason=reason_of(fault)) from fault


def say_json(result: Any) -> None:
    """Print a result for other programs; where the output is not in Unicode, what ASCII lacks is escaped."""
    plain = not (sys.stdout.encoding or "").lower().startswith("utf")
    click.echo(_ODD.sub(lambda odd: json.dumps(odd[0])[1:-1], json.dumps(result, ensure_ascii=plain, indent=2)))


def all_as_json(messages: Messages, problems: Iterable[Problem]) -> list[dict[str, Any]]:
    """Return problems for `--json`."""
    return [as_json(messages, problem) for problem in problems]


def as_json(messages: Messages, problem: Problem) -> dict[str, Any]:
    """Return a problem for `--json`."""
    says, remedy = messages.problem(problem)
    place = problem.place
    return {
        "id": problem.id,
        "file": place.file if place else "",
        "line": place.line if place else 0,
        "column": place.column if place else 0,
        "path": problem.path,
        "says": says,
        "remedy": remedy,
    }
