"""Print what is wrong with letters, house styles and law from others: `arznoma check --letters`."""

from datetime import date
from pathlib import Path

import click

from generator.cli.messages import Messages
from generator.cli.report import all_as_json, say_json, say_listed
from generator.folders import Folders
from generator.vetting.vet import vet


def say_vetted(messages: Messages, folder: Path, as_of: date, folders: Folders, *, as_json: bool) -> int:
    """Print everything that is refused or to be looked at in a folder; return the exit code."""
    found = vet(folder, folders, as_of)
    looked_at = {"letters": found.letters, "styles": found.styles, "packs": found.packs}
    if as_json:
        problems = {"errors": found.errors, "warnings": found.warnings}
        say_json(
            {name: all_as_json(messages, each) for name, each in problems.items()}
            | {name: list(names) for name, names in looked_at.items()}
        )
    else:
        say_listed(messages, "vet-errors", found.errors)
        say_listed(messages, "check-warnings", found.warnings)
        click.echo(messages.say("vet-looked-at", **{name: len(names) for name, names in looked_at.items()}))
        if not found.errors:
            click.echo(messages.say("vet-well"))
    return 1 if found.errors else 0
