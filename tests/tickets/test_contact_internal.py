"""Internal lines are left out of the ways to the desk, and any promise makes a line take requests."""

from __future__ import annotations

from typing import Any

import pytest

from builders import policy, rule_data
from support_sla import ContactOptions, Policy, contact_options
from support_sla.policy.metrics import METRICS

AT = "2026-09-07T09:00:00+07:00"
LATER = "2026-09-07T12:00:00+07:00"
HOURS = {"schedule": "office"}
TEAM = {"hours": HOURS, "internal": True, "resolution": [rule_data()]}


def desk(**channels: Any) -> Policy:
    return policy(departments={"desk": {"channels": {"ticket": {"hours": HOURS}, **channels}}})


def ask(made: Policy, sent: str | None = AT, **names: Any) -> ContactOptions:
    return contact_options(made, sent, LATER, **{"department": "desk", **names})


def test_an_internal_line_is_no_way_to_the_desk() -> None:
    found = ask(desk(team=TEAM, chat={"hours": HOURS}))
    assert [each.channel for each in found] == ["ticket", "chat"]


@pytest.mark.parametrize("language", ["en", "vi"])
def test_an_internal_line_is_not_told_to_the_customer(language: str) -> None:
    found = ask(desk(team={**TEAM, "label": {"en": "Tier two", "vi": "Cấp hai"}}))
    assert not any(name in found.explain(language) for name in ("team", "Tier two", "Cấp hai"))
    assert "team" not in str(found.to_dict())


def test_a_department_of_internal_lines_alone_can_be_reached_by_none() -> None:
    made = policy(departments={"desk": {"channels": {"team": TEAM}}})
    assert list(ask(made, None)) == []


def test_internal_lines_of_another_department_are_left_out_too() -> None:
    requires = {"channel": "ticket", "unanswered_for": "1h", "departments": ["desk"]}
    phone = {"hours": HOURS, "requires": requires}
    departments = {
        "desk": {"channels": {"ticket": {"hours": HOURS}}},
        "shop": {"channels": {"phone": phone, "team": TEAM}},
    }
    found = ask(policy(departments=departments))
    assert [(each.department, each.channel) for each in found] == [
        ("desk", "ticket"),
        ("shop", "phone"),
    ]


@pytest.mark.parametrize("metric", METRICS)
def test_a_line_that_promises_anything_takes_requests_at_any_time(metric: str) -> None:
    made = desk(chat={"hours": HOURS, metric: [rule_data()]})
    silent, chat = contact_options(made, AT, "2026-09-07T22:00:00+07:00", department="desk")
    assert (silent.takes_requests, silent.is_usable) == (False, False)
    assert (chat.takes_requests, chat.is_usable) == (True, True)
