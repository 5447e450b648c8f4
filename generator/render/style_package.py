"""Open the Word file of a house style: a ZIP that holds what its directory tells, once each, and nothing around it."""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence

from generator.errors import Place, Problem

MAX_FILE = 8 * 1024 * 1024
_MAX_PARTS = 200
_MAX_PART = 4 * 1024 * 1024
_MAX_WHOLE = 32 * 1024 * 1024
_MIB = 1024 * 1024
_NAME = re.compile(r"(?:[\w\[\]()@ .-]+/)*[\w\[\]()@ .-]+/?", re.ASCII)
_ENCRYPTED = 0x41  # one bit for a password, one for what is hidden besides
_SIZES_FOLLOW = 0x08  # the content, in up to so many bytes:
_SIZES_AFTER = 24
_LOCAL, _END = b"PK\3\4", b"PK\5\6"
_END_SIZE = 22
_HEADER = struct.Struct("<4s5H3L2H")

Unpacked = Mapping[str, bytes]


def unpacked(raw: bytes, place: Place) -> tuple[Unpacked, list[Problem]]:
    """Return the parts of a Word file by name, and what is wrong with the ZIP; no part of one that is not sound."""
    try:
        package = zipfile.ZipFile(io.BytesIO(raw))
    except (zipfile.BadZipFile, UnicodeDecodeError, struct.error, NotImplementedError, OSError, ValueError):
        return {}, [Problem("style-not-word", place)]
    entries = package.infolist()
    if problems := list(_problems(raw, package, entries, place)):
        return {}, problems
    parts, broken = dict[str, bytes](), list[Problem]()
    for entry in entries:
        content = _content(raw, entry)
        if content is None:
            broken.append(Problem("style-zip-size", place, "", {"part": _told(entry.filename)}))
        elif not entry.is_dir():
            parts[entry.filename] = content
    return ({}, broken) if broken else (parts, [])


def _problems(
    raw: bytes, package: zipfile.ZipFile, entries: Sequence[zipfile.ZipInfo], place: Place
) -> Iterator[Problem]:
    """Find what no word processor writes: names that lead elsewhere, parts that are there twice, bombs, odd bytes."""
    if len(entries) > _MAX_PARTS or sum(entry.file_size for entry in entries) > _MAX_WHOLE:
        yield Problem(
            "style-zip-too-large", place, "", {"parts": str(_MAX_PARTS), "limit": f"{_MAX_WHOLE // _MIB} MiB"}
        )
        return
    seen: set[str] = set()
    for entry in entries:
        name, told = entry.filename, {"part": _told(entry.filename)}
        odd = not _NAME.fullmatch(entry.orig_filename) or {".", ".."} & set(name.rstrip("/").split("/"))
        if odd or entry.orig_filename != name:
            yield Problem("style-zip-name", place, "", told)
        if name.casefold() in seen:
            yield Problem("style-zip-twice", place, "", told)
        seen.add(name.casefold())
        if entry.flag_bits & _ENCRYPTED or entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            yield Problem("style-zip-packed", place, "", told)
        if entry.file_size > _MAX_PART:
            yield Problem("style-zip-part-too-large", place, "", {**told, "limit": f"{_MAX_PART // _MIB} MiB"})
    if not _is_tight(raw, package, entries):
        yield Problem("style-zip-around", place)


def _is_tight(raw: bytes, package: zipfile.ZipFile, entries: Sequence[zipfile.ZipInfo]) -> bool:
    """Say whether parts and directory fill the file without a gap, one after the other; then none is there unseen."""
    end = len(raw) - _END_SIZE
    if raw[end : end + 4] != _END or raw.count(_END, end) != 1:
        return False
    count, size, start, comment = struct.unpack("<H2LH", raw[end + 10 :])
    if (count, start + size, comment) != (len(entries), end, 0) or start != package.start_dir:
        return False  # also where it is a ZIP of 64 bits, which has more between directory and end
    reached = room = 0
    for entry in sorted(entries, key=lambda each: each.header_offset):
        begins = _begins(raw, entry)
        if begins is None or not reached <= entry.header_offset <= reached + room:
            return False
        reached = begins + entry.compress_size
        room = _SIZES_AFTER if entry.flag_bits & _SIZES_FOLLOW else 0
    return bool(reached <= start <= reached + room)


def _begins(raw: bytes, entry: zipfile.ZipInfo) -> int | None:
    """Return where the content of a part begins; nothing where its own head says other than the directory."""
    start = entry.header_offset
    if len(raw) < start + _HEADER.size:
        return None
    sign, _, flags, packing, _, _, _, packed, size, name_length, extra = _HEADER.unpack_from(raw, start)
    name = raw[start + _HEADER.size : start + _HEADER.size + name_length]
    sizes = (packed, size) == (entry.compress_size, entry.file_size) or (flags & _SIZES_FOLLOW and not (packed or size))
    same = name == entry.orig_filename.encode("utf-8", "replace") and packing == entry.compress_type
    well = sign == _LOCAL and same and flags == entry.flag_bits and sizes
    return start + _HEADER.size + name_length + extra if well else None


def _content(raw: bytes, entry: zipfile.ZipInfo) -> bytes | None:
    """Return the content of a part, never more than the directory tells; nothing where it is other than that."""
    begins = _begins(raw, entry)
    packed = raw[begins : begins + entry.compress_size] if begins is not None else b""
    content, rest = packed, b""
    if entry.compress_type == zipfile.ZIP_DEFLATED:
        unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            content = unpacker.decompress(packed, entry.file_size + 1)
        except zlib.error:
            return None
        rest = unpacker.unused_data
    well = len(content) == entry.file_size and zlib.crc32(content) == entry.CRC and not rest
    return content if well else None


def _told(name: str) -> str:
    """Return the name of a part as it may be printed."""
    return name.encode("ascii", "backslashreplace").decode()[:100] if name.isprintable() else "?"
