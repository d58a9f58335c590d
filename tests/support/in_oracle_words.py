"""Models said in the oracle's words, for every test that compares the two."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import oracle
from support_sla import HolidayCalendar, Policy
from support_sla.values.week import WEEKDAYS

MICROSECOND = timedelta(microseconds=1)
WHOLE_DATE = ((0, 86_400),)


def desk_of(
    week: Any,
    calendars: Sequence[HolidayCalendar],
    zone: str,
    years: range,
    *,
    seasons: Sequence[tuple[str, str, Any]] = (),
    kept: Sequence[Any] = (),
) -> oracle.Desk:
    """Say a line's hours in the oracle's words; the first calendar with hours for a date decides.

    `seasons` are (from, to, week), `kept` for each calendar the week kept on its holidays, or None.
    """
    given: dict[date, Any] = {}
    ruled: dict[date, Any] = {}
    known_from = max((calendar.covered_years[0] for calendar in calendars), default=0)
    known_to = min((calendar.covered_years[1] for calendar in calendars), default=0)
    closed: set[date] = set()
    partly: dict[date, Any] = {}
    written: set[date] = set()

    def week_in(day: date) -> Any:
        return next((its for start, end, its in ordered if is_in(day, start, end)), week)

    ordered = sorted(
        seasons, key=lambda season: len(season[0]) == len("07-01")
    )  # once, then yearly
    for place, calendar in enumerate(calendars):
        known = (year for year in years if known_from <= year <= known_to)
        found = (calendar.special_days(year, eve=year > known_from) for year in known)
        for day in (day for days in found for day in days):
            its_week = week_in(day.date)
            is_closed = day.closed in (None, WHOLE_DATE)
            if day.works_as is not None or day.open is not None:
                own = day.open if day.works_as is None else its_week[WEEKDAYS.index(day.works_as)]
                if day.by_rule:
                    ruled.setdefault(day.date, own)
                elif day.date not in written:
                    written.add(day.date)
                    given[day.date] = own
            elif is_closed and place < len(kept) and kept[place] is not None:
                holiday = kept[place][day.date.weekday()]
                if not holiday:
                    closed.add(day.date)
                elif day.date not in written:  # written for the date, yet others still close it
                    written.add(day.date)
                    ruled[day.date] = holiday
            elif is_closed:
                closed.add(day.date)
            else:
                partly[day.date] = partly.get(day.date, ()) + day.closed
    for number in range(
        date(years.start, 1, 1).toordinal() - 2, date(years.stop, 1, 1).toordinal()
    ):
        day_in_season = date.fromordinal(number)
        if seasons and day_in_season not in ruled:
            ruled[day_in_season] = week_in(day_in_season)[day_in_season.weekday()]
    return oracle.Desk(zone, dict(enumerate(week)), given, ruled, frozenset(closed), partly)


def is_in(day: date, start: str, end: str) -> bool:
    """Whether a date lies in a season, whose ends are a month and day or a full date."""
    said = day.isoformat()[-len(start) :]
    return start <= said <= end if start <= end else said <= end or start <= said


def hours_desk(policy: Policy, hours: Any, zone: str, years: range) -> oracle.Desk:
    """Say hours of a policy, of a line or of a rule, in the oracle's words."""
    kept = [hours.on_holidays.get(name) for name in hours.observes]
    return desk_of(
        policy.schedules[hours.schedule].week,
        [policy.calendars[name] for name in hours.observes],
        zone,
        years,
        seasons=[(s.from_, s.to, policy.schedules[s.schedule].week) for s in hours.seasons],
        kept=[None if name is None else policy.schedules[name].week for name in kept],
    )


def line_desk(
    policy: Policy, channel: str, years: range, *, department: str = "desk"
) -> oracle.Desk:
    """Say a line's own hours in the oracle's words."""
    hours = policy.departments[department].channels[channel].hours
    return hours_desk(policy, hours, policy.zone_of(department), years)


def closing_dates(calendar: HolidayCalendar, years: range, known_from: int) -> set[date]:
    """Return the dates that a calendar closes; nothing runs into the first year known of all."""
    first, last = calendar.covered_years
    known = range(max(years.start, first), min(years.stop, last + 1))
    days = (d for year in known for d in calendar.special_days(year, eve=year > known_from))
    return {day.date for day in days if day.open is None and day.works_as is None}


def rules_of(
    policy: Policy,
    channel: str,
    years: range,
    *,
    department: str = "desk",
    metric: Any = "first_response",
) -> list[oracle.Rule]:
    """Say a line's rules in the oracle's words, each with its own hours where it has some."""
    found = []
    zone = policy.zone_of(department)
    observes = policy.departments[department].channels[channel].hours.observes
    known_from = max((policy.calendars[name].covered_years[0] for name in observes), default=0)
    for target in policy.targets(department, channel, metric):
        when: Any = target.when
        days = when.days if when else None
        priorities = when.priority if when else None
        asked = when.attributes.items() if when else ()
        named = [policy.calendars[day] for day in days or () if day not in WEEKDAYS]
        found.append(
            oracle.Rule(
                name=target.name,
                days=None
                if days is None
                else frozenset(WEEKDAYS.index(d) for d in days if d in WEEKDAYS),
                dates=frozenset(
                    date
                    for calendar in named
                    for date in closing_dates(calendar, years, known_from)
                ),
                priorities=None if priorities is None else frozenset(priorities),
                attributes={name: frozenset(values) for name, values in asked},
                open=when.open if when else None,
                times=when.time if when else None,
                desk=hours_desk(policy, target.hours, zone, years) if target.hours else None,
                earliest=None if target.earliest is None else target.earliest // MICROSECOND,
                within=within_of(target),
                business=target.counted_in == "business_time",
            )
        )
    return found


def within_of(target: Any) -> int | oracle.Days:
    """Say a promise in the oracle's words."""
    if not target.is_in_days:
        amount: int = target.within // MICROSECOND
        return amount
    by = None if target.by == "close" else second_of(target.by)
    return oracle.Days(target.within.count, by, target.cutoff)


def second_of(clock_time: str) -> int:
    """Return the seconds since midnight of a clock time such as 16:00 or 16:00:30."""
    parts = [*map(int, clock_time.split(":")), 0]
    return 3600 * parts[0] + 60 * parts[1] + parts[2]


def years_around(at: datetime, calendars: Sequence[HolidayCalendar]) -> range:
    first = max([at.year - 1, *(calendar.covered_years[0] for calendar in calendars)])
    last = min([at.year + 1, *(calendar.covered_years[1] for calendar in calendars)])
    return range(first, last + 1)


def utc(at: Any) -> Any:
    """Aware datetimes compare blindly inside a repeated hour; in UTC they do not."""
    return None if at is None else at.astimezone(UTC)
