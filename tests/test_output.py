"""All-or-none writing: what is refused, and what a fault or a kill at any file operation leaves behind."""

import errno
import gc
import os
import resource
import shutil
import stat
import subprocess
import sys
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from output_child import (
    FAULTS,
    FILE_SYSTEMS,
    FOLDER,
    GROWING,
    OPENING,
    SCENARIOS,
    Scenario,
    Spring,
    Trap,
    assert_sound,
    child_environment,
    content,
    in_memory,
    killed_at_every_call,
    laid,
    letters,
    refuse,
    with_manifest,
)

from generator.errors import OutputError
from generator.output import write_all

CHILD = Path(__file__).with_name("output_child.py")
SET = with_manifest({"complaint.docx": b"a letter", "complaint.pdf": b"the same letter"})


@pytest.fixture
def base(tmp_path: Path) -> Iterator[Path]:
    """Return a folder in memory, where there is one: thousands of sets are written there."""
    with in_memory(tmp_path) as folder:
        yield folder


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Return an output folder that is not there yet."""
    return tmp_path / "out"


THOROUGH = {"new set", "forced over other letters"}  # on every file system; the others on the two that differ most
PAIRS = [(s, f) for s in SCENARIOS for f in FILE_SYSTEMS if s in THOROUGH or f in {"linux", "no hard links"}]
every_file_system = pytest.mark.parametrize("lacking", FILE_SYSTEMS.values(), ids=FILE_SYSTEMS.keys())
every_pair = pytest.mark.parametrize(("name", "file_system"), PAIRS, ids=map(" on ".join, PAIRS))


def refusals(
    root: Path, folder: str, files: Mapping[str, bytes], *, force: bool = False
) -> list[tuple[str, dict[str, str]]]:
    """Return the problems for which a set is refused, after proving that nothing was written."""
    before = sorted(root.parent.rglob("*"))
    with pytest.raises(OutputError) as caught:
        write_all(root, folder, files, force=force)
    assert sorted(root.parent.rglob("*")) == before
    return [(problem.id, dict(problem.values)) for problem in caught.value.problems]


def write_with(trap: Trap, scenario: Scenario, root: Path) -> BaseException | None:
    """Write with a trap laid; return what came of it."""
    with laid(trap):
        try:
            scenario.write(root)
        except (OutputError, KeyboardInterrupt) as fault:
            return fault
    return None


@dataclass(frozen=True)
class Attempt:
    """A run with a trap at its Nth operation: what was there before, and the exception that came of it."""

    root: Path
    trap: Trap
    before: dict[str, bytes] | None
    outcome: BaseException | None


def attempts(base: Path, name: str, file_system: str, trap: Trap) -> Iterator[Attempt]:
    """Write with the trap at the Nth operation, for every N until it does not spring; then a second run completes."""
    scenario, sprung, nth = SCENARIOS[name], True, 0
    while sprung:
        nth += 1
        root, laid_trap = base / str(nth), replace(trap, nth=nth, lacking=FILE_SYSTEMS[file_system], seen=[])
        scenario.prepare(root)
        before = content(root / FOLDER)
        yield Attempt(root, laid_trap, before, write_with(laid_trap, scenario, root))
        assert_completed_by_a_second_run(root, scenario)
        sprung = laid_trap.sprung
    assert not list(base.iterdir())


def assert_completed_by_a_second_run(root: Path, scenario: Scenario) -> None:
    """Assert that running again gives the whole set and leaves nothing else lying about; then remove it."""
    assert write_with(Trap(0, refuse(OSError())), scenario, root) is None
    assert content(root / FOLDER) == scenario.complete
    assert [path.name for path in root.iterdir()] == [FOLDER]
    shutil.rmtree(root)


# what is written


def test_paths_are_returned_in_the_order_of_the_files(out: Path) -> None:
    """The caller gets the path of each file, below the folder as it was named."""
    paths = write_all(out, FOLDER, SET)
    assert [path.relative_to(out / FOLDER).name for path in paths] == list(SET)
    assert content(out / FOLDER) == SET


@pytest.mark.parametrize("mask", [0, 0o022, 0o277])
@every_file_system
def test_only_the_owner_can_read_what_was_written(out: Path, mask: int, lacking: frozenset[str]) -> None:
    """Files are 0600 and made folders 0700, whatever the umask."""
    before = os.umask(mask)
    try:
        with laid(Trap(0, refuse(OSError()), lacking=lacking)):
            paths = write_all(out / "new", FOLDER, SET)
    finally:
        os.umask(before)
    assert {stat.S_IMODE(path.stat().st_mode) for path in paths} == {0o600}
    if mask & 0o700 == 0:
        assert {stat.S_IMODE(path.stat().st_mode) for path in (out, out / "new", out / "new" / FOLDER)} == {0o700}


def test_an_equal_set_is_left_as_it_is(out: Path) -> None:
    """Writing the same bytes again is quiet and touches no file."""
    paths = write_all(out, FOLDER, SET)
    before = [path.stat() for path in paths]
    assert write_all(out, FOLDER, SET) == paths
    assert [(path.stat().st_ino, path.stat().st_mtime_ns) for path in paths] == [
        (s.st_ino, s.st_mtime_ns) for s in before
    ]


def test_a_set_may_be_written_to_a_relative_folder(tmp_path: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder is meant as the user's shell means it."""
    monkeypatch.chdir(tmp_path)
    assert write_all(Path("out"), FOLDER, SET)[0] == Path("out", FOLDER, "complaint.docx")
    assert content(out / FOLDER) == SET


