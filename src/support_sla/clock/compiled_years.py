"""`CompiledYears`: a value compiled for a span of years, replaced by a wider one when needed."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, Generic, TypeVar

from support_sla.errors import InstantOutOfRangeError

if TYPE_CHECKING:
    from collections.abc import Callable

    from support_sla.calendars.coverage import Coverage

T = TypeVar("T")
R = TypeVar("R")

MAX_KEPT_YEARS = 128
"""The most years that one question leaves behind: some 8 MB of a six-day week."""

MAX_YEARS = 1000
"""The most years compiled at once: some 60 MB of a six-day week. No question is unbounded."""


class CompiledYears(Generic[T]):
    """Builds values for spans of years and keeps the widest one.

    Threads that ask for the same years wait for one of them to build; a value that was handed out
    never changes, and to get one that is there needs no lock.
    """

    __slots__ = ("_build", "_building", "_held", "_limit", "coverage")

    def __init__(
        self, build: Callable[[int, int], T], coverage: Coverage, *, limit: int = MAX_YEARS
    ) -> None:
        self._build = build
        self._limit = limit
        self._building = Lock()
        self._held: tuple[int, int, T] | None = None
        self.coverage: Coverage = coverage

    def covering(self, first: int, last: int) -> T:
        """Return a value for at least the years `first` to `last`.

        Raises `YearsNotCoveredError` if a calendar does not reach so far, and
        `InstantOutOfRangeError` beyond the years that can be served or the limit at once.
        """
        held = self._held
        if held is not None and held[0] <= first and last <= held[1]:
            return held[2]
        self.coverage.check(first)
        self.coverage.check(last)
        if last - first >= self._limit:
            raise InstantOutOfRangeError.span(first, last, self._limit)
        if last - first >= MAX_KEPT_YEARS:
            return self._build(first, last)
        with self._building:
            held = self._held
            if held is None:
                span = first, last
            elif held[0] <= first and last <= held[1]:
                return held[2]
            else:
                span = self._wider(held[0], held[1], first, last)
            built = self._build(*span)
            self._held = (*span, built)
        return built

    def search(
        self, first: int, last: int, ask: Callable[[T], R | None], *, forward: bool = True
    ) -> R:
        """Return what `ask` finds in the years `first` to `last`, or in twice as many, and so on.

        Later years are added, or earlier ones if not `forward`. Raises what `covering` raises
        once there are no more years to look at.
        """
        while True:
            found = ask(self.covering(first, last))
            if found is not None:
                return found
            first, last = self.beyond(first, last, forward=forward)

    def beyond(self, first: int, last: int, *, forward: bool) -> tuple[int, int]:
        """Return twice as many years, later or earlier; raise if there are no more."""
        more = last - first + 1
        if forward:
            self.coverage.check_answer(last + 1)
            return first, min(
                last + more, self.coverage.last, max(first + self._limit - 1, last + 1)
            )
        self.coverage.check_answer(first - 1)
        return max(first - more, self.coverage.first, min(last - self._limit + 1, first - 1)), last

    def _wider(self, held_first: int, held_last: int, first: int, last: int) -> tuple[int, int]:
        """Return a span that doubles the held one in the direction asked.

        Many small steps outwards thus cost only a few builds. If that is too wide, the span is just
        the years asked.
        """
        more = held_last - held_first + 1
        wide_first = held_first if first >= held_first else min(first, held_first - more)
        wide_last = held_last if last <= held_last else max(last, held_last + more)
        wide_first, wide_last = (
            max(wide_first, self.coverage.first),
            min(wide_last, self.coverage.last),
        )
        return (wide_first, wide_last) if wide_last - wide_first < self._limit else (first, last)
