"""`arznoma wipe` takes away what the program made, nothing else, and can always be run again."""

import io
import os
import sqlite3
from contextlib import closing

import pytest
from letters import example

from generator.batch.ledger import NAME as LEDGER
from generator.errors import OutputError
from generator.wiping import survey, wipe

pytestmark = pytest.mark.skipif(os.name == "nt", reason="uses links and locks of POSIX")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The bytes of an output folder with a batch of two cases, by path."""
    from click.testing import CliRunner  # noqa: PLC0415

    from generator.cli.main import arznoma as command  # noqa: PLC0415

    home = tmp_path_factory.mktemp("made")
    for number in (1, 2):
        (home / f"{number}.yaml").write_text(example("minimal.yaml").replace("id: example-2", f"id: case-{number}"))
    arguments = [
        "batch",
        str(home),
        "--out",
        str(home / "out"),
        "--format",
        "txt,html",
        "--as-of",
        "2026-06-01",
        "--jobs",
        "1",
    ]
    result = CliRunner().invoke(command, arguments)
    assert result.exit_code == 0, result.output
    return {path.relative_to(home / "out"): path.read_bytes() for path in (home / "out").rglob("*") if path.is_file()}


@pytest.fixture
def out(made, tmp_path):
    """A copy of that folder."""
    for path, content in made.items():
        (tmp_path / "out" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "out" / path).write_bytes(content)
    return tmp_path / "out"


def _left(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir())


def test_all_that_was_made_goes(out):
    """Letters, manifests, ledger, result sheets, half files and the folders themselves are gone."""
    (out / "case-1" / ".letter.docx.999999999.part").write_bytes(b"half")
    (out / f"{LEDGER}-wal").write_bytes(b"")
    (out / ".results.csv.part").write_bytes(b"half")
    (out / ".results.part").mkdir()
    (out / ".results.part" / "rows").write_bytes(b"rows")
    wipe(out)
    assert not out.exists()


def test_what_others_made_stays_and_is_named(out):
    """A file no manifest or ledger knows stays, whatever its name."""
    for name in (
        "notes.txt",
        "case-1/case-1_prosecutor-complaint_ru.docx",
        "case-1/~$letter.docx",
        "other/results.csv",
    ):
        (out / name).parent.mkdir(exist_ok=True)
        (out / name).write_text("mine")
    strange = [path.relative_to(out).as_posix() for path in survey(out).strange]
    wipe(out)
    mine = ["case-1/case-1_prosecutor-complaint_ru.docx", "case-1/~$letter.docx", "notes.txt", "other/results.csv"]
    assert _left(out) == mine
    assert sorted(strange) == [*mine[:3], "other"]


def test_half_files_of_a_run_killed_before_its_manifest_go(tmp_path):
    """A whole letter without a manifest is nobody's we know, and is named; half of one goes, unless its run lives."""
    folder = tmp_path / "case-3"
    folder.mkdir()
    for name in (".letter.docx.999999999.part", "letter.docx", f".letter.pdf.{os.getppid()}.part"):
        (folder / name).write_bytes(b"content")
    assert {path.name for path in survey(tmp_path).strange} == {"letter.docx", f".letter.pdf.{os.getppid()}.part"}
    wipe(tmp_path)
    assert {path.name for path in folder.iterdir()} == {"letter.docx", f".letter.pdf.{os.getppid()}.part"}


def test_result_sheets_without_a_ledger_are_not_ours(tmp_path):
    """Anybody may call a file results.csv."""
    (tmp_path / "results.csv").write_text("mine")
    wipe(tmp_path)
    assert _left(tmp_path) == ["results.csv"]


def test_an_edited_letter_stays_with_what_knows_of_it(out):
    """Work of a person is not lost unasked; asked for, it goes, even in a later run."""
    letter = out / "case-1" / "case-1_prosecutor-complaint_ru.txt"
    letter.write_text("edited")
    assert survey(out).edited == (letter,)
    wipe(out)
    assert _left(out) == [f"case-1/{letter.name}", "case-1/manifest.json", LEDGER]
    wipe(out, edited=True)
    assert not out.exists()


@pytest.mark.parametrize("name", ["results.csv", "results.xlsx"])
def test_an_edited_result_sheet_stays_with_the_ledger_that_knows_of_it(out, name):
    """Notes in a sheet are work of a person, as those in a letter."""
    with (out / name).open("ab") as file:
        file.write(b"notes")
    assert survey(out).edited == (out / name,)
    wipe(out)
    assert _left(out) == sorted([LEDGER, name])
    wipe(out, edited=True)
    assert not out.exists()


