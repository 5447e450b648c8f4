"""Prepare a Word file of a house style once: keep parts that may go into a letter, compile those with placeholders.

docxtpl defines what a placeholder is (its `patch_xml`); the template language runs in the immutable sandbox, strict,
escaping, and without globals.
"""

import copy
import html
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from jinja2 import StrictUndefined, Template, TemplateError, nodes
from jinja2.meta import find_undeclared_variables
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree

from generator.document import Form
from generator.errors import DataError, Place
from generator.render.docx_body import ListPool, Sheet
from generator.render.docx_card import Grid
from generator.render.house_style import HouseStyle
from generator.render.package import Member, member
from generator.render.style_package import unpacked
from generator.render.style_parts import CORE, LISTS, MAIN_PART, STYLES, trees_of, without_extras
from generator.render.word import NAMES, W, style_ids

_TYPES = "[Content_Types].xml"
_LINKS = "_rels/.rels"
_NAMES = {"corner", "head", "body", "closing", "draft_mark", "running", "title", "language"}
"""What there are placeholders for."""
_OF_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_OF_PACKAGE = "application/vnd.openxmlformats-package"
_TYPES_XML = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{}</Types>'
)
_LINKS_XML = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    b'<Relationship Id="rId1" Target="word/document.xml" '
    b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/>'
    b'<Relationship Id="rId2" Target="docProps/core.xml" '
    b'Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"/></Relationships>'
)
_CORE_XML = (
    b'<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    b'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{{ title }}</dc:title>'
    b"<dc:language>{{ language }}</dc:language></cp:coreProperties>"
)
_PLAIN = (nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name)
_KINDS = {"document": "document.main"}
_PICTURES = {"png": "png", "jpg": "jpeg", "jpeg": "jpeg", "gif": "gif"}
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
    styles_name: str = STYLES

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
    parts, broken = unpacked(raw_style, place)
    trees, not_plain = trees_of(parts, place)
    if problems := [*broken, *not_plain]:  # what the parts hold was looked at when the style was loaded
        raise DataError(problems)
    pictures = without_extras(trees, parts)
    trees[CORE] = etree.fromstring(_CORE_XML)
    environment = ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    environment.globals.clear()
    patcher = DocxTemplate(io.BytesIO(raw_style))
    templates: dict[str, Filling] = {}
    fixed: dict[str, Member] = {}
    for name, tree in trees.items():
        raw = _serialised(tree)
        if name in (MAIN_PART, CORE) or name.startswith(("word/header", "word/footer")):
            templates[name] = _compiled(environment, patcher.patch_xml(raw.decode()), place)
        elif name != STYLES:
            fixed[name] = member(name, raw)
    for name, content in pictures.items():
        fixed[name] = member(name, content)
    order = sorted((*templates, *fixed, STYLES))
    fixed |= {_TYPES: member(_TYPES, _types(order)), _LINKS: member(_LINKS, _LINKS_XML)}
    grid = _grid(trees[MAIN_PART]) if form == "card" else None
    width = grid.text_width if grid else _text_width(trees[MAIN_PART])
    ids = {name: html.escape(number) for name, number in style_ids(trees[STYLES]).items()}  # they go into markup
    sheet = Sheet(ids, _pool(trees[LISTS]), width, grid)
    return Prepared(sheet, templates, fixed, [_TYPES, _LINKS, *order], trees[STYLES])


def _types(names: Sequence[str]) -> bytes:
    """Say what each part is, by its name and not by the word of the style."""
    said = [f'<Default Extension="rels" ContentType="{_OF_PACKAGE}.relationships+xml"/>']
    said += [f'<Default Extension="{end}" ContentType="image/{kind}"/>' for end, kind in _PICTURES.items()]
    for name in names:
        if name.endswith(".xml"):
            stem = PurePosixPath(name).stem.rstrip("0123456789")
            kind = f"{_OF_PACKAGE}.core-properties" if name == CORE else f"{_OF_WORD}.{_KINDS.get(stem, stem)}"
            said.append(f'<Override PartName="/{name}" ContentType="{kind}+xml"/>')
    return _TYPES_XML.format("".join(said)).encode()


def _compiled(environment: ImmutableSandboxedEnvironment, text: str, place: Place) -> Filling:
    """Compile a part; raise `DataError` if it holds more of the template language than bare placeholders."""
    try:
        tree = environment.parse(text)
        if all(isinstance(node, _PLAIN) for node in tree.find_all(nodes.Node)):
            names = frozenset(find_undeclared_variables(tree))
            if names <= _NAMES:
                return Filling(environment.from_string(text), names)
    except (TemplateError, RecursionError, ValueError):
        pass
    raise DataError.one("style-has-logic", place)


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
        patterns[abstract.get(f"{W}abstractNumId", "")] = (*levels, "", "")[0], (*levels, "", "")[1]
    ids: dict[tuple[str, str], list[str]] = {}
    for number in numbering.iterfind("w:num", NAMES):
        kind = number.find("w:abstractNumId", NAMES)
        pattern = None if kind is None else patterns.get(kind.get(f"{W}val", ""))
        if pattern:
            ids.setdefault(pattern, []).append(html.escape(number.get(f"{W}numId", "")))
    return ListPool(ids)


def _level(level: etree._Element) -> str:
    text, kind = level.find("w:lvlText", NAMES), level.find("w:numFmt", NAMES)
    pattern = "" if text is None else text.get(f"{W}val", "")
    letter = None if kind is None else _LETTERS.get(kind.get(f"{W}val", ""))
    return pattern.replace("%2", letter) if letter else pattern
