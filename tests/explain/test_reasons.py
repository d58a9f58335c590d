"""The steps of a deadline: worked by hand, and the laws that they tile the way and add up."""

from __future__ import annotations

import copy
import pickle
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

import oracle
from builders import calendar_data, day_data, rule_data, special_day, when
from in_oracle_words import desk_of, utc, years_around
from questions import AZDIGI, NEW_YORK, ask, deadlines, line, relaxed
from support_sla import Deadline, Policy, Reason, Step, compute_deadline
from support_sla.explain import reasons
from support_sla.explain.steps import ReasonKind

MICROSECOND = timedelta(microseconds=1)


def told(deadline: Deadline) -> list[tuple[str, str, bool, list[str]]]:
    """Return the steps as (start, end, counted, what each reason says), short enough to compare."""
    return [
        (
            f"{step.start:%d %H:%M}",
            f"{step.end:%d %H:%M}",
            step.counted,
            [_said(reason) for reason in step.reasons],
        )
        for step in deadline.steps
    ]


def _said(reason: Reason) -> str:
    about = reason.day.name if reason.day else reason.date or reason.change or ""
    return f"{reason.kind} {about}".strip()


# --- Outside the hours of a date: Monday is 2 March 2026, Mo-Fr 08:00-17:00 ---


def test_a_target_over_a_night_is_counted_before_and_after_it() -> None:
    assert [
        ("02 16:30", "02 17:00", True, ["business_hours"]),
        ("02 17:00", "03 08:00", False, ["night"]),
        ("03 08:00", "03 08:30", True, ["business_hours"]),
    ] == told(ask(line(), "2026-03-02T16:30"))


def test_a_target_over_lunch_is_counted_before_and_after_the_break() -> None:
    assert [
        ("02 11:30", "02 12:00", True, ["business_hours"]),
        ("02 12:00", "02 13:00", False, ["break"]),
        ("02 13:00", "02 13:30", True, ["business_hours"]),
    ] == told(ask(line(hours="Mo-Fr 08:00-12:00,13:00-17:00"), "2026-03-02T11:30"))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("02T07:59:59.999999", "night"),
        ("02T08:00:00", "business_hours"),
        ("02T11:59:59.999999", "business_hours"),
        ("02T12:00:00", "break"),
        ("02T12:30:00", "break"),
        ("02T12:59:59.999999", "break"),
        ("02T13:00:00", "business_hours"),
        ("02T16:59:59.999999", "business_hours"),
        ("02T17:00:00", "night"),
        ("06T11:59:59.999999", "business_hours"),
        ("06T12:00:00", "night"),  # Friday does not open again
        ("07T00:00:00", "weekday 2026-03-07"),
    ],
)
def test_the_first_step_says_what_a_submission_falls_into(text: str, kind: str) -> None:
    made = line(hours="Mo-Th 08:00-12:00,13:00-17:00; Fr 08:00-12:00")
    assert kind == _said(ask(made, f"2026-03-{text}").steps[0].reasons[0])


def test_a_day_between_two_night_shifts_is_a_break_of_its_date() -> None:
    # Tuesday opens until 06:00, for Monday's shift, and again at 22:00.
    assert [
        ("03 05:30", "03 06:00", True, ["business_hours"]),
        ("03 06:00", "03 22:00", False, ["break"]),
        ("03 22:00", "03 22:30", True, ["business_hours"]),
    ] == told(ask(line(hours="22:00-06:00"), "2026-03-03T05:30"))


def test_a_break_over_midnight_is_a_night() -> None:
    assert [
        ("02 21:30", "02 22:00", True, ["business_hours"]),
        ("02 22:00", "03 02:00", False, ["night"]),
        ("03 02:00", "03 02:30", True, ["business_hours"]),
    ] == told(ask(line(hours="Mo-Fr 02:00-22:00"), "2026-03-02T21:30"))


# --- Dates that do not open ---


def test_a_weekday_without_hours_is_a_step_of_its_own() -> None:
    assert [
        ("02 16:30", "02 17:00", True, ["business_hours"]),
        ("02 17:00", "03 00:00", False, ["night"]),
        ("03 00:00", "04 00:00", False, ["weekday 2026-03-03"]),
        ("04 00:00", "04 08:00", False, ["night"]),
        ("04 08:00", "04 08:30", True, ["business_hours"]),
    ] == told(ask(line(hours="Mo,We 08:00-17:00"), "2026-03-02T16:30"))


def test_each_day_of_a_weekend_is_a_step() -> None:
    assert [
        ("06 16:30", "06 17:00", True, ["business_hours"]),
        ("06 17:00", "07 00:00", False, ["night"]),
        ("07 00:00", "08 00:00", False, ["weekday 2026-03-07"]),
        ("08 00:00", "09 00:00", False, ["weekday 2026-03-08"]),
        ("09 00:00", "09 08:00", False, ["night"]),
        ("09 08:00", "09 08:30", True, ["business_hours"]),
    ] == told(ask(line(), "2026-03-06T16:30"))


