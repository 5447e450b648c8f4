"""The date of a letter against the facts it tells, and the answers with which a letter makes no sense."""

from datetime import date

import pytest
from letters import ALONE, AS_OF, FOLDERS, KINDS, LANGUAGES, LAW, abouts, case_from, example, letter_of, own_example

from generator.assembly import Order, obstacles
from generator.case.paths import value_at
from generator.case.values import Moment
from generator.errors import CaseError
from generator.planning import plan_letters
from generator.render.txt import render_txt
from generator.writing import Wish, write_letters

COMPLAINT = "letters: {prosecutor-complaint: {date: %s}}\n"


def _found(text: str, name: str, about: int = 1, as_of: date = AS_OF) -> set[tuple[str, str]]:
    order = Order(LANGUAGES["ru"], as_of, about=about)
    return {(each.id, each.path) for each in obstacles(case_from(text), LAW, KINDS[name], order, FOLDERS)}


def _minimal(day: str) -> str:
    return example("minimal.yaml") + "\n" + COMPLAINT % day


def _rustam(*changes: tuple[str, str]) -> str:
    text = example("rustam.yaml")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return text


def _example(name: str, *changes: tuple[str, str]) -> str:
    text = (KINDS[name].folder / "example.yaml").read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return text


def test_a_letter_tells_nothing_that_came_after_it():
    """What it needs, what it pleads from, what it prints and the consent: each is named, and nothing else."""
    assert _found(_minimal("2026-05-05"), "prosecutor-complaint") == set()
    paths = {"detention.apprehended_at", "detention.delivered_at", "detention.released_at", "consent.given_at"}
    before = {("letter-before-fact", path) for path in paths}
    assert _found(_minimal("2026-05-01"), "prosecutor-complaint") == before
    assert _found(_minimal("2026-05-04"), "prosecutor-complaint") == {("letter-before-fact", "consent.given_at")}


def test_what_a_letter_does_not_tell_may_come_later():
    """A case file grows, and the letters made before stay what they were."""
    later = "seizure: {at: 2026-05-20}\nsubmissions: [{letter: prosecutor-complaint, at: 2026-05-06}]\n"
    assert _found(_minimal("2026-05-05") + later, "prosecutor-complaint") == set()
    filed = (
        "  - what:\n      ru: следователю",
        "  - {letter: property-return-request, at: 2026-04-07}\n  - what:\n      ru: следователю",
    )
    case = case_from(_rustam(filed))
    assert "7 апреля" not in render_txt(letter_of(case, kind="property-return-request").letter).decode()


@pytest.mark.parametrize(
    ("change", "path"),
    [
        (("order_date: 2026-03-10", "order_date: 2026-04-20"), "representatives[1].order_date"),
        (("charged_at: 2026-03-24", "charged_at: 2026-04-20"), "proceedings.charge.charged_at"),
    ],
)
def test_a_day_that_only_the_text_prints_counts_too(change, path):
    """Whatever the letter prints of the case and lies after its date is named."""
    assert _found(_rustam(change), "prosecutor-complaint") == {("letter-before-fact", path)}


def test_a_draft_is_made_whatever_its_date():
    """A draft shows the letter as it would be."""
    assert letter_of(case_from(_minimal("2026-05-01")), draft=True).letter.body


def test_an_answer_is_not_asked_for_before_the_letter():
    """`answer_by` before the letter is named where it is settled: for the kind, or for the one inquiry."""
    text = _rustam(("answer_by: 2026-04-13", "answer_by: 2020-01-01"))
    path = "letters.property-return-request.answer_by"
    assert _found(text, "property-return-request") == {("letter-too-late", path)}
    text = _example("lawyers-request", ('{out_no: "23",', '{answer_by: 2026-05-01, out_no: "23",'))
    assert _found(text, "lawyers-request", 3) == {("letter-too-late", "letters.lawyers-request-cctv.answer_by")}
    assert _found(text, "lawyers-request", 2) == set()


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (("    date: 2026-05-28", "    date: 2026-05-30"), {("letter-too-late", "summons.at")}),
        (("    date: 2026-05-28\n", ""), {("letter-too-late", "summons.at")}),
        (("    date: 2026-05-28", "    date: 2026-05-29"), set()),
        (("proposed_at: 2026-05-29", "proposed_at: 2026-05-27"), {("letter-too-late", "summons.proposed_at")}),
        (("confirm_by: 2026-05-29", "confirm_by: 2026-05-27"), {("letter-too-late", "summons.confirm_by")}),
    ],
)
def test_a_summons_is_confirmed_before_it(change, found):
    """No letter says «I shall come» of a day that is over, or offers such a day."""
    assert _found(_example("summons-confirmation", change), "summons-confirmation") == found


@pytest.mark.parametrize(("day", "early"), [("2026-05-27", False), ("2026-05-28", True), ("2026-06-30", True)])
def test_nobody_is_reminded_before_the_answer_is_due(day, early):
    """On the last day of the term the answer can still come."""
    text = _example("reply-reminder", ("due: 2026-05-20", f"due: {day}"))
    assert _found(text, "reply-reminder") == ({("letter-too-early", "submissions[1].due")} if early else set())


