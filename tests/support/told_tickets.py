"""Tickets that between them need every phrase of a ticket's explanations."""

from __future__ import annotations

from typing import Any

from builders import calendar_data
from support_sla import Policy, TicketLog, TicketStatus, load_policy, track
from tickets import AROUND, HOURS, at, desk, event, log, status

ALL = {
    metric: [HOURS] for metric in ("first_response", "next_response", "update_every", "resolution")
}
HELD = {**HOURS, "pauses_on": ["pending", "on_hold"]}


def statuses() -> list[TicketStatus]:
    """Return tickets that between them need every phrase of a ticket's explanations."""
    return [*_met(), *_open(), *_changed(), *_unknown()]


def _met() -> list[TicketStatus]:
    """Every promise kept, and every promise kept late."""
    talk = ["{} agent", "{} customer", "{} agent", "{} agent", "{} resolved"]
    in_time = [each.format(f"7 {9 + hour:02}:30") for hour, each in enumerate(talk)]
    late = [each.format(f"{8 + 2 * day:02} 16:00") for day, each in enumerate(talk)]
    return [
        status(desk(ALL), "8 09:00", *in_time),
        status(desk(ALL), "25 09:00", *late),
        status(desk(ALL), "25 09:00", *late[:-1]),
        status(desk(ALL), "7 12:00", "7 10:00 resolved"),
        status(desk(ALL), "7 12:00", "7 10:00 closed"),
        status(desk(ALL), "7 09:00", event("7 09:00 submitted", by="agent")),
        status(desk(), "7 09:00"),
    ]


def _open() -> list[TicketStatus]:
    """Promises that run, are paused, are broken, and stand still though they are broken."""
    warned = {**HELD, "warn_at": ["50 %", "16h before", {"name": "late", "at": "4h after"}]}
    paused: list[Any] = [event("7 10:00 status", to="pending")]
    held: list[Any] = [
        *paused,
        "7 11:00 paused",
        "7 12:00 resumed",
        event("7 13:00 status", to="open"),
    ]
    over: list[Any] = [event("9 10:00 status", to="pending")]
    resumed = ["7 10:00 resolved", "8 10:00 reopened"]
    return [
        status(desk({"resolution": [warned]}), "7 16:00"),
        status(desk({"resolution": [warned]}), "7 16:00", *paused),
        status(desk({"resolution": [warned]}), "7 16:00", *held, "7 14:00 paused"),
        status(desk({"resolution": [warned]}), "9 16:00"),
        status(desk({"resolution": [warned]}), "9 16:00", *over),
        status(desk({"resolution": [AROUND]}), "7 16:00"),
        status(desk({"resolution": [{**AROUND, "pauses_on": ["pending"]}]}), "8 16:00", *held),
        status(desk({"resolution": [HOURS], "reopened": "resume"}), "8 12:00", *resumed),
        status(desk({"resolution": [HOURS], "reopened": "new"}), "8 12:00", *resumed),
        status(desk(ALL), "7 18:00", "7 10:00 agent", "7 11:00 customer"),
        status(desk(ALL), "12 18:00", "7 10:00 agent", "7 11:00 customer"),
    ]


def _changed() -> list[TicketStatus]:
    """Tickets whose priority, attributes or line change, and those of internal lines."""
    urgent = {**HOURS, "within": "1h", "when": {"priority": ["urgent"]}}
    gold = {**HOURS, "when": {"attributes": {"plan": ["gold"]}}}
    late_line = {"hours": {"schedule": "late"}, "resolution": [HOURS]}
    found = [
        status(
            desk({"resolution": [urgent, HOURS], "changes": changes}),
            "8 10:00",
            event("7 12:00 priority", to=to),
            priority=sent,
        )
        for changes in ("from_start", "restart", "carry")
        for sent, to in (("urgent", None), (None, "urgent"))
    ]
    found += [
        status(
            desk({"resolution": [urgent, HOURS]}),
            "8 10:00",
            event("7 12:00 priority", to=None),
            "7 16:00 resolved",
            priority="urgent",
        ),
        status(
            desk({"first_response": [urgent, HOURS]}),
            "8 10:00",
            event("7 12:00 priority", to=None),
            "7 16:00 resolved",
            priority="urgent",
        ),
        status(
            desk({"resolution": [gold], "changes": "carry"}),
            "7 16:00",
            event("7 10:00 attributes", to={"plan": "basic"}),
            event("7 12:00 attributes", to={"plan": "gold"}),
            attributes={"plan": "gold"},
        ),
        status(
            desk({"resolution": [gold], "changes": "restart"}),
            "7 16:00",
            event("7 10:00 attributes", to={"plan": "gold"}),
        ),
        status(
            desk({"resolution": [gold]}),
            "7 16:00",
            event("7 10:00 attributes", to={"plan": None}),
            attributes={"plan": "gold"},
        ),
        status(
            desk({"resolution": [HOURS]}),
            "7 16:00",
            event("7 10:00 assigned", department="desk", channel="team"),
            "7 12:00 resolved",
        ),
        status(
            desk({"resolution": [HOURS]}),
            "7 16:00",
            event("7 10:00 assigned", department="desk", channel="team"),
            event("7 12:00 assigned"),
        ),
    ]
    moved = _with_line(late_line)
    return [
        *found,
        status(moved, "7 16:00", event("7 10:00 moved", department="desk", channel="late")),
    ]


def _with_line(line: object) -> Policy:
    data = desk({"resolution": [HOURS], "changes": "restart"}).model_dump()
    channels = dict(data["departments"]["desk"]["channels"])
    late = {**line, "changes": "restart"} if isinstance(line, dict) else {}
    return load_policy({**data, "departments": {"desk": {"channels": {**channels, "late": late}}}})


def _unknown() -> list[TicketStatus]:
    """Rules in days or on hours of their own, logs without statuses, warnings past the years."""
    days = {"within": "2 business days", "by": "close"}
    own = {**HOURS, "hours": {"schedule": "late"}}
    far = {**HOURS, "warn_at": ["2000h after"]}
    known = {"known": calendar_data(years=[2026, 2026])}
    observed = {"hours": {"schedule": "office", "observes": ["known"]}, "resolution": [far]}
    bare = TicketLog("desk", "ticket", log().events, has_statuses=False)
    return [
        status(desk({"resolution": [days]}, version="2"), "7 16:00"),
        status(desk({"resolution": [own]}), "7 16:00"),
        status(desk(observed, calendars=known), "7 16:00"),
        track(desk({"resolution": [HELD]}), bare, at("7 16:00"), assume_unpaused=True),
    ]
