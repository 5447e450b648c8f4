"""Which letters a wish comes to: kinds and those that go together, bundles, languages, and what each is about."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from generator.assembly import settings_of, thing
from generator.case.load import for_client
from generator.case.model import Case
from generator.errors import CaseError, Problem
from generator.folders import Folders
from generator.letters.bundles import Bundle, Need, cached_bundle
from generator.letters.catalogue import CatalogueEntry, cached_kind
from generator.letters.dating import too_early, too_late
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


def plan_letters(case: Case, names: Sequence[str], about: str, folders: Folders, as_of: date) -> Plan:
    """Return what to make of kinds of letter; `about` is the code of one submission or inquiry, empty for all.

    Of submissions those for which it is too early are left out, as long as there are others.

    Raises `CaseError` for a kind there is none of, and for a code that nothing in the case has.
    """
    needs = [Need(letter=name) for name in names]
    return Plan(tuple(_planned(case, needs, about, folders, as_of)))


def plan_bundle(case: Case, name: str, client: int, folders: Folders, as_of: date) -> Plan:
    """Return what to make for a situation; a letter that does not apply is left out, with a note.

    That is one whose facts are unknown or *no*, or for which it is too late or too early.
    """
    bundle: Bundle = cached_bundle(name, folders)
    own = for_client(case, client)
    applying = [need for need in bundle.letters if _applies(own, need)]
    left = [need for need in bundle.letters if need not in applying]
    notes = [Problem("not-in-bundle", None, "", {"letter": n.letter, "facts": ", ".join(n.when)}) for n in left]
    day = common_date(own, _planned(own, applying, "", folders, as_of)) or as_of
    untimely = {need.letter: tuple(_untimely(own, need, folders, day)) for need in applying}
    notes += [
        Problem("untimely-in-bundle", None, "", {"letter": letter, "facts": ", ".join(paths)})
        for letter, paths in untimely.items()
        if paths
    ]
    timely = [n for n in applying if not untimely[n.letter] or cached_kind(n.letter, folders).kind.about]
    letters = tuple(_planned(own, timely, "", folders, day))
    made = {planned.entry.kind.name for planned in letters}
    idle = [n.letter for n in timely if n.letter not in made and not untimely[n.letter]]
    notes += [Problem("idle-in-bundle", None, "", {"letter": letter}) for letter in idle]
    return Plan(letters, cached_kind(bundle.covering, folders), tuple(notes))


def common_date(case: Case, letters: Iterable[Planned]) -> date | None:
    """Return the one day that the letters of a bundle bear, where the case settles a day for some and no other."""
    settled = {settings_of(case, each.entry.kind, each.about).date for each in letters} - {None}
    return settled.pop() if len(settled) == 1 else None


def shared_numbers(case: Case, plan: Plan) -> dict[str, int]:
    """Return one number for each annex of a bundle, in the order in which its letters first enclose them."""
    wanted = (code for planned in plan.letters for code in settings_of(case, planned.entry.kind, planned.about).annexes)
    return {code: number for number, code in enumerate(dict.fromkeys(wanted), 1)}


def _planned(case: Case, needs: Sequence[Need], about: str, folders: Folders, day: date) -> Iterator[Planned]:
    found: list[Planned] = []
    for need in needs:
        entry = cached_kind(need.letter, folders)
        if entry.kind.bundle_only:
            raise CaseError.one("bundle-only", None, need.letter)
        numbers = _about(case, entry, need, about, day)
        found += [Planned(entry, number) for number in numbers]
        found += [Planned(cached_kind(name, folders), number) for name in entry.kind.together for number in numbers]
    once: dict[tuple[str, int], Planned] = {}
    for planned in found:
        once.setdefault((planned.entry.kind.name, planned.about), planned)
    yield from once.values()


def _applies(case: Case, need: Need) -> bool:
    return not need.when or any(is_told(case.facts, path) for path in need.when)


def _untimely(case: Case, need: Need, folders: Folders, day: date) -> Iterator[str]:
    """Yield the paths of the days for which a letter comes too late, or too early about one submission."""
    kind = cached_kind(need.letter, folders).kind
    for number, each in list(enumerate(getattr(case.facts, kind.about), 1)) if kind.about else [(1, None)]:
        if each is None or _qualifies(each, need):
            own_day = settings_of(case, kind, number).date or day
            if path := too_late(case, kind, own_day) or too_early(case, kind, number, own_day):
                yield path


def _about(case: Case, entry: CatalogueEntry, need: Need, code: str, day: date) -> list[int]:
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
    due = [n for n in open_ones if not too_early(case, kind, n, settings_of(case, kind, n).date or day)]
    return due or ([] if need.known or need.unknown or need.when else open_ones or [1])


def _qualifies(item: object, need: Need) -> bool:
    """Say whether an inquiry, or a submission that awaits an answer, is what a letter of this need is about."""
    reply, channel = getattr(item, "reply", None), getattr(item, "channel", None)
    if reply is not None and (reply.kind in ANSWERED or (reply.at and reply.kind is None) or channel == "oral"):
        return False
    known = all(getattr(item, name) for name in need.known)
    return known and not any(getattr(item, name) for name in need.unknown)
