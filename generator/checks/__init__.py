"""Everything that is checked in a case or a letter, one check a file: a new rule is a new file and a line here."""

from collections.abc import Iterator

from generator.checks import (
    chronology,
    cited,
    contradictions,
    filing,
    oddities,
    offices,
    papers,
    references,
    requests,
    tone,
)
from generator.checks.model import Check, LetterCheck, LetterSubject, Subject
from generator.errors import Problem

CHECKS: tuple[Check, ...] = (
    references.CHECK,
    chronology.CHECK,
    contradictions.CHECK,
    oddities.CHECK,
    tone.CHECK,
    filing.CHECK,
)
LETTER_CHECKS: tuple[LetterCheck, ...] = (offices.CHECK, papers.CHECK, requests.CHECK, cited.CHECK)


def run_checks(subject: Subject) -> Iterator[tuple[str, Problem]]:
    """Yield (severity, problem) of every check of a case."""
    for check in CHECKS:
        for problem in check.run(subject):
            yield check.severity, problem


def run_letter_checks(subject: LetterSubject) -> Iterator[Problem]:
    """Yield what every check of a letter asks a lawyer to look at."""
    for check in LETTER_CHECKS:
        yield from check.run(subject)


def errors(subject: Subject) -> list[Problem]:
    """Return only what stops a letter; what merely asks for a look is not looked for."""
    return [problem for check in CHECKS if check.severity == "error" for problem in check.run(subject)]


__all__ = [
    "CHECKS",
    "LETTER_CHECKS",
    "Check",
    "LetterCheck",
    "LetterSubject",
    "Subject",
    "errors",
    "run_checks",
    "run_letter_checks",
]
