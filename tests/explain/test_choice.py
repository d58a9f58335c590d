"""How the rule of a deadline was chosen, and what the other readings of crossings would give."""

from __future__ import annotations

import pickle
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, get_args
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given

from builders import calendar_data, day_data, rule_data, when
from in_oracle_words import utc
from questions import AZDIGI, NEW_YORK, ask, deadlines, line, relaxed
from support_sla import (
    Choice,
    Deadline,
    HolidayCalendar,
    Policy,
    Reading,
    YearsNotCoveredError,
    compute_deadline,
)
from support_sla.policy.policy import Crossing

HOUR = timedelta(hours=1)
MICROSECOND = timedelta(microseconds=1)


def because(choice: Choice) -> list[tuple[str, Any, str | None]]:
    """Return what matched: the kind, what it is about, and the calendar."""
    return [
        (why.kind, why.day.name if why.day else why.date or why.priority, why.calendar)
        for why in choice.because
    ]


def passed_over(choice: Choice) -> list[tuple[str, tuple[str, ...]]]:
    return [(rule.target.name, rule.failed) for rule in choice.passed_over]


# --- Which rule, and why ---


def test_a_default_rule_matches_by_nothing_and_passes_over_those_before_it() -> None:
    deadline = ask(relaxed(), "2026-03-02T12:00")
    assert ("usual", [], [("relaxed", ("days",))]) == (
        deadline.choice.matched.name,
        because(deadline.choice),
        passed_over(deadline.choice),
    )
    assert deadline.target is deadline.choice.matched


def test_an_only_rule_passes_over_nothing() -> None:
    choice = ask(line(), "2026-03-02T12:00").choice
    assert ([], []) == (because(choice), passed_over(choice))


def test_a_weekday_matches_by_its_date() -> None:
    choice = ask(relaxed(), "2026-03-01T12:00").choice
    assert [("weekday", date(2026, 3, 1), None)] == because(choice)
    assert [] == passed_over(choice)


def test_a_holiday_and_a_closure_match_by_their_day_and_a_special_opening_does_not() -> None:
    days = [
        day_data("2026-03-03", name="Outing"),
        day_data("2026-03-04", name="Move", closed="12:00-14:00"),
        day_data("2026-03-05", name="Sale", open="08:00-22:00"),
        day_data("2026-03-06", name="Swap", works_as="Mo"),
    ]
    made = relaxed("submission", "known", known=days)
    found = [ask(made, f"2026-03-0{day}T12:00").choice for day in (3, 4, 5, 6)]
    assert [
        ("relaxed", [("holiday", "Outing", "known")]),
        ("relaxed", [("closure", "Move", "known")]),
        ("usual", []),
        ("usual", []),
    ] == [(choice.matched.name, because(choice)) for choice in found]


def test_everything_that_matched_is_told_in_the_order_of_the_rule() -> None:
    made = relaxed(
        "submission",
        "two",
        "Su",
        "one",
        calendars={
            "one": calendar_data(day_data("2026-03-08", name="Fair")),
            "two": calendar_data(day_data("2026-03-08", name="Women's Day")),
        },
    )
    assert [
        ("holiday", "Women's Day", "two"),
        ("weekday", date(2026, 3, 8), None),
        ("holiday", "Fair", "one"),
    ] == because(ask(made, "2026-03-08T12:00").choice)


def test_a_rule_of_the_country_is_told_with_the_days_source() -> None:
    made = relaxed("submission", "public", calendars={"public": {"country": "VN"}})
    (why,) = ask(made, "2026-09-02T12:00").choice.because
    assert why.day is not None
    assert HolidayCalendar(country="VN").on(date(2026, 9, 2))[0] == why.day
    assert "python-holidays" in str(why.day.source)


PRIORITIES = line(
    when("Su", priority=("high",), name="both"),
    when(priority=("high", "low"), name="one"),
    rule_data(name="default"),
    priorities=["low", "high"],
)


