"""What all targets that promise an amount of time share, whatever kind of time it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from support_sla.answers.piecewise import Piece, Pieces

if TYPE_CHECKING:
    from collections.abc import Callable

    from support_sla.clock.timeline import Timeline


@dataclass(frozen=True, slots=True)
class AmountOfTime:
    """An amount of time `within` which to answer, and perhaps one before which no answer is promised."""

    timeline: Timeline
    within: int
    earliest_after: int | None

    @property
    def is_zero(self) -> bool:
        """Whether the target is due at the submission itself."""
        return not self.within

    def due(self, at: int) -> int | None:
        """Return the instant by which a submission at `at` must be answered."""
        return self.passed(at, self.within)

    def earliest(self, at: int) -> int | None:
        """Return the instant before which no answer is promised."""
        return self.passed(at, self.earliest_after or 0)

    def due_pieces(self, start: int, end: int) -> Pieces:
        """Return `due` as a function of submissions."""
        if not self.within:
            return Pieces.of(Piece(start, start, 0))
        return self.passed_pieces(self.within, start, end)

    def earliest_pieces(self, start: int, end: int) -> Pieces | None:
        """Return `earliest` as a function of submissions; None for a target without."""
        if self.earliest_after is None:
            return None
        if not self.earliest_after:
            return self.starts_pieces(start, end)
        return self.passed_pieces(self.earliest_after, start, end)

    def in_unit(self, timeline: Timeline, scaled: Callable[[int], int]) -> Self:
        """Return the same in another unit, that of `timeline`; `scaled` converts an amount."""
        earliest = None if self.earliest_after is None else scaled(self.earliest_after)
        return type(self)(timeline, scaled(self.within), earliest)

    if TYPE_CHECKING:  # what each kind of time says by itself

        def passed(self, at: int, amount: int) -> int | None: ...  # noqa: D102  said in `Counting`

        def starts_pieces(self, start: int, end: int) -> Pieces: ...  # noqa: D102  said in `Counting`

        def passed_pieces(self, amount: int, start: int, end: int) -> Pieces: ...  # noqa: D102  said in `Counting`
