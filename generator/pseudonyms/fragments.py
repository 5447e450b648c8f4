"""Pieces of what is replaced by which it would still be known: initials, split names, ends of numbers, districts."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from generator.pseudonyms.days import tells_birthday
from generator.pseudonyms.people import KINDS, People
from generator.pseudonyms.spelling import LONG, folded, sounds, stems_in, units

BLOT = "\0"
"""What stands for each sign of a text that is replaced already."""
_LETTER, _CAPITAL = r"[^\W\d_]", r"(?P<letter>[^\W\d_a-zа-яёғӣқӯҳҷәіңөүұһ])"
_DOTTED = re.compile(rf"(?<!\w){_CAPITAL}\.")
_RUN = re.compile(rf"(?<!\w)(?:{_LETTER}\.\s?){{2,}}")
_AFTER = re.compile(rf"{BLOT}\s{{0,2}}{_CAPITAL}(?!\w)")
_BEFORE = re.compile(rf"(?<!\w){_CAPITAL}\s{{0,2}}{BLOT}")
_CAPITALS = re.compile(
    rf"(?P<before>{BLOT}\s{{0,2}})?(?<!\w)(?P<run>{_LETTER}{{2,3}})(?!\w)(?P<after>\s{{0,2}}{BLOT})?"
)
_CUT = re.compile(rf"(?<!\w)(?P<begin>{_LETTER}{{1,4}})(?:[-‐-―.…*_]{{1,6}})(?P<end>{_LETTER}{{1,4}})(?!\w)")
_STARS = re.compile(rf"(?<!\w)(?P<begin>{_LETTER}{{1,4}})[*_]{{2,}}")
_SPACED = re.compile(rf"(?<!\w){_LETTER}(?:[ .·_-]{{1,2}}{_LETTER}){{3,}}(?!\w)")
_ALL_THREE = 3
_PIECES = 4
_ENDING = 2
_YEAR = re.compile(r"(?:19|20)\d\d")
_GROUP = re.compile(r"\d+|[^\W\d_]+")
_BETWEEN = r"[\W_]{0,2}"
_ENDS = {"phone": range(5, 7), "number": range(4, 7)}


@dataclass(frozen=True, slots=True)
class Fragments:
    """What tells a part of what is replaced: ends of numbers, days of birth, and names of parts of a town.

    `titles` is a pattern of the words before a name that is cut to its initial.
    """

    numbers: Sequence[re.Pattern[str]] = ()
    births: Sequence[date] = ()
    districts: Sequence[Sequence[str]] = ()
    titles: str = ""

    def stand_in(self, left: str, people: People, words: Collection[str]) -> bool:
        """Say whether what is left of a text, when the rest is blotted out, has a piece of what is replaced.

        `words` are those that tell nothing.
        """
        return (
            any(pattern.search(left) for pattern in self.numbers)
            or any(tells_birthday(left, day) for day in self.births)
            or any(is_district(unit.written, self.districts) for unit in units(left))
            or self._initial_in(left, people, words)
            or _is_cut_in(left, people)
            or _is_split_in(left, people)
        )

    def _initial_in(self, left: str, people: People, words: Collection[str]) -> bool:
        persons = _initials(people)
        every = frozenset().union(*(letters for person in persons for letters in person))
        titled = re.compile(rf"(?<!\w)(?i:{self.titles})\.?\s+{_CAPITAL}(?!\w)") if self.titles else None
        single = [*_DOTTED.finditer(left), *(titled.finditer(left) if titled else ())]
        single += [found for found in _AFTER.finditer(left) if not _is_conjunction(found, left, words)]
        single += [found for found in _BEFORE.finditer(left) if folded(found["letter"]) not in words]
        if any(found["letter"].isupper() and folded(found["letter"]) in every for found in single):
            return True
        runs = (_letters(found[0]) for found in _RUN.finditer(left) if found[0][0].isupper())  # г. р. is a word
        return any(_fit(run, person) for run in runs for person in persons) or any(
            _fit(folded(found["run"]), person) for found in _told_in_capitals(left, words) for person in persons
        )


def is_district(word: str, districts: Collection[Sequence[str]]) -> bool:
    """Say whether a word is of the name of a part of a town; only the first is one with a small letter, too: сомони."""
    if not districts:
        return False
    heard = _roughly(word)
    for pieces in districts:
        for piece in pieces if word[:1].isupper() else pieces[:1]:
            if heard.startswith(piece) and len(heard) <= len(piece) + _ENDING:
                return True
    return False


def pieces_of(district: str) -> tuple[str, ...]:
    """Return how the words of a part of a town sound, from the last part of the key of its office."""
    return tuple(map(_roughly, district.split("-")))


def _roughly(word: str) -> str:
    """Return how a name of a part of a town sounds, whether Tajik or Russian spells it: Шоҳмансур, Шахмансур."""
    return sounds(word).replace("o", "a").replace("v", "u")


def parts_of(text: str) -> Iterator[str]:
    """Yield each row of signs of a number that some of its groups make, and that tells it: 1-2345 of 1-2345/26."""
    groups = _GROUP.findall(text)
    for start in range(len(groups)):
        for end in range(start + 1, len(groups) + 1):
            part = "".join(groups[start:end])
            if sum(map(str.isdigit, part)) >= LONG and end - start < len(groups) and set(part) != {"0"}:
                yield part


def ends_of(text: str, kind: str) -> Iterator[re.Pattern[str]]:
    """Yield the patterns of rows of figures too short to be surely of a number: its end, its begin, a group of four."""
    digits = "".join(filter(str.isdigit, text))
    ends = {digits[-length:] for length in _ENDS[kind] if length < len(digits)}
    groups = _GROUP.findall(text)
    if kind == "number":
        ends |= {group for group in groups if len(group) == _PIECES and group.isdigit() and len(groups) > 1}
        ends |= {digits[:LONG]} if len(digits) > LONG else set()
    for end in sorted(end for end in ends if not _YEAR.fullmatch(end)):
        yield re.compile(rf"(?<![^\W_]){_BETWEEN.join(end)}(?![^\W_])")


def _initials(people: People) -> list[list[frozenset[str]]]:
    """Return for each person the letters that may stand for each part of the name."""
    persons = []
    for parts in people.parts.values():
        ordered = sorted(parts, key=lambda part: KINDS.index(part.kind))
        persons.append([people.initials.get(part.key, frozenset()) for part in ordered])
    return persons


def _letters(run: str) -> str:
    return folded("".join(filter(str.isalpha, run)))


def _fit(run: str, person: Sequence[Collection[str]]) -> bool:
    """Say whether two letters at least stand each for another part of a name, in any order."""
    left = list(person)
    for letter in run:
        part = next((part for part in left if letter in part), None)
        if part is not None:
            left.remove(part)
    return len(person) - len(left) > 1


def _told_in_capitals(left: str, words: Collection[str]) -> Iterator[re.Match[str]]:
    """Yield two or three capitals beside a name, or three by themselves, that are no abbreviation of our own texts."""
    for found in _CAPITALS.finditer(left):
        beside = found["before"] or (found["after"] and folded(found["run"]) not in words)
        alone = len(found["run"]) == _ALL_THREE and folded(found["run"]) not in words
        if found["run"].isupper() and (beside or alone):
            yield found


def _is_conjunction(found: re.Match[str], left: str, words: Collection[str]) -> bool:
    """Say whether a capital letter after a name is a word, where all letters are capitals: РУСТАМ И МАЛИКА."""
    return folded(found["letter"]) in words and left.isupper() and not left[found.end() :].startswith(".")


def _is_cut_in(left: str, people: People) -> bool:
    """Say whether a name stands by its first and last letters, or by the first and stars: Р-в, Р***."""
    cut = [(found["begin"], found["end"]) for found in _CUT.finditer(left)]
    cut += [(found["begin"], "") for found in _STARS.finditer(left)]
    return any(
        begin[0].isupper() and form.startswith(folded(begin)) and form.endswith(folded(end))
        for begin, end in cut
        for form in people.uses
        if len(form) > len(begin) + len(end)
    )


def _is_split_in(left: str, people: People) -> bool:
    """Say whether pieces of a text make a name together: Р А Х И М О В, Рахи-мов."""
    for found in _SPACED.finditer(left):
        joined = _letters(found[0])
        if any(stem in joined for stem in people.stems if len(stem) >= _ALL_THREE):
            return True
    found_units = list(units(left))
    for start, first in enumerate(found_units):
        joined = first.folded
        for before, unit in zip(found_units[start:], found_units[start + 1 : start + _PIECES], strict=False):
            gap = left[before.end : unit.start]
            if not first.written[0].isupper() or len(gap) > 2 or gap.strip(" -‐‑–_"):  # noqa: PLR2004  # a dash and a space
                break
            joined += unit.folded
            if len(joined) >= LONG and any(len(stem) >= LONG and stem in people.stems for stem in stems_in(joined)):
                return True
    return False
