"""Options that several commands share, and the values they become."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

DAY_WANTED = "write a day as 2026-04-06"

case_argument = click.argument("case", type=click.Path(path_type=Path))
as_of_option = click.option(
    "--as-of",
    metavar="DATE",
    callback=lambda _context, _option, value: day_of(value),
    help="The day that counts as today, as 2026-04-06; as a rule today.",
)
letter_option = click.option(
    "--letter",
    "letters",
    multiple=True,
    default=("prosecutor-complaint",),
    show_default=True,
    help="The kind of letter; may be given more than once; see `arznoma list`.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print the result as JSON, for other programs.")


def day_of(value: str | None) -> date:
    """Return the day asked for, or today: the one place where the clock is read."""
    if value is None:
        return datetime.now().astimezone().date()
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise click.BadParameter(DAY_WANTED) from None


def folders_of(context: click.Context) -> Any:
    """Return the search path of data folders."""
    return context.obj["folders"]


def messages_of(context: click.Context) -> Any:
    """Return the messages in the user's language."""
    return context.obj["messages"]
