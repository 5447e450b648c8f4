"""Law as dated, graded data: acts, provisions, time limits, authorities, grounds, and the words for them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from generator.errors import DataError, Place

Grade = Literal["text", "secondary", "lead"]
"""How well a text is known: its own words were seen; a trustworthy source describes it; nobody has verified it."""

Use = Literal["number", "act", "ask"]
"""What may be printed: the article; the act alone; nothing before a lawyer has looked."""

Texts = Annotated[tuple[str, ...], BeforeValidator(lambda v: v if isinstance(v, list) else [v] if v else [])]
YesNo = Annotated[bool, BeforeValidator(lambda v: v == "yes" if v in {"yes", "no"} else v)]


class Record(BaseModel):
    """An entry of a pack file."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Act(Record):
    """A statute, code or treaty."""

    number: str = ""
    adopted: date | None = None
    amended_to: str = ""
    warning: str = ""
    source: str = ""
    note: str = ""


class ProvisionVersion(Record):
    """One text of a provision, with the day it is known from and what is known about it."""

    from_: Annotated[date | None, Field(alias="from")] = None
    until: date | None = None
    from_basis: str = ""
    article: str = ""
    article_lead: str = ""
    part: str = ""
    grade: Grade
    use: Use
    source: str = ""
    edition: str = ""
    seen: str = ""
    checked: str = ""
    note: str = ""
    extra: dict[str, Any] = Field(default_factory=dict)

    @property
    def citable(self) -> bool:
        """Say whether the article may be printed: seen and cleared for it, never a lead."""
        return self.use == "number" and self.grade != "lead" and bool(self.article)


class Provision(Record):
    """A rule of an act, in all its versions, oldest first."""

    act: str
    title: str
    tags: Texts = ()
    duty_on: str = ""
    versions: Annotated[tuple[ProvisionVersion, ...], Field(min_length=1)]


class LimitVersion(Record):
    """One length of a time limit."""

    from_: Annotated[date | None, Field(alias="from")] = None
    until: date | None = None
    from_basis: str = ""
    length: str
    grade: Grade
    use: Use
    source: str = ""
    note: str = ""

    @property
    def countable(self) -> bool:
        """Say whether a date may be computed from it: never from a lead, nor from what a lawyer must check first."""
        return self.use == "number" and self.grade != "lead"


class TimeLimit(Record):
    """How long something may take, and what it is counted from."""

    provision: str = ""
    count: Literal["hours", "calendar-days", "working-days", "months", "years", "days-unspecified"]
    counted_from: str = ""
    if_missed: str = ""
    note: str = ""
    versions: Annotated[tuple[LimitVersion, ...], Field(min_length=1)]


class Principle(Record):
    """A neutral name by which letters of every country cite: which provisions say it here."""

    provisions: Texts = ()
    note: str = ""


class Authority(Record):
    """A body or office one can write to or complain of."""

    role: str
    level: str = ""
    supervises: Texts = ()
    address: str = ""
    source: str = ""
    grade: Grade = "lead"
    note: str = ""
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


class Forms(Record):
    """A name in the grammatical cases of a language."""

    nom: str
    gen: str = ""
    dat: str = ""
    acc: str = ""
    ins: str = ""
    prep: str = ""


class ActWording(Record):
    """The full name of an act, and the short one used from the second mention on."""

    full: Forms
    short: Forms


class AuthorityWording(Record):
    """The office one writes to and the body it belongs to."""

    post: Forms | None = None
    body: Forms | None = None
    city: str = ""


class GroundWording(Record):
    """How a breach is named: the rule that was not observed, as it completes the letter's sentence."""

    rule: str
    title: str = ""


class Wording(Record):
    """Every human string of a pack in one language; `reviewed` says whether a native lawyer confirmed it."""

    reviewed: YesNo
    acts: dict[str, ActWording] = Field(default_factory=dict)
    authorities: dict[str, AuthorityWording] = Field(default_factory=dict)
    grounds: dict[str, GroundWording] = Field(default_factory=dict)
    provisions: dict[str, str] = Field(default_factory=dict)


class PackHead(Record):
    """What a pack is."""

    id: str
    country: str = ""
    includes: Texts = ()
    zone: str
    languages: Texts
    names: dict[str, str] = Field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LawPack:
    """The law of one country together with the packs it includes."""

    head: PackHead
    acts: Mapping[str, Act]
    provisions: Mapping[str, Provision]
    limits: Mapping[str, TimeLimit]
    principles: Mapping[str, Principle]
    authorities: Mapping[str, Authority]
    grounds: Mapping[str, Ground]
    wording: Mapping[str, Wording]
    places: Mapping[str, Place]
    digest: str

    def on(self, day: date) -> "LawOn":
        """Return the law of one day."""
        return LawOn(self, day)


@dataclass(frozen=True, slots=True)
class LawOn:
    """The law as it stood on a day; asking for what was not in force is an error, never an empty answer."""

    pack: LawPack
    day: date

    def provision(self, provision_id: str) -> ProvisionVersion:
        """Return the version of a provision in force that day; raise `DataError` if there is none."""
        version: ProvisionVersion = _on_day(self.pack.provisions, provision_id, self.day, self.pack.places)
        return version

    def limit(self, limit_id: str) -> LimitVersion:
        """Return the version of a time limit in force that day; raise `DataError` if there is none."""
        version: LimitVersion = _on_day(self.pack.limits, limit_id, self.day, self.pack.places)
        return version


def _on_day(entries: Mapping[str, Any], name: str, day: date, places: Mapping[str, Place]) -> Any:
    if name not in entries:
        raise DataError.one("unknown-law", places.get(name), name)
    for version in reversed(entries[name].versions):
        if (version.from_ is None or version.from_ <= day) and (version.until is None or day <= version.until):
            return version
    raise DataError.one("not-in-force", places.get(name), name, day=day.isoformat())
