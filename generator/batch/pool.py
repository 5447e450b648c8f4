"""The processes that make a batch: this one alone, several on this machine, or those of a cluster."""

import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import Any

from generator.collector import spare


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


def local_pool(jobs: int) -> Executor:
    """Return an executor for so many processes of this machine."""
    if jobs == 1:
        return Here()
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415  # only where there are other processes
    from multiprocessing import get_context  # noqa: PLC0415

    context = get_context("spawn")  # the same on every system
    return ProcessPoolExecutor(jobs, context, _settle)


def _settle() -> None:
    """Leave Ctrl-C to the parent, which lets us finish; die with it when it is killed, for nobody else would end us."""
    spare()
    os.umask(0o077)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_die_with_parent, daemon=True).start()


def _die_with_parent() -> None:
    from multiprocessing import parent_process  # noqa: PLC0415  # as above

    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
