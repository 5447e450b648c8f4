"""The files of a house style: its own, and those it takes from the style it is based on."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from generator.errors import DataError, Place, Problem
from generator.folders import bundled_folder
from generator.render.style_package import MAX_FILE
from generator.render.style_page import MAX_PAGE, MAX_TEXT
from generator.sources import Source, read_bytes, read_source

FILES = ("letter.docx", "letter.html", "letter.css", "card.docx", "card.css", "phone.css")
TYPST = "letter.typ"
"""Not every style has it: without it typst makes no letter in that style."""
SETTINGS = "style.yaml"
MAX_FONT = 20 * 1024 * 1024
_SECTIONS = ("fonts", "measures", "card", "phone")


@dataclass(frozen=True, slots=True)
class StyleFiles:
    """What a style is read from: its `style.yaml` with all it takes over, and its folders, its own first."""

    source: Source
    folders: tuple[Path, ...]

    def place(self, name: str) -> Place:
        """Return the place of a file: where it is, or where it is missing."""
        return Place(self._path(name).as_posix())

    def read(self, name: str) -> bytes:
        """Return a file; of style sheets that of the base and then its own, which has the last word."""
        if name.endswith(".css"):
            holding = [folder for folder in reversed(self.folders) if self._has(folder, name)]
            return b"".join(_read(folder / name) for folder in holding)
        return _read(self._path(name))

    def typst(self) -> str:
        """Return what typst is told: the file of the base and then its own, which has the last word.

        Nothing where a style changes the page for the other engine and not for typst, which would look otherwise.
        """
        own = self.folders[0]
        silent = any(self._has(own, name) for name in FILES if name.endswith(".css")) and not self._has(own, TYPST)
        return "" if silent else b"".join(raw for raw, _ in self.typst_parts()).decode()

    def typst_parts(self) -> list[tuple[bytes, Place]]:
        """Return each file for typst and its place, that of the base first."""
        files = [folder / TYPST for folder in reversed(self.folders) if self._has(folder, TYPST)]
        return [(_read(file), Place(file.as_posix())) for file in files]

    def sheets(self, name: str) -> list[tuple[bytes, Place]]:
        """Return each style sheet of a name and its place, that of the base first."""
        files = [folder / name for folder in reversed(self.folders) if self._has(folder, name)]
        return [(_read(file), Place(file.as_posix())) for file in files]

    def missing(self, names: Mapping[str, str] | tuple[str, ...]) -> Iterator[Problem]:
        """Name the files that are nowhere."""
        for name in names:
            if not any(self._has(folder, name) for folder in self.folders):
                yield Problem("style-file-missing", self.place(name))

    def outside(self, names: tuple[str, ...]) -> Iterator[Problem]:
        """Name the fonts that do not lie in a folder of the style."""
        for name in names:
            if not all((folder / name).resolve().is_relative_to(folder.resolve()) for folder in self.folders):
                yield Problem("style-file-outside", self.source.place("fonts"), "fonts", {"file": name})

    def _path(self, name: str) -> Path:
        return next((folder / name for folder in self.folders if self._has(folder, name)), self.folders[0] / name)

    @staticmethod
    def _has(folder: Path, name: str) -> bool:
        return (folder / name).is_file()


def style_files(folder: Path) -> StyleFiles:
    """Return what a style is read from; raise `DataError` where the style it is based on is not there or has a base."""
    source = read_source(folder / SETTINGS, DataError)
    named = source.tree.get("base")
    if named is None:
        return StyleFiles(source, (folder,))
    base = _base(folder, str(named))
    under = read_source(base / SETTINGS, DataError) if base else None
    if base is None or under is None or "base" in under.tree:
        raise DataError.one("style-base", source.place("base"), "base")
    return StyleFiles(replace(source, tree=_over(under.tree, source.tree)), (folder, base))


def _read(path: Path) -> bytes:
    """Read a file of a style: a regular one, in its folder, and no larger than such files are."""
    most = {".docx": MAX_FILE, ".ttf": MAX_FONT, ".otf": MAX_FONT, ".html": MAX_PAGE}.get(path.suffix.lower(), MAX_TEXT)
    return read_bytes(path, DataError, most, "style-file-too-large")


def _base(folder: Path, name: str) -> Path | None:
    """Find the style beside this one, or among those that came with the program."""
    if not name.replace("-", "").isalnum() or name == folder.name:
        return None
    places = (folder.parent / name, bundled_folder() / "templates" / "house-styles" / name)
    return next((place for place in places if (place / SETTINGS).is_file()), None)


def _over(under: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """Lay a style over its base: of a section each key, else the whole."""
    merged = {**under, **own}
    for section in _SECTIONS:
        if isinstance(under.get(section), dict) and isinstance(own.get(section), dict):
            merged[section] = {**under[section], **own[section]}
    return merged
