"""What is under the names that a set of files is to get, and whether the set may and can be written there."""

import hashlib
import os
import re
import stat
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from unicodedata import category, normalize

from generator.errors import OutputError, Place, Problem
from generator.tree import INVISIBLE, ODD_CATEGORIES

State = Literal["missing", "same", "different", "link", "not-a-file"]
Faults = list[tuple[str, dict[str, str]]]  # ids of problems and their values

MANIFEST = "manifest.json"
MAX_NAME_BYTES = 120  # with our dots, number and ending still below 143, the limit of encrypted home folders
REFUSED = {"different": "output-exists", "link": "output-is-link", "not-a-file": "output-not-a-file"}
_SAFE = re.compile(f"[a-z0-9]([a-z0-9._-]{{0,{MAX_NAME_BYTES - 2}}}[a-z0-9])?")  # as nearly all names are
FORBIDDEN = frozenset('<>:"/\\|?*')
RESERVED = {"con", "prn", "aux", "nul", "conin$", "conout$", *(p + n for p in ("com", "lpt") for n in "0123456789¹²³")}


@dataclass(frozen=True, slots=True)
class FileSet:
    """The files of one case by name, the folder they are to lie in, and which other files they may replace there.

    `force` replaces any, `ours` those whose SHA-256 digest is in it: files we made and nobody changed since. A manifest
    that holds exactly the bytes `grows_from` grows with its letters and may be replaced, too.
    """

    folder: str
    files: Mapping[str, bytes]
    force: bool = False
    grows_from: bytes | None = None
    ours: Collection[str] = ()


def look(root: Path, wanted: FileSet, neighbours: Collection[str]) -> dict[str, State]:
    """Return what is under each name now, the manifest's too; refuse whatever cannot or may not be written, at once.

    `neighbours` are the `odd_names` in `root`.
    """
    folder, files = wanted.folder, wanted.files
    home, states = root / folder, dict[str, State]()
    unsafe = {name: reason for name in files if (reason := _unsafe(name))}
    safe = sorted({*files, MANIFEST} - unsafe.keys())
    faults: Faults = [("unsafe-file-name", {"part": "file", "reason": reason}) for reason in unsafe.values()]
    faults += _twins(safe, safe)
    if reason := _unsafe(folder):
        faults.append(("unsafe-file-name", {"part": "folder", "reason": reason}))
    elif fault := _folder_fault(home, there := mode(home)):
        faults.append((fault, {}))
    elif there:
        states = {name: _state(home / name, files.get(name)) for name in safe}
        in_the_way = [name for name in safe if states[name] not in {"missing", "same"}]
        refused = [name for name in in_the_way if not _may_go(home / name, states[name], wanted)]
        faults += [(REFUSED[states[name]], {"name": name}) for name in refused]
        faults += _twins([name for name in safe if states[name] == "missing"], names(home))
    else:
        states = dict.fromkeys(safe, "missing")
        faults += _twins([folder], names(root) if _is_odd(folder) else neighbours)
    if faults:
        raise OutputError(Problem(fault, Place(str(root)), values=values) for fault, values in faults)
    return states


def odd_names(folder: Path) -> tuple[str, ...]:
    """Return the names in a folder that some system may take for one in plain lower case: that of another case."""
    return tuple(filter(_is_odd, names(folder)))


def _is_odd(name: str) -> bool:
    return not name.isascii() or name != name.lower()


def _may_go(there: Path, state: State, wanted: FileSet) -> bool:
    """Say whether a set may take the place of what is under a name."""
    if state != "different" or wanted.force or there.name not in wanted.files:
        return state == "different" and wanted.force
    with suppress(PermissionError):
        content = there.read_bytes()
        grows = there.name == MANIFEST and content == wanted.grows_from
        return grows or (bool(wanted.ours) and hashlib.sha256(content).hexdigest() in wanted.ours)
    return False


def _unsafe(name: str) -> str | None:
    """Say why a name cannot be used on every system, if it cannot."""
    if _SAFE.fullmatch(name) and name.partition(".")[0] not in RESERVED:
        return None
    rules = {
        "empty": not name,
        "too-long": len(name.encode("utf-8", "surrogatepass")) > MAX_NAME_BYTES,
        "forbidden-character": not FORBIDDEN.isdisjoint(name),
        "invisible-character": any(sign in INVISIBLE or category(sign) in ODD_CATEGORIES for sign in name),
        "dot-or-space-at-the-edge": name != name.strip() or name.startswith(".") or name.endswith("."),
        "reserved-name": name.partition(".")[0].rstrip().casefold() in RESERVED,
    }
    return next((reason for reason, broken in rules.items() if broken), None)


def _twins(wanted: Iterable[str], others: Iterable[str]) -> Faults:
    """Find names that some systems take for one: they differ in letter case or Unicode form only."""
    by_key: dict[str, set[str]] = {}
    for other in others:
        by_key.setdefault(_key(other), set()).add(other)
    pairs = {
        (min(name, other), max(name, other)) for name in wanted for other in by_key.get(_key(name), set()) - {name}
    }
    return [("same-file-name", {"name": name, "other": other}) for name, other in sorted(pairs)]


def _key(name: str) -> str:
    return normalize("NFC", normalize("NFC", name).casefold())


def names(folder: Path) -> list[str]:
    """Return what a folder holds, nothing where it cannot be listed."""
    with suppress(FileNotFoundError, NotADirectoryError, PermissionError):  # it may be written to but not listed
        return [path.name for path in folder.iterdir()]
    return []


def _folder_fault(home: Path, there: int) -> str | None:
    """Say why the case folder cannot be made or written to, if it cannot; `there` is the mode of what lies there."""
    if stat.S_ISLNK(there):
        return "case-folder-is-link"
    nearest = home
    while not there and nearest != nearest.parent:
        nearest = nearest.parent
        there = mode(nearest)
    if not (stat.S_ISDIR(there) or nearest.is_dir()):
        return "output-not-a-folder" if nearest != home else "case-folder-not-a-folder"
    if not os.access(nearest, os.W_OK | os.X_OK):
        return "output-not-writable" if nearest != home else "case-folder-not-writable"
    return None


def mode(path: Path) -> int:
    """Return the mode of what is there, 0 if nothing is; `exists` would also hide a disk that cannot be read."""
    with suppress(FileNotFoundError, NotADirectoryError):
        return path.lstat().st_mode
    return 0


def _state(target: Path, data: bytes | None) -> State:
    found = mode(target)
    if not stat.S_ISREG(found):
        return "link" if stat.S_ISLNK(found) else "not-a-file" if found else "missing"
    with suppress(PermissionError):
        if data is not None and target.stat().st_size == len(data) and target.read_bytes() == data:
            return "same"
    return "different"
