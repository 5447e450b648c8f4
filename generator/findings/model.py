"""What the facts show of each ground: violated, kept, or unknown."""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from generator.errors import Place
from generator.law.limits import LimitVersion
from generator.law.provisions import ProvisionVersion


class Outcome(StrEnum):
    """What the facts say of a ground."""

    VIOLATED = "violated"
    KEPT = "kept"
    UNKNOWN = "unknown"


class Fact(NamedTuple):
    """A fact a finding rests on: its path and where the file says it."""

    path: str
    place: Place


class Finding(NamedTuple):
    """The outcome for one ground, with everything needed to explain it.

    `missing` are the paths that would decide an unknown; `measured` the time between two moments, where one was
    counted, and `limit_hours` what it was held against, from the text `limit`; `day` is the day whose law was applied.
    """

    ground: str
    outcome: Outcome
    facts: tuple[Fact, ...] = ()
    missing: tuple[str, ...] = ()
    measured: timedelta | None = None
    limit_hours: int | None = None
    day: date | None = None
    provisions: Mapping[str, ProvisionVersion] | None = None
    limit: LimitVersion | None = None


Findings = Mapping[str, Finding]
"""The findings of a case by the id of their ground."""
