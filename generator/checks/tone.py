"""The words of a case that a letter would print read soberly: no exclamation marks, no look-alike letters."""

import re
from collections.abc import Iterator

from generator.case.texts import texts
from generator.checks.model import Check, Subject
from generator.errors import Problem

MIXED = re.compile(r"[^\W\d_]*(?:[a-zA-Z][а-яёА-ЯЁғӣқӯҳҷҒӢҚӮҲҶ]|[а-яёА-ЯЁғӣқӯҳҷҒӢҚӮҲҶ][a-zA-Z])")


def _run(subject: Subject) -> Iterator[Problem]:
    for path, text in texts(subject.case):
        if "!" in text:
            yield Problem("exclamation", subject.case.place(path), path)
        if MIXED.search(text):
            yield Problem("mixed-letters", subject.case.place(path), path)


CHECK = Check("tone", "warning", _run)
