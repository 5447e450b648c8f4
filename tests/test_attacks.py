"""What hurts naive programs, tried through the commands: a case file, a CSV and a workbook each, whole runs."""

import csv
import io
import re
import zipfile
from xml.etree import ElementTree as ET

import pytest
import xlsxwriter
from batches import case_text, files_below

from generator.sources import parse_source

RUN = ("--as-of", "2026-06-01", "--out", "out")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SURNAME = "surname: Саидова"
PRINTED = [
    "A & B < C > D",
    "see <annex 3",
    "Ivan <a@b.org>",
    "<!-- swallowed",
    "x</w:t></w:r></w:p>y",
    "]]> <![CDATA[ x",
    "&amp; &#60;",
    "{{ 7*7 }}",
    "{_{ x }_}",
    "{% if x %}",
    "{# c #}",
    "<script>x</script>",
    "<style>*{display:none}</style>",
    '<w:instrText>INCLUDETEXT "/etc/passwd"</w:instrText>',
    "<img src=http://127.0.0.1:9/x>",
    "<link rel=attachment href=file:///etc/passwd>",
    "**x** _y_ | z",
    "# x",
    "1. x",
    "- x",
    "> x",
    "`x` ~~y~~",
    "[x](http://y) ![z](w)",
    "#import x",
    "$x$",
    "\\u0041 \\n",
    "=1+1",
    "+1",
    "@x",
    "no",
    "yes",
    "0701234567",
    "+77010000000",
    "1.10",
    "1_000",
    "190:20:30",
    "1500.50",
    "0x1F",
    "0o17",
    "1e3",
    "2026-11-02 00:00:00",
    "true",
    "off",
    ".5",
    "007",
    "Ҷӯраева Ӣсо Қӯшматӣ",
    "Ўзбек ʻ Әйел Ғ",
    "%s {0} ${HOME}",
    "C:\\x\\y",
    "a" * 300,
]
"""Texts that are printed letter for letter, whatever other programs take them for."""
REFUSED = [
    "\\0",
    "\\a",
    "\\e[2J",
    "\\x7f",
    "\\x9b2J",
    "\\ufffe",
    "\\ue000",
    "\\U000f0000",
    "\\u202e",
    "\\u2066",
    "\\u200b",
    "\\u200d",
    "\\u00ad",
    "\\ufeff",
    "\\u3164",
    "\\u2800",
    "\\u180e",
    "\\U000e0041",
    "\\ufe0f",
    "\\u2028",
    "e\\u0301\\u0301\\u0301\\u0301\\u0301",
    "\\u0378",
    "\\f",
    "\\v",
]
"""Characters as YAML writes them that no eye sees, no font has, or that do something."""
NO_GLYPH = ["中文", "देव", "བོད", "ᏣᎳᎩ", "🇹🇯", "👩", "１２３", "𝓕"]


def _words(folder) -> dict[str, str]:
    """Return the words of each letter by its code and ending, read without any code of ours."""
    found = {}
    for name, content in files_below(folder).items():
        code, _, file = name.partition("/")
        if file.endswith(".docx"):
            with zipfile.ZipFile(io.BytesIO(content)) as package:
                body = ET.fromstring(package.read("word/document.xml"))  # noqa: S314  # just made by us
            found[f"{code}.docx"] = "".join(each.text or "" for each in body.iter(f"{W}t"))
        elif file.endswith(".txt"):
            found[f"{code}.txt"] = content.decode()
    return {name: "".join(text.split()) for name, text in found.items()}


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


def test_the_case_file_prints_what_was_written(arznoma, tmp_path):
    """In a case file, quoted or bare, a value is a text."""
    cases = tmp_path / "cases"
    cases.mkdir()
    for number, text in enumerate(PRINTED):
        case = case_text(f"v-{number}").replace(SURNAME, f'surname: "{_quoted(text)}"')
        (cases / f"{number}.yaml").write_text(case, "utf-8")
    assert arznoma("batch", "cases", "--format", "docx,txt", "--jobs", "1", *RUN)[0] == 0
    words = _words(tmp_path / "out")
    for number, text in enumerate(PRINTED):
        assert all("".join(text.split()) in words[f"v-{number}.{ending}"] for ending in ("docx", "txt")), text


