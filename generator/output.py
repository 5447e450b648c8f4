"""Write the files of one case into its folder, all or none: no crash leaves half a letter under a letter's name.

`manifest.json` vouches for a set; a set is complete exactly when its manifest is there and matches. The order:

1. Each new file is written and synced, nameless or as `.NAME.PID.part`; each old one to be replaced gets a second name.
2. An old manifest that speaks of a changing letter goes, and the folder is synced: nothing vouches for a mixture.
3. Each letter gets its name in one step, and the folder is synced: every letter is whole, old or new.
4. The manifest gets its name, and the folder is synced.

Killed in 1, we leave the old set; after 4, the new one; in 2 and 3, old and new letters without a manifest, which a
re-run completes. Where letters only join a set, its manifest stays true, and stays until the new one takes its place.
A failure we live to see is undone, last step first. Undoing ends at the first step that fails, so that what is left
is again a state of this list: an old manifest never comes back over a letter that could not be brought back.

The sets of several cases go through these steps side by side, each by itself: before it waits for the disk, a set lets
the others come as far (`yield`). Then all wait at once, in threads, so that the disk is flushed a few times for all
instead of four times for each. What fails for one fails for it alone.
"""

import json
import os
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager, suppress
from functools import cache, partial
from pathlib import Path

from generator.disk import content, told
from generator.errors import OutputError
from generator.staging import Held, give_name, hold, keep, move, remove, stage, sync_folder
from generator.targets import MANIFEST, FileSet, State, look, odd_names

MAX_NAMELESS = 64  # each holds a file handle until it gets its name
_THREADS = 16

Outcome = tuple[Path, ...] | OutputError
"""The paths of a set that was written, or why it was not."""
_Waits = list[Callable[[], object]]
_Shares = Sequence[tuple[int, Callable[[], object]]]
_Run = Generator[_Waits, None, tuple[Path, ...]]


def write_all(
    root: Path, folder: str, files: Mapping[str, bytes], *, force: bool = False, grows_from: bytes | None = None
) -> tuple[Path, ...]:
    """Write the files of one case into `root/folder` as `write_sets` does; raise `OutputError` if they cannot be."""
    (outcome,) = write_sets(root, [FileSet(folder, files, force, grows_from)])
    if isinstance(outcome, OutputError):
        raise outcome
    return outcome


def write_sets(root: Path, sets: Sequence[FileSet], neighbours: Collection[str] | None = None) -> list[Outcome]:
    """Write each set into its folder below `root`, all of its files or none; return what came of each, in order.

    `neighbours` are the `odd_names` in `root`. Whoever writes many groups looks them up once, so that the time for a
    case does not grow with the number of folders.
    """
    with told(root):
        odd = odd_names(root) if neighbours is None else neighbours
    groups = ([_written(root, each, odd) for each in group] for group in _groups(sets))
    return [outcome for runs in groups for outcome in _side_by_side(runs)]


def _groups(sets: Iterable[FileSet]) -> Iterator[list[FileSet]]:
    """Part the sets into groups that need few file handles."""
    group, files = list[FileSet](), 0
    for each in sets:
        if group and files + len(each.files) > MAX_NAMELESS:
            yield group
            group, files = [], 0
        group.append(each)
        files += len(each.files)
    if group:
        yield group


def _side_by_side(runs: Sequence[_Run]) -> list[Outcome]:
    """Take all runs from one wait for the disk to the next; whatever ends this, none is left half done."""
    outcomes: dict[int, Outcome] = {}
    faults: dict[int, Exception] = {}
    with ExitStack() as stack:
        for run in runs:
            stack.enter_context(closing(run))
        while len(outcomes) < len(runs):
            waits: dict[int, _Waits] = {}
            for number in range(len(runs)):
                if number not in outcomes:
                    try:
                        waits[number] = _resumed(runs[number], faults.get(number))
                    except StopIteration as end:
                        outcomes[number] = end.value
                    except OutputError as fault:
                        outcomes[number] = fault
            faults = _awaited(waits)
    return [outcomes[number] for number in range(len(runs))]


