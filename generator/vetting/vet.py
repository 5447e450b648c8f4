"""Look at letters, styles and law from others as a whole: all that is refused, and what nobody has read yet."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from generator.advice import unread
from generator.assembly import Order, draw_up, law_of, try_branches
from generator.case.load import load_case
from generator.errors import CaseError, DataError, GeneratorError, Place, Problem
from generator.folders import Folders
from generator.letters.bundles import load_bundle
from generator.letters.catalogue import CatalogueEntry, kind_in, letter_names, load_kind
from generator.letters.fill import look_through
from generator.letters.language import load_language
from generator.letters.request_list import load_requests
from generator.register.check import check_pack
from generator.render.house_style import load
from generator.render.understood import understood
from generator.vetting.folder import Contents, contents_of, file_problems, replaced
from generator.vetting.specimen import spoilt


@dataclass(frozen=True, slots=True)
class Vetted:
    """What stops the use of a folder, what to look at first, and which letters, styles and packs were looked at."""

    errors: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    letters: tuple[str, ...]
    styles: tuple[str, ...]
    packs: tuple[str, ...]


def vet(folder: Path, folders: Folders, as_of: date) -> Vetted:
    """Look at everything a folder holds, all faults at once; nothing of it is kept or written anywhere."""
    if not folder.is_dir():
        raise DataError.one("file-missing", Place(folder.as_posix()))
    contents = contents_of(folder, folders)
    errors, warnings = list(file_problems(folder)), list(replaced(contents, folders))
    if contents.nothing:
        errors.append(Problem("data-nothing", Place(folder.as_posix())))
    for name in contents.letters:
        _note(errors, _letter, name, contents.folders, as_of, warnings)
    for check, *given in _shared(contents):
        _note(errors, check, *given)
    for style in contents.styles:
        _note(errors, _style, style, folders, as_of, warnings)
    for pack in contents.packs:
        _note(errors, _law, pack, contents.folders, errors, warnings)
    if not errors:
        errors += _shaken(contents, folders, as_of)
    warnings += _unread_languages(contents)
    return Vetted(
        GeneratorError(errors).problems,
        GeneratorError(warnings).problems,
        *(tuple(each.name for each in found) for found in (contents.letters, contents.styles, contents.packs)),
    )


def _note(errors: list[Problem], check: Callable[..., object], *given: Any) -> None:
    """Take the problems of one check, so that the next is made whatever they are."""
    try:
        check(*given)
    except GeneratorError as fault:
        errors += fault.problems


def _style(folder: Path, folders: Folders, as_of: date, warnings: list[Problem]) -> None:
    """Load a style, and try it on letters that were there before; the first kind of fault is enough."""
    style = load(folder)
    understood(style)
    problems = list(spoilt(style, folders, as_of))
    warnings += (each for each in problems if each.id == "no-glyph")
    if spoiling := [each for each in problems if each.id != "no-glyph"]:
        raise DataError(spoiling)


def _letter(folder: Path, folders: Folders, as_of: date, warnings: list[Problem]) -> None:
    """Look through each text of a letter, fill them with its own example, and note what nobody has read yet."""
    entry = kind_in(folder)
    problems: list[Problem] = []
    for text in sorted(folder.glob("*.md")):
        _note(problems, _text, text, folders)
    if not entry.languages():
        problems.append(Problem("letter-without-text", Place(folder.as_posix())))
    if not problems and (folder / "example.yaml").is_file():
        problems += _tried(entry, folders, as_of)
    if problems:
        raise DataError(problems)
    for language in entry.languages():
        place = Place((folder / f"{language}.md").as_posix())
        warnings += (replace(each, place=each.place or place) for each in unread(entry, language))


def _text(text: Path, folders: Folders) -> None:
    look_through(text, folders.find("templates", "clauses", text.stem.split("-")[0]))


def _tried(entry: CatalogueEntry, folders: Folders, as_of: date) -> list[Problem]:
    """Fill the texts of a letter with its own example as drafts; what a case lacks is no fault of them.

    Then all branches of each text are tried, also those that the example does not take.
    """
    problems: list[Problem] = []
    try:
        case = load_case(entry.folder / "example.yaml")
        law = law_of(case, folders)
    except GeneratorError as fault:
        return list(fault.problems)
    for language in entry.languages():
        try:
            order = Order(load_language(language, folders), as_of, draft=True)
            draw_up(case, law, entry, order, folders)
            try_branches(case, law, entry, order, folders)
        except CaseError:
            continue
        except GeneratorError as fault:
            problems += fault.problems
    return problems


def _shaken(contents: Contents, folders: Folders, as_of: date) -> list[Problem]:
    """Try the letters that were there before with what a folder lays before their passages, languages and law."""
    templates = contents.root / "templates"
    laid_before = [*templates.glob("clauses/*/*.md"), *templates.glob("languages/*.yaml"), *contents.packs]
    if not laid_before:
        return []
    entries = [load_kind(name, folders) for name in letter_names(folders)]
    tried = [entry for entry in entries if (entry.folder / "example.yaml").is_file()]
    return [problem for entry in tried for problem in _tried(entry, contents.folders, as_of)]


def _shared(contents: Contents) -> Iterator[tuple[Callable[..., object], *tuple[Any, ...]]]:
    """Yield a check, with what it is given, for each passage, language, bundle and list of requests of a folder."""
    templates = contents.root / "templates"
    for text in sorted(templates.glob("clauses/*/*.md")):
        yield look_through, text, text.parent
    for path in sorted(templates.glob("languages/*.yaml")):
        yield load_language, path.stem, contents.folders
    for path in sorted(templates.glob("bundles/*.yaml")):
        yield load_bundle, path.stem, contents.folders
    if (templates / "requests.yaml").exists():
        yield load_requests, contents.folders


def _law(pack: Path, folders: Folders, errors: list[Problem], warnings: list[Problem]) -> None:
    if pack.parent.name != "law":
        raise DataError.one("pack-not-in-law", Place(pack.as_posix()))
    faults, looks = check_pack(pack.name, folders)
    errors += faults
    warnings += (replace(each, place=each.place or Place(pack.as_posix())) for each in looks)


def _unread_languages(contents: Contents) -> Iterator[Problem]:
    for path in sorted((contents.root / "templates" / "languages").glob("*.yaml")):
        try:
            loaded = load_language(path.stem, contents.folders)
        except GeneratorError:  # told before
            continue
        if not loaded.reviewed:
            yield Problem("language-not-reviewed", Place(path.as_posix()), "", {"language": path.stem})
