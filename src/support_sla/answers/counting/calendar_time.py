"""Calendar time: it counts from the submission on, whether the line is open or not."""

from __future__ import annotations

from dataclasses import dataclass

from support_sla.answers.counting.amount_of_time import AmountOfTime
from support_sla.answers.piecewise import Piece, Pieces, unknown


@dataclass(frozen=True, slots=True)
class CalendarTime(AmountOfTime):
    """Elapsed time, as `Counting` asks for it."""

    def starts(self, at: int) -> int | None:
        """Return `at`: calendar time counts at every instant."""
        return at

    def counted(self, start: int, end: int) -> int:
        """Return the time between two instants."""
        return end - start

    def passed(self, at: int, amount: int) -> int | None:
        """Return the instant `amount` after `at`."""
        return at + amount

    def starts_pieces(self, start: int, end: int) -> Pieces:
        """Return t itself, from `start` on."""
        del end
        return Pieces.of(Piece(start, start, 0))

    def passed_pieces(self, amount: int, start: int, end: int) -> Pieces:
        """Return t + amount, for t from `start` to before `end`; unknown past the timeline."""
        past = max(self.timeline.end - amount + 1, start)
        known = Piece(start, start, amount)
        return Pieces.of(known, unknown(past)) if past < end else Pieces.of(known)
