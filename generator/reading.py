"""Read a file that is one: regular, and of limited size. A pipe or a device may have no end, or never begin."""

import os
import stat
from pathlib import Path

_OPENING = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)  # a pipe is not waited for


class NotAFileError(OSError):
    """A folder, a device, a pipe."""


def content_of(path: Path, most: int) -> bytes | None:
    """Return the bytes of a regular file, `None` if it has more than `most`; raise `OSError` if it cannot be read."""
    handle = os.open(path, _OPENING)
    try:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            raise NotAFileError
        if status.st_size > most:
            return None
        read = b""
        while len(read) <= most and (more := os.read(handle, max(status.st_size, len(read)) + 1)):
            read += more
    finally:
        os.close(handle)
    return read if len(read) <= most else None
