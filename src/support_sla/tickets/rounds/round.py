"""`Round`: one run of a metric for a ticket, as it is at an instant. Data only."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal, NamedTuple, TypeAlias

from support_sla.explain.steps import Step
from support_sla.policy.metrics import Metric
from support_sla.policy.target import Target
from support_sla.tickets.log.event import EventKind
from support_sla.tickets.rounds.course import Part
from support_sla.tickets.rounds.round_parts import RoundWarning, Stretch, WarningPoint
from support_sla.tickets.rounds.steps import steps_of_parts
from support_sla.values.amounts.durations import format_duration
from support_sla.values.instants import from_micros
from support_sla.values.one_line import Part as Shown
from support_sla.values.one_line import Room, fitted, moment, record
from support_sla.values.units import MICROSECOND

RoundState: TypeAlias = Literal[
    "none", "waiting", "met", "met_late", "breached", "paused", "running"
]
"""`none`: no rule promises anything; `waiting`: nothing is owed now; `met` and `met_late`: stopped, in
time or after a breach; `breached`: the due has passed, paused or not; `paused`; `running`."""


class Figures(NamedTuple):
    """What a round is: its state, and in microseconds its instants since 1970 UTC and its amounts."""

    metric: Metric
    number: int
    state: RoundState
    target: Target | None
    started_by: EventKind
    stopped_by: EventKind | None
    paused: bool
    ticking: bool
    projected: bool
    assumed_unpaused: bool
    warnings: tuple[WarningPoint, ...]
    parts: tuple[Part, ...]
    zone: dt.tzinfo
    started: int
    starts: int | None
    due: int | None
    earliest: int | None
    stopped: int | None
    breached: int | None
    amount: int | None
    elapsed: int
    paused_for: int


@dataclass(frozen=True, slots=True, repr=False)
class Round:
    """One run of a metric for a ticket, from what starts it to what stops it, at an instant.

    Its clock is `ticking` if time is counted right now: it is not outside the hours, and not while the
    round is `paused`, which may be so after a breach too. While it is paused the due is `projected`:
    where it would lie if the ticket were resumed now.

    Instants are in the zone of the desk, amounts are the target's own time: open time, or calendar
    time. Frozen, hashable, equal by value, picklable.
    """

    _figures: Figures

    @property
    def metric(self) -> Metric:
        """The metric that it is a run of."""
        return self._figures.metric

    @property
    def number(self) -> int:
        """Which round of its metric it is, from 1."""
        return self._figures.number

    @property
    def state(self) -> RoundState:
        """What has become of it."""
        return self._figures.state

    @property
    def target(self) -> Target | None:
        """The rule that promises it; None if none does now."""
        return self._figures.target

    @property
    def started_by(self) -> EventKind:
        """The kind of event that started it, or its clock anew."""
        return self._figures.started_by

    @property
    def stopped_by(self) -> EventKind | None:
        """The kind of event that stopped it; None if none did."""
        return self._figures.stopped_by

    @property
    def paused(self) -> bool:
        """Whether the ticket is in something that its rule pauses on."""
        return self._figures.paused

    @property
    def ticking(self) -> bool:
        """Whether its time is counted at the instant that was asked about."""
        return self._figures.ticking

    @property
    def projected(self) -> bool:
        """Whether its due moves on while it is paused."""
        return self._figures.projected

    @property
    def assumed_unpaused(self) -> bool:
        """Whether its rule pauses and the log does not know when."""
        return self._figures.assumed_unpaused

    @property
    def started_at(self) -> dt.datetime:
        """When it started: of an unanswered message when that was sent."""
        return from_micros(self._figures.started, self._figures.zone)

    @property
    def starts_at(self) -> dt.datetime | None:
        """When counting starts: the start, or the next opening after it; None if nothing is promised."""
        return self._instant(self._figures.starts)

    @property
    def due_at(self) -> dt.datetime | None:
        """The last instant at which it is met in time; None if no rule promises anything."""
        return self._instant(self._figures.due)

    @property
    def earliest_at(self) -> dt.datetime | None:
        """The instant before which no answer is promised; None if the rule names none."""
        return self._instant(self._figures.earliest)

    @property
    def stopped_at(self) -> dt.datetime | None:
        """When it was stopped; None if it was not."""
        return self._instant(self._figures.stopped)

    @property
    def breached_at(self) -> dt.datetime | None:
        """The first instant at which the promise then in force was passed; None if it never was.

        A later change of the promise does not take it back.
        """
        return self._instant(self._figures.breached)

    @property
    def amount(self) -> dt.timedelta | None:
        """How much time is promised; of business days the open time from the start to the due."""
        amount = self._figures.amount
        return None if amount is None else amount * MICROSECOND

    @property
    def elapsed(self) -> dt.timedelta:
        """How much of it has passed; it goes on after the due."""
        return self._figures.elapsed * MICROSECOND

    @property
    def remaining(self) -> dt.timedelta | None:
        """How much of it is left: the amount without what has passed, negative after the due."""
        amount = self._figures.amount
        return None if amount is None else (amount - self._figures.elapsed) * MICROSECOND

    @property
    def overrun(self) -> dt.timedelta:
        """How much more than the amount has passed; zero until then.

        A breach outside the hours has no overrun before they begin.
        """
        amount = self._figures.amount
        over = 0 if amount is None else max(self._figures.elapsed - amount, 0)
        return over * MICROSECOND

    @property
    def percent(self) -> Fraction | None:
        """The share of the amount that has passed, exactly, 1 for all of it and for a zero amount.

        It may exceed 1, and decides nothing. None if nothing is promised.
        """
        amount = self._figures.amount
        if amount is None:
            return None
        return Fraction(self._figures.elapsed, amount) if amount else Fraction(1)

    @property
    def paused_for(self) -> dt.timedelta:
        """How much of the target's own time lies in its pauses so far."""
        return self._figures.paused_for * MICROSECOND

    @property
    def is_stopped(self) -> bool:
        """Whether it was met, in time or late, so that nothing is owed any more."""
        return self._figures.stopped is not None

    @property
    def next_warning(self) -> RoundWarning | None:
        """The first warning that is still to come; None if none is, or the round has been stopped."""
        ahead = [
            (each.at, place)
            for place, each in enumerate(self._figures.warnings)
            if not each.passed and each.at is not None
        ]
        if self.is_stopped or not ahead:
            return None
        return self.warnings[min(ahead)[1]]

    @property
    def warnings(self) -> tuple[RoundWarning, ...]:
        """The points at which somebody is to be warned, in the order of the rule."""
        return tuple(RoundWarning(point, self._figures.zone) for point in self._figures.warnings)

    @property
    def stretches(self) -> tuple[Stretch, ...]:
        """Its parts from its start to what stopped it, or to the instant asked about, without a gap."""
        return tuple(Stretch(part, self._figures.zone) for part in self._figures.parts)

    @property
    def steps(self) -> tuple[Step, ...]:
        """The same in steps, each counted or not and with its reasons, worked out when asked for.

        The counted ones add up to `elapsed`. Empty if the round has lasted no time.
        """
        return steps_of_parts(self._figures.parts, self._figures.zone)

    def _instant(self, at: int | None) -> dt.datetime | None:
        return None if at is None else from_micros(at, self._figures.zone)

    def to_dict(self) -> dict[str, Any]:
        """Return the round as plain data, ready for JSON: instants as texts with their offsets."""
        target, percent = self.target, self.percent

        def at(instant: dt.datetime | None) -> str | None:
            return None if instant is None else instant.isoformat()

        return {
            "metric": self.metric,
            "number": self.number,
            "state": self.state,
            "rule": None if target is None else target.name,
            "started_at": at(self.started_at),
            "started_by": self.started_by,
            "starts_at": at(self.starts_at),
            "due_at": at(self.due_at),
            "projected": self.projected,
            "earliest_at": at(self.earliest_at),
            "stopped_at": at(self.stopped_at),
            "stopped_by": self.stopped_by,
            "breached_at": at(self.breached_at),
            "amount": None if self.amount is None else format_duration(self.amount),
            "elapsed": format_duration(self.elapsed),
            "remaining": None if self.remaining is None else _signed(self.remaining),
            "overrun": format_duration(self.overrun),
            "percent": None if percent is None else str(percent),
            "paused_for": format_duration(self.paused_for),
            "paused": self.paused,
            "ticking": self.ticking,
            **({"assumed_unpaused": True} if self.assumed_unpaused else {}),
            "warnings": [warning.to_dict() for warning in self.warnings],
            "steps": [step.to_dict() for step in self.steps],
        }

    def __str__(self) -> str:
        """Return the metric, its state, when it started and is or was due, on one line."""

        def said(room: Room) -> str:
            text = f"{self.metric} round {self.number} {self.state}, {moment(self.started_at)}"
            if self.stopped_at is not None:
                text += f" -> {moment(self.stopped_at)}"
            if self.due_at is not None and self.target is not None:
                text += f", due {moment(self.due_at)} by {room.quoted(self.target.name)}"
            return text

        return fitted(said)

    def __repr__(self) -> str:
        keys = ("metric", "number", "state", "started_at", "due_at", "stopped_at", "breached_at")
        given = {key: getattr(self, key) for key in keys}
        return record("Round", *(Shown(k, v) for k, v in given.items() if v is not None))


def _signed(amount: dt.timedelta) -> str:
    sign = "-" if amount < dt.timedelta(0) else ""
    return f"{sign}{format_duration(abs(amount))}"
