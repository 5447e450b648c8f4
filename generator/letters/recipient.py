"""To whom a letter goes and who gets copies: an office of the pack, an official of the case, or a body it names."""

from dataclasses import dataclass
from typing import Any

from generator.case.model import Case, LetterSettings
from generator.case.paths import value_at
from generator.case.people import Body, is_empty
from generator.law.model import LawPack
from generator.letters.catalogue import Addressee, LetterKind


@dataclass(frozen=True, slots=True)
class Recipient:
    """One whom a letter goes to: the key of an office, the place of an official in the case, or the path of a body."""

    office: str = ""
    official: int = 0
    body: str = ""


NOBODY = Recipient()


def addressee(case: Case, law: LawPack, kind: LetterKind, settings: LetterSettings, about: int) -> Recipient:
    """Return whom a letter goes to: whom the lawyer settled, else the usual one of its kind; nobody if unknown.

    `about` is the number of the thing the letter is about, in its list of the case.
    """
    if settings.addressee:
        return _named(case, settings.addressee)
    wanted = kind.addressee
    if wanted is None:
        return NOBODY
    if wanted.official:
        return _official(case, wanted.official) or _first_body(case, wanted.bodies)
    if wanted.body:
        return _body(case, _indexed(wanted.body, about))
    if wanted.above:
        return _above(case, law, _indexed(wanted.above, about))
    return Recipient(_office(law, wanted))


def copies(case: Case, kind: LetterKind, settings: LetterSettings) -> tuple[Recipient, ...]:
    """Return who gets copies: whom the lawyer settled, else the officials of the case that its kind names."""
    if settings.copies:
        return tuple(_named(case, key) for key in settings.copies)
    found = (_official(case, wanted.official) for wanted in kind.copies if wanted.official)
    return tuple(recipient for recipient in found if recipient)


def _named(case: Case, key: str) -> Recipient:
    number = next((n for n, official in enumerate(case.facts.officials, 1) if official.id == key), 0)
    return Recipient(official=number) if number else Recipient(key)


def _official(case: Case, role: str) -> Recipient | None:
    """Find an official by what he is in the case: the one it names, else the first of that role."""
    facts = case.facts
    named = {
        "investigator": facts.proceedings.investigator,
        "prosecutor": facts.proceedings.supervising_prosecutor,
        "caller": facts.summons.by,
    }[role]
    roles = {"investigator": ("investigator", "inquirer"), "prosecutor": ("prosecutor",)}.get(role, ())
    chosen = (o.id == named if named else o.role in roles for o in facts.officials)
    number = next((n for n, fits in enumerate(chosen, 1) if fits), 0)
    return Recipient(official=number) if number else None


def _first_body(case: Case, paths: tuple[str, ...]) -> Recipient:
    return next((found for path in paths if (found := _body(case, path)) != NOBODY), NOBODY)


def _body(case: Case, path: str) -> Recipient:
    body = value_at(case.facts, path)
    if not isinstance(body, Body):
        return NOBODY
    if body.authority:
        return Recipient(body.authority)
    return Recipient(body=path) if not is_empty(body.name) else NOBODY


def _above(case: Case, law: LawPack, path: str) -> Recipient:
    """Return the office that supervises the one at a path."""
    body: Any = value_at(case.facts, path)
    lower = body.authority if isinstance(body, Body) else None
    return Recipient(next((key for key, office in law.authorities.items() if lower in office.supervises), ""))


def _office(law: LawPack, wanted: Addressee) -> str:
    fitting = (k for k, office in law.authorities.items() if (office.role, office.level) == (wanted.role, wanted.level))
    return next(fitting, "")


def _indexed(path: str, number: int) -> str:
    root, _, rest = path.partition(".")
    return f"{root}[{number}].{rest}"
