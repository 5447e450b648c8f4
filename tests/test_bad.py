"""Mistaken case files and the exact messages they get: what is wrong, where, and what to write instead."""

from datetime import date
from pathlib import Path

import pytest

from generator.advice import advise
from generator.cli.messages import LANGUAGES, Messages
from generator.cli.report import problem_lines
from generator.errors import GeneratorError

BAD = Path(__file__).parent / "bad"
CASES = sorted(folder.name for folder in BAD.iterdir())


def _printed(name: str, language: str, folders, monkeypatch) -> str:
    monkeypatch.chdir(BAD / name)
    try:
        problems = advise(Path("case.yaml"), ("prosecutor-complaint",), date(2026, 6, 1), folders, language).errors
    except GeneratorError as fault:
        problems = fault.problems
    messages = Messages(language)
    return "".join(f"{line}\n" for problem in problems for line in problem_lines(messages, problem))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", CASES)
def test_a_mistake_gets_its_message(name, language, folders, monkeypatch, request):
    """Every mistake is named with file, line, column, path, and what to write; all mistakes of a file at once."""
    printed = _printed(name, language, folders, monkeypatch)
    expected = BAD / name / f"{language}.txt"
    if request.config.getoption("--write-golden"):
        expected.write_text(printed, "utf-8")
    assert printed
    assert printed == expected.read_text("utf-8")


@pytest.mark.parametrize("name", CASES)
def test_no_message_holds_a_value_of_the_case(name, folders, monkeypatch):
    """What a client told never comes back in a message."""
    printed = _printed(name, "ru", folders, monkeypatch)
    for value in ("Рахимов", "Рустам", "Садовая", "maybe", "male", "12.03.2026", "увезли"):
        assert value not in printed


def test_enough_mistakes_are_kept():
    """There are at least 25 mistaken files."""
    assert len(CASES) >= 25
