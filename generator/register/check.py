"""Whether a pack is whole: every check a jurist wants before a lawyer relies on it."""

from collections.abc import Iterator
from itertools import pairwise

from generator.case import labels
from generator.errors import GeneratorError, Place, Problem
from generator.folders import Folders
from generator.law.load import load_law
from generator.law.model import DATED, LawPack
from generator.law.wording import Forms, Wording
from generator.register.usage import letters_law
from generator.register.worked import worked_problems

CASES = ("nom", "gen", "dat", "acc", "ins", "prep")


def check_pack(pack_id: str, folders: Folders) -> tuple[tuple[Problem, ...], tuple[Problem, ...]]:
    """Return the errors and the warnings of a pack, by place."""
    try:
        pack = load_law(pack_id, folders)
    except GeneratorError as fault:
        return fault.problems, ()
    folder = folders.find("law", pack_id)
    paths = list(_paths(pack))
    errors = [
        *_versions(pack),
        *_sources(pack),
        *paths,
        *_ladder(pack),
        *_words(pack, written(folders)),
        *(worked_problems(folder, pack) if folder and not paths else ()),  # a ground without its fact cannot be tried
    ]
    warnings = [*_unfounded(pack, folders), *_words(pack, set(pack.head.languages) - written(folders)), *_open(pack)]
    return GeneratorError(errors).problems, GeneratorError(warnings).problems


def written(folders: Folders) -> set[str]:
    """Return the languages letters can be written in."""
    found = (root / "templates" / "languages" for root in folders.roots)
    return {path.stem for folder in found if folder.is_dir() for path in folder.glob("*.yaml")}


def _versions(pack: LawPack) -> Iterator[Problem]:
    """Find versions that are not in order, or leave it open which one governs a day."""
    for section in DATED:
        for name, entry, place in pack.own(section):
            for old, new in pairwise(entry.versions):
                if new.from_ is None or old.until is None or old.until >= new.from_:
                    yield Problem("versions-overlap", place, name)
            for version in entry.versions:
                if version.from_ and version.until and version.until < version.from_:
                    yield Problem("version-ends-first", place, name)


def _sources(pack: LawPack) -> Iterator[Problem]:
    """Find what would be printed or computed although nothing says where it was read."""
    for name, entry, place in pack.own("provisions"):
        for version in entry.versions:
            if version.citable and not version.confirmed and not version.source:
                yield Problem("no-source", place, name)
            if version.article and not version.confirmed and version.use != "number":
                yield Problem("article-not-cleared", place, name)
            if version.use == "number" and version.grade == "lead":
                yield Problem("use-above-grade", place, name)
    for name, limit, place in pack.own("limits"):
        for version in limit.versions:
            if version.countable and not version.confirmed and not version.source:
                yield Problem("no-source", place, name)


def _paths(pack: LawPack) -> Iterator[Problem]:
    """Find facts that no case can have."""
    for section in ("grounds", "limits"):
        for name, entry, place in pack.own(section):
            for path in _facts_of(entry):
                try:
                    labels.title(path, "en")
                except KeyError:
                    yield Problem("no-such-fact", place, name, {"fact": path})


def _facts_of(entry: object) -> Iterator[str]:
    for field in ("on", "decision", "when", "unless", "runs_from", "ends_with", "lapses_with"):
        yield from getattr(entry, field, ())
    for field in ("from_", "until", "moment", "due", "duty", "act"):
        if path := getattr(entry, field, ""):
            yield path
    for field in ("suspended", "extension"):
        for name in ("from_", "until"):
            if path := getattr(getattr(entry, field, None), name, ""):
                yield path


def _ladder(pack: LawPack) -> Iterator[Problem]:
    """Find a body that, in the end, supervises itself."""
    for name, body, place in pack.own("authorities"):
        below, seen = list(body.supervises), set()
        while below:
            lower = below.pop()
            if lower not in seen:
                seen.add(lower)
                below += pack.authorities[lower].supervises
        if name in seen:
            yield Problem("ladder-in-a-ring", place, name)


def _words(pack: LawPack, languages: set[str]) -> Iterator[Problem]:
    """Find what has no words in a language of the pack."""
    for language in sorted(languages & set(pack.head.languages)):
        words = pack.wording.get(language)
        if words is None:
            yield Problem("no-words", Place(pack.head.id), language, {"language": language})
            continue
        for section in ("acts", "grounds", "limits", "authorities"):
            for name, _, place in pack.own(section):
                given = getattr(words, section).get(name)
                if given is None or (section == "grounds" and not given.rule):
                    yield Problem("no-words", place, name, {"language": language})
                elif language == "ru" and not all(getattr(f, case) for f in _forms(given) for case in CASES):
                    yield Problem("case-form-missing", place, name, {"language": language})
        if language == "ru":
            yield from _bending(words, pack.head.id)
        for name in pack.calendar.file.holidays:
            if name not in words.holidays:
                yield Problem("no-words", Place(f"law/{pack.head.id}/holidays.yaml"), name, {"language": language})


def _bending(words: Wording, pack: str) -> Iterator[Problem]:
    """Find posts and ranks that lack a form."""
    for forms in (*words.posts.values(), *words.ranks):
        if not all(getattr(forms, case) for case in CASES):
            yield Problem("case-form-missing", Place(pack), forms.nom, {"language": "ru"})


def _forms(given: object) -> Iterator[Forms]:
    for field in ("full", "short", "post", "body"):
        if isinstance(forms := getattr(given, field, None), Forms):
            yield forms


def _unfounded(pack: LawPack, folders: Folders) -> Iterator[Problem]:
    """Find neutral names that letters cite and for which the pack has no provision."""
    for letter in letters_law(folders) if pack.head.country else ():
        for name in sorted(letter.principles):
            entry = pack.principles.get(name)
            if entry is None or not entry.provisions:
                place = pack.places.get(f"principles/{name}")
                yield Problem("principle-unfounded", place, name, {"letter": letter.name})


def _open(pack: LawPack) -> Iterator[Problem]:
    for language in pack.head.languages:
        if (words := pack.wording.get(language)) and not words.reviewed:
            yield Problem("law-not-reviewed", None, "", {"pack": pack.head.id, "language": language})
