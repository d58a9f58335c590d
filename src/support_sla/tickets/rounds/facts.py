"""`Facts`: what the events of a ticket say up to an instant: what it asks, and what it is in."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from support_sla.errors import (
    LogError,
    SupportSlaError,
    UnknownAttributeError,
    UnknownStatusError,
)
from support_sla.tickets.rounds.promised import Ask, ask_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from support_sla.policy.policy import Policy
    from support_sla.tickets.log.event import Event


class State(NamedTuple):
    """What a ticket is in: a status, if its log says so, and the named holds."""

    status: str | None
    holds: frozenset[str]


NO_STATE = State(None, frozenset())


class Facts:
    """The events of a ticket up to an instant, and what follows from them for every clock.

    `asks[i]` is what it asks from `ask_since[i]` on, after the event at `ask_places[i]`; `states[i]` is
    what it is in from `since[i]` on: its status, if it has one, and the named holds. `state` is what it
    is in at the end, and `entered` after each event at which an internal line may take it over.
    `is_internal` says that they are those of an assignment to an internal line.
    """

    __slots__ = (
        "ask_places",
        "ask_since",
        "asks",
        "entered",
        "events",
        "instants",
        "is_internal",
        "since",
        "state",
        "states",
    )

    events: Sequence[Event]
    instants: Sequence[int]
    asks: list[Ask]
    ask_places: list[int]
    ask_since: list[int]
    states: list[frozenset[str]]
    since: list[int]
    state: State
    entered: dict[int, State]
    is_internal: bool

    def __init__(
        self, events: Sequence[Event], instants: Sequence[int], read: _Reader, *, is_internal: bool
    ) -> None:
        self.events = events
        self.instants = instants
        self.asks, self.ask_places, self.ask_since = read.asks, read.ask_places, read.ask_since
        self.states, self.since = read.states, read.since
        self.state = State(read.status, read.holds)
        self.entered = read.entered
        self.is_internal = is_internal

    @property
    def now_asked(self) -> Ask:
        """What the ticket asks at the end."""
        return self.asks[-1]

    def state_at(self, at: int) -> frozenset[str]:
        """Return what the ticket is in at an instant: its status and its holds."""
        return self.states[bisect_right(self.since, at) - 1]

    def asks_from(self, place: int) -> int:
        """Return the place in `asks` of what is asked after an event, given by its place."""
        return bisect_right(self.ask_places, place) - 1

    def ask_at(self, place: int) -> Ask:
        """Return what the ticket asks after an event, given by its place."""
        return self.asks[self.asks_from(place)]

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
        reader = _Reader(policy, ask, state, instants[0])
        place = 0
        try:
            reader.enter(instants[0], events[0].status)
            for place, event in enumerate(events[1:], start=1):
                if event.kind != "replied":
                    reader.read(place, instants[place], event)
        except SupportSlaError as error:
            raise error.at(place, f"events[{place}]") from None
        return cls(events, instants, reader, is_internal=ask.line.internal)


class _Reader:
    """Reads events one by one and keeps what the ticket asks and is in."""

    __slots__ = (
        "_policy",
        "ask_places",
        "ask_since",
        "asks",
        "entered",
        "holds",
        "since",
        "states",
        "status",
    )

    status: str | None
    holds: frozenset[str]
    asks: list[Ask]
    ask_places: list[int]
    ask_since: list[int]
    states: list[frozenset[str]]
    since: list[int]
    entered: dict[int, State]

    def __init__(self, policy: Policy, ask: Ask, state: State, at: int) -> None:
        self._policy = policy
        self.status, self.holds = state
        self.asks = [ask]
        self.ask_places, self.ask_since = [0], [at]
        self.states = []
        self.since = []
        self.entered = {}

    def enter(self, at: int, status: str | None) -> None:
        """Note what the ticket is in at its first event: another status, if that gives it one."""
        self._put(at, self.status if status is None else status)

    def read(self, place: int, at: int, event: Event) -> None:
        """Read one event that is no reply."""
        kind = event.kind
        if kind == "status":
            self._put(at, event.to)
        elif kind in _ENDING:
            if event.status is not None:
                self._put(at, event.status)
        elif kind in _HOLDING:
            assert event.reason is not None, "an event is read with the hold that it begins or ends"
            _check(self._policy, event.reason)
            name = {event.reason}
            self.holds = self.holds | name if kind == "paused" else self.holds - name
            self._put(at, self.status)
        elif kind != "assigned":
            self._change(place, at, event)
        if kind in _TAKING:
            self.entered[place] = State(self.status, self.holds)

    def _put(self, at: int, status: str | None) -> None:
        """Note what the ticket is in from an instant on; of one instant the last holds."""
        state = self.holds
        if status is not None:
            _check(self._policy, status)
            state |= {status}
        self.status = status
        if self.since and self.since[-1] == at:
            self.states[-1] = state
        elif not self.states or self.states[-1] != state:
            self.since.append(at)
            self.states.append(state)

    def _change(self, place: int, at: int, event: Event) -> None:
        """Note what the ticket asks from an event on, if that changes."""
        before = self.asks[-1]
        department, channel, priority, attributes = before[:4]
        if event.kind == "priority":
            priority = event.to
        elif event.kind == "attributes":
            for name, _ in event.attributes:
                if name not in self._policy.attributes:  # also of one that is taken away
                    raise UnknownAttributeError.of(name, [*self._policy.attributes])
            changed = dict(attributes) | dict(event.attributes)
            attributes = tuple((n, v) for n, v in sorted(changed.items()) if v is not None)
        else:
            assert event.department is not None, "an event is read with a department to move to"
            assert event.channel is not None, "and with a channel"
            department, channel = event.department, event.channel
        ask = ask_of(self._policy, department, channel, priority, attributes)
        if event.kind == "moved" and ask.line.internal:
            raise LogError.internal(f"{department}/{channel}", str(event))
        if ask is not before:
            self.asks.append(ask)
            self.ask_places.append(place)
            self.ask_since.append(at)


_ENDING = frozenset(("resolved", "reopened", "closed"))
_HOLDING = frozenset(("paused", "resumed"))
_TAKING = frozenset(("assigned", "reopened"))


def _check(policy: Policy, status: str) -> None:
    """Raise for a status that is not declared, if the policy declares some."""
    if status not in policy.statuses and policy.statuses:
        raise UnknownStatusError.of(status, policy.statuses)
