"""What a run leaves behind: the same bytes in any surroundings, nothing of them in a file, and nothing elsewhere."""

import getpass
import io
import os
import re
import shutil
import socket
import stat
import subprocess
import sys
import zipfile
import zlib
from datetime import datetime
from pathlib import Path

import pytest
from letters import ROOT

RUSTAM = ROOT / "examples" / "rustam.yaml"
HERE = {"TZ": "Asia/Dushanbe", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1", "USER": "Zulfiya-Q", "LOGNAME": "Zulfiya-Q"}
THERE = {
    "TZ": "Pacific/Kiritimati",
    "LC_ALL": "POSIX",
    "LANG": "tr_TR.UTF-8",
    "PYTHONHASHSEED": "2",
    "USER": "Other-Q",
    "PYTHONUTF8": "0",
    "PYTHONCOERCECLOCALE": "0",
    "SOURCE_DATE_EPOCH": "86400",
    "LOGNAME": "Other-Q",
    "COLUMNS": "20",
    "ARZNOMA_UI": "ru",
    "HB_SHAPER_LIST": "fallback",
    "FREETYPE_PROPERTIES": "truetype:interpreter-version=35",
    "PANGO_LANGUAGE": "ja",
    "FONTCONFIG_SYSROOT": "/nonexistent",
}
RULES = """<fontconfig>
<dir>{fonts}</dir><cachedir>{cache}</cachedir>
<match target="pattern"><edit name="family" mode="prepend" binding="strong"><string>Tinos</string></edit></match>
</fontconfig>"""
"""A user of fontconfig who has fonts, a folder for lists of them, and wants all text in one of them."""
STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
WRITING = re.compile(r"O_CREAT|O_TMPFILE|O_WRONLY|O_RDWR|\\bmkdir")
PATH = re.compile(r'(?:<([^>]*)>, )?"([^"]*)"')
LOOKS = re.compile(
    r"/[a-z0-9_]{8}|/arznoma-\d+-\w+"
    r"(/weasyprint-\w+(/[0-9a-f]{32})?|/root(/look\.typ)?|/fonts(/[a-z-]+\.ttf)?|/[a-z0-9_]{8})?"
)
"""What may lie in the folder for temporary files meanwhile: an empty file of Python, fonts and looks of the style."""


def _run(folder: Path, engine: str, given: dict[str, str], *before: str, umask: int = 0o022):
    for name in ("home", "tmp", "work"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    formats = "docx,pdf,html,txt" if engine == "weasyprint" else "docx,pdf"
    options = ["--format", formats, "--pdf-engine", engine, "--as-of", "2026-04-01", "--language", "tg"]
    surroundings = {name: value for name, value in os.environ.items() if name in {"PATH", "LD_LIBRARY_PATH"}}
    own = {
        "HOME": str(folder / "home"),
        "TMPDIR": str(folder / "tmp"),
        "PYTHONPATH": str(ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    return subprocess.run(
        [*before, sys.executable, "-m", "generator", "write", "case.yaml", *options],
        cwd=folder / "work",
        env={**surroundings, **own, **given},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        umask=umask,
    )


def _written(folder: Path) -> dict[str, bytes]:
    """Return all files below a folder but the case file."""
    found = (path for path in folder.rglob("*") if path.is_file() and path.name != "case.yaml")
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def _case(folder: Path) -> None:
    (folder / "work").mkdir(parents=True)
    shutil.copy(RUSTAM, folder / "work" / "case.yaml")


@pytest.mark.parametrize("engine", ["weasyprint", "typst"])
def test_surroundings_leave_no_trace(tmp_path, engine):
    """Two people, places, locales, zones and moods of the system: equal bytes, modes, and nothing of either in them."""
    folders = [tmp_path / "Here-Q", tmp_path / "There-Q"]
    rules, lists = tmp_path / "fonts.conf", tmp_path / "lists"
    fonts = ROOT / "templates" / "house-styles" / "plain" / "fonts"
    rules.write_text(RULES.format(fonts=fonts, cache=lists), "utf-8")
    for folder, given, umask in zip(folders, (HERE, THERE | {"FONTCONFIG_FILE": str(rules)}), (0o077, 0), strict=True):
        _case(folder)
        done = _run(folder, engine, given, umask=umask)
        assert done.returncode == 0, done.stderr
    one, other = map(_written, folders)
    assert one == other
    assert not lists.exists()
    assert len(one) == (5 if engine == "weasyprint" else 3)
    assert {name.split("/")[:2] == ["work", "out"] for name in one} == {True}
    today = datetime.now().astimezone().date()
    words = [
        "Here-Q",
        "Zulfiya",
        str(ROOT),
        sys.prefix,
        f"{today:%Y%m%d}",
        f"{today:%Y-%m-%d}",
        "case.yaml",
    ]
    words += [name for name in (getpass.getuser(), socket.gethostname()) if len(name) > 4]  # shorter ones are anywhere
    for name, content in one.items():
        plain = _unpacked(content)
        assert [word for word in words if word.encode() in plain or word.encode("utf-16-be") in plain] == [], name
    for path in (folders[1] / "work" / "out").rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600)


@pytest.mark.skipif(not shutil.which("faketime"), reason="faketime is not there; make validate installs it")
@pytest.mark.parametrize("engine", ["weasyprint", "typst"])
def test_two_days_make_the_same_bytes(tmp_path, engine):
    """The clock of the computer, set two years apart for every library there is, changes no byte of a letter."""
    found = []
    for day in ("2026-04-02 09:00:00", "2028-02-29 23:59:50"):
        folder = tmp_path / day[:10]
        _case(folder)
        done = _run(folder, engine, HERE, "faketime", day)
        assert done.returncode == 0, done.stderr
        found.append(_written(folder))
    assert found[0] == found[1]
    assert len(found[0]) == (5 if engine == "weasyprint" else 3)
    python = ("faketime", "2028-02-29", sys.executable, "-c", "import time; print(time.gmtime().tm_year)")
    assert subprocess.run(python, capture_output=True, text=True, check=True).stdout == "2028\n"  # or nothing was tried


def _unpacked(content: bytes) -> bytes:
    """Return the bytes of a file, and of what is packed in it."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            assert {part.date_time for part in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
            return b"".join(package.read(part) for part in package.infolist()) + "".join(package.namelist()).encode()
    parts = [content]
    for packed in STREAM.findall(content) if content.startswith(b"%PDF") else ():
        try:
            parts.append(zlib.decompressobj().decompress(packed))
        except zlib.error:
            continue
    return b"".join(parts)


def _may_trace() -> bool:
    strace = shutil.which("strace")
    command = [strace or "", "-o", os.devnull, sys.executable, "-c", ""]
    return bool(strace) and not subprocess.run(command, check=False, capture_output=True).returncode


@pytest.mark.skipif(not _may_trace(), reason="strace is not there, or may not look")
@pytest.mark.parametrize("engine", ["weasyprint", "typst"])
def test_no_file_with_facts_is_ever_made_elsewhere(tmp_path, engine):
    """The system saw what was opened for writing: letters in their folder, elsewhere fonts and looks, for a while."""
    folder, log = tmp_path / "run", tmp_path / "calls"
    _case(folder)
    strace = ("strace", "-f", "-y", "-s", "4096", "-o", str(log), "-e", "trace=open,openat,creat,mkdir,mkdirat")
    done = _run(folder, engine, HERE, *strace)
    assert done.returncode == 0, done.stderr
    lines = log.read_text("utf-8", "replace").splitlines()
    found = (PATH.search(line) for line in lines if WRITING.search(line))
    made = {os.path.join(each[1] or folder / "work", each[2]) for each in found} - {os.devnull}  # noqa: PTH118  # texts
    out, tmp = str(folder / "work" / "out"), str(folder / "tmp")
    assert any(path.startswith(out) for path in made)
    elsewhere = [path for path in made if not path.startswith(out)]
    assert [path for path in elsewhere if not (path.startswith(tmp) and LOOKS.fullmatch(path.removeprefix(tmp)))] == []
    assert list((folder / "tmp").iterdir()) == list((folder / "home").iterdir()) == []
