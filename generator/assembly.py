"""The story of one letter: facts are disclosed, held against the law, composed, rendered, and read back."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import Any

from generator.case import labels
from generator.case.disclosure import disclose
from generator.case.load import for_client
from generator.case.model import Case, LetterSettings
from generator.case.paths import value_at
from generator.case.people import empty
from generator.document import Letter
from generator.errors import CaseError, DataError, Problem
from generator.findings.find import find
from generator.findings.model import Findings
from generator.folders import Folders
from generator.law.load import load_law
from generator.law.model import LawPack
from generator.law.provisions import ProvisionVersion
from generator.letters.admissions import admissions
from generator.letters.branches import say_everything
from generator.letters.catalogue import CatalogueEntry, LetterKind
from generator.letters.compose import Text, compose
from generator.letters.dating import misdated
from generator.letters.enclosures import Enclosure
from generator.letters.language import LanguageFile
from generator.letters.namespace import Occasion, namespace
from generator.letters.recipient import addressee, copies
from generator.letters.requirements import shortcomings
from generator.letters.secrecy import disclosures
from generator.letters.settle import Settler
from generator.letters.wording import Wording


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked for: the language, the day that counts as today, final or draft, and which client speaks.

    `about` is the number of the submission or inquiry the letter is about; `day` the one letters bear that have none
    of their own. `enclosed` are the numbers that annexes share in a bundle, `enclosures` its letters, for the list that
    covers them. A `pseudonymised` letter says so on each page.
    """

    language: LanguageFile
    as_of: date
    draft: bool = False
    client: int = 1
    about: int = 1
    enclosed: Mapping[str, int] = field(default_factory=dict)
    enclosures: tuple[Enclosure, ...] = ()
    day: date | None = None
    pseudonymised: bool = False


@dataclass(frozen=True, slots=True)
class Assembly:
    """A letter and what it rests on; `told` is the case as the letter may tell it.

    `printed` are the texts of the case that the letter prints, by the path of their fact.
    """

    told: Case
    letter: Letter
    about: str
    occasion: Occasion
    findings: Findings
    cited: Mapping[str, ProvisionVersion]
    gaps: tuple[str, ...]
    printed: Mapping[str, Sequence[str]] = field(default_factory=dict)


def law_of(case: Case, folders: Folders, load: Callable[[str, Folders], LawPack] = load_law) -> LawPack:
    """Load the law of the country of a case; raise `CaseError` if there is none for it yet."""
    country = case.facts.case.country.lower()
    try:
        return load(country, folders)
    except DataError:
        if folders.find("law", country, "pack.yaml"):
            raise
    known = folders.names("law", holding="pack.yaml")
    choices = ", ".join(name.upper() for name in known if name != "int")
    raise CaseError.one("no-pack", case.place("case.country"), "case.country", known=choices)


def assemble(case: Case, law: LawPack, entry: CatalogueEntry, order: Order, folders: Folders) -> Assembly:
    """Turn one case into one letter; raise `CaseError` if a final letter would have gaps or nothing to plead.

    What a letter refuses to say stops a draft too.
    """
    drawn = draw_up(case, law, entry, order, folders)
    refused, lacking = objections(drawn, order.language.language)
    if problems := refused if order.draft else (*refused, *lacking):
        raise CaseError(problems)
    return drawn


def draw_up(case: Case, law: LawPack, entry: CatalogueEntry, order: Order, folders: Folders) -> Assembly:
    """Turn one case into one letter whatever it refuses or lacks; raise `CaseError` if the law has nothing for it."""
    told, occasion, findings, wording, settler = _begun(case, law, entry, order)
    text = _text(entry, order.language.language, law.head.country, folders)
    try:
        letter = compose(entry.kind.name, text, namespace(told, occasion, order.language), wording, settler)
    except DataError as fault:
        if any(problem.id != "nothing-to-cite" for problem in fault.problems):
            raise
        place = case.place("case.country")
        raise CaseError.one("no-law-for-letter", place, "case.country", letter=entry.kind.name) from None
    letter = replace(letter, draft_mark=order.language.pseudonymised) if order.pseudonymised else letter
    about = thing(told, entry.kind, occasion.about)
    return Assembly(told, letter, about, occasion, findings, settler.cited, tuple(settler.gaps), settler.told)


def try_branches(case: Case, law: LawPack, entry: CatalogueEntry, order: Order, folders: Folders) -> None:
    """Raise `DataError` for what is at fault in any branch of the text of a letter, also where a case goes another."""
    told, occasion, _, wording, settler = _begun(case, law, entry, order)
    text = _text(entry, order.language.language, law.head.country, folders)
    say_everything(text.path, text.clauses, namespace(told, occasion, order.language), wording, settler)


