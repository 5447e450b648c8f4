"""Write one file of the user's own, such as a case file or a result sheet, as a whole in the place of an older one."""

import os
from contextlib import ExitStack, suppress
from functools import partial
from pathlib import Path

from generator.disk import is_left_over, make_folder, quietly, sync, taken, told, write_part
from generator.errors import OutputError, Place
from generator.targets import mode, names


def replace_file(path: Path, content: bytes, *, instead_of: bytes | None = None, rights: int = 0o600) -> None:
    """Write a file, or raise `OutputError` and leave the older one as it was; killed, we leave the one or the other.

    `instead_of` is what the file held when it was read: if somebody has changed it since, it is left to them. A link
    under the name is replaced, not followed.
    """
    with told(path), ExitStack() as tidy:
        _refuse_odd(path)
        make_folder(path.parent, tidy)
        handle = taken(path.parent, tidy, path, links=True)
        _sweep(path)
        part = path.with_name(f".{path.name}.{os.getpid()}.part")  # no second one: nobody would sweep it after a kill
        tidy.callback(quietly, part.unlink)
        write_part(str(part), content, None, rights)
        new, before = not mode(path), _content(path)
        if instead_of is not None and before != instead_of:
            raise OutputError.one("changed-meanwhile", Place(str(path)))
        try:
            part.replace(path)
            sync(handle)
        except (OSError, MemoryError):
            quietly(path.unlink if new else partial(_put_back, part, path, before, rights))
            raise


def _put_back(part: Path, path: Path, before: bytes, rights: int) -> None:
    part.unlink(missing_ok=True)
    write_part(str(part), before, None, rights)
    part.replace(path)


def put_in_place(beside: Path, path: Path) -> None:
    """Give a finished file of the same disk its name, in the place of an older one, once it is on the disk."""
    _refuse_odd(path)
    with beside.open("r+b") as file:
        os.fsync(file.fileno())
    beside.replace(path)


def _refuse_odd(path: Path) -> None:
    """Refuse to replace what is no file, such as /dev/full: not even a link to it may go."""
    if path.exists() and not path.is_file():
        raise OutputError.one("output-not-a-file", Place(str(path.parent)), name=path.name)


def _sweep(path: Path) -> None:
    """Remove what runs that were killed left beside a file."""
    with suppress(OSError):
        for name in names(path.parent):
            if name.startswith((f".{path.name}.", f"..{path.name}.")) and is_left_over(name):
                path.with_name(name).unlink()


def _content(path: Path) -> bytes:
    """Return what a file holds, nothing where there is none."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""
