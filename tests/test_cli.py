"""The command line: exit codes, what is printed where, and nothing of a case in what goes wrong."""

import json
import re
import sys

import pytest
from letters import ROOT

from generator.cli import doctor

RUSTAM = str(ROOT / "examples" / "rustam.yaml")
AS_OF = ["--as-of", "2026-06-01"]


def test_write_says_in_three_lines_what_was_made_and_where(arznoma):
    """Results go to stdout, and nothing else does."""
    code, out, err = arznoma("--ui", "en", "write", RUSTAM, "--format", "docx,txt", *AS_OF)
    assert (code, err) == (0, "")
    assert out.split("\n") == [
        "2 file(s) in out/example-1:",
        "  example-1_prosecutor-complaint_ru.docx  example-1_prosecutor-complaint_ru.txt",
        "What they rest on, and their digests: manifest.json",
        "",
    ]


def test_write_again_needs_force_only_for_other_words(arznoma):
    """Equal letters are left as they are; other ones are never overwritten unasked."""
    assert arznoma("write", RUSTAM, "--format", "txt", *AS_OF)[0] == 0
    assert arznoma("write", RUSTAM, "--format", "txt", *AS_OF)[0] == 0
    case = (ROOT / "examples" / "rustam.yaml").read_text("utf-8").replace("officers: 3", "officers: 2")
    with open("case.yaml", "w", encoding="utf-8") as file:  # noqa: PTH123  # in the folder of the test
        file.write(case)
    code, out, err = arznoma("--ui", "en", "write", "case.yaml", "--format", "txt", *AS_OF)
    assert (code, out) == (1, "")
    assert "already there and differs" in err
    assert arznoma("write", "case.yaml", "--format", "txt", "--force", *AS_OF)[0] == 0


def test_write_json_lists_the_files(arznoma):
    """Other programs read the result."""
    code, out, _ = arznoma("write", RUSTAM, "--format", "txt", "--json", *AS_OF)
    assert code == 0
    assert [name.rpartition("/")[2] for name in json.loads(out)["files"]] == [
        "example-1_prosecutor-complaint_ru.txt",
        "manifest.json",
    ]


def test_check_prints_questions_in_the_language_of_the_user(arznoma):
    """A sound case gets exit code 0, its warnings, and what is worth asking."""
    code, out, _ = arznoma("--ui", "ru", "check", RUSTAM, *AS_OF)
    assert code == 0
    assert "Просили ли Вы позвать адвоката?" in out
    assert "ещё не подтверждён" in out
    code, out, _ = arznoma("check", RUSTAM, "--json", *AS_OF)
    assert json.loads(out)["errors"] == []


def test_check_of_a_faulty_case_ends_with_one(arznoma):
    """Problems of the input are exit code 1."""
    code, _, err = arznoma("--ui", "en", "check", str(ROOT / "tests" / "bad" / "many-at-once" / "case.yaml"), *AS_OF)
    assert code == 1
    assert "3 problem(s)" in err


def test_each_client_has_his_own_places(arznoma, tmp_path):
    """A gap in the facts of one client is not shown where another client, or all, have that fact."""
    head = "case: {id: xx-1, country: TJ}\nclients:\n"
    first = "  - {surname: Саидова, sex: f, name_forms: {ru: {gen: Саидовой}}}\n"
    second = "  - {surname: Назаров, detention: {protocol: no}}\n"
    (tmp_path / "case.yaml").write_text(f"{head}{first}{second}detention: {{delivered_to: {{}}}}\n", "utf-8")
    _, out, _ = arznoma("check", "case.yaml", "--json", *AS_OF)
    places = {(problem["path"], problem["line"]) for problem in json.loads(out)["errors"]}
    assert {line for path, line in places if path == "detention.delivered_to"} == {4, 5}
    assert {line for path, line in places if path == "clients[1].name_forms.ru.gen"} == {4}


@pytest.mark.parametrize(
    "arguments",
    [["write"], ["write", RUSTAM, "--as-of", "yesterday"], ["nonsense"], ["check", RUSTAM, "--nonsense"]],
)
def test_wrong_usage_ends_with_two(arznoma, arguments):
    """A mistake of the command line is not a problem of the case."""
    assert arznoma(*arguments)[0] == 2


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["--format", "odt"], "there is no such format"),
        (["--style", "gold"], "there is no such house style"),
        (["--letter", "poem"], "there is no such letter"),
        (["--language", "kk"], "there is no such language"),
        (["--language", "fr"], "there is no such language"),
        (["--client", "4"], "the case has 1 client"),
    ],
)
def test_what_is_not_there_is_named_with_what_is(arznoma, arguments, problem):
    """An unknown choice gets the known ones."""
    code, out, err = arznoma("--ui", "en", "write", RUSTAM, *arguments, *AS_OF)
    assert code == 1
    assert out == ""
    assert problem in err


def test_list_names_letters_languages_countries_and_styles(arznoma):
    """What can be asked for can be looked up."""
    code, out, _ = arznoma("list", "--json")
    found = json.loads(out)
    assert code == 0
    assert found["letters"]["prosecutor-complaint"]["languages"] == ["en", "ru", "tg"]
    assert {"TJ"} <= found["countries"].keys()
    assert "plain" in found["styles"]


