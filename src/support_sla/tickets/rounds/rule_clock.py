"""`RuleClock`: the clock of one rule of a line, and how its readings are read.

A reading is the time it has counted since some instant: that of the same timeline as a deadline's,
or, in calendar time, of which there is no timeline, the instant itself.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, TypeAlias

from support_sla.answers.counting.counting import stands_still
from support_sla.clock.timeline import Timeline
from support_sla.clock.wall_clock import local_year
from support_sla.errors import InstantOutOfRangeError, YearsNotCoveredError

if TYPE_CHECKING:
    from support_sla.answers.compiled_line import CompiledLine
    from support_sla.policy.target import Target

Hours: TypeAlias = Timeline | None
"""The timeline of a clock over some years; None in calendar time, which counts at every instant."""


class RuleClock:
    """The clock of a rule, which keeps the widest timeline that it has been asked for.

    Threads share it: what it keeps is replaced by one assignment.
    """

    __slots__ = ("_is_calendar", "_kept", "_line", "_target")

    def __init__(self, line: CompiledLine, target: Target) -> None:
        self._line = line
        self._target = target
        self._is_calendar = not stands_still(target)
        self._kept: Timeline | None = None

    def over(self, start: int, end: int) -> Hours:
        """Return the hours from one instant to another, in order; readings of them go together.

        Raises `YearsNotCoveredError` outside the years of their calendars.
        """
        if self._is_calendar:
            return None
        kept = self._kept
        if kept is None or start < kept.start or end > kept.end:
            kept = self._kept = self._line.window(self._target, start, end).timeline
        return kept

    def passed(self, at: int, amount: int) -> int:
        """Return the earliest instant at which an amount of its time has passed since `at`.

        However far that lies; raises `YearsNotCoveredError` past the years of its calendars.
        """
        return self._line.passed(self._target, at, amount)

    def is_open(self, at: int) -> bool:
        """Whether it ticks at an instant."""
        hours = self.over(at, at + 1)
        if hours is None:
            return True
        index = bisect_right(hours.opens, at) - 1
        return index >= 0 and at < hours.closes[index]

    def next_edge(self, at: int, *, opens: bool) -> int | None:
        """Return the first opening from `at` on, or the first closing after it; None if none is known."""
        hours = self._line.hours(self._target)
        if self._is_calendar or hours.hours.is_always_open:
            return at if opens else None
        year = local_year(self._line.line.zone, at)
        try:
            return hours.windows.search(
                year,
                year,
                lambda window: (
                    window.timeline.next_open(at) if opens else window.timeline.next_close(at)
                ),
            )
        except (YearsNotCoveredError, InstantOutOfRangeError):
            return None


def reading(hours: Hours, at: int) -> int:
    """Return the reading at an instant that the hours cover."""
    if hours is None:
        return at
    index = bisect_right(hours.opens, at) - 1
    if index < 0:
        return 0
    over = hours.closes[index] - at
    return hours.totals[index] - over if over > 0 else hours.totals[index]


def earliest(hours: Hours, wanted: int) -> int | None:
    """Return the earliest instant with a reading, which is not zero; None if the hours end before."""
    if hours is None:
        return wanted
    index = bisect_left(hours.totals, wanted)
    if index == len(hours.totals):
        return None
    return hours.closes[index] - (hours.totals[index] - wanted)


def latest(hours: Hours, wanted: int, end: int) -> int:
    """Return the latest instant up to `end` with a reading, which the hours go beyond."""
    if hours is None:
        return min(wanted, end)
    index = bisect_right(hours.totals, wanted)
    return min(hours.closes[index] - (hours.totals[index] - wanted), end)
