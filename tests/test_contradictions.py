"""Facts that cannot be together, and those that only seldom are."""

import pytest
from letters import AS_OF, LAW, ROOT, case_from, example

from generator.checks import Subject, errors, run_checks
from generator.errors import CaseError
from generator.folders import Folders, bundled_folder
from generator.writing import Wish, write_letters

HEAD = "case: {id: xx-1, country: TJ}\nclients: [{surname: Саидова}]\n"
TWO = "case: {id: xx-1, country: TJ}\nclients:\n  - {surname: А}\n  - surname: Б\n"


def _found(text: str, head: str = HEAD) -> list[tuple[str, str, str]]:
    return [(each.id, each.path, each.values["first"]) for each in errors(Subject(case_from(head + text), LAW, AS_OF))]


@pytest.mark.parametrize(
    ("facts", "path", "first"),
    [
        ("questioning: {occurred: no, private: yes, consent: no}", "questioning.private", "questioning.occurred"),
        ("questioning: {occurred: no, topics: [work]}", "questioning.topics", "questioning.occurred"),
        ("seizure: {occurred: no, court_order: yes}", "seizure.court_order", "seizure.occurred"),
        ("seizure: {occurred: no, paper: record}", "seizure.paper", "seizure.occurred"),
        ("seizure: {occurred: no, paper_date: 2026-05-04}", "seizure.paper_date", "seizure.occurred"),
        ("seizure: {occurred: no}\nitems: [{kind: phone}]", "items", "seizure.occurred"),
        ("seizure: {protocol: no, paper: record}", "seizure.paper", "seizure.protocol"),
        ("seizure: {protocol: no, protocol_copy: yes}", "seizure.protocol_copy", "seizure.protocol"),
        ("seizure: {paper: none, paper_date: 2026-05-04}", "seizure.paper_date", "seizure.paper"),
        ("device_access: {occurred: no, facts: галерею}", "device_access.facts", "device_access.occurred"),
        ("device_access: {occurred: no, passcode: forced}", "device_access.passcode", "device_access.occurred"),
        ("detention: {protocol: no, protocol_at: 2026-05-04}", "detention.protocol_at", "detention.protocol"),
        ("detention: {force: no, force_description: толкнули}", "detention.force_description", "detention.force"),
        ("items: [{}, {returned: no, returned_at: 2026-05-06}]", "items[2].returned_at", "items[2].returned"),
        ("items: [{is_evidence: no, evidence_at: 2026-05-06}]", "items[1].evidence_at", "items[1].is_evidence"),
        ("summons: {written: no, form: written}", "summons.form", "summons.written"),
        ("medical: {seen: no, at: 2026-05-06}", "medical.at", "medical.seen"),
    ],
)
def test_what_cannot_be_together_stops_a_final_letter(facts, path, first):
    """An answer and a fact that cannot be with it are told at the place of the fact, with the path of the answer."""
    assert _found(facts) == [("contradiction", path, first)]


@pytest.mark.parametrize(
    "facts",
    [
        "seizure: {occurred: no, court_order: no, protocol: no, paper: none, witnesses: unknown}",
        "seizure: {occurred: yes, paper: record, protocol: yes}\nitems: [{kind: phone, returned: no}]",
        "seizure: {protocol: no, paper: receipt, paper_date: 2026-05-04}",
        "seizure: {paper: record}\nitems: [{kind: phone, returned: yes, returned_at: 2026-05-06}]",
        "items: [{returned: no}, {returned_at: 2026-05-06}]",
        "questioning: {occurred: no, private: no, consent: no}\ndevice_access: {occurred: no, consent: no}",
        "detention: {protocol: no, protocol_copy: no}\nmedical: {seen: no}",
    ],
)
def test_what_was_not_goes_with_what_was_not(facts):
    """*No* goes with *no*, and what is not told contradicts nothing."""
    assert _found(facts) == []


def test_a_client_is_held_against_the_common_facts_beside_his_own():
    """Nothing was taken from the second client, so that the things of the others are not hers to tell of."""
    own = "    seizure: {occurred: no}\n"
    common = "seizure: {occurred: yes}\nitems: [{kind: phone}]\n"
    assert _found(own + common, TWO) == [("contradiction", "items", "clients[2].seizure.occurred")]
    assert _found(f"{own}    items: []\n{common}", TWO) == []


def test_no_letter_asks_for_things_that_were_not_taken(tmp_path):
    """A final letter of facts that contradict each other is refused as a whole, with every contradiction named."""
    text = example("rustam.yaml").replace("seizure:\n  occurred: yes", "seizure:\n  occurred: no")
    (tmp_path / "case.yaml").write_text(text, "utf-8")
    wish = Wish(AS_OF, letters=("property-return-request",), formats=("txt",))
    with pytest.raises(CaseError) as caught:
        write_letters(tmp_path / "case.yaml", tmp_path / "out", wish, Folders((bundled_folder(),)))
    assert {(each.id, each.path) for each in caught.value.problems} == {
        ("contradiction", "seizure.at"),
        ("contradiction", "items"),
    }


@pytest.mark.parametrize(
    ("facts", "odd"),
    [
        ("detention: {apprehended_at: 2026-05-04 09:00}\nmedical: {at: 2026-05-03}", True),
        ("detention: {apprehended_at: 2026-05-04 09:00}\nmedical: {at: 2026-05-04}", False),
        ("incident: {started_at: 2026-05-04 09:00}\nmedical: {at: 2026-05-04 08:00}", True),
        ("medical: {at: 2026-05-03}", False),
    ],
)
def test_a_doctor_seen_before_the_events_is_asked_about(facts, odd):
    """It may be true, so that it stops nothing; `check` asks to look at it."""
    found = list(run_checks(Subject(case_from(HEAD + facts), LAW, AS_OF)))
    assert [(severity, each.id, each.path) for severity, each in found] == [
        ("warning", "odd-order", "medical.at")
    ] * odd


def test_the_examples_contradict_nothing():
    """No example of a case or letter has facts that cannot be together."""
    examples = [*(ROOT / "examples").rglob("*.yaml"), *(ROOT / "templates" / "letters").glob("*/example.yaml")]
    cases = [path for path in examples if path.name not in {"base.yaml", "mapping.yaml"}]
    assert len(cases) > 12
    for path in cases:
        found = list(run_checks(Subject(case_from(path.read_text("utf-8")), LAW, AS_OF)))
        assert {each.id for _, each in found} & {"contradiction", "odd-order"} == set(), path
