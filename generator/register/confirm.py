"""Find entries of packs, and write down a lawyer's word for one."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from generator.errors import CaseError, OutputError, Place, Problem
from generator.folders import Folders, bundled_folder, user_folder
from generator.law.confirmations import confirmations_path, entry_digest, read_confirmations, with_confirmation
from generator.law.load import load_law
from generator.law.model import LENGTH, Confirmation, Counted, LawPack, Provision

Section = Literal["provisions", "limits"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One provision or time limit of the pack that defines it."""

    pack: LawPack
    section: Section
    name: str


@dataclass(frozen=True, slots=True)
class Word:
    """What a lawyer says of an entry; what an entry of its kind has no use for is empty."""

    by: str
    on: date
    source: str
    number: str = ""
    part: str = ""
    length: str = ""
    count: Counted | None = None
    days: tuple[date, ...] = ()


def entries(words: tuple[str, ...], folders: Folders, pack: str | None = None) -> Iterator[Entry]:
    """Yield the entries with an id, or else those in whose id, title, act, tags or paraphrases all words stand."""
    found = list(_all(folders, pack))
    named = [entry for entry in found if len(words) == 1 and entry.name == words[0]]
    yield from named or (entry for entry in found if _holds(entry, [word.casefold() for word in words]))


def confirm(name: str, word: Word, folders: Folders, pack_id: str | None = None) -> Path:
    """Write a lawyer's word for an entry into the user's data folder; return the file.

    Raises `CaseError` where there is no such entry or several, or the word lacks what it is about.
    """
    pack, section = _target(name, folders, pack_id)
    problems = list(_lacking(name, word, pack, section))
    if problems:
        raise CaseError(problems)
    digest = "" if section == "holidays" else entry_digest(_as_written(name, section, pack.head.id, folders))
    given = Confirmation(
        entry=digest,
        by=word.by,
        on=word.on,
        source=word.source,
        number=word.number,
        part=word.part,
        length=word.length,
        count=word.count,
        days=word.days,
    )
    return _write(name, section, pack.head.id, given, folders)


def withdraw(name: str, folders: Folders, pack_id: str | None = None) -> Path:
    """Take a confirmation back; return the file. Raises `CaseError` where there is none."""
    pack, section = _target(name, folders, pack_id)
    if name not in getattr(read_confirmations(pack.head.id, folders), section):
        raise CaseError.one("not-confirmed", None, name)
    return _write(name, section, pack.head.id, None, folders)


def _all(folders: Folders, pack_id: str | None) -> Iterator[Entry]:
    for name in [pack_id] if pack_id else folders.names("law", holding="pack.yaml"):
        pack = load_law(name, folders)
        sections: tuple[Section, ...] = ("provisions", "limits")
        for section in sections:
            for key in getattr(pack, section):
                if pack.owners[f"{section}/{key}"] == name:
                    yield Entry(pack, section, key)


def _holds(entry: Entry, words: list[str]) -> bool:
    found = getattr(entry.pack, entry.section)[entry.name]
    said = [getattr(texts, entry.section).get(entry.name, "") for texts in entry.pack.wording.values()]
    named = [getattr(found, field, "") for field in ("title", "act", "provision")]
    text = " ".join([entry.name, *named, *getattr(found, "tags", ()), *said]).casefold()
    return all(word in text for word in words)


def _target(name: str, folders: Folders, pack_id: str | None) -> tuple[LawPack, str]:
    """Return the one pack and section an id stands in."""
    found: list[tuple[LawPack, str]] = [(e.pack, e.section) for e in _all(folders, pack_id) if e.name == name]
    for one in [pack_id] if pack_id else folders.names("law", holding="pack.yaml"):
        pack = load_law(one, folders)
        if name in pack.calendar.file.holidays:
            found.append((pack, "holidays"))
    if not found:
        raise CaseError.one("no-such-entry", None, name)
    if len(found) > 1:
        raise CaseError.one("entry-in-several-packs", None, name, packs=", ".join(p.head.id for p, _ in found))
    return found[0]


def _lacking(name: str, word: Word, pack: LawPack, section: str) -> Iterator[Problem]:
    if section == "provisions" and not word.number:
        yield Problem("confirm-needs-number", None, name)
    if section == "limits" and pack.limits[name].count == "days-unspecified" and not word.count:
        yield Problem("confirm-needs-count", None, name)
    if section == "limits" and word.length and not re.fullmatch(LENGTH, word.length):
        yield Problem("not-a-number", None, "--length")
    if section == "holidays" and not word.days:
        yield Problem("confirm-needs-day", None, name)
    if section == "holidays" and not pack.calendar.file.holidays[name].moves:
        yield Problem("feast-does-not-move", None, name)


def _as_written(name: str, section: str, pack_id: str, folders: Folders) -> Provision:
    """Return the entry as the pack has it, without the confirmations laid over it."""
    roots = Folders(folders.roots, confirmations=False)
    entry: Provision = getattr(load_law(pack_id, roots), section)[name]
    return entry


def _write(name: str, section: str, pack_id: str, word: Confirmation | None, folders: Folders) -> Path:
    """Replace the file of confirmations as a whole: a run that is cut short leaves the old one."""
    there = folders.find("confirmations", f"{pack_id}.yaml")
    path = there if there and bundled_folder() not in there.parents else confirmations_path(user_folder(), pack_id)
    text = with_confirmation(read_confirmations(pack_id, folders), section, name, word)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_suffix(".part")
        with beside.open("w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as fault:
        raise OutputError.one("cannot-write", Place(path.as_posix()), "", reason=type(fault).__name__) from None
    return path
