"""A short attack of the fuzzer, always with the same inputs; `make fuzz` goes on for longer and with others."""

import os
import re
import subprocess
import sys

import pytest
from fuzzing import inputs
from letters import ROOT


@pytest.mark.skipif(sys.platform != "linux", reason="its children are watched as Linux watches them")
def test_no_input_breaks_a_rule():
    """Whatever was done to an input, all rules of tools/fuzzing/oracle.py hold."""
    done = subprocess.run(
        [sys.executable, str(ROOT / "tools" / "fuzz.py")],
        env={**os.environ, "SEED": "1", "COUNT": "40", "MINUTES": "2"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    made = re.search(r"(\d+) inputs \(SEED=1\), (\d+) letters made", done.stdout)
    assert int(made[1]) > 5  # as many as there is time for
    assert done.stdout.endswith("\n0 findings\n")


def test_seed_and_number_name_an_input():
    """The same input comes again, and another seed or number has another."""
    assert inputs.make(7, 12) == inputs.make(7, 12)
    assert len({repr(inputs.make(seed, number)) for seed in (7, 8) for number in range(6)}) == 12
