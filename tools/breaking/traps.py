"""Between the program and the system: file operations of a running process that fail, kill or fall short at the Nth."""

import builtins
import errno
import io
import mmap
import multiprocessing
import os
import signal
import struct
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

if sys.platform != "win32":
    import fcntl

Deed = Callable[[], Any]
Effect = Callable[[Deed, str, tuple[Any, ...]], Any]  # of an operation, its name and its arguments

OPENING = ("open", "file")
GROWING = (*OPENING, "write", "fsync", "link", "mkdir")
CHANGING = (*GROWING, "rename", "replace", "unlink", "rmdir", "fchmod", "chmod")
ALL = (*CHANGING, "close", "stat", "lstat", "listdir", "scandir", "flock")
_NO_PLACE = struct.Struct("qq")


@dataclass(frozen=True, slots=True)
class Fault:
    """What befalls an operation, of which kinds, whether once or from then on, and whether the process dies of it."""

    name: str
    effect: Effect
    kinds: tuple[str, ...] = ALL
    onward: bool = False
    kills: bool = False


def _refuse(number: int, do: Deed, name: str, _arguments: tuple[Any, ...]) -> Any:
    if name == "close":
        do()  # systems close a handle even if they say that it failed
    raise OSError(number, os.strerror(number))


def _refuse_after(number: int, do: Deed, name: str, _arguments: tuple[Any, ...]) -> Any:
    result = do()
    if name in OPENING:
        os.close(result) if isinstance(result, int) else result.close()
    raise OSError(number, os.strerror(number))


def _no_memory(_do: Deed, _name: str, _arguments: tuple[Any, ...]) -> Any:
    raise MemoryError


def _some(do: Deed, _name: str, arguments: tuple[Any, ...]) -> Any:
    handle, data = arguments
    return REAL_WRITE(handle, bytes(data)[: max(1, len(data) // 2)]) if len(data) else do()


def _kill(_do: Deed, name: str, arguments: tuple[Any, ...]) -> None:
    if name == "write":
        REAL_WRITE(arguments[0], bytes(arguments[1])[: len(arguments[1]) // 2])
    os.kill(os.getpid(), signal.SIGKILL)


def _signal(number: int, do: Deed, _name: str, _arguments: tuple[Any, ...]) -> Any:
    result = do()
    os.kill(os.getpid(), number)
    return result


REAL_WRITE = os.write
FAULTS = (
    Fault("kill -9", _kill, kills=True),
    Fault("disk full", partial(_refuse, errno.ENOSPC), GROWING),
    Fault("disk full from then on", partial(_refuse, errno.ENOSPC), GROWING, onward=True),
    Fault("EIO", partial(_refuse, errno.EIO)),
    Fault("EIO after the deed", partial(_refuse_after, errno.EIO)),
    Fault("EIO from then on", partial(_refuse, errno.EIO), onward=True),
    Fault("no file handles", partial(_refuse, errno.EMFILE), OPENING),
    Fault("no file handles from then on", partial(_refuse, errno.EMFILE), OPENING, onward=True),
    Fault("read-only from then on", partial(_refuse, errno.EROFS), CHANGING, onward=True),
    Fault("EINTR", partial(_refuse, errno.EINTR), GROWING),
    Fault("out of memory", _no_memory),
    Fault("short writes", _some, ("write",), onward=True),
    Fault("SIGINT", partial(_signal, signal.SIGINT)),
    Fault("SIGTERM", partial(_signal, signal.SIGTERM)),
)


class Trap:
    """A fault that springs at the `nth` operation on something below a folder; its count is shared with children."""

    def __init__(self, fault: Fault, nth: int, folder: Path) -> None:
        """Prepare the trap; `lay` puts it into this process."""
        self.fault, self.nth, self.folder = fault, nth, str(folder)
        self._shared = mmap.mmap(-1, _NO_PLACE.size)
        self._lock = multiprocessing.get_context("fork").Lock()

    @property
    def seen(self) -> int:
        """Return how many operations there were."""
        return int(_NO_PLACE.unpack(self._shared[:])[0])

    @property
    def sprung_at(self) -> str:
        """Return the kind of operation at which it sprang first; nothing if it did not."""
        kind = int(_NO_PLACE.unpack(self._shared[:])[1])
        return ALL[kind - 1] if kind else ""

    def lay(self) -> None:
        """Put the trap between this process and the system."""
        for name in {*self.fault.kinds} - {"file", "flock"}:
            setattr(os, name, partial(self._call, name, getattr(os, name)))
        if "flock" in self.fault.kinds:
            fcntl.flock = partial(self._call, "flock", fcntl.flock)
        if "file" in self.fault.kinds:
            builtins.open = io.open = partial(self._call, "file", io.open)  # type: ignore[assignment]

    def _call(self, name: str, real: Callable[..., Any], /, *arguments: Any, **options: Any) -> Any:
        do = partial(real, *arguments, **options)
        if not self._concerns(arguments, options):
            return do()
        with self._lock:
            seen, at = _NO_PLACE.unpack(self._shared[:])
            springs = seen + 1 == self.nth or (self.fault.onward and seen + 1 > self.nth)
            at = at or (1 + ALL.index(name) if springs else 0)
            self._shared[:] = _NO_PLACE.pack(seen + 1, at)
        return self.fault.effect(do, name, arguments) if springs else do()

    def _concerns(self, arguments: tuple[Any, ...], options: dict[str, Any]) -> bool:
        """Say whether something below the folder is touched; relative names mean the folder we run in."""
        for given in (*arguments[:2], options.get("dir_fd"), options.get("dst_dir_fd")):
            if isinstance(given, (str, Path)) and not str(given).startswith("/proc"):
                return str(given).startswith(self.folder) or not str(given).startswith("/")
            if isinstance(given, int) and not isinstance(given, bool):
                try:
                    return str(Path(f"/proc/self/fd/{given}").readlink()).startswith(self.folder)
                except OSError:
                    return False
        return False
