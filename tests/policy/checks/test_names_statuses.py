"""Names of tickets over time: statuses that a rule pauses on, internal lines that nobody is sent to."""

from __future__ import annotations

from typing import Any

import pytest

from builders import channel_data, fault, faults, policy, rule_data
from support_sla import Policy
from support_sla.policy.metrics import METRICS

LINE = ("departments", "desk", "channels", "ticket")
EN = {"en": "x"}


def paused(*names: str, **changes: Any) -> dict[str, Any]:
    return rule_data(pauses_on=list(names), **changes)


def desks(**channels: dict[str, Any]) -> dict[str, Any]:
    """Return departments: `desk` with a ticket line and these, `shop` with its ticket and team."""
    return {
        "desk": {"channels": {"ticket": channel_data(), **channels}},
        "shop": {"channels": {"ticket": channel_data(), "team": channel_data(internal=True)}},
    }


def after(channel: str, *departments: str) -> dict[str, Any]:
    requires: dict[str, Any] = {"channel": channel, "unanswered_for": "1h"}
    if departments:
        requires["departments"] = list(departments)
    return channel_data(requires=requires)


# --- Statuses ---


@pytest.mark.parametrize("metric", METRICS)
def test_a_status_that_a_rule_pauses_on_must_be_declared(metric: str) -> None:
    channel = {"hours": {"schedule": "office"}, metric: [paused("open", "pendng")]}
    found = fault(lambda: policy(channel=channel, statuses=["open", "pending"]))
    assert found[:2] == ("status_undefined", (*LINE, metric, 0, "pauses_on", 1))
    assert found.message == (
        "status 'pendng' is not defined by the policy; did you mean 'pending'?"
    )


def test_a_status_of_rules_that_lines_share_is_told_where_the_rules_are() -> None:
    channel = {"hours": {"schedule": "office"}, "resolution": "usual", "update_every": "usual"}
    found = fault(lambda: policy(channel=channel, rules={"usual": [paused("held")]}))
    assert found[:2] == ("status_undefined", ("rules", "usual", 0, "pauses_on", 0))
    assert found.message.endswith("; none is defined")


def test_declared_statuses_may_be_paused_on_and_labelled() -> None:
    made = policy(paused("open"), statuses=["open", "held"], labels={"status": {"held": EN}})
    assert made.targets("desk", "ticket")[0].pauses_on == ("open",)


def test_a_label_of_a_status_that_is_not_declared_is_refused() -> None:
    found = fault(lambda: policy(statuses=["open"], labels={"status": {"opn": EN}}))
    assert found[:2] == ("status_undefined", ("labels", "status", "opn"))
    assert "did you mean 'open'?" in found.message


@pytest.mark.parametrize("written", [3, "open", ["open", 3]], ids=repr)
def test_statuses_that_could_not_be_read_count_as_declaring_every_one(written: Any) -> None:
    labels = {"status": {"open": EN}}
    found = faults(lambda: policy(paused("held"), statuses=written, labels=labels))
    assert [each.place[0] for each in found] == ["statuses"]


@pytest.mark.parametrize(
    ("written", "slug"),
    [
        ("held", "list_expected"),
        (None, "list_expected"),
        (["held", "held"], "name_repeated"),
        ([3], "string_type"),
        ([" "], "name_empty"),
    ],
    ids=repr,
)
def test_what_a_rule_pauses_on_is_a_list_of_names(written: Any, slug: str) -> None:
    found, *_ = faults(lambda: policy(rule_data(pauses_on=written), statuses=["held"]))
    assert (found.slug, found.place[:6]) == (
        slug,
        (*LINE, "first_response", 0),
    )


# --- Internal lines ---


def test_an_internal_line_requires_no_ticket_for_no_customer_is_sent_there() -> None:
    team = {**after("ticket"), "internal": True}
    found = fault(lambda: policy(departments=desks(team=team)))
    place = ("departments", "desk", "channels", "team", "requires")
    assert found[:2] == ("requires_internal", place)
    assert found.message == (
        "line 'team' is internal, so no customer can be told to use it; drop 'requires'"
    )


@pytest.mark.parametrize(
    ("channel", "department", "place"),
    [
        (after("team"), "desk", ("channel",)),
        (after("team", "shop"), "shop", ("departments", 0)),
        (after("team", "shop", "desk"), "shop", ("departments", 0)),
    ],
    ids=["its own", "another", "the first of two"],
)
def test_no_line_is_for_those_who_wrote_to_an_internal_one(
    channel: dict[str, Any], department: str, place: tuple[Any, ...]
) -> None:
    channels = {"phone": channel, "team": channel_data(internal=department == "desk")}
    found = fault(lambda: policy(departments=desks(**channels)))
    assert found[:2] == (
        "requires_internal",
        ("departments", "desk", "channels", "phone", "requires", *place),
    )
    assert found.message == (
        f"channel 'team' of department '{department}' is internal, so no request is sent there; "
        "name a channel for customers"
    )


def test_a_line_for_those_who_wrote_to_a_customers_line_is_accepted_beside_internal_ones() -> None:
    made = policy(departments=desks(phone=after("ticket", "shop", "desk"), team=channel_data()))
    assert [*made.departments["desk"].channels] == ["ticket", "phone", "team"]


@pytest.mark.parametrize("written", ["yes", 1, None], ids=repr)
def test_a_line_that_nobody_can_say_is_internal_counts_as_none(written: Any) -> None:
    team = {**after("ticket"), "internal": written}
    found = faults(lambda: policy(departments=desks(team=team)))
    assert [(each.slug, each.place[-1]) for each in found] == [("bool_type", "internal")]


def test_the_way_out_of_an_internal_requirement_leads_out() -> None:
    team = {key: value for key, value in after("ticket").items() if key != "requires"}
    made = policy(departments=desks(team={**team, "internal": True}))
    assert isinstance(made, Policy)
