"""Business time: it counts from the next opening on, and only while the line is open."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from support_sla.answers.counting.amount_of_time import AmountOfTime
from support_sla.answers.piecewise import Piece, Pieces, unknown

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
        timeline = self.timeline
        found = []
        index, begin = bisect_right(timeline.closes, start), start
        while begin < end:
            if index == len(timeline.opens):
                found.append(unknown(begin))
                break
            found.append(Piece(begin, timeline.opens[index], 0))
            begin = timeline.closes[index]
            index += 1
        return found


@dataclass(frozen=True, slots=True)
class BusinessTime(OpenTime, AmountOfTime):
    """An amount of open time, as `Counting` asks for it."""

    def passed_pieces(self, amount: int, start: int, end: int) -> Pieces:
        """Return the earliest u with F(u) - F(t) >= amount, for t from `start` to before `end`.

        For t from the closing before segment i to the closing of i, F(t) = F(max(t, open i)). The
        reading wanted, F(t) + amount, lies in some segment j until it equals the total of j; for
        the next t it lies in j + 1. At the closing of i the pieces of i and of i + 1 agree, so
        either may hold for that instant.
        """
        opens, closes, totals = self.timeline.opens, self.timeline.closes, self.timeline.totals
        found: Pieces = []
        index, begin = bisect_right(closes, start), start
        while begin < end:
            if index == len(opens):
                found.append(unknown(begin))
                return found
            opening, closing = opens[index], closes[index]
            wanted = totals[index] - (closing - opening) + amount  # at the opening
            target = bisect_left(totals, wanted + max(begin - opening, 0))
            while begin < min(closing, end):
                if target == len(opens):
                    found.append(unknown(begin))
                    return found
                lands = closes[target] - (totals[target] - wanted)
                found.append(Piece(begin, opening, lands - opening))
                begin = opening + (totals[target] - wanted) + 1
                target += 1
            begin = closing
            index += 1
        return found
