"""What changed in the law between two days, and which letters, written and possible, rest on it."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from generator.law.model import DATED, Dated, LawPack
from generator.register.usage import LetterLaw, usage


@dataclass(frozen=True, slots=True)
class Change:
    """One entry whose text of the new day is not that of the old day; a text that is not there is `None`."""

    section: Dated
    name: str
    old: Any
    new: Any
    letters: tuple[str, ...]
    filed: tuple[str, ...]


def diff(
    pack: LawPack, old: date, new: date, letters: Iterable[LetterLaw], filed: Mapping[str, frozenset[str]]
) -> tuple[Change, ...]:
    """Return what changed between two days; `filed` says of each written letter which entries it rests on."""
    using, before, after = tuple(letters), pack.on(old), pack.on(new)
    changes = []
    for section in DATED:
        for name in getattr(pack, section):
            was, now = before.find(section, name), after.find(section, name)
            if was != now:
                used = usage(section, name, pack, using)
                names = {name, *used.limits} if section == "provisions" else {name}
                resting = tuple(sorted(letter for letter, rests in filed.items() if rests & names))
                changes.append(Change(section, name, was, now, used.letters, resting))
    return tuple(changes)


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
