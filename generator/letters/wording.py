"""The words of one letter: values in, words of one language out. Texts reach them through `filters`."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from inspect import isfunction
from typing import Any

from generator.findings.model import Finding
from generator.law.model import LawPack
from generator.letters.language import LanguageFile
from generator.letters.markup import DASH
from generator.letters.naming import Naming
from generator.letters.rules import Rules
from generator.letters.times import Times
from generator.letters.view import Told, Unknown, Words


@dataclass(frozen=True, slots=True)
class Reference:
    """Numbered paragraphs of the same letter, by id; written out when the numbers are known."""

    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wording(Words):
    """The words of one letter: its language, its law, what the facts show, and who speaks."""

    language: LanguageFile
    law: LawPack
    findings: Mapping[str, Finding]
    day: date
    signer: str

    def words(self) -> dict[str, Callable[..., Any]]:
        """Return everything a text can call, by name."""
        rules = Rules(self.language, self.law, self.findings, self.day)
        return {**_common(self.language, self.law), **_functions(rules), **_functions(self)}

    def voice(self, client: str, representative: str) -> str:
        """Choose the words for who speaks: the client, or the representative for the client."""
        return client if self.signer == "client" else representative

    def listed(self, items: Iterable[Any]) -> Any:
        """Join texts of one list: «а, б и в»."""
        texts = [str(item) for item in items]
        return Told(self.language.joined(texts), "") if texts else Unknown(getattr(items, "path", ""))

    def series(self, *parts: tuple[str, Any]) -> str:
        """Join what is known of some facts, each after its words: «цвет: чёрный; IMEI …»; a dash if nothing is."""
        texts = [f"{words}{value}" for words, value in parts if isinstance(value, str) and value]
        return Told(self.language.chained(texts, "semicolon"), "") if texts else DASH


@lru_cache(maxsize=64)
def _common(language: LanguageFile, law: LawPack) -> Mapping[str, Callable[..., Any]]:
    """Return what every letter of a language under a law can call."""
    return _functions(Times(language, law.head.zone)) | _functions(Naming(language, law))


def _functions(part: Words) -> dict[str, Callable[..., Any]]:
    return {name: getattr(part, name) for name in _names(type(part))}  # type: ignore[arg-type]  # a class has a hash


@lru_cache
def _names(part: type) -> tuple[str, ...]:
    """Return the names of what a text may call of a part."""
    named = (name for name, held in vars(part).items() if isfunction(held) and not name.startswith("_"))
    return tuple(name for name in named if name != "words")
