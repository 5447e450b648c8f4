"""Tell a free text again with invented names and marks, or refuse where nobody can be sure to have found them all."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from generator.pseudonyms.fragments import BLOT
from generator.pseudonyms.marks import told, towns
from generator.pseudonyms.people import Part
from generator.pseudonyms.spelling import Unit, folded, is_latin, units
from generator.pseudonyms.tokens import Hit, Tokens, begins_sentence, is_odd_capital

_LINK = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?:https?://|www\.|\bt\.me/|\bwa\.me/)\S+|(?<!\w)@\w{3,}")
_PHONE = re.compile(r"(?<![\w.])(?!\d{4}-\d\d-\d\d)\+?\d(?:[ \u00a0()-]{0,2}\d){8,}(?!\w)")
_PAPER = re.compile(r"(?<!\w)(?:[^\W\d_]{1,3}[ -]?)?\d{6,}(?!\w)|(?<!\w)\d{3,4}[ -]?[A-ZА-Я]{2,3}[ -]?\d{2,3}(?!\w)")
_PAIR_OF_PLATE = r"(?P<parted>[ ‑–-]?)(?P<pair>[^\W\d_]{2})[ ‑–-]?"
_PLATES = (
    re.compile(rf"(?<!\w)\d{{4}}{_PAIR_OF_PLATE}\d{{2}}(?!\w)"),  # 0123 AB 01
    re.compile(rf"(?<!\w)[^\W\d_][ -]?\d{{3}}{_PAIR_OF_PLATE}\d{{2,3}}(?!\w)"),  # А 123 ВС 77
    re.compile(r"(?<!\w)\d{2}(?P<parted>[ -]?)[A-ZА-Я][ -]?\d{3}[ -]?(?P<pair>[A-ZА-Я]{2})(?!\w)"),  # 01 A 123 BC
)
_INITIAL = r"[^\W\d_]\.\s?"
_INITIALS_AFTER = re.compile(rf"\s*(?P<one>{_INITIAL})(?P<two>{_INITIAL})?")
_INITIALS_BEFORE = re.compile(rf"(?<!\w)(?P<one>{_INITIAL})(?P<two>{_INITIAL})?\s*$")
_PAIR = re.compile(rf"(?<!\w)(?P<one>{_INITIAL})(?P<two>{_INITIAL})")


class Unsure(Exception):  # noqa: N818  # no error of ours: it says why a text cannot be told again
    """A text in which a name cannot be told from a word; `args[0]` is the id of the problem."""


class _Change(NamedTuple):
    start: int
    end: int
    new: str


def retold(text: str, language: str, tokens: Tokens, *, names_marked: bool) -> str:
    """Return a text with all that tells who somebody is replaced; raise `Unsure` where it cannot be replaced safely.

    `names_marked` says that a capital letter within a sentence makes a name, as in a story, but not in a label.
    """
    changes: list[_Change] = []
    left = text  # what is settled is blotted out, so that each finder sees the rest alone
    for find in (_links, _numbers, _things, _names, _lone_initials):
        for change in find(left, language, tokens):
            if not any(change.start < other.end and other.start < change.end for other in changes):
                changes.append(change)
        for change in changes:
            left = left[: change.start] + BLOT * (change.end - change.start) + left[change.end :]
    if tokens.fragments.stand_in(left, tokens.people, tokens.common.words):
        raise Unsure("original-left")
    if names_marked and any(_is_bare(unit, changes) and is_odd_capital(text, unit, tokens) for unit in units(text)):
        raise Unsure("may-be-a-name")
    for change in sorted(changes, reverse=True):
        text = text[: change.start] + change.new + text[change.end :]
    return text


def _is_bare(unit: Unit, changes: Sequence[_Change]) -> bool:
    return all(unit.end <= change.start or unit.start >= change.end for change in changes)


def _links(text: str, language: str, tokens: Tokens) -> Iterator[_Change]:
    """Replace every address of mail and web, known or not: most hold a name."""
    for found in _LINK.finditer(text):
        known = next((secret.new for secret in tokens.secrets if secret.found.fullmatch(found[0])), "")
        yield _Change(found.start(), found.end(), known or told("link", 0, language))


def _numbers(text: str, language: str, tokens: Tokens) -> Iterator[_Change]:
    """Replace the numbers of the case, and whatever else looks like the number of a telephone or a paper."""
    for secret in tokens.secrets:
        for found in secret.found.finditer(text):
            yield _Change(found.start("number"), found.end("number"), secret.new)
    plates = (found for pattern in _PLATES for found in pattern.finditer(text) if _is_plate(found, tokens))
    yield from (_Change(found.start(), found.end(), told("number", 0, language)) for found in plates)
    for pattern in (_PHONE, _PAPER):
        for found in pattern.finditer(text):
            yield _Change(found.start(), found.end(), told("number", 0, language))


def _is_plate(found: re.Match[str], tokens: Tokens) -> bool:
    """Say whether signs are a number plate and no words between figures: 2026 от 10, с 100 до 150."""
    if found["parted"] != " " or folded(found["pair"]) not in tokens.common.words:
        return True
    if found["pair"].isupper():
        raise Unsure("cannot-replace")
    return False


def _things(text: str, language: str, tokens: Tokens) -> Iterator[_Change]:
    """Replace organisations, places and addresses, by all their words or by one that is theirs alone."""
    found = list(units(text))
    index = 0
    while index < len(found):
        unit, whole, alone = found[index], tokens.phrase_at(found, index), tokens.proper_at(found[index])
        if whole:
            length, thing = whole
            yield _Change(unit.start, found[index + length - 1].end, told(thing.kind, thing.number, language))
            index += length
            continue
        if alone:
            yield _Change(unit.start, unit.end, told(alone.kind, alone.number, language))
        index += 1


def _names(text: str, _language: str, tokens: Tokens) -> Iterator[_Change]:
    """Replace names and the initials at their side."""
    hits = [(unit, tokens.hit(unit)) for unit in units(text)]
    for index, (unit, hit) in enumerate(hits):
        beside = [other for near, other in hits[max(0, index - 1) : index + 2] if near is not unit and other]
        if hit is None or not _is_name(text, hit, tokens, sure=any(other.use for other in beside)):
            continue
        if hit.use is None:
            raise Unsure("cannot-replace")
        new = hit.use.new
        new = new.upper() if unit.written.isupper() and len(unit.written) > 1 else new
        yield _Change(unit.start, unit.end, new)
        if hit.use.name.kind == "surname":
            yield from _initials_beside(text, unit, tokens)


def _is_name(text: str, hit: Hit, tokens: Tokens, *, sure: bool) -> bool:
    """Say whether a word that a name of the case has is that name here; raise `Unsure` where nobody can tell."""
    unit, common = hit.unit, tokens.is_common(hit.unit)
    if unit.written[0].islower():
        if sure and unit.written in tokens.people.written:  # a part of a name that is written small: ибн Сино
            return True
        if common or unit.written in tokens.keep:
            return False
        raise Unsure("cannot-replace")
    if sure or not common or unit.written.isupper():
        return True
    if unit.written in tokens.keep:
        return False
    if unit.folded in towns() or is_latin(unit.written) or begins_sentence(text, unit):  # English writes May, Monday
        raise Unsure("cannot-replace")
    return True


def _initials_beside(text: str, unit: Unit, tokens: Tokens) -> Iterator[_Change]:
    after = _INITIALS_AFTER.match(text, unit.end)
    before = _INITIALS_BEFORE.search(text[: unit.start])
    for found in filter(None, (before, after)):
        if found is after and found["one"][0].islower():
            continue
        yield _of_initials(found, tokens)


def _lone_initials(text: str, _language: str, tokens: Tokens) -> Iterator[_Change]:
    """Replace two initials that are those of a person of the case."""
    for found in _PAIR.finditer(text):
        if found["one"][0].isupper() and _whose(found, tokens):
            yield _of_initials(found, tokens)


def _of_initials(found: re.Match[str], tokens: Tokens) -> _Change:
    parts = _whose(found, tokens)
    if not parts:
        raise Unsure("cannot-replace")
    pairs = zip(("one", "two"), parts, strict=False)
    start, end = found.start("one"), found.end("two") if found["two"] else found.end("one")
    new = [_initial(part, found[name], tokens) for name, part in pairs if found[name]]
    return _Change(start, end, "".join(new))


def _initial(part: Part, written: str, tokens: Tokens) -> str:
    invented = tokens.people.invented[part.key].form(part.sex, latin=is_latin(written[0]))
    return invented[0] + written[1:]


def _whose(found: re.Match[str], tokens: Tokens) -> tuple[Part, ...]:
    """Return the names, given one first, that initials stand for; nothing where they are nobody's."""
    wanted = [folded(found[name][0]) for name in ("one", "two") if found[name]]
    for parts in tokens.people.parts.values():
        given = [part for kind in ("given_name", "patronymic") for part in parts if part.kind == kind]
        initials = [tokens.people.initials.get(part.key, frozenset()) for part in given]
        if len(initials) >= len(wanted) and all(
            sign in letters for sign, letters in zip(wanted, initials, strict=False)
        ):
            return tuple(given)
    return ()