def test_a_holiday_on_a_weekday_without_hours_says_both() -> None:
    made = line(known=[day_data("2026-03-08", name="Women's Day")])
    assert [
        ("07 12:00", "08 00:00", False, ["weekday 2026-03-07"]),
        ("08 00:00", "09 00:00", False, ["weekday 2026-03-08", "holiday Women's Day"]),
        ("09 00:00", "09 08:00", False, ["night"]),
        ("09 08:00", "09 09:00", True, ["business_hours"]),
    ] == told(ask(made, "2026-03-07T12:00"))


def test_a_holiday_of_two_calendars_says_both_in_the_order_observed() -> None:
    made = line(
        calendars={
            "two": calendar_data(day_data("2026-03-03", name="Outing")),
            "one": calendar_data(day_data("2026-03-03", name="Fair")),
        }
    )
    step = ask(made, "2026-03-03T00:00").steps[0]
    assert [("holiday", "Outing", "two"), ("holiday", "Fair", "one")] == [
        (reason.kind, reason.day and reason.day.name, reason.calendar) for reason in step.reasons
    ]


def test_a_partial_closure_of_a_date_without_hours_is_not_what_closes_it() -> None:
    made = line(known=[day_data("2026-03-07", closed="12:00-14:00")])
    assert ["weekday 2026-03-07"] == [
        _said(reason) for reason in ask(made, "2026-03-07T00:00").steps[0].reasons
    ]


def test_every_step_over_tet_is_named_with_its_source() -> None:
    deadline = ask(AZDIGI, "2026-02-14T16:30", department="billing")
    assert [
        ("14 16:30", "14 17:00", True, ["business_hours"]),
        ("14 17:00", "15 00:00", False, ["night"]),
        ("15 00:00", "16 00:00", False, ["weekday 2026-02-15"]),
        ("16 00:00", "17 00:00", False, ["holiday Giao thừa Tết Nguyên Đán"]),
        ("17 00:00", "18 00:00", False, ["holiday Tết Nguyên Đán"]),
        ("18 00:00", "19 00:00", False, ["holiday Mùng hai Tết Nguyên Đán"]),
        ("19 00:00", "20 00:00", False, ["holiday Mùng ba Tết Nguyên Đán"]),
        ("20 00:00", "21 00:00", False, ["holiday Mùng bốn Tết Nguyên Đán"]),
        ("21 00:00", "21 08:00", False, ["night"]),
        ("21 08:00", "21 08:30", True, ["business_hours"]),
    ] == told(deadline)
    for step in deadline.steps[3:8]:
        (reason,) = step.reasons
        assert reason.day is not None
        assert reason.day.source is not None
        assert (reason.calendar, step.start.date()) == ("public_holidays", reason.day.date)
        assert "python-holidays" == reason.day.source.split(" ")[0]


# --- Closures in part ---


def test_a_partial_closure_stops_the_clock_for_as_long_as_it_lasts() -> None:
    made = line(known=[day_data("2026-03-02", name="Stocktaking", closed="12:00-14:00")])
    assert [
        ("02 11:30", "02 12:00", True, ["business_hours"]),
        ("02 12:00", "02 14:00", False, ["closure Stocktaking"]),
        ("02 14:00", "02 14:30", True, ["business_hours"]),
    ] == told(ask(made, "2026-03-02T11:30"))


def test_a_partial_closure_over_closing_time_closes_only_what_was_open() -> None:
    made = line(known=[day_data("2026-03-02", name="Stocktaking", closed="15:00-20:00")])
    assert [
        ("02 14:30", "02 15:00", True, ["business_hours"]),
        ("02 15:00", "02 17:00", False, ["closure Stocktaking"]),
        ("02 17:00", "03 08:00", False, ["night"]),
        ("03 08:00", "03 08:30", True, ["business_hours"]),
    ] == told(ask(made, "2026-03-02T14:30"))


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("2026-03-04T01:00", [("04 01:00", "04 06:00", False, ["closure Move"])]),
        (
            "2026-03-03T22:00",
            [
                ("03 22:00", "04 00:00", False, ["closure Move"]),
                ("04 00:00", "04 06:00", False, ["closure Move"]),
            ],
        ),
    ],
)
def test_a_partial_closure_past_midnight_is_a_step_of_each_of_its_dates(
    text: str, first: list[tuple[Any, ...]]
) -> None:
    made = line(hours="24/7", known=[day_data("2026-03-03", name="Move", closed="22:00-30:00")])
    assert [*first, ("04 06:00", "04 07:00", True, ["business_hours"])] == told(ask(made, text))
    explained = ask(made, text).explain()
    assert "4 March 2026 (Move)" in explained