@pytest.mark.parametrize(
    ("day", "priority", "matched", "why", "passed"),
    [
        (
            "01",
            "high",
            "both",
            [("weekday", date(2026, 3, 1), None), ("priority", "high", None)],
            [],
        ),
        ("01", "low", "one", [("priority", "low", None)], [("both", ("priority",))]),
        ("02", "high", "one", [("priority", "high", None)], [("both", ("days",))]),
        ("02", "low", "one", [("priority", "low", None)], [("both", ("days", "priority"))]),
        ("01", None, "default", [], [("both", ("priority",)), ("one", ("priority",))]),
        ("02", None, "default", [], [("both", ("days", "priority")), ("one", ("priority",))]),
    ],
)
def test_a_rule_passed_over_says_which_of_its_keys_failed(
    day: str, priority: str | None, matched: str, why: list[Any], passed: list[Any]
) -> None:
    choice = ask(PRIORITIES, f"2026-03-{day}T12:00", priority=priority).choice
    assert (matched, why, passed) == (
        choice.matched.name,
        because(choice),
        passed_over(choice),
    )


@pytest.mark.parametrize("crossing", ["overlap", "in_order"])
def test_the_rule_that_matched_is_not_always_the_one_that_gave_the_answer(crossing: str) -> None:
    text = {"overlap": "2026-02-28T22:00", "in_order": "2026-03-01T22:00"}[crossing]
    deadline = ask(relaxed(crossing), text)
    named = {"usual", "relaxed"}
    assert named == {deadline.choice.matched.name, deadline.target.name}


def test_a_deadline_altered_to_a_day_without_a_rule_has_no_choice() -> None:
    deadline = ask(line(when("Mo")), "2026-03-02T12:00")
    altered = replace(deadline, submitted_at=deadline.submitted_at + 24 * HOUR)
    with pytest.raises(AssertionError, match="has a rule that matched"):
        _ = altered.choice


# --- The date it was judged by ---


@pytest.mark.parametrize(
    ("step", "judged"),
    [(-1, date(2026, 2, 28)), (0, date(2026, 3, 1)), (1, date(2026, 3, 1))],
    ids=["before midnight", "at midnight", "after midnight"],
)
def test_the_date_is_that_of_the_desk_whatever_zone_asks(step: int, judged: date) -> None:
    at = datetime(2026, 2, 28, 17, tzinfo=UTC) + step * MICROSECOND
    found = {
        compute_deadline(relaxed(), at.astimezone(ZoneInfo(zone)), department="desk").choice.date
        for zone in ("UTC", "Asia/Tokyo", NEW_YORK)
    }
    assert {judged} == found


@pytest.mark.parametrize(
    ("offset", "judged"), [("-02:30", date(2006, 10, 28)), ("-03:30", date(2006, 10, 29))]
)
def test_a_repeated_evening_is_judged_by_the_date_that_has_begun(offset: str, judged: date) -> None:
    choice = ask(relaxed(timezone="America/St_Johns"), f"2006-10-28T23:30{offset}").choice
    assert judged == choice.date


# --- Closures past midnight ---


@pytest.mark.parametrize(
    ("text", "matched", "why"),
    [
        ("2026-06-07T23:59:59.999999", "usual", []),
        ("2026-06-08T00:00:00", "relaxed", [("closure", "Move", "known")]),
        ("2026-06-08T23:59:59.999999", "relaxed", [("closure", "Move", "known")]),
        ("2026-06-09T00:00:00", "relaxed", [("closure", "Move", "known")]),
        ("2026-06-09T23:59:59.999999", "relaxed", [("closure", "Move", "known")]),
        ("2026-06-10T00:00:00", "usual", []),
    ],
)
def test_a_closure_past_midnight_matches_the_day_after_by_the_eves_day(
    text: str, matched: str, why: list[Any]
) -> None:
    days = [day_data("2026-06-08", name="Move", closed="22:00-30:00")]
    choice = ask(relaxed("submission", "known", known=days), text).choice
    assert (matched, why) == (choice.matched.name, because(choice))


@pytest.mark.parametrize(
    ("closed", "matched"), [("20:00-24:00", "usual"), ("20:00-24:00:01", "relaxed")]
)
def test_a_closure_until_midnight_does_not_match_the_day_after(closed: str, matched: str) -> None:
    days = [day_data("2026-06-08", closed=closed)]
    choice = ask(relaxed("submission", "known", known=days), "2026-06-09T12:00").choice
    assert matched == choice.matched.name


def test_the_day_of_the_eve_comes_after_the_dates_own() -> None:
    days = [
        day_data("2026-06-08", name="Move", closed="22:00-30:00"),
        day_data("2026-06-09", name="Outing"),
    ]
    choice = ask(relaxed("submission", "known", known=days), "2026-06-09T12:00").choice
    assert [("holiday", "Outing", "known"), ("closure", "Move", "known")] == because(choice)


