"""Settle what a slot holds: words somebody told, words of the text, citations, references, gaps."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby
from typing import Any, NamedTuple

from generator.document import Origin
from generator.errors import DataError, Place
from generator.law.model import LawPack
from generator.law.provisions import ProvisionVersion
from generator.letters.language import Citing, LanguageFile
from generator.letters.rules import Citation
from generator.letters.view import Told, Unknown, Untranslated, Value, Words
from generator.letters.wording import Reference


class Part(NamedTuple):
    """A stretch of settled text: where its words come from, and the item whose number it is, if it is one."""

    text: str
    origin: Origin
    target: str = ""


Said = str | tuple[Part, ...]
"""What a slot says: words of the text, `Told` words of the case, or parts where there is more to know of each."""
_RANGE = re.compile(r"(\d+)(?:-(\d+))?")
_MARK = 0xE000  # stands for a number until the words around it are known


@dataclass(slots=True)
class Settler(Words):
    """Turns values into parts of text, in the order of the letter; notes the gaps and the provisions it printed."""

    language: LanguageFile
    law: LawPack
    title: Callable[[str, str], str]
    draft: bool
    numbers: Mapping[str, str] = field(default_factory=dict)
    gaps: dict[str, None] = field(default_factory=dict)
    cited: dict[str, ProvisionVersion] = field(default_factory=dict)
    _acts: set[str] = field(default_factory=set)

    def reference(self, *ids: str) -> Reference:
        """Refer to numbered paragraphs of the same letter by their ids."""
        return Reference(ids)

    def settle(self, value: Any, place: Place) -> Said:
        """Return what the value of a slot says."""
        if isinstance(value, str):
            return value
        match value:
            case Citation():
                return self._cite(value, place)
            case Unknown() | Untranslated():
                self.gaps[value.path] = None
                return (Part(self.language.gap.format(what=self.title(value.path, self.language.language)), "gap"),)
            case Value(value=int()):
                return Told(str(value.value), value.path)
            case int() if not isinstance(value, bool):  # the turn of a loop
                return str(value)
            case Reference():
                return tuple(self._refer(value, place))
            case _:
                raise DataError.one("not-printable", place, kind=type(value).__name__)

    def _refer(self, reference: Reference, place: Place) -> Iterator[Part]:
        """Write the words of a reference, each number a part of its own that knows its item."""
        ids = [name for name in reference.ids if name in self.numbers]
        if not ids:
            raise DataError.one("nothing-to-refer-to", place, ids=", ".join(reference.ids))
        pattern = self.language.reference["one" if len(ids) == 1 else "many"]
        marks = [chr(_MARK + n) for n in range(len(ids))]
        for text in re.split(f"([{marks[0]}-{marks[-1]}])", pattern.format(numbers=self.language.joined(marks))):
            if text in marks:
                name = ids[marks.index(text)]
                yield Part(self.numbers[name].rstrip(".)"), "author", name)
            elif text:
                yield Part(text, "author")

    def _cite(self, citation: Citation, place: Place) -> tuple[Part, ...]:
        acts = _by_act(self.law, citation, self.language.cite)
        if not acts:
            raise DataError.one("nothing-to-cite", place)
        known = tuple([act in self._acts for act, *_ in acts])
        for act, versions, _ in acts:
            self._acts.add(act)
            self.cited.update(versions)
        return _citing(self.law, citation, self.language, known, self.draft)


class Cited(NamedTuple):
    """What a citation names of one act: the provisions in force, and the words for those that may be printed."""

    act: str
    versions: Mapping[str, ProvisionVersion]
    articles: tuple[str, ...]


@lru_cache(maxsize=4096)
def _by_act(law: LawPack, citation: Citation, cite: Citing) -> tuple[Cited, ...]:
    """Return what is cited of each act; letters of one day cite the same."""
    then = law.on(citation.day)
    acts: dict[str, dict[str, ProvisionVersion]] = {}
    for name in citation.provisions:
        acts.setdefault(law.provisions[name].act, {})[name] = then.provision(name)
    return tuple(
        Cited(act, versions, tuple(dict.fromkeys(_articles([v for v in versions.values() if v.citable], cite))))
        for act, versions in acts.items()
    )


@lru_cache(maxsize=4096)
def _citing(
    law: LawPack, citation: Citation, language: LanguageFile, known: tuple[bool, ...], draft: bool
) -> tuple[Part, ...]:
    """Cite act by act; an article only where its grade allows, else the act alone and, in a draft, a mark.

    `known` says of each act whether the letter has named it before; then its short name is enough.
    """
    parts = list[Part]()
    for (act, versions, articles), again in zip(_by_act(law, citation, language.cite), known, strict=True):
        parts += [Part("; ", "author")] if parts else []
        parts.append(Part(_with_act(law, act, articles, language, again=again), "author"))
        for name, version in versions.items():
            if draft and version.use == "ask":
                mark = language.unverified.format(what=version.article_lead or name)
                parts += [Part(" ", "author"), Part(mark, "gap")]
    return tuple(parts)


def _with_act(law: LawPack, act: str, articles: tuple[str, ...], language: LanguageFile, *, again: bool) -> str:
    words = law.wording[language.language].acts[act]
    forms = words.short if again else words.full
    name = getattr(forms, language.cite.act_case) or forms.nom
    if not articles:
        return language.cite.act_only.format(act=name)
    return language.cite.of.format(numbers=language.joined(articles), act=name)


def _articles(versions: Iterable[ProvisionVersion], cite: Citing) -> Iterator[str]:
    """Write the articles to be cited, each once with all its parts."""
    parts = dict[str, list[str]]()
    for version in versions:
        parts.setdefault(version.article, []).append(version.part)
    for article, cited in parts.items():
        named = in_ranges(cited) if all(cited) else ""
        several = "-" in named or "," in named
        pattern = (several and cite.parts) or (cite.part if named else cite.article)
        yield pattern.format(article=article.replace("-", "–"), part=named.replace("-", "–"))


def in_ranges(parts: Sequence[str]) -> str:
    """Write the parts of an article in order, those that follow each other as a range: `2, 1, 4` is `1-2, 4`.

    Parts that are not plain numbers or ranges of them stay as they are, each once.
    """
    cited = list(dict.fromkeys(parts))
    spans = [_RANGE.fullmatch(part) for part in cited]
    if not all(spans):
        return ", ".join(cited)
    numbers = sorted({n for span in spans if span for n in range(int(span[1]), int(span[2] or span[1]) + 1)})
    runs = [[n for _, n in run] for _, run in groupby(enumerate(numbers), lambda pair: pair[1] - pair[0])]
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)
