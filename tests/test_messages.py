"""Every problem has its sentence and remedy in every language, with the same blanks to fill."""

import ast
import re

import pytest
from letters import ROOT

from generator.cli.messages import LANGUAGES, Messages

IDS = re.compile(r"[a-z]+(?:-[a-z]+)+")
MADE_OF_PARTS = {f"unknown-{kind}" for kind in ("official", "evidence", "authority")}
PYDANTIC = {
    "missing-key", "not-a-group", "not-a-list", "empty-list", "not-text", "not-a-date", "not-a-number", "not-a-moment",
    "not-an-answer", "not-money", "text-too-long", "not-words", "not-a-code", "not-a-language", "not-a-country",
    "not-a-reference", "not-a-yearly-day", "year-out-of-range",
}  # fmt: skip


def _raised() -> set[str]:
    """Find the ids in the code: first arguments of Problem(...), .one(...) and _refuse(...)."""
    found = set()
    for path in (ROOT / "generator").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and node.args:
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                if name in {"Problem", "one", "_refuse", "_odd"}:
                    found |= {
                        inner.value
                        for inner in ast.walk(node.args[0])
                        if isinstance(inner, ast.Constant)
                        and isinstance(inner.value, str)
                        and IDS.fullmatch(inner.value)
                    }
    writer = ast.walk(ast.parse((ROOT / "generator" / "targets.py").read_text("utf-8")))
    texts = {node.value for node in writer if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    found |= {text for text in texts if IDS.fullmatch(text) and text.startswith(("output-", "case-folder-"))}
    return found | MADE_OF_PARTS | PYDANTIC


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_problem_has_a_sentence(language):
    """An id without a sentence would be printed bare."""
    assert _raised() - Messages(language).problem_ids == set()


def test_languages_have_the_same_ids_and_blanks():
    """A message says the same in every language."""
    english, russian = (Messages(language) for language in ("en", "ru"))
    assert english.problem_ids == russian.problem_ids
    for attribute in ("_problems", "_says", "_mends"):
        one, other = getattr(english, attribute), getattr(russian, attribute)
        assert one.keys() == other.keys()
        for key in one:
            blanks = [sorted(set(re.findall(r"\{\w+\}", str(texts[key])))) for texts in (one, other)]
            assert blanks[0] == blanks[1], key
