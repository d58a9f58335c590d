"""`Window`: the hours of some whole local years as instants, from schedule, calendars and zone."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from support_sla.clock.business_dates import BusinessDates
from support_sla.clock.compiled_years import MAX_YEARS, CompiledYears
from support_sla.clock.timeline import Timeline
from support_sla.clock.wall_clock import WallClock
from support_sla.policy.opening import opening_hours_of
from support_sla.values.dates import year_days

if TYPE_CHECKING:
    import datetime as dt

    from support_sla.calendars.opening_hours import OpeningHours
    from support_sla.policy.hours import Hours
    from support_sla.policy.policy import Policy


@dataclass(frozen=True, slots=True)
class Window:
    """The hours of some whole local years, compiled: the timeline and the zone's wall clock."""

    first_year: int
    last_year: int
    timeline: Timeline
    wall: WallClock
    hours: OpeningHours
    _dates: list[BusinessDates] = field(default_factory=list, compare=False, repr=False)

    def within(self, first_year: int, last_year: int) -> Window:
        """Return the window of some of its years, as if these alone had been compiled."""
        if (first_year, last_year) == (self.first_year, self.last_year):
            return self
        first, last = year_days(first_year, last_year)
        start, end = self.wall.midnight(first), self.wall.midnight(last + 1)
        timeline = self.timeline.within(start, end)
        return Window(first_year, last_year, timeline, self.wall, self.hours)

    def business_dates(self) -> BusinessDates:
        """Return the dates on which the line opens; worked out when first asked for."""
        if not self._dates:
            years = year_days(self.first_year, self.last_year)
            special = self.hours.special_days(_around(self.hours, self.first_year, self.last_year))
            self._dates.append(BusinessDates.of(self.hours, special, self.wall, *years))
        return self._dates[0]


@dataclass(frozen=True, slots=True)
class LineHours:
    """Hours on a zone's clock, whose years are compiled when they are first asked about."""

    hours: OpeningHours
    zone: dt.tzinfo
    windows: CompiledYears[Window]

    @classmethod
    def of(cls, hours: OpeningHours, zone: dt.tzinfo) -> LineHours:
        """Return hours of which nothing has been compiled."""

        def build(first_year: int, last_year: int) -> Window:
            return compile_window(hours, zone, first_year, last_year)

        return cls(hours, zone, CompiledYears(build, hours.coverage))

    def window(self, first_year: int, last_year: int) -> Window:
        """Return exactly these years, which the calendars must cover."""
        if last_year - first_year >= MAX_YEARS:  # too many to be kept
            return compile_window(self.hours, self.zone, first_year, last_year)
        return self.windows.covering(first_year, last_year).within(first_year, last_year)


def line_hours(policy: Policy, hours: Hours, zone: dt.tzinfo) -> LineHours:
    """Return what a policy keeps for some hours on a clock; lines with equal hours share it."""

    def make() -> LineHours:
        return LineHours.of(opening_hours_of(hours, policy.schedules, policy.calendars), zone)

    return policy.once((LineHours, hours, str(zone)), make)


def compile_window(hours: OpeningHours, zone: dt.tzinfo, first_year: int, last_year: int) -> Window:
    """Return the compiled hours of the years, which the calendars must cover.

    The last dates of the year before count too, for the shift that runs past New Year: with their
    special days if every calendar covers that year, else by the week alone. So an answer never
    depends on how many years were compiled.
    """
    first, last = year_days(first_year, last_year)
    special = hours.special_days(_around(hours, first_year, last_year))
    wall = WallClock.of(zone, first_year, last_year)
    spans = wall.spans(hours.open_spans(special, first - 2, last))
    start, end = wall.midnight(first), wall.midnight(last + 1)
    return Window(first_year, last_year, Timeline.of(spans, start=start, end=end), wall, hours)


def _around(hours: OpeningHours, first_year: int, last_year: int) -> range:
    """Return the years whose special days matter: the year before too, if it is covered."""
    return range(max(first_year - 1, hours.coverage.first), last_year + 1)