def test_two_closures_at_once_are_both_named_while_both_hold() -> None:
    made = line(
        calendars={
            "one": calendar_data(day_data("2026-03-02", name="Fair", closed="10:00-13:00")),
            "two": calendar_data(day_data("2026-03-02", name="Move", closed="12:00-14:00")),
        }
    )
    assert [
        ("02 10:00", "02 12:00", False, ["closure Fair"]),
        ("02 12:00", "02 13:00", False, ["closure Fair", "closure Move"]),
        ("02 13:00", "02 14:00", False, ["closure Move"]),
        ("02 14:00", "02 15:00", True, ["business_hours"]),
    ] == told(ask(made, "2026-03-02T10:00"))


def test_a_night_shift_stops_at_the_midnight_of_a_holiday() -> None:
    # And the shift that would have begun on the holiday's evening is at work from the next one.
    made = line(hours="22:00-06:00", known=[day_data("2026-03-04", name="Holiday")])
    assert [
        ("03 23:30", "04 00:00", True, ["business_hours"]),
        ("04 00:00", "05 00:00", False, ["holiday Holiday"]),
        ("05 00:00", "05 00:30", True, ["business_hours"]),
    ] == told(ask(made, "2026-03-03T23:30"))


def test_a_closure_inside_a_holiday_leaves_the_holiday_as_the_reason() -> None:
    made = line(
        calendars={
            "one": calendar_data(day_data("2026-03-03", name="Move", closed="10:00-13:00")),
            "two": calendar_data(day_data("2026-03-03", name="Holiday")),
        }
    )
    assert [
        ("03 00:00", "04 00:00", False, ["holiday Holiday"]),
        ("04 00:00", "04 08:00", False, ["night"]),
        ("04 08:00", "04 09:00", True, ["business_hours"]),
    ] == told(ask(made, "2026-03-03T00:00"))


# --- Days with hours of their own ---


def test_a_special_opening_is_counted_and_named_and_so_is_the_time_around_it() -> None:
    made = line(
        rule_data(within="3h"),
        known=[day_data("2026-03-07", name="Sale", open="09:00-11:00")],
    )
    assert [
        ("06 16:30", "06 17:00", True, ["business_hours"]),
        ("06 17:00", "07 00:00", False, ["night"]),
        ("07 00:00", "07 09:00", False, ["special_hours Sale"]),
        ("07 09:00", "07 11:00", True, ["special_opening Sale"]),
        ("07 11:00", "08 00:00", False, ["special_hours Sale"]),
        ("08 00:00", "09 00:00", False, ["weekday 2026-03-08"]),
        ("09 00:00", "09 08:00", False, ["night"]),
        ("09 08:00", "09 08:30", True, ["business_hours"]),
    ] == told(ask(made, "2026-03-06T16:30"))


def test_a_day_that_works_as_another_is_named_while_it_is_counted() -> None:
    made = line(known=[day_data("2026-03-07", name="Swap", works_as="Mo")])
    assert [
        ("07 07:00", "07 08:00", False, ["special_hours Swap"]),
        ("07 08:00", "07 09:00", True, ["special_opening Swap"]),
    ] == told(ask(made, "2026-03-07T07:00"))


def test_a_closure_inside_special_hours_is_the_reason_there_also_on_a_holiday() -> None:
    made = line(
        calendars={
            "one": calendar_data(day_data("2026-03-07", name="Sale", open="09:00-12:00")),
            "two": calendar_data(day_data("2026-03-07", name="Move", closed="10:00-11:00")),
            "three": calendar_data(day_data("2026-03-07", name="Holiday")),
        }
    )
    assert [
        ("07 09:30", "07 10:00", True, ["special_opening Sale"]),
        ("07 10:00", "07 11:00", False, ["closure Move"]),
        ("07 11:00", "07 11:30", True, ["special_opening Sale"]),
    ] == told(ask(made, "2026-03-07T09:30"))


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("2026-03-04T23:30", [("04 23:30", "05 00:30", True, ["special_opening Late"])]),
        ("2026-03-05T00:00", [("05 00:00", "05 01:00", True, ["special_opening Late"])]),
        ("2026-03-05T00:30", [("05 00:30", "05 01:30", True, ["special_opening Late"])]),
        (
            "2026-03-05T01:30",
            [
                ("05 01:30", "05 02:00", True, ["special_opening Late"]),
                ("05 02:00", "05 08:00", False, ["break"]),
                ("05 08:00", "05 08:30", True, ["business_hours"]),
            ],
        ),
    ],
)
def test_a_special_opening_past_midnight_is_the_eves(text: str, steps: list[Any]) -> None:
    made = line(known=[day_data("2026-03-04", name="Late", open="20:00-26:00")])
    assert steps == told(ask(made, text))


def test_special_hours_that_join_the_weeks_are_a_step_of_their_own() -> None:
    # Tuesday's night shift ends at 06:00 on Wednesday, and there the special hours begin.
    made = line(
        rule_data(within="10h"),
        hours="Tu 22:00-06:00; Fr 08:00-17:00",
        known=[day_data("2026-03-04", name="Early", open="06:00-12:00")],
    )
    assert [
        ("03 23:00", "04 06:00", True, ["business_hours"]),
        ("04 06:00", "04 09:00", True, ["special_opening Early"]),
    ] == told(ask(made, "2026-03-03T23:00"))


