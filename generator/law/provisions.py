"""Acts, their provisions in all versions, and the neutral names by which letters cite them."""

from datetime import date
from typing import Annotated, Any

from pydantic import Field

from generator.law.record import Record, Texts
from generator.law.versions import Version


class Act(Record):
    """A statute, code or treaty."""

    number: str = ""
    adopted: date | None = None
    amended_to: str = ""
    warning: str = ""
    source: str = ""
    note: str = ""


class ProvisionVersion(Version):
    """One text of a provision."""

    article: str = ""
    article_lead: str = ""
    part: str = ""
    edition: str = ""
    seen: str = ""
    checked: str = ""
    extra: dict[str, Any] = Field(default_factory=dict)

    @property
    def citable(self) -> bool:
        """Say whether the article may be printed: confirmed by a lawyer, or seen and cleared for it; never a lead."""
        return self.cleared and bool(self.article)


class Provision(Record):
    """A rule of an act, in all its versions, oldest first."""

    act: str
    title: str
    tags: Texts = ()
    duty_on: str = ""
    versions: Annotated[tuple[ProvisionVersion, ...], Field(min_length=1)]


class Principle(Record):
    """A neutral name by which letters of every country cite: which provisions say it here."""

    provisions: Texts = ()
    note: str = ""