def test_a_result_sheet_that_the_ledger_cannot_tell_stays(out):
    """A ledger of an earlier version does not say how the sheets were made."""
    with closing(sqlite3.connect(out / LEDGER, isolation_level=None)) as database:
        database.execute("DROP TABLE sheets")
    wipe(out)
    assert _left(out) == [LEDGER, "results.csv", "results.xlsx"]
    wipe(out, edited=True)
    assert not out.exists()


def test_links_are_never_followed(out, tmp_path):
    """Neither a letter, a case folder, the ledger nor the folder itself is reached through a link."""
    letter = out / "case-1" / "case-1_prosecutor-complaint_ru.txt"
    (tmp_path / "elsewhere").mkdir()
    letter.rename(tmp_path / "elsewhere" / "letter.txt")
    letter.symlink_to(tmp_path / "elsewhere" / "letter.txt")
    (out / "case-2").rename(tmp_path / "elsewhere" / "case-2")
    (out / "case-2").symlink_to(tmp_path / "elsewhere" / "case-2")
    (out / LEDGER).rename(tmp_path / "elsewhere" / LEDGER)
    (out / LEDGER).symlink_to(tmp_path / "elsewhere" / LEDGER)
    before = _left(tmp_path / "elsewhere")
    wipe(out)
    assert _left(tmp_path / "elsewhere") == before
    assert {letter.name, "case-2", LEDGER} <= {path.name for path in out.rglob("*")}
    (tmp_path / "link").symlink_to(out)
    with pytest.raises(OutputError, match="output-is-link"):
        wipe(tmp_path / "link")


def test_names_that_lead_out_of_the_folder_are_no_letters(out, tmp_path):
    """A manifest that somebody wrote cannot make us remove a file elsewhere."""
    (tmp_path / "victim").write_text("x")
    digest = "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"
    for name in ("../../victim", str(tmp_path / "victim"), ".."):
        text = f'{{"case": "c", "letters": [{{"files": [{{"name": "{name}", "sha256": "{digest}"}}]}}]}}'
        (out / "case-1" / "manifest.json").write_text(text)
        wipe(out)
        assert (tmp_path / "victim").exists()
        (out / "case-1").mkdir(parents=True, exist_ok=True)


def test_a_running_batch_keeps_its_folder(out):
    """While a batch has the ledger, nothing is listed and nothing goes."""
    before = _left(out)
    database = sqlite3.connect(out / LEDGER, isolation_level=None)
    database.execute("BEGIN EXCLUSIVE")
    for act in (survey, wipe):
        with pytest.raises(OutputError, match="batch-in-use"):
            act(out)
    database.execute("ROLLBACK")
    database.close()
    assert _left(out) == before


def test_a_case_that_is_being_written_is_left_alone(out):
    """The lock of a case folder is respected."""
    import fcntl  # noqa: PLC0415

    handle = os.open(out / "case-1", os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)
    with pytest.raises(OutputError, match="output-in-use"):
        wipe(out)
    os.close(handle)
    assert any(name.startswith("case-1/") for name in _left(out))


def test_stopped_anywhere_the_same_command_completes(made, tmp_path, monkeypatch):
    """What knows the letters goes after them: a failure at any removal leaves nothing that a second run cannot find."""
    real = os.unlink
    for stop in range(len(made)):
        folder = tmp_path / str(stop)
        for path, content in made.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(content)
        calls = iter(range(len(made) + 1))

        def unlink(path, *rest, calls=calls, stop=stop, **more):
            if next(calls) == stop:
                raise OSError(5, "EIO")
            real(path, *rest, **more)

        with monkeypatch.context() as patched:
            patched.setattr(os, "unlink", unlink)
            with pytest.raises(OutputError, match="cannot-write"):
                wipe(folder)
        wipe(folder)
        assert not folder.exists(), stop


def test_the_command_asks_and_says_what_it_cannot_promise(arznoma, out, monkeypatch):
    """Without --yes it asks; a dry run removes nothing; what stays is named."""
    before = _left(out)
    assert arznoma("wipe", str(out), "--dry-run")[0] == 0
    for answer, ends in (("n\n", 1), ("", 130)):
        monkeypatch.setattr("sys.stdin", io.StringIO(answer))
        code, _, _ = arznoma("wipe", str(out))
        assert (code, _left(out)) == (ends, before)
    (out / "notes.txt").write_text("mine")
    code, said, _ = arznoma("--ui", "en", "wipe", str(out), "--yes")
    assert code == 0
    assert "notes.txt" in said
    assert "SSD" in said
    assert _left(out) == ["notes.txt"]
    assert arznoma("wipe", str(out / "nowhere"), "--yes")[0] == 1
