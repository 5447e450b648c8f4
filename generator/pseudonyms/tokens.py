"""What of a case must not be left in a pseudonymised letter, and how it is found again in a text."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import NamedTuple

from generator.pseudonyms.fragments import Fragments
from generator.pseudonyms.marks import Common, abbreviations, towns
from generator.pseudonyms.people import People, Use
from generator.pseudonyms.spelling import (
    CLITICS,
    LONG,
    WORD,
    Unit,
    folded,
    is_latin,
    rough_stem,
    sounds,
    stems_in,
    units,
)

_BETWEEN = r"[\W_]{0,2}"
_NUMBERED = r"(?:№|\bN[oº°]?\.?|рақами|номер\w*)\s{0,2}"
_ABBREVIATION = 4
_NEAR = 24
_LIKE_NAMES = tuple(map(folded, ("ович", "евич", "овна", "евна", "зода", "заде", "ovich", "ovna", "zoda")))
_TINY = 2
_LOCAL = (9, 8, 7)
"""How many figures a telephone has without the codes of country and town."""


class Thing(NamedTuple):
    """An organisation, place or address: its kind, its number, and the path where it stands first."""

    kind: str
    number: int
    path: str


class Secret(NamedTuple):
    """A number or address that must not be left: how it is found, what stands in its place, and its path.

    A `short` one is found only behind a sign for numbers, since so few digits stand in dates and sums as well.
    """

    found: re.Pattern[str]
    new: str
    path: str
    short: bool


class Hit(NamedTuple):
    """A word that is a name of the case or holds one: how to write it anew, `None` where nobody can tell."""

    unit: Unit
    use: Use | None
    path: str


@dataclass(frozen=True)
class Tokens:
    """All that must not be left of one case.

    `proper` are words that name a thing by themselves, `small` those of them that do so with a small letter, too;
    `keep` are words that the user says are no names, as they are written.
    """

    people: People
    phrases: Mapping[str, Sequence[tuple[tuple[str, ...], Thing]]]
    proper: Mapping[str, Thing]
    small: frozenset[str]
    secrets: Sequence[Secret]
    common: Common
    keep: frozenset[str] = field(default_factory=frozenset)
    fragments: Fragments = field(default_factory=Fragments)

    def hit(self, unit: Unit) -> Hit | None:
        """Return what a word has to do with the names of the case; nothing if it has not."""
        if unit.written not in self._met:
            self._met[unit.written] = self._looked_up(unit)
        known = self._met[unit.written]
        return Hit(unit, *known) if known else None

    def _looked_up(self, unit: Unit) -> tuple[Use | None, str] | None:
        word = unit.folded
        if use := self._use(unit):
            return use, self._path(word)
        if stem := next((stem for stem in stems_in(word) if stem in self.people.stems), ""):
            return None, self.people.stems[stem]
        inside = self._within.search(word) if len(word) > LONG and self._within else None
        return (None, self.people.stems[inside[0]]) if inside else None

    def is_common(self, unit: Unit) -> bool:
        """Say whether a word also stands in the program's own texts."""
        return unit.folded in self.common.words or unit.written in self.keep

    def is_certain_name(self, word: str) -> bool:
        """Say whether a word with a capital letter can be nothing but a name of the case."""
        found = list(units(word))
        names = (unit for unit in found if unit.folded in self.people.uses and unit.folded not in self.common.words)
        return word[:1].isupper() and any(names)

    def phrase_at(self, found: Sequence[Unit], index: int) -> tuple[int, Thing] | None:
        """Return how many words from one on name a thing, and which; nothing if they do not."""
        fitting = [
            (len(stems), thing)
            for stems, thing in self.phrases.get(rough_stem(found[index].folded), ())
            if stems == tuple(rough_stem(unit.folded) for unit in found[index : index + len(stems)])
        ]
        return max(fitting, default=None)

    def proper_at(self, unit: Unit) -> Thing | None:
        """Return the thing that a word alone is a name of."""
        stem = rough_stem(unit.folded)
        return self.proper.get(stem) if unit.written[0].isupper() or stem in self.small else None

    def left_in(self, text: str, *, whole: bool = True) -> Iterator[str]:
        """Yield the path of each fact that a text still tells.

        Of a `whole` letter, words of the program's own texts are no names; what stands in a fact is judged by its
        capital letter there.
        """
        found = list(units(text))
        for index, unit in enumerate(found):
            hit = self.hit(unit)
            if hit and not self._is_harmless(unit, whole=whole):
                yield hit.path
            thing = self.proper_at(unit) or (self.phrase_at(found, index) or (0, None))[1]
            if thing:
                yield thing.path
        yield from (
            secret.path for secret in self.secrets if not (secret.short and whole) and secret.found.search(text)
        )

    def _is_harmless(self, unit: Unit, *, whole: bool) -> bool:
        if unit.written in self.keep or len(unit.written) == 1:
            return True
        return self.is_common(unit) and (whole or unit.written.islower())

    def _use(self, unit: Unit) -> Use | None:
        if use := self.people.uses.get(unit.folded):
            return use
        for end in CLITICS:
            base = self.people.uses.get(unit.folded.removesuffix(end)) if unit.folded.endswith(end) else None
            if base and base.case == "nom" and not base.end:
                written = re.search(rf"['’ʼʻ‘`]?.{{{len(end)}}}$", unit.written)
                return base._replace(end=written[0] if written else end)
        heard = self.people.heard.get(sounds(unit.written))  # the name in letters in which the case does not have it
        return heard._replace(latin=is_latin(unit.written)) if heard else None

    def _path(self, word: str) -> str:
        return next((self.people.stems[stem] for stem in stems_in(word) if stem in self.people.stems), "clients")

    @cached_property
    def _met(self) -> dict[str, tuple[Use | None, str] | None]:
        """Remember what was looked up: a case says the same words again and again."""
        return {}

    @cached_property
    def _within(self) -> re.Pattern[str] | None:
        """Match long names within longer words, but those that stand within the program's own words."""
        own = " ".join(self.common.words)
        long = [stem for stem in self.people.stems if len(stem) >= LONG and stem not in own]
        return re.compile("|".join(map(re.escape, sorted(long, key=len, reverse=True)))) if long else None


