"""The ledger in the output folder: which cases are done, so that a run that was cut short can be completed.

An SQLite file. It holds codes, digests and ids of problems with their places, and no fact of a case. One run has it at
a time: the lock is SQLite's own and ends with the process, however that ends.
"""

import errno
import json
import os
import sqlite3
import stat
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from pydantic_core import PydanticSerializationError, to_json, to_jsonable_python

from generator.batch.model import MadeFile, Outcome
from generator.disk import make_folder
from generator.errors import OutputError, Place, Problem, reason_of
from generator.targets import mode

NAME = "ledger.sqlite3"
_VERSION = 1
_CACHE_KIB = 256  # as a rule SQLite keeps 2 MiB of what it has read
_PATIENCE = 1.0  # seconds: of two runs that begin at once each would else find the other at the lock, and both go
_TABLES = """
CREATE TABLE IF NOT EXISTS cases (
  code TEXT, selection TEXT, source TEXT, fingerprint TEXT NOT NULL, files TEXT NOT NULL,
  PRIMARY KEY (code, selection)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS run (
  position INTEGER PRIMARY KEY, place TEXT NOT NULL, code TEXT NOT NULL, state TEXT NOT NULL,
  files TEXT NOT NULL, problems TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS sheets (sha256 TEXT PRIMARY KEY) WITHOUT ROWID;
"""


