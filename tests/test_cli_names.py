"""`arznoma names`: forms shown and put into the file, whatever the shape of its YAML, with all else kept."""

import json
from pathlib import Path

import pytest
import yaml
from letters import ROOT

from generator.errors import CaseError
from generator.names.insert import with_forms

AS_OF = ["--as-of", "2026-06-01"]
HEAD = "case: {id: xx-1, country: TJ}\n"
FORMS = {"gen": "Рахимова Али", "dat": "Рахимову Али"}

SHAPES = yaml.safe_load((Path(__file__).parent / "name-shapes.yaml").read_text("utf-8"))


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
@pytest.mark.parametrize("shape", SHAPES)
def test_forms_are_added_and_all_else_is_kept(shape, line_end):
    """Comments, order, quotes, indentation and line ends stay, byte for byte."""
    texts = (SHAPES[shape]["before"], SHAPES[shape]["after"])
    before, after = (f"# first\n{HEAD}{text}".replace("\n", line_end).encode() for text in texts)
    assert with_forms(before, "case.yaml", {"clients[1]": FORMS}).decode() == after.decode()


def test_a_byte_order_mark_is_kept():
    """As above, for what some editors put before the first line."""
    shape = SHAPES["a person in braces"]
    before, after = (f"\ufeff{HEAD}{shape[when]}".encode() for when in ("before", "after"))
    assert with_forms(before, "case.yaml", {"clients[1]": FORMS}) == after


def test_a_file_without_a_last_line_end_keeps_none():
    """As above, where the name is the last thing in the file."""
    before = f"{HEAD}clients:\n  - sex: m\n    surname: Рахимов".encode()
    after = before + "\n    name_forms:\n      ru:\n        gen: Рахимова Али\n        dat: Рахимову Али".encode()
    assert with_forms(before, "case.yaml", {"clients[1]": FORMS}) == after


@pytest.mark.parametrize(
    "person",
    [
        "  - ? surname\n    : Рахимов\n    ? sex\n    : m\n",
        "  - {surname: Рахимов, sex: m, name_forms: {ru: {gen: Рахимова}}}\n",
        "  - sex: m\n    name_forms: {ru: {nom: Рахимов, dat: Рахимову}}\n",
    ],
    ids=["question marks for keys", "form already there", "form already there, another"],
)
def test_a_shape_we_do_not_know_is_left_as_it_is(person):
    """Whatever would change more than was asked for is not written at all."""
    with pytest.raises(CaseError, match="names-not-written"):
        with_forms(f"{HEAD}clients:\n{person}".encode(), "case.yaml", {"clients[1]": FORMS})


CASE = """# A case, as a lawyer keeps it.
case: {id: xx-1, country: TJ, language: ru}
clients:
  - surname: Рахимов   # passport
    given_name: Рустам
    sex: m
    name_forms:
      ru: {gen: Рахимова Рустама}   # confirmed
  - {surname: Раҳмонзода, given_name: Озода, sex: f}
representatives:
  - surname: Айни
    given_name: Зебо
    sex: f
witnesses:
  - surname: Назаров
"""


@pytest.fixture
def case(tmp_path):
    """A case file with confirmed, missing, unsettled and impossible forms."""
    path = tmp_path / "case.yaml"
    path.write_text(CASE, "utf-8")
    return path


def test_names_shows_what_is_confirmed_suggested_and_unsure(arznoma, case):
    """Each form is shown with its standing, and why a person is to choose, or why there is none."""
    code, out, err = arznoma("--ui", "en", "names", "case.yaml")
    assert (code, err) == (0, "")
    lines = [" ".join(line.split()) for line in out.split("\n")]
    assert "gen Рахимова Рустама in the file" in lines
    assert "dat Рахимову Рустаму suggested" in lines
    assert "dat Раҳмонзода Озоде UNSURE" in lines
    assert "does not decline by rule: `declines: no` is suggested" in lines
    assert "- no suggestion: the sex is not known; add `sex`" in lines
    assert case.read_text("utf-8") == CASE


def test_names_as_json(arznoma, case):
    """Other programs read the same."""
    code, out, _ = arznoma("names", case.name, "--json")
    people = {person["path"]: person for person in json.loads(out)["people"]}
    assert code == 0
    assert people["clients[1]"]["forms"]["gen"] == {"text": "Рахимова Рустама", "state": "confirmed", "why": ""}
    assert people["clients[1]"]["forms"]["ins"] == {"text": "Рахимовым Рустамом", "state": "suggested", "why": ""}
    assert people["clients[2]"]["forms"]["gen"] == {"text": "Раҳмонзода Озоды", "state": "unsure", "why": "ending"}
    assert people["representatives[1]"]["suggested_declines"] == "no"
    assert people["witnesses[1]"]["none"] == "no-sex"


