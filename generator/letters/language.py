"""What a language file holds: patterns, month names, plural words, fixed words, typography."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache, reduce
from typing import Annotated, Literal

from babel import Locale
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from generator.errors import CaseError, DataError, Problem
from generator.folders import Folders
from generator.sources import Source, read_source
from generator.tree import Tree
from generator.validation import YesNo, validate

Texts = Annotated[tuple[str, ...], BeforeValidator(lambda v: tuple(v) if isinstance(v, list) else v)]
Plurals = dict[str, str]
BLANKS = frozenset({
    "item", "head", "time", "article", "year", "what", "start", "numbers", "month", "end", "day", "date", "act",
    "surname", "part", "patronymic", "number", "given", "amount", "initials",
})  # fmt: skip
"""What patterns have blanks for."""
_BLANK = re.compile(r"\{([a-z]+)\}")


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Dates(_Part):
    """The pattern of a date in running text and the month names it takes."""

    long: str
    months: Texts


class Span(_Part):
    """A stretch of time between two clock times."""

    exact: str
    about: str
    other_day: str


class Clock(_Part):
    """A clock time, exact and approximate."""

    at: dict[str, str]
    then: str
    span: Span


class Units(_Part):
    """Words for amounts of time, by plural class; `about_units` as they read after `about`."""

    days: Plurals
    hours: Plurals
    minutes: Plurals
    about: str
    about_units: dict[str, Plurals]


class Citing(_Part):
    """How a provision is cited, with an article and with the act alone; `parts` where several need other words."""

    article: str
    part: str
    parts: str | None = None
    of: str
    act_only: str
    act_case: Literal["nom", "gen", "dat", "acc", "ins", "prep"]


class Typography(_Part):
    """Words tied by no-break spaces to the word after or before them, and the months tied to their day."""

    after: Texts
    before: Texts
    months: Texts


class LanguageFile(_Part):
    """Everything the program needs to know of a language to write a letter in it; equal to none but itself."""

    __hash__ = object.__hash__

    language: str
    word_tag: str
    reviewed: YesNo
    date: Dates
    clock: Clock
    units: Units
    people: Texts
    people_more: str
    pages: Plurals
    currencies: dict[str, str] = Field(default_factory=dict)
    list: dict[str, str]
    name: dict[str, str]
    cite: Citing
    reference: dict[str, str]
    gap: str
    unverified: str
    draft: str
    pseudonymised: str
    typography: Typography
    things: dict[str, dict[str, str]]
    kinds: dict[str, dict[str, str]]
    channels: dict[str, str]
    statuses: dict[str, dict[str, dict[str, str]]]
    voices: dict[str, dict[str, dict[str, str]]]

    def __eq__(self, other: object) -> bool:
        """Say whether it is the same one, so that what letters of a language share is found without reading it."""
        return self is other

    def joined(self, parts: Sequence[str]) -> str:
        """Join parts of a sentence: «а, б и в»."""
        *head, last = parts
        if not head:
            return last
        return self.list["and"].format(head=self.chained(head, "comma"), item=last)

    def chained(self, parts: Sequence[str], pattern: str) -> str:
        """Join parts one after the other by a pattern of `list`."""
        return reduce(lambda head, item: self.list[pattern].format(head=head, item=item), parts)

    def plural(self, number: int, words: Plurals) -> str:
        """Return the word for a number by its CLDR plural class (a locale library supplies the class only)."""
        return words.get(_plural_class(self.language, number)) or words["other"]


def load_language(language: str, folders: Folders) -> LanguageFile:
    """Load `templates/languages/<language>.yaml`."""
    path = folders.find("templates", "languages", f"{language}.yaml")
    if path is None:
        raise CaseError.one("unknown-language", None, language)
    source = read_source(path, DataError)
    if problems := list(_not_plain(source.tree, "", source)):
        raise DataError(problems)
    loaded: LanguageFile = validate(LanguageFile, source, DataError)
    return loaded


def _not_plain(tree: Tree, path: str, source: Source) -> Iterator[Problem]:
    """Find patterns with more in their braces than a name, or the same name twice: they could grow without end."""
    if isinstance(tree, str):
        names = _BLANK.findall(tree)
        if len(set(names)) < len(names) or not BLANKS.issuperset(names) or set("{}") & set(_BLANK.sub("", tree)):
            yield Problem("pattern-not-plain", source.place(path), path)
    elif isinstance(tree, dict):
        for key, inner in tree.items():
            yield from _not_plain(inner, f"{path}.{key}" if path else key, source)
    else:
        for number, inner in enumerate(tree, 1):
            yield from _not_plain(inner, f"{path}[{number}]", source)


@lru_cache(maxsize=32)
def cached_language(language: str, folders: Folders) -> LanguageFile:
    """Load a language once in a process, which does not see later changes of its file; see `load_language`."""
    return load_language(language, folders)


@lru_cache(maxsize=4096)
def _plural_class(language: str, number: int) -> str:
    return str(_locale(language).plural_form(number))


@lru_cache
def _locale(language: str) -> Locale:
    return Locale(language)
