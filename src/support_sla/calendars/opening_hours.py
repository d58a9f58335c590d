"""The hours of a date: those of the week, replaced or cut by special days. Wall-clock time only.

Dates are day numbers and times are seconds, both counted from 1 January 1970 on the wall clock.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from support_sla.calendars.coverage import Coverage
from support_sla.values.dates import day_number, weekday_of
from support_sla.values.spans import Span, merge, subtract
from support_sla.values.units import DAY
from support_sla.values.week import ALWAYS, Week

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from support_sla.calendars.coverage import NamedCalendars
    from support_sla.calendars.special_day import SpecialDay


def special_days(
    calendars: NamedCalendars, years: Iterable[int]
) -> dict[int, list[tuple[str, SpecialDay]]]:
    """Return, by day number, the special days of all calendars in the calendars' order."""
    found: dict[int, list[tuple[str, SpecialDay]]] = {}
    for year in years:
        for name, calendar in calendars:
            for day in calendar.special_days(year):
                found.setdefault(day_number(day.date), []).append((name, day))
    return found


def open_spans(
    week: Week, special: Mapping[int, list[tuple[str, SpecialDay]]], first: int, last: int
) -> list[Span]:
    """Return the open spans of the dates `first` to `last`, both included, merged.

    A span belongs to the date it starts on and may end up to 24 hours after `last` does. The
    first calendar that gives a date hours decides them; whole-day holidays cut the hours that come
    from the week, also those that began the evening before; partial closures cut everything.
    """
    if not special and week == ALWAYS:
        return [(first * DAY, (last + 1) * DAY)]
    weekly: list[Span] = []
    given: list[Span] = []
    holidays: list[Span] = []
    partly: list[Span] = []
    for number in range(first - 1, last + 3):
        for _, day in special.get(number, ()):
            cuts = holidays if day.is_whole_day_off else partly
            cuts += _shifted(day.closure, number)
    for number in range(first, last + 1):
        own = _own_hours(week, special.get(number, ()))
        if own is None:
            weekly += _shifted(week[weekday_of(number)], number)
        else:
            given += _shifted(own, number)
    from_week = subtract(merge(weekly), merge(holidays))
    return subtract(merge(from_week + given) if given else from_week, merge(partly))


def _own_hours(week: Week, special: Iterable[tuple[str, SpecialDay]]) -> tuple[Span, ...] | None:
    for _, day in special:
        hours = day.hours(week)
        if hours is not None:
            return hours
    return None


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
        first, last = day_number(dt.date(year, 1, 1)), day_number(dt.date(year, 12, 31))
        known = range(max(year - 1, coverage.first), min(year + 1, coverage.last) + 1)
        spans = open_spans(week, special_days(calendars, known), first, last)
        if spans and (year < coverage.last or spans[0][0] < (last + 1) * DAY):
            return True
    return False
