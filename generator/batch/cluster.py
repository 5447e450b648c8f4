"""Make a batch on other machines: a dask scheduler gets the chunks, and what its workers made is written here.

Workers need no shared disk and write none: case and letters travel. dask carries them in clear unless it is told
otherwise, so an address without TLS is refused unless the user insists.
"""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from generator.batch.materials import materials_digest
from generator.batch.model import Made, Outcome, Setup, Task, refused
from generator.batch.run import Crew
from generator.batch.work import make, thrown_away, write
from generator.errors import CaseError, Problem
from generator.folders import standard_folders
from generator.sources import read_bytes

_TIMEOUT = 20  # seconds to find the scheduler, and again for its first worker
_ONE_AT_A_TIME = threading.Lock()  # a worker may have several threads; the engines that make and read PDFs bear one


@dataclass(frozen=True, slots=True)
class ClusterWish:
    """Which scheduler, and the certificates to prove who we are; `insecure` allows it to be reached without TLS."""

    address: str
    authority: Path | None = None
    certificate: Path | None = None
    key: Path | None = None
    insecure: bool = False


def cluster_crew(wish: ClusterWish, chunk: int, *, dry_run: bool) -> Crew:
    """Return the workers of a cluster as a crew; raise `CaseError` if it cannot be reached, or not safely."""
    if not (wish.address.startswith("tls://") or wish.insecure):
        raise CaseError.one("cluster-without-tls")
    size = _connected(wish).close_and_count()
    finish = thrown_away if dry_run else write
    return Crew(partial(_connected, wish), size, chunk, make_far_away, pack=carrying, finish=finish)


def carrying(tasks: Sequence[Task]) -> list[Task]:
    """Return tasks with the bytes of their case files: other machines do not see our disk."""
    return [replace(task, unit=replace(task.unit, raw=_bytes(task))) for task in tasks]


def make_far_away(setup: Setup, tasks: Sequence[Task]) -> list[Made | Outcome]:
    """Make the letters of a chunk on a worker; refuse where its program or its law, texts and styles are not ours."""
    with _ONE_AT_A_TIME:
        folders, digest = _own_materials()
        if digest != setup.materials:
            return [refused(task.unit, (Problem("worker-differs", task.unit.place),)) for task in tasks]
        return make(replace(setup, folders=folders), tasks)


@lru_cache(maxsize=1)
def _own_materials() -> tuple[Any, str]:
    folders = standard_folders()
    return folders, materials_digest(folders)


def _bytes(task: Task) -> bytes | None:
    if task.unit.row is not None:
        return None
    with suppress(CaseError):  # gone since it was listed: an empty file is refused as one
        return read_bytes(Path(task.unit.place.file), CaseError)
    return b""


class _Cluster(Executor):
    """A dask client as an executor: what ends a worker breaks it, anything else is a fault of the cluster."""

    def __init__(self, client: Any) -> None:
        self._client = client
        self._executor = client.get_executor(pure=False)

    def submit(self, function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        ours: Future[Any] = Future()
        theirs = self._executor.submit(function, *args, **kwargs)
        theirs.add_done_callback(partial(_pass_on, ours))
        return ours

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002  # as its parent has it
        self._executor.shutdown(wait=wait and not cancel_futures)
        self._client.close()

    def close_and_count(self) -> int:
        """Return how many threads the workers have, and leave."""
        count = int(sum(self._client.nthreads().values()))
        self.shutdown()
        return count


def _pass_on(ours: Future[Any], theirs: Future[Any]) -> None:
    from distributed import CancelledError, KilledWorker  # noqa: PLC0415  # an extra, and only loaded for a cluster
    from distributed.comm import CommClosedError  # noqa: PLC0415

    if theirs.cancelled():
        ours.set_exception(BrokenExecutor())
        return
    fault = theirs.exception()
    if fault is None:
        ours.set_result(theirs.result())
    elif isinstance(fault, (KilledWorker, CancelledError, CommClosedError)):
        ours.set_exception(BrokenExecutor())
    else:
        ours.set_exception(CaseError.one("cluster-fault", kind=type(fault).__name__))


def _connected(wish: ClusterWish) -> _Cluster:
    try:
        from distributed import Client, Security  # noqa: PLC0415  # an extra, and only loaded for a cluster
    except ImportError:
        raise CaseError.one("no-cluster-extra") from None
    files = {"tls_ca_file": wish.authority, "tls_client_cert": wish.certificate, "tls_client_key": wish.key}
    given = {name: str(path) for name, path in files.items() if path}
    try:
        security = Security(require_encryption=not wish.insecure, **given)
        client = Client(wish.address, security=security, timeout=_TIMEOUT, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as fault:
        raise CaseError.one("no-cluster", kind=type(fault).__name__) from fault
    try:
        client.wait_for_workers(1, timeout=_TIMEOUT)
    except TimeoutError as fault:
        client.close()
        raise CaseError.one("cluster-without-workers") from fault
    return _Cluster(client)
