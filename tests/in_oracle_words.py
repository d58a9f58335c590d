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
    given_hours: dict[date, Any] = {}
    closed: set[date] = set()
    partly: dict[date, Any] = {}
    for calendar in calendars:
        for day in (day for year in years for day in calendar.special_days(year)):
            if day.works_as is not None:
                given_hours.setdefault(day.date, week[WEEKDAYS.index(day.works_as)])
            elif day.open is not None:
                given_hours.setdefault(day.date, day.open)
            elif day.closed is None or day.closed == ((0, 86_400),):
                closed.add(day.date)
            else:
                partly[day.date] = partly.get(day.date, ()) + day.closed
    return oracle.Desk(zone, dict(enumerate(week)), given_hours, frozenset(closed), partly)


def closing_dates(calendar: HolidayCalendar, years: range) -> set[date]:
    """Return the dates that a calendar closes, also by an eve before the years that it knows of."""
    found = set()
    first, last = calendar.covered_years
    known = range(max(years.start - 1, first), min(years.stop, last + 1))
    for day in (day for year in known for day in calendar.special_days(year)):
        if day.open is None and day.works_as is None:
            found.add(day.date)
            if day.closed is not None and day.closed[-1][1] > 86_400:
                found.add(day.date + timedelta(days=1))
    return found


def rules_of(
    policy: Policy, channel: str, years: range, *, department: str = "desk"
) -> list[oracle.Rule]:
    found = []
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
                    when for calendar in named for when in closing_dates(calendar, years)
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
