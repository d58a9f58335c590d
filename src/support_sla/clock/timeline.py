"""`Timeline`: a clock that ticks only in its segments, as integers. It knows no zone and no policy.

The reading F(t) is the open time from the timeline's start to t: piecewise linear, never falling.
Elapsed time is F(b) - F(a); a deadline is the first instant at which F has advanced enough. Both
are the same three columns read in opposite directions, which is why they can never disagree.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate, pairwise

from support_sla.errors import NotAnInstantError
from support_sla.values.spans import Span
from support_sla.values.whole_numbers import read_whole


@dataclass(frozen=True, slots=True)
class Timeline:
    """Sorted disjoint half-open segments inside the window from `start` to `end`.

    `opens[i]` and `closes[i]` bound segment i, `totals[i]` is the reading when it closes. All are
    integers of one unit (microseconds since 1970 UTC, wherever this library makes one).

    >>> desk = Timeline.of([(8, 12), (13, 17)], start=0, end=24)
    >>> desk.reading(12), desk.reading(13), desk.add(11, 2), desk.add(8, 4)
    (4, 4, 14, 12)
    """

    start: int
    end: int
    opens: tuple[int, ...]
    closes: tuple[int, ...]
    totals: tuple[int, ...]

    @classmethod
    def of(cls, spans: Iterable[Span], *, start: int, end: int) -> Timeline:
        """Return the timeline of merged spans, clipped to the window.

        Raises `NotAnInstantError` for spans that are none, that touch or that are out of order.
        """
        read_whole("start", start)
        read_whole("end", end)
        try:
            kept = [(max(o, start), min(c, end)) for o, c in spans if o < end and c > start]
            in_order = all(one[1] < two[0] for one, two in pairwise(kept))
        except (TypeError, ValueError):
            in_order = False
        if not in_order:
            raise NotAnInstantError.spans(spans)
        return cls(
            start,
            end,
            tuple(o for o, _ in kept),
            tuple(c for _, c in kept),
            tuple(accumulate(c - o for o, c in kept)),
        )

    def within(self, start: int, end: int) -> Timeline:
        """Return the timeline of a smaller window, as if only that had been compiled."""
        return Timeline.of(self.segments(start, end), start=start, end=end)

    def reading(self, at: int) -> int:
        """Return F(at), the open time between the start of the window and `at`."""
        read_whole("at", at)
        index = bisect_right(self.opens, at) - 1
        if index < 0:
            return 0
        return self.totals[index] - max(self.closes[index] - at, 0)

    def earliest(self, reading: int) -> int | None:
        """Return the earliest instant with F >= `reading`; None if the window ends before it."""
        read_whole("reading", reading)
        if reading <= 0:
            return self.start
        index = bisect_left(self.totals, reading)
        if index == len(self.totals):
            return None
        return self.closes[index] - (self.totals[index] - reading)

    def latest(self, reading: int) -> int | None:
        """Return the latest instant with F <= `reading`; None if it lies outside the window."""
        read_whole("reading", reading)
        if reading < 0:
            return None
        index = bisect_right(self.totals, reading)
        if index == len(self.totals):
            return None
        return self.closes[index] - (self.totals[index] - reading)

    def add(self, at: int, amount: int) -> int | None:
        """Return the earliest u >= at with F(u) - F(at) >= amount >= 0; None beyond the end."""
        read_whole("at", at)
        read_whole("amount", amount)
        return self.earliest(self.reading(at) + amount) if amount else at

    def subtract(self, at: int, amount: int) -> int | None:
        """Return the latest u <= at with F(at) - F(u) >= amount >= 0; None before the start."""
        read_whole("at", at)
        read_whole("amount", amount)
        return self.latest(self.reading(at) - amount) if amount else at

    def between(self, start: int, end: int) -> int:
        """Return F(end) - F(start), negative when `end` comes first."""
        read_whole("start", start)
        return self.reading(end) - self.reading(start)

    def is_open(self, at: int) -> bool:
        """Whether a segment contains `at`: open at its start, closed at its end."""
        read_whole("at", at)
        index = bisect_right(self.opens, at) - 1
        return index >= 0 and at < self.closes[index]

    def next_open(self, at: int) -> int | None:
        """Return the earliest open instant at or after `at`; None beyond the end."""
        read_whole("at", at)
        index = bisect_right(self.closes, at)
        return max(at, self.opens[index]) if index < len(self.opens) else None

    def next_close(self, at: int) -> int | None:
        """Return the first closing instant after `at`; None if none lies inside the window."""
        read_whole("at", at)
        index = bisect_right(self.closes, at)
        closes = self.closes[index] if index < len(self.closes) else self.end
        return closes if closes < self.end else None

    def segments(self, start: int, end: int) -> list[Span]:
        """Return the open segments inside `start` to `end`, clipped to them."""
        read_whole("start", start)
        read_whole("end", end)
        first, last = bisect_right(self.closes, start), bisect_left(self.opens, end)
        inside = zip(self.opens[first:last], self.closes[first:last], strict=True)
        return [(max(opens, start), min(closes, end)) for opens, closes in inside]
