"""What stands around the words of a Word letter: the frame of its house style, and the markup letters are written in.

A letter may hold nothing else. So a text cannot be hidden, shown otherwise or added where no reader of words looks: it
would take a tag that no letter has, or a part that is not as the house style has it.
"""

import functools
import html
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

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
_SPACED = '<w:t xml:space="preserve">'
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

    fixed: Mapping[str, object]
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
    ours, theirs = _same(parts[name]), frame.fixed[name]
    if not (isinstance(ours, frozenset) and isinstance(theirs, frozenset)):
        return ours == theirs
    missing = {dict(each).get("PartName", dict(each).get("Target")) for each in theirs - ours}
    return ours <= theirs | _USUAL and not any(_is_there(parts, target) for target in missing)


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
    fixed = {name: _same(part) for name, part in parts.items() if name != _DOCUMENT and name not in edges}
    written = _written(parts["word/styles.xml"])
    needed = {_DOCUMENT, _CORE, *(name for name in fixed if not name.startswith("word/media/")), *_referred(parts)}
    return Frame(
        fixed=fixed,
        needed=frozenset(needed),
        edges={name: _edge(part) for name, part in edges.items()},
        written=written,
        around=_around(parts[_DOCUMENT], written),
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
    return Edge("".join(map(str, tree.itertext())), frozenset({*_TAG.findall(_serialised(tree)), _SPACED}))


@functools.lru_cache(maxsize=64)
def _tags(part: Part) -> frozenset[str]:
    return frozenset(_TAG.findall(part.read().decode()))


def _around(document: Part, written: re.Pattern[str]) -> re.Pattern[str]:
    """Return the pattern of what is left of `document.xml` without the paragraphs of the letter."""
    tree = _clean(document)
    for paragraph in tree.iter(f"{_W}p"):
        if _PLACEHOLDER.search("".join(map(str, paragraph.itertext(f"{_W}t")))):
            paragraph.clear()
            paragraph.text = _HERE
    text = re.sub(f"<w:p>{_HERE}</w:p>", _HERE, _serialised(tree))
    pieces = re.split(f"{_HERE}+", written.sub(_HERE, text))
    return re.compile(f"{_HERE}?".join(map(re.escape, pieces)))


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


def _written(styles: Part) -> re.Pattern[str]:
    """Return the pattern of what a letter writes into `document.xml`: paragraphs and tables in Word styles, no more."""
    each = list(_clean(styles).iterfind(f"{_W}style"))
    look, table, run = (_one_of(each, kind) for kind in ("paragraph", "table", "character"))
    words = (
        f'<w:r>(?:<w:rPr>(?:<w:rStyle w:val="{run}"/>)?(?:<w:lang w:val="[A-Za-z-]+"/>)?</w:rPr>)?'
        f"{_SPACED}[^<]*+</w:t></w:r>"
    )
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    code = r'<w:r><w:instrText xml:space="preserve"> REF _Ref_\d+ \\n \\h </w:instrText></w:r>'
    field = f"{mark('begin')}{code}{mark('separate')}(?:{words})*+{mark('end')}"
    bookmark = r'<w:bookmark(?:Start w:id="\d+" w:name="_Ref_\d+"|End w:id="\d+")/>'
    numbering = r'<w:numPr><w:ilvl w:val="[01]"/><w:numId w:val="[^"<]+"/></w:numPr>'
    paragraph = (
        f'<w:p><w:pPr><w:pStyle w:val="{look}"/>(?:<w:keepNext/>)?+(?:{numbering})?+</w:pPr>'
        f"(?:{words}|<w:r><w:tab/></w:r>|{field}|{bookmark})*+</w:p>"
    )
    return re.compile(f"(?:{'|'.join((paragraph, *_table_pieces(table)))})++")


def _table_pieces(style: str) -> Iterable[str]:
    """Return patterns of all around the paragraphs of a table; no column and no row can be made too small for words."""
    width = '<w:{} w:w="(?:[1-9]\\d{{2,3}}" w:type="pct"|[1-9]\\d{{3,4}}" w:type="dxa")/>'.format
    margins = r'(?:<w:(?:top|left|bottom|right) w:w="\d{1,3}" w:type="dxa"/>)*+'
    look = r'<w:tblLook w:val="\d+"(?: w:firstRow="1")?/>'
    borders = r'<w:tcBorders><w:(?:top|bottom) w:val="nil"/></w:tcBorders>'
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/>{width("tblW")}<w:tblLayout w:type="fixed"/>{look}</w:tblPr>',
        r'<w:tblGrid>(?:<w:gridCol w:w="[1-9]\d{2,4}"/>)++</w:tblGrid>',
        r'<w:tr><w:trPr><w:cantSplit/>(?:<w:tblHeader/>|<w:trHeight w:val="\d+" w:hRule="atLeast"/>)?</w:trPr>',
        f"<w:tc><w:tcPr>{width('tcW')}(?:{borders}<w:tcMar>{margins}</w:tcMar>)?</w:tcPr>",
        "</w:tc>",
        "</w:tr>",
        "</w:tbl>",
    )


def _one_of(styles: Iterable[etree._Element], kind: str) -> str:
    ids = [style.get(f"{_W}styleId", "") for style in styles if style.get(f"{_W}type") == kind]
    return f"(?:{'|'.join(re.escape(html.escape(each)) for each in ids)})"
