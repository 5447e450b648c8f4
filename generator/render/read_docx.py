"""Read back a DOCX: the paragraphs a reader of Word sees, with the labels Word will compute, and heads and feet.

Every part is parsed, but parts of the same bytes only once: most do not differ from letter to letter.
"""

import functools
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from generator.render.read_package import Part, opened

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_NAMES = {"w": _W[1:-1]}
_PARAGRAPH, _PROPERTIES, _NUMBERING, _BOOKMARK = f"{_W}p", f"{_W}pPr", f"{_W}numPr", f"{_W}bookmarkStart"
_TEXT, _FIELD, _CODE = f"{_W}t", f"{_W}fldChar", f"{_W}instrText"
_SAID = (_TEXT, f"{_W}tab", f"{_W}br", _FIELD, _CODE)
_VALUE, _KIND, _NAME, _NUMBER, _DEPTH = (f"{_W}{name}" for name in ("val", "fldCharType", "name", "numId", "ilvl"))
_DOCUMENT, _LISTS = "word/document.xml", "word/numbering.xml"
_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщэюя"  # as Word counts: without ё, й, ъ, ы, ь
_REFERENCE = re.compile(r"\s*REF (\S+) \\n \\h\s*")
_LATIN = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class WordReading:
    """What a DOCX says: its paragraphs, the words of each head and of each foot."""

    paragraphs: tuple[str, ...]
    heads: tuple[str, ...]
    feet: tuple[str, ...]


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


@dataclass(slots=True)
class _Paragraph:
    """A paragraph as it is read: its label, and the nodes that hold its words."""

    node: etree._Element
    label: str = ""
    said: list[etree._Element] = field(default_factory=list)

    def is_numbered_by(self, numbering: etree._Element) -> bool:
        """Say whether these are the paragraph's own properties; anywhere else Word prints no label for them."""
        holder = numbering.getparent()
        return holder is not None and holder.tag == _PROPERTIES and holder.getparent() is self.node


def read_docx(raw: bytes) -> WordReading:
    """Return what a DOCX says."""
    parts = opened(raw)
    words = {
        name: _words(part) for name, part in parts.items() if name.endswith(".xml") and name not in (_DOCUMENT, _LISTS)
    }
    paragraphs = _paragraphs(etree.fromstring(parts[_DOCUMENT].read()), _lists(parts[_LISTS]))
    return WordReading(tuple(paragraphs), _edges(words, "word/header"), _edges(words, "word/footer"))


def _edges(words: Mapping[str, str], start: str) -> tuple[str, ...]:
    return tuple(words[name] for name in sorted(words) if name.startswith(start))


@functools.lru_cache(maxsize=64)
def _words(part: Part) -> str:
    """Parse a part and return its words."""
    return "".join(_pieces(etree.fromstring(part.read()).iter(*_SAID), {}))


def _paragraphs(document: etree._Element, lists: Mapping[str, _List]) -> Iterator[str]:
    """Return each paragraph with its label; a reference may lead to one that comes later."""
    labels = _Labels(lists)
    found: list[_Paragraph] = []
    numbers: dict[str, str] = {}
    for node in document.iter(_PARAGRAPH, _NUMBERING, _BOOKMARK, *_SAID):
        tag = node.tag
        if tag == _PARAGRAPH:
            found.append(_Paragraph(node))
        elif tag == _NUMBERING:
            found[-1].label += labels.next(node) if found[-1].is_numbered_by(node) else ""
        elif tag == _BOOKMARK:
            numbers[node.get(_NAME, "")] = found[-1].label.strip().rstrip(".")
        else:
            found[-1].said.append(node)
    return (each.label + "".join(_pieces(each.said, numbers)) for each in found)


def _pieces(nodes: Iterable[etree._Element], numbers: Mapping[str, str]) -> Iterator[str]:
    """Return the words of nodes; of fields only references are read, other results (page numbers) are left out."""
    depth, code, result = 0, "", ""
    for node in nodes:
        tag = node.tag
        if tag == _TEXT:
            if depth:
                result += node.text or ""
            else:
                yield node.text or ""
        elif tag == _FIELD:
            depth += {"begin": 1, "end": -1}.get(node.get(_KIND, ""), 0)
            if not depth:
                yield _reference(code, result, numbers)
                code = result = ""
        elif tag == _CODE:
            code += node.text or ""
        else:
            yield " "


def _reference(code: str, shown: str, numbers: Mapping[str, str]) -> str:
    """Return what a reference shows now and, if that differs, also what it will show when Word counts anew."""
    found = _REFERENCE.fullmatch(code)
    if not found:
        return ""
    computed = numbers.get(found[1], "?")
    return shown if shown == computed else f"{shown} {computed}"


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


class _Labels:
    """Count as Word counts: by abstract list, anew where a list that says so is first used."""

    def __init__(self, lists: Mapping[str, _List]) -> None:
        self.lists = lists
        self.counts: dict[str, dict[int, int]] = {}
        self.used: set[tuple[str, int]] = set()

    def next(self, numbering: etree._Element) -> str:
        """Return the label Word prints before the paragraph that is numbered so, and a space."""
        given = {each.tag: each.get(_VALUE, "") for each in numbering}
        if _NUMBER not in given:
            return ""
        number, level = given[_NUMBER], int(given.get(_DEPTH, "0"))
        chosen = self.lists[number]
        counts = self.counts.setdefault(chosen.abstract, {})
        if (number, level) not in self.used and level in chosen.restarts:
            counts[level] = chosen.restarts[level] - 1
        self.used.add((number, level))
        counts[level] = counts.get(level, chosen.levels[level].start - 1) + 1
        for deeper in [other for other in counts if other > level]:
            del counts[deeper]
        return _printed(chosen.levels, level, counts) + " "


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
