"""The order of events: what cannot have come before, and what cannot have come yet."""

import pytest
from letters import AS_OF, LAW, ROOT, case_from

from generator.checks import Subject, errors

HEAD = "case: {id: xx-1, country: TJ}\nclients: [{surname: Саидова}]\n"


def _found(text: str) -> list[tuple[str, str]]:
    return [(problem.id, problem.path) for problem in errors(Subject(case_from(HEAD + text), LAW, AS_OF))]


@pytest.mark.parametrize(
    ("facts", "path"),
    [
        ("detention: {apprehended_at: 2026-05-04 11:00, released_at: 2026-05-04 10:00}", "detention.released_at"),
        ("proceedings: {opened_at: 2026-05-05, charge: {charged_at: 2026-05-04}}", "proceedings.charge.charged_at"),
        ("submissions: [{at: 2026-05-05, reply: {at: 2026-05-04}}]", "submissions[1].reply.at"),
        ("submissions: [{}, {at: 2026-05-05, received_at: 2026-05-04}]", "submissions[2].received_at"),
        ("submissions: [{received_at: 2026-05-05, registered_at: 2026-05-04}]", "submissions[1].registered_at"),
        ("submissions: [{at: 2026-05-05, reminder_at: 2026-05-04}]", "submissions[1].reminder_at"),
        ("submissions: [{suspended_at: 2026-05-05, resumed_at: 2026-05-04}]", "submissions[1].resumed_at"),
        ("seizure: {at: 2026-05-05}\nitems: [{}, {returned_at: 2026-05-04}]", "items[2].returned_at"),
        ("summons: {said_at: 2026-05-05 10:00, at: 2026-05-05 09:00}", "summons.at"),
        ("inquiries: [{since: 2026-05-05 10:00, until: 2026-05-05 09:00}]", "inquiries[1].until"),
        ("consent: {given_at: 2026-05-05, withdrawn_at: 2026-05-04}", "consent.withdrawn_at"),
        ("summons: {confirm_by: 2026-05-05 11:00, at: 2026-05-05 10:00}", "summons.at"),
        ("summons: {said_at: 2026-05-05, proposed_at: 2026-05-04}", "summons.proposed_at"),
    ],
)
def test_what_follows_cannot_come_first(facts, path):
    """An event that stands before the one it follows is named, in lists with its number."""
    assert _found(facts) == [("wrong-order", path)]


@pytest.mark.parametrize(
    ("facts", "path"),
    [
        ("summons: {said_at: 2026-06-02 10:00}", "summons.said_at"),
        ("questioning: {at: 2026-06-02}", "questioning.at"),
        ("meetings: [{at: 2026-06-02}]", "meetings[1].at"),
        ("medical: {at: 2026-06-02}", "medical.at"),
        ("evidence: [{date: 2026-06-02}]", "evidence[1].date"),
        ("submissions: [{at: 2026-06-02}]", "submissions[1].at"),
        ("items: [{returned_at: 2026-06-02}]", "items[1].returned_at"),
        ("proceedings: {terminated_at: 2026-06-02}", "proceedings.terminated_at"),
        ("representatives: [{}, {order_date: 2026-06-02}]", "representatives[2].order_date"),
        ("representatives: [{power_date: 2026-06-02}]", "representatives[1].power_date"),
    ],
)
def test_what_has_happened_cannot_lie_ahead(facts, path):
    """An event after the day that counts as today is named."""
    assert _found(facts) == [("in-the-future", path)]


