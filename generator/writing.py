"""Write the letters of one case: load, check, assemble, publish, and hand all files over at once."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from generator.assembly import Assembly, Order, assemble, law_of
from generator.case.load import case_of
from generator.case.model import Case
from generator.checks import Subject, errors
from generator.document import Letter
from generator.errors import CaseError, Place, Problem, RenderError
from generator.folders import Folders
from generator.law.model import LawPack
from generator.letters.catalogue import CatalogueEntry, load_kind
from generator.letters.language import load_language
from generator.output import write_all
from generator.publish import (
    FORMATS,
    PAGED,
    POSSIBLE,
    USUAL,
    digest_of,
    file_stem,
    manifest,
    manifest_entry,
    merged_entries,
    publish,
    sha256,
)
from generator.render.house_style import HouseStyle, cached
from generator.sources import parse_source, read_bytes
from generator.targets import MANIFEST


@dataclass(frozen=True, slots=True)
class Wish:
    """What to write of a case; no languages means the language of the case, no formats the usual ones."""

    as_of: date
    letters: tuple[str, ...] = ("prosecutor-complaint",)
    languages: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    style: str = "plain"
    client: int = 1
    draft: bool = False
    force: bool = False


@dataclass(frozen=True, slots=True)
class Written:
    """The files that were written, the manifest last, and what could not be made although the rest could."""

    files: tuple[Path, ...]
    notes: tuple[Problem, ...] = field(default=())


def write_letters(path: Path, out: Path, wish: Wish, folders: Folders) -> Written:
    """Write the letters of a case file into its folder below `out`, or raise every problem and write nothing."""
    raw = read_bytes(path, CaseError)
    case = case_of(parse_source(raw, path.as_posix()))
    law, style, entries = _data(case, wish, folders)
    assemblies = _assemblies(case, law, entries, wish, folders)
    files: dict[str, bytes] = {}
    described = []
    notes: list[Problem] = []
    for assembly, order in assemblies:
        formats, found = _formats(assembly.letter, wish.formats)
        notes += [note for note in found if note not in notes]
        made = publish(case, assembly.letter, style, formats, file_stem(case, assembly.letter, wish.client))
        described.append(manifest_entry(assembly, order, law, _inputs(raw, assembly, wish, folders), made))
        files |= made
    case_id = case.facts.case.id
    old = out / case_id / MANIFEST
    before = old.read_bytes() if old.is_file() and not old.is_symlink() else None
    files[MANIFEST] = manifest(case_id, merged_entries(before, case_id, described))
    return Written(write_all(out, case_id, files, force=wish.force, grows_from=before), tuple(notes))


def _inputs(raw: bytes, assembly: Assembly, wish: Wish, folders: Folders) -> dict[str, Any]:
    """Return the digests of what a letter is made from: the case, the letter's texts, the house style."""
    kind, language = assembly.letter.kind, assembly.letter.language
    texts = (("letters", kind), ("clauses", language), ("languages", f"{language}.yaml"))
    read = [place for parts in texts if (place := folders.find("templates", *parts))]
    style = folders.find("templates", "house-styles", wish.style)
    looks = (style, *cached(style).borrowed) if style else ()
    return {
        "case": {"sha256": sha256(raw)},
        "letter": {"name": kind, "sha256": digest_of(*read)},
        "style": {"name": wish.style, "sha256": digest_of(*looks)},
    }


def _data(case: Case, wish: Wish, folders: Folders) -> tuple[LawPack, HouseStyle, list[CatalogueEntry]]:
    """Load the law, the style and the letters the wish names; refuse what there is none of, all at once."""
    choices = {"choices": ", ".join(FORMATS)}
    problems = [Problem("unknown-format", None, "", choices) for name in wish.formats if name not in FORMATS]
    if wish.client > len(case.facts.clients):
        problems.append(
            Problem("no-such-client", Place(case.file), "clients", {"number": str(len(case.facts.clients))})
        )
    styles = folders.names("templates", "house-styles", holding="style.yaml")
    if wish.style not in styles:
        problems.append(Problem("unknown-style", None, "", {"known": ", ".join(styles)}))
    law = entries = None
    try:
        law = law_of(case, folders)
        entries = [load_kind(name, folders) for name in wish.letters]
    except CaseError as fault:
        problems += fault.problems
    folder = folders.find("templates", "house-styles", wish.style)
    if problems or law is None or entries is None or folder is None:
        raise CaseError(problems)
    return law, cached(folder), entries


def _assemblies(
    case: Case, law: LawPack, entries: Sequence[CatalogueEntry], wish: Wish, folders: Folders
) -> list[tuple[Assembly, Order]]:
    """Assemble every letter in every language; collect the problems of all of them."""
    problems: list[Problem] = [] if wish.draft else list(errors(Subject(case, law, wish.as_of)))
    assemblies = []
    for entry in entries:
        for language in dict.fromkeys(wish.languages or (case.facts.case.language,)):
            order = Order(load_language(language, folders), wish.as_of, wish.draft, wish.client)
            try:
                assemblies.append((assemble(case, law, entry, order, folders), order))
            except CaseError as fault:
                problems += fault.problems
    if problems:
        raise CaseError(problems)
    return assemblies


def _formats(letter: Letter, asked: Sequence[str]) -> tuple[tuple[str, ...], list[Problem]]:
    """Return the formats asked for that the form of a letter has, its usual ones if it has none of them, with notes.

    What the PDF engine would make is left out where it cannot run here; refuse if nothing else is left.
    """
    from generator.render.engine import engine_fault  # noqa: PLC0415  # only when letters are made

    possible, notes = POSSIBLE[letter.form], list[Problem]()
    wanted = tuple(name for name in dict.fromkeys(asked) if name in possible) or USUAL[letter.form]
    if not PAGED.isdisjoint(wanted) and (fault := engine_fault()):
        wanted = tuple(name for name in wanted if name not in PAGED)
        if not wanted:
            raise RenderError([fault])
        notes.append(fault)
    if asked and set(asked).isdisjoint(possible):
        values = {"letter": letter.kind, "formats": ", ".join(wanted), "choices": ", ".join(possible)}
        notes.append(Problem("other-formats", None, "", values))
    return wanted, notes
