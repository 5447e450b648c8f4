"""`arznoma check`."""

from datetime import date
from pathlib import Path
from typing import Any

import click

from generator.advice import Advice, advise
from generator.cli.messages import Messages
from generator.cli.name_words import name_lines, name_words
from generator.cli.options import as_of_option, folders_of, json_option, letter_option, messages_of
from generator.cli.report import all_as_json, say_json, say_listed

ONE_WANTED = "name a case file, or a folder with --letters"


@click.command("check")
@click.argument("case", type=click.Path(path_type=Path), required=False)
@letter_option
@click.option(
    "--letters",
    "others",
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False),
    help="Instead of a case: letter texts, house styles and law from others, to be looked at before they are used.",
)
@as_of_option
@json_option
@click.pass_context
def command(  # noqa: PLR0913  # one argument for each option
    context: click.Context,
    *,
    case: Path | None,
    letters: tuple[str, ...],
    others: Path | None,
    as_of: date,
    as_json: bool,
) -> None:
    """Print every problem of a case at once, what to speak of with the client before filing, and what to ask.

    With --letters, say before they are used what is wrong with letters, house styles and law from others.

    \b
    Examples:
      arznoma check case.yaml
      arznoma check --letters from-others/
    """
    messages = messages_of(context)
    if (case is None) == (others is None):
        raise click.UsageError(ONE_WANTED)
    if case is None or others is not None:
        from generator.cli.vetting import say_vetted  # noqa: PLC0415  # loads the renderers, which a case spares

        context.exit(say_vetted(messages, others or Path(), as_of, folders_of(context), as_json=as_json))
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
