"""Settle what a slot holds: words somebody told, words of the text, citations, references, gaps."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from generator.errors import DataError, Place
from generator.law.model import LawPack
from generator.law.provisions import ProvisionVersion
from generator.letters.citing import Citation, Part, cited_by, written
from generator.letters.language import LanguageFile
from generator.letters.view import Told, Unknown, Untranslated, Value, Words
from generator.letters.wording import Reference

Said = str | tuple[Part, ...]
"""What a slot says: words of the text, `Told` words of the case, or parts where there is more to know of each."""
_MARK = 0xE000  # stands for a number until the words around it are known


@dataclass(slots=True)
class Settler(Words):
    """Turns values into parts of text, in the order of the letter; notes the gaps and the provisions it printed.

    It notes what it printed of the case too: the texts by the path of their fact.
    """

    language: LanguageFile
    law: LawPack
    title: Callable[[str, str], str]
    draft: bool
    numbers: Mapping[str, str] = field(default_factory=dict)
    gaps: dict[str, None] = field(default_factory=dict)
    cited: dict[str, ProvisionVersion] = field(default_factory=dict)
    told: dict[str, list[str]] = field(default_factory=dict)
    _acts: set[str] = field(default_factory=set)

    def reference(self, *ids: str) -> Reference:
        """Refer to numbered paragraphs of the same letter by their ids."""
        if not all(isinstance(each, str) for each in ids):
            raise TypeError
        return Reference(ids)

    def settle(self, value: Any, place: Place) -> Said:
        """Return what the value of a slot says."""
        if isinstance(value, str):
            if type(value) is Told:
                self.told.setdefault(value.path, []).append(value)
            return value
        match value:
            case Citation():
                return self._cite(value, place)
            case Unknown() | Untranslated():
                self.gaps[value.path] = None
                return (Part(self.language.gap.format(what=self._named(value.path)), "gap"),)
            case Value(value=int()):
                return Told(str(value.value), value.path)
            case int() if not isinstance(value, bool):  # the turn of a loop
                return str(value)
            case Reference():
                return self._refer(value, place)
            case _:
                raise DataError.one("not-printable", place, kind=type(value).__name__)

    def _named(self, path: str) -> str:
        """Return what a fact is called; a limit or anything else that is none goes by its id."""
        try:
            return self.title(path, self.language.language)
        except KeyError:
            return path

    def _refer(self, reference: Reference, place: Place) -> tuple[Part, ...]:
        labels = tuple([(name, self.numbers[name]) for name in reference.ids if name in self.numbers])
        if not labels:
            raise DataError.one("nothing-to-refer-to", place, ids=", ".join(reference.ids))
        return _referring(self.language, labels)

    def _cite(self, citation: Citation, place: Place) -> tuple[Part, ...]:
        cited = cited_by(self.law, citation, self.language)
        if not cited.acts:
            raise DataError.one("nothing-to-cite", place)
        known = self._acts.intersection(cited.acts)
        self._acts.update(cited.acts)
        self.cited.update(cited.versions)
        return written(cited, frozenset(known), draft=self.draft)


@lru_cache(maxsize=1024)
def _referring(language: LanguageFile, labels: tuple[tuple[str, str], ...]) -> tuple[Part, ...]:
    """Write the words of a reference to items, each number a part of its own that knows its item."""
    pattern = language.reference["one" if len(labels) == 1 else "many"]
    marks = [chr(_MARK + n) for n in range(len(labels))]
    parts = list[Part]()
    for text in re.split(f"([{marks[0]}-{marks[-1]}])", pattern.format(numbers=language.joined(marks))):
        if text in marks:
            name, label = labels[marks.index(text)]
            parts.append(Part(label.rstrip(".)"), "author", name))
        elif text:
            parts.append(Part(text, "author"))
    return tuple(parts)
