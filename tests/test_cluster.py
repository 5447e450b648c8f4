"""A real dask scheduler and two real workers on loopback make a batch, over TLS, also when one of them is killed."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import ExitStack

import pytest
import trustme
from batches import case_folder, codes, files_below

COMMON = ("--no-dashboard",)
OPTIONS = ("--format", "docx", "--as-of", "2026-06-01")
pytestmark = [pytest.mark.timeout(300), pytest.mark.enable_socket]


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.fixture(scope="module")
def certificates(tmp_path_factory):
    """An authority of our own, and one certificate that all parties show."""
    folder = tmp_path_factory.mktemp("certificates")
    authority = trustme.CA()
    shown = authority.issue_cert("127.0.0.1", "localhost")
    authority.cert_pem.write_to_path(folder / "ca.pem")
    shown.private_key_and_cert_chain_pem.write_to_path(folder / "own.pem")
    return folder


def _dask(*arguments, folder):
    command = [sys.executable, "-m", "dask", *arguments, *COMMON]
    env = {**os.environ, "DASK_DISTRIBUTED__WORKER__MEMORY__SPILL": "False", "XDG_DATA_HOME": str(folder / "data")}
    return subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=env)


class _Cluster:
    """A scheduler with two workers; each worker is a process that can be killed."""

    def __init__(self, folder, certificates):
        tls = ("--tls-ca-file", str(certificates / "ca.pem"), "--tls-cert", str(certificates / "own.pem"))
        port = _free_port()
        self.folder = folder
        self.address = f"tls://127.0.0.1:{port}"
        listen = ("--host", "127.0.0.1", "--protocol", "tls", "--port", str(port))
        self.scheduler = _dask("scheduler", *listen, *tls, folder=folder)
        alone = ("--nthreads", "1", "--no-nanny", "--protocol", "tls", "--death-timeout", "60")
        self.workers = [_dask("worker", self.address, *alone, *tls, folder=folder) for _ in range(2)]

    def end(self):
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait()


@pytest.fixture(scope="module")
def cluster(tmp_path_factory, certificates):
    """A running cluster."""
    with ExitStack() as stack:
        found = _Cluster(tmp_path_factory.mktemp("cluster"), certificates)
        stack.callback(found.end)
        yield found


def _batch(home, out, cluster, certificates, *more):
    command = [sys.executable, "-m", "generator", "--ui", "en", "batch", "cases", "--out", out, *OPTIONS, *more]
    if cluster:
        own = str(certificates / "own.pem")
        command += ["--cluster", cluster.address, "--tls-ca", str(certificates / "ca.pem"), "--tls-cert", own]
        command += ["--tls-key", own]
    env = {**os.environ, "XDG_DATA_HOME": str(home / "data")}
    return subprocess.Popen(command, cwd=home, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=env)


def test_a_cluster_makes_the_same_letters_also_when_a_worker_is_killed(tmp_path, cluster, certificates):
    """Letters come back and are written here; the killed worker's chunks go to the other one."""
    case_folder(tmp_path / "cases", codes(600))
    here = _batch(tmp_path, "here", None, certificates)
    assert here.wait(120) == 0
    there = _batch(tmp_path, "there", cluster, certificates)
    out = tmp_path / "there"
    end = time.monotonic() + 120
    while not (out.is_dir() and len(list(out.iterdir())) > 40) and time.monotonic() < end:
        assert there.poll() is None, there.communicate()
        time.sleep(0.02)
    made_before = len(list(out.iterdir()))
    cluster.workers[0].send_signal(signal.SIGKILL)
    said, complaints = there.communicate(timeout=200)
    assert there.returncode == 0, complaints
    assert made_before < 560  # it was in the middle
    assert "Cases: 600. Made: 600 (600 files). Unchanged: 0. Refused: 0." in said
    assert files_below(out) == files_below(tmp_path / "here")


def test_no_case_goes_over_the_network_in_clear(tmp_path):
    """Without TLS the batch is refused before anybody is called, unless the user insists."""
    case_folder(tmp_path / "cases", codes(2))
    port = _free_port()
    with socket.socket() as trap:
        trap.bind(("127.0.0.1", port))
        trap.listen()
        trap.settimeout(0.2)
        command = [
            sys.executable,
            "-m",
            "generator",
            "--ui",
            "en",
            "batch",
            "cases",
            "--cluster",
            f"tcp://127.0.0.1:{port}",
        ]
        ended = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert ended.returncode == 1
        assert "case data would cross the network in clear" in ended.stderr
        with pytest.raises(TimeoutError):
            trap.accept()
