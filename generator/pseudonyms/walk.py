"""Go through every text and date of a case file, with what its field says it tells, and put others in their place."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import Annotated, Any, NamedTuple, Protocol, get_args, get_origin

from generator.case.model import CaseFile
from generator.case.people import CaseForms, Consent, Entity, NameForms, Person
from generator.case.values import Answer, Moment, Tells, Withheld

CASES = ("nom", "gen", "dat", "acc", "ins", "prep")


class Leaf(NamedTuple):
    """One text of a case: where it stands, what its field tells, in which language and grammatical case.

    `language` is empty for the language of the case. A `hidden` text is one that no letter says.
    """

    path: str
    kind: str
    text: str
    language: str = ""
    case: str = "nom"
    hidden: bool = False


class Rewriting(Protocol):
    """What is put in the place of texts, names of persons, dates, and the keys of the settings of letters."""

    def text(self, leaf: Leaf) -> str:
        """Return the new text of a leaf."""

    def person(self, person: Person, path: str) -> Mapping[str, Any]:
        """Return the new names of a person, by field; no other function gets them."""

    def day(self, value: date | Moment, path: str) -> date | Moment:
        """Return the new date of a field."""

    def key(self, name: str) -> str:
        """Return the new name of the settings of a letter."""


def rewritten(facts: CaseFile, how: Rewriting) -> CaseFile:
    """Return the facts with every text, name and date as `how` wants it; what nobody told stays untold."""
    new = _Walk(how, facts.consent).entity(facts, "", hidden=False)
    return new if isinstance(new, CaseFile) else facts


def kind_told(model: type[Entity], name: str) -> str:
    """Return what a field of a group says it tells; empty for one that holds no text of its own."""
    return _kinds(model)[name]


@lru_cache(maxsize=128)
def _kinds(model: type[Entity]) -> Mapping[str, str]:
    kinds = {}
    for name, field in model.model_fields.items():
        marks = [*field.metadata, *_marks(field.annotation)]
        kinds[name] = next((mark.kind for mark in marks if isinstance(mark, Tells)), "")
    return kinds


def _marks(annotation: Any) -> Iterator[Any]:
    if get_origin(annotation) is Annotated:
        yield from annotation.__metadata__
    for inner in get_args(annotation):
        yield from _marks(inner)


class _Walk(NamedTuple):
    how: Rewriting
    consent: Consent

    def entity(self, entity: Entity, path: str, *, hidden: bool) -> Entity:
        updates = dict(self.how.person(entity, path)) if isinstance(entity, Person) else {}
        kinds = _kinds(type(entity))
        for name, field in type(entity).model_fields.items():
            if name in entity.model_fields_set and name not in updates:
                inner = f"{path}.{name}" if path else name
                leaf = Leaf(inner, kinds[name], "", hidden=hidden or self._withheld(field.metadata))
                updates[name] = self._value(getattr(entity, name), leaf)
        return entity.model_copy(update=updates)

    def _withheld(self, marks: list[Any]) -> bool:
        found = (mark for mark in marks if isinstance(mark, Withheld))
        return any(not (mark.unless and getattr(self.consent, mark.unless) is Answer.YES) for mark in found)

    def _value(self, value: Any, at: Leaf) -> Any:  # noqa: PLR0911  # one for each kind
        match value:
            case Answer() | None:
                return value
            case date() | Moment():
                return self.how.day(value, at.path)
            case str():
                return self.how.text(at._replace(text=value)) if at.kind else value
            case tuple():
                return tuple(self._value(each, at._replace(path=f"{at.path}[{n}]")) for n, each in enumerate(value, 1))
            case NameForms():
                return self._forms(value, at)
            case Entity():
                return self.entity(value, at.path, hidden=at.hidden)
            case dict() if at.kind:
                return {key: self.how.text(_in_language(at, key, text)) for key, text in value.items()}
            case dict():
                return {self.how.key(key): self._value(each, _below(at, key)) for key, each in value.items()}
            case _:
                return value

    def _forms(self, names: NameForms, at: Leaf) -> NameForms:
        told = {language: getattr(names, language) for language in names.model_fields_set}
        new = {language: self._cases(forms, _in_language(at, language, "")) for language, forms in told.items()}
        return names.model_copy(update=new)

    def _cases(self, forms: CaseForms, at: Leaf) -> CaseForms:
        told = {case: text for case in CASES if (text := getattr(forms, case))}
        leaves = {case: at._replace(path=f"{at.path}.{case}", case=case, text=text) for case, text in told.items()}
        return forms.model_copy(update={case: self.how.text(leaf) for case, leaf in leaves.items()})


def _below(at: Leaf, key: str) -> Leaf:
    return at._replace(path=f"{at.path}.{key}")


def _in_language(at: Leaf, language: str, text: str) -> Leaf:
    return at._replace(path=f"{at.path}.{language}" if language else at.path, language=language, text=text)
