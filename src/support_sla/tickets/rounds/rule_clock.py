"""`RuleClock`: the clock of one rule of a line, read between any two instants.

It reads the same timeline as a deadline, and keeps the widest one that it has seen.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from support_sla.answers.counting.counting import stands_still
from support_sla.clock.wall_clock import local_year
from support_sla.errors import InstantOutOfRangeError, YearsNotCoveredError
from support_sla.values.units import DAY_MICROS

if TYPE_CHECKING:
    from support_sla.answers.compiled_line import CompiledLine
    from support_sla.clock.timeline import Timeline
    from support_sla.policy.target import Target


_FAR = 10_000 * 365 * DAY_MICROS - 1970 * 366 * DAY_MICROS
"""Before it every zone's clock can show an instant: some years before the last that is served."""


class RuleClock:
    """The clock of a rule: it ticks while the rule's hours are open, or always in calendar time.

    Threads share it: the timeline it keeps is replaced by one assignment.
    """

    __slots__ = ("_line", "_target", "_timeline", "is_always_open")

    def __init__(self, line: CompiledLine, target: Target) -> None:
        self._line = line
        self._target = target
        self._timeline: Timeline | None = None
        self.is_always_open = not stands_still(target)
        """Whether it ticks at every instant, as calendar time does."""

    def counted(self, start: int, end: int) -> int:
        """Return how much of the time between two instants, in order, counts."""
        if self.is_always_open:
            return end - start
        timeline = self._timeline
        if timeline is None or start < timeline.start or end > timeline.end:
            timeline = self._reaching(start, end)
        return _reading(timeline, end) - _reading(timeline, start)

    def passed(self, at: int, amount: int) -> int:
        """Return the earliest instant at which an amount of its time has passed since `at`.

        Raises `YearsNotCoveredError` if that lies past the years of its calendars.
        """
        if self.is_always_open:
            if at + amount < _FAR:
                return at + amount
        elif amount:
            timeline = self._reaching(at, at)
            wanted = _reading(timeline, at) + amount
            index = bisect_left(timeline.totals, wanted)
            if index < len(timeline.totals):
                return timeline.closes[index] - (timeline.totals[index] - wanted)
        return self._line.passed(self._target, at, amount)

    def latest(self, start: int, end: int, amount: int) -> int:
        """Return the latest instant up to `end` by which no more than an amount has passed.

        More than that must pass until then, or the hours close at it.
        """
        if self.is_always_open:
            return min(start + amount, end)
        timeline = self._reaching(start, end)
        reading = _reading(timeline, start) + amount
        index = bisect_right(timeline.totals, reading)
        return min(timeline.closes[index] - (timeline.totals[index] - reading), end)

    def is_open(self, at: int) -> bool:
        """Whether it ticks at an instant."""
        return self.is_always_open or self._reaching(at, at + 1).is_open(at)

    def next_edge(self, at: int, *, opens: bool) -> int | None:
        """Return the first opening from `at` on, or the first closing after it; None if none is known."""
        hours = self._line.hours(self._target)
        if self.is_always_open or hours.hours.is_always_open:
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

    def _reaching(self, start: int, end: int) -> Timeline:
        """Return a timeline that knows all from one instant to another."""
        known = self._timeline
        if known is None or start < known.start or end > known.end:
            known = self._timeline = self._line.window(self._target, start, end).timeline
        return known


def _reading(timeline: Timeline, at: int) -> int:
    """Return the timeline's reading, as `Timeline.reading` does, of what is known to be an int."""
    index = bisect_right(timeline.opens, at) - 1
    if index < 0:
        return 0
    over = timeline.closes[index] - at
    return timeline.totals[index] - over if over > 0 else timeline.totals[index]
