"""What all tests share: the example cases, the bundled data, and the switch that writes golden texts anew."""

import os
import signal
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from generator.cli import main
from generator.folders import Folders, bundled_folder
from generator.law.load import load_law

ROOT = Path(__file__).resolve().parent.parent

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # a shell started us behind its back; what we start minds Ctrl-C
    signal.signal(signal.SIGINT, signal.default_int_handler)

settings.register_profile("arznoma", deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", parent=settings.get_profile("arznoma"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "arznoma")


def pytest_addoption(parser):
    """Register `--write-golden`."""
    parser.addoption("--write-golden", action="store_true", help="write the golden texts anew")


@pytest.fixture(scope="session")
def folders():
    """The bundled data alone: nothing of the user's own folders takes part in a test."""
    return Folders((bundled_folder(),))


@pytest.fixture(scope="session")
def law(folders):
    """The law of Tajikistan."""
    return load_law("tj", folders)


@pytest.fixture(scope="session")
def rustam():
    """The path of the model case."""
    return ROOT / "examples" / "rustam.yaml"


@pytest.fixture
def arznoma(monkeypatch, capsys, tmp_path):
    """Run the command in an empty folder, with an empty data folder; return exit code, stdout, stderr."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ARZNOMA_DATA", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))

    def run(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["arznoma", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return int(ended.value.code or 0), said.out, said.err

    return run
