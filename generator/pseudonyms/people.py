"""The names of the people of a case: every form the case gives or the rules make, and the invented name for each."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import partial
from typing import NamedTuple

from generator.case.model import CaseFile
from generator.case.people import Person
from generator.names.decline import CASES, Kind, Sex, decline
from generator.pseudonyms.invented import Invented, forms_of, invent
from generator.pseudonyms.spelling import LONG, WORD, folded, is_latin, sounds, stem_of, stems_in

KINDS: tuple[Kind, ...] = ("surname", "given_name", "patronymic")
"""The parts of a name in the order of Russian and Tajik."""
_WESTERN: tuple[Kind, ...] = ("given_name", "patronymic", "surname")
_ORDER: Mapping[str, tuple[Kind, ...]] = {"en": _WESTERN, "az": _WESTERN}
_ALIKE = 0.5  # two words that are less alike are no spellings of one name
_SHORT = 3  # so few letters sound like a word in some language
_WOMANS = ("ова", "ева", "ёва", "ина", "ская", "вна", "кизи", "кызы", "қизи", "ova", "eva", "ovna", "evna")
_FATHERS = ("ович", "евич", "овна", "евна", "инична", "ична", "ич", "ovich", "evich", "ovna", "evna")
_OWN = ("ов", "ев", "ёв", "ин", "ын", "ov", "ev", "in")
_PLURAL = ("ы", "ых", "ым", "ыми")


class Part(NamedTuple):
    """A word of a person's name, as the case first gives it."""

    kind: Kind
    word: str
    sex: Sex
    path: str

    @property
    def key(self) -> tuple[Kind, str]:
        """Return what words of one name share: a surname of both sexes, the father of brothers and sisters."""
        if self.kind == "surname":
            return self.kind, folded(_masculine(self.word))
        ends = _FATHERS if self.kind == "patronymic" else ()
        low = self.word.casefold()
        return self.kind, folded(low.removesuffix(next((end for end in ends if low.endswith(end)), "")))


class Use(NamedTuple):
    """What a form that stands in the case is: of which name, for which sex, in which grammatical case, and script.

    What follows the invented form, such as an ending of many, stands in `end`.
    """

    name: Invented
    sex: Sex
    case: str
    latin: bool
    end: str = ""

    @property
    def new(self) -> str:
        """Return the invented form."""
        return self.name.form(self.sex, self.case, latin=self.latin) + self.end


@dataclass(frozen=True, slots=True)
class People:
    """The names of a case: each form by its spelling, each stem with the path of a person, and the parts of each."""

    uses: Mapping[str, Use]
    stems: Mapping[str, str]
    parts: Mapping[str, tuple[Part, ...]]
    invented: Mapping[tuple[Kind, str], Invented]
    initials: Mapping[tuple[Kind, str], frozenset[str]]
    written: frozenset[str]
    heard: Mapping[str, Use]

    def full(self, path: str, language: str, case: str = "nom") -> str:
        """Return the invented full name of a person in a language."""
        kinds = _ORDER.get(language, KINDS)
        return " ".join(filter(None, (self.part(path, kind, language, case) for kind in kinds)))

    def part(self, path: str, kind: Kind, language: str = "", case: str = "nom") -> str:
        """Return the invented words for one part of a name; empty where the person has none."""
        found = [part for part in self.parts[path] if part.kind == kind]
        latin = language in _ORDER or (not language and bool(found) and is_latin(found[0].word))
        between = "-" if kind == "surname" else " "
        return between.join(self.invented[part.key].form(part.sex, case, latin=latin) for part in found)


def people_of(facts: CaseFile, protected: Iterable[str]) -> People:
    """Find all names of a case and invent one for each; none that contains one of them, or a `protected` word."""
    persons = dict(_persons(facts))
    parts = {path: tuple(_parts(person, path)) for path, person in persons.items()}
    stems: dict[str, str] = {}
    for path, person in persons.items():
        for word in _words(person):
            stems.setdefault(stem_of(word), path)
    written = frozenset(word for person in persons.values() for word in _words(person))
    every = [part for each in parts.values() for part in each]
    never = [*protected, *(word for word in written if len(word) >= _SHORT)]  # Гулола would hold the name Лола
    invented = _invented(every, stems, list(map(folded, never)))
    uses: dict[str, Use] = {}
    nominatives: dict[str, Use] = {}
    initials: dict[tuple[Kind, str], set[str]] = {}
    for path, person in persons.items():
        for form, part, case in (*_given(person, parts[path]), *_by_rule(parts[path])):
            uses.setdefault(folded(form), Use(invented[part.key], part.sex, case, is_latin(form)))
            if case == "nom":
                nominatives.setdefault(form, uses[folded(form)])
            initials.setdefault(part.key, set()).add(folded(form[:1]))
    for part in every:
        for form, use in _of_family(part, invented[part.key]):
            uses.setdefault(folded(form), use)
            if use.case == "nom" and not use.end:
                nominatives.setdefault(form, use)
    letters = {key: frozenset(found) for key, found in initials.items()}
    heard = {sounds(form): use for form, use in nominatives.items() if len(form) > _SHORT}
    return People(uses, stems, parts, invented, letters, written, heard)