def test_a_special_day_of_a_desk_that_never_closes_is_a_step_of_its_own() -> None:
    made = line(
        rule_data(within="26h"),
        hours="24/7",
        known=[day_data("2026-03-04", name="All hands", open="00:00-24:00")],
    )
    assert [
        ("03 23:00", "04 00:00", True, ["business_hours"]),
        ("04 00:00", "05 00:00", True, ["special_opening All hands"]),
        ("05 00:00", "05 01:00", True, ["business_hours"]),
    ] == told(ask(made, "2026-03-03T23:00"))


# --- Targets of other kinds ---


def test_calendar_time_is_one_step_whatever_the_hours() -> None:
    deadline = ask(AZDIGI, "2026-02-15T22:10", department="technical")
    assert [("15 22:10", "16 10:10", True, ["calendar_time"])] == told(deadline)


@pytest.mark.parametrize("counted_in", ["business_time", "calendar_time"])
@pytest.mark.parametrize(("within", "count"), [("0m", 0), ("0.000001s", 1), ("1h", 1)])
def test_only_a_target_of_zero_has_no_steps(counted_in: str, within: str, count: int) -> None:
    made = line(rule_data(within=within, counted_in=counted_in))
    assert count == len(ask(made, "2026-03-02T09:00").steps)


def test_in_order_begins_with_the_wait_for_the_request_whose_answer_is_shared() -> None:
    # Sunday is 1 March. By its own rule: 1 hour on Sunday, 9 on Monday, 2 on Tuesday.
    made = line(
        when("Su", name="relaxed", within="12h"),
        rule_data(name="usual", within="3h"),
        hours="Mo-Su 08:00-17:00",
        crossing="in_order",
    )
    deadline = ask(made, "2026-03-01T16:00")
    assert [
        ("01 16:00", "02 00:00", False, ["later_request"]),
        ("02 00:00", "02 08:00", False, ["night"]),
        ("02 08:00", "02 11:00", True, ["business_hours"]),
    ] == told(deadline)
    assert ("usual", timedelta(hours=3)) == (deadline.target.name, deadline.target.within)


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("2026-03-01T15:00", [("01 15:00", "02 03:00", True, ["calendar_time"])]),
        (
            "2026-03-01T15:01",
            [
                ("01 15:01", "02 00:00", False, ["later_request"]),
                ("02 00:00", "02 03:00", True, ["calendar_time"]),
            ],
        ),
        ("2026-03-02T00:00", [("02 00:00", "02 03:00", True, ["calendar_time"])]),
    ],
)
def test_in_order_waits_only_where_a_later_request_is_due_earlier(
    text: str, steps: list[Any]
) -> None:
    assert steps == told(ask(relaxed("in_order"), text))


def test_in_order_with_a_later_target_of_zero_is_all_waiting() -> None:
    made = line(
        when("Su", within="12h", counted_in="calendar_time"),
        rule_data(within="0m", counted_in="calendar_time"),
        hours="24/7",
        crossing="in_order",
    )
    assert [("01 22:00", "02 00:00", False, ["later_request"])] == told(
        ask(made, "2026-03-01T22:00")
    )


def test_overlap_counts_by_the_rule_that_gave_the_answer() -> None:
    assert [("28 22:00", "01 10:00", True, ["calendar_time"])] == told(
        ask(relaxed("overlap"), "2026-02-28T22:00")
    )


# --- Clock changes: a step of no time where they come, and steps as long as they really were ---


def changing(zone: str, hours: str, **changes: Any) -> Policy:
    return line(rule_data(**{"within": "2h", **changes}), hours=hours, timezone=zone)


@pytest.mark.parametrize(
    ("counted_in", "kind"),
    [("business_time", "business_hours"), ("calendar_time", "calendar_time")],
)
def test_clocks_that_go_forward_cut_a_counted_step(counted_in: str, kind: str) -> None:
    # 01:00 EST is 06:00 UTC; two hours on it is 08:00 UTC, 04:00 EDT.
    made = changing(NEW_YORK, "24/7", counted_in=counted_in)
    assert [
        ("08 01:00", "08 03:00", True, [kind]),
        ("08 03:00", "08 03:00", False, ["clock_forward 1:00:00"]),
        ("08 03:00", "08 04:00", True, [kind]),
    ] == told(ask(made, "2026-03-08T01:00-05:00"))


