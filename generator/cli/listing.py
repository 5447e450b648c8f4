"""`arznoma list`."""

from typing import Any

import click

from generator.cli.messages import Messages
from generator.cli.options import folders_of, json_option, messages_of
from generator.cli.report import say_json
from generator.folders import Folders
from generator.law.load import load_head
from generator.letters.bundles import Bundle, bundle_names, load_bundle
from generator.letters.catalogue import CatalogueEntry, letter_names, load_kind


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
        say_json(_with_formats(found))
        return
    click.echo(messages.say("list-letters"))
    for name, letter in found["letters"].items():
        click.echo(f"  {name} ({letter['code']}; {', '.join(letter['languages'])})\n      {letter['title']}")
        click.echo(f"      {_kind_of_paper(messages, letter)}")
    click.echo(messages.say("list-bundles"))
    for name, bundle in found["bundles"].items():
        click.echo(f"  {name}  {bundle['title']}\n      {', '.join(bundle['letters'])}")
    for part in ("languages", "countries", "styles"):
        click.echo(messages.say(f"list-{part}"))
        for name, title in found[part].items():
            click.echo(f"  {name}{f'  {title}' if title else ''}")


def _kind_of_paper(messages: Messages, letter: dict[str, Any]) -> str:
    """Say what a letter is made as and who signs it, or sends it where it is a message."""
    form, known = messages.say(f"list-form-{letter['form']}"), ("client", "representative")
    names = [messages.say(f"list-signer-{each}") if each in known else each for each in letter["signers"]]
    said = ("sent" if letter["form"] == "message" else "signed") if names else "unsigned"
    return messages.say(f"list-{said}", form=form, signers=", ".join(names))


def _found(folders: Folders, language: str) -> dict[str, Any]:
    entries = {name: load_kind(name, folders) for name in letter_names(folders)}
    packs = {name: load_head(name, folders) for name in folders.names("law", holding="pack.yaml")}
    return {
        "letters": {name: _letter(entry, language) for name, entry in entries.items()},
        "bundles": {name: _bundle(load_bundle(name, folders), name, language) for name in bundle_names(folders)},
        "languages": dict.fromkeys(sorted({lang for e in entries.values() for lang in e.languages()}), ""),
        "countries": {head.country: head.names.get(language, "") for head in packs.values() if head.country},
        "styles": dict.fromkeys(folders.names("templates", "house-styles", holding="style.yaml"), ""),
    }


def _bundle(bundle: Bundle, name: str, language: str) -> dict[str, Any]:
    return {"title": bundle.titles.get(language, name), "letters": [need.letter for need in bundle.letters]}


def _letter(entry: CatalogueEntry, language: str) -> dict[str, Any]:
    """Return what the list tells of one letter."""
    kind = entry.kind
    return {
        "code": kind.code,
        "title": kind.titles.get(language, kind.name),
        "languages": entry.languages(),
        "reviewed": kind.reviewed,
        "purpose": kind.purposes.get(language, ""),
        "form": kind.form,
        "signers": kind.signers,
        "representatives": kind.representatives if "representative" in kind.signers else (),
        "addressee": kind.addressee.model_dump(exclude_defaults=True) if kind.addressee else None,
        "about": kind.about,
    }


def _with_formats(found: dict[str, Any]) -> dict[str, Any]:
    """Add to each letter the formats it can be made in, the usual ones first."""
    from generator.publish import POSSIBLE, USUAL  # noqa: PLC0415  # brings the renderers, which the plain list spares

    def formats(letter: dict[str, Any]) -> dict[str, Any]:
        usual = USUAL[letter["form"]]
        more = [each for each in POSSIBLE[letter["form"]] if each not in usual]
        return {**letter, "formats": {"usual": usual, "also": more}}

    return {**found, "letters": {name: formats(letter) for name, letter in found["letters"].items()}}
