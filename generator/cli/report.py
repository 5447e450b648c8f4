"""Print problems: place, path, what is wrong, and below it what to do."""

from collections.abc import Iterable
from typing import Any

import click

from generator.cli.messages import Messages
from generator.errors import Problem


def problem_lines(messages: Messages, problem: Problem) -> list[str]:
    """Return the lines for one problem, as `tests/bad` and every command print them."""
    says, remedy = messages.problem(problem)
    head = "  ".join(part for part in (str(problem.place or ""), problem.path, says) if part)
    return [head, *(f"    {line}" for line in remedy.split("\n") if line)]


def say_problems(messages: Messages, problems: Iterable[Problem]) -> None:
    """Print problems to stderr, then how many there are."""
    listed = list(problems)
    for problem in listed:
        for line in problem_lines(messages, problem):
            click.echo(line, err=True)
    click.echo(messages.say("count", number=len(listed)), err=True)


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
