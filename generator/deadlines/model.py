"""A date of a case, how it was found and how it stands."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Literal

from generator.case.values import Moment
from generator.errors import Place
from generator.law.counting import Count
from generator.law.limits import CountingRule, LimitVersion, TimeLimit
from generator.law.provisions import ProvisionVersion


class State(StrEnum):
    """How a date stands today."""

    RUNNING = "running"
    PASSED = "passed"
    DONE = "done"
    LATE = "late"
    UNSURE = "unsure"
    QUESTION = "question"


@dataclass(frozen=True, slots=True)
class Reply:
    """When a kind of letter is to be answered: the time limit of the pack, and the letters to send if it is not."""

    limit: str
    next: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Deadline:
    """One date of a case, and how it was found.

    `name` is the time limit, or the path of a date the case itself states; `path` and `place` tell the fact it runs
    from. `UNSURE` is one that was met, in time or late: too near to the limit for times known so roughly. A `QUESTION`
    has no `due`: its `why` is `lead` (nobody verified the limit), `missing` (the facts in `missing`
    would decide it) or `no-limit` (the pack knows none for that letter). `rule` is how days were counted, `law_of` the
    day whose law was applied.
    """

    name: str
    path: str
    place: Place
    state: State
    begins: Moment | None = None
    due: Moment | None = None
    done: Moment | None = None
    count: Count | None = None
    shifted: timedelta = timedelta(0)
    why: Literal["", "lead", "missing", "no-limit"] = ""
    missing: tuple[str, ...] = ()
    limit: TimeLimit | None = None
    version: LimitVersion | None = None
    provision: ProvisionVersion | None = None
    rule: CountingRule | None = None
    law_of: date | None = None
    next: tuple[str, ...] = ()

    @property
    def estimated(self) -> bool:
        """Say whether a feast whose day is not settled had a part in the count."""
        return bool(self.count and self.count.estimated)

    def days_left(self, now: Moment) -> int | None:
        """Return the days from today to the due day; negative once it has passed."""
        return (self.due.day - now.day).days if self.due else None
