"""What can be, but is so rare that a slip of the pen is likelier: a visit to a doctor before the events, say."""

from collections.abc import Iterator

from generator.case.paths import moment_at
from generator.checks.chronology import before
from generator.checks.model import Check, Subject
from generator.checks.scopes import scopes
from generator.errors import Problem

USUAL = (("detention.apprehended_at", "medical.at"), ("incident.started_at", "medical.at"))
"""Events that follow one another as a rule, but need not."""


def _run(subject: Subject) -> Iterator[Problem]:
    for scope in scopes(subject.case):
        for first, second in USUAL:
            earlier, later = moment_at(scope.facts, first), moment_at(scope.facts, second)
            if earlier and later and scope.counts(first, second) and before(later, earlier):
                where = scope.path(second)
                yield Problem("odd-order", subject.case.place(where), where, {"first": scope.path(first)})


CHECK = Check("oddities", "warning", _run)
