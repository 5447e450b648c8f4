"""Read the strict part of YAML we allow: every scalar is text, and every key and value knows its place."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from generator.errors import CaseError, GeneratorError, Place, Problem

Tree = str | list["Tree"] | dict[str, "Tree"]

MAX_BYTES = 1024 * 1024
MAX_DEPTH = 12
MAX_MARKS = 4
INVISIBLE = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180e\u2800\u3164\uffa0")
ODD_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_PLAIN = re.compile("[\\t\\n\\r -~\u0400-\u0482\u048a-\u04ff«»–—№„“”‘’…§]*")  # the quick answer for almost every text
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


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


def read_bytes(path: Path, error: type[GeneratorError]) -> bytes:
    """Read the bytes of a file that is there, can be read and is not too large; else raise `error`."""
    place = Place(path.as_posix())
    try:
        if path.stat().st_size > MAX_BYTES:
            raise error.one("file-too-large", place, limit=f"{MAX_BYTES // 1024} KiB")
        return path.read_bytes()
    except FileNotFoundError:
        raise error.one("file-missing", place) from None
    except OSError as fault:
        raise error.one("file-unreadable", place, reason=type(fault).__name__) from None


def parse_source(raw: bytes, name: str, error: type[GeneratorError] = CaseError) -> Source:
    """Parse the bytes of a file called `name`; see `read_source`."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = raw.count(b"\n", 0, fault.start) + 1
        raise error.one("not-utf-8", Place(name, line, 1)) from None
    if odd := list(_odd_in_file(text, name)):
        raise error(odd)
    builder = _Builder(name, text)
    try:
        builder.feed(yaml.parse(text, Loader=_LOADER))
    except yaml.YAMLError as fault:
        builder.problems.append(_syntax_problem(fault, name, text))
    if not builder.problems and not isinstance(builder.root, dict):
        builder.problems.append(Problem("not-a-mapping", Place(name, 1, 1)))
    if builder.problems or not isinstance(builder.root, dict):
        raise error(builder.problems)
    return Source(name, builder.root, builder.values, builder.keys)


def nearest(path: str, file: str, *places: Mapping[str, Place]) -> Place:
    """Return the place of a path, or of the nearest thing above it that one of the maps knows, else of the whole.

    The whole is the file, unless a map has a place for the empty path: a case may be one row of a table.
    """
    while True:
        if found := next((known[path] for known in places if path in known), None):
            return found
        if not path:
            return Place(file, 1, 1)
        path = path[: max(path.rfind("."), path.rfind("["), 0)]


def tidy(text: str) -> str:
    """Return a text as facts are kept: composed letters, single spaces, no line ends."""
    return unicodedata.normalize("NFC", " ".join(text.split()))


def odd_character(text: str) -> tuple[int, str] | None:
    """Find the first character that is invisible, a control, unassigned or one mark too many: (index, code)."""
    if _PLAIN.fullmatch(text):
        return None
    marks = 0
    for index, char in enumerate(text):
        category = unicodedata.category(char)
        marks = marks + 1 if category == "Mn" else 0
        if (category in ODD_CATEGORIES and char not in "\t\n\r") or char in INVISIBLE or marks > MAX_MARKS:
            return index, f"U+{ord(char):04X}"
        if "\ufe00" <= char <= "\ufe0f":
            return index, f"U+{ord(char):04X}"
    return None


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