@pytest.mark.parametrize(
    ("counted_in", "kind"),
    [("business_time", "business_hours"), ("calendar_time", "calendar_time")],
)
def test_clocks_that_go_back_cut_a_counted_step(counted_in: str, kind: str) -> None:
    # 00:30 EDT is 04:30 UTC; two hours on it is 06:30 UTC, 01:30 EST, the second 01:30.
    made = changing(NEW_YORK, "24/7", counted_in=counted_in)
    deadline = ask(made, "2026-11-01T00:30-04:00")
    assert [
        ("01 00:30", "01 01:00", True, [kind]),
        ("01 01:00", "01 01:00", False, ["clock_back -1 day, 23:00:00"]),
        ("01 01:00", "01 01:30", True, [kind]),
    ] == told(deadline)
    assert [1.5, 0.0, 0.5] == [step.duration.total_seconds() / 3600 for step in deadline.steps]


def test_clocks_that_go_forward_cut_a_night() -> None:
    made = changing(NEW_YORK, "Mo-Su 09:00-17:00")
    deadline = ask(made, "2026-03-07T16:00-05:00")
    assert [
        ("07 16:00", "07 17:00", True, ["business_hours"]),
        ("07 17:00", "08 03:00", False, ["night"]),
        ("08 03:00", "08 03:00", False, ["clock_forward 1:00:00"]),
        ("08 03:00", "08 09:00", False, ["night"]),
        ("08 09:00", "08 10:00", True, ["business_hours"]),
    ] == told(deadline)
    assert timedelta(hours=9) == deadline.steps[1].duration  # 22:00 UTC to 07:00 UTC


def test_a_change_at_the_midnight_between_two_steps_stands_between_them() -> None:
    # Cairo: 2026-04-23 ends at 22:00 UTC, and Friday the 24th begins at 01:00.
    made = changing("Africa/Cairo", "We-Th 09:00-17:00; Sa 09:00-17:00")
    assert [
        ("23 16:00", "23 17:00", True, ["business_hours"]),
        ("23 17:00", "24 01:00", False, ["night"]),
        ("24 01:00", "24 01:00", False, ["clock_forward 1:00:00"]),
        ("24 01:00", "25 00:00", False, ["weekday 2026-04-24"]),
        ("25 00:00", "25 09:00", False, ["night"]),
        ("25 09:00", "25 10:00", True, ["business_hours"]),
    ] == told(ask(made, "2026-04-23T16:00+02:00"))


def test_a_midnight_that_comes_after_the_clocks_went_back_ends_a_long_date() -> None:
    # Cairo: at 24:00 of 2026-10-29, 21:00 UTC, the clocks go back to 23:00.
    made = changing("Africa/Cairo", "Th 09:00-17:00; Sa 09:00-17:00")
    assert [
        ("29 17:00", "29 23:00", False, ["night"]),
        ("29 23:00", "29 23:00", False, ["clock_back -1 day, 23:00:00"]),
        ("29 23:00", "30 00:00", False, ["night"]),
        ("30 00:00", "31 00:00", False, ["weekday 2026-10-30"]),
        ("31 00:00", "31 09:00", False, ["night"]),
        ("31 09:00", "31 11:00", True, ["business_hours"]),
    ] == told(ask(made, "2026-10-29T17:00+03:00"))


def test_a_change_of_half_an_hour_is_told_as_half_an_hour() -> None:
    # Lord Howe: forward 2026-10-04 02:00 (+10:30) to 02:30 (+11), 15:30 UTC the day before.
    made = changing("Australia/Lord_Howe", "24/7")
    assert [
        ("04 01:00", "04 02:30", True, ["business_hours"]),
        ("04 02:30", "04 02:30", False, ["clock_forward 0:30:00"]),
        ("04 02:30", "04 03:30", True, ["business_hours"]),
    ] == told(ask(made, "2026-10-04T01:00+10:30"))


def test_a_date_that_a_change_skips_is_no_step() -> None:
    # Apia: Thursday 2011-12-29 ends at 10:00 UTC of the 30th, and Saturday the 31st begins.
    made = changing("Pacific/Apia", "Th,Sa 09:00-17:00")
    assert [
        ("29 16:00", "29 17:00", True, ["business_hours"]),
        ("29 17:00", "31 00:00", False, ["night"]),
        ("31 00:00", "31 00:00", False, ["clock_forward 1 day, 0:00:00"]),
        ("31 00:00", "31 09:00", False, ["night"]),
        ("31 09:00", "31 10:00", True, ["business_hours"]),
    ] == told(ask(made, "2011-12-29T16:00-10:00"))


@pytest.mark.parametrize(
    ("sent", "told_of"),
    [(-1, True), (0, False), (1, False)],
    ids=["before the change", "at the change", "after the change"],
)
def test_a_change_before_or_at_the_submission_is_no_step(sent: int, told_of: bool) -> None:
    at = datetime(2026, 3, 8, 7, tzinfo=UTC) + sent * MICROSECOND
    deadline = compute_deadline(changing(NEW_YORK, "24/7"), at, department="desk")
    assert told_of == ("clock_forward" in _kinds(deadline))