def test_force_replaces_other_bytes_and_leaves_other_files(out: Path) -> None:
    """With force the set replaces what has its names; a file that is not of the set stays."""
    write_all(out, FOLDER, with_manifest({"complaint.docx": b"old", "annex.txt": b"annex"}))
    write_all(out, FOLDER, SET, force=True)
    assert content(out / FOLDER) == {**SET, "annex.txt": b"annex"}


def test_a_set_of_many_files_needs_few_handles(out: Path) -> None:
    """A large set is written although a process may have few files open."""
    limits = resource.getrlimit(resource.RLIMIT_NOFILE)
    many = with_manifest({f"{number}.txt": b"letter" for number in range(300)})
    resource.setrlimit(resource.RLIMIT_NOFILE, (200, limits[1]))
    try:
        write_all(out, FOLDER, many)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, limits)
    assert content(out / FOLDER) == many


# what is refused


def test_all_problems_are_told_at_once(out: Path) -> None:
    """A refusal names everything that stands in the way, so that one correction is enough."""
    write_all(out, FOLDER, SET)
    (out / FOLDER / "annex").mkdir()
    (out / FOLDER / "link.txt").symlink_to(out / "elsewhere")
    new = {**SET, "complaint.docx": b"other", "annex": b"", "link.txt": b"", "a:b": b"", "x.txt": b"", "X.TXT": b""}
    assert sorted(refusals(out, FOLDER, new), key=str) == [
        ("output-exists", {"name": "complaint.docx"}),
        ("output-is-link", {"name": "link.txt"}),
        ("output-not-a-file", {"name": "annex"}),
        ("same-file-name", {"name": "X.TXT", "other": "x.txt"}),
        ("unsafe-file-name", {"part": "file", "reason": "forbidden-character"}),
    ]


def test_a_manifest_grows_with_its_letters_only(out: Path) -> None:
    """New letters join a folder together with a manifest that lists them; without one they are refused."""
    write_all(out, FOLDER, SET)
    assert refusals(out, FOLDER, {"other.txt": b"another letter"}) == [("output-exists", {"name": "manifest.json"})]
    grown = with_manifest({"other.txt": b"another letter"})
    assert refusals(out, FOLDER, grown) == [("output-exists", {"name": "manifest.json"})]
    write_all(out, FOLDER, grown, grows_from=SET["manifest.json"])
    assert (out / FOLDER / "other.txt").read_bytes() == b"another letter"
    assert (out / FOLDER / "complaint.docx").read_bytes() == SET["complaint.docx"]


@pytest.mark.parametrize("force", [False, True])
def test_a_link_is_never_written_through(tmp_path: Path, out: Path, force: bool) -> None:  # noqa: FBT001 - a parameter of the test
    """A link under a target's name is refused, and what it leads to stays as it was."""
    (out / FOLDER).mkdir(parents=True)
    (tmp_path / "diary.txt").write_bytes(b"private")
    (out / FOLDER / "complaint.docx").symlink_to(tmp_path / "diary.txt")
    (out / FOLDER / "complaint.pdf").symlink_to(tmp_path / "nowhere")
    assert refusals(out, FOLDER, SET, force=force) == [
        ("output-is-link", {"name": "complaint.docx"}),
        ("output-is-link", {"name": "complaint.pdf"}),
    ]
    assert (tmp_path / "diary.txt").read_bytes() == b"private"


