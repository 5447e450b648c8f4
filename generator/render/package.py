"""A ZIP package written the same way every time: fixed order, fixed times, members compressed once and reused."""

import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

WELL, QUICKLY = 9, 1
"""How to compress: what goes into many letters, and what is made for one."""
_TIME, _DATE = 0, 0x21  # 1980-01-01 00:00, the first moment a ZIP file can say
_UTF8_NAMES = 0x800
_DEFLATED = 8
_VERSION = 20


@dataclass(frozen=True, slots=True)
class Member:
    """A file of a package: what the directory says of it, and its name and packed content as they stand in the ZIP."""

    name: str
    described: bytes
    packed: bytes


def member(name: str, content: bytes, level: int = WELL) -> Member:
    """Compress a file for a package."""
    packer = zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = packer.compress(content) + packer.flush()
    sizes = zlib.crc32(content), len(packed), len(content)
    described = struct.pack("<5H3L2H", _VERSION, _UTF8_NAMES, _DEFLATED, _TIME, _DATE, *sizes, len(name.encode()), 0)
    return Member(name, described, packed)


def package(members: Sequence[Member]) -> bytes:
    """Return a ZIP file of the members in the order given."""
    files, directory, start = list[bytes](), list[bytes](), 0
    for entry in members:
        name = entry.name.encode()
        written = b"PK\3\4" + entry.described + name + entry.packed
        ends = struct.pack("<3H2L", 0, 0, 0, 0, start)
        directory.append(b"PK\1\2" + struct.pack("<H", _VERSION) + entry.described + ends + name)
        files.append(written)
        start += len(written)
    listed = b"".join(directory)
    counts = len(members), len(members), len(listed), start
    return b"".join((*files, listed, b"PK\5\6", struct.pack("<4H2LH", 0, 0, *counts, 0)))
