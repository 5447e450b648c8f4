"""Bundles: which letters a situation needs together, as data in `templates/bundles/<situation>.yaml`."""

from functools import lru_cache

from pydantic import BaseModel, ConfigDict

from generator.errors import CaseError, DataError, Problem
from generator.folders import Folders
from generator.letters.catalogue import Texts, letter_names
from generator.sources import read_source
from generator.validation import validate

FOLDER = ("templates", "bundles")


class Need(BaseModel):
    """A letter of a bundle; `when` names facts, of which one must be known and not *no*.

    Of the submissions a letter is about, those count whose facts `known` are known and whose facts `unknown` are not.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    letter: str
    when: Texts = ()
    known: Texts = ()
    unknown: Texts = ()


class Bundle(BaseModel):
    """The letters of a situation, in the order they are filed, and the list that covers them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    titles: dict[str, str]
    letters: tuple[Need, ...]
    covering: str = "covering-list"


def load_bundle(name: str, folders: Folders) -> Bundle:
    """Load the bundle of a situation; raise `CaseError` if there is none, `DataError` if it is defective.

    A letter that nobody has makes it so.
    """
    path = folders.find(*FOLDER, f"{name}.yaml")
    if path is None:
        raise CaseError.one("unknown-bundle", None, name, known=", ".join(bundle_names(folders)))
    source = read_source(path, DataError)
    loaded: Bundle = validate(Bundle, source, DataError)
    known = letter_names(folders)
    named = {f"letters[{number}].letter": need.letter for number, need in enumerate(loaded.letters, 1)}
    absent = [path for path, letter in {**named, "covering": loaded.covering}.items() if letter not in known]
    if absent:
        values = {"known": ", ".join(known)}
        raise DataError(Problem("unknown-letter", source.place(path), path, values) for path in absent)
    return loaded


cached_bundle = lru_cache(maxsize=32)(load_bundle)
"""`load_bundle`, once in a process: whoever changes a bundle meanwhile is not heard."""


def bundle_names(folders: Folders) -> tuple[str, ...]:
    """Return the names of all bundles."""
    found = (root.joinpath(*FOLDER) for root in folders.roots)
    return tuple(sorted({path.stem for folder in found if folder.is_dir() for path in folder.glob("*.yaml")}))
