"""Load a law pack and the packs it includes; refuse one whose parts do not fit together."""

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from generator.errors import DataError, Place, Problem
from generator.folders import Folders
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

_FILES: Mapping[str, Any] = {
    "acts": dict[str, Act],
    "provisions": dict[str, Provision],
    "time-limits": dict[str, TimeLimit],
    "principles": dict[str, Principle],
    "authorities": dict[str, Authority],
    "grounds": dict[str, Ground],
}


def load_law(pack_id: str, folders: Folders) -> LawPack:
    """Load the pack `law/<pack_id>`; raise `DataError` with everything that is wrong with it."""
    folder = _folder(pack_id, folders)
    head = load_head(pack_id, folders)
    parts: dict[str, dict[str, Any]] = {name: {} for name in _FILES}
    wording: dict[str, dict[str, Any]] = {}
    places: dict[str, Place] = {}
    digest = hashlib.sha256()
    for included in (*(_folder(name, folders) for name in head.includes), folder):
        _read_folder(included, parts, wording, places, digest)
    pack = LawPack(
        head,
        parts["acts"],
        parts["provisions"],
        parts["time-limits"],
        parts["principles"],
        parts["authorities"],
        parts["grounds"],
        {language: Wording.model_validate(texts) for language, texts in wording.items()},
        places,
        digest.hexdigest(),
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


def _read_folder(
    folder: Path, parts: dict[str, Any], wording: dict[str, Any], places: dict[str, Place], digest: Any
) -> None:
    for name, model in _FILES.items():
        path = folder / f"{name}.yaml"
        if path.exists():
            source = read_source(path, DataError)
            parts[name].update(validate(model, source, DataError))
            places.update({key: source.keys[key] for key in source.tree if key in source.keys})
            digest.update(path.read_bytes())
    for path in sorted((folder / "wording").glob("*.yaml")):
        source = read_source(path, DataError)
        read: Wording = validate(Wording, source, DataError)
        digest.update(path.read_bytes())
        merged = wording.setdefault(path.stem, {"reviewed": True})
        merged["reviewed"] = merged["reviewed"] and read.reviewed
        for name in ("acts", "authorities", "grounds", "provisions"):
            merged.setdefault(name, {}).update(getattr(read, name))


def _loose_ends(pack: LawPack) -> Iterator[Problem]:
    """Find references that lead nowhere."""
    named = [
        *((f"provision {key}", (entry.act,), pack.acts) for key, entry in pack.provisions.items()),
        *((f"principle {key}", entry.provisions, pack.provisions) for key, entry in pack.principles.items()),
        *((f"ground {key}", entry.provisions, pack.provisions) for key, entry in pack.grounds.items()),
        *((f"ground {key}", (entry.limit,), pack.limits) for key, entry in pack.grounds.items() if entry.limit),
        *((f"limit {key}", (e.provision,), pack.provisions) for key, e in pack.limits.items() if e.provision),
    ]
    for where, names, known in named:
        for name in names:
            if name not in known:
                yield Problem("loose-end", pack.places.get(where.split(" ", 1)[1]), where, {"missing": name})
