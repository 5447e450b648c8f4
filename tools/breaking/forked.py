"""Run a command in a fork of this process, which is warm, and wait until it and all of its workers have ended."""

import atexit
import contextlib
import io
import multiprocessing
import os
import select
import signal
import sys
import threading
import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Never

from breaking.scenes import Home
from breaking.traps import Trap

from generator.__main__ import unraisable
from generator.cli import main

PATIENCE = 60.0
"""Seconds after which a run counts as one that hangs."""
SPOKEN = ("said", "complained")


@dataclass(frozen=True, slots=True)
class Ended:
    """How a run ended: exit code (negative for a signal, `None` if it hung), what it printed."""

    code: int | None
    said: str
    complained: str


def run(home: Home, command: Sequence[str], trap: Trap | None = None) -> Ended:
    """Run a command with a trap laid; return when it and all of its workers have ended."""
    files = [home.path.with_name(f"{home.path.name}.{name}") for name in SPOKEN]
    heard, alive = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            atexit._clear()  # noqa: SLF001  # what this process would tidy up is none of the child's business
            os.close(heard)
            os.setsid()
            for number, file in enumerate(files, 1):
                os.dup2(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), number)
            _be(home, command, trap)
        finally:
            os._exit(99)
    os.close(alive)
    ended = _awaited(heard, child)
    os.close(heard)
    said, complained = (file.read_text("utf-8", "replace") for file in files)
    return Ended(ended, said, complained)


def _awaited(heard: int, child: int) -> int | None:
    """Wait until nobody holds the other end of the pipe: neither the child nor a worker of its."""
    ready, _, _ = select.select([heard], [], [], PATIENCE)
    if not ready:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child, signal.SIGKILL)
    status = os.waitpid(child, 0)[1]
    return os.waitstatus_to_exitcode(status) if ready else None


def _be(home: Home, command: Sequence[str], trap: Trap | None) -> Never:
    """Be the program, as if started anew."""
    code = 0
    try:
        os.chdir(home.work)
        os.environ.update(HOME=str(home.user), TMPDIR=str(home.temporary), PYTHONWARNINGS="ignore")
        sys.stdout = io.TextIOWrapper(io.FileIO(1, "w", closefd=False), "utf-8", write_through=True)
        sys.stderr = io.TextIOWrapper(io.FileIO(2, "w", closefd=False), "utf-8", write_through=True)
        sys.argv = ["arznoma", "--ui", "en", *command]
        sys.unraisablehook = unraisable
        signal.signal(signal.SIGINT, signal.default_int_handler)
        forking = multiprocessing.get_context("fork")
        multiprocessing.get_context = lambda _method=None: forking  # type: ignore[assignment]  # workers are warm, too
        if trap:
            trap.lay()
        main()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
    except BaseException:  # noqa: BLE001  # what Python would do
        traceback.print_exc()
        code = 1
    with contextlib.suppress(BaseException):
        threading._shutdown()  # type: ignore[attr-defined]  # noqa: SLF001  # what Python does at its end
        atexit._run_exitfuncs()  # noqa: SLF001
    os._exit(code)
