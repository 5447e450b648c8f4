"""`arznoma law`: the law as data - looked up, confirmed, compared, checked."""

import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any, get_args

import click

from generator.cli.law_words import entry_lines, entry_words, told_span
from generator.cli.messages import Messages
from generator.cli.options import as_of_option, day_of, folders_of, json_option, messages_of
from generator.cli.report import all_as_json, say_json, say_listed
from generator.errors import CaseError, Place
from generator.law.load import load_law
from generator.law.versions import Confirmation, Counted
from generator.register.check import check_pack
from generator.register.confirm import confirm, entries, withdraw
from generator.register.diff import Change, diff, filed_letters
from generator.register.due import Due, due
from generator.register.usage import letters_law, usage

WORD_WANTED = "--by and --source say on whose word and from where; both are needed"
DAYS_WANTED = "write a number of days as 180d"
pack_option = click.option("--pack", help="Only this pack: tj, kz, int ...; as a rule all.")


@click.group("law", context_settings={"help_option_names": ["-h", "--help"]})
def command() -> None:
    """Look up, confirm and check the law the letters rest on.

    \b
    Examples:
      arznoma law show tj.cpc.94.1
      arznoma law due
    """


@command.command("show")
@click.argument("words", nargs=-1, required=True, metavar="ID|WORDS...")
@pack_option
@json_option
@click.pass_context
def show(context: click.Context, *, words: tuple[str, ...], pack: str | None, as_json: bool) -> None:
    """Show provisions and time limits: every version, its grade and source, and who uses it.

    \b
    Examples:
      arznoma law show tj.cpc.94.1
      arznoma law show detention record
      arznoma law show complaint-answer --pack tj
    """
    messages, folders = messages_of(context), folders_of(context)
    using = letters_law(folders)
    told = [
        entry_words(messages, entry, usage(entry.section, entry.name, entry.pack, using))
        for entry in entries(words, folders, pack)
    ]
    if as_json:
        say_json(told)
    else:
        for given in told:
            for line in entry_lines(messages, given):
                click.echo(line)
    if not told:
        click.echo(messages.say("law-nothing-found"), err=True)
        context.exit(1)


@command.command("due")
@click.argument("pack", required=False)
@click.option("--older-than", default="180d", show_default=True, help="What was verified longer ago than this.")
@as_of_option
@json_option
@click.pass_context
def due_command(context: click.Context, *, pack: str | None, older_than: str, as_of: date, as_json: bool) -> None:
    """List what a lawyer should look at, the most used first: unverified, verified long ago, feasts not yet announced.

    \b
    Examples:
      arznoma law due
      arznoma law due tj --older-than 90d
    """
    messages, folders = messages_of(context), folders_of(context)
    match = re.fullmatch(r"(\d{1,5})d?", older_than)
    if not match:
        raise click.BadParameter(DAYS_WANTED, param_hint="--older-than")
    using = letters_law(folders)
    found = {
        name: due(load_law(name, folders), using, folders, as_of, timedelta(days=int(match[1])))
        for name in ([pack] if pack else folders.names("law", holding="pack.yaml"))
    }
    if as_json:
        say_json({n: [_due(d) for d in each] for n, each in found.items()})
        return
    for name, each in found.items():
        click.echo(messages.say("law-due-head", pack=name, number=len(each)))
        for one in each:
            verified = f", {one.verified}" if one.verified else ""
            letters = messages.say("law-used-by-letters", number=len(one.letters)) if one.letters else ""
            click.echo(
                f"  {one.name}  {messages.say(f'law-due-{one.why}')}{verified}{'; ' + letters if letters else ''}"
            )


def _due(one: Due) -> dict[str, Any]:
    verified = one.verified.isoformat() if one.verified else ""
    return {
        "section": one.section,
        "id": one.name,
        "why": one.why,
        "verified": verified,
        "letters": list(one.letters),
    }


@command.command("confirm")
@click.argument("name", metavar="ID")
@click.option("--number", default="", help="The number of the article, as it is to be printed.")
@click.option("--part", default="", help="Its part, if any.")
@click.option("--length", type=click.IntRange(1, 999), help="For a time limit: its length, if the pack has another.")
@click.option("--count", type=click.Choice(get_args(Counted)), help="For a time limit: what it is counted in.")
@click.option("--day", "days", multiple=True, callback=lambda _c, _o, values: tuple(map(day_of, values)),
              metavar="DATE", help="For a moving feast: the day announced; may be given more than once.")  # fmt: skip