@pytest.mark.parametrize(
    ("sent", "told_of"),
    [(-1, False), (0, False), (1, True)],
    ids=["due before the change", "due at the change", "due after the change"],
)
def test_a_change_at_or_after_the_due_instant_is_no_step(sent: int, told_of: bool) -> None:
    at = datetime(2026, 3, 8, 5, tzinfo=UTC) + sent * MICROSECOND
    deadline = compute_deadline(changing(NEW_YORK, "24/7"), at, department="desk")
    assert told_of == ("clock_forward" in _kinds(deadline))


def _kinds(deadline: Deadline) -> set[str]:
    return {reason.kind for step in deadline.steps for reason in step.reasons}


def test_a_change_inside_the_wait_for_a_later_request_cuts_it() -> None:
    made = line(
        when("Su", within="30h", counted_in="calendar_time"),
        rule_data(within="1h", counted_in="calendar_time"),
        hours="24/7",
        crossing="in_order",
        timezone=NEW_YORK,
    )
    assert [
        ("08 01:00", "08 03:00", False, ["later_request"]),
        ("08 03:00", "08 03:00", False, ["clock_forward 1:00:00"]),
        ("08 03:00", "09 00:00", False, ["later_request"]),
        ("09 00:00", "09 01:00", True, ["calendar_time"]),
    ] == told(ask(made, "2026-03-08T01:00-05:00"))


# --- At the ends of the covered years ---


def test_the_first_covered_day_begins_with_the_shift_of_the_eve() -> None:
    made = line(
        rule_data(within="7h"), hours="22:00-06:00", known=[day_data("2026-05-05", name="later")]
    )
    assert [
        ("01 00:00", "01 06:00", True, ["business_hours"]),
        ("01 06:00", "01 22:00", False, ["break"]),
        ("01 22:00", "01 23:00", True, ["business_hours"]),
    ] == told(ask(made, "2026-01-01T00:00"))


def test_a_holiday_on_the_first_covered_day_is_told_without_looking_before_it() -> None:
    made = line(hours="22:00-06:00", known=[day_data("2026-01-01", name="New Year")])
    assert [
        ("01 00:00", "02 00:00", False, ["holiday New Year"]),
        ("02 00:00", "02 01:00", True, ["business_hours"]),
    ] == told(ask(made, "2026-01-01T00:00"))


def test_the_last_covered_day_is_told_without_looking_after_it() -> None:
    made = line(known=[day_data("2026-12-30", name="Outing")])
    assert [
        ("30 16:00", "31 00:00", False, ["holiday Outing"]),
        ("31 00:00", "31 08:00", False, ["night"]),
        ("31 08:00", "31 09:00", True, ["business_hours"]),
    ] == told(ask(made, "2026-12-30T16:00"))


def test_what_was_read_of_dates_is_forgotten_once_it_is_much_and_read_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    winter, summer = (
        ask(AZDIGI, text, department="billing") for text in ("2026-02-14T16:30", "2026-06-06T16:30")
    )
    steps, kept = winter.steps, reasons.dates_read(winter._question)
    read = {*kept.dates}, {*kept.closed}
    monkeypatch.setattr(reasons, "MAX_KEPT", 0)
    assert summer.verify()
    assert (set(), set()) == (read[0] & {*kept.dates}, read[1] & {*kept.closed})
    assert steps == winter.steps


def test_the_steps_of_an_altered_deadline_end_where_it_says() -> None:
    deadline = ask(line(), "2026-03-02T09:00")
    far = replace(deadline, due_at=deadline.due_at.replace(year=2028))
    assert far.due_at == far.steps[-1].end
    assert () == replace(deadline, due_at=deadline.submitted_at - timedelta(hours=1)).steps


# --- Values ---


def test_steps_are_equal_where_they_say_the_same_and_hash_alike() -> None:
    one, two = ask(line(), "2026-03-02T16:30").steps, ask(line(), "2026-03-02T16:30").steps
    assert (one, [*map(hash, one)]) == (two, [*map(hash, two)])
    assert 3 == len({*one, *two})


@pytest.mark.parametrize(
    "change",
    [
        {"start": datetime(2026, 3, 2, 16, 31, tzinfo=UTC)},
        {"end": datetime(2026, 3, 2, 16, 31, tzinfo=UTC)},
        {"counted": False},
        {"reasons": (Reason("night"),)},
    ],
    ids=lambda change: next(iter(change)),
)
def test_steps_that_differ_in_one_thing_differ(change: dict[str, Any]) -> None:
    step = ask(line(), "2026-03-02T16:30").steps[0]
    assert replace(step, **change) != step


def test_a_step_is_no_other_kind_of_thing() -> None:
    step = ask(line(), "2026-03-02T16:30").steps[0]
    assert step != (step.start, step.end, step.counted, step.reasons)


def test_steps_of_a_repeated_hour_are_told_apart() -> None:
    # Both read 01:00 to 01:30, at 05:00 UTC and at 06:00 UTC; datetimes of one zone cannot tell.
    made = changing(NEW_YORK, "24/7", within="30m")
    (one,) = ask(made, "2026-11-01T01:00-04:00").steps
    (two,) = ask(made, "2026-11-01T01:00-05:00").steps
    assert (one.start, one.end, one.reasons) == (two.start, two.end, two.reasons)
    assert one != two
    assert 2 == len({one, two})


