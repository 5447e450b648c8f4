"""Read back a DOCX: the paragraphs a reader of Word sees, with the labels Word will compute, and heads and feet."""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_NAMES = {"w": _W[1:-1]}
_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщэюя"  # as Word counts: without ё, й, ъ, ы, ь
_REFERENCE = re.compile(r"\s*REF (\S+) \\n \\h\s*")
_LATIN = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class WordReading:
    """What a DOCX says: its paragraphs, the words of each head and of each foot."""

    paragraphs: tuple[str, ...]
    heads: tuple[str, ...]
    feet: tuple[str, ...]


def read_docx(raw: bytes) -> WordReading:
    """Return what a DOCX says."""
    with zipfile.ZipFile(io.BytesIO(raw)) as package:
        parts = {name: etree.fromstring(package.read(name)) for name in package.namelist() if name.endswith(".xml")}
    labels = _Labels(parts["word/numbering.xml"])
    body = list(parts["word/document.xml"].iter(f"{_W}p"))
    before = [labels.before(p) for p in body]
    numbers = {
        mark.get(f"{_W}name", ""): label.strip().rstrip(".")
        for p, label in zip(body, before, strict=True)
        for mark in p.iter(f"{_W}bookmarkStart")
    }
    paragraphs = tuple(label + _text(p, numbers) for p, label in zip(body, before, strict=True))
    return WordReading(paragraphs, _edges(parts, "word/header"), _edges(parts, "word/footer"))


def _edges(parts: dict[str, etree._Element], start: str) -> tuple[str, ...]:
    return tuple(_text(parts[name]) for name in sorted(parts) if name.startswith(start))


def _text(element: etree._Element, numbers: Mapping[str, str] | None = None) -> str:
    """Return the words of an element; of fields only references are read, other results (page numbers) are left out."""
    return "".join(_pieces(element, numbers or {}))


def _pieces(element: etree._Element, numbers: Mapping[str, str]) -> Iterator[str]:
    depth, code, result = 0, "", ""
    for node in element.iter(*(f"{_W}{tag}" for tag in ("t", "tab", "br", "fldChar", "instrText"))):
        match node.tag.removeprefix(_W):
            case "fldChar":
                depth += {"begin": 1, "end": -1}.get(node.get(f"{_W}fldCharType", ""), 0)
                if not depth:
                    yield _reference(code, result, numbers)
                    code = result = ""
            case "instrText":
                code += node.text or ""
            case "t" if depth:
                result += node.text or ""
            case "t":
                yield node.text or ""
            case _:
                yield " "


def _reference(code: str, shown: str, numbers: Mapping[str, str]) -> str:
    """Return what a reference shows now and, if that differs, also what it will show when Word counts anew."""
    found = _REFERENCE.fullmatch(code)
    if not found:
        return ""
    computed = numbers.get(found[1], "?")
    return shown if shown == computed else f"{shown} {computed}"


class _Labels:
    """Count as Word counts: by abstract list, anew where a list that says so is first used."""

    def __init__(self, numbering: etree._Element) -> None:
        self.lists = {number.get(f"{_W}numId"): number for number in numbering.iterfind("w:num", _NAMES)}
        self.abstract = {a.get(f"{_W}abstractNumId"): a for a in numbering.iterfind("w:abstractNum", _NAMES)}
        self.counts: dict[str, dict[int, int]] = {}
        self.used: set[tuple[str, int]] = set()

    def before(self, paragraph: etree._Element) -> str:
        """Return the label Word prints before a paragraph, and a space; nothing if it has none."""
        found = paragraph.find("w:pPr/w:numPr/w:numId", _NAMES)
        if found is None:
            return ""
        number, level = self.lists[found.get(f"{_W}val")], _value(paragraph.find("w:pPr/w:numPr/w:ilvl", _NAMES))
        kind = number.find("w:abstractNumId", _NAMES).get(f"{_W}val")  # type: ignore[union-attr]  # no list is without
        levels = {int(each.get(f"{_W}ilvl", "0")): each for each in self.abstract[kind].iterfind("w:lvl", _NAMES)}
        counts = self.counts.setdefault(str(kind), {})
        self._restart(str(found.get(f"{_W}val")), number, level, counts)
        counts[level] = counts.get(level, _value(levels[level].find("w:start", _NAMES)) - 1) + 1
        for deeper in [other for other in counts if other > level]:
            del counts[deeper]
        return self._printed(levels, level, counts) + " "

    def _restart(self, number_id: str, number: etree._Element, level: int, counts: dict[int, int]) -> None:
        if (number_id, level) in self.used:
            return
        self.used.add((number_id, level))
        override = number.find(f"w:lvlOverride[@w:ilvl='{level}']/w:startOverride", _NAMES)
        if override is not None:
            counts[level] = _value(override) - 1

    @staticmethod
    def _printed(levels: dict[int, etree._Element], level: int, counts: dict[int, int]) -> str:
        text = levels[level].find("w:lvlText", _NAMES)
        label = "" if text is None else text.get(f"{_W}val", "")
        for each in range(level + 1):
            kind = levels[each].find("w:numFmt", _NAMES)
            printed = _number("" if kind is None else kind.get(f"{_W}val", ""), counts.get(each, 1))
            label = label.replace(f"%{each + 1}", printed)
        return label


def _value(element: etree._Element | None) -> int:
    return 0 if element is None else int(element.get(f"{_W}val", "0"))


def _number(kind: str, number: int) -> str:
    letters = {"russianLower": _RUSSIAN, "lowerLetter": _LATIN}.get(kind)
    if letters is None:
        return str(number)
    repeats, index = divmod(number - 1, len(letters))
    return letters[index] * (repeats + 1)
