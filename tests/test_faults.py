"""What the system refuses is told as such, costs nothing that is not befallen by it, and leaves nothing behind."""

import ast
import errno
import os
import signal
import sqlite3
import subprocess
import sys
import time
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import active_children
from multiprocessing.popen_fork import Popen

import pytest
from batches import case_folder, codes
from letters import ROOT
from output_child import COUNTED, FOLDER, Trap, content, laid, refuse, with_manifest

from generator import output
from generator.batch import pool as pool_module
from generator.batch import work
from generator.batch.ledger import NAME, Ledger
from generator.batch.pool import local_pool
from generator.cli import names as names_command
from generator.cli.main import arznoma as program
from generator.errors import OutputError
from generator.limits import Limits
from generator.output import write_all, write_sets
from generator.replacing import replace_file
from generator.targets import FileSet

SET = with_manifest({"complaint.docx": b"a letter", "complaint.pdf": b"the same letter"})
BATCH = ("batch", "cases", "--format", "txt", "--as-of", "2026-06-01", "--out", "out", "--jobs", "1")
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="other rules for files")


def ids(fault):
    """Return the ids of the problems of an error."""
    return [problem.id for problem in fault.value.problems]


# one file of the user's own


@pytest.mark.parametrize("before", [None, b"old"])
def test_a_fault_at_any_operation_leaves_the_older_file(tmp_path, before):
    """The Nth operation fails, for every N: the file is new if that is said, else as before, and nothing lies about."""
    nth, sprung = 0, True
    while sprung:
        nth += 1
        path = tmp_path / str(nth) / "new" / "case.yaml"
        if before is not None:
            path.parent.mkdir(parents=True)
            path.write_bytes(before)
        trap, written = Trap(nth, refuse(OSError(errno.EIO, "")), COUNTED), True
        with laid(trap):
            try:
                replace_file(path, b"new")
            except OutputError:
                written = False
        if trap.sprung_at not in {"unlink", "rmdir"}:  # what tidies up
            expected = b"new" if written else before
            assert content(path.parent) == (None if expected is None else {"case.yaml": expected})
            assert path.parent.parent.exists() == (expected is not None)
        sprung = trap.sprung
    assert nth > 10


def test_once_a_file_is_replaced_nothing_else_lies_beside_it(tmp_path):
    """A kill after that leaves no old text behind: the next run finds nothing to write, so it sweeps nothing."""
    (tmp_path / "case.yaml").write_bytes(b"old")
    seen = []

    def look(do, _name, _args):
        seen.append(content(tmp_path))
        return do()

    with laid(Trap(1, look, ("fsync", "close", "unlink"), onward=True)):
        replace_file(tmp_path / "case.yaml", b"new")
    after = [files for files in seen if files["case.yaml"] == b"new"]
    assert after
    assert all(files == {"case.yaml": b"new"} for files in after)


def test_a_file_that_somebody_changed_meanwhile_is_left_to_them(tmp_path):
    """What was read is no more what is there, so it is not written over."""
    (tmp_path / "case.yaml").write_bytes(b"changed by hand")
    with pytest.raises(OutputError) as fault:
        replace_file(tmp_path / "case.yaml", b"with forms", instead_of=b"as it was read")
    assert ids(fault) == ["changed-meanwhile"]
    assert content(tmp_path) == {"case.yaml": b"changed by hand"}


def test_names_are_not_written_over_an_edit(arznoma, tmp_path, monkeypatch):
    """A lawyer saves the case file while the command works: the lawyer's text stays."""
    path = tmp_path / "case.yaml"
    path.write_bytes((ROOT / "examples" / "minimal.yaml").read_bytes())
    whole = names_command.with_forms

    def edited_meanwhile(*given):
        path.write_bytes(b"# edited\n")
        return whole(*given)

    monkeypatch.setattr(names_command, "with_forms", edited_meanwhile)
    code, _, err = arznoma("--ui", "en", "names", str(path), "--write")
    assert (code, path.read_bytes()) == (1, b"# edited\n")
    assert "was changed while arznoma worked on it" in err


