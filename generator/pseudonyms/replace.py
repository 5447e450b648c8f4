"""The twin of a case: the same facts of invented people, and all that must not be left of the real ones."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from generator.case.model import Case
from generator.case.people import CaseForms, NameForms, Person
from generator.case.values import Moment
from generator.errors import CaseError, Problem
from generator.names.decline import CASES
from generator.pseudonyms import marks
from generator.pseudonyms.marks import Common
from generator.pseudonyms.people import KINDS, People, people_of
from generator.pseudonyms.reading import (
    BIRTH,
    Reading,
    codes_of,
    field_of,
    fragments_of,
    new_code,
    numbers_of,
    phrases_of,
    things_of,
    town_of,
)
from generator.pseudonyms.story import Unsure, retold
from generator.pseudonyms.tokens import Thing, Tokens
from generator.pseudonyms.walk import Leaf, rewritten

_HIDDEN = "…"


class Replaced(NamedTuple):
    """One line of the key: what kind of thing it is, how the case has it, and what stands in its place."""

    kind: str
    original: str
    pseudonym: str


@dataclass(frozen=True, slots=True)
class Twin:
    """A case told of invented people, what must not be left of the real ones, and the key from one to the other.

    `codes` are the new codes of things within the case.
    """

    case: Case
    tokens: Tokens
    key: tuple[Replaced, ...]
    codes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Known:
    """What the program has of its own: common words, offices, kinds of letter; and the words to keep."""

    common: Common
    offices: Collection[str]
    kinds: Collection[str]
    keep: frozenset[str] = field(default_factory=frozenset)


def twin_of(case: Case, known: Known) -> Twin:
    """Return the pseudonymised twin of a case; raise `CaseError` with the paths of texts that cannot be told again."""
    reading, case_code = Reading(), new_code()
    rewritten(case.facts, reading)
    people = people_of(case.facts, case.facts.protected_words)
    things, codes = things_of(reading.leaves), codes_of(reading.leaves)
    secrets, fragments = numbers_of(reading, case_code), fragments_of(reading, known.offices)
    phrases, proper, small = phrases_of(reading.leaves, things, people, known.common)
    tokens = Tokens(people, phrases, proper, small, tuple(secrets), known.common, known.keep, fragments)
    numbers = {secret.path: secret.new for secret in secrets}
    writing = _Writing(case.facts.case.language, tokens, things, numbers, codes | {"": case_code}, known)
    facts = rewritten(case.facts, writing)
    left = _Left(tokens)
    rewritten(facts, left)
    if problems := [*writing.problems, *left.problems]:
        raise CaseError(Problem(name, case.place(path), path) for name, path in problems)
    return Twin(Case(facts, case.places, case.file), tokens, tuple(dict.fromkeys(writing.rows)), codes)


class _Writing:
    """Put invented names and marks in the place of what a field says it tells."""

    def __init__(  # noqa: PLR0913, PLR0917  # one argument for each thing that is put in
        self,
        language: str,
        tokens: Tokens,
        things: Mapping[str, Thing],
        numbers: Mapping[str, str],
        codes: Mapping[str, str],
        known: Known,
    ) -> None:
        self.language, self.tokens, self.things = language, tokens, things
        self.numbers, self.codes, self.known = numbers, codes, known
        self.problems: list[tuple[str, str]] = []
        self.rows: list[Replaced] = []
        self._own = frozenset({*tokens.people.uses, *tokens.people.stems})

    def text(self, leaf: Leaf) -> str:
        new = self._new(leaf)
        if leaf.kind not in {"story", "label", "plain", "reference"} and new not in {leaf.text, _HIDDEN}:
            self.rows.append(Replaced(leaf.kind, leaf.text, new))
        return new

    def _new(self, leaf: Leaf) -> str:  # noqa: PLR0911  # one for each kind
        language = leaf.language or self.language
        match leaf.kind:
            case "plain":
                return leaf.text
            case "code":
                return self.codes["" if leaf.path == "case.id" else leaf.text]
            case "reference":
                return self._reference(leaf.text)
            case "phone" | "number" | "email":
                return self.numbers[leaf.path]
            case "organisation":
                return marks.organisation(self.things[field_of(leaf)].number, language, leaf.case)
            case "place":
                return marks.told("place", self.things[field_of(leaf)].number, language)
            case "address":
                return marks.in_town(leaf.text, self.things[field_of(leaf)].number, language, self._own)
            case "story" | "label" if not leaf.hidden:
                return self._story(leaf, language)
            case _:
                return _HIDDEN

    def _story(self, leaf: Leaf, language: str) -> str:
        try:
            return retold(leaf.text, language, self.tokens, names_marked=leaf.kind == "story")
        except Unsure as why:
            self.problems.append((str(why), leaf.path))
            return _HIDDEN

    def _reference(self, text: str) -> str:
        if text in self.codes:
            return self.codes[text]
        town = town_of(text, self.known.offices)
        return self.key(text) if town == text else town

    def key(self, name: str) -> str:
        for old, new in self.codes.items():
            if old and name.removesuffix(f"-{old}") in self.known.kinds and name not in self.known.kinds:
                return f"{name.removesuffix(f'-{old}')}-{new}"
        return name

    def person(self, person: Person, path: str) -> Mapping[str, Any]:
        people = self.tokens.people
        new: dict[str, Any] = {}
        for kind in KINDS:
            if told := getattr(person, kind):
                new[kind] = people.part(path, kind) or _HIDDEN
                self.rows.append(Replaced(kind.replace("_", " "), told, new[kind]))
        told_in = [name for name in person.name_forms.model_fields_set if _is_told(getattr(person.name_forms, name))]
        forms = {language: _forms(people, path, language) for language in told_in}
        for language in told_in:
            old = getattr(person.name_forms, language).nom
            self.rows += [Replaced(f"name ({language})", old, forms[language].nom or "")] if old else []
        new["name_forms"] = person.name_forms.model_copy(update=forms)
        return new

    def day(self, value: date | Moment, path: str) -> date | Moment:
        return value.replace(month=1, day=1) if path.endswith(BIRTH) and isinstance(value, date) else value


def _is_told(forms: CaseForms) -> bool:
    return bool(forms.model_fields_set)


def _forms(people: People, path: str, language: str) -> CaseForms:
    cases = ("nom", *CASES) if language == "ru" else ("nom",)
    return CaseForms(**{case: people.full(path, language, case) or _HIDDEN for case in cases})


class _Left(Reading):
    """Look whether a twin still tells what it must not."""

    def __init__(self, tokens: Tokens) -> None:
        super().__init__()
        self.tokens = tokens
        self.problems: list[tuple[str, str]] = []

    def text(self, leaf: Leaf) -> str:
        if leaf.kind != "plain":
            self._look(leaf.text, leaf.path)
        return leaf.text

    def person(self, person: Person, path: str) -> Mapping[str, Any]:
        told = super().person(person, path)
        for name, value in told.items():
            for text in _texts(value):
                self._look(text, f"{path}.{name}")
        return told

    def _look(self, text: str, path: str) -> None:
        if next(self.tokens.left_in(text, whole=False), None) is not None:
            self.problems.append(("original-left", path))


def _texts(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case NameForms():
            for language in value.model_fields_set:
                yield from filter(None, (getattr(getattr(value, language), case) for case in ("nom", *CASES)))
