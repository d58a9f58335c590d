"""The words for what a line may promise, and for how a promise goes on when a ticket changes."""

from __future__ import annotations

from typing import Any, get_args

import pytest

from builders import channel_data, fault, policy, rule_data
from support_sla import Channel, Policy, UnknownMetricError
from support_sla.policy.metrics import METRICS, Changes, Metric, Reopened

NAMES = ("first_response", "next_response", "update_every", "resolution")
FOUR = {metric: [rule_data(name=metric, within=f"{at}h")] for at, metric in enumerate(NAMES, 1)}


def made(**changes: Any) -> Policy:
    return policy(channel={"hours": {"schedule": "office"}, **changes})


def line(**changes: Any) -> Channel:
    return made(**changes).departments["desk"].channels["ticket"]


def test_a_line_may_promise_four_things_in_this_order() -> None:
    assert METRICS == NAMES == get_args(Metric)
    assert [key for key in Channel.model_fields if key in METRICS] == [*METRICS]


@pytest.mark.parametrize("metric", NAMES)
def test_each_promise_has_rules_of_its_own(metric: Metric) -> None:
    (rule,) = made(**FOUR).targets("desk", "ticket", metric)
    assert rule.name == metric


@pytest.mark.parametrize("metric", NAMES)
def test_a_line_promises_only_what_it_lists(metric: Metric) -> None:
    found = made(**{metric: [rule_data()]})
    assert [m for m in METRICS if found.targets("desk", "ticket", m)] == [metric]


@pytest.mark.parametrize("metric", NAMES)
def test_each_promise_may_name_a_list_of_the_policy(metric: Metric) -> None:
    rules = {"usual": [rule_data(name="shared")]}
    channel = {"hours": {"schedule": "office"}, metric: "usual"}
    found = policy(channel=channel, rules=rules)
    assert [rule.name for rule in found.targets("desk", "ticket", metric)] == ["shared"]


def test_the_first_response_is_meant_unless_another_is_named() -> None:
    assert [rule.name for rule in made(**FOUR).targets("desk", "ticket")] == ["first_response"]


@pytest.mark.parametrize("metric", [None, 5, [], {}, b"resolution", "", "Resolution", "speed"])
def test_a_metric_that_there_is_none_of_is_refused_with_those_there_are(metric: Any) -> None:
    listed = ", ".join(map(repr, NAMES))
    with pytest.raises(UnknownMetricError) as caught:
        made(**FOUR).targets("desk", "ticket", metric)
    assert str(caught.value) == (
        f"metric {metric!r} is not one that a line has; use one of {listed}"
    )


# --- How a promise goes on ---


def test_changes_count_from_the_start_and_a_reopened_ticket_resumes_unless_told_otherwise() -> None:
    assert (line().changes, line().reopened, line().internal) == ("from_start", "resume", False)


@pytest.mark.parametrize("changes", get_args(Changes))
def test_each_way_of_going_on_after_a_change_can_be_written(changes: Changes) -> None:
    assert line(changes=changes).changes == changes


@pytest.mark.parametrize("reopened", get_args(Reopened))
def test_each_way_of_going_on_after_a_reopening_can_be_written(reopened: Reopened) -> None:
    assert line(reopened=reopened).reopened == reopened


@pytest.mark.parametrize(
    ("key", "value", "options"),
    [
        ("changes", "from-start", "'from_start', 'carry', 'restart'; did you mean 'from_start'?"),
        ("changes", None, "'from_start', 'carry', 'restart'; use one of"),
        ("reopened", "never", "'resume', 'new', 'final'; use one of 'final', 'new', 'resume'"),
        ("reopened", "resumes", "'resume', 'new', 'final'; did you mean 'resume'?"),
    ],
)
def test_another_way_is_refused_with_those_there_are(key: str, value: Any, options: str) -> None:
    found = fault(lambda: Channel.model_validate(channel_data(**{key: value})))
    assert (found.slug, found.place) == ("option_unknown", (key,))
    assert found.message.startswith(f"{value!r} is none of {options}")


@pytest.mark.parametrize("value", ["yes", 1, None])
def test_a_line_is_internal_or_not_and_nothing_between(value: Any) -> None:
    found = fault(lambda: Channel.model_validate(channel_data(internal=value)))
    assert (found.slug, found.place) == ("bool_type", ("internal",))
