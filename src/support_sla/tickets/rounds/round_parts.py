"""`RoundWarning` and `Stretch`: what a round consists of, each an instant or a part of it. Data only."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, NamedTuple

from support_sla.policy.target import Target
from support_sla.tickets.rounds.course import Part, PartKind
from support_sla.values.instants import from_micros
from support_sla.values.one_line import Part as Shown
from support_sla.values.one_line import record


class WarningPoint(NamedTuple):
    """A warning of a round, its instant in microseconds since 1970 UTC."""

    name: str
    at: int | None
    passed: bool
    at_start: bool


@dataclass(frozen=True, slots=True, repr=False)
class RoundWarning:
    """A point of a round at which somebody is to be warned.

    It is passed from its instant on, which moves with the due of a paused round, and is not known if
    it lies past the years that the calendars cover. Frozen, hashable, equal by value, picklable.
    """

    _point: WarningPoint
    _zone: dt.tzinfo

    @property
    def name(self) -> str:
        """What the rule calls it."""
        return self._point.name

    @property
    def at(self) -> dt.datetime | None:
        """When it is passed, in the zone of the desk; None if that is not known."""
        at = self._point.at
        return None if at is None else from_micros(at, self._zone)

    @property
    def passed(self) -> bool:
        """Whether it has come."""
        return self._point.passed

    @property
    def at_start(self) -> bool:
        """Whether it would lie before the round, so that it is passed at once."""
        return self._point.at_start

    def to_dict(self) -> dict[str, Any]:
        """Return the warning as plain data."""
        at = self.at
        return {
            "name": self.name,
            "at": None if at is None else at.isoformat(),
            "passed": self.passed,
            **({"at_start": True} if self.at_start else {}),
        }

    def __repr__(self) -> str:
        parts = [Shown(key, getattr(self, key)) for key in ("name", "at", "passed")]
        return record("RoundWarning", *parts)


@dataclass(frozen=True, slots=True, repr=False)
class Stretch:
    """A part of a round, half-open: its clock may tick in it, or stands still.

    It may tick in one that is `running`. `names` are the statuses and holds because of which one is
    `paused`; a ticket is `resolved` in another, and nothing is promised in one that is `unpromised`.
    """

    _part: Part
    _zone: dt.tzinfo

    @property
    def kind(self) -> PartKind:
        """What it is."""
        return self._part[2]

    @property
    def names(self) -> tuple[str, ...]:
        """The statuses and holds of a pause, sorted."""
        return tuple(sorted(self._part[3]))

    @property
    def target(self) -> Target | None:
        """The rule in whose time it is counted; None where no rule matched."""
        leg = self._part[4]
        return None if leg is None else leg.target

    @property
    def start(self) -> dt.datetime:
        """Its first instant, in the zone of the desk."""
        return from_micros(self._part[0], self._zone)

    @property
    def end(self) -> dt.datetime:
        """The instant at which it ends: an event, or the instant that was asked about."""
        return from_micros(self._part[1], self._zone)

    def __repr__(self) -> str:
        parts = [
            Shown(key, getattr(self, key), "name") for key in ("kind", "names", "start", "end")
        ]
        return record("Stretch", *parts)
