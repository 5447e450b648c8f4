"""A lawyer's request names client and case only where the inquiry lets it, and is silent on health without consent."""

import re
from collections.abc import Iterator, Mapping, Sequence

from generator.case.beginnings import folded
from generator.case.model import Case, Client
from generator.case.procedure import Inquiry
from generator.case.values import Answer
from generator.errors import Problem
from generator.letters.namespace import Occasion

LOOKED_AT = re.compile(r"inquiries\[\d+\]\.(?!to\.)|evidence\[|letters\.[^.]+\.(?!out_no$)")
"""Facts a lawyer writes for a request; how the body asked, the lawyer and their addresses are called is no secret."""
ENDING, STEM = 3, 5
"""How long an ending can be that the file lacks, and how long what stands before it must be to be told by itself."""
NUMBERED = rf"(?:no\.?|{folded('дел')}\w{{0,2}}|{folded('парванда')}\w{{0,2}}|case)\s?"
"""What stands before a number of a case; only this tells a short one from any other number."""


def disclosures(case: Case, occasion: Occasion, printed: Mapping[str, Sequence[str]]) -> Iterator[Problem]:
    """Name the facts by which a request tells who the client is, or which case it is about, although it may not."""
    if occasion.kind.about != "inquiries" or not 0 < occasion.about <= len(case.facts.inquiries):
        return
    inquiry: Inquiry = case.facts.inquiries[occasion.about - 1]
    letter = {"letter": occasion.kind.name}
    secrets: dict[str, re.Pattern[str]] = {}
    client = case.facts.clients[0]
    if inquiry.names_client is not Answer.YES and client.surname:
        secrets["names-client"] = _surname(client)
    if inquiry.names_case is not Answer.YES and (number := case.facts.proceedings.number):
        secrets["names-case"] = _case_number(number)
    for path, texts in printed.items():
        if LOOKED_AT.match(path):
            told = folded(" ".join(texts))
            for problem_id, secret in secrets.items():
                if secret.search(told):
                    yield Problem(problem_id, case.place(path), path, letter)
    if inquiry.preset == "medical" and inquiry.names_client is Answer.YES and case.facts.consent.health != Answer.YES:
        yield Problem("health-not-agreed", case.place("consent.health"), "consent.health", letter)


def _surname(client: Client) -> re.Pattern[str]:
    """Match the surname in each form the file has, and with an ending that it lacks."""
    surname = client.surname or ""
    words = len(surname.split())
    forms = {surname}
    for language in type(client.name_forms).model_fields:
        for form in getattr(client.name_forms, language).model_dump(exclude={"declines"}).values():
            name = (form or "").split()
            forms.add(" ".join(name[-words:] if language == "en" else name[:words]))  # English puts it last
    stems = {folded(re.sub("[аяйьa]$", "", form)) for form in forms}
    whole = [re.escape(folded(form)) for form in sorted(forms - {""})]
    bent = [rf"{re.escape(stem)}\w{{0,{ENDING}}}" for stem in sorted(stems) if len(stem) >= STEM]
    return re.compile(rf"(?<!\w)(?:{'|'.join([*whole, *bent])})(?!\w)")


def _case_number(number: str) -> re.Pattern[str]:
    """Match the number of the case; one so short that it may be any number only where it is called a number."""
    called = NUMBERED if len(number) < STEM else ""
    return re.compile(rf"(?<!\w){called}{re.escape(folded(number))}(?!\w)", re.IGNORECASE)
