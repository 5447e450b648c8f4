"""What a lawyer should know of a case before letters are made: errors, warnings, and questions for the client."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from generator.assembly import Order, draw_up, law_of, objections
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
from generator.letters.language import LanguageFile, load_language
from generator.letters.parity import differences, stale_blocks
from generator.letters.request_list import RequestList, load_requests
from generator.letters.requirements import is_known
from generator.limits import budget
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
    planned = plan_letters(case, letters, "", folders, as_of).letters
    entries = list({each.entry.kind.name: each.entry for each in planned}.values())
    found = list(run_checks(Subject(case, law, as_of)))
    errors = [problem for severity, problem in found if severity == "error"]
    warnings = [problem for severity, problem in found if severity == "warning"]
    own = load_language(case.facts.case.language, folders)
    requests = load_requests(folders)
    gaps: set[str] = set()
    for number in range(1, len(case.facts.clients) + 1):
        for each in planned:
            order = Order(own, as_of, draft=True, client=number, about=each.about)
            found_here, looks = _of_letter(case, law, each.entry, order, folders, requests=requests)
            warnings += looks
            errors += found_here
            gaps |= {problem.path.replace("clients[1]", f"clients[{number}]") for problem in found_here}
    warnings += _unreviewed(law, entries, own)
    judged = all(problem.id != "no-law-of-day" for problem in errors)  # else no finding says what is open
    questions = dict.fromkeys(_questions(case, law, entries, language) if judged else ())
    names = tuple(_nameless(case, gaps))
    risks = CaseError(notices(case, letters)).problems
    return Advice(CaseError(errors).problems, CaseError(warnings).problems, tuple(questions), names, risks)


@budget()
def _of_letter(  # noqa: PLR0913  # what a letter is made with, and what it is held against
    case: Case, law: LawPack, entry: CatalogueEntry, order: Order, folders: Folders, *, requests: RequestList
) -> tuple[tuple[Problem, ...], tuple[Problem, ...]]:
    """Return what stands between a case and one letter, and what to look at in it if a draft at least can be made."""
    try:
        drawn = draw_up(case, law, entry, order, folders)
    except CaseError as fault:
        return fault.problems, ()
    refused, lacking = objections(drawn, order.language.language)
    subject = LetterSubject(drawn.told, law, order.as_of, entry, drawn, requests)
    looks = () if refused else tuple(run_letter_checks(subject))
    return CaseError((*refused, *lacking)).problems, looks


def _nameless(case: Case, gaps: set[str]) -> Iterator[Nameless]:
    """Yield whom a gap of a letter could be closed for by a suggested form, and those forms."""
    for person in named(case):
        lacking = tuple(form for form in person.missing if f"{person.path}.name_forms.ru.{form}" in gaps)
        if lacking:
            yield Nameless(person, lacking)


def _unreviewed(law: LawPack, entries: list[CatalogueEntry], own: LanguageFile) -> Iterator[Problem]:
    """Say which texts no native lawyer has confirmed yet, or fell behind; the letters themselves do not say it."""
    language = own.language
    for entry in entries:
        yield from unread(entry, language)
    if not law.wording[language].reviewed:
        yield Problem("law-not-reviewed", None, "", {"pack": law.head.id, "language": language})
    if not own.reviewed:
        yield Problem("language-not-reviewed", None, "", {"language": language})


def unread(entry: CatalogueEntry, language: str) -> Iterator[Problem]:
    """Say of a letter whether its text is read by no native lawyer yet, or fell behind the one it follows."""
    if language not in entry.kind.reviewed:
        yield Problem("letter-not-reviewed", None, "", {"letter": entry.kind.name, "language": language})
    if stale := stale_blocks(entry, language):
        behind = ", ".join(each or "#" for each in stale)
        values = {"letter": entry.kind.name, "language": language, "blocks": behind}
        yield Problem("translation-stale", None, "", values)
    yield from differences(entry, language)


def _questions(case: Case, law: LawPack, entries: list[CatalogueEntry], language: str) -> Iterator[Question]:
    """Ask for what the letters could say and for what would decide an open finding, in the order of each letter."""
    own = for_client(case)
    findings = find(disclose(own), law)
    for kind in (entry.kind for entry in entries):
        open_paths = [
            path
            for ground in kind.pleads
            if ground in findings and findings[ground].outcome is Outcome.UNKNOWN
            for path in findings[ground].missing
        ]
        for path in dict.fromkeys((*kind.asks, *open_paths)):
            if _to_be_asked(own, path) and (text := labels.question(path, language)):
                yield Question(path, text)


def _to_be_asked(case: Case, path: str) -> bool:
    """Say whether a fact is unknown and not idle: of a thing that may not have happened, first ask whether it did."""
    group, _, name = path.partition(".")
    occurred = getattr(getattr(case.facts, group, None), "occurred", Answer.YES)
    return not is_known(case.facts, path) and (occurred is Answer.YES or name == "occurred")
