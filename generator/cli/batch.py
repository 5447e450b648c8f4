"""`arznoma batch`."""

import os
import sys
from collections.abc import Callable, Sequence
from contextlib import closing, nullcontext
from math import ceil
from pathlib import Path
from typing import Any

import click

from generator.batch.ledger import NAME as LEDGER
from generator.batch.ledger import Ledger
from generator.batch.pool import local_pool
from generator.batch.prepare import Batch, TableWish, batch_of_files, batch_of_table, is_table, selection_of
from generator.batch.run import Crew, local_crew, run
from generator.cli.batch_report import Tally, say_tally, sheet_heads, tally_as_json, write_sheets
from generator.cli.options import (
    as_of_option,
    bundle_option,
    draft_option,
    folders_of,
    formats_option,
    json_option,
    language_option,
    letter_option,
    messages_of,
    style_option,
)
from generator.cli.progress import watched
from generator.cli.report import say_json, written_already
from generator.cli.stopping import stoppable
from generator.render.engine import CHOICES
from generator.tables.model import TableOptions
from generator.tables.standing import check_sheets
from generator.writing import Wish

CHUNK, PAGED_CHUNK = 32, 8
"""How many cases a worker gets at a time; fewer where PDFs are made, so that Ctrl-C is soon obeyed."""
LIFETIME = 1000
"""After so many cases a worker that uses WeasyPrint is replaced: it keeps some 14 KiB of each letter."""


@click.command("batch")
@click.argument("source", required=False, type=click.Path(path_type=Path))
@letter_option
@bundle_option
@language_option
@formats_option("Of docx, pdf, phone, html, txt; with commas.")
@style_option
@click.option(
    "--pdf-engine",
    type=click.Choice(CHOICES),
    default="auto",
    show_default=True,
    help="What makes the PDFs; as a rule typst, the faster, and WeasyPrint where typst is missing.",
)
@draft_option
@click.option(
    "--out", type=click.Path(path_type=Path), default=Path("out"), show_default=True, help="The folder for letters."
)
@click.option("--force", is_flag=True, help="Replace letters and result sheets although somebody has edited them.")
@click.option("--jobs", type=click.IntRange(min=1), help="How many processes; as a rule one for each core.")
@click.option("--mapping", type=click.Path(path_type=Path), help="For a table: which column is which fact.")
@click.option("--base", type=click.Path(path_type=Path), help="For a table: a case file with what all rows share.")
@click.option("--encoding", default="", help="For a CSV that is not in UTF-8: such as cp1251.")
@click.option("--separator", default="", help="For a CSV: what parts the columns, where it is not found out.")
@click.option("--sheet-name", default="", help="For a workbook with several sheets: which one.")
@click.option("--sheet", metavar="LETTER", help="Make nothing; print an empty table for a kind of letter, as CSV.")
@click.option("--cluster", metavar="ADDRESS", help="Let the workers of this dask scheduler make the letters.")
@click.option("--tls-ca", type=click.Path(path_type=Path), help="For a cluster: the certificate of its authority.")
@click.option("--tls-cert", type=click.Path(path_type=Path), help="For a cluster: our certificate.")
@click.option("--tls-key", type=click.Path(path_type=Path), help="For a cluster: the key of our certificate.")
@click.option("--insecure", is_flag=True, help="Send case data to the cluster although the network could read them.")
@click.option("--dry-run", is_flag=True, help="Make every letter and write none: say what would be refused.")
@as_of_option
@json_option
@click.pass_context
def command(context: click.Context, /, *, source: Path | None, sheet: str | None, as_json: bool, **given: Any) -> None:
    """Write the letters of many cases: of a folder, of files by a pattern, or of the rows of a table.

    A case that has problems is refused and never stops the others. The same command run again goes on where it was
    stopped: a ledger in the output folder knows what is done. What became of each case stands in results.csv and
    results.xlsx.

    \b
    Examples:
      arznoma batch cases/ --out letters/
      arznoma batch clients.csv --mapping mapping.yaml --base base.yaml --out letters/
      arznoma batch "cases/2026-*.yaml" --bundle detained-and-searched --dry-run
      arznoma batch --sheet prosecutor-complaint > clients.csv
    """
    if sheet:
        _print_sheet(context, sheet)
        return
    if source is None:
        raise click.UsageError(messages_of(context).say("batch-needs-source"))
    batch = _batch(context, source, given)
    check = _check_of_sheets(source, given)
    if not given["dry_run"] and not (given["out"] / LEDGER).exists():
        check(frozenset())  # where a sheet is refused, there will be no ledger either
    tally = Tally(keep_all=bool(given["dry_run"] or as_json))
    with _ledger(batch, dry_run=given["dry_run"]) as ledger:
        if ledger:
            check(ledger.sheets())
        try:
            with (
                stoppable(messages_of(context).say("batch-stopping")) as stopped,
                closing(run(batch.units, batch.setup, _crew(context, batch, given), ledger, stopped)) as outcomes,
            ):
                for part in watched(messages_of(context), outcomes, len(batch.units)):
                    tally.add(part)
        except KeyboardInterrupt:
            click.echo(messages_of(context).say("batch-stopped"), err=True)
            raise
        sheets = write_sheets(messages_of(context), given["out"], ledger, check) if ledger else ()
        with written_already(given["out"]) if ledger else nullcontext():
            _report(context, batch, tally, ledger, sheets, as_json=as_json)
    context.exit(1 if tally.counts["refused"] else 0)


