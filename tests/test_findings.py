"""Findings: worked cases beside the law, and what must hold for any facts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from letters import FOLDERS, case_from, example, letter_of

from generator.case.load import case_of
from generator.case.model import Case, CaseFile
from generator.findings.find import find
from generator.findings.model import Outcome
from generator.law.load import load_law
from generator.register.worked import HEAD, outcomes, worked_cases
from generator.render.txt import render_txt
from generator.sources import read_source

PACKS = {name: load_law(name, FOLDERS) for name in ("kz", "tj", "xx")}
WORKED = [(name, worked) for name in PACKS for worked in worked_cases(FOLDERS.roots[0] / "law" / name)]
MOMENTS = [f"2026-03-{day} {hour:02}:30" for day in (10, 11, 12, 13) for hour in (1, 12, 15)]
ANSWERS = [
    "detention.reason_stated",
    "detention.protocol",
    "detention.rights_explained",
    "detention.counsel_requested",
    "detention.counsel_admitted",
    "detention.relatives_told",
    "detention.court_order",
    "detention.longer_allowed",
    "seizure.occurred",
    "seizure.court_order",
    "seizure.protocol",
    "device_access.occurred",
    "device_access.consent",
    "device_access.court_order",
    "questioning.private",
    "questioning.consent",
    "summons.written",
]
TIMES = [
    "incident.started_at",
    "detention.apprehended_at",
    "detention.delivered_at",
    "detention.protocol_at",
    "detention.released_at",
    "seizure.at",
    "device_access.at",
    "questioning.at",
    "summons.said_at",
]


def _case(facts: dict) -> Case:
    return Case(CaseFile.model_validate({**HEAD, **facts}), {}, "worked.yaml")


def _grouped(flat: dict[str, str]) -> dict:
    groups: dict[str, dict[str, str]] = {}
    for path, value in flat.items():
        group, name = path.split(".")
        groups.setdefault(group, {})[name] = value
    return groups


@pytest.mark.parametrize(("pack", "worked"), WORKED, ids=[f"{name}: {worked.name}" for name, worked in WORKED])
def test_worked_case(pack, worked):
    """The facts of a worked case give the findings written beside them."""
    assert outcomes(worked, PACKS[pack]) == worked.findings


@pytest.mark.parametrize("pack", PACKS)
def test_every_ground_has_a_case_for_every_outcome(pack):
    """No ground is trusted before it was seen violated, kept and unknown."""
    seen = {(ground, outcome) for name, w in WORKED if name == pack for ground, outcome in w.findings.items()}
    wanted = {(ground, outcome.value) for ground in PACKS[pack].grounds for outcome in Outcome}
    assert wanted - seen == set()


flat_facts = st.fixed_dictionaries(
    {},
    optional={
        **{path: st.sampled_from(["yes", "no"]) for path in ANSWERS},
        **{path: st.sampled_from([*MOMENTS, *(f"about {m}" for m in MOMENTS), "2026-03-11"]) for path in TIMES},
    },
)


@given(flat_facts, st.sets(st.sampled_from([*ANSWERS, *TIMES])))
def test_hiding_a_fact_never_makes_a_violation(flat, hidden):
    """What is withheld can take a plea away, never create one."""
    for law in PACKS.values():
        before = find(_case(_grouped(flat)), law)
        after = find(_case(_grouped({path: value for path, value in flat.items() if path not in hidden})), law)
        for ground, finding in after.items():
            if finding.outcome is Outcome.VIOLATED:
                assert before[ground].outcome is Outcome.VIOLATED, ground


@given(flat_facts)
def test_an_open_finding_says_what_would_decide_it(flat):
    """An unknown names missing facts, unless the times are merely too close to the limit."""
    for finding in find(_case(_grouped(flat)), PACKS["tj"]).values():
        if finding.outcome is Outcome.UNKNOWN:
            assert finding.missing or finding.measured is not None, finding.ground


def test_finding_points_at_the_lines_of_its_facts(rustam):
    """Every fact of a finding has its place in the file."""
    case = case_of(read_source(rustam))
    finding = find(case, PACKS["tj"])["record-not-made"]
    lines = rustam.read_text("utf-8").split("\n")
    for fact in finding.facts:
        assert lines[fact.place.line - 1].strip().startswith(fact.path.rsplit(".", 1)[1])


@pytest.mark.parametrize(
    ("language", "says"),
    [
        ("ru", "составлен лишь 5 мая 2026 года, спустя 1 день после доставления"),
        ("tg", "5 майи соли 2026, яъне 1 рӯз пас аз"),
        ("en", "drawn up only on 5 May 2026, 1 day after arrival"),
    ],
)
def test_a_day_after_the_end_of_the_limit_is_late_whatever_its_hour(language, says):
    """Where only the day of the record is known, and every hour of it is too late, the letter pleads it by days."""
    text = example("minimal.yaml").replace("  protocol: no", "  protocol: yes\n  protocol_at: 2026-05-05")
    made = letter_of(case_from(text), language)
    assert made.findings["record-late"].outcome is Outcome.VIOLATED
    assert made.findings["record-late"].measured is None
    assert says in render_txt(made.letter).decode().replace("\u00a0", " ").replace("\n", " ")
