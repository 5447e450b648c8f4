"""The law a letter cites is verified, and was looked at not long ago."""

from collections.abc import Iterator
from datetime import timedelta

from generator.checks.model import LetterCheck, LetterSubject
from generator.errors import Problem

FRESH = timedelta(days=180)
"""How long a look at a provision is trusted before somebody should look again."""


def _run(subject: LetterSubject) -> Iterator[Problem]:
    cited = sorted(subject.assembly.cited.items())
    unverified = [name for name, version in cited if not version.verified]
    before = subject.as_of - FRESH
    old = [name for name, version in cited if version.verified and version.looked_at and version.looked_at < before]
    if unverified:
        values = {"letter": subject.name, "provisions": ", ".join(unverified), "first": unverified[0]}
        yield Problem("cites-unverified", None, "", values)
    if old:
        values = {"letter": subject.name, "provisions": ", ".join(old), "days": str(FRESH.days)}
        yield Problem("law-old", None, "", values)


CHECK = LetterCheck("cited", _run)
