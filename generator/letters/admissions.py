"""What may never be written into some facts of a letter: words that would admit something or speak of contents."""

from collections.abc import Iterator

from generator.case.beginnings import holds_word
from generator.case.model import Case
from generator.case.texts import language_of, texts_below
from generator.errors import Problem
from generator.letters.catalogue import LetterKind


def admissions(case: Case, kind: LetterKind, language: str) -> Iterator[Problem]:
    """Name each fact that holds a word the letter refuses in its language; a draft is refused like a final letter.

    The word itself is never part of the problem.
    """
    if kind.refuses is None:
        return
    refused = kind.refuses.words.get(language, ())
    for path in kind.refuses.facts:
        for where, text in texts_below(case, path):
            if language_of(where) in {"", language} and holds_word(text, refused):
                yield Problem("admission-refused", case.place(where), where, {"letter": kind.name})
