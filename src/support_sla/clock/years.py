"""The years that a question about many of them covers, as a caller gives them."""

from __future__ import annotations

from support_sla.calendars.coverage import Coverage
from support_sla.clock.compiled_years import MAX_YEARS
from support_sla.errors import InstantOutOfRangeError, NotAnInstantError


def read_years(years: object) -> tuple[int, int]:
    """Return the first and the last year; raise for anything else, and for too many years."""
    if not (isinstance(years, (tuple, list)) and [*map(type, years)] == [int, int]):
        raise NotAnInstantError.years(years)
    first, last = years
    if last < first:
        raise InstantOutOfRangeError.reversed(first, last)
    if last - first >= MAX_YEARS:
        raise InstantOutOfRangeError.span(first, last, MAX_YEARS)
    for year in (first, last):
        Coverage.of(()).check(year)
    return first, last
