"""Make case files for tests of batches, and workers that misbehave."""

import os
import signal
from collections.abc import Sequence
from pathlib import Path

from letters import example

from generator.batch.model import Outcome, Setup, Task
from generator.batch.work import make_and_write

STREET = "ул. Лесная, д. 3"


def case_text(code: str, street: str = STREET) -> str:
    """Return the least case that makes a complaint, with a code and a street of its own."""
    return example("minimal.yaml").replace("id: example-2", f"id: {code}").replace(STREET, street)


def case_folder(folder: Path, codes: Sequence[str]) -> Path:
    """Write a case file for each code, each with an address of its own, and return their folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, code in enumerate(codes, 1):
        (folder / f"{code}.yaml").write_text(case_text(code, f"ул. Лесная, д. {number}"), "utf-8")
    return folder


def codes(number: int) -> list[str]:
    """Return so many codes of cases."""
    return [f"c-{n:04}" for n in range(1, number + 1)]


def files_below(folder: Path) -> dict[str, bytes]:
    """Return every file of the letters below an output folder, by its path; not the ledger and the result sheets.

    Nor what the making of result sheets needs on the way, which the next run sweeps.
    """
    found = (path for path in folder.glob("[!.]*/*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def deadly(setup: Setup, tasks: Sequence[Task]) -> list[Outcome]:
    """Make letters, but die at the case `c-0005` as if the system had ended us."""
    if any(task.unit.code == "c-0005" for task in tasks):
        os.kill(os.getpid(), signal.SIGKILL)
    return make_and_write(setup, tasks)


def deadly_once(setup: Setup, tasks: Sequence[Task]) -> list[Outcome]:
    """Die at the case `c-0005`, but only the first time."""
    mark = setup.out.parent / "died"
    if any(task.unit.code == "c-0005" for task in tasks) and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return make_and_write(setup, tasks)
