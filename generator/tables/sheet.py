"""An empty table for the cases of one kind of letter: a column for each fact it speaks of, and a row that explains."""

import csv
import io
import re
from collections.abc import Iterator

from generator.case.labels import label, title
from generator.errors import DataError
from generator.letters.catalogue import CatalogueEntry, LetterKind
from generator.sources import read_text
from generator.tables.facts import facts_below, is_fact

_HEAD = ("case.id", "case.country", "case.language")
_CLIENT = ("clients.surname", "clients.given_name", "clients.patronymic", "clients.name_forms", "clients.sex")
_REPRESENTATIVE = (
    "representatives.kind",
    "representatives.surname",
    "representatives.given_name",
    "representatives.patronymic",
    "representatives.name_forms",
    "representatives.sex",
    "representatives.order_no",
    "representatives.order_date",
    "representatives.address",
    "representatives.phone",
)
_OFFICIALS = {"investigator": "proceedings.investigator", "prosecutor": "proceedings.supervising_prosecutor"}
_OFFICIAL = ("id", "role", "authority", "position", "rank", "surname", "given_name", "patronymic", "name_forms")
_FORMS = ("nom", "gen", "dat", "acc", "ins")
_CASELESS = ("tg", "en")  # languages of letters that have no grammatical cases
_NAMES = re.compile(r"\b[a-z_]+(?:\.[a-z_]+)+\b")


def empty_sheet(entry: CatalogueEntry, language: str, letter_language: str = "ru", country: str = "TJ") -> bytes:
    """Return a CSV with the paths of facts as names of columns, and below them what to write, in the user's language.

    `letter_language` is that of the letters: names are given in it, and its text says which facts the letter uses. The
    file has a byte order mark and semicolons, so that Excel opens it by a double click where the comma divides whole
    numbers from parts, as in the whole region.
    """
    paths = sheet_columns(entry, letter_language, country)
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";")
    writer.writerow(paths)
    writer.writerow(f"{'' if number else '# '}{_explained(path, language)}" for number, path in enumerate(paths))
    return text.getvalue().encode("utf-8-sig")


def sheet_columns(entry: CatalogueEntry, letter_language: str = "ru", country: str = "TJ") -> tuple[str, ...]:
    """Return the facts that a kind of letter needs and uses, what it needs first."""
    forms = _FORMS[:1] if letter_language in _CASELESS else _FORMS
    used = filter(is_fact, _NAMES.findall(read_text(entry.text(letter_language, country), DataError)))
    found = (path for need in (*_needs(entry.kind), *used) for path in facts_below(need, letter_language, forms))
    return tuple(dict.fromkeys(found))


def _needs(kind: LetterKind) -> Iterator[str]:
    yield from _HEAD
    yield from _CLIENT
    yield from (path for path in kind.requires if path.partition(".")[0] not in {kind.about, "consent"})
    yield from kind.requires_one
    if kind.about:
        yield kind.about
    yield from kind.asks
    if "representative" in kind.signers:
        yield from _REPRESENTATIVE
    yield from _recipients(kind)
    yield from (f"letters.{kind.name}.{name}" for name in ("date", "place", "signer", "addressee"))
    yield from ("consent.given_at", "consent.letters", "consent.name")


def _recipients(kind: LetterKind) -> Iterator[str]:
    """Yield the facts that say whom the letter goes to."""
    to = kind.addressee
    if to is None:
        return
    if to.official:
        yield from (f"officials.{name}" for name in _OFFICIAL)
        yield from ((_OFFICIALS[to.official],) if to.official in _OFFICIALS else ("summons.by",))
    yield from to.bodies


def _explained(path: str, language: str) -> str:
    """Say what a fact is called and what to write, with the words to choose from."""
    words = label(path, language)
    choices = "; ".join(f"{choice} – {meaning}" for choice, meaning in words.choices.items())
    return ". ".join(part.rstrip(".") for part in (title(path, language), words.help, choices) if part)
