"""`arznoma write`."""

from datetime import date
from pathlib import Path

import click

from generator.cli.options import (
    as_of_option,
    bundle_option,
    case_argument,
    draft_option,
    folders_of,
    formats_option,
    json_option,
    language_option,
    letter_option,
    messages_of,
    style_option,
)
from generator.cli.report import all_as_json, problem_lines, say_json, written_already
from generator.render.engine import CHOICES, Choice
from generator.writing import Wish, Written, write_letters


@click.command("write")
@case_argument
@letter_option
@bundle_option
@click.option("--about", default="", help="Only about this submission or inquiry, by its code.")
@language_option
@formats_option(
    "Of docx, pdf, phone, html, txt; with commas. As a rule docx,pdf; for a card phone too, for a message txt."
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("out"),
    show_default=True,
    help="The folder for letters; each case gets a folder of its own in it.",
)
@click.option("--client", type=click.IntRange(min=1), default=1, help="For which client of the case, by number.")
@style_option
@click.option(
    "--pdf-engine",
    type=click.Choice(CHOICES),
    default="auto",
    show_default=True,
    help="What makes the PDF; as a rule WeasyPrint, and typst where Pango is missing.",
)
@draft_option
@click.option("--force", is_flag=True, help="Replace letters that are there and differ.")
@click.option("--pseudonymise", is_flag=True, help="Replace all that tells who somebody is; each page is marked.")
@click.option(
    "--key", type=click.Path(path_type=Path), help="Pseudonymised: write what stands for what into this file."
)
@click.option("--shift-dates", is_flag=True, help="Pseudonymised: move all dates by some number of weeks.")
@click.option("--keep", multiple=True, metavar="WORD", help="Pseudonymised: this word is no name; may be repeated.")
@as_of_option
@json_option
@click.pass_context
def command(  # noqa: PLR0913  # one argument for each option
    context: click.Context,
    *,
    case: Path,
    letters: tuple[str, ...],
    bundle: str,
    about: str,
    languages: tuple[str, ...],
    formats: tuple[str, ...],
    out: Path,
    client: int,
    style: str,
    pdf_engine: Choice,
    draft: bool,
    force: bool,
    pseudonymise: bool,
    key: Path | None,
    shift_dates: bool,
    keep: tuple[str, ...],
    as_of: date,
    as_json: bool,
) -> None:
    """Write the letters of a case.

    A final letter is refused while facts it needs are missing; all of them are named at once.

    \b
    Examples:
      arznoma write case.yaml --out letters/
      arznoma write case.yaml --language ru --language en --format docx,pdf,txt
      arznoma write case.yaml --bundle detained-and-searched
      arznoma write case.yaml --draft
      arznoma write case.yaml --pseudonymise --key key.csv
    """
    wish = Wish(as_of, letters, languages, formats, style, client, draft, force, bundle, about, pdf_engine)
    messages = messages_of(context)
    if pseudonymise:
        from generator.pseudonymised import Disguise, write_pseudonymised  # noqa: PLC0415  # seldom asked for

        how = Disguise(key, shift_dates, frozenset(keep))
        written = write_pseudonymised(case, out, wish, folders_of(context), how)
    elif key or shift_dates or keep:
        raise click.UsageError(messages.say("pseudonymise-first"))
    else:
        written = write_letters(case, out, wish, folders_of(context))
    with written_already(written.files[-1].parent):
        _say_written(context, written, as_json=as_json)
        if pseudonymise and not as_json:
            click.echo(messages.say("pseudonymised"))


def _say_written(context: click.Context, written: Written, *, as_json: bool) -> None:
    messages = messages_of(context)
    for note in written.notes:
        for line in problem_lines(messages, note):
            click.echo(line, err=True)
    if as_json:
        notes = all_as_json(messages, written.notes)
        say_json({"files": [f.as_posix() for f in written.files], "notes": notes})
        return
    *made, manifest = written.files
    click.echo(messages.say("written", number=len(made), folder=manifest.parent.as_posix()))
    click.echo("  " + "  ".join(file.name for file in made))
    click.echo(messages.say("written-manifest", name=manifest.name))