def secrets_of(text: str, new: str, path: str) -> Iterator[Secret]:
    """Yield how a number is found again, however it is parted; figures alone also by their last seven and more."""
    signs = [sign for sign in text if sign.isalnum()]
    digits = [sign for sign in signs if sign.isdigit()]
    ends = [signs[-length:] for length in _LOCAL if length < len(digits) == len(signs)]
    ways = [signs, *(end for end in ends if set(end) != {"0"})]  # noughts stand in what is invented
    for way in ways:
        body = _BETWEEN.join(map(re.escape, way))
        short = len(way) < LONG
        if way:
            start = _NUMBERED if short else r"(?<![^\W_])"
            plus = r"\+?" if not short else ""
            yield Secret(re.compile(rf"{start}(?P<number>{plus}{body})(?![^\W_])", re.IGNORECASE), new, path, short)


def secrets_of_day(day: date, path: str) -> Iterator[Secret]:
    """Yield how a day is found again in digits, and with the month in words; its year is no secret."""
    dd, mm, year = f"0?{day.day}", f"0?{day.month}", str(day.year)
    part, sign = " ?[ ./-] ?", " ?[./-] ?"
    full = (f"{dd}{part}{mm}{part}{year}", f"{mm}{part}{dd}{part}{year}", f"{year}{part}{mm}{part}{dd}")
    ways = (*full, f"{dd}{sign}{mm}{sign}{year[2:]}")
    in_words = (rf"{dd}(?:st|nd|rd|th)?\W+[^\W\d]+\W+(?:соли\W+)?{year}", rf"[^\W\d]+\W+{dd}(?:st|nd|rd|th)?\W+{year}")
    for way in (*ways, *in_words):
        yield Secret(re.compile(rf"(?<!\w)(?P<number>{way})(?!\w)", re.IGNORECASE), year, path, short=False)


def names_it(text: str, common: Common) -> Iterator[tuple[str, bool]]:
    """Yield the rough stems of the words that make a place or organisation known by themselves: Лолазор.

    Each comes with whether it does so in small letters, too: the first word of a name may be an ordinary one.
    """
    for number, unit in enumerate(units(text)):
        stem = rough_stem(unit.folded)
        told = unit.folded in common.words or stem in common.stems or unit.folded in towns()
        letters = len(unit.written)
        if unit.written[0].isupper() and letters > _TINY and not told and not _is_acronym(unit.written):
            yield stem, number > 0 and letters > _TINY + 1


def _is_acronym(word: str) -> bool:
    return word.isupper() and len(word) <= _ABBREVIATION


def phrase_of(text: str, common: Common) -> tuple[str, ...]:
    """Return the rough stems of a name of several words that is no common one; empty for any other."""
    found = list(units(text))
    stems = tuple(rough_stem(unit.folded) for unit in found)
    telling = any(not unit.written.isdigit() and unit.folded not in common.words for unit in found)
    return stems if len(stems) > 1 and telling else ()


def begins_sentence(text: str, unit: Unit) -> bool:
    """Say whether a word may have its capital letter only because a sentence begins with it."""
    before = text[max(0, unit.start - _NEAR) : unit.start].rstrip(" «»\"“”„'(–—-")
    if not before:
        return unit.start < _NEAR
    if before[-1] in "!?…":
        return True
    last = WORD.findall(before[-12:])
    return before[-1] == "." and not (last and (len(last[-1]) == 1 or last[-1].lower() in abbreviations()))


def is_odd_capital(text: str, unit: Unit, tokens: Tokens) -> bool:
    """Say whether a capital letter makes a word look like a name that no field of the case has told of."""
    word = unit.written
    if not word[0].isupper() or len(word) == 1 or tokens.is_common(unit):
        return False
    if begins_sentence(text, unit):
        return unit.folded.endswith(_LIKE_NAMES)
    return not _is_acronym(word) and rough_stem(unit.folded) not in tokens.common.stems
