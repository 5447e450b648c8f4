"""The single steps by which a file or a folder comes to the disk, and by which other runs are kept away from it."""

import errno
import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from pathlib import Path

from generator.errors import OutputError, Place, reason_of

if sys.platform != "win32":
    import fcntl

PART = re.compile(r"\..+\.([1-9][0-9]{0,9})\.part", re.DOTALL)
"""What a file is called until it has its name: the number of its process stands in it."""


def make_folder(folder: Path, tidy: ExitStack) -> bool:
    """Make a folder for the owner alone, and those above it; say whether it was us who made it.

    Those we made go again in the end if they are still empty.
    """
    if folder.is_dir():
        return False
    made = [folder]
    tidy.callback(_remove, made)
    return _make(folder, made)


def _make(folder: Path, made: list[Path]) -> bool:
    try:
        folder.mkdir(0o700)
    except FileExistsError:  # other workers of a batch may be making the output folder
        return False
    except FileNotFoundError:
        made.append(folder.parent)
        _make(folder.parent, made)
        return _make(folder, made)
    folder.chmod(0o700)  # whatever the umask
    return True


def _remove(folders: list[Path]) -> None:
    for folder in folders:
        quietly(folder.rmdir)


def taken(folder: Path, tidy: ExitStack, named: Path, *, links: bool = False) -> int | None:
    """Keep every other run out of a folder and return its handle, none on Windows; a problem is told of `named`."""
    if sys.platform == "win32":
        return None
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | (0 if links else os.O_NOFOLLOW))
    tidy.callback(quietly, partial(os.close, handle))
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise OutputError.one("output-in-use", Place(str(named))) from None
    except OSError:
        pass  # no locks on this file system; links that never overwrite still keep two runs apart
    return handle


def is_dead(process: int) -> bool:
    """Say whether no other process has a number."""
    if sys.platform == "win32" or process == os.getpid():  # signal 0 is Ctrl-C there; our number was another's before
        return True
    try:
        os.kill(process, 0)
    except (OSError, OverflowError) as fault:
        return not isinstance(fault, PermissionError)  # refused: it lives, and is somebody else's
    return False


def is_left_over(name: str) -> bool:
    """Say whether a name is that of half a file whose process has ended."""
    found = PART.fullmatch(name)
    return found is not None and is_dead(int(found[1]))


def second_name(path: str, second: str, folder: int | None) -> None:
    """Give a file a second name; without hard links, make a copy. Relative names mean the folder of the handle."""
    try:
        os.link(path, second, src_dir_fd=folder, dst_dir_fd=folder, follow_symlinks=folder is None)
    except OSError:
        write_part(second, content(path, folder), folder)


def content(path: str, folder: int | None) -> bytes:
    """Return what a file holds."""

    def opened(name: str, flags: int) -> int:
        return os.open(name, flags | getattr(os, "O_NOFOLLOW", 0), dir_fd=folder)

    with open(path, "rb", opener=opened) as file:  # a path has no opener
        return file.read()


def write_part(part: str, data: bytes, folder: int | None, rights: int = 0o600) -> str:
    """Write a new file whole, or none, and wait until it is on disk; what is there is neither followed nor changed."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    handle = os.open(part, flags, 0o600, dir_fd=folder)
    try:
        try:
            fill(handle, data, rights)
            os.fsync(handle)
        finally:
            os.close(handle)
    except BaseException:
        quietly(partial(os.unlink, part, dir_fd=folder))
        raise
    return part


def fill(handle: int, data: bytes, rights: int = 0o600) -> None:
    """Write all bytes into a new file, however few the system takes at a time, and set its rights."""
    if sys.platform != "win32":
        os.fchmod(handle, rights)  # also under a umask that takes rights from the owner
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(handle, rest) :]


def sync(handle: int | None) -> None:
    """Wait until the names in the folder of a handle are on disk."""
    try:
        if handle is not None:
            os.fsync(handle)
    except OSError as fault:
        if fault.errno not in {errno.EINVAL, errno.ENOTSUP, errno.ENOSYS}:  # some network file systems sync no folders
            raise


def quietly(action: Callable[[], object]) -> None:
    """Tidy up as far as it can be done."""
    with suppress(OSError, MemoryError):
        action()


@contextmanager
def told(root: Path) -> Iterator[None]:
    """Raise what the system refuses as a problem of the output."""
    try:
        yield
    except MemoryError as fault:
        raise OutputError.one("cannot-write", Place(str(root)), reason="ENOMEM") from fault
    except OSError as fault:
        raise unwritable(fault, root) from fault


def unwritable(fault: OSError, path: Path) -> OutputError:
    """Return the error that says why nothing could be written."""
    return OutputError.one("cannot-write", Place(str(path)), reason=reason_of(fault))
