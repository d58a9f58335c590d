"""The clock of a rule is that of the promise under which it stands."""

from __future__ import annotations

from typing import Any

import pytest

from builders import policy, rule_data, when
from support_sla import Clock, UnknownChannelError, UnknownMetricError, UnknownRuleError

FIRST = [when("Mo", name="own", hours={"schedule": "early"}), rule_data()]
RESOLUTION = [when("Mo", name="own", hours={"schedule": "late"}), rule_data(name="usual")]
DESK = policy(
    channel={
        "hours": {"schedule": "office"},
        "first_response": FIRST,
        "update_every": "shared",
        "resolution": RESOLUTION,
    },
    rules={"shared": [rule_data(name="shared", hours={"schedule": "late"})]},
    schedules={
        "office": "Mo-Fr 08:00-17:00",
        "early": "Mo-Fr 06:00-12:00",
        "late": "Mo-Fr 12:00-20:00",
    },
)


def hours(**names: Any) -> str:
    return str(Clock.of(DESK, department="desk", **names)).split(" of ")[1].split(" in ")[0]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ({}, "Mo-Fr 08:00-17:00"),
        ({"metric": "resolution"}, "Mo-Fr 08:00-17:00"),
        ({"rule": "own"}, "Mo-Fr 06:00-12:00"),
        ({"rule": "own", "metric": "first_response"}, "Mo-Fr 06:00-12:00"),
        ({"rule": "own", "metric": "resolution"}, "Mo-Fr 12:00-20:00"),
        ({"rule": "shared", "metric": "update_every"}, "Mo-Fr 12:00-20:00"),
        ({"rule": "usual", "metric": "resolution"}, "Mo-Fr 08:00-17:00"),
    ],
)
def test_a_rule_is_looked_for_under_its_metric(names: dict[str, Any], expected: str) -> None:
    assert hours(**names) == expected


@pytest.mark.parametrize(
    ("names", "message"),
    [
        ({"rule": "usual"}, "'usual' is none of line 'desk/ticket'; use one of 'own', 'default'"),
        (
            {"rule": "shared", "metric": "resolution"},
            "'shared' is none of line 'desk/ticket resolution'; use one of 'own', 'usual'",
        ),
        (
            {"rule": "own", "metric": "next_response"},
            "'own' is none of line 'desk/ticket next_response'; leave it out, the line has none",
        ),
    ],
)
def test_a_rule_of_another_promise_is_refused_with_those_of_this_one(
    names: dict[str, Any], message: str
) -> None:
    with pytest.raises(UnknownRuleError) as caught:
        hours(**names)
    assert str(caught.value) == f"rule {message}"


@pytest.mark.parametrize("metric", [None, 5, [], "speed"])
@pytest.mark.parametrize("rule", [None, "own"])
def test_a_metric_that_there_is_none_of_is_refused_with_or_without_a_rule(
    metric: Any, rule: Any
) -> None:
    with pytest.raises(UnknownMetricError, match="use one of 'first_response', 'next_response'"):
        hours(metric=metric, rule=rule)


def test_a_line_is_looked_for_before_its_promise() -> None:
    with pytest.raises(UnknownChannelError):
        hours(channel="fax", metric="speed")
