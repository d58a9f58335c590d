"""Promises in business days: each edge of their definition, worked by hand.

Each answer is asked of `compute_deadline`, proved by `verify`, and looked up in an answer table.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from builders import calendar_data, day_data, policy
from support_sla import AnswerTable, Deadline, Policy, YearsNotCoveredError, compute_deadline
from support_sla.answers.compiled_line import asked_of
from support_sla.answers.question import Question
from support_sla.values.units import Unit

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
UNITS: dict[Unit, int] = {"s": 1, "ms": 1_000, "us": 1_000_000, "ns": 1_000_000_000}
"""How many of each unit are a second."""

BEFORE, AT, AFTER = -1, 0, 1
OFFICE = "Mo-Fr 09:00-17:00"


def days(count: int, by: str = "close", cutoff: str | None = None) -> dict[str, Any]:
    """Return a rule that promises business days."""
    said = {} if cutoff is None else {"cutoff": cutoff}
    return {"within": f"{count} business day{'' if count == 1 else 's'}", "by": by, **said}


def desk(
    rule: dict[str, Any], hours: str = OFFICE, *special: dict[str, Any], **changes: Any
) -> Policy:
    """Return a desk with one line, these hours and one rule; it observes the special days."""
    years = changes.pop("years", [2026, 2027])
    known = {"known": calendar_data(*special, years=years)} if special else {}
    channel = {
        "hours": {"schedule": "hours", "observes": list(known)},
        "first_response": [rule],
    }
    made = {"timezone": "UTC", "schedules": {"hours": hours}, "calendars": known, **changes}
    return policy(channel=channel, **made)


@cache
def table_of(made: Policy, year: int, unit: Unit) -> AnswerTable:
    return AnswerTable.of(made, department="desk", first_year=year, last_year=year, unit=unit)


def due(made: Policy, sent: str, step: int = AT) -> str:
    """Return the due of a request sent at a local time, or a microsecond beside it, as local time.

    The table of that year and the timeline say the same, and the deadline is proved.
    """
    at = instant(made, sent) + step * MICROSECOND
    found = compute_deadline(made, at, department="desk")
    answer = table_of(made, found.submitted_at.year, "us").answer((at - EPOCH) // MICROSECOND)
    assert answer is not None
    assert answer.due_at == (found.due_at - EPOCH) // MICROSECOND
    asked = asked_of(Question.of(made, "desk", "ticket", None))
    assert answer == asked.answered((at - EPOCH) // MICROSECOND)[0]
    assert found.verify()
    return f"{found.due_at:%m-%d %H:%M:%S.%f}".removesuffix(".000000").removesuffix(":00")


def instant(made: Policy, text: str) -> datetime:
    """Return a local time of the desk in UTC; one with an offset is what it says."""
    at = datetime.fromisoformat(text)
    return (at if at.tzinfo else at.replace(tzinfo=ZoneInfo(made.timezone))).astimezone(UTC)


def dues(made: Policy, sent: str) -> tuple[str, str, str]:
    """Return the dues just before, at and just after a local time."""
    return due(made, sent, BEFORE), due(made, sent), due(made, sent, AFTER)


# --- The table: Mo-Fr 09:00-17:00, Tuesday 3 March 2026 a holiday, Thursday closes at 12:00 ---

TARGETS = {
    "next day, close": days(1),
    "next day, by 16:00": days(1, "16:00"),
    "cut-off 16:00, the next day": days(1, cutoff="16:00"),
    "cut-off 16:00, the same day": days(0, cutoff="16:00"),
}

# What the four targets give: business days are Mo 2, We 4, Th 5 (until 12:00), Fr 6, Mo 9, Tu 10.
ON_SUNDAY = ("03-02 17:00", "03-02 16:00", "03-04 17:00", "03-02 17:00")  # received on Monday
ON_MONDAY = ("03-04 17:00", "03-04 16:00", "03-04 17:00", "03-02 17:00")
TOO_LATE_ON_MONDAY = ("03-04 17:00", "03-04 16:00", "03-05 12:00", "03-04 17:00")  # on Wednesday
ON_WEDNESDAY = ("03-05 12:00", "03-05 12:00", "03-05 12:00", "03-04 17:00")
TOO_LATE_ON_WEDNESDAY = ("03-05 12:00", "03-05 12:00", "03-06 17:00", "03-05 12:00")
ON_THURSDAY = ("03-06 17:00", "03-06 16:00", "03-06 17:00", "03-05 12:00")
TOO_LATE_ON_THURSDAY = ("03-06 17:00", "03-06 16:00", "03-09 17:00", "03-06 17:00")
ON_FRIDAY = ("03-09 17:00", "03-09 16:00", "03-09 17:00", "03-06 17:00")
ON_THE_WEEKEND = ("03-09 17:00", "03-09 16:00", "03-10 17:00", "03-09 17:00")
ON_NEXT_MONDAY = ("03-10 17:00", "03-10 16:00", "03-10 17:00", "03-09 17:00")

Dues = tuple[str, str, str, str]

ROWS: list[
    tuple[str, Dues, Dues, Dues]
] = [  # when it is sent; the dues just before, at and just after
    ("2026-03-02 00:00", ON_SUNDAY, ON_MONDAY, ON_MONDAY),
    ("2026-03-02 08:00", ON_MONDAY, ON_MONDAY, ON_MONDAY),
    ("2026-03-02 09:00", ON_MONDAY, ON_MONDAY, ON_MONDAY),
    ("2026-03-02 16:00", ON_MONDAY, ON_MONDAY, TOO_LATE_ON_MONDAY),
    ("2026-03-02 16:00:01", TOO_LATE_ON_MONDAY, TOO_LATE_ON_MONDAY, TOO_LATE_ON_MONDAY),
    ("2026-03-02 17:00", TOO_LATE_ON_MONDAY, TOO_LATE_ON_MONDAY, TOO_LATE_ON_MONDAY),
    ("2026-03-02 20:00", TOO_LATE_ON_MONDAY, TOO_LATE_ON_MONDAY, TOO_LATE_ON_MONDAY),
    ("2026-03-03 00:00", TOO_LATE_ON_MONDAY, TOO_LATE_ON_MONDAY, TOO_LATE_ON_MONDAY),
    ("2026-03-03 10:00", TOO_LATE_ON_MONDAY, TOO_LATE_ON_MONDAY, TOO_LATE_ON_MONDAY),  # holiday
    ("2026-03-04 00:00", TOO_LATE_ON_MONDAY, ON_WEDNESDAY, ON_WEDNESDAY),
    ("2026-03-04 09:00", ON_WEDNESDAY, ON_WEDNESDAY, ON_WEDNESDAY),
    ("2026-03-04 16:00", ON_WEDNESDAY, ON_WEDNESDAY, TOO_LATE_ON_WEDNESDAY),
    ("2026-03-05 00:00", TOO_LATE_ON_WEDNESDAY, ON_THURSDAY, ON_THURSDAY),
    ("2026-03-05 12:00", ON_THURSDAY, TOO_LATE_ON_THURSDAY, TOO_LATE_ON_THURSDAY),  # its closing
    ("2026-03-05 12:30", TOO_LATE_ON_THURSDAY, TOO_LATE_ON_THURSDAY, TOO_LATE_ON_THURSDAY),
    ("2026-03-06 00:00", TOO_LATE_ON_THURSDAY, ON_FRIDAY, ON_FRIDAY),
    ("2026-03-06 16:00", ON_FRIDAY, ON_FRIDAY, ON_THE_WEEKEND),
    ("2026-03-07 00:00", ON_THE_WEEKEND, ON_THE_WEEKEND, ON_THE_WEEKEND),
    ("2026-03-07 12:00", ON_THE_WEEKEND, ON_THE_WEEKEND, ON_THE_WEEKEND),
    ("2026-03-08 12:00", ON_THE_WEEKEND, ON_THE_WEEKEND, ON_THE_WEEKEND),
    ("2026-03-09 00:00", ON_THE_WEEKEND, ON_NEXT_MONDAY, ON_NEXT_MONDAY),
]

THURSDAYS = {
    "cut short": day_data("2026-03-05", closed="12:00-24:00"),
    "with hours of its own": day_data("2026-03-05", open="09:00-12:00"),
}


def desk_of_the_table(target: str, thursday: str, zone: str = "UTC") -> Policy:
    special = day_data("2026-03-03"), THURSDAYS[thursday]
    return desk(TARGETS[target], OFFICE, *special, timezone=zone)


@pytest.mark.parametrize("thursday", THURSDAYS)
@pytest.mark.parametrize("target", TARGETS)
def test_every_submission_of_the_table_is_due_when_it_says(target: str, thursday: str) -> None:
    made, place = desk_of_the_table(target, thursday, "America/Toronto"), [*TARGETS].index(target)
    for sent, *expected in ROWS:
        assert tuple(each[place] for each in expected) == dues(made, sent), sent


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("target", TARGETS)
def test_the_table_holds_in_every_unit_before_at_and_after_each_instant(
    target: str, unit: Unit
) -> None:
    made, place = desk_of_the_table(target, "cut short"), [*TARGETS].index(target)
    table, per = table_of(made, 2026, unit), UNITS[unit]
    seconds = [row for row in ROWS if row[0] == "2026-03-02 16:00:01"]  # 16:00 and one unit
    for sent, *expected in [row for row in ROWS if unit != "s" or row not in seconds]:
        at = int((instant(made, sent) - EPOCH).total_seconds()) * per
        for step, dues_of_four in zip((BEFORE, AT, AFTER), expected, strict=True):
            answer = table.answer(at + step)
            assert answer is not None
            assert None is answer.earliest_at
            wanted = instant(made, f"2026-{dues_of_four[place]}")
            assert int((wanted - EPOCH).total_seconds()) * per == answer.due_at, (sent, step)


def test_a_promise_in_days_starts_at_the_next_opening() -> None:
    made = desk(days(1))
    for sent, starts in [
        ("2026-03-02T08:59:59.999999+00:00", "2026-03-02T09:00:00+00:00"),
        ("2026-03-02T09:00:00+00:00", "2026-03-02T09:00:00+00:00"),
        ("2026-03-02T16:59:59.999999+00:00", "2026-03-02T16:59:59.999999+00:00"),
        ("2026-03-02T17:00:00+00:00", "2026-03-03T09:00:00+00:00"),
        ("2026-03-07T12:00:00+00:00", "2026-03-09T09:00:00+00:00"),
    ]:
        found = compute_deadline(made, sent, department="desk")
        assert (starts, None) == (found.starts_at.isoformat(), found.earliest_at)


def test_a_rules_own_hours_say_which_dates_are_business_days_and_when_they_close() -> None:
    # The line is open Mo-Fr 09:00-17:00; the rule is counted on Mo,We,Sa 10:00-12:00.
    rule = {**days(1), "hours": {"schedule": "own"}}
    made = desk(rule, schedules={"hours": OFFICE, "own": "Mo,We,Sa 10:00-12:00"})
    assert ("03-02 12:00", "03-04 12:00", "03-04 12:00") == dues(made, "2026-03-02")
    assert ("03-04 12:00", "03-07 12:00", "03-07 12:00") == dues(made, "2026-03-04")
    cut = {**rule, "cutoff": "11:00", "within": "0 business days"}
    made = desk(cut, schedules={"hours": OFFICE, "own": "Mo,We,Sa 10:00-12:00"})
    assert ("03-02 12:00", "03-02 12:00", "03-04 12:00") == dues(made, "2026-03-02 11:00")


# --- Night shifts belong to the date they start on ---

NIGHTS = "Mo-Fr 22:00-06:00"


def test_a_night_shift_closes_after_midnight() -> None:
    made = desk(days(1), NIGHTS)
    # Sent on Sunday: Monday's shift. Sent on Monday: Tuesday's. On Friday to Sunday: Monday's.
    assert ("03-03 06:00", "03-04 06:00", "03-04 06:00") == dues(made, "2026-03-02")
    assert ("03-07 06:00", "03-10 06:00", "03-10 06:00") == dues(made, "2026-03-06")
    assert "03-10 06:00" == due(made, "2026-03-07 05:00")  # while Friday's shift goes on


def test_a_request_in_the_small_hours_is_received_on_the_date_that_has_begun() -> None:
    made = desk(days(0, cutoff="23:00"), NIGHTS)
    assert ("03-03 06:00", "03-03 06:00", "03-04 06:00") == dues(made, "2026-03-02 23:00")
    # Tuesday 05:00 lies in Monday's shift, and on Tuesday, which has a shift of its own.
    assert ("03-04 06:00",) * 3 == dues(made, "2026-03-03 05:00")
    # Saturday 05:00 lies in Friday's shift; Saturday has none, so it is received on Monday.
    assert ("03-10 06:00",) * 3 == dues(made, "2026-03-07 05:00")


def test_the_eves_shift_is_open_time_of_the_date_that_it_runs_into() -> None:
    made = desk(days(1, "05:00"), NIGHTS)
    # Monday has no open time before 05:00, Tuesday has: of Monday's shift.
    assert ("03-03 05:00", "03-03 05:00", "03-03 05:00") == dues(made, "2026-03-02")
    assert ("03-03 05:00", "03-04 05:00", "03-04 05:00") == dues(made, "2026-03-03")
    # 07:00 lies behind the shift's end.
    assert "03-03 06:00" == due(desk(days(1, "07:00"), NIGHTS), "2026-03-02 12:00")


def test_a_clock_time_ends_a_night_shift_before_midnight() -> None:
    assert "03-03 23:00" == due(desk(days(1, "23:00"), NIGHTS), "2026-03-02 12:00")
    assert "03-04 00:00" == due(desk(days(1, "24:00"), NIGHTS), "2026-03-02 12:00")


# --- Around the clock, and the ends of a date ---


def test_around_the_clock_a_date_closes_at_its_midnight() -> None:
    made = desk(days(1), "24/7")
    assert ("03-03 00:00", "03-04 00:00", "03-04 00:00") == dues(made, "2026-03-02")


def test_a_cutoff_at_24_00_leaves_a_request_to_its_whole_date() -> None:
    made = desk(days(0, cutoff="24:00"), "24/7")
    assert ("03-03 00:00", "03-04 00:00", "03-04 00:00") == dues(made, "2026-03-03")
    # Monday's shift goes on, but what is sent at Tuesday 00:00 is Tuesday's.
    made = desk(days(0, cutoff="24:00"), NIGHTS)
    assert ("03-03 06:00", "03-04 06:00", "03-04 06:00") == dues(made, "2026-03-03")


def test_a_cutoff_at_24_00_ends_with_the_dates_closing() -> None:
    made = desk(days(0, cutoff="24:00"), "Mo-Fr 09:00-17:00; Sa 09:00-24:00")
    assert ("03-02 17:00", "03-03 17:00", "03-03 17:00") == dues(made, "2026-03-02 17:00")
    assert ("03-08 00:00", "03-09 17:00", "03-09 17:00") == dues(made, "2026-03-08 00:00")


@pytest.mark.parametrize(("hours", "closes"), [(OFFICE, "17:00"), ("Mo-Fr 00:00-17:00", "17:00")])
def test_a_cutoff_at_midnight_receives_what_is_sent_at_midnight(hours: str, closes: str) -> None:
    made = desk(days(0, cutoff="00:00"), hours)
    # Sunday's goes to Monday, and so does that of Monday's first instant.
    expected = (f"03-02 {closes}", f"03-02 {closes}", f"03-03 {closes}")
    assert expected == dues(made, "2026-03-02")


# --- `by` that falls outside the hours ---


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("08:00:01", "03-03 08:00:01"),
        ("11:59:59", "03-03 11:59:59"),
        ("12:00", "03-03 12:00"),
        ("12:00:01", "03-03 12:00"),
        ("13:00", "03-03 12:00"),
        ("13:00:01", "03-03 13:00:01"),
        ("16:59:59", "03-03 16:59:59"),
        ("17:00", "03-03 17:00"),
        ("17:00:01", "03-03 17:00"),
        ("24:00", "03-03 17:00"),
    ],
)
def test_a_clock_time_in_a_break_or_after_hours_is_the_closing_before_it(
    by: str, expected: str
) -> None:
    hours = "Mo-Fr 08:00-12:00,13:00-17:00; Sa 08:00-24:00"  # on Saturdays later
    assert expected == due(desk(days(1, by), hours), "2026-03-02 10:00")


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("12:59:59", "03-04 12:59:59"),  # Tuesday opens later, so Wednesday is taken
        ("13:00", "03-04 13:00"),
        ("13:00:01", "03-03 13:00:01"),
    ],
)
def test_a_date_that_opens_only_after_the_clock_time_gives_the_next_ones_due(
    by: str, expected: str
) -> None:
    hours = "Mo,We-Fr 09:00-17:00; Tu 13:00-17:00"
    assert expected == due(desk(days(1, by), hours), "2026-03-02 10:00")


def test_two_days_may_share_a_due_when_the_first_opens_too_late() -> None:
    hours = "Mo,We-Fr 09:00-17:00; Tu 13:00-17:00"
    made = [desk(days(count, "12:00"), hours) for count in (1, 2, 3)]
    assert ["03-04 12:00", "03-04 12:00", "03-05 12:00"] == [
        due(each, "2026-03-02 10:00") for each in made
    ]


def test_a_request_sent_in_the_break_that_holds_the_clock_time_is_due_at_once() -> None:
    # Today's due is the closing at 12:00, and no due is before its submission.
    made = desk(days(0, "12:45", "12:30"), "Mo-Fr 09:00-12:00,13:00-17:00")
    assert ("03-02 12:00", "03-02 12:00", "03-02 12:00:00.000001") == dues(made, "2026-03-02 12:00")
    assert ("03-02 12:29:59.999999", "03-02 12:30", "03-03 12:00") == dues(made, "2026-03-02 12:30")


def test_the_clock_time_may_be_the_cutoff_itself() -> None:
    made = desk(days(0, "16:00", "16:00"))
    assert ("03-02 16:00", "03-02 16:00", "03-03 16:00") == dues(made, "2026-03-02 16:00")


# --- Special dates ---


def test_a_date_that_works_as_another_is_a_business_day_if_that_one_has_hours() -> None:
    saturday = day_data("2026-03-07", works_as="Mo")
    assert "03-07 17:00" == due(desk(days(1), OFFICE, saturday), "2026-03-06 10:00")
    monday = day_data("2026-03-09", works_as="Su")
    assert "03-10 17:00" == due(desk(days(1), OFFICE, monday), "2026-03-06 10:00")


def test_a_date_that_is_open_at_no_instant_is_no_business_day() -> None:
    closed = day_data("2026-03-03", closed="08:00-18:00")  # in part, yet over all its hours
    assert "03-04 17:00" == due(desk(days(1), OFFICE, closed), "2026-03-02 10:00")
    all_but_a_second = day_data("2026-03-03", closed="08:00-16:59:59")
    assert "03-03 17:00" == due(desk(days(1), OFFICE, all_but_a_second), "2026-03-02 10:00")


def test_a_closed_night_shift_takes_its_own_date_and_not_the_next() -> None:
    # Tuesday 3 March is a holiday from midnight to midnight: its shift keeps 00:00-06:00 of
    # Wednesday, but is open at no instant of Tuesday.
    made = desk(days(1), NIGHTS, day_data("2026-03-03"))
    assert ("03-03 00:00", "03-05 06:00", "03-05 06:00") == dues(made, "2026-03-02")


def test_no_due_is_before_an_earlier_days() -> None:
    # Monday's shift runs to Tuesday 12:00, and Tuesday's own hours end at 09:00.
    special = (
        day_data("2026-03-02", open="22:00-36:00"),
        day_data("2026-03-03", open="08:00-09:00"),
    )
    made = desk(days(1), OFFICE, *special)
    assert ("03-03 12:00", "03-03 12:00", "03-03 12:00") == dues(made, "2026-03-02")
    assert ("03-03 12:00", "03-04 17:00", "03-04 17:00") == dues(made, "2026-03-03")


def test_five_business_days_over_christmas() -> None:
    # Sent on We 23: Th 24 (until 12:00), Tu 29, We 30, Th 31, Mo 4 January 2027.
    special = (
        day_data("2026-12-24", name="Christmas Eve", closed="12:00-24:00"),
        day_data("2026-12-25", name="Christmas"),
        day_data("2026-12-28", name="Boxing Day"),
        day_data("2027-01-01", name="New Year"),
    )
    made = desk(days(5), OFFICE, *special)
    assert "01-04 17:00" == due(made, "2026-12-23 10:00")
    found = compute_deadline(made, "2026-12-23T10:00:00+00:00", department="desk")
    assert ["2026-12-24", "2026-12-29", "2026-12-30", "2026-12-31", "2027-01-04"] == counted(found)
    dues_of_counts = [due(desk(days(n), OFFICE, *special), "2026-12-23 10:00") for n in range(1, 5)]
    assert ["12-24 12:00", "12-29 17:00", "12-30 17:00", "12-31 17:00"] == dues_of_counts


def counted(found: Deadline) -> list[str]:
    """Return the dates that a deadline counts."""
    return [str(step.reasons[0].date) for step in found.steps if step.counted]


# --- Clock changes ---


def test_a_date_that_the_clock_skips_is_no_business_day() -> None:
    # In Apia Thursday 29 December 2011 (-10) was followed by Saturday 31 December (+14).
    every_day = desk(days(1), "Mo-Su 09:00-17:00", timezone="Pacific/Apia")
    assert ("12-29 17:00", "12-31 17:00", "12-31 17:00") == dues(every_day, "2011-12-29")
    assert ("12-31 17:00", "01-01 17:00", "01-01 17:00") == dues(every_day, "2011-12-31")
    weekdays = desk(days(1), OFFICE, timezone="Pacific/Apia")
    assert "01-02 17:00" == due(weekdays, "2011-12-29 10:00")


def test_a_closing_on_a_skipped_date_comes_at_the_jump() -> None:
    made = desk(days(0, cutoff="23:00"), "Th,Sa 22:00-06:00", timezone="Pacific/Apia")
    assert "12-31 00:00" == due(made, "2011-12-29 22:30")
    found = compute_deadline(made, "2011-12-29T22:30:00-10:00", department="desk")
    assert "2011-12-30T10:00:00+00:00" == found.due_at.astimezone(UTC).isoformat()


NEW_YORK = "America/New_York"


@pytest.mark.parametrize(
    ("rule", "hours"),
    [(days(1), "Mo-Su 01:00-02:30"), (days(1, "02:30"), "Mo-Su 01:00-05:00")],
)
def test_an_end_that_the_clock_jumps_over_comes_at_the_jump(
    rule: dict[str, Any], hours: str
) -> None:
    # On Sunday 8 March 2026 New York's clocks go from 02:00 EST to 03:00 EDT, at 07:00 UTC.
    made = desk(rule, hours, timezone=NEW_YORK)
    assert ("03-07 02:30", "03-08 03:00", "03-08 03:00") == dues(made, "2026-03-07")
    found = compute_deadline(made, "2026-03-07T12:00:00-05:00", department="desk")
    assert "2026-03-08T07:00:00+00:00" == found.due_at.astimezone(UTC).isoformat()


def test_a_date_whose_hours_the_clock_jumps_over_is_no_business_day() -> None:
    made = desk(days(1), "Su 02:00-03:00; Mo 09:00-17:00", timezone=NEW_YORK)
    assert "03-09 17:00" == due(made, "2026-03-07 12:00")
    assert "03-15 03:00" == due(made, "2026-03-14 12:00")  # any other Sunday is


@pytest.mark.parametrize(
    ("rule", "hours"),
    [(days(1), "Mo-Su 00:00-01:30"), (days(1, "01:30"), "Mo-Su 00:00-05:00")],
)
def test_an_end_that_comes_twice_counts_the_first_time(rule: dict[str, Any], hours: str) -> None:
    # On Sunday 1 November 2026 they go from 02:00 EDT back to 01:00 EST, at 06:00 UTC.
    made = desk(rule, hours, timezone=NEW_YORK)
    found = compute_deadline(made, "2026-10-31T12:00:00-04:00", department="desk")
    assert "2026-11-01T05:30:00+00:00" == found.due_at.astimezone(UTC).isoformat()
    assert found.verify()


def test_a_cutoff_that_comes_twice_is_over_after_the_first_time() -> None:
    made = desk(days(0, cutoff="01:30"), "Mo-Su 00:00-05:00", timezone=NEW_YORK)
    assert ("11-01 05:00", "11-01 05:00", "11-02 05:00") == dues(made, "2026-11-01T01:30-04:00")
    assert "11-02 05:00" == due(made, "2026-11-01T01:15-05:00")  # 01:15 for the second time


def test_a_cutoff_that_the_clock_jumps_over_is_at_the_jump() -> None:
    made = desk(days(0, cutoff="02:30"), "Mo-Su 00:00-05:00", timezone=NEW_YORK)
    assert ("03-08 05:00", "03-08 05:00", "03-09 05:00") == dues(made, "2026-03-08T03:00-04:00")


# --- The ends of the year and of what is known ---


def test_a_night_shift_of_new_years_eve_closes_in_the_next_year() -> None:
    made = desk(days(1), "Mo-Su 22:00-06:00", day_data("2026-05-05"))
    assert ("12-31 06:00", "01-01 06:00", "01-01 06:00") == dues(made, "2026-12-30")
    assert ("01-01 06:00", "01-02 06:00", "01-02 06:00") == dues(made, "2026-12-31")
    assert ("01-02 06:00", "01-03 06:00", "01-03 06:00") == dues(made, "2027-01-01")


@pytest.mark.parametrize("years", [[2026, 2027], [2027, 2028]])
def test_the_eves_shift_is_open_on_new_years_day_also_in_the_first_covered_year(
    years: list[int],
) -> None:
    rule = days(0, "05:00", "04:00")
    made = desk(rule, "Mo-Su 22:00-06:00", day_data("2027-05-05"), years=years)
    assert ("01-01 05:00", "01-01 05:00", "01-02 05:00") == dues(made, "2027-01-01 04:00")


def test_a_shift_of_the_eve_holds_back_the_due_of_new_years_day() -> None:
    # Of 31 December 22:00 until 1 January 12:00; New Year's own hours end at 09:00.
    special = (
        day_data("2026-12-31", open="22:00-36:00"),
        day_data("2027-01-01", open="08:00-09:00"),
    )
    made = desk(days(0, cutoff="08:00"), OFFICE, *special)
    assert ("01-01 12:00", "01-01 12:00", "01-04 17:00") == dues(made, "2027-01-01 08:00")


def test_a_due_in_the_last_covered_year_is_known_and_one_past_it_is_refused() -> None:
    # Thursday 31 December 2026 is the last business day that the calendar knows.
    made = desk(days(1), OFFICE, day_data("2026-05-05"), years=[2026, 2026])
    assert "12-31 17:00" == due(made, "2026-12-31", BEFORE)
    for step in (AT, AFTER):
        assert_not_known(made, "2026-12-31", step)


def test_a_last_day_that_closes_past_the_covered_years_is_refused() -> None:
    special = day_data("2026-05-05")
    made = desk(days(1), "Mo-Su 22:00-06:00", special, years=[2026, 2026])
    assert "12-31 06:00" == due(made, "2026-12-30", BEFORE)
    for step in (AT, AFTER):
        assert_not_known(made, "2026-12-30", step)


def test_a_last_day_that_closes_with_the_covered_years_is_known() -> None:
    made = desk(days(1), "24/7", day_data("2026-05-05"), years=[2026, 2026])
    assert "01-01 00:00" == due(made, "2026-12-31", BEFORE)
    assert_not_known(made, "2026-12-31", AT)


def assert_not_known(made: Policy, sent: str, step: int) -> None:
    at = instant(made, sent) + step * MICROSECOND
    with pytest.raises(YearsNotCoveredError, match="year 2027 or beyond, .* of calendar 'known'"):
        compute_deadline(made, at, department="desk")
    assert None is table_of(made, 2026, "us").answer((at - EPOCH) // MICROSECOND)
