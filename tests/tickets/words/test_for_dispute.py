"""The whole account of a ticket, one sentence per line."""

from __future__ import annotations

from typing import Any

from support_sla import TicketLog, load_policy, track
from tickets import AROUND, HOURS, at, desk, event, log, status

RULE = {
    **HOURS,
    "pauses_on": ["on_hold"],
    "warn_at": ["50 %", "9h before", {"name": "lead", "at": "1h before"}],
}
DAY = "Monday 7 September 2026 at"
NEXT = "Tuesday 8 September 2026 at"


def lines(line: dict[str, Any], when: str, *events: Any, **sent: Any) -> list[str]:
    return status(desk(line), when, *events, **sent).explain(long=True).splitlines()


def test_the_account_of_a_paused_round_has_its_rule_its_warnings_and_its_steps() -> None:
    talk = ["7 14:00 paused"]
    assert lines({"resolution": [RULE]}, "7 15:00", *talk) == [
        (
            f"The request to desk/ticket was submitted on {DAY} 09:00; this is how its promises stand on "
            f"{DAY} 15:00."
        ),
        "The policy is 'helpdesk', which names no version.",
        "All times are those of the time zone UTC.",
        "Resolution, round 1: paused.",
        f"It started on {DAY} 09:00: the request was submitted.",
        (
            "Rule 'default' promises a resolution within 8 hours of business time, which is counted from "
            f"{DAY} 09:00 and only while the line is open."
        ),
        f"It would be due on {NEXT} 10:00 if it went on now, for it is paused.",
        "Counted so far: 5 hours of 8 hours, 3 hours left.",
        "1 hour of its time lie in its pauses, which are not counted.",
        f"Warning '50 %' was passed on {DAY} 13:00.",
        "Warning '9h before' lies before the round, so it was passed at its start.",
        f"Warning 'lead' comes on {NEXT} 09:00.",
        "From its start on:",
        f"- From {DAY} 09:00 to {DAY} 14:00 time is counted (5 hours): the line is open.",
        f"- From {DAY} 14:00 to {DAY} 15:00 no time is counted: the request is 'on_hold'.",
        "The counted time is 5 hours.",
        "Without another event nothing changes any more.",
    ]


def test_a_round_that_was_stopped_leaves_out_the_warnings_that_never_came() -> None:
    found = lines({"resolution": [RULE]}, "8 12:00", "7 14:00 resolved")
    assert f"It was due on {DAY} 17:00, that instant included." in found
    assert f"It was stopped on {DAY} 14:00: the request was resolved." in found
    assert not any("'lead'" in line for line in found)


def test_a_breach_says_that_no_later_change_takes_it_back() -> None:
    found = lines({"resolution": [HOURS]}, "8 11:00")
    assert "Counted so far: 10 hours of 8 hours, 2 hours too much." in found
    assert (
        f"The promise in force was passed on {DAY} 17:00:00.000001; no later change takes that back."
    ) in found


def test_messages_and_answers_are_told_apart() -> None:
    line = {"first_response": [HOURS], "next_response": [HOURS], "update_every": [AROUND]}
    found = lines(line, "7 12:00", "7 10:00 agent", "7 11:00 customer")
    assert f"It was stopped on {DAY} 10:00: an answer of the desk." in found
    assert f"It started on {DAY} 10:00: an answer of the desk." in found
    assert f"It started on {DAY} 11:00: a message of the customer." in found
    assert any("promises an update within 8 hours of calendar time" in each for each in found)


def test_business_days_own_hours_and_a_missing_rule_are_said() -> None:
    days = {"within": "1 business day", "by": "close", "hours": {"schedule": "late"}}
    found = lines({"first_response": [days]}, "7 13:00")
    assert any(
        each.startswith("Rule 'default': We promise an answer on the next") for each in found
    )
    assert "From its start that is 16 hours of open time." in found
    assert "Rule 'default' is counted on hours of its own, those of schedule 'late'." in found
    nothing = {"when": {"priority": ["urgent"]}, **HOURS}
    assert "No rule of the line matches it now, so nothing is promised." in lines(
        {"resolution": [nothing]}, "7 10:00"
    )


