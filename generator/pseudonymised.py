"""Write the letters of a case told of invented people, and prove that nothing of the real ones is left."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from generator.assembly import Assembly, law_of
from generator.case.load import case_of
from generator.case.model import Case
from generator.digests import sha256
from generator.errors import CaseError, GeneratorError, Problem
from generator.folders import Folders
from generator.key_table import check_key, withdraw_key, write_key
from generator.letters.catalogue import letter_names
from generator.manifest import grown
from generator.output import write_all
from generator.planning import plan_letters
from generator.pseudonyms.dates import WEEKS, dated, shifted
from generator.pseudonyms.marks import common_words
from generator.pseudonyms.replace import Known, twin_of
from generator.remains import check_remains
from generator.sources import parse_source, read_bytes
from generator.targets import MANIFEST
from generator.writing import Wish, Written, assembled, make_letters, materials_of

_CHANCE = secrets.SystemRandom()
_CONFIRMED = ("confirmed", "limit_confirmed")


@dataclass(frozen=True, slots=True)
class Disguise:
    """How a case is told of others: where a key goes, whether dates move, and the words that are no names."""

    key: Path | None = None
    shift_dates: bool = False
    keep: frozenset[str] = frozenset()


def write_pseudonymised(path: Path, out: Path, wish: Wish, folders: Folders, how: Disguise) -> Written:
    """Write the letters of the twin of a case below `out`, or raise every problem and write nothing."""
    if how.key:
        check_key(how.key, out)
    case = case_of(parse_source(read_bytes(path, CaseError), path.as_posix()))
    if wish.about:
        plan_letters(
            case, wish.letters, wish.about, folders, wish.as_of
        )  # refuses a code by the codes that the user knows
    twin = twin_of(case, _known(case, folders, how.keep))
    if any(twin.tokens.is_certain_name(word) for word in how.keep):
        raise CaseError.one("keep-is-a-name")
    wish = replace(wish, about=twin.codes.get(wish.about, wish.about), force=False, pseudonymised=True)
    told, wish, days = _moved(twin.case, wish, folders) if how.shift_dates else (twin.case, wish, 0)
    made = make_letters(told, sha256(repr(told.facts).encode()), wish, folders)
    files = {**made.files, MANIFEST: grown(None, made.case_id, [_nobody(each) for each in made.described])}
    check_remains(case, files, made.letters, twin.tokens, made.materials)
    if how.key:
        write_key(how.key, [*twin.key, *([("days", "0", str(days))] if days else [])])
    try:
        return Written(write_all(out, made.case_id, files), tuple(made.notes))
    except BaseException:
        if how.key:
            withdraw_key(how.key)
        raise


def _known(case: Case, folders: Folders, keep: frozenset[str]) -> Known:
    law = law_of(case, folders)
    common = common_words(case.facts.case.country)
    return Known(common, frozenset(law.authorities), frozenset(letter_names(folders)), keep)


def _nobody(told: Any) -> Any:
    """Return what a manifest tells without the lawyers who confirmed the law: they are people, too."""
    match told:
        case dict():
            kept = {key: value for key, value in told.items() if key not in _CONFIRMED}
            return {key: _nobody(value) for key, value in kept.items()}
        case list() | tuple():
            return [_nobody(each) for each in told]
        case _:
            return told


def _moved(case: Case, wish: Wish, folders: Folders) -> tuple[Case, Wish, int]:
    """Move all dates, and today, by weeks chosen by chance among those under which the letters rest on the same law.

    Whatever law is in force on the new days, the facts must show the same, and the same versions must be cited.
    """
    if told := list(dated(case.facts)):
        raise CaseError(Problem("date-in-text", case.place(path), path) for path in told)
    wanted = _grounds(case, wish, folders)
    weeks = [sign * number for number in range(1, WEEKS + 1) for sign in (1, -1)]
    for number in _CHANCE.sample(weeks, len(weeks)):
        by = timedelta(weeks=number)
        moved = replace(case, facts=shifted(case.facts, by))
        later = replace(wish, as_of=wish.as_of + by)
        try:
            if _grounds(moved, later, folders) == wanted:
                return moved, later, by.days
        except GeneratorError:
            continue  # no law is known of those days
    raise CaseError.one("no-shift")


def _grounds(case: Case, wish: Wish, folders: Folders) -> Sequence[Any]:
    """Return what the letters of a case rest on."""
    materials, plan = materials_of(case, wish, folders)
    return [_rests_on(assembly) for assembly, _ in assembled(materials, plan, wish)]


def _rests_on(assembly: Assembly) -> Any:
    findings = {
        name: (
            each.outcome,
            each.measured,
            each.limit_hours,
            {provision: text.from_ for provision, text in (each.provisions or {}).items()},
        )
        for name, each in assembly.findings.items()
    }
    return assembly.letter.kind, findings, {name: text.from_ for name, text in assembly.cited.items()}, assembly.gaps
