"""Run a command of the program as a process of its own, with limits, signals and odd standard streams."""

import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from breaking.forked import PATIENCE, Ended
from breaking.scenes import Home

ROOT = Path(__file__).resolve().parent.parent.parent
BEGIN = (sys.executable, "-m", "generator", "--ui", "en")


@dataclass(frozen=True, slots=True)
class Manner:
    """How a process is started: words before its command, limits, where its output goes, what happens meanwhile."""

    before: Sequence[str] = ()
    limits: Mapping[int, int] = field(default_factory=dict)
    output: Path | None = None
    meanwhile: Callable[["subprocess.Popen[str]", Home], object] = lambda _process, _home: None


def cold(home: Home, command: Sequence[str], how: Manner) -> Ended:
    """Run a command and return when it and all of its workers have ended."""
    with (how.output or Path(os.devnull)).open("w") as given:
        process = started(home, command, how, given if how.output else subprocess.PIPE)
        how.meanwhile(process, home)
        try:
            said, complained = process.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            said, complained = process.communicate()
            return Ended(None, said or "", complained)
    _until_alone(process.pid)
    return Ended(process.returncode, said or "", complained)


def started(home: Home, command: Sequence[str], how: Manner, output: IO[Any] | int) -> "subprocess.Popen[str]":
    """Start a command in a session of its own."""

    def limit() -> None:
        for number, most in how.limits.items():
            resource.setrlimit(number, (most, most))

    environment = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "ARZNOMA"))}
    environment |= {"HOME": str(home.user), "TMPDIR": str(home.temporary), "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        [*how.before, *BEGIN, *command],
        cwd=home.work,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
        start_new_session=True,
        preexec_fn=limit if how.limits else None,  # noqa: PLW1509  # this process has no threads
    )


def signalled(number: int, after: float, *, all_of_them: bool = False) -> Manner:
    """Return the manner in which a signal comes so many seconds after the start."""

    def meanwhile(process: "subprocess.Popen[str]", _home: Home) -> None:
        time.sleep(after)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, number) if all_of_them else os.kill(process.pid, number)

    return Manner(meanwhile=meanwhile)


def _until_alone(group: int) -> None:
    """Wait until no process of a group is left, such as workers whose parent was killed."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return
        time.sleep(0.02)
    raise TimeoutError
