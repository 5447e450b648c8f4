"""Each letter is written in the formats of its form; where a format asked for does not suit, that is said."""

import re
from datetime import date
from pathlib import Path

import pytest
from letters import FOLDERS, LETTERS, example

from generator.errors import CaseError, RenderError
from generator.folders import Folders, bundled_folder
from generator.writing import Wish, write_letters

KIND = "code: X\nform: {form}\ntitles: {{en: X}}\npurposes: {{en: X}}\nplea_needed: no\n"
CARD = "# IF YOU ARE DETAINED\n\n## Ask\n\n- What is your name?\n- May I leave?\n\n---\n\n1. You may be silent.\n"
MESSAGE = "Please confirm the time.\n\n- in writing\n"
AS_OF = date(2026, 6, 1)


@pytest.fixture
def mine(tmp_path) -> Folders:
    """Return data folders with a card and a message."""
    for name, form, text in (("card", "card", CARD), ("note", "message", MESSAGE)):
        folder = tmp_path / "mine" / "templates" / "letters" / name
        folder.mkdir(parents=True)
        (folder / "letter.yaml").write_text(KIND.format(form=form), "utf-8")
        (folder / "en.md").write_text(text, "utf-8")
    return Folders((tmp_path / "mine", bundled_folder()))


@pytest.fixture
def case(tmp_path) -> Path:
    """Return the model case with the client's consent to these letters."""
    text = example("rustam.yaml")
    old = "    - rights-card\n"
    assert old in text
    path = tmp_path / "case.yaml"
    path.write_text(text.replace(old, "    - card\n    - note\n"), "utf-8")
    return path


def endings(written) -> list[str]:
    """Return what follows the language in the names of the letters."""
    return [path.name.split("_en", 1)[1] for path in written.files if path.name != "manifest.json"]


@pytest.mark.parametrize(
    ("letter", "asked", "made", "notes"),
    [
        ("prosecutor-complaint", (), [".docx", ".pdf"], []),
        ("card", (), [".docx", ".pdf", "_phone.pdf"], []),
        ("note", (), [".txt"], []),
        ("card", ("txt", "html", "phone"), [".html", ".txt", "_phone.pdf"], []),
        ("prosecutor-complaint", ("txt", "phone"), [".txt"], []),
        ("note", ("docx", "pdf"), [".txt"], ["other-formats"]),
    ],
)
def test_formats_follow_the_form(tmp_path, case, mine, letter, asked, made, notes):  # noqa: PLR0917  # a table
    """Without a wish a letter gets its usual formats; of those wished it gets what it can be, else its usual."""
    wish = Wish(AS_OF, letters=(letter,), languages=("en",), formats=asked)
    written = write_letters(case, tmp_path / "out", wish, mine)
    assert sorted(endings(written)) == sorted(made)
    assert [note.id for note in written.notes] == notes


def test_a_message_is_ready_to_be_sent(tmp_path, case, mine):
    """The file of a message holds the words to be sent and nothing else."""
    written = write_letters(case, tmp_path / "out", Wish(AS_OF, letters=("note",), languages=("en",)), mine)
    text = next(path for path in written.files if path.suffix == ".txt").read_text("utf-8")
    assert text == "Please confirm the time.\n\n– in writing\n"


@pytest.mark.parametrize("formats", [("docx",), ("docx", "pdf"), ("phone", "docx")])
def test_a_card_too_full_is_never_written(tmp_path, case, mine, formats):
    """A card that does not fit is refused in Word too, where nobody would see it before it is printed."""
    path = tmp_path / "mine" / "templates" / "letters" / "card" / "en.md"
    path.write_text(CARD + "".join(f"1. You may do thing {n}.\n" for n in range(40)), "utf-8")
    with pytest.raises(RenderError) as caught:
        write_letters(case, tmp_path / "out", Wish(AS_OF, ("card",), ("en",), formats), mine)
    assert [(p.id, p.path, p.values) for p in caught.value.problems] == [("panel-too-full", "card", {"panel": "2"})]
    assert not (tmp_path / "out").exists()


def test_the_fact_that_fills_a_card_is_named(tmp_path):
    """Where a long fact is what does not fit, it is told with its line, and what to do with it."""
    example = (LETTERS / "rights-card" / "example.yaml").read_text("utf-8")
    case = tmp_path / "case.yaml"
    hotline = "приёмная доверия, которая отвечает днём и ночью, " * 12
    case.write_text(re.sub(r"hotline: .*", f"hotline: {hotline}", example), "utf-8")
    with pytest.raises(CaseError) as caught:
        write_letters(case, tmp_path / "out", Wish(AS_OF, ("rights-card",), ("ru",), ("docx",)), FOLDERS)
    (problem,) = caught.value.problems
    line = example[: example.index("hotline:")].count("\n") + 1
    assert (problem.id, problem.path, problem.place.line) == ("panel-too-full-by", "letters.rights-card.hotline", line)


@pytest.mark.usefixtures("mine")
def test_the_command_takes_the_usual_formats(arznoma, tmp_path, case):
    """`arznoma write` without --format writes a card for Word, for paper and for a phone."""
    data = ("--data", str(tmp_path / "mine"))
    code, said, _ = arznoma(*data, "write", str(case), "--letter", "card", "--language", "en")
    assert code == 0
    assert "card_en_phone.pdf" in said
    code, _, warned = arznoma(
        *data, "write", str(case), "--letter", "note", "--language", "en", "--format", "pdf", "--out", "b"
    )
    assert code == 0
    assert "note" in warned
    assert "txt" in warned
