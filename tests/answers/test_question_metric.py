"""Each promise of a line is a question of its own."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

import pytest

from builders import policy, rule_data, when
from support_sla import Policy, UnknownAttributeError, UnknownMetricError, UnknownPriorityError
from support_sla.answers.question import Question, questions
from support_sla.policy.metrics import METRICS, Metric

FIRST = when("Su", name="sunday", within="2h")
GOLD = {"name": "gold", "when": {"attributes": {"plan": ["gold"]}}, **rule_data(within="4h")}
URGENT = when(name="urgent", priority=("high",), within="1h")


def desk(**changes: Any) -> Policy:
    return policy(
        channel={"hours": {"schedule": "office"}, **changes},
        priorities=["low", "high"],
        attributes={"plan": ["basic", "gold"]},
    )


BOTH = desk(first_response=[FIRST, rule_data()], resolution=[URGENT, GOLD, rule_data(within="8h")])


def ask(made: Policy, metric: Any, attributes: Any = None, priority: Any = None) -> Question:
    return Question.of(made, "desk", "ticket", priority, attributes, metric)


def test_a_question_is_about_the_first_response_unless_another_promise_is_named() -> None:
    assert Question.of(BOTH, "desk", "ticket", None).metric == "first_response"
    assert [rule.name for rule in ask(BOTH, "resolution").targets] == ["urgent", "gold", "default"]


def test_the_rules_that_are_held_are_those_of_the_promise() -> None:
    gold = {"plan": "gold"}
    assert ask(BOTH, "first_response", gold, "high").held == (0, 1)
    assert ask(BOTH, "resolution", gold, "high").held == (0,)
    assert ask(BOTH, "resolution", gold).held == (1,)
    assert ask(BOTH, "resolution").held == (2,)


def test_only_attributes_that_rules_of_the_promise_ask_for_are_kept() -> None:
    assert ask(BOTH, "first_response", {"plan": "gold"}).attributes == ()
    assert ask(BOTH, "resolution", {"plan": "gold"}).attributes == (("plan", "gold"),)


def test_questions_about_two_promises_have_two_keys() -> None:
    keys = {ask(BOTH, metric).key for metric in METRICS}
    assert len(keys) == 4


@pytest.mark.parametrize(
    ("metric", "names"),
    [
        ("first_response", {"department": "desk", "channel": "ticket", "priority": "low"}),
        (
            "resolution",
            {
                "department": "desk",
                "channel": "ticket",
                "priority": "low",
                "metric": "resolution",
                "attributes": {"plan": "gold"},
            },
        ),
    ],
)
def test_the_keywords_of_a_question_name_its_promise_if_it_is_not_the_first(
    metric: Metric, names: dict[str, Any]
) -> None:
    assert ask(BOTH, metric, {"plan": "gold"}, "low").names() == names


def test_a_question_is_asked_of_another_policy_for_the_same_promise() -> None:
    other = desk(resolution=[rule_data(name="other")])
    asked = ask(BOTH, "resolution", {"plan": "gold"}, "low").asked_of(other)
    assert (asked.metric, asked.targets[0].name, asked.attributes) == ("resolution", "other", ())


def test_other_priorities_and_missing_attributes_are_those_of_the_promise() -> None:
    first, resolution = ask(BOTH, "first_response"), ask(BOTH, "resolution")
    assert (first.other_priorities(), first.missing_attributes()) == ([], [])
    assert (resolution.other_priorities(), resolution.missing_attributes()) == (["high"], ["plan"])


def test_a_promise_of_a_subclass_of_texts_becomes_plain() -> None:
    class Word(StrEnum):
        RESOLUTION = "resolution"

    assert type(ask(BOTH, Word.RESOLUTION).metric) is str


@pytest.mark.parametrize(
    ("line", "metric", "unpromised"),
    [
        ({}, "resolution", None),
        ({"resolution": [rule_data()]}, "first_response", "first_response"),
        ({"resolution": [rule_data()]}, "update_every", "update_every"),
    ],
)
def test_a_promise_that_a_line_lacks_is_told_if_it_has_others(
    line: dict[str, Any], metric: Metric, unpromised: str | None
) -> None:
    assert ask(desk(**line), metric).unpromised == unpromised


def test_names_are_refused_in_their_order() -> None:
    with pytest.raises(UnknownMetricError, match="metric 'speed' is not one"):
        ask(BOTH, "speed", {"plam": "gold"}, "top")
    with pytest.raises(UnknownPriorityError):
        ask(BOTH, "resolution", {"plam": "gold"}, "top")
    with pytest.raises(UnknownAttributeError):
        ask(BOTH, "resolution", {"plam": "gold"})


# --- Every question ---


def test_every_promise_of_a_line_is_asked_with_each_set_of_its_rules() -> None:
    found = [(each.metric, each.priority, each.attributes) for each in questions(BOTH)]
    assert found == [
        ("first_response", None, ()),
        ("resolution", None, ()),
        ("resolution", "high", ()),
        ("resolution", None, (("plan", "gold"),)),
    ]


def test_a_promise_that_only_one_of_two_policies_has_is_asked_too() -> None:
    one, two = desk(first_response=[rule_data()]), desk(update_every=[rule_data()])
    assert [each.metric for each in questions(one, two)] == ["first_response", "update_every"]
    assert [each.metric for each in questions(two, one)] == ["update_every", "first_response"]


def test_a_line_that_promises_nothing_is_asked_nothing() -> None:
    assert [*questions(desk())] == []
