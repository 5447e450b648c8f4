"""Sets of several cases written at once: each all or none, whatever befalls another, and at a cost that stays."""

import errno
import hashlib
import os
import resource
import shutil
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from output_child import (
    COUNTED,
    FAULTS,
    FILE_SYSTEMS,
    GROUP,
    GROWING,
    OPENING,
    Spring,
    Trap,
    assert_sound,
    content,
    in_memory,
    killed_at_every_call,
    laid,
    letters,
    refuse,
    with_manifest,
)

from generator.errors import OutputError
from generator.output import Outcome, write_all, write_sets
from generator.targets import FileSet, odd_names

SET = with_manifest({"complaint.docx": b"a letter"})
every_file_system = pytest.mark.parametrize("file_system", FILE_SYSTEMS)


@pytest.fixture
def base(tmp_path: Path) -> Iterator[Path]:
    """Return a folder in memory, where there is one."""
    with in_memory(tmp_path) as folder:
        yield folder


def ids(outcome: Outcome) -> list[str]:
    """Return the ids of the problems for which a set was not written."""
    return [problem.id for problem in outcome.problems] if isinstance(outcome, OutputError) else []


def digest(data: bytes) -> str:
    """Return what the ledger of a batch keeps of a file."""
    return hashlib.sha256(data).hexdigest()


# what is written, and over what


def test_a_refused_set_does_not_stop_the_others(tmp_path: Path) -> None:
    """Each set has its own outcome, in the order asked for."""
    write_all(tmp_path, "k-2", with_manifest({"complaint.docx": b"another letter"}))
    outcomes = write_sets(tmp_path, [FileSet(folder, SET) for folder in ("k-1", "k-2", "k 3 ", "k-4")])
    assert [ids(outcome) for outcome in outcomes] == [[], ["output-exists"] * 2, ["unsafe-file-name"], []]
    assert outcomes[3] == tuple(tmp_path / "k-4" / name for name in SET)
    assert content(tmp_path / "k-1") == content(tmp_path / "k-4") == SET
    assert sorted(os.listdir(tmp_path)) == ["k-1", "k-2", "k-4"]


def test_no_sets_are_nothing_to_write(tmp_path: Path) -> None:
    """A group may be empty."""
    assert write_sets(tmp_path / "out", []) == []
    assert not (tmp_path / "out").exists()


def test_a_file_of_ours_is_replaced_and_an_edited_one_is_kept(tmp_path: Path) -> None:
    """What a batch made before may go without force, the manifest too; what somebody changed since may not."""
    newer = with_manifest({"complaint.docx": b"a newer letter"})
    for folder in ("k-1", "k-2", "k-3"):
        write_all(tmp_path, folder, SET)
    (tmp_path / "k-2" / "complaint.docx").write_bytes(b"a letter, edited")
    ours = {digest(data) for data in SET.values()}
    letter_only = {digest(SET["complaint.docx"])}
    known = {"k-1": ours, "k-2": ours, "k-3": letter_only}
    sets = [FileSet(folder, newer, ours=digests) for folder, digests in known.items()]
    outcomes = write_sets(tmp_path, sets)
    assert [ids(outcome) for outcome in outcomes] == [[], ["output-exists"], ["output-exists"]]
    assert content(tmp_path / "k-1") == newer
    assert content(tmp_path / "k-2") == {**SET, "complaint.docx": b"a letter, edited"}
    assert content(tmp_path / "k-3") == SET


def test_a_manifest_of_ours_stays_where_the_set_has_none(tmp_path: Path) -> None:
    """A manifest is replaced by a newer one, never taken away, unless by force."""
    write_all(tmp_path, "k-1", SET)
    ours = {digest(data) for data in SET.values()}
    (outcome,) = write_sets(tmp_path, [FileSet("k-1", {"other.txt": b"another letter"}, ours=ours)])
    assert ids(outcome) == ["output-exists"]
    assert content(tmp_path / "k-1") == SET


