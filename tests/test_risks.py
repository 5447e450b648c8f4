"""Risks to speak of with the client before a letter is filed: told by `check`, in no letter."""

import json

import pytest
from letters import ROOT, case_from

from generator.checks.risks import notices
from generator.cli.messages import LANGUAGES, Messages

RUSTAM = str(ROOT / "examples" / "rustam.yaml")
HOME = "г. Душанбе, ул. Лесная, д. 3"


def _found(facts: str, *letters: str, client: str = "") -> list[tuple[str, str]]:
    text = f"case: {{id: xx-1, country: TJ{facts if facts.startswith(',') else ''}}}\n"
    text += f"clients: [{{surname: Саидова{client}}}]\n" + ("" if facts.startswith(",") else facts)
    return [(problem.id, problem.path) for problem in notices(case_from(text), letters)]


@pytest.mark.parametrize(("risk", "told"), [("high", 3), ("medium", 0), ("low", 0)])
def test_high_risk_of_retaliation_is_spoken_of(risk, told):
    """Retaliation, papers that waive claims and traces on machines are named where the risk is high."""
    found = _found(f", retaliation_risk: {risk}")
    assert len(found) == told
    assert {path for _, path in found} <= {"case.retaliation_risk"}


@pytest.mark.parametrize(
    ("item", "found"),
    [
        ("kind: phone, returned: yes", [("risk-of-returned-device", "items[1].returned")]),
        ("kind: computer, returned: yes", [("risk-of-returned-device", "items[1].returned")]),
        ("kind: papers, returned: yes", []),
        ("kind: phone, returned: no", []),
        ("kind: phone", []),
    ],
)
def test_a_device_that_came_back_is_not_to_be_used(item, found):
    """Whoever gets a phone or computer back should not log in; papers hold no such risk."""
    assert _found(f"items: [{{{item}}}]\n") == found


def test_a_device_of_one_client_is_found_under_the_client():
    """Things under a client are looked at in place of the common ones."""
    item = ", items: [{kind: phone, returned: yes}]"
    assert _found("items: []\n", client=item) == [("risk-of-returned-device", "clients[1].items[1].returned")]


@pytest.mark.parametrize("home", ["address_actual", "address_registered"])
def test_the_home_as_address_for_letters_is_spoken_of(home):
    """The police need not learn where the client lives."""
    client = f', {home}: "{HOME}", address_service: {{ru: "{HOME}", en: elsewhere}}'
    assert _found("", client=client) == [("risk-of-home-address", "clients[1].address_service")]
    assert _found("", client=f', {home}: "{HOME}", address_service: "ул. Садовая, д. 10"') == []


def test_a_request_to_the_workplace_is_spoken_of_only_when_it_is_made():
    """The employer learns of the case from the advocate's request for attendance, and from no other letter."""
    inquiries = "inquiries: [{preset: cctv}, {preset: attendance}]\n"
    assert _found(inquiries, "lawyers-request") == [("risk-with-employer", "inquiries[2].preset")]
    assert _found(inquiries, "prosecutor-complaint") == []


def test_check_prints_the_risks_before_the_questions(arznoma):
    """They have a section of their own between warnings and questions, and stop nothing."""
    code, out, _ = arznoma("--ui", "en", "check", RUSTAM, "--as-of", "2026-06-01")
    assert code == 0
    assert out.index("Worth a look") < out.index("Before you file") < out.index("Unknown and worth asking")
    code, out, _ = arznoma("--ui", "ru", "check", RUSTAM, "--as-of", "2026-06-01", "--json")
    told = json.loads(out)["notices"]
    assert {notice["id"] for notice in told} == {"risk-of-retaliation", "risk-of-waiver", "risk-of-traces"}
    assert all(notice["line"] == 15 and notice["remedy"] for notice in told)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_advice_names_the_order_of_steps(language):
    """At high risk the lawyer reads which step comes first, and is reminded to ask again."""
    case = case_from("case: {id: x, country: TJ, retaliation_risk: high}\nclients: [{}]\n")
    notice = next(notice for notice in notices(case, ()) if notice.id == "risk-of-retaliation")
    _, remedy = Messages(language).problem(notice)
    assert {"en": "confirm the summons", "ru": "подтвердить вызов"}[language] in remedy
    assert remedy.endswith("?")
