"""Lines that can never open, and calendars that share no year, are refused."""

from __future__ import annotations

from typing import Any

import pytest

from builders import (
    calendar_data,
    channel_data,
    day_data,
    every,
    fault,
    faults,
    policy,
    policy_data,
    rule_data,
)
from support_sla import Policy

LINE = ("departments", "desk", "channels", "ticket")
RULES = (*LINE, "first_response")
CALENDARS = {"tet": {"country": "VN"}, "own": calendar_data(day_data())}


def line(
    *, observes: tuple[str, ...] = (), schedule: str = "office", **changes: Any
) -> dict[str, Any]:
    return channel_data(hours={"schedule": schedule, "observes": list(observes)}, **changes)


@pytest.mark.parametrize(
    ("hours", "calendar", "opens"),
    [
        pytest.param("off", None, False, id="an empty week"),
        pytest.param("Mo 08:00-08:01", None, True, id="a minute a week"),
        pytest.param("off", calendar_data(), False, id="an empty week and an empty calendar"),
        pytest.param(
            "off", calendar_data(day_data(open="08:00-09:00")), True, id="a special opening"
        ),
        pytest.param(
            "off", calendar_data(day_data(works_as="Mo")), False, id="works as a closed day"
        ),
        pytest.param(
            "Su 08:00-12:00", calendar_data(*every(6, 2026, 2026)), False, id="every Sunday closed"
        ),
        pytest.param(
            "Su 08:00-12:00",
            calendar_data(*every(6, 2026, 2026)[1:]),
            True,
            id="the first Sunday open",
        ),
        pytest.param(
            "Su 08:00-12:00",
            calendar_data(*every(6, 2026, 2026)[:-1]),
            True,
            id="the last Sunday open",
        ),
    ],
)
def test_a_line_that_can_never_open_is_refused(hours: str, calendar: Any, opens: bool) -> None:
    data = policy_data(
        channel=line(schedule="only", observes=("own",) if calendar else ()),
        schedules={"only": hours},
        calendars={"own": calendar} if calendar else {},
    )
    if opens:
        assert hours == str(Policy.model_validate(data).schedules["only"])
    else:
        found = fault(lambda: Policy.model_validate(data))
        assert ("line_never_opens", (*LINE, "hours")) == found[:2]
        assert f"line desk/ticket with hours {hours!r}" in found.message


@pytest.mark.parametrize(
    ("years", "shared"),
    [((2024, 2025), False), ((2025, 2026), True), ((2026, 2026), True), ((2027, 2028), False)],
    ids=str,
)
def test_the_calendars_of_a_line_share_a_year(years: tuple[int, int], shared: bool) -> None:
    data = policy_data(
        channel=line(observes=("first", "second")),
        calendars={"first": calendar_data(), "second": {"years": list(years)}},
    )
    if shared:
        assert 2 == len(Policy.model_validate(data).calendars)
    else:
        found = fault(lambda: Policy.model_validate(data))
        assert ("years_disjoint", (*LINE, "hours")) == found[:2]
        assert f"'first' 2026-2026, 'second' {years[0]}-{years[1]}" in found.message


def test_calendars_of_two_lines_need_no_year_in_common() -> None:
    channels = {"ticket": line(observes=("a",)), "chat": line(observes=("b",))}
    calendars = {"a": {"years": [2026, 2026]}, "b": {"years": [2027, 2027]}}
    assert policy(calendars=calendars, departments={"desk": {"channels": channels}})


def test_hours_of_a_rule_that_cannot_be_read_are_one_fault() -> None:
    found = fault(lambda: policy(rule_data(hours={"schedule": 3})))
    assert ("string_type", "schedule") == (found.slug, found.place[-1])


def test_hours_of_a_rule_that_never_open_are_refused_at_the_rule() -> None:
    schedules = {"office": "Mo-Fr 08:00-17:00", "never": "off"}
    found = fault(lambda: policy(rule_data(hours={"schedule": "never"}), schedules=schedules))
    assert "rule 'default' with hours 'off' never opens" in found.message
    assert ("first_response", 0, "hours") == found.place[-3:]


def test_a_special_date_s_hours_may_hold_a_time_that_no_weekday_has() -> None:
    late = {"within": "1 business day", "by": "20:00", "cutoff": "19:00"}
    open_late = {"date": "2026-05-05", "name": "fair", "open": "08:00-21:00"}
    channel = channel_data(late, hours={"schedule": "office", "observes": ["fair"]})
    calendars = {"fair": {"years": [2026, 2026], "days": [open_late]}}
    assert policy(channel=channel, calendars=calendars)
    assert {"by_outside_hours", "cutoff_after_closing"} == {
        each.slug for each in faults(lambda: policy(late))
    }