def test_a_case_folder_that_is_a_link_is_refused(tmp_path: Path, out: Path) -> None:
    """Nothing is written outside the folder the user named."""
    out.mkdir()
    (tmp_path / "elsewhere").mkdir()
    (out / FOLDER).symlink_to(tmp_path / "elsewhere")
    assert refusals(out, FOLDER, SET, force=True) == [("case-folder-is-link", {})]


@pytest.mark.parametrize("make", [os.mkdir, os.mkfifo])
def test_what_is_not_a_file_is_refused(out: Path, make: Callable[[Path], None]) -> None:
    """A folder or a pipe under a target's name is never replaced, and reading it never makes us wait."""
    (out / FOLDER).mkdir(parents=True)
    make(out / FOLDER / "complaint.pdf")
    assert refusals(out, FOLDER, SET, force=True) == [("output-not-a-file", {"name": "complaint.pdf"})]


@pytest.mark.parametrize(
    ("file", "root", "problem"),
    [
        ("out", "out", "output-not-a-folder"),
        ("out", "out/letters/new", "output-not-a-folder"),
        (f"out/{FOLDER}", "out", "case-folder-not-a-folder"),
    ],
)
def test_a_file_in_place_of_a_folder_is_refused(tmp_path: Path, file: str, root: str, problem: str) -> None:
    """Neither the output folder, nor one above it, nor the case folder may be a file."""
    (tmp_path / file).parent.mkdir(exist_ok=True)
    (tmp_path / file).write_bytes(b"")
    assert refusals(tmp_path / root, FOLDER, SET) == [(problem, {})]


def test_a_dangling_link_is_no_output_folder(tmp_path: Path, out: Path) -> None:
    """A link that leads nowhere is told apart from a folder that is not there yet."""
    out.symlink_to(tmp_path / "unplugged")
    assert refusals(out, FOLDER, SET) == [("output-not-a-folder", {})]


@pytest.mark.parametrize(
    ("closed", "problem"), [("out", "output-not-writable"), (f"out/{FOLDER}", "case-folder-not-writable")]
)
def test_a_folder_that_cannot_be_written_to_is_refused(
    tmp_path: Path, out: Path, monkeypatch: pytest.MonkeyPatch, closed: str, problem: str
) -> None:
    """A closed folder is told beforehand. The system's answer is faked: nothing is closed to root."""
    (tmp_path / closed).mkdir(parents=True)
    monkeypatch.setattr(os, "access", lambda path, _mode: Path(path) != tmp_path / closed)
    assert refusals(out, FOLDER, SET) == [(problem, {})]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("", "empty"),
        ("../a.txt", "forbidden-character"),
        ("/a.txt", "forbidden-character"),
        ("a\\b.txt", "forbidden-character"),
        ("C:a.txt", "forbidden-character"),
        ("a?.txt", "forbidden-character"),
        ("..", "dot-or-space-at-the-edge"),
        (".hidden", "dot-or-space-at-the-edge"),
        ("a.", "dot-or-space-at-the-edge"),
        ("a ", "dot-or-space-at-the-edge"),
        (" a", "dot-or-space-at-the-edge"),
        ("CON", "reserved-name"),
        ("nul.txt", "reserved-name"),
        ("Com1.tar.gz", "reserved-name"),
        ("lpt²", "reserved-name"),
        ("aux .txt", "reserved-name"),
        ("a\0b", "invisible-character"),
        ("a\nb", "invisible-character"),
        ("a\x1b[2Jb", "invisible-character"),
        ("a\u202eb", "invisible-character"),
        ("a\u3164b", "invisible-character"),
        ("a\ud800b", "invisible-character"),
        ("a" * 121, "too-long"),
        ("ж" * 61, "too-long"),
    ],
)
def test_a_name_that_some_system_cannot_bear_is_refused(out: Path, name: str, reason: str) -> None:
    """A name works on Windows, macOS and Linux, or is refused; the refusal does not repeat it."""
    assert refusals(out, FOLDER, {**SET, name: b""}) == [("unsafe-file-name", {"part": "file", "reason": reason})]
    assert refusals(out, name, SET) == [("unsafe-file-name", {"part": "folder", "reason": reason})]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.text(max_size=40) | st.from_regex(r"[./\\ :~a-cA-CонÑ\x00]{1,12}", fullmatch=True))
