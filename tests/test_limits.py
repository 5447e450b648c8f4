"""Limits of time and memory: whatever the work runs into, there is an answer of a few lines, and soon."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from letters import ROOT

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the limits are those of Linux")

CODE = """
import ctypes, os, re, sys, time
from generator import writing
from generator.cli import main
from generator.limits import Limits

sys.modules[main.__module__].Limits = lambda: Limits(cpu_seconds=1, clock_seconds=2, mib=200)
writing.assemble = lambda *_: ({work})
main(guard=True)
"""
# Each is something that a library could do to us, and none of it ever comes back to Python.
WORK = {
    "re.match('(a+)+b', 'a' * 60)": "took more than 1 seconds",
    "time.sleep(60)": "took more than 1 seconds",
    "bytes(10**9)": "wanted more than",
    "[bytes(10**6) for _ in range(10**6)]": "wanted more than",
    "ctypes.string_at(0)": "broke down (SIGSEGV)",
    "os.abort()": "broke down (SIGABRT)",
}


def _run(folder: Path, work: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", CODE.format(work=work), "--ui", "en", "write", str(ROOT / "examples/rustam.yaml")]
    return subprocess.run(
        [*command, "--format", "txt"], cwd=folder, capture_output=True, text=True, timeout=60, check=False
    )


@pytest.mark.parametrize(("work", "says"), WORK.items())
def test_work_without_end_or_measure_is_broken_off_and_said(tmp_path, work, says):
    """A library that runs on, hangs, eats memory or crashes costs one letter: exit code 1, three lines, no file."""
    start = time.monotonic()
    done = _run(tmp_path, work)
    assert time.monotonic() - start < 20  # generous: 2 s on a quiet machine
    assert done.returncode == 1, done.stderr
    assert says in done.stderr
    assert len(done.stderr.splitlines()) == 3, done.stderr  # what, remedy, number of problems
    assert done.stdout == ""
    assert list(tmp_path.iterdir()) == []


def test_what_libraries_had_as_files_goes_when_the_work_is_broken_off(tmp_path, monkeypatch):
    """Fonts lie in a folder while they are used; a process that is ended cannot take it away, its parent does."""
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    (tmp_path / "work").mkdir()
    work = "__import__('generator.scratch').scratch.scratch_folder(), os.listdir(os.environ['TMPDIR'])[0], os.abort()"
    done = _run(tmp_path / "work", work)
    assert "SIGABRT" in done.stderr
    assert list(temporary.iterdir()) == []


def test_the_child_gets_its_own_exit_code_through(tmp_path):
    """What the command itself ends with is not changed by its parent."""
    done = _run(tmp_path, "sys.exit(3)")
    assert (done.returncode, done.stdout, done.stderr) == (3, "", "")


BATCH = """
import os, re, signal, sys, time
from generator.batch import work
from generator.cli import main
from generator.limits import Limits

sys.modules[main.__module__].Limits = lambda: Limits(cpu_seconds=1, clock_seconds=2, mib=200)
usual = work.case_of

def case_of(source):
    case = usual(source)
    if case.facts.case.id == "bazaar-003":
        {work}
    return case

work.case_of = case_of
main(guard=True)
"""


@pytest.mark.parametrize(
    ("work", "jobs"),
    [("re.match('(a+)+b', 'a' * 60)", 1), ("time.sleep(60)", 2), ("bytes(10**9)", 1), ("os.abort()", 2)],
)
def test_a_case_without_end_or_measure_costs_a_batch_nothing_but_itself(tmp_path, work, jobs):
    """All others are made, the one is refused and named, with one process too."""
    cases = tmp_path / "cases"
    cases.mkdir()
    for file in sorted((ROOT / "examples" / "batch" / "cases").iterdir())[:5]:
        shutil.copy(file, cases)
    command = [sys.executable, "-c", BATCH.format(work=work), "--ui", "en", "batch", str(cases), "--jobs", str(jobs)]
    command += ["--format", "txt", "--json", "--out", str(tmp_path / "out")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    told = json.loads(done.stdout)
    assert (done.returncode, told["made"], len(told["refused"])) == (1, 4, 1), done.stderr
    assert sorted(file.parent.name for file in (tmp_path / "out").rglob("*.txt")) == [
        f"bazaar-{number:03}" for number in (1, 2, 4, 5)
    ]


def _start(folder: Path) -> subprocess.Popen[str]:
    work = "[print(os.getpid(), flush=True), time.sleep(60)]"
    code = CODE.format(work=work).replace("clock_seconds=2", "clock_seconds=60")
    command = [sys.executable, "-c", code, "--ui", "en", "write", str(ROOT / "examples/rustam.yaml")]
    return subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_is_passed_on(tmp_path, number):
    """Ctrl-C and a polite end reach the child, which ends in good order."""
    started = _start(tmp_path)
    child = int(started.stdout.readline())
    started.send_signal(number)
    assert (started.wait(20), _is_alive(child), started.stderr.read().strip()) == (130, False, "")


def test_the_child_does_not_outlive_its_parent(tmp_path):
    """Who kills the program has killed it: no child goes on writing."""
    started = _start(tmp_path)
    child = int(started.stdout.readline())
    started.kill()
    started.wait(20)
    until = time.monotonic() + 20
    while _is_alive(child) and time.monotonic() < until:
        time.sleep(0.05)
    assert not _is_alive(child)


def test_a_crash_leaves_no_picture_of_the_memory():
    """A core file would hold the facts."""
    code = "import resource; from generator.limits import no_core_dumps; no_core_dumps()\n"
    code += "print(resource.getrlimit(resource.RLIMIT_CORE)[0])"
    assert subprocess.check_output([sys.executable, "-c", code], text=True, cwd=ROOT) == "0\n"


def test_threads_that_wait_leave_the_memory_to_the_work():
    """The stacks of threads count, though hardly any of them is used: many PDFs failed for want of memory once."""
    code = "import threading\nfrom generator.limits import Limits, arm\narm(Limits())\nend = threading.Event()\n"
    code += "for _ in range(16): threading.Thread(target=end.wait, daemon=True).start()\n"
    code += "print(len(bytes(150 * 2**20)) // 2**20)"
    assert subprocess.check_output([sys.executable, "-c", code], text=True, cwd=ROOT) == "150\n"


@pytest.mark.parametrize("name", ["pipe", "device", "folder"])
def test_what_is_no_file_is_not_read(arznoma, tmp_path, name):
    """A pipe would keep us waiting for ever, and a device has no end."""
    os.mkfifo(tmp_path / "pipe")
    paths = {"pipe": tmp_path / "pipe", "device": Path("/dev/zero"), "folder": tmp_path}
    code, out, err = arznoma("--ui", "en", "write", str(paths[name]))
    assert (code, out) == (1, "")
    assert "no ordinary file" in err


def _is_alive(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"
