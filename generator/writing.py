"""Write the letters of one case: load, check, assemble, publish, and hand all files over at once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from generator.assembly import Assembly, Order, assemble, law_of
from generator.case.load import case_of
from generator.case.model import Case
from generator.checks import Subject, errors
from generator.covering import Materials, cover
from generator.digests import digest_of, sha256
from generator.document import Letter
from generator.errors import CaseError, Place, Problem, RenderError
from generator.folders import Folders
from generator.law.load import cached_law, load_law
from generator.letters.bundles import cached_bundle
from generator.letters.catalogue import cached_kind
from generator.letters.language import cached_language
from generator.limits import budget
from generator.manifest import growing, grown, manifest_entry, older_files
from generator.output import write_all
from generator.planning import Plan, common_date, plan_bundle, plan_letters, shared_numbers
from generator.publish import ENDINGS, FORMATS, PAGED, POSSIBLE, USUAL, file_stem, publish
from generator.render.engine import Choice, engine_fault
from generator.render.house_style import HouseStyle, cached
from generator.sources import parse_source, read_bytes
from generator.targets import MANIFEST, names

Assembled = list[tuple[Assembly, Order]]


@dataclass(frozen=True, slots=True)
class Wish:
    """What to write of a case; no languages means the language of the case, no formats the usual ones.

    `bundle` names a situation instead of `letters`; `about` the code of one submission or inquiry. `batch` says that
    this is one case of many, where the PDF engine `auto` is the faster one; `pseudonymised` that its letters are
    marked as not to be filed, since the case tells of invented people.
    """

    as_of: date
    letters: tuple[str, ...] = ("prosecutor-complaint",)
    languages: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    style: str = "plain"
    client: int = 1
    draft: bool = False
    force: bool = False
    bundle: str = ""
    about: str = ""
    pdf_engine: Choice = "auto"
    batch: bool = False
    pseudonymised: bool = False

    @property
    def paged(self) -> bool:
        """Say whether formats with pages are wanted, as they are where none is named."""
        return not self.formats or not PAGED.isdisjoint(self.formats)


@dataclass(frozen=True, slots=True)
class Written:
    """The files that were written, the manifest last, and what could not be made although the rest could."""

    files: tuple[Path, ...]
    notes: tuple[Problem, ...] = field(default=())


@dataclass(slots=True)
class LetterSet:
    """The letters of one case as files in memory, with what the manifest and the notes say of them."""

    materials: Materials
    wish: Wish
    case_digest: str
    files: dict[str, bytes] = field(default_factory=dict)
    described: list[dict[str, Any]] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    letters: dict[str, Letter] = field(default_factory=dict)

    @property
    def case_id(self) -> str:
        """Return the code of the case, which names its folder."""
        return self.materials.case.facts.case.id


def write_letters(path: Path, out: Path, wish: Wish, folders: Folders) -> Written:
    """Write the letters of a case file into its folder below `out`, or raise every problem and write nothing."""
    raw = read_bytes(path, CaseError)
    made = make_letters(case_of(parse_source(raw, path.as_posix())), sha256(raw), wish, folders)
    code, before = made.case_id, manifest_in(out / made.case_id)
    files = {**made.files, MANIFEST: grown(before, code, made.described)}
    older = older_files(before, code, made.described, names(out / code))
    written = write_all(out, code, files, force=wish.force, grows_from=growing(before, code))
    return Written(written, (*made.notes, *older))


def make_letters(case: Case, case_digest: str, wish: Wish, folders: Folders) -> LetterSet:
    """Make the letters of a case in memory, each read back, or raise every problem; `case_digest` tells its bytes."""
    materials, plan = materials_of(case, wish, folders)
    made = LetterSet(materials, wish, case_digest, notes=list(plan.notes))
    letters = assembled(materials, plan, wish)
    printed = [(assembly, order, _publish(made, assembly, order)) for assembly, order in letters]
    for assembly, order in cover(materials, plan, printed):
        _publish(made, assembly, order)
    return made


def manifest_in(folder: Path) -> bytes | None:
    """Return the manifest that a case folder has, `None` where there is none."""
    old = folder / MANIFEST
    return old.read_bytes() if old.is_file() and not old.is_symlink() else None


@budget()
def _publish(made: LetterSet, assembly: Assembly, order: Order) -> bytes | None:
    """Make the files of one letter and note what they rest on; return its PDF, if that was to be made."""
    case, wish, materials = made.materials.case, made.wish, made.materials
    formats, found = _formats(assembly.letter, wish.formats, materials)
    made.notes += [note for note in found if note not in made.notes]
    stem = file_stem(case, assembly.letter, wish.client, assembly.about, draft=order.draft)
    printed = assembly.letter.form == "card" or not PAGED.isdisjoint(formats)  # a card is always measured
    engine = materials.engine if printed else "weasyprint"
    files = publish(case, assembly.letter, materials.style, formats, stem, engine=engine)
    inputs = _inputs(made, assembly)
    made.described.append(manifest_entry(assembly, order, materials.law, inputs, files, engine=engine))
    made.files |= files
    made.letters |= dict.fromkeys(files, assembly.letter)
    return files.get(stem + ENDINGS["pdf"])


def _inputs(made: LetterSet, assembly: Assembly) -> dict[str, Any]:
    """Return the digests of what a letter is made from: the case, the letter's texts, the house style."""
    kind, style = assembly.letter.kind, made.materials.style
    return {
        "case": {"sha256": made.case_digest},
        "letter": {"name": kind, "sha256": _texts_digest(kind, assembly.letter.language, made.materials.folders)},
        "style": {"name": made.wish.style, "sha256": _style_digest(style)},
    }


