"""Why rows of a column have no answer: counted, shown with their places, and named for each row."""

from __future__ import annotations

from dataclasses import dataclass, field
from heapq import nsmallest
from threading import Lock
from typing import TYPE_CHECKING, Protocol

import numpy as np

from support_sla.values.units import day_in

if TYPE_CHECKING:
    from support_sla.bulk.lookup.lookup import Column
    from support_sla.bulk.lookup.rows import Int64s
    from support_sla.errors import SupportSlaError
    from support_sla.values.units import Unit

SHOWN = 3
"""How many rows an error shows the places of."""


class Explainer(Protocol):
    """Says why one row has no answer."""

    def error(self, place: int, at: int, line: int, told: int) -> SupportSlaError:
        """Return the error for the row at a place, of an instant and a line (below 0: a refused one)."""


@dataclass(slots=True)
class Reasons:
    """What was found of the rows without an answer, chunk by chunk.

    Rows of one line whose instants lie on one day and of which the same is told have the same kind
    of error, so only the first one of them is asked for it.
    """

    explainer: Explainer
    unit: Unit
    count: int = 0
    first: list[tuple[int, int, int, int]] = field(default_factory=list)
    """The first rows, as (place, instant, line, what is told)."""
    names: dict[str, int] = field(default_factory=dict)
    """The name of each class of error, and its code."""
    _known: dict[tuple[int, int, int], int] = field(default_factory=dict)
    _counting: Lock = field(default_factory=Lock)

    def add(self, places: Int64s, at: Int64s, lines: Int64s, told: Column) -> None:
        """Take note of rows at `places` of the column, with their instants and lines."""
        some = slice(SHOWN)
        rows = zip(*(each[some].tolist() for each in (places, at, lines, told)), strict=True)
        with self._counting:
            self.count += len(places)
            self.first = nsmallest(SHOWN, [*self.first, *rows])

    def codes(self, places: Int64s, at: Int64s, lines: Int64s, told: Column) -> Column:
        """Return for each row the code of its error's name."""
        keys = np.stack([lines.astype(np.int64), told, at // self._day])
        distinct, first, of_row = np.unique(keys, axis=1, return_index=True, return_inverse=True)
        with self._counting:
            found = [
                self._code(int(places[row]), int(at[row]), *key)
                for key, row in zip(distinct.T.tolist(), first.tolist(), strict=True)
            ]
        return np.array(found, np.int8)[of_row.ravel()]

    def _code(self, place: int, at: int, line: int, told: int, day: int) -> int:
        key = line, told, day
        if key not in self._known:
            name = type(self.explainer.error(place, at, line, told)).__name__
            self._known[key] = self.names.setdefault(name, len(self.names))
        return self._known[key]

    @property
    def _day(self) -> int:
        return day_in(self.unit)

    def error(self) -> SupportSlaError:
        """Return one error for all rows: that of the first, with how many there are and where."""
        place, at, line, told = self.first[0]
        error = self.explainer.error(place, at, line, told)
        where = f"row {place:,}"
        if self.count > 1:
            others = ", ".join(f"{each[0]:,}" for each in self.first)
            more = ", ..." if self.count > len(self.first) else ""
            where = f"{self.count:,} rows have no answer ({others}{more}); {where}"
        return error.at(place, where)
