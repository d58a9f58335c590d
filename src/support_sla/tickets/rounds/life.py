"""`lives_of`: what starts, stops and re-arms each clock of a ticket, read off its log.

No time is counted here and no rule is asked: a life is when a clock could run, whatever it promises.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from support_sla.policy.metrics import METRICS

if TYPE_CHECKING:
    from support_sla.tickets.log.event import EventKind
    from support_sla.tickets.rounds.facts import Facts

FIRST_RESPONSE, NEXT_RESPONSE, UPDATE_EVERY, RESOLUTION = range(len(METRICS))


_STOPPING = frozenset(("resolved", "closed"))
_ASKING = frozenset(("moved", "priority", "attributes"))
_QUIET = frozenset(("status", "paused", "resumed"))
"""Kinds of events that start and stop no clock."""


class Life:
    """One run of a metric: from what starts it to what stops it.

    `armed` is the place of the event that started it and `armed_at` its instant: later than `start`
    if a message waited for its clock. `active` are the times in which the ticket is not resolved;
    the last one is open until the life stops, by the event at place `stopped`.
    """

    __slots__ = (
        "active",
        "armed",
        "armed_at",
        "metric",
        "start",
        "started_by",
        "stopped",
        "stopped_at",
        "stopped_by",
    )

    metric: int
    start: int
    started_by: EventKind
    armed: int
    armed_at: int
    active: list[tuple[int, int | None]]
    stopped: int | None
    stopped_at: int | None
    stopped_by: EventKind | None

    def __init__(
        self, metric: int, started_by: EventKind, armed: int, armed_at: int, start: int
    ) -> None:
        self.metric = metric
        self.start = start
        self.started_by = started_by
        self.armed = armed
        self.armed_at = armed_at
        self.active = [(start, None)]
        self.stopped = self.stopped_at = self.stopped_by = None

    def stop(self, place: int, at: int, by: EventKind) -> None:
        """Stop it, if it runs."""
        if self.stopped is None:
            self.stopped, self.stopped_at, self.stopped_by = place, at, by
            self.active[-1] = self.active[-1][0], at

    def go_on(self, at: int) -> None:
        """Let it go on from an instant, its time since it stopped cut out."""
        self.stopped = self.stopped_at = self.stopped_by = None
        self.active.append((at, None))


def lives_of(facts: Facts) -> tuple[list[Life], bool]:
    """Return the runs of all metrics that the events of a ticket make, and whether it is resolved.

    They come in the order of their starts.

    The first event submits the ticket. An `assigned` one takes it from an internal line.
    """
    reader = _Reader()
    for place, event in enumerate(facts.events):
        if event.kind not in _QUIET:
            reader.read(facts, place, facts.instants[place])
    return reader.lives, reader.is_resolved


class _Reader:
    """Reads a log event by event and keeps which clocks run."""

    __slots__ = (
        "_answered",
        "_arrears",
        "_final",
        "_last",
        "_meanwhile",
        "_unanswered",
        "is_resolved",
        "lives",
    )

    def __init__(self) -> None:
        self.lives: list[Life] = []
        self._last: list[Life | None] = [None] * len(METRICS)
        self._answered = False
        """Whether the first response is given, or no longer owed."""
        self._unanswered: tuple[int, EventKind] | None = None
        """The oldest message of the customer that waits for an answer."""
        self.is_resolved = False
        self._final = False
        """Whether the ticket was reopened where that starts no update and no resolution any more."""
        self._meanwhile: EventKind | None = None
        """A customer's message since the ticket was last resolved, not answered since."""
        self._arrears = False
        """Whether the desk wrote since then, before a reopening, so that no update is pending."""

    def read(self, facts: Facts, place: int, at: int) -> None:
        """Read one event."""
        event = facts.events[place]
        kind = event.kind
        if not place:
            if event.by != "agent":
                self._message(facts, place, at, kind)
            self._start(RESOLUTION, place, at, kind)
        elif event.is_message:
            if self.is_resolved:
                self._meanwhile = self._meanwhile or kind
            else:
                self._message(facts, place, at, kind)
        elif event.is_answer:
            self._answer(place, at)
        elif kind in _STOPPING or (kind == "assigned" and facts.is_internal):
            self._resolve(place, at, kind)
        elif kind == "reopened" and self.is_resolved:
            self._reopen(facts, place, at)
        elif kind in _ASKING:
            self._arm_next(facts, place, at)

    def _start(
        self, metric: int, place: int, at: int, by: EventKind, start: int | None = None
    ) -> None:
        life = Life(metric, by, place, at, at if start is None else start)
        self._last[metric] = life
        self.lives.append(life)

    def _stop(self, metric: int, place: int, at: int, by: EventKind) -> None:
        life = self._last[metric]
        if life is not None:
            life.stop(place, at, by)

    def _message(self, facts: Facts, place: int, at: int, kind: EventKind) -> None:
        """Read a message of the customer: the first one starts the first response, later ones wait."""
        if self._unanswered is None:
            self._unanswered = at, kind
        if self._last[FIRST_RESPONSE] is None and not self._answered:
            self._start(FIRST_RESPONSE, place, at, kind)
        self._arm_next(facts, place, at)

    def _arm_next(self, facts: Facts, place: int, at: int) -> None:
        """Start the next response if a message waits for one: the oldest, whatever came after it.

        Not while a first response is owed; one that no rule promises is not.
        """
        last = self._last[NEXT_RESPONSE]
        runs = last is not None and last.stopped is None
        if self._unanswered is None or runs or self.is_resolved:
            return
        start, kind = self._unanswered
        if not self._answered:
            promises = facts.ask_at(place).promises[FIRST_RESPONSE]
            if promises is not None and promises.at(start) is not None:
                return
        self._start(NEXT_RESPONSE, place, at, kind, start)

    def _answer(self, place: int, at: int) -> None:
        """Read an answer of the desk."""
        if self.is_resolved:
            self._meanwhile, self._arrears = None, True
            return
        if self._last[FIRST_RESPONSE] is not None:
            self._answered = True
        for metric in (FIRST_RESPONSE, NEXT_RESPONSE, UPDATE_EVERY):
            self._stop(metric, place, at, "replied")
        self._unanswered = None
        if not self._final:
            self._start(UPDATE_EVERY, place, at, "replied")

    def _resolve(self, place: int, at: int, kind: EventKind) -> None:
        if self.is_resolved:
            return
        for metric in range(len(METRICS)):
            self._stop(metric, place, at, kind)
        self.is_resolved, self._answered, self._arrears = True, True, False
        self._unanswered = self._meanwhile = None

    def _reopen(self, facts: Facts, place: int, at: int) -> None:
        self.is_resolved = False
        reopened = facts.ask_at(place).line.reopened
        self._final |= reopened == "final"
        if self._meanwhile is not None:
            self._unanswered = at, self._meanwhile
            self._arm_next(facts, place, at)
        for metric in () if self._final else (UPDATE_EVERY, RESOLUTION):
            life, is_fresh = self._last[metric], metric == UPDATE_EVERY and self._arrears
            if life is not None and reopened == "resume" and not is_fresh:
                life.go_on(at)
            elif life is not None or is_fresh:
                self._start(metric, place, at, "reopened")