class Ledger:
    """What was made in an output folder: the letters of each case by selection (kinds, languages, formats, style).

    `source` is the digest of where the cases come from; a case is looked for again only where it came from.
    """

    def __init__(self, out: Path, selection: str, source: str) -> None:
        """Open the ledger of a folder and keep other runs out; raise `OutputError` if it is in use or damaged."""
        self.path, self.selection, self.source = out / NAME, selection, source
        with ExitStack() as tidy, self._told():
            make_folder(out, tidy)
            if not out.is_dir():
                raise OutputError.one("output-not-a-folder", Place(out.as_posix()))
            there = mode(self.path)
            if there and not stat.S_ISREG(there):
                raise OutputError.one("ledger-damaged", Place(self.path.as_posix()))
            os.close(os.open(self.path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600))
            self._there = self.path.stat()
            self._db = sqlite3.connect(self.path, timeout=_PATIENCE, isolation_level=None)
            try:
                self._prepare()
            except BaseException:
                self._close()
                raise

    def __enter__(self) -> Self:
        """Return the ledger, open."""
        return self

    def __exit__(self, *_fault: object) -> None:
        """Close the file and let others have it."""
        self._close()

    def _close(self) -> None:
        self._db.close()
        if self.path.with_name(f"{NAME}-journal").exists():  # the disk refused something in the last moment
            self._sweep()

    def _sweep(self) -> None:
        """Let SQLite undo what was left half written, and take its journal away, if the disk lets it by now."""
        with suppress(sqlite3.Error), closing(sqlite3.connect(self.path, timeout=0, isolation_level=None)) as db:
            db.execute("BEGIN EXCLUSIVE")
            db.execute(f"PRAGMA user_version = {_VERSION}")  # a change, or the journal would stay
            db.execute("COMMIT")

    def _prepare(self) -> None:
        self._db.execute("BEGIN EXCLUSIVE")  # before the rest, for that reads, and two that read keep each other out
        self._db.execute("PRAGMA locking_mode = EXCLUSIVE")
        self._db.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
        (version,) = self._db.execute("PRAGMA user_version").fetchone()
        if version not in {0, _VERSION}:
            raise OutputError.one("ledger-of-other-version", Place(self.path.as_posix()))
        for statement in _TABLES.split(";"):
            self._db.execute(statement)
        self._db.execute(f"PRAGMA user_version = {_VERSION}")
        self._db.execute("DELETE FROM run")
        self._db.execute("COMMIT")

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Raise what the system or SQLite refuses as a problem of the ledger."""
        place = Place(self.path.as_posix())
        try:
            yield
        except PermissionError as fault:
            raise OutputError.one("output-not-writable", Place(self.path.parent.as_posix())) from fault
        except OSError as fault:
            raise OutputError.one("cannot-write-ledger", place, reason=reason_of(fault)) from fault
        except sqlite3.OperationalError as fault:
            raise self._fault(fault) from fault
        except sqlite3.DatabaseError as fault:
            raise OutputError.one("ledger-damaged", place) from fault

    def _fault(self, fault: sqlite3.OperationalError) -> OutputError:
        place, code = Place(self.path.as_posix()), fault.sqlite_errorcode & 0xFF
        if code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
            return OutputError.one("batch-in-use", place)
        return OutputError.one("cannot-write-ledger", place, reason=fault.sqlite_errorname)

    def made(self, code: str) -> tuple[str, tuple[MadeFile, ...]]:
        """Return the fingerprint that the letters of a case were made with, empty if none were, and their files."""
        query = "SELECT fingerprint, files FROM cases WHERE code = ? AND selection = ?"
        with self._told():
            found = self._db.execute(query, (code, self.selection)).fetchone()
        return (str(found[0]), _files(found[1])) if found else ("", ())

    def ours(self, code: str) -> frozenset[str]:
        """Return the digests of all files that were ever made of a case, so far as we know them."""
        with self._told():
            found = self._db.execute("SELECT files FROM cases WHERE code = ?", (code,)).fetchall()
        return frozenset(file.sha256 for (files,) in found for file in _files(files))

    def record(self, outcomes: Iterable[Outcome], fingerprints: Iterable[str]) -> None:
        """Write down what became of units, all in one transaction."""
        with self._told():
            if not os.path.samestat(self.path.stat(), self._there):
                raise FileNotFoundError(errno.ENOENT, NAME)  # the folder was moved away: letters lie elsewhere by now
            self._record(outcomes, fingerprints)

    def _record(self, outcomes: Iterable[Outcome], fingerprints: Iterable[str]) -> None:
        self._db.execute("BEGIN")
        for outcome, fingerprint in zip(outcomes, fingerprints, strict=True):
            files = _json([(file.name, file.letter, file.language, file.sha256) for file in outcome.files])
            if outcome.state == "made":
                row = (outcome.code, self.selection, self.source, fingerprint, files)
                self._db.execute("INSERT OR REPLACE INTO cases VALUES (?, ?, ?, ?, ?)", row)
            place, problems = _json(outcome.place), _json(outcome.problems)
            told = (outcome.position, place, outcome.code, outcome.state, files, problems)
            self._db.execute("INSERT OR REPLACE INTO run VALUES (?, ?, ?, ?, ?, ?)", told)
        self._db.execute("COMMIT")

    def outcomes(self) -> Iterator[Outcome]:
        """Yield what became of each unit of this run, in the order of the source."""
        with self._told():
            for position, place, code, state, files, problems in self._db.execute(
                "SELECT * FROM run ORDER BY position"
            ):
                told = tuple(map(_problem, json.loads(problems)))
                yield Outcome(position, Place(**json.loads(place)), code, state, "", _files(files), told)

    def sheets(self) -> frozenset[str]:
        """Return the digests of the result sheets that we made last; none where that was an earlier version."""
        with self._told():
            return _digests(self._db)

    @contextmanager
    def replacing(self, sheets: Collection[str]) -> Iterator[None]:
        """Know new result sheets by their digests before they take the place of the old ones, which are forgotten then.

        Killed in between, we know both.
        """
        with self._told():
            self._db.executemany("INSERT OR IGNORE INTO sheets VALUES (?)", [(digest,) for digest in sheets])
        yield
        with self._told():
            gone = self.sheets().difference(sheets)
            self._db.executemany("DELETE FROM sheets WHERE sha256 = ?", [(digest,) for digest in gone])

    def vanished(self) -> Sequence[str]:
        """Return the codes of cases that came from this source before and are no more in it."""
        query = (
            "SELECT DISTINCT code FROM cases WHERE source = ? AND selection = ? "
            "AND code NOT IN (SELECT code FROM run) ORDER BY code"
        )
        with self._told():
            return [code for (code,) in self._db.execute(query, (self.source, self.selection))]


def _json(value: object) -> str:
    try:
        return to_json(value).decode()  # dataclasses too, and ten times as fast as `json`
    except PydanticSerializationError:  # the name of a file is not in UTF-8
        return json.dumps(to_jsonable_python(value))


@dataclass(frozen=True, slots=True)
class Known:
    """What a ledger knows: the files of each case, and the digests of the result sheets."""

    files: Mapping[str, frozenset[MadeFile]] = field(default_factory=dict)
    sheets: frozenset[str] = frozenset()


@contextmanager
def kept_out(out: Path) -> Iterator[Known]:
    """Keep batches out of a folder; yield what its ledger knows, nothing where it has none.

    A ledger that cannot be read tells nothing. Raises `OutputError` while a batch runs there.
    """
    path = out / NAME
    if path.is_symlink() or not path.is_file():
        yield Known()
        return
    database = sqlite3.connect(path, timeout=0, isolation_level=None)
    try:
        yield _known_to(database, path)
    finally:
        database.close()


def _known_to(database: sqlite3.Connection, path: Path) -> Known:
    files: dict[str, frozenset[MadeFile]] = {}
    try:
        database.execute("PRAGMA locking_mode = EXCLUSIVE")
        database.execute("BEGIN EXCLUSIVE")
        for code, told in database.execute("SELECT code, files FROM cases"):
            files[code] = files.get(code, frozenset()) | frozenset(_files(told))
        return Known(files, _digests(database))
    except sqlite3.DatabaseError as fault:
        if getattr(fault, "sqlite_errorcode", 0) & 0xFF in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
            raise OutputError.one("batch-in-use", Place(path.as_posix())) from fault
        return Known(files)
    except (ValueError, TypeError):
        return Known()


def _digests(database: sqlite3.Connection) -> frozenset[str]:
    return frozenset(str(digest) for (digest,) in database.execute("SELECT sha256 FROM sheets"))


def _files(text: str) -> tuple[MadeFile, ...]:
    return tuple(MadeFile(*file) for file in json.loads(text))


def _problem(told: dict[str, object]) -> Problem:
    place = told.pop("place")
    return Problem(place=Place(**place) if isinstance(place, dict) else None, **told)  # type: ignore[arg-type]  # as it was written
