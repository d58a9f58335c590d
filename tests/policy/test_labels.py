"""Labels of identifiers that a policy has, and findings that its author accepts."""

from __future__ import annotations

from typing import Any

import pytest

from builders import channel_data, fault, faults, policy, rule_data, when
from support_sla import Policy, compute_deadline
from support_sla.policy.labels import Accepted, Labels

TEXT = {"en": "Critical", "vi": "Nghiêm trọng"}
KNOWN: dict[str, Any] = {
    "priorities": ["sev1"],
    "statuses": ["pending"],
    "attributes": {"plan": ["gold", "silver"]},
}
ACCEPTED = {"code": "closed_long", "at": "departments.desk", "reason": "Tết"}


def labelled(**labels: Any) -> Policy:
    return policy(when("Su", name="weekend"), rule_data(), labels=labels, **KNOWN)


def test_identifiers_of_every_kind_may_have_a_label() -> None:
    labels = {
        "priority": {"sev1": TEXT},
        "status": {"pending": TEXT},
        "attribute": {"plan": TEXT},
        "value": {"plan": {"gold": TEXT, "silver": TEXT}},
        "rule": {"weekend": TEXT, "default": TEXT},
    }
    made = labelled(**labels)
    assert labels == made.model_dump()["labels"]
    assert made == Policy.model_validate(made.model_dump())


def test_without_labels_there_are_none() -> None:
    made = policy()
    assert Labels() == made.labels
    labels = made.labels
    assert not any(getattr(labels, kind) for kind in Labels.model_fields)
    assert "labels" not in made.model_dump()


@pytest.mark.parametrize(
    ("labels", "slug", "place", "message"),
    [
        pytest.param(
            {"priority": {"sev 1": TEXT}},
            "priority_undefined",
            ("priority", "sev 1"),
            "priority 'sev 1' is not defined by the policy; did you mean 'sev1'?",
            id="priority",
        ),
        pytest.param(
            {"attribute": {"plans": TEXT}},
            "attribute_undefined",
            ("attribute", "plans"),
            "attribute 'plans' is not defined by the policy; did you mean 'plan'?",
            id="attribute",
        ),
        pytest.param(
            {"value": {"plans": {"gold": TEXT}}},
            "attribute_undefined",
            ("value", "plans"),
            "attribute 'plans' is not defined by the policy; did you mean 'plan'?",
            id="attribute of a value",
        ),
        pytest.param(
            {"value": {"plan": {"gold": TEXT, "sliver": TEXT}}},
            "value_undefined",
            ("value", "plan", "sliver"),
            "value 'sliver' is not defined by attribute 'plan'; did you mean 'silver'?",
            id="value",
        ),
        pytest.param(
            {"rule": {"week-end": TEXT}},
            "rule_undefined",
            ("rule", "week-end"),
            "rule 'week-end' is not defined by the policy; did you mean 'weekend'?",
            id="rule",
        ),
        pytest.param(
            {"rule": {"Su": TEXT}},
            "rule_undefined",
            ("rule", "Su"),
            "rule 'Su' is not defined by the policy; use one of 'default', 'weekend'",
            id="the condition of a rule with a name",
        ),
    ],
)
def test_a_label_of_what_the_policy_does_not_define_is_refused_at_its_name(
    labels: dict[str, Any], slug: str, place: tuple[str, ...], message: str
) -> None:
    assert (slug, ("labels", *place), message) == fault(lambda: labelled(**labels))


def test_every_label_of_nothing_is_told() -> None:
    found = faults(
        lambda: labelled(
            priority={"a": TEXT},
            attribute={"b": TEXT},
            value={"c": {"d": TEXT}, "plan": {"e": TEXT}},
            rule={"f": TEXT},
        )
    )
    assert [
        ("priority_undefined", ("labels", "priority", "a")),
        ("attribute_undefined", ("labels", "attribute", "b")),
        ("rule_undefined", ("labels", "rule", "f")),
        ("attribute_undefined", ("labels", "value", "c")),
        ("value_undefined", ("labels", "value", "plan", "e")),
    ] == [each[:2] for each in found]


def test_a_rule_of_a_list_that_lines_share_may_have_a_label() -> None:
    made = policy(
        channel=channel_data(first_response="shared"),
        rules={"shared": [rule_data(name="fast")], "unused": [rule_data(name="slow")]},
        labels={"rule": {"fast": TEXT, "slow": TEXT}},
    )
    assert {"fast", "slow"} == {*made.labels.rule}


