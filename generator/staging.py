"""The steps by which files come into one case folder: hold it, write beside the names, give the names, take back."""

import errno
import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

from generator.errors import OutputError, Place
from generator.targets import mode, names

if sys.platform != "win32":
    import fcntl

PART = re.compile(r"\..+\.([1-9][0-9]{0,9})\.part", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Held:
    """The case folder while it is ours alone: its handle (none on Windows), whether it is new.

    Also the handles of files that are written but not yet on disk, what to tidy up and what to undo.
    """

    path: Path
    handle: int | None
    new: bool
    tidy: ExitStack
    unsynced: list[int]
    undo: list[Callable[[], object]]


def hold(root: Path, folder: str, tidy: ExitStack) -> Held:
    """Make the case folder where it is missing, keep every other run out of it, and sweep it."""
    home = root.absolute() / folder
    new = make_folder(home, tidy)
    handle = taken(home, tidy, root)
    for name in () if new else names(home):
        if (match := PART.fullmatch(name)) and is_dead(int(match[1])) and (home / name).is_file():
            (home / name).unlink()
    return Held(home, handle, new, tidy, [], [])


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


def keep(held: Held, name: str) -> Path:
    """Give the old file a second name, from which it can come back; without hard links, keep a copy."""
    second = _part(held, f".{name}")
    second_name(held.path / name, second)
    return second


def second_name(path: Path, second: Path) -> None:
    """Give a file a second name; without hard links, make a copy."""
    try:
        os.link(path, second)
    except OSError:
        write_part(second, path.read_bytes())


def stage(held: Held, name: str, data: bytes, *, nameless: bool) -> Path:
    """Write a new file whole; of a nameless one nothing outlives us. Return where to link it from.

    A nameless file is not yet on disk, and its handle among the unsynced ones; any other is.
    """
    if sys.platform == "linux" and nameless:
        with suppress(OSError):  # no such files on this file system; another fault shows again below
            handle = os.open(held.path, os.O_TMPFILE | os.O_WRONLY, 0o600)
            held.tidy.callback(quietly, partial(os.close, handle))
            _fill(handle, data)
            held.unsynced.append(handle)
            return _nameless(handle)
    return write_part(_part(held, name), data)


@cache
def _nameless(handle: int) -> Path:
    return Path(f"/proc/self/fd/{handle}")  # made once for each handle: numbers are used again


def _part(held: Held, name: str) -> Path:
    """Return a path that will be gone in the end; no file of a set begins with a dot."""
    part = held.path / f".{name}.{os.getpid()}.part"
    held.tidy.callback(quietly, part.unlink)
    return part


def write_part(part: Path, data: bytes, rights: int = 0o600) -> Path:
    """Write a new file whole and wait until it is on disk; what is there already is neither followed nor written to."""
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    try:
        _fill(handle, data, rights)
        os.fsync(handle)
    finally:
        os.close(handle)
    return part


def _fill(handle: int, data: bytes, rights: int = 0o600) -> None:
    if sys.platform != "win32":
        os.fchmod(handle, rights)  # also under a umask that takes rights from the owner
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(handle, rest) :]


def give_name(held: Held, name: str, source: Path, data: bytes) -> None:
    """Let the whole file appear under a free name; if another file got there first, it stays."""
    target = held.path / name
    held.undo.append(partial(_withdraw, source, target))
    try:
        os.link(source, target, src_dir_fd=held.handle)  # with no folder handle Python links the link in /proc itself
    except FileExistsError:
        raise
    except OSError:  # no hard links here, or no /proc
        part = source if source.parent == held.path else write_part(_part(held, name), data)
        held.undo.append(partial(_withdraw, part, target))
        if mode(target):
            raise FileExistsError(errno.EEXIST, target.name) from None
        part.rename(target)


def _withdraw(source: Path, target: Path) -> None:
    """Take the name away again if our file has it: the one still linked from, or the one that was renamed."""
    with suppress(FileNotFoundError):
        found = target.lstat()
        try:
            ours = os.path.samestat(found, source.stat())
        except FileNotFoundError:
            ours = True
        if ours:
            target.unlink()


def sync_folder(held: Held) -> None:
    """Wait until the names in the folder are on disk."""
    sync(held.handle)


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
    return OutputError.one("cannot-write", Place(str(path)), reason=errno.errorcode.get(fault.errno or 0, "EIO"))
