"""The garbage collector is spared, and still does its work."""

import subprocess
import sys

import pytest

RING = """
import gc
from generator.collector import set_apart, spare
class Ring:
    def __init__(self): self.ring = self
    def __del__(self): print("found", flush=True)
"""


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("Ring()", "found\n"),
        ("spare()\nRing()", ""),
        ("spare()\nrings = [Ring() and [] for _ in range(1)] + [[] for _ in range(60_000)]", "found\n"),
        ("Ring()\nset_apart()", "found\n"),
    ],
    ids=["Python alone", "left at the end", "while it runs", "before what stays is set apart"],
)
def test_rings_are_found_while_the_program_runs_and_not_at_its_end(code, found):
    """What is garbage in a long run is taken away; what is left at the end is not searched for."""
    run = subprocess.run([sys.executable, "-c", RING + code], check=True, capture_output=True, text=True)
    assert run.stdout == found
