"""`compute_deadline` by its public face: answers worked by hand, and everything it refuses."""

from __future__ import annotations

import copy
import pickle
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from threading import Barrier
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from builders import calendar, calendar_data, channel_data, day_data, policy, rule_data, when
from support_sla import (
    Deadline,
    HolidayCalendar,
    InstantError,
    InstantOutOfRangeError,
    NaiveInstantError,
    NotAModelError,
    NotAnInstantError,
    NoTargetError,
    Policy,
    SupportSlaError,
    UnknownChannelError,
    UnknownDepartmentError,
    UnknownPriorityError,
    YearsNotCoveredError,
    compute_deadline,
    load_policy,
)
from support_sla.answers.compiled_line import compiled_line

MICROSECOND = timedelta(microseconds=1)
VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
AZDIGI = load_policy("azdigi")


def at(text: str, step: int = 0) -> datetime:
    """Return an instant of Vietnam, or so many microseconds beside it."""
    return datetime.fromisoformat(f"{text}+07:00") + step * MICROSECOND


def shown(instant: datetime | None) -> str | None:
    """Return an instant of Vietnam, whose clocks repeat no hour, so that nothing is hidden."""
    return None if instant is None else instant.isoformat(" ").removesuffix("+07:00")


def ask(line: Policy, instant: datetime | str, **names: Any) -> Deadline:
    return compute_deadline(line, instant, **{"department": "desk", **names})


def due(line: Policy, instant: datetime | str, **names: Any) -> tuple[str | None, str]:
    found = ask(line, instant, **names)
    return shown(found.due_at), found.target.name


def calendar_time(name: str, within: str, *days: str, **changes: Any) -> dict[str, Any]:
    return rule(name, within, "calendar_time", *days, **changes)


def business_time(name: str, within: str, *days: str, **changes: Any) -> dict[str, Any]:
    return rule(name, within, "business_time", *days, **changes)


def rule(name: str, within: str, counted_in: str, *days: str, **changes: Any) -> dict[str, Any]:
    """Return a rule for any of these days, or without a condition where none is given."""
    made = {"name": name, "within": within, "counted_in": counted_in, **changes}
    return when(*days, **made) if days or "priority" in made else rule_data(**made)


# --- The face ---


def test_the_five_lines_of_the_face_answer() -> None:
    policy = load_policy("azdigi")
    deadline = compute_deadline(
        policy, "2026-02-15T22:10:00+07:00", department="technical", channel="ticket"
    )
    assert (
        "2026-02-15T22:10:00+07:00",
        "2026-02-15T22:40:00+07:00",
        "2026-02-16T10:10:00+07:00",
        "relaxed_days",
    ) == (
        deadline.starts_at.isoformat(),
        deadline.earliest_at.isoformat() if deadline.earliest_at else None,
        deadline.due_at.isoformat(),
        deadline.target.name,
    )
    assert (
        "is promised an answer by Monday 16 February 2026 at 10:10 at the latest"
        in deadline.explain()
    )
    assert "must be answered by Monday 16 February 2026 at 10:10" in deadline.explain(long=True)


def test_a_deadline_says_what_was_asked() -> None:
    line = policy(rule_data(), priorities=["low", "high"], crossing="overlap")
    found = ask(line, "2026-03-02T02:00:00Z", priority="high")
    assert ("desk", "ticket", "high", "overlap", "2026-03-02 09:00:00") == (
        found.department,
        found.channel,
        found.priority,
        found.crossing,
        shown(found.submitted_at),
    )
    assert line.departments["desk"].channels["ticket"].first_response[0] is found.target
    assert (VIETNAM,) * 3 == (
        found.submitted_at.tzinfo,
        found.starts_at.tzinfo,
        found.due_at.tzinfo,
    )


def test_the_channel_is_the_ticket_unless_told_otherwise() -> None:
    one = compute_deadline(AZDIGI, at("2026-03-02 09:00"), department="technical")
    two = compute_deadline(AZDIGI, at("2026-03-02 09:00"), department="technical", channel="ticket")
    assert one == two


def test_each_channel_and_department_has_its_own_answer() -> None:
    channels = {
        name: {"hours": {"schedule": "office"}, "first_response": [business_time(name, within)]}
        for name, within in (("ticket", "1h"), ("chat", "5m"))
    }
    line = policy(departments={"desk": {"channels": channels}, "lab": {"channels": channels}})
    monday = at("2026-03-02 09:00")
    assert ("2026-03-02 10:00:00", "ticket") == due(line, monday)
    assert ("2026-03-02 09:05:00", "chat") == due(line, monday, channel="chat")
    assert "lab" == ask(line, monday, department="lab").department


# --- One target, at its boundaries ---

OFFICE = policy(rule_data(name="one hour", earliest="30m"))  # Mo-Fr 08:00-17:00, in business time


