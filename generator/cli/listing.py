"""`arznoma list`."""

from typing import Any

import click

from generator.cli.options import folders_of, json_option, messages_of
from generator.cli.report import say_json
from generator.folders import Folders
from generator.law.load import load_head
from generator.letters.catalogue import letter_names, load_kind


@click.command("list")
@json_option
@click.pass_context
def command(context: click.Context, *, as_json: bool) -> None:
    """Show the letters, languages, countries and house styles there are.

    \b
    Example:
      arznoma list
    """
    messages = messages_of(context)
    found = _found(folders_of(context), messages.language)
    if as_json:
        say_json(found)
        return
    click.echo(messages.say("list-letters"))
    for name, letter in found["letters"].items():
        click.echo(f"  {name} ({letter['code']}; {', '.join(letter['languages'])})\n      {letter['title']}")
    for part in ("languages", "countries", "styles"):
        click.echo(messages.say(f"list-{part}"))
        for name, title in found[part].items():
            click.echo(f"  {name}{f'  {title}' if title else ''}")


def _found(folders: Folders, language: str) -> dict[str, Any]:
    entries = {name: load_kind(name, folders) for name in letter_names(folders)}
    packs = {name: load_head(name, folders) for name in folders.names("law", holding="pack.yaml")}
    return {
        "letters": {
            name: {
                "code": entry.kind.code,
                "title": entry.kind.titles.get(language, name),
                "languages": entry.languages(),
                "purpose": entry.kind.purposes.get(language, ""),
            }
            for name, entry in entries.items()
        },
        "languages": dict.fromkeys(sorted({lang for e in entries.values() for lang in e.languages()}), ""),
        "countries": {head.country: head.names.get(language, "") for head in packs.values() if head.country},
        "styles": dict.fromkeys(folders.names("templates", "house-styles", holding="style.yaml"), ""),
    }
