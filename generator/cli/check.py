"""`arznoma check`."""

from datetime import date
from pathlib import Path
from typing import Any

import click

from generator.advice import Advice, advise
from generator.cli.messages import Messages
from generator.cli.name_words import name_lines, name_words
from generator.cli.options import as_of_option, case_argument, folders_of, json_option, letter_option, messages_of
from generator.cli.report import all_as_json, say_json, say_listed


@click.command("check")
@case_argument
@letter_option
@as_of_option
@json_option
@click.pass_context
def command(context: click.Context, *, case: Path, letters: tuple[str, ...], as_of: date, as_json: bool) -> None:
    """Print every problem of a case at once, what to speak of with the client before filing, and what to ask.

    \b
    Example:
      arznoma check case.yaml
    """
    messages = messages_of(context)
    advice = advise(case, letters, as_of, folders_of(context), messages.language)
    if as_json:
        say_json(_json(messages, advice))
    else:
        _print(messages, advice, case.as_posix())
    context.exit(1 if advice.errors else 0)


def _print(messages: Messages, advice: Advice, file: str) -> None:
    say_listed(messages, "check-errors", advice.errors)
    say_listed(messages, "check-warnings", advice.warnings)
    if advice.names:
        click.echo(messages.say("check-names", number=len(advice.names)))
        for nameless in advice.names:
            for line in name_lines(messages, name_words(nameless.person), only=nameless.cases):
                click.echo(f"  {line}")
        if any(nameless.person.to_write(unsure=False) for nameless in advice.names):
            click.echo(f"  {messages.say('names-write', file=file)}")
    say_listed(messages, "check-notices", advice.notices)
    if advice.questions:
        click.echo(messages.say("check-questions", number=len(advice.questions)))
        for question in advice.questions:
            click.echo(f"  {question.path}  {question.text}")
    if not advice.errors:
        click.echo(messages.say("check-ready"))


def _json(messages: Messages, advice: Advice) -> dict[str, Any]:
    return {
        "errors": all_as_json(messages, advice.errors),
        "warnings": all_as_json(messages, advice.warnings),
        "notices": all_as_json(messages, advice.notices),
        "names": [name_words(nameless.person) | {"needed": list(nameless.cases)} for nameless in advice.names],
        "questions": [{"path": question.path, "question": question.text} for question in advice.questions],
    }