@pytest.mark.parametrize(
    ("text", "step", "starts", "earliest", "answer"),
    [
        # Friday 6 March 2026 is followed by a closed weekend.
        ("2026-03-06 08:00", -1, "03-06 08:00:00", "03-06 08:30:00", "03-06 09:00:00"),
        ("2026-03-06 08:00", 0, "03-06 08:00:00", "03-06 08:30:00", "03-06 09:00:00"),
        (
            "2026-03-06 08:00",
            1,
            "03-06 08:00:00.000001",
            "03-06 08:30:00.000001",
            "03-06 09:00:00.000001",
        ),
        (
            "2026-03-06 16:00",
            -1,
            "03-06 15:59:59.999999",
            "03-06 16:29:59.999999",
            "03-06 16:59:59.999999",
        ),
        ("2026-03-06 16:00", 0, "03-06 16:00:00", "03-06 16:30:00", "03-06 17:00:00"),
        (
            "2026-03-06 16:00",
            1,
            "03-06 16:00:00.000001",
            "03-06 16:30:00.000001",
            "03-09 08:00:00.000001",
        ),
        (
            "2026-03-06 17:00",
            -1,
            "03-06 16:59:59.999999",
            "03-09 08:29:59.999999",
            "03-09 08:59:59.999999",
        ),
        ("2026-03-06 17:00", 0, "03-09 08:00:00", "03-09 08:30:00", "03-09 09:00:00"),
        ("2026-03-06 17:00", 1, "03-09 08:00:00", "03-09 08:30:00", "03-09 09:00:00"),
    ],
)
def test_business_time_counts_from_the_next_opening_and_is_due_at_closing(
    text: str, step: int, starts: str, earliest: str, answer: str
) -> None:
    found = ask(OFFICE, at(text, step))
    assert tuple(f"2026-{each}" for each in (starts, earliest, answer)) == (
        shown(found.starts_at),
        shown(found.earliest_at),
        shown(found.due_at),
    )


@pytest.mark.parametrize("text", ["2026-03-06 12:00", "2026-03-07 12:00", "2026-12-31 23:30"])
def test_calendar_time_counts_from_the_submission_open_or_closed(text: str) -> None:
    found = ask(policy(calendar_time("plain", "3h", earliest="30m")), at(text))
    assert (timedelta(0), timedelta(minutes=30), timedelta(hours=3)) == tuple(
        instant - at(text)
        for instant in (found.starts_at, found.earliest_at, found.due_at)
        if instant
    )


def test_no_earliest_is_none() -> None:
    assert None is ask(policy(), at("2026-03-06 12:00")).earliest_at


@pytest.mark.parametrize(
    ("earliest", "within", "answer"),
    [
        pytest.param("0m", "1h", "2026-03-09 08:00:00", id="never before counting starts"),
        pytest.param("1h", "1h", "2026-03-09 09:00:00", id="at the due instant at the latest"),
        pytest.param("9h", "9h", "2026-03-09 17:00:00", id="at closing, as the due instant is"),
    ],
)
def test_the_earliest_instant_lies_between_start_and_due(
    earliest: str, within: str, answer: str
) -> None:
    line = policy(business_time("clamped", within, earliest=earliest))
    found = ask(line, at("2026-03-07 12:00"))  # a Saturday
    assert answer == shown(found.earliest_at)
    assert "2026-03-09 08:00:00" == shown(found.starts_at)
    assert found.earliest_at is not None
    assert found.starts_at <= found.earliest_at <= found.due_at


@pytest.mark.parametrize("crossing", ["submission", "overlap", "in_order"])
@pytest.mark.parametrize(
    ("text", "opens"),
    [
        pytest.param("2026-03-06 12:00", "2026-03-06 12:00:00", id="open"),
        pytest.param("2026-03-06 17:00", "2026-03-09 08:00:00", id="at closing"),
        pytest.param("2026-03-07 12:00", "2026-03-09 08:00:00", id="closed"),
    ],
)
def test_a_zero_target_is_due_at_the_submission_and_starts_at_tells_the_next_opening(
    crossing: str, text: str, opens: str
) -> None:
    found = ask(policy(business_time("at once", "0m", earliest="0m"), crossing=crossing), at(text))
    assert (opens, f"{text}:00", f"{text}:00") == (
        shown(found.starts_at),
        shown(found.earliest_at),
        shown(found.due_at),
    )


@pytest.mark.parametrize("crossing", ["submission", "overlap", "in_order"])
def test_a_zero_target_in_calendar_time_is_over_at_once(crossing: str) -> None:
    found = ask(policy(calendar_time("at once", "0m"), crossing=crossing), at("2026-03-07 12:00"))
    assert {"2026-03-07 12:00:00"} == {shown(found.starts_at), shown(found.due_at)}


def test_a_deadline_may_lie_in_another_year() -> None:
    # Friday 1 January 2027 is open: no calendar closes it.
    line = policy(business_time("long", "90h"))
    assert ("2027-01-12 17:00:00", "long") == due(line, at("2026-12-30 08:00"))
    short = policy(business_time("short", "1h"))
    assert ("2027-01-01 08:30:00", "short") == due(short, at("2026-12-31 16:30"))


def test_a_deadline_may_lie_many_years_off() -> None:
    # One hour on Mondays; 2026-03-02 is one, and 520 weeks later is 2036-02-18 ... a Monday.
    line = policy(business_time("slow", "521h"), schedules={"office": "Mo 08:00-09:00"})
    last = date(2026, 3, 2) + timedelta(weeks=520)
    assert (f"{last} 09:00:00", "slow") == due(line, at("2026-03-02 08:00"))


