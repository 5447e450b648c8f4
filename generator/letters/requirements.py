"""What must be known before a final letter is made."""

from collections.abc import Iterator
from typing import Any

from generator.case.model import Case, LetterSettings
from generator.case.paths import value_at
from generator.case.people import Body, is_empty
from generator.case.values import Answer
from generator.errors import Problem
from generator.findings.model import Findings, Outcome
from generator.letters.catalogue import LetterKind
from generator.letters.dating import numbered
from generator.letters.namespace import Occasion
from generator.letters.recipient import NOBODY


def shortcomings(case: Case, occasion: Occasion, findings: Findings) -> Iterator[Problem]:
    """Name what stands between a case and a final letter: missing facts, consent, signer, nothing to plead."""
    kind, settings = occasion.kind, occasion.settings
    for path in _required(case, occasion):
        where = numbered(path, occasion.kind, occasion.about)
        if not is_known(case.facts, where):
            yield Problem("missing-fact", case.place(where), where)
    yield from _excluded(case, occasion)
    either = [numbered(path, kind, occasion.about) for path in kind.requires_one]
    if either and not any(is_known(case.facts, path) for path in either):
        where = either[0]
        yield Problem("missing-fact", case.place(where), where)
    if kind.addressee and occasion.addressee == NOBODY:
        where = f"letters.{kind.name}.addressee"
        yield Problem("no-addressee", case.place(where), where)
    consent = case.facts.consent
    agreed = kind.bundle_only or (kind.consent_as or kind.name) in consent.letters
    if consent.given_at and consent.letters and not agreed:
        yield Problem("no-consent-for-letter", case.place("consent.letters"), "consent.letters", {"letter": kind.name})
    if kind.signers and consent.name is Answer.NO:
        yield Problem("consent-not-to-name", case.place("consent.name"), "consent.name")
    if consent.withdrawn_at:
        yield Problem("consent-withdrawn", case.place("consent.withdrawn_at"), "consent.withdrawn_at")
    if (
        kind.pleads
        and kind.plea_needed
        and not any(findings[g].outcome is Outcome.VIOLATED for g in kind.pleads if g in findings)
    ):
        yield Problem("nothing-to-plead", case.place(""), "", {"letter": kind.name})
    yield from _signer(case, kind, settings)


def _required(case: Case, occasion: Occasion) -> Iterator[str]:
    """Yield the paths of the facts a letter needs, and of those it needs since the case tells another."""
    yield from occasion.kind.requires
    for told, needed in occasion.kind.requires_with.items():
        where = numbered(told, occasion.kind, occasion.about)
        if is_told(case.facts, where) and value_at(case.facts, where) != "none":
            yield from needed


def _excluded(case: Case, occasion: Occasion) -> Iterator[Problem]:
    """Name each answer with which a kind of letter makes no sense."""
    for path, answers in occasion.kind.excludes.items():
        where = numbered(path, occasion.kind, occasion.about)
        if is_known(case.facts, where) and (not answers or value_at(case.facts, where) in answers):
            yield Problem("letter-not-for-this", case.place(where), where, {"letter": occasion.kind.name})


def _signer(case: Case, kind: LetterKind, settings: LetterSettings) -> Iterator[Problem]:
    where = f"letters.{kind.name}.signer"
    if not kind.signers:
        return
    if settings.signer not in kind.signers:
        yield Problem("wrong-signer", case.place(where), where, {"choices": ", ".join(kind.signers)})
        return
    acting = [each for each in case.facts.representatives if each.kind in kind.representatives]
    if settings.signer == "representative" and not acting:
        problem = "no-advocate" if kind.representatives == ("advocate",) else "no-representative"
        yield Problem(problem, case.place(where), where)


def is_told(facts: Any, path: str) -> bool:
    """Say whether the fact at a path is known and is not *no*."""
    return is_known(facts, path) and value_at(facts, path) != "no"


def is_known(facts: Any, path: str) -> bool:
    """Say whether the fact at a path (of the first client, the first item ... where it has no index) is known."""
    value = value_at(facts, path)
    if isinstance(value, Body):
        return bool(value.authority or not is_empty(value.name))
    return value not in (None, (), Answer.UNKNOWN)
