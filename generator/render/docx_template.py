"""Prepare a Word file of a house style once: keep parts that may go into a letter, compile those with placeholders.

docxtpl defines what a placeholder is (its `patch_xml`); the template language runs in the immutable sandbox, strict,
escaping, and without globals.
"""

import copy
import html
import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jinja2 import StrictUndefined, Template, TemplateError
from jinja2.meta import find_undeclared_variables
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree

from generator.document import Form
from generator.errors import DataError, Place, Problem
from generator.render.docx_body import ListPool, Sheet
from generator.render.docx_card import Grid
from generator.render.house_style import HouseStyle
from generator.render.package import Member, member
from generator.render.word import NAMES, W, style_ids

_TYPES = "[Content_Types].xml"
_CORE = "docProps/core.xml"
MAIN_PART = "word/document.xml"
_STYLES = "word/styles.xml"
_LISTS = "word/numbering.xml"
_KEPT = (_TYPES, "_rels/.rels", _CORE, MAIN_PART, _STYLES, _LISTS, "word/settings.xml", "word/fontTable.xml")
_KEPT_FOLDERS = ("word/_rels/", "word/header", "word/footer", "word/theme/", "word/media/")
_FORBIDDEN = (
    "ins",
    "del",
    "moveFrom",
    "moveTo",
    "commentReference",
    "footnoteReference",
    "endnoteReference",
    "vanish",
    "altChunk",
    "object",
    "attachedTemplate",
)
_FIELDS = ("PAGE", "NUMPAGES", "SECTIONPAGES")
_PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_TYPE = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_CORE_XML = (
    b'<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    b'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{{ title }}</dc:title>'
    b"<dc:language>{{ language }}</dc:language></cp:coreProperties>"
)
_LETTERS = {"lowerLetter": "a", "russianLower": "а"}


@dataclass(frozen=True, slots=True, eq=False)  # compared by identity: it is a key of caches
class Filling:
    """A part of the Word file with placeholders, compiled, and their names."""

    template: Template
    names: frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)  # compared by identity: it is a key of caches
class Prepared:
    """A house style ready to be filled: compiled parts, parts copied as they are, and the order of all."""

    sheet: Sheet
    templates: Mapping[str, Filling]
    fixed: Mapping[str, Member]
    order: Sequence[str]
    styles: etree._Element
    styles_name: str = _STYLES

    def styles_in(self, language: str) -> bytes:
        """Return the part with the Word styles, saying that the text is in a language."""
        styles = copy.deepcopy(self.styles)
        for element in styles.iterfind("w:docDefaults/w:rPrDefault/w:rPr/w:lang", NAMES):
            element.set(f"{W}val", language)
            element.set(f"{W}eastAsia", language)
        return _serialised(styles)


def prepare(style: HouseStyle, form: Form = "letter") -> Prepared:
    """Return a house style ready to be filled; raise `DataError` if its Word file holds what no letter may hold."""
    from docxtpl import DocxTemplate  # noqa: PLC0415  # heavy: only for who wants a Word file

    place = Place(f"{style.place.file}/{'card' if form == 'card' else 'letter'}.docx")
    raw_style = style.docx_for(form)
    trees = _trees(raw_style)
    if problems := list(_problems(trees, place)):
        raise DataError(problems)
    _without_traces(trees)
    environment = ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    environment.globals.clear()
    patcher = DocxTemplate(io.BytesIO(raw_style))
    templates: dict[str, Filling] = {}
    fixed: dict[str, Member] = {}
    for name, tree in trees.items():
        raw = _serialised(tree)
        if name in (MAIN_PART, _CORE) or name.startswith(("word/header", "word/footer")):
            templates[name] = _compiled(environment, patcher.patch_xml(raw.decode()), place)
        elif name != _STYLES:
            fixed[name] = member(name, raw)
    for name, content in _other_parts(raw_style).items():
        fixed[name] = member(name, content)
    order = [_TYPES, *sorted(name for name in (*templates, *fixed, _STYLES) if name != _TYPES)]
    grid = _grid(trees[MAIN_PART]) if form == "card" else None
    width = grid.text_width if grid else _text_width(trees[MAIN_PART])
    ids = {name: html.escape(number) for name, number in style_ids(trees[_STYLES]).items()}  # they go into markup
    sheet = Sheet(ids, _pool(trees[_LISTS]), width, grid)
    return Prepared(sheet, templates, fixed, order, trees[_STYLES])


def _kept(name: str) -> bool:
    return name in _KEPT or name.startswith(_KEPT_FOLDERS)


