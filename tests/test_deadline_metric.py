"""The deadline of each promise of a line: its words, its dump and its proof."""

from __future__ import annotations

import pickle
from datetime import timedelta
from typing import Any

import pytest

from builders import policy, rule_data, when
from support_sla import (
    Deadline,
    NoTargetError,
    Policy,
    UnknownMetricError,
    compute_deadline,
    latest_submission,
)
from support_sla.policy.metrics import METRICS, Metric

AT = "2026-09-07T08:00:00+07:00"
FOUR = {metric: [rule_data(name=metric, within=f"{at}h")] for at, metric in enumerate(METRICS, 1)}
HOURS = {metric: at for at, metric in enumerate(METRICS, 1)}


def desk(**lists: Any) -> Policy:
    return policy(channel={"hours": {"schedule": "office"}, **lists}, priorities=["low", "high"])


DESK = desk(**FOUR)


def ask(metric: Any, made: Policy = DESK, **names: Any) -> Deadline:
    return compute_deadline(made, AT, department="desk", metric=metric, **names)


@pytest.mark.parametrize("metric", METRICS)
def test_each_promise_is_due_by_its_own_rule_and_proves_itself(metric: Metric) -> None:
    found = ask(metric)
    assert (found.metric, found.target.name) == (metric, metric)
    assert found.due_at - found.submitted_at == timedelta(hours=HOURS[metric])
    assert found.verify()
    assert found.verify(found.to_dict())
    assert pickle.loads(pickle.dumps(found)) == found


def test_the_first_response_is_meant_unless_another_promise_is_named() -> None:
    assert compute_deadline(DESK, AT, department="desk") == ask("first_response")


def test_deadlines_of_two_promises_that_are_alike_differ() -> None:
    made = desk(next_response=[rule_data()], resolution=[rule_data()])
    assert ask("next_response", made) != ask("resolution", made)


def test_a_deadline_of_one_promise_does_not_prove_that_of_another() -> None:
    made = desk(next_response=[rule_data()], resolution=[rule_data()])
    kept = ask("next_response", made).to_dict()
    assert not ask("resolution", made).verify(kept)


@pytest.mark.parametrize(
    ("metric", "what", "done"),
    [
        ("first_response", "an answer", "answered"),
        ("next_response", "an answer", "answered"),
        ("update_every", "an update", "updated"),
        ("resolution", "a resolution", "resolved"),
    ],
)
def test_an_explanation_says_what_is_promised(metric: Metric, what: str, done: str) -> None:
    found, hours = ask(metric), HOURS[metric]
    amount = f"{hours} hour{'s' if hours > 1 else ''}"
    short, long = found.explain(), found.explain(long=True)
    assert f"is promised {what} by " in short
    assert f"We promise {what} within {amount}, counted only in our opening hours." in short
    assert f"will be {done} by" in found.explain(now=AT)
    assert f"was due to be {done} by" in found.explain(now="2026-09-08T08:00:00+07:00")
    assert f"must be {done} by" in long
    assert f"promises {what} within {amount} of business time" in long


@pytest.mark.parametrize(
    ("metric", "what"),
    [
        ("first_response", "phản hồi"),
        ("next_response", "phản hồi"),
        ("update_every", "cập nhật"),
        ("resolution", "giải quyết xong"),
    ],
)
def test_an_explanation_in_vietnamese_says_it_too(metric: Metric, what: str) -> None:
    said = f"Chúng tôi cam kết {what} trong vòng {HOURS[metric]} giờ làm việc."
    assert said in ask(metric).explain("vi")


def test_a_promise_in_days_and_one_at_once_say_what_they_are_of() -> None:
    days = desk(resolution=[{"within": "2 business days", "by": "close"}])
    once = desk(update_every=[rule_data(within="0m")])
    assert "We promise a resolution within 2 business days, by" in ask("resolution", days).explain()
    assert "We promise an update at once." in ask("update_every", once).explain()
    assert "promises an update at once" in ask("update_every", once).explain(long=True)


def test_a_deadline_names_its_promise_unless_it_is_the_first() -> None:
    first, last = ask("first_response"), ask("resolution")
    assert str(first).startswith("desk/ticket sent Mon 2026-09-07 08:00+07:00")
    assert str(last).startswith("desk/ticket resolution sent Mon 2026-09-07 08:00+07:00")
    assert "metric" not in repr(first)
    assert "channel='ticket', metric='resolution', submitted_at=" in repr(last)
    assert last._repr_markdown_().startswith("**desk/ticket resolution sent")


def test_a_dump_names_the_promise_unless_it_is_the_first() -> None:
    assert "metric" not in ask("first_response").to_dict()
    assert ask("resolution").to_dict()["metric"] == "resolution"


# --- What is refused ---


@pytest.mark.parametrize(
    "metric", [None, 5, [], {}, "speed", "x" * 100_000], ids=lambda m: repr(m)[:9]
)
def test_a_metric_that_there_is_none_of_is_refused_by_deadlines_and_latest_submissions(
    metric: Any,
) -> None:
    for asked in (
        lambda: ask(metric),
        lambda: latest_submission(DESK, AT, department="desk", metric=metric),
    ):
        with pytest.raises(UnknownMetricError) as caught:
            asked()
        assert "use one of 'first_response', 'next_response', 'update_every'" in str(caught.value)
        assert len(str(caught.value)) < 300


@pytest.mark.parametrize(
    ("lists", "metric", "said"),
    [
        ({}, "resolution", "has hours but no published target, so no deadline; it opens"),
        (
            {"resolution": [rule_data()]},
            "first_response",
            "has hours but no published target for first_response, so no deadline; it opens",
        ),
        (
            {"first_response": [rule_data()]},
            "update_every",
            "has hours but no published target for update_every, so no deadline; it opens",
        ),
    ],
)
def test_a_promise_that_a_line_lacks_is_told_apart_from_a_line_that_promises_nothing(
    lists: dict[str, Any], metric: Metric, said: str
) -> None:
    made = desk(**lists)
    with pytest.raises(NoTargetError) as caught:
        ask(metric, made)
    assert f"line 'desk/ticket' {said}" in str(caught.value)
    with pytest.raises(NoTargetError) as caught:
        latest_submission(made, AT, department="desk", metric=metric)
    assert f"line 'desk/ticket' {said}" in str(caught.value)


def test_the_priorities_that_are_named_are_those_of_the_promise() -> None:
    made = desk(first_response=[rule_data()], resolution=[when(priority=("high",))])
    assert ask("first_response", made, priority="low")
    with pytest.raises(NoTargetError, match="pass one of 'high' as its priority"):
        ask("resolution", made, priority="low")


# --- By when to write ---


@pytest.mark.parametrize("metric", METRICS)
def test_the_latest_submission_is_that_of_the_promise(metric: Metric) -> None:
    by = "2026-09-07T17:00:00+07:00"
    sent = latest_submission(DESK, by, department="desk", metric=metric)
    assert sent.isoformat() == f"2026-09-07T{17 - HOURS[metric]:02}:00:00+07:00"
    due = compute_deadline(DESK, sent, department="desk", metric=metric).due_at
    assert due.isoformat() == by
