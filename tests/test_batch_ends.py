"""However a batch is ended, the same command completes it, and the letters are those of a run that nobody disturbed."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from batches import case_folder, codes, files_below
from letters import ROOT

CASES, KILLS = 300, 50
WHOLE_AFTER = 90  # seconds: no run of the whole batch takes longer, however busy the machine is


def _command(folder: Path, *more: str) -> list[str]:
    options = ("--format", "docx", "--as-of", "2026-06-01", "--jobs", "2", "--ui", "en")
    ui, options = options[-2:], options[:-2]
    return [sys.executable, "-m", "generator", *ui, "batch", "cases", "--out", folder.name, *options, *more]


def _start(out: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        _command(out),
        cwd=out.parent,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def _finish(out: Path) -> str:
    process = _start(out)
    said, complaints = process.communicate(timeout=WHOLE_AFTER)
    assert process.returncode == 0, complaints
    return said


def _processes_of(group: int) -> list[int]:
    """Return the processes that are left of a run, the workers too."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, pgrp = stat.read_text().rpartition(")")[2].split()[:3]
        except OSError:
            continue
        if int(pgrp) == group and state != "Z":
            found.append(int(stat.parent.name))
    return found


def _until(condition, seconds: float) -> bool:
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.01)
    return True


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    """The case files, the letters of a run that nobody disturbed, and how long it took."""
    home = tmp_path_factory.mktemp("batch")
    case_folder(home / "cases", codes(CASES))
    started = time.monotonic()
    _finish(home / "whole")
    return home, files_below(home / "whole"), time.monotonic() - started


@pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")
@pytest.mark.timeout(600)
def test_killed_at_any_moment_the_same_command_completes_the_set(undisturbed):
    """Fifty times SIGKILL at a random moment: no half file, no process left, in the end every byte."""
    home, whole, seconds = undisturbed
    out, moments = home / "killed", random.Random(20261125)  # noqa: S311  # moments, not secrets
    grown = 0
    for _ in range(KILLS):
        process = _start(out)
        time.sleep(moments.uniform(0.05, seconds * 1.05))
        os.kill(process.pid, signal.SIGKILL)  # the parent alone: its workers must notice
        process.communicate()
        assert _until(lambda group=process.pid: not _processes_of(group), 10)
        made = files_below(out) if out.is_dir() else {}
        assert all(whole[name] == content for name, content in made.items() if not name.endswith(".part"))
        if len(made) >= len(whole):
            _remove(out)
        grown += len(made) > 0
    _finish(out)
    assert files_below(out) == whole
    assert grown > KILLS // 3  # most kills hit a run at work
    assert sorted(path.name for path in out.iterdir() if path.is_file()) == [
        "ledger.sqlite3",
        "results.csv",
        "results.xlsx",
    ]


def _remove(folder: Path) -> None:
    for path in sorted(folder.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()


@pytest.mark.skipif(sys.platform == "win32", reason="no such signals there")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_stopped_by_a_signal_it_says_so_and_goes_on(undisturbed, how):
    """What was being made is finished and written down; the next run makes only the rest."""
    home, whole, _ = undisturbed
    out = home / f"stopped-{how}"
    process = _start(out)
    assert _until(lambda: out.is_dir() and len(list(out.iterdir())) > CASES // 10, WHOLE_AFTER)
    os.killpg(process.pid, how) if how == signal.SIGINT else os.kill(process.pid, how)
    _, complaints = process.communicate(timeout=WHOLE_AFTER)
    assert process.returncode == 130
    assert "Run the same command again" in complaints
    assert "Traceback" not in complaints
    made = files_below(out)
    assert 0 < len(made) < len(whole)
    said = _finish(out)
    unchanged = int(said.split("Unchanged: ")[1].split(".")[0])
    assert unchanged == sum(name.endswith("manifest.json") for name in made)
    assert files_below(out) == whole


def test_two_runs_on_one_folder_do_not_hurt_each_other(undisturbed):
    """One of them is told that another is at work; the set is whole all the same."""
    home, whole, _ = undisturbed
    out = home / "shared"
    first, second = _start(out), _start(out)
    ended = [(process.communicate(timeout=WHOLE_AFTER)[1], process.returncode) for process in (first, second)]
    assert sorted(code for _, code in ended) in ([0, 1], [0, 0])  # where one was over before the other began
    assert all("another batch is writing into this folder" in said for said, code in ended if code)
    assert files_below(out) == whole


@pytest.mark.skipif(sys.platform == "win32", reason="needs a terminal of its own")
def test_on_a_terminal_a_bar_shows_how_far_it_is(tmp_path):
    """Number done, rate and time left; elsewhere a plain line now and then."""
    import pty  # noqa: PLC0415  # not on Windows

    case_folder(tmp_path / "cases", codes(70))
    ours, theirs = pty.openpty()
    process = subprocess.Popen(_command(tmp_path / "out"), cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=theirs)
    os.close(theirs)
    shown = b""
    while True:
        try:
            shown += os.read(ours, 4096)
        except OSError:  # the other end is closed
            break
    os.close(ours)
    assert process.wait(WHOLE_AFTER) == 0
    bar = shown.decode()
    assert "Letters" in bar
    assert "70/70" in bar
    assert "cases a minute" in bar


AT_ONCE = """
import sys, time
from pathlib import Path
from generator.batch.ledger import Ledger
from generator.errors import OutputError
while time.time() < float(sys.argv[2]):
    pass
try:
    with Ledger(Path(sys.argv[1]), "selection", "origin"):
        time.sleep(1.5)
        print("got it")
except OutputError:
    print("in use")
"""


def test_of_two_runs_that_begin_at_once_one_goes_on(tmp_path):
    """Neither waits for a lock that the other is about to get, and both give up."""
    for number in range(3):
        start = str(time.time() + 0.5)
        command = [sys.executable, "-c", AT_ONCE, str(tmp_path / str(number)), start]
        runs = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(2)]
        assert sorted(run.communicate()[0] for run in runs) == ["got it\n", "in use\n"]
