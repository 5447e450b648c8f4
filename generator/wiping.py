"""Take away what the program made in an output folder, and nothing else.

What a file is, manifests and the ledger tell by name and digest; they go last, so that whatever stops us, the same
command completes the work. A letter or result sheet whose digest differs was edited by somebody and stays unless
that is wanted too.

Content is not written over before a file goes. On an SSD, on a file system that copies on write and in every backup the
old bytes stay all the same, so it would promise what it cannot keep; the one thing that helps is an encrypted disk.
"""

import json
import os
import re
import shutil
import stat
import sys
from collections.abc import Collection, Iterator, Mapping
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path

from generator.batch.ledger import NAME as LEDGER
from generator.batch.ledger import Known, kept_out
from generator.batch.model import MadeFile
from generator.digests import sha256_of
from generator.disk import PART, is_left_over, taken, told
from generator.errors import OutputError, Place
from generator.tables.results import SCRATCH, SHEETS
from generator.targets import MANIFEST, mode, names

_LEDGER_PARTS = (f"{LEDGER}-wal", f"{LEDGER}-shm", f"{LEDGER}-journal")
_HALF_SHEETS = tuple(f".{name}.part" for name in SHEETS)
_LARGEST = 64 * 1024 * 1024  # no manifest of ours is near it
_PLAIN = re.compile(r"[^./\\][^/\\]*")
_SQLITE = b"SQLite format 3\0"


@dataclass(frozen=True, slots=True)
class Survey:
    """What is in an output folder, by path: what goes, what somebody edited, and what nobody made with us.

    While edited letters and result sheets stay, the manifest and the ledger that know them stay too, and are in none of
    the lists.
    """

    going: tuple[Path, ...]
    edited: tuple[Path, ...]
    strange: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class _Case:
    """One case folder: what goes at once, what was edited, what is strange, and what goes last."""

    path: Path
    ours: tuple[str, ...]
    edited: tuple[str, ...]
    strange: tuple[str, ...]
    last: tuple[str, ...]

    def going(self, *, edited: bool) -> tuple[str, ...]:
        """Return what goes, in order: first the letters, then the manifest, unless it knows of some that stay."""
        if self.edited and not edited:
            return self.ours
        return (*self.ours, *self.edited, *self.last)


@dataclass(frozen=True, slots=True)
class _Top:
    """What lies beside the case folders: what is ours, result sheets that somebody edited, and what is strange."""

    ours: tuple[str, ...] = ()
    edited: tuple[str, ...] = ()
    strange: tuple[str, ...] = ()

    def going(self, *, edited: bool, kept: bool) -> tuple[str, ...]:
        """Return what goes, the ledger last, unless it knows of what stays; `kept` says whether letters do."""
        if edited or not (kept or self.edited):
            return tuple(sorted((*self.ours, *(self.edited if edited else ())), key=_is_of_ledger))
        return tuple(name for name in self.ours if not _is_of_ledger(name))


def survey(out: Path, *, edited: bool = False) -> Survey:
    """Look what a folder holds and what would go, with `edited` letters and sheets if wanted.

    Raises `OutputError` where there is no folder, it is a link, or a batch runs there.
    """
    _check(out)
    with kept_out(out) as known:
        cases = [_look(folder, known.files.get(folder.name, ())) for folder in _case_folders(out, known.files)]
        top = _top(out, [each.path for each in cases], known)
    going = [each.path / name for each in cases for name in each.going(edited=edited)]
    kept = [each.path / name for each in cases for name in each.edited]
    unknown = [each.path / name for each in cases for name in each.strange]
    going += [out / name for name in top.going(edited=edited, kept=bool(kept))]
    kept += [out / name for name in top.edited]
    return Survey(tuple(going), tuple(kept), (*unknown, *(out / name for name in top.strange)))


def wipe(out: Path, *, edited: bool = False) -> None:
    """Take away all that is ours in a folder, with letters and sheets that were `edited` if wanted; links stay.

    Raises `OutputError` if something cannot go; the same call goes on from there.
    """
    _check(out)
    with ExitStack() as stack:
        known = stack.enter_context(kept_out(out))
        cases = list(_case_folders(out, known.files))
        top = _top(out, cases, known)
        kept = sum([_empty(folder, known.files.get(folder.name, ()), edited=edited) for folder in cases])
        if sys.platform == "win32":
            stack.close()  # no open file can go there
        with told(out):
            for name in top.going(edited=edited, kept=kept > 0):
                _remove(out / name)
    with suppress(OSError):
        out.rmdir()


