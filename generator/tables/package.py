"""Open the ZIP that a workbook is, within bounds: no entity is expanded, nothing unpacks to more than it may."""

import lzma
import posixpath
import re
import time
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from types import TracebackType
from typing import Any, Self

from lxml import etree

from generator.errors import CaseError, Place
from generator.tables.model import Area

MAX_UNPACKED = 256 * 1024 * 1024
MAX_TAGS = 500_000
"""How many tags may stand between two elements that are of use: all of them are in memory until the next comes."""
MAX_MERGED = 100_000
"""How many rows merged cells may cover together."""
_SECONDS, _SECONDS_PER_MIB = 5, 10  # of computing: a small file that takes longer is made to hurt
_ENCODING = re.compile(rb"""^<\?xml[^>]*\sencoding\s*=\s*["']([^"']*)""")
_HEADS = (b"<", b"\xef\xbb\xbf<", b"\xff\xfe", b"\xfe\xff")
DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    etree.XMLSyntaxError,
    LookupError,
    ValueError,
    OverflowError,
    RuntimeError,
    EOFError,
    OSError,
    lzma.LZMAError,
)
"""What reading a workbook raises that is damaged, locked or none; each becomes `table-damaged`."""


class Package(zipfile.ZipFile):
    """The parts of a workbook; `until` says when the time for reading all of them is over."""

    def __init__(self, raw: bytes, file: str) -> None:
        """Open the ZIP with these bytes; `file` is its name."""
        super().__init__(BytesIO(raw))
        self.file = file
        self.until = time.process_time() + _SECONDS + _SECONDS_PER_MIB * len(raw) / 2**20

    def part(self, name: str) -> "Part":
        """Open a part to read its elements."""
        return Part(self, name)


class Part:
    """A part while it is read; what has no end is ended here, as all that is read comes by."""

    def __init__(self, package: Package, name: str) -> None:
        """Open the part of this name."""
        self.tags, self._package, self._stream, self._begun = 0, package, package.open(name), False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _fault: BaseException | None, _: TracebackType | None
    ) -> None:
        self._stream.close()

    def read(self, size: int = -1) -> bytes:
        """Return what comes next; raise what is in `DAMAGED`, or `CaseError` when the time is over."""
        chunk = self._stream.read(size)
        if not self._begun:
            self._begun = True
            _refuse_odd_encoding(chunk)
        self.tags += chunk.count(b"<")
        if self.tags > MAX_TAGS:
            raise ValueError(self.tags)
        if time.process_time() > self._package.until:
            raise CaseError.one("table-takes-too-long", Place(self._package.file))
        return chunk


def _refuse_odd_encoding(head: bytes) -> None:
    """Refuse a part in an encoding that spreadsheet programs do not write: in some of them a tag begins otherwise."""
    said = _ENCODING.match(head.removeprefix(b"\xef\xbb\xbf"))
    if not head.startswith(_HEADS) or (said and said[1].lower() not in {b"utf-8", b"utf-16", b"us-ascii"}):
        raise ValueError(said)


def opened(raw: bytes, file: str) -> Package:
    """Return the parts of a workbook; raise `CaseError` where they would unpack to too much, or one is there twice."""
    package = Package(raw, file)
    if len({part.filename.lower() for part in package.infolist()}) < len(package.infolist()):
        raise ValueError(file)  # programs differ in which of the two they show
    if sum(part.file_size for part in package.infolist()) > MAX_UNPACKED:
        raise CaseError.one("table-too-large", Place(file), limit=f"{MAX_UNPACKED // 1024 // 1024} MiB")
    return package


def elements(
    stream: Part, tags: Sequence[str], events: Sequence[str] = ("end",)
) -> Iterator[tuple[str, etree._Element]]:
    """Yield the elements of these names as they are read, whatever their namespace; forget each once it was used."""
    names = [f"{{*}}{tag}" for tag in tags]
    checked = False
    source: Any = stream
    for event, element in etree.iterparse(source, events=events, tag=names, resolve_entities=False, no_network=True):
        if not checked and element.getroottree().docinfo.doctype:  # no spreadsheet program writes one
            raise ValueError(stream)
        checked = True
        stream.tags = 0
        yield event, element
        if event == "end":
            element.clear()
            while (before := element.getprevious()) is not None:
                before.getparent().remove(before)


def merged_within(areas: Iterable[Area], last: int) -> tuple[Area, ...]:
    """Return merged cells without the rows below the last one in use; refuse what would cover far too much."""
    within = [Area(area.top, area.left, min(area.bottom, last), area.right) for area in areas]
    if sum(max(area.bottom - area.top, 0) + 1 for area in within) > MAX_MERGED:
        raise ValueError(len(within))
    return tuple(dict.fromkeys(within))


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


def related(package: Package, part: str) -> dict[str, tuple[str, str]]:
    """Return what a part refers to: by id, the end of the type and the name of the other part."""
    folder, name = posixpath.split(part)
    with package.part(posixpath.join(folder, "_rels", f"{name}.rels")) as stream:
        return {
            attribute(each, "Id"): (
                attribute(each, "Type").rpartition("/")[2],
                posixpath.normpath(posixpath.join("/", folder, attribute(each, "Target"))).lstrip("/"),
            )
            for _, each in elements(stream, ("Relationship",))
        }
