"""The guide for authors of letters is true: what it shows is a whole letter, made without a line of Python."""

import json
import re
import shlex
from pathlib import Path

import pytest
from catalogue import page
from letters import ROOT

from generator.folders import Folders, bundled_folder
from generator.letters.catalogue import Addressee, LetterKind, Refusal

GUIDE = (ROOT / "docs" / "add-a-letter.md").read_text("utf-8")
FILES = dict(re.findall(r"^`(mine/\S+)`:\n\n```\w+\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL))
COMMANDS = [
    shlex.split(line)[1:]
    for block in re.findall(r"^```sh\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)
    for line in block.splitlines()
]
ACCEPTED = dict(zip(("en", "ru"), re.findall(r"^```text\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL), strict=True))
NAME = "copies-request"


@pytest.fixture
def mine(arznoma, tmp_path):
    """The folder of the guide, made of its samples, and the command that runs beside it."""
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return arznoma


def _told(name: str) -> list[str]:
    """Return the line of the guide with a command, on a fixed day; the last of several, which has the most."""
    found = [words for words in COMMANDS if name in words]
    return [*found[-1], "--as-of", "2026-06-01"]


def _words(text: str) -> list[str]:
    """Return lines without the no-break spaces that tie words in a letter."""
    return text.replace("\u00a0", " ").strip("\n").split("\n")


def test_the_folder_of_the_guide_is_whole():
    """The guide shows each file of the letter, and nothing else is needed."""
    assert {Path(name).name for name in FILES} == {"letter.yaml", "en.md", "ru.md", "example.yaml"}


def test_every_command_of_the_guide_succeeds(mine, tmp_path):
    """Whoever follows the page line by line gets the letter as Word, PDF and text."""
    for words in COMMANDS:
        code, _, err = mine("--ui", "en", *words)
        assert code == 0, err
    made = {path.name for path in (tmp_path / "out" / "copies-example").iterdir()}
    expected = {f"copies-example_{NAME}_{lang}.{form}" for lang in ("ru", "en") for form in ("docx", "pdf", "txt")}
    assert made == {*expected, "manifest.json"}


def test_nothing_must_be_mended_in_the_example(mine):
    """The check finds the example whole, and asks for nothing the letter could use."""
    code, out, _ = mine(*_told("check"), "--json")
    found = json.loads(out)
    assert code == 0
    assert found["errors"] == []
    assert found["questions"] == []


@pytest.mark.parametrize("language", ["en", "ru"])
def test_letter_reads_as_the_guide_says(mine, tmp_path, language):
    """The text in the guide is the text of the letter, word for word."""
    mine(*_told("write"))
    written = (tmp_path / "out" / "copies-example" / f"copies-example_{NAME}_{language}.txt").read_text("utf-8")
    assert _words(written) == _words(ACCEPTED[language])


def test_another_text_is_refused_until_it_is_accepted(mine, tmp_path):
    """The accepted text lies where it was written; a letter that has become another does not replace it unseen.

    The sample keeps its own advice, too: nothing is said of what nobody told.
    """
    assert mine(*_told("write"))[0] == 0
    assert mine(*_told("write"))[0] == 0
    case = tmp_path / "mine/templates/letters" / NAME / "example.yaml"
    case.write_text(case.read_text("utf-8").replace("  occurred: yes\n", "  occurred: unknown\n"), "utf-8")
    assert mine(*_told("write"))[0] == 1
    assert mine(*_told("write"), "--force")[0] == 0
    written = (tmp_path / "out" / "copies-example" / f"copies-example_{NAME}_en.txt").read_text("utf-8")
    assert "Property" not in written
    assert "seizure" not in written


def test_letter_stands_in_the_list(mine):
    """Nothing else has to be registered."""
    _, out, _ = mine("--data", "mine", "list", "--json")
    assert json.loads(out)["letters"][NAME]["languages"] == ["en", "ru"]


@pytest.mark.usefixtures("mine")
def test_letter_stands_in_the_page_of_letters(tmp_path):
    """The page of letters has a section for it between the others, with its requests."""
    written = page(Folders((tmp_path / "mine", bundled_folder())))
    assert f"| D3 | [`{NAME}`](#{NAME}) | Request for copies of papers | the representative or the client |" in written
    section = written.split(f"\n## {NAME}\n")[1].split("\n## ")[0]
    assert "- `seizure-record`: serve copies of the record of seizure and of the inventory\n" in section
    assert "a lawyer must confirm the time limit" in section


def _rows(heading: str) -> set[str]:
    """Return the keys in the first column of the table after some words of the guide."""
    table = GUIDE.split(heading, 1)[1].split("\n\n|", 1)[1].split("\n\n", 1)[0]
    return {key for line in table.split("\n") for key in re.findall(r"`([^`]+)`", line.split(" | ")[0])}


def test_every_key_of_a_letter_is_explained():
    """Each key of `letter.yaml` has its row, and no row is of something else."""
    assert _rows("reply: motion-decision") == LetterKind.model_fields.keys() - {"name"}
    assert _rows("**The addressee**") == Addressee.model_fields.keys()
    refuses = next(line for line in GUIDE.split("\n") if line.startswith("| `refuses`"))
    assert all(f"`{key}`" in refuses for key in Refusal.model_fields)


def test_what_a_key_means_if_it_is_left_out_is_true():
    """The keys the guide calls needed are those without which a letter is refused."""
    rows = re.findall(r"^\| `(\w+)` \| .* \| needed \|$", GUIDE, re.MULTILINE)
    assert set(rows) == {name for name, field in LetterKind.model_fields.items() if field.is_required()}
