"""Which letters a wish comes to: kinds and those that go together, bundles, languages, and what each is about."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.assembly import settings_of, thing
from generator.case.load import for_client
from generator.case.model import Case
from generator.errors import CaseError, Problem
from generator.folders import Folders
from generator.letters.bundles import Bundle, Need, cached_bundle
from generator.letters.catalogue import CatalogueEntry, cached_kind
from generator.letters.requirements import is_told

ANSWERED = ("granted", "refused")
"""Kinds of reply after which nothing is awaited."""


@dataclass(frozen=True, slots=True)
class Planned:
    """One letter to be made, in each language asked for; `about` is the number of what it is about, 1 as a rule."""

    entry: CatalogueEntry
    about: int = 1


@dataclass(frozen=True, slots=True)
class Plan:
    """The letters to be made in order, the list that covers them, and the letters of the bundle that do not apply."""

    letters: tuple[Planned, ...]
    covering: CatalogueEntry | None = None
    notes: tuple[Problem, ...] = ()


def plan_letters(case: Case, names: Sequence[str], about: str, folders: Folders) -> Plan:
    """Return what to make of kinds of letter; `about` is the code of one submission or inquiry, empty for all.

    Raises `CaseError` for a kind there is none of, and for a code that nothing in the case has.
    """
    needs = [Need(letter=name) for name in names]
    return Plan(tuple(_planned(case, needs, about, folders)))


def plan_bundle(case: Case, name: str, client: int, folders: Folders) -> Plan:
    """Return what to make for a situation; a letter whose facts are unknown or *no* is left out, with a note."""
    bundle: Bundle = cached_bundle(name, folders)
    own = for_client(case, client)
    applying = [need for need in bundle.letters if _applies(own, need)]
    left = [need for need in bundle.letters if need not in applying]
    notes = tuple(Problem("not-in-bundle", None, "", {"letter": n.letter, "facts": ", ".join(n.when)}) for n in left)
    letters = tuple(_planned(own, applying, "", folders))
    return Plan(letters, cached_kind(bundle.covering, folders), notes)


def shared_numbers(case: Case, plan: Plan) -> dict[str, int]:
    """Return one number for each annex of a bundle, in the order in which its letters first enclose them."""
    wanted = (code for planned in plan.letters for code in settings_of(case, planned.entry.kind, planned.about).annexes)
    return {code: number for number, code in enumerate(dict.fromkeys(wanted), 1)}


def _planned(case: Case, needs: Sequence[Need], about: str, folders: Folders) -> Iterator[Planned]:
    found: list[Planned] = []
    for need in needs:
        entry = cached_kind(need.letter, folders)
        if entry.kind.bundle_only:
            raise CaseError.one("bundle-only", None, need.letter)
        numbers = _about(case, entry, need, about)
        found += [Planned(entry, number) for number in numbers]
        found += [Planned(cached_kind(name, folders), number) for name in entry.kind.together for number in numbers]
    once: dict[tuple[str, int], Planned] = {}
    for planned in found:
        once.setdefault((planned.entry.kind.name, planned.about), planned)
    yield from once.values()


def _applies(case: Case, need: Need) -> bool:
    return not need.when or any(is_told(case.facts, path) for path in need.when)


def _about(case: Case, entry: CatalogueEntry, need: Need, code: str) -> list[int]:
    """Return the numbers of the things a letter is to be made about; the first where nothing qualifies."""
    kind = entry.kind
    if not kind.about:
        return [1]
    things = list(enumerate(getattr(case.facts, kind.about), 1))
    if code:
        named = [number for number, _ in things if thing(case, kind, number) == code]
        if not named:
            known = ", ".join(thing(case, kind, number) for number, _ in things)
            raise CaseError.one("unknown-about", case.place(kind.about), kind.about, known=known)
        return named
    open_ones = [number for number, each in things if _qualifies(each, need)]
    return open_ones or ([] if need.known or need.unknown else [1])


def _qualifies(item: object, need: Need) -> bool:
    """Say whether an inquiry, or a submission that awaits an answer, is what a letter of this need is about."""
    reply, channel = getattr(item, "reply", None), getattr(item, "channel", None)
    if reply is not None and (reply.kind in ANSWERED or (reply.at and reply.kind is None) or channel == "oral"):
        return False
    known = all(getattr(item, name) for name in need.known)
    return known and not any(getattr(item, name) for name in need.unknown)
