"""Break what can break while letters are written, and see that every promise is kept: python tools/chaos.py [WORD ...].

Each scene (a letter, a bundle, a batch ...) is run with each fault at its first file operation, at its second, and so
on until a run passes untouched, as SQLite does it. Then whole processes are killed, interrupted, starved and misled.
After each run: no broken file under a final name, old letters intact, no lie in manifest or ledger, nothing left, an
answer without a traceback or a fact, and the same command completes the set. The exit code is 1 if a promise was
broken. Words choose rows of the table; the same seed makes the same moments. The environment variables EVERY and SEED
do what the options do.
"""

import argparse
import multiprocessing
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path
from time import monotonic

from breaking import misled, rough, traced
from breaking.looping import Row, Stage, loop
from breaking.scenes import SCENES, Scene
from breaking.table import say
from breaking.traps import FAULTS, Fault
from breaking.warm import warm

Job = Callable[[Path], list[Row]]

KILLS = FAULTED = 200
SAMPLED = {"SIGINT while it starts", "its output is full", "all its streams are closed", "ulimit -f"}
MEMORY = Path("/dev/shm")  # noqa: S108  # a new folder of our own is made in it


def main() -> None:
    """Do what the arguments ask for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("words", nargs="*", help="only rows with these words in the name of scene or fault")
    parser.add_argument("--every", type=int, default=int(os.environ.get("EVERY") or 4), help="only each kth operation")
    parser.add_argument("--short", action="store_true", help="a sample of all, in some twenty seconds")
    parser.add_argument("--seed", type=int, default=int(os.environ.get("SEED") or 20261125))
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    given = parser.parse_args()
    started = monotonic()
    warm()
    base = Path(tempfile.mkdtemp(dir=MEMORY if os.access(MEMORY, os.W_OK) else None))
    try:
        rows = list(_rows(base, given))
    finally:
        shutil.rmtree(base, ignore_errors=True)
    say(rows, list(_lacking()))
    print(f"{monotonic() - started:.0f} s, seed {given.seed}, every {given.every}. operation")
    sys.exit(_verdict(rows, whole=not (given.words or given.short)))


def _lacking() -> Iterator[str]:
    """Yield what cannot be done on this machine."""
    if not traced.can_trace():
        yield "faults in the system calls of SQLite: strace is missing or may not trace"
    if not rough.can_mount():
        yield "a small disk and a read-only disk: only root can mount them"


def _verdict(rows: list[Row], *, whole: bool) -> int:
    """Return 1 if a promise was broken, or too little was tried."""
    kills = sum(row.killed for row in rows)
    faults = sum(row.hit for row in rows) - kills
    print(f"{kills} kills, {faults} other faults")
    enough = kills >= KILLS and faults >= FAULTED
    return 0 if rows and all(row.kept for row in rows) and (enough or not whole) else 1


def _rows(base: Path, given: argparse.Namespace) -> Iterator[Row]:
    """Yield the rows of all jobs, made side by side in forks of this warm process."""
    all_jobs = _sample(given.seed) if given.short else _jobs(given.every, given.seed)
    jobs = [job for name, job in all_jobs if all(word in name for word in given.words)]
    places = [base / str(number) for number in range(len(jobs))]
    with ProcessPoolExecutor(given.jobs, multiprocessing.get_context("fork")) as pool:
        for rows in pool.map(_done, jobs, places):
            for row in rows:
                print(f"  {row.scene} / {row.fault}: {row.runs}", file=sys.stderr)
            yield from rows


def _done(job: Job, place: Path) -> list[Row]:
    return job(place)


def _jobs(every: int, seed: int) -> Iterator[tuple[str, Job]]:
    """Yield each job with its name; kills come at every operation, other faults at each kth, which the seed chooses."""
    for number, (scene, fault) in enumerate((scene, fault) for scene in SCENES for fault in FAULTS):
        step = 1 if fault.kills else every
        yield f"{scene.name} / {fault.name}", partial(_looped, scene, (fault,), step, 1 + (seed + number) % step)
    for condition in rough.conditions():
        yield condition.name, partial(_rough, condition.name, seed)
    yield "tricks", _tricks
    yield "a case folder is swapped for a link", partial(_swapped, seed, misled.SWAPS)
    if traced.can_trace():
        yield "SQLite", partial(_traced, every)


def _sample(seed: int) -> Iterator[tuple[str, Job]]:
    """Yield some of each: every scene with a kill, a fault that is told, and one of the others in turn."""
    usual = [fault for fault in FAULTS if fault.name in {"kill -9", "EIO"}]
    others = [fault for fault in FAULTS if fault not in usual]
    for number, scene in enumerate(SCENES):
        step = 19 if scene.alone else 71
        step *= 1 + 2 * (scene.name == "bundle")
        faults = (*usual, others[number % len(others)])
        yield scene.name, partial(_looped, scene, faults, step, 1 + (seed + number) % step)
    for condition in rough.conditions():
        if condition.name in SAMPLED:
            yield condition.name, partial(_rough_once, condition.name, seed)
    yield "tricks", _tricks
    yield "a case folder is swapped for a link", partial(_swapped, seed, 2)


def _looped(scene: Scene, faults: Sequence[Fault], step: int, first: int, place: Path) -> list[Row]:
    stage = Stage(place, scene)
    return [loop(stage, fault, step, first) for fault in faults]


def _rough(name: str, seed: int, place: Path) -> list[Row]:
    condition = next(each for each in rough.conditions() if each.name == name)
    return list(rough.rows(place, condition, seed))


def _rough_once(name: str, seed: int, place: Path) -> list[Row]:
    """Run a condition once in its first scene."""
    condition = next(each for each in rough.conditions() if each.name == name)
    return list(rough.rows(place, replace(condition, scenes=condition.scenes[:1]), seed, 1))


def _tricks(place: Path) -> list[Row]:
    return list(misled.rows(place))


def _swapped(seed: int, times: int, place: Path) -> list[Row]:
    return [misled.swapped(place, seed, times)]


def _traced(every: int, place: Path) -> list[Row]:
    return list(traced.rows(place, every))


if __name__ == "__main__":
    main()
