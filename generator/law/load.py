"""Load a law pack and the packs it includes; refuse one whose parts do not fit together."""

import hashlib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from generator.errors import DataError, Place, Problem
from generator.folders import Folders
from generator.law.calendar import Calendar, CalendarFile
from generator.law.confirmations import confirmed, read_confirmations
from generator.law.limits import TimeLimit
from generator.law.model import DATED, Authority, Ground, LawPack, PackHead
from generator.law.provisions import Act, Principle, Provision
from generator.law.versions import Confirmations
from generator.law.wording import Wording
from generator.sources import Source, parse_source, read_bytes, read_source
from generator.validation import validate

_FILES: Mapping[str, tuple[str, Any]] = {
    "acts": ("acts", dict[str, Act]),
    "provisions": ("provisions", dict[str, Provision]),
    "time-limits": ("limits", dict[str, TimeLimit]),
    "principles": ("principles", dict[str, Principle]),
    "authorities": ("authorities", dict[str, Authority]),
    "grounds": ("grounds", dict[str, Ground]),
}


def load_law(pack_id: str, folders: Folders, *, as_written: bool = False) -> LawPack:
    """Load the pack `law/<pack_id>`; raise `DataError` with everything that is wrong with it.

    The confirmations of the user are laid over it, unless it is wanted `as_written` by its author.
    """
    head = load_head(pack_id, folders)
    reading = _Reading()
    for name in (*head.includes, pack_id):
        words = Confirmations() if as_written else read_confirmations(name, folders)
        reading.read(name, _folder(name, folders), words)
    pack = LawPack(
        head,
        **reading.parts,
        calendar=Calendar(reading.calendar),
        wording={language: Wording.model_validate(texts) for language, texts in reading.wording.items()},
        owners=reading.owners,
        places=reading.places,
        digest=reading.digest.hexdigest(),
    )
    if problems := list(_loose_ends(pack)):
        raise DataError(problems)
    return pack


@lru_cache(maxsize=16)
def cached_law(pack_id: str, folders: Folders) -> LawPack:
    """Load a pack with the user's confirmations once in a process, which does not see later changes of their files."""
    return load_law(pack_id, folders)


def load_head(pack_id: str, folders: Folders) -> PackHead:
    """Load what a pack says of itself; raise `DataError` if it includes a pack that is not there."""
    source = read_source(_folder(pack_id, folders) / "pack.yaml", DataError)
    head: PackHead = validate(PackHead, source, DataError)
    known = folders.names("law", holding="pack.yaml")
    paths = [f"includes[{number}]" for number, name in enumerate(head.includes, 1) if name not in known]
    if paths:
        raise DataError(Problem("unknown-pack", source.place(p), p, {"known": ", ".join(known)}) for p in paths)
    return head


def _folder(pack_id: str, folders: Folders) -> Path:
    folder = folders.find("law", pack_id)
    if folder is None:
        raise DataError.one("unknown-pack", None, pack_id, known=", ".join(folders.names("law", holding="pack.yaml")))
    return folder


class _Reading:
    """The parts of a pack while it is read, an included pack before the one that includes it."""

    def __init__(self) -> None:
        self.parts: dict[str, dict[str, Any]] = {section: {} for section, _ in _FILES.values()}
        self.calendar = CalendarFile()
        self.wording: dict[str, dict[str, Any]] = {}
        self.owners: dict[str, str] = {}
        self.places: dict[str, Place] = {}
        self.digest = hashlib.sha256()

    def read(self, name: str, folder: Path, words: Confirmations) -> None:
        """Read the files of one pack, and lay a lawyer's words over its entries; the calendar is that of the last."""
        for file, (section, model) in _FILES.items():
            path = folder / f"{file}.yaml"
            if path.exists():
                source = self._source(path)
                self.parts[section].update(validate(model, source, DataError))
                for key in source.tree:
                    self.owners[f"{section}/{key}"] = name
                    self.places[f"{section}/{key}"] = source.keys.get(key) or Place(source.file)
        path = folder / "holidays.yaml"
        self.calendar = validate(CalendarFile, self._source(path), DataError) if path.exists() else CalendarFile()
        for path in sorted((folder / "wording").glob("*.yaml")):
            self._read_wording(path)
        self._confirm(name, words)

    def _source(self, path: Path) -> Source:
        """Read a file of the pack, and take it into the digest."""
        raw = read_bytes(path, DataError)
        self.digest.update(raw)
        return parse_source(raw, path.as_posix(), DataError)

    def _read_wording(self, path: Path) -> None:
        read: Wording = validate(Wording, self._source(path), DataError)
        merged = self.wording.setdefault(path.stem, {"reviewed": True})
        merged["reviewed"] = merged["reviewed"] and read.reviewed
        for name in ("acts", "authorities", "posts", "grounds", "provisions", "limits", "holidays"):
            merged.setdefault(name, {}).update(getattr(read, name))
        merged["ranks"] = (*merged.get("ranks", ()), *read.ranks)

    def _confirm(self, name: str, words: Confirmations) -> None:
        """Lay the words of a lawyer over the entries of one pack; they are part of its digest."""
        for section in DATED:
            entries = self.parts[section]
            for key, word in getattr(words, section).items():
                if self.owners.get(f"{section}/{key}") == name:
                    entries[key] = confirmed(entries[key], word)
                    self.digest.update(word.model_dump_json().encode())
        holidays = dict(self.calendar.holidays)
        for key in sorted(words.holidays.keys() & holidays.keys()):
            holiday, word = holidays[key], words.holidays[key]
            holidays[key] = holiday.model_copy(update={"days": (*holiday.days, *word.days)})
            self.digest.update(word.model_dump_json().encode())
        self.calendar = self.calendar.model_copy(update={"holidays": holidays})


_ONE = {"authorities": "authority", "provisions": "provision", "principles": "principle", "grounds": "ground",
        "limits": "limit"}  # fmt: skip


def _loose_ends(pack: LawPack) -> Iterator[Problem]:
    """Find references that lead nowhere."""
    named = [
        *(("provisions", key, (entry.act,), pack.acts) for key, entry in pack.provisions.items()),
        *(("principles", key, entry.provisions, pack.provisions) for key, entry in pack.principles.items()),
        *(("grounds", key, entry.provisions, pack.provisions) for key, entry in pack.grounds.items()),
        *(("grounds", key, (entry.limit,), pack.limits) for key, entry in pack.grounds.items() if entry.limit),
        *(("limits", key, (e.provision,), pack.provisions) for key, e in pack.limits.items() if e.provision),
        *(("limits", key, e.after, pack.limits) for key, e in pack.limits.items()),
        *(("authorities", key, entry.supervises, pack.authorities) for key, entry in pack.authorities.items()),
    ]
    for section, key, names, known in named:
        for name in names:
            if name not in known:
                place = pack.places.get(f"{section}/{key}")
                yield Problem("loose-end", place, f"{_ONE[section]} {key}", {"missing": name})
