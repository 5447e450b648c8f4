"""What letters are made with besides the case, told in one digest."""

from importlib.metadata import PackageNotFoundError, version

from generator import __version__
from generator.digests import digest_of, sha256
from generator.folders import Folders
from generator.manifest import TEXT_LIBRARIES

_LIBRARIES = (*TEXT_LIBRARIES, "docxtpl", "weasyprint", "typst")


def materials_digest(folders: Folders) -> str:
    """Return the digest of the program and of all law, texts and styles there are: equal ones make equal letters."""
    data = [root / name for root in folders.roots for name in ("law", "templates") if (root / name).is_dir()]
    return sha256(" ".join([__version__, *map(_version, _LIBRARIES), digest_of(*data)]).encode())


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:  # of an extra
        return "none"