def _begun(
    case: Case, law: LawPack, entry: CatalogueEntry, order: Order
) -> tuple[Case, Occasion, Findings, Wording, Settler]:
    """Return what a letter may tell and on what occasion, what the facts show, and its words."""
    told = disclose(for_client(case, order.client))
    findings = find(told, law)
    occasion = occasion_of(told, law, entry.kind, order)
    settings = occasion.settings
    wording = Wording(order.language, law, findings, settings.date or order.as_of, settings.signer or "client")
    return told, occasion, findings, wording, Settler(order.language, law, labels.title, order.draft)


@lru_cache(maxsize=256)
def _text(entry: CatalogueEntry, language: str, country: str, folders: Folders) -> Text:
    """Find the text of a letter and the passages it may include; once for all letters made with one entry."""
    return Text(entry.text(language, country), folders.find("templates", "clauses", language), entry.kind.form)


def objections(drawn: Assembly, language: str) -> tuple[tuple[Problem, ...], tuple[Problem, ...]]:
    """Return what such a letter may not say and the case says, a draft too; then what a final letter lacks."""
    refused = tuple(admissions(drawn.told, drawn.occasion.kind, language))
    case, occasion, findings = drawn.told, drawn.occasion, drawn.findings
    short = (
        *shortcomings(case, occasion, findings),
        *misdated(case, occasion, findings, drawn.printed),
        *disclosures(case, occasion, drawn.printed),
    )
    named = tuple(problem.path for problem in (*refused, *short))
    return refused, (*short, *_gaps(drawn.told, drawn.gaps, named, language))


def obstacles(case: Case, law: LawPack, entry: CatalogueEntry, order: Order, folders: Folders) -> tuple[Problem, ...]:
    """Return everything that stands between a case and a final letter; nothing where it can be written."""
    try:
        assemble(case, law, entry, replace(order, draft=False), folders)
    except CaseError as fault:
        return fault.problems
    return ()


def occasion_of(case: Case, law: LawPack, kind: LetterKind, order: Order) -> Occasion:
    """Return what a letter is made on: the lawyer's settings, with the usual ones where he left them open."""
    about = order.about if kind.about else 0
    settings = settings_of(case, kind, about)
    dated = bool(settings.date or order.day)
    usual = {"date": order.day or order.as_of, "signer": next(iter(kind.signers), None)}
    given = {name: value for name, value in usual.items() if getattr(settings, name) is None}
    settings = settings.model_copy(update=given)
    to = addressee(case, law, kind, settings, about)
    sent = copies(case, kind, settings)
    return Occasion(kind, settings, to, sent, about, order.enclosed, order.enclosures, dated)


def settings_of(case: Case, kind: LetterKind, about: int) -> LetterSettings:
    """Return the settings for a kind of letter, and over them those for the one thing that it is about."""
    settings: LetterSettings = case.facts.letters.get(kind.name) or empty(LetterSettings)
    item = thing(case, kind, about)
    own = case.facts.letters.get(f"{kind.name}-{item}") if item else None
    if own:
        settings = settings.model_copy(update={name: getattr(own, name) for name in own.model_fields_set})
    if "annexes" in settings.model_fields_set:
        return settings
    return settings.model_copy(update={"annexes": tuple(_usual_annexes(case, kind, about))})


def _usual_annexes(case: Case, kind: LetterKind, about: int) -> Iterator[str]:
    """Return what a letter encloses where the lawyer left it open: the papers its kind names that the case has.

    Of papers about a submission only the proof of the one that the letter is about.
    """
    filed = case.facts.submissions[about - 1 : about] if kind.about == "submissions" and about else ()
    proofs = [each.proof for each in filed]
    for evidence in case.facts.evidence:
        wanted = evidence.paper in kind.annexes and evidence.paper not in {"submission", "reminder", "reply"}
        if evidence.id and (wanted or evidence.id in proofs):
            yield evidence.id


def thing(case: Case, kind: LetterKind, about: int) -> str:
    """Return the code of the submission or inquiry a letter is about, its number where it has none."""
    things: Any = getattr(case.facts, kind.about) if kind.about else ()
    item = things[about - 1] if 0 < about <= len(things) else None
    return (item.id or str(about)) if item else ""


def _gaps(case: Case, paths: Iterable[str], named: tuple[str, ...], language: str) -> Iterator[Problem]:
    """Name the gaps the letter would have, but those within a fact that is already named as missing."""
    for path in paths:
        if not any(path == missing or path.startswith(f"{missing}.") for missing in named if missing):
            from generator.names.suggest import standing_of  # noqa: PLC0415  # only where something is missing

            if standing := standing_of(case.facts, path):
                problem_id = "gap-name" if standing == "sure" else "gap-name-unsure"
                yield Problem(problem_id, case.place(path), path, {"file": case.file})
                continue
            told_otherwise = isinstance(value_at(case.facts, path), dict)  # in words, but of another language
            problem_id = "gap-in-language" if told_otherwise else "gap"
            yield Problem(problem_id, case.place(path), path, {"language": language})
