"""What a covering list says of a bundle: its letters with pages and copies, and the papers they share."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.case.model import Case
from generator.letters.recipient import Recipient
from generator.letters.view import Group, Shown


@dataclass(frozen=True, slots=True)
class Enclosure:
    """One letter of a bundle: its title, whom it goes to, its annexes by code, and its pages where they are known."""

    title: str
    to: Recipient
    copies: tuple[Recipient, ...]
    annexes: tuple[str, ...]
    pages: int | None


@dataclass(frozen=True, slots=True)
class ListedLetter(Shown):
    """A letter as the list prints it; `copies` counts the one that comes back with the mark of receipt too."""

    title: str
    to: tuple["ListedOffice", ...]
    pages: str
    copies: int


@dataclass(frozen=True, slots=True)
class ListedOffice(Shown):
    """Somebody a letter goes to, whether he gets a copy only, and whether it is a body, whose head one writes to."""

    office: Any
    copy: bool
    body: bool


@dataclass(frozen=True, slots=True)
class ListedPaper(Shown):
    """An annex as the list prints it: its number in the bundle, and the numbers of the letters it belongs to."""

    paper: Group
    number: int
    letters: str


BLANK = "____"
"""Stands for a number of pages that nobody could count here."""


def listed(enclosures: Sequence[Enclosure], seen: Any) -> tuple[ListedLetter, ...]:
    """Return the letters as the list prints them; `seen` turns a recipient into what a text can print."""
    return tuple(
        ListedLetter(
            each.title,
            tuple(
                ListedOffice(seen(to), number > 0, bool(to.body))
                for number, to in enumerate((each.to, *each.copies))
                if to != Recipient()
            ),
            BLANK if each.pages is None else str(each.pages),
            2 + len(each.copies),
        )
        for each in enclosures
    )


def papers(
    case: Case, enclosures: Sequence[Enclosure], numbers: Mapping[str, int], seen: Sequence[Group]
) -> tuple[ListedPaper, ...]:
    """Return the papers of a bundle in the order of their numbers; `seen` are those of the case as a text sees them."""
    places = {evidence.id: n for n, evidence in enumerate(case.facts.evidence)}
    return tuple(
        ListedPaper(
            seen[places[code]],
            number,
            ", ".join(str(n) for n, each in enumerate(enclosures, 1) if code in each.annexes),
        )
        for code, number in numbers.items()
        if code in places
    )
