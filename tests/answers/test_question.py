"""What a policy is asked: attributes of a request, which rules it holds, and every question."""

from __future__ import annotations

from typing import Any

import pytest

from builders import policy, policy_data, rule_data, when
from support_sla import (
    NotAModelError,
    NoTargetError,
    Policy,
    UnknownAttributeError,
    UnknownPriorityError,
    compute_deadline,
)
from support_sla.answers.compiled_line import asked_of
from support_sla.answers.promise import promises_of
from support_sla.answers.question import Question, questions

MONDAY = "2026-03-02T09:00:00+07:00"
ATTRIBUTES = {"plan": ["basic", "gold"], "region": ["eu", "us"], "unused": ["yes"]}


def asks(name: str, **attributes: list[str]) -> dict[str, Any]:
    """Return a rule that asks for attributes."""
    return rule_data(name=name, when={"attributes": attributes})


def desk(*rules: dict[str, Any], **changes: Any) -> Policy:
    return policy(*rules, **{"attributes": ATTRIBUTES, "priorities": ["low", "high"], **changes})


GOLD = desk(asks("gold", plan=["gold"]), rule_data(name="rest"))


def name_of(made: Policy, attributes: Any = None, **names: Any) -> str:
    """Return the rule that answers a request with these attributes."""
    found = compute_deadline(made, MONDAY, department="desk", attributes=attributes, **names)
    assert found.verify()
    return found.target.name


def question(made: Policy, attributes: Any = None, priority: str | None = None) -> Question:
    return Question.of(made, "desk", "ticket", priority, attributes)


# --- Attributes of a request ---


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        pytest.param({"plan": "gold"}, "gold", id="the value asked for"),
        pytest.param({"plan": "basic"}, "rest", id="another value"),
        pytest.param({"region": "eu"}, "rest", id="another attribute"),
        pytest.param({"plan": "gold", "region": "eu"}, "gold", id="more than is asked for"),
        pytest.param({"plan": None}, "rest", id="none of it"),
        pytest.param({"plan": "gold", "region": None}, "gold", id="none of another"),
        pytest.param({}, "rest", id="no attributes"),
        pytest.param(None, "rest", id="nothing"),
    ],
)
def test_a_request_holds_a_rule_by_the_attributes_it_has(attributes: Any, expected: str) -> None:
    assert expected == name_of(GOLD, attributes)


def test_any_value_that_a_rule_names_will_do_and_each_attribute_must_be_had() -> None:
    made = desk(asks("both", plan=["gold", "basic"], region=["us"]), rule_data(name="rest"))
    assert ["both", "both", "rest", "rest", "rest"] == [
        name_of(made, given)
        for given in (
            {"plan": "gold", "region": "us"},
            {"plan": "basic", "region": "us"},
            {"plan": "gold", "region": "eu"},
            {"plan": "gold"},
            {"region": "us"},
        )
    ]


def test_attributes_and_a_priority_must_both_hold() -> None:
    both = rule_data(name="both", when={"priority": ["high"], "attributes": {"plan": ["gold"]}})
    made = desk(both, rule_data(name="rest"))
    gold = {"plan": "gold"}
    assert "both" == name_of(made, gold, priority="high")
    assert ["rest"] * 3 == [
        name_of(made, gold, priority="low"),
        name_of(made, gold),
        name_of(made, priority="high"),
    ]


def test_only_what_some_rule_of_the_line_asks_for_is_kept() -> None:
    asked = question(GOLD, {"unused": "yes", "region": "us", "plan": "basic"})
    assert (("plan", "basic"),) == asked.attributes
    assert {"attributes": {"plan": "basic"}}.items() <= asked.names().items()
    assert "attributes" not in question(GOLD, {"region": "us"}).names()


def test_attributes_may_come_in_any_order() -> None:
    made = desk(asks("both", plan=["gold"], region=["us"]), rule_data(name="rest"))
    one = question(made, {"plan": "gold", "region": "us"})
    two = question(made, {"region": "us", "plan": "gold"})
    assert one == two
    assert one.key == two.key
    assert (("plan", "gold"), ("region", "us")) == one.attributes


