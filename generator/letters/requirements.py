"""What must be known before a final letter is made."""

from collections.abc import Iterator
from typing import Any

from generator.case.model import Case, LetterSettings
from generator.case.paths import value_at
from generator.case.people import Body
from generator.case.values import Answer
from generator.errors import Problem
from generator.findings.model import Findings, Outcome
from generator.letters.catalogue import LetterKind


def shortcomings(case: Case, kind: LetterKind, findings: Findings, settings: LetterSettings) -> Iterator[Problem]:
    """Name what stands between a case and a final letter: missing facts, consent, signer, nothing to plead."""
    for path in kind.requires:
        if not is_known(case.facts, path):
            where = path.replace("clients.", "clients[1].", 1)
            yield Problem("missing-fact", case.place(where), where)
    consent = case.facts.consent
    if consent.given_at and consent.letters and kind.name not in consent.letters:
        yield Problem("no-consent-for-letter", case.place("consent.letters"), "consent.letters", {"letter": kind.name})
    if consent.name is Answer.NO:
        yield Problem("consent-not-to-name", case.place("consent.name"), "consent.name")
    if consent.withdrawn_at:
        yield Problem("consent-withdrawn", case.place("consent.withdrawn_at"), "consent.withdrawn_at")
    if kind.pleads and not any(findings[g].outcome is Outcome.VIOLATED for g in kind.pleads if g in findings):
        yield Problem("nothing-to-plead", case.place(""), "", {"letter": kind.name})
    yield from _signer(case, kind, settings)


def _signer(case: Case, kind: LetterKind, settings: LetterSettings) -> Iterator[Problem]:
    where = f"letters.{kind.name}.signer"
    if settings.signer not in kind.signers:
        yield Problem("wrong-signer", case.place(where), where, {"choices": ", ".join(kind.signers)})
    elif settings.signer == "representative":
        advocates = [r for r in case.facts.representatives if r.kind in {"advocate", "legal_representative"}]
        if not advocates:
            yield Problem("no-representative", case.place(where), where)


def is_known(facts: Any, path: str) -> bool:
    """Say whether the fact at a path (of the first client, the first item ... where it has no index) is known."""
    value = value_at(facts, path)
    if isinstance(value, Body):
        return bool(value.authority or value.name != type(value.name)())
    return value not in (None, (), Answer.UNKNOWN)
