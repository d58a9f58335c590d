"""How a policy of several promises shows itself, is dumped, and reads what belongs to tickets."""

from __future__ import annotations

from typing import Any

import pytest

from builders import channel_data, fault, policy, policy_data, rule_data
from support_sla import Policy, Target
from support_sla.policy.metrics import METRICS

LISTS = {
    metric: [rule_data(name=f"r{at}", within=f"{at}h")] for at, metric in enumerate(METRICS, 1)
}
HOURS = {"schedule": "office"}


def test_a_policy_in_a_notebook_has_a_column_for_each_promise_of_some_line() -> None:
    made = policy(channel={"hours": HOURS, **LISTS})
    lines = made._repr_markdown_().splitlines()
    heads = next(line for line in lines if "first response" in line)
    assert [cell.strip() for cell in heads.split("|")[4:-1]] == [
        "first response",
        "next response",
        "update every",
        "resolution",
    ]
    assert "| r1: 1h of business time | r2: 2h of business time |" in lines[-1]


def test_a_policy_in_a_notebook_has_no_column_for_what_no_line_promises() -> None:
    made = policy(channel={"hours": HOURS, "resolution": "usual"}, rules={"usual": [rule_data()]})
    page = made._repr_markdown_()
    assert "| first response | resolution |" in page
    assert "update every" not in page
    assert "|  | default: 1h of business time |" in page


def test_the_repr_of_a_policy_counts_its_statuses_in_their_noun() -> None:
    assert "statuses=['open', 'held']" in repr(policy(statuses=["open", "held"]))
    many = [f"status {at}" for at in range(40)]
    assert "...40 statuses..." in repr(policy(statuses=many))


def test_what_belongs_to_tickets_is_dumped_as_it_was_written() -> None:
    line = {
        "hours": HOURS,
        "next_response": [rule_data(pauses_on=["held"], warn_at=["75 %"])],
        "resolution": "usual",
        "changes": "restart",
        "reopened": "new",
        "internal": False,
    }
    data = policy_data(channel=line, statuses=["held"], rules={"usual": [rule_data()]})
    made = Policy.model_validate(data)
    assert made.model_dump(mode="json") == data
    assert Policy.model_validate_json(made.model_dump_json()) == made


def test_what_was_not_written_is_not_dumped() -> None:
    dumped = policy().model_dump()
    assert "statuses" not in dumped
    assert {*dumped["departments"]["desk"]["channels"]["ticket"]} == {"hours", "first_response"}


@pytest.mark.parametrize("metric", METRICS)
def test_an_empty_list_of_rules_promises_nothing(metric: Any) -> None:
    made = policy(channel={"hours": HOURS, metric: []})
    assert made.targets("desk", "ticket", metric) == ()


@pytest.mark.parametrize(
    ("statuses", "slug"),
    [
        ("open", "list_expected"),
        (["open", "open"], "name_repeated"),
        ([""], "name_empty"),
        ([3], "string_type"),
        (3, "list_expected"),
    ],
    ids=repr,
)
def test_statuses_are_a_list_of_names_each_once(statuses: Any, slug: str) -> None:
    found = fault(lambda: policy(statuses=statuses))
    assert (found.slug, found.place[0]) == (slug, "statuses")


@pytest.mark.parametrize("metric", METRICS[1:])
def test_what_is_no_list_of_rules_is_refused_under_each_metric(metric: str) -> None:
    for written, slug in ((3, "list_expected"), (rule_data(), "list_expected"), ("", "name_empty")):
        found = fault(lambda written=written: policy(channel=channel_data(**{metric: written})))  # type: ignore[misc]
        assert (found.slug, found.place[-1]) == (slug, metric)


def test_a_rule_may_pause_on_statuses_and_pauses_on_none_unless_told() -> None:
    assert Target.model_validate(rule_data()).pauses_on == ()
    assert Target.model_validate(rule_data(pauses_on=["a", "b"])).pauses_on == ("a", "b")


def test_rules_that_differ_in_pauses_or_warnings_are_unequal() -> None:
    rules = [{}, {"pauses_on": ["held"]}, {"warn_at": ["75 %"]}, {"warn_at": ["1h before"]}]
    made = [Target.model_validate(rule_data(**each)) for each in rules]
    assert len({*made}) == 4
