"""How the sources of a calendar add up: whose days hold, for which years, and where they come from.

A new kind of source is a file with a `Source` in it, and a key of `HolidayCalendar` that makes one.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from support_sla.calendars.settled import cut_at_midnight, settled

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from support_sla.calendars.sources.country import CountryDays
    from support_sla.calendars.special_day import Move, SpecialDay

WRITTEN_HERE = "written here"
"""The source of a day that the calendar itself gives."""


class Source(Protocol):
    """Something that knows special days."""

    @property
    def covered_years(self) -> tuple[int, int] | None:
        """The first and last year it knows; None if the calendar has to say."""

    @property
    def sources(self) -> tuple[str, ...]:
        """Where its days come from, for an audit; empty if the calendar itself gives them."""

    def special_days(self, year: int, /) -> Sequence[SpecialDay]:
        """Return the days of one covered year."""


@dataclass(frozen=True, slots=True)
class Combined:
    """Sources in the order in which they hold for a date, and how the calendar changes their days.

    `country` is the one of them whose days may be `moved`; `days` are the calendar's own by year.
    """

    sources: tuple[Source, ...]
    country: CountryDays | None
    days: Mapping[int, Sequence[SpecialDay]]
    removed: tuple[dt.date, ...]
    moved: tuple[Move, ...]

    def known_years(self) -> tuple[int, int]:
        """Return the years that all sources know; if none says, those of the calendar's days."""
        spans = [years for source in self.sources if (years := source.covered_years) is not None]
        if not spans:
            spans = [(min(self.days), max(self.days))]
        return max(first for first, _ in spans), min(last for _, last in spans)

    def origins(self) -> tuple[str, ...]:
        """Return where the days come from, each once."""
        found = [origin for source in self.sources for origin in source.sources]
        if self.days or self.moved or not all(source.sources for source in self.sources):
            found.append(WRITTEN_HERE)
        return tuple(dict.fromkeys(found))

    def special_days(self, year: int, *, eve: bool) -> tuple[SpecialDay, ...]:
        """Return a year's days by date, each date with what is said of it once.

        With `eve`, closures of the eve of the year run into it; the year before must be known.
        """
        eve_of_year = dt.date(year - 1, 12, 31)
        before = self.days.get(year - 1, ()) if eve else ()
        carried = [day for day in before if day.date == eve_of_year]
        return settled(year, self._said_of(year, eve=eve), carried)

    def _said_of(self, year: int, *, eve: bool) -> list[SpecialDay]:
        """Return the sources' days, less what is removed or moved, then the calendar's own."""
        own = self.days.get(year, ())
        replaced = {day.date for day in own} | {*self.removed}
        replaced |= {move.date for move in self.moved}
        found = [day for day in self.from_sources(year, eve=eve) if day.date not in replaced]
        found += [day for move in self.moved if move.to.year == year for day in self._moved(move)]
        return [*found, *own]

    def from_sources(self, year: int, *, eve: bool) -> list[SpecialDay]:
        """Return what the sources say of a year, before anything is removed, moved or replaced.

        Closures are cut at midnight, for what is changed is a date and not an entry.
        """
        days = [day for source in self.sources for day in source.special_days(year)]
        if eve:
            before = (day for source in self.sources for day in source.special_days(year - 1))
            days = [*(day for day in before if day.date.month == 12 and day.date.day == 31), *days]
        return [part for part in cut_at_midnight(days) if part.date.year == year]

    def of_country(self, year: int) -> Sequence[SpecialDay]:
        """Return the country's days of a year, before anything is removed, moved or replaced."""
        return () if self.country is None else self.country.special_days(year)

    def _moved(self, move: Move) -> list[SpecialDay]:
        days = (day for day in self.of_country(move.date.year) if day.date == move.date)
        source = move.source or WRITTEN_HERE
        return [day.model_copy(update={"date": move.to, "source": source}) for day in days]
