"""Dates of a case: when they end, how they stand, and that nothing unverified is ever computed."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from letters import FOLDERS, LAW, case_from, example

from generator.case.values import Moment
from generator.deadlines.find import deadlines
from generator.deadlines.model import Deadline, Reply, State
from generator.errors import CaseError
from generator.findings.find import find
from generator.law.load import load_law

TEACHING = load_law("xx", FOLDERS)
REPLIES = {
    "prosecutor-complaint": Reply("complaint-answer", ("reply-reminder",)),
    "petition": Reply("petition-answer", ("inaction-complaint",)),
}
HEAD = "case: {id: one, country: XX}\nclients: [{surname: А}]\n"
FILED = "submissions: [{letter: petition, at: 2024-04-01, registered_at: 2024-04-01%s}]\n"


def _now(text: str) -> Moment:
    day, _, clock = text.partition(" ")
    return Moment(date.fromisoformat(day), time.fromisoformat(clock) if clock else None)


def _found(facts: str, now: str = "2024-06-01", law=TEACHING) -> dict[str, Deadline]:
    case = case_from(HEAD + facts)
    return {deadline.name: deadline for deadline in deadlines(case, law, REPLIES, _now(now))}


@pytest.mark.parametrize(
    ("now", "state", "left"),
    [("2024-04-22", "running", 1), ("2024-04-23", "running", 0), ("2024-04-24", "passed", -1)],
)
def test_reply_is_awaited_to_the_end_of_its_last_day(now, state, left):
    """The day before and the day itself the term still runs; the day after it has passed."""
    reply = _found(FILED % "", now)["petition-answer"]
    assert (reply.due, reply.state, reply.days_left(_now(now))) == (Moment(date(2024, 4, 23)), state, left)
    assert reply.next == ("inaction-complaint",)


@pytest.mark.parametrize(("day", "state"), [("2024-04-22", "done"), ("2024-04-23", "done"), ("2024-04-24", "late")])
def test_reply_in_time_and_late(day, state):
    """An answer on the last day is in time."""
    assert _found(FILED % f", reply: {{at: {day}}}")["petition-answer"].state == state


def test_silence_starts_the_next_term():
    """Without an answer the way to court opens on the day the answer was due; with one, on the day it came."""
    assert _found(FILED % "")["court-after-petition"].due == Moment(date(2024, 5, 23))
    assert _found(FILED % ", reply: {at: 2024-04-15}")["court-after-petition"].due == Moment(date(2024, 5, 15))


def test_suspension_and_extension_come_from_the_facts():
    """Five working days of suspension move the end by as many; an extension counts from the decision."""
    paused = _found(FILED % ", suspended_at: 2024-04-15, resumed_at: 2024-04-22")["petition-answer"]
    assert paused.due == Moment(date(2024, 4, 30))
    assert [step.number for step in paused.count.steps if step.kind == "suspended"] == [7]
    assert _found(FILED % ", extended_at: 2024-04-22")["petition-answer"].due == Moment(date(2024, 5, 22))


def test_a_term_that_is_still_suspended_has_no_end_yet():
    """Until the day it is resumed is known no date is told: an early one would claim a silence that is none."""
    paused = _found(FILED % ", suspended_at: 2024-04-15")["petition-answer"]
    assert (paused.due, paused.why, paused.missing) == (None, "missing", ("submissions[1].resumed_at",))


def test_registration_is_asked_for_where_the_term_runs_from_it():
    """A filing of which nobody knows the day of registration is a question, not a date."""
    open_ = _found("submissions: [{letter: petition, at: 2024-04-01}]")["petition-answer"]
    assert (open_.state, open_.why, open_.due) == (State.QUESTION, "missing", None)
    assert open_.missing == ("submissions[1].registered_at", "submissions[1].received_at")


def test_unverified_limit_is_a_question():
    """A lead gives no date, whatever is known."""
    lead = _found("submissions: [{letter: prosecutor-complaint, at: 2024-04-01}]")["complaint-answer"]
    assert (lead.state, lead.why, lead.due) == (State.QUESTION, "lead", None)


def test_unknown_limit_of_a_filing_is_a_question():
    """A limit the pack does not have is named."""
    assert _found("submissions: [{limit: no-such, at: 2024-04-01}]")["no-such"].why == "no-limit"


@pytest.mark.parametrize(
    ("now", "state"),
    [("2024-03-02 20:59", "running"), ("2024-03-02 21:00", "running"), ("2024-03-02 21:01", "passed")],
)
def test_hours_are_true_hours_across_a_clock_change(now, state):
    """Almaty set its clock back on 2024-03-01: 48 hours from 22:00 end at 21:00."""
    held = _found("detention: {apprehended_at: 2024-02-29 22:00}", now)["detention-without-court"]
    assert (held.due, held.state) == (Moment(date(2024, 3, 2), time(21)), state)
    assert held.shifted.total_seconds() == -3600


def test_hours_without_a_time_of_day_are_a_question():
    """A day alone cannot start a count of hours."""
    held = _found("detention: {apprehended_at: 2024-02-29}")["detention-without-court"]
    assert (held.why, held.missing) == ("missing", ("detention.apprehended_at",))


@pytest.mark.parametrize(("day", "length"), [("2021-05-04", "72"), ("2021-05-05", "48")])
def test_limit_of_the_day_of_the_event_counts(day, length):
    """The length is that of the law on the day of the event."""
    assert _found(f"detention: {{apprehended_at: {day} 10:00}}")["detention-without-court"].version.length == length


def test_event_before_the_law_is_an_error_at_the_fact():
    """No date is guessed for a day no known law covers."""
    with pytest.raises(CaseError) as caught:
        _found("detention: {apprehended_at: 2005-01-01 10:00}")
    assert [(p.id, p.path, p.place.line) for p in caught.value.problems] == [
        ("no-law-of-day", "detention.apprehended_at", 3)
    ]


def test_limit_that_lapsed_before_its_end_is_no_date():
    """Whoever was let go within the three hours is owed no record any more."""
    facts = "detention: {delivered_at: 2024-04-01 10:00, released_at: 2024-04-01 %s}"
    assert "record-of-detention" not in _found(facts % "12:59")
    assert _found(facts % "13:01")["record-of-detention"].state is State.PASSED


@pytest.mark.parametrize(
    ("released", "asked"),
    [("2024-04-01", True), ("about 2024-04-01 12:45", True), ("about 2024-04-01 13:30", True), ("2024-03-31", False)],
)
def test_a_limit_that_may_have_lapsed_is_a_question(released, asked):
    """Released that day at an unknown hour, or about then: the release is asked for; the limit never vanishes."""
    found = _found(f"detention: {{delivered_at: 2024-04-01 10:00, released_at: {released}}}")
    assert ("record-of-detention" in found) is asked
    if asked:
        record = found["record-of-detention"]
        assert (record.state, record.due, record.why) == (State.QUESTION, None, "missing")
        assert record.missing == ("detention.released_at",)


def test_released_on_a_later_day_the_limit_has_passed():
    """No hour is needed where the day alone decides."""
    found = _found("detention: {delivered_at: 2024-04-01 10:00, released_at: 2024-04-02}")
    assert found["record-of-detention"].state is State.PASSED


@pytest.mark.parametrize(
    ("delivered", "made", "state"),
    [
        ("10:00", "13:00", "done"),
        ("10:00", "13:01", "late"),
        ("about 10:00", "12:30", "done"),
        ("about 10:00", "12:31", "unsure"),
        ("about 10:00", "13:05", "unsure"),
        ("about 10:00", "13:30", "unsure"),
        ("about 10:00", "13:31", "late"),
        ("about 10:00", "about 13:59", "unsure"),
        ("about 10:00", "about 14:01", "late"),
        ("10:00", "", "unsure"),
    ],
)
def test_nothing_is_late_that_a_letter_would_not_plead(delivered, made, state):
    """Approximate times may be off by as much as the findings allow; on the due day an hour is needed."""

    def moment(text):
        return f"{'about ' if 'about' in text else ''}2024-04-01 {text.removeprefix('about ')}".strip()

    facts = f"detention: {{protocol: yes, delivered_at: {moment(delivered)}, protocol_at: {moment(made)}}}"
    record = _found(facts)["record-of-detention"]
    late = find(case_from(HEAD + facts), TEACHING)["record-late"].outcome
    assert record.state == state
    assert {"done": "kept", "late": "violated", "unsure": "unknown"}[state] == late
    assert record.missing == (() if made else ("detention.protocol_at",))


def test_dates_the_case_states_are_kept():
    """An appearance and evidence that will be deleted are dates too."""
    facts = "summons: {at: 2024-07-01 10:00}\nevidence: [{id: video, expires_at: 2024-06-10}]"
    found = _found(facts)
    assert {name: found[name].path for name in found} == {
        "summons.at": "summons.at",
        "evidence.expires_at": "evidence[1].expires_at",
    }


def test_each_client_has_dates_of_his_own():
    """Two people held at different times have two limits; what they share stands once."""
    case = case_from(
        "case: {id: one, country: XX}\nsummons: {at: 2024-07-01 10:00}\nclients:\n"
        "  - {surname: А, detention: {apprehended_at: 2024-04-01 10:00}}\n"
        "  - {surname: Б, detention: {apprehended_at: 2024-04-01 12:00}}\n"
    )
    found = deadlines(case, TEACHING, REPLIES, _now("2024-04-02"))
    assert [d.name for d in found] == ["detention-without-court", "detention-without-court", "summons.at"]
    assert len({d.place.line for d in found}) == 3


@given(st.dates(date(2024, 3, 1), date(2025, 4, 1)))
def test_no_date_depends_on_today(today):
    """Only how a date stands changes with the day, never the date or its count."""
    case = case_from(HEAD + FILED % "" + "detention: {apprehended_at: 2024-02-29 22:00}\n")
    one, other = (
        deadlines(case, TEACHING, REPLIES, moment) for moment in (Moment(today, time(12)), Moment(date(2030, 1, 1)))
    )
    assert [(d.name, d.due, d.count) for d in one] == [(d.name, d.due, d.count) for d in other]


def test_model_case_breaks_three_hours_and_not_twelve():
    """Arrival at 11:50, so a record by 14:50; 72 hours were kept; the 12 hours are never computed."""
    case = case_from(example("rustam.yaml"))
    found = {d.name: d for d in deadlines(case, LAW, {}, _now("2026-03-20"))}
    assert found["record-of-detention"].due == Moment(date(2026, 3, 10), time(14, 50), approximate=True)
    assert found["record-of-detention"].state is State.PASSED
    assert found["detention-without-court"].state is State.DONE
    assert all(d.version is None or d.version.length != "12" or d.due is None for d in found.values())
    assert not LAW.limits["case-opening-after-detention"].versions[-1].countable


def _simple() -> list[tuple[str, str]]:
    """Return every limit of every pack from which dates are computed, with its pack."""
    return [
        (pack, name)
        for pack in ("tj", "kz", "xx")
        for name, limit in load_law(pack, FOLDERS).limits.items()
        if limit.runs_from and limit.versions[-1].countable and limit.count != "days-unspecified"
    ]


def _started(path: str, name: str) -> str:
    """Return the facts of a case in which only one fact is known, the one a limit runs from."""
    group, *rest = path.split(".")
    if group != "submissions":
        return f"{group}: {{{rest[0]}: 2026-03-10 12:00}}\n"
    inner = "reply: {at: 2026-03-10}" if rest[0] == "reply" else f"{rest[0]}: 2026-03-10"
    return f"submissions: [{{limit: {name}, {inner}}}]\n"


@pytest.mark.parametrize(("pack", "name"), _simple())
def test_every_limit_runs_to_its_last_moment_and_not_past_it(pack, name):
    """For each limit we compute: the day or minute before and the last one it runs, one later it has passed."""
    law = load_law(pack, FOLDERS)
    path = law.limits[name].runs_from[0]
    case = case_from(f"case: {{id: one, country: {pack.upper()}}}\nclients: [{{surname: А}}]\n" + _started(path, name))

    def state(now: Moment) -> tuple[State, Moment | None]:
        found = next(d for d in deadlines(case, law, {}, now) if d.name == name)
        return found.state, found.due

    due = state(_now("2026-03-10"))[1]
    assert due is not None
    last = datetime.combine(due.day, due.clock or time(), UTC)
    step = timedelta(minutes=1) if due.clock else timedelta(days=1)
    for moment, wanted in ((last - step, "running"), (last, "running"), (last + step, "passed")):
        assert state(Moment(moment.date(), moment.time() if due.clock else None))[0] == wanted
