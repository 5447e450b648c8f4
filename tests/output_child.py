"""File operations that fail or kill at a chosen call, for `test_output.py`; as a script, kill a child at every call."""

import errno
import fcntl
import hashlib
import io
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from generator.output import Outcome, write_all, write_sets
from generator.targets import FileSet

Spring = Callable[[Callable[[], Any], str, tuple[Any, ...]], Any]  # of an operation, its name and its arguments

FOLDER = "K-17"
OPENING = ("open", "io.open")
GROWING = (*OPENING, "write", "link", "mkdir", "fsync")
COUNTED = (*GROWING, "replace", "rename", "close", "unlink", "rmdir", "stat", "lstat", "listdir", "fchmod", "flock")
MODULES = {"io.open": io, "flock": fcntl}


def with_manifest(letters: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the letters with a manifest that names each with its digest."""
    digests = {name: hashlib.sha256(data).hexdigest() for name, data in letters.items()}
    return {**letters, "manifest.json": json.dumps(digests).encode()}


@dataclass(frozen=True)
class Scenario:
    """What lies in the case folder before (nothing, if it is not there), what is to be written, and over what."""

    new: Mapping[str, bytes]
    old: Mapping[str, bytes] | None = None
    force: bool = False
    folder: str = FOLDER

    def prepare(self, root: Path) -> None:
        """Put the earlier files in their place."""
        if self.old is not None:
            (root / self.folder).mkdir(parents=True)
            for name, data in self.old.items():
                (root / self.folder / name).write_bytes(data)

    def write(self, root: Path) -> None:
        """Write the new files."""
        write_all(root, self.folder, self.new, force=self.force, grows_from=(self.old or {}).get("manifest.json"))

    @property
    def complete(self) -> dict[str, bytes]:
        """Return what lies in the folder when the set was written."""
        return {**(self.old or {}), **self.new}

    @property
    def wanted(self) -> FileSet:
        """Return the set as one of a group."""
        return FileSet(self.folder, self.new, self.force, (self.old or {}).get("manifest.json"))


@dataclass(frozen=True)
class Group:
    """Sets of several cases that are written at once."""

    scenarios: tuple[Scenario, ...]

    def prepare(self, root: Path) -> None:
        """Put the earlier files of all in their place."""
        for scenario in self.scenarios:
            scenario.prepare(root)

    def write(self, root: Path) -> list[Outcome]:
        """Write the new files of all."""
        return write_sets(root, [scenario.wanted for scenario in self.scenarios])


LETTERS = {"a.docx": b"letter a" * 900, "b.pdf": b"letter b" * 900, "c.txt": b""}
OLDER = {"a.docx": b"letter a" * 900, "b.pdf": b"an older b" * 500, "d.txt": b"of an older set"}
SCENARIOS = {
    "one letter": Scenario(with_manifest({"a.docx": b"letter a"})),
    "new set": Scenario(with_manifest(LETTERS)),
    "many letters": Scenario(with_manifest({f"{number}.txt": b"%d" % number for number in range(6)})),
    "set to complete": Scenario(with_manifest(LETTERS), {"a.docx": LETTERS["a.docx"]}),
    "letter was deleted": Scenario(
        with_manifest(LETTERS), {n: d for n, d in with_manifest(LETTERS).items() if n != "b.pdf"}
    ),
    "set that grows": Scenario(
        {"d.txt": b"letter d", "manifest.json": with_manifest({**LETTERS, "d.txt": b"letter d"})["manifest.json"]},
        with_manifest(LETTERS),
    ),
    "forced over an older set": Scenario(with_manifest(LETTERS), with_manifest(OLDER), force=True),
    "forced over other letters": Scenario(
        with_manifest(LETTERS), with_manifest({name: b"old " + name.encode() for name in LETTERS}), force=True
    ),
}
GROUP = Group(
    tuple(
        replace(SCENARIOS[name], folder=folder)
        for name, folder in (
            ("new set", "k-15"),
            ("forced over other letters", "k-16"),
            ("set that grows", FOLDER),
            ("one letter", "k-18"),
        )
    )
)


@dataclass
class Trap:
    """Count file operations and spring at the `nth`, or, `onward`, at each from there on."""

    nth: int
    spring: Spring
    kinds: tuple[str, ...] = COUNTED
    onward: bool = False
    lacking: frozenset[str] = frozenset()
    seen: list[str] = field(default_factory=list)
    one_at_a_time: threading.Lock = field(default_factory=threading.Lock)

    @property
    def sprung(self) -> bool:
        """Tell whether there was an operation of that number."""
        return len(self.seen) >= self.nth

    @property
    def sprung_at(self) -> str:
        """Return the operation at which the trap sprang, nothing if there was none of that number."""
        return self.seen[self.nth - 1] if self.sprung else ""

    def call(self, name: str, real: Callable[..., Any], *args: Any, **options: Any) -> Any:
        """Do one operation, or what the trap does instead."""

        def do() -> Any:
            if "tmpfile" in self.lacking and name == "open" and args[1] & os.O_TMPFILE == os.O_TMPFILE:
                raise OSError(errno.EOPNOTSUPP, "no nameless files")
            if "link" in self.lacking and name == "link":
                raise OSError(errno.EPERM, "no hard links")
            if "proc" in self.lacking and name == "link" and "/proc/" in str(args[0]):
                raise OSError(errno.ENOENT, "no /proc")
            if name == "fsync":
                return None  # its effect cannot be seen here, and it takes time
            return real(*args, **options)

        if name in self.kinds:
            with self.one_at_a_time:  # threads wait for the disk side by side
                self.seen.append(name)
                number = len(self.seen)
            if number == self.nth or (self.onward and number > self.nth):
                return self.spring(do, name, args)
        return do()


FILE_SYSTEMS = {
    "linux": frozenset[str](),
    "no /proc": frozenset({"proc"}),
    "no nameless files": frozenset({"tmpfile"}),
    "no hard links": frozenset({"tmpfile", "link"}),
}


@contextmanager
def laid(trap: Trap) -> Iterator[Trap]:
    """Put the trap between the program and the system."""

    def trapped(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        return lambda *args, **options: trap.call(name, real, *args, **options)

    reals = {name: getattr(MODULES.get(name, os), name.rpartition(".")[2]) for name in COUNTED}
    try:
        for name, real in reals.items():
            setattr(MODULES.get(name, os), name.rpartition(".")[2], trapped(name, real))
        yield trap
    finally:
        for name, real in reals.items():
            setattr(MODULES.get(name, os), name.rpartition(".")[2], real)


def content(folder: Path) -> dict[str, bytes] | None:
    """Return the files of a folder, or nothing if it is not there."""
    return {path.name: path.read_bytes() for path in folder.iterdir()} if folder.is_dir() else None


def letters(folder: Path) -> dict[str, bytes] | None:
    """Return the files of a folder that carry a final name."""
    found = content(folder)
    return None if found is None else {name: data for name, data in found.items() if not name.startswith(".")}


def refuse(fault: BaseException) -> Spring:
    """Return a trap that raises instead of doing the operation; but a handle is closed, as systems do even then."""

    def spring(do: Callable[[], Any], name: str, _args: tuple[Any, ...]) -> Any:
        if name == "close":
            do()
        raise type(fault)(*fault.args)

    return spring


def do_and_refuse(fault: BaseException) -> Spring:
    """Return a trap that does the operation and raises nevertheless; but a file handle that nobody got is closed."""

    def spring(do: Callable[[], Any], name: str, _args: tuple[Any, ...]) -> Any:
        result = do()
        if name in OPENING:
            os.close(result) if isinstance(result, int) else result.close()
        raise type(fault)(*fault.args)

    return spring


def assert_sound(folder: Path, scenario: Scenario) -> None:
    """Assert that every letter is whole, old or new, that nothing old is lost, and that no manifest lies.

    Only a forced run takes the old manifest away for a while; one that stays may name a letter that was missing before.
    """
    found, old = letters(folder) or {}, scenario.old or {}
    assert all(data in (old.get(name), scenario.new.get(name)) for name, data in found.items())
    assert found.keys() >= old.keys() - ({"manifest.json"} if scenario.force else set())
    for name, digest in json.loads(found.get("manifest.json", b"{}")).items():
        if name in found or found["manifest.json"] != old.get("manifest.json"):
            assert hashlib.sha256(found[name]).hexdigest() == digest


FAULTS = {
    "disk full": (refuse(OSError(errno.ENOSPC, "")), GROWING),
    "read or write fault": (refuse(OSError(errno.EIO, "")), COUNTED),
    "fault after the deed": (do_and_refuse(OSError(errno.EIO, "")), COUNTED),
    "Ctrl-C": (do_and_refuse(KeyboardInterrupt()), COUNTED),
    "out of memory": (refuse(MemoryError()), COUNTED),
}


def die(_do: Callable[[], Any], name: str, args: tuple[Any, ...]) -> None:
    """Be killed; in the midst of a write, if it is one."""
    if name == "write":
        handle, data = args
        os.pwrite(handle, bytes(data)[: len(data) // 2], 0)
    os.kill(os.getpid(), signal.SIGKILL)


def kill_at_every_call(base: Path, scenario: Scenario | Group, lacking: frozenset[str]) -> int:
    """Leave in `base/1`, `base/2` ... what a kill at that call leaves, until a run is not killed; return the kills."""
    nth = 0
    while True:
        nth += 1
        root = base / str(nth)
        scenario.prepare(root)
        child = os.fork()
        if child == 0:
            try:
                with laid(Trap(nth, die, lacking=lacking)):
                    scenario.write(root)
                os._exit(0)
            finally:
                os._exit(1)
        status = os.waitpid(child, 0)[1]
        if not os.WIFSIGNALED(status):
            return nth - 1 if status == 0 else -1


@contextmanager
def in_memory(otherwise: Path) -> Iterator[Path]:
    """Give a new folder in memory, where there is one."""
    memory = Path("/dev/shm")  # noqa: S108  # a new folder of our own is made in it
    if not os.access(memory, os.W_OK):
        yield otherwise
        return
    with tempfile.TemporaryDirectory(dir=memory) as folder:
        yield Path(folder)


def child_environment() -> dict[str, str]:
    """Return an environment in which a child finds the program."""
    return {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)}


def killed_at_every_call(base: Path, name: str, file_system: str) -> int:
    """Let a child be killed at every call; return how often it was."""
    command = [sys.executable, __file__, "kill", str(base), name, file_system]
    return int(subprocess.run(command, capture_output=True, check=True, env=child_environment()).stdout)


def _named(name: str) -> Scenario | Group:
    return GROUP if name == "group" else SCENARIOS[name]


def main() -> None:
    """Kill at every call, or write once; the first argument says which, then folder, scenario, file system."""
    match sys.argv[1:]:
        case ["kill", folder, name, file_system]:
            sys.stdout.write(str(kill_at_every_call(Path(folder), _named(name), FILE_SYSTEMS[file_system])))
        case ["write", folder, name]:
            SCENARIOS[name].write(Path(folder))
        case _:
            sys.exit(2)


if __name__ == "__main__":
    main()
