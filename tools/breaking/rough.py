"""Whole processes in rough conditions: signals at any moment, little memory, few handles, small disks, odd folders."""

import os
import resource
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from random import Random

from breaking import promises
from breaking.cold import Manner, cold, signalled, started
from breaking.forked import Ended
from breaking.looping import Befallen, Row, Stage, completes, judge
from breaking.scenes import SCENES, Home
from breaking.traps import Fault

BY_NAME = {scene.name: scene for scene in SCENES}
LETTER, FORCED, BATCH, WORKERS = (
    "letter, new",
    "letter, forced over an older one",
    "batch, first run",
    "batch, two workers, changed",
)
MIB = 1024 * 1024
STARTING = 0.7
"""Seconds in which a process is still loading what it needs."""


@dataclass(frozen=True, slots=True)
class Condition:
    """A rough condition: the scenes it befalls, how often, and what happens in the nth run.

    `kills` that it ends the process; `lasting` that nothing can be tidied up while it lasts; `hinders` is what must
    go before the command can complete the set.
    """

    name: str
    scenes: tuple[str, ...]
    times: int
    disturb: Callable[[Stage, int, Random], Ended]
    kills: bool = False
    lasting: bool = False
    hinders: Callable[[Home], object] = lambda _home: None


def rows(base: Path, condition: Condition, seed: int, times: int | None = None) -> Iterator[Row]:
    """Yield a row for each scene of a condition."""
    for name in condition.scenes:
        stage = Stage(base / name.replace(" ", "-"), BY_NAME[name])
        row, random = Row(name, condition.name), Random(f"{seed} {condition.name} {name}")  # noqa: S311  # no secrets
        fault = Fault(condition.name, lambda *_: None, kills=condition.kills, onward=condition.lasting)
        for nth in range(min(condition.times, times or condition.times)):
            stage.renew()
            ended = condition.disturb(stage, nth, random)
            judge(stage, row, Befallen(fault, nth, "from then on" if condition.lasting else "at work"), ended)
            condition.hinders(stage.home)
            completes(stage, row, nth)
        yield row


def _in(manner: Manner) -> Callable[[Stage, int, Random], Ended]:
    return lambda stage, _nth, _random: cold(stage.home, stage.scene.command, manner)


def _signal(number: int, most: float, stage: Stage, _nth: int, random: Random, *, group: bool = False) -> Ended:
    manner = signalled(number, random.uniform(0.02, most), all_of_them=group)
    ended = cold(stage.home, stage.scene.command, manner)
    if number == signal.SIGKILL:
        return ended
    if ended.complained.endswith("KeyboardInterrupt\n") and "/generator/" not in ended.complained:
        return Ended(promises.STOPPED, ended.said, "")  # before our first line runs, Python has its own way
    died = ended.code in {-number, -signal.SIGINT}  # Python itself dies of an interruption that came through its `exec`
    return Ended(promises.STOPPED if died else ended.code, ended.said, ended.complained)


def _limited(number: int, steps: tuple[int, ...], stage: Stage, nth: int, _random: Random) -> Ended:
    return cold(stage.home, stage.scene.command, Manner(limits={number: steps[nth % len(steps)]}))


def _twice(stage: Stage, _nth: int, random: Random) -> Ended:
    """Run the command twice at once; one of the two may be refused."""
    first = started(stage.home, stage.scene.command, Manner(), subprocess.PIPE)
    time.sleep(random.uniform(0, 0.3))
    second = cold(stage.home, stage.scene.command, Manner())
    said, complained = first.communicate()
    mine = Ended(first.returncode, said, complained)
    return max(mine, second, key=lambda ended: (ended.code not in {0, 1}, ended.code == 0))