@lru_cache(maxsize=128)  # the texts that letters are made of are loaded once in a process, too
def _texts_digest(kind: str, language: str, folders: Folders) -> str:
    texts = (("letters", kind), ("clauses", language), ("languages", f"{language}.yaml"))
    return digest_of(*(place for parts in texts if (place := folders.find("templates", *parts))))


@lru_cache(maxsize=8)
def _style_digest(style: HouseStyle) -> str:
    return digest_of(*style.folders)


def check_wish(wish: Wish, folders: Folders) -> None:
    """Raise `CaseError` for a wish that no case could fulfil: unknown formats, style, letters, bundle or languages."""
    problems = list(_wish_problems(wish, folders))
    for load, wished in (
        (cached_bundle, filter(None, [wish.bundle])),
        (cached_kind, wish.letters),
        (cached_language, wish.languages),
    ):
        for name in wished:
            try:
                load(name, folders)
            except CaseError as fault:
                problems += fault.problems
    if problems:
        raise CaseError(problems)


def _wish_problems(wish: Wish, folders: Folders) -> Iterator[Problem]:
    choices = {"choices": ", ".join(FORMATS)}
    yield from (Problem("unknown-format", None, "", choices) for name in wish.formats if name not in FORMATS)
    if not folders.find("templates", "house-styles", wish.style, "style.yaml"):
        styles = folders.names("templates", "house-styles", holding="style.yaml")
        yield Problem("unknown-style", None, "", {"known": ", ".join(styles)})


def materials_of(case: Case, wish: Wish, folders: Folders) -> tuple[Materials, Plan]:
    """Load the law, the style and the letters the wish names; refuse what there is none of, all at once."""
    problems = [] if wish.batch else list(_wish_problems(wish, folders))  # a batch has looked before its first case
    clients = len(case.facts.clients)
    if wish.client > clients:
        problems.append(Problem("no-such-client", Place(case.file), "clients", {"number": str(clients)}))
    law = plan = None
    try:
        # a lawyer may confirm law between two letters, but not within a batch
        law = law_of(case, folders, cached_law if wish.batch else load_law)
        plan = _plan(case, wish, folders) if wish.client <= clients else None
    except CaseError as fault:
        problems += fault.problems
    folder = folders.find("templates", "house-styles", wish.style)
    if problems or law is None or plan is None or folder is None:
        raise CaseError(problems or _wish_problems(wish, folders))
    return Materials(case, law, cached(folder), folders, wish.pdf_engine, wish.batch), plan


def _plan(case: Case, wish: Wish, folders: Folders) -> Plan:
    if wish.bundle:
        return plan_bundle(case, wish.bundle, wish.client, folders, wish.as_of)
    return plan_letters(case, wish.letters, wish.about, folders, wish.as_of)


def assembled(made_with: Materials, plan: Plan, wish: Wish) -> Assembled:
    """Assemble every letter in every language; collect the problems of all of them."""
    case, law, folders = made_with.case, made_with.law, made_with.folders
    problems: list[Problem] = [] if wish.draft else list(errors(Subject(case, law, wish.as_of)))
    numbers: Mapping[str, int] = shared_numbers(case, plan) if plan.covering else {}
    day = common_date(case, plan.letters) if plan.covering else None
    assemblies: Assembled = []
    for language in dict.fromkeys(wish.languages or (case.facts.case.language,)):
        words = cached_language(language, folders)
        general = Order(
            words, wish.as_of, wish.draft, wish.client, enclosed=numbers, day=day, pseudonymised=wish.pseudonymised
        )
        for planned in plan.letters:
            order = general if planned.about == general.about else replace(general, about=planned.about)
            try:
                with budget():
                    assemblies.append((assemble(case, law, planned.entry, order, folders), order))
            except CaseError as fault:
                problems += fault.problems
    if problems:
        raise CaseError(problems)
    return assemblies


def _formats(letter: Letter, asked: Sequence[str], made_with: Materials) -> tuple[tuple[str, ...], list[Problem]]:
    """Return the formats asked for that the form of a letter has, its usual ones if it has none of them, with notes.

    What the PDF engine would make is left out where it cannot run here; refuse if nothing else is left.
    """
    possible, notes = POSSIBLE[letter.form], list[Problem]()
    wanted = tuple(name for name in dict.fromkeys(asked) if name in possible) or USUAL[letter.form]
    if not PAGED.isdisjoint(wanted) and (fault := engine_fault(made_with.engine, made_with.style)):
        wanted = tuple(name for name in wanted if name not in PAGED)
        if not wanted:
            raise RenderError([fault])
        notes.append(fault)
    if asked and set(asked).isdisjoint(possible):
        values = {"letter": letter.kind, "formats": ", ".join(wanted), "choices": ", ".join(possible)}
        notes.append(Problem("other-formats", None, "", values))
    return wanted, notes
