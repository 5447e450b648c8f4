"""Open a ZIP package for reading; what was read of a part holds for every other part of the same bytes."""

import functools
import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field

_HEADER = struct.Struct("<26xHH")  # the lengths of name and extra field end it; then follow both, and the packed bytes


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a package, as it lies there and as the directory tells of it; equal parts have equal content."""

    name: str
    told: tuple[int, ...]
    lies: bytes = field(repr=False)
    package: zipfile.ZipFile = field(compare=False, repr=False)

    def read(self) -> bytes:
        """Unpack the part; raise `zipfile.BadZipFile` if that does not give what the directory tells."""
        return _unpacked(self)


@functools.lru_cache(maxsize=4)  # several readers look at one file
def opened(raw: bytes) -> Mapping[str, Part]:
    """Return the parts of a package by name; raise `zipfile.BadZipFile` if it is none, or has two of one name."""
    try:
        package = zipfile.ZipFile(io.BytesIO(raw))
        parts = {entry.filename: _part(raw, entry, package) for entry in package.infolist()}
    except struct.error as fault:
        raise zipfile.BadZipFile from fault
    if len(parts) < len(package.infolist()):
        raise zipfile.BadZipFile
    return parts


@functools.lru_cache(maxsize=4)
def _unpacked(part: Part) -> bytes:
    try:
        return part.package.read(part.name)
    except zlib.error as fault:
        raise zipfile.BadZipFile from fault


def _part(raw: bytes, entry: zipfile.ZipInfo, package: zipfile.ZipFile) -> Part:
    start = entry.header_offset
    end = start + _HEADER.size + sum(_HEADER.unpack_from(raw, start)) + entry.compress_size
    told = entry.CRC, entry.file_size, entry.compress_type, entry.flag_bits
    return Part(entry.filename, told, raw[start:end], package)
