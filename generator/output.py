"""Write the files of one case into its folder, all or none: no crash leaves half a letter under a letter's name.

`manifest.json` vouches for a set; a set is complete exactly when its manifest is there and matches. The order:

1. Each new file is written and synced, nameless or as `.NAME.PID.part`; each old one to be replaced gets a second name.
2. An old manifest that speaks of a changing letter goes, and the folder is synced: nothing vouches for a mixture.
3. Each letter gets its name in one step, and the folder is synced: every letter is whole, old or new.
4. The manifest gets its name, and the folder is synced.

Killed in 1, we leave the old set; after 4, the new one; in 2 and 3, old and new letters without a manifest, which a
re-run completes. Where letters only join a set, its manifest stays true, and stays until the new one takes its place.
A failure we live to see is undone, last step first. Undoing ends at the first step that fails, so that what is left
is again a state of this list: an old manifest never comes back over a letter that could not be brought back.
"""

import errno
import json
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from generator.errors import OutputError, Place
from generator.targets import MANIFEST, State, look, mode, names

if sys.platform != "win32":
    import fcntl


MAX_NAMELESS = 64  # each holds a file handle until it gets its name
PART = re.compile(r"\..+\.([1-9][0-9]{0,9})\.part", re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Held:
    """The case folder while it is ours alone: its handle (none on Windows), what to tidy up and to undo."""

    path: Path
    handle: int | None
    tidy: ExitStack
    undo: list[Callable[[], object]]


def write_all(
    root: Path, folder: str, files: Mapping[str, bytes], *, force: bool = False, grows_from: bytes | None = None
) -> tuple[Path, ...]:
    """Write the files into `root/folder`, all or none; `force` replaces files with other bytes. Return the paths.

    `grows_from` is the manifest that the new one was made from: only exactly that one may be replaced without force.
    """
    try:
        look(root, folder, files, force=force, grows_from=grows_from)
        with ExitStack() as tidy:
            held = _hold(root, folder, tidy)
            states = look(root, folder, files, force=force, grows_from=grows_from)  # again: now nobody else writes here
            _commit(held, files, states)
    except MemoryError as fault:
        raise OutputError.one("cannot-write", Place(str(root)), reason="ENOMEM") from fault
    except OSError as fault:
        raise _unwritable(fault, root) from fault
    return tuple(root / folder / name for name in files)


def replace_file(path: Path, content: bytes) -> None:
    """Write one file of the user's own as a whole, in the place of an older one; raise `OutputError` if it cannot be.

    A run that is cut short leaves the old file as it was.
    """
    beside = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with beside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as fault:
        raise _unwritable(fault, path) from fault


def _unwritable(fault: OSError, path: Path) -> OutputError:
    return OutputError.one("cannot-write", Place(str(path)), reason=errno.errorcode.get(fault.errno or 0, "EIO"))


def _hold(root: Path, folder: str, tidy: ExitStack) -> _Held:
    """Make the case folder where it is missing, keep every other run out of it, and sweep it."""
    home = root.absolute() / folder
    for path in (*reversed(home.parents), home):
        if not path.is_dir():
            if path == home:
                tidy.callback(_quietly, path.rmdir)  # goes only if it is still empty
            with suppress(FileExistsError):  # other workers of a batch may be making the output folder
                path.mkdir(0o700)
                path.chmod(0o700)  # whatever the umask
    handle = None
    if sys.platform != "win32":
        handle = os.open(home, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        tidy.callback(_quietly, partial(os.close, handle))
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise OutputError.one("output-in-use", Place(str(root))) from None
        except OSError:
            pass  # no locks on this file system; links that never overwrite still keep two runs apart
    for name in names(home):
        if (match := PART.fullmatch(name)) and _is_dead(int(match[1])) and (home / name).is_file():
            (home / name).unlink()
    return _Held(home, handle, tidy, [])


def _is_dead(process: int) -> bool:
    if sys.platform == "win32" or process == os.getpid():  # signal 0 is Ctrl-C there; our number was another's before
        return True
    try:
        os.kill(process, 0)
    except (OSError, OverflowError) as fault:
        return not isinstance(fault, PermissionError)  # refused: it lives, and is somebody else's
    return False


def _commit(held: _Held, files: Mapping[str, bytes], states: Mapping[str, State]) -> None:
    """Give all files their names or none, in the order that the top of this module explains."""
    changed = sorted((name for name in files if states[name] != "same"), key=lambda name: name == MANIFEST)
    old = {name: _keep(held, name) for name in {*changed, MANIFEST} if changed and states[name] == "different"}
    goes = MANIFEST in old and (MANIFEST not in files or _speaks_of(old[MANIFEST].read_bytes(), changed))
    replaced = old.keys() - {MANIFEST} if goes else old.keys()
    nameless = {*changed} - replaced if len(changed) <= MAX_NAMELESS else set()
    new = {name: _stage(held, name, files[name], nameless=name in nameless) for name in changed}
    with _undoing(held):
        if goes:
            held.undo.append(partial(old[MANIFEST].replace, held.path / MANIFEST))
            (held.path / MANIFEST).unlink()
            _sync(held)
        for name, source in new.items():
            if name == MANIFEST:
                _sync(held)
            if name in replaced:
                held.undo.append(partial(old[name].replace, held.path / name))
                source.replace(held.path / name)
            else:
                _give_name(held, name, source, files[name])
        _sync(held)


@contextmanager
def _undoing(held: _Held) -> Iterator[None]:
    try:
        yield
    except BaseException:
        with suppress(OSError, MemoryError):
            while held.undo:
                held.undo.pop()()
        raise


def _speaks_of(manifest: bytes, names: Iterable[str]) -> bool:
    """Tell whether a manifest names one of the files, in either way that JSON writes a name."""
    return any(name.encode() in manifest or json.dumps(name)[1:-1].encode() in manifest for name in names)


def _keep(held: _Held, name: str) -> Path:
    """Give the old file a second name, from which it can come back; without hard links, keep a copy."""
    second = _part(held, f".{name}")
    try:
        os.link(held.path / name, second)
    except OSError:
        _write(second, (held.path / name).read_bytes())
    return second


def _stage(held: _Held, name: str, data: bytes, *, nameless: bool) -> Path:
    """Write a new file whole; of a nameless one nothing outlives us. Return where to link it from."""
    if sys.platform == "linux" and nameless:
        with suppress(OSError):  # no such files on this file system; another fault shows again below
            handle = os.open(held.path, os.O_TMPFILE | os.O_WRONLY, 0o600)
            held.tidy.callback(_quietly, partial(os.close, handle))
            _fill(handle, data)
            return Path(f"/proc/self/fd/{handle}")
    return _write(_part(held, name), data)


def _part(held: _Held, name: str) -> Path:
    """Return a path that will be gone in the end; no file of a set begins with a dot."""
    part = held.path / f".{name}.{os.getpid()}.part"
    held.tidy.callback(_quietly, part.unlink)
    return part


def _write(part: Path, data: bytes) -> Path:
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    try:
        _fill(handle, data)
    finally:
        os.close(handle)
    return part


def _fill(handle: int, data: bytes) -> None:
    if sys.platform != "win32":
        os.fchmod(handle, 0o600)  # also under a umask that takes rights from the owner
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(handle, rest) :]
    os.fsync(handle)


def _give_name(held: _Held, name: str, source: Path, data: bytes) -> None:
    """Let the whole file appear under a free name; if another file got there first, it stays."""
    target = held.path / name
    held.undo.append(partial(_withdraw, source, target))
    try:
        os.link(source, target, src_dir_fd=held.handle)  # with no folder handle Python links the link in /proc itself
    except FileExistsError:
        raise
    except OSError:  # no hard links here, or no /proc
        part = source if source.parent == held.path else _write(_part(held, name), data)
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


def _sync(held: _Held) -> None:
    try:
        if held.handle is not None:
            os.fsync(held.handle)
    except OSError as fault:
        if fault.errno not in {errno.EINVAL, errno.ENOTSUP, errno.ENOSYS}:  # some network file systems sync no folders
            raise


def _quietly(action: Callable[[], object]) -> None:
    with suppress(OSError, MemoryError):
        action()
