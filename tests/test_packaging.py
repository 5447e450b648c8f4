"""The wheel alone, in an empty environment, does the whole work: program, law, letters, styles, fonts, examples.

It holds nothing else; and what the program needs is declared and pinned.
"""

import ast
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tomllib
import venv
import zipfile
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from letters import ROOT
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
DATA = ("law", "templates", "examples")
STRAY = ("examples/case.schema.json", "examples/.rustam.yaml.swp", "law/tj/__pycache__/pack.pyc", "out/a.pdf")
PART_OF = {"markupsafe": "jinja2", "pydantic-core": "pydantic"}
"""Packages that we import and that another package brings in the one version it can use."""
NOT_IMPORTED = {"tzdata"}
"""`zoneinfo` reads it where the system has no time zones."""


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
        "generator/data/templates/house-styles/office/letter.docx",
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
    assert sorted(path.suffix for path in (tmp_path / "out" / "example-1").iterdir()) == [".docx", ".json", ".pdf"]


def test_installed_command_runs(installed, tmp_path):
    """`arznoma` itself is there, not only `python -m generator`."""
    assert "prosecutor-complaint" in _run(installed.with_name("arznoma"), tmp_path, "list")
    assert "write" in _run(installed, tmp_path, "-m", "generator", "--help")


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    """A copy of what a wheel is made of."""
    folder = tmp_path_factory.mktemp("source")
    unwanted = shutil.ignore_patterns("__pycache__", ".*", "case.schema.json")
    for name in ("generator", *DATA):
        shutil.copytree(ROOT / name, folder / name, ignore=unwanted)
    for name in ("pyproject.toml", "README.md", "LICENSE", ".gitignore"):
        shutil.copy(ROOT / name, folder)
    return folder


def test_wheel_holds_what_git_knows_and_nothing_else(source, tmp_path):
    """Each file of program and data is shipped; what git ignores is not."""
    wanted = {f"generator/{name}" for name in _files(source / "generator")}
    wanted |= {f"generator/data/{part}/{name}" for part in DATA for name in _files(source / part)}
    assert "generator/py.typed" in wanted
    cluttered = shutil.copytree(source, tmp_path / "cluttered")
    for name in STRAY:
        (cluttered / name).parent.mkdir(parents=True, exist_ok=True)
        (cluttered / name).write_text("stray", "utf-8")
    with zipfile.ZipFile(_build(cluttered, "wheel", tmp_path / "wheel")) as archive:
        held = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert held == wanted


def test_sdist_makes_the_same_wheel(source, tmp_path):
    """Nothing that the wheel needs is missing from the source archive, and building twice gives equal bytes."""
    shutil.unpack_archive(_build(source, "sdist", tmp_path / "sdist"), tmp_path)
    unpacked = next(tmp_path.glob("arznoma-*"))
    wheels = [_build(folder, "wheel", tmp_path / name) for folder, name in ((source, "first"), (unpacked, "second"))]
    assert wheels[0].read_bytes() == wheels[1].read_bytes()


def _build(source: Path, kind: str, target: Path) -> Path:
    _run(Path(sys.executable), source, "-m", "hatchling", "build", "-t", kind, "-d", str(target))
    return next(target.iterdir())


def _files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_dependencies_are_those_that_are_imported():
    """Whatever the program imports is declared, and whatever is declared is imported."""
    distributions = packages_distributions()
    imported = {
        canonicalize_name(name)
        for file in (ROOT / "generator").rglob("*.py")
        for module in _imported(ast.parse(file.read_bytes()))
        for name in distributions.get(module, ())
    } - {"arznoma"}
    extras = PROJECT["project"]["optional-dependencies"].values()
    lines = [*PROJECT["project"]["dependencies"], *(line for extra in extras for line in extra)]
    declared = {canonicalize_name(Requirement(line).name) for line in lines}
    assert {PART_OF.get(name, name) for name in imported} == declared - NOT_IMPORTED


def _imported(tree: ast.Module) -> set[str]:
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add((node.module or "").partition(".")[0])
    return names


def test_every_dependency_is_pinned_with_its_hashes():
    """`constraints.txt` meets pyproject.toml, gives hashes for each package, and names no host."""
    text = (ROOT / "constraints.txt").read_text("utf-8")
    assert "//" not in text
    blocks = re.split(r"^(?=\w)", text, flags=re.MULTILINE)[1:]
    assert all("--hash=sha256:" in block for block in blocks)
    entries = [Requirement(block.partition("\\")[0]) for block in blocks]
    pinned = {canonicalize_name(entry.name): str(entry.specifier).removeprefix("==") for entry in entries}
    groups = PROJECT["dependency-groups"].values()
    for line in (*PROJECT["project"]["dependencies"], *(line for group in groups for line in group)):
        wish = Requirement(line)
        assert wish.specifier.contains(pinned[canonicalize_name(wish.name)]), line
