"""What stands around the words of a Word letter: the frame of its house style, and the markup letters are written in.

A letter may hold nothing else. So a text cannot be hidden, shown otherwise or added where no reader of words looks: it
would take a tag that no letter has, or a part that is not as the house style has it.
"""

import functools
import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from generator.render.read_markup import SPACED, written
from generator.render.read_package import Part, opened

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DOCUMENT, _CORE, _TYPES = "word/document.xml", "docProps/core.xml", "[Content_Types].xml"
_HEADS, _FEET = "word/header", "word/footer"
_KEPT = re.compile(
    r"/?(?:\[Content_Types\]\.xml|_rels/\.rels|docProps/core\.xml|word/(?:(?:document|styles|numbering|settings|fontTable)"
    r"\.xml|_rels/.*|header.*|footer.*|theme/.*|media/.*))"
)
"""The parts of a Word file that a letter takes over."""
_PLACEHOLDER = re.compile(r"\{\{\s*(?:p\s)?\s*(\w+)\s*\}\}")
_TAG = re.compile("<[^>]*>")
_TITLE = re.compile(
    r"<\?xml[^>]*>\s*<cp:coreProperties(?: xmlns:\w+=\"[^\"]*\")+><dc:title>([^<]*)</dc:title>"
    r"<dc:language>([^<]*)</dc:language></cp:coreProperties>\s*"
)
_USUAL = frozenset(
    (("ContentType", f"image/{kind}"), ("Extension", ending))
    for ending, kind in (("png", "png"), ("jpg", "jpeg"), ("jpeg", "jpeg"), ("gif", "gif"))
)
"""Kinds of content that harm nobody where no part is of that kind."""
_NEWER = ("{http://schemas.microsoft.com/", "{http://schemas.openxmlformats.org/markup-compatibility/")
_TRACES = (f"{_W}rsids", f"{_W}proofErr", f"{_W}docVars")
_HERE = "\N{PILCROW SIGN}"


@dataclass(frozen=True, slots=True, eq=False)  # compared by identity: it is a key of caches
class Edge:
    """A head or foot as the style has it: its words with placeholders, its tags."""

    words: str
    tags: frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)  # compared by identity: it is a key of caches
class Frame:
    """The parts a letter has of its house style; heads and feet; what is written into `document.xml`, and around it."""

    fixed: Mapping[str, Part]
    needed: frozenset[str]
    edges: Mapping[str, Edge]
    written: re.Pattern[str]
    around: re.Pattern[str]


def strange_parts(parts: Mapping[str, Part], frame: Frame) -> Iterator[str]:
    """Name the parts of a letter that hold what neither its house style nor a letter holds, or that are missing."""
    wanted = {*frame.fixed, *frame.edges, _DOCUMENT, _CORE}
    yield from sorted((set(parts) - wanted) | (frame.needed - set(parts)))
    for name in wanted & set(parts):
        if name == _DOCUMENT:
            sound = _is_framed(parts[name].read().decode(), frame)
        elif name in frame.edges:
            sound = _tags(parts[name]) <= frame.edges[name].tags
        else:
            sound = name == _CORE or _agrees(parts, name, frame)
        if not sound:
            yield name


def _agrees(parts: Mapping[str, Part], name: str, frame: Frame) -> bool:
    """Say whether a part is as the style has it; links to parts that a letter does without may be left out."""
    ours, theirs = _same(parts[name]), _same(frame.fixed[name])
    if not (isinstance(ours, frozenset) and isinstance(theirs, frozenset)):
        return ours == theirs or (name.endswith(".xml") and _follows(parts[name], frame.fixed[name]))
    missing = {dict(each).get("PartName", dict(each).get("Target")) for each in theirs - ours}
    return ours <= theirs | _USUAL and not any(_is_there(parts, target) for target in missing)


@functools.lru_cache(maxsize=32)
def _follows(ours: Part, theirs: Part) -> bool:
    """Say whether a part is that of the style but for what tells of newer versions, themes and settings."""
    left = iter(_clean(theirs).iter(etree.Element))
    for element in _clean(ours).iter(etree.Element):
        known = next((each for each in left if each.tag == element.tag or not _is_extra(each, theirs.name)), None)
        if known is None or known.tag != element.tag or (known.text or "").strip() != (element.text or "").strip():
            return False
        if element.tag == f"{_W}lang":
            continue  # of each letter its own
        missing = set(known.attrib.items()) ^ set(element.attrib.items())
        if not all(_is_extra_key(str(key)) and key not in element.attrib for key, _ in missing):
            return False
    return all(_is_extra(each, theirs.name) for each in left)


def _is_extra(element: etree._Element, part: str) -> bool:
    above = element.getparent()
    top = part == "word/settings.xml" and above is not None and above.getparent() is None
    return top or not str(element.tag).startswith(_W) or (above is not None and _is_extra(above, part))


def _is_extra_key(key: str) -> bool:
    return "heme" in key or not key.startswith(_W)


def _is_there(parts: Mapping[str, Part], target: str | None) -> bool:
    return target is not None and any(f"{folder}{target}".lstrip("/") in parts for folder in ("", "word/"))


def told(core: Part) -> tuple[str, str]:
    """Return title and language that a letter tells of itself; raise `ValueError` if it tells more."""
    found = _TITLE.fullmatch(core.read().decode())
    if not found:
        raise ValueError(core.name)
    return html.unescape(found[1]), found[2]


