"""`Coverage`: the years in which all of some calendars can be asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from support_sla.calendars.calendar import HolidayCalendar
from support_sla.errors import InstantOutOfRangeError, YearsNotCoveredError
from support_sla.values.dates import FIRST_YEAR, LAST_YEAR

if TYPE_CHECKING:
    from collections.abc import Sequence

NamedCalendars: TypeAlias = tuple[tuple[str, HolidayCalendar], ...]
"""Calendars in the order in which they hold for a date, each with its name in the policy."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """The years in which every one of some calendars can be asked, and which calendars set them."""

    first: int
    last: int
    first_by: str | None
    last_by: str | None

    @classmethod
    def of(cls, calendars: NamedCalendars) -> Coverage:
        """Return the common years of the calendars; without any, the years that can be served."""
        first, last = (FIRST_YEAR, None), (LAST_YEAR, None)
        known: list[tuple[str, tuple[int, int]]] = [(n, c.covered_years) for n, c in calendars]
        starts = [(years[0], name) for name, years in known]
        ends = [(years[1], name) for name, years in known]
        first_year, first_by = max(starts) if starts else first
        last_year, last_by = min(ends) if ends else last
        return cls(first_year, last_year, first_by, last_by)

    def both(self, other: Coverage) -> Coverage:
        """Return the years of both."""
        first = self if self.first >= other.first else other
        last = self if self.last <= other.last else other
        return Coverage(first.first, last.last, first.first_by, last.last_by)

    @classmethod
    def either(cls, some: Sequence[Coverage]) -> Coverage:
        """Return the years of any of some, and those between them."""
        first = min(some, key=lambda each: each.first)
        last = max(some, key=lambda each: each.last)
        return cls(first.first, last.last, first.first_by, last.last_by)

    def check_common(self) -> None:
        """Raise the error that names the calendars if they share no year."""
        if self.first > self.last and self.first_by is not None and self.last_by is not None:
            raise YearsNotCoveredError.disjoint(self.first_by, self.first, self.last_by, self.last)

    def check_answer(self, year: int) -> None:
        """Raise the error for an answer that would lie in `year`, if that is not covered."""
        calendar = self.first_by if year < self.first else self.last_by
        if not self.first <= year <= self.last and calendar is not None:
            raise YearsNotCoveredError.answer_beyond(calendar, year, self.first, self.last)
        self.check(year)

    def check(self, year: int) -> None:
        """Raise the error that says which calendar does not cover `year`, if one does not."""
        if self.first <= year <= self.last:
            return
        calendar = self.first_by if year < self.first else self.last_by
        if calendar is None:
            raise InstantOutOfRangeError.of("an instant in the year", year, self.first, self.last)
        raise YearsNotCoveredError.of(calendar, year, self.first, self.last)
