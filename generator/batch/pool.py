"""The processes that make a batch: this one alone, several on this machine, or those of a cluster."""

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import resource_tracker
from typing import Any


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
    context = multiprocessing.get_context("spawn")  # the same on every system
    return _Pool(jobs, context, _settle)


class _Pool(ProcessPoolExecutor):
    """Processes that are started when they are needed, and that no Ctrl-C reaches before they can leave it to us."""

    def submit(self, function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        with _no_interrupt():
            return super().submit(function, *args, **kwargs)


@contextmanager
def _no_interrupt() -> Iterator[None]:
    """Hold back Ctrl-C; a process that is started meanwhile is born with it held back."""
    if sys.platform == "win32":
        yield
        return
    resource_tracker.ensure_running()  # it would let Ctrl-C through when it is started
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _settle() -> None:
    """Leave Ctrl-C to the parent, which lets us finish; die with it when it is killed, for nobody else would end us."""
    os.umask(0o077)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_die_with_parent, daemon=True).start()


def _die_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
