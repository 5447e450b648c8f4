"""What the program sees in a case before any letter: findings with their reasons, and which letters can be written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from generator.assembly import Order, law_of, obstacles
from generator.case.disclosure import disclose
from generator.case.load import for_client
from generator.case.model import Case
from generator.case.paths import value_at
from generator.errors import Problem
from generator.findings.find import find
from generator.findings.model import Finding
from generator.folders import Folders
from generator.law.model import LawPack
from generator.letters.catalogue import CatalogueEntry
from generator.letters.language import load_language


@dataclass(frozen=True, slots=True)
class Possibility:
    """One kind of letter for one client: what stands in its way; nothing where a final letter can be written."""

    letter: str
    obstacles: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class ClientView:
    """The findings for one client, the values of the facts they rest on by path, and the letters."""

    number: int
    findings: tuple[Finding, ...]
    values: Mapping[str, Any]
    letters: tuple[Possibility, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """The explanation of a case under a law."""

    case: Case
    law: LawPack
    clients: tuple[ClientView, ...]


def explain(case: Case, entries: Sequence[CatalogueEntry], as_of: date, folders: Folders) -> Explanation:
    """Explain a case; raise `CaseError` where its country has no law, or a fact is older than the law.

    Facts that are withheld count as unknown, as in the letters.
    """
    law = law_of(case, folders)
    language = load_language(case.facts.case.language, folders)
    views = []
    for number in range(1, len(case.facts.clients) + 1):
        told = disclose(for_client(case, number))
        findings = tuple(find(told, law).values())
        order = Order(language, as_of, client=number)
        views.append(
            ClientView(
                number,
                findings,
                {fact.path: value_at(told.facts, fact.path) for finding in findings for fact in finding.facts},
                tuple(Possibility(e.kind.name, obstacles(case, law, e, order, folders)) for e in entries),
            )
        )
    return Explanation(case, law, tuple(views))
