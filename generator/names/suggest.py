"""What the rules suggest for the full name of a person. It is shown, and never printed in a letter by itself."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import permutations
from typing import Literal

from generator.case.model import Case, CaseFile
from generator.case.paths import value_at
from generator.case.people import CaseForms, Person
from generator.case.values import Answer
from generator.names.decline import CASES, Declined, Kind, decline

LANGUAGE = "ru"
"""The only language with rules; the others keep a name as it is, or have none."""

_PARTS: tuple[Kind, ...] = ("surname", "given_name", "patronymic")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The full name by rule: its forms, the cases where a person must choose and why, or why there is nothing."""

    nominative: str
    forms: Mapping[str, str] = field(default_factory=dict)
    doubts: Mapping[str, str] = field(default_factory=dict)
    none: str = ""

    @property
    def keeps_one_form(self) -> bool:
        """Say whether the name surely is the same in all cases."""
        return bool(self.forms) and not self.doubts and set(self.forms.values()) == {self.nominative}


@dataclass(frozen=True, slots=True)
class Named:
    """A person of a case: where he or she stands, the forms the file has, and what the rules suggest."""

    path: str
    confirmed: Mapping[str, str]
    declines: Answer
    suggestion: Suggestion

    @property
    def missing(self) -> Mapping[str, str]:
        """Return the suggested forms that the file lacks."""
        if self.declines is Answer.NO:
            return {}
        return {case: text for case, text in self.suggestion.forms.items() if case not in self.confirmed}

    def to_write(self, *, unsure: bool) -> Mapping[str, str]:
        """Return what belongs under `name_forms.ru`: `declines: no`, or the missing forms, doubtful ones if asked."""
        missing = self.missing
        if self.suggestion.keeps_one_form and len(missing) == len(CASES):
            return {"declines": "no"}
        return {case: text for case, text in missing.items() if unsure or case not in self.suggestion.doubts}


def named(case: Case) -> Iterator[Named]:
    """Yield every person of a case who has a name."""
    for group in type(case.facts).model_fields:
        value = getattr(case.facts, group)
        for number, person in enumerate(value if isinstance(value, tuple) else (), 1):
            if isinstance(person, Person) and (person.surname or person.name_forms.ru.nom):
                forms = person.name_forms.ru
                yield Named(f"{group}[{number}]", _confirmed(forms), forms.declines, suggest(person))


def standing_of(facts: CaseFile, path: str) -> Literal["", "sure", "unsure"]:
    """Say how sure the suggestion is for the form at a path, as `clients[1].name_forms.ru.gen`; empty for none."""
    holder, _, case = path.partition(f".name_forms.{LANGUAGE}.")
    person = value_at(facts, holder) if case in CASES else None
    if not isinstance(person, Person):
        return ""
    suggestion = suggest(person)
    return "" if case not in suggestion.forms else "unsure" if case in suggestion.doubts else "sure"


def suggest(person: Person) -> Suggestion:
    """Suggest the forms of a person's full name; the sex is never guessed, and odd names get no suggestion."""
    texts = {kind: text for kind in _PARTS if (text := getattr(person, kind))}
    forms = person.name_forms.ru
    nominative = forms.nom or " ".join(texts.values())
    order = _order(texts, nominative)
    if not person.surname or order is None:
        return Suggestion(nominative, none="own-name")
    if person.sex is None:
        return Suggestion(nominative, none="no-sex")
    parts = [decline(kind, person.sex, texts[kind]) for kind in order]
    if faults := [part for part in parts if isinstance(part, str)]:
        return Suggestion(nominative, none=faults[0])
    return _joined(nominative, [part for part in parts if isinstance(part, Declined)], forms)


def _order(texts: Mapping[Kind, str], nominative: str) -> tuple[Kind, ...] | None:
    """Return in which order the parts make up the nominative; `None` where it is made of something else."""
    return next((order for order in permutations(texts) if " ".join(texts[k] for k in order) == nominative), None)


def _joined(nominative: str, parts: list[Declined], known: CaseForms) -> Suggestion:
    """Join the parts; where the file has another form than the rules, or says otherwise, all else is in doubt too."""
    forms = {case: " ".join(part.forms[case] for part in parts) for case in CASES}
    doubts = {case: doubt for part in parts for case, doubt in part.doubts.items()}
    differs = any(forms[case] != text for case, text in _confirmed(known).items() if case in forms)
    if differs or (known.declines is Answer.YES and set(forms.values()) == {nominative}):
        doubts = dict.fromkeys(CASES, "differs")
    return Suggestion(nominative, forms, doubts)


def _confirmed(forms: CaseForms) -> Mapping[str, str]:
    return {case: text for case in ("nom", *CASES) if (text := getattr(forms, case))}
