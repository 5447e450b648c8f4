"""Open a ZIP package for reading; what was read of a part holds for every other part of the same bytes."""

import functools
import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field

_HEADER = struct.Struct("<26xHH")  # the lengths of name and extra field end it; then follow both, and the packed bytes
_LOCAL = b"PK\3\4"
_ENCRYPTED = 1


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a package, as it lies there and as the directory tells of it; equal parts have equal content.

    The directory tells checksum, size, how the part is packed, and flags.
    """

    name: str
    told: tuple[int, int, int, int]
    lies: bytes = field(repr=False)

    def read(self) -> bytes:
        """Unpack the part; raise `zipfile.BadZipFile` if that does not give what the directory tells."""
        return _unpacked(self)


@functools.lru_cache(maxsize=4)  # several readers look at one file
def opened(raw: bytes) -> Mapping[str, Part]:
    """Return the parts of a package by name; raise `zipfile.BadZipFile` if it is none, or has two of one name."""
    try:
        entries = zipfile.ZipFile(io.BytesIO(raw)).infolist()
        parts = {entry.filename: _part(raw, entry) for entry in entries}
    except struct.error as fault:
        raise zipfile.BadZipFile from fault
    if len(parts) < len(entries):
        raise zipfile.BadZipFile
    return parts


def _part(raw: bytes, entry: zipfile.ZipInfo) -> Part:
    start = entry.header_offset
    end = start + _HEADER.size + sum(_HEADER.unpack_from(raw, start)) + entry.compress_size
    told = entry.CRC, entry.file_size, entry.compress_type, entry.flag_bits
    return Part(entry.filename, told, raw[start:end])


@functools.lru_cache(maxsize=4)
def _unpacked(part: Part) -> bytes:
    checksum, size, packing, flags = part.told
    name_length, extra_length = _HEADER.unpack_from(part.lies)
    rest = part.lies[_HEADER.size :]
    name, packed = rest[:name_length], rest[name_length + extra_length :]
    if not part.lies.startswith(_LOCAL) or name != part.name.encode() or flags & _ENCRYPTED:
        raise zipfile.BadZipFile
    content = _inflated(packed) if packing == zipfile.ZIP_DEFLATED else packed
    if len(content) != size or zlib.crc32(content) != checksum or packing not in {0, zipfile.ZIP_DEFLATED}:
        raise zipfile.BadZipFile
    return content


def _inflated(packed: bytes) -> bytes:
    try:
        return zlib.decompress(packed, -zlib.MAX_WBITS)
    except zlib.error as fault:
        raise zipfile.BadZipFile from fault
