"""Read back a DOCX: the paragraphs a reader of Word sees, with the labels Word will compute, and heads and feet.

Every part is parsed, but parts of the same bytes only once: most do not differ from letter to letter.
"""

import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from generator.render.read_package import Part, opened

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_NAMES = {"w": _W[1:-1]}
_PARAGRAPH, _PROPERTIES, _NUMBERING, _BOOKMARK = f"{_W}p", f"{_W}pPr", f"{_W}numPr", f"{_W}bookmarkStart"
_TEXT, _FIELD, _CODE = f"{_W}t", f"{_W}fldChar", f"{_W}instrText"
_OF_FIELDS = frozenset({_FIELD, _CODE})
_SAID = (_TEXT, f"{_W}tab", f"{_W}br", _FIELD, _CODE)
_READ = (_PARAGRAPH, _NUMBERING, _BOOKMARK, *_SAID)
_VALUE, _KIND, _NAME, _NUMBER, _DEPTH = (f"{_W}{name}" for name in ("val", "fldCharType", "name", "numId", "ilvl"))
_DOCUMENT, _LISTS = "word/document.xml", "word/numbering.xml"
_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщэюя"  # as Word counts: without ё, й, ъ, ы, ь
_REFERENCE = re.compile(r"\s*REF (\S+) \\n \\h\s*")
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_Numbering = tuple[str, int]
"""The id of a list, and the level in it."""
_Said = list[str | etree._Element]
"""Words, and among them the nodes that make fields."""


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


def read_docx(raw: bytes) -> WordReading:
    """Return what a DOCX says."""
    parts = opened(raw)
    words = {
        name: _words(part) for name, part in parts.items() if name.endswith(".xml") and name not in (_DOCUMENT, _LISTS)
    }
    paragraphs = _paragraphs(_parsed(parts[_DOCUMENT]), parts[_LISTS])
    return WordReading(tuple(paragraphs), _edges(words, "word/header"), _edges(words, "word/footer"))


def _edges(words: Mapping[str, str], start: str) -> tuple[str, ...]:
    return tuple(words[name] for name in sorted(words) if name.startswith(start))


@functools.lru_cache(maxsize=64)
def _words(part: Part) -> str:
    """Parse a part and return its words."""
    return "".join(_pieces([_heard(node) for node in _parsed(part).iter(*_SAID)], {}))


def _parsed(part: Part) -> etree._Element:
    return etree.fromstring(part.read(), etree.XMLParser(collect_ids=False))


def _heard(node: etree._Element) -> str | etree._Element:
    return node if node.tag in _OF_FIELDS else node.text or "" if node.tag == _TEXT else " "


def _paragraphs(document: etree._Element, lists: Part) -> list[str]:
    """Return each paragraph with its label; a reference may lead to one that comes later."""
    found: list[_Said] = []
    numbered: list[tuple[int, _Numbering]] = []
    marked: dict[str, int] = {}
    with_fields: set[int] = set()
    for node in document.iter(*_READ):
        tag = node.tag
        if tag == _TEXT:  # first, as most nodes are
            found[-1].append(node.text or "")
        elif tag == _PARAGRAPH:
            found.append([""])  # where its label goes
            paragraph = node
        elif tag == _NUMBERING:
            numbered += [(len(found) - 1, each) for each in _numbering(node, paragraph)]
        elif tag == _BOOKMARK:
            marked[node.get(_NAME, "")] = len(found) - 1
        else:
            found[-1].append(_heard(node))
            if tag in _OF_FIELDS:
                with_fields.add(len(found) - 1)
    labels = _labels(lists, tuple(numbering for _, numbering in numbered))
    for (place, _), label in zip(numbered, labels, strict=True):
        found[place][0] = f"{found[place][0]}{label}"
    numbers = {name: str(found[place][0]).strip().rstrip(".") for name, place in marked.items()}
    for place in with_fields:
        found[place] = list(_pieces(found[place], numbers))
    return ["".join(each) for each in found]


def _numbering(node: etree._Element, paragraph: etree._Element) -> Iterator[_Numbering]:
    """Yield how a paragraph is numbered, if these are its own properties; anywhere else Word prints no label for them."""
    holder = node.getparent()
    if holder is not None and holder.tag == _PROPERTIES and holder.getparent() is paragraph:
        given = {each.tag: each.get(_VALUE, "") for each in node}
        if _NUMBER in given:
            yield given[_NUMBER], int(given.get(_DEPTH, "0"))


def _pieces(said: _Said, numbers: Mapping[str, str]) -> Iterator[str]:
    """Return the words; of fields only references are read, other results (page numbers) are left out."""
    depth, code, result = 0, "", ""
    for each in said:
        if isinstance(each, str):
            if depth:
                result += each
            else:
                yield each
        elif each.tag == _CODE:
            code += each.text or ""
        else:
            depth += {"begin": 1, "end": -1}.get(each.get(_KIND, ""), 0)
            if not depth:
                yield _reference(code, result, numbers)
                code = result = ""


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


@functools.lru_cache(maxsize=128)
def _labels(lists: Part, numbered: Sequence[_Numbering]) -> tuple[str, ...]:
    """Return the label and a space that Word prints before each of the paragraphs that are numbered so.

    Count as Word counts: by abstract list, anew where a list that says so is first used.
    """
    by_number = _lists(lists)
    counts: dict[str, dict[int, int]] = {}
    used: set[_Numbering] = set()
    labels = []
    for number, level in numbered:
        chosen = by_number[number]
        count = counts.setdefault(chosen.abstract, {})
        if (number, level) not in used and level in chosen.restarts:
            count[level] = chosen.restarts[level] - 1
        used.add((number, level))
        count[level] = count.get(level, chosen.levels[level].start - 1) + 1
        for deeper in [other for other in count if other > level]:
            del count[deeper]
        labels.append(_printed(chosen.levels, level, count) + " ")
    return tuple(labels)


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
