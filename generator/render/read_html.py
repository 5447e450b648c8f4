"""Read back an HTML file: the paragraphs a reader of a browser sees, with the labels of its lists.

What the page looks like is said by the house style alone: its style sheet and its frame. A letter adds elements of a
few kinds, and nothing that could hide them, fetch something or say something else to whoever listens.
"""

import functools
import re
from dataclasses import dataclass

from lxml import etree

_BLOCKS = ("h1", "h2", "h3", "p", "li", "th", "td")
_PLACEHOLDER = re.compile(r"\{\{\s*\w+\s*\}\}")
_CLASSES = re.compile(
    r"letterhead|reference|corner|group|subject|basis|annexes|signature|post|hand|left|rule|name|received|sheet|panel"
    r"|draft|foot|glued|number|whole kept|whole|kept"
)
_ATTRIBUTES = {
    "class": _CLASSES,
    "lang": re.compile("[a-z]{2}"),
    "href": re.compile(r"#[^\s]+"),
    "id": re.compile(r"[^\s]+"),
    "value": re.compile(r"\d+"),
    "data-label": re.compile(r"[^<>]*"),
    "role": re.compile("list"),
    "scope": re.compile("col"),
    "style": re.compile("width: (?:[89]|[1-9][0-9]|100)%"),  # wide enough for words,
}
_ONLY_ON = {"href": "a", "style": "col", "value": "li", "data-label": "li", "scope": "th"}
_TAGS = frozenset(
    (*_BLOCKS, "div", "section", "span", "em", "strong", "mark", "a", "ol", "ul", "table", "thead", "tbody", "tr")
) | {"colgroup", "col"}
_RULE = "\u00a0"  # the room for the hand


@dataclass(frozen=True, slots=True)
class PageReading:
    """What an HTML file says: its paragraphs, title, language, style sheet; and what does not belong there."""

    paragraphs: tuple[str, ...]
    title: str
    language: str
    look: str
    strange: tuple[str, ...]


def read_html(raw: bytes, frame: str = "<html></html>") -> PageReading:
    """Return what an HTML file says; `frame` is the page of the house style it was made in."""
    root = _parsed(raw)
    paragraphs = tuple(_paragraph(element) for element in root.iter(*_BLOCKS))
    look = "".join(element.text or "" for element in root.iter("style"))
    strange = tuple(dict.fromkeys(_strange(root, _frame(frame))))
    return PageReading(paragraphs, root.findtext("head/title") or "", root.get("lang") or "", look, strange)


def _parsed(raw: bytes) -> etree._Element:
    import lxml.html  # noqa: PLC0415  # only when there is an HTML file

    return lxml.html.document_fromstring(raw, parser=lxml.html.HTMLParser(encoding="utf-8"))


@functools.lru_cache(maxsize=8)
def _frame(page: str) -> frozenset[tuple[str, tuple[tuple[str, str], ...]]]:
    """Return the elements a page has of its own, each with its attributes."""
    return frozenset(_told(element) for element in _parsed(_PLACEHOLDER.sub("", page).encode()).iter(etree.Element))


def _told(element: etree._Element) -> tuple[str, tuple[tuple[str, str], ...]]:
    given = {name: value for name, value in element.attrib.items() if (element.tag, name) != ("html", "lang")}
    return str(element.tag), tuple(sorted((str(name), str(value)) for name, value in given.items()))


def _strange(root: etree._Element, frame: frozenset[tuple[str, tuple[tuple[str, str], ...]]]) -> list[str]:
    """Name what is neither of the frame nor written by a letter, and words that stand in no paragraph."""
    found = []
    for node in root.iter():
        if not isinstance(node.tag, str):
            found.append("comment")
        elif _told(node) not in frame:
            found += [str(node.tag)] if node.tag not in _TAGS else _odd_attributes(node)
    body = root.find("body")
    outside = [] if body is None else [text for text in _loose(body) if text.strip() and text != _RULE]
    return found + ["text"] * bool(outside)


def _odd_attributes(node: etree._Element) -> list[str]:
    return [
        str(name)
        for name, value in node.attrib.items()
        if name not in _ATTRIBUTES
        or not _ATTRIBUTES[str(name)].fullmatch(str(value))
        or _ONLY_ON.get(str(name), node.tag) != node.tag
    ]


def _loose(element: etree._Element) -> list[str]:
    """Return the words below an element that stand in no paragraph."""
    if element.tag in _BLOCKS:
        return []
    found = [element.text or ""] if isinstance(element.tag, str) else []
    for child in element:
        found += [*_loose(child), child.tail or ""]
    return found


def _paragraph(element: etree._Element) -> str:
    label = element.get("data-label", "")
    if label[:-1].replace(".", "").isdigit() and label[:-1].rpartition(".")[2] != element.get("value"):
        label = ""  # what is seen and what is said aloud are not one number
    return f"{label} {_text(element)}"


def _text(element: etree._Element) -> str:
    """Return the words of an element without those of a list inside it."""
    pieces = [element.text or ""]
    for child in element:
        pieces += ["" if child.tag in ("ol", "ul") else _text(child), child.tail or ""]
    return "".join(pieces)
