"""`TicketLog`: one ticket's line and what happened to it, in order."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from support_sla.errors import LogError, SupportSlaError
from support_sla.tickets.log.event import Event, read_event
from support_sla.tickets.log.order import in_order
from support_sla.values.instants import to_micros
from support_sla.values.model import nearest
from support_sla.values.one_line import Part, Room, counted, fitted, moment, record

FORMAT = "support_sla.ticket_log/1"
_KEYS = ("department", "channel", "events", "ticket", "has_statuses")


@dataclass(frozen=True, slots=True, repr=False)
class TicketLog:
    """What happened to one ticket, sent to a department's channel.

    `events` are given as `Event` objects or as mappings with their keys, in any order, and are kept sorted
    by instant: those of one instant in the order given, rows that descend throughout (an export
    that begins with the newest) turned around first. What is given twice is kept once: events with
    one `id`, and neighbours that are alike. What changes nothing, such as closing what is resolved,
    is accepted. `ticket` is what the ticket is called. `has_statuses` is false for a source that
    keeps no history of statuses, so that nobody knows when the ticket was paused.

    Raises `LogError`, with the row as `index`: for an unknown kind or key, for a log without a
    submission or with two, for an event before it, for a hold that ends without having begun; and
    for an `at` that is no instant what `compute_deadline` raises.

    Frozen, hashable, equal by value, picklable.

    >>> log = TicketLog("help", "ticket", [
    ...     {"at": "2026-09-07T09:40:00+02:00", "kind": "replied", "by": "agent"},
    ...     {"at": "2026-09-07T09:00:00+02:00", "kind": "submitted", "priority": "urgent"},
    ... ])
    >>> [event.kind for event in log.events]
    ['submitted', 'replied']
    """

    department: str
    channel: str
    events: tuple[Event, ...]
    ticket: str | None = None
    has_statuses: bool = True
    instants: tuple[int, ...] = field(default=(), init=False, compare=False)
    """When each event happened, in microseconds since 1970 UTC."""
    is_assigned: bool = field(default=False, init=False, compare=False)
    """Whether the ticket was ever assigned, to an internal line or to none."""

    def __init__(
        self,
        department: str,
        channel: str = "ticket",
        events: Iterable[Event | Mapping[str, Any]] = (),
        *,
        ticket: str | None = None,
        has_statuses: bool = True,
    ) -> None:
        named = {"department": department, "channel": channel}
        for name, value in (*named.items(), ("ticket", ticket)):
            if not isinstance(value, str) and not (name == "ticket" and value is None):
                raise LogError.value(name, value, "a text")
        if not isinstance(has_statuses, bool):
            raise LogError.value("has_statuses", has_statuses, "true or false")
        if not isinstance(events, Iterable) or isinstance(events, (str, bytes, Mapping)):
            raise LogError.no_events(events)
        put = object.__setattr__
        put(self, "department", str.__str__(department))
        put(self, "channel", str.__str__(channel))
        put(self, "events", in_order([_read(at, each) for at, each in enumerate(events)]))
        put(self, "is_assigned", any(event.kind == "assigned" for event in self.events))
        put(self, "instants", tuple(to_micros(event.at) for event in self.events))
        put(self, "ticket", None if ticket is None else str.__str__(ticket))
        put(self, "has_statuses", has_statuses)

    @property
    def submitted_at(self) -> dt.datetime:
        """When the ticket was submitted."""
        return self.events[0].at

    def to_dict(self) -> dict[str, Any]:
        """Return the log as plain data, ready for JSON, as `from_dict` reads it."""
        return {
            "format": FORMAT,
            "department": self.department,
            "channel": self.channel,
            **({} if self.ticket is None else {"ticket": self.ticket}),
            **({} if self.has_statuses else {"has_statuses": False}),
            "events": [event.to_dict() for event in self.events],
        }

    def to_json(self) -> str:
        """Return `to_dict` as JSON text."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=2)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> TicketLog:
        """Return the log that a mapping holds, with or without `format`; raises as the class does."""
        if not isinstance(data, Mapping):
            raise LogError.no_mapping("the log", data)
        if data.get("format", FORMAT) != FORMAT:
            raise LogError.value("format", data["format"], repr(FORMAT))
        for name in data:
            if name not in _KEYS and name != "format":
                raise LogError.key(name, "a ticket log", nearest(name, _KEYS))
        for name in ("department", "events"):
            if name not in data:
                raise LogError.missing(name, "the log", f"its {name}")
        return cls(**{name: value for name, value in data.items() if name != "format"})

    @classmethod
    def from_json(cls, text: str) -> TicketLog:
        """Return the log that a JSON text holds; raises as the class does."""
        try:
            data = json.loads(text)
        except (TypeError, ValueError, RecursionError) as error:
            raise LogError.no_json(str(error)) from None
        return cls.from_dict(data)

    def __str__(self) -> str:
        """Return the ticket, its line, when it was sent and how much happened, on one line."""

        def said(room: Room) -> str:
            name = "ticket" if self.ticket is None else room.name(self.ticket)
            line = f"{room.name(self.department)}/{room.name(self.channel)}"
            sent = f"{name} to {line}, submitted {moment(self.submitted_at)}"
            return f"{sent}, {counted(len(self.events), 'event')}"

        return fitted(said)

    def __repr__(self) -> str:
        parts = [Part(key, getattr(self, key), "event") for key in ("department", "channel")]
        given = [] if self.ticket is None else [Part("ticket", self.ticket)]
        return record("TicketLog", *parts, *given, Part("events", self.events, "event"))


def _read(index: int, value: object) -> Event:
    """Return the event of a row; what is wrong with it is told with its place."""
    try:
        return read_event(value)
    except SupportSlaError as error:
        raise error.at(index, f"events[{index}]") from None
