"""`Event`: one thing that happened to a ticket, and which keys each kind of event has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias, get_args

from support_sla.errors import LogError
from support_sla.values.instants import ComparesInstants, read_instant
from support_sla.values.model import nearest

if TYPE_CHECKING:
    import datetime as dt

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
    "to": "a text",
    "reason": "the name of the hold, one of the policy's statuses",
    "department": "the name of a department",
    "channel": "the name of one of its channels",
    "priority": "the name of a priority, or leave it out",
    "status": "the name of a status, or leave it out",
    "attributes": "a mapping of texts, e.g. {'plan': 'gold'}",
    "id": "a text",
}


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
        """Return the event as plain data: its instant as an ISO 8601 text, and the keys it needs."""
        found: dict[str, Any] = {"at": self.at.isoformat(), "kind": self.kind}
        for key in _KEYS[self.kind].known:
            value = getattr(self, key)
            if key == "attributes" or (self.kind, key) == ("attributes", "to"):
                value = dict(self.attributes)
            if value != _DEFAULTS.get(key) or (self.kind, key) == ("priority", "to"):
                found[key] = value
        return found if self.id is None else {**found, "id": self.id}

    def __str__(self) -> str:
        """Return the kind and the instant."""
        return f"{self.kind!r} at {self.at.isoformat()}"


_DEFAULTS: dict[str, Any] = {"public": True, "automatic": False, "attributes": {}}
_ALL = ("at", "kind", "id")


def read_event(value: object) -> Event:
    """Return the event that a mapping writes, or that an `Event` is; raise `LogError` for another.

    Raises what `compute_deadline` does for an `at` that is no instant.
    """
    if isinstance(value, Event):
        value = _written(value)
    if not isinstance(value, Mapping):
        raise LogError.no_mapping(value)
    kind, keys = _kind(value)
    readers = {**_READ, "to": _attributes} if kind == "attributes" else _READ
    read = {name: readers[name](name, value[name]) for name in keys.known if name in value}
    if kind == "attributes":
        read["attributes"] = read.pop("to")
    if kind == "status" and read["to"] is None:
        raise LogError.value("to", None, _MEANT["status"])
    if (read.get("department") is None) is not (read.get("channel") is None):
        raise LogError.value("assigned", dict(value), "both a department and a channel, or neither")
    if kind == "submitted" and read.get("by") is None:
        read["by"] = "customer"
    at = read_instant("at", value["at"])
    return Event(at, kind, id=_text("id", value.get("id")), **read)  # type: ignore[arg-type]


def _kind(value: Mapping[str, Any]) -> tuple[str, _Keys]:
    """Return the kind of an event and its keys; raise for one that it needs, or does not know."""
    kind = value.get("kind")
    if not isinstance(kind, str):
        raise LogError.missing("kind", "the event", _MEANT["kind"])
    if kind not in _KEYS:
        raise LogError.value("kind", kind, nearest(kind, _KEYS))
    keys = _KEYS[kind]
    for name in value:
        if name not in keys.known and name not in _ALL:
            raise LogError.key(name, f"an event {kind!r}", nearest(name, (*_ALL, *keys.known)))
    for name in ("at", *keys.needed):
        if name not in value:
            raise LogError.missing(name, f"the event {kind!r}", _MEANT[name])
    return str.__str__(kind), keys


def _written(event: Event) -> dict[str, Any]:
    """Return an event as a mapping of what was given, so that it is read as any other."""
    given = {"attributes": "to"} if event.kind == "attributes" else {}
    known = _KEYS.get(str(event.kind), _Keys((), ())).known
    found: dict[str, Any] = {}
    for name in Event.__slots__:
        value, key = getattr(event, name), given.get(name, name)
        if name == "attributes":
            value = dict(value)
        if key in known or (name != "to" and value != _DEFAULTS.get(name)):
            found.setdefault(key, value)
    if event.kind == "attributes":
        found["to"] = dict(event.attributes)
    return found


def _text(name: str, value: object) -> str | None:
    if value is None or (isinstance(value, str) and value):
        return None if value is None else str.__str__(value)
    raise LogError.value(name, value, _MEANT[name])


def _needed(name: str, value: object) -> str:
    read = _text(name, value)
    if read is None:
        raise LogError.value(name, value, _MEANT[name])
    return read


def _side(name: str, value: object) -> str:
    if isinstance(value, str) and value in get_args(Side):
        return str.__str__(value)
    raise LogError.value(name, value, _MEANT[name])


def _flag(name: str, value: object) -> bool:
    if isinstance(value, bool):
        return value
    raise LogError.value(name, value, _MEANT[name])


def _attributes(name: str, value: object) -> tuple[tuple[str, str | None], ...]:
    if value is None and name == "attributes":
        return ()
    if not isinstance(value, Mapping):
        raise LogError.value(name, value, _MEANT["attributes"])
    for key, each in value.items():
        if not isinstance(key, str) or not (each is None or isinstance(each, str)):
            raise LogError.value(name, value, _MEANT["attributes"])
    return tuple(sorted((str.__str__(key), each) for key, each in value.items()))


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
    "attributes": _attributes,
}