def test_a_line_without_a_rule_for_the_request_says_what_it_lacks() -> None:
    made = desk(asks("gold", plan=["gold"]))
    with pytest.raises(NoTargetError, match="plan"):
        name_of(made)
    assert "gold" == name_of(made, {"plan": "gold"})


@pytest.mark.parametrize(
    ("attributes", "message"),
    [
        pytest.param(
            {"tier": "gold"},
            "attribute 'tier' is not declared by the policy; "
            "use one of 'plan', 'region' or 'unused'",
            id="undeclared",
        ),
        pytest.param(
            {"tier": None},
            "attribute 'tier' is not declared by the policy; "
            "use one of 'plan', 'region' or 'unused'",
            id="undeclared and none",
        ),
        pytest.param(
            {1: "gold"},
            "attribute 1 is not declared by the policy; use one of 'plan', 'region' or 'unused'",
            id="no text",
        ),
        pytest.param(
            {"plan": "silver"},
            "attribute 'plan' has no value 'silver'; use one of 'basic' or 'gold'",
            id="an undeclared value",
        ),
        pytest.param(
            {"plan": True},
            "attribute 'plan' has no value True; use one of 'basic' or 'gold'",
            id="a value that is no text",
        ),
        pytest.param(
            {"plan": ["gold"]},
            r"attribute 'plan' has no value ['gold']; use one of 'basic' or 'gold'",
            id="several values",
        ),
    ],
)
def test_what_the_policy_does_not_declare_is_refused(attributes: Any, message: str) -> None:
    with pytest.raises(UnknownAttributeError) as caught:
        name_of(GOLD, attributes)
    assert message.replace(" or ", ", ") == str(caught.value).replace(" or ", ", ")


def test_a_policy_that_declares_none_says_so() -> None:
    with pytest.raises(UnknownAttributeError, match="'plan' .*; leave it out, none is declared"):
        name_of(policy(), {"plan": "gold"})


@pytest.mark.parametrize("attributes", ["plan", ["plan", "gold"], [("plan", "gold")], 1, 0, ""])
def test_attributes_that_are_no_mapping_are_refused(attributes: Any) -> None:
    with pytest.raises(NotAModelError, match="attributes are no mapping"):
        name_of(GOLD, attributes)


def test_an_undeclared_priority_is_refused_before_the_attributes_are_read() -> None:
    with pytest.raises(UnknownPriorityError):
        question(GOLD, {"tier": "gold"}, "urgent")


def test_another_policy_is_asked_without_attributes_that_it_does_not_declare() -> None:
    asked = question(GOLD, {"plan": "gold"})
    assert asked.attributes == asked.asked_of(GOLD).attributes
    assert () == asked.asked_of(policy()).attributes


# --- The rules that a request holds ---


def test_a_request_holds_rules_up_to_the_first_that_matches_every_submission() -> None:
    made = desk(
        when("Su", name="sundays"),
        when(priority=("high",), name="high"),
        rule_data(name="open", when={"open": True}),
        rule_data(name="early", when={"time": "00:00-06:00"}),
        asks("gold", plan=["gold"]),
        rule_data(name="rest"),
    )
    assert (0, 1) == question(made, {"plan": "gold"}, "high").held
    assert (0, 2, 3, 4) == question(made, {"plan": "gold"}, "low").held
    assert (0, 2, 3, 5) == question(made, {"plan": "basic"}).held
    assert (0, 2, 3, 5) == question(made).held


def test_requests_that_hold_the_same_rules_share_one_compiled_line() -> None:
    made = desk(
        when("Su", priority=("high",), name="sundays"), asks("gold", plan=["gold"]), rule_data()
    )
    alike = [
        asked_of(question(made, attributes, priority))
        for attributes, priority in [
            (None, None),
            (None, "low"),
            ({"plan": "basic"}, None),
            ({"plan": "basic", "region": "eu"}, "low"),
        ]
    ]
    assert all(alike[0].line is each.line for each in alike)
    gold = asked_of(question(made, {"plan": "gold"}))
    high = asked_of(question(made, None, "high"))
    assert 3 == len({id(alike[0].line), id(gold.line), id(high.line)})
    assert promises_of(question(made)) is promises_of(question(made, {"plan": "basic"}))
    assert promises_of(question(made)) is not promises_of(question(made, {"plan": "gold"}))


