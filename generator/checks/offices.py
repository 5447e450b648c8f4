"""The offices a letter goes to are known from a source, and a letter to a high one is not lost on its way down."""

from collections.abc import Iterator

from generator.checks.model import LetterCheck, LetterSubject
from generator.errors import Problem
from generator.letters.recipient import Recipient


def _run(subject: LetterSubject) -> Iterator[Problem]:
    kind, occasion = subject.entry.kind, subject.occasion
    if kind.copies and not occasion.copies and kind.addressee and kind.addressee.role:
        path = f"letters.{subject.name}.copies"
        yield Problem("no-copy", subject.case.place(path), path, {"letter": subject.name})
    for recipients, name in (((occasion.addressee,), "addressee"), (occasion.copies, "copies")):
        keys = dict.fromkeys(_office(subject, recipient) for recipient in recipients)
        unsure = [key for key in keys if key in subject.law.authorities and _is_lead(subject, key)]
        if unsure:
            path = f"letters.{subject.name}.{name}"
            yield Problem("authority-unverified", subject.case.place(path), path, {"offices": ", ".join(unsure)})


def _office(subject: LetterSubject, recipient: Recipient) -> str:
    """Return the key of the office that a recipient is, or that an official belongs to; empty if it is none."""
    if recipient.official:
        return subject.case.facts.officials[recipient.official - 1].authority.authority or ""
    return recipient.office


def _is_lead(subject: LetterSubject, key: str) -> bool:
    return subject.law.authorities[key].grade == "lead"


CHECK = LetterCheck("offices", _run)