def test_any_name_is_written_inside_the_folder_or_refused(tmp_path: Path, out: Path, name: str) -> None:
    """Whatever the name, there is one new file directly in the case folder, or a problem and no file."""
    shutil.rmtree(out, ignore_errors=True)
    try:
        write_all(out, FOLDER, {name: b"letter"})
    except OutputError as error:
        assert {problem.id for problem in error.problems} == {"unsafe-file-name"}
        assert sorted(tmp_path.rglob("*")) == []
    else:
        assert sorted(tmp_path.rglob("*")) == [out, out / FOLDER, out / FOLDER / name]


def test_names_that_some_systems_take_for_one_are_refused(out: Path) -> None:
    """Two names that differ in letter case or Unicode form only would overwrite each other elsewhere."""
    composed, decomposed = "й.txt", unicodedata.normalize("NFD", "й.txt")
    for one, other in (("A.txt", "a.txt"), (decomposed, composed), ("Straße", "strasse")):
        names = dict(zip(("name", "other"), sorted((one, other)), strict=True))
        assert refusals(out, FOLDER, {one: b"", other: b""}) == [("same-file-name", names)]
        write_all(out, FOLDER, {one: b""})
        assert refusals(out, FOLDER, {other: b""}, force=True) == [("same-file-name", names)]
        shutil.rmtree(out)


def test_case_folders_that_some_systems_take_for_one_are_refused(out: Path) -> None:
    """The folder of another case is protected on a disk that tells letter case apart, too."""
    write_all(out, "k-17", SET)
    assert refusals(out, "K-17", SET) == [("same-file-name", {"name": "K-17", "other": "k-17"})]


def test_problems_name_no_folder_of_a_case(out: Path) -> None:
    """A problem tells the output folder as it was named, and names of letters, but not the case."""
    write_all(out, FOLDER, SET)
    with pytest.raises(OutputError) as caught:
        write_all(out, FOLDER, dict.fromkeys(SET, b"other"))
    assert FOLDER not in repr(caught.value.problems).replace(str(out), "")
    assert {str(problem.place) for problem in caught.value.problems} == {str(out)}


# two runs at once, and what earlier runs left


def test_a_folder_in_use_by_another_run_is_left_alone(out: Path) -> None:
    """While one run writes a case, a second one is refused."""
    refused: list[str] = []

    def write_too(do: Callable[[], Any], _name: str, _args: tuple[Any, ...]) -> Any:
        try:
            write_all(out, FOLDER, with_manifest({"complaint.docx": b"another letter"}), force=True)
        except OutputError as error:
            refused.extend(problem.id for problem in error.problems)
        return do()

    with laid(Trap(1, write_too, kinds=("link",))):
        write_all(out, FOLDER, SET)
    assert refused == ["output-in-use"]
    assert content(out / FOLDER) == SET


@every_file_system
def test_a_file_that_appears_meanwhile_is_not_overwritten(out: Path, lacking: frozenset[str]) -> None:
    """A letter takes a free name only: what another program put there last stays, and the set is taken back."""

    def appear(do: Callable[[], Any], _name: str, _args: tuple[Any, ...]) -> Any:
        (out / FOLDER / "complaint.pdf").write_bytes(b"of another program")
        return do()

    with laid(Trap(2, appear, kinds=("fsync",), lacking=lacking)), pytest.raises(OutputError) as caught:
        write_all(out, FOLDER, SET)
    assert [dict(problem.values) for problem in caught.value.problems] == [{"reason": "EEXIST"}]
    assert content(out / FOLDER) == {"complaint.pdf": b"of another program"}


