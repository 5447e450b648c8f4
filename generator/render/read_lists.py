"""Compute the labels that Word prints before the paragraphs of its lists."""

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from generator.render.read_package import Part

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_NAMES = {"w": _W[1:-1]}
_VALUE, _NUMBER, _DEPTH = (f"{_W}{name}" for name in ("val", "numId", "ilvl"))
_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщэюя"  # as Word counts: without ё, й, ъ, ы, ь
_LATIN = "abcdefghijklmnopqrstuvwxyz"
Numbering = tuple[str, int]
"""How a paragraph is numbered: the id of its list, and the level in it."""


@dataclass(frozen=True, slots=True)
class _Level:
    """How a level of a list is counted and printed."""

    start: int
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class _List:
    """A list of the document: the abstract list it counts with, and the levels it begins anew, at which number."""

    abstract: str
    levels: Mapping[int, _Level]
    restarts: Mapping[int, int]


@functools.lru_cache(maxsize=128)
def labels(lists: Part, numbered: Sequence[Numbering]) -> tuple[str, ...]:
    """Return the label and a space that Word prints before each of the paragraphs that are numbered so.

    Count as Word counts: by abstract list, anew where a list that says so is first used.
    """
    by_number = _lists(lists)
    counts: dict[str, dict[int, int]] = {}
    used: set[Numbering] = set()
    printed = []
    for number, level in numbered:
        chosen = by_number[number]
        count = counts.setdefault(chosen.abstract, {})
        if (number, level) not in used and level in chosen.restarts:
            count[level] = chosen.restarts[level] - 1
        used.add((number, level))
        count[level] = count.get(level, chosen.levels[level].start - 1) + 1
        for deeper in [other for other in count if other > level]:
            del count[deeper]
        printed.append(_printed(chosen.levels, level, count) + " ")
    return tuple(printed)


@functools.lru_cache(maxsize=32)
def _lists(part: Part) -> Mapping[str, _List]:
    """Return the lists of a document by their ids."""
    numbering = etree.fromstring(part.read())
    levels = {
        abstract.get(f"{_W}abstractNumId", ""): {
            int(level.get(_DEPTH, "0")): _Level(
                int(_value(level, "w:start", "0")), _value(level, "w:numFmt"), _value(level, "w:lvlText")
            )
            for level in abstract.iterfind("w:lvl", _NAMES)
        }
        for abstract in numbering.iterfind("w:abstractNum", _NAMES)
    }
    return {
        number.get(_NUMBER, ""): _List(
            _value(number, "w:abstractNumId"),
            levels[_value(number, "w:abstractNumId")],
            {
                int(level.get(_DEPTH, "0")): int(_value(level, "w:startOverride"))
                for level in number.iterfind("w:lvlOverride", _NAMES)
                if level.find("w:startOverride", _NAMES) is not None
            },
        )
        for number in numbering.iterfind("w:num", _NAMES)
    }


def _value(element: etree._Element, path: str, otherwise: str = "") -> str:
    found = element.find(path, _NAMES)
    return otherwise if found is None else found.get(_VALUE, otherwise)


def _printed(levels: Mapping[int, _Level], level: int, counts: Mapping[int, int]) -> str:
    label = levels[level].text
    for each in range(level + 1):
        label = label.replace(f"%{each + 1}", _number(levels[each].kind, counts.get(each, 1)))
    return label


def _number(kind: str, number: int) -> str:
    letters = {"russianLower": _RUSSIAN, "lowerLetter": _LATIN}.get(kind)
    if letters is None:
        return str(number)
    repeats, index = divmod(number - 1, len(letters))
    return letters[index] * (repeats + 1)
