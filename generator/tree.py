"""Build a tree of texts from the events of a YAML parser, and note where each key and value stands."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from generator.errors import MOST, Place, Problem

Mark = Any
"""A spot as the parser marks it: `line` and `column` count from 0. The parser in C has a class of its own for it."""

Tree = str | list["Tree"] | dict[str, "Tree"]

MAX_DEPTH = 12
MAX_MARKS = 4
INVISIBLE = frozenset(
    "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180e\u180f\u2800\u3164\uffa0\U0001d159\U00016fe4"
    "\ufffc\ufffd"  # the marks of what was lost when a text was copied
)
_VARIATIONS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
ODD_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_PLAIN = re.compile("[\\t\\n\\r -~\u0400-\u0482\u048a-\u04ff«»–—№„“”‘’…§]*")  # the quick answer for almost every text
_KEY = re.compile("[a-z][a-z0-9_.-]{0,60}")
_INDEX = re.compile(r"(\[\d+\])+$")
UNTOLD = "…"
"""What stands in a message in the place of a key that may be a fact."""
_NULLS = frozenset({"null", "Null", "NULL", "~"})


def like_a_key(text: str) -> bool:
    """Say whether a text is written as keys are; any other may be a fact that slipped there, and is not to be told."""
    return _KEY.fullmatch(text) is not None


def told(path: str) -> str:
    """Return a path that may be told: without the keys that may be facts."""
    steps = (_INDEX.sub("", step) for step in path.split("."))
    return ".".join(
        step if like_a_key(bare) or not bare else UNTOLD for step, bare in zip(path.split("."), steps, strict=True)
    )


def is_plain(text: str) -> bool:
    """Say whether a text has only common letters and signs: nothing odd, nothing that another form could be written."""
    return _PLAIN.fullmatch(text) is not None


def tidy(text: str) -> str:
    """Return a text as facts are kept: composed letters, single spaces, no line ends."""
    folded = " ".join(text.split())
    return unicodedata.normalize("NFC", text if folded == text else folded)  # a text that is tidy is not copied


def named(char: str) -> str:
    """Return the code and the name of a character: `U+202E RIGHT-TO-LEFT OVERRIDE`."""
    return f"U+{ord(char):04X} {unicodedata.name(char, '')}".strip()


def odd_character(text: str) -> tuple[int, str] | None:
    """Find the first character that is invisible, a control, unassigned or one mark too many: (index, name)."""
    if is_plain(text):
        return None
    marks = 0
    for index, char in enumerate(text):
        category = unicodedata.category(char)
        marks = marks + 1 if category[0] == "M" else 0
        hidden = category in ODD_CATEGORIES or char in INVISIBLE or _VARIATIONS.match(char)
        if (hidden and char not in "\t\n\r") or marks > MAX_MARKS:
            return index, named(char)
    return None


@dataclass(slots=True)
class _Open:
    """A mapping or list that is being read; in a mapping, the value of `key` comes next. `first` places each key."""

    node: dict[str, Tree] | list[Tree]
    path: str
    is_list: bool
    key: str | None = None
    key_path: str = ""
    first: dict[str, Mark] = field(default_factory=dict)

    def inner(self) -> str:
        """Return the path of the value that comes next."""
        return f"{self.path}[{len(self.node) + 1}]" if self.is_list else self.key_path


class TreeBuilder:
    """Turn parser events into a tree, without recursion; note places; refuse what a case file may not use.

    Texts of a `plain` file hold no odd character, and are kept as they are; others are normalised.
    """

    def __init__(self, name: str, text: str, *, plain: bool) -> None:
        self.name, self.text, self.plain = name, text, plain
        self.root: Tree | None = None
        self.values: dict[str, Mark] = {}
        self.keys: dict[str, Mark] = {}
        self.problems: list[Problem] = []
        self._stack: list[_Open] = []
        self._documents = 0

    def feed(self, events: Iterator[Any]) -> None:
        """Read until the end of the file, until what cannot be read on from, or until there are problems enough."""
        for event in events:
            if len(self.problems) > MOST:
                return
            kind = type(event)
            if kind is yaml.ScalarEvent and event.anchor is None and not event.tag:
                self._scalar(event)
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                self._stack.pop()
            elif isinstance(event, yaml.NodeEvent):
                if problem_id := self._refusal(event):
                    self._refuse(problem_id, event.start_mark)
                    return
                is_list = kind is yaml.SequenceStartEvent
                node: dict[str, Tree] | list[Tree] = [] if is_list else {}
                self._stack.append(_Open(node, self._put(node, event.start_mark), is_list))
            elif kind is yaml.DocumentStartEvent:
                self._documents += 1
                if self._documents > 1:
                    self.problems.append(Problem("second-document", self._place(event.start_mark)))
                    return

    def _refusal(self, event: Any) -> str:
        """Say why a node is none that a file may hold, or why a mapping or list cannot begin here; empty if it can."""
        if event.anchor is not None:
            return "yaml-alias"
        if event.tag:
            return "yaml-tag"
        if len(self._stack) >= MAX_DEPTH:
            return "too-deep"
        above = self._stack[-1] if self._stack else None
        return "yaml-syntax" if above and not above.is_list and above.key is None else ""

    def _scalar(self, event: Any) -> None:
        mark, value = event.start_mark, " ".join(event.value.split())
        if not self.plain:
            value = unicodedata.normalize("NFC", value)
            if found := odd_character(event.value):
                self.problems.append(Problem("odd-character", self._place(mark), self._path(), {"code": found[1]}))
        above = self._stack[-1] if self._stack else None
        if above and not above.is_list and above.key is None:
            self._take_key(above, value, mark)
        elif value and value not in _NULLS:
            self._put(value, mark)
        else:
            self._nothing(event, value, above)

    def _take_key(self, above: _Open, key: str, mark: Mark) -> None:
        full = f"{above.path}.{key}" if above.path else key
        if first := above.first.get(key):
            self.problems.append(Problem("duplicate-key", self._place(mark), full, {"first": str(first.line + 1)}))
        else:
            above.first[key] = mark
        self.keys[full] = mark
        above.key, above.key_path = key, full

    def _nothing(self, event: Any, value: str, above: _Open | None) -> None:
        """Take a value that is empty, which leaves no trace, or that says `null`."""
        mark = event.start_mark
        if value and event.implicit[0]:
            self._refuse("null-word", mark)
            value = ""
        elif not value and above and above.is_list:
            self._refuse("empty-item", mark)
            return
        elif not value and event.implicit[0] and not self._after_colon(mark):  # {ru: one, two}: a comma cut the text
            self.problems.append(Problem("key-without-value", self._place(mark), above.path if above else ""))
        self._put(value or None, mark)

    def _after_colon(self, mark: Mark) -> bool:
        """Say whether an empty value follows a colon; within braces a bare text is a key without one."""
        at = mark.index - 1
        while at >= 0 and self.text[at] in " \t":
            at -= 1
        return not self._stack or at < 0 or self.text[at] in ":\r\n"

    def _put(self, child: Tree | None, mark: Mark) -> str:
        """Put a finished or opened node where it belongs and return its path; an empty value leaves no trace."""
        if not self._stack:
            self.root = child
            return ""
        above = self._stack[-1]
        path = above.inner()
        if isinstance(above.node, list):
            if child is not None:
                above.node.append(child)
        else:
            key, above.key = above.key, None
            if child is not None and key is not None:
                above.node[key] = child
        if path:
            self.values[path] = mark
        return path

    def _path(self) -> str:
        """Return the path of what is read next; before a key is known it ends with a dot."""
        if not self._stack:
            return ""
        above = self._stack[-1]
        if above.is_list or above.key is not None:
            return above.inner()
        return f"{above.path}." if above.path else ""

    def _place(self, mark: Mark) -> Place:
        return Place(self.name, mark.line + 1, mark.column + 1)

    def _refuse(self, problem_id: str, mark: Mark) -> None:
        self.problems.append(Problem(problem_id, self._place(mark), self._path()))
