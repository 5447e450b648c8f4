"""Time limits: how long something may take, from which fact, and how it is counted."""

from typing import Annotated, Literal

from pydantic import Field

from generator.law.record import Record, Sourced, Texts
from generator.law.versions import LENGTH, Counted, Unit, Version

Starts = Literal["next-day", "same-day"]
"""Which day is the first of a term: the day after the event, or the day of the event itself."""

Rolls = Literal["forward", "back", "stays"]
"""What becomes of a last day that is a day off: it moves to the working day after it, before it, or it stays."""


class CountingRule(Sourced):
    """How days are counted: the first day, and a last day that is a day off; `grade` says how well that is known."""

    starts: Starts = "next-day"
    rolls: Rolls = "forward"


class LimitVersion(Version):
    """One length of a time limit."""

    length: Annotated[str, Field(pattern=LENGTH)]

    @property
    def countable(self) -> bool:
        """Say whether a date may be computed from it: never from a lead, nor from what a lawyer must check first."""
        return self.cleared


class Suspension(Record):
    """The facts between which a time limit does not run."""

    from_: Annotated[str, Field(alias="from")]
    until: str


class Extension(Record):
    """How a time limit may be made longer: from a fact (the decision to extend), by a length of its own."""

    from_: Annotated[str, Field(alias="from")]
    length: Annotated[str, Field(pattern=LENGTH)]
    count: Unit


class TimeLimit(Record):
    """How long something may take, and what it is counted from.

    `runs_from` are the facts it may start with, the first known counts; `ends_with` what fulfils it; `unless` what
    excuses it; `lapses_with` moments that make it idle if they come before its end; `after` other limits whose silent
    end starts this one; `next` the letters to send when it passes.
    Only a limit with `runs_from` can stand in a list of deadlines.
    """

    provision: str = ""
    count: Counted | Literal["days-unspecified"]
    counted_from: str = ""
    if_missed: str = ""
    note: str = ""
    runs_from: Texts = ()
    ends_with: Texts = ()
    unless: Texts = ()
    lapses_with: Texts = ()
    after: Texts = ()
    counting: CountingRule | None = None
    suspended: Suspension | None = None
    extension: Extension | None = None
    next: Texts = ()
    versions: Annotated[tuple[LimitVersion, ...], Field(min_length=1)]
