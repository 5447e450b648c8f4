"""A child process for the work of a command: the system may end it, and its parent says what became of it."""

import errno
import os
import signal
import sys
import threading
from functools import partial
from types import FrameType
from typing import Any

from generator.errors import CaseError
from generator.limits import Limits, arm
from generator.scratch import sweep

_SIGNALS = (signal.SIGINT, signal.SIGTERM)
_SPENT = {getattr(signal, name) for name in ("SIGXCPU", "SIGALRM") if hasattr(signal, name)}


def guarded(limits: Limits) -> int | None:
    """Go on in a child process under limits: return `None` in it, and in the parent its exit code once it has ended.

    Raises `CaseError` in the parent if the child came to no end of its own. Signals are passed on. Where the system
    cannot fork (Windows) the work goes on in this process, without limits.
    """
    if not hasattr(os, "fork"):
        return None
    sys.stdout.flush()
    sys.stderr.flush()
    watched, held = os.pipe()
    child = os.fork()
    if not child:
        os.close(held)
        _be_child(watched, limits)
        return None
    os.close(watched)
    for number in _SIGNALS:
        signal.signal(number, lambda number, _frame: _pass_on(child, number))
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    if code >= 0:
        return code
    sweep(child)
    if -code in _SIGNALS:  # it came when the child had nothing left to do
        return 128 + signal.SIGINT
    if -code in _SPENT:
        raise CaseError.one("out-of-time", seconds=str(limits.cpu_seconds))
    raise CaseError.one("broken-down", signal=signal.Signals(-code).name, mib=str(limits.mib))


def _be_child(watched: int, limits: Limits) -> None:
    for number in _SIGNALS:
        signal.signal(number, partial(_stop_once, signal.getsignal(number)))
    try:
        threading.Thread(target=_end_with_parent, args=(watched,), daemon=True).start()
    except RuntimeError as fault:  # so Python calls it if there is no thread to be had
        raise OSError(errno.EAGAIN, os.strerror(errno.EAGAIN)) from fault
    arm(limits)


def _stop_once(obeyed: Any, number: int, frame: FrameType | None) -> Any:
    """End in good order; Ctrl-C comes from the terminal and from the parent, and the second must not disturb that."""
    for each in _SIGNALS:
        signal.signal(each, signal.SIG_IGN)
    if callable(obeyed):
        obeyed(number, frame)


def _pass_on(child: int, number: int) -> None:
    try:
        os.kill(child, number)
    except ProcessLookupError:
        return


def _end_with_parent(watched: int) -> None:
    os.read(watched, 1)  # nothing is ever written: this ends when the other end is closed
    os._exit(1)
