"""Processes of this machine that no Ctrl-C reaches before they can leave it to their parent."""

import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import active_children, get_context, resource_tracker
from multiprocessing.process import BaseProcess
from typing import Any


class Pool(ProcessPoolExecutor):
    """An executor that starts its processes when they are needed, with Ctrl-C held back."""

    def __init__(self, jobs: int, method: str, settle: Callable[..., object], given: tuple[object, ...]) -> None:
        """Prepare so many processes, started by a method; each settles down with what is given."""
        super().__init__(jobs, get_context(method), settle, given)
        self._method, self._begun = method, False

    def submit(self, function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Hand out work; a process that is started for it is born with Ctrl-C held back."""
        with _no_interrupt(self._method):
            try:
                future = super().submit(function, *args, **kwargs)
            except OSError:
                if not self._begun:  # the executor does not know yet of those that were started before the one refused
                    _end(active_children())
                raise
        self._begun = True
        return future


def _end(processes: Iterable[BaseProcess]) -> None:
    """End processes that have no work yet; Python would wait for them at its own end, and they for work."""
    for process in processes:
        process.kill()
        process.join()


@contextmanager
def _no_interrupt(method: str) -> Iterator[None]:
    if sys.platform == "win32":
        yield
        return
    if method == "spawn":
        resource_tracker.ensure_running()  # it would let Ctrl-C through when it is started
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
