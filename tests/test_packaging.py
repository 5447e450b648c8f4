"""The wheel alone, in an empty environment, does the whole work: program, law, letters, styles, fonts, examples."""

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest
from letters import ROOT


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """Build the wheel as a release does."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """Install the wheel into an empty environment that borrows only the libraries it depends on."""
    home = tmp_path_factory.mktemp("env")
    venv.create(home, with_pip=False)
    python = home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    site = Path(sysconfig.get_path("purelib", vars={"base": str(home), "platbase": str(home)}))
    pip = [sys.executable, "-m", "pip", "-q", "--python", str(python), "install", "--no-deps", "--no-index", str(wheel)]
    subprocess.run(pip, check=True, capture_output=True)
    (site / "libraries.pth").write_text(sysconfig.get_path("purelib"), "utf-8")  # its own .pth files are not read
    return python


def _run(python: Path, folder: Path, *arguments: str) -> str:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "ARZNOMA"))}
    run = subprocess.run(
        [str(python), *arguments], cwd=folder, check=False, capture_output=True, text=True, env=environment
    )
    assert run.returncode == 0, run.stderr
    return run.stdout


def test_wheel_holds_program_and_data(wheel):
    """Nothing the program reads is missing, and nothing else came along."""
    names = zipfile.ZipFile(wheel).namelist()
    for needed in (
        "generator/messages/ru.yaml",
        "generator/case/fields/en.yaml",
        "generator/data/law/tj/provisions.yaml",
        "generator/data/law/int/provisions.yaml",
        "generator/data/templates/letters/prosecutor-complaint/ru.md",
        "generator/data/templates/house-styles/plain/letter.docx",
        "generator/data/templates/house-styles/plain/fonts/OFL.txt",
        "generator/data/examples/rustam.yaml",
    ):
        assert needed in names, needed
    assert not [name for name in names if name.startswith(("tests", "tools", "docs")) or "__pycache__" in name]


def test_installed_program_is_the_one_of_the_wheel(installed, tmp_path):
    """The proof below is about the wheel, not about the checkout."""
    home = _run(installed, tmp_path, "-c", "import generator; print(generator.__file__)")
    assert Path(home.strip()).is_relative_to(installed.parent.parent)


def test_installed_program_writes_the_model_letter(installed, tmp_path):
    """From an unrelated folder, the wheel lists its letters and writes one in both formats."""
    assert "prosecutor-complaint" in _run(installed, tmp_path, "-m", "generator", "list")
    where = "from generator.folders import bundled_folder; print(bundled_folder())"
    example = Path(_run(installed, tmp_path, "-c", where).strip()) / "examples" / "rustam.yaml"
    _run(installed, tmp_path, "-m", "generator", "write", str(example), "--as-of", "2026-06-01")
    assert sorted(path.suffix for path in (tmp_path / "out" / "tj-0001").iterdir()) == [".docx", ".json", ".pdf"]
