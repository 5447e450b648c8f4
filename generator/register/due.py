"""What a lawyer should look at: what nobody verified, what was verified long ago, words that no longer hold."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from generator.folders import Folders
from generator.law.confirmations import holds, read_confirmations
from generator.law.model import DATED, Dated, LawPack
from generator.law.versions import Confirmation
from generator.register.usage import LetterLaw, usage

Why = Literal["stale", "lead", "ask", "old", "undated", "estimated"]
_ORDER: tuple[Why, ...] = ("stale", "lead", "ask", "estimated", "old", "undated")


@dataclass(frozen=True, slots=True)
class Due:
    """An entry to look at: why, when it was last verified, and the letters that use it."""

    section: Literal["provisions", "limits", "holidays"]
    name: str
    why: Why
    verified: date | None
    letters: tuple[str, ...]


def due(
    pack: LawPack, letters: Iterable[LetterLaw], folders: Folders, today: date, older_than: timedelta
) -> tuple[Due, ...]:
    """Return the entries of a pack (and of no pack it includes) that are due for a look, the most used first.

    `stale`: confirmed, but the pack has changed since; `lead` and `ask`: not verified, or to be checked before use;
    `estimated`: a feast of this year or the next whose day is not announced; `old`: verified longer ago than asked;
    `undated`: nobody wrote down when it was read.
    """
    using, words, before = tuple(letters), read_confirmations(pack.head.id, folders), today - older_than
    found = [due for section in DATED for due in _entries(section, pack, using, getattr(words, section), before)]
    found += _feasts(pack, today)
    return tuple(sorted(found, key=lambda d: (-len(d.letters), _ORDER.index(d.why), d.section, d.name)))


def _entries(
    section: Dated, pack: LawPack, using: tuple[LetterLaw, ...], words: Mapping[str, Confirmation], before: date
) -> Iterator[Due]:
    for name, entry, _ in pack.own(section):
        newest = entry.versions[-1]
        verified = newest.looked_at
        why = _why(newest, verified, before)
        if name in words and not newest.confirmed and not holds(entry, words[name]):
            why = "stale"
        if why:
            yield Due(section, name, why, verified, usage(section, name, pack, using).letters)


def _why(newest: Any, verified: date | None, before: date) -> Why | None:
    if newest.confirmed is None and newest.grade == "lead":
        return "lead"
    if newest.confirmed is None and newest.use == "ask":
        return "ask"
    if verified is None:
        return "undated" if hasattr(newest, "checked") else None
    return "old" if verified < before else None


def _feasts(pack: LawPack, today: date) -> Iterator[Due]:
    for name, holiday in pack.calendar.file.holidays.items():
        for year in (today.year, today.year + 1):
            known = holiday.in_year(year)
            if holiday.moves and (not known or any(known.values())) and not _over(known, today):
                yield Due("holidays", f"{name} {year}", "estimated", None, ())


def _over(known: dict[date, bool], today: date) -> bool:
    return bool(known) and max(known) < today
