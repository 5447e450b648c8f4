"""The law of a country as data: a pack with all its parts, and the law of one day."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError
from whenever import PlainDateTime, TimeZoneNotFoundError

from generator.errors import DataError, Place
from generator.law.calendar import Calendar
from generator.law.limits import CountingRule, LimitVersion, TimeLimit
from generator.law.provisions import Act, Principle, Provision, ProvisionVersion
from generator.law.record import Record, Sourced, Texts
from generator.law.wording import Wording

Dated = Literal["provisions", "limits"]
"""The sections of a pack whose entries have dated versions."""

DATED: tuple[Dated, ...] = ("provisions", "limits")


class Authority(Sourced):
    """A body or office one can write to or complain of."""

    role: str
    level: str = ""
    supervises: Texts = ()
    address: str = ""
    contact: str = ""


class Ground(Record):
    """A breach that facts can show; the fields that count depend on `kind` (see `findings.kinds`)."""

    kind: Literal["longer-than", "later-than", "not-done", "done-without"]
    provisions: Texts
    on: Texts = ()
    from_: Annotated[str, Field(alias="from")] = ""
    until: str = ""
    limit: str = ""
    moment: str = ""
    due: str = ""
    duty: str = ""
    act: str = ""
    decision: Texts = ()
    when: Texts = ()
    unless: Texts = ()
    note: str = ""


def _known(zone: str) -> str:
    try:
        PlainDateTime(2026, 1, 1).assume_tz(zone)
    except (TimeZoneNotFoundError, ValueError):
        raise PydanticCustomError("not_a_zone", "no such zone") from None
    return zone


class PackHead(Record):
    """What a pack is."""

    id: str
    country: str = ""
    includes: Texts = ()
    zone: Annotated[str, AfterValidator(_known)]
    languages: Texts
    counting: CountingRule = CountingRule()
    names: dict[str, str] = Field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class LawPack:
    """The law of one country together with the packs it includes; a pack is equal to none but itself.

    `owners` and `places` say of each entry, as `limits/complaint-answer`, which pack and which line it comes from.
    """

    head: PackHead
    acts: Mapping[str, Act]
    provisions: Mapping[str, Provision]
    limits: Mapping[str, TimeLimit]
    principles: Mapping[str, Principle]
    authorities: Mapping[str, Authority]
    grounds: Mapping[str, Ground]
    calendar: Calendar
    wording: Mapping[str, Wording]
    owners: Mapping[str, str]
    places: Mapping[str, Place]
    digest: str

    def on(self, day: date) -> "LawOn":
        """Return the law of one day."""
        return LawOn(self, day)

    def own(self, section: str) -> Iterator[tuple[str, Any, Place]]:
        """Yield the entries of a section that the pack itself defines, not one it includes, with their places."""
        for name, entry in getattr(self, section).items():
            if self.owners[f"{section}/{name}"] == self.head.id:
                yield name, entry, self.places[f"{section}/{name}"]


@dataclass(frozen=True, slots=True)
class LawOn:
    """The law as it stood on a day; asking for what was not in force is an error, never an empty answer."""

    pack: LawPack
    day: date

    def provision(self, provision_id: str) -> ProvisionVersion:
        """Return the version of a provision in force that day; raise `DataError` if there is none."""
        version: ProvisionVersion = self._in_force("provisions", provision_id)
        return version

    def limit(self, limit_id: str) -> LimitVersion:
        """Return the version of a time limit in force that day; raise `DataError` if there is none."""
        version: LimitVersion = self._in_force("limits", limit_id)
        return version

    def find(self, section: Dated, name: str) -> Any:
        """Return the version of an entry in force that day, `None` if there is none; raise if the pack lacks it."""
        entry = getattr(self.pack, section).get(name)
        if entry is None:
            raise DataError.one("unknown-law", self._place(section, name), name)
        for version in reversed(entry.versions):
            if version.holds_on(self.day):
                return version
        return None

    def _in_force(self, section: Dated, name: str) -> Any:
        version = self.find(section, name)
        if version is None:
            raise DataError.one("not-in-force", self._place(section, name), name, day=self.day.isoformat())
        return version

    def _place(self, section: str, name: str) -> Place | None:
        return self.pack.places.get(f"{section}/{name}")
