"""Loop a fault over the operations of a scene: the first, the second ... until a run passes untouched."""

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from breaking import promises
from breaking.forked import Ended, run
from breaking.promises import STOPPED, Tree
from breaking.scenes import Home, Scene
from breaking.traps import Fault, Trap

TIDYING = {"unlink", "rmdir"}


@dataclass(slots=True)
class Row:
    """What came of the runs of a scene with a fault; `found` are the first broken promises, in words."""

    scene: str
    fault: str
    runs: int = 0
    hit: int = 0
    killed: int = 0
    refused: int = 0
    completed: int = 0
    broken: int = 0
    left: int = 0
    answers: int = 0
    found: list[str] = field(default_factory=list)

    @property
    def kept(self) -> bool:
        """Say whether every promise was kept."""
        return not (self.broken or self.left or self.answers)

    def note(self, kind: str, number: int | str, faults: Iterator[str]) -> None:
        """Count the broken promises of a run under a kind, and keep the words of the first."""
        if told := list(faults):
            setattr(self, kind, getattr(self, kind) + 1)
            self.found.append(f"{self.scene} / {self.fault} / {number}: {'; '.join(told[:3])}")


class Stage:
    """The folders of a scene as they are before it, and as an undisturbed run leaves them."""

    def __init__(self, base: Path, scene: Scene) -> None:
        """Prepare the scene below a folder, by running what comes before it."""
        self.scene = scene
        self.home = Home(base / "home")
        self._template = base / "template"
        self.home.make()
        for step in scene.before:
            if callable(step):
                step(self.home)
            else:
                well(run(self.home, step))
        self.old = promises.tree(self.home)
        self.home.path.rename(self._template)
        self.renew()
        well(run(self.home, scene.command))
        self.new = promises.tree(self.home)

    def renew(self) -> None:
        """Put the folders back as they were before."""
        if self.home.path.exists():
            shutil.rmtree(self.home.path)
        shutil.copytree(self._template, self.home.path, symlinks=True)


def well(ended: Ended) -> Ended:
    """Return how a run ended that had to end well."""
    if ended.code != 0:
        raise RuntimeError(ended.complained)
    return ended


def loop(stage: Stage, fault: Fault, every: int = 1, first: int = 1) -> Row:
    """Let a fault befall each operation in turn (or every kth, from the `first` on), until a run passes untouched."""
    row, nth = Row(stage.scene.name, fault.name), first
    while True:
        stage.renew()
        trap = Trap(fault, nth, stage.home.path)
        ended = run(stage.home, stage.scene.command, trap)
        judge(stage, row, Befallen(fault, nth, trap.sprung_at), ended)
        completes(stage, row, nth)
        if not trap.sprung_at:
            return row
        nth += every


@dataclass(frozen=True, slots=True)
class Befallen:
    """What befell a run: the fault, the number of the operation, and its kind (nothing if it was never reached)."""

    fault: Fault
    nth: int | str
    at: str


def judge(stage: Stage, row: Row, what: Befallen, ended: Ended) -> None:
    """Hold what a run left against the promises, and count it in a row."""
    old, new, found = stage.old, stage.new, promises.tree(stage.home)
    killed = ended.code is not None and ended.code < 0
    place = f"{what.nth} {what.at}"
    row.runs += 1
    row.hit += bool(what.at)
    row.killed += killed or (what.fault.kills and bool(what.at))
    row.completed += ended.code == 0
    row.refused += not killed and ended.code != 0
    row.note("broken", place, _broken(stage, found))
    if killed:
        return
    row.note("answers", place, promises.bad_answer(ended))
    if (
        what.fault.kills
        or (what.fault.onward and "from then on" in f"{what.fault.name} {what.at}")
        or what.at in TIDYING
    ):
        return  # a worker was killed, or what would tidy up cannot
    row.note("left", place, promises.left_over(old, new, found))
    if stage.scene.alone and ended.code not in {0, STOPPED}:
        row.note("broken", place, promises.not_as_before(old, found))
    if ended.code == 0:
        row.note("broken", place, promises.not_complete(new, found))


def _broken(stage: Stage, found: Tree) -> Iterator[str]:
    yield from promises.broken(stage.scene, stage.old, stage.new, found)
    yield from promises.false_entries(found, stage.old, stage.new)


def completes(stage: Stage, row: Row, place: int | str, command: Sequence[str] = ()) -> None:
    """Run the command again, undisturbed, and see whether it completes the set and leaves nothing else."""
    ended = run(stage.home, command or stage.scene.command)
    found = promises.tree(stage.home)
    if ended.code != 0:
        row.note("broken", f"{place}, run again", iter([f"exit code {ended.code}: {ended.complained[-300:]}"]))
        return
    row.note("broken", f"{place}, run again", _incomplete(stage, found))
    row.note("left", f"{place}, run again", promises.left_over(stage.old, stage.new, found))


def _incomplete(stage: Stage, found: Tree) -> Iterator[str]:
    yield from promises.not_complete(stage.new, found)
    yield from _broken(stage, found)
    if promises.LEDGER in found and promises.entries(found) != promises.entries(stage.new):
        yield "the ledger does not tell of all that was made"
