"""Find entries of packs, and write down a lawyer's word for one."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.errors import CaseError, DataError, Problem
from generator.folders import Folders, bundled_folder, user_folder
from generator.law.confirmations import entry_digest, read_confirmations, with_confirmation
from generator.law.load import load_law
from generator.law.model import DATED, Dated, LawPack
from generator.law.versions import Confirmation
from generator.replacing import replace_file
from generator.sources import read_bytes


@dataclass(frozen=True, slots=True)
class Entry:
    """One provision or time limit of the pack that defines it."""

    pack: LawPack
    section: Dated
    name: str


def entries(words: tuple[str, ...], folders: Folders, pack_id: str | None = None) -> Iterator[Entry]:
    """Yield the entries with an id, or else those in whose id, title, act, tags or paraphrases all words stand."""
    packs = _packs(folders, pack_id)
    found = [Entry(pack, section, name) for pack in packs for section in DATED for name, _, _ in pack.own(section)]
    named = [entry for entry in found if len(words) == 1 and entry.name == words[0]]
    yield from named or (entry for entry in found if _holds(entry, [word.casefold() for word in words]))


def confirm(name: str, word: Confirmation, folders: Folders, pack_id: str | None = None) -> Path:
    """Write a lawyer's word for an entry into the user's data folder; return the file.

    Raises `CaseError` where there is no such entry or several, or the word lacks what it is about.
    """
    pack, section = _target(name, folders, pack_id)
    problems = list(_lacking(name, word, pack, section))
    if problems:
        raise CaseError(problems)
    digest = "" if section == "holidays" else entry_digest(getattr(pack, section)[name])
    return _write(name, section, pack.head.id, word.model_copy(update={"entry": digest}), folders)


def withdraw(name: str, folders: Folders, pack_id: str | None = None) -> Path:
    """Take a confirmation back; return the file. Raises `CaseError` where there is none."""
    pack, section = _target(name, folders, pack_id)
    if name not in getattr(read_confirmations(pack.head.id, folders), section):
        raise CaseError.one("not-confirmed", None, name)
    return _write(name, section, pack.head.id, None, folders)


def _packs(folders: Folders, pack_id: str | None, *, as_written: bool = False) -> list[LawPack]:
    names = (pack_id,) if pack_id else folders.names("law", holding="pack.yaml")
    return [load_law(name, folders, as_written=as_written) for name in names]


def _holds(entry: Entry, words: list[str]) -> bool:
    found = getattr(entry.pack, entry.section)[entry.name]
    said = [getattr(texts, entry.section).get(entry.name, "") for texts in entry.pack.wording.values()]
    named = [getattr(found, field, "") for field in ("title", "act", "provision")]
    text = " ".join([entry.name, *named, *getattr(found, "tags", ()), *said]).casefold()
    return all(word in text for word in words)


def _target(name: str, folders: Folders, pack_id: str | None) -> tuple[LawPack, str]:
    """Return the one pack, as its author wrote it, and the section an id stands in."""
    found: list[tuple[LawPack, str]] = []
    for pack in _packs(folders, pack_id, as_written=True):
        found += [(pack, section) for section in DATED if name in {own for own, _, _ in pack.own(section)}]
        found += [(pack, "holidays")] if name in pack.calendar.file.holidays else []
    if not found:
        raise CaseError.one("no-such-entry", None, name)
    if len(found) > 1:
        raise CaseError.one("entry-in-several-packs", None, name, packs=", ".join(p.head.id for p, _ in found))
    return found[0]


def _lacking(name: str, word: Confirmation, pack: LawPack, section: str) -> Iterator[Problem]:
    if section == "provisions" and not word.number:
        yield Problem("confirm-needs-number", None, name)
    if section == "limits" and pack.limits[name].count == "days-unspecified" and not word.count:
        yield Problem("confirm-needs-count", None, name)
    if section == "holidays" and not word.days:
        yield Problem("confirm-needs-day", None, name)
    if section == "holidays" and not pack.calendar.file.holidays[name].moves:
        yield Problem("feast-does-not-move", None, name)


def _write(name: str, section: str, pack_id: str, word: Confirmation | None, folders: Folders) -> Path:
    there = folders.find("confirmations", f"{pack_id}.yaml")
    own = user_folder() / "confirmations" / f"{pack_id}.yaml"
    path = there if there and bundled_folder() not in there.parents else own
    before = read_bytes(path, DataError) if path.is_file() else b""
    text = with_confirmation(read_confirmations(pack_id, folders), section, name, word)
    replace_file(path.resolve(), text.encode(), instead_of=before)
    return path
