"""Files of strangers in a folder of cases: odd names, odd codes, and the same code in another guise."""

import csv
import json
import os
import sys

import pytest
from batches import case_folder, case_text, codes, files_below
from tables.books import row, xlsx

RUN = ("--format", "txt", "--as-of", "2026-06-01", "--out", "out", "--jobs", "1")
NAMES = ["a\x1b[2J.yaml", "b\u202e.yaml", "c\n.yaml", "d\x9b.yaml", "e\u200b.yaml"]


def _odd(text: str) -> set[str]:
    return {char for char in text if not char.isprintable() and char != "\n"}


@pytest.mark.parametrize("guise", ['" c-0002 "', "c-0002   # twice", "'c-0002\n\n   '", '"c\\x2d0002"'])
def test_a_code_in_another_guise_is_the_same_code(arznoma, tmp_path, guise):
    """A code is compared as it is read, or the letter of one case would take the place of another's."""
    cases = case_folder(tmp_path / "cases", codes(2))
    (cases / "z.yaml").write_text(case_text(guise, "ул. Другая, д. 9"), "utf-8")
    code, _, said = arznoma("--ui", "en", "batch", "cases", *RUN)
    assert code == 1
    assert said.count("another case has the same code") == 2
    assert {name.partition("/")[0] for name in files_below(tmp_path / "out")} == {"c-0001"}


def test_a_key_in_another_guise_is_the_same_key(arznoma, tmp_path):
    """The same for the keys on the way to the code."""
    cases = case_folder(tmp_path / "cases", codes(2))
    (cases / "z.yaml").write_text(case_text("c-0002", "ул. Другая, д. 9").replace("  id:", '  "id ":'), "utf-8")
    assert arznoma("batch", "cases", *RUN)[0] == 1
    assert {name.partition("/")[0] for name in files_below(tmp_path / "out")} == {"c-0001"}


@pytest.mark.parametrize("code", ["Рахимов", "rakhimov_rustam", "con"])
def test_what_is_no_code_gets_into_no_result(arznoma, tmp_path, code):
    """Somebody wrote a name in the place of a code: no sheet, ledger or message repeats it."""
    case_folder(tmp_path / "cases", codes(1))
    (tmp_path / "cases" / "z.yaml").write_text(case_text(code), "utf-8")
    ended, out, err = arznoma("batch", "cases", *RUN)
    assert ended == 1
    assert "cases/z.yaml:" in err
    written = b"".join(path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file())
    if code != "con":  # which may well be a part of words
        assert code not in out + err
        assert code.encode() not in written
    assert files_below(tmp_path / "out").keys() == {"c-0001/c-0001_prosecutor-complaint_ru.txt", "c-0001/manifest.json"}


@pytest.mark.skipif(sys.platform != "linux", reason="other systems allow no such names")
@pytest.mark.parametrize("form", [(), ("--json",)])
def test_the_name_of_a_file_does_nothing_to_the_screen_and_the_sheets(arznoma, tmp_path, form):
    """Control characters in names are shown as numbers, on the screen, in JSON and in the result sheets."""
    cases = case_folder(tmp_path / "cases", codes(1))
    for number, name in enumerate([*map(os.fsencode, NAMES), b"f\xff.yaml"]):
        text = case_text(f"n-{number}") if number % 2 else "case: {id: Рахимов}\n"
        (tmp_path / "cases" / os.fsdecode(name)).write_text(text, "utf-8")
    ended, out, err = arznoma("batch", str(cases.relative_to(tmp_path)), *RUN, *form)
    assert ended == 1
    assert not _odd(out + err)
    with (tmp_path / "out" / "results.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, delimiter=";"))
    assert len({line[0] for line in rows[1:]}) == len(NAMES) + 2
    assert not _odd("".join(cell for line in rows for cell in line))
    if form:
        assert {json.loads(out)["refused"][0]["problems"][0]["file"]} <= {f"cases/{name}" for name in NAMES}


@pytest.mark.skipif(sys.platform != "linux", reason="other systems allow no such names")
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_folder_whose_name_is_no_text_is_a_source(arznoma, tmp_path, jobs):
    """Cases and tables below it become letters, and a second run finds again what the first has made."""
    folder = tmp_path / os.fsdecode(b"b\xff")
    case_folder(folder / "cases", codes(2))
    (folder / "base.yml").write_text(case_text("base"), "utf-8")
    (folder / "t.csv").write_text("case.id,clients[1].phone\nt-1,+992 1\nT 2,1\n", "utf-8")
    rest = ("--format", "txt", "--as-of", "2026-06-01", "--jobs", jobs)
    table = ("batch", str(folder / "t.csv"), "--base", str(folder / "base.yml"), "--out", str(folder / "o"), *rest)
    for state in ("Made: 2", "Unchanged: 2"):
        code, out, err = arznoma("--ui", "en", "batch", str(folder / "cases"), "--out", str(tmp_path / "out"), *rest)
        assert (code, err) == (0, "")
        assert state in out
    code, out, err = arznoma("--ui", "en", *table)
    assert code == 1
    assert "b\\udcff/t.csv:3:1  case.id" in err
    assert not _odd(out + err)
    assert "b\\udcff/t.csv" in (folder / "o" / "results.csv").read_text("utf-8-sig")


@pytest.mark.skipif(sys.platform != "linux", reason="other systems allow no such names")
@pytest.mark.parametrize("command", ["check", "explain", "deadlines"])
def test_no_command_prints_an_odd_name(arznoma, tmp_path, command):
    """What is typed with the help of the Tab key may come from a stranger, too."""
    name = os.fsdecode(b"a\x1b[2J\xff\xe2\x80\xae.yaml")
    (tmp_path / name).write_text(case_text("c-1"), "utf-8")
    for form in ((), ("--json",)):
        if not (command == "explain" and form):
            ended, out, err = arznoma(command, name, "--as-of", "2026-06-01", *form)
            assert ended == 0, err
            assert not _odd(out + err)


def test_the_name_of_a_sheet_does_nothing_to_the_screen(arznoma, tmp_path):
    """XML lets by what a terminal obeys."""
    (tmp_path / "t.xlsx").write_bytes(xlsx(row("a-1", "x"), **{"b\x9b2J\u202e": ("visible", row("y"))}))
    ended, out, err = arznoma("--ui", "en", "batch", "t.xlsx", *RUN)
    assert (ended, out) == (1, "")
    assert "\\x9b2J\\u202e" in err
    assert not _odd(err)