@click.option("--by", required=False, help="Who confirms it: a name, or initials known in your office.")
@click.option("--on", "on", metavar="DATE", callback=lambda _c, _o, value: day_of(value), help="When; as a rule today.")
@click.option("--source", help="Where the text was read: a register, an edition, a page.")
@click.option("--withdraw", "withdrawn", is_flag=True, help="Take a confirmation back.")
@pack_option
@click.pass_context
def confirm_command(  # noqa: PLR0913  # one argument for each option
    context: click.Context,
    *,
    name: str,
    number: str,
    part: str,
    length: int | None,
    count: Any,
    days: tuple[date, ...],
    by: str | None,
    on: date,
    source: str | None,
    withdrawn: bool,
    pack: str | None,
) -> None:
    """Write down that a lawyer has verified a provision, a time limit, or the day of a feast.

    The word is kept in your own data folder, not in the pack. From then on letters print the article, deadlines count
    the limit, and manifests say on whose word. When the pack changes the text, the word no longer holds.

    \b
    Examples:
      arznoma law confirm tj.cpc.198.1 --number 198 --by "M. Nazarova" --source "adlia.tj, edition of 2024"
      arznoma law confirm complaint-answer --pack tj --length 3 --count working-days --by MN --source "CPC, adlia.tj"
      arznoma law confirm eid-al-fitr --pack tj --day 2027-03-10 --by MN --source "Council of Ulems, 3 March 2027"
    """
    messages, folders = messages_of(context), folders_of(context)
    if withdrawn:
        path = withdraw(name, folders, pack)
        click.echo(messages.say("law-withdrawn", name=name, path=path.as_posix()))
        return
    if not by or not source:
        raise click.UsageError(WORD_WANTED)
    size = str(length) if length else ""
    word = Confirmation(by=by, on=on, source=source, number=number, part=part, length=size, count=count, days=days)
    path = confirm(name, word, folders, pack)
    click.echo(messages.say("law-confirmed-now", name=name, path=path.as_posix()))


@command.command("diff")
@click.argument("pack")
@click.argument("old", callback=lambda _c, _p, value: day_of(value), metavar="OLD")
@click.argument("new", callback=lambda _c, _p, value: day_of(value), metavar="NEW")
@click.option("--filed", type=click.Path(path_type=Path), help="A folder of written letters.")
@json_option
@click.pass_context
def diff_command(  # noqa: PLR0913  # one argument for each option
    context: click.Context, *, pack: str, old: date, new: date, filed: Path | None, as_json: bool
) -> None:
    """Show what changed in a pack between two days, and which letters rest on it.

    With --filed, also the letters already written below a folder that rest on what changed.

    \b
    Example:
      arznoma law diff tj 2010-01-01 2026-01-01 --filed letters/
    """
    messages, folders = messages_of(context), folders_of(context)
    law = load_law(pack, folders)
    if filed and not filed.is_dir():
        raise CaseError.one("file-missing", Place(filed.as_posix()))
    changes = diff(law, old, new, letters_law(folders), filed_letters(filed) if filed else {})
    if as_json:
        say_json([_change(change) for change in changes])
        return
    click.echo(messages.say("law-diff-head", pack=pack, old=old, new=new, number=len(changes)))
    for change in changes:
        click.echo(f"  {change.name}")
        click.echo(f"    - {_version_line(messages, change.old)}")
        click.echo(f"    + {_version_line(messages, change.new)}")
        for title, names in (("law-used-letters", change.letters), ("law-used-filed", change.filed)):
            if names:
                click.echo(f"    {messages.say(title, names=', '.join(names))}")


def _change(change: Change) -> dict[str, Any]:
    return {
        "section": change.section,
        "id": change.name,
        "old": change.old.model_dump(mode="json", by_alias=True) if change.old else None,
        "new": change.new.model_dump(mode="json", by_alias=True) if change.new else None,
        "letters": list(change.letters),
        "filed": list(change.filed),
    }


def _version_line(messages: Messages, version: Any) -> str:
    if version is None:
        return messages.say("law-not-there")
    number = getattr(version, "article", "") or getattr(version, "article_lead", "") or getattr(version, "length", "")
    since = told_span(messages, version.from_, version.until)
    return f"{number}  {since}; {messages.say(f'law-grade-{version.grade}')}  {version.source}".rstrip()


@command.command("check")
@click.argument("pack")
@json_option
@click.pass_context
def check_command(context: click.Context, *, pack: str, as_json: bool) -> None:
    """Run every check on a pack: references, versions, sources, facts, words in every language, worked cases.

    \b
    Example:
      arznoma law check tj
    """
    messages = messages_of(context)
    errors, warnings = check_pack(pack, folders_of(context))
    if as_json:
        say_json({"errors": all_as_json(messages, errors), "warnings": all_as_json(messages, warnings)})
    else:
        say_listed(messages, "law-check-errors", errors)
        say_listed(messages, "check-warnings", warnings)
        if not errors:
            click.echo(messages.say("law-check-well", pack=pack))
    context.exit(3 if errors else 0)
