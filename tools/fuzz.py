"""Attack the program with valid inputs that were changed at random: python tools/fuzz.py; `make fuzz` on all cores.

MINUTES=10 says for how long, SEED=1 which inputs. The seed and the number of an input name it exactly: SEED=1 ONLY=1234
makes it again, keeps it in out/fuzz/ and shows what came of it. What must hold for every input stands in
fuzzing/oracle.py. The exit code is 1 if a rule was broken.
"""

import multiprocessing
import os
import shutil
import sys
import tempfile
import time
from datetime import date
from itertools import count
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tools"), str(ROOT / "tests")]  # tests/tables makes workbooks part by part

from fuzzing.model import Finding, Tally  # noqa: E402  # found by the path above
from fuzzing.report import lines_of, say  # noqa: E402  # as above
from fuzzing.work import Trial, joined  # noqa: E402  # as above

_MEMORY = Path("/dev/shm")  # noqa: S108  # waits for no disk; each run has a folder of its own in it


def main() -> int:
    """Attack, and say what came of it."""
    seed = int(os.environ.get("SEED") or 1)
    if only := os.environ.get("ONLY"):
        return _one(seed, int(only))
    minutes, most = float(os.environ.get("MINUTES") or 10), int(os.environ.get("COUNT") or 0)
    tally = attack(seed, minutes * 60, most, os.cpu_count() or 1)
    say(tally, seed)
    return 1 if tally.findings else 0


def attack(seed: int, seconds: float, most: int, processes: int) -> Tally:
    """Try inputs until the time is over, or the first `most` of them; each process tries every so-manieth."""
    warm()
    if processes == 1:
        return _worker((seed, seconds, most, 0, 1))
    with multiprocessing.get_context("fork").Pool(processes) as pool:
        return joined(pool.map(_worker, [(seed, seconds, most, n, processes) for n in range(processes)]))


def warm() -> None:
    """Load what the program loads, so that each of its runs is a fork of this process."""
    import generator.advice  # noqa: PLC0415  # slow, and not needed to say what is wrong with the arguments
    import generator.batch.prepare  # noqa: PLC0415
    import generator.cli.batch  # noqa: PLC0415
    import generator.cli.check  # noqa: PLC0415
    import generator.cli.deadlines  # noqa: PLC0415
    import generator.cli.explain  # noqa: PLC0415
    import generator.cli.names  # noqa: PLC0415
    import generator.cli.write  # noqa: PLC0415, F401
    from generator.folders import Folders, bundled_folder  # noqa: PLC0415
    from generator.render.house_style import cached  # noqa: PLC0415
    from generator.writing import Wish, check_wish  # noqa: PLC0415

    folders = Folders((bundled_folder(),))
    check_wish(Wish(date(2026, 6, 1)), folders)
    cached(folders.find("templates", "house-styles", "plain"))


def _worker(task: tuple[int, float, int, int, int]) -> Tally:
    seed, seconds, most, first, step = task
    until = time.monotonic() + seconds
    folder = Path(tempfile.mkdtemp(prefix="arznoma-fuzz-", dir=_MEMORY if _MEMORY.is_dir() else None))
    trial = Trial(seed, folder / "run")
    for number in range(first, most, step) if most else count(first, step):
        if time.monotonic() > until:
            break
        seen = len(trial.tally.findings)
        trial.try_out(number)
        for finding in trial.tally.findings[seen:]:
            _tell(finding)
    shutil.rmtree(folder)  # not by a context: a child that ends in good order would remove it, too
    return trial.tally


def _tell(finding: Finding) -> None:
    print(*lines_of(finding), sep="\n", flush=True)


def _one(seed: int, number: int) -> int:
    """Make one input again, keep it, and show what came of it."""
    warm()
    folder = ROOT / "out" / "fuzz" / f"{seed}-{number}"
    trial = Trial(seed, folder)
    given, came = trial.try_out(number)
    shutil.rmtree(folder, ignore_errors=True)
    for name, content in [*given.change.files.items(), *((f"out/{name}", each) for name, each in came.files.items())]:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    print(f"{given.seed.name}: {given.change.done}\narznoma {' '.join(given.arguments())}\n{came.out}{came.err}")
    print(f"exit code {came.code}, {came.cpu:.1f} s, {came.mib:.0f} MiB; kept in {folder.relative_to(ROOT)}")
    for finding in trial.tally.findings:
        _tell(finding)
    return 1 if trial.tally.findings else 0


if __name__ == "__main__":
    sys.exit(main())
