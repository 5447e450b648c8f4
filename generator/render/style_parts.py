"""Parse the parts of a Word file that may go into a letter, and name everything in them that may not."""

import posixpath
import re
from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

from generator.errors import Place, Problem
from generator.render.style_looks import unseen
from generator.render.style_package import Unpacked
from generator.render.word import MAIN, W
from generator.render.word_allowed import ALLOWED, FIELD_CODE, KEPT_SETTINGS, PICTURE_NAMES

MAIN_PART, STYLES, LISTS, CORE = "word/document.xml", "word/styles.xml", "word/numbering.xml", "docProps/core.xml"
SETTINGS, LINKS = "word/settings.xml", "word/_rels/document.xml.rels"
RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_KEPT = re.compile(
    r"word/(?:document|styles|numbering|settings)\.xml|docProps/core\.xml|word/(?:header|footer)\d{1,3}\.xml"
    r"|word/_rels/(?:document|header\d{1,3}|footer\d{1,3})\.xml\.rels"
)
_RUNS = re.compile(
    r"vba|activex/|embeddings/|afchunk|customui|attachedtoolbars|userCustomization"
    r"|\.(?:x?html?|mht|mhtml|rtf|txt|exe|dll|js|vbs|ps1|bat|cmd|lnk|do[ct]\w?|xl\w+|pp\w+|svg|emf|wmf|tiff?)$",
    re.IGNORECASE,
)
"""Parts that run, or hold a document of their own; Word makes none of them for a letter."""
_PICTURES = {".png": b"\x89PNG\r\n\x1a\n", ".jpg": b"\xff\xd8\xff", ".jpeg": b"\xff\xd8\xff", ".gif": b"GIF8"}
_ENCODING = re.compile(r"<\?xml[^>]*?encoding\s*=\s*[\"']([\w.-]+)", re.ASCII)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MARKUP = "http://schemas.openxmlformats.org/drawingml/2006/"
_EXTRAS = ("http://schemas.microsoft.com/office/",)
"""What newer versions of Word add; it can be left out, and is."""
_COMPATIBLE = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_TRACES = (f"{W}proofErr", f"{W}rsid")
"""What tells of the designer or his machine."""
_NAMED = {MAIN: "", _MARKUP + "wordprocessingDrawing": "wp:", _MARKUP + "main": "a:", _MARKUP + "picture": "pic:"}
_TARGETS = {
    "styles": re.compile(re.escape(STYLES)),
    "numbering": re.compile(re.escape(LISTS)),
    "settings": re.compile(re.escape(SETTINGS)),
    "header": re.compile(r"word/header\d+\.xml"),
    "footer": re.compile(r"word/footer\d+\.xml"),
    "image": re.compile(r"word/media/[\w.-]+"),
}
_MAX_LOOK, _MAX_FRAME = 2 * 1024 * 1024, 128 * 1024
"""How large styles and lists may be, and everything else."""
Trees = Mapping[str, etree._Element]  # noqa: SLF001  # lxml gives its only element no other name


def trees_of(parts: Unpacked, place: Place) -> tuple[dict[str, etree._Element], list[Problem]]:
    """Return the trees of the parts that may go into a letter, and name those that are too large or not plain XML."""
    trees: dict[str, etree._Element] = {}
    problems = []
    for name, raw in parts.items():
        if _KEPT.fullmatch(name):
            tree = _tree(raw) if len(raw) <= (_MAX_LOOK if name in {STYLES, LISTS} else _MAX_FRAME) else None
            if tree is None:
                problems.append(Problem("style-xml-not-plain", place, "", {"part": name}))
            else:
                trees[name] = tree
    return trees, problems


