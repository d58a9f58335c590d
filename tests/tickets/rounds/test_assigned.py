"""The rounds of internal lines: each assignment a log of its own, from it to the next one."""

from __future__ import annotations

from typing import Any

import pytest

from support_sla import LogError, Policy, load_policy
from tickets import HOURS, desk, event, only, rounds, status

ASKED = {"resolution": [HOURS]}
OUT: dict[str, Any] = {}
TEAM = {"department": "desk", "channel": "team"}


def internal(
    when: str, *events: Any, policy: Policy | None = None
) -> list[list[tuple[str, str, str | None]]]:
    """Return the rounds of each internal line that a ticket was assigned to."""
    found = status(policy or desk(ASKED), when, *events)
    return [rounds(each, "resolution") for each in found.internal]


def assigned(text: str, line: dict[str, Any]) -> dict[str, Any]:
    return event(f"{text} assigned", **line)


def test_a_line_that_is_assigned_again_later_has_a_log_for_each_time() -> None:
    talk = [assigned("7 10:00", TEAM), assigned("7 11:00", OUT), assigned("7 12:00", TEAM)]
    assert internal("7 13:00", *talk) == [
        [("met", "7 10:00", "7 11:00")],
        [("running", "7 12:00", None)],
    ]


def test_an_assignment_that_ended_while_resolved_has_no_log_and_later_ones_do() -> None:
    resolved = ["7 09:30 resolved", assigned("7 10:00", TEAM), assigned("7 11:00", OUT)]
    assert internal("7 13:00", *resolved, "7 12:00 reopened") == []
    later = assigned("7 12:30", TEAM)
    assert internal("7 13:00", *resolved, "7 12:00 reopened", later) == [
        [("running", "7 12:30", None)]
    ]


def test_an_assignment_of_a_closed_ticket_begins_at_the_reopening() -> None:
    talk = ["7 09:30 closed", assigned("7 10:00", TEAM), "7 12:00 reopened"]
    assert internal("7 13:00", *talk) == [[("running", "7 12:00", None)]]


def test_an_internal_line_keeps_the_zone_of_its_own_department() -> None:
    data = desk(ASKED).model_dump()
    team = data["departments"]["desk"]["channels"].pop("team")
    data["departments"]["abroad"] = {"timezone": "Asia/Tokyo", "channels": {"team": team}}
    there = event("7 10:00 assigned", department="abroad", channel="team")
    (found,) = status(load_policy(data), "7 12:00", there).internal
    assert only(found).started_at.isoformat() == "2026-09-07T19:00:00+09:00"


def test_an_internal_line_takes_over_the_status_that_the_ticket_is_in() -> None:
    data = desk(ASKED).model_dump()
    pausing = {**HOURS, "pauses_on": ["pending"]}
    data["departments"]["desk"]["channels"]["team"]["resolution"] = [pausing]
    talk = [event("7 09:30 status", to="pending"), assigned("7 10:00", TEAM)]
    (found,) = status(load_policy(data), "7 12:00", *talk).internal
    assert (only(found).paused, only(found).paused_for.total_seconds()) == (True, 7_200)


def test_what_happens_after_the_next_assignment_is_not_of_the_line() -> None:
    talk = [assigned("7 10:00", TEAM), "7 11:00 resolved", assigned("7 12:00", OUT)]
    assert internal("7 14:00", *talk, "7 13:00 reopened") == [[("met", "7 10:00", "7 11:00")]]


def test_a_move_of_the_ticket_does_not_concern_its_internal_line() -> None:
    data = desk(ASKED).model_dump()
    channels = data["departments"]["desk"]["channels"]
    channels["chat"] = {**channels["ticket"], "resolution": [{**HOURS, "within": "1h"}]}
    moved = event("7 11:00 moved", department="desk", channel="chat")
    talk = [assigned("7 10:00", TEAM), moved]
    assert internal("7 14:00", *talk, policy=load_policy(data)) == [[("running", "7 10:00", None)]]


def test_an_assignment_to_a_line_of_customers_is_refused_by_its_name() -> None:
    line = {"department": "desk", "channel": "ticket"}
    with pytest.raises(LogError) as caught:
        internal("7 14:00", assigned("7 10:00", line))
    assert str(caught.value).startswith(
        "events[1]: line 'desk/ticket' is not internal, but "
        "'assigned' at 2026-09-07T10:00:00+00:00 assigns the ticket to it; "
    )
