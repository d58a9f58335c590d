"""Every rule of a line can match and has a name of its own."""

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
from support_sla.policy.checks.reach import reachable

LINE = ("departments", "desk", "channels", "ticket")
RULES = (*LINE, "first_response")
CALENDARS = {"tet": {"country": "VN"}, "own": calendar_data(day_data())}


def line(
    *, observes: tuple[str, ...] = (), schedule: str = "office", **changes: Any
) -> dict[str, Any]:
    return channel_data(hours={"schedule": schedule, "observes": list(observes)}, **changes)


PRIORITIES = ["low", "high"]
WEEKDAYS = ("Mo", "Tu", "We", "Th", "Fr")


@pytest.mark.parametrize(
    ("rules", "unreachable"),
    [
        pytest.param([rule_data()], [], id="a default alone"),
        pytest.param([when("Su"), rule_data()], [], id="a default last"),
        pytest.param([rule_data(), when("Su")], [1], id="a default first"),
        pytest.param([when("Su"), rule_data(), when("Mo")], [2], id="a default in the middle"),
        pytest.param([rule_data(), rule_data(name="again")], [1], id="two defaults"),
        pytest.param([when("Su"), when("Su"), rule_data()], [1], id="the same day"),
        pytest.param([when("Sa", "Su"), when("Su"), rule_data()], [1], id="fewer days"),
        pytest.param([when("Su"), when("Sa", "Su"), rule_data()], [], id="more days"),
        pytest.param(
            [when("Sa"), when("Su"), when("Sa", "Su"), rule_data()], [2], id="a union of days"
        ),
        pytest.param(
            [when(*WEEKDAYS), when("Sa", "Su"), rule_data()], [2], id="a default after all days"
        ),
        pytest.param([when(*WEEKDAYS), when("Sa"), rule_data()], [], id="a default after six days"),
        pytest.param(
            [when(*WEEKDAYS), when("Sa", "Su"), when("tet")], [2], id="a calendar after all days"
        ),
        pytest.param(
            [when("tet"), when("tet", name="again"), rule_data()], [1], id="the same calendar"
        ),
        pytest.param([when("tet"), when("own"), rule_data()], [], id="another calendar"),
        pytest.param([when("tet"), when("tet", "Su"), rule_data()], [], id="a calendar and a day"),
        pytest.param(
            [when("tet", "Su"), when("tet"), rule_data()], [1], id="a calendar of two names"
        ),
        pytest.param(
            [when("Su"), when("tet"), when("tet", "Su"), rule_data()],
            [2],
            id="a union with a calendar",
        ),
        pytest.param(
            [when(priority=("low",)), when(priority=("low",), name="again")],
            [1],
            id="the same priority",
        ),
        pytest.param(
            [when(priority=("low",)), when(priority=("high",)), rule_data()],
            [],
            id="no priority is left",
        ),
        pytest.param(
            [when(priority=("low",)), when(priority=("high",)), when(priority=("low", "high"))],
            [2],
            id="a union of priorities",
        ),
        pytest.param(
            [when("Su"), when("Su", priority=("low",)), rule_data()],
            [1],
            id="a day, then with a priority",
        ),
        pytest.param(
            [when("Su", priority=("low",)), when("Su"), rule_data()],
            [],
            id="a day with a priority, then without",
        ),
        pytest.param(
            [when(priority=("low",)), when("Su", priority=("low",)), rule_data()],
            [1],
            id="a priority, then with a day",
        ),
        pytest.param(
            [
                when("Su", priority=("low",)),
                when("Su", priority=("high",)),
                when("Su"),
                rule_data(),
            ],
            [],
            id="a day with every priority leaves the day without one",
        ),
        pytest.param(
            [
                when("Su", priority=("low",)),
                when("Su", priority=("high",)),
                when("Su", priority=("high", "low")),
            ],
            [2],
            id="a day with every priority covers the day with any",
        ),
        pytest.param(
            [
                when(*WEEKDAYS, priority=("low",)),
                when("Sa", "Su", priority=("low",)),
                when(priority=("low",)),
            ],
            [2],
            id="a priority after it on every day",
        ),
        pytest.param(
            [
                when(priority=("low",)),
                when("Su"),
                when("Su", "tet", priority=("low", "high")),
                rule_data(),
            ],
            [],
            id="a calendar with the priority that is left",
        ),
        pytest.param(
            [rule_data(), when("Su"), when("Mo")], [1, 2], id="everything after a default"
        ),
    ],
)
def test_a_rule_that_can_never_match_is_refused(
    rules: list[dict[str, Any]], unreachable: list[int]
) -> None:
    data = policy_data(*rules, calendars=CALENDARS, priorities=PRIORITIES)
    if not unreachable:
        assert len(rules) == len(
            Policy.model_validate(data).channel("desk", "ticket").first_response
        )
    else:
        found = faults(lambda: Policy.model_validate(data))
        assert [("rule_unreachable", (*RULES, at)) for at in unreachable] == [
            each[:2] for each in found
        ]


