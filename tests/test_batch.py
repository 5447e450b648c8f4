"""Many cases in one run: all that can be made are made, the others are named, and a second run goes on."""

import csv
import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date

import pytest
from batches import case_folder, case_text, codes, deadly, deadly_once, files_below
from letters import FOLDERS

from generator.batch import work
from generator.batch.ledger import NAME, Ledger
from generator.batch.pool import Here, local_pool
from generator.batch.prepare import batch_of_files, selection_of
from generator.batch.run import Crew, local_crew, run
from generator.digests import sha256
from generator.errors import CaseError, OutputError
from generator.tables import results
from generator.writing import Wish, write_letters

WISH = Wish(date(2026, 6, 1), formats=("txt",))
OPTIONS = ("--format", "txt", "--as-of", "2026-06-01", "--out", "out", "--jobs", "1")
TEXT = "{0}/{0}_prosecutor-complaint_ru.txt"


def _results(folder):
    with (folder / "results.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def _run(batch, crew=None, *, ledger=True):
    """Run a batch in this process; return what became of each unit, in the order of the source."""
    crew = crew or local_crew(Here, 1, 4, dry_run=False)
    found = []
    if not ledger:
        return sorted((each for part in run(batch.units, batch.setup, crew, None) for each in part), key=_position)
    with Ledger(batch.setup.out, selection_of(batch.setup.wish), batch.origin) as kept:
        for part in run(batch.units, batch.setup, crew, kept):
            found += part
        assert [each.position for each in kept.outcomes()] == sorted(each.position for each in found)
    return sorted(found, key=_position)


def _position(outcome):
    return outcome.position


def test_a_batch_makes_what_write_makes(tmp_path):
    """Each case gets the very files that `write` would give it."""
    cases = case_folder(tmp_path / "cases", codes(5))
    outcomes = _run(batch_of_files(cases, WISH, tmp_path / "out", FOLDERS))
    assert [(each.code, each.state) for each in outcomes] == [(code, "made") for code in codes(5)]
    for path in sorted(cases.iterdir()):
        write_letters(path, tmp_path / "single", WISH, FOLDERS)
    assert files_below(tmp_path / "out") == files_below(tmp_path / "single")


def test_no_letter_says_what_another_client_said(tmp_path):
    """The address of each letter is that of its own case."""
    cases = case_folder(tmp_path / "cases", codes(6))
    _run(batch_of_files(cases, WISH, tmp_path / "out", FOLDERS))
    for number, code in enumerate(codes(6), 1):
        text = (tmp_path / "out" / TEXT.format(code)).read_text("utf-8")
        assert [n for n in range(1, 7) if f"Лесная, д. {n}\n" in text.replace("\u00a0", " ")] == [number]


def test_a_bad_case_never_stops_a_good_one(arznoma, tmp_path):
    """The others are made, the bad ones are named with file, line and remedy, and the exit code tells."""
    cases = case_folder(tmp_path / "cases", codes(4))
    (cases / "c-0002.yaml").write_text(case_text("c-0002").replace("2026-05-04 09:30", "4 мая"), "utf-8")
    (cases / "c-0003.yaml").write_text("case: [", "utf-8")
    (cases / "broken.yaml").write_bytes(b"case:\n  id: \xff\xfe\n")
    code, out, err = arznoma("--ui", "en", "batch", "cases", *OPTIONS)
    assert code == 1
    assert "Cases: 5. Made: 2 (2 files). Unchanged: 0. Refused: 3." in out
    assert "cases/c-0002.yaml:23:19  detention.apprehended_at  this is not a date and time" in err
    assert "мая" not in out + err
    assert sorted(files_below(tmp_path / "out")) == sorted(
        name for code in ("c-0001", "c-0004") for name in (TEXT.format(code), f"{code}/manifest.json")
    )
    states = [(row["source"], row["row"], row["outcome"]) for row in _results(tmp_path / "out")]
    assert states == [
        ("cases/broken.yaml", "2", "refused"),
        ("cases/c-0001.yaml", "", "made"),
        ("cases/c-0002.yaml", "23", "refused"),
        ("cases/c-0003.yaml", "2", "refused"),
        ("cases/c-0004.yaml", "", "made"),
    ]


def test_the_results_tell_each_file_by_its_digest(arznoma, tmp_path):
    """Whoever has the sheet can check every letter."""
    case_folder(tmp_path / "cases", codes(2))
    arznoma("--ui", "en", "batch", "cases", "--language", "ru", "--language", "en", *OPTIONS)
    rows = _results(tmp_path / "out")
    assert [(row["case code"], row["letter"], row["language"]) for row in rows] == [
        (code, "prosecutor-complaint", language) for code in codes(2) for language in ("ru", "en")
    ]
    manifests = [json.loads((tmp_path / "out" / code / "manifest.json").read_bytes()) for code in codes(2)]
    vouched = {file["sha256"] for told in manifests for letter in told["letters"] for file in letter["files"]}
    assert {row["SHA-256"] for row in rows} == vouched
    assert all(sha256((tmp_path / "out" / row["file"]).read_bytes()) == row["SHA-256"] for row in rows)


def test_two_cases_of_one_code_are_both_refused(tmp_path):
    """Which of them is meant cannot be known; each is told the place of the other."""
    cases = case_folder(tmp_path / "cases", codes(3))
    (cases / "z.yaml").write_text(case_text("c-0002"), "utf-8")
    outcomes = _run(batch_of_files(cases, WISH, tmp_path / "out", FOLDERS))
    assert [each.state for each in outcomes] == ["made", "refused", "made", "refused"]
    told = [(each.place.file, problem.id, problem.values["other"]) for each in outcomes for problem in each.problems]
    one, other = (cases / "c-0002.yaml").as_posix(), (cases / "z.yaml").as_posix()
    assert told == [(one, "same-code", other), (other, "same-code", one)]
    assert not (tmp_path / "out" / "c-0002").exists()


def test_what_is_done_is_not_made_twice(tmp_path):
    """Only what changed is made anew; what vanished from the source is named and stays."""
    cases, out = case_folder(tmp_path / "cases", codes(4)), tmp_path / "out"
    _run(batch_of_files(cases, WISH, out, FOLDERS))
    before = files_below(out)
    (cases / "c-0002.yaml").write_text(case_text("c-0002", "ул. Новая, д. 1"), "utf-8")
    (cases / "c-0004.yaml").unlink()
    batch = batch_of_files(cases, WISH, out, FOLDERS)
    assert [each.state for each in _run(batch)] == ["skipped", "made", "skipped"]
    after = files_below(out)
    assert {name for name in before if before[name] != after[name]} == {TEXT.format("c-0002"), "c-0002/manifest.json"}
    with Ledger(out, selection_of(batch.setup.wish), batch.origin) as ledger:
        assert ledger.vanished() == ["c-0001", "c-0002", "c-0003", "c-0004"]  # a run that has not begun has nobody
    assert "ул. Новая" in (out / TEXT.format("c-0002")).read_text("utf-8").replace("\u00a0", " ")


def test_vanished_cases_are_named(arznoma, tmp_path):
    """Their letters stay; the user decides."""
    cases = case_folder(tmp_path / "cases", codes(3))
    arznoma("batch", "cases", *OPTIONS)
    (cases / "c-0002.yaml").unlink()
    code, out, _ = arznoma("--ui", "en", "batch", "cases", *OPTIONS)
    assert code == 0
    assert "No more in the source (1), their letters were left where they are: c-0002" in out
    assert (tmp_path / "out" / TEXT.format("c-0002")).is_file()


@pytest.mark.parametrize("change", [{"as_of": date(2026, 6, 2)}, {"languages": ("ru", "tg")}, {"draft": True}])
def test_another_wish_is_another_work(tmp_path, change):
    """What was made for another day, in other languages, or as a draft does not count as done."""
    cases, out = case_folder(tmp_path / "cases", codes(2)), tmp_path / "out"
    _run(batch_of_files(cases, WISH, out, FOLDERS))
    outcomes = _run(batch_of_files(cases, replace(WISH, **change), out, FOLDERS))
    assert [each.state for each in outcomes] == ["made", "made"]


def test_what_is_missing_is_made_again(tmp_path):
    """A letter or a manifest that is gone comes back, and no other file changes."""
    cases, out = case_folder(tmp_path / "cases", codes(3)), tmp_path / "out"
    _run(batch_of_files(cases, WISH, out, FOLDERS))
    before = files_below(out)
    (out / TEXT.format("c-0001")).unlink()
    (out / "c-0003" / "manifest.json").unlink()
    outcomes = _run(batch_of_files(cases, WISH, out, FOLDERS))
    assert [each.state for each in outcomes] == ["made", "skipped", "made"]
    assert files_below(out) == before


def test_an_edited_letter_is_never_lost(tmp_path):
    """It stays while its case is unchanged; when the case changes, the case is refused until the user insists."""
    cases, out = case_folder(tmp_path / "cases", codes(2)), tmp_path / "out"
    _run(batch_of_files(cases, WISH, out, FOLDERS))
    letter = out / TEXT.format("c-0001")
    letter.write_text("edited by the lawyer", "utf-8")
    assert [each.state for each in _run(batch_of_files(cases, WISH, out, FOLDERS))] == ["edited", "skipped"]
    (cases / "c-0001.yaml").write_text(case_text("c-0001", "ул. Новая, д. 1"), "utf-8")
    refused, _ = _run(batch_of_files(cases, WISH, out, FOLDERS))
    assert [problem.id for problem in refused.problems] == ["output-exists"]
    assert letter.read_text("utf-8") == "edited by the lawyer"
    forced, _ = _run(batch_of_files(cases, replace(WISH, force=True), out, FOLDERS))
    assert forced.state == "made"
    assert "ул. Новая" in letter.read_text("utf-8").replace("\u00a0", " ")


def test_letters_made_without_the_ledger_are_known_by_their_manifest(tmp_path):
    """A ledger that was lost costs time and no letter."""
    cases, out = case_folder(tmp_path / "cases", codes(3)), tmp_path / "out"
    _run(batch_of_files(cases, WISH, out, FOLDERS))
    before = files_below(out)
    (out / NAME).unlink()
    (cases / "c-0002.yaml").write_text(case_text("c-0002", "ул. Новая, д. 1"), "utf-8")
    outcomes = _run(batch_of_files(cases, WISH, out, FOLDERS))
    assert [each.state for each in outcomes] == ["made"] * 3
    after = files_below(out)
    assert {name for name in before if before[name] != after[name]} == {TEXT.format("c-0002"), "c-0002/manifest.json"}


def test_a_dry_run_writes_nothing_and_finds_the_same(arznoma, tmp_path):
    """Every letter is made and read back in memory; no folder appears."""
    cases = case_folder(tmp_path / "cases", codes(3))
    (cases / "c-0002.yaml").write_text(case_text("c-0002").replace("  sex: f\n", "  sex: q\n"), "utf-8")
    code, out, err = arznoma("--ui", "en", "batch", "cases", *OPTIONS, "--dry-run")
    assert code == 1
    assert "Made: 2 (2 files). Unchanged: 0. Refused: 1." in out
    assert "nothing was written" in out
    assert "clients[1].sex" in err
    assert not (tmp_path / "out").exists()


def test_the_ledger_holds_no_facts_and_is_for_the_owner_alone(tmp_path):
    """Codes and digests; names, addresses and words of a case nowhere, those of refused cases neither."""
    cases, out = case_folder(tmp_path / "cases", codes(2)), tmp_path / "out"
    (cases / "c-0002.yaml").write_text(case_text("c-0002").replace("2026-05-04 09:30", "Саидова в полдень"), "utf-8")
    _run(batch_of_files(cases, WISH, out, FOLDERS))
    raw = (out / NAME).read_bytes()
    assert b"c-0001" in raw
    for word in ("Саидова", "Зарина", "Лесная", "полдень"):
        assert word.encode() not in raw
        assert json.dumps(word)[1:-1].encode() not in raw
    assert (out / NAME).stat().st_mode & 0o777 == 0o600
    assert out.stat().st_mode & 0o777 == 0o700


def test_one_batch_at_a_time_has_a_folder(tmp_path):
    """The second is told so at once; when the first has ended, it may go on."""
    out = tmp_path / "out"
    with Ledger(out, "selection", "source"):
        with pytest.raises(OutputError) as fault:
            Ledger(out, "selection", "source")
        assert [problem.id for problem in fault.value.problems] == ["batch-in-use"]
    with Ledger(out, "selection", "source"):
        pass


def test_a_ledger_that_is_none_is_refused_and_kept(tmp_path):
    """Neither a damaged file nor one of a later version is overwritten."""
    out = tmp_path / "out"
    out.mkdir()
    (out / NAME).write_bytes(b"no database at all" * 100)
    with pytest.raises(OutputError) as fault:
        Ledger(out, "selection", "source")
    assert [problem.id for problem in fault.value.problems] == ["ledger-damaged"]
    assert (out / NAME).read_bytes() == b"no database at all" * 100
    (out / NAME).unlink()
    with closing(sqlite3.connect(out / NAME)) as later:
        later.execute("PRAGMA user_version = 99")
    with pytest.raises(OutputError) as fault:
        Ledger(out, "selection", "source")
    assert [problem.id for problem in fault.value.problems] == ["ledger-of-other-version"]


@pytest.mark.parametrize("source", ["nothing-here", "empty", "empty/*.yaml"])
def test_an_empty_batch_is_a_mistake(tmp_path, source, monkeypatch):
    """A wrong folder must not look like success."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").mkdir()
    with pytest.raises(CaseError) as fault:
        batch_of_files(type(tmp_path)(source), WISH, tmp_path / "out", FOLDERS)
    assert [problem.id for problem in fault.value.problems] == ["batch-is-empty"]


def test_a_pattern_chooses_files(tmp_path, monkeypatch):
    """A pattern takes the files it names, a folder those of its folders too, and no hidden ones."""
    monkeypatch.chdir(tmp_path)
    case_folder(tmp_path / "cases", codes(3))
    case_folder(tmp_path / "cases" / "more", ["d-1"])
    (tmp_path / "cases" / ".hidden.yaml").write_text(case_text("h"), "utf-8")
    (tmp_path / "cases" / "notes.txt").write_text("no case", "utf-8")
    path = type(tmp_path)
    units = batch_of_files(path("cases/c-000[12].yaml"), WISH, tmp_path / "out", FOLDERS).units
    assert [unit.code for unit in units] == ["c-0001", "c-0002"]
    units = batch_of_files(path("cases"), WISH, tmp_path / "out", FOLDERS).units
    assert [unit.code for unit in units] == [*codes(3), "d-1"]


def test_a_wish_that_no_case_fulfils_is_refused_once(arznoma, tmp_path):
    """An unknown letter is told once, not ten thousand times, and nothing is begun."""
    case_folder(tmp_path / "cases", codes(3))
    asked = ("--letter", "no-such-letter", "--language", "xx", "--style", "no-such-style")
    code, _, err = arznoma("--ui", "en", "batch", "cases", *OPTIONS, *asked)
    assert code == 1
    assert "3 problem(s)" in err
    assert not (tmp_path / "out").exists()


def test_json_tells_all(arznoma, tmp_path):
    """Another program gets the counts, each refused case with its problems, and where the results are."""
    cases = case_folder(tmp_path / "cases", codes(3))
    (cases / "c-0003.yaml").write_text("case: 1\n", "utf-8")
    code, out, _ = arznoma("--ui", "en", "batch", "cases", *OPTIONS, "--json")
    told = json.loads(out)
    assert code == 1
    assert {name: told[name] for name in ("total", "made", "files", "skipped", "vanished")} == {
        "total": 3, "made": 2, "files": 2, "skipped": 0, "vanished": [],
    }  # fmt: skip
    assert [each["place"] for each in told["refused"]] == ["cases/c-0003.yaml"]
    assert {"id", "line", "says", "remedy"} <= told["refused"][0]["problems"][0].keys()


def test_a_worker_that_is_killed_costs_its_own_case_alone(tmp_path):
    """The pool is started anew, the cases that were with it are made one by one, and the deadly one is refused."""
    cases = case_folder(tmp_path / "cases", codes(12))
    batch = batch_of_files(cases, WISH, tmp_path / "out", FOLDERS)
    outcomes = _run(batch, Crew(lambda: local_pool(2), 2, 3, deadly))
    assert [each.code for each in outcomes if each.state == "refused"] == ["c-0005"]
    assert [problem.id for problem in outcomes[4].problems] == ["worker-died"]
    assert [each.code for each in outcomes if each.state == "made"] == [c for c in codes(12) if c != "c-0005"]


def test_a_worker_killed_by_chance_costs_nothing(tmp_path):
    """The case is made again, and this time it is done."""
    cases = case_folder(tmp_path / "cases", codes(12))
    batch = batch_of_files(cases, WISH, tmp_path / "out", FOLDERS)
    outcomes = _run(batch, Crew(lambda: local_pool(2), 2, 3, deadly_once))
    assert (tmp_path / "died").exists()
    assert [each.state for each in outcomes] == ["made"] * 12


def test_workers_are_replaced_in_time(tmp_path):
    """A pool that has lived long enough is followed by another one, and no case is lost or made twice on the way."""
    batch = batch_of_files(case_folder(tmp_path / "cases", codes(11)), WISH, tmp_path / "out", FOLDERS)
    started = []

    def start():
        started.append(1)
        return Here()

    outcomes = _run(batch, local_crew(start, 1, 2, dry_run=False, lifetime=4))
    assert [each.state for each in outcomes] == ["made"] * 11
    assert len(started) == 3


def test_a_worker_that_dies_in_its_lifetime_loses_no_other_case(tmp_path):
    """What was not handed out yet is made by the next pool."""
    batch = batch_of_files(case_folder(tmp_path / "cases", codes(12)), WISH, tmp_path / "out", FOLDERS)
    outcomes = _run(batch, Crew(lambda: local_pool(2), 2, 1, deadly, lifetime=5))
    assert [each.code for each in outcomes if each.state != "made"] == ["c-0005"]


def test_several_processes_make_the_same_as_one(tmp_path):
    """How the work is shared changes no byte."""
    cases = case_folder(tmp_path / "cases", codes(7))
    _run(batch_of_files(cases, WISH, tmp_path / "one", FOLDERS))
    _run(batch_of_files(cases, WISH, tmp_path / "two", FOLDERS), local_crew(lambda: local_pool(2), 2, 2, dry_run=False))
    assert files_below(tmp_path / "one") == files_below(tmp_path / "two")


def test_our_own_fault_in_one_case_stops_no_other(tmp_path, monkeypatch):
    """It is told by the lines of our code, without a value; the others are made."""
    whole = work.case_of

    def faulty(source):
        case = whole(source)
        if case.facts.case.id == "c-0002":
            raise ZeroDivisionError(case.facts.clients[0].surname)
        return case

    monkeypatch.setattr(work, "case_of", faulty)
    cases = case_folder(tmp_path / "cases", codes(3))
    outcomes = _run(batch_of_files(cases, WISH, tmp_path / "out", FOLDERS))
    assert [each.state for each in outcomes] == ["made", "refused", "made"]
    (problem,) = outcomes[1].problems
    assert problem.id == "our-bug-in-case"
    assert problem.values["kind"] == "ZeroDivisionError"
    assert "Саид" not in str(problem)


def test_rows_of_a_table_become_letters(arznoma, tmp_path):
    """A row is a case; a bad one is refused with its row and column; hidden, empty and comment rows are counted."""
    (tmp_path / "base.yaml").write_text(case_text("x").replace("  id: x\n", ""), "utf-8")
    header = "case.id;clients[1].address_service.ru;detention.released_at"
    rows = [
        "t-1;ул. Первая, д. 1;04.05.2026 14:45",
        "# a comment;;",
        ";;",
        "t-2;;в полдень",
        "t-3;ул. Третья, д. 3;",
        "t-3;;",
    ]
    (tmp_path / "clients.csv").write_text("\n".join([header, *rows]) + "\n", "utf-8")
    code, out, err = arznoma("--ui", "en", "batch", "clients.csv", "--base", "base.yaml", *OPTIONS)
    assert code == 1
    assert "Cases: 4. Made: 1 (1 files). Unchanged: 0. Refused: 3." in out
    assert "Rows left out of the table: 1 empty, 0 hidden, 1 comments." in out
    assert "clients.csv:5:3  detention.released_at" in err
    assert "полдень" not in out + err
    text = (tmp_path / "out" / TEXT.format("t-1")).read_text("utf-8").replace("\u00a0", " ")
    assert "ул. Первая, д. 1" in text
    assert [
        (row["source"], row["row"], row["column"], row["case code"], row["outcome"])
        for row in _results(tmp_path / "out")
    ] == [
        ("clients.csv", "2", "1", "t-1", "made"),
        ("clients.csv", "5", "3", "t-2", "refused"),
        ("clients.csv", "6", "1", "t-3", "refused"),
        ("clients.csv", "7", "1", "t-3", "refused"),
    ]


def test_only_rows_that_changed_are_made_again(arznoma, tmp_path):
    """A row counts by what it says; the base and the mapping count for all."""
    (tmp_path / "base.yaml").write_text(case_text("x").replace("  id: x\n", ""), "utf-8")
    table, options = tmp_path / "clients.csv", ("--base", "base.yaml", *OPTIONS)
    table.write_text("case.id;clients[1].address_service.ru\nt-1;ул. 1\nt-2;ул. 2\n", "utf-8")
    assert "Made: 2 " in arznoma("--ui", "en", "batch", "clients.csv", *options)[1]
    table.write_text("case.id;clients[1].address_service.ru\nt-2;ул. 3\nt-1;ул. 1\nt-3;ул. 4\n", "utf-8")
    assert "Made: 2 (2 files). Unchanged: 1." in arznoma("--ui", "en", "batch", "clients.csv", *options)[1]
    (tmp_path / "base.yaml").write_text(case_text("x").replace("  id: x\n", "").replace("14:45", "14:50"), "utf-8")
    assert "Made: 3 (3 files). Unchanged: 0." in arznoma("--ui", "en", "batch", "clients.csv", *options)[1]


def test_what_is_for_tables_is_refused_for_files(arznoma, tmp_path):
    """A mapping for a folder is a slip of the pen: wrong usage."""
    case_folder(tmp_path / "cases", codes(1))
    assert arznoma("batch", "cases", "--base", "base.yaml", *OPTIONS)[0] == 2
    assert arznoma("batch")[0] == 2


@pytest.mark.parametrize("kind", ["prosecutor-complaint", "property-return-request"])
def test_an_empty_sheet_is_printed(capfdbinary, kind, monkeypatch):
    """It has the columns of the letter and a row that explains them, and nothing else is done."""
    from generator.cli import main  # noqa: PLC0415  # writes bytes, so that the fixture for texts does not do

    monkeypatch.setattr("sys.argv", ["arznoma", "--ui", "ru", "batch", "--sheet", kind])
    with pytest.raises(SystemExit) as ended:
        main()
    printed = capfdbinary.readouterr().out.decode("utf-8-sig")
    assert ended.value.code == 0
    names, explained = list(csv.reader(printed.splitlines(), delimiter=";"))
    assert names[0] == "case.id"
    assert explained[0].startswith("# ")
    assert len(names) == len(explained)


SHEETS = ("results.csv", "results.xlsx")


def _contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


@pytest.mark.parametrize("name", SHEETS)
def test_result_sheets_of_others_are_refused_before_any_work(arznoma, tmp_path, name):
    """Nothing is written, no ledger either, until the file is moved or the user insists."""
    case_folder(tmp_path / "cases", codes(1))
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / name).write_text("accounts;2026\n1;2\n", "utf-8")
    before = _contents(tmp_path / "out")
    code, _, err = arznoma("--ui", "en", "batch", "cases", *OPTIONS)
    assert (code, _contents(tmp_path / "out"), files_below(tmp_path / "out")) == (1, before, {})
    assert f"out  {name} is already there, and is no result sheet as arznoma wrote it" in err
    assert "--force" in err
    assert arznoma("batch", "cases", *OPTIONS, "--dry-run")[0] == 0
    assert arznoma("batch", "cases", *OPTIONS, "--force")[0] == 0
    assert _contents(tmp_path / "out")[name] != before[name]


@pytest.mark.parametrize("name", SHEETS)
def test_an_edited_result_sheet_is_never_lost(arznoma, tmp_path, name):
    """Sheets as we wrote them are replaced by the next run; one with notes is refused, and nothing is written."""
    cases = case_folder(tmp_path / "cases", codes(2))
    assert arznoma("batch", "cases", *OPTIONS)[0] == 0
    first = _contents(tmp_path / "out")
    (cases / "c-0002.yaml").write_text(case_text("c-0002", "ул. Новая, д. 5"), "utf-8")
    assert arznoma("batch", "cases", *OPTIONS)[0] == 0
    assert all(_contents(tmp_path / "out")[sheet] != first[sheet] for sheet in SHEETS)
    with (tmp_path / "out" / name).open("ab") as file:
        file.write(b"notes")
    before = {sheet: _contents(tmp_path / "out")[sheet] for sheet in SHEETS}, files_below(tmp_path / "out")
    (cases / "c-0002.yaml").write_text(case_text("c-0002", "ул. Третья, д. 6"), "utf-8")
    assert arznoma("batch", "cases", *OPTIONS)[0] == 1
    now = {sheet: _contents(tmp_path / "out")[sheet] for sheet in SHEETS}
    assert (now, files_below(tmp_path / "out")) == before
    (tmp_path / "out" / name).rename(tmp_path / "notes")
    assert arznoma("batch", "cases", *OPTIONS)[0] == 0
    assert len(_results(tmp_path / "out")) == 2


def test_a_result_sheet_edited_during_the_run_stays(arznoma, tmp_path, monkeypatch):
    """The letters are made and said to be; the next run, with the sheet out of its way, makes nothing twice."""
    case_folder(tmp_path / "cases", codes(1))
    assert arznoma("batch", "cases", *OPTIONS)[0] == 0
    sheet, written = tmp_path / "out" / "results.csv", Ledger.outcomes

    def meanwhile(ledger):
        sheet.write_bytes(b"notes")
        return written(ledger)

    with monkeypatch.context() as patched:
        patched.setattr(Ledger, "outcomes", meanwhile)
        code, _, err = arznoma("--ui", "en", "batch", "cases", *OPTIONS)
    assert (code, sheet.read_bytes()) == (1, b"notes")
    assert "the letters are made, but a result sheet was changed meanwhile" in err
    assert not (tmp_path / "out" / ".results.part").exists()
    sheet.unlink()
    assert arznoma("batch", "cases", *OPTIONS)[0] == 0


@pytest.mark.parametrize("done", [0, 1])
def test_stopped_between_two_result_sheets_the_same_command_completes(arznoma, tmp_path, monkeypatch, done):
    """The ledger knows the old sheets and the new ones: whatever mixture is left is taken for ours."""
    cases = case_folder(tmp_path / "cases", codes(1))
    assert arznoma("batch", "cases", *OPTIONS)[0] == 0
    (cases / "c-0001.yaml").write_text(case_text("c-0001", "ул. Новая, д. 5"), "utf-8")
    named, put = [], results.put_in_place

    def stopped(beside, path):
        if len(named) == done:
            raise KeyboardInterrupt
        named.append(path)
        put(beside, path)

    with monkeypatch.context() as patched:
        patched.setattr(results, "put_in_place", stopped)
        assert arznoma("batch", "cases", *OPTIONS)[0] == 130
    assert arznoma("batch", "cases", *OPTIONS)[0] == 0


def test_sheets_of_an_earlier_version_are_known_by_their_titles(arznoma, tmp_path):
    """A ledger without digests, or none: sheets with the titles of ours in any language go, others do not."""
    case_folder(tmp_path / "cases", codes(1))
    out = tmp_path / "out"
    assert arznoma("--ui", "ru", "batch", "cases", *OPTIONS)[0] == 0
    with closing(sqlite3.connect(out / NAME, isolation_level=None)) as database:
        database.execute("DROP TABLE sheets")
    assert arznoma("--ui", "en", "batch", "cases", *OPTIONS)[0] == 0
    (out / NAME).unlink()
    assert arznoma("--ui", "en", "batch", "cases", *OPTIONS)[0] == 0
    (out / NAME).unlink()
    (out / "results.csv").write_text("my;own;table\n1;2;3\n", "utf-8")
    assert arznoma("batch", "cases", *OPTIONS)[0] == 1


@pytest.mark.parametrize("option", ["", "--mapping", "--base"])
def test_what_a_batch_is_made_from_is_never_replaced(arznoma, tmp_path, option):
    """The table, the mapping and the base stay, by whatever path they are named, whatever the user insists on."""
    out = tmp_path / "out"
    out.mkdir()
    (tmp_path / "base.yaml").write_text(case_text("x-1"), "utf-8")
    (tmp_path / "mapping.yaml").write_text("columns: {code: case.id}\n", "utf-8")
    (tmp_path / "table.csv").write_text("code\nc-0001\nc-0002\n", "utf-8")
    named = {"": "table.csv", "--mapping": "mapping.yaml", "--base": "base.yaml"}
    kept = (tmp_path / named[option]).rename(out / "results.csv")
    named[option] = "out/../out/results.csv"
    table, before = named.pop(""), kept.read_bytes()
    given = [word for pair in named.items() for word in pair]
    for force in ((), ("--force",)):
        code, _, err = arznoma("--ui", "en", "batch", table, *given, *OPTIONS, *force)
        assert (code, list(out.iterdir()), kept.read_bytes()) == (1, [kept], before)
        assert "results.csv is what this batch is made from" in err


def test_links_in_the_place_of_result_sheets_are_refused(arznoma, tmp_path):
    """As for letters, even if the user insists."""
    case_folder(tmp_path / "cases", codes(1))
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "results.csv").symlink_to(tmp_path / "elsewhere")
    assert arznoma("batch", "cases", *OPTIONS, "--force")[0] == 1
    assert (tmp_path / "out" / "results.csv").is_symlink()
