"""Open the ZIP that a workbook is, within bounds: no entity is expanded, nothing unpacks to more than it may."""

import posixpath
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import IO

from lxml import etree

from generator.errors import CaseError, Place

MAX_UNPACKED = 256 * 1024 * 1024
DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    etree.XMLSyntaxError,
    LookupError,
    ValueError,
    OverflowError,
    RuntimeError,
    EOFError,
)
"""What reading a workbook raises that is damaged, locked or none; each becomes `table-damaged`."""


def opened(raw: bytes, file: str) -> zipfile.ZipFile:
    """Return the parts of a workbook; raise `CaseError` where they would unpack to too much."""
    package = zipfile.ZipFile(BytesIO(raw))
    if sum(part.file_size for part in package.infolist()) > MAX_UNPACKED:
        raise CaseError.one("table-too-large", Place(file), limit=f"{MAX_UNPACKED // 1024 // 1024} MiB")
    return package


def elements(
    stream: IO[bytes], tags: Sequence[str], events: Sequence[str] = ("end",)
) -> Iterator[tuple[str, etree._Element]]:
    """Yield the elements of these names as they are read, whatever their namespace; forget each once it was used."""
    names = [f"{{*}}{tag}" for tag in tags]
    checked = False
    for event, element in etree.iterparse(stream, events=events, tag=names, resolve_entities=False, no_network=True):
        if not checked and element.getroottree().docinfo.doctype:  # no spreadsheet program writes one
            raise ValueError(stream)
        checked = True
        yield event, element
        if event == "end":
            element.clear()
            while (before := element.getprevious()) is not None:
                before.getparent().remove(before)


def local(element: etree._Element) -> str:
    """Return the name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def attribute(element: etree._Element, name: str, space: str = "") -> str:
    """Return an attribute by its bare name, empty where there is none; `space` is a part of its namespace."""
    for key, value in element.attrib.items():
        namespace, _, bare = str(key).rpartition("}")
        if bare == name and space in namespace:
            return str(value)
    return ""


def related(package: zipfile.ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """Return what a part refers to: by id, the end of the type and the name of the other part."""
    folder, name = posixpath.split(part)
    with package.open(posixpath.join(folder, "_rels", f"{name}.rels")) as stream:
        return {
            attribute(each, "Id"): (
                attribute(each, "Type").rpartition("/")[2],
                posixpath.normpath(posixpath.join("/", folder, attribute(each, "Target"))).lstrip("/"),
            )
            for _, each in elements(stream, ("Relationship",))
        }
