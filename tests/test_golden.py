"""The text of every letter in every language, word for word: a change is a diff that a lawyer can read."""

from pathlib import Path

import pytest
from letters import ALONE, KINDS, abouts, case_from, example, letter_of, own_example

from generator.render.txt import render_txt

GOLDEN = Path(__file__).parent / "golden"
OF_RUSTAM = (
    "prosecutor-complaint",
    "property-return-request",
    "motion-to-terminate",
    "summons-confirmation",
    "lawyers-request",
)
"""The letters of the model case."""


def _cases() -> list[tuple[str, str, int, str]]:
    examples = [(kind, "example", about) for kind in ALONE for about in abouts(kind, own_example(kind))]
    models = [("prosecutor-complaint", "minimal", 1), *((kind, "rustam", 1) for kind in OF_RUSTAM)]
    return [(*case, language) for case in (*examples, *models) for language in KINDS[case[0]].languages()]


def _name(kind: str, name: str, about: int, language: str) -> str:
    number = f"-{about}" if KINDS[kind].kind.about else ""
    return f"{kind}/{name}{number}.{language}.txt"


@pytest.mark.parametrize(("kind", "name", "about", "language"), _cases())
def test_letter_reads_as_agreed(kind, name, about, language, request):
    """The plain text of a letter is the one that was read and accepted."""
    case = own_example(kind) if name == "example" else case_from(example(f"{name}.yaml"))
    text = render_txt(letter_of(case, language, kind, about=about).letter).decode()
    golden = GOLDEN / _name(kind, name, about, language)
    if request.config.getoption("--write-golden"):
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(text, "utf-8")
    assert text == golden.read_text("utf-8")


def test_no_golden_text_is_left_over():
    """Every golden text belongs to a letter, a case and a language there is."""
    found = {path.relative_to(GOLDEN).as_posix() for path in GOLDEN.rglob("*.txt")}
    assert found == {_name(*case) for case in _cases()}
