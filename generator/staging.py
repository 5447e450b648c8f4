"""The steps by which files come into one case folder: hold it, write beside the names, give the names, take back."""

import errno
import os
import sys
from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from generator.disk import fill, is_left_over, make_folder, quietly, second_name, sync, taken, write_part
from generator.targets import names

_NAMELESS = "/proc/self/fd/"


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

    def at(self, name: str) -> str:
        """Return what to call a file with the handle of the folder: nobody can put another folder in its place."""
        return str(self.path / name) if self.handle is None else name


def hold(root: Path, folder: str, tidy: ExitStack) -> Held:
    """Make the case folder where it is missing, keep every other run out of it, and sweep it."""
    home = root.absolute() / folder
    new = make_folder(home, tidy)
    handle = taken(home, tidy, root)
    held = Held(home, handle, new, tidy, [], [])
    for name in () if new else names(home):
        if is_left_over(name) and (home / name).is_file():
            remove(held, name)
    return held


def keep(held: Held, name: str) -> str:
    """Give the old file a second name, from which it can come back; without hard links, keep a copy."""
    second = _part(held, f".{name}")
    second_name(held.at(name), second, held.handle)
    return second


def stage(held: Held, name: str, data: bytes, *, nameless: bool) -> str:
    """Write a new file whole; of a nameless one nothing outlives us. Return where to link it from.

    A nameless file is not yet on disk, and its handle among the unsynced ones; any other is.
    """
    if sys.platform == "linux" and nameless:
        with suppress(OSError):  # no such files on this file system; another fault shows again below
            handle = os.open(held.at("."), os.O_TMPFILE | os.O_WRONLY, 0o600, dir_fd=held.handle)
            held.tidy.callback(quietly, partial(os.close, handle))
            fill(handle, data)
            held.unsynced.append(handle)
            return f"{_NAMELESS}{handle}"
    return write_part(_part(held, name), data, held.handle)


def _part(held: Held, name: str) -> str:
    """Return a name that will be gone in the end; no file of a set begins with a dot."""
    part = held.at(f".{name}.{os.getpid()}.part")
    held.tidy.callback(quietly, partial(os.unlink, part, dir_fd=held.handle))
    return part


def give_name(held: Held, name: str, source: str, data: bytes) -> None:
    """Let the whole file appear under a free name; if another file got there first, it stays."""
    target = held.at(name)
    held.undo.append(partial(_withdraw, held, source, target))
    try:  # with no folder handle Python links the link in /proc itself
        os.link(source, target, src_dir_fd=held.handle, dst_dir_fd=held.handle)
    except FileExistsError:
        raise
    except OSError:  # no hard links here, or no /proc
        part = write_part(_part(held, name), data, held.handle) if source.startswith(_NAMELESS) else source
        held.undo.append(partial(_withdraw, held, part, target))
        if _is_there(held, target):
            raise FileExistsError(errno.EEXIST, name) from None
        os.rename(part, target, src_dir_fd=held.handle, dst_dir_fd=held.handle)


def _is_there(held: Held, target: str) -> bool:
    with suppress(FileNotFoundError):
        os.lstat(target, dir_fd=held.handle)
        return True
    return False


def move(held: Held, source: str, name: str) -> None:
    """Let a file take a name, whatever has it."""
    os.replace(source, held.at(name), src_dir_fd=held.handle, dst_dir_fd=held.handle)


def remove(held: Held, name: str) -> None:
    """Take a name away."""
    os.unlink(held.at(name), dir_fd=held.handle)


def _withdraw(held: Held, source: str, target: str) -> None:
    """Take the name away again if our file has it: the one still linked from, or the one that was renamed."""
    with suppress(FileNotFoundError):
        found = os.lstat(target, dir_fd=held.handle)
        try:
            ours = os.path.samestat(found, os.stat(source, dir_fd=held.handle))
        except FileNotFoundError:
            ours = True
        if ours:
            os.unlink(target, dir_fd=held.handle)


def sync_folder(held: Held) -> None:
    """Wait until the names in the folder are on disk."""
    sync(held.handle)
