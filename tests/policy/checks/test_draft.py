"""What one fault of a policy does not hide, and does not invent."""

from __future__ import annotations

from typing import Any

import pytest

from builders import (
    calendar_data,
    channel_data,
    day_data,
    fault,
    faults,
    policy,
    policy_data,
    rule_data,
    when,
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
    "changes",
    [
        {"schedules": {"office": "Mo 99:00-17:00"}},
        {"calendars": {"tet": {"country": "XX"}}},
    ],
    ids=["schedule", "calendar"],
)
def test_a_part_that_could_not_be_read_counts_as_defined(changes: dict[str, Any]) -> None:
    calendars = {"tet": {"country": "VN"}}
    data = policy_data(channel=line(observes=("tet",)), **{"calendars": calendars, **changes})
    (part,) = changes
    assert part == fault(lambda: Policy.model_validate(data)).place[0]


def test_rules_after_one_that_could_not_be_read_are_not_judged() -> None:
    found = fault(lambda: policy(when("Su"), rule_data(when={}), when("Su")))
    assert ("when_empty", (*RULES, 1, "when")) == found[:2]


def test_rules_before_one_that_could_not_be_read_are_judged() -> None:
    found = faults(lambda: policy(rule_data(), when("Su"), rule_data(when={})))
    assert {"rule_unreachable", "when_empty"} == {each.slug for each in found}


def test_a_rule_with_an_unreadable_duration_is_still_judged_by_its_condition() -> None:
    found = faults(lambda: policy(rule_data(within=3), when("Su")))
    assert {"duration_without_unit", "rule_unreachable"} == {each.slug for each in found}


@pytest.mark.parametrize(
    "changes",
    [
        {"departments": {"desk": 3}},
        {"departments": {"desk": {"channels": 3}}},
        {"departments": {"desk": {"channels": {"ticket": 3}}}},
        {"departments": {"desk": {"channels": {"ticket": {"hours": 3}}}}},
        {"departments": {"desk": {"channels": {"ticket": channel_data(first_response=3)}}}},
        {"departments": {"desk": {"channels": {"ticket": channel_data(3)}}}},  # type: ignore[arg-type]
        {"departments": {"desk": {"channels": {"ticket": channel_data(requires=3)}}}},
        {"departments": {"desk": {"channels": {"ticket": channel_data(hours={"schedule": 3})}}}},
        {"departments": {"desk": {"channels": {"ticket": channel_data(rule_data(name=3))}}}},
        {"departments": 3},
        {"priorities": 3},
        {"priorities": [3]},
    ],
    ids=str,
)
def test_a_part_of_the_wrong_kind_is_one_fault_and_no_crash(changes: dict[str, Any]) -> None:
    found = fault(lambda: policy(**changes))
    assert next(iter(changes)) == found.place[0]


def test_faults_between_parts_are_told_beside_faults_inside_them() -> None:
    found = faults(lambda: policy(channel=line(schedule="night"), timezone="EDT2"))
    assert {"zone_unknown", "schedule_undefined"} == {each.slug for each in found}