# --- Rules by date and priority ---

RULES = policy(
    calendar_time("feast", "20h", "known"),
    calendar_time("sunday", "12h", "Su"),
    calendar_time("urgent", "1h", priority=("high",)),
    calendar_time("ordinary", "3h"),
    calendars={
        "known": calendar(day_data("2026-03-08"), day_data("2026-03-11", closed="12:00-13:00"))
    },
    priorities=["low", "high"],
)  # fmt: skip  a calendar stands on one line


@pytest.mark.parametrize(
    ("text", "step", "priority", "name"),
    [
        pytest.param("2026-03-01 00:00", -1, None, "ordinary", id="before a Sunday"),
        pytest.param("2026-03-01 00:00", 0, None, "sunday", id="Sunday begins"),
        pytest.param("2026-03-01 00:00", 1, None, "sunday", id="inside Sunday"),
        pytest.param("2026-03-02 00:00", -1, None, "sunday", id="before Sunday ends"),
        pytest.param("2026-03-02 00:00", 0, None, "ordinary", id="Sunday has ended"),
        pytest.param("2026-03-08 12:00", 0, None, "feast", id="the first rule wins"),
        pytest.param("2026-03-11 00:00", 0, None, "feast", id="a date closed in part"),
        pytest.param("2026-03-12 00:00", 0, None, "ordinary", id="the date after it"),
        pytest.param("2026-03-02 12:00", 0, "high", "urgent", id="a priority"),
        pytest.param("2026-03-02 12:00", 0, "low", "ordinary", id="another priority"),
        pytest.param(
            "2026-03-01 12:00", 0, "high", "sunday", id="an earlier rule than a priority's"
        ),
    ],
)
def test_the_rule_of_the_submissions_date_and_priority_decides(
    text: str, step: int, priority: str | None, name: str
) -> None:
    assert name == due(RULES, at(text, step), priority=priority)[1]


# --- Crossings. 28 February 2026 is a Saturday. ---


def relaxed(crossing: str, *more: dict[str, Any], sunday: str = "12h", **changes: Any) -> Policy:
    """Return the reference policy's shape: 12 hours on Sundays, 3 on other days, round the clock."""
    return policy(
        *more,
        calendar_time("sunday", sunday, "Su", earliest="30m"),
        calendar_time("ordinary", "3h", earliest="20m"),
        crossing=crossing,
        schedules={"office": "24/7"},
        **changes,
    )


@pytest.mark.parametrize(
    ("crossing", "text", "step", "answer"),
    [
        # Literal: three hours from Saturday 21:00 end exactly at midnight.
        ("submission", "2026-02-28 21:00", -1, ("2026-02-28 23:59:59.999999", "ordinary")),
        ("submission", "2026-02-28 21:00", 0, ("2026-03-01 00:00:00", "ordinary")),
        ("submission", "2026-02-28 21:00", 1, ("2026-03-01 00:00:00.000001", "ordinary")),
        ("submission", "2026-03-01 22:00", 0, ("2026-03-02 10:00:00", "sunday")),
        # Overlap: a window that ends at midnight does not touch Sunday, one microsecond later it does.
        ("overlap", "2026-02-28 21:00", -1, ("2026-02-28 23:59:59.999999", "ordinary")),
        ("overlap", "2026-02-28 21:00", 0, ("2026-03-01 00:00:00", "ordinary")),
        ("overlap", "2026-02-28 21:00", 1, ("2026-03-01 09:00:00.000001", "sunday")),
        ("overlap", "2026-03-01 22:00", 0, ("2026-03-02 10:00:00", "sunday")),
        ("overlap", "2026-03-01 23:59", 0, ("2026-03-02 11:59:00", "sunday")),
        # In order: Monday's first ticket is due at 03:00, so none of Sunday's is due later.
        ("in_order", "2026-02-28 22:00", 0, ("2026-03-01 01:00:00", "ordinary")),
        ("in_order", "2026-03-01 15:00", -1, ("2026-03-02 02:59:59.999999", "sunday")),
        ("in_order", "2026-03-01 15:00", 0, ("2026-03-02 03:00:00", "sunday")),
        ("in_order", "2026-03-01 15:00", 1, ("2026-03-02 03:00:00", "ordinary")),
        ("in_order", "2026-03-02 00:00", -1, ("2026-03-02 03:00:00", "ordinary")),
        ("in_order", "2026-03-02 00:00", 0, ("2026-03-02 03:00:00", "ordinary")),
        ("in_order", "2026-03-02 00:00", 1, ("2026-03-02 03:00:00.000001", "ordinary")),
    ],
)
def test_the_three_readings_of_a_crossing(
    crossing: str, text: str, step: int, answer: tuple[str, str]
) -> None:
    assert answer == due(relaxed(crossing), at(text, step))


@pytest.mark.parametrize(
    ("crossing", "text", "earliest"),
    [
        pytest.param("overlap", "2026-02-28 22:00", "2026-02-28 22:30:00", id="overlap"),
        pytest.param("in_order", "2026-03-01 22:00", "2026-03-01 22:20:00", id="in order"),
    ],
)
def test_the_earliest_instant_is_that_of_the_rule_that_gave_the_due_one(
    crossing: str, text: str, earliest: str
) -> None:
    assert earliest == shown(ask(relaxed(crossing), at(text)).earliest_at)


