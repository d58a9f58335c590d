"""`Growing`: look-ups of the years that a column turns out to have, without reading it beforehand."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from support_sla.bulk.lookup.lookup import Lookup, Refused, Scratch
from support_sla.bulk.lookup.rows import NEVER, OUTSIDE
from support_sla.values.units import Unit, day_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from support_sla.bulk.lookup.lookup import Column
    from support_sla.bulk.lookup.rows import Int64s

MOST_YEARS = 128
"""The most years of one look-up; instants that lie far from the others get some of their own."""

FAR_YEARS = 16
"""How many years such a look-up of its own has."""


class Held(NamedTuple):
    """A look-up and its years."""

    first_year: int
    last_year: int
    lookup: Lookup

    def has(self, first: int, last: int) -> bool:
        """Whether it has these years."""
        return self.first_year <= first and last <= self.last_year


class Growing:
    """Answers chunks of a column from look-ups that `make` compiles for years, as they are asked.

    `first_year` to `last_year` are the years in which there can be answers at all. Threads share it:
    one of them compiles, and publishes by one assignment.
    """

    __slots__ = ("_building", "_day", "_far", "_held", "_make", "_unit", "_years")

    def __init__(
        self,
        make: Callable[[int, int], Lookup],
        first_year: int,
        last_year: int,
        unit: Unit,
    ) -> None:
        self._make = make
        self._years = first_year, last_year
        self._unit = unit
        self._day = day_in(unit)
        self._held: Held | None = None
        self._far: dict[int, Lookup] = {}
        self._building = Lock()

    def answer(
        self,
        at: Int64s,
        line: Column | None,
        outputs: Sequence[Column],
        tell: Column | None,
        scratch: Scratch,
    ) -> Refused | None:
        """Write the outputs of instants, and what is told of them; return those without an answer."""
        held = self._held or self._wider(at)
        if held is None:
            return nothing(at, outputs, tell)
        refused = held.lookup.answer(at, line, outputs, tell, scratch)
        while refused is not None and (refused.told == OUTSIDE).any():
            wider = self._wider(at[refused.places[refused.told == OUTSIDE]])
            if wider is None or wider is held:
                return self._far_away(held, at, line, outputs, tell, refused)
            held = wider
            refused = held.lookup.answer(at, line, outputs, tell, scratch)
        return refused

    def _wider(self, at: Int64s) -> Held | None:
        """Return the look-up with the years of instants too, if these are near enough to its own."""
        years = self._years_of(at)
        if not len(years):
            return self._held
        first, last = int(years.min()), int(years.max())
        with self._building:
            held = self._held
            if held is not None:
                if held.has(first, last):
                    return held
                first, last = min(first, held.first_year), max(last, held.last_year)
            if last - first >= MOST_YEARS:
                if held is not None:
                    return held
                middle = int(np.median(years))
                first = max(first, middle - MOST_YEARS // 2)
                last = min(last, first + MOST_YEARS - 1)
            self._held = Held(first, last, self._make(first, last))
            return self._held

    def _years_of(self, at: Int64s) -> Int64s:
        """Return the years of instants, of each the one it may also lie in on another clock.

        Without those of nulls, and of years in which there are no answers.
        """
        known = at[at != NEVER]
        some = [years_of(known + move, self._unit) for move in (-self._day, self._day)]
        years = np.concatenate(some)
        return years[(years >= self._years[0]) & (years <= self._years[1])]

    def _far_away(  # noqa: PLR0913, PLR0917  what is answered, and how far it is
        self,
        held: Held,
        at: Int64s,
        line: Column | None,
        outputs: Sequence[Column],
        tell: Column | None,
        refused: Refused,
    ) -> Refused | None:
        """Answer what lies at the edges of the years that are held, or far away from them."""
        left: Refused | None = refused
        for lookup in self._others(held, at[refused.places[refused.told == OUTSIDE]]):
            left = left and lookup.search_for(left, at, line, outputs, tell)
        return left

    def _others(self, held: Held, at: Int64s) -> Iterator[Lookup]:
        """Yield the look-up that is held, and those of the years that are far away."""
        yield held.lookup
        for block in np.unique(self._years_of(at) // FAR_YEARS).tolist():
            first, last = block * FAR_YEARS - 1, (block + 1) * FAR_YEARS
            if not held.has(first + 1, last - 1):
                with self._building:
                    if block not in self._far:
                        years = max(first, self._years[0]), min(last, self._years[1])
                        self._far[block] = self._make(*years)
                yield self._far[block]


def years_of(at: Int64s, unit: Unit) -> Int64s:
    """Return the years of instants in UTC."""
    return at.view(f"datetime64[{unit}]").astype("datetime64[Y]").astype(np.int64) + 1970


def nothing(at: Int64s, outputs: Sequence[Column], tell: Column | None) -> Refused | None:
    """Empty the outputs of instants of which no year can be answered."""
    for output in outputs:
        output.fill(NEVER)
    if tell is not None:
        tell.fill(OUTSIDE)
    places = np.flatnonzero(at != NEVER)
    return Refused(places, np.full(len(places), OUTSIDE)) if len(places) else None
