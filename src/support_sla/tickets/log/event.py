"""`Event`: one thing that happened to a ticket, and which keys each kind of event has."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, TypeAlias, get_args
from zoneinfo import ZoneInfo

from support_sla.errors import LogError, shown
from support_sla.values.instants import ComparesInstants, read_instant
from support_sla.values.model import nearest
from support_sla.values.names import plain_text

EventKind: TypeAlias = Literal[
    "submitted",
    "replied",
    "status",
    "paused",
    "resumed",
    "priority",
    "attributes",
    "moved",
    "assigned",
    "resolved",
    "reopened",
    "closed",
]
Side: TypeAlias = Literal["customer", "agent"]


class _Keys(NamedTuple):
    """The keys of a kind of event beside `at`, `kind` and `id`: those it needs, and all."""

    needed: tuple[str, ...]
    known: tuple[str, ...]


_KEYS: dict[str, _Keys] = {
    "submitted": _Keys((), ("by", "priority", "status", "attributes")),
    "replied": _Keys(("by",), ("by", "public", "automatic")),
    "status": _Keys(("to",), ("to",)),
    "paused": _Keys(("reason",), ("reason",)),
    "resumed": _Keys(("reason",), ("reason",)),
    "priority": _Keys(("to",), ("to",)),
    "attributes": _Keys(("to",), ("to",)),
    "moved": _Keys(("department", "channel"), ("department", "channel")),
    "assigned": _Keys((), ("department", "channel")),
    "resolved": _Keys((), ("status",)),
    "reopened": _Keys((), ("status",)),
    "closed": _Keys((), ("status",)),
}
_MEANT = {
    "at": "an aware datetime or an ISO 8601 string with an offset",
    "kind": "the kind of the event, e.g. kind = 'replied'",
    "by": "by = 'customer' or by = 'agent'",
    "public": "true or false",
    "automatic": "true or false",
    "reason": "the name of the hold, one of the policy's statuses",
    "department": "the name of a department",
    "channel": "the name of one of its channels",
    "priority": "the name of a priority, or leave it out",
    "status": "the name of a status, or leave it out",
    "attributes": "a mapping of texts, e.g. {'plan': 'gold'}",
    "id": "a text, or leave it out",
}
_MEANT_TO = {
    "status": "the name of a status",
    "priority": "the name of a priority, or None for none",
    "attributes": _MEANT["attributes"],
}
"""What `to` is, by the kind of the event."""


@dataclass(frozen=True, slots=True, eq=False)
class Event(ComparesInstants):
    """One thing that happened to a ticket; its `kind` says which keys it has beside `at`.

    - `submitted`: `by` ("customer" unless given), `priority`, `status`, `attributes`;
    - `replied`: `by`, `public` (true unless given), `automatic` (false unless given);
    - `status`: `to`; `paused`, `resumed`: the `reason`, the name of a hold beside the status;
    - `priority`: `to`, None for none; `attributes`: `to`, a mapping of those that change, with None
      for one that is taken away;
    - `moved`: the `department` and `channel`; `assigned`: those of an internal line, or neither;
    - `resolved`, `reopened`, `closed`: the `status` it has from then on, if that changes too.

    `id` is what the event is called where it comes from: events with one id are one event.
    Equal by value, comparing instants as instants; hashable.
    """

    at: dt.datetime
    kind: EventKind
    by: Side | None = None
    public: bool = True
    automatic: bool = False
    to: str | None = None
    reason: str | None = None
    department: str | None = None
    channel: str | None = None
    priority: str | None = None
    status: str | None = None
    attributes: tuple[tuple[str, str | None], ...] = ()
    id: str | None = None

    @property
    def is_answer(self) -> bool:
        """Whether it is a public reply of a person of the desk."""
        return self.kind == "replied" and self.by == "agent" and self.public and not self.automatic

    @property
    def is_message(self) -> bool:
        """Whether it is a message that a customer wrote: no automatic one."""
        return self.kind == "replied" and self.by == "customer" and not self.automatic

    def to_dict(self) -> dict[str, Any]:
        """Return the event as plain data: its instant as an ISO 8601 text, and the keys it needs.

        Raises as `TicketLog` does for one that has other keys than its kind.
        """
        event = read_event(self)
        found: dict[str, Any] = {"at": event.at.isoformat(), "kind": event.kind}
        for key in _KEYS[event.kind].known:
            value = getattr(event, key)
            if key == "attributes" or (event.kind, key) == ("attributes", "to"):
                value = dict(event.attributes)
            if value != _DEFAULTS.get(key) or (event.kind, key) == ("priority", "to"):
                found[key] = value
        return found if event.id is None else {**found, "id": event.id}

    def __str__(self) -> str:
        """Return the kind and the instant."""
        at = self.at.isoformat() if isinstance(self.at, dt.datetime) else shown(self.at)
        return f"{shown(self.kind)} at {at}"


_DEFAULTS: dict[str, Any] = {"public": True, "automatic": False, "attributes": {}}
_ALL = ("at", "kind", "id")


def read_event(value: object) -> Event:
    """Return the event that a mapping writes, or that an `Event` is; raise `LogError` for another.

    Raises what `compute_deadline` does for an `at` that is no instant.
    """
    if isinstance(value, Event):
        value = _written(value)
    if not isinstance(value, Mapping):
        raise LogError.no_mapping("the event", value)
    kind, keys = _kind(value)
    readers = {**_READ, **_READ_OF.get(kind, {})}
    read = {
        name: readers[name](name, value[name], _meant(kind, name))
        for name in keys.known
        if name in value
    }
    if kind == "attributes":
        read["attributes"] = read.pop("to")
    if (read.get("department") is None) is not (read.get("channel") is None):
        raise LogError.half_a_line(read.get("department"), read.get("channel"))
    if kind == "submitted" and read.get("by") is None:
        read["by"] = "customer"
    at = _plain_zone(read_instant("at", value["at"]))
    name = _text("id", value.get("id"), _MEANT["id"])
    return Event(at, kind, id=name, **read)  # type: ignore[arg-type]


def _meant(kind: str, name: str) -> str:
    """Return what a key of an event of some kind is, for messages."""
    return _MEANT_TO[kind] if name == "to" else _MEANT[name]


def _plain_zone(at: dt.datetime) -> dt.datetime:
    """Return an instant in a zone that can be pickled: its own, or its offset where that is another's."""
    if isinstance(at.tzinfo, (ZoneInfo, dt.timezone)):
        return at
    return at.replace(tzinfo=dt.timezone(at.utcoffset() or dt.timedelta(0)), fold=0)


