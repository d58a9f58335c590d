"""A comparison walks every promise of each line."""

from __future__ import annotations

from typing import Any

import pytest

from builders import policy, rule_data, when
from support_sla import (
    Difference,
    NotAModelError,
    NoTargetError,
    Policy,
    Submission,
    SupportSlaError,
    UnknownMetricError,
    compare,
    compare_submissions,
)
from support_sla.policy.metrics import METRICS

AT = "2026-09-07T09:00:00+07:00"
PLACE = {"submitted_at": AT, "department": "desk"}
every_metric = pytest.mark.parametrize("metric", METRICS)


def desk(**changes: Any) -> Policy:
    lists = {metric: changes.pop(metric) for metric in METRICS if metric in changes}
    return policy(channel={"hours": {"schedule": "office"}, **lists}, **changes)


def slower(metric: str) -> tuple[Policy, Policy]:
    """Return two versions of which the new one promises more time for one metric alone."""
    lists: dict[str, Any] = {each: [rule_data()] for each in METRICS}
    return desk(**lists), desk(**{**lists, metric: [rule_data(within="2h")]})


@every_metric
def test_a_change_of_one_promise_is_found_in_it_and_nowhere_else(metric: str) -> None:
    found = compare(*slower(metric), (2026, 2026))
    assert found
    assert {each.metric for each in found} == {metric}
    assert {each.kind for each in found} == {"later"}


@every_metric
def test_a_promise_that_only_one_version_has_is_found(metric: str) -> None:
    other = METRICS[METRICS.index(metric) - 1]
    one = desk(**{other: [rule_data()]})
    two = desk(**{other: [rule_data()], metric: [rule_data()]})
    added, dropped = compare(one, two, (2026, 2026)), compare(two, one, (2026, 2026))
    (gained,), (lost,) = added, dropped
    assert (gained.kind, gained.metric) == ("only_new", metric)
    assert (lost.kind, lost.metric) == ("only_old", metric)
    assert f"no published target for {metric}" in str(gained.why_not)


def test_a_difference_names_its_promise_unless_it_is_the_first() -> None:
    first, last = (
        compare(*slower(metric), (2026, 2026)).differences[0]
        for metric in ("first_response", "resolution")
    )
    assert str(first).startswith("desk/ticket from ")
    assert str(last).startswith("desk/ticket resolution from ")
    assert "metric" not in first.to_dict()
    assert last.to_dict()["metric"] == "resolution"


def test_a_comparison_in_a_notebook_names_the_promise() -> None:
    found = compare(*slower("resolution"), (2026, 2026))
    assert "desk/ticket resolution" in found._repr_markdown_()


def test_priorities_of_each_promise_are_asked() -> None:
    rules = [when(priority=("high",), within="2h"), rule_data()]
    old = desk(first_response=[rule_data()], resolution=[rule_data()], priorities=["high"])
    new = desk(first_response=[rule_data()], resolution=rules, priorities=["high"])
    found = compare(old, new, (2026, 2026))
    assert {(each.metric, each.priority) for each in found} == {("resolution", "high")}


# --- Single submissions ---


def differences(metric: str, *rows: Any) -> tuple[Difference, ...]:
    return compare_submissions(*slower(metric), rows)


@every_metric
def test_a_submission_asks_for_the_promise_it_names(metric: Any) -> None:
    rows = [{**PLACE, "metric": each} for each in METRICS]
    (only,) = differences(metric, *rows)
    assert (only.index, only.metric) == (METRICS.index(metric), metric)
    (again,) = differences(metric, Submission(AT, "desk", metric=metric))
    assert again.metric == metric


def test_a_submission_asks_for_the_first_response_unless_it_names_another() -> None:
    assert len(differences("first_response", PLACE)) == 1
    assert differences("resolution", PLACE) == ()


def refused(*rows: Any) -> SupportSlaError:
    with pytest.raises(SupportSlaError) as caught:
        differences("resolution", *rows)
    return caught.value


@pytest.mark.parametrize("metric", [None, 5, [], "speed"])
def test_a_metric_that_there_is_none_of_is_refused_with_the_place_of_its_row(metric: Any) -> None:
    error = refused(PLACE, {**PLACE, "metric": metric})
    assert (type(error), error.index) == (UnknownMetricError, 1)
    assert f"metric {metric!r} is not one that a line has; use one of 'first_res" in str(error)


def test_a_row_of_other_keys_is_told_all_that_it_may_have() -> None:
    error = refused({**PLACE, "metrik": "resolution"})
    assert (type(error), error.index) == (NotAModelError, 0)
    keys = {"submitted_at", "department", "channel", "priority", "attributes", "metric"}
    assert keys == {*Submission._fields}
    assert all(repr(key) in str(error) for key in keys)


def test_a_promise_that_neither_version_has_is_refused_with_the_place_of_its_row() -> None:
    versions = desk(first_response=[rule_data()]), desk(first_response=[rule_data(within="2h")])
    with pytest.raises(NoTargetError) as caught:
        compare_submissions(*versions, [{**PLACE, "metric": "resolution"}])
    assert caught.value.index == 0
    assert "no published target for resolution" in str(caught.value)
