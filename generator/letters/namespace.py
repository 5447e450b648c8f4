"""The names a letter text may use for the facts of a case."""

from collections.abc import Sequence
from typing import Any

from generator.case.happenings import Item
from generator.case.model import Case, LetterSettings
from generator.case.people import Representative
from generator.case.values import Answer
from generator.letters.language import LanguageFile
from generator.letters.view import Group

DEVICES = ("phone", "computer", "tablet")


def namespace(case: Case, settings: LetterSettings, kind: str, language: LanguageFile) -> dict[str, Any]:
    """Return the facts by name, for a letter of one kind in one language.

    Besides the groups of the case file: `client`, `representative`, `letter` (the settings), `annexes`,
    `named_officials`, and the fixed words `me` (who speaks), `device` (what was read) and `taken` (what was taken).
    """
    facts, spoken, written = case.facts, language.language, case.facts.case.language
    everything = Group(facts, "", spoken, written)
    names: dict[str, Any] = {name: getattr(everything, name) for name in type(facts).model_fields if name != "letters"}
    names["client"] = names["clients"][0]
    acting = facts.representatives[0] if facts.representatives else Representative()
    names["representative"] = Group(acting, "representatives[1]", spoken, written)
    names["letter"] = Group(settings, f"letters.{kind}", spoken, written)
    names["annexes"] = tuple(
        Group(evidence, f"evidence[{n}]", spoken, written)
        for wanted in settings.annexes
        for n, evidence in enumerate(facts.evidence, 1)
        if evidence.id == wanted
    )
    names["named_officials"] = tuple(
        Group(official, f"officials[{n}]", spoken, written)
        for n, official in enumerate(facts.officials, 1)
        if official.surname and official.role == "officer"
    )
    names["not_returned"] = any(item.returned is Answer.NO for item in facts.items)
    names["device"], names["taken"] = _things(facts.items, language)
    names["me"] = language.voices[settings.signer or "client"][facts.clients[0].sex or "m"]
    return names


def _things(items: Sequence[Item], language: LanguageFile) -> tuple[dict[str, str], dict[str, str]]:
    """Return the words for the device that was read and for what was taken: one thing by name, else in general."""
    kinds = [item.kind for item in items]
    device = language.things[next((kind for kind in kinds if kind in DEVICES), "device")]
    return device, device if len(kinds) == 1 and kinds[0] in DEVICES else language.things["property"]
