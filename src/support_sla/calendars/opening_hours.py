"""The hours of a date: those of the week, replaced or cut by special days. Wall-clock time only.

Dates are day numbers and times are seconds, both counted from 1 January 1970 on the wall clock.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from support_sla.calendars.coverage import Coverage
from support_sla.values.dates import day_number, weekday_of, year_days
from support_sla.values.spans import Span, merge, subtract
from support_sla.values.units import DAY
from support_sla.values.week import ALWAYS, Week

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping

    from support_sla.calendars.coverage import NamedCalendars
    from support_sla.calendars.special_day import SpecialDay


def special_days(
    calendars: NamedCalendars, years: Iterable[int], *, known_from: int
) -> dict[int, list[tuple[str, SpecialDay]]]:
    """Return, by day number, the special days of all calendars in the calendars' order.

    `known_from` is the first year of which all observed calendars speak: on its eve only the week
    speaks, so no closure runs into it.
    """
    found: dict[int, list[tuple[str, SpecialDay]]] = {}
    for year in years:
        for name, calendar in calendars:
            for day in calendar.special_days(year, eve=year > known_from):
                found.setdefault(day_number(day.date), []).append((name, day))
    return found


def special_days_on(calendars: NamedCalendars, date: dt.date) -> list[tuple[str, SpecialDay]]:
    """Return what all observed calendars say of a date; nothing if one of them does not cover it."""
    coverage = Coverage.of(calendars)
    if not coverage.first <= date.year <= coverage.last:
        return []
    eve = date.year > coverage.first
    return [(name, day) for name, calendar in calendars for day in calendar.on(date, eve=eve)]


def giving_hours(days: Iterable[tuple[str, SpecialDay]]) -> tuple[str, SpecialDay] | None:
    """Return which of the special days of a date gives it hours, with its calendar's name.

    The first one that was written for the date; if there is none, the first one that a rule gives.
    """
    giving = [said for said in days if not said[1].closure]
    return min(giving, key=lambda said: said[1].by_rule, default=None)


def open_spans(
    week: Week, special: Mapping[int, list[tuple[str, SpecialDay]]], first: int, last: int
) -> list[Span]:
    """Return the open spans of the dates `first` to `last`, both included, merged.

    A span belongs to the date it starts on and may end up to 24 hours after `last` does. Whole-day
    holidays cut the hours that come from the week or from a rule, also those that began the evening
    before, but not those that were written for the date; partial closures cut everything.
    """
    if not special and week == ALWAYS:
        return [(first * DAY, (last + 1) * DAY)]
    weekly: list[Span] = []
    given: list[Span] = []
    holidays: list[Span] = []
    partly: list[Span] = []
    for number in range(first, last + 3):
        for _, day in special.get(number, ()):
            cuts = holidays if day.is_whole_day_off else partly
            cuts += _shifted(day.closure, number)
    for number in range(first, last + 1):
        said = giving_hours(special.get(number, ()))
        hours = said and said[1].hours(week)
        if said is None or hours is None:
            weekly += _shifted(week[weekday_of(number)], number)
        else:
            (weekly if said[1].by_rule else given).extend(_shifted(hours, number))
    from_week = subtract(merge(weekly), merge(holidays))
    return subtract(merge(from_week + given) if given else from_week, merge(partly))


def _shifted(hours: Iterable[Span], number: int) -> list[Span]:
    midnight = number * DAY
    return [(midnight + start, midnight + end) for start, end in hours]


def can_ever_open(week: Week, calendars: NamedCalendars) -> bool:
    """Whether some date inside the covered years has open time; without calendars, in any year.

    Looks at one year at a time and stops at the first open one, so only a line that never opens
    costs a look at every covered year.
    """
    if not calendars:
        return any(week)
    coverage = Coverage.of(calendars)
    for year in range(coverage.first, coverage.last + 1):
        first, last = year_days(year, year)
        known = range(max(year - 1, coverage.first), min(year + 1, coverage.last) + 1)
        special = special_days(calendars, known, known_from=coverage.first)
        spans = open_spans(week, special, first, last)
        if spans and (year < coverage.last or spans[0][0] < (last + 1) * DAY):
            return True
    return False
