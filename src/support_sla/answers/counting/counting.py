"""`Counting`: what every kind of target answers, and which kind a target is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from support_sla.answers.counting.business_time import BusinessTime
from support_sla.answers.counting.calendar_time import CalendarTime

if TYPE_CHECKING:
    from support_sla.answers.piecewise import Pieces
    from support_sla.clock.timeline import Timeline
    from support_sla.policy.policy import CountedIn, Target


class Counting(Protocol):
    """How the time of a target is counted on a line's timeline, in the timeline's unit.

    An amount is never negative. What lies past the end of the timeline is None, or unknown.
    """

    @property
    def name(self) -> CountedIn:
        """What a policy calls it."""

    @property
    def stands_still(self) -> bool:
        """Whether it counts in open hours only, so that every instant it gives lies in them."""

    def starts(self, timeline: Timeline, at: int) -> int | None:
        """Return the first instant from `at` on at which it counts."""

    def counted(self, timeline: Timeline, start: int, end: int) -> int:
        """Return how much of the time between two instants counts."""

    def passed(self, timeline: Timeline, at: int, amount: int) -> int | None:
        """Return the earliest instant at which an amount has passed since a submission at `at`."""

    def starts_pieces(self, timeline: Timeline, start: int, end: int) -> Pieces:
        """Return `starts` as a function of submissions from `start` to before `end`."""

    def passed_pieces(self, timeline: Timeline, amount: int, start: int, end: int) -> Pieces:
        """Return `passed` as a function of submissions, for an amount greater than zero."""


_KINDS: dict[CountedIn, Counting] = {kind.name: kind for kind in (BusinessTime(), CalendarTime())}


def counting_of(target: Target) -> Counting:
    """Return how a target's time is counted."""
    return _KINDS[target.counted_in]
