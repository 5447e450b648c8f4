"""The papers that usually go with a letter do go with it: a letter without them is sent back or put aside."""

from collections.abc import Iterator
from typing import Any

from generator.case.procedure import Inquiry, Submission
from generator.case.values import Answer
from generator.checks.model import LetterCheck, LetterSubject
from generator.errors import Problem


def _run(subject: LetterSubject) -> Iterator[Problem]:
    enclosed = {
        evidence.paper for evidence in subject.case.facts.evidence if evidence.id in subject.occasion.settings.annexes
    }
    path = f"letters.{subject.name}.annexes"
    for paper in subject.entry.kind.annexes:
        if paper not in enclosed and _is_due(paper, subject):
            problem = {"order": "no-order-annexed", "submission": "no-copy-annexed"}.get(paper, "paper-not-annexed")
            yield Problem(problem, subject.case.place(path), path, {"letter": subject.name, "paper": paper})


def _is_due(paper: str, subject: LetterSubject) -> bool:
    """Say whether the facts show that there is such a paper, or that a body will ask for it."""
    facts, kind = subject.case.facts, subject.entry.kind
    submission: Submission = _chosen(facts.submissions, subject, Submission())
    inquiry: Inquiry = _chosen(facts.inquiries, subject, Inquiry())
    acting = next((each for each in facts.representatives if each.kind in kind.representatives), None)
    return {
        "order": acting is not None and acting.kind == "advocate",
        "consent": inquiry.consent_enclosed is Answer.YES,
        "ownership": any(item.ownership_docs is Answer.YES for item in facts.items),
        "submission": True,
        "reminder": submission.reminder_at is not None,
        "reply": submission.reply.at is not None,
    }.get(paper, False)


def _chosen(things: tuple[Any, ...], subject: LetterSubject, nothing: Any) -> Any:
    """Return the thing a letter is about."""
    about = subject.occasion.about
    return things[about - 1] if 0 < about <= len(things) else nothing


CHECK = LetterCheck("papers", _run)