def test_remains_of_dead_runs_are_swept_and_nothing_else(out: Path) -> None:
    """Only files of our own pattern go, and only if their run is dead; our own number is an earlier run's."""
    dead = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True)
    number = int(dead.stdout)
    (out / FOLDER).mkdir(parents=True)
    swept = [f".a.docx.{number}.part", f"..a.docx.{number}.part", f".a.{os.getpid()}.part", ".a.9999999999.part"]
    kept = [
        f".a.docx.{os.getppid()}.part",
        "a.part",
        ".a.part",
        ".a.x.part",
        f"a.{number}.part",
        f".a.{number}.part.txt",
    ]
    for name in swept + kept:
        (out / FOLDER / name).write_bytes(b"")
    write_all(out, FOLDER, SET)
    assert sorted(content(out / FOLDER) or {}) == sorted([*kept, *SET])


# faults


@every_pair
@pytest.mark.parametrize(("fault", "kinds"), FAULTS.values(), ids=FAULTS.keys())
def test_one_fault_at_any_operation_leaves_all_or_none(
    base: Path, name: str, file_system: str, fault: Spring, kinds: tuple[str, ...]
) -> None:
    """The Nth operation fails, for every N: the set is there, or all is as before and nothing lies about."""
    complete = SCENARIOS[name].complete
    gc.collect()  # what another test left open must not be closed meanwhile
    handles = len(os.listdir("/proc/self/fd"))
    for attempt in attempts(base, name, file_system, Trap(0, fault, kinds)):
        tidying_failed = attempt.trap.sprung_at in ("unlink", "rmdir")
        assert attempt.outcome is not None or attempt.trap.sprung_at != "fsync"  # whatever is not on disk is told
        found = (letters if tidying_failed else content)(attempt.root / FOLDER)
        assert found == complete if attempt.outcome is None else found in (attempt.before, complete)
        assert not isinstance(attempt.outcome, OutputError) or (found or {}) == (attempt.before or {})
        assert len(os.listdir("/proc/self/fd")) == handles


@every_pair
@pytest.mark.parametrize(
    ("number", "kinds"), [(errno.ENOSPC, GROWING), (errno.EMFILE, OPENING), (errno.EDQUOT, ("write", "fsync"))]
)
def test_a_lasting_want_leaves_the_folder_as_it_was(
    base: Path, name: str, file_system: str, number: int, kinds: tuple[str, ...]
) -> None:
    """From the Nth operation on the disk is full, or no handles are left: all is as before, and the reason is told."""
    told = [("cannot-write", {"reason": errno.errorcode[number]})]
    for attempt in attempts(base, name, file_system, Trap(0, refuse(OSError(number, "")), kinds, onward=True)):
        if attempt.outcome is not None:
            assert isinstance(attempt.outcome, OutputError)
            assert [(problem.id, dict(problem.values)) for problem in attempt.outcome.problems] == told
            assert content(attempt.root / FOLDER) == attempt.before


@every_pair
def test_a_disk_that_dies_leaves_no_half_letter(base: Path, name: str, file_system: str) -> None:
    """From the Nth operation on everything fails, also the undoing: each letter is whole and no manifest lies."""
    for attempt in attempts(base, name, file_system, Trap(0, refuse(OSError(errno.EIO, "")), onward=True)):
        assert_sound(attempt.root / FOLDER, SCENARIOS[name])


def test_an_old_manifest_never_comes_back_over_a_newer_letter(base: Path) -> None:
    """If a letter cannot be brought back after a fault, neither is the manifest that would lie about it."""

    def fail(do: Callable[[], Any], kind: str, args: tuple[Any, ...]) -> Any:
        if Path(args[0]).name.startswith("..b.pdf") or (kind != "replace" and Path(args[1]).name == "manifest.json"):
            raise OSError(errno.EIO, "")
        return do()

    scenario = SCENARIOS["forced over other letters"]
    scenario.prepare(base)
    outcome = write_with(Trap(1, fail, ("link", "rename", "replace"), onward=True), scenario, base)
    assert isinstance(outcome, OutputError)
    assert (letters(base / FOLDER) or {}).keys() == {"a.docx", "b.pdf", "c.txt"}
    assert_sound(base / FOLDER, scenario)
    assert_completed_by_a_second_run(base, scenario)


