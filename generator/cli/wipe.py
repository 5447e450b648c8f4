"""`arznoma wipe`."""

from collections.abc import Sequence
from pathlib import Path

import click

from generator.cli.options import messages_of
from generator.wiping import survey, wipe

_SHOWN = 20


@click.command("wipe")
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--edited", is_flag=True, help="Also letters and sheets that somebody changed after they were made.")
@click.option("--dry-run", is_flag=True, help="Remove nothing; say what would go and what would stay.")
@click.option("--yes", is_flag=True, help="Do not ask first.")
@click.pass_context
def command(context: click.Context, *, out: Path, edited: bool, dry_run: bool, yes: bool) -> None:
    """Remove what arznoma made in an output folder.

    That is letters, manifests, the ledger and the result sheets of a batch, and what runs that were cut short left
    behind. Files of others stay, and letters and sheets changed since they were made; they are named.

    \b
    Examples:
      arznoma wipe out/ --dry-run
      arznoma wipe out/ --yes
    """
    messages = messages_of(context)
    found = survey(out, edited=edited)
    going = found.going
    _list(context, "wipe-ours", going)
    if not edited:
        _list(context, "wipe-edited", found.edited)
    _list(context, "wipe-strange", found.strange)
    if dry_run:
        click.echo(messages.say("wipe-dry"))
        return
    if going and not yes and not click.confirm(messages.say("wipe-ask", number=len(going), folder=out.as_posix())):
        click.echo(messages.say("wipe-not"))
        context.exit(1)
    if going:
        wipe(out, edited=edited)
        click.echo(messages.say("wiped", number=len(going)))
    click.echo(messages.say("wipe-cannot"))
    context.exit(1 if found.edited and not edited else 0)


def _list(context: click.Context, title: str, paths: Sequence[Path]) -> None:
    """Print the first paths under a title that tells how many there are; nothing for none."""
    if not paths:
        return
    messages = messages_of(context)
    click.echo(messages.say(title, number=len(paths)))
    for path in paths[:_SHOWN]:
        click.echo(f"  {path.as_posix()}")
    if len(paths) > _SHOWN:
        click.echo(messages.say("wipe-more", number=len(paths) - _SHOWN))