def test_a_bare_value_is_a_text():
    """YAML makes none of these a number, a date, a time, a truth value or nothing."""
    bare = [text for text in PRINTED if re.fullmatch(r"[+.\w][\w.:+ -]*", text)]
    assert len(bare) > 15
    for text in bare:
        assert parse_source(f"a: {text}".encode(), "x.yaml").tree == {"a": text}


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_table_prints_what_its_cells_say(arznoma, tmp_path, kind):
    """The same from the cells of a table."""
    texts = [text for text in PRINTED if text != "1e3"]  # which a spreadsheet may have made of a longer number
    rows = [["case.id", "clients[1].surname"], *([f"v-{n}", text] for n, text in enumerate(texts))]
    _write_table(tmp_path / f"t.{kind}", rows)
    (tmp_path / "base.yaml").write_text(case_text("x").replace("  id: x\n", ""), "utf-8")
    ended = arznoma("batch", f"t.{kind}", "--base", "base.yaml", "--format", "txt", "--jobs", "1", *RUN)
    assert ended[0] == 0, ended
    words = _words(tmp_path / "out")
    for number, text in enumerate(texts):
        assert "".join(text.split()) in words[f"v-{number}.txt"], text


def _write_table(path, rows) -> None:
    if path.suffix == ".csv":
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file, delimiter=";").writerows(rows)
        return
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                sheet.write_string(number, column, cell)


@pytest.mark.parametrize("escape", REFUSED)
def test_what_nobody_sees_is_refused_where_it_stands(arznoma, tmp_path, escape):
    """The message has place, field and code, and nothing of the value; nothing is written."""
    (tmp_path / "case.yaml").write_text(case_text("v-1").replace(SURNAME, f'surname: "тайна{escape}тайна"'), "utf-8")
    ended, out, err = arznoma("--ui", "en", "write", "case.yaml", "--format", "txt", *RUN)
    assert (ended, out) == (1, "")
    says, remedy, count = err.splitlines()
    assert re.fullmatch(
        r"case\.yaml:10:14  clients\[1\]\.surname  an invisible or .* \(U\+[0-9A-F]{4,6}[A-Z0-9 -]*\)", says
    )
    assert (remedy[:14], count) == ("    delete it;", "1 problem(s)")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("text", ["\\ud800", "\\udc00x", "\\ud83d\\ude00"])
def test_half_a_character_is_refused(arznoma, tmp_path, text):
    """YAML can write what no text can hold."""
    (tmp_path / "case.yaml").write_text(case_text("v-1").replace(SURNAME, f'surname: "{text}"'), "utf-8")
    ended, _, err = arznoma("write", "case.yaml", *RUN)
    assert (ended, "case.yaml:10:" in err) == (1, True)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("text", NO_GLYPH)
def test_what_no_font_draws_is_refused_where_it_stands(arznoma, tmp_path, text):
    """No letter with boxes: the field and the code of the character are named."""
    (tmp_path / "case.yaml").write_text(case_text("v-1").replace(SURNAME, f"surname: {text}"), "utf-8")
    ended, out, err = arznoma("--ui", "en", "write", "case.yaml", "--format", "docx", *RUN)
    assert (ended, out) == (1, "")
    assert "case.yaml:10:14  clients[1].surname" in err
    assert "U+" in err
    assert text not in err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "key",
    ["surname\u00a0", '"surname "', '"\\u0073urname"', "? surname\n    "],
    ids=["nbsp", "space", "escape", "question"],
)
def test_a_key_with_odd_spaces_is_the_key(arznoma, tmp_path, key):
    """A name is not lost because of a space that nobody sees."""
    (tmp_path / "case.yaml").write_text(case_text("v-1").replace("surname:", f"{key}:"), "utf-8")
    assert arznoma("write", "case.yaml", "--format", "txt", *RUN)[0] == 0
    assert "Саидова" in _words(tmp_path / "out")["v-1.txt"]


def test_one_code_in_two_files_never_costs_a_letter(arznoma, tmp_path):
    """Written one by one, the second is refused and the first stays as it was; so it is for another letter case."""
    first, second = case_text("v-1"), case_text("v-1", "ул. Другая, д. 9")
    for name, text in (("a.yaml", first), ("b.yaml", second), ("c.yaml", second.replace("v-1", "V-1"))):
        (tmp_path / name).write_text(text, "utf-8")
    assert arznoma("write", "a.yaml", "--format", "txt", *RUN)[0] == 0
    before = files_below(tmp_path / "out")
    for name in ("b.yaml", "c.yaml"):
        ended, out, _ = arznoma("write", name, "--format", "txt", *RUN)
        assert (ended, out, files_below(tmp_path / "out")) == (1, "", before)
