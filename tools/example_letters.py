"""The letters that the examples beside the letter texts make, for the page of letters and its pictures."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from letter_words import AS_OF

from generator.assembly import Order, assemble, obstacles
from generator.case.load import load_case
from generator.case.model import Case
from generator.document import Item, Letter, plain
from generator.folders import Folders
from generator.law.model import LawPack
from generator.letters.catalogue import CatalogueEntry
from generator.letters.language import load_language
from generator.render.txt import render_txt

_MARKS = re.compile(r"([\\*_\[\]<|])")


@dataclass(frozen=True, slots=True)
class Example:
    """What the example of a letter says: its whole text, and its requests by id."""

    text: str
    requests: dict[str, str]


def example_case(entry: CatalogueEntry) -> Path | None:
    """Return the case beside a letter, none where it has none."""
    path = entry.folder / "example.yaml"
    return path if path.is_file() else None


def examples_of(entry: CatalogueEntry, law: LawPack, folders: Folders) -> Example | None:
    """Return what the example says in English, or in the leading language where there is no English text."""
    path = example_case(entry)
    if path is None or entry.kind.bundle_only:
        return None
    language = "en" if "en" in entry.languages() else entry.kind.leading
    letters = list(_letters(load_case(path), entry, language, law, folders))
    requests: dict[str, str] = {}
    for letter in letters:
        asked = {
            block.id: _readable(plain(block.text)) for block in letter.body if isinstance(block, Item) and block.id
        }
        requests = {name: asked[name] for name in entry.kind.requests if name in asked} | requests
    ordered = {name: requests[name] for name in entry.kind.requests if name in requests}
    return Example(render_txt(letters[0]).decode().strip().replace("\u00a0", " "), ordered)


def letter_of_example(path: Path, entry: CatalogueEntry, language: str, law: LawPack, folders: Folders) -> Letter:
    """Return the first letter that an example makes in a language."""
    return next(_letters(load_case(path), entry, language, law, folders))


def _letters(case: Case, entry: CatalogueEntry, language: str, law: LawPack, folders: Folders) -> Iterator[Letter]:
    """Yield one letter, or one for each thing of the case that such a letter can be about."""
    things = getattr(case.facts, entry.kind.about) if entry.kind.about else (None,)
    for number in range(1, len(things) + 1):
        order = Order(load_language(language, folders), AS_OF, about=number)
        if number == 1 or not obstacles(case, law, entry, order, folders):
            yield assemble(case, law, entry, order, folders).letter


def _readable(text: str) -> str:
    """Return the words of a request as Markdown prints them, without the sign that ends it in its list."""
    return _MARKS.sub(r"\\\1", text.replace("\u00a0", " ").rstrip(";."))
