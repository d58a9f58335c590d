"""What becomes of a round when the ticket asks for something else: at, before and after its due."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from support_sla import LogError, load_policy, track
from tickets import HOURS, at, desk, event, log, only, proved, short, status

HOUR = dt.timedelta(hours=1)
URGENT = {"when": {"priority": ["urgent"]}, "within": "2h", "counted_in": "business_time"}
LOW = {"when": {"priority": ["low"]}, **HOURS}


def kinds(found: Any) -> list[tuple[str, str | None, str | None]]:
    return [(each.kind, short(each.start), short(each.end)) for each in found.stretches]


@pytest.mark.parametrize(
    ("when", "breached"),
    [
        ("7 11:00", None),
        ("7 11:00:00.000001", None),
        ("7 11:00:00.000002", "7 11:00:00.000001"),
    ],
)
@pytest.mark.parametrize("changes", ["from_start", "carry"])
def test_a_promise_is_broken_once_it_was_in_force_at_an_instant_after_its_due(
    changes: str, when: str, breached: str | None
) -> None:
    line = {"resolution": [URGENT, LOW], "changes": changes}
    lowered = event(f"{when} priority", to="low")
    found = only(status(desk(line), "7 12:00", lowered, priority="urgent"))
    assert short(found.breached_at) == breached


@pytest.mark.parametrize("changes", ["from_start", "carry", "restart"])
def test_another_rule_of_the_same_amount_is_another_promise(changes: str) -> None:
    rules = [
        {"when": {"priority": [name]}, "name": f"{name} ones", **HOURS}
        for name in ("urgent", "low")
    ]
    policy = desk({"resolution": rules, "changes": changes})
    lowered = event("7 10:00 priority", to="low")
    found = only(status(policy, "7 12:00", lowered, priority="urgent"))
    assert found.target is not None
    assert found.target.name == "low ones"
    assert found.started_by == ("priority" if changes == "restart" else "submitted")
    back = only(
        status(
            policy,
            "7 12:00",
            lowered,
            event("7 11:00 priority", to="urgent"),
            priority="urgent",
        )
    )
    assert back.target is not None
    assert back.target.name == "urgent ones"


def test_a_promise_from_the_start_that_is_none_is_not_the_one_before_it() -> None:
    rules = [{"when": {"attributes": {"plan": [plan]}}, **HOURS} for plan in ("gold", "basic")]
    policy = desk({"resolution": rules, "changes": "from_start"})
    talk = [
        event("7 10:00 attributes", to={"plan": "basic"}),
        event("7 11:00 attributes", to={"plan": None}),
    ]
    found = only(status(policy, "7 12:00", *talk, attributes={"plan": "gold"}))
    assert kinds(found) == [("unpromised", "7 09:00", "7 12:00")]


@pytest.mark.parametrize("changes", ["from_start", "carry"])
def test_what_was_asked_before_a_round_was_armed_is_none_of_its_changes(changes: str) -> None:
    line = {"next_response": [URGENT, LOW], "first_response": [URGENT, LOW], "changes": changes}
    talk: list[Any] = [event("7 09:30 priority", to="low"), "7 10:30 agent", "7 11:00 customer"]
    talk += [event("7 12:00 priority", to="urgent")]
    found = status(desk(line), "7 12:30", *talk, priority="urgent").rounds[-1]
    assert found.metric == "next_response"
    assert (short(found.started_at), found.elapsed) == ("7 11:00", 1.5 * HOUR)
    assert kinds(found)[0][:2] == ("running", "7 11:00")
    assert sum((each.end - each.start for each in found.stretches), 0 * HOUR) == 1.5 * HOUR


@pytest.mark.parametrize("first", ["ticket", "chat"])
def test_a_round_is_there_if_one_of_the_lines_it_was_on_has_rules_for_it(first: str) -> None:
    data = desk({"resolution": [HOURS]}).model_dump()
    channels = data["departments"]["desk"]["channels"]
    channels["chat"] = {"hours": {"schedule": "office"}, "first_response": [HOURS]}
    (other,) = {"ticket", "chat"} - {first}
    moved = event("7 10:00 moved", department="desk", channel=other)
    talk = replace(log(moved), channel=first)
    found = proved(track(load_policy(data), talk, at("7 12:00")))
    states = [each.state for each in found.rounds_of("resolution")]
    assert states == (["none"] if first == "ticket" else ["running"])


@pytest.mark.parametrize("changes", ["from_start", "carry", "restart"])
def test_pauses_of_a_rule_that_a_change_brings_must_be_known_too(changes: str) -> None:
    pausing = {**LOW, "name": "slow ones", "pauses_on": ["pending"]}
    policy = desk({"resolution": [URGENT, pausing], "changes": changes})
    lowered = event("7 10:00 priority", to="low")
    plain = replace(log(priority="low"), has_statuses=False)
    with pytest.raises(LogError, match="rule 'slow ones' of line 'desk/ticket' pauses on"):
        track(policy, plain, at("7 12:00"))
    unknown = replace(log(lowered, priority="urgent"), has_statuses=False)
    with pytest.raises(LogError, match="rule 'slow ones' of line 'desk/ticket' pauses on"):
        track(policy, unknown, at("7 12:00"))
    raised = replace(
        log(event("7 10:00 priority", to="urgent"), priority="low"), has_statuses=False
    )
    with pytest.raises(LogError, match="rule 'slow ones' of line 'desk/ticket' pauses on"):
        track(policy, raised, at("7 12:00"))
    paused = [lowered, event("7 11:00 status", to="pending")]
    found = only(status(policy, "7 12:00", *paused, status="open", priority="urgent"))
    assert (found.paused, found.paused_for) == (True, HOUR)


@pytest.mark.parametrize("changes", ["from_start", "carry"])
def test_a_promise_that_was_replaced_while_resolved_is_not_broken_at_the_reopening(
    changes: str,
) -> None:
    line = {"resolution": [URGENT, LOW], "changes": changes, "reopened": "resume"}
    talk: list[Any] = ["7 11:00 resolved", event("7 12:00 priority", to="low"), "7 13:00 reopened"]
    found = only(status(desk(line), "7 14:00", *talk, priority="urgent"))
    assert found.breached_at is None


def test_a_promise_that_is_up_when_resolved_is_broken_at_the_reopening_after_it() -> None:
    line = {"resolution": [URGENT], "reopened": "resume"}
    talk = ["7 09:30 resolved", "7 10:00 reopened", "7 11:30 resolved", "7 12:00 reopened"]
    found = only(status(desk(line), "7 14:00", *talk, priority="urgent"))
    assert (short(found.breached_at), found.elapsed) == ("7 12:00", 4 * HOUR)
