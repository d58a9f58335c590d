"""Why each stretch of time is counted or not, by the hours and the special days of a date."""

from __future__ import annotations

from typing import Any

import pytest

from builders import calendar_data, day_data, rule_data
from questions import AZDIGI, ask, line
from told_steps import _said, told

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
