"""Load a law pack and the packs it includes; refuse one whose parts do not fit together."""

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from generator.errors import DataError, Place, Problem
from generator.folders import Folders
from generator.law.calendar import Calendar, CalendarFile
from generator.law.confirmations import confirmed, read_confirmations
from generator.law.model import (
    Act,
    Authority,
    Ground,
    LawPack,
    PackHead,
    Principle,
    Provision,
    TimeLimit,
    Wording,
)
from generator.sources import read_source
from generator.validation import validate

_FILES: Mapping[str, tuple[str, Any]] = {
    "acts": ("acts", dict[str, Act]),
    "provisions": ("provisions", dict[str, Provision]),
    "time-limits": ("limits", dict[str, TimeLimit]),
    "principles": ("principles", dict[str, Principle]),
    "authorities": ("authorities", dict[str, Authority]),
    "grounds": ("grounds", dict[str, Ground]),
}


def load_law(pack_id: str, folders: Folders) -> LawPack:
    """Load the pack `law/<pack_id>`; raise `DataError` with everything that is wrong with it."""
    folder = _folder(pack_id, folders)
    head = load_head(pack_id, folders)
    reading = _Reading()
    for name in (*head.includes, pack_id):
        reading.read(name, _folder(name, folders))
        reading.confirm(name, folders)
    pack = LawPack(
        head,
        reading.parts["acts"],
        reading.parts["provisions"],
        reading.parts["limits"],
        reading.parts["principles"],
        reading.parts["authorities"],
        reading.parts["grounds"],
        Calendar(reading.confirmed_calendar(pack_id, read_calendar(folder), folders)),
        {language: Wording.model_validate(texts) for language, texts in reading.wording.items()},
        reading.owners,
        reading.places,
        reading.digest.hexdigest(),
    )
    if problems := list(_loose_ends(pack)):
        raise DataError(problems)
    return pack


def load_head(pack_id: str, folders: Folders) -> PackHead:
    """Load what a pack says of itself."""
    head: PackHead = validate(PackHead, read_source(_folder(pack_id, folders) / "pack.yaml", DataError), DataError)
    return head


def _folder(pack_id: str, folders: Folders) -> Path:
    folder = folders.find("law", pack_id)
    if folder is None:
        raise DataError.one("unknown-pack", None, pack_id, known=", ".join(folders.names("law", holding="pack.yaml")))
    return folder


def read_calendar(folder: Path) -> CalendarFile:
    """Return the holidays of the pack in a folder as its author wrote them; none where it has no such file."""
    path = folder / "holidays.yaml"
    if not path.exists():
        return CalendarFile()
    read: CalendarFile = validate(CalendarFile, read_source(path, DataError), DataError)
    return read


class _Reading:
    """The parts of a pack while it is read, an included pack before the one that includes it."""

    def __init__(self) -> None:
        self.parts: dict[str, dict[str, Any]] = {section: {} for section, _ in _FILES.values()}
        self.wording: dict[str, dict[str, Any]] = {}
        self.owners: dict[str, str] = {}
        self.places: dict[str, Place] = {}
        self.digest = hashlib.sha256()

    def read(self, name: str, folder: Path) -> None:
        """Read the files of one pack."""
        for file, (section, model) in _FILES.items():
            path = folder / f"{file}.yaml"
            if path.exists():
                source = read_source(path, DataError)
                self.parts[section].update(validate(model, source, DataError))
                for key in source.tree:
                    self.owners[f"{section}/{key}"] = name
                    self.places[f"{section}/{key}"] = source.keys.get(key, Place(source.file))
                self.digest.update(path.read_bytes())
        calendar = folder / "holidays.yaml"
        if calendar.exists():
            self.digest.update(calendar.read_bytes())
        for path in sorted((folder / "wording").glob("*.yaml")):
            self._read_wording(path)

    def _read_wording(self, path: Path) -> None:
        read: Wording = validate(Wording, read_source(path, DataError), DataError)
        self.digest.update(path.read_bytes())
        merged = self.wording.setdefault(path.stem, {"reviewed": True})
        merged["reviewed"] = merged["reviewed"] and read.reviewed
        for name in ("acts", "authorities", "grounds", "provisions", "limits", "holidays"):
            merged.setdefault(name, {}).update(getattr(read, name))

    def confirm(self, name: str, folders: Folders) -> None:
        """Lay the confirmations of the user over the entries of one pack."""
        words = read_confirmations(name, folders)
        for section, given in (("provisions", words.provisions), ("limits", words.limits)):
            for key, word in given.items():
                if self.owners.get(f"{section}/{key}") == name:
                    self.parts[section][key] = confirmed(self.parts[section][key], word)
                    self.digest.update(word.model_dump_json().encode())

    def confirmed_calendar(self, name: str, calendar: CalendarFile, folders: Folders) -> CalendarFile:
        """Return the holidays with the days a user has confirmed."""
        words = read_confirmations(name, folders).holidays
        holidays = {
            key: holiday.model_copy(update={"days": (*holiday.days, *words[key].days)}) if key in words else holiday
            for key, holiday in calendar.holidays.items()
        }
        for key in sorted(words.keys() & holidays.keys()):
            self.digest.update(words[key].model_dump_json().encode())
        return calendar.model_copy(update={"holidays": holidays})


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
                where = f"{section.removesuffix('s')} {key}".replace("authoritie ", "authority ")
                yield Problem("loose-end", pack.places.get(f"{section}/{key}"), where, {"missing": name})
