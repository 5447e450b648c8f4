"""What happened, to whom and when: one group of facts for each kind of event a letter can speak of."""

from typing import Annotated, Literal

from generator.case.people import Body, Entity, Some
from generator.case.values import (
    Answer,
    Code,
    Count,
    Day,
    Label,
    LabelWords,
    Number,
    Phone,
    PlaceWords,
    Ref,
    Story,
    Sum,
    Tri,
    When,
    Withheld,
)


class Incident(Entity):
    """The frame of one episode."""

    started_at: When | None = None
    place: PlaceWords | None = None
    place_kind: Literal["workplace", "street", "home", "station", "school", "prison", "other"] | None = None
    summary: Annotated[Story | None, Withheld()] = None


class Detention(Entity):
    """The time during which a person could not leave, from the first touch to the door."""

    apprehended_at: When | None = None
    officers: Count | None = None
    officers_of: Body = Body()
    id_shown: Tri = Answer.UNKNOWN
    reason_stated: Tri = Answer.UNKNOWN
    reason_quote: Story | None = None
    force: Tri = Answer.UNKNOWN
    force_description: Story | None = None
    handcuffs: Tri = Answer.UNKNOWN
    delivered_to: Body = Body()
    delivered_at: When | None = None
    released_at: When | None = None
    free_to_leave: Tri = Answer.UNKNOWN
    restriction_facts: Story | None = None
    court_order: Tri = Answer.UNKNOWN
    longer_allowed: Tri = Answer.UNKNOWN
    protocol: Tri = Answer.UNKNOWN
    protocol_at: When | None = None
    protocol_copy: Tri = Answer.UNKNOWN
    registered_in_log: Tri = Answer.UNKNOWN
    rights_explained: Tri = Answer.UNKNOWN
    counsel_requested: Tri = Answer.UNKNOWN
    counsel_admitted: Tri = Answer.UNKNOWN
    relatives_told: Tri = Answer.UNKNOWN
    interpreter_needed: Tri = Answer.UNKNOWN
    interpreter: Tri = Answer.UNKNOWN
    medical_exam: Tri = Answer.UNKNOWN
    food_water: Tri = Answer.UNKNOWN
    status_as_told: Literal["none", "witness", "suspect", "accused", "other"] | None = None
    release_document: Tri = Answer.UNKNOWN


class Seizure(Entity):
    """The taking of things or papers."""

    occurred: Tri = Answer.UNKNOWN
    at: When | None = None
    place: PlaceWords | None = None
    by: Ref | None = None
    court_order: Tri = Answer.UNKNOWN
    witnesses: Tri = Answer.UNKNOWN
    protocol: Tri = Answer.UNKNOWN
    protocol_copy: Tri = Answer.UNKNOWN
    inventory: Tri = Answer.UNKNOWN
    sealed: Tri = Answer.UNKNOWN
    paper: Literal["none", "receipt", "record"] | None = None
    paper_date: Day | None = None


class Item(Entity):
    """A thing that was taken."""

    id: Code | None = None
    kind: Literal["phone", "computer", "tablet", "memory", "papers", "money", "other"] | None = None
    description: Story | None = None
    make_model: Label | None = None
    colour: LabelWords | None = None
    imei: tuple[Number, ...] = Some
    serial: Number | None = None
    msisdn: tuple[Phone, ...] = Some
    memory_card: Number | None = None
    condition: Story | None = None
    value: Sum | None = None
    ownership_docs: Tri = Answer.UNKNOWN
    is_evidence: Tri = Answer.UNKNOWN
    evidence_at: Day | None = None
    keeper: Tri = Answer.UNKNOWN
    returned: Tri = Answer.UNKNOWN
    returned_at: When | None = None
    return_document: Tri = Answer.UNKNOWN
    need: Story | None = None


class DeviceAccess(Entity):
    """The reading of a phone or computer; never what was in it."""

    occurred: Tri = Answer.UNKNOWN
    at: When | None = None
    by: Ref | None = None
    passcode: Literal["not_asked", "asked", "forced", "given"] | None = None
    consent: Tri = Answer.UNKNOWN
    court_order: Tri = Answer.UNKNOWN
    facts: Story | None = None
    copies_made: Tri = Answer.UNKNOWN
    apps: tuple[Literal["messages", "photos", "cloud", "banking", "contacts", "other"], ...] = Some


class Questioning(Entity):
    """An interrogation or talk; its content stays with the client."""

    occurred: Tri = Answer.UNKNOWN
    at: When | None = None
    by: Ref | None = None
    recorded: Tri = Answer.UNKNOWN
    protocol: Tri = Answer.UNKNOWN
    counsel_present: Tri = Answer.UNKNOWN
    private: Tri = Answer.UNKNOWN
    consent: Tri = Answer.UNKNOWN
    topics: Annotated[
        tuple[Literal["private_life", "health", "contacts", "religion", "work"], ...], Withheld("orientation")
    ] = Some
    content: Annotated[Story | None, Withheld()] = None


class Act(Entity):
    """One act of ill-treatment."""

    what: Story | None = None
    when: When | None = None
    by: Ref | None = None
    duration: Label | None = None


class Injury(Entity):
    """One injury, as seen."""

    site: LabelWords | None = None
    kind: LabelWords | None = None
    size: Label | None = None
    colour: LabelWords | None = None
    first_seen: When | None = None


class IllTreatment(Entity):
    """Violence or humiliation; pleaded in a report of its own."""

    acts: tuple[Act, ...] = Some
    aim: Literal["confession", "punishment", "humiliation"] | None = None
    injuries: tuple[Injury, ...] = Some
    photos: tuple[Ref, ...] = Some


class Summons(Entity):
    """A call to appear, however it was made."""

    said_at: When | None = None
    form: Literal["oral", "phone", "written", "via_employer"] | None = None
    written: Tri = Answer.UNKNOWN
    by: Ref | None = None
    at: When | None = None
    place: Body = Body()
    capacity: Literal["none", "witness", "suspect", "accused", "other"] | None = None
    number: Number | None = None
    phone: Phone | None = None
    attends: Tri = Answer.UNKNOWN
    reason_to_postpone: Story | None = None
    reason_proved: Tri = Answer.UNKNOWN
    proposed_at: When | None = None
    confirm_by: When | None = None
