"""What was filed can be proved, and what would be deleted is asked for in time."""

from collections.abc import Iterator
from datetime import timedelta

from generator.checks.model import Check, Subject
from generator.errors import Problem

SOON = timedelta(days=14)
"""How long before evidence is deleted a request for it must have left."""


def _run(subject: Subject) -> Iterator[Problem]:
    facts = subject.case.facts
    for number, submission in enumerate(facts.submissions, 1):
        if submission.channel not in {None, "oral"} and submission.proof is None:
            path = f"submissions[{number}].proof"
            yield Problem("no-proof", subject.case.place(path), path)
    for number, evidence in enumerate(facts.evidence, 1):
        if evidence.expires_at and evidence.expires_at.day <= subject.as_of + SOON:
            path = f"evidence[{number}].expires_at"
            yield Problem("evidence-expires", subject.case.place(path), path, {"days": str(SOON.days)})


CHECK = Check("filing", "warning", _run)
