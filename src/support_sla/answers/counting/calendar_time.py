"""Calendar time: it counts from the submission on, whether the line is open or not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from support_sla.answers.piecewise import Piece, Pieces, unknown

if TYPE_CHECKING:
    from support_sla.clock.timeline import Timeline
    from support_sla.policy.policy import CountedIn


@dataclass(frozen=True, slots=True)
class CalendarTime:
    """Elapsed time, as `Counting` asks for it."""

    name: ClassVar[CountedIn] = "calendar_time"
    stands_still: ClassVar[bool] = False

    def starts(self, timeline: Timeline, at: int) -> int | None:
        """Return `at`: calendar time counts at every instant."""
        del timeline
        return at

    def counted(self, timeline: Timeline, start: int, end: int) -> int:
        """Return the time between two instants."""
        del timeline
        return end - start

    def passed(self, timeline: Timeline, at: int, amount: int) -> int | None:
        """Return the instant `amount` after `at`."""
        del timeline
        return at + amount

    def starts_pieces(self, timeline: Timeline, start: int, end: int) -> Pieces:
        """Return t itself, from `start` on."""
        del timeline, end
        return [Piece(start, start, 0)]

    def passed_pieces(self, timeline: Timeline, amount: int, start: int, end: int) -> Pieces:
        """Return t + amount, for t from `start` to before `end`; unknown past the timeline."""
        past = max(timeline.end - amount + 1, start)
        known = [Piece(start, start, amount)]
        return [*known, unknown(past)] if past < end else known
