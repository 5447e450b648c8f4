"""What lies in a folder from others: letters, styles and packs, and files that are none."""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.errors import DataError, Place, Problem
from generator.folders import NAME, Folders, folders_in, leads_away

MOST_FILES = 5000
_LETTER, _STYLE, _PACK = "letter.yaml", "style.yaml", "pack.yaml"


@dataclass(frozen=True, slots=True)
class Contents:
    """The folders of letters, styles and packs below a folder, and the search path that puts it first."""

    letters: tuple[Path, ...]
    styles: tuple[Path, ...]
    packs: tuple[Path, ...]
    root: Path
    folders: Folders

    @property
    def nothing(self) -> bool:
        """Say whether there is nothing that arznoma would use."""
        below = (self.root / "templates" / name for name in ("clauses", "languages", "bundles"))
        return not (self.letters or self.styles or self.packs or any(folder.is_dir() for folder in below))


def contents_of(folder: Path, folders: Folders) -> Contents:
    """Return what a folder holds: a whole data folder, a folder of letters, styles or packs, or one of them."""
    root = _root(folder)
    places = [folder, *sorted(folders_in(folder))]
    for part in ("templates/letters", "templates/house-styles", "law"):
        places += sorted(folders_in(folder / part))
    found = {name: tuple(p for p in dict.fromkeys(places) if (p / name).is_file()) for name in (_LETTER, _STYLE, _PACK)}
    return Contents(found[_LETTER], found[_STYLE], found[_PACK], root, Folders((root, *folders.roots)))


def _root(folder: Path) -> Path:
    """Return the data folder that a folder is or belongs to."""
    for above in (folder, *folder.absolute().parents):
        if above.name in {"templates", "law"} and above != folder.absolute():
            return above.parent
    return folder.absolute().parent if folder.absolute().name in {"templates", "law"} else folder


def file_problems(folder: Path) -> Iterator[Problem]:
    """Name what is no plain file of the folder: links that lead out of it, pipes, devices; names nobody can ask for."""
    number = 0
    for above, inner, files in os.walk(folder):
        number += len(inner) + len(files)
        if number > MOST_FILES:
            yield Problem("data-too-many-files", Place(folder.as_posix()), "", {"limit": str(MOST_FILES)})
            return
        for name in (*inner, *files):
            path = Path(above, name)
            place = Place(path.as_posix() if name.isprintable() else Path(above).as_posix())
            mode = path.lstat().st_mode
            if stat.S_ISLNK(mode) and leads_away(path, folder):
                yield Problem("data-outside", place)
            elif not (stat.S_ISREG(mode) or stat.S_ISDIR(mode) or stat.S_ISLNK(mode)):
                yield Problem("data-not-a-file", place)
            elif path.parent.name in {"letters", "house-styles", "law"} and not NAME.fullmatch(name):
                yield Problem("data-name", place)


def replaced(contents: Contents, folders: Folders) -> Iterator[Problem]:
    """Name what of the folder goes before something that is there already."""
    if contents.root.joinpath("confirmations").is_dir():
        yield Problem("data-confirms", Place((contents.root / "confirmations").as_posix()))
    parts: list[tuple[str, ...]] = [("templates", "letters", each.name) for each in contents.letters]
    parts += [("templates", "house-styles", each.name) for each in contents.styles]
    parts += [("law", each.name) for each in contents.packs]
    for name in ("clauses", "languages", "bundles"):
        below = contents.root / "templates" / name
        parts += [("templates", name, each.name) for each in (sorted(below.iterdir()) if below.is_dir() else ())]
    parts.append(("templates", "requests.yaml"))
    for part in parts:
        there = contents.root.joinpath(*part)
        if there.exists() and _other(folders, part, there):
            yield Problem("data-replaces", Place(there.as_posix()), "", {"name": "/".join(part)})


def _other(folders: Folders, part: tuple[str, ...], there: Path) -> bool:
    """Say whether something of that name is in another data folder."""
    try:
        found = [Folders((root,)).find(*part) for root in folders.roots]
    except DataError:  # a link out of another folder; it is told when that one is used
        return True
    return any(each is not None and each.resolve() != there.resolve() for each in found)