def test_what_is_not_due_yet_waits_for_the_others():
    """Asked for reminders, the program makes those that are due; alone, the one not due is refused."""
    text = _example("reply-reminder", ("due: 2026-05-20", "due: 2026-06-30"))
    planned = plan_letters(case_from(text), ["reply-reminder"], "", FOLDERS, AS_OF).letters
    assert [each.about for each in planned] == [2]
    planned = plan_letters(case_from(text), ["reply-reminder"], "complaint", FOLDERS, AS_OF).letters
    assert [each.about for each in planned] == [1]


@pytest.mark.parametrize("name", ["inaction-complaint", "reply-reminder"])
@pytest.mark.parametrize("kind", ["granted", "refused", "partial", "forwarded", "none"])
def test_no_letter_says_that_nothing_came_where_something_came(name, kind):
    """After a decision there is nothing to remind of; any other answer has a day, and it is asked for."""
    text = _example(name, ("    extension_told: no", f"    extension_told: no\n    reply: {{kind: {kind}}}"))
    found = _found(text, name)
    assert (("letter-not-for-this", "submissions[1].reply.kind") in found) is (kind in {"granted", "refused"})
    assert (("missing-fact", "submissions[1].reply.at") in found) is (kind != "none")


@pytest.mark.parametrize(
    ("change", "path"),
    [
        (("  status: open", "  status: terminated"), "proceedings.status"),
        (("  status: open", "  status: none"), "proceedings.status"),
        (("  status: open", "  terminated_at: 2026-04-02"), "proceedings.terminated_at"),
        (("client_is: accused", "client_is: witness"), "proceedings.client_is"),
    ],
)
def test_no_motion_to_close_what_is_closed_or_another_person_s_case(change, path):
    """A motion to terminate is for whom a case is open against."""
    assert _found(_rustam(change), "motion-to-terminate") == {("letter-not-for-this", path)}


@pytest.mark.parametrize("name", ALONE)
def test_the_printed_facts_of_a_letter_are_known_by_their_paths(name):
    """A letter knows what of the case it prints: every path leads to a fact, days among them."""
    case = own_example(name)
    for about in abouts(name, case):
        assembly = letter_of(case, kind=name, about=about)
        facts = assembly.told.facts
        days = [path for path in assembly.printed if isinstance(value_at(facts, path), Moment | date)]
        assert days or name == "rights-card"


def test_a_bundle_leaves_out_what_comes_too_late(tmp_path):
    """The summons was weeks ago: the bundle has no confirmation of it, and says so."""
    case = tmp_path / "case.yaml"
    case.write_text(_rustam(("  summons-confirmation:\n    date: 2026-03-10\n", "")), "utf-8")
    written = write_letters(
        case, tmp_path / "out", Wish(AS_OF, bundle="detained-and-searched", formats=("txt",)), FOLDERS
    )
    assert not [path for path in written.files if "summons" in path.name]
    notes = {(note.id, note.values["letter"]) for note in written.notes}
    assert notes == {("untimely-in-bundle", "summons-confirmation")}


def test_a_bundle_leaves_out_who_answered_or_has_time_left(tmp_path):
    """Reminders are made for what is due; where nothing awaits an answer, there is none, and the run says why."""
    for changes, notes in (
        ([("due: 2026-05-20", "due: 2026-06-30")], {"untimely-in-bundle"}),
        ([("kind: partial", "kind: granted"), ("    extension_told: no", "    reply: {at: 2026-05-20, kind: granted}")],
         {"idle-in-bundle"}),
    ):  # fmt: skip
        case = tmp_path / "case.yaml"
        case.write_text(_example("reply-reminder", *changes), "utf-8")
        wish = Wish(AS_OF, bundle="case-closed", formats=("txt",), force=True)
        written = write_letters(case, tmp_path / "out", wish, FOLDERS)
        assert not [path for path in written.files if path.name.endswith("reply-reminder-complaint_ru.txt")]
        assert {note.id for note in written.notes} - {"not-in-bundle"} == notes


def test_a_letter_that_comes_too_late_is_refused_when_asked_for_by_name(tmp_path):
    """Outside a bundle the letter that was asked for is not left out in silence."""
    case = tmp_path / "case.yaml"
    case.write_text(_rustam(("  summons-confirmation:\n    date: 2026-03-10\n", "")), "utf-8")
    with pytest.raises(CaseError) as caught:
        write_letters(case, tmp_path / "out", Wish(AS_OF, letters=("summons-confirmation",)), FOLDERS)
    assert {each.path for each in caught.value.problems} == {"summons.at"}


@pytest.mark.parametrize(("identified", "named"), [("yes", True), ("no", False), ("unknown", True)])
def test_only_officers_who_are_known_are_said_to_be_known(identified, named):
    """`identified: no` means that the person is known by description alone: then no letter says the name is known."""
    text = _example("prosecutor-complaint", ("  - id: major", f"  - id: major\n    identified: {identified}"))
    assert ("Ниёзов" in render_txt(letter_of(case_from(text)).letter).decode()) is named
