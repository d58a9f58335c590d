"""`Counting`: what every kind of target answers, and the one a target has over compiled years."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, Self

from support_sla.answers.counting.business_days import DaysCounted
from support_sla.answers.counting.business_time import BusinessTime
from support_sla.answers.counting.calendar_time import CalendarTime
from support_sla.values.amounts.business_days import BusinessDays
from support_sla.values.units import MICROSECOND

if TYPE_CHECKING:
    from collections.abc import Callable

    from support_sla.answers.piecewise import Pieces
    from support_sla.clock.timeline import Timeline
    from support_sla.clock.window import Window
    from support_sla.policy.target import Target


class Counting(Protocol):
    """How the time of a target is counted over some compiled years, in the timeline's unit.

    An amount is never negative. What lies past the end of the timeline is None, or unknown.
    """

    @property
    def timeline(self) -> Timeline:
        """The hours, whose start and end bound what is known."""

    @property
    def is_zero(self) -> bool:
        """Whether the target is due at the submission itself."""

    def starts(self, at: int) -> int | None:
        """Return the first instant from `at` on at which it counts."""

    def counted(self, start: int, end: int) -> int:
        """Return how much of the time between two instants counts."""

    def passed(self, at: int, amount: int) -> int | None:
        """Return the earliest instant at which an amount of its time has passed since `at`."""

    def due(self, at: int) -> int | None:
        """Return the instant by which a submission at `at` must be answered."""

    def earliest(self, at: int) -> int | None:
        """Return the instant before which none is promised; only asked of a target that has one."""

    def starts_pieces(self, start: int, end: int) -> Pieces:
        """Return `starts` as a function of submissions from `start` to before `end`."""

    def due_pieces(self, start: int, end: int) -> Pieces:
        """Return `due` as a function of submissions."""

    def earliest_pieces(self, start: int, end: int) -> Pieces | None:
        """Return `earliest` as a function of submissions; None for a target without."""

    def in_unit(self, timeline: Timeline, scaled: Callable[[int], int]) -> Self:
        """Return the same in another unit, that of `timeline`; `scaled` converts an amount."""


def counting_of(target: Target, window: Window) -> Counting:
    """Return how a target's time is counted in the years of a window."""
    within, timeline = target.within, window.timeline
    if isinstance(within, BusinessDays):
        return DaysCounted.of(target.by, target.cutoff, within.count, window)
    kind = BusinessTime if target.counted_in == "business_time" else CalendarTime
    earliest = None if target.earliest is None else target.earliest // MICROSECOND
    return kind(timeline, within // MICROSECOND, earliest)


def stands_still(target: Target) -> bool:
    """Whether a target counts in open hours only, so that every instant it gives lies in them."""
    return target.counted_in == "business_time"
