"""Everything that is checked in a case, one check a file: a new rule is a new file and a line here."""

from collections.abc import Iterator

from generator.checks import chronology, references, tone
from generator.checks.model import Check, Subject
from generator.errors import Problem

CHECKS: tuple[Check, ...] = (references.CHECK, chronology.CHECK, tone.CHECK)


def run_checks(subject: Subject) -> Iterator[tuple[str, Problem]]:
    """Yield (severity, problem) of every check."""
    for check in CHECKS:
        for problem in check.run(subject):
            yield check.severity, problem


def errors(subject: Subject) -> list[Problem]:
    """Return only what stops a letter."""
    return [problem for severity, problem in run_checks(subject) if severity == "error"]


__all__ = ["CHECKS", "Check", "Subject", "errors", "run_checks"]
