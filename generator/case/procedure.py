"""What became of it: the criminal case, meetings, the timeline, evidence, and what was filed and answered."""

from typing import Annotated, Literal

from generator.case.people import Body, Entity, Some
from generator.case.values import Answer, Code, Count, Day, Number, PlaceWords, Ref, Story, Tri, When, Withheld


class Argument(Entity):
    """An element of the charge that nothing in the file proves."""

    key: Ref | None = None
    name: Story | None = None
    argument: Story | None = None


class Charge(Entity):
    """What the client is accused of, in the words of the decision."""

    article: Ref | None = None
    as_named: Story | None = None
    charged_at: Day | None = None
    quote: Annotated[Story | None, Withheld("charge_quoted")] = None
    copy_served: Tri = Answer.UNKNOWN
    particulars: Tri = Answer.UNKNOWN
    elements_not_proved: tuple[Argument, ...] = Some


class Proceedings(Entity):
    """The criminal case, as far as it exists."""

    number: Number | None = None
    opened_at: Day | None = None
    body: Body = Body()
    investigator: Ref | None = None
    supervising_prosecutor: Ref | None = None
    charge: Charge = Charge()
    client_is: Literal["witness", "suspect", "accused"] | None = None
    preventive_measure: Story | None = None
    status: Literal["none", "check", "open", "suspended", "terminated", "court"] | None = None
    terminated_at: Day | None = None
    ground: Story | None = None
    decision_copy: Tri = Answer.UNKNOWN
    ground_requested: Story | None = None
    defence_actions: tuple[Story, ...] = Some
    closed_storage: Tri = Answer.UNKNOWN


class Meeting(Entity):
    """A talk of the client or the lawyer with an official."""

    at: When | None = None
    official: Ref | None = None
    place: PlaceWords | None = None
    told: Story | None = None
    answer: Literal["none", "refused", "promised", "agreed"] | None = None
    notes: Annotated[Story | None, Withheld()] = None
    record: Ref | None = None


class Event(Entity):
    """A line of the timeline."""

    at: When | None = None
    what: Story | None = None
    evidence: tuple[Ref, ...] = Some


class Evidence(Entity):
    """A document or object that proves a fact; `annex` says that letters enclose it."""

    id: Code | None = None
    title: Story | None = None
    kind: Literal["document", "photo", "video", "register", "object"] | None = None
    paper: Literal["order", "power", "consent", "ownership", "submission", "reminder", "reply", "record"] | None = None
    date: Day | None = None
    pages: Count | None = None
    original: Tri = Answer.UNKNOWN
    held_by: Body = Body()
    expires_at: When | None = None


class Reply(Entity):
    """An answer to something filed."""

    at: Day | None = None
    number: Number | None = None
    kind: Literal["granted", "refused", "partial", "forwarded", "none"] | None = None
    unanswered: tuple[Story, ...] = Some
    forwarded_to: Body = Body()
    to_body_complained_of: Tri = Answer.UNKNOWN


class Submission(Entity):
    """Something filed with a body, or said to it, and what came of it."""

    id: Code | None = None
    kind: Literal["complaint", "application", "motion", "request"] | None = None
    subject: Story | None = None
    letter: Ref | None = None
    what: Story | None = None
    to: Body = Body()
    at: Day | None = None
    channel: Literal["hand", "post", "email", "web", "oral"] | None = None
    limit: Ref | None = None
    received_at: Day | None = None
    registered_at: Day | None = None
    suspended_at: Day | None = None
    resumed_at: Day | None = None
    extended_at: Day | None = None
    number: Number | None = None
    proof: Ref | None = None
    result: Story | None = None
    due: Day | None = None
    extension_told: Tri = Answer.UNKNOWN
    stake: Story | None = None
    consequences: Story | None = None
    reply: Reply = Reply()
    reminder_at: Day | None = None
    reminder_no: Number | None = None


class Question(Entity):
    """One thing a lawyer asks a body for."""

    text: Story | None = None
    period: Story | None = None
    form: Story | None = None


class Inquiry(Entity):
    """What a lawyer asks of one body; a preset puts the usual questions for that kind of body."""

    id: Code | None = None
    preset: Literal["attendance", "registers", "cctv", "medical"] | None = None
    to: Body = Body()
    facts: tuple[Story, ...] = Some
    reason: Story | None = None
    at: Day | None = None
    since: When | None = None
    until: When | None = None
    cameras: Story | None = None
    questions: tuple[Question, ...] = Some
    names_client: Tri = Answer.UNKNOWN
    names_case: Tri = Answer.UNKNOWN
    urgent: Tri = Answer.UNKNOWN
    consent_enclosed: Tri = Answer.UNKNOWN