def test_a_step_in_another_zone_is_the_same_step() -> None:
    step = ask(line(), "2026-03-02T16:30").steps[0]
    moved = Step(step.start.astimezone(UTC), step.end.astimezone(UTC), True, step.reasons)
    assert (step, hash(step)) == (moved, hash(moved))


def test_a_pickled_or_copied_step_is_the_same_step() -> None:
    steps = ask(AZDIGI, "2026-02-14T16:30", department="billing").steps
    assert [steps, steps, steps] == [
        pickle.loads(pickle.dumps(steps)),
        copy.copy(steps),
        copy.deepcopy(steps),
    ]


# --- As plain data ---


def test_steps_as_plain_data_say_everything_they_hold() -> None:
    made = line(known=[day_data("2026-03-03", name="Outing", source="staff letter")])
    assert [
        {
            "start": "2026-03-02T16:30:00+07:00",
            "end": "2026-03-02T17:00:00+07:00",
            "counted": True,
            "duration": "30m",
            "reasons": [{"kind": "business_hours"}],
        },
        {
            "start": "2026-03-02T17:00:00+07:00",
            "end": "2026-03-03T00:00:00+07:00",
            "counted": False,
            "duration": "7h",
            "reasons": [{"kind": "night"}],
        },
        {
            "start": "2026-03-03T00:00:00+07:00",
            "end": "2026-03-04T00:00:00+07:00",
            "counted": False,
            "duration": "24h",
            "reasons": [
                {
                    "kind": "holiday",
                    "date": "2026-03-03",
                    "name": "Outing",
                    "calendar": "known",
                    "source": "staff letter",
                }
            ],
        },
        {
            "start": "2026-03-04T00:00:00+07:00",
            "end": "2026-03-04T08:00:00+07:00",
            "counted": False,
            "duration": "8h",
            "reasons": [{"kind": "night"}],
        },
        {
            "start": "2026-03-04T08:00:00+07:00",
            "end": "2026-03-04T08:30:00+07:00",
            "counted": True,
            "duration": "30m",
            "reasons": [{"kind": "business_hours"}],
        },
    ] == ask(made, "2026-03-02T16:30").to_dict()["steps"]


@pytest.mark.parametrize(
    ("reason", "plain"),
    [
        (Reason("night"), {"kind": "night"}),
        (
            Reason("weekday", date=date(2026, 3, 1)),
            {"kind": "weekday", "date": "2026-03-01", "weekday": "Su"},
        ),
        (
            Reason("closure", day=special_day(closed="08:00-09:00"), calendar="known"),
            {
                "kind": "closure",
                "date": "2026-05-05",
                "name": "a day",
                "calendar": "known",
                "source": None,
            },
        ),
        (
            Reason("clock_forward", change=timedelta(minutes=30)),
            {"kind": "clock_forward", "change": "30m"},
        ),
        (Reason("clock_back", change=timedelta(hours=-1)), {"kind": "clock_back", "change": "1h"}),
        (Reason("priority", priority="high"), {"kind": "priority", "priority": "high"}),
    ],
    ids=lambda value: value.kind if isinstance(value, Reason) else "",
)
def test_a_reason_as_plain_data_leaves_out_what_does_not_apply(
    reason: Reason, plain: dict[str, Any]
) -> None:
    assert plain == reason.to_dict()


def test_the_two_instants_of_a_repeated_hour_are_written_apart() -> None:
    made = changing(NEW_YORK, "24/7")
    (first, change, second) = ask(made, "2026-11-01T00:30-04:00").to_dict()["steps"]
    assert [
        ("2026-11-01T00:30:00-04:00", "2026-11-01T01:00:00-05:00", "1h30m"),
        ("2026-11-01T01:00:00-05:00", "2026-11-01T01:00:00-05:00", "0m"),
        ("2026-11-01T01:00:00-05:00", "2026-11-01T01:30:00-05:00", "30m"),
    ] == [(step["start"], step["end"], step["duration"]) for step in (first, change, second)]


def test_every_kind_of_reason_is_worked_by_hand_above() -> None:
    # Those of rules stand in the tests of choices.
    sale = [day_data("2026-03-07", name="Sale", open="09:00-11:00")]
    part = [day_data("2026-03-02", name="Move", closed="12:00-14:00")]
    asked = [
        ask(AZDIGI, "2026-02-14T16:30", department="billing"),
        ask(AZDIGI, "2026-02-14T16:30", department="technical"),
        ask(line(hours="Mo-Fr 08:00-12:00,13:00-17:00"), "2026-03-02T11:30"),
        ask(line(rule_data(within="3h"), known=sale), "2026-03-06T16:30"),
        ask(line(known=part), "2026-03-02T11:30"),
        ask(relaxed("in_order"), "2026-03-01T22:00"),
        ask(changing(NEW_YORK, "24/7"), "2026-03-08T01:00-05:00"),
        ask(changing(NEW_YORK, "24/7"), "2026-11-01T00:30-04:00"),
    ]
    assert {*get_args(ReasonKind)} - {"priority"} == {
        kind for found in asked for kind in _kinds(found)
    }