def test_a_link_to_a_file_of_ours_is_refused(tmp_path: Path) -> None:
    """A link is no file of ours, whatever it leads to."""
    (tmp_path / "k-1").mkdir()
    (tmp_path / "old.docx").write_bytes(b"old")
    (tmp_path / "k-1" / "complaint.docx").symlink_to(tmp_path / "old.docx")
    (outcome,) = write_sets(tmp_path, [FileSet("k-1", SET, ours={digest(b"old")})])
    assert ids(outcome) == ["output-is-link"]
    assert (tmp_path / "old.docx").read_bytes() == b"old"


def test_a_case_named_twice_in_a_group_is_written_once(tmp_path: Path) -> None:
    """Two sets for one folder are two runs that want it at once."""
    outcomes = write_sets(tmp_path, [FileSet("k-1", SET), FileSet("k-1", SET)])
    assert [ids(outcome) for outcome in outcomes] == [[], ["output-in-use"]]
    assert content(tmp_path / "k-1") == SET


# what it costs


@every_file_system
def test_many_sets_need_few_handles(tmp_path: Path, file_system: str) -> None:
    """Any number of cases is written although a process may have few files open."""
    files = with_manifest({"a.docx": b"a", "b.pdf": b"b"})
    limits = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (200, limits[1]))
    try:
        with laid(Trap(0, refuse(OSError()), lacking=FILE_SYSTEMS[file_system])):
            outcomes = write_sets(tmp_path, [FileSet(f"k-{number}", files) for number in range(300)])
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, limits)
    assert [ids(outcome) for outcome in outcomes] == [[]] * 300
    assert {path.name for path in tmp_path.iterdir()} == {f"k-{number}" for number in range(300)}
    assert all(content(folder) == files for folder in tmp_path.iterdir())


def test_the_cost_of_a_case_does_not_grow_with_the_number_of_cases(tmp_path: Path) -> None:
    """With the neighbours looked up once, a set takes the same operations in a full folder as in an empty one."""
    costs = []
    for there in (0, 50):
        root = tmp_path / str(there)
        root.mkdir()
        for number in range(there):
            (root / f"k-{number}").mkdir()
        trap = Trap(0, refuse(OSError()))
        neighbours = odd_names(root)
        with laid(trap):
            write_sets(root, [FileSet("k-new", SET)], neighbours)
        costs.append(trap.seen)
    assert costs[0] == costs[1]
    assert "listdir" not in costs[1]


def test_a_folder_that_some_systems_take_for_the_case_folder_is_refused(tmp_path: Path) -> None:
    """A folder in other letter case is found when names are looked up here, and when they were looked up before."""
    (tmp_path / "K-1").mkdir()
    (tmp_path / "k-3").mkdir()
    assert odd_names(tmp_path) == ("K-1",)
    for neighbours in (None, odd_names(tmp_path)):
        outcomes = write_sets(tmp_path, [FileSet(name, SET) for name in ("k-1", "k-2")], neighbours)
        assert [ids(outcome) for outcome in outcomes] == [["same-file-name"], []]
        shutil.rmtree(tmp_path / "k-2")


def test_all_files_of_a_group_are_written_before_the_disk_is_waited_for(base: Path) -> None:
    """One flush serves all sets; still, each file is on disk before it is named, each letter before its manifest."""
    done: list[str] = []

    def record(do: Callable[[], Any], kind: str, args: tuple[Any, ...]) -> Any:
        result = do()
        is_folder = kind == "fsync" and stat.S_ISDIR(os.fstat(args[0]).st_mode)
        done.append("sync folder" if is_folder else f"name {Path(args[1]).name}" if kind == "link" else kind)
        return result

    sets = [FileSet(f"k-{number}", SET) for number in range(3)]
    with laid(Trap(1, record, ("write", "fsync", "link"), onward=True)):
        write_sets(base, sets)
    folders = ["sync folder"] * 3
    names = ["name complaint.docx", "name manifest.json"]
    assert done == [*["write"] * 6, *["fsync"] * 6, *names[:1] * 3, *folders, *names[1:] * 3, *folders]


# faults and kills


