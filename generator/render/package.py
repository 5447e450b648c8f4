"""A ZIP package written the same way every time: fixed order, fixed times, members compressed once and reused."""

import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

_LEVEL = 6
_TIME, _DATE = 0, 0x21  # 1980-01-01 00:00, the first moment a ZIP file can say
_UTF8_NAMES = 0x800
_DEFLATED = 8
_VERSION = 20


@dataclass(frozen=True, slots=True)
class Member:
    """A file of a package, compressed."""

    name: str
    size: int
    checksum: int
    packed: bytes


def member(name: str, content: bytes) -> Member:
    """Compress a file for a package."""
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    return Member(name, len(content), zlib.crc32(content), packer.compress(content) + packer.flush())


def package(members: Sequence[Member]) -> bytes:
    """Return a ZIP file of the members in the order given."""
    out, directory = bytearray(), bytearray()
    for entry in members:
        name = entry.name.encode()
        sizes = entry.checksum, len(entry.packed), entry.size
        common = _VERSION, _UTF8_NAMES, _DEFLATED, _TIME, _DATE, *sizes, len(name), 0
        directory += struct.pack("<4s6H3L5H2L", b"PK\1\2", _VERSION, *common, 0, 0, 0, 0, len(out)) + name
        out += struct.pack("<4s5H3L2H", b"PK\3\4", *common) + name + entry.packed
    counts = len(members), len(members), len(directory), len(out)
    return bytes(out + directory + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, *counts, 0))
