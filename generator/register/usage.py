"""Who uses an entry of a pack: grounds, time limits, neutral names, and through them the letters."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from generator.folders import Folders
from generator.law.model import LawPack
from generator.letters.catalogue import CatalogueEntry, letter_names, load_kind
from generator.letters.principles import principles_in


@dataclass(frozen=True, slots=True)
class Usage:
    """Who uses one provision or time limit, by name."""

    grounds: tuple[str, ...]
    limits: tuple[str, ...]
    principles: tuple[str, ...]
    letters: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LetterLaw:
    """What of a pack one kind of letter names: grounds it pleads, neutral names it cites, the limit of its answer."""

    name: str
    grounds: frozenset[str]
    principles: frozenset[str]
    limit: str


def letters_law(folders: Folders) -> tuple[LetterLaw, ...]:
    """Return for every kind of letter what it names, over all its languages."""
    return tuple(_letter(load_kind(name, folders), folders) for name in letter_names(folders))


def _letter(entry: CatalogueEntry, folders: Folders) -> LetterLaw:
    cited: set[str] = set()
    for text in entry.folder.glob("*.md"):
        cited |= principles_in(text, folders.find("templates", "clauses", text.stem.split("-")[0]))
    return LetterLaw(entry.kind.name, frozenset(entry.kind.pleads), frozenset(cited), entry.kind.reply)


def usage(section: str, name: str, pack: LawPack, letters: Iterable[LetterLaw]) -> Usage:
    """Return who uses an entry of `provisions` or `limits`."""
    if section == "limits":
        limits: tuple[str, ...] = tuple(key for key, limit in pack.limits.items() if name in limit.after)
        grounds = tuple(key for key, ground in pack.grounds.items() if ground.limit == name)
        principles: tuple[str, ...] = ()
        answered = {name}
    else:
        limits = tuple(key for key, limit in pack.limits.items() if limit.provision == name)
        grounds = _holding(name, {key: ground.provisions for key, ground in pack.grounds.items()})
        principles = _holding(name, {key: entry.provisions for key, entry in pack.principles.items()})
        answered = set(limits)
    using = tuple(
        letter.name
        for letter in letters
        if letter.grounds & set(grounds) or letter.principles & set(principles) or letter.limit in answered
    )
    return Usage(grounds, limits, principles, using)


def _holding(name: str, entries: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(key for key, names in entries.items() if name in names)
