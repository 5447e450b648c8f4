"""The words of a case that a letter would print read soberly: facts, no insults, no guesses, no look-alike letters.

They also fit into its sentences: what is told comes in the middle of one, and the letter ends it.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from generator.case.beginnings import holds_word
from generator.case.disclosure import disclose
from generator.case.model import Case
from generator.case.paths import pattern, value_at
from generator.case.people import Entity
from generator.case.texts import NOT_PRINTED, language_of, texts
from generator.checks.model import Check, Subject
from generator.errors import DataError, Problem
from generator.pseudonyms.walk import kind_told
from generator.sources import read_source
from generator.validation import validate

MIXED = re.compile(r"[^\W\d_]*(?:[a-zA-Z][а-яёА-ЯЁғӣқӯҳҷҒӢҚӮҲҶ]|[а-яёА-ЯЁғӣқӯҳҷҒӢҚӮҲҶ][a-zA-Z])")
PERCENTAGE = re.compile(r"\d\s?%|\d\s?(?:процент|фоиз|per\s?cent)", re.IGNORECASE)
ENDING = re.compile(r"[.…;]\s*\Z")
QUOTES = tuple(
    re.compile(rf"(clients\[\d+\]\.)?{pattern(path).pattern}\b")
    for path in ("detention.reason_quote", "proceedings.charge.quote")
)
"""What others said or wrote: it is printed as it was said."""


class Words(BaseModel):
    """Beginnings of words by language, for each fault of tone."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    insults: Mapping[str, tuple[str, ...]]
    motives: Mapping[str, tuple[str, ...]]
    certainty: Mapping[str, tuple[str, ...]]


@lru_cache
def words() -> Words:
    """Return the words that a sober letter does without."""
    read: Words = validate(Words, read_source(Path(__file__).with_suffix(".yaml"), DataError), DataError)
    return read


def _run(subject: Subject) -> Iterator[Problem]:
    case = disclose(subject.case)
    for path, text in texts(case):
        if path.startswith(NOT_PRINTED):
            continue
        place = subject.case.place(path)
        if MIXED.search(text):
            yield Problem("mixed-letters", place, path)
        if any(quote.match(path) for quote in QUOTES):
            continue
        if "!" in text:
            yield Problem("exclamation", place, path)
        if ENDING.search(text) and _is_story(case, path):
            yield Problem("ends-with-a-mark", place, path)
        for fault in _faults(text, language_of(path) or case.facts.case.language):
            yield Problem(fault, place, path)


def _is_story(case: Case, path: str) -> bool:
    """Say whether a text tells something in words: letters put such texts into sentences, addresses and names not."""
    group, _, name = path.removesuffix(f".{language_of(path)}").rpartition(".")
    entity = value_at(case.facts, group) if group else case.facts
    return isinstance(entity, Entity) and kind_told(type(entity), name.partition("[")[0]) == "story"


def _faults(text: str, language: str) -> Iterator[str]:
    """Yield the faults of tone a text in a language has."""
    data = words()
    if holds_word(text, data.insults.get(language, ())):
        yield "word-of-insult"
    if holds_word(text, data.motives.get(language, ())):
        yield "guess-at-motive"
    if PERCENTAGE.search(text) and holds_word(text, data.certainty.get(language, ())):
        yield "percent-of-certainty"


CHECK = Check("tone", "warning", _run)
