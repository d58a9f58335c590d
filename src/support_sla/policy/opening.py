"""Some hours of a policy with the weeks and calendars that they name, ready to be asked about dates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from support_sla.calendars.opening_hours import OpeningHours, SeasonWeek

if TYPE_CHECKING:
    from collections.abc import Mapping

    from support_sla.calendars.calendar import HolidayCalendar
    from support_sla.policy.hours import Hours
    from support_sla.policy.schedule import Schedule


def opening_hours_of(
    hours: Hours, schedules: Mapping[str, Schedule], calendars: Mapping[str, HolidayCalendar]
) -> OpeningHours:
    """Return the opening hours; seasons of one year hold against those of each year."""
    seasons = sorted(hours.seasons, key=lambda season: season.is_yearly)
    return OpeningHours(
        schedules[hours.schedule].week,
        tuple((name, calendars[name]) for name in hours.observes),
        tuple(
            SeasonWeek(str(each), each.is_yearly, *each.span, schedules[each.schedule].week)
            for each in seasons
        ),
        tuple((name, schedules[kept].week) for name, kept in hours.on_holidays.items()),
    )