@pytest.mark.parametrize(
    "facts",
    [
        "summons: {said_at: 2026-06-01 10:00, at: 2026-06-02 10:00, confirm_by: 2026-06-02, proposed_at: 2026-06-03}",
        "evidence: [{expires_at: 2026-06-20, date: 2026-06-01}]",
        "submissions: [{at: 2026-05-05, received_at: 2026-05-05, due: 2026-06-20, reply: {at: 2026-05-05}}]",
        "seizure: {at: 2026-05-05}\nitems: [{returned_at: 2026-05-05 09:00}]",
        "submissions: [{at: 2026-05-05}, {at: 2026-05-04, reply: {at: 2026-05-04}}]",
    ],
)
def test_what_may_lie_ahead_or_on_one_day_is_no_fault(facts):
    """A call to come, evidence that will be deleted, two events of one day, and filings in any order are fine."""
    assert _found(facts) == []


def test_facts_of_one_client_are_held_against_each_other():
    """Groups under a client are checked by themselves, and the path says whose they are."""
    text = "case: {id: xx-1, country: TJ}\nclients:\n  - {surname: А}\n  - surname: Б\n    seizure: {at: 2026-05-05}\n"
    case = case_from(f"{text}    items: [{{returned_at: 2026-05-04}}]\nitems: [{{returned_at: 2026-05-04}}]\n")
    found = [(problem.id, problem.path) for problem in errors(Subject(case, LAW, AS_OF))]
    assert found == [("wrong-order", "clients[2].items[1].returned_at")]


TWO = "case: {id: xx-1, country: TJ}\nclients:\n  - {surname: А}\n  - surname: Б\n"
WHEN = "{apprehended_at: 2026-05-04 09:00, released_at: 2026-05-04 18:00}"


@pytest.mark.parametrize(
    ("facts", "path", "first"),
    [
        (
            "    detention: {apprehended_at: 2026-05-06 09:00}\nseizure: {at: 2026-05-04 10:00}\n",
            "seizure.at",
            "clients[2].detention.apprehended_at",
        ),
        (
            f"    seizure: {{at: 2026-05-03 10:00}}\ndetention: {WHEN}\n",
            "clients[2].seizure.at",
            "detention.apprehended_at",
        ),
        (
            f"    summons: {{said_at: 2026-05-02}}\ndetention: {WHEN}\n",
            "clients[2].summons.said_at",
            "detention.apprehended_at",
        ),
        (
            f"    birth_date: 2026-05-05\ndetention: {WHEN}\n",
            "detention.apprehended_at",
            "clients[2].birth_date",
        ),
    ],
)
def test_groups_of_a_client_are_held_against_the_common_ones_beside_them(facts, path, first):
    """A letter tells a client's own group beside the common ones: both are in order, each told by its place."""
    found = errors(Subject(case_from(TWO + facts), LAW, AS_OF))
    assert [(problem.id, problem.path, problem.values) for problem in found] == [
        ("wrong-order", path, {"first": first})
    ]


def test_common_facts_are_named_once_whoever_has_groups_of_his_own():
    """What is common to all clients is not told again for each of them."""
    facts = "    items: [{kind: phone}]\ndetention: {apprehended_at: 2026-05-04 11:00, released_at: 2026-05-04 10:00}\n"
    found = errors(Subject(case_from(TWO + facts), LAW, AS_OF))
    assert [(problem.id, problem.path) for problem in found] == [("wrong-order", "detention.released_at")]


def test_nobody_is_born_after_what_happened_or_ahead():
    """A date of birth is held against the first events and against today, for each client."""
    found = _found("detention: {apprehended_at: 2026-05-04 09:00}")
    assert found == []
    case = case_from(f"{TWO}    birth_date: 2030-01-01\n")
    found = [(problem.id, problem.path) for problem in errors(Subject(case, LAW, AS_OF))]
    assert found == [("in-the-future", "clients[2].birth_date")]


def test_the_examples_are_in_order():
    """No example of a letter or case has an event out of its order on the day of the tests."""
    examples = [*(ROOT / "examples").glob("*.yaml"), *(ROOT / "templates" / "letters").glob("*/example.yaml")]
    assert len(examples) > 10
    for path in examples:
        assert errors(Subject(case_from(path.read_text("utf-8")), LAW, AS_OF)) == [], path
