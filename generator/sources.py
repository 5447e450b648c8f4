"""Read the strict part of YAML we allow: every scalar is text, and every key and value knows its place."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Protocol

import yaml

from generator.errors import CaseError, DataError, GeneratorError, Place, Problem, first_of
from generator.folders import leads_away
from generator.reading import NotAFileError, content_of
from generator.tree import Mark, Tree, TreeBuilder, is_plain, odd_character, told

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
    """Read the bytes of a regular file that has at most `most` of them; else raise `error`.

    A file of data, which others may have made, is not read through a link that leads out of its folder.
    """
    place = Place(path.as_posix())
    try:
        if error is DataError and leads_away(path):
            raise error.one("data-outside", place)
        raw = content_of(path, most)
    except FileNotFoundError:
        raise error.one("file-missing", place) from None
    except NotAFileError:
        raise error.one("file-not-regular", place) from None
    except OSError as fault:
        raise error.one("file-unreadable", place, reason=type(fault).__name__) from None
    if raw is None:
        raise error.one(too_large, place, limit=_size(most))
    return raw


def read_text(path: Path, error: type[GeneratorError], most: int = MAX_BYTES) -> str:
    """Read a file of text in UTF-8 without odd characters; else raise `error` with where they are."""
    text, _ = _checked(read_bytes(path, error, most), path.as_posix(), error)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _checked(raw: bytes, name: str, error: type[GeneratorError]) -> tuple[str, bool]:
    """Return the text of a file without odd characters, and whether it is plain; else raise `error`."""
    text = _decoded(raw, name, error)
    plain = is_plain(text)
    if not plain and (odd := first_of(_odd_in_file(text, name), name)):
        raise error(odd)
    return text, plain


def _size(number: int) -> str:
    kib, mib = 1024, 1024 * 1024
    return f"{number // kib} KiB" if number <= mib else f"{number // mib} MiB"


def parse_source(raw: bytes, name: str, error: type[GeneratorError] = CaseError) -> Source:
    """Parse the bytes of a file called `name`; see `read_source`."""
    text, plain = _checked(raw, name, error)
    builder = TreeBuilder(name, text, plain=plain and "\\" not in text)
    try:
        builder.feed(iter(_LOADER(text).get_event, None))
    except yaml.YAMLError as fault:
        builder.problems.append(_syntax_problem(fault, name, text))
    if not builder.problems and not isinstance(builder.root, dict):
        builder.problems.append(Problem("not-a-mapping", Place(name, 1, 1)))
    if builder.problems or not isinstance(builder.root, dict):
        raise error(first_of((replace(each, path=told(each.path)) for each in builder.problems), name))
    return Source(name, builder.root, _Marked(name, builder.values), _Marked(name, builder.keys))


def _decoded(raw: bytes, name: str, error: type[GeneratorError]) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = raw.count(b"\n", 0, fault.start) + 1
        raise error.one("not-utf-8", Place(name, line, 1)) from None


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
