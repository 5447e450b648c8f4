"""What changed in the law between two days, and which letters, written and possible, rest on it."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

from generator.errors import DataError
from generator.law.model import LawPack
from generator.register.usage import LetterLaw, usage


@dataclass(frozen=True, slots=True)
class Change:
    """One entry whose text of the new day is not that of the old day; a text that is not there is `None`."""

    section: Literal["provisions", "limits"]
    name: str
    old: Any
    new: Any
    letters: tuple[str, ...]
    filed: tuple[str, ...]


def diff(
    pack: LawPack, old: date, new: date, letters: Iterable[LetterLaw], filed: Mapping[str, frozenset[str]]
) -> tuple[Change, ...]:
    """Return what changed between two days; `filed` says of each written letter which entries it rests on."""
    using = tuple(letters)
    return tuple(_changes("provisions", pack, old, new, using, filed)) + tuple(
        _changes("limits", pack, old, new, using, filed)
    )


def _changes(  # noqa: PLR0913, PLR0917  # a section of a pack on two days, and who uses it
    section: Literal["provisions", "limits"],
    pack: LawPack,
    old: date,
    new: date,
    letters: tuple[LetterLaw, ...],
    filed: Mapping[str, frozenset[str]],
) -> Iterator[Change]:
    for name in getattr(pack, section):
        before, after = (_version(pack, section, name, day) for day in (old, new))
        if before != after:
            used = usage(section, name, pack, letters)
            names = {name, *used.limits} if section == "provisions" else {name}
            resting = tuple(sorted(letter for letter, rests in filed.items() if rests & names))
            yield Change(section, name, before, after, used.letters, resting)


def _version(pack: LawPack, section: str, name: str, day: date) -> Any:
    then = pack.on(day)
    try:
        return then.provision(name) if section == "provisions" else then.limit(name)
    except DataError:
        return None


def filed_letters(folder: Path) -> dict[str, frozenset[str]]:
    """Return for each letter the manifests below a folder tell of, as `case/file`, the provisions it rests on.

    A manifest that cannot be read is left out: it says nothing.
    """
    found: dict[str, frozenset[str]] = {}
    for path in sorted(folder.rglob("manifest.json")):
        try:
            content = json.loads(path.read_text("utf-8"))
            for letter in content["letters"]:
                rests = {entry["provision"] for entry in letter["cited"]}
                rests |= {p["provision"] for f in letter["findings"] for p in f["provisions"]}
                for file in letter["files"]:
                    found[f"{content['case']}/{file['name']}"] = frozenset(rests)
        except (ValueError, KeyError, TypeError, OSError):
            continue
    return found
