"""What a citation names and how it is written; letters that cite the same under the same law share it."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from generator.document import Origin
from generator.law.model import LawPack
from generator.law.provisions import ProvisionVersion
from generator.letters.language import Citing, LanguageFile

_RANGE = re.compile(r"([0-9]{1,4})(?:-([0-9]{1,4}))?")  # parts of an article: the law comes from data, which may lie


class Citation(NamedTuple):
    """Provisions to be cited; written out when the order of the letter is known, the first mention in full."""

    provisions: tuple[str, ...]
    day: date


class Part(NamedTuple):
    """A stretch of settled text: where its words come from, and the item whose number it is, if it is one."""

    text: str
    origin: Origin
    target: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Cited:
    """What a citation names of each act: the versions in force, and the words for the articles that may be printed."""

    law: LawPack
    language: LanguageFile
    acts: Mapping[str, tuple[Mapping[str, ProvisionVersion], tuple[str, ...]]]
    versions: Mapping[str, ProvisionVersion]


@lru_cache(maxsize=4096)
def cited_by(law: LawPack, citation: Citation, language: LanguageFile) -> Cited:
    """Look up what is cited of each act; letters of one day cite the same."""
    then = law.on(citation.day)
    acts: dict[str, dict[str, ProvisionVersion]] = {}
    for name in citation.provisions:
        acts.setdefault(law.provisions[name].act, {})[name] = then.provision(name)
    worded = {
        act: (versions, tuple(dict.fromkeys(_articles([v for v in versions.values() if v.citable], language.cite))))
        for act, versions in acts.items()
    }
    return Cited(law, language, worded, {name: text for versions in acts.values() for name, text in versions.items()})


@lru_cache(maxsize=4096)
def written(cited: Cited, known: frozenset[str], *, draft: bool) -> tuple[Part, ...]:
    """Cite act by act; an article only where its grade allows, else the act alone and, in a draft, a mark.

    `known` are the acts that the letter has named before; their short name is enough.
    """
    parts = list[Part]()
    for act, (versions, articles) in cited.acts.items():
        parts += [Part("; ", "author")] if parts else []
        parts.append(Part(_with_act(cited, act, articles, again=act in known), "author"))
        for name, version in versions.items():
            if draft and version.use == "ask":
                mark = cited.language.unverified.format(what=version.article_lead or name)
                parts += [Part(" ", "author"), Part(mark, "gap")]
    return tuple(parts)


def _with_act(cited: Cited, act: str, articles: tuple[str, ...], *, again: bool) -> str:
    cite, words = cited.language.cite, cited.law.wording[cited.language.language].acts[act]
    forms = words.short if again else words.full
    name = getattr(forms, cite.act_case) or forms.nom
    if not articles:
        return cite.act_only.format(act=name)
    return cite.of.format(numbers=cited.language.joined(articles), act=name)


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
