"""Limits of time and memory, kept by the system: a library that never returns to Python cannot get round them.

They are for processes that are there to be ended: the child in which a command works (`cli/guard.py`), the workers of
a batch. In a process that is not armed, and on Windows, which has no such limits, all of this does nothing.
"""

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from math import ceil
from pathlib import Path

if sys.platform != "win32":
    import resource
    import signal


@dataclass(frozen=True, slots=True)
class Limits:
    """What work may take: seconds of CPU, seconds on the clock, MiB of memory more than the process has already.

    The clock is there for what hangs without working. Memory that is read from files (programs, libraries) does not
    count; a process stays below some 300 MiB in all. Only Linux keeps the limit of memory.
    """

    cpu_seconds: int = 10
    clock_seconds: int = 120
    mib: int = 200


_STACK = 512 * 1024
_armed: list[Limits] = []  # those of this process: none, or one


def no_core_dumps() -> None:
    """See to it that a crash leaves no picture of the memory, which holds the facts, on the disk."""
    if sys.platform != "win32":
        resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))


def arm(limits: Limits) -> None:
    """Put this process under limits, for good: it is ended by SIGXCPU or SIGALRM, or gets no more memory."""
    if sys.platform == "win32":
        return
    _armed[:] = [limits]
    threading.stack_size(_STACK)  # the usual 8 MiB of each thread that waits for the disk would all count
    if sys.platform == "linux":
        _, most = resource.getrlimit(resource.RLIMIT_DATA)
        wanted = _data_bytes() + limits.mib * 2**20
        soft = wanted if most == resource.RLIM_INFINITY else min(wanted, most)
        resource.setrlimit(resource.RLIMIT_DATA, (soft, most))
    _grant(limits)


def lift() -> None:
    """Take back the limit of memory, so that a process which ran into it can say so."""
    if _armed and sys.platform == "linux":
        _, most = resource.getrlimit(resource.RLIMIT_DATA)
        resource.setrlimit(resource.RLIMIT_DATA, (most, most))


@contextmanager
def budget() -> Iterator[None]:
    """Give the work inside the whole limits for itself, and the same to what follows.

    Meant for the work on one letter or case: many letters are no offence, one that takes as long as many is.
    """
    if not _armed:
        yield
        return
    _grant(_armed[0])
    signal.alarm(_armed[0].clock_seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        _grant(_armed[0])


def _data_bytes() -> int:
    """Return what counts for RLIMIT_DATA now: the field `data` of proc(5), in pages."""
    return int(Path("/proc/self/statm").read_bytes().split()[5]) * resource.getpagesize()


def _grant(limits: Limits) -> None:
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    until = ceil(used.ru_utime + used.ru_stime) + limits.cpu_seconds
    resource.setrlimit(resource.RLIMIT_CPU, (until if most == resource.RLIM_INFINITY else min(until, most), most))
