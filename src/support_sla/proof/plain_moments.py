"""What a ticket is after each of its events, read plainly from its log.

Events are plain data, as `TicketLog.to_dict` writes them, with their instants as microseconds.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from support_sla.policy.policy import Channel, Policy


@dataclass(frozen=True, slots=True)
class Moment:
    """What a ticket is after an event."""

    at: int
    kind: str
    department: str
    channel: str
    priority: str | None
    attributes: tuple[tuple[str, str], ...]
    status: str | None = None
    holds: frozenset[str] = frozenset()
    is_resolved: bool = False
    message: bool = False
    """Whether the event is a message of the customer."""
    answer: bool = False
    """Whether the event is a public reply of a person of the desk."""

    def line(self, policy: Policy) -> Channel:
        """Return the line that the ticket is on."""
        return policy.departments[self.department].channels[self.channel]

    @property
    def states(self) -> frozenset[str]:
        """What rules may pause on: the status and the holds."""
        return self.holds | ({self.status} if self.status is not None else set())


def moments_of(events: Sequence[dict[str, Any]], department: str, channel: str) -> list[Moment]:
    """Return what a ticket is after each of its events, the first of which submits it."""
    found: list[Moment] = []
    for event in events:
        at, kind = event["at"], event["kind"]
        if not found:
            given = tuple(sorted((n, v) for n, v in event.get("attributes", {}).items() if v))
            names = department, channel, event.get("priority"), given, event.get("status")
            is_customer = event.get("by", "customer") == "customer"
            found.append(Moment(at, kind, *names, message=is_customer))
            continue
        now = replace(found[-1], at=at, kind=kind, message=False, answer=False)
        found.append(replace(now, **_changed(now, event)))
    return found


def _changed(now: Moment, event: dict[str, Any]) -> dict[str, Any]:
    kind: str = event["kind"]
    status = event.get("status") or now.status
    if kind == "replied":
        is_person = not event.get("automatic", False)
        is_public = event.get("public", True)
        by_desk = event["by"] == "agent"
        return {"message": is_person and not by_desk, "answer": is_person and by_desk and is_public}
    if kind == "attributes":
        given = {**dict(now.attributes), **event["to"]}
        return {"attributes": tuple(sorted((n, v) for n, v in given.items() if v is not None))}
    simple: dict[str, dict[str, Any]] = {
        "status": {"status": event.get("to")},
        "priority": {"priority": event.get("to")},
        "paused": {"holds": now.holds | {event.get("reason")}},
        "resumed": {"holds": now.holds - {event.get("reason")}},
        "moved": {k: event.get(k) for k in ("department", "channel")},
        "assigned": {},
        "resolved": {"is_resolved": True, "status": status},
        "closed": {"is_resolved": True, "status": status},
        "reopened": {"is_resolved": False, "status": status},
    }
    return simple[kind]