def test_overlap_looks_once_and_never_again_from_the_longer_window() -> None:
    # Saturday 23:00: literally Sunday 02:00; by Sunday's 30 hours Monday 05:00; Monday's own
    # 96 hours are never asked, for the literal window does not touch Monday.
    monday = calendar_time("monday", "96h", "Mo")
    line = relaxed("overlap", monday, sunday="30h")
    assert ("2026-03-02 05:00:00", "sunday") == due(line, at("2026-02-28 23:00"))


def test_overlap_takes_the_latest_of_all_dates_touched() -> None:
    # Friday's 60 hours touch Saturday and Sunday: Saturday's 100 hours are the latest.
    line = relaxed(
        "overlap",
        calendar_time("friday", "60h", "Fr"),
        calendar_time("saturday", "100h", "Sa"),
    )
    # Friday 27 February 12:00 + 100 h is Tuesday 3 March 16:00.
    assert ("2026-03-03 16:00:00", "saturday") == due(line, at("2026-02-27 12:00"))


@pytest.mark.parametrize(
    ("crossing", "text"),
    [
        pytest.param("overlap", "2026-02-28 22:00", id="overlap"),
        pytest.param("in_order", "2026-02-28 22:00", id="in order"),
    ],
)
def test_on_a_tie_the_submissions_own_rule_is_named(crossing: str, text: str) -> None:
    assert ("2026-03-01 01:00:00", "ordinary") == due(relaxed(crossing, sunday="3h"), at(text))


@pytest.mark.parametrize(
    ("monday", "answer"),
    [
        pytest.param("4h", ("2026-03-02 12:00:00", "ordinary"), id="longer"),
        pytest.param("1h", ("2026-03-02 09:00:00", "ordinary"), id="as long"),
        # Monday is the only date on which Saturday's clock ticks, so its rule alone is asked.
        pytest.param("30m", ("2026-03-02 08:30:00", "ordinary"), id="shorter"),
    ],
)
def test_overlap_does_not_ask_the_submissions_date_when_its_clock_does_not_tick_then(
    monday: str, answer: tuple[str, str]
) -> None:
    # Saturday's one business hour is Monday 08:00 to 09:00.
    line = policy(
        business_time("weekend", "1h", "Sa", "Su"),
        business_time("ordinary", monday),
        crossing="overlap",
    )
    assert answer == due(line, at("2026-02-28 10:00"))


def test_overlap_may_change_from_one_clock_to_the_other() -> None:
    # Saturday 22:00 + 3 h touch Sunday, whose one business hour ends on Monday 09:00.
    line = policy(
        business_time("sunday", "1h", "Su", earliest="30m"),
        calendar_time("ordinary", "3h"),
        crossing="overlap",
    )
    found = ask(line, at("2026-02-28 22:00"))
    assert ("sunday", "2026-03-02 08:00:00", "2026-03-02 08:30:00", "2026-03-02 09:00:00") == (
        found.target.name,
        shown(found.starts_at),
        shown(found.earliest_at),
        shown(found.due_at),
    )


def test_overlap_skips_dates_without_a_rule() -> None:
    calendar_line = policy(calendar_time("saturday", "12h", "Sa"), crossing="overlap")
    assert ("2026-03-01 10:00:00", "saturday") == due(calendar_line, at("2026-02-28 22:00"))
    business_line = policy(business_time("saturday", "1h", "Sa"), crossing="overlap")
    assert ("2026-03-02 09:00:00", "saturday") == due(business_line, at("2026-02-28 22:00"))


def test_overlap_of_a_zero_target_touches_nothing() -> None:
    line = policy(
        calendar_time("saturday", "0m", "Sa"), calendar_time("ordinary", "3h"), crossing="overlap"
    )
    assert ("2026-02-28 22:00:00", "saturday") == due(line, at("2026-02-28 22:00"))


def test_in_order_in_business_time_is_undercut_by_a_later_date() -> None:
    # Friday 16:00 + 8 business hours is Monday 15:00; a ticket of Saturday 00:00 is due Monday 09:00.
    line = policy(
        business_time("friday", "8h", "Fr"),
        business_time("ordinary", "1h", earliest="30m"),
        crossing="in_order",
    )
    found = ask(line, at("2026-02-27 16:00"))
    assert ("ordinary", "2026-02-27 16:00:00", "2026-02-27 16:30:00", "2026-03-02 09:00:00") == (
        found.target.name,
        shown(found.starts_at),
        shown(found.earliest_at),
        shown(found.due_at),
    )


def test_in_order_skips_dates_without_a_rule() -> None:
    line = policy(
        calendar_time("saturday", "60h", "Sa"),
        calendar_time("monday", "1h", "Mo"),
        crossing="in_order",
    )
    # Saturday 22:00 + 60 h is Tuesday 10:00; Sunday promises nothing; Monday 00:00 + 1 h undercuts.
    assert ("2026-03-02 01:00:00", "monday") == due(line, at("2026-02-28 22:00"))


