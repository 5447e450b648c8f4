"""What must hold after any run, whatever befell it; each function yields what is broken, in words."""

import csv
import hashlib
import io
import json
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path

from breaking.forked import Ended
from breaking.scenes import FACTS, Home, Scene

Tree = Mapping[str, bytes]
"""What lies below a folder: files by path, links as where they lead, folders with a slash at the end and no bytes."""

OUT = "work/out/"
LEDGER, JOURNAL = f"{OUT}ledger.sqlite3", f"{OUT}ledger.sqlite3-journal"
SHEETS = (f"{OUT}results.csv", f"{OUT}results.xlsx")
CODES = {0, 1, 3, 130}
"""The exit codes of docs/cli.md for what is no fault of the program and no wrong usage."""
STOPPED = 130
MOST_LINES = 12
_DEPTH = 3  # of the files of a letter, in `work/out/CODE/`


def tree(home: Home) -> dict[str, bytes]:
    """Return all that lies in the folders of a run."""
    found = {}
    for path in home.path.rglob("*"):
        name = path.relative_to(home.path).as_posix()
        if path.is_symlink():
            found[name] = b"-> " + str(path.readlink()).encode()
        elif path.is_dir():
            found[f"{name}/"] = b""
        else:
            found[name] = path.read_bytes()
    return found


def letters(found: Tree) -> dict[str, bytes]:
    """Return the files that carry the name of a letter or a manifest."""
    return {name: data for name, data in found.items() if name.count("/") == _DEPTH and _final(name)}


def _final(name: str) -> bool:
    return name.startswith(OUT) and not (name.endswith("/") or "/." in name)


def _own(name: str) -> bool:
    """Say whether a file tells what happened, so that its bytes differ from run to run."""
    return name in {LEDGER, JOURNAL, *SHEETS}


def broken(scene: Scene, old: Tree, new: Tree, found: Tree) -> Iterator[str]:
    """Yield files that are neither old nor new, old letters that are lost, and whatever vouches for what is not so."""
    for name, data in found.items():
        if (_final(name) or name in scene.changes) and not _own(name) and data not in (old.get(name), new.get(name)):
            yield f"{name} is neither old nor new"
    for name, data in old.items():
        if not _own(name) and name not in found and not name.endswith("/manifest.json"):
            yield f"{name} is lost"
        elif not (name.startswith(OUT) or name in scene.changes or name not in found or found[name] == data):
            yield f"{name} was changed"
    yield from _lying(old, found)
    yield from _sheets(found)


def _lying(old: Tree, found: Tree) -> Iterator[str]:
    """Yield manifests that name files that are not there as they say; an old one may name what was missing before."""
    for name, data in found.items():
        if name.startswith(OUT) and name.endswith("/manifest.json"):
            for file in (file for entry in json.loads(data)["letters"] for file in entry["files"]):
                letter = name.replace("manifest.json", file["name"])
                missing = letter not in found and letter not in old and old.get(name) == data
                if not missing and hashlib.sha256(found.get(letter, b"")).hexdigest() != file["sha256"]:
                    yield f"{name} vouches for {letter}, which is not so"


def entries(found: Tree) -> dict[str, list[tuple[str, str]]] | None:
    """Return what the ledger says was made: files of each case with their digests; `None` if it cannot be read."""
    with tempfile.TemporaryDirectory() as folder:
        for name in (LEDGER, JOURNAL):
            if name in found:
                (Path(folder) / Path(name).name).write_bytes(found[name])
        try:
            with closing(sqlite3.connect(Path(folder) / Path(LEDGER).name)) as ledger:
                ledger.execute("PRAGMA integrity_check").fetchall()
                there = ledger.execute("SELECT name FROM sqlite_master WHERE name = 'cases'").fetchall()
                rows = ledger.execute("SELECT code, files FROM cases").fetchall() if there else []
        except sqlite3.Error:
            return None
    return {code: [(f"{OUT}{code}/{file[0]}", file[3]) for file in json.loads(files)] for code, files in rows}


def false_entries(found: Tree, old: Tree, new: Tree) -> Iterator[str]:
    """Yield entries of a ledger that tell of letters which were not made."""
    told = entries(found) if LEDGER in found else {}
    if told is None:
        yield "the ledger cannot be read"
        return
    for files in told.values():
        for name, digest in files:
            was = [hashlib.sha256(each[name]).hexdigest() for each in (old, new, found) if name in each]
            if digest not in was or (name in found and digest not in was[:1] and digest != was[-1]):
                yield f"the ledger tells of {name}, which is not so"


def _sheets(found: Tree) -> Iterator[str]:
    if SHEETS[0] in found:
        text = found[SHEETS[0]].decode("utf-8-sig", "replace")
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
        if not text.endswith("\n") or len({len(line) for line in lines}) != 1:
            yield "results.csv is cut short"
    if SHEETS[1] in found:
        try:
            bad = zipfile.ZipFile(io.BytesIO(found[SHEETS[1]])).testzip()
        except zipfile.BadZipFile:
            bad = "all"
        if bad:
            yield "results.xlsx is broken"


def left_over(old: Tree, new: Tree, found: Tree) -> Iterator[str]:
    """Yield what lies about although it belongs to neither the old state nor the new one."""
    yield from (f"{name} was left" for name in found if name not in old and name not in new)


def not_as_before(old: Tree, found: Tree) -> Iterator[str]:
    """Yield what differs although nothing was to be changed."""
    yield from (f"{n} was changed by a refused run" for n in found if old.get(n) != found[n])
    yield from (f"{n} was lost by a refused run" for n in old if n not in found)


def bad_answer(ended: Ended) -> Iterator[str]:
    """Yield what is wrong with the exit code and the message of a run that was not killed."""
    if ended.code is None:
        yield "it hung"
    elif ended.code not in CODES:
        yield f"exit code {ended.code}: {ended.complained.strip()[-300:]}"
    elif ended.code and not ended.complained.strip() and ended.code != STOPPED:
        yield f"exit code {ended.code} and not a word"
    if "Traceback" in ended.complained or "Error:" in ended.complained or "Exception ignored" in ended.complained:
        yield f"a traceback: {ended.complained.strip()[-300:]}"
    yield from (f"a fact was told: {fact}" for fact in FACTS if fact in ended.complained)
    if len(ended.complained.splitlines()) > MOST_LINES:
        yield f"{len(ended.complained.splitlines())} lines of complaint"


def not_complete(new: Tree, found: Tree) -> Iterator[str]:
    """Yield what a run that ended well did not do."""
    for name, data in new.items():
        if name not in found:
            yield f"{name} is missing"
        elif not _own(name) and found[name] != data:
            yield f"{name} is not as in an undisturbed run"
