"""What a client should hear before a letter is filed: risks that the facts show, told on screen and in no letter."""

from collections.abc import Iterator

from generator.case.model import Case
from generator.case.values import Answer
from generator.errors import Problem
from generator.letters.namespace import DEVICES


def notices(case: Case, letters: tuple[str, ...]) -> Iterator[Problem]:
    """Yield the risks to speak of with the client before letters of these kinds are filed."""
    facts = case.facts
    if facts.case.retaliation_risk == "high":
        for notice in ("risk-of-retaliation", "risk-of-waiver", "risk-of-traces"):
            yield Problem(notice, case.place("case.retaliation_risk"), "case.retaliation_risk")
    for number, client in enumerate(facts.clients, 1):
        homes = {home for words in (client.address_registered, client.address_actual) for home in _told(words)}
        if homes & set(_told(client.address_service)):
            path = f"clients[{number}].address_service"
            yield Problem("risk-of-home-address", case.place(path), path)
        yield from _devices(case, number)
    if "lawyers-request" in letters:
        for number, inquiry in enumerate(facts.inquiries, 1):
            if inquiry.preset == "attendance":
                path = f"inquiries[{number}].preset"
                yield Problem("risk-with-employer", case.place(path), path)


def _devices(case: Case, client: int) -> Iterator[Problem]:
    """Yield a notice for each device that the police had and gave back."""
    own = case.facts.clients[client - 1].items
    prefix, items = ("", case.facts.items) if own is None else (f"clients[{client}].", own)
    for number, item in enumerate(items, 1):
        if item.kind in DEVICES and item.returned is Answer.YES:
            path = f"{prefix}items[{number}].returned"
            yield Problem("risk-of-returned-device", case.place(path), path)


def _told(words: dict[str, str] | None) -> Iterator[str]:
    yield from (" ".join(text.split()).casefold() for text in (words or {}).values())
