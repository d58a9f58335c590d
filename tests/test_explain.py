"""The explanation: one English paragraph that says the answer, the rule, and why it applied."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from builders import calendar, day_data, policy, rule_data, when
from support_sla import HolidayCalendar, Policy, compute_deadline, load_policy


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+07:00")


def explain(line: Policy, text: str, **names: Any) -> str:
    return compute_deadline(line, at(text), **{"department": "desk", **names}).explain()


def relaxed(crossing: str = "submission", *days: str, **changes: Any) -> Policy:
    """Return a policy that promises 12 hours on Sundays (or `days`), 3 on other days."""
    return policy(
        when(*(days or ("Su",)), name="relaxed", within="12h", counted_in="calendar_time"),
        rule_data(name="ordinary", within="3h", counted_in="calendar_time"),
        crossing=crossing,
        schedules={"office": "24/7"},
        **changes,
    )


def test_the_whole_paragraph_for_the_reference_policy_reads_as_written_here() -> None:
    azdigi = load_policy("azdigi")
    assert (
        "A request to technical/ticket submitted on Sunday 15 February 2026 22:10 must be answered "
        "by Monday 16 February 2026 10:10, and not before Sunday 15 February 2026 22:40. "
        "Rule 'relaxed_days' promises an answer within 12h of calendar time. "
        "It applies because 15 February 2026 is a Sunday. All times are in Asia/Ho_Chi_Minh."
    ) == explain(azdigi, "2026-02-15 22:10", department="technical")


def test_a_target_without_earliest_names_none() -> None:
    assert "not before" not in explain(policy(), "2026-03-02 09:00")


def test_counting_from_the_next_opening_is_said_where_it_waits() -> None:
    waiting = explain(policy(), "2026-03-01 12:00")  # a Sunday; Mo-Fr 08:00-17:00
    assert "1h of business time, counted from the next opening on Monday 2 March 2026 08:00." in (
        waiting
    )
    assert "next opening" not in explain(policy(), "2026-03-02 09:00")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2026-03-02 09:00", "Monday 2 March 2026 09:00 must"),
        ("2026-03-02 09:00:05", "Monday 2 March 2026 09:00:05 must"),
        ("2026-03-02 09:00:00.000001", "Monday 2 March 2026 09:00:00.000001 must"),
        ("2026-12-31 09:00", "Thursday 31 December 2026 09:00 must"),
    ],
)
def test_instants_are_written_as_finely_as_they_are(text: str, shown: str) -> None:
    assert f"submitted on {shown}" in explain(policy(), text)


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (2, "Monday"),
        (3, "Tuesday"),
        (4, "Wednesday"),
        (5, "Thursday"),
        (6, "Friday"),
        (7, "Saturday"),
        (8, "Sunday"),
    ],
)
def test_a_rule_of_a_weekday_says_which(day: int, name: str) -> None:
    said = explain(relaxed("submission", name[:2]), f"2026-03-{day:02d} 12:00")
    assert "Rule 'relaxed' promises" in said
    assert f"It applies because {day} March 2026 is a {name}." in said


def test_a_rule_of_a_calendar_names_the_day_and_the_calendar() -> None:
    known = calendar(
        day_data("2026-03-03", name="Founders' Day"),
        day_data("2026-03-04", name="Stocktaking", closed="12:00-14:00"),
    )
    line = relaxed("submission", "Su", "known", calendars={"known": known})
    assert "because 3 March 2026 is Founders' Day (known)." in explain(line, "2026-03-03 12:00")
    assert "because 4 March 2026 is Stocktaking (known)." in explain(line, "2026-03-04 09:00")


def test_a_day_copied_from_a_country_names_its_source() -> None:
    vietnam = HolidayCalendar(country="VN", language="en_US")
    line = relaxed("submission", "vietnam", calendars={"vietnam": vietnam})
    said = explain(line, "2026-09-02 12:00")
    assert "because 2 September 2026 is National Day (vietnam, python-holidays 0." in said


def test_every_reason_for_a_date_is_said() -> None:
    known = calendar(day_data("2026-03-08", name="Women's Day"))
    line = relaxed("submission", "Su", "known", calendars={"known": known})
    assert "because 8 March 2026 is a Sunday and Women's Day (known)." in (
        explain(line, "2026-03-08 12:00")
    )


def test_a_day_with_hours_of_its_own_is_no_reason() -> None:
    known = calendar(day_data("2026-03-03", open="08:00-12:00"))
    line = relaxed("submission", "known", calendars={"known": known})
    assert "Rule 'ordinary'" in explain(line, "2026-03-03 12:00")


def test_a_rule_for_a_priority_says_the_priority() -> None:
    line = policy(
        when("Su", priority=("high",), name="both"),
        when(priority=("high", "low"), name="one"),
        rule_data(name="default"),
        priorities=["low", "high"],
    )
    assert "because 1 March 2026 is a Sunday and its priority is 'high'." in (
        explain(line, "2026-03-01 12:00", priority="high")
    )
    assert "Rule 'one' promises" in explain(line, "2026-03-01 12:00", priority="low")
    assert "because its priority is 'low'." in explain(line, "2026-03-01 12:00", priority="low")


def test_a_default_rule_says_that_no_earlier_one_matched() -> None:
    said = explain(relaxed(), "2026-03-02 12:00")
    assert "It applies because no earlier rule of the line matched." in said


def test_an_only_rule_says_that_it_is() -> None:
    said = explain(policy(), "2026-03-02 12:00")
    assert "It applies because it is the only rule of the line." in said


def test_an_only_rule_with_a_condition_says_the_condition() -> None:
    said = explain(policy(when("Mo", name="mondays")), "2026-03-02 12:00")
    assert "It applies because 2 March 2026 is a Monday." in said


def test_an_overlap_that_took_another_rule_says_which_and_why() -> None:
    said = explain(relaxed("overlap"), "2026-02-28 22:00")
    assert "must be answered by Sunday 1 March 2026 10:00" in said
    assert "Rule 'relaxed' promises an answer within 12h" in said
    assert (
        "On the day of submission rule 'ordinary' holds, because no earlier rule of the line "
        "matched; but the policy reads crossings as 'overlap', and this due time is the latest of "
        "the rules of the days on which the time is counted."
    ) in said


def test_an_earlier_due_time_in_order_says_which_and_why() -> None:
    said = explain(relaxed("in_order"), "2026-03-01 22:00")
    assert "must be answered by Monday 2 March 2026 03:00" in said
    assert (
        "On the day of submission rule 'relaxed' holds, because 1 March 2026 is a Sunday; but the "
        "policy reads crossings as 'in_order', and this due time is what a request sent later "
        "would be given, and an earlier one is never due later."
    ) in said


@pytest.mark.parametrize("crossing", ["overlap", "in_order"])
def test_a_crossing_that_changed_nothing_is_not_spoken_of(crossing: str) -> None:
    assert "crossings" not in explain(relaxed(crossing), "2026-02-26 12:00")


@pytest.mark.parametrize("zone", ["Asia/Ho_Chi_Minh", "America/New_York", "Pacific/Apia"])
def test_the_zone_of_all_times_is_said(zone: str) -> None:
    assert f"All times are in {zone}." in explain(policy(timezone=zone), "2026-03-02 09:00")


def test_the_day_is_the_policys_and_not_the_callers() -> None:
    # Sunday 20:00 in New York is Monday 07:00 or 08:00 in Vietnam.
    found = compute_deadline(relaxed(), "2026-03-01T20:00:00-05:00", department="desk")
    assert "submitted on Monday 2 March 2026 08:00" in found.explain()
    assert "Rule 'ordinary'" in found.explain()


def test_two_instants_of_a_repeated_hour_are_told_apart() -> None:
    # In New York 1 November 2026 01:30 comes at 05:30 UTC and again at 06:30 UTC.
    line = policy(rule_data(within="3h", counted_in="calendar_time"), timezone="America/New_York")
    first, second = (
        compute_deadline(line, datetime.fromisoformat(text), department="desk").explain()
        for text in ("2026-11-01T05:30:00+00:00", "2026-11-01T06:30:00+00:00")
    )
    submitted = [said.partition(" must be answered ")[0] for said in (first, second)]
    assert submitted[0] != submitted[1]


def test_an_amount_is_written_as_a_policy_file_writes_it() -> None:
    line = policy(rule_data(within=timedelta(hours=1, minutes=30)))
    assert "within 1h30m of business time" in explain(line, "2026-03-02 09:00")


def test_the_first_day_of_a_calendars_years_is_explained_without_looking_before_them() -> None:
    own = {"years": [2026, 2026], "days": [{"date": "2026-01-01", "name": "New Year"}]}
    made = load_policy(
        {
            "name": "first",
            "timezone": "UTC",
            "calendars": {"own": own},
            "schedules": {"always": "24/7"},
            "departments": {
                "desk": {
                    "channels": {
                        "ticket": {
                            "hours": {"schedule": "always"},
                            "first_response": [
                                {
                                    "when": {"days": ["own"]},
                                    "within": "2h",
                                    "counted_in": "calendar_time",
                                },
                                {"within": "1h", "counted_in": "calendar_time"},
                            ],
                        }
                    }
                }
            },
        }
    )
    why = compute_deadline(made, "2026-01-01T00:00:00+00:00", department="desk").explain()
    assert "1 January 2026 is New Year (own)" in why
