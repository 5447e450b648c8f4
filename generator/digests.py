"""Tell files by their SHA-256 digest."""

import hashlib
from pathlib import Path

from generator.folders import leads_away


def digest_of(*places: Path) -> str:
    """Return one digest for files and folders: their names and bytes, in order; no link is followed out of a folder."""
    files = [path for place in places for path in (sorted(place.rglob("*")) if place.is_dir() else [place])]
    digest = hashlib.sha256()
    for path in files:
        if path.is_file() and not leads_away(path):
            digest.update(f"{path.name}\0".encode() + path.read_bytes())
    return digest.hexdigest()


def sha256(content: bytes) -> str:
    """Return the digest of a file in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def sha256_of(path: Path) -> str:
    """Return the digest of a file of any length in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
