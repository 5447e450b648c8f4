"""Run a batch: leave out what is done, hand out chunks, write down what became of each, go on after any failure."""

from array import array
from collections.abc import Callable, Collection, Generator, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Self

from generator.batch.ledger import Ledger
from generator.batch.model import MadeFile, Outcome, Setup, State, Task, Unit, refused
from generator.batch.units import twins
from generator.batch.work import dry, make_and_write
from generator.digests import sha256
from generator.disk import PART
from generator.errors import Problem
from generator.targets import MANIFEST, names

AHEAD = 2  # chunks under way for each worker: none is ever idle, and memory stays flat
_TOLD_AT_ONCE = 256
_GLANCE = 0.2  # seconds until we look whether we are stopped


@dataclass(frozen=True, slots=True)
class Crew:
    """Who makes the letters: how to start them, how many they are, how many cases they get at a time, and what to do.

    After `lifetime` cases a worker is replaced (0: never), which gives back memory that a library keeps. `pack` makes
    tasks ready for the journey, `finish` does at home what the workers cannot.
    """

    start: Callable[[], Executor]
    size: int
    chunk: int
    work: Callable[[Setup, Sequence[Task]], Any]
    lifetime: int = 0
    pack: Callable[[Sequence[Task]], Sequence[Task]] = lambda tasks: tasks
    finish: Callable[[Setup, Sequence[Task], Any], list[Outcome]] = lambda _setup, _tasks, outcomes: outcomes


def run(
    units: Sequence[Unit], setup: Setup, crew: Crew, ledger: Ledger | None, stopped: Callable[[], bool] = lambda: False
) -> Generator[list[Outcome], None, None]:
    """Make the letters of all units; yield what became of them as it is known, when the ledger knows it already.

    Without a ledger nothing is left out and nothing written down. Once `stopped` says so, nothing more is begun; what
    is being made is finished and written down, and then `KeyboardInterrupt` is raised.
    """
    todo = array("L")  # where the units stand that are to be made, in little memory
    for settled in _settled(units, setup, ledger, todo):
        _record(ledger, setup, settled)
        yield settled
    todo.reverse()
    for outcomes in _worked(todo, _tasks(todo, units, ledger), setup, crew, stopped):
        _record(ledger, setup, outcomes)
        yield outcomes


def local_crew(start: Callable[[], Executor], size: int, chunk: int, *, dry_run: bool, lifetime: int = 0) -> Crew:
    """Return a crew of processes of this machine: each writes the files it makes, or throws them away in a dry run."""
    return Crew(start, size, chunk, dry if dry_run else make_and_write, lifetime)


def _record(ledger: Ledger | None, setup: Setup, outcomes: Sequence[Outcome]) -> None:
    if ledger:
        ledger.record(outcomes, [setup.fingerprint(outcome.digest) for outcome in outcomes])


def _settled(units: Sequence[Unit], setup: Setup, ledger: Ledger | None, todo: "array[int]") -> Iterator[list[Outcome]]:
    """Yield what needs no work: units that cannot be made, and those that are done; note in `todo` where others are."""
    twin = twins(units)
    settled: list[Outcome] = []
    for index, unit in enumerate(units):
        faults = (*unit.faults, *((twin[unit.position],) if unit.position in twin else ()))
        if faults:
            settled.append(refused(unit, faults))
        elif done := ledger and _done(unit, setup, ledger):
            settled.append(done)
        else:
            todo.append(index)
        if len(settled) == _TOLD_AT_ONCE:
            yield settled
            settled = []
    if settled:
        yield settled


def _done(unit: Unit, setup: Setup, ledger: Ledger) -> Outcome | None:
    """Return the outcome of a unit that would come out as it did before and whose files are all there."""
    fingerprint, files = ledger.made(unit.code)
    if fingerprint != setup.fingerprint(setup.digest(unit)):
        return None
    standing = _standing(setup.out / unit.code, files, ledger.ours(unit.code))
    return Outcome(unit.position, unit.place, unit.code, standing, unit.digest, files) if standing else None


