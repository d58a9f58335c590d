"""The plain reading of a line: what it says of instants that no deadline has, too."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from builders import calendar_data, channel_data, day_data, policy, rule_data, when
from support_sla import Policy
from support_sla.proof.plain_line import PlainLine
from support_sla.values.instants import to_micros

DAY = {"within": "1 business day", "by": "close"}


def observing(*rules: dict[str, Any], **changes: Any) -> Policy:
    """Return a desk that observes a calendar of 2026."""
    hours = {"schedule": "office", "observes": ["known"]}
    channel = channel_data(*rules, hours=hours)
    return policy(channel=channel, calendars={"known": calendar_data()}, **changes)


def line(made: Policy, priority: str | None = None) -> PlainLine:
    return PlainLine.of(made, "desk", "ticket", priority, {})


def at(text: str) -> int:
    return to_micros(dt.datetime.fromisoformat(f"{text}+07:00"))


def shown(instant: int | None, of: PlainLine) -> str | None:
    return None if instant is None else of.hours.local(instant).strftime("%m-%d %H:%M:%S")


def test_no_rule_matches_where_a_calendar_it_names_is_not_known() -> None:
    made = line(policy(when("known"), calendars={"known": calendar_data(day_data())}))
    assert made.rule(at("2026-05-05T09:00")) is not None
    assert None is made.rule(at("2026-05-06T09:00"))  # none matches
    assert None is made.rule(at("2027-05-05T09:00"))  # not known


def test_a_rule_that_asks_whether_the_line_is_open_needs_the_years_of_its_hours() -> None:
    made = line(observing({"when": {"open": True}, **rule_data()}, rule_data(name="rest")))
    assert made.rule(at("2026-05-05T09:00")) is not None
    assert None is made.rule(at("2027-05-05T09:00"))


@pytest.mark.parametrize(
    ("rule", "sent"),
    [
        (rule_data(), "2026-12-31T16:00:01"),
        (rule_data(within="24h", counted_in="calendar_time"), "2026-12-31T00:00:01"),
        (DAY, "2026-12-31T09:00"),
        (DAY, "2025-12-31T09:00"),
        (rule_data(), "2025-12-31T09:00"),
    ],
)
def test_a_due_past_the_years_known_or_a_submission_before_them_is_none(
    rule: dict[str, Any], sent: str
) -> None:
    made = line(observing(rule))
    assert None is made.due(at(sent), made.rules[0])


def test_a_rule_s_years_end_with_those_of_the_calendars_named_up_to_it() -> None:
    own: dict[str, Any] = {"hours": {"schedule": "office"}}
    rules = [when("known", **own), rule_data(name="rest", within="3h", **own)]
    made = line(policy(*rules, calendars={"known": calendar_data()}))
    rest = made.rules[1]
    assert (2026, 2026) == made.years_of(rest)
    assert "12-31 17:00:00" == shown(made.due(at("2026-12-31T14:00:00"), rest), made)
    assert None is made.due(at("2026-12-31T14:00:01"), rest)


def test_a_day_after_the_years_of_the_calendars_named_up_to_its_rule_is_no_due() -> None:
    own: dict[str, Any] = {"hours": {"schedule": "office"}}
    rules = [when("known", **own), {**DAY, **own, "name": "rest"}]
    made = line(policy(*rules, calendars={"known": calendar_data()}))
    rest = made.rules[1]
    assert "12-31 17:00:00" == shown(made.due(at("2026-12-30T14:00"), rest), made)
    assert None is made.due(at("2026-12-31T14:00"), rest)


def test_a_day_whose_hours_end_past_the_years_known_has_no_due() -> None:
    # Thursday 31 December is a business day by its night shift, which ends in 2027.
    made = line(observing(DAY, schedules={"office": "Mo-Fr 22:00-06:00"}))
    assert "12-31 06:00:00" == shown(made.due(at("2026-12-29T09:00"), made.rules[0]), made)
    assert None is made.due(at("2026-12-30T09:00"), made.rules[0])


def test_a_time_of_day_may_have_seconds() -> None:
    made = line(policy({**DAY, "by": "16:00:30"}))
    assert "09-08 16:00:30" == shown(made.due(at("2026-09-07T09:00"), made.rules[0]), made)


def test_no_business_day_is_found_past_the_years_known() -> None:
    made = line(observing())
    assert None is made.hours.next_business_day(dt.date(2026, 12, 31))
    assert dt.date(2026, 12, 31) == made.hours.next_business_day(dt.date(2026, 12, 30))


def test_a_day_that_opens_too_late_at_the_end_of_the_years_has_no_due() -> None:
    hours = {"office": "Mo-We 08:00-17:00; Th 10:00-17:00"}  # 31 December 2026 is a Thursday
    made = line(observing({**DAY, "by": "09:00"}, schedules=hours))
    assert None is made.due(at("2026-12-30T09:00"), made.rules[0])
    assert "12-30 09:00:00" == shown(made.due(at("2026-12-29T09:00"), made.rules[0]), made)


@pytest.mark.parametrize(
    ("date", "hours"),
    [
        ("2026-06-30", 9),
        ("2026-07-01", 5),
        ("2026-08-31", 5),
        ("2026-09-01", 9),
        ("2026-12-31", 2),  # a winter over New Year
        ("2026-01-05", 2),
        ("2026-01-06", 9),
        ("2026-07-15", 1),  # once, against the summer of each year
    ],
)
def test_a_date_has_the_hours_of_its_season(date: str, hours: int) -> None:
    seasons = [
        {"from": "07-01", "to": "08-31", "schedule": "summer"},
        {"from": "12-20", "to": "01-05", "schedule": "winter"},
        {"from": "2026-07-15", "to": "2026-07-16", "schedule": "fair"},
    ]
    schedules = {
        "office": "Mo-Fr 08:00-17:00",
        "summer": "Mo-Fr 08:00-13:00",
        "winter": "Mo-Fr 08:00-10:00",
        "fair": "Mo-Fr 08:00-09:00",
    }
    made = line(
        policy(
            channel=channel_data(hours={"schedule": "office", "seasons": seasons}),
            schedules=schedules,
        )
    )
    pieces = made.hours.open_on(dt.date.fromisoformat(date))
    assert hours * 3_600_000_000 == sum(end - start for start, end in pieces)