def _persons(facts: CaseFile) -> Iterator[tuple[str, Person]]:
    for group in type(facts).model_fields:
        value = getattr(facts, group)
        for number, person in enumerate(value if isinstance(value, tuple) else (), 1):
            if isinstance(person, Person):
                yield f"{group}[{number}]", person


def _words(person: Person) -> Iterator[str]:
    """Yield every word of every form of a name."""
    texts = [getattr(person, kind) or "" for kind in KINDS]
    texts += [text for _, _, text in _forms(person)]
    yield from (word for text in texts for word in _split(text))


def _forms(person: Person) -> Iterator[tuple[str, str, str]]:
    for language in type(person.name_forms).model_fields:
        forms = getattr(person.name_forms, language)
        yield from ((language, case, text) for case in ("nom", *CASES) if (text := getattr(forms, case)))


def _split(text: str) -> list[str]:
    return [found[0] for found in WORD.finditer(text) if len(found[0]) > 1]


def _parts(person: Person, path: str) -> Iterator[Part]:
    """Yield the words of a name; of a father's name the first, for those after it mean son or daughter."""
    told = {kind: getattr(person, kind) or "" for kind in KINDS}
    womans = any(word.casefold().endswith(_WOMANS) for word in _words(person))
    sex: Sex = person.sex or ("f" if womans else "m")
    for kind, text in (told if any(told.values()) else _from_forms(person)).items():
        words = _split(text)
        yield from (Part(kind, word, sex, path) for word in (words[:1] if kind == "patronymic" else words))


def _from_forms(person: Person) -> dict[Kind, str]:
    """Take a name apart that the case gives as a whole only, in the usual order of its language."""
    for language, case, text in _forms(person):
        words = _split(text)
        order = _ORDER.get(language, KINDS)
        kinds = order if len(words) > len(("surname", "given name")) else [k for k in order if k != "patronymic"]
        if words and case == "nom":
            return dict(zip(kinds if len(words) > 1 else ("surname",), words, strict=False))
    return {}


def _invented(parts: Sequence[Part], stems: Collection[str], never: Sequence[str]) -> dict[tuple[Kind, str], Invented]:
    invented: dict[tuple[Kind, str], Invented] = {}
    taken: set[str] = set()
    within = [*never, *(stem for stem in stems if len(stem) >= LONG)]

    def is_free(name: Invented, part: Part) -> bool:
        forms = {folded(form) for form in forms_of(name)}
        alike = any(stem in stems for form in forms for stem in stems_in(form))
        within_it = any(word in form for form in forms for word in within)
        same_initial = part.kind == "given_name" and folded(part.word[:1]) in {form[:1] for form in forms}
        return not (name.stem in taken or alike or within_it or same_initial)

    for part in parts:
        if part.key not in invented:
            invented[part.key] = invent(part.kind, part.sex, partial(is_free, part=part), part.path)
            taken.add(invented[part.key].stem)
    return invented


def _given(person: Person, parts: Sequence[Part]) -> Iterator[tuple[str, Part, str]]:
    """Yield the forms the case gives: each word, the part it is a form of, and the grammatical case."""
    yield from ((part.word, part, "nom") for part in parts)
    for language, case, text in _forms(person):
        left = list(parts)
        for word in _split(text):
            best = max(left, key=lambda part: _likeness(word, part.word), default=None)  # used at once
            if best and _likeness(word, best.word) >= _ALIKE:
                left.remove(best)
                yield word, best, case if language == "ru" else "nom"


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, sounds(one), sounds(other), autojunk=False).ratio()


def _by_rule(parts: Sequence[Part]) -> Iterator[tuple[str, Part, str]]:
    for part in parts:
        found = decline(part.kind, part.sex, part.word)
        if not isinstance(found, str):
            yield from ((form, part, case) for case, form in found.forms.items())


def _masculine(surname: str) -> str:
    """Return the form of a surname that a man has, where that is plain: Рахимов of Рахимова."""
    low = surname.casefold()
    return surname[:-1] if low.endswith(tuple(f"{own}{a}" for own in _OWN for a in "аa")) else surname


def _of_family(part: Part, name: Invented) -> Iterator[tuple[str, Use]]:
    """Yield the forms that others of the family have: of the other sex, and of several."""
    man = _masculine(part.word)
    if part.kind != "surname" or not man.casefold().endswith(_OWN):
        return
    if is_latin(man):
        yield man, Use(name, "m", "nom", latin=True)
        yield f"{man}a", Use(name, "f", "nom", latin=True)
        return
    sexes: tuple[Sex, ...] = ("m", "f")
    for sex in sexes:
        form = man if sex == "m" else f"{man}а"
        yield form, Use(name, sex, "nom", latin=False)
        found = decline("surname", sex, form)
        if not isinstance(found, str):
            yield from ((text, Use(name, sex, case, latin=False)) for case, text in found.forms.items())
    yield from ((f"{man}{end}", Use(name, "m", "nom", latin=False, end=end)) for end in _PLURAL)
