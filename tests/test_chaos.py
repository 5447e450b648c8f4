"""The short version of `make chaos`: a sample of all faults, tricks and signals on whole commands."""

import os
import re
import subprocess
import sys

import pytest
from letters import ROOT

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="forks, and looks at /proc")


@pytest.mark.timeout(300)
def test_a_sample_of_all_faults_breaks_no_promise():
    """Whatever fails, kills or misleads a command: no broken file, nothing lost or left, and a re-run completes."""
    command = [sys.executable, "tools/chaos.py", "--short", "--jobs", "2"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    kills, faults = map(int, re.findall(r"(\d+) kills, (\d+) other faults", done.stdout)[0])
    assert kills > 20
    assert faults > 60


def test_a_promise_that_is_broken_is_found(tmp_path):
    """The checks can fail: a half letter, a lost one, a lie of a manifest and a file left over are all seen."""
    found = _judged(tmp_path)
    assert "work/out/example-2/example-2_prosecutor-complaint_ru.docx is neither old nor new" in found
    assert "work/out/example-2/example-2_prosecutor-complaint_ru.txt is lost" in found
    assert any("vouches for" in words for words in found)
    assert "work/out/example-2/.half.part was left" in found
    assert "a fact was told: Саидов" in found
    assert "exit code 70: Саидова" in found


def _judged(folder):
    """Return what is found after damage was done by hand."""
    script = f"""
from pathlib import Path
from breaking import promises
from breaking.forked import Ended
from breaking.looping import Stage
from breaking.scenes import SCENES
stage = Stage(Path({str(folder)!r}) / "stage", SCENES[1])
folder = stage.home.work / "out" / "example-2"
next(folder.glob("*.docx")).write_bytes(b"half")
next(folder.glob("*.txt")).unlink()
(folder / ".half.part").write_bytes(b"")
found = promises.tree(stage.home)
for words in promises.broken(stage.scene, stage.old, stage.new, found):
    print(words)
for words in promises.left_over(stage.old, stage.new, found):
    print(words)
for words in promises.bad_answer(Ended(70, "", "Саидова")):
    print(words)
"""
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tools'}", "PYTHONUTF8": "1"}
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True, cwd=ROOT)
    return done.stdout.splitlines()
