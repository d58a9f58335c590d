"""A helpdesk with all four promises and a ticket's log in a few words, for tests of tickets over time.

Office hours are Monday to Friday, 09:00 to 17:00 UTC. 7 September 2026 is a Monday.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from support_sla import Policy, Round, TicketLog, TicketStatus, load_policy, track

HOURS = {"within": "8h", "counted_in": "business_time"}
AROUND = {"within": "8h", "counted_in": "calendar_time"}


def desk(channel: dict[str, Any] | None = None, **changes: Any) -> Policy:
    """Return a policy with a line `desk/ticket`, its keys given, and an internal line `desk/team`."""
    line = {"hours": {"schedule": "office"}, **(channel or {})}
    team = {"hours": {"schedule": "office"}, "internal": True, "resolution": [HOURS]}
    data: dict[str, Any] = {
        "name": "helpdesk",
        "timezone": "UTC",
        "priorities": ["urgent", "low"],
        "statuses": ["open", "pending", "on_hold"],
        "attributes": {"plan": ["gold", "basic"]},
        "schedules": {"office": "Mo-Fr 09:00-17:00", "late": "Mo-Fr 12:00-20:00"},
        "departments": {"desk": {"channels": {"ticket": line, "team": team}}},
    }
    return load_policy({**data, **changes})


def at(text: str) -> dt.datetime:
    """Return an instant of that September in UTC, given as '7 09:00' or '7 09:00:00.000001'."""
    day, time = text.split()
    return dt.datetime.fromisoformat(f"2026-09-{int(day):02}T{time}+00:00")


def event(text: str, **keys: Any) -> dict[str, Any]:
    """Return an event, given as '7 09:00 replied' with its keys; 'customer' and 'agent' are replies."""
    when, kind = text.rsplit(" ", 1)
    if kind in {"customer", "agent"}:
        kind, keys = "replied", {"by": kind, **keys}
    if kind in {"paused", "resumed"}:
        keys = {"reason": "on_hold", **keys}
    return {"at": at(when), "kind": kind, **keys}


def log(*events: str | dict[str, Any], **sent: Any) -> TicketLog:
    """Return the log of a ticket submitted on Monday the 7th at 09:00 unless an event submits it."""
    read = [each if isinstance(each, dict) else event(each) for each in events]
    if not any(each["kind"] == "submitted" for each in read):
        read.insert(0, event("7 09:00 submitted", **sent))
    return TicketLog("desk", "ticket", read)


def status(policy: Policy, when: str, *events: str | dict[str, Any], **sent: Any) -> TicketStatus:
    """Return how such a ticket stands at an instant, which must prove itself."""
    return proved(track(policy, log(*events, **sent), at(when)))


def proved(found: TicketStatus) -> TicketStatus:
    """Return a status; one that a second reading does not prove fails its test."""
    assert found.verify()
    return found


def rounds(status: TicketStatus, metric: Any) -> list[tuple[str, str, str | None]]:
    """Return the state, start and stop of each round of a metric, as '7 09:00'."""
    return [
        (each.state, short(each.started_at) or "", short(each.stopped_at))
        for each in status.rounds_of(metric)
    ]


def short(instant: dt.datetime | None) -> str | None:
    """Return an instant as `at` reads it."""
    if instant is None:
        return None
    text = instant.astimezone(dt.UTC).isoformat()[8:-6]
    day, time = text.split("T")
    return f"{int(day)} {time[:5] if time[5:] in {'', ':00'} else time}"


def only(status: TicketStatus) -> Round:
    """Return the one round of a status."""
    assert len(status.rounds) == 1
    return status.rounds[0]