def test_what_is_no_file_is_not_replaced(tmp_path):
    """A device or a pipe keeps its name, also behind a link: root could replace /dev/full by a calendar."""
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to(tmp_path / "pipe")
    for name in ("pipe", "link"):
        with pytest.raises(OutputError) as fault:
            replace_file(tmp_path / name, b"dates")
        assert ids(fault) == ["output-not-a-file"]
    assert (tmp_path / "pipe").is_fifo()


# the folder of a case


def test_a_folder_that_is_swapped_for_a_link_is_not_written_through(tmp_path):
    """A case folder that becomes a link while we write: all goes into the folder we hold, nothing elsewhere."""
    out, private, moved = tmp_path / "out", tmp_path / "private", tmp_path / "moved"
    private.mkdir()

    def swap(do, _name, _args):
        if not moved.exists():
            (out / FOLDER).rename(moved)
            (out / FOLDER).symlink_to(private)
        return do()

    for kind in ("flock", "fsync", "link"):
        with laid(Trap(1, swap, (kind,), onward=True)):
            write_all(out, FOLDER, SET)
        assert content(private) == {}
        assert content(moved) == SET
        (out / FOLDER).unlink()
        moved.rename(tmp_path / kind)


def test_folders_that_were_made_go_again_where_nothing_is_written(tmp_path):
    """A refused set leaves no empty folders, neither that of the case nor those above it."""
    with laid(Trap(1, refuse(OSError(errno.ENOSPC, "")), ("write",), onward=True)), pytest.raises(OutputError):
        write_all(tmp_path / "new" / "out", FOLDER, SET)
    assert list(tmp_path.iterdir()) == []


def test_without_threads_the_disk_is_waited_for_one_by_one(tmp_path, monkeypatch):
    """A system that gives no more threads makes us slow, no more."""

    def no_threads():
        raise RuntimeError

    monkeypatch.setattr(output, "_pool", no_threads)
    outcomes = write_sets(tmp_path, [FileSet(f"k-{number}", SET) for number in range(3)])
    assert not any(isinstance(outcome, OutputError) for outcome in outcomes)
    assert all(content(tmp_path / f"k-{number}") == SET for number in range(3))


# a batch


def test_a_fault_in_one_case_of_a_batch_stops_no_other(arznoma, tmp_path, monkeypatch):
    """A folder that cannot be read, or too little memory for one case: that one is refused, with the reason."""
    case_folder(tmp_path / "cases", codes(4))
    before, whole = work.manifest_in, work.case_of

    def unreadable(folder):
        if folder.name == "c-0002":
            raise OSError(errno.EIO, "")
        return before(folder)

    def too_large(source):
        case = whole(source)
        if case.facts.case.id == "c-0003":
            raise MemoryError
        return case

    monkeypatch.setattr(work, "manifest_in", unreadable)
    monkeypatch.setattr(work, "case_of", too_large)
    code, out, err = arznoma("--ui", "en", *BATCH)
    assert code == 1
    assert "Made: 2" in out
    assert "cases/c-0002.yaml  the system refused what arznoma needs (EIO)" in err
    assert "cases/c-0003.yaml  " in err
    assert "arznoma failed" not in err


def test_parts_that_could_not_be_tidied_up_are_swept_by_the_next_run(arznoma, tmp_path):
    """A case that is done, but beside whose letters a part lies, is written again."""
    case_folder(tmp_path / "cases", codes(1))
    arznoma(*BATCH)
    part = tmp_path / "out" / "c-0001" / "..a.txt.9999999999.part"
    part.write_bytes(b"")
    assert arznoma(*BATCH)[0] == 0
    assert not part.exists()


def test_sheets_that_cannot_be_written_do_not_deny_the_letters(arznoma, tmp_path):
    """The reason is told, and that the letters are made; nothing is left of the sheets."""
    case_folder(tmp_path / "cases", codes(1))
    (tmp_path / "out" / "results.xlsx").mkdir(parents=True)
    code, _, err = arznoma("--ui", "en", *BATCH)
    assert code == 1
    assert "results.xlsx" in err
    (tmp_path / "out" / "results.xlsx").rmdir()

    def full(do, _name, args):
        if ".results.part/" in str(args[0]):
            raise OSError(errno.ENOSPC, "")
        return do()

    with laid(Trap(1, full, ("open", "io.open"), onward=True)):
        code, _, err = arznoma("--ui", "en", *BATCH)
    assert code == 1
    assert "the letters are made, but the result sheets cannot be written (ENOSPC)" in err
    assert not (tmp_path / "out" / ".results.part").exists()