def test_list_says_who_signs_a_letter_and_what_it_is_made_as(arznoma):
    """Whoever chooses a letter sees whether somebody must sign it, and who may."""
    out = arznoma("--ui", "en", "list")[1]
    told = dict(re.findall(r"^  (\S+) \(.*\n.*\n {6}(.*)$", out, re.MULTILINE))
    assert told["prosecutor-complaint"] == "letter; signed by: client, representative"
    assert told["lawyers-request"] == "letter; signed by: representative"
    assert told["summons-message"] == "message; sent by: client, representative"
    assert told["rights-card"] == "card; nobody signs it"


def test_list_as_json_tells_a_program_all_that_a_letter_is(arznoma):
    """Signers, addressee, what it is about, formats and reviewed languages are data, in words of `letter.yaml`."""
    letters = json.loads(arznoma("list", "--json")[1])["letters"]
    request = letters["lawyers-request"]
    assert (request["signers"], request["representatives"]) == (["representative"], ["advocate"])
    assert (request["addressee"], request["about"]) == ({"body": "inquiries.to"}, "inquiries")
    assert request["formats"] == {"usual": ["docx", "pdf"], "also": ["html", "txt"]}
    assert letters["rights-card"]["addressee"] is None
    assert letters["summons-message"]["formats"] == {"usual": ["txt"], "also": []}
    assert all(set(letter["reviewed"]) <= set(letter["languages"]) for letter in letters.values())


def test_schema_is_json_schema(arznoma):
    """Editors can read what is printed."""
    code, out, _ = arznoma("schema")
    assert code == 0
    assert json.loads(out)["$schema"].endswith("2020-12/schema")


def test_doctor_finds_this_installation_sound(arznoma):
    """Where everything is installed, every test passes."""
    code, out, _ = arznoma("--ui", "en", "doctor")
    assert code == 0, out
    assert "Everything works." in out


def test_doctor_wants_one_engine_for_the_pdf(monkeypatch, arznoma):
    """Where typst makes the PDF, a missing Pango is no fault; doctor still says how to install it."""
    monkeypatch.setitem(doctor.TESTS, "pango", lambda _folders: False)
    code, out, _ = arznoma("--ui", "en", "doctor")
    assert code == 0, out
    assert "absent  Pango" in out
    assert "sudo apt install" in out
    monkeypatch.setitem(doctor.TESTS, "typst", lambda _folders: False)
    code, out, _ = arznoma("--ui", "en", "doctor")
    assert code == 1
    assert "FAULT  Pango" in out
    assert "pip install arznoma[typst]" in out


def test_our_own_bug_tells_no_value(arznoma, monkeypatch):
    """When we fail, the line to report holds a place in our code and nothing of the case."""

    def fail(*_arguments: object) -> None:
        message = "Рахимов"
        raise ValueError(message)

    monkeypatch.setattr("generator.cli.write.write_letters", fail)
    code, out, err = arznoma("--ui", "en", "write", RUSTAM, *AS_OF)
    assert (code, out) == (70, "")
    assert "Рахимов" not in err
    assert "Traceback" not in err
    assert "ValueError at test_cli.py" in err


def test_help_loads_nothing_heavy():
    """Help is quick: neither WeasyPrint nor docxtpl nor pydantic is loaded for it."""
    import subprocess  # noqa: PLC0415  # only here

    code = (
        "import sys\nsys.argv = ['arznoma', '--help']\nfrom generator.cli import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "print(sorted({'weasyprint', 'docxtpl', 'lxml', 'pydantic', 'babel'} & set(sys.modules)), file=sys.stderr)\n"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stderr.strip() == "[]"


def test_questions_go_from_the_event_to_its_details(arznoma):
    """Of a seizure nobody has spoken of, the only question is whether there was one."""
    _, out, _ = arznoma("check", str(ROOT / "examples" / "minimal.yaml"), "--json", *AS_OF)
    asked = {question["path"] for question in json.loads(out)["questions"]}
    assert {path for path in asked if path.startswith(("seizure.", "device_access.", "questioning."))} == {
        "seizure.occurred",
        "device_access.occurred",
        "questioning.occurred",
    }


def test_a_fact_without_words_in_the_language_is_not_called_unknown(arznoma, tmp_path):
    """A lawyer who wrote Russian only is told to add English, fact by fact."""
    case = (ROOT / "examples" / "rustam.yaml").read_text("utf-8")
    (tmp_path / "case.yaml").write_text(case.replace("    en: the gallery and the messages\n", ""), "utf-8")
    code, _, err = arznoma("--ui", "en", "write", "case.yaml", "--language", "en", *AS_OF)
    assert code == 1
    assert "device_access.facts  the fact is told, but not in the language en" in err


def test_check_of_a_case_with_errors_ends_with_one(arznoma, tmp_path):
    """Scripts can tell a case that is ready from one that is not."""
    (tmp_path / "case.yaml").write_text("case: {id: one, country: TJ}\nclients: [{surname: А}]\n", "utf-8")
    assert arznoma("check", "case.yaml", *AS_OF)[0] == 1
    assert arznoma("check", RUSTAM, *AS_OF)[0] == 0
