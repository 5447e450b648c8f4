"""The code of a case names its folder: what is taken works on every system, is unlike every other, and stays inside."""

import re
from pathlib import PurePosixPath, PureWindowsPath
from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from letters import KINDS, case_from, letter_of

from generator.case.code import code_in
from generator.errors import CaseError
from generator.publish import file_stem

DEVICES = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(\..*)?", re.IGNORECASE)
BAD = [
    "../../x",
    "..",
    ".",
    "/etc/x",
    "C:\\\\x",
    "c:",
    "a/b",
    "a\\\\b",
    "con",
    "CON",
    "nul",
    "com1",
    "lpt9",
    "aux",
    "prn",
    "a.",
    "-a",
    "a-",
    "a--b",
    "a_b",
    "a.b",
    "A-1",
    "é-1",
    "а-1",
    "ａ-1",
    "a" * 41,
    "x" * 300,
    "a\\nb",
    "a\\tb",
    "a:b",
    "a*",
    "~",
    "",
    "a\\u0301",
    "\\u2170",
    "\\u212a-1",
    "con.txt",
    "nul-",
    "a\u00a0b",
]


def _case(code: str):
    return case_from(f'case: {{id: "{code}", country: TJ}}\nclients: [{{surname: x}}]\n')


def _holds(code: str) -> None:
    """Say by rules of our own what a name must be like on Windows, macOS and Linux."""
    assert not DEVICES.fullmatch(code)
    assert not set(code) & set('<>:"/\\|?*') | {each for each in code if ord(each) < 0x20}
    assert code == code.strip(" .")
    assert PurePosixPath(code).parts == PureWindowsPath(code).parts == (code,)
    assert code == code.casefold() == normalize("NFC", code) == normalize("NFD", code) == normalize("NFKC", code)
    assert len(code.encode()) <= 40


@settings(max_examples=200)
@given(
    st.lists(st.text("abc019xyz", min_size=1), min_size=1).map("-".join)
    | st.text("aconmprulxt019-", min_size=1, max_size=6)
)
def test_a_code_that_is_taken_names_one_folder_on_every_system(code):
    """No two codes are one name to any system, since none changes when letter case or Unicode form is folded."""
    try:
        case = _case(code)
    except CaseError as fault:
        assert [problem.id for problem in fault.problems] == ["not-a-code"]
    else:
        _holds(case.facts.case.id)
        assert case.facts.case.id == code_in(f"case: {{id: {code}}}".encode()) == code


@pytest.mark.parametrize("code", BAD)
def test_any_other_code_is_refused(code):
    """Paths, devices, look-alikes and the like are refused where they stand, and get into no results."""
    with pytest.raises(CaseError) as caught:
        _case(code)
    assert {problem.id for problem in caught.value.problems} <= {"not-a-code", "missing-key", "odd-character"}
    assert caught.value.problems[0].path in {"case.id", "case"}
    assert code_in(f'case: {{id: "{code}"}}'.encode()) == ""


@pytest.mark.parametrize("kind", ["prosecutor-complaint", "lawyers-request"])
def test_a_file_is_named_by_codes_alone(kind):
    """The names of files come from the code, the letter, its subject and the language."""
    case = case_from((KINDS[kind].folder / "example.yaml").read_text("utf-8"))
    assembly = letter_of(case, kind=kind)
    assert re.fullmatch(r"[a-z0-9_-]+", file_stem(case, assembly.letter, 1, assembly.about))
