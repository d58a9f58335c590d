"""Steps of other targets, at clock changes and at the ends of the covered years."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from builders import day_data, rule_data, when
from questions import AZDIGI, NEW_YORK, ask, line, relaxed
from support_sla import compute_deadline
from support_sla.explain import reasons
from support_sla.explain.stretches import dates_read
from support_sla.values.instants import to_micros
from told_steps import MICROSECOND, _kinds, changing, told

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
    line = winter._asked.line
    window = line.window(
        winter.target, *(to_micros(at) for at in (winter.submitted_at, winter.due_at))
    )
    steps, kept = winter.steps, dates_read(winter.policy, window.hours, line.line.zone)
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