def attempts(
    base: Path, file_system: str, fault: Spring, kinds: tuple[str, ...], *, onward: bool
) -> Iterator[tuple[Path, Trap, list[Outcome] | BaseException]]:
    """Write the group with a trap at the Nth operation, for every N until it does not spring."""
    nth, sprung = 0, True
    while sprung:
        nth += 1
        root = base / str(nth)
        GROUP.prepare(root)
        trap = Trap(nth, fault, kinds, onward, FILE_SYSTEMS[file_system])
        with laid(trap):
            try:
                outcome: list[Outcome] | BaseException = GROUP.write(root)
            except (OutputError, KeyboardInterrupt) as raised:
                outcome = raised
        yield root, trap, outcome
        assert_completed_by_a_second_run(root)
        sprung = trap.sprung
    assert nth > 20


def assert_completed_by_a_second_run(root: Path) -> None:
    """Assert that running again gives all sets and leaves nothing else lying about; then remove them."""
    assert [ids(outcome) for outcome in GROUP.write(root)] == [[]] * len(GROUP.scenarios)
    assert {path.name: content(path) for path in root.iterdir()} == {s.folder: s.complete for s in GROUP.scenarios}
    shutil.rmtree(root)


@every_file_system
@pytest.mark.parametrize(("fault", "kinds"), FAULTS.values(), ids=FAULTS.keys())
def test_one_fault_costs_at_most_one_set(base: Path, file_system: str, fault: Spring, kinds: tuple[str, ...]) -> None:
    """The Nth operation fails, for every N: the set it befell is as before, and the others are written."""
    handles = len(os.listdir("/proc/self/fd"))
    for root, trap, outcome in attempts(base, file_system, fault, kinds, onward=False):
        tidying_failed = trap.sprung_at in ("unlink", "rmdir")
        for number, scenario in enumerate(GROUP.scenarios):
            found = (letters if tidying_failed else content)(root / scenario.folder)
            failed = outcome if isinstance(outcome, BaseException) else outcome[number]
            if isinstance(failed, OutputError):
                assert (found or {}) == (scenario.old or {})
            elif isinstance(failed, KeyboardInterrupt):
                assert found in (scenario.complete, scenario.old)
            else:
                assert found == scenario.complete
        if isinstance(outcome, list):
            failed_sets = sum(map(bool, map(ids, outcome)))
            assert failed_sets == 1 if trap.sprung_at == "fsync" else failed_sets <= 1
        else:
            assert isinstance(outcome, KeyboardInterrupt) or trap.seen[-1] == "listdir"
        assert len(os.listdir("/proc/self/fd")) == handles


@every_file_system
@pytest.mark.parametrize(("number", "kinds"), [(errno.ENOSPC, GROWING), (errno.EMFILE, OPENING)])
def test_a_lasting_want_leaves_whole_sets(base: Path, file_system: str, number: int, kinds: tuple[str, ...]) -> None:
    """From the Nth operation on the disk is full: what was written in time is there, all else is as before."""
    for root, _, outcome in attempts(base, file_system, refuse(OSError(number, "")), kinds, onward=True):
        for position, scenario in enumerate(GROUP.scenarios):
            failed = isinstance(outcome, BaseException) or isinstance(outcome[position], OutputError)
            assert content(root / scenario.folder) == (scenario.old if failed else scenario.complete)


@every_file_system
def test_a_disk_that_dies_leaves_no_half_letter(base: Path, file_system: str) -> None:
    """From the Nth operation on everything fails, also the undoing: each letter is whole and no manifest lies."""
    for root, _, _ in attempts(base, file_system, refuse(OSError(errno.EIO, "")), COUNTED, onward=True):
        for scenario in GROUP.scenarios:
            assert_sound(root / scenario.folder, scenario)


@every_file_system
def test_a_kill_at_any_operation_leaves_whole_letters(base: Path, file_system: str) -> None:
    """Killed at the Nth operation, for every N: no half letter, no lying manifest; a second run completes all sets."""
    kills = killed_at_every_call(base, "group", file_system)
    assert kills > 60
    for nth in range(1, kills + 2):
        for scenario in GROUP.scenarios:
            assert_sound(base / str(nth) / scenario.folder, scenario)
        assert_completed_by_a_second_run(base / str(nth))
