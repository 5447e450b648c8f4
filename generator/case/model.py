"""The case file as a whole, and the case as the program sees it: facts with the places they came from."""

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from generator.case.happenings import (
    Detention,
    DeviceAccess,
    IllTreatment,
    Incident,
    Item,
    Questioning,
    Seizure,
    Summons,
)
from generator.case.people import Body, Consent, Entity, Medical, NationalId, Official, Person, Representative, Some
from generator.case.people import Witness as _Witness
from generator.case.procedure import Event, Evidence, Inquiry, Meeting, Proceedings, Submission
from generator.case.values import (
    Address,
    Answer,
    Code,
    Country,
    Day,
    Email,
    Kind,
    Language,
    Name,
    Number,
    Organisation,
    Phone,
    Plain,
    Ref,
    Story,
    Tri,
    Withheld,
)
from generator.errors import Place
from generator.sources import Places, nearest


class Client(Person):
    """The person for whom a letter speaks. Groups of facts under a client win over the same groups of the case."""

    birth_date: Day | None = None
    citizenship: Country | None = None
    national_id: Annotated[NationalId, Withheld()] = NationalId()
    address_registered: Annotated[Address | None, Withheld()] = None
    address_actual: Annotated[Address | None, Withheld()] = None
    address_service: Address | None = None
    phone: Phone | None = None
    email: Email | None = None
    languages: tuple[Language, ...] = Some
    needs_interpreter: Tri = Answer.UNKNOWN
    occupation: Annotated[Story | None, Withheld("employer")] = None
    workplace: Annotated[Organisation | None, Withheld("employer")] = None
    minor: Tri = Answer.UNKNOWN
    health_need: Annotated[Tri, Withheld("health")] = Answer.UNKNOWN
    health_details: Annotated[Story | None, Withheld("health")] = None
    orientation: Annotated[Story | None, Withheld("orientation")] = None
    convicted: Tri = Answer.UNKNOWN
    settled_home: Tri = Answer.UNKNOWN
    settled_work: Annotated[Tri, Withheld("employer")] = Answer.UNKNOWN
    appears: Tri = Answer.UNKNOWN
    pseudonym: Annotated[Name | None, Withheld()] = None
    incident: Incident | None = None
    detention: Detention | None = None
    seizure: Seizure | None = None
    items: tuple[Item, ...] | None = None
    device_access: DeviceAccess | None = None
    questioning: Questioning | None = None
    ill_treatment: IllTreatment | None = None
    summons: Summons | None = None
    proceedings: Proceedings | None = None
    medical: Medical | None = None


class CaseHead(Entity):
    """What the case is, in a code without names."""

    id: Code
    country: Country
    language: Language = "ru"
    stage: Literal["incident", "first_hours", "pre_charge", "charged", "trial", "closed"] | None = None
    retaliation_risk: Literal["low", "medium", "high"] | None = None


class LetterSettings(Entity):
    """What a lawyer settles for one letter: when, to whom, who signs, what is enclosed."""

    date: Day | None = None
    place: Address | None = None
    addressee: Ref | None = None
    copies: tuple[Ref, ...] = Some
    signer: Literal["client", "representative"] | None = None
    reason_for_level: Story | None = None
    annexes: tuple[Ref, ...] = Some
    evidence_period: Story | None = None
    out_no: Number | None = None
    answer_by: Day | None = None
    hotline: Phone | None = None


class CaseFile(Entity):
    """A case file: everything a lawyer writes down about one case."""

    case: CaseHead
    clients: Annotated[tuple[Client, ...], Field(min_length=1)]
    representatives: tuple[Representative, ...] = Some
    officials: tuple[Official, ...] = Some
    incident: Incident = Incident()
    detention: Detention = Detention()
    seizure: Seizure = Seizure()
    items: tuple[Item, ...] = Some
    device_access: DeviceAccess = DeviceAccess()
    questioning: Questioning = Questioning()
    ill_treatment: IllTreatment = IllTreatment()
    summons: Summons = Summons()
    proceedings: Proceedings = Proceedings()
    medical: Medical = Medical()
    witnesses: tuple[_Witness, ...] = Some
    meetings: tuple[Meeting, ...] = Some
    events: tuple[Event, ...] = Some
    evidence: tuple[Evidence, ...] = Some
    submissions: tuple[Submission, ...] = Some
    inquiries: tuple[Inquiry, ...] = Some
    protection_requested: Tri = Answer.UNKNOWN
    letters: dict[Kind, LetterSettings] = Field(default_factory=dict)
    consent: Consent = Consent()
    private_note: Annotated[Story | None, Withheld()] = None
    withhold: tuple[Plain, ...] = Some
    protected_words: tuple[Plain, ...] = Some


OWN_GROUPS = tuple(name for name in Client.model_fields if name in CaseFile.model_fields)
"""The groups of facts that may stand for the whole case or under one client."""


@dataclass(frozen=True, slots=True)
class Case:
    """A case as loaded: its facts, and where each stands in the file."""

    facts: CaseFile
    places: Places
    file: str

    def place(self, path: str) -> Place:
        """Return the place of the fact at a path, or of the nearest thing above it that the file holds."""
        return nearest(path, self.file, self.places)


__all__ = ["OWN_GROUPS", "Body", "Case", "CaseFile", "CaseHead", "Client", "LetterSettings"]