def changed_edges(parts: Mapping[str, Part], frame: Frame, values: Mapping[str, str]) -> Iterator[str]:
    """Name the heads and feet whose words and fields are not those of the style, with values for its placeholders."""
    for name, edge in frame.edges.items():
        if name not in parts:
            continue  # the letter does without, for nothing refers to it
        wanted = _PLACEHOLDER.sub(lambda found: values.get(found[1], ""), edge.words)
        if _words(parts[name]).split() != wanted.split():
            yield "head" if name.startswith(_HEADS) else "foot"


@functools.lru_cache(maxsize=64)
def _words(part: Part) -> str:
    return html.unescape(_TAG.sub("", part.read().decode()))


def _is_framed(document: str, frame: Frame) -> bool:
    return frame.around.fullmatch(frame.written.sub(_HERE, document)) is not None


@functools.lru_cache(maxsize=8)
def frame_of(style: bytes) -> Frame:
    """Return the frame that the Word file of a house style gives its letters."""
    parts = {name: part for name, part in opened(style).items() if _KEPT.fullmatch(name) and name != _CORE}
    edges = {name: part for name, part in parts.items() if name.startswith((_HEADS, _FEET))}
    fixed = {name: part for name, part in parts.items() if name != _DOCUMENT and name not in edges}
    pattern = written(_clean(parts["word/styles.xml"]))
    needed = {_DOCUMENT, _CORE, *(name for name in fixed if not name.startswith("word/media/")), *_referred(parts)}
    return Frame(
        fixed=fixed,
        needed=frozenset(needed),
        edges={name: _edge(part) for name, part in edges.items()},
        written=pattern,
        around=_around(parts[_DOCUMENT], pattern),
    )


def _referred(parts: Mapping[str, Part]) -> set[str]:
    """Return the heads and feet that the document refers to."""
    ids = set(re.findall(r'<w:(?:header|footer)Reference\s[^>]*?r:id="([^"]+)"', parts[_DOCUMENT].read().decode()))
    links = (dict(each) for each in _links(parts["word/_rels/document.xml.rels"]))
    return {f"word/{link['Target'].removeprefix('/word/')}" for link in links if link.get("Id") in ids}


def _links(part: Part) -> frozenset[tuple[tuple[str, str], ...]]:
    found = _same(part)
    return found if isinstance(found, frozenset) else frozenset()


def _edge(part: Part) -> Edge:
    tree = _clean(part)
    tags = {SPACED, *_TAG.findall(_serialised(tree)), *_TAG.findall(_serialised(_bare(part)))}
    return Edge("".join(map(str, tree.itertext())), frozenset(tags))


@functools.lru_cache(maxsize=64)
def _tags(part: Part) -> frozenset[str]:
    return frozenset(_TAG.findall(part.read().decode()))


def _around(document: Part, pattern: re.Pattern[str]) -> re.Pattern[str]:
    """Return the pattern of what is left of `document.xml` without the paragraphs of the letter."""
    return re.compile("|".join(_pieces(tree, pattern) for tree in (_clean(document), _bare(document))))


def _bare(part: Part) -> etree._Element:
    """Return the tree of a part without what a letter may leave out."""
    tree = _clean(part)
    for element in list(tree.iter(etree.Element)):
        for key in [str(key) for key in element.attrib if "heme" in str(key) or str(key).startswith(_NEWER)]:
            del element.attrib[key]
        if str(element.tag).startswith(_NEWER) and (above := element.getparent()) is not None:
            above.remove(element)
    return tree


def _pieces(tree: etree._Element, pattern: re.Pattern[str]) -> str:
    for paragraph in tree.iter(f"{_W}p"):
        if _PLACEHOLDER.search("".join(map(str, paragraph.itertext(f"{_W}t")))):
            paragraph.clear()
            paragraph.text = _HERE
    text = re.sub(f"<w:p>{_HERE}</w:p>", _HERE, _serialised(tree))
    return f"{_HERE}?".join(map(re.escape, re.split(f"{_HERE}+", pattern.sub(_HERE, text))))


@functools.lru_cache(maxsize=128)
def _same(part: Part) -> object:
    """Return the content of a part in a form that is the same whoever wrote it down."""
    if not part.name.endswith((".xml", ".rels")):
        return part.read()
    tree = _clean(part)
    if part.name == _TYPES or part.name.endswith(".rels"):
        told_of = (
            tuple(sorted((str(name), str(value)) for name, value in entry.items() if not _is_idle(part, name)))
            for entry in tree
        )
        return frozenset(each for each in told_of if _is_of_kept(dict(each)))
    for language in tree.iterfind(f"{_W}docDefaults/{_W}rPrDefault/{_W}rPr/{_W}lang"):
        language.attrib.clear()  # of each letter its own
    return etree.tostring(tree, method="c14n")


def _is_idle(part: Part, key: str | bytes) -> bool:
    """Say whether an attribute tells nothing: nobody refers to the links of a whole package by their ids."""
    return part.name == "_rels/.rels" and key == "Id"


def _is_of_kept(told_of: Mapping[str, str]) -> bool:
    """Say whether a link or a kind of content belongs to a part that letters take over, or to no part at all."""
    if told_of.get("TargetMode") == "External":
        return True  # no letter has one, so it must be seen
    target = told_of.get("Target", told_of.get("PartName"))
    return target is None or any(_KEPT.fullmatch(f"{folder}{target}") for folder in ("", "word/"))


def _clean(part: Part) -> etree._Element:
    """Return the tree of a part without what tells of whoever saved it."""
    tree = etree.fromstring(part.read(), etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True))
    for element in list(tree.iter(etree.Element)):
        for name in [str(name) for name in element.attrib if str(name).startswith(f"{_W}rsid")]:
            del element.attrib[name]
        if element.tag in _TRACES and (above := element.getparent()) is not None:
            above.remove(element)
    return tree


def _serialised(tree: etree._Element) -> str:
    return etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True).decode()
