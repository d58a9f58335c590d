"""A frozen calendar, and what a calendar says of one date: however it is written, the same holds."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import calendar, day_data, policy, rule_data
from support_sla import (
    Clock,
    HolidayCalendar,
    Policy,
    Schedule,
    YearsNotCoveredError,
    compute_deadline,
)
from support_sla.answers.line import Line
from support_sla.answers.promise import Promise
from support_sla.answers.question import Question
from support_sla.strategies import holiday_calendars, schedules

YEARS = (2024, 2026)
HOUR = dt.timedelta(hours=1)


@st.composite
def crowded_calendars(draw: st.DrawFn) -> HolidayCalendar:
    """Draw a union of calendars that name the same few dates, with closures past midnight."""
    dates = [dt.date(2024, 12, 30) + dt.timedelta(days) for days in range(4)]
    parts = [draw(holiday_calendars(first_year=YEARS[0], last_year=YEARS[1], countries=("VN",)))]
    kinds: list[dict[str, Any]] = [
        {}, {"closed": "22:00-04:00"}, {"closed": "12:00-42:00"}, {"closed": "00:00-12:00"},
        {"closed": "12:00-24:00"}, {"closed": "09:00-11:00"}, {"open": "20:00-26:00"},
        {"works_as": "Mo"},
    ]  # fmt: skip
    for at in range(draw(st.integers(1, 3))):
        days = [
            day_data(str(date), name=f"{at} {date}", **draw(st.sampled_from(kinds)))
            for date in draw(st.lists(st.sampled_from(dates), unique=True))
        ]
        parts.append(calendar(*days, years=[*YEARS]))
    return HolidayCalendar(union=parts)


def promising(week: Schedule, known: HolidayCalendar, crossing: str) -> Policy:
    """Return a policy whose one line observes the calendar and asks for its days."""
    rules = [
        rule_data(when={"days": ["known"]}, within="2h", counted_in="calendar_time"),
        rule_data(within="4m"),
    ]
    hours = {"schedule": "office", "observes": ["known"]}
    channel = {"hours": hours, "first_response": rules}
    return policy(
        channel=channel,
        calendars={"known": known},
        schedules={"office": week},
        crossing=crossing,
    )


@given(
    crowded_calendars(),
    schedules(closed=False),
    st.sampled_from(["submission", "overlap", "in_order"]),
    st.data(),
)
def test_a_frozen_calendar_gives_the_same_hours_rules_and_explanations(
    live: HolidayCalendar, week: Schedule, crossing: str, data: st.DataObject
) -> None:
    frozen = live.freeze(*live.covered_years)
    assert frozen == HolidayCalendar.model_validate_json(frozen.model_dump_json())
    one, two = (promising(week, each, crossing) for each in (live, frozen))
    promises = [
        Promise.of(Line.of(Question(made, "desk", "ticket")), *YEARS) for made in (one, two)
    ]
    timelines = [made.line.hours.window(*YEARS).timeline for made in promises]
    assert timelines[0] == timelines[1]
    assert promises[0].reigns == promises[1].reigns
    around = dt.datetime(2024, 12, 28, tzinfo=dt.UTC) + data.draw(st.integers(0, 200)) * HOUR
    try:
        first = compute_deadline(one, around, department="desk")
    except YearsNotCoveredError as error:  # minutes of a line that opens for seconds a week
        with pytest.raises(YearsNotCoveredError, match=re.escape(str(error))):
            compute_deadline(two, around, department="desk")
        return
    answers = [first, compute_deadline(two, around, department="desk")]
    assert answers[0].explain() == answers[1].explain()
    assert answers[0].explain(long=True) == answers[1].explain(long=True)
    assert [True, True] == [answer.verify() for answer in answers]


# --- A date that one calendar closes wholly ---


WHOLLY = [
    [day_data("2026-05-05", name="Move")],
    [day_data("2026-05-05", name="Move", closed="00:00-24:00")],
    [
        day_data("2026-05-05", name="Move", closed="00:00-12:00"),
        day_data("2026-05-05", name="Move", closed="12:00-24:00"),
    ],
    [
        day_data("2026-05-04", name="Move", closed="17:00-36:00"),
        day_data("2026-05-05", name="Move", closed="12:00-24:00"),
    ],
]


@pytest.mark.parametrize("days", WHOLLY)
def test_closures_that_fill_a_date_are_a_whole_day_holiday_however_written(
    days: list[dict[str, Any]],
) -> None:
    known = calendar(*days)
    assert [("Move", True)] == [
        (day.name, day.is_whole_day_off) for day in known.on(dt.date(2026, 5, 5))
    ]
    party = calendar(day_data("2026-05-05", name="Fair", open="10:00-11:00"))
    clock = Clock(Schedule("Mo-Fr 08:00-17:00"), timezone="UTC", calendars=[known, party])
    tuesday = dt.datetime(2026, 5, 5, tzinfo=dt.UTC)
    opened = clock.periods(tuesday, tuesday + 24 * HOUR)
    assert [(10, 11)] == [(opens.hour, closes.hour) for opens, closes in opened]


def test_a_minute_left_open_makes_no_whole_day() -> None:
    known = calendar(
        day_data("2026-05-05", closed="00:00-12:00"), day_data("2026-05-05", closed="12:01-24:00")
    )
    assert [False, False] == [day.is_whole_day_off for day in known.on(dt.date(2026, 5, 5))]


@pytest.mark.parametrize(
    ("date", "said"), [("2026-05-04", 1), ("2026-05-05", 1), ("2026-05-06", 0)]
)
def test_a_closure_past_midnight_is_said_of_both_its_dates(date: str, said: int) -> None:
    known = calendar(day_data("2026-05-04", closed="12:00-42:00"))
    assert said == len(known.on(dt.date.fromisoformat(date)))


# --- Hours that a rule gives ---

LAST_FRIDAYS = {"name": "late", "rrule": "FREQ=MONTHLY;BYDAY=-1FR", "open": "09:00-20:00"}
GOOD_FRIDAY = dt.datetime(2027, 3, 26, tzinfo=dt.UTC)  # the last Friday of its month


def clock_of(*calendars: HolidayCalendar) -> Clock:
    return Clock(Schedule("Mo-Fr 09:00-17:00"), timezone="UTC", calendars=calendars)


BY_RULE = HolidayCalendar(recurring=[LAST_FRIDAYS], years=(2026, 2028))
HOLIDAYS = HolidayCalendar(country="GB", subdivision="ENG", years=(2026, 2028))


@pytest.mark.parametrize("calendars", [(BY_RULE, HOLIDAYS), (HOLIDAYS, BY_RULE)])
def test_a_rule_s_hours_give_way_to_a_holiday_and_hold_on_other_dates(
    calendars: tuple[HolidayCalendar, ...],
) -> None:
    clock = clock_of(*calendars)
    february = GOOD_FRIDAY - dt.timedelta(days=28)
    assert [False, True, True, False] == [
        clock.is_open(at)
        for at in (
            GOOD_FRIDAY + 10 * HOUR, february + 10 * HOUR, february + 19 * HOUR,
            february + 20 * HOUR,
        )
    ]  # fmt: skip


def test_hours_written_for_the_date_hold_on_a_holiday_and_before_a_rule_s() -> None:
    written = calendar(day_data("2027-03-26", open="10:00-12:00"), years=[2026, 2028])
    for calendars in ((BY_RULE, HOLIDAYS, written), (written, HOLIDAYS, BY_RULE)):
        opened = clock_of(*calendars).periods(GOOD_FRIDAY, GOOD_FRIDAY + 24 * HOUR)
        assert [(10, 12)] == [(opens.hour, closes.hour) for opens, closes in opened]


def test_a_frozen_rule_s_hours_still_give_way() -> None:
    clock = clock_of(BY_RULE.freeze(2026, 2028), HOLIDAYS)
    assert not clock.is_open(GOOD_FRIDAY + 10 * HOUR)


def test_winter_and_summer_hours_written_as_rules_keep_the_holidays() -> None:
    summer = {"name": "summer", "on": "05-01..09-30", "open": "08:00-14:00"}
    seasons = HolidayCalendar(recurring=[summer], years=(2026, 2028))
    clock = clock_of(seasons, HOLIDAYS)
    holiday, ordinary = (dt.datetime(2026, 5, day, tzinfo=dt.UTC) for day in (25, 26))
    assert () == clock.periods(holiday, holiday + 24 * HOUR)
    assert [(8, 14)] == [
        (opens.hour, closes.hour) for opens, closes in clock.periods(ordinary, ordinary + 24 * HOUR)
    ]


# --- The eve of the first year ---


@pytest.mark.parametrize("second", [None, (2025, 2027), (2026, 2027)])
def test_on_the_eve_of_the_first_common_year_only_the_week_speaks(
    second: tuple[int, int] | None,
) -> None:
    eve = calendar(
        day_data("2025-12-31", name="stocktaking", closed="22:00-28:00"), years=[2025, 2027]
    )
    calendars = {"eve": eve, **({"other": calendar(years=[*second])} if second else {})}
    rules = [rule_data(when={"days": ["eve"]}, within="9h"), rule_data(within="1h")]
    hours = {"schedule": "office", "observes": [*calendars]}
    made = policy(
        channel={"hours": hours, "first_response": rules},
        calendars=calendars,
        schedules={"office": "24/7"},
        timezone="UTC",
    )
    known = second != (2026, 2027)
    clock = Clock.of(made, department="desk")
    at = dt.datetime(2026, 1, 1, 2, tzinfo=dt.UTC)
    answer = compute_deadline(made, at, department="desk")
    assert (not known, known) == (clock.is_open(at), answer.target.within == 9 * HOUR)
    assert answer.verify()
    assert known == ("stocktaking" in answer.explain())


def test_labels_of_days_that_are_told_together_are_told_together_in_each_language() -> None:
    made = HolidayCalendar(
        years=(2026, 2026),
        recurring=[
            {"name": "Fair", "on": "05-05", "label": {"vi": "Hội chợ"}},
            {"name": "Move", "on": "05-05", "label": {"vi": "Chuyển nhà", "de": "Umzug"}},
        ],
    )
    (day,) = made.special_days(2026)
    assert "Fair; Move" == day.name
    assert {"vi": "Hội chợ; Chuyển nhà", "de": "Fair; Umzug"} == dict(day.label or {})
