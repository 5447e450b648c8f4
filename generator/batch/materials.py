"""What letters are made with besides the case, told in one digest."""

from importlib.metadata import version

from generator import __version__
from generator.folders import Folders
from generator.publish import ENGINES, digest_of, sha256


def materials_digest(folders: Folders) -> str:
    """Return the digest of the program and of all law, texts and styles there are: equal ones make equal letters."""
    data = [root / name for root in folders.roots for name in ("law", "templates") if (root / name).is_dir()]
    versions = [__version__, *(version(name) for name in ENGINES)]
    return sha256(" ".join([*versions, digest_of(*data)]).encode())
