"""Law as dated, graded data: acts, provisions, time limits, authorities, grounds, and the words for them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field

from generator.errors import DataError, Place
from generator.law.calendar import Calendar
from generator.law.record import Grade, Record, Texts, YesNo

Use = Literal["number", "act", "ask"]
"""What may be printed: the article; the act alone; nothing before a lawyer has looked."""

Counted = Literal["hours", "calendar-days", "working-days", "months", "years"]
"""What a time limit is counted in."""

LENGTH = r"^[1-9]\d{0,2}$"
"""How the length of a time limit is written: a whole number from 1 to 999."""

Starts = Literal["next-day", "same-day"]
"""Which day is the first of a term: the day after the event, or the day of the event itself."""

Rolls = Literal["forward", "back", "stays"]
"""What becomes of a last day that is a day off: it moves to the working day after it, before it, or it stays."""


class Act(Record):
    """A statute, code or treaty."""

    number: str = ""
    adopted: date | None = None
    amended_to: str = ""
    warning: str = ""
    source: str = ""
    note: str = ""


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
    count: "Counted | None" = None
    days: tuple[date, ...] = ()


class Confirmations(Record):
    """The confirmations of one pack: of provisions, of time limits, of the days of moving feasts."""

    provisions: dict[str, Confirmation] = Field(default_factory=dict)
    limits: dict[str, Confirmation] = Field(default_factory=dict)
    holidays: dict[str, Confirmation] = Field(default_factory=dict)


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
    confirmed: Annotated[Confirmation | None, Field(exclude=True)] = None

    @property
    def citable(self) -> bool:
        """Say whether the article may be printed: confirmed by a lawyer, or seen and cleared for it; never a lead."""
        if self.confirmed:
            return bool(self.article)
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
    length: Annotated[str, Field(pattern=LENGTH)]
    grade: Grade
    use: Use
    source: str = ""
    note: str = ""
    confirmed: Annotated[Confirmation | None, Field(exclude=True)] = None

    @property
    def countable(self) -> bool:
        """Say whether a date may be computed from it: never from a lead, nor from what a lawyer must check first."""
        return self.confirmed is not None or (self.use == "number" and self.grade != "lead")


class CountingRule(Record):
    """How days are counted: the first day, and a last day that is a day off; `grade` says how well that is known."""

    starts: Starts = "next-day"
    rolls: Rolls = "forward"
    grade: Grade = "lead"
    source: str = ""
    note: str = ""


class Suspension(Record):
    """The facts between which a time limit does not run."""

    from_: Annotated[str, Field(alias="from")]
    until: str


class Extension(Record):
    """How a time limit may be made longer: from a fact (the decision to extend), by a length of its own."""

    from_: Annotated[str, Field(alias="from")]
    length: Annotated[str, Field(pattern=LENGTH)]
    count: Counted


class TimeLimit(Record):
    """How long something may take, and what it is counted from.

    `runs_from` are the facts it may start with, the first known counts; `ends_with` what fulfils it; `unless` what
    makes it idle; `after` other limits whose silent end starts this one; `next` the letters to send when it passes.
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
    limits: dict[str, str] = Field(default_factory=dict)
    holidays: dict[str, str] = Field(default_factory=dict)


class PackHead(Record):
    """What a pack is."""

    id: str
    country: str = ""
    includes: Texts = ()
    zone: str
    languages: Texts
    counting: CountingRule = CountingRule()
    names: dict[str, str] = Field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LawPack:
    """The law of one country together with the packs it includes.

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


@dataclass(frozen=True, slots=True)
class LawOn:
    """The law as it stood on a day; asking for what was not in force is an error, never an empty answer."""

    pack: LawPack
    day: date

    def provision(self, provision_id: str) -> ProvisionVersion:
        """Return the version of a provision in force that day; raise `DataError` if there is none."""
        version: ProvisionVersion = _on_day(self.pack, "provisions", provision_id, self.day)
        return version

    def has_provision(self, provision_id: str) -> bool:
        """Say whether a provision is in force that day."""
        try:
            self.provision(provision_id)
        except DataError:
            return False
        return True

    def limit(self, limit_id: str) -> LimitVersion:
        """Return the version of a time limit in force that day; raise `DataError` if there is none."""
        version: LimitVersion = _on_day(self.pack, "limits", limit_id, self.day)
        return version


def _on_day(pack: LawPack, section: str, name: str, day: date) -> Any:
    place = pack.places.get(f"{section}/{name}")
    entry = getattr(pack, section).get(name)
    if entry is None:
        raise DataError.one("unknown-law", place, name)
    for version in reversed(entry.versions):
        if (version.from_ is None or version.from_ <= day) and (version.until is None or day <= version.until):
            return version
    raise DataError.one("not-in-force", place, name, day=day.isoformat())