def _batch(context: click.Context, source: Path, given: dict[str, Any]) -> Batch:
    wish = Wish(
        as_of=given["as_of"],
        letters=given["letters"],
        languages=given["languages"],
        formats=given["formats"],
        style=given["style"],
        draft=given["draft"],
        force=given["force"],
        bundle=given["bundle"],
        pdf_engine=given["pdf_engine"],
    )
    options = TableOptions(given["encoding"], given["separator"], given["sheet_name"])
    how = TableWish(given["mapping"], given["base"], options)
    if is_table(source):
        return batch_of_table(source, how, wish, given["out"], folders_of(context))
    if how != TableWish():
        raise click.UsageError(messages_of(context).say("batch-no-table"))
    return batch_of_files(source, wish, given["out"], folders_of(context))


def _check_of_sheets(source: Path, given: dict[str, Any]) -> Callable[[frozenset[str]], None]:
    """Return what refuses to replace result sheets that are not those of the digests it gets."""
    apart = [path for path in (source, given["mapping"], given["base"]) if path]
    return lambda ours: check_sheets(given["out"], ours, sheet_heads, apart, force=given["force"])


def _ledger(batch: Batch, *, dry_run: bool) -> Any:
    return nullcontext() if dry_run else Ledger(batch.setup.out, selection_of(batch.setup.wish), batch.origin)


def _crew(context: click.Context, batch: Batch, given: dict[str, Any]) -> Crew:
    """Return who makes the letters: a cluster, or as many processes as there are cores and work for."""
    wish = batch.setup.wish
    chunk = PAGED_CHUNK if wish.paged else CHUNK
    if given["cluster"]:
        from generator.batch.cluster import ClusterWish, cluster_crew  # noqa: PLC0415  # only where there is one

        files = (given["tls_ca"], given["tls_cert"], given["tls_key"])
        return cluster_crew(ClusterWish(given["cluster"], *files, given["insecure"]), chunk, dry_run=given["dry_run"])
    size = given["jobs"] or min(os.cpu_count() or 1, ceil(len(batch.units) / chunk))
    lifetime = LIFETIME if wish.paged and wish.pdf_engine == "weasyprint" else 0
    return local_crew(
        lambda: local_pool(size, context.obj["limits"]), size, chunk, dry_run=given["dry_run"], lifetime=lifetime
    )


def _report(  # noqa: PLR0913  # one argument for each thing that is told
    context: click.Context,
    batch: Batch,
    tally: Tally,
    ledger: Ledger | None,
    sheets: Sequence[Path],
    *,
    as_json: bool,
) -> None:
    messages, total = messages_of(context), len(batch.units)
    vanished = ledger.vanished() if ledger else ()
    if as_json:
        results = [path.as_posix() for path in sheets]
        told = tally_as_json(messages, tally, total)
        say_json({**told, "vanished": list(vanished), "left_out": batch.left_out, "results": results})
        return
    say_tally(messages, tally, total)
    if any(batch.left_out.values()):
        click.echo(messages.say("batch-left-out", **batch.left_out))
    if vanished:
        click.echo(messages.say("batch-vanished", number=len(vanished), codes=", ".join(vanished)))
    if ledger:
        click.echo(messages.say("batch-results", files=", ".join(path.as_posix() for path in sheets)))
    else:
        click.echo(messages.say("batch-dry"))


def _print_sheet(context: click.Context, letter: str) -> None:
    from generator.letters.catalogue import load_kind  # noqa: PLC0415  # only when a sheet is asked for
    from generator.tables.sheet import empty_sheet  # noqa: PLC0415

    language = messages_of(context).language
    sys.stdout.buffer.write(empty_sheet(load_kind(letter, folders_of(context)), language))