def test_a_label_of_a_rule_is_not_judged_by_rules_after_one_that_could_not_be_read() -> None:
    found = faults(
        lambda: policy(
            rule_data(name="a", when={}), rule_data(name="b"), labels={"rule": {"b": TEXT}}
        )
    )
    assert ["when_empty"] == [each.slug for each in found]


@pytest.mark.parametrize(
    ("labels", "slug", "place"),
    [
        ({"priority": {"sev1": {"en": " "}}}, "text_empty", ("priority", "sev1")),
        ({"priority": {"sev1": {"": "x"}}}, "text_empty", ("priority", "sev1")),
        ({"priority": {"sev1": "x"}}, "dict_type", ("priority", "sev1")),
        ({"value": {"plan": {"gold": {"en": ""}}}}, "text_empty", ("value", "plan", "gold")),
        ({"rule": 3}, "dict_type", ("rule",)),
        ({"priorty": {}}, "key_unknown", ("priorty",)),
    ],
    ids=str,
)
def test_labels_that_cannot_be_read_are_refused_by_their_slug(
    labels: dict[str, Any], slug: str, place: tuple[str, ...]
) -> None:
    assert (slug, ("labels", *place)) == fault(lambda: labelled(**labels))[:2]


def test_labels_show_themselves_by_how_many_there_are() -> None:
    assert "Labels(priority={...1 label...}, rule={})" == repr(
        Labels.model_validate({"priority": {"sev1": TEXT}, "rule": {}})
    )


def test_a_customer_reads_labels_in_his_language_and_never_the_identifier() -> None:
    gold = {"when": {"priority": ["sev1"], "attributes": {"plan": ["gold"]}}}
    made = policy(
        {**gold, **rule_data(name="r1")},
        when(priority=("sev1",), name="r2"),
        rule_data(name="r3"),
        priorities=["sev1"],
        attributes={"plan": ["gold"]},
        labels={
            "priority": {"sev1": {"en": "critical", "vi": "nghiêm trọng"}},
            "attribute": {"plan": {"en": "contract", "vi": "hợp đồng"}},
            "value": {"plan": {"gold": {"en": "Gold", "vi": "Vàng"}}},
            "rule": {"r1": {"en": "Gold critical", "vi": "Vàng nghiêm trọng"}},
        },
    )
    names: dict[str, Any] = {
        "department": "desk",
        "priority": "sev1",
        "attributes": {"plan": "gold"},
    }
    found = compute_deadline(made, "2026-03-02T09:00:00+07:00", **names)
    assert (
        "because the request's priority is critical and the request's contract is Gold."
        in found.explain()
    )
    for language, said in (("en", "Rule Gold critical"), ("vi", "Vàng nghiêm trọng")):
        words = found.explain(language, long=True)
        assert said in words
        assert not {"'sev1'", "'gold'", "'plan'", "'r1'"} & {*words.split()}


def test_a_policy_in_a_notebook_says_what_a_promise_in_days_is() -> None:
    made = policy({"within": "2 business days", "by": "16:00"})
    assert "default: 2 business days by 16:00" in made._repr_markdown_()


# --- accepted findings ---


def test_an_accepted_finding_is_dumped_as_it_was_written() -> None:
    made = policy(accept=[ACCEPTED])
    assert (Accepted(**ACCEPTED),) == made.accept
    assert (ACCEPTED,) == made.model_dump()["accept"]
    assert () == policy().accept


@pytest.mark.parametrize(
    ("changes", "slug", "key"),
    [
        ({"reason": ""}, "text_empty", "reason"),
        ({"reason": " \n"}, "text_empty", "reason"),
        ({"reason": 3}, "string_type", "reason"),
        ({"reason": "half \ud800"}, "text_broken", "reason"),
        ({"code": ""}, "name_empty", "code"),
        ({"at": " departments"}, "name_empty", "at"),
        ({"why": "x"}, "key_unknown", "why"),
    ],
    ids=ascii,
)
def test_a_finding_is_accepted_with_a_code_a_place_and_a_reason(
    changes: dict[str, Any], slug: str, key: str
) -> None:
    found = fault(lambda: policy(accept=[ACCEPTED, {**ACCEPTED, **changes}]))
    assert (slug, ("accept", 1, key)) == found[:2]


def test_every_missing_key_of_an_accepted_finding_is_told_with_what_it_means() -> None:
    found = faults(lambda: policy(accept=[{}]))
    assert [("key_missing", ("accept", 0, key)) for key in ("code", "at", "reason")] == [
        each[:2] for each in found
    ]
    assert "key 'reason' is missing (why it is meant); add it" == found[2].message
