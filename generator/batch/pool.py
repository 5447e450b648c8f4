"""The processes that make a batch: this one alone, several on this machine, or those of a cluster."""

import os
import signal
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import Any

from generator.collector import spare
from generator.limits import Limits, arm


class Here(Executor):
    """Do the work at once in this process."""

    def submit(self, function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Return the result as a future that is done."""
        future: Future[Any] = Future()
        try:
            future.set_result(function(*args, **kwargs))
        except Exception as fault:  # noqa: BLE001  # the future carries it to whoever asks
            future.set_exception(fault)
        return future


def local_pool(jobs: int, limits: Limits | None = None) -> Executor:
    """Return an executor for so many processes of this machine, which are under limits if any are given.

    Under limits even a single one is not this process, where it costs little: where processes can be forked, which
    they are from a process that has one thread, and so have all loaded already.
    """
    forked = limits is not None and sys.platform == "linux"
    if jobs == 1 and not forked:
        return Here()
    from generator.batch.processes import Pool  # noqa: PLC0415  # only where there are other processes

    return Pool(jobs, "fork" if forked else "spawn", _settle, (limits,))


def _settle(limits: Limits | None) -> None:
    """Leave Ctrl-C to the parent, which lets us finish; die with it when it is killed, for nobody else would end us."""
    spare()
    os.umask(0o077)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    try:
        if limits:
            arm(limits)
        threading.Thread(target=_die_with_parent, daemon=True).start()
    except (OSError, RuntimeError):  # better no worker than one without limits, or that outlives its parent
        os._exit(1)


def _die_with_parent() -> None:
    from multiprocessing import parent_process  # noqa: PLC0415  # as above

    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
