"""Real system calls that fail or kill, by strace: what the traps in Python do not reach, such as those of SQLite."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from breaking.cold import Manner, cold
from breaking.forked import Ended
from breaking.looping import Befallen, Row, Stage, completes, judge
from breaking.scenes import SCENES
from breaking.traps import Fault

LEDGER = ("ledger.sqlite3", "ledger.sqlite3-journal")
MOST = 40
CALLS = ("openat", "pwrite64", "fdatasync", "ftruncate", "unlink", "pread64")
EFFECTS = {"ENOSPC": "error=ENOSPC", "EIO": "error=EIO", "kill -9": "signal=KILL"}
SCENE = "batch, changed facts"


def can_trace() -> bool:
    """Say whether strace is there and may look at a process."""
    if not shutil.which("strace"):
        return False
    return (
        subprocess.run(["strace", "-qq", "-o", "/dev/null", "true"], check=False, capture_output=True).returncode == 0
    )


def rows(base: Path, every: int = 1) -> Iterator[Row]:
    """Yield a row for each call on the ledger and each effect."""
    stage = Stage(base, next(scene for scene in SCENES if scene.name == SCENE))
    for call in CALLS:
        for effect, words in EFFECTS.items():
            yield _row(stage, call, effect, words, every)


def _row(stage: Stage, call: str, effect: str, words: str, every: int) -> Row:
    """Let the Nth call on the ledger fail, for every N until there is no such call."""
    row = Row(stage.scene.name, f"{effect} in {call} of SQLite")
    fault = Fault(row.fault, lambda *_: None, kills=effect == "kill -9")
    for nth in range(1, MOST, every):
        stage.renew()
        ended, hit = _traced(stage, f"{call}:{words}:when={nth}")
        judge(stage, row, Befallen(fault, nth, call if hit else ""), ended)
        completes(stage, row, nth)
        if not hit:
            break
    return row


def _traced(stage: Stage, inject: str) -> tuple[Ended, bool]:
    """Run the command with a fault injected; say whether it befell a call."""
    log, out = stage.home.path.with_name("log"), stage.home.work / "out"
    paths = [word for name in LEDGER for word in ("-P", str(out / name))]
    call = inject.partition(":")[0]
    before = ("strace", "-f", "-qq", "-o", str(log), *paths, "-e", f"trace={call}", "-e", f"inject={inject}")
    ended = cold(stage.home, stage.scene.command, Manner(before=before))
    told = log.read_text("utf-8", "replace")
    return ended, "(INJECTED)" in told or "+++ killed by SIGKILL" in told
