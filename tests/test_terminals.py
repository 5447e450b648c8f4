"""Whatever the screen or the file that we print to can take, a command does its work and its words can be read."""

import json
import os
import subprocess
import sys

import pytest
from letters import ROOT

POSIX = {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}


def _run(folder, *arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "PYTHON"))}
    return subprocess.run(
        [sys.executable, "-m", "generator", *arguments],
        cwd=folder,
        env={**inherited, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        check=False,
    )


@pytest.fixture
def case(tmp_path) -> str:
    """A case whose names no old encoding has, without the forms that a letter needs, in a file with such a name."""
    text = (ROOT / "examples" / "minimal.yaml").read_text("utf-8").replace("Саидова", "Ҷӯраева")
    (tmp_path / "дело ҷ.yaml").write_text(text.replace("      ru: {gen: Саидовой Зарины Далеровны}\n", ""), "utf-8")
    return "дело ҷ.yaml"


@pytest.mark.parametrize("encoding", ["cp1251", "ascii"])
def test_names_are_printed_in_any_encoding(tmp_path, case, encoding):
    """A Tajik letter that Windows-1251 lacks becomes its number."""
    done = _run(tmp_path, "--ui", "ru", "names", case, PYTHONIOENCODING=encoding)
    assert (done.returncode, done.stderr) == (0, b"")
    as_json = _run(tmp_path, "names", case, "--json", PYTHONIOENCODING=encoding)
    words = as_json.stdout.decode("utf-8" if encoding == "ascii" else encoding)
    assert "Ҷӯраева" in json.dumps(json.loads(words), ensure_ascii=False)


def test_the_poorest_locale_is_enough(tmp_path, case):
    """Files are read and written as everywhere, problems are told, and a path with letters is no obstacle."""
    ended = _run(tmp_path, "--ui", "ru", "check", case, **POSIX)
    assert ended.returncode in {0, 1}
    assert b"Traceback" not in ended.stderr
    done = _run(
        tmp_path, "write", str(ROOT / "examples" / "rustam.yaml"), "--format", "docx,txt", "--out", "письма", **POSIX
    )
    assert done.returncode == 0, done.stderr
    assert len(list((tmp_path / "письма" / "example-1").iterdir())) == 3
