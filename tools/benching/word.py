"""Put a Word file of ours into the company that a word processor keeps: all that its own new document comes with.

Nobody writes templates without Word. What python-docx starts from was saved by Word, and has its styles, theme, list of
fonts, settings and pictures of the first page; a script opens, reads and packs all of them again for each letter.
"""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

import docx
from lxml import etree

_DEFAULT = Path(docx.__file__).parent / "templates" / "default.docx"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_RELS, _TYPES, _STYLES = "word/_rels/document.xml.rels", "[Content_Types].xml", "word/styles.xml"


def as_word_saves(lean: bytes) -> bytes:
    """Return a Word file with the same text and styles, and all other parts and styles of Word's own new document."""
    own, usual = _parts(lean), _parts(_DEFAULT.read_bytes())
    joined = {**usual, **own}
    joined[_STYLES] = _with_styles(own[_STYLES], usual[_STYLES])
    joined[_RELS] = _with_children(own[_RELS], usual[_RELS], "Target", "Id")
    joined[_TYPES] = _with_children(own[_TYPES], usual[_TYPES], "PartName")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name in sorted(joined, key=lambda name: name != _TYPES):
            package.writestr(name, joined[name])
    return out.getvalue()


def _parts(raw: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(raw)) as package:
        return {name: package.read(name) for name in package.namelist()}


def _with_styles(own: bytes, usual: bytes) -> bytes:
    """Return our styles, then those of Word whose ids we do not use, none of them the usual one of its kind."""
    tree, other = etree.fromstring(own), etree.fromstring(usual)
    known = {style.get(f"{_W}styleId") for style in tree.iter(f"{_W}style")}
    for style in other.iter(f"{_W}style"):
        if style.get(f"{_W}styleId") not in known:
            style.attrib.pop(f"{_W}default", None)
            tree.append(style)
    for latent in list(other.iter(f"{_W}latentStyles"))[: tree.find(f"{_W}latentStyles") is None]:
        tree.insert(1, latent)
    return etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)


def _with_children(own: bytes, usual: bytes, key: str, number: str = "") -> bytes:
    """Return our links or types, then those whose target we do not have; links get numbers of their own."""
    tree = etree.fromstring(own)
    known = {child.get(name) for child in tree for name in (key, "Extension")} - {None}
    kinds: Mapping[str | None, str] = {child.get("Type"): "" for child in tree if number}
    for child in etree.fromstring(usual):
        there = child.get(key) in known or child.get("Extension") in known
        if not there and child.get("Type") not in kinds:
            if number:
                child.set(number, f"usual{child.get(number)}")
            tree.append(child)
    return etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