def _kind(value: Mapping[str, Any]) -> tuple[str, _Keys]:
    """Return the kind of an event and its keys; raise for one that it needs, or does not know."""
    if "kind" not in value:
        raise LogError.missing("kind", "the event", _MEANT["kind"])
    kind = value["kind"]
    if not isinstance(kind, str) or kind not in _KEYS:
        raise LogError.kind(kind, nearest(kind, _KEYS))
    keys = _KEYS[kind]
    for name in value:
        if name not in keys.known and name not in _ALL:
            raise LogError.key(name, f"an event {kind!r}", nearest(name, (*_ALL, *keys.known)))
    for name in ("at", *keys.needed):
        if name not in value:
            raise LogError.missing(name, f"the event {kind!r}", _meant(kind, name))
    return str.__str__(kind), keys


def _written(event: Event) -> dict[str, Any]:
    """Return an event as a mapping of what was given, so that it is read as any other."""
    known = _KEYS[event.kind].known if event.kind in [*_KEYS] else ()
    found: dict[str, Any] = {"at": event.at, "kind": event.kind}
    for name in Event.__slots__[2:]:
        value = getattr(event, name)
        if name == "attributes":
            value = _pairs(value)
        if name in known or value != _DEFAULTS.get(name):
            found[name] = value
    if event.kind == "attributes" and event.to is None:
        found["to"] = found.pop("attributes", {})
    return found


def _pairs(value: object) -> object:
    """Return attributes as a mapping if they are pairs; what is neither is refused by its reading."""
    try:
        return dict(value)  # type: ignore[call-overload]
    except (TypeError, ValueError):
        return value


def _text(name: str, value: object, meant: str) -> str | None:
    if value is None or (isinstance(value, str) and value):
        return None if value is None else str.__str__(value)
    raise LogError.value(name, value, meant)


def _needed(name: str, value: object, meant: str) -> str:
    read = _text(name, value, meant)
    if read is None:
        raise LogError.value(name, value, meant)
    return read


def _side(name: str, value: object, meant: str) -> str:
    if isinstance(value, str) and value in get_args(Side):
        return str.__str__(value)
    raise LogError.value(name, value, meant)


def _side_if_given(name: str, value: object, meant: str) -> str | None:
    return None if value is None else _side(name, value, meant)


def _flag(name: str, value: object, meant: str) -> bool:
    if isinstance(value, bool):
        return value
    raise LogError.value(name, value, meant)


def _attributes(name: str, value: object, meant: str) -> tuple[tuple[str, str | None], ...]:
    if not isinstance(value, Mapping):
        raise LogError.value(name, value, meant)
    for key, each in value.items():
        if not isinstance(key, str) or not (each is None or isinstance(each, str)):
            raise LogError.value(name, value, meant)
    return tuple(sorted((str.__str__(key), plain_text(each)) for key, each in value.items()))


def _attributes_if_given(
    name: str, value: object, meant: str
) -> tuple[tuple[str, str | None], ...]:
    return () if value is None else _attributes(name, value, meant)


_READ: dict[str, Any] = {
    "by": _side,
    "public": _flag,
    "automatic": _flag,
    "to": _text,
    "reason": _needed,
    "department": _text,
    "channel": _text,
    "priority": _text,
    "status": _text,
    "attributes": _attributes_if_given,
}
_READ_OF: dict[str, dict[str, Any]] = {
    "submitted": {"by": _side_if_given},
    "status": {"to": _needed},
    "attributes": {"to": _attributes},
    "moved": {"department": _needed, "channel": _needed},
}
"""How keys are read that an event of some kind reads otherwise."""
