"""The words for people, posts, ranks and bodies in the grammatical cases of one language."""

from dataclasses import dataclass
from typing import Any

from generator.case.people import Body, NameForms, is_empty
from generator.case.values import Answer
from generator.law.model import LawPack
from generator.law.wording import Forms
from generator.letters.language import LanguageFile
from generator.letters.view import Group, Told, Unknown, Words, entity_of, in_own_words

CASES = ("nom", "gen", "dat", "acc", "ins", "prep")
HOLDERS = ("prosecutor", "head")
"""Roles of those who hold the office of an authority: its post in the pack is their post."""


@dataclass(frozen=True, slots=True)
class Naming(Words):
    """The names of one letter: its language, and the law whose offices it writes to."""

    language: LanguageFile
    law: LawPack

    def name(self, person: Any, case: str = "nom") -> Any:
        """Write a person's full name in a grammatical case; an unconfirmed form is a gap, never a guess."""
        entity, path = entity_of(person)
        full = self._full_name(entity) if in_own_words(person) else ""
        return self._forms(entity.name_forms, f"{path}.name_forms", case, full)

    def signed(self, person: Any) -> Any:
        """Write a person's name as it stands under a letter: «Р. С. Рахимов».

        In English it is the full name; so it is where the case is written in another language, and the name given for
        this one has other parts than the person has.
        """
        entity, path = entity_of(person)
        own = tuple(name for name in (entity.surname, entity.given_name, entity.patronymic) if name)
        spelt = (getattr(entity.name_forms, self.language.language).nom or "").split()
        parts = own if in_own_words(person) else tuple(spelt)
        named = bool(entity.surname and entity.given_name) and len(parts) == len(own)
        if self.language.language == "en" or not named:
            return self.name(person)
        surname, *given = parts
        initials = " ".join(f"{name[0]}." for name in given)
        return Told(self.language.name["signed"].format(initials=initials, surname=surname), f"{path}.surname")

    def body(self, group: Any, case: str = "nom") -> Any:
        """Write the name of a body: the official one of the pack, or the words the case file gives."""
        entity, path = entity_of(group)
        if entity.authority:
            return self._authority(Told(entity.authority, f"{path}.authority"), case, "body")
        return self._forms(entity.name, f"{path}.name", case)

    def post(self, office: Any, case: str = "nom") -> Any:
        """Write the office one addresses: «Генеральному прокурору Республики Таджикистан».

        It is an authority by its key, or an official: then his post, his body, rank and name as far as known.
        """
        match office:
            case Unknown():
                return office
            case Group() if isinstance(entity_of(office)[0], Body):
                return self.body(office)
            case Group():
                return self._official(office, case)
            case _:
                return self._authority(office, case, "post")

    def position(self, official: Any, case: str = "nom", *, before_body: bool = False) -> Any:
        """Write the post of an official: the words of the case file, else the usual one of his role in the pack."""
        entity, path = entity_of(official)
        own = getattr(entity.position, self.language.language)
        words = self.law.wording.get(self.language.language)
        usual = words.posts.get(entity.role) if words and entity.role else None
        if own.nom or not usual:
            return self._forms(entity.position, f"{path}.position", case, known=self._posts())
        return Told((before_body and usual.of) or self._bent(usual, case), f"{path}.role")

    def rank(self, official: Any, case: str = "nom") -> Any:
        """Write the rank of an official; the forms of the usual ranks stand in the pack."""
        entity, path = entity_of(official)
        words = self.law.wording.get(self.language.language)
        return self._forms(entity.rank, f"{path}.rank", case, known=words.ranks if words else ())

    def agree(self, person: Any, masculine: str, feminine: str) -> Any:
        """Choose the words that agree with a person's sex."""
        entity, path = entity_of(person)
        return {"m": masculine, "f": feminine}.get(entity.sex) or Unknown(f"{path}.sex")

    @property
    def _caseless(self) -> bool:
        return self.language.cite.act_case == "nom"

    def _official(self, official: Group, case: str) -> Any:
        entity, path = entity_of(official)
        holder = entity.role in HOLDERS and entity.authority.authority and is_empty(entity.position)
        of_body = (not holder and bool(entity.authority.authority)) or not is_empty(entity.authority.name)
        parts = [
            self._authority(Told(entity.authority.authority, f"{path}.authority"), case, "post")
            if holder
            else self.position(official, case, before_body=of_body)
        ]
        if of_body:
            parts.append(self.body(official.authority, "gen"))
        person = [self.rank(official, case)] if not is_empty(entity.rank) else []
        person += [self.name(official, case)] if entity.surname else []
        unknown = next((part for part in (*parts, *person) if not isinstance(part, str)), None)
        if unknown is not None:
            return unknown
        written = [self.language.chained(parts, "office"), " ".join(person)]
        return Told(self.language.chained([part for part in written if part], "officer"), path)

    def _forms(self, names: NameForms, path: str, case: str, full: str = "", known: tuple[Forms, ...] = ()) -> Any:
        """Write a name in a case from its own forms, or from known ones that begin with the same nominative."""
        _must_be_a_case(case)
        forms = getattr(names, self.language.language)
        where = f"{path}.{self.language.language}"
        nominative = forms.nom or full
        if not nominative:
            return Unknown(f"{where}.nom")
        if case == "nom" or forms.declines is Answer.NO or self._caseless:
            return Told(nominative, where)
        same = next((each for each in known if each.nom == nominative), None)
        form = getattr(forms, case) or (getattr(same, case) if same else None)
        return Told(form, f"{where}.{case}") if form else Unknown(f"{where}.{case}")

    def _posts(self) -> tuple[Forms, ...]:
        words = self.law.wording.get(self.language.language)
        return tuple(words.posts.values()) if words else ()

    def _authority(self, key: Told, case: str, which: str) -> Any:
        """Write an authority of the pack, its office (`post`) or the body."""
        words = self.law.wording.get(self.language.language)
        entry = words.authorities.get(key) if words else None
        forms = getattr(entry, which, None) or getattr(entry, "body", None) or getattr(entry, "post", None)
        form = forms and self._bent(forms, case)
        return Told(form, key.path) if form else Unknown(key.path)

    def _bent(self, forms: Forms, case: str) -> str:
        _must_be_a_case(case)
        return str(getattr(forms, "nom" if self._caseless else case))

    def _full_name(self, entity: Any) -> str:
        if not entity.surname:
            return ""
        parts = self.language.name["full"].format(
            surname=entity.surname, given=entity.given_name or "", patronymic=entity.patronymic or ""
        )
        return " ".join(parts.split())


def _must_be_a_case(case: str) -> None:
    """Refuse what is no grammatical case: a text may ask for anything."""
    if case not in CASES:
        raise ValueError(case)
