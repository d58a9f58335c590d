"""`Standing`: how every promise to a ticket stands at an instant, before it is put into words."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any, NamedTuple, Self

from support_sla.errors import UnknownMetricError
from support_sla.policy.metrics import METRICS, Metric
from support_sla.policy.policy import Policy
from support_sla.tickets.log.log import TicketLog
from support_sla.tickets.rounds.round import Round, RoundState
from support_sla.values.instants import from_micros
from support_sla.values.one_line import Part, record

FORMAT = "support_sla.ticket_status/1"


class TicketState(NamedTuple):
    """What a ticket is at an instant, as its log says."""

    is_resolved: bool
    department: str
    channel: str
    priority: str | None
    attributes: tuple[tuple[str, str], ...]
    status: str | None
    holds: tuple[str, ...]


@dataclass(frozen=True, slots=True, repr=False)
class Standing:
    """Every promise to a ticket as it stands at `now`. Instants are in the zone of the desk.

    `rounds` are all its rounds in the order in which they were started; `first_response`,
    `next_response`, `update_every` and `resolution` the last of each. `internal` is the same for each
    assignment to an internal line, in order. `follows_openings` says that it was tracked with
    `openings`.

    Equal by value, hashable and picklable.
    """

    policy: Policy
    log: TicketLog
    rounds: tuple[Round, ...]
    internal: tuple[Self, ...]
    follows_openings: bool
    _state: TicketState
    _now: int
    _changes: int | None
    _zone: dt.tzinfo

    @property
    def now(self) -> dt.datetime:
        """The instant that was asked about."""
        return from_micros(self._now, self._zone)

    @property
    def department(self) -> str:
        """The department that it is with."""
        return self._state.department

    @property
    def channel(self) -> str:
        """The channel that it is on."""
        return self._state.channel

    @property
    def priority(self) -> str | None:
        """The priority that it has, if any."""
        return self._state.priority

    @property
    def is_resolved(self) -> bool:
        """Whether it is resolved or closed, whatever its status is called."""
        return self._state.is_resolved

    @property
    def is_internal(self) -> bool:
        """Whether it is the status of an assignment to an internal line."""
        return self.policy.channel(self.department, self.channel).internal

    @property
    def status(self) -> str | None:
        """The status that it is in, if its log says so."""
        return self._state.status

    @property
    def holds(self) -> tuple[str, ...]:
        """The named holds that it is in, sorted."""
        return self._state.holds

    @property
    def attributes(self) -> dict[str, str]:
        """The attributes it has at `now`."""
        return dict(self._state.attributes)

    @property
    def first_response(self) -> Round | None:
        """The round of the first response; None if none has begun."""
        return self._last("first_response")

    @property
    def next_response(self) -> Round | None:
        """The last round of the next response; None if none has begun."""
        return self._last("next_response")

    @property
    def update_every(self) -> Round | None:
        """The last round of updates; None if none has begun."""
        return self._last("update_every")

    @property
    def resolution(self) -> Round | None:
        """The last round of the resolution; None if none is promised."""
        return self._last("resolution")

    @property
    def changes_at(self) -> dt.datetime | None:
        """The first instant after `now` at which it differs without another event.

        Then a state, `paused`, a `breached_at` or a passed warning is another; what has elapsed and is
        left, and a projected due, move by themselves. If it was tracked with `openings`, also the
        first instant at which a clock that runs begins or ends to tick. None if there is none.
        """
        return None if self._changes is None else from_micros(self._changes, self._zone)

    def state(self, metric: Metric) -> RoundState:
        """Return the state of a promise: that of its last round, else `waiting` or `none`.

        It waits if the line it is on has rules for the metric. Raises `UnknownMetricError`, which
        lists those there are, for another metric.
        """
        if metric not in METRICS:
            raise UnknownMetricError.of(metric, METRICS)
        last = self._last(metric)
        if last is not None:
            return last.state
        rules = self.policy.targets(self.department, self.channel, metric)
        return "waiting" if rules else "none"

    def rounds_of(self, metric: Metric) -> tuple[Round, ...]:
        """Return the rounds of a metric, in order; empty if none has begun.

        Raises as `state` does for another metric.
        """
        if metric not in METRICS:
            raise UnknownMetricError.of(metric, METRICS)
        return tuple(each for each in self.rounds if each.metric == metric)

    def _last(self, metric: Metric) -> Round | None:
        return next((each for each in reversed(self.rounds) if each.metric == metric), None)

    def to_dict(self) -> dict[str, Any]:
        """Return the status as plain data, ready for JSON, without its policy and its log."""
        changes = self.changes_at
        return {
            "format": FORMAT,
            "policy": {
                "name": self.policy.name,
                "version": self.policy.version,
                "timezone": self.policy.zone_of(self.department),
            },
            "ticket": self.log.ticket,
            "now": self.now.isoformat(),
            "department": self.department,
            "channel": self.channel,
            "priority": self.priority,
            **({"attributes": self.attributes} if self.attributes else {}),
            "status": self.status,
            "is_resolved": self.is_resolved,
            "holds": list(self.holds),
            "states": {metric: self.state(metric) for metric in METRICS},
            **({"follows_openings": True} if self.follows_openings else {}),
            "changes_at": None if changes is None else changes.isoformat(),
            "rounds": [each.to_dict() for each in self.rounds],
            "internal": [each.to_dict() for each in self.internal],
        }

    def to_json(self) -> str:
        """Return `to_dict` as JSON text."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=2)

    def __repr__(self) -> str:
        keys = ("department", "channel", "priority", "status", "now", "rounds", "changes_at")
        given = {key: getattr(self, key) for key in keys}
        parts = [Part(key, value, "round") for key, value in given.items() if value is not None]
        return record(type(self).__name__, *parts)