def _trees(raw: bytes) -> dict[str, etree._Element]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
    with zipfile.ZipFile(io.BytesIO(raw)) as package:
        names = [name for name in package.namelist() if _kept(name) and name.endswith((".xml", ".rels"))]
        trees = {name: etree.fromstring(package.read(name), parser) for name in names}
    trees[_CORE] = etree.fromstring(_CORE_XML)
    return trees


def _other_parts(raw: bytes) -> dict[str, bytes]:
    """Return what is no XML and is kept: the pictures of a letterhead."""
    with zipfile.ZipFile(io.BytesIO(raw)) as package:
        names = [name for name in package.namelist() if name.startswith("word/media/")]
        return {name: package.read(name) for name in names}


def _problems(trees: Mapping[str, etree._Element], place: Place) -> list[Problem]:
    found = []
    for name, tree in trees.items():
        forbidden = {tag for tag in _FORBIDDEN if tree.find(f".//{W}{tag}") is not None}
        codes = [(e.text or "").split()[:1] for e in tree.iter(f"{W}instrText")]
        codes += [e.get(f"{W}instr", "").split()[:1] for e in tree.iter(f"{W}fldSimple")]
        forbidden |= {f"field {code[0]}" for code in codes if code and code[0] not in _FIELDS}
        if any(link.get("TargetMode") == "External" for link in tree.iter(f"{_PACKAGE}Relationship")):
            forbidden.add("external link")
        found += [
            Problem("style-word-not-allowed", place, "", {"part": name, "construct": c}) for c in sorted(forbidden)
        ]
    return found


def _without_traces(trees: Mapping[str, etree._Element]) -> None:
    """Take out what tells of the designer or his machine, and every mention of a part that is not kept."""
    for tree in trees.values():
        for element in list(tree.iter(etree.Element)):
            for name in [str(name) for name in element.attrib if str(name).startswith(f"{W}rsid")]:
                del element.attrib[name]
            if (
                element.tag in (f"{W}rsids", f"{W}proofErr", f"{W}docVars")
                and (parent := element.getparent()) is not None
            ):
                parent.remove(element)
    for tree in trees.values():
        for link in list(tree.iter(f"{_PACKAGE}Relationship")):
            target = link.get("Target", "").lstrip("/")
            if not (_kept(target) or _kept(f"word/{target}")):
                tree.remove(link)
    for override in list(trees[_TYPES].iter(f"{_TYPE}Override")):
        if not _kept(override.get("PartName", "").lstrip("/")):
            trees[_TYPES].remove(override)


def _compiled(environment: ImmutableSandboxedEnvironment, text: str, place: Place) -> Filling:
    try:
        return Filling(environment.from_string(text), frozenset(find_undeclared_variables(environment.parse(text))))
    except TemplateError:
        raise DataError.one("style-has-logic", place) from None


def _serialised(tree: etree._Element) -> bytes:
    return etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)


def _text_width(document: etree._Element) -> int:
    size, margins = document.find(".//w:sectPr/w:pgSz", NAMES), document.find(".//w:sectPr/w:pgMar", NAMES)
    if size is None or margins is None:  # loading the style refuses such a file
        return 0
    return int(size.get(f"{W}w", "0")) - int(margins.get(f"{W}left", "0")) - int(margins.get(f"{W}right", "0"))


def _grid(document: etree._Element) -> Grid | None:
    size, margins = document.find(".//w:sectPr/w:pgSz", NAMES), document.find(".//w:sectPr/w:pgMar", NAMES)
    if size is None or margins is None:  # loading the style refuses such a file
        return None
    width, height, margin = size.get(f"{W}w", "0"), size.get(f"{W}h", "0"), margins.get(f"{W}left", "0")
    return Grid(int(width), int(height), int(margin))


def _pool(numbering: etree._Element) -> ListPool:
    """Return the ready lists of the house style by the patterns of their labels."""
    patterns: dict[str, tuple[str, str]] = {}
    for abstract in numbering.iterfind("w:abstractNum", NAMES):
        levels = [_level(level) for level in abstract.iterfind("w:lvl", NAMES)]
        patterns[abstract.get(f"{W}abstractNumId", "")] = (levels[0], levels[1] if len(levels) > 1 else "")
    ids: dict[tuple[str, str], list[str]] = {}
    for number in numbering.iterfind("w:num", NAMES):
        kind = number.find("w:abstractNumId", NAMES)
        if kind is not None:
            ids.setdefault(patterns[kind.get(f"{W}val", "")], []).append(html.escape(number.get(f"{W}numId", "")))
    return ListPool(ids)


def _level(level: etree._Element) -> str:
    text, kind = level.find("w:lvlText", NAMES), level.find("w:numFmt", NAMES)
    pattern = "" if text is None else text.get(f"{W}val", "")
    letter = None if kind is None else _LETTERS.get(kind.get(f"{W}val", ""))
    return pattern.replace("%2", letter) if letter else pattern