class _Builder:
    """Turn parser events into a tree, without recursion; note places; refuse what a case file may not use."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.text = text.splitlines()
        self.root: Tree | None = None
        self.values: dict[str, Place] = {}
        self.keys: dict[str, Place] = {}
        self.problems: list[Problem] = []
        self._stack: list[tuple[dict[str, Tree] | list[Tree], str]] = []
        self._key: list[str | None] = []
        self._lines: list[dict[str, int]] = []
        self._documents = 0

    def feed(self, events: Iterator[yaml.Event]) -> None:
        for event in events:
            mark = event.start_mark
            place = Place(self.name, mark.line + 1, mark.column + 1) if mark else Place(self.name)
            if isinstance(event, yaml.DocumentStartEvent):
                self._documents += 1
                if self._documents > 1:
                    self.problems.append(Problem("second-document", place))
                    return
            elif isinstance(event, yaml.AliasEvent):
                self._refuse("yaml-alias", place)
                return
            elif isinstance(event, yaml.NodeEvent) and not self._node(event, place):
                return
            elif isinstance(event, yaml.CollectionEndEvent):
                self._stack.pop()
                self._key.pop()
                self._lines.pop()

    def _node(self, event: yaml.NodeEvent, place: Place) -> bool:
        if event.anchor is not None or getattr(event, "tag", None):
            self._refuse("yaml-alias" if event.anchor is not None else "yaml-tag", place)
            return False
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event, place)
            return True
        if len(self._stack) >= MAX_DEPTH:
            self._refuse("too-deep", place)
            return False
        if self._stack and isinstance(self._stack[-1][0], dict) and self._key[-1] is None:
            self._refuse("yaml-syntax", place)
            return False
        child: dict[str, Tree] | list[Tree] = {} if isinstance(event, yaml.MappingStartEvent) else []
        path = self._place_child(child, place)
        self._stack.append((child, path))
        self._key.append(None)
        self._lines.append({})
        return True

    def _scalar(self, event: yaml.ScalarEvent, place: Place) -> None:
        value = tidy(event.value)
        if found := odd_character(event.value):
            self.problems.append(Problem("odd-character", place, self._path(), {"code": found[1]}))
        if self._stack and isinstance(self._stack[-1][0], dict) and self._key[-1] is None:
            self._take_key(value, place)
        elif event.implicit[0] and value in {"null", "Null", "NULL", "~"}:
            self._refuse("null-word", place)
            self._place_child(None, place)
        elif not value and self._stack and isinstance(self._stack[-1][0], list):
            self._refuse("empty-item", place)
        else:
            if not value and event.implicit[0] and not self._after_colon(place):  # {ru: one, two}: a comma cut the text
                self.problems.append(Problem("key-without-value", place, self._stack[-1][1] if self._stack else ""))
            self._place_child(value or None, place)

    def _after_colon(self, place: Place) -> bool:
        """Say whether an empty value follows a colon; within braces a bare text is a key without one."""
        line = self.text[place.line - 1] if place.line <= len(self.text) else ""
        return not self._stack or not line[: place.column - 1].strip() or line[: place.column - 1].rstrip()[-1:] == ":"

    def _take_key(self, key: str, place: Place) -> None:
        path = self._stack[-1][1]
        full = f"{path}.{key}" if path else key
        if key in self._lines[-1]:
            self.problems.append(Problem("duplicate-key", place, full, {"first": str(self._lines[-1][key])}))
        self._lines[-1].setdefault(key, place.line)
        self.keys[full] = place
        self._key[-1] = key

    def _place_child(self, child: Tree | None, place: Place) -> str:
        """Put a finished or opened node where it belongs and return its path; an empty value leaves no trace."""
        path = self._path()
        if not self._stack:
            self.root = child
        else:
            parent = self._stack[-1][0]
            if isinstance(parent, list):
                if child is not None:
                    parent.append(child)
            else:
                key, self._key[-1] = self._key[-1], None
                if child is not None and key is not None:
                    parent[key] = child
        if path:
            self.values[path] = place
        return path

    def _path(self) -> str:
        if not self._stack:
            return ""
        parent, path = self._stack[-1]
        if isinstance(parent, list):
            return f"{path}[{len(parent) + 1}]"
        key = self._key[-1] or ""
        return f"{path}.{key}" if path else key

    def _refuse(self, problem_id: str, place: Place) -> None:
        self.problems.append(Problem(problem_id, place, self._path()))
