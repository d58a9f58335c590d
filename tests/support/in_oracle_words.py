"""Models said in the oracle's words, for every test that compares the two."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import oracle
from support_sla import HolidayCalendar, Policy
from support_sla.values.week import WEEKDAYS

MICROSECOND = timedelta(microseconds=1)


def desk_of(
    week: tuple[Any, ...], calendars: list[HolidayCalendar], zone: str, years: range
) -> oracle.Desk:
    """Say a line's hours in the oracle's words; the first calendar with hours for a date decides."""
    given: dict[date, Any] = {}
    ruled: dict[date, Any] = {}
    known_from = max((calendar.covered_years[0] for calendar in calendars), default=0)
    closed: set[date] = set()
    partly: dict[date, Any] = {}
    for calendar in calendars:
        known = ((year, year > known_from) for year in years)
        for day in (d for year, eve in known for d in calendar.special_days(year, eve=eve)):
            hours = ruled if day.by_rule else given
            if day.works_as is not None:
                hours.setdefault(day.date, week[WEEKDAYS.index(day.works_as)])
            elif day.open is not None:
                hours.setdefault(day.date, day.open)
            elif day.closed is None or day.closed == ((0, 86_400),):
                closed.add(day.date)
            else:
                partly[day.date] = partly.get(day.date, ()) + day.closed
    return oracle.Desk(zone, dict(enumerate(week)), given, ruled, frozenset(closed), partly)


def closing_dates(calendar: HolidayCalendar, years: range, known_from: int) -> set[date]:
    """Return the dates that a calendar closes; nothing runs into the first year known of all."""
    first, last = calendar.covered_years
    known = range(max(years.start, first), min(years.stop, last + 1))
    days = (d for year in known for d in calendar.special_days(year, eve=year > known_from))
    return {day.date for day in days if day.open is None and day.works_as is None}


def rules_of(
    policy: Policy, channel: str, years: range, *, department: str = "desk"
) -> list[oracle.Rule]:
    found = []
    observes = policy.departments[department].channels[channel].hours.observes
    known_from = max((policy.calendars[name].covered_years[0] for name in observes), default=0)
    for target in policy.departments[department].channels[channel].first_response:
        days = target.when.days if target.when else None
        priorities = target.when.priority if target.when else None
        named = [policy.calendars[day] for day in days or () if day not in WEEKDAYS]
        found.append(
            oracle.Rule(
                name=target.name,
                days=None
                if days is None
                else frozenset(WEEKDAYS.index(d) for d in days if d in WEEKDAYS),
                dates=frozenset(
                    when
                    for calendar in named
                    for when in closing_dates(calendar, years, known_from)
                ),
                priorities=None if priorities is None else frozenset(priorities),
                earliest=None if target.earliest is None else target.earliest // MICROSECOND,
                within=target.within // MICROSECOND,
                business=target.counted_in == "business_time",
            )
        )
    return found


def years_around(at: datetime, calendars: list[HolidayCalendar]) -> range:
    first = max([at.year - 1, *(calendar.covered_years[0] for calendar in calendars)])
    last = min([at.year + 1, *(calendar.covered_years[1] for calendar in calendars)])
    return range(first, last + 1)


def utc(at: Any) -> Any:
    """Aware datetimes compare blindly inside a repeated hour; in UTC they do not."""
    return None if at is None else at.astimezone(UTC)