def test_in_order_to_a_zero_target_keeps_starts_at_the_next_opening() -> None:
    line = policy(
        business_time("sunday", "0m", "Su", earliest="0m"),
        business_time("ordinary", "1h"),
        crossing="in_order",
    )
    found = ask(line, at("2026-02-28 22:00"))  # Sunday 00:00 is due at once
    assert ("sunday", "2026-03-02 08:00:00", "2026-03-01 00:00:00", "2026-03-01 00:00:00") == (
        found.target.name,
        shown(found.starts_at),
        shown(found.earliest_at),
        shown(found.due_at),
    )


def test_in_order_never_falls_minute_by_minute() -> None:
    line = relaxed("in_order")
    start = at("2026-02-28 20:00")
    dues = [ask(line, start + timedelta(minutes=10 * step)).due_at for step in range(220)]
    assert sorted(dues) == dues


# --- Where the covered years end ---

KNOWN = {"known": calendar(day_data("2026-05-05"))}  # covers 2026 alone


@pytest.mark.parametrize("crossing", ["submission", "overlap", "in_order"])
def test_a_window_may_end_exactly_where_the_covered_years_do(crossing: str) -> None:
    line = policy(
        calendar_time("feast", "3h", "known"),
        calendar_time("ordinary", "3h"),
        calendars=KNOWN,
        crossing=crossing,
    )
    assert "2026-12-31 23:59:59.999999" == due(line, at("2026-12-31 21:00", -1))[0]
    assert "2027-01-01 00:00:00" == due(line, at("2026-12-31 21:00"))[0]
    with pytest.raises(YearsNotCoveredError, match="year 2027 .* 'known'") as caught:
        due(line, at("2026-12-31 21:00", 1))
    assert ("known", 2026, 2026) == (
        caught.value.calendar,
        caught.value.first,
        caught.value.last,
    )


def test_business_time_past_the_covered_years_is_an_error() -> None:
    channel = {
        "hours": {"schedule": "office", "observes": ["known"]},
        "first_response": [business_time("one hour", "1h")],
    }
    line = policy(channel=channel, calendars=KNOWN)  # 31 December 2026 is a Thursday
    assert ("2026-12-31 17:00:00", "one hour") == due(line, at("2026-12-31 16:00"))
    for instant in (at("2026-12-31 16:00", 1), at("2026-12-31 17:00")):
        with pytest.raises(YearsNotCoveredError, match="2027"):
            due(line, instant)


def test_the_longer_window_of_an_overlap_past_the_covered_years_is_an_error() -> None:
    line = policy(
        calendar_time("thursday", "48h", "Th"),
        calendar_time("feast", "3h", "known"),
        calendar_time("ordinary", "3h"),
        calendars=KNOWN,
        crossing="overlap",
    )
    assert ("2026-12-31 00:00:00", "ordinary") == due(line, at("2026-12-30 21:00"))
    with pytest.raises(YearsNotCoveredError, match="2027"):
        due(line, at("2026-12-30 21:00", 1))


@pytest.mark.parametrize(
    ("text", "step", "year"),
    [
        ("2026-01-01 00:00", -1, 2025),
        ("2026-01-01 00:00", 0, None),
        ("2026-01-01 00:00", 1, None),
        ("2027-01-01 00:00", 0, 2027),
        ("2027-01-01 00:00", 1, 2027),
        ("2101-01-01 00:00", 0, 2101),
    ],
)
def test_a_submission_outside_the_covered_years_is_an_error(
    text: str, step: int, year: int | None
) -> None:
    line = policy(
        calendar_time("feast", "3h", "known"), calendar_time("ordinary", "3h"), calendars=KNOWN
    )
    if year is None:
        assert "ordinary" == due(line, at(text, step))[1]
        return
    with pytest.raises(YearsNotCoveredError, match=f"year {year} .* ask about 2026 to 2026"):
        due(line, at(text, step))


def test_a_calendar_that_the_line_does_not_use_bounds_nothing() -> None:
    assert ("2030-03-04 10:00:00", "default") == due(
        policy(calendars=KNOWN), at("2030-03-04 09:00")
    )


@pytest.mark.parametrize(
    "instant",
    [
        "0001-01-01T00:00:00Z",
        "0002-12-31T16:00:00+07:00",
        "9998-01-02T00:00:00+07:00",
        "9999-12-31T23:59:59.999999Z",
        datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=14))),
        datetime(9999, 12, 31, 23, tzinfo=timezone(timedelta(hours=-12))),
    ],
    ids=str,
)
def test_years_that_leave_python_no_room_are_refused(instant: datetime | str) -> None:
    with pytest.raises(InstantOutOfRangeError, match="3 to 9997"):
        ask(policy(), instant)


@pytest.mark.parametrize(
    "instant", ["0003-06-01T00:00:00Z", "1582-10-10T00:00:00Z", "9997-06-01T00:00:00Z"]
)
def test_far_years_that_leave_room_are_answered(instant: str) -> None:
    found = ask(policy(calendar_time("plain", "3h")), instant)
    assert timedelta(hours=3) == found.due_at - datetime.fromisoformat(instant)


def test_a_window_past_the_last_year_is_refused() -> None:
    line = policy(calendar_time("long", "960h"))
    with pytest.raises(InstantOutOfRangeError, match="9998"):
        ask(line, "9997-12-01T00:00:00Z")


