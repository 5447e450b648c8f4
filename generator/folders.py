"""Where packs, letters and styles live: the user's folders first, the bundled ones last."""

import functools
import os
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.errors import DataError, Place

NAME = re.compile(r"\w[\w.-]*")
_PACKAGE = Path(__file__).resolve().parent
_BUNDLED = _PACKAGE / "data" if (_PACKAGE / "data" / "law").is_dir() else _PACKAGE.parent


@dataclass(frozen=True, slots=True)
class Folders:
    """An ordered search path of data folders; the first that holds a pack, letter or style wins whole."""

    roots: tuple[Path, ...]

    def find(self, *parts: str) -> Path | None:
        """Return the first existing file or folder, e.g. `find("law", "tj")`.

        Raise `DataError` where a link leads to it out of its data folder.
        """
        for root in self.roots:
            if (path := _below(root, parts)).exists():
                if leads_away(path, root):
                    raise DataError.one("data-outside", Place(path.as_posix()))
                return path
        return None

    def names(self, *parts: str, holding: str) -> tuple[str, ...]:
        """Return the names of the folders below a folder that hold a certain file, in all roots, sorted, each once.

        What is called by other than letters, digits, dots and dashes has no name that could be asked for.
        """
        below = (entry for root in self.roots for entry in folders_in(root.joinpath(*parts)))
        found = {entry.name for entry in below if (entry / holding).is_file() and NAME.fullmatch(entry.name)}
        return tuple(sorted(found))


def standard_folders(extra: tuple[Path, ...] = ()) -> Folders:
    """Return the search path: folders named by the user, `ARZNOMA_DATA`, the user's data folder, the bundled data."""
    named = [Path(part) for part in os.environ.get("ARZNOMA_DATA", "").split(os.pathsep) if part]
    return Folders((*extra, *named, user_folder(), _BUNDLED))


def bundled_folder() -> Path:
    """Return the folder of the data that came with the program: `law`, `templates`, `examples`."""
    return _BUNDLED


def user_folder() -> Path:
    """Return the folder for the user's own packs, letters and confirmations; it need not exist."""
    if sys.platform == "win32":
        return Path(os.environ.get("APPDATA") or Path.home()) / "arznoma"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "arznoma"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "arznoma"


@functools.lru_cache(maxsize=1024)  # asked for with every letter, as below
def leads_away(path: Path, home: Path | None = None) -> bool:
    """Say whether a link leads from a path out of a folder, as a rule its own; what came with the program may."""
    within = path.parent if home is None else home
    return not (path.resolve().is_relative_to(within.resolve()) or path.is_relative_to(_BUNDLED))


@functools.lru_cache(maxsize=512)  # asked for with every letter, and slow to join
def _below(root: Path, parts: tuple[str, ...]) -> Path:
    return root.joinpath(*parts)


def folders_in(folder: Path) -> Iterator[Path]:
    """Yield the folders in a folder that are of use: a hidden one, and one put aside with `_`, are not."""
    if folder.is_dir():
        yield from (entry for entry in folder.iterdir() if entry.is_dir() and not entry.name.startswith((".", "_")))
