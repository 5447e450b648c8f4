"""`arznoma schema`."""

import json

import click

from generator.case.schema import case_schema


@click.command("schema")
def command() -> None:
    """Print the JSON Schema of the case file, so that an editor can help to fill it.

    \b
    Example:
      arznoma schema > case.schema.json
    """
    click.echo(json.dumps(case_schema(), ensure_ascii=False, indent=2))