# --- What is refused, and what the refusal names ---

MONDAY = at("2026-03-02 09:00")


def test_a_department_that_is_not_there_is_named_with_those_that_are() -> None:
    with pytest.raises(UnknownDepartmentError, match="'sales' .* 'billing', 'technical'") as caught:
        compute_deadline(AZDIGI, MONDAY, department="sales")
    assert isinstance(caught.value, LookupError)


def test_a_channel_that_is_not_there_is_named_with_those_that_are_and_the_advice() -> None:
    with pytest.raises(UnknownChannelError, match="'phone'; use one of 'ticket', 'chat'") as caught:
        compute_deadline(AZDIGI, MONDAY, department="technical", channel="phone")
    assert "its advice: Technical problems are not solved by phone" in str(caught.value)
    assert isinstance(caught.value, LookupError)


def test_a_channel_of_a_department_without_advice_is_refused_without_any() -> None:
    with pytest.raises(UnknownChannelError) as caught:
        ask(policy(), MONDAY, channel="fax")
    assert "advice" not in str(caught.value)


def test_a_priority_that_is_not_declared_is_named_with_those_that_are() -> None:
    with pytest.raises(UnknownPriorityError, match="'urgent' .* 'low', 'high'") as caught:
        ask(policy(priorities=["low", "high"]), MONDAY, priority="urgent")
    assert isinstance(caught.value, LookupError)
    with pytest.raises(UnknownPriorityError, match="leave it out, none is declared"):
        ask(policy(), MONDAY, priority="high")


@pytest.mark.parametrize("value", ["azdigi", {"name": "a desk"}, None])
def test_what_is_no_policy_is_refused_with_the_way_out(value: Any) -> None:
    with pytest.raises(NotAModelError, match="load it first with load_policy") as caught:
        ask(value, MONDAY)
    assert repr(value) in str(caught.value)
    assert isinstance(caught.value, TypeError)


@pytest.mark.parametrize("value", [[], {}, 7, None])
def test_a_name_of_a_wrong_type_is_a_name_that_is_not_there(value: Any) -> None:
    with pytest.raises(UnknownDepartmentError):
        compute_deadline(policy(), MONDAY, department=value)
    with pytest.raises(UnknownChannelError):
        ask(policy(), MONDAY, channel=value)


@pytest.mark.parametrize("value", [[], {}, 7, ""])
def test_a_priority_of_a_wrong_type_is_not_declared(value: Any) -> None:
    with pytest.raises(UnknownPriorityError):
        ask(policy(priorities=["low"]), MONDAY, priority=value)


@pytest.mark.parametrize(
    ("text", "opens"),
    [
        # Chat: Mo-Sa around the clock. Sunday 1 March opens on Monday; Tet 2026 on 21 February.
        pytest.param("2026-02-28 23:59", "2026-02-28 23:59:00", id="open: the submission itself"),
        pytest.param("2026-03-01 00:00", "2026-03-02 00:00:00", id="closed for a Sunday"),
        pytest.param("2026-02-16 12:00", "2026-02-21 00:00:00", id="closed for Tet"),
    ],
)
def test_a_line_without_a_target_says_so_and_when_it_opens(text: str, opens: str) -> None:
    with pytest.raises(NoTargetError, match="no published target") as caught:
        compute_deadline(AZDIGI, at(text), department="technical", channel="chat")
    assert opens == shown(caught.value.opens_at)
    assert f"it opens at {opens}+07:00" in str(caught.value)
    assert "its advice: Technical help by live chat is discouraged" in str(caught.value)
    assert isinstance(caught.value, LookupError)


def test_a_line_for_unanswered_tickets_says_how_long_they_wait() -> None:
    with pytest.raises(NoTargetError, match="for a ticket left unanswered for 5h"):
        compute_deadline(AZDIGI, MONDAY, department="billing", channel="phone")


def test_a_line_without_advice_gives_none() -> None:
    line = policy(channel={"hours": {"schedule": "office"}})
    with pytest.raises(
        NoTargetError, match=r"no deadline; it opens at 2026-03-02 09:00:00\+07:00$"
    ):
        ask(line, MONDAY)


def test_a_priority_without_a_rule_is_named_with_those_that_are_declared() -> None:
    line = policy(when(priority=("high",), name="urgent"), priorities=["low", "high"])
    assert "urgent" == ask(line, MONDAY, priority="high").target.name
    for priority in ("low", None):
        with pytest.raises(
            NoTargetError, match=f"priority {priority!r}; .*'low', 'high'"
        ) as caught:
            ask(line, at("2026-03-01 09:00"), priority=priority)
        assert "2026-03-02 08:00:00" == shown(caught.value.opens_at)


def test_a_date_without_a_rule_is_refused_with_a_way_out_that_exists() -> None:
    line = policy(business_time("sunday", "1h", "Su"))
    with pytest.raises(NoTargetError, match="no rule that matches") as caught:
        ask(line, MONDAY)
    assert "2026-03-02 09:00:00" == shown(caught.value.opens_at)
    assert "one of none" not in str(caught.value)


