"""The command group: what is common to all commands, and how any failure ends."""

import io
import os
import signal
import sys
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from types import FrameType
from typing import Any, Never

import click

from generator import __version__
from generator.cli.guard import guarded
from generator.collector import spare
from generator.errors import CaseError, GeneratorError, Problem, system_refused, whereabouts
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
    "wipe": ("generator.cli.wipe", "Remove what arznoma made in an output folder."),
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
    _print_anything()
    asked: list[int] = []
    leaving: list[int] = []
    before = _obeyed(asked, leaving)
    try:
        code = _run(asked, guard=guard)
    except KeyboardInterrupt:  # while we were telling how it ended
        code = INTERRUPTED
    leaving.append(code)
    code = _all_told(code)
    for number, handler in before.items():
        signal.signal(number, handler)  # as a rule those that end us without a word
    sys.exit(code)


def _obeyed(asked: list[int], leaving: list[int]) -> Mapping[signal.Signals, Any]:
    """Let Ctrl-C (unless it is ignored) and the system interrupt us until we are `leaving`; return what was before.

    What we were asked for is written down in `asked`: libraries may turn an interruption into a fault of theirs.
    """

    def stop(number: int, _frame: FrameType | None) -> None:
        if not leaving:
            asked.append(number)
            raise KeyboardInterrupt  # no `Exception`: nothing below takes it for a fault of its own

    numbers = (signal.SIGINT, signal.SIGTERM)
    before: dict[signal.Signals, Any] = {number: signal.getsignal(number) or signal.SIG_DFL for number in numbers}
    for number in numbers:
        if before[number] is not signal.SIG_IGN:
            signal.signal(number, stop)
    return before


def _run(asked: Collection[int], *, guard: bool) -> int:
    """Run the command and tell what went wrong; return the exit code."""
    try:
        # a command that ended itself gives its exit code
        code = arznoma.main(standalone_mode=False, obj=_GUARD if guard else None) or 0
    except click.Abort:
        code = INTERRUPTED
    except click.ClickException as fault:
        fault.show()
        code = fault.exit_code
    except Exception as fault:  # noqa: BLE001  # the last resort: no value of a case may reach the screen in a traceback
        code = INTERRUPTED if asked else _failed(fault)
    return code


def _failed(fault: Exception) -> int:
    """Tell what went wrong; return the exit code."""
    if isinstance(fault, GeneratorError):
        return _told(fault.problems, fault.exit_code)
    if isinstance(fault, BrokenPipeError):  # whoever reads us has left
        return 1
    if isinstance(fault, OSError):
        return _told([system_refused(fault)], 1)
    if isinstance(fault, MemoryError):
        lift()  # or there is none to say so
        return _told(CaseError.one("out-of-memory", mib=str(Limits().mib)).problems, 1)
    return _our_bug(fault)


def _told(problems: Sequence[Problem], code: int) -> int:
    """Tell problems as far as the system lets us."""
    try:
        from generator.cli.report import say_problems  # noqa: PLC0415  # only when something is wrong

        say_problems(_messages(_wished(sys.argv)), problems)
    except (OSError, MemoryError, GeneratorError):
        _bare(" ".join(problem.id for problem in problems))
    return code


def _bare(words: str) -> None:
    """Write ids of problems in the place of sentences that cannot be had."""
    with suppress(OSError):
        os.write(2, f"arznoma: {words}\n".encode())


def _all_told(code: int) -> int:
    """Return the exit code once all we said is out; Python would complain of what it cannot write in the end."""
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except (OSError, ValueError):
            code = code or 1
            with suppress(OSError, ValueError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    return code


def _print_anything() -> None:
    """See to it that a letter which the screen or a file cannot take is written as its number, and never ends us."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _messages(language: str | None) -> Any:
    from generator.cli.messages import Messages, usual_language  # noqa: PLC0415  # reads and checks a file

    return Messages(language or usual_language(os.environ))


def _wished(arguments: list[str]) -> str | None:
    """Return the language of messages asked for on the command line or in the environment."""
    if "--ui" in arguments[:-1]:
        return arguments[arguments.index("--ui") + 1]
    return next((a.removeprefix("--ui=") for a in arguments if a.startswith("--ui=")), os.environ.get("ARZNOMA_UI"))


def _our_bug(fault: Exception) -> int:
    """Say that we failed and where, without any value."""
    where = whereabouts(fault)
    try:
        click.echo(_messages(_wished(sys.argv)).say("our-bug", **where), err=True)
    except (OSError, MemoryError, GeneratorError):
        _bare(" ".join(where.values()))
    return OUR_BUG


__all__ = ["main", "program"]