def _standing(folder: Path, files: Sequence[MadeFile], ours: frozenset[str]) -> State | None:
    """Say how the files of a case stand: as we left them, edited by somebody since, or no more what is wanted."""
    state: State = "skipped"
    try:
        for file in files:
            digest = sha256((folder / file.name).read_bytes())
            if digest != file.sha256:
                if digest in ours:
                    return None
                state = "edited"
        there = names(folder)  # with a part of a run that could not tidy up, it is written again and swept
        return state if MANIFEST in there and not any(map(PART.fullmatch, there)) else None
    except OSError:
        return None


def _tasks(todo: "array[int]", units: Sequence[Unit], ledger: Ledger | None) -> Iterator[Task]:
    """Take one task after the other from the end of `todo`: those of a long batch never lie in memory all at once."""
    while todo:
        unit = units[todo.pop()]
        yield Task(unit, ledger.ours(unit.code) if ledger else frozenset())


def _worked(
    todo: Collection[int], tasks: Iterator[Task], setup: Setup, crew: Crew, stopped: Callable[[], bool]
) -> Iterator[list[Outcome]]:
    """Yield the outcomes of chunks as they are done.

    When a worker dies, every unit that may have killed it is made alone, so that only the one that does is refused.
    """
    if not todo:
        return
    with _Shift(setup, crew, stopped) as shift:
        while todo and not stopped():
            portion = islice(tasks, crew.lifetime * crew.size or None)
            suspects = yield from _rounds(shift, portion, crew.chunk, crew.size * AHEAD)
            if (suspects or todo) and not stopped():
                shift.renew()
            for task in suspects:
                if (yield from _rounds(shift, iter([task]), 1, 1)):
                    yield [refused(task.unit, (Problem("worker-died", task.unit.place),))]
                    shift.renew()
    if stopped():
        raise KeyboardInterrupt


def _rounds(shift: "_Shift", tasks: Iterator[Task], size: int, room: int) -> Generator[list[Outcome], None, list[Task]]:
    """Hand out tasks in chunks until all are done, a worker dies or we are stopped; return what was lost with it."""
    lost: list[Task] = []
    while True:
        while not lost and len(shift.under_way) < room and not shift.stopped():
            if not (chunk := list(islice(tasks, size))):
                break
            lost += [] if shift.hand_out(chunk) else chunk
        if not shift.under_way:
            return lost
        for chunk, outcomes in shift.finished():
            if outcomes is None:
                lost += chunk
            else:
                yield outcomes


class _Shift:
    """Workers at work: the chunks under way, and the executor that has them."""

    def __init__(self, setup: Setup, crew: Crew, stopped: Callable[[], bool]) -> None:
        self.under_way: dict[Future[Any], list[Task]] = {}
        self.stopped = stopped
        self._setup, self._crew, self._executor = setup, crew, crew.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_fault: object) -> None:
        self._executor.shutdown(wait=True, cancel_futures=True)

    def renew(self) -> None:
        """Send everybody home and start anew."""
        self._executor.shutdown(wait=True, cancel_futures=True)  # a thread of it must not be there when we fork
        self._executor = self._crew.start()

    def hand_out(self, chunk: list[Task]) -> bool:
        """Give a chunk to the workers; say whether there were any."""
        try:
            self.under_way[self._executor.submit(self._crew.work, self._setup, self._crew.pack(chunk))] = chunk
        except BrokenExecutor:
            return False
        return True

    def finished(self) -> Iterator[tuple[list[Task], list[Outcome] | None]]:
        """Yield chunks that are done by now, each with its outcomes, `None` where its worker died; wait a little."""
        if self.stopped():
            self.under_way = {future: chunk for future, chunk in self.under_way.items() if not future.cancel()}
        done, _ = wait(self.under_way, _GLANCE, FIRST_COMPLETED)
        for future in done:
            chunk, died = self.under_way.pop(future), isinstance(future.exception(), BrokenExecutor)
            yield chunk, None if died else self._crew.finish(self._setup, chunk, future.result())
