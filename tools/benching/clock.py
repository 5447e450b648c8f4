"""Run whole processes in turn and note what each took; this process stays small, for a child inherits its peak."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter

_KIB = 1 if sys.platform == "linux" else 1024  # in what `ru_maxrss` is told: KiB, on macOS bytes
TOOLS = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Way:
    """One way of making letters: the command of a process that makes `letters` of them into the folder `out`.

    `code` is its exit code when all went well. The folder is removed before each run. A process that times its
    stages writes the seconds of each into `figures`.
    """

    command: Sequence[str]
    letters: int
    out: Path
    figures: Path | None = None
    code: int = 0


@dataclass(frozen=True, slots=True)
class Run:
    """What a process took: seconds on the clock and of CPU (with its children), its peak of memory.

    `stages` are the seconds that went into each stage, where the process timed them.
    """

    letters: int
    seconds: float
    cpu_seconds: float
    peak_mib: float
    stages: Mapping[str, float] = field(default_factory=dict)


Round = Mapping[str, Run]


def timed(way: Way) -> Run:
    """Run a process to its end; raise `RuntimeError` with what it said if it failed."""
    shutil.rmtree(way.out, ignore_errors=True)
    log = way.out.with_suffix(".log")
    environment = {**os.environ, "PYTHONPATH": str(TOOLS), "PEERS": str(TOOLS.parent / ".tools" / "peers")}
    with log.open("wb") as said:
        start = perf_counter()
        child = subprocess.Popen(way.command, stdout=said, stderr=said, env=environment)
        _, status, usage = os.wait4(child.pid, 0)
        seconds = perf_counter() - start
    child.returncode = os.waitstatus_to_exitcode(status)  # or Popen would wait for it again
    if child.returncode != way.code:
        message = f"{' '.join(way.command)}\n{log.read_text('utf-8', errors='replace')[-2000:]}"
        raise RuntimeError(message)
    stages = json.loads(way.figures.read_text("utf-8")) if way.figures else {}
    return Run(way.letters, seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / _KIB / 1024, stages)


def in_turn(ways: Mapping[str, Way], rounds: int) -> Iterator[Round]:
    """Yield round after round, in each of which every way runs once, in turn: A B A B ..."""
    for number in range(1, rounds + 1):
        runs = {}
        for name, way in ways.items():
            runs[name] = timed(way)
            print(f"  round {number}/{rounds}  {name:24}{runs[name].seconds:9.2f} s", file=sys.stderr)
        yield runs
