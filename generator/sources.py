"""Read the strict part of YAML we allow: every scalar is text, and every key and value knows its place."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISREG
from typing import Any, Protocol

import yaml

from generator.errors import CaseError, GeneratorError, Place, Problem
from generator.tree import Mark, Tree, TreeBuilder, is_plain, odd_character

MAX_BYTES = 1024 * 1024
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Places(Protocol):
    """The places of keys or values by their path."""

    def get(self, path: str, /) -> Place | None:
        """Return the place at a path, `None` where there is none."""


@dataclass(frozen=True, slots=True)
class _Marked(Mapping[str, Place]):
    """The places of one file; each is made from the parser's mark when it is asked for, since most never are."""

    file: str
    marks: Mapping[str, Mark]

    def __getitem__(self, path: str) -> Place:
        mark = self.marks[path]
        return Place(self.file, mark.line + 1, mark.column + 1)

    def __iter__(self) -> Iterator[str]:
        return iter(self.marks)

    def __len__(self) -> int:
        return len(self.marks)


@dataclass(frozen=True, slots=True)
class Source:
    """What a file says: its tree of texts, and the places of its values and keys by path (`items[1].imei`)."""

    file: str
    tree: dict[str, Tree]
    values: Mapping[str, Place]
    keys: Mapping[str, Place]

    def place(self, path: str) -> Place:
        """Return the place of the value at a path, or of the nearest thing above it that the file holds."""
        return nearest(path, self.file, self.values, self.keys)


def read_source(path: Path, error: type[GeneratorError] = CaseError) -> Source:
    """Read a file; raise `error` with all its problems at once. A value is never part of a problem."""
    return parse_source(read_bytes(path, error), path.as_posix(), error)


def read_bytes(
    path: Path, error: type[GeneratorError], most: int = MAX_BYTES, too_large: str = "file-too-large"
) -> bytes:
    """Read the bytes of a file that is there, can be read and has at most `most` of them; else raise `error`."""
    place = Place(path.as_posix())
    try:
        if not S_ISREG(path.stat().st_mode):  # opening a pipe would wait for ever, and a device has no end
            raise error.one("file-not-regular", place)
        with path.open("rb") as file:
            raw = file.read(most + 1)
        if len(raw) > most:
            raise error.one(too_large, place, limit=_size(most))
    except FileNotFoundError:
        raise error.one("file-missing", place) from None
    except OSError as fault:
        raise error.one("file-unreadable", place, reason=type(fault).__name__) from None
    return raw


def _size(number: int) -> str:
    kib, mib = 1024, 1024 * 1024
    return f"{number // kib} KiB" if number <= mib else f"{number // mib} MiB"


def parse_source(raw: bytes, name: str, error: type[GeneratorError] = CaseError) -> Source:
    """Parse the bytes of a file called `name`; see `read_source`."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = raw.count(b"\n", 0, fault.start) + 1
        raise error.one("not-utf-8", Place(name, line, 1)) from None
    plain = is_plain(text)
    if not plain and (odd := list(_odd_in_file(text, name))):
        raise error(odd)
    builder = TreeBuilder(name, text, plain=plain and "\\" not in text)
    try:
        builder.feed(iter(_LOADER(text).get_event, None))
    except yaml.YAMLError as fault:
        builder.problems.append(_syntax_problem(fault, name, text))
    if not builder.problems and not isinstance(builder.root, dict):
        builder.problems.append(Problem("not-a-mapping", Place(name, 1, 1)))
    if builder.problems or not isinstance(builder.root, dict):
        raise error(builder.problems)
    return Source(name, builder.root, _Marked(name, builder.values), _Marked(name, builder.keys))


def nearest(path: str, file: str, *places: Places) -> Place:
    """Return the place of a path, or of the nearest thing above it that one of the maps knows, else of the whole.

    The whole is the file, unless a map has a place for the empty path: a case may be one row of a table.
    """
    while True:
        for known in places:
            if found := known.get(path):
                return found
        if not path:
            return Place(file, 1, 1)
        path = path[: max(path.rfind("."), path.rfind("["), 0)]


def _odd_in_file(text: str, name: str) -> Iterator[Problem]:
    for number, line in enumerate(text.split("\n"), 1):
        if found := odd_character(line.removesuffix("\r")):
            yield Problem("odd-character", Place(name, number, found[0] + 1), "", {"code": found[1]})


def _syntax_problem(fault: yaml.YAMLError, name: str, text: str) -> Problem:
    mark = getattr(fault, "problem_mark", None) or getattr(fault, "context_mark", None)
    if mark is None:
        return Problem("yaml-syntax", Place(name))
    place = Place(name, mark.line + 1, mark.column + 1)
    lines = text.split("\n")
    line = lines[mark.line] if mark.line < len(lines) else ""
    return Problem("yaml-tab" if "\t" in line[: mark.column + 1] else "yaml-syntax", place)