def test_a_link_where_parts_of_a_sheet_would_lie_is_not_followed(arznoma, tmp_path):
    """What a link leads to is never written to, nor emptied."""
    case_folder(tmp_path / "cases", codes(1))
    (tmp_path / "out").mkdir()
    (tmp_path / "diary").write_bytes(b"private")
    for name in (".results.csv.part", f".results.csv.{os.getpid()}.part"):
        (tmp_path / "out" / name).symlink_to(tmp_path / "diary")
    assert arznoma(*BATCH)[0] == 0
    assert (tmp_path / "diary").read_bytes() == b"private"


def test_a_ledger_is_neither_read_nor_written_where_it_must_not_be(tmp_path):
    """A pipe or a link in its place is refused, and so is a folder that was moved away under a run."""
    out = tmp_path / "out"
    out.mkdir()
    os.mkfifo(out / NAME)
    with pytest.raises(OutputError) as fault:
        Ledger(out, "selection", "source")
    assert ids(fault) == ["ledger-damaged"]
    (out / NAME).unlink()
    with Ledger(out, "selection", "source") as ledger:
        out.rename(tmp_path / "moved")
        with pytest.raises(OutputError) as fault:
            ledger.record([], [])
    assert ids(fault) == ["cannot-write-ledger"]


@pytest.mark.parametrize("content", [bytes(512), b""], ids=["spent", "empty"])
def test_a_journal_that_sqlite_could_not_take_away_goes(tmp_path, content):
    """Where the disk refuses something in the last moment of a run, the ledger is whole and nothing lies beside it."""
    ledger = Ledger(tmp_path, "selection", "source")
    closed = ledger._db  # noqa: SLF001  # as if its last sync had failed

    class Failing:
        def close(self) -> None:
            closed.close()
            (tmp_path / f"{NAME}-journal").write_bytes(content)

    ledger._db = Failing()  # noqa: SLF001  # as above
    with ledger:
        pass
    assert [path.name for path in tmp_path.iterdir()] == [NAME]
    with Ledger(tmp_path, "selection", "source") as again:
        assert again.made("k-1") == ("", ())


def test_a_file_in_place_of_the_folder_of_a_batch_is_named(arznoma, tmp_path):
    """The problem is that of the folder, not of the ledger in it."""
    case_folder(tmp_path / "cases", codes(1))
    (tmp_path / "out").write_bytes(b"")
    code, _, err = arznoma("--ui", "en", *BATCH)
    assert code == 1
    assert "out  " in err
    assert "ledger" not in err


def test_what_sqlite_finds_while_it_reads_is_told(tmp_path):
    """A disk that fails while the ledger is read is a problem of the ledger, not a bug of ours."""
    with Ledger(tmp_path, "selection", "source") as ledger:
        ledger._db.execute("DROP TABLE cases")  # noqa: SLF001  # as if the file were damaged
        for read in (lambda: ledger.made("k-1"), lambda: ledger.ours("k-1"), ledger.vanished):
            with pytest.raises(OutputError) as fault:
                read()
            assert ids(fault) == ["cannot-write-ledger"]
    assert sqlite3.connect(tmp_path / NAME)


def test_a_worker_that_is_being_started_is_not_interrupted():
    """Ctrl-C at a terminal reaches all processes; a worker is born with it held back and prints no traceback."""
    with local_pool(2) as pool:
        assert pool.submit(_ignored).result() == (True, True)
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, ())


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere no process is forked")
def test_workers_that_were_started_before_one_that_could_not_be_are_ended(monkeypatch):
    """Nobody would give them work; Python would wait for them at its end, and they for work, for ever."""
    launch, started = Popen._launch, []  # noqa: SLF001  # the system is to refuse the second process

    def refusing(self, process):
        if started:
            raise OSError(errno.EMFILE, os.strerror(errno.EMFILE))
        launch(self, process)
        started.append(self.pid)

    monkeypatch.setattr(Popen, "_launch", refusing)
    with local_pool(2, Limits()) as pool, pytest.raises(OSError, match=os.strerror(errno.EMFILE)):
        pool.submit(_ignored)
    assert len(started) == 1
    assert active_children() == []