def _check(out: Path) -> None:
    found = mode(out)
    if stat.S_ISLNK(found):
        raise OutputError.one("output-is-link", Place(out.as_posix()), name=out.name)
    if not stat.S_ISDIR(found):
        raise OutputError.one("nothing-to-wipe", Place(out.as_posix()))


def _case_folders(out: Path, known: Collection[str]) -> Iterator[Path]:
    """Yield the folders of cases: with a manifest of ours, or known to the ledger; `out` may be one itself."""
    for folder in (out, *(out / name for name in sorted(names(out)))):
        if stat.S_ISDIR(mode(folder)) and (folder.name in known or _is_of_a_case(folder)):
            yield folder


def _is_of_a_case(folder: Path) -> bool:
    """Say whether a folder has a manifest of ours, or half a file of a run that was killed before it had one."""
    return _promised(folder) is not None or any(map(PART.fullmatch, names(folder)))


def _promised(folder: Path) -> Mapping[str, str] | None:
    """Return what the manifest of a folder vouches for, names with digests; `None` where it has none of ours."""
    path = folder / MANIFEST
    try:
        if not stat.S_ISREG(mode(path)) or path.stat().st_size > _LARGEST:
            return None
        vouched = json.loads(path.read_bytes())
        files = [file for letter in vouched["letters"] for file in letter["files"]]
        return {file["name"]: file["sha256"] for file in files if vouched["case"] and _PLAIN.fullmatch(file["name"])}
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def _look(folder: Path, made: Collection[MadeFile]) -> _Case:
    promised = _promised(folder)
    digests: dict[str, set[str]] = {name: {digest} for name, digest in (promised or {}).items()}
    for file in made:
        digests.setdefault(file.name, set()).add(file.sha256)
    ours, edited, strange = list[str](), list[str](), list[str]()
    for name in sorted(names(folder)):
        path = folder / name
        if name == MANIFEST and promised is not None:
            continue
        if not stat.S_ISREG(mode(path)):
            strange.append(name)
        elif is_left_over(name):
            ours.append(name)
        elif name in digests:
            (ours if sha256_of(path) in digests[name] else edited).append(name)
        else:
            strange.append(name)
    last = (MANIFEST,) if promised is not None else ()
    return _Case(folder, tuple(ours), tuple(edited), tuple(strange), last)


def _top(out: Path, cases: Collection[Path], known: Known) -> _Top:
    """Tell apart what lies beside the case folders; a result sheet is ours as long as the ledger knows its digest."""
    if out in cases:
        return _Top()  # the folder of one case
    folders = {folder.name for folder in cases}
    there = [name for name in sorted(names(out)) if name not in folders]
    batched = LEDGER in there and _is_ledger(out / LEDGER)
    ours = {*SHEETS, *_HALF_SHEETS, *_LEDGER_PARTS, LEDGER} if batched else set()
    found = tuple(name for name in there if name in ours and stat.S_ISREG(mode(out / name)))
    edited = tuple(name for name in found if name in SHEETS and sha256_of(out / name) not in known.sheets)
    if batched and SCRATCH in there and stat.S_ISDIR(mode(out / SCRATCH)):
        found = (*found, SCRATCH)
    strange = tuple(name for name in there if name not in found)
    return _Top(tuple(name for name in found if name not in edited), edited, strange)


def _is_of_ledger(name: str) -> bool:
    return name.startswith(LEDGER)


def _is_ledger(path: Path) -> bool:
    if not stat.S_ISREG(mode(path)):
        return False
    with path.open("rb") as file:
        return file.read(len(_SQLITE)) in {b"", _SQLITE}


def _empty(folder: Path, made: Collection[MadeFile], *, edited: bool) -> int:
    """Take away what is ours in a case folder; return how many letters stay because somebody edited them."""
    with told(folder), ExitStack() as tidy:
        handle = taken(folder, tidy, folder)
        case = _look(folder, made)
        for name in case.going(edited=edited):
            if name in case.last and handle is not None:
                with suppress(OSError):
                    os.fsync(handle)  # no power cut brings back a letter without its manifest
            _remove(folder / name, handle)
    with suppress(OSError):
        folder.rmdir()
    return 0 if edited else len(case.edited)


def _remove(path: Path, folder: int | None = None) -> None:
    """Take away a file, or the folder of half sheets; never what a link points at, nor by way of one."""
    found = mode(path)
    if stat.S_ISDIR(found):
        shutil.rmtree(path)
    elif stat.S_ISREG(found) and folder is not None:
        os.unlink(path.name, dir_fd=folder)
    elif stat.S_ISREG(found):
        path.unlink()