def test_the_same_line_refuses_and_answers_by_date() -> None:
    line = policy(business_time("sunday", "1h", "Su"))
    assert ("2026-03-02 09:00:00", "sunday") == due(line, at("2026-03-01 12:00"))
    with pytest.raises(NoTargetError):
        due(line, at("2026-03-02 00:00"))


class Stamp(datetime):
    """A datetime with nanoseconds, as pandas makes them."""

    nanosecond = 1


class Whole(datetime):
    """A datetime whose nanoseconds are zero."""

    nanosecond = 0


class NoOffset(tzinfo):
    """A zone that knows no offset."""

    def utcoffset(self, _: datetime | None) -> timedelta | None:
        return None

    def dst(self, _: datetime | None) -> timedelta | None:
        return None

    def tzname(self, _: datetime | None) -> str:
        return "nowhere"


@pytest.mark.parametrize(
    ("value", "error", "builtin", "says"),
    [
        pytest.param(
            datetime(2026, 3, 2, 9),
            NaiveInstantError,
            ValueError,
            r"submitted_at=datetime\(2026-03-02 09:00:00\) has no time zone; .*ZoneInfo",
            id="naive",
        ),
        pytest.param(
            datetime(2026, 3, 2, 9, tzinfo=NoOffset()),
            NaiveInstantError,
            ValueError,
            "has no time zone",
            id="a zone without an offset",
        ),
        pytest.param(
            Stamp(2026, 3, 2, 9), NaiveInstantError, ValueError, r"Stamp\(2026", id="naive subclass"
        ),
        pytest.param(
            "2026-03-02T09:00:00", NaiveInstantError, ValueError, "no offset", id="naive text"
        ),
        pytest.param("2026-03-02", NaiveInstantError, ValueError, "no offset", id="a date's text"),
        pytest.param("tomorrow", InstantError, ValueError, "'tomorrow' is not an ISO", id="words"),
        pytest.param("", InstantError, ValueError, "'' is not an ISO", id="nothing"),
        pytest.param("2026-02-30T09:00Z", InstantError, ValueError, "02-30", id="no such date"),
        pytest.param("2026-03-02T25:00Z", InstantError, ValueError, "T25", id="no such hour"),
        pytest.param(
            "2026-03-02T09:00:00.0000001Z",
            InstantError,
            ValueError,
            "below the microsecond",
            id="too many digits",
        ),
        pytest.param(
            Stamp(2026, 3, 2, 9, tzinfo=UTC),
            InstantError,
            ValueError,
            "below the microsecond",
            id="a nanosecond",
        ),
        pytest.param(date(2026, 3, 2), NotAnInstantError, TypeError, "type date", id="a date"),
        pytest.param(1_772_442_000, NotAnInstantError, TypeError, "type int", id="a number"),
        pytest.param(None, NotAnInstantError, TypeError, "type NoneType", id="None"),
        pytest.param(b"2026-03-02T09:00Z", NotAnInstantError, TypeError, "bytes", id="bytes"),
    ],
)
def test_what_is_no_instant_is_refused_by_name(
    value: Any, error: type[SupportSlaError], builtin: type[Exception], says: str
) -> None:
    with pytest.raises(error, match=says) as caught:
        ask(policy(), value)
    assert isinstance(caught.value, builtin)
    assert "submitted_at" in str(caught.value)


@pytest.mark.parametrize(
    "value",
    [
        "2026-03-02T09:00:00.000000000+07:00",
        "2026-03-02T09:00:00.000000+07:00",
        "2026-03-02T09+07:00",
        Whole(2026, 3, 2, 2, tzinfo=UTC),
        datetime(2026, 3, 2, 2, tzinfo=timezone(timedelta(0))),
    ],
    ids=repr,
)
def test_what_loses_nothing_is_an_instant(value: datetime | str) -> None:
    assert "2026-03-02 09:00:00" == shown(ask(policy(), value).submitted_at)


# --- A value ---

NEW_YORK = policy(calendar_time("plain", "3h"), timezone="America/New_York")
TWICE = [
    datetime(2026, 11, 1, 1, 30, tzinfo=ZoneInfo("America/New_York"), fold=fold) for fold in (0, 1)
]


def test_deadlines_of_one_question_are_equal_however_it_was_written() -> None:
    one = ask(NEW_YORK, TWICE[0])
    two = ask(
        policy(calendar_time("plain", "3h"), timezone="America/New_York"), "2026-11-01T05:30Z"
    )
    assert (one, hash(one)) == (two, hash(two))
    assert {one} == {one, two}


def test_deadlines_an_hour_apart_in_a_repeated_hour_are_not_equal() -> None:
    first, second = (ask(NEW_YORK, instant) for instant in TWICE)
    assert first != second
    assert {first, second} == {second, first, ask(NEW_YORK, "2026-11-01T06:30Z")}
    assert timedelta(hours=1) == second.due_at.astimezone(UTC) - first.due_at.astimezone(UTC)


@pytest.mark.parametrize(
    "other",
    [
        ask(NEW_YORK, TWICE[0] + MICROSECOND),
        ask(policy(calendar_time("plain", "4h"), timezone="America/New_York"), TWICE[0]),
        ask(policy(calendar_time("other", "3h"), timezone="America/New_York"), TWICE[0]),
        ask(
            policy(calendar_time("plain", "3h"), timezone="America/New_York", version="2"), TWICE[0]
        ),
        "a deadline",
        None,
    ],
    ids=["instant", "amount", "rule", "policy", "text", "None"],
)
def test_deadlines_that_differ_are_not_equal(other: object) -> None:
    assert ask(NEW_YORK, TWICE[0]) != other