def _tree(raw: bytes) -> etree._Element | None:
    """Parse a part; nothing where it is another encoding, has a DOCTYPE or an instruction, or lies too deep."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    declared = _ENCODING.match(text)
    body = text[text.index("?>") + 2 :] if text.startswith("<?xml") and "?>" in text else text
    if "\0" in text or (declared and declared[1].lower() not in {"utf-8", "us-ascii"}) or "<!" in body or "<?" in body:
        return None  # Word writes no comment and no CDATA either
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(text.encode(), parser) if not declared else etree.fromstring(raw, parser)
    except etree.XMLSyntaxError:
        return None


def part_problems(parts: Unpacked, trees: Trees, place: Place) -> Iterator[Problem]:
    """Name each part, link, field, and element that no letter may hold, and text that would not be seen."""
    found: dict[tuple[str, str], None] = {}
    for name, raw in parts.items():
        if _RUNS.search(name):
            found[name, posixpath.basename(name)] = None
        elif name.endswith(".rels") and b"External" in raw:
            found[name, "external link"] = None
        elif posixpath.basename(name).startswith("comments") and re.search(rb"<(?:\w+:)?comment[\s>]", raw):
            found[name, "comments"] = None
    if b"macroEnabled" in parts.get("[Content_Types].xml", b""):
        found["[Content_Types].xml", "macroEnabled"] = None
    for name, tree in trees.items():
        found |= dict.fromkeys((name, construct) for construct in _constructs(name, tree))
    yield from (Problem("style-word-not-allowed", place, "", {"part": p, "construct": c}) for p, c in sorted(found))
    for name, tree in trees.items():
        looks = sorted(set(unseen(tree)))
        yield from (Problem("style-word-unseen", place, "", {"part": name, "construct": look}) for look in looks)


def _constructs(name: str, tree: etree._Element) -> Iterator[str]:
    """Yield what of a part is not allowed; settings are chosen from, so of them only what loads something is named."""
    if name == SETTINGS:
        yield from (tag for tag in ("attachedTemplate", "mailMerge") if tree.find(f".//{W}{tag}") is not None)
        return
    if name.endswith(".rels") or name == CORE:
        return
    pictures = name.startswith(("word/header", "word/footer"))
    for space, tag, prefix in {_named(element) for element in tree.iter(etree.Element)}:
        named = _NAMED.get(space, f"{prefix}:") + tag
        well = named in ALLOWED or (pictures and named in PICTURE_NAMES) or space.startswith(_EXTRAS)
        if not well:
            yield named
    found: Any = tree.xpath("//@*[namespace-uri() = $office]", office=_OFFICE)
    for name_of in {str(attribute.attrname).rpartition("}")[2] for attribute in found} - {"id", "embed"}:
        yield f"r:{name_of}"
    yield from (f"field {code.split()[0]}" for code in _fields(tree) if not FIELD_CODE.fullmatch(code))


def _named(element: etree._Element) -> tuple[str, str, str]:
    """Return the namespace and the name of an element, and how its file abbreviates the namespace."""
    space, _, tag = str(element.tag).rpartition("}")
    return space[1:], tag, element.prefix or ""


def _fields(tree: etree._Element) -> Iterator[str]:
    """Yield the codes of all fields, each put together from its runs; a field in a field has the code of both."""
    yield from (element.get(f"{W}instr", "") or "?" for element in tree.iter(f"{W}fldSimple"))
    depth, code = 0, ""
    for element in tree.iter(f"{W}fldChar", f"{W}instrText"):
        kind = element.get(f"{W}fldCharType")
        if element.tag == f"{W}instrText":
            code += (element.text or "") if depth else "?"
            continue
        depth += {"begin": 1, "end": -1}.get(kind or "", 0)
        if code.strip():
            yield code
        code = ""
        if depth not in {0, 1}:
            yield "?"
    if code.strip() or depth:
        yield "?"


def without_extras(trees: Trees, parts: Unpacked) -> dict[str, bytes]:
    """Take out of the trees what no letter needs, and return the pictures that are left: those a part shows."""
    for name, tree in trees.items():
        for element in list(tree.iter(etree.Element)):
            _strip(element, top=name == SETTINGS and element.getparent() is tree)
    pictures = {}
    links = [(name, link) for name, tree in trees.items() for link in list(tree.iter(RELATIONSHIP))]
    for name, link in links:
        target = _target(name, link)
        if target in parts and _is_picture(target, parts[target]):
            pictures[target] = parts[target]
        elif target not in trees and (parent := link.getparent()) is not None:
            parent.remove(link)
    return pictures


def _strip(element: etree._Element, *, top: bool) -> None:
    """Take out an element that no letter needs, or what it says of the designer, of themes and to newer versions."""
    extra = str(element.tag)[1:].startswith(_EXTRAS) or str(element.tag) in _TRACES
    if (extra or (top and str(element.tag) not in KEPT_SETTINGS)) and (parent := element.getparent()) is not None:
        parent.remove(element)
    for key in [str(key) for key in element.attrib]:
        space, _, local = key.rpartition("}")
        if space[1:].startswith((*_EXTRAS, _COMPATIBLE)) or local.startswith("rsid") or "heme" in local:
            del element.attrib[key]


def _target(name: str, link: etree._Element) -> str:
    """Return the part a link leads to, if it is one that a link of its kind may lead to."""
    kind = link.get("Type", "").rpartition("/")[2]
    target = posixpath.normpath(posixpath.join("word", link.get("Target", ""))).lstrip("/")
    fits = kind in _TARGETS and _TARGETS[kind].fullmatch(target) and link.get("TargetMode", "Internal") == "Internal"
    return target if fits and name.startswith("word/_rels/") else ""


def _is_picture(name: str, raw: bytes) -> bool:
    """Say whether a part is a picture of the kind its name tells."""
    sign = _PICTURES.get(posixpath.splitext(name)[1].lower())
    return sign is not None and raw.startswith(sign)
