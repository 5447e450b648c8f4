"""Run the command on an input in a child of this warm process: it may hang, crash or eat memory, and we still know."""

import atexit
import json
import os
import resource
import select
import shutil
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NoReturn

from fuzzing.model import Input, Run, Said

PATIENCE = 40  # seconds on the clock; two busy cores are slow
_CPU, _MEMORY = 20, 1024 * 2**20
TIMED_OUT = -99
_OWN = {"stdout", "stderr", "said"}
ELSEWHERE = {
    "TZ": "Pacific/Kiritimati",
    "LC_ALL": "ru_RU.UTF-8",
    "LANG": "ru_RU.UTF-8",
    "USER": "other",
    "LOGNAME": "other",
}
"""The surroundings of the second run, which must come out the same."""


def run(given: Input, folder: Path, *, elsewhere: bool = False) -> Run:
    """Run the command on an input in an empty folder, and say what came of it."""
    shutil.rmtree(folder, ignore_errors=True)
    for name in ("work", "home", "tmp"):
        (folder / name).mkdir(parents=True)
    for name, content in given.change.files.items():
        path = folder / "work" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    child = os.fork()
    if not child:
        _be_child(folder, given, ELSEWHERE if elsewhere else {})
    code, used = _awaited(child)
    said = [Said(**each) for each in _said(folder)]
    wanted, strays = _found(folder, given.change.files)
    out, err = ((folder / name).read_bytes().decode("utf-8", "backslashreplace") for name in ("stdout", "stderr"))
    return Run(code, out, err, tuple(said), wanted, strays, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def _awaited(child: int) -> tuple[int, Any]:
    watch = os.pidfd_open(child)
    try:
        ready, _, _ = select.select([watch], [], [], PATIENCE)
    finally:
        os.close(watch)
    if not ready:
        os.kill(child, 9)
    _, status, used = os.wait4(child, 0)
    return (os.waitstatus_to_exitcode(status) if ready else TIMED_OUT), used


def _said(folder: Path) -> list[dict[str, Any]]:
    path = folder / "said"
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []


def _found(folder: Path, given: Mapping[str, bytes]) -> tuple[dict[str, bytes], tuple[str, ...]]:
    """Return the files in the output folder, and the names of all others that are new or differ."""
    out = folder / "work" / "out"
    wanted, strays = dict[str, bytes](), list[str]()
    for path in _files(folder):
        name = path.relative_to(folder).as_posix()
        if out in path.parents and not path.is_symlink():
            wanted[path.relative_to(out).as_posix()] = path.read_bytes()
        elif name in _OWN:
            continue
        elif given.get(name.removeprefix("work/")) != path.read_bytes():
            strays.append(name)
    return wanted, tuple(strays)


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_symlink() or not path.is_dir())


def _be_child(folder: Path, given: Input, elsewhere: Mapping[str, str]) -> NoReturn:
    code = 99
    try:
        _settle(folder, elsewhere)
        sys.argv = ["arznoma", *given.arguments()]
        _listen(folder / "said")
        code = _main(guard=given.seed.kind == "pack")
        atexit._run_exitfuncs()  # noqa: SLF001  # what an ordinary end does: temporary folders go
        sys.stdout.flush()
        sys.stderr.flush()
    except BaseException as fault:  # noqa: BLE001  # whatever it is, it ends here and is told
        os.write(2, f"Traceback: {type(fault).__name__}\n".encode())
    finally:
        os._exit(code)


def _settle(folder: Path, elsewhere: Mapping[str, str]) -> None:
    os.chdir(folder / "work")
    home = folder / "home"
    os.environ.update(
        {"HOME": str(home), "XDG_DATA_HOME": str(home / "data"), "TMPDIR": str(folder / "tmp"), **elsewhere}
    )
    os.environ.pop("ARZNOMA_DATA", None)
    os.umask(0 if elsewhere else 0o077)
    for number, name in ((1, "stdout"), (2, "stderr")):
        handle = os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        os.dup2(handle, number)
        os.close(handle)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (_CPU, _CPU))
    resource.setrlimit(resource.RLIMIT_DATA, (_MEMORY, _MEMORY))


def _listen(target: Path) -> None:
    """Note each problem that becomes a sentence, also where a child under limits says it."""
    from generator.cli.messages import Messages  # noqa: PLC0415  # the program is loaded by who starts us
    from generator.errors import Problem  # noqa: PLC0415

    usual = Messages.problem

    def problem(self: Messages, each: Problem) -> tuple[str, str]:
        says, remedy = usual(self, each)
        place = each.place
        told = {"file": place.file if place else "", "line": place.line if place else 0, "path": each.path}
        with target.open("a", encoding="utf-8") as file:
            file.write(json.dumps({"id": each.id, **told, "says": says, "remedy": remedy}) + "\n")
        return says, remedy

    Messages.problem = problem  # type: ignore[method-assign]  # we are a child of our own, and soon gone


def _main(*, guard: bool) -> int:
    from generator.cli import main  # noqa: PLC0415  # as above

    try:
        main(guard=guard)
    except SystemExit as ended:
        return int(ended.code or 0)
