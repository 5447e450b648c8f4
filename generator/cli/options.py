"""Options that several commands share, and the values they become."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click

DAY_WANTED = "write a day as 2026-04-06"
MOMENT_WANTED = 'write a day or a moment as 2026-04-06 or "2026-04-06 14:30"'

case_argument = click.argument("case", type=click.Path(path_type=Path))
as_of_option = click.option(
    "--as-of",
    metavar="DATE",
    callback=lambda _context, _option, value: day_of(value),
    help="The day that counts as today, as 2026-04-06; as a rule today.",
)
now_option = click.option(
    "--as-of",
    metavar="MOMENT",
    callback=lambda _context, _option, value: _now(value),
    help='What counts as now, as 2026-04-06 or "2026-04-06 14:30", in the time of the country; as a rule the clock.',
)
letter_option = click.option(
    "--letter",
    "letters",
    multiple=True,
    default=("prosecutor-complaint",),
    show_default=True,
    help="The kind of letter; may be given more than once; see `arznoma list`.",
)
bundle_option = click.option(
    "--bundle", default="", help="Instead of letters: a situation, with all the letters it needs; see `arznoma list`."
)
language_option = click.option(
    "--language", "languages", multiple=True, help="ru, tg or en; may be repeated; as a rule the case's own."
)
style_option = click.option("--style", default="plain", show_default=True, help="The house style.")
draft_option = click.option(
    "--draft", is_flag=True, help="Write although facts are missing: gaps are shown, each page is marked."
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print the result as JSON, for other programs.")


def formats_option(said: str) -> Callable[[Any], Any]:
    """Return the option for formats, which become a tuple; `said` is its help."""
    return click.option(
        "--format",
        "formats",
        default="",
        callback=lambda _context, _option, value: tuple(part.strip() for part in value.split(",") if part.strip()),
        help=said,
    )


def day_of(value: str | None) -> date:
    """Return the day asked for, or today; here and in `_now` alone the clock is read."""
    if value is None:
        return datetime.now().astimezone().date()
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise click.BadParameter(DAY_WANTED) from None


def _now(value: str | None) -> Callable[[str], Any]:
    """Return what tells, for a zone, the moment that counts as now: the one asked for, or that of the clock."""
    from generator.case.values import Moment  # noqa: PLC0415  # keeps `list` and `doctor` free of the case model

    if value is None:
        clock = datetime.now().astimezone()

        def now(zone: str) -> Moment:
            here = clock.astimezone(ZoneInfo(zone))
            return Moment(here.date(), here.time().replace(second=0, microsecond=0))

        return now
    try:
        given = datetime.fromisoformat(value)
    except ValueError:
        raise click.BadParameter(MOMENT_WANTED) from None
    moment = Moment(given.date(), given.time() if len(value.strip()) > len("2026-04-06") else None)
    return lambda _zone: moment


def folders_of(context: click.Context) -> Any:
    """Return the search path of data folders."""
    return context.obj["folders"]


def messages_of(context: click.Context) -> Any:
    """Return the messages in the user's language."""
    return context.obj["messages"]