def _resumed(run: _Run, fault: Exception | None) -> _Waits:
    return next(run) if fault is None else run.throw(fault)


def _awaited(waits: Mapping[int, _Waits]) -> dict[int, Exception]:
    """Wait for the disk for all runs at once; return what failed for which run."""
    todo = [(number, wait) for number, each in waits.items() for wait in each]
    shares = [todo[first::_THREADS] for first in range(min(_THREADS, len(todo)))] if len(waits) > 1 else [todo]
    done = _in_threads(shares) if len(shares) > 1 else map(_faults, shares)
    return {number: fault for faults in done for number, fault in faults.items()}


def _in_threads(shares: Sequence[_Shares]) -> Iterable[dict[int, Exception]]:
    """Wait for all shares side by side, one after the other where the system gives us no threads."""
    try:
        return list(_pool().map(_faults, shares))
    except RuntimeError:
        return map(_faults, shares)


@cache
def _pool() -> Executor:
    """Return threads that wait for the disk; they wait for more until the process ends."""
    return ThreadPoolExecutor(_THREADS)


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_pool.cache_clear)  # a child has none of its parent's threads


def _faults(todo: Iterable[tuple[int, Callable[[], object]]]) -> dict[int, Exception]:
    faults: dict[int, Exception] = {}
    for number, wait in todo:
        try:
            wait()
        except (OSError, MemoryError) as fault:
            faults[number] = fault
    return faults


def _written(root: Path, wanted: FileSet, neighbours: Collection[str]) -> _Run:
    """Write one set; wait wherever the disk is waited for."""
    with told(root), ExitStack() as tidy:
        states = look(root, wanted, neighbours)
        held = hold(root, wanted.folder, tidy)
        if not held.new:
            states = look(root, wanted, neighbours)  # again: now nobody else writes here
        yield from _commit(held, wanted.files, states)
    return tuple(map((root / wanted.folder).joinpath, wanted.files))


def _commit(held: Held, files: Mapping[str, bytes], states: Mapping[str, State]) -> Iterator[_Waits]:
    """Give all files their names or none, in the order that the top of this module explains."""
    changed = sorted((name for name in files if states[name] != "same"), key=lambda name: name == MANIFEST)
    old = {name: keep(held, name) for name in {*changed, MANIFEST} if changed and states[name] == "different"}
    goes = MANIFEST in old and (MANIFEST not in files or _speaks_of(content(old[MANIFEST], held.handle), changed))
    replaced = old.keys() - {MANIFEST} if goes else old.keys()
    nameless = {*changed} - replaced if len(changed) <= MAX_NAMELESS else set()
    new = {name: stage(held, name, files[name], nameless=name in nameless) for name in changed}
    named = partial(sync_folder, held)
    yield [partial(os.fsync, handle) for handle in held.unsynced]
    with _undoing(held):
        if goes:
            held.undo.append(partial(move, held, old[MANIFEST], MANIFEST))
            remove(held, MANIFEST)
            yield [named]
        for name, source in new.items():
            if name == MANIFEST:
                yield [named]
            if name in replaced:
                held.undo.append(partial(move, held, old[name], name))
                move(held, source, name)
            else:
                give_name(held, name, source, files[name])
        yield [named]


@contextmanager
def _undoing(held: Held) -> Iterator[None]:
    try:
        yield
    except BaseException:
        with suppress(OSError, MemoryError):
            while held.undo:
                held.undo.pop()()
        raise


def _speaks_of(manifest: bytes, names: Iterable[str]) -> bool:
    """Tell whether a manifest names one of the files, in either way that JSON writes a name."""
    return any(name.encode() in manifest or json.dumps(name)[1:-1].encode() in manifest for name in names)
