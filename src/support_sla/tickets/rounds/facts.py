"""`Facts`: what the events of a ticket say up to an instant: what it asks, and what it is in."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from support_sla.errors import LogError, SupportSlaError, UnknownStatusError
from support_sla.tickets.rounds.promised import Ask, ask_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from support_sla.policy.policy import Policy
    from support_sla.tickets.log.event import Event


class Asked(NamedTuple):
    """What a ticket asks from an event on, given by its place and its instant."""

    place: int
    at: int
    ask: Ask


class State(NamedTuple):
    """What a ticket is in: a status, if its log says so, and the named holds."""

    status: str | None
    holds: frozenset[str]


NO_STATE = State(None, frozenset())


@dataclass(frozen=True, slots=True)
class Facts:
    """The events of a ticket up to an instant, and what follows from them for every clock.

    `since[i]` is the instant from which the ticket is in `states[i]`: its status, if it has one, and
    the named holds.
    """

    events: Sequence[Event]
    instants: Sequence[int]
    asks: list[Asked]
    since: list[int]
    states: list[frozenset[str]]
    state: State
    """What the ticket is in at the end."""
    is_internal: bool
    """Whether they are those of an assignment to an internal line."""

    @property
    def now_asked(self) -> Ask:
        """What the ticket asks at the end."""
        return self.asks[-1].ask

    def state_at(self, at: int) -> frozenset[str]:
        """Return what the ticket is in at an instant: its status and its holds."""
        return self.states[bisect_right(self.since, at) - 1]

    def ask_at(self, place: int) -> Ask:
        """Return what the ticket asks after an event, given by its place."""
        asks = self.asks
        if asks[-1].place <= place:
            return asks[-1].ask
        return asks[bisect_right(asks, place, key=_place) - 1].ask

    def asks_from(self, place: int) -> int:
        """Return the place in `asks` of what is asked after an event, given by its place."""
        return bisect_right(self.asks, place, key=_place) - 1

    @classmethod
    def of(
        cls,
        policy: Policy,
        events: Sequence[Event],
        instants: Sequence[int],
        ask: Ask,
        state: State = NO_STATE,
    ) -> Facts:
        """Return the facts of some events, the first of which asks `ask` and finds a ticket in `state`.

        Raises, with the place of the event, for names that the policy does not have.
        """
        reader = _Reader(policy, ask, state)
        for place, event in enumerate(events):
            if not place or event.kind in _CHANGING:
                try:
                    reader.read(place, instants[place], event)
                except SupportSlaError as error:
                    raise error.at(place, f"events[{place}]") from None
        found = reader.asks, reader.since, reader.states, State(reader.status, reader.holds)
        return cls(events, instants, *found, ask.line.internal)


def _place(asked: Asked) -> int:
    return asked.place


_CHANGING = frozenset(
    (
        "status",
        "paused",
        "resumed",
        "priority",
        "attributes",
        "moved",
        "resolved",
        "reopened",
        "closed",
    )
)


class _Reader:
    """Reads events one by one and keeps what the ticket asks and is in."""

    def __init__(self, policy: Policy, ask: Ask, state: State) -> None:
        self._policy = policy
        self._ask = ask
        self.status, self.holds = state
        self.asks: list[Asked] = []
        self.since: list[int] = []
        self.states: list[frozenset[str]] = []

    def read(self, place: int, at: int, event: Event) -> None:
        """Read one event."""
        kind = event.kind
        if not place:
            self.asks.append(Asked(place, at, self._ask))
            self._put(at, event.status or self.status)
        elif kind == "status":
            self._put(at, event.to)
        elif kind in {"resolved", "reopened", "closed"}:
            if event.status is not None:
                self._put(at, event.status)
        elif kind in {"paused", "resumed"}:
            assert event.reason is not None, "an event is read with the hold that it begins or ends"
            name = {_declared(self._policy, event.reason) or event.reason}
            self.holds = self.holds | name if kind == "paused" else self.holds - name
            self._put(at, self.status)
        else:
            self._change(place, at, event)

    def _put(self, at: int, status: str | None) -> None:
        """Note what the ticket is in from an instant on; of one instant the last holds."""
        self.status = _declared(self._policy, status)
        state = self.holds if self.status is None else self.holds | {self.status}
        if self.since and self.since[-1] == at:
            self.states[-1] = state
        elif not self.states or self.states[-1] != state:
            self.since.append(at)
            self.states.append(state)

    def _change(self, place: int, at: int, event: Event) -> None:
        """Note what the ticket asks from an event on, if that changes."""
        department, channel, priority, attributes = self._ask[:4]
        if event.kind == "priority":
            priority = event.to
        elif event.kind == "attributes":
            changed = dict(attributes) | dict(event.attributes)
            attributes = tuple((n, v) for n, v in sorted(changed.items()) if v is not None)
        else:
            assert event.department is not None, "an event is read with a department to move to"
            assert event.channel is not None, "and with a channel"
            department, channel = event.department, event.channel
        ask = ask_of(self._policy, department, channel, priority, attributes)
        if event.kind == "moved" and ask.line.internal:
            raise LogError.internal(f"{department}/{channel}", str(event))
        if ask is not self._ask:
            self._ask = ask
            self.asks.append(Asked(place, at, ask))


def _declared(policy: Policy, status: str | None) -> str | None:
    """Return a status; raise if the policy declares some and not this one."""
    if status is None or not policy.statuses or status in policy.statuses:
        return status
    raise UnknownStatusError.of(status, policy.statuses)
