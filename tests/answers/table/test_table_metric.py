"""The table of each promise of a line, and its dump."""

from __future__ import annotations

import json
from typing import Any

import pytest

from builders import policy, rule_data
from support_sla import AnswerTable, UnitError, UnknownMetricError, compute_deadline
from support_sla.policy.metrics import METRICS

FOUR = {metric: [rule_data(name=metric, within=f"{at}h")] for at, metric in enumerate(METRICS, 1)}
DESK = policy(channel={"hours": {"schedule": "office"}, **FOUR}, timezone="UTC")
YEARS: dict[str, Any] = {"department": "desk", "first_year": 2026, "last_year": 2026, "unit": "s"}
MONDAY = 1_788_768_000
"""Monday 7 September 2026, 08:00, when the desk opens, in seconds."""


def table(metric: Any) -> AnswerTable:
    return AnswerTable.of(DESK, metric=metric, **YEARS)


@pytest.mark.parametrize(("metric", "hours"), [(m, at) for at, m in enumerate(METRICS, 1)])
def test_each_promise_has_a_table_of_its_own_that_answers_as_deadlines_do(
    metric: Any, hours: int
) -> None:
    found = table(metric)
    assert (found.metric, found.targets) == (metric, (metric,))
    answer = found.answer(MONDAY)
    assert answer is not None
    assert answer.due_at == MONDAY + hours * 3_600
    deadline = compute_deadline(DESK, "2026-09-07T08:00:00Z", department="desk", metric=metric)
    assert (deadline.metric, int(deadline.due_at.timestamp())) == (metric, answer.due_at)


def test_a_table_is_that_of_the_first_response_unless_another_is_named() -> None:
    assert AnswerTable.of(DESK, **YEARS) == table("first_response")
    assert table("first_response") != table("resolution")


@pytest.mark.parametrize("metric", METRICS)
def test_a_table_is_read_back_from_its_dump(metric: Any) -> None:
    found = table(metric)
    assert AnswerTable.from_dict(json.loads(json.dumps(found.to_dict()))) == found


def test_the_metric_is_in_a_dump_if_it_is_not_the_first_response() -> None:
    assert "metric" not in table("first_response").to_dict()
    assert table("resolution").to_dict()["metric"] == "resolution"


def test_a_dump_may_name_the_first_response_too() -> None:
    dump = table("first_response").to_dict()
    assert AnswerTable.from_dict({**dump, "metric": "first_response"}) == table("first_response")


@pytest.mark.parametrize(
    ("metric", "said"),
    [
        (None, "metric = None, which is no text"),
        (["resolution"], "metric = ('resolution',), which is no text"),
        ("speed", "metric = 'speed', which is none there is"),
        ("x" * 100_000, "..., which is none there is"),
    ],
    ids=["none", "list", "unknown", "long"],
)
def test_a_dump_of_another_metric_is_refused(metric: Any, said: str) -> None:
    with pytest.raises(UnitError) as caught:
        AnswerTable.from_dict({**table("resolution").to_dict(), "metric": metric})
    assert said in str(caught.value)
    assert len(str(caught.value)) < 300


def test_a_dump_of_a_long_crossing_leaves_a_message_that_can_be_read() -> None:
    with pytest.raises(UnitError) as caught:
        AnswerTable.from_dict({**table("resolution").to_dict(), "crossing": "x" * 100_000})
    assert len(str(caught.value)) < 300


@pytest.mark.parametrize("metric", [None, 5, [], "speed"])
def test_the_table_of_a_metric_that_there_is_none_of_is_refused(metric: Any) -> None:
    with pytest.raises(UnknownMetricError, match="use one of 'first_response', 'next_response'"):
        table(metric)


def test_a_table_says_which_promise_it_is_of_unless_it_is_the_first() -> None:
    first, last = table("first_response"), table("resolution")
    assert str(first).startswith("desk/ticket, submissions of 2026 in UTC")
    assert str(last).startswith("desk/ticket resolution, submissions of 2026 in UTC")
    assert last.describe().startswith("desk/ticket resolution")
    assert first.describe().startswith("desk/ticket,") or first.describe().startswith(
        "desk/ticket "
    )
    assert "desk/ticket resolution" in last._repr_markdown_()
