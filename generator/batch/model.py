"""What a batch is made of: units, what all of them share, and what became of each."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from generator.digests import sha256
from generator.errors import Place, Problem
from generator.folders import Folders
from generator.tables.cases import Plan
from generator.tables.model import Row
from generator.writing import Wish

State = Literal["made", "skipped", "edited", "refused"]
"""What became of a unit; `edited` is one that has not changed, with a letter that somebody has changed since."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One case of a batch as it stands in its source: a case file, or a row of a table.

    `position` counts from 1 in the order of the source; `digest` is that of the bytes of a case file, of a row it is
    found when it is needed (`Setup.digest`). `code` is empty where the source does not tell it. `faults` are why it
    cannot even be looked at. A case file that other machines work on brings its bytes.
    """

    position: int
    place: Place
    code: str
    digest: str
    row: Row | None = field(default=None, repr=False)  # no fact may get into a log of dask
    raw: bytes | None = field(default=None, repr=False)
    faults: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Setup:
    """What all units of a batch share.

    `materials` is the digest of the program, the law, the texts and the styles; `key` that of all but the cases that
    letters are made from. `neighbours` are the odd names in the output folder, see `output.write_sets`. `common` is
    what all rows of a table rest on besides: its header, the mapping and the base file.
    """

    wish: Wish
    out: Path
    folders: Folders
    materials: str
    key: str
    neighbours: tuple[str, ...] = ()
    plan: Plan | None = field(default=None, repr=False)
    common: bytes = field(default=b"", repr=False)

    def digest(self, unit: Unit) -> str:
        """Return the digest of what a case is made from."""
        return sha256(self.common + "\x1f".join(("", *unit.row.cells)).encode()) if unit.row else unit.digest

    def fingerprint(self, digest: str) -> str:
        """Return what tells whether the letters of a case would come out the same."""
        return sha256(f"{self.key} {digest}".encode())


@dataclass(frozen=True, slots=True)
class MadeFile:
    """A file of a letter, by name within the folder of its case."""

    name: str
    letter: str
    language: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Made:
    """The letters of a unit in memory: its files by name, what the manifest says of each letter, and notes."""

    unit: Unit
    files: Mapping[str, bytes] = field(repr=False)
    described: tuple[Mapping[str, Any], ...] = field(repr=False)
    notes: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a unit; `digest` is that of the bytes its letters were made from."""

    position: int
    place: Place
    code: str
    state: State
    digest: str = ""
    files: tuple[MadeFile, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Task:
    """A unit to be made, and the digests of the files that we are known to have made for it before."""

    unit: Unit
    ours: frozenset[str] = frozenset()


def refused(unit: Unit, problems: tuple[Problem, ...]) -> Outcome:
    """Return the outcome of a unit of which nothing was written."""
    return Outcome(unit.position, unit.place, unit.code, "refused", unit.digest, (), problems)
