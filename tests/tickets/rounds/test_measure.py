"""The figures of a round at an instant: what moves on, what is assumed, and in whose zone it is told."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from support_sla import track
from tickets import HOURS, at, desk, log, only, status

HOLDING = {**HOURS, "pauses_on": ["on_hold"]}


@pytest.mark.parametrize(
    ("when", "projected"),
    [("7 16:59:59.999999", True), ("7 17:00", False), ("7 17:00:00.000001", False)],
)
def test_a_due_that_is_reached_does_not_move_on_while_paused(when: str, *, projected: bool) -> None:
    found = only(status(desk({"resolution": [HOLDING]}), when, f"{when} paused"))
    assert (found.paused, found.projected) == (True, projected)


@pytest.mark.parametrize("has_statuses", [False, True])
@pytest.mark.parametrize("rule", [HOURS, HOLDING])
def test_a_rule_that_pauses_is_assumed_unpaused_where_nobody_knows(
    rule: dict[str, Any], *, has_statuses: bool
) -> None:
    sent = replace(log(), has_statuses=has_statuses)
    found = only(track(desk({"resolution": [rule]}), sent, at("7 12:00"), assume_unpaused=True))
    assumed = rule is HOLDING and not has_statuses
    assert found.assumed_unpaused is assumed
    assert found.to_dict().get("assumed_unpaused") == (True if assumed else None)


def test_a_round_does_not_show_which_ticket_its_promise_was_first_asked_for() -> None:
    one, two = (desk({"resolution": [HOURS]}) for _ in range(2))
    first = only(status(one, "7 12:00", priority="urgent", attributes={"plan": "gold"}))
    assert only(status(two, "7 12:00", priority="low")) == first
    assert only(status(one, "7 12:00", priority="low")) == first


def test_the_instants_of_a_round_are_in_the_zone_of_its_desk() -> None:
    rule = {**HOURS, "warn_at": ["50 %"], "earliest": "1h"}
    found = only(status(desk({"first_response": [rule]}, timezone="Asia/Tokyo"), "7 12:00"))
    instants = [found.started_at, found.starts_at, found.due_at, found.earliest_at]
    instants += [each.at for each in found.warnings]
    instants += [each.start for each in found.stretches] + [each.start for each in found.steps]
    assert {each.utcoffset() for each in instants if each} == {dt.timedelta(hours=9)}
