"""The command group: what is common to all commands, and how any failure ends."""

import os
import signal
import sys
from importlib import import_module
from pathlib import Path
from types import FrameType
from typing import Any, Never

import click

from generator import __version__
from generator.cli.guard import guarded
from generator.collector import spare
from generator.errors import CaseError, GeneratorError, whereabouts
from generator.limits import Limits, lift, no_core_dumps

COMMANDS = {
    "batch": ("generator.cli.batch", "Write the letters of many cases: of a folder, or of the rows of a table."),
    "check": ("generator.cli.check", "Print every problem of a case, then what is worth asking the client."),
    "deadlines": ("generator.cli.deadlines", "Print the dates that run from cases, each with its count."),
    "doctor": ("generator.cli.doctor", "Test this installation and say how to mend each fault."),
    "explain": ("generator.cli.explain", "Print what the facts of a case show, and on which law."),
    "law": ("generator.cli.law", "Look up, confirm and check the law the letters rest on."),
    "list": ("generator.cli.listing", "Show the letters, languages, countries and house styles there are."),
    "names": ("generator.cli.names", "Show names in their grammatical cases; write suggested forms into the file."),
    "schema": ("generator.cli.schema", "Print the JSON Schema of the case file, for editors."),
    "write": ("generator.cli.write", "Write the letters of a case as DOCX, PDF, HTML or plain text."),
}
INTERRUPTED = 130
OUR_BUG = 70
_GUARD = object()  # tells the group that it runs as a program of its own, and may fork
_UNGUARDED = {"batch"}  # it guards its workers


class _Lazy(click.Group):
    """Load a command only when it is called, so that `--help` is quick."""

    def list_commands(self, _context: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, _context: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        command: click.Command = import_module(COMMANDS[name][0]).command
        return command

    def format_commands(self, _context: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name][1]) for name in sorted(COMMANDS)])


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="arznoma")
@click.option(
    "--ui", type=click.Choice(["en", "ru"]), envvar="ARZNOMA_UI", help="Language of messages; as a rule your system's."
)
@click.option(
    "--data",
    multiple=True,
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="A folder with your own law, letters or styles; it goes before the bundled one.",
)
@click.option(
    "--limits/--no-limits",
    default=True,
    help="Keep the limits of time and memory; without them only for files you trust.",
)
@click.pass_context
def arznoma(context: click.Context, *, ui: str | None, data: tuple[Path, ...], limits: bool) -> None:
    """Turn case facts into legal letters.

    \b
    Example:
      arznoma check case.yaml
      arznoma write case.yaml --out letters/
    """
    from generator.folders import standard_folders  # noqa: PLC0415  # keeps --help quick, as below

    kept = Limits() if limits and context.obj is _GUARD else None
    context.obj = {"messages": _messages(ui), "folders": standard_folders(data), "limits": kept}
    if kept and context.invoked_subcommand not in _UNGUARDED and (code := guarded(kept)) is not None:
        context.exit(code)


def program() -> Never:
    """Be the program `arznoma`: a process of its own, which works in a child under limits."""
    no_core_dumps()
    main(guard=True)


def main(*, guard: bool = False) -> Never:
    """Run the command line and exit: 0 done, 1 problems of the input, 2 wrong usage, 3 defect of data, 70 our bug.

    With `guard` the work is done in a child process, see `guarded`.
    """
    spare()
    os.umask(0o077)
    signal.signal(signal.SIGTERM, _stop)
    try:
        code = (
            arznoma.main(standalone_mode=False, obj=_GUARD if guard else None) or 0
        )  # a command that ended itself gives its exit code
    except click.Abort:
        code = INTERRUPTED
    except click.ClickException as fault:
        fault.show()
        code = fault.exit_code
    except GeneratorError as fault:
        code = _say(fault)
    except BrokenPipeError:
        code = 1
    except MemoryError:
        lift()  # or there is none to say so
        code = _say(CaseError.one("out-of-memory", mib=str(Limits().mib)))
    except Exception as fault:  # noqa: BLE001  # the last resort: no value of a case may reach the screen in a traceback
        code = _our_bug(fault)
    sys.exit(code)


def _messages(language: str | None) -> Any:
    from generator.cli.messages import Messages, usual_language  # noqa: PLC0415  # reads and checks a file

    return Messages(language or usual_language(os.environ))


def _wished(arguments: list[str]) -> str | None:
    """Return the language of messages asked for on the command line or in the environment."""
    if "--ui" in arguments[:-1]:
        return arguments[arguments.index("--ui") + 1]
    return next((a.removeprefix("--ui=") for a in arguments if a.startswith("--ui=")), os.environ.get("ARZNOMA_UI"))


def _say(fault: GeneratorError) -> int:
    from generator.cli.report import say_problems  # noqa: PLC0415  # only when something is wrong

    say_problems(_messages(_wished(sys.argv)), fault.problems)
    return fault.exit_code


def _our_bug(fault: Exception) -> int:
    """Say that we failed and where, without any value."""
    click.echo(_messages(_wished(sys.argv)).say("our-bug", **whereabouts(fault)), err=True)
    return OUR_BUG


def _stop(_signal: int, _frame: FrameType | None) -> Any:
    raise KeyboardInterrupt  # no `Exception`: nothing below takes it for a fault of its own


__all__ = ["main", "program"]
