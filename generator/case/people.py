"""The people of a case: clients, those who act for them, officials, witnesses; and the words that name them."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from generator.case.values import (
    Address,
    AddressLine,
    Answer,
    Code,
    Day,
    Email,
    Language,
    Name,
    Number,
    Organisation,
    OrganisationLine,
    Phone,
    PlaceWords,
    Ref,
    Story,
    Tells,
    Text,
    Tri,
    When,
    Withheld,
)

Some: Any = Field(default_factory=tuple)


class Entity(BaseModel):
    """A group of facts. A key that is absent, or says `unknown`, is a fact nobody has told us yet."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    @model_validator(mode="before")
    @classmethod
    def _unknown_is_absent(cls, value: Any) -> Any:
        if isinstance(value, dict) and "unknown" in value.values():
            return {key: inner for key, inner in value.items() if inner != "unknown"}
        return value


@lru_cache(maxsize=128)
def empty(model: type[Entity]) -> Any:
    """Return the group of a type of which nobody has told anything; groups are frozen, so that one is enough."""
    return model()


def is_empty(group: Entity) -> bool:
    """Say whether nobody has told anything of a group."""
    return not group.model_fields_set or vars(group) == vars(empty(type(group)))


def groups_in(annotation: Any) -> Iterator[type[Entity]]:
    """Yield every group of facts that a field of this type may hold, within lists, mappings and alternatives."""
    if isinstance(annotation, type) and issubclass(annotation, Entity):
        yield annotation
    for inner in getattr(annotation, "__args__", ()):
        yield from groups_in(inner)


class CaseForms(Entity):
    """One name in the grammatical cases a language has; a single text is its `nom`.

    `declines: no` says that the name keeps one form in all cases.
    """

    declines: Tri = Answer.UNKNOWN

    nom: Text | None = None
    gen: Text | None = None
    dat: Text | None = None
    acc: Text | None = None
    ins: Text | None = None
    prep: Text | None = None

    @model_validator(mode="before")
    @classmethod
    def _text_is_nominative(cls, value: Any) -> Any:
        return {"nom": value} if isinstance(value, str) and value != "unknown" else value


class NameForms(Entity):
    """How a name reads in each language."""

    ru: CaseForms = CaseForms()
    tg: CaseForms = CaseForms()
    en: CaseForms = CaseForms()
    kk: CaseForms = CaseForms()
    az: CaseForms = CaseForms()


class NationalId(Entity):
    """A paper or number that identifies a person."""

    kind: Literal["passport", "IIN", "FIN"] | None = None
    number: Number | None = None
    issued_by: OrganisationLine | None = None
    issued_at: Day | None = None


class Person(Entity):
    """A person: names as in the passport, with the forms a letter needs."""

    surname: Name | None = None
    given_name: Name | None = None
    patronymic: Name | None = None
    name_forms: Annotated[NameForms, Tells("person")] = NameForms()
    sex: Literal["m", "f"] | None = None


class Witness(Person):
    """Someone who saw what happened; named in a letter only with his or her own consent."""

    saw: Story | None = None
    consents: Tri = Answer.UNKNOWN
    phone: Annotated[Phone | None, Withheld()] = None
    address: Annotated[AddressLine | None, Withheld()] = None


class Representative(Person):
    """Who acts for the client: an advocate with an order, a legal representative, an organisation."""

    kind: Literal["advocate", "legal_representative", "attorney_in_fact", "ngo", "paralegal"] | None = None
    licence_no: Number | None = None
    order_no: Number | None = None
    order_date: Day | None = None
    power_no: Number | None = None
    power_date: Day | None = None
    bar: Annotated[Organisation | None, Withheld("ngo_named")] = None
    office: Annotated[Organisation | None, Withheld("ngo_named")] = None
    arrives_at: When | None = None
    address: Address | None = None
    phone: Phone | None = None
    email: Email | None = None


class Body(Entity):
    """A body or building: its key in the law pack, or the words on its door with the forms a letter needs."""

    authority: Ref | None = None
    name: Annotated[NameForms, Tells("organisation")] = NameForms()
    address: Address | None = None
    room: Number | None = None


class Official(Person):
    """An officer or official, as far as known; a description serves where there is no name."""

    id: Code | None = None
    role: Literal["officer", "investigator", "inquirer", "head", "prosecutor", "other"] | None = None
    authority: Body = Body()
    position: Annotated[NameForms, Tells("story")] = NameForms()
    rank: Annotated[NameForms, Tells("label")] = NameForms()
    identified: Tri = Answer.UNKNOWN
    named_by: Literal["official", "self"] | None = None
    badge_no: Number | None = None
    room: Number | None = None
    description: Story | None = None


class Consent(Entity):
    """What the client has agreed to; nothing is filed, named or told without it."""

    given_at: Day | None = None
    form: Literal["written", "oral_witnessed"] | None = None
    letters: tuple[Ref, ...] = Some
    addressees: tuple[Ref, ...] = Some
    name: Tri = Answer.UNKNOWN
    photo: Tri = Answer.UNKNOWN
    health: Tri = Answer.UNKNOWN
    orientation: Tri = Answer.UNKNOWN
    employer: Tri = Answer.UNKNOWN
    charge_quoted: Tri = Answer.UNKNOWN
    ngo_named: Tri = Answer.UNKNOWN
    un_disclosure: Tri = Answer.UNKNOWN
    language: Language | None = None
    withdrawn_at: Day | None = None
    record: Ref | None = None


class Medical(Entity):
    """A visit to a doctor after the events; all of it stays with the client unless agreed."""

    seen: Annotated[Tri, Withheld("health")] = Answer.UNKNOWN
    at: Annotated[When | None, Withheld("health")] = None
    where: Annotated[PlaceWords | None, Withheld("health")] = None
    conclusion_no: Annotated[Number | None, Withheld("health")] = None
    findings: Annotated[Story | None, Withheld("health")] = None
