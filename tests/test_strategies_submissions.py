"""The strategies of submissions: all is valid, shrinks as written, and nasty cases are found."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import calendar, channel_data, day_data, policy, rule_data
from searches import minimal, some
from support_sla import (
    Clock,
    Deadline,
    Policy,
    UnknownChannelError,
    UnknownDepartmentError,
    compute_deadline,
)
from support_sla.strategies import (
    ZONES,
    policies,
    submissions,
)
from support_sla.testing.requests.corners import Shift
from zone_changes import MICROSECOND, reads

if TYPE_CHECKING:
    from collections.abc import Callable


ZONE = ZoneInfo("America/New_York")
OFFICE = policy(
    timezone="America/New_York", schedules={"office": "Mo-Fr 09:00-17:00; Sa 22:00-06:00"}
)
ALWAYS = policy(timezone="UTC", schedules={"office": "24/7"})
SUBMISSIONS = submissions(OFFICE)


@given(policies(), st.data())
def test_every_submission_has_an_answer(made: Policy, data: st.DataObject) -> None:
    at = data.draw(submissions(made))
    assert at.utcoffset() is not None
    for name in made.departments["desk"].channels:
        found = compute_deadline(made, at, department="desk", channel=name)
        assert at.astimezone(dt.UTC) == found.submitted_at.astimezone(dt.UTC)


@given(st.data(), st.sampled_from([(2026, 2026), (2000, 2006), (2029, 2040), (2005, 2013)]))
def test_a_submission_lies_in_the_covered_years_two_months_short_of_their_end(
    data: st.DataObject, years: tuple[int, int]
) -> None:
    known = calendar(years=years)
    line = policy(calendars={"known": known}, timezone="UTC")
    at = data.draw(submissions(line))
    assert max(years[0], 2005) <= at.year <= min(years[1], 2030)
    assert years[1] > at.year or at.month < 12


@pytest.mark.parametrize("years", [(1990, 2000), (2050, 2060)])
def test_calendars_that_leave_no_choice_have_submissions_too(years: tuple[int, int]) -> None:
    line = policy(calendars={"known": calendar(years=years)}, timezone="UTC")
    assert years[0] <= minimal(submissions(line)).year <= years[1]


@given(st.data())
def test_a_line_without_any_edge_has_submissions_too(data: st.DataObject) -> None:
    assert data.draw(submissions(ALWAYS)).tzinfo is not None


def test_a_line_that_closes_only_past_the_covered_years_has_submissions_too() -> None:
    channel = {
        "hours": {"schedule": "office", "observes": ["known"]},
        "first_response": [rule_data()],
    }
    line = policy(channel=channel, calendars={"known": calendar()}, schedules={"office": "24/7"})
    drawn: list[dt.datetime] = []

    def is_enough(at: dt.datetime) -> bool:
        drawn.append(at)
        return len(drawn) >= 60  # asked once more about the one that was enough

    some(submissions(line), is_enough)
    assert {2026} == {at.year for at in drawn}


@given(st.data())
def test_a_submission_may_be_asked_of_one_line(data: st.DataObject) -> None:
    at = data.draw(submissions(OFFICE, line=("desk", "ticket")))
    assert 2005 <= at.year <= 2030


def test_a_line_that_is_not_there_has_no_submissions() -> None:
    with pytest.raises(UnknownDepartmentError):
        minimal(submissions(OFFICE, line=("sales", "ticket")))
    with pytest.raises(UnknownChannelError):
        minimal(submissions(OFFICE, line=("desk", "fax")))


def test_a_submission_shrinks_to_the_first_instant_of_the_years_in_utc() -> None:
    at = minimal(submissions(OFFICE))
    assert (dt.datetime(2005, 1, 2, tzinfo=dt.UTC), ZoneInfo("UTC")) == (at, at.tzinfo)
    known = policy(calendars={"known": calendar(day_data())}, timezone="UTC")
    assert dt.datetime(2026, 1, 2, tzinfo=dt.UTC) == minimal(submissions(known))


def local(at: dt.datetime) -> dt.datetime:
    return at.astimezone(ZONE)


@pytest.mark.parametrize(
    "wanted",
    [
        pytest.param(lambda at: reads(at, 0), id="midnight"),
        pytest.param(lambda at: reads(at + MICROSECOND, 0), id="before midnight"),
        pytest.param(lambda at: reads(at - MICROSECOND, 0), id="after midnight"),
        pytest.param(lambda at: reads(at, 9) and local(at).weekday() < 5, id="an opening"),
        pytest.param(lambda at: reads(at + MICROSECOND, 9), id="before an opening"),
        pytest.param(lambda at: reads(at, 17) and local(at).weekday() < 5, id="a closing"),
        pytest.param(lambda at: reads(at + MICROSECOND, 17), id="before a closing"),
        pytest.param(lambda at: reads(at - MICROSECOND, 17), id="after a closing"),
        pytest.param(lambda at: reads(at, 6) and local(at).weekday() == 6, id="a night's end"),
        pytest.param(lambda at: local(at).fold == 1, id="a repeated hour"),
        pytest.param(
            lambda at: local(at).fold == 0 and local(at + MICROSECOND).fold == 1,
            id="just before an hour repeats",
        ),
        pytest.param(
            lambda at: (
                local(at).month < 7 and local(at).utcoffset() != local(at - MICROSECOND).utcoffset()
            ),
            id="the end of a gap",
        ),
        pytest.param(lambda at: str(at.tzinfo) == "Asia/Kolkata", id="another zone"),
        pytest.param(lambda at: str(at.tzinfo) == "America/New_York", id="the policy's zone"),
    ],
)
def test_every_kind_of_submission_is_found(wanted: Callable[[dt.datetime], bool]) -> None:
    assert wanted(some(SUBMISSIONS, wanted))


@pytest.mark.parametrize("zone", ZONES)
def test_a_clock_change_is_found_in_every_zone_that_has_one(zone: str) -> None:
    line = policy(rule_data(), timezone=zone, schedules={"office": "24/7"})
    clock = Clock.of(line, department="desk")

    def changes(at: dt.datetime) -> bool:
        after, before = (each.astimezone(clock.timezone) for each in (at, at - MICROSECOND))
        return after.utcoffset() != before.utcoffset()

    without = {"UTC", "Asia/Ho_Chi_Minh", "Asia/Kathmandu"}
    if zone in without:
        assert not changes(some(submissions(line), lambda _: True))
    else:
        assert changes(some(submissions(line), changes))


def test_the_first_zone_is_utc_and_each_can_be_loaded() -> None:
    zones: tuple[Any, ...] = ZONES
    assert "UTC" == zones[0]
    assert list(zones) == [ZoneInfo(name).key for name in zones]


# --- Corners of the answer ---

BUSY = policy(
    channel=channel_data(
        rule_data(name="late", when={"time": "12:30-24:00"}, within="90m", earliest="20m"),
        {
            "name": "days",
            "when": {"days": ["known"]},
            "within": "1 business day",
            "by": "15:00",
            "cutoff": "11:00",
        },
        rule_data(name="night", hours={"schedule": "night"}, within="2h"),
        hours={"schedule": "office", "observes": ["known"]},
    ),
    timezone="America/New_York",
    calendars={
        "known": calendar(
            day_data("2026-07-03", closed="13:00-24:00"), day_data("2026-05-25"), years=(2025, 2027)
        )
    },
    schedules={"office": "Mo-Fr 09:00-17:00", "night": "Mo-Su 22:00-06:00"},
)
CORNERS = submissions(BUSY, metric="first_response")


def answer(at: dt.datetime) -> Deadline:
    return compute_deadline(BUSY, at, department="desk")


def due_reads(at: dt.datetime, hour: int) -> bool:
    """Whether the rule `late` answers, by this hour."""
    found = answer(at)
    return found.target.name == "late" and reads(found.due_at, hour)


@pytest.mark.parametrize(
    "wanted",
    [
        pytest.param(lambda at: due_reads(at, 17), id="an amount that ends exactly at closing"),
        pytest.param(lambda at: due_reads(at + MICROSECOND, 17), id="just before closing"),
        pytest.param(
            lambda at: due_reads(at - MICROSECOND, 17) and not reads(at - MICROSECOND, 17),
            id="just after closing",
        ),
    ],
)
def test_an_answer_at_closing_is_found(wanted: Callable[[dt.datetime], bool]) -> None:
    assert wanted(some(CORNERS, wanted))


@pytest.mark.slow
@pytest.mark.parametrize(
    "wanted",
    [
        pytest.param(
            lambda at: reads(answer(at).earliest_at or at, 17), id="an earliest at closing"
        ),
        pytest.param(
            lambda at: answer(at).target.name == "night" and reads(answer(at).due_at, 6),
            id="a closing of the rule's own hours",
        ),
        pytest.param(
            lambda at: answer(at).target.name == "night" and reads(answer(at).due_at, 0),
            id="a due at midnight",
        ),
        pytest.param(
            lambda at: answer(at).target.name == "night" and local(answer(at).due_at).fold == 1,
            id="a due in a repeated hour",
        ),
        pytest.param(lambda at: local(at).time() == dt.time(12, 30), id="a time a rule begins at"),
        pytest.param(
            lambda at: local(at + MICROSECOND).time() == dt.time(12, 30), id="just before that time"
        ),
        pytest.param(lambda at: reads(at, 11), id="a cut-off"),
        pytest.param(lambda at: reads(at - MICROSECOND, 11), id="just after a cut-off"),
        pytest.param(lambda at: reads(at, 15), id="the time of day by which days are kept"),
        pytest.param(
            lambda at: local(at).replace(tzinfo=None) == dt.datetime(2026, 5, 25), id="a holiday"
        ),
        pytest.param(
            lambda at: local(at).replace(tzinfo=None) == dt.datetime(2026, 7, 3, 13),
            id="a closing on a special date",
        ),
        pytest.param(
            lambda at: local(at).date() == dt.date(2026, 5, 25) and local(at).minute % 30,
            id="any time of a holiday",
        ),
    ],
)
def test_every_corner_of_an_answer_is_found(wanted: Callable[[dt.datetime], bool]) -> None:
    assert wanted(some(CORNERS, wanted))


def test_corners_of_another_metric_are_not_meant() -> None:
    line = policy(
        channel=channel_data(hours={"schedule": "office"}, resolution=[rule_data(within="150m")]),
        timezone="UTC",
    )
    drawn: list[dt.datetime] = []

    def is_enough(at: dt.datetime) -> bool:
        drawn.append(at)
        return len(drawn) >= 300

    some(submissions(line, metric="first_response", unit="s"), is_enough)
    moved = {dt.time(14, 30), dt.time(14, 30, 1), dt.time(14, 29, 59)}  # 150 minutes before closing
    assert not moved & {at.astimezone(dt.UTC).time() for at in drawn}
    assert moves(some(submissions(line, metric="resolution"), moves))


def moves(at: dt.datetime) -> bool:
    """Whether 150 minutes of office hours are left in the date."""
    return at.astimezone(dt.UTC).time() == dt.time(14, 30)


# --- What is possible ---


@pytest.mark.parametrize(("unit", "step"), [("s", 10**6), ("ms", 1000), ("us", 1)])
@given(data=st.data())
def test_submissions_are_whole_units(unit: Any, step: int, data: st.DataObject) -> None:
    assert 0 == data.draw(submissions(BUSY, unit=unit)).microsecond % step


def test_submissions_in_microseconds_are_not_all_whole_milliseconds() -> None:
    assert some(SUBMISSIONS, lambda at: bool(at.microsecond % 1000)).microsecond % 1000


@pytest.mark.parametrize("unit", ["ns", "minutes", None])
def test_another_unit_is_refused(unit: Any) -> None:
    with pytest.raises(ValueError, match="is none that instants have; use 's', 'ms' or 'us'"):
        minimal(submissions(BUSY, unit=unit))


@given(submissions(OFFICE, first_year=2024, last_year=2025))
def test_submissions_lie_in_the_years_asked_for(at: dt.datetime) -> None:
    assert 2024 <= at.astimezone(dt.UTC).year <= 2025


@pytest.mark.parametrize("years", [(2024, 2026), (2026, 2028)])
def test_years_that_the_calendars_do_not_cover_are_refused(years: tuple[int, int]) -> None:
    with pytest.raises(
        ValueError, match="not all covered by all calendars; ask for some of 2025 to 2027"
    ):
        minimal(submissions(BUSY, first_year=years[0], last_year=years[1]))


def test_years_the_wrong_way_round_are_refused() -> None:
    with pytest.raises(ValueError, match="years 2027 to 2026 hold no year; swap them"):
        minimal(submissions(BUSY, first_year=2027, last_year=2026))


@pytest.mark.parametrize(
    ("years", "first"), [({"last_year": 2001}, 2001), ({"first_year": 2040}, 2040), ({}, 2005)]
)
def test_one_year_that_is_asked_for_takes_the_other_with_it(years: Any, first: int) -> None:
    assert first == minimal(submissions(OFFICE, **years)).year


def test_years_are_drawn_evenly() -> None:
    drawn: list[int] = []

    def is_enough(at: dt.datetime) -> bool:
        drawn.append(at.astimezone(dt.UTC).year)
        return len(drawn) >= 300

    some(submissions(ALWAYS), is_enough)
    assert {*range(2005, 2031)} == {*drawn}
    assert 100 > sum(year == 2005 for year in drawn)


# --- Seasons, and what lies before the covered years ---

SUMMER = policy(
    channel=channel_data(
        hours={
            "schedule": "office",
            "seasons": [
                {"from": "06-01", "to": "08-31", "schedule": "short"},
                {"from": "2026-02-02", "to": "2026-02-06", "schedule": "short"},
                {"from": "02-29", "to": "02-29", "schedule": "short"},
            ],
        }
    ),
    timezone="America/New_York",
    schedules={"office": "Mo-Su 09:00-17:00", "short": "Mo-Su 09:00-12:00"},
)
IN_SUMMER = submissions(SUMMER)


@pytest.mark.parametrize("day", [(6, 1), (9, 1), pytest.param((2, 29), marks=pytest.mark.slow)])
def test_the_first_date_of_a_season_and_that_after_it_are_found(day: tuple[int, int]) -> None:
    def begins(at: dt.datetime) -> bool:
        return (local(at).month, local(at).day) == day and reads(at, 0)

    assert begins(some(IN_SUMMER, begins))


def test_what_would_lie_before_the_covered_years_is_not_moved_back() -> None:
    line = policy(calendars={"known": calendar()}, timezone="UTC")
    clock = Clock.of(BUSY, department="desk")
    first = dt.datetime(2025, 1, 2, 15, tzinfo=dt.UTC)
    assert first == Shift(dt.timedelta(hours=900), clock).back(first)
    assert first - dt.timedelta(hours=900) == Shift(dt.timedelta(hours=900), None).back(first)
    assert 2026 == minimal(submissions(line)).year
