"""The text of every letter in every language, word for word: a change is a diff that a lawyer can read."""

from pathlib import Path

import pytest
from letters import ROOT, case_from, letter_of

from generator.render.txt import render_txt

LETTER = ROOT / "templates" / "letters" / "prosecutor-complaint"
GOLDEN = Path(__file__).parent / "golden"


def _case(name: str) -> str:
    folder = LETTER if name == "example" else ROOT / "examples"
    return (folder / f"{name}.yaml").read_text("utf-8")


@pytest.mark.parametrize("language", ["ru", "tg", "en"])
@pytest.mark.parametrize("name", ["example", "minimal", "rustam"])
def test_letter_reads_as_agreed(name, language, request):
    """The plain text of a letter is the one that was read and accepted."""
    text = render_txt(letter_of(case_from(_case(name)), language).letter).decode()
    golden = GOLDEN / "prosecutor-complaint" / f"{name}.{language}.txt"
    if request.config.getoption("--write-golden"):
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(text, "utf-8")
    assert text == golden.read_text("utf-8")
