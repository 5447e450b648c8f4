"""What a case holds that must not be left: its texts by what they tell, and the numbers that things get."""

import re
import secrets
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from generator.case.people import Person
from generator.case.values import Moment
from generator.pseudonyms.fragments import Fragments, ends_of, is_district, parts_of, pieces_of
from generator.pseudonyms.marks import Common, titles
from generator.pseudonyms.people import People
from generator.pseudonyms.spelling import key_of, units
from generator.pseudonyms.tokens import Secret, Thing, names_it, phrase_of, secrets_of, secrets_of_day
from generator.pseudonyms.walk import Leaf

NAMES = ("surname", "given_name", "patronymic", "name_forms")
BIRTH = "birth_date"
ENDING = ("phone", "number")
TOWN = 3
"""The parts of the key of the office of a town; a fourth names a part of the town."""
_THINGS = ("organisation", "place", "address")
_NUMBERS = {"phone": "+000 00 000 {n:04d}", "number": "{n:06d}", "email": "person-{n}@example.org"}
_LANGUAGE = re.compile(r"\.[a-z]{2}(\.(nom|gen|dat|acc|ins|prep))?$")


class Reading:
    """Collect every text of a case but the names of persons, and every day of birth."""

    def __init__(self) -> None:
        """Have read nothing."""
        self.leaves: list[Leaf] = []
        self.births: list[tuple[date, str]] = []

    def text(self, leaf: Leaf) -> str:
        """Note a text."""
        self.leaves.append(leaf)
        return leaf.text

    def person(self, person: Person, _path: str) -> Mapping[str, Any]:
        """Leave the names to `people_of`."""
        return {name: getattr(person, name) for name in NAMES if name in person.model_fields_set}

    def day(self, value: date | Moment, path: str) -> date | Moment:
        """Note a day of birth."""
        if path.endswith(BIRTH) and isinstance(value, date):
            self.births.append((value, path))
        return value

    def key(self, name: str) -> str:
        """Leave a key as it is."""
        return name


def field_of(leaf: Leaf) -> str:
    """Return the path of the field that a text belongs to, without language and grammatical case."""
    return _LANGUAGE.sub("", leaf.path) if leaf.language else leaf.path


def codes_of(leaves: Sequence[Leaf]) -> dict[str, str]:
    """Return a new code for each code of the case but its own, which tells nothing."""
    old = dict.fromkeys(leaf.text for leaf in leaves if leaf.kind == "code" and leaf.path != "case.id")
    return {code: f"id-{number}" for number, code in enumerate(old, 1)}


def new_code() -> str:
    """Return a code for a case, chosen by chance; among its digits no letters may stand by chance as a name does."""
    return f"pseudonymised-{secrets.randbelow(10**8):08}"


def things_of(leaves: Sequence[Leaf]) -> dict[str, Thing]:
    """Return the organisation, place or address that each field names; those of one name are one."""
    known: dict[tuple[str, tuple[str, ...]], Thing] = {}
    things: dict[str, Thing] = {}
    count = dict.fromkeys(_THINGS, 0)
    for leaf in leaves:
        if leaf.kind in count:
            same = (leaf.kind, key_of(leaf.text))
            thing = known.get(same) or things.get(field_of(leaf))
            if thing is None:
                count[leaf.kind] += 1
                thing = Thing(leaf.kind, count[leaf.kind], leaf.path)
            known.setdefault(same, thing)
            things.setdefault(field_of(leaf), thing)
    return things


def phrases_of(
    leaves: Sequence[Leaf], things: Mapping[str, Thing], people: People, common: Common
) -> tuple[dict[str, list[tuple[tuple[str, ...], Thing]]], dict[str, Thing], frozenset[str]]:
    """Return how things are found again: by all their words, by one alone, and which words do so in small letters."""
    phrases: dict[str, list[tuple[tuple[str, ...], Thing]]] = {}
    proper: dict[str, Thing] = {}
    small: set[str] = set()
    for leaf in leaves:
        if leaf.kind in _THINGS:
            thing = things[field_of(leaf)]._replace(path=leaf.path)
            if stems := phrase_of(leaf.text, common):
                phrases.setdefault(stems[0], []).append((stems, thing))
            for stem, also_small in names_it(leaf.text, common):
                if stem not in people.stems:
                    proper.setdefault(stem, thing)
                    small |= {stem} if also_small else set()
    return phrases, proper, frozenset(small)


def numbers_of(reading: Reading, case_code: str) -> list[Secret]:
    """Return how numbers, addresses of mail, days of birth and the code of the case are found again."""
    plain: list[Secret] = []
    told = [leaf for leaf in reading.leaves if leaf.kind in _NUMBERS]
    for leaf in told:
        plain += secrets_of(leaf.text, "", leaf.path)
    plain = [each for each in plain if not each.short] + [part for leaf in told for part in _parts(leaf, "")]
    found = list(_replaced(told, plain))
    for day, path in reading.births:
        found += secrets_of_day(day, path)
    own = next(leaf for leaf in reading.leaves if leaf.path == "case.id")
    found += (each for each in secrets_of(own.text, case_code, own.path) if not each.short)
    return found


def _replaced(told: Sequence[Leaf], plain: Sequence[Secret]) -> Iterator[Secret]:
    new: dict[tuple[str, ...], str] = {}
    number = 0
    for leaf in told:
        key = (leaf.kind, *key_of(leaf.text))
        while key not in new:
            number += 1
            text = _NUMBERS[leaf.kind].format(n=number)
            if not any(each.found.search(text) for each in plain):
                new[key] = text
        yield from secrets_of(leaf.text, new[key], leaf.path)
        yield from _parts(leaf, new[key])


def _parts(leaf: Leaf, new: str) -> Iterator[Secret]:
    """Yield how some groups of a number are found: in facts, since so few figures may meet in a letter by chance."""
    for part in parts_of(leaf.text) if leaf.kind == "number" else ():
        yield from (each._replace(short=True) for each in secrets_of(part, new, leaf.path) if not each.short)


def fragments_of(reading: Reading, offices: Collection[str]) -> Fragments:
    """Return the pieces by which numbers, days of birth and the parts of towns that are coarsened would be known."""
    ends = {
        each.pattern: each for leaf in reading.leaves if leaf.kind in ENDING for each in ends_of(leaf.text, leaf.kind)
    }
    districts = {office: pieces_of(office.split(".")[TOWN]) for office in offices if town_of(office, offices) != office}
    told = [
        pieces for office, pieces in districts.items() if any(_names(leaf, office, pieces) for leaf in reading.leaves)
    ]
    return Fragments(tuple(ends.values()), tuple(day for day, _ in reading.births), told, titles())


def town_of(office: str, offices: Collection[str]) -> str:
    """Return the office of the whole town for one that stands for a part of it; else the office itself."""
    town = ".".join(office.split(".")[:TOWN])
    return town if office in offices and town in offices else office


def _names(leaf: Leaf, office: str, pieces: Sequence[str]) -> bool:
    """Say whether a field names a part of a town: by its office, or in words."""
    if leaf.kind == "reference":
        return leaf.text == office
    return leaf.kind in _THINGS and any(is_district(unit.written, [pieces[:1]]) for unit in units(leaf.text))
