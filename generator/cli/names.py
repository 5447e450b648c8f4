"""`arznoma names`."""

import stat
from pathlib import Path
from typing import Any

import click

from generator.case.load import case_of
from generator.cli.messages import Messages
from generator.cli.name_words import name_lines, name_words
from generator.cli.options import case_argument, json_option, messages_of
from generator.cli.report import say_json
from generator.errors import CaseError
from generator.names.insert import with_forms
from generator.names.suggest import named
from generator.replacing import replace_file
from generator.sources import parse_source, read_bytes

UNSURE_ALONE = "--unsure says what --write is to put into the file; give both"


@click.command("names")
@case_argument
@click.option("--write", is_flag=True, help="Put the suggested forms that are missing into the case file.")
@click.option("--unsure", is_flag=True, help="With --write: also the forms marked as unsure.")
@json_option
@click.pass_context
def command(context: click.Context, *, case: Path, write: bool, unsure: bool, as_json: bool) -> None:
    """Show the Russian names of a case in their grammatical cases: confirmed in the file, suggested, or unsure.

    With --write the suggested forms are put into the file, where you read and confirm them. What stands there is never
    changed.

    \b
    Examples:
      arznoma names case.yaml
      arznoma names case.yaml --write
    """
    if unsure and not write:
        raise click.UsageError(UNSURE_ALONE)
    messages = messages_of(context)
    raw = read_bytes(case, CaseError)
    name = case.as_posix()
    people = list(named(case_of(parse_source(raw, name))))
    wanted = {person.path: dict(forms) for person in people if (forms := person.to_write(unsure=unsure))}
    if write and wanted:
        _replace(case, raw, with_forms(raw, name, wanted))
    result = {"file": name, "people": [name_words(person) for person in people], "written": wanted if write else {}}
    if as_json:
        say_json(result)
    elif write:
        _say_written(messages, result)
    else:
        _say(messages, result, number=sum(map(len, wanted.values())))


def _replace(path: Path, before: bytes, content: bytes) -> None:
    """Write the case file anew, behind a link and with its rights as they were, unless somebody else changed it."""
    target = path.resolve()
    replace_file(target, content, instead_of=before, rights=stat.S_IMODE(target.stat().st_mode))


def _say(messages: Messages, result: dict[str, Any], number: int) -> None:
    for told in result["people"]:
        for line in name_lines(messages, told):
            click.echo(line)
    if not result["people"]:
        click.echo(messages.say("names-nobody"))
    if number:
        click.echo(messages.say("names-write", file=result["file"]))


def _say_written(messages: Messages, result: dict[str, Any]) -> None:
    """Print what was put into the file, then what was left out because a person must choose."""
    for path, forms in result["written"].items():
        click.echo(path)
        for case, text in forms.items():
            click.echo(f"  {case}: {text}")
    click.echo(messages.say("names-written" if result["written"] else "names-nothing-written", file=result["file"]))
    written = result["written"]
    left = [
        told["path"]
        for told in result["people"]
        if any(case not in written.get(told["path"], {}) for case, f in told["forms"].items() if f["state"] == "unsure")
    ]
    if left:
        click.echo(messages.say("names-left-out", paths=", ".join(left)))
