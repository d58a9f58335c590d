"""Business time: it counts from the next opening on, and only while the line is open."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from support_sla.answers.counting.amount_of_time import AmountOfTime
from support_sla.answers.piecewise import Pieces

if TYPE_CHECKING:
    from support_sla.clock.timeline import Timeline


class OpenTime:
    """A clock that ticks while the line is open: what promises in hours and in days share."""

    __slots__ = ()

    timeline: Timeline

    def starts(self, at: int) -> int | None:
        """Return the next opening, which is `at` itself while the line is open."""
        return self.timeline.next_open(at)

    def counted(self, start: int, end: int) -> int:
        """Return the open time between two instants."""
        return self.timeline.between(start, end)

    def passed(self, at: int, amount: int) -> int | None:
        """Return the earliest instant by which `amount` of open time has passed since `at`."""
        return self.timeline.add(at, amount)

    def starts_pieces(self, start: int, end: int) -> Pieces:
        """Return the earliest open instant at or after t, for t from `start` to before `end`."""
        opens, closes = self.timeline.opens, self.timeline.closes
        first, last = bisect_right(closes, start), bisect_left(closes, end)
        los: list[int | None] = [*opens[first : last + 1]]
        if last == len(opens):
            los.append(None)
        return Pieces([start, *closes[first:last]], los, [0] * len(los))


@dataclass(frozen=True, slots=True)
class BusinessTime(OpenTime, AmountOfTime):
    """An amount of open time, as `Counting` asks for it."""

    def passed_pieces(self, amount: int, start: int, end: int) -> Pieces:
        """Return the earliest u with F(u) - F(t) >= amount > 0, for t from `start` to before `end`.

        For t from the closing before segment i to the closing of i, F(t) = F(max(t, open i)). The
        reading wanted, F(t) + amount, lies in some segment j, never before i, until it equals the
        total of j; that is at `last`, if i lasts so long. For the next t it lies in j + 1. At the
        closing of i the pieces of i and of i + 1 agree, so either may hold for that instant.
        """
        opens, closes, totals = self.timeline.opens, self.timeline.closes, self.timeline.totals
        begins: list[int] = []
        los: list[int | None] = []
        offsets: list[int] = []
        begin, index = start, bisect_right(closes, start)
        target = bisect_left(totals, self.timeline.reading(start) + amount)
        while begin < end:
            begins.append(begin)
            if target == len(totals):
                los.append(None)
                offsets.append(0)
                break
            closing = closes[index]
            last = closing - (totals[index] + amount - totals[target])
            los.append(opens[index])
            offsets.append(closes[target] - last)
            if last < closing:
                target += 1
            begin = last + 1
            if begin >= closing:
                begin = closing
                index += 1
        return Pieces(begins, los, offsets)
