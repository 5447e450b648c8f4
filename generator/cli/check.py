"""`arznoma check`."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import click

from generator.advice import Advice, advise
from generator.cli.options import as_of_option, case_argument, folders_of, json_option, letter_option, messages_of
from generator.cli.report import as_json as problem_as_json
from generator.cli.report import problem_lines


@click.command("check")
@case_argument
@letter_option
@as_of_option
@json_option
@click.pass_context
def command(context: click.Context, *, case: Path, letters: tuple[str, ...], as_of: date, as_json: bool) -> None:
    """Print every problem of a case at once, then what is worth asking the client.

    \b
    Example:
      arznoma check case.yaml
    """
    messages = messages_of(context)
    advice = advise(case, letters, as_of, folders_of(context), messages.language)
    if as_json:
        click.echo(json.dumps(_json(messages, advice), ensure_ascii=False, indent=2))
    else:
        _print(messages, advice)
    context.exit(1 if advice.errors else 0)


def _print(messages: Any, advice: Advice) -> None:
    for title, problems in (("check-errors", advice.errors), ("check-warnings", advice.warnings)):
        if problems:
            click.echo(messages.say(title, number=len(problems)))
            for problem in problems:
                for line in problem_lines(messages, problem):
                    click.echo(f"  {line}")
    if advice.questions:
        click.echo(messages.say("check-questions", number=len(advice.questions)))
        for question in advice.questions:
            click.echo(f"  {question.path}  {question.text}")
    if not advice.errors:
        click.echo(messages.say("check-ready"))


def _json(messages: Any, advice: Advice) -> dict[str, Any]:
    return {
        "errors": [problem_as_json(messages, problem) for problem in advice.errors],
        "warnings": [problem_as_json(messages, problem) for problem in advice.warnings],
        "questions": [{"path": question.path, "question": question.text} for question in advice.questions],
    }