# --- Elsewhere and later ---

ELSEWHERE = """
import pickle, sys
deadline = pickle.load(sys.stdin.buffer)
sys.stdout.buffer.write(pickle.dumps((deadline.verify(), deadline.steps, deadline.explain(long=True))))
"""


def test_a_deadline_that_went_to_another_process_still_explains_and_verifies() -> None:
    deadline = ask(AZDIGI, "2026-02-14T16:30", department="billing")
    done = subprocess.run(
        [sys.executable, "-c", ELSEWHERE],
        input=pickle.dumps(deadline),
        capture_output=True,
        check=True,
    )
    assert (True, deadline.steps, deadline.explain(long=True)) == pickle.loads(done.stdout)


def test_a_deadline_explains_by_the_version_of_the_policy_it_was_asked_of() -> None:
    before = line(version="1", known=[])
    outing = day_data("2026-03-03", name="Outing")
    after = line(version="2", known=[outing])
    old, new = ask(before, "2026-03-02T16:30"), ask(after, "2026-03-02T16:30")
    assert [
        ("03 08:30", 3, True, "The policy is 'a desk', version '1'."),
        ("04 08:30", 5, True, "The policy is 'a desk', version '2'."),
    ] == [
        (
            f"{deadline.due_at:%d %H:%M}",
            len(deadline.steps),
            deadline.verify(),
            deadline.explain(long=True).splitlines()[1],
        )
        for deadline in (old, new)
    ]
    assert [False, False] == [old.verify(new.steps), new.verify(old.steps)]


# --- The laws ---


@given(deadlines())
def test_the_explanation_adds_up_steps_tile_the_way_and_counted_ones_sum_to_the_target(
    deadline: Deadline,
) -> None:
    """From submission to due without a gap; what is counted is what was promised."""
    edges = [utc(deadline.submitted_at), *(utc(step.end) for step in deadline.steps)]
    assert edges == [*(utc(step.start) for step in deadline.steps), utc(deadline.due_at)]
    counted = [step.duration for step in deadline.steps if step.counted]
    assert deadline.target.within == sum(counted, timedelta(0))
    assert all(step.reasons for step in deadline.steps)


@given(deadlines())
def test_no_two_steps_in_a_row_say_the_same(deadline: Deadline) -> None:
    """Each step is as long as what it says holds, and a change of clocks stands between the rest."""
    assert [] == [one for one, two in pairwise(deadline.steps) if one.reasons == two.reasons]


@given(deadlines())
def test_a_plain_reading_proves_every_deadline(deadline: Deadline) -> None:
    """verify() adds up again, sharing no code with the engine."""
    assert deadline.verify()
    assert deadline.verify(deadline.to_dict()["steps"])


@given(deadlines())
def test_counting_finds_each_step_open_or_closed_as_it_says(deadline: Deadline) -> None:
    """The desk of the oracle ticks all through a counted step of business time, else never."""
    if deadline.target.counted_in == "calendar_time":
        return
    made = deadline.policy
    hours = made.departments["desk"].channels[deadline.channel].hours
    observed = [made.calendars[name] for name in hours.observes]
    years = years_around(deadline.submitted_at, list(made.calendars.values()))
    desk = desk_of(made.schedules[hours.schedule].week, observed, made.timezone, years)
    for step in deadline.steps:
        if step.reasons[0].kind != "later_request":
            ticks = oracle.between(desk, utc(step.start), utc(step.end))
            assert step.duration * step.counted == ticks * MICROSECOND


@given(deadlines(), st.data())
def test_an_altered_step_proves_nothing(deadline: Deadline, data: st.DataObject) -> None:
    """Whatever is changed in one step, or moved between two, verify() is false."""
    steps = deadline.to_dict()["steps"]
    if not steps:
        return
    altered = copy.deepcopy(steps)
    at = data.draw(st.integers(0, len(steps) - 1))
    key = data.draw(st.sampled_from(["start", "end", "counted", "duration", "reasons", "edge", ""]))
    step = altered[at]
    if key in {"start", "end", "edge"}:
        moved = datetime.fromisoformat(step["end" if key == "end" else "start"])
        moved += data.draw(st.sampled_from([-1, 1])) * MICROSECOND
        step["end" if key == "end" else "start"] = moved.isoformat()
        if key == "edge" and at:
            altered[at - 1]["end"] = moved.isoformat()
    elif key:
        step[key] = {"counted": not step["counted"], "duration": "7h7m", "reasons": []}[key]
    else:
        altered.remove(step)
    assert not deadline.verify(altered)