def test_two_policies_share_nothing() -> None:
    data = policy_data(asks("gold", plan=["gold"]), rule_data(), attributes=ATTRIBUTES)
    one, two = Policy.model_validate(data), Policy.model_validate(data)
    assert one == two
    assert asked_of(question(one)).line is not asked_of(question(two)).line


def test_the_answer_names_the_request_that_was_asked_and_not_one_alike() -> None:
    for attributes, kept in [({"plan": "basic"}, {"plan": "basic"}), ({"region": "eu"}, {})]:
        found = compute_deadline(GOLD, MONDAY, department="desk", attributes=attributes)
        assert kept == found.attributes


# --- Every question ---


def every(*policies: Policy) -> list[tuple[str | None, dict[str, str]]]:
    """Return the priority and the attributes of every question to one line."""
    return [(each.priority, dict(each.attributes)) for each in questions(*policies)]


def test_questions_are_one_for_each_set_of_rules_that_requests_hold() -> None:
    both = rule_data(name="both", when={"priority": ["high"], "attributes": {"plan": ["gold"]}})
    made = desk(both, asks("gold", plan=["gold"]), rule_data(name="rest"))
    # Of three priorities by three plans: the rest, gold alone, and both.
    assert [(None, {}), (None, {"plan": "gold"}), ("high", {"plan": "gold"})] == sorted(
        every(made), key=lambda each: (len(each[1]), str(each[0] or ""))
    )


def test_questions_stand_for_every_request() -> None:
    made = desk(
        when("Su", priority=("low", "high"), name="sundays"),
        asks("gold", plan=["gold"], region=["eu"]),
        asks("us", region=["us"]),
        rule_data(name="rest"),
    )
    walked = {question(made, attributes, priority).held for priority, attributes in every(made)}
    requests = {
        question(made, {"plan": plan, "region": region}, priority).held
        for plan in (None, "basic", "gold")
        for region in (None, "eu", "us")
        for priority in (None, "low", "high")
    }
    assert requests == walked
    assert len(walked) == len(every(made))


def test_values_that_no_rule_names_are_not_asked_about() -> None:
    assert [(None, {})] == every(desk())
    assert [(None, {}), (None, {"plan": "gold"})] == every(GOLD)


def test_a_rule_that_only_some_hold_after_one_that_all_hold_makes_no_question() -> None:
    # `held` stops at the first rule that matches every submission.
    early = rule_data(name="early", when={"time": "00:00-06:00"})
    made = desk(early, asks("gold", plan=["gold"]), rule_data(name="rest"))
    assert [(None, {}), (None, {"plan": "gold"})] == every(made)


def test_of_two_policies_requests_are_alike_only_if_they_are_in_both() -> None:
    basic = desk(asks("basic", plan=["basic"]), rule_data(name="rest"))
    assert [(None, {}), (None, {"plan": "basic"}), (None, {"plan": "gold"})] == sorted(
        every(GOLD, basic), key=lambda each: str(each[1].get("plan", ""))
    )


def test_each_line_with_rules_is_asked_about() -> None:
    channels = {
        "chat": {"hours": {"schedule": "office"}},
        "phone": {"hours": {"schedule": "office"}, "first_response": "shared"},
        "ticket": {"hours": {"schedule": "office"}, "first_response": "shared"},
    }
    data = policy_data(
        attributes=ATTRIBUTES, rules={"shared": [asks("gold", plan=["gold"]), rule_data()]}
    )
    data["departments"] = {"desk": {"channels": channels}}
    made = Policy.model_validate(data)
    assert [("phone", ()), ("phone", (("plan", "gold"),)), ("ticket", ()), ("ticket", (("plan", "gold"),))] == [
        (each.channel, each.attributes) for each in questions(made)
    ]  # fmt: skip


def test_requests_that_differ_only_behind_a_rule_that_always_holds_are_one() -> None:
    made = policy(
        when(priority=("high",), name="high"),
        {"when": {"attributes": {"plan": ["gold"]}}, **rule_data(name="gold")},
        rule_data(name="rest"),
        priorities=["high"],
        attributes={"plan": ["gold"]},
    )
    assert [(None, ()), ("high", ()), (None, (("plan", "gold"),))] == [
        (each.priority, each.attributes) for each in questions(made)
    ]