def test_the_first_covered_day_is_judged_without_looking_before_it() -> None:
    days = [day_data("2026-01-01", name="New Year")]
    choice = ask(relaxed("submission", "known", known=days), "2026-01-01T00:00").choice
    assert [("holiday", "New Year", "known")] == because(choice)


# --- What the readings of crossings give: 28 February is a Saturday, 1 March a Sunday ---


@pytest.mark.parametrize("own", get_args(Crossing))
@pytest.mark.parametrize(
    ("text", "submission", "overlap", "in_order"),
    [
        ("2026-02-28T21:00", ("00:00", "usual"), ("00:00", "usual"), ("00:00", "usual")),
        ("2026-02-28T22:00", ("01:00", "usual"), ("10:00", "relaxed"), ("01:00", "usual")),
        ("2026-03-01T15:00", ("03:00", "relaxed"), ("03:00", "relaxed"), ("03:00", "relaxed")),
        ("2026-03-01T22:00", ("10:00", "relaxed"), ("10:00", "relaxed"), ("03:00", "usual")),
        ("2026-03-02T00:00", ("03:00", "usual"), ("03:00", "usual"), ("03:00", "usual")),
    ],
)
def test_each_reading_gives_what_it_gives_whatever_the_policy_reads_by(
    own: Crossing, text: str, submission: Any, overlap: Any, in_order: Any
) -> None:
    deadline = ask(relaxed(own), text)
    expected = {"submission": submission, "overlap": overlap, "in_order": in_order}
    assert expected == {
        reading.crossing: (f"{reading.due_at:%H:%M}", reading.target and reading.target.name)
        for reading in deadline.readings
    }
    assert (expected[own][0], own) == (f"{deadline.due_at:%H:%M}", deadline.crossing)


@given(deadlines())
def test_each_reading_is_the_answer_of_a_policy_that_reads_so(deadline: Deadline) -> None:
    """And None where that policy could not answer in the years its calendars cover."""
    assert get_args(Crossing) == tuple(reading.crossing for reading in deadline.readings)
    for reading in deadline.readings:
        other = deadline.policy.model_copy(update={"crossing": reading.crossing})
        try:
            found = compute_deadline(
                other,
                deadline.submitted_at,
                department=deadline.department,
                channel=deadline.channel,
                priority=deadline.priority,
                attributes=deadline.attributes,
            )
        except YearsNotCoveredError:
            assert (None, None) == (reading.due_at, reading.target)
        else:
            assert (utc(found.due_at), found.target) == (utc(reading.due_at), reading.target)


def closes_the_year(crossing: str) -> Policy:
    """Return a desk whose Thursdays promise a week, so that 31 December 2026 has no answer."""
    return line(
        when("Th", name="long", within="168h", counted_in="calendar_time"),
        rule_data(name="usual", within="3h", counted_in="calendar_time"),
        known=[day_data("2026-05-05")],
        crossing=crossing,
    )


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("2026-12-23T21:00", ["submission", "overlap", "in_order"]),  # due before Thursday begins
        ("2026-12-30T21:00", ["submission", "overlap", "in_order"]),
        ("2026-12-30T21:00:00.000001", ["submission", "in_order"]),
        ("2026-12-30T23:59:59.999999", ["submission", "in_order"]),
    ],
)
def test_a_reading_beyond_the_calendars_years_gives_nothing(text: str, known: list[str]) -> None:
    readings = ask(closes_the_year("submission"), text).readings
    assert known == [reading.crossing for reading in readings if reading.due_at is not None]
    assert known == [reading.crossing for reading in readings if reading.target is not None]


def test_a_reading_beyond_the_years_that_can_be_served_gives_nothing() -> None:
    # 9997-12-31 is a Wednesday; what Tuesday's hour runs into would be due in 9998.
    made = line(
        when("Tu", name="short", within="1h", counted_in="calendar_time"),
        rule_data(name="long", within="30h", counted_in="calendar_time"),
    )
    readings = ask(made, "9997-12-30T23:30").readings
    assert [False, True, False] == [reading.due_at is None for reading in readings]


# --- Values ---


