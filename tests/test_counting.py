"""Counting terms: against a table made by hand, and what must hold for any term."""

from datetime import date, timedelta

import holidays as library
import pytest
from hypothesis import given
from hypothesis import strategies as st
from letters import FOLDERS, ROOT

from generator.law.counting import count
from generator.law.limits import CountingRule
from generator.law.load import load_law
from generator.sources import read_source

PACKS = {name: load_law(name, FOLDERS) for name in ("xx", "tj", "kz")}
ROWS = read_source(ROOT / "tests" / "counting.yaml").tree["rows"]
UNITS = ("calendar-days", "working-days", "months", "years")
days = st.dates(date(2019, 1, 1), date(2029, 12, 31))
rules = st.builds(
    CountingRule, starts=st.sampled_from(["next-day", "same-day"]), rolls=st.sampled_from(["forward", "back", "stays"])
)


@pytest.mark.parametrize("row", ROWS, ids=[row["why"] for row in ROWS])
def test_term_ends_where_a_hand_count_ends(row):
    """The program and the table agree on the last day, and on whether a feast may still move it."""
    starts, rolls = row.get("by", "next-day forward").split()
    suspended = [tuple(date.fromisoformat(day) for day in row["suspended"])] if "suspended" in row else []
    counted = count(
        date.fromisoformat(row["start"]),
        int(row["length"]),
        row["count"],
        CountingRule(starts=starts, rolls=rolls),
        PACKS[row["pack"]].calendar,
        suspended=suspended,
        extension=(date.fromisoformat(row["extended"]), 1, "months") if "extended" in row else None,
    )
    assert counted.due.isoformat() == row["due"]
    assert counted.estimated == ("estimated" in row)


@given(days, st.integers(1, 40), st.sampled_from(UNITS), rules, st.sampled_from(sorted(PACKS)))
def test_counting_is_monotone(start, length, unit, rule, pack):
    """A later start, or a longer term, never ends earlier."""
    calendar = PACKS[pack].calendar
    due = count(start, length, unit, rule, calendar).due
    assert count(start + timedelta(days=1), length, unit, rule, calendar).due >= due
    assert count(start, length + 1, unit, rule, calendar).due >= due


@given(days, st.integers(1, 40), st.integers(1, 20), st.integers(0, 30), st.sampled_from(UNITS))
def test_suspension_never_shortens_a_term(start, length, first, more, unit):
    """Days on which a term does not run can only move its end on."""
    calendar, rule = PACKS["xx"].calendar, CountingRule()
    span = (start + timedelta(days=first), start + timedelta(days=first + more))
    plain = count(start, length, unit, rule, calendar).due
    assert count(start, length, unit, rule, calendar, suspended=[span]).due >= plain


@given(days, st.integers(1, 40), st.sampled_from(["calendar-days", "working-days"]), st.sampled_from(sorted(PACKS)))
def test_every_day_of_a_count_is_accounted_for(start, length, unit, pack):
    """The days between the event and the end are either counted or shown as off."""
    counted = count(start, length, unit, CountingRule(rolls="stays"), PACKS[pack].calendar)
    shown = sum(step.kind == "day-off" for step in counted.steps)
    assert (counted.due - start).days == length + shown


@given(days, st.integers(1, 40), st.sampled_from(UNITS))
def test_a_rolled_term_ends_on_a_working_day(start, length, unit):
    """Where the last day rolls, offices are open on it."""
    calendar = PACKS["tj"].calendar
    assert calendar.day_off(count(start, length, unit, CountingRule(), calendar).due) is None


@pytest.mark.parametrize("year", range(2018, 2029))
def test_tajik_holidays_agree_with_an_independent_list(year):
    """Our reviewed days are those of the library `holidays`, which knows no day moved off a weekend."""
    theirs = library.country_holidays("TJ", years=year, language="en_US")
    ours = {day for day, name, _ in PACKS["tj"].calendar.holidays(year)}
    unknown = PACKS["tj"].calendar.unknown_feasts(year)
    moving = {day for day, names in theirs.items() if "Eid" in names}
    assert set(theirs) - moving <= ours
    assert ours <= set(theirs)
    if not unknown:
        assert moving <= ours


@pytest.mark.parametrize("year", [2026])
def test_kazakh_days_off_agree_with_an_independent_list(year):
    """Holidays and the days off for holidays on weekends are those of the library `holidays`."""
    theirs = library.country_holidays("KZ", years=year)
    calendar = PACKS["kz"].calendar
    start = date(year, 1, 1)
    ours = {d for d in (start + timedelta(days=n) for n in range(365)) if calendar.day_off(d) and d.weekday() < 5}
    assert {day for day in theirs if day.weekday() < 5} == ours


def test_march_2026_has_the_days_off_the_press_counted():
    """The calendar printed on 27 February 2026 (sputnik.tj) gives 15 days off in March, 20 to 29 in one stretch."""
    calendar = PACKS["tj"].calendar
    off = [day for day in range(1, 32) if calendar.day_off(date(2026, 3, day))]
    assert off == [1, 7, 8, 9, 15, *range(20, 30)]


def test_announced_day_replaces_the_estimate():
    """Once a feast has its day, the estimate of that year is forgotten."""
    feast = PACKS["tj"].calendar.file.holidays["eid-al-fitr"]
    told = feast.model_copy(update={"days": (*feast.days, date(2026, 3, 21))})
    assert feast.in_year(2026) == {date(2026, 3, 20): True}
    assert told.in_year(2026) == {date(2026, 3, 21): False}