def test_names_write_puts_what_is_sure_into_the_file(arznoma, case):
    """Missing forms are added, confirmed ones and all else stay, unsure ones are left out and named."""
    code, out, err = arznoma("--ui", "en", "names", "case.yaml", "--write")
    assert (code, err) == (0, "")
    assert "Left out as unsure: clients[2]." in out
    written = case.read_text("utf-8")
    assert written == CASE.replace(
        "Рахимова Рустама}",
        "Рахимова Рустама, dat: Рахимову Рустаму, acc: Рахимова Рустама, ins: Рахимовым Рустамом, "
        "prep: Рахимове Рустаме}",
    ).replace("    given_name: Зебо\n", "    given_name: Зебо\n    name_forms:\n      ru:\n        declines: no\n")
    assert arznoma("--ui", "en", "names", "case.yaml", "--write")[1].startswith("Nothing to put into case.yaml.")
    assert case.read_text("utf-8") == written


def test_names_write_unsure_puts_the_rest_in_too(arznoma, case):
    """Who has chosen may take the suggestion for an unsettled name."""
    assert arznoma("names", "case.yaml", "--write", "--unsure")[0] == 0
    assert "sex: f, name_forms: {ru: {gen: Раҳмонзода Озоды, dat: Раҳмонзода Озоде," in case.read_text("utf-8")


def test_names_write_keeps_rights_and_links(arznoma, case):
    """A file that others of the office may read stays so, and a link stays a link."""
    case.chmod(0o640)
    Path("link.yaml").symlink_to(case)
    assert arznoma("names", "link.yaml", "--write")[0] == 0
    assert Path("link.yaml").is_symlink()
    assert "Рахимову" in case.read_text("utf-8")
    assert case.stat().st_mode & 0o777 == 0o640


def test_names_write_leaves_an_odd_file_alone(arznoma, tmp_path):
    """What cannot be added cleanly is not added; the message names no value of the case."""
    odd = f"{HEAD}clients:\n  - ? surname\n    : Рахимов\n    ? sex\n    : m\n"
    (tmp_path / "odd.yaml").write_text(odd, "utf-8")
    code, out, err = arznoma("--ui", "en", "names", "odd.yaml", "--write")
    assert (code, out) == (1, "")
    assert "nothing was changed" in err
    assert "Рахимов" not in err
    assert (tmp_path / "odd.yaml").read_text("utf-8") == odd


def test_unsure_without_write_is_wrong_usage(arznoma, case):
    """`--unsure` alone would do nothing."""
    assert case.exists()
    assert arznoma("names", "case.yaml", "--unsure")[0] == 2


def test_check_prints_the_suggestions_in_their_own_section(arznoma, tmp_path):
    """Suggested forms stand on stdout under their heading; problems name the path and the command, and no form."""
    bad = (ROOT / "tests" / "bad" / "name-not-declined" / "case.yaml").read_text("utf-8")
    second = "  - {surname: Назарова, given_name: Озода, sex: f, address_service: г. Душанбе}\n"
    (tmp_path / "case.yaml").write_text(bad.replace("detention:", f"{second}detention:"), "utf-8")
    code, out, err = arznoma("--ui", "en", "check", "case.yaml", *AS_OF)
    assert (code, err) == (1, "")
    problems, section = out.split("Suggested forms of names, to be confirmed once (2):")
    assert "clients[1]\n    gen   Рахимова Рустама  suggested\n" in section
    assert "clients[2]\n    gen   Назаровой Озоды  suggested\n" in section
    assert "Рахимова" not in problems
    assert problems.count("`arznoma names case.yaml --write` puts the suggested form into the file") == 2
    _, out, _ = arznoma("check", "case.yaml", "--json", *AS_OF)
    told = json.loads(out)
    assert [(person["path"], person["needed"]) for person in told["names"]] == [
        ("clients[1]", ["gen"]),
        ("clients[2]", ["gen"]),
    ]
    assert "Рахимова" not in json.dumps(told["errors"], ensure_ascii=False)


def test_after_write_the_letter_can_be_written(arznoma, tmp_path):
    """Confirmed once, the form is no gap any more; before, a final letter is refused without a word of the name."""
    bad = (ROOT / "tests" / "bad" / "name-not-declined" / "case.yaml").read_text("utf-8")
    (tmp_path / "case.yaml").write_text(bad, "utf-8")
    code, _, err = arznoma("write", "case.yaml", "--format", "txt", *AS_OF)
    assert code == 1
    assert "Рахимов" not in err
    assert arznoma("names", "case.yaml", "--write")[0] == 0
    assert arznoma("write", "case.yaml", "--format", "txt", *AS_OF)[0] == 0