@pytest.mark.skipif(sys.platform != "linux", reason="the limits are those of Linux")
def test_a_worker_that_cannot_be_put_under_limits_does_no_work(monkeypatch, capfd):
    """It ends without a word of its own; the parent says what became of the cases."""

    def refused(_limits):
        raise OSError(errno.EMFILE, os.strerror(errno.EMFILE))

    monkeypatch.setattr(pool_module, "arm", refused)
    with local_pool(1, Limits()) as pool, pytest.raises(BrokenProcessPool):
        pool.submit(_ignored).result()
    assert capfd.readouterr() == ("", "")


def _ignored():
    blocked = signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, ())
    return blocked, signal.getsignal(signal.SIGINT) is signal.SIG_IGN


# the command line


def test_what_the_system_refuses_is_no_bug_of_ours(arznoma, monkeypatch):
    """Too few handles, a disk that fails: told with the reason and a remedy, exit code 1, no value."""

    def refused(*_given, **_options):
        raise OSError(errno.EMFILE, "Саидова")

    monkeypatch.setattr(program, "main", refused)
    code, _, err = arznoma("--ui", "en", "list")
    assert code == 1
    assert err.startswith("the system refused what arznoma needs (EMFILE)\n")
    assert "Саид" not in err


def test_a_library_that_hides_an_interruption_does_not_make_it_our_bug(arznoma, monkeypatch):
    """Ctrl-C that comes out of a library as a fault of its own is an interruption all the same."""

    def hides(*_given, **_options):
        try:
            signal.raise_signal(signal.SIGTERM)
        except KeyboardInterrupt:
            raise ValueError from None

    monkeypatch.setattr(program, "main", hides)
    assert arznoma("list") == (130, "", "")
    assert signal.getsignal(signal.SIGTERM) is not None


UNRAISABLE = """
import signal, sys, time
from generator import __main__ as start

class Odd:
    def __del__(self):
        raise KeyboardInterrupt

sys.unraisablehook = start.unraisable
signal.signal(signal.SIGINT, signal.default_int_handler)
try:
    Odd()
    time.sleep(20)
except KeyboardInterrupt:
    print("obeyed")
"""


def test_an_interruption_that_python_cannot_raise_is_obeyed_and_prints_nothing():
    """It came while an object was taken apart: it is raised a moment later, where somebody takes it."""
    done = subprocess.run([sys.executable, "-c", UNRAISABLE], capture_output=True, text=True, cwd=ROOT, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "obeyed\n", "")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interruption_while_the_program_is_loaded_prints_no_traceback(number):
    """Before the command line is there, the signal simply ends us: nothing is begun yet."""
    script = "import generator.__main__, os, time; print(1, flush=True); time.sleep(9)"
    process = subprocess.Popen(
        [sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout.readline() == "1\n"
    time.sleep(0.05)
    process.send_signal(number)
    assert process.communicate(timeout=20)[1] == ""
    assert process.returncode == -number


def test_ctrl_c_is_minded_before_anything_is_loaded():
    """Whatever is loaded first leaves a moment for a traceback: `signal` alone comes before the default is set."""
    body = ast.parse((ROOT / "generator" / "__main__.py").read_text("utf-8")).body
    loaded = [node for node in body if isinstance(node, ast.Import | ast.ImportFrom)]
    minded = next(node for node in body if isinstance(node, ast.If))
    before = [ast.unparse(node) for node in loaded if node.lineno < minded.lineno]
    assert before == ["import signal"]


BROKEN_DOWN = """
from generator import __main__ as start
import generator.cli

def program():
    raise MemoryError("Рахимов")

generator.cli.program = program
start.start()
"""


def test_what_cannot_even_be_told_shows_nothing_of_a_case():
    """One line that needs no memory, and no traceback."""
    done = subprocess.run([sys.executable, "-c", BROKEN_DOWN], capture_output=True, text=True, cwd=ROOT, check=False)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert done.stderr.startswith("arznoma broke down")
