"""`UtcColumn`: a column of instants as counts from 1970 UTC, whatever clock it shows."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from support_sla.answers.table.build import NANOSECOND_YEARS
from support_sla.bulk.lookup.growing import years_of
from support_sla.bulk.lookup.local import LocalClock
from support_sla.bulk.lookup.lookup import CHUNK, Lookup, Scratch
from support_sla.bulk.lookup.rows import FOREVER, NEVER
from support_sla.clock.compiled_years import MAX_YEARS
from support_sla.values.dates import FIRST_YEAR, LAST_YEAR, day_number
from support_sla.values.units import Unit, day_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from support_sla.bulk.columns.instants import Instants
    from support_sla.bulk.lookup.local import Fold
    from support_sla.bulk.lookup.lookup import Column
    from support_sla.bulk.lookup.rows import Int64s


MOST_NANOSECOND_YEARS = 290
"""The most years whose span 64 bits hold in nanoseconds."""


def datetimes_of(unit: Unit) -> tuple[int, int]:
    """Return the first instant that a datetime can be and the one after the last, as far as 64 bits go."""
    day = day_in(unit)
    first, last = day_number(dt.date(1, 1, 1)) * day, (day_number(dt.date(9999, 12, 31)) + 1) * day
    return max(first, NEVER + 1), min(last, FOREVER)


def most_years(unit: Unit) -> int:
    """Return how many years can be looked up in at once."""
    return MOST_NANOSECOND_YEARS if unit == "ns" else MAX_YEARS


def years_of_columns(columns: Sequence[Instants]) -> tuple[int, int]:
    """Return the first and last year that instants have on any clock, without those never served.

    Columns without any such instant have one year, so that there is something to look up in. Of
    columns with more years than are compiled at once, those around the middle of their first chunks.
    """
    first, last = LAST_YEAR, FIRST_YEAR
    middles = []
    for column in columns:
        day = day_in(column.unit)
        served = [day_number(dt.date(year, 1, 1)) * day for year in (FIRST_YEAR, LAST_YEAR + 1)]
        lowest, highest = (min(max(each, NEVER + 1 + day), FOREVER - day) for each in served)
        for start in range(0, len(column), CHUNK):
            at = column.chunk(start, start + CHUNK)
            known = at[(at >= lowest) & (at < highest)]
            if len(known):
                years = years_of(np.array([known.min() - day, known.max() + day]), column.unit)
                first, last = min(first, int(years[0])), max(last, int(years[1]))
                if not start:
                    middles.append(int(np.median(years_of(known, column.unit))))
    if first > last:
        return 1970, 1970
    first, last = max(first, FIRST_YEAR), min(last, LAST_YEAR)
    most = most_years(columns[0].unit)
    if last - first >= most:
        first = max(first, (middles or [first])[0] - most // 2)
        last = min(last, first + most - 1)
    return first, last


@dataclass(frozen=True, slots=True)
class UtcColumn:
    """A column with the way from its clock to UTC and back; both are None if it counts from there."""

    instants: Instants
    there: Lookup | None
    back: Lookup | None

    @classmethod
    def of(cls, instants: Instants, fold: Fold, first_year: int, last_year: int) -> UtcColumn:
        """Return a column whose instants, and what is made of them, lie in these years."""
        if instants.zone is None:
            return cls(instants, None, None)
        clock = LocalClock.of(instants.zone, first_year, last_year, instants.unit, fold)
        if instants.unit == "ns":
            first_year = max(first_year, NANOSECOND_YEARS[0])
            last_year = min(last_year, NANOSECOND_YEARS[1])
        day = clock.per_day
        start, end = (day_number(dt.date(year, 1, 1)) * day for year in (first_year, last_year + 1))
        return cls(
            instants,
            Lookup.of([clock.to_utc(start - day, end + day)]),
            Lookup.of([clock.to_local(start - 2 * day, end + 2 * day)]),
        )

    def read(self, start: int, end: int, told: Column, scratch: Scratch) -> Int64s:
        """Return some instants on UTC; in `told` what is in doubt is told, unless it is null."""
        at = self.instants.chunk(start, end)
        return at if self.there is None else _through(self.there, at, told, scratch)

    def shown(self, at: Int64s, told: Column, scratch: Scratch) -> Int64s:
        """Return instants as the column's own clock shows them."""
        return at if self.back is None else _through(self.back, at, told, scratch)


def _through(lookup: Lookup, at: Int64s, told: Column, scratch: Scratch) -> Int64s:
    """Return the one output of a look-up, and tell where it has none."""
    found = np.empty(len(at), np.int64)
    refused = lookup.answer_whole(at, None, [found], scratch)
    if refused is not None:
        told[refused.places] = refused.told
    return found