def test_readings_are_equal_where_they_give_the_same_and_hash_alike() -> None:
    one, two = (ask(relaxed(), "2026-03-01T22:00").readings for _ in range(2))
    assert (one, [*map(hash, one)]) == (two, [*map(hash, two)])
    assert [one, one] == [two, pickle.loads(pickle.dumps(one))]
    assert 3 == len({*one, *two})
    assert one[0] != (one[0].crossing, one[0].due_at, one[0].target)
    assert Reading("overlap", None, None) == Reading("overlap", None, None)


def test_readings_of_a_repeated_hour_are_told_apart() -> None:
    made = line(rule_data(within="30m"), hours="24/7", timezone=NEW_YORK)
    one, two = (
        ask(made, f"2026-11-01T01:00{offset}").readings[0] for offset in ("-04:00", "-05:00")
    )
    assert one.due_at == two.due_at  # datetimes of one zone cannot tell
    assert one != two


def test_a_choice_is_equal_by_value_and_pickles() -> None:
    one, two = (ask(AZDIGI, "2026-02-17T09:00", department="technical").choice for _ in range(2))
    assert (one, hash(one)) == (two, hash(two))
    assert one == pickle.loads(pickle.dumps(one))


def test_a_choice_and_readings_as_plain_data_say_everything() -> None:
    days = [day_data("2026-12-31", name="Move", closed="12:00-14:00", source="staff letter")]
    made = line(
        when("Su", priority=("high",), name="first", within="1h"),
        when("known", name="second", within="1h"),
        known=days,
        priorities=["low", "high"],
    )
    deadline = ask(made, "2026-12-31T15:30", priority="low")
    assert {
        "date": "2026-12-31",
        "matched": "second",
        "because": [
            {
                "kind": "closure",
                "date": "2026-12-31",
                "name": "Move",
                "calendar": "known",
                "source": "staff letter",
            }
        ],
        "passed_over": [{"rule": "first", "failed": ["days", "priority"]}],
    } == deadline.to_dict()["choice"]
    due = "2026-12-31T16:30:00+07:00"
    assert [
        {"crossing": "submission", "due_at": due, "rule": "second"},
        {"crossing": "overlap", "due_at": due, "rule": "second"},
        {"crossing": "in_order", "due_at": due, "rule": "second"},
    ] == deadline.to_dict()["readings"]


def test_a_reading_that_gives_nothing_is_none_as_plain_data() -> None:
    deadline = ask(closes_the_year("submission"), "2026-12-30T23:00")
    assert {"crossing": "overlap", "due_at": None, "rule": None} == (
        deadline.to_dict()["readings"][1]
    )


def test_the_date_is_the_desk_s_also_for_a_deadline_whose_instants_were_moved_to_another_zone() -> (
    None
):
    found = compute_deadline(AZDIGI, "2026-02-23T01:10:00+07:00", department="technical")
    moved = replace(found, submitted_at=found.submitted_at.astimezone(UTC))
    assert (found, found.choice) == (moved, moved.choice)


def asks(**condition: Any) -> dict[str, Any]:
    return {"when": condition, **rule_data()}


def test_what_held_and_what_failed_is_data_for_every_key_of_a_condition() -> None:
    made = line(
        asks(attributes={"plan": ["gold"]}),
        asks(open=False),
        asks(time="12:00-24:00"),
        asks(open=True, time="00:00-12:00", attributes={"plan": ["basic"]}),
        rule_data(name="rest"),
        attributes={"plan": ["basic", "gold"]},
    )
    found = ask(made, "2026-03-02T09:00", attributes={"plan": "basic"}).choice.to_dict()
    assert [
        {"kind": "attribute", "attribute": "plan", "value": "basic"},
        {"kind": "line_open"},
        {"kind": "time", "time": "00:00-12:00"},
    ] == found["because"]
    assert [["attributes"], ["open"], ["time"]] == [each["failed"] for each in found["passed_over"]]


def test_a_rule_that_the_request_excludes_is_passed_over_in_years_its_hours_do_not_know() -> None:
    made = line(
        {"when": {"open": True, "priority": ["high"]}, **rule_data()},
        rule_data(name="rest", hours={"schedule": "office"}),
        priorities=["high"],
        known=[],
    )
    found = ask(made, "2031-01-01T09:00").choice  # the line's calendar knows 2026 alone
    assert ("rest", [("open", "priority")]) == (
        found.matched.name,
        [tuple(sorted(each.failed)) for each in found.passed_over],
    )
