"""Break what can break while letters are written, and see that every promise is kept: python tools/chaos.py [WORD ...].

Each scene (a letter, a bundle, a batch ...) is run with each fault at its first file operation, at its second, and so
on until a run passes untouched, as SQLite does it. Then whole processes are killed, interrupted, starved and misled. After each
run: no broken file under a final name, old letters intact, no lie in manifest or ledger, nothing left behind, an answer
without a traceback or a fact, and the same command completes the set. The exit code is 1 if a promise was broken.
Words choose scenes and faults by their names. The same seed makes the same moments.
"""

import argparse
import multiprocessing
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from time import monotonic

from breaking.looping import Row, Stage, loop
from breaking.scenes import SCENES, Scene
from breaking.table import say
from breaking.traps import FAULTS, Fault
from breaking.warm import warm

KILLS = FAULTED = 200
MEMORY = Path("/dev/shm")  # noqa: S108  # a new folder of our own is made in it


def main() -> None:
    """Do what the arguments ask for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("words", nargs="*", help="only scenes or faults with these words in their names")
    parser.add_argument("--every", type=int, default=1, help="only each kth operation")
    parser.add_argument("--seed", type=int, default=20261125)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    given = parser.parse_args()
    started = monotonic()
    warm()
    base = Path(tempfile.mkdtemp(dir=MEMORY if os.access(MEMORY, os.W_OK) else None))
    try:
        rows = list(_loops(base, given))
    finally:
        shutil.rmtree(base, ignore_errors=True)
    say(rows, [])
    print(f"{monotonic() - started:.0f} s")
    sys.exit(_verdict(rows, whole=not given.words and given.every == 1))


def _verdict(rows: list[Row], *, whole: bool) -> int:
    """Return 1 if a promise was broken, or too little was tried."""
    kills = sum(row.killed for row in rows)
    faults = sum(row.hit for row in rows) - kills
    print(f"{kills} kills, {faults} injected faults")
    enough = kills >= KILLS and faults >= FAULTED
    return 0 if all(row.kept for row in rows) and (enough or not whole) else 1


def _loops(base: Path, given: argparse.Namespace) -> Iterator[Row]:
    """Yield a row for each scene with each fault, made side by side in forks of this warm process."""
    todo = [
        (base, number, scene, fault, given.every)
        for number, (scene, fault) in enumerate((scene, fault) for scene in SCENES for fault in FAULTS)
        if all(word in f"{scene.name} / {fault.name}" for word in given.words)
    ]
    with ProcessPoolExecutor(given.jobs, multiprocessing.get_context("fork")) as pool:
        for row in pool.map(_row, todo):
            print(f"  {row.scene} / {row.fault}: {row.runs}", file=sys.stderr)
            yield row


def _row(job: tuple[Path, int, Scene, Fault, int]) -> Row:
    base, number, scene, fault, every = job
    return loop(Stage(base / str(number), scene), fault, every)


if __name__ == "__main__":
    main()
