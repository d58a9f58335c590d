"""`Window`: the hours of some whole local years as instants, from schedule, calendars and zone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from support_sla.calendars.coverage import Coverage
from support_sla.calendars.opening_hours import open_spans, special_days
from support_sla.clock.compiled_years import CompiledYears
from support_sla.clock.timeline import Timeline
from support_sla.clock.wall_clock import WallClock
from support_sla.values.dates import year_days
from support_sla.values.instants import read_zone

if TYPE_CHECKING:
    import datetime as dt

    from support_sla.calendars.coverage import NamedCalendars
    from support_sla.policy.policy import Hours, Policy
    from support_sla.values.week import Week


@dataclass(frozen=True, slots=True)
class Window:
    """The hours of some whole local years, compiled: the timeline and the zone's wall clock."""

    first_year: int
    last_year: int
    timeline: Timeline
    wall: WallClock

    def within(self, first_year: int, last_year: int) -> Window:
        """Return the window of some of its years, as if these alone had been compiled."""
        if (first_year, last_year) == (self.first_year, self.last_year):
            return self
        first, last = year_days(first_year, last_year)
        start, end = self.wall.midnight(first), self.wall.midnight(last + 1)
        return Window(first_year, last_year, self.timeline.within(start, end), self.wall)


def windows_of(policy: Policy, hours: Hours) -> CompiledYears[Window]:
    """Return the windows that a policy keeps for some hours; lines with equal hours share them."""
    calendars = tuple((name, policy.calendars[name]) for name in hours.observes)
    week, zone = policy.schedules[hours.schedule].week, read_zone(policy.timezone)

    def build(first_year: int, last_year: int) -> Window:
        return compile_window(week, calendars, zone, first_year, last_year)

    return policy.once((Window, hours), lambda: CompiledYears(build, Coverage.of(calendars)))


def compile_window(
    week: Week, calendars: NamedCalendars, zone: dt.tzinfo, first_year: int, last_year: int
) -> Window:
    """Return the compiled hours of the years, which the calendars must cover.

    The last dates of the year before count too, for the shift that runs past New Year: with their
    special days if every calendar covers that year, else by the week alone. So an answer never
    depends on how many years were compiled.
    """
    first, last = year_days(first_year, last_year)
    known_from = Coverage.of(calendars).first
    around = range(max(first_year - 1, known_from), last_year + 1)
    special = special_days(calendars, around, known_from=known_from)
    wall = WallClock.of(zone, first_year, last_year)
    spans = wall.spans(open_spans(week, special, first - 2, last))
    start, end = wall.midnight(first), wall.midnight(last + 1)
    return Window(first_year, last_year, Timeline.of(spans, start=start, end=end), wall)