def test_priority_attributes_version_zone_and_internal_lines_are_said() -> None:
    gold = {"when": {"attributes": {"plan": ["gold"]}}, **HOURS}
    data = desk({"resolution": [gold]}, version="2").model_dump()
    team = event("7 10:00 assigned", department="desk", channel="team")
    sent = {"priority": "low", "attributes": {"plan": "gold"}}
    found = track(load_policy(data), log(team, **sent), at("7 11:00"))
    told = found.explain(long=True, timezone="Europe/Paris").splitlines()
    assert "The request's priority is 'low'." in told
    assert "The request's 'plan' is 'gold'." in told
    assert "The policy is 'helpdesk', version '2'." in told
    assert "It was assigned to desk/team; these promises are internal." in told
    assert any(
        each.startswith("All times are those of the time zone Europe/Paris;") for each in told
    )
    assert told[-1] == f"Without another event the next change is on {DAY} 19:00:00.000001."


def test_what_is_not_known_is_said() -> None:
    calendars = {
        "off": {"days": [{"date": "2026-01-01", "name": "New Year"}], "years": [2026, 2026]}
    }
    rule = {**HOURS, "warn_at": ["2000h after"], "pauses_on": ["on_hold"]}
    line = {"hours": {"schedule": "office", "observes": ["off"]}, "resolution": [rule]}
    policy = desk(line, calendars=calendars)
    made = TicketLog("desk", "ticket", [event("7 09:00 submitted")], has_statuses=False)
    told = track(policy, made, at("7 09:00"), assume_unpaused=True).explain(long=True).splitlines()
    assert "Warning '2000h after' lies past the years known." in told
    assert "The log has no history of statuses, so no pause is left out." in told
    assert not any(each.startswith("From its start on") for each in told)


def test_steps_without_counted_time_have_no_sum() -> None:
    found = lines({"resolution": [RULE]}, "7 10:00", "7 09:00 paused")
    assert not any("add up" in each for each in found)
    assert any("no time is counted: the request is 'on_hold'" in each for each in found)


def test_the_events_that_changed_a_promise_are_said_in_order() -> None:
    moved = event("7 10:00 moved", department="desk", channel="ticket")
    changes = [
        event("7 11:00 priority", to="low"),
        event("7 11:30 priority", to=None),
        event("7 12:00 attributes", to={"plan": "gold"}),
        event("7 12:30 attributes", to={"plan": None}),
    ]
    found = lines({"resolution": [HOURS]}, "7 13:00", moved, *changes, event("7 14:00 resolved"))
    at = [place for place, line in enumerate(found) if line.startswith(f"On {DAY}")]
    assert [found[place] for place in at] == [
        f"On {DAY} 10:00 it was moved to desk/ticket.",
        f"On {DAY} 11:00 its priority became 'low'.",
        f"On {DAY} 11:30 its priority was taken away.",
        f"On {DAY} 12:00 its 'plan' became 'gold'.",
        f"On {DAY} 12:30 its 'plan' was taken away.",
    ]


def test_an_internal_line_gives_its_own_account_and_says_when_its_assignment_ended() -> None:
    team = event("7 10:00 assigned", department="desk", channel="team")
    found = status(desk({"resolution": [HOURS]}), "7 12:00", team, "7 11:00 assigned")
    inner = found.internal[0].explain().splitlines()
    assert f"It started on {DAY} 10:00: the request was assigned." in inner
    assert f"It was stopped on {DAY} 11:00: its assignment ended." in inner
    assert inner == found.internal[0].explain(long=True).splitlines()


def test_several_counted_stretches_are_added_up() -> None:
    found = lines({"resolution": [RULE]}, "7 13:00", "7 10:00 paused", "7 11:00 resumed")
    assert "The counted stretches add up to 3 hours: 1 hour + 2 hours." in found
