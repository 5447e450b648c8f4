"""No network and no other program: looked at from outside, with a trap and with what the system saw."""

import os
import re
import shutil
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from letters import ROOT

RUSTAM = ROOT / "examples" / "rustam.yaml"
ENGINES = ["weasyprint", "typst"]
_REACHED = re.compile(r"\b(connect|execve)\((?!.*ENOENT)")


def _write(folder: Path, case: Path, engine: str, *before: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [*before, sys.executable, "-m", "generator", "--ui", "en", "write", str(case), "--format"]
    options = ["docx,pdf,html,txt", "--pdf-engine", engine, "--as-of", "2026-06-01", "--out", str(folder / "out")]
    return subprocess.run(
        [*command, *options],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def trap():
    """Listen, and note whoever comes."""
    came = []
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()

        def listen():
            while True:
                try:
                    visitor, _ = listening.accept()
                except OSError:
                    return
                came.append(visitor.recv(100))
                visitor.close()

        threading.Thread(target=listen, daemon=True).start()
        yield listening.getsockname()[1], came


@pytest.mark.enable_socket
@pytest.mark.parametrize("engine", ENGINES)
def test_an_address_in_a_fact_is_printed_and_never_called(tmp_path, trap, engine):
    """Whatever a fact may look like to HTML, CSS, Word or typst, nobody knocks at the trap."""
    port, came = trap
    lure = f"<img src=http://127.0.0.1:{port}/a> <link rel=stylesheet href=http://127.0.0.1:{port}/b>"
    lure += f' @import url(http://127.0.0.1:{port}/c); #image(\\"http://127.0.0.1:{port}/d\\")'
    lure += f" {{{{ 7*7 }}}} <w:instrText>INCLUDEPICTURE http://127.0.0.1:{port}/e</w:instrText>"
    text = RUSTAM.read_text("utf-8")
    assert "make_model: Samsung Galaxy A54" in text
    case = tmp_path / "case.yaml"
    case.write_text(text.replace("make_model: Samsung Galaxy A54", f'make_model: "{lure}"'), "utf-8")
    done = _write(tmp_path, case, engine, http_proxy=f"http://127.0.0.1:{port}", ALL_PROXY=f"http://127.0.0.1:{port}")
    assert done.returncode == 0, done.stderr
    assert f"<img src=http://127.0.0.1:{port}/a>" in next((tmp_path / "out").rglob("*.txt")).read_text("utf-8")
    assert came == []


@pytest.mark.enable_socket
def test_the_trap_hears_who_knocks(trap):
    """Or the test above would say nothing."""
    port, came = trap
    with socket.create_connection(("127.0.0.1", port)) as knocking:
        knocking.sendall(b"here")
        knocking.shutdown(socket.SHUT_WR)
        knocking.recv(1)
    assert came == [b"here"]


@pytest.mark.skipif(sys.platform != "linux", reason="PATH is searched so on Linux")
@pytest.mark.parametrize("engine", ENGINES)
def test_no_program_from_path_is_run(tmp_path, engine):
    """Somebody who can write to a folder of PATH does not get his program run by ours."""
    bait = tmp_path / "bin"
    bait.mkdir()
    for name in ("ldconfig", "gcc", "cc", "ld", "objdump", "sh", "fc-list", "fc-cache", "uname", "soffice"):
        (bait / name).write_text(f"#!/bin/sh\necho {name} >> {tmp_path}/ran\n", "utf-8")
        (bait / name).chmod(0o755)
    done = _write(tmp_path, RUSTAM, engine, PATH=f"{bait}:{os.environ['PATH']}")
    assert done.returncode == 0, done.stderr
    assert not (tmp_path / "ran").exists()


def _may_trace() -> bool:
    strace = shutil.which("strace")
    command = [strace or "", "-o", os.devnull, sys.executable, "-c", ""]
    return bool(strace) and not subprocess.run(command, check=False, capture_output=True).returncode


@pytest.mark.skipif(not _may_trace(), reason="strace is not there, or may not look")
@pytest.mark.parametrize("engine", ENGINES)
def test_the_system_saw_no_connection_and_no_program(tmp_path, engine):
    """`strace` sees one program, the one we started, and no call to anywhere."""
    log = tmp_path / "calls"
    done = _write(tmp_path, RUSTAM, engine, "strace", "-f", "-o", str(log), "-e", "trace=connect,execve")
    assert done.returncode == 0, done.stderr
    assert len(_REACHED.findall(log.read_text("utf-8"))) == 1