def test_the_reachable_conditions_are_those_a_policy_accepts() -> None:
    sunday, high = {"days": ["Su"]}, {"priority": ["high"]}
    whens = [sunday, sunday, high, {"days": ["Su"], "priority": ["low"]}, None, high, None]
    assert [sunday, high, None] == reachable(whens, PRIORITIES)


def test_a_rule_that_can_never_match_is_told_by_its_name() -> None:
    assert "rule 'again'" in fault(lambda: policy(rule_data(), rule_data(name="again"))).message
    assert "rule 'Sa or Su'" in fault(lambda: policy(rule_data(), when("Sa", "Su"))).message


def test_two_rules_of_a_line_have_two_names() -> None:
    found = fault(lambda: policy(when("Su", name="calm"), when("Mo", name="calm")))
    assert ("name_repeated", (*RULES, 1)) == found[:2]
    assert "'calm'" in found.message


def test_a_written_name_may_not_be_that_of_an_unnamed_rule() -> None:
    found = fault(lambda: policy(when("Su", name="default"), rule_data()))
    assert ("name_repeated", (*RULES, 1)) == found[:2]


def test_rules_of_two_lines_may_share_a_name() -> None:
    channels = {
        "ticket": channel_data(rule_data(name="fast")),
        "chat": channel_data(rule_data(name="fast")),
    }
    assert 2 == len(
        policy(departments={"desk": {"channels": channels}}).department("desk").channels
    )


def test_a_fault_of_rules_that_two_lines_share_is_told_once_and_at_the_rules() -> None:
    data = policy_data(rule_data())
    line = data["departments"]["desk"]["channels"]["ticket"]
    line["first_response"] = "slow"
    data["departments"]["desk"]["channels"]["chat"] = dict(line)
    data["rules"] = {"slow": [rule_data(), rule_data(name="late")]}
    found = fault(lambda: Policy.model_validate(data))
    assert ("rule_unreachable", ("rules", "slow", 1)) == found[:2]


def test_a_rule_for_a_closed_line_can_never_match_on_one_that_never_closes() -> None:
    closed = {"when": {"open": False}, **rule_data()}
    found = fault(lambda: policy(closed, rule_data(name="rest"), schedules={"office": "24/7"}))
    assert "for the line never closes" in found.message
    assert policy(closed, rule_data(name="rest"))


def test_a_rule_for_an_open_line_takes_all_of_one_that_never_closes() -> None:
    opened = {"when": {"open": True}, **rule_data()}
    found = fault(lambda: policy(opened, rule_data(name="rest"), schedules={"office": "24/7"}))
    assert "rule 'rest' can never match, rule 'while open' always does first" in found.message


def test_rules_for_both_halves_of_a_date_leave_nothing_to_a_third() -> None:
    halves = [{"when": {"time": time}, **rule_data()} for time in ("00:00-13:00", "13:00-24:00")]
    found = fault(lambda: policy(*halves, rule_data(name="rest")))
    assert "rule 'rest' can never match, one of the rules before it" in found.message
    part = {"when": {"time": "09:00-12:00"}, **rule_data()}
    found = fault(lambda: policy(halves[0], part, rule_data(name="rest")))
    assert "rule 'at 09:00-12:00' can never match, rule 'at 00:00-13:00'" in found.message


def test_rules_for_every_value_of_an_attribute_leave_the_requests_without_it() -> None:
    plans = {"plan": ["basic", "gold"]}
    both = {"when": {"attributes": plans}, **rule_data(name="both")}
    gold = {"when": {"attributes": {"plan": ["gold"]}}, **rule_data(name="gold")}
    assert policy(gold, both, rule_data(name="rest"), attributes=plans)
    found = fault(lambda: policy(both, gold, rule_data(name="rest"), attributes=plans))
    assert "rule 'gold' can never match, rule 'both' always does first" in found.message


def test_a_line_of_very_many_kinds_of_requests_is_judged_by_days_and_priorities_alone() -> None:
    names = [f"p{at}" for at in range(4_000)]
    times = [
        {"when": {"time": f"00:{at:02d}-00:{at + 1:02d}"}, **rule_data(name=f"t{at}")}
        for at in range(40)
    ]
    asked = when(priority=tuple(names), name="asked")
    assert policy(*times, asked, rule_data(name="rest"), priorities=names)
    found = fault(lambda: policy(*times, rule_data(), asked, priorities=names))
    assert "rule 'asked' can never match" in found.message
