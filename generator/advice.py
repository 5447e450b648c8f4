"""What a lawyer should know of a case before letters are made: errors, warnings, and questions for the client."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from generator.assembly import Order, assemble, law_of, obstacles
from generator.case import labels
from generator.case.disclosure import disclose
from generator.case.load import for_client, load_case
from generator.case.model import Case
from generator.case.values import Answer
from generator.checks import LetterSubject, Subject, run_checks, run_letter_checks
from generator.checks.risks import notices
from generator.errors import CaseError, Problem
from generator.findings.find import find
from generator.findings.model import Outcome
from generator.folders import Folders
from generator.law.model import LawPack
from generator.letters.catalogue import CatalogueEntry
from generator.letters.language import load_language
from generator.letters.parity import differences, stale_blocks
from generator.letters.request_list import load_requests
from generator.letters.requirements import is_known
from generator.names.suggest import Named, named
from generator.planning import plan_letters


@dataclass(frozen=True, slots=True)
class Question:
    """A fact nobody has told yet, and how to ask for it."""

    path: str
    text: str


@dataclass(frozen=True, slots=True)
class Nameless:
    """A person of whose name the letters need forms that the file lacks, and for whom there is a suggestion."""

    person: Named
    cases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Advice:
    """Everything to be said of a case: what stops a letter, what to look at, what to ask, which names to confirm.

    `notices` are risks to speak of with the client before a letter is filed.
    """

    errors: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    questions: tuple[Question, ...]
    names: tuple[Nameless, ...]
    notices: tuple[Problem, ...] = ()


def advise(path: Path, letters: tuple[str, ...], as_of: date, folders: Folders, language: str) -> Advice:
    """Look at a case file for the letters of the given kinds; raise only if the file itself cannot be understood."""
    case = load_case(path)
    law = law_of(case, folders)
    planned = plan_letters(case, letters, "", folders).letters
    entries = list({each.entry.kind.name: each.entry for each in planned}.values())
    found = list(run_checks(Subject(case, law, as_of)))
    errors = [problem for severity, problem in found if severity == "error"]
    warnings = [problem for severity, problem in found if severity == "warning"]
    own = load_language(case.facts.case.language, folders)
    gaps: set[str] = set()
    for number in range(1, len(case.facts.clients) + 1):
        for each in planned:
            order = Order(own, as_of, client=number, about=each.about)
            found_here = obstacles(case, law, each.entry, order, folders)
            warnings += _of_letter(case, law, each.entry, order, folders)
            errors += found_here
            gaps |= {problem.path.replace("clients[1]", f"clients[{number}]") for problem in found_here}
    warnings += _unreviewed(case, law, entries, folders)
    judged = all(problem.id != "no-law-of-day" for problem in errors)  # else no finding says what is open
    asked = (question for entry in entries if judged for question in _questions(case, law, entry, language))
    questions = dict.fromkeys(asked)
    names = tuple(_nameless(case, gaps))
    risks = CaseError(notices(case, letters)).problems
    return Advice(CaseError(errors).problems, CaseError(warnings).problems, tuple(questions), names, risks)


def _of_letter(case: Case, law: LawPack, entry: CatalogueEntry, order: Order, folders: Folders) -> tuple[Problem, ...]:
    """Return what a lawyer should look at in one letter; nothing where not even a draft can be made."""
    try:
        assembly = assemble(case, law, entry, replace(order, draft=True), folders)
    except CaseError:
        return ()
    told = disclose(for_client(case, order.client))
    subject = LetterSubject(told, law, order.as_of, entry, assembly, load_requests(folders))
    return tuple(run_letter_checks(subject))


def _nameless(case: Case, gaps: set[str]) -> Iterator[Nameless]:
    """Yield whom a gap of a letter could be closed for by a suggested form, and those forms."""
    for person in named(case):
        lacking = tuple(form for form in person.missing if f"{person.path}.name_forms.ru.{form}" in gaps)
        if lacking:
            yield Nameless(person, lacking)


def _unreviewed(case: Case, law: LawPack, entries: list[CatalogueEntry], folders: Folders) -> Iterator[Problem]:
    """Say which texts no native lawyer has confirmed yet, or fell behind; the letters themselves do not say it."""
    language = case.facts.case.language
    for entry in entries:
        if language not in entry.kind.reviewed:
            yield Problem("letter-not-reviewed", None, "", {"letter": entry.kind.name, "language": language})
        if stale := stale_blocks(entry, language):
            behind = ", ".join(each or "#" for each in stale)
            values = {"letter": entry.kind.name, "language": language, "blocks": behind}
            yield Problem("translation-stale", None, "", values)
        yield from differences(entry, language)
    if not law.wording[language].reviewed:
        yield Problem("law-not-reviewed", None, "", {"pack": law.head.id, "language": language})
    if not load_language(language, folders).reviewed:
        yield Problem("language-not-reviewed", None, "", {"language": language})


def _questions(case: Case, law: LawPack, entry: CatalogueEntry, language: str) -> Iterator[Question]:
    """Ask for what the letter could say and for what would decide an open finding, in the order of the letter."""
    own = for_client(case)
    findings = find(disclose(own), law)
    open_paths = [
        path
        for ground in entry.kind.pleads
        if ground in findings and findings[ground].outcome is Outcome.UNKNOWN
        for path in findings[ground].missing
    ]
    for path in dict.fromkeys((*entry.kind.asks, *open_paths)):
        if _to_be_asked(own, path) and (text := labels.question(path, language)):
            yield Question(path, text)


def _to_be_asked(case: Case, path: str) -> bool:
    """Say whether a fact is unknown and not idle: of a thing that may not have happened, first ask whether it did."""
    group, _, name = path.partition(".")
    occurred = getattr(getattr(case.facts, group), "occurred", Answer.YES)
    return not is_known(case.facts, path) and (occurred is Answer.YES or name == "occurred")
