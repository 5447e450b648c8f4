"""The names a letter text may use for the facts of a case."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from generator.case.happenings import Item
from generator.case.model import Case, LetterSettings
from generator.case.paths import steps
from generator.case.people import Representative, empty
from generator.case.procedure import Inquiry, Submission
from generator.case.values import Answer
from generator.letters.catalogue import LetterKind
from generator.letters.enclosures import Enclosure, listed, papers
from generator.letters.language import LanguageFile
from generator.letters.recipient import NOBODY, Recipient
from generator.letters.view import Annex, Group, Told, Unknown, entity_of, facts_of

DEVICES = ("phone", "computer", "tablet")
"""The kinds of thing that a letter can name as the device that was read."""
_WITH_DATA = (*DEVICES, "memory")


@dataclass(frozen=True, slots=True)
class Occasion:
    """What a letter is made on: the lawyer's settings for it, whom it goes to, who gets copies, what it is about.

    `about` is the number of a submission or inquiry; `enclosed` are the numbers that papers share in a bundle, and
    `enclosures` the letters of it, for the list that covers them. `dated` says that a day is settled for the letter,
    which else bears that of today.
    """

    kind: LetterKind
    settings: LetterSettings
    addressee: Recipient = NOBODY
    copies: tuple[Recipient, ...] = ()
    about: int = 0
    enclosed: Mapping[str, int] = field(default_factory=dict)
    enclosures: tuple[Enclosure, ...] = ()
    dated: bool = False


def namespace(case: Case, occasion: Occasion, language: LanguageFile) -> dict[str, Any]:
    """Return the facts by name, for a letter of one kind in one language.

    Besides the groups of the case file: `client`, `representative`, `letter` (the settings), `office`, `official` and
    `body` (the addressee is one of them), `copies`, `submission` or `inquiry` (what the letter is about), `annexes`,
    `enclosed` and `papers` (for a covering list), `named_officials`, and the fixed words `me` (who speaks), `device`
    (what was read), `taken` (what was taken), `filed` (what was submitted), `channel` and `status`.
    """
    kind, settings = occasion.kind.name, occasion.settings
    facts, spoken, written = case.facts, language.language, case.facts.case.language
    everything = facts_of(Group(facts, "", spoken, written))
    names: dict[str, Any] = {name: everything[name] for name in type(facts).model_fields if name != "letters"}
    names["client"] = names["clients"][0]
    acting, acts = next(
        ((each, n) for n, each in enumerate(facts.representatives, 1) if each.kind in occasion.kind.representatives),
        (empty(Representative), 1),
    )
    names["representative"] = Group(acting, f"representatives[{acts}]", spoken, written)
    names["letter"] = Group(settings, f"letters.{kind}", spoken, written)
    names |= _recipients(occasion, names)
    names["annexes"] = tuple(
        Annex(Group(evidence, f"evidence[{n}]", spoken, written), str(occasion.enclosed.get(wanted, "")))
        for wanted in settings.annexes
        for n, evidence in enumerate(facts.evidence, 1)
        if evidence.id == wanted
    )
    names["papers"] = papers(case, occasion.enclosures, occasion.enclosed, names["evidence"] or ())
    names["named_officials"] = tuple(
        Group(official, f"officials[{n}]", spoken, written)
        for n, official in enumerate(facts.officials, 1)
        if official.surname and official.role == "officer" and official.identified is not Answer.NO
    )
    names |= _of_things(facts.items, names["items"])
    names["raised"] = tuple(
        names["meetings"][n]
        for n, meeting in enumerate(facts.meetings)
        if meeting.told and meeting.at and (not settings.date or meeting.at.day <= settings.date)
    )
    opened = facts.proceedings.opened_at
    later = opened and settings.date and opened > settings.date  # a letter knows no case that was opened after it
    names["case_number"] = Unknown("proceedings.number") if later else names["proceedings"].number
    names["earlier"] = tuple(
        names["submissions"][n]
        for n, filed in enumerate(facts.submissions)
        if filed.letter != kind and filed.what and filed.at and (not settings.date or filed.at <= settings.date)
    )
    names["repeated"] = tuple(
        names["submissions"][n]
        for n, filed in enumerate(facts.submissions)
        if filed.letter == kind and filed.at and (not settings.date or filed.at <= settings.date)
    )
    names["device"], names["taken"] = _things(facts.items, language)
    sex = facts.clients[0].sex or "m"
    names["me"] = language.voices[settings.signer or "client"][sex]
    statuses = language.statuses.get(facts.proceedings.client_is or "", {})
    names["status"] = statuses.get(sex) or Unknown("proceedings.client_is")
    for list_name, name, nothing in (
        ("submissions", "submission", empty(Submission)),
        ("inquiries", "inquiry", empty(Inquiry)),
    ):
        chosen = occasion.about if occasion.kind.about == list_name else 0
        items = names[list_name]
        there = isinstance(items, tuple) and 0 < chosen <= len(items)
        names[name] = items[chosen - 1] if there else Group(nothing, f"{list_name}[1]", spoken, written)
    submitted: Any = entity_of(names["submission"])[0]
    names["filed"] = language.kinds[submitted.kind or "other"]
    names["channel"] = language.channels.get(submitted.channel or "") or Unknown("submissions.channel")
    return names


def _recipients(occasion: Occasion, names: Mapping[str, Any]) -> dict[str, Any]:
    """Return the addressee as an office, official or body, and the copies, each as a text can print it."""
    where = f"letters.{occasion.kind.name}.addressee"

    def seen(recipient: Recipient) -> Any:
        if recipient.official:
            return names["officials"][recipient.official - 1]
        return _at(names, recipient.body) if recipient.body else Told(recipient.office, where)

    to = occasion.addressee
    body = _at(names, to.body) if to.body else Unknown(where)
    return {
        "office": Told(to.office, where) if to.office else Unknown(where),
        "official": seen(to) if to.official else Unknown(where),
        "body": body,
        "copies": tuple(map(seen, occasion.copies)),
        "enclosed": listed(occasion.enclosures, seen),
    }


def _at(names: Mapping[str, Any], path: str) -> Any:
    """Return the group at a path such as `submissions[2].to`."""
    value: Any = None
    for name, index in steps(path):
        value = names[name] if value is None else getattr(value, name)
        value = value[int(index) - 1] if index else value
    return value


def _of_things(items: Sequence[Item], seen: Any) -> dict[str, Any]:
    """Return what the things that were taken have in common; those given back count for nothing.

    Where all were given back, `kept` is unknown, so that a list of them is a gap.
    """
    kept = [(item, seen[n]) for n, item in enumerate(items) if item.returned is not Answer.YES]
    evidence = [thing for item, thing in kept if item.is_evidence is Answer.YES]
    return {
        "not_returned": any(item.returned is Answer.NO for item in items),
        "kept": tuple(thing for _, thing in kept) or Unknown("items"),
        "needed": tuple(thing for item, thing in kept if item.need),
        "device_taken": any(item.kind in _WITH_DATA for item, _ in kept),
        "keeper_ready": any(item.keeper is Answer.YES for item, _ in kept),
        "kept_as_evidence": bool(evidence),
        "kept_as_evidence_since": evidence[0].evidence_at if evidence else Unknown("items.evidence_at"),
        "evidence_known": any(item.is_evidence is not Answer.UNKNOWN for item, _ in kept),
    }


def _things(items: Sequence[Item], language: LanguageFile) -> tuple[dict[str, str], dict[str, str]]:
    """Return the words for the device that was read and for what was taken: one thing by name, else in general.

    Which of several devices was read no fact says.
    """
    devices = [item.kind for item in items if item.kind in DEVICES]
    device = language.things[devices[0] if len(devices) == 1 else "device"]
    return device, device if len(items) == len(devices) == 1 else language.things["property"]