@pytest.mark.parametrize("fold", [0, 1])
@pytest.mark.parametrize("protocol", [4, 5])
def test_a_deadline_survives_pickling_in_a_repeated_hour(fold: int, protocol: int) -> None:
    found = ask(NEW_YORK, TWICE[fold])
    again = pickle.loads(pickle.dumps(found, protocol))
    assert (found, hash(found), found.explain()) == (again, hash(again), again.explain())
    assert (found.steps, found.choice, found.readings) == (
        again.steps,
        again.choice,
        again.readings,
    )
    assert again.verify()
    assert found.submitted_at.astimezone(UTC) == again.submitted_at.astimezone(UTC)
    assert [found, found] == [copy.copy(found), copy.deepcopy(found)]


def test_a_deadline_cannot_be_changed() -> None:
    found = ask(policy(), MONDAY)
    with pytest.raises(AttributeError):
        found.due_at = MONDAY  # type: ignore[misc]


def test_a_deadline_shows_its_answer_and_not_the_whole_policy() -> None:
    text = repr(ask(policy(), MONDAY))
    assert "due_at=" in text
    assert "schedules" not in text


def test_answering_changes_nothing_about_the_policy() -> None:
    line, fresh = policy(), policy()
    ask(line, MONDAY)
    assert (fresh, hash(fresh), fresh.model_dump()) == (line, hash(line), line.model_dump())
    assert pickle.dumps(fresh) == pickle.dumps(line)


# --- Many questions ---

READ: list[int] = []


class Counted(HolidayCalendar):
    """A calendar that counts how often its days are read."""

    def special_days(self, year: int, *, eve: bool = True) -> Any:
        READ.append(year)
        return super().special_days(year, eve=eve)


def test_a_line_is_compiled_once_for_each_priority_and_kept_with_its_policy() -> None:
    line = policy(priorities=["low", "high"])
    kept = {
        priority: compiled_line(line, "desk", "ticket", priority)
        for priority in (None, "low", "high")
    }
    ask(line, MONDAY, priority="low")
    assert 3 == len(set(kept.values()))
    for priority, compiled in kept.items():
        assert compiled is compiled_line(line, "desk", "ticket", priority)
    assert kept["low"] is not compiled_line(copy.deepcopy(line), "desk", "ticket", "low")


def test_a_calendar_is_read_once_for_all_questions_about_its_years() -> None:
    known = Counted(days=(day_data("2026-05-05"),), years=(2020, 2030))
    channel = {
        "hours": {"schedule": "office", "observes": ["known"]},
        "first_response": [business_time("feast", "2h", "known"), business_time("plain", "1h")],
    }
    line = policy(channel=channel, calendars={"known": known})
    READ.clear()
    for step in range(1000):
        ask(line, at("2026-01-01 00:00") + timedelta(hours=8 * step))
    assert 2026 in READ
    assert len(READ) <= 24  # a few readings of each year near, and none for a single question


def test_eight_threads_asking_a_fresh_policy_get_identical_answers() -> None:
    years = list(range(2016, 2032))

    def answers(line: Policy, order: list[int]) -> dict[int, tuple[str | None, ...]]:
        found: dict[int, tuple[str | None, ...]] = {}
        for year in order:
            instant = at(f"{year}-02-15 22:10")
            billing = compute_deadline(line, instant, department="billing")
            technical = compute_deadline(line, instant, department="technical")
            found[year] = (
                shown(billing.starts_at),
                shown(billing.due_at),
                technical.target.name,
                shown(technical.due_at),
            )
        return found

    fresh, start = load_policy("azdigi"), Barrier(8)

    def worker(turn: int) -> dict[int, tuple[str | None, ...]]:
        order = years[turn * 2 :] + years[: turn * 2]
        start.wait()
        return answers(fresh, order[::-1] if turn % 2 else order)

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(worker, range(8)))
    assert [answers(load_policy("azdigi"), years)] * 8 == found


@pytest.mark.parametrize("young", [2025, 2026])
@pytest.mark.parametrize("crossing", ["submission", "overlap", "in_order"])
def test_an_eve_closes_new_year_s_day_also_where_another_calendar_begins_with_that_day(
    young: int, crossing: str
) -> None:
    eve = day_data("2025-12-31", closed="18:00-26:00")
    line = policy(
        channel=channel_data(
            when("old", name="feast", within="12h", counted_in="calendar_time"),
            rule_data(name="plain", within="3h", counted_in="calendar_time"),
            hours={"schedule": "office", "observes": ["young"]},
        ),
        calendars={
            "old": calendar_data(eve, years=[2025, 2027]),
            "young": calendar_data(years=[young, 2027]),
        },
        crossing=crossing,
    )
    found = ask(line, at("2026-01-01 12:00"))
    assert ("feast", "feast", True) == (
        found.target.name,
        found.choice.matched.name,
        found.verify(),
    )