def _small_disk(kib: int, stage: Stage, nth: int, _random: Random) -> Ended:
    """Run on a disk that is full soon, then take what was written home."""
    out, disk = stage.home.work / "out", stage.home.path.with_name("disk")
    disk.mkdir(exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={kib + 4 * nth}k", "none", str(disk)], check=True)
    try:
        if out.exists():
            shutil.copytree(out, disk, dirs_exist_ok=True)
            shutil.rmtree(out)
        out.symlink_to(disk)
        return cold(stage.home, stage.scene.command, Manner())
    finally:
        out.unlink()
        if any(disk.iterdir()):
            shutil.copytree(disk, out, symlinks=True)
        subprocess.run(["umount", str(disk)], check=True)


def _read_only(stage: Stage, _nth: int, _random: Random) -> Ended:
    """Run on a disk that nothing can be written to."""
    work = stage.home.work
    subprocess.run(["mount", "--bind", str(work), str(work)], check=True)
    try:
        subprocess.run(["mount", "-o", "remount,ro,bind", str(work)], check=True)
        return cold(stage.home, stage.scene.command, Manner())
    finally:
        subprocess.run(["umount", str(work)], check=True)


def _vanishing(stage: Stage, _nth: int, random: Random) -> Ended:
    """Take the output folder away while the command runs."""

    def meanwhile(_process: "subprocess.Popen[str]", home: Home) -> None:
        time.sleep(random.uniform(0.3, 1.2))
        with suppress(OSError):
            (home.work / "out").rename(home.path.with_name("elsewhere"))

    shutil.rmtree(stage.home.path.with_name("elsewhere"), ignore_errors=True)
    ended = cold(stage.home, stage.scene.command, Manner(meanwhile=meanwhile))
    moved = stage.home.path.with_name("elsewhere")
    if moved.exists():
        shutil.rmtree(stage.home.work / "out", ignore_errors=True)
        moved.rename(stage.home.work / "out")
    return ended


def can_mount() -> bool:
    """Say whether disks can be mounted here."""
    return os.geteuid() == 0 and shutil.which("mount") is not None


def conditions() -> tuple[Condition, ...]:
    """Return all rough conditions."""
    memory = tuple(size * MIB for size in (64, 96, 128, 160, 192, 224, 256, 320))
    handles = (5, *range(8, 22), 40)
    both, every = (LETTER, BATCH), (LETTER, FORCED, BATCH, WORKERS)
    found = [
        Condition("SIGKILL at any moment", every, 12, partial(_signal, signal.SIGKILL, 2.5), kills=True),
        Condition("SIGINT while it starts", both, 25, partial(_signal, signal.SIGINT, STARTING)),
        Condition("SIGTERM while it starts", both, 25, partial(_signal, signal.SIGTERM, STARTING)),
        Condition("SIGINT at any moment", every, 12, partial(_signal, signal.SIGINT, 2.5, group=True)),
        Condition("SIGTERM at any moment", every, 12, partial(_signal, signal.SIGTERM, 2.5)),
        Condition("ulimit -n", every, len(handles), partial(_limited, resource.RLIMIT_NOFILE, handles), lasting=True),
        Condition("ulimit -f", every, 5, partial(_limited, resource.RLIMIT_FSIZE, (0, 1024, 4096, 8192, 16384))),
        Condition("ulimit -v", every, len(memory), partial(_limited, resource.RLIMIT_AS, memory), lasting=True),
        Condition("two at once", every, 4, _twice),
        Condition("nobody reads what it says", both, 1, _in(Manner(before=("sh", "-c", '"$@" | :', "sh")))),
        Condition("its output is full", both, 1, _in(Manner(output=Path("/dev/full"))), lasting=True),
        Condition("its output is closed", both, 1, _in(Manner(before=("sh", "-c", '"$@" >&-', "sh")))),
        Condition("all its streams are closed", both, 1, _in(Manner(before=("sh", "-c", '"$@" >&- 2>&- <&-', "sh")))),
        Condition("the folder vanishes", (*every[1:],), 8, _vanishing, lasting=True),
    ]
    if can_mount():
        found += [
            Condition("a small disk", both, 6, partial(_small_disk, 8), lasting=False),
            Condition("a small disk, older letters", (FORCED,), 6, partial(_small_disk, 24)),
            Condition("a read-only disk", every, 1, _read_only),
        ]
    return tuple(found)