@every_pair
def test_nothing_gets_a_name_before_it_is_on_disk(base: Path, name: str, file_system: str) -> None:
    """A power cut finds whole letters: files are synced before they are named, all letters before the manifest is."""
    done: list[str] = []

    def record(do: Callable[[], Any], kind: str, args: tuple[Any, ...]) -> Any:
        final = kind in ("link", "rename", "replace") and not Path(args[1]).name.startswith(".")
        removed = kind == "unlink" and Path(args[0]).name == "manifest.json"
        folder = kind == "fsync" and stat.S_ISDIR(os.fstat(args[0]).st_mode)
        result = do()
        done.append(f"name {Path(args[1]).name}" if final else "sync folder" if folder else kind)
        done.extend(["remove manifest"] if removed else [])
        return result

    scenario = SCENARIOS[name]
    scenario.prepare(base)
    kinds = ("write", "fsync", "link", "rename", "replace", "unlink")
    with laid(Trap(1, record, kinds, onward=True, lacking=FILE_SYSTEMS[file_system])):
        scenario.write(base)
    named = [entry for entry in done if entry.startswith("name ")]
    for entry in named:
        assert next(kind for kind in reversed(done[: done.index(entry)]) if kind in {"write", "fsync"}) == "fsync"
    if file_system != "no /proc":  # where it turns out late that a nameless file cannot be named, and is written again
        assert done[: done.index(named[0])].count("fsync") >= len(named)
        assert "write" not in done[done.index(named[0]) :]
    assert "name manifest.json" not in named[:-1]
    if len(named) > 1:
        assert "sync folder" in done[done.index(named[-2]) : done.index(named[-1])]
    if "remove manifest" in done:
        assert done[done.index("remove manifest") + 1] == "sync folder"
        assert done.index("remove manifest") < done.index(named[0])
    assert "sync folder" in done[done.index(named[-1]) :]


def test_short_writes_are_continued(tmp_path: Path) -> None:
    """A system that takes only some of the bytes at a time still gets them all."""

    def write_some(_do: Callable[[], Any], _name: str, args: tuple[Any, ...]) -> int:
        handle, data = args
        return os.pwrite(handle, bytes(data)[:7], os.lseek(handle, 0, os.SEEK_END))

    scenario = SCENARIOS["new set"]
    with laid(Trap(1, write_some, ("write",), onward=True)):
        scenario.write(tmp_path)
    assert content(tmp_path / FOLDER) == scenario.new


def test_a_file_size_limit_leaves_nothing(tmp_path: Path) -> None:
    """A limit of the system on the size of files acts as a full disk does."""
    (tmp_path / "out").mkdir()
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, limits[1]))
    try:
        found = refusals(tmp_path / "out", FOLDER, with_manifest({"a.txt": b"short", "b.pdf": bytes(9000)}))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert found == [("cannot-write", {"reason": "EFBIG"})]


@pytest.mark.skipif(shutil.which("unshare") is None, reason="needs unshare to mount a small disk")
def test_a_disk_that_is_really_full_keeps_the_older_letters(tmp_path: Path) -> None:
    """On a disk of 24 KiB a set that does not fit is refused, the older one stays, and nothing lies about."""
    script = f"""
        mount -t tmpfs -o size=24k none {tmp_path} || exit 77
        mkdir {tmp_path}/{FOLDER} && echo old > {tmp_path}/{FOLDER}/a.docx && head -c 9000 /dev/zero > {tmp_path}/other
        {sys.executable} {CHILD} write {tmp_path} "forced over other letters" 2>&1 | tail -n 1
        ls -A {tmp_path}/{FOLDER} && cat {tmp_path}/{FOLDER}/*
    """
    command = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", script]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=child_environment())
    if done.returncode == 77 or "unshare failed" in done.stderr:
        pytest.skip("no right to mount a small disk")
    assert done.stdout.split() == ["generator.errors.OutputError:", "cannot-write", "a.docx", "old"]


# kills


@every_pair
def test_a_kill_at_any_operation_leaves_whole_letters(base: Path, name: str, file_system: str) -> None:
    """Killed at the Nth operation, for every N: no half letter, no lying manifest; a second run completes the set."""
    kills = killed_at_every_call(base, name, file_system)
    assert kills > 20
    scenario = SCENARIOS[name]
    for nth in range(1, kills + 2):
        root = base / str(nth)
        assert_sound(root / FOLDER, scenario)
        if file_system == "linux" and scenario.old is None:
            assert content(root / FOLDER) == letters(root / FOLDER)  # nameless files leave nothing to sweep
        assert_completed_by_a_second_run(root, scenario)
