"""`arznoma schema`."""

import click

from generator.case.schema import case_schema
from generator.cli.report import say_json


@click.command("schema")
def command() -> None:
    """Print the JSON Schema of the case file, so that an editor can help to fill it.

    \b
    Example:
      arznoma schema > case.schema.json
    """
    say_json(case_schema())
