"""A dated text of a rule: how well it is known, what may be done with it, and on which lawyer's word."""

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from generator.law.record import Grade, Record

Use = Literal["number", "act", "ask"]
"""What may be printed: the article; the act alone; nothing before a lawyer has looked."""

Unit = Literal["calendar-days", "working-days", "months", "years"]
"""What a term in days or longer is counted in."""

Counted = Literal["hours", Unit]
"""What a time limit is counted in."""

LENGTH = r"^[1-9]\d{0,2}$"
"""How the length of a time limit is written: a whole number from 1 to 999."""


class Confirmation(Record):
    """A lawyer's word for one entry of a pack, kept in the user's own folder.

    `entry` is the digest of what was confirmed: when the pack changes that entry, the word no longer holds for it.
    """

    entry: str = ""
    by: str
    on: date
    source: str
    number: str = ""
    part: str = ""
    length: Annotated[str, Field(pattern=LENGTH)] | Literal[""] = ""
    count: Counted | None = None
    days: tuple[date, ...] = ()

    def told(self) -> dict[str, str]:
        """Say on whose word an entry stands, since when and from which source, for whoever prints or records it."""
        return {"by": self.by, "on": self.on.isoformat(), "source": self.source}


class Confirmations(Record):
    """The confirmations of one pack: of provisions, of time limits, of the days of moving feasts."""

    provisions: dict[str, Confirmation] = Field(default_factory=dict)
    limits: dict[str, Confirmation] = Field(default_factory=dict)
    holidays: dict[str, Confirmation] = Field(default_factory=dict)


class Version(Record):
    """One text of a rule, with the days between which it is in force and what is known about it."""

    from_: Annotated[date | None, Field(alias="from")] = None
    until: date | None = None
    from_basis: str = ""
    grade: Grade
    use: Use
    source: str = ""
    note: str = ""
    confirmed: Annotated[Confirmation | None, Field(exclude=True)] = None

    @property
    def cleared(self) -> bool:
        """Say whether a letter or a count may rest on it: confirmed by a lawyer, or cleared for use and no lead."""
        return self.confirmed is not None or (self.use == "number" and self.grade != "lead")

    @property
    def verified(self) -> bool:
        """Say whether it is verified: by a lawyer's word, or by a source above a lead that needs no further look."""
        return self.confirmed is not None or (self.grade != "lead" and self.use != "ask")

    @property
    def looked_at(self) -> date | None:
        """Return the day somebody last looked at it, as far as it was written down."""
        return self.confirmed.on if self.confirmed else day_in(getattr(self, "checked", ""))

    def holds_on(self, day: date) -> bool:
        """Say whether this text was in force on a day."""
        return (self.from_ is None or self.from_ <= day) and (self.until is None or day <= self.until)


def day_in(text: str) -> date | None:
    """Return the day a text names, as `seen 2026-11` or `2026-11-03`; a month counts from its first day."""
    match = re.search(r"([0-9]{4}-(?:0[1-9]|1[0-2]))(-[0-9]{2})?", text)
    try:
        return date.fromisoformat(f"{match[1]}{match[2] or '-01'}") if match else None
    except ValueError:  # no such day
        return None
