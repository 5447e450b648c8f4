"""Read back a DOCX: the paragraphs a reader of Word sees, with the labels Word will compute, and heads and feet.

A parser proves that a part is XML; then one pattern takes the words out of its markup, much faster than a tree could.
So the markup has to be plain: nothing but tags and text, and `w:` means the same everywhere; anything else is refused.
Parts of the same bytes are read once: most do not differ from letter to letter.
"""

import functools
import html
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, NoReturn
from xml.parsers import expat

from generator.render.read_lists import Numbering, labels
from generator.render.read_package import Part, opened

_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_DOCUMENT, _LISTS, _HEADS, _FEET = "word/document.xml", "word/numbering.xml", "word/header", "word/footer"
_READ = (_DOCUMENT, _HEADS, _FEET)
_TOKEN = re.compile(
    r"<w:(?:t(?=[\s/>])[^>]*>([^<]*)"
    r"|(p|tab|br|fldChar|instrText|bookmarkStart|numPr)(?=[\s/>])"
    r"([^>]*>[^<]*(?:<w:pPr[\s>][^<]*(?:<(?!/w:pPr)[^<]*)*)?))"
)
"""The words in a run; or the name of an element, with its attributes, its text and the properties it begins with."""
_NUMBERED = re.compile(r"<w:numPr[\s>](.*?)</w:numPr\s*>", re.DOTALL)
_ATTRIBUTE = re.compile(r"""\sw:(\w+)\s*=\s*["']([^"']*)["']""")
_GIVEN = re.compile(r"""<w:(numId|ilvl)(?=\s)[^>]*?\sw:val\s*=\s*["']([^"']*)["']""")
_BINDING_TAG = re.compile(r"<[^<>]*\sxmlns[^<>]*>")
_BINDING = re.compile(r"""\sxmlns(?::([^\s=]+))?\s*=\s*["']([^"']*)["']""")
_REFERENCE = re.compile(r"\s*REF (\S+) \\n \\h\s*")


@dataclass(frozen=True, slots=True)
class WordReading:
    """What a DOCX says: its paragraphs, the words of each head and of each foot."""

    paragraphs: tuple[str, ...]
    heads: tuple[str, ...]
    feet: tuple[str, ...]


class _FieldMark(NamedTuple):
    """The beginning, middle or end of a field, or a piece of its code."""

    kind: str
    code: str


class _Paragraph(NamedTuple):
    """A paragraph as it is read: how it is numbered, its words, fields by their place in them, names of bookmarks."""

    numbered: Sequence[Numbering]
    said: list[str]
    fields: dict[int, _FieldMark]
    marks: list[str]


def read_docx(raw: bytes) -> WordReading:
    """Return what a DOCX says; raise `ValueError` if a part of it is no XML, or none that is plain."""
    parts = opened(raw)
    for part in parts.values():
        if part.name.endswith(".xml") and not part.name.startswith(_READ):
            _prove(part)
    paragraphs = _labelled(_paragraphs(parts[_DOCUMENT]), parts[_LISTS])
    return WordReading(paragraphs, _edges(parts, _HEADS), _edges(parts, _FEET))


def _edges(parts: Mapping[str, Part], start: str) -> tuple[str, ...]:
    return tuple(_words(parts[name]) for name in sorted(parts) if name.startswith(start) and name.endswith(".xml"))


@functools.lru_cache(maxsize=64)
def _words(part: Part) -> str:
    """Return all words of a head or foot."""
    return "".join(_text(each, {}) for each in _paragraphs(part))


@functools.lru_cache(maxsize=64)
def _prove(part: Part) -> None:
    _markup(part)


def _labelled(paragraphs: Sequence[_Paragraph], lists: Part) -> tuple[str, ...]:
    """Return each paragraph with its label; a reference may lead to one that comes later."""
    counted = iter(labels(lists, tuple(numbering for each in paragraphs for numbering in each.numbered)))
    before = ["".join([next(counted) for _ in each.numbered]) for each in paragraphs]
    numbers = {
        mark: label.strip().rstrip(".") for each, label in zip(paragraphs, before, strict=True) for mark in each.marks
    }
    return tuple(label + _text(each, numbers) for each, label in zip(paragraphs, before, strict=True))


def _paragraphs(part: Part) -> list[_Paragraph]:
    said: list[str] = []
    found = [_Paragraph((), said, {}, [])]  # of words before the first paragraph, where none belong
    for text, element, rest in _TOKEN.findall(_markup(part)):
        if text:  # first, as most tokens are
            said.append(text)
        elif element == "p":
            said = []
            found.append(_Paragraph(_numbered(rest), said, {}, []))
        elif element in {"tab", "br"}:
            said.append(" ")
        elif element == "bookmarkStart":
            found[-1].marks.append(_attribute(rest, "name"))
        elif element == "numPr":
            raise ValueError(element)  # not among what a paragraph begins with: who knows whether Word numbers it
        elif element:
            found[-1].fields[len(said)] = _FieldMark(_attribute(rest, "fldCharType"), rest.partition(">")[2])
            said.append("")
    return found if found[0].said else found[1:]


def _markup(part: Part) -> str:
    """Return the text of a part that is XML; raise `ValueError` unless its markup is plain."""
    raw = part.read()
    parser = expat.ParserCreate()
    parser.CommentHandler = parser.StartCdataSectionHandler = _refuse
    parser.StartDoctypeDeclHandler = parser.ProcessingInstructionHandler = _refuse
    try:
        parser.Parse(raw, True)
    except expat.ExpatError as fault:
        raise ValueError(part.name) from fault
    text = raw.decode()
    tags = _BINDING_TAG.findall(text, 0, text.find(">", text.rfind("xmlns")) + 1)
    if any((prefix == "w") != (name == _MAIN) for tag in tags for prefix, name in _BINDING.findall(tag)):
        raise ValueError(part.name)
    return text


def _refuse(*_found: object) -> NoReturn:
    raise ValueError


@functools.lru_cache(maxsize=256)
def _numbered(properties: str) -> tuple[Numbering, ...]:
    """Return how a paragraph of these properties is numbered: as a rule once, or not."""
    given = [dict(_GIVEN.findall(numbering)) for numbering in _NUMBERED.findall(properties)]
    return tuple((each["numId"], int(each.get("ilvl", "0"))) for each in given if "numId" in each)


@functools.lru_cache(maxsize=256)
def _attribute(tag: str, name: str) -> str:
    attributes: dict[str, str] = dict(_ATTRIBUTE.findall(tag))
    return attributes.get(name, "")


def _text(paragraph: _Paragraph, numbers: Mapping[str, str]) -> str:
    """Return the words; of fields only references are read, other results (page numbers) are left out."""
    text = "".join(_pieces(paragraph, numbers) if paragraph.fields else paragraph.said)
    return html.unescape(text) if "&" in text else text


def _pieces(paragraph: _Paragraph, numbers: Mapping[str, str]) -> Iterator[str]:
    depth, code, result = 0, "", ""
    for place, words in enumerate(paragraph.said):
        mark = paragraph.fields.get(place)
        if mark is None:
            if depth:
                result += words
            else:
                yield words
        elif mark.code:
            code += mark.code
        else:
            depth += {"begin": 1, "end": -1}.get(mark.kind, 0)
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
