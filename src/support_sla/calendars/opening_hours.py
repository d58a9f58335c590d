"""The hours of a date: those of the week, replaced or cut by special days. Wall-clock time only.

Dates are day numbers and times are seconds, both counted from 1 January 1970 on the wall clock.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from support_sla.calendars.coverage import Coverage
from support_sla.values.dates import date_of, day_number, weekday_of, year_days
from support_sla.values.spans import Span, merge, subtract
from support_sla.values.units import DAY
from support_sla.values.week import ALWAYS, Day, Week

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping, Sequence

    from support_sla.calendars.coverage import NamedCalendars
    from support_sla.calendars.special_day import SpecialDay


class SeasonWeek(NamedTuple):
    """The week that holds from a first to a last day: as 701 to 831 each year, as day numbers once."""

    name: str
    is_yearly: bool
    first: int
    last: int
    week: Week

    def has(self, number: int) -> bool:
        """Whether a date lies in the season."""
        if not self.is_yearly:
            return self.first <= number <= self.last
        date = date_of(number)
        day = date.month * 100 + date.day
        if self.first <= self.last:
            return self.first <= day <= self.last
        return day <= self.last or self.first <= day  # it crosses New Year


class Said(NamedTuple):
    """What a calendar says of a date; `kept` are the hours that a line keeps on its holidays."""

    calendar: str
    day: SpecialDay
    kept: Day | None = None

    @property
    def closure(self) -> Day:
        """The windows that it cuts out of the date's hours."""
        return () if self.kept is not None else self.day.closure

    @property
    def is_whole_day_off(self) -> bool:
        """Whether it closes the whole date."""
        return self.kept is None and self.day.is_whole_day_off

    @property
    def gives_way(self) -> bool:
        """Whether a whole-day holiday of another calendar cuts the hours that it gives."""
        return self.kept is not None or self.day.by_rule

    def hours(self, week: Week) -> Day | None:
        """Return the hours it gives the date instead of the week's; None if it gives none."""
        return self.day.hours(week) if self.kept is None else self.kept


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """The hours of a line: a week, the weeks of its seasons, and what its calendars change.

    `seasons` are in the order in which they hold. `on_holidays` are the weeks whose hours the line
    keeps on the dates that a calendar closes wholly, by the calendar's name.
    """

    week: Week
    calendars: NamedCalendars = ()
    seasons: tuple[SeasonWeek, ...] = ()
    on_holidays: tuple[tuple[str, Week], ...] = ()

    @property
    def coverage(self) -> Coverage:
        """The years that every calendar covers."""
        return Coverage.of(self.calendars)

    @property
    def is_always_open(self) -> bool:
        """Whether no instant is closed, whatever the date."""
        return not self.calendars and all(is_full(week) for week in self.weeks)

    @property
    def weeks(self) -> tuple[Week, ...]:
        """Every week that may hold."""
        return (self.week, *(season.week for season in self.seasons))

    def week_of(self, number: int) -> Week:
        """Return the week in force on a date: that of the season it lies in, else the usual."""
        season = self.season_of(number) if self.seasons else None
        return self.week if season is None else season.week

    def season_of(self, number: int) -> SeasonWeek | None:
        """Return the first season that a date lies in; None if it lies in none."""
        return next((season for season in self.seasons if season.has(number)), None)

    def weekly(self, number: int) -> Day:
        """Return the hours of the week on a date, whatever the calendars say."""
        return self.week_of(number)[weekday_of(number)]

    def special_days(self, years: Iterable[int]) -> dict[int, list[Said]]:
        """Return what the calendars say, by day number, in their order, in years they all cover."""
        found = special_days(self.calendars, years, known_from=self.coverage.first)
        if self.on_holidays:
            for number, said in found.items():
                found[number] = [self._on_holiday(each, number) for each in said]
        return found

    def said_on(self, date: dt.date) -> list[Said]:
        """Return what all calendars say of a date; nothing if one of them does not cover it."""
        coverage = self.coverage
        if not coverage.first <= date.year <= coverage.last:
            return []
        eve, number = date.year != coverage.first, day_number(date)
        said = (Said(name, day) for name, c in self.calendars for day in c.on(date, eve=eve))
        return [self._on_holiday(each, number) for each in said]

    def _on_holiday(self, said: Said, number: int) -> Said:
        """Return what a calendar says, with the hours that the line keeps if it closes the date."""
        if said.day.is_whole_day_off:
            for name, week in self.on_holidays:
                if name == said.calendar and (hours := week[weekday_of(number)]):
                    return Said(said.calendar, said.day, hours)
        return said

    def written_for(self, number: int, said: Sequence[Said]) -> tuple[Day, bool]:
        """Return the ranges that start on a date, and whether a whole-day holiday cuts them."""
        gives = giving_hours(said)
        hours = gives and gives.hours(self.week_of(number))
        if gives is None or hours is None:
            return self.weekly(number), True
        return hours, gives.gives_way

    def open_spans(
        self, special: Mapping[int, Sequence[Said]], first: int, last: int
    ) -> list[Span]:
        """Return the open spans of the dates `first` to `last`, both included, merged.

        A span belongs to the date it starts on and may end up to 24 hours after `last` does.
        Whole-day holidays cut the hours that come from the week or from a rule, also those that
        began the evening before, but not those that were written for the date; partial closures
        cut everything.
        """
        if not special and self.week == ALWAYS and not self.seasons:
            return [(first * DAY, (last + 1) * DAY)]
        weekly: list[Span] = []
        given: list[Span] = []
        holidays: list[Span] = []
        partly: list[Span] = []
        for number, all_said in special.items():
            if first <= number < last + 3:
                for said in all_said:
                    cuts = holidays if said.is_whole_day_off else partly
                    cuts += _shifted(said.closure, number)
        for number in range(first, last + 1):
            if said_here := special.get(number):
                hours, is_cut = self.written_for(number, said_here)
                (weekly if is_cut else given).extend(_shifted(hours, number))
            elif hours := self.weekly(number):
                weekly += _shifted(hours, number)
        from_week = subtract(merge(weekly), merge(holidays))
        return subtract(merge(from_week + given) if given else from_week, merge(partly))

    def open_on(self, number: int, said: Sequence[Said]) -> list[Span]:
        """Return the open time, inside a date, of the ranges that were written for it, in seconds."""
        hours, is_cut = self.written_for(number, said)
        inside = [(start, min(end, DAY)) for start, end in hours]
        for each in said:
            if each.closure and (is_cut or not each.is_whole_day_off):
                inside = subtract(inside, merge(each.closure))
        return inside

    def can_ever_open(self) -> bool:
        """Whether some date inside the covered years has open time; without calendars, in any year.

        Looks at one year at a time and stops at the first open one, so only a line that never opens
        costs a look at every covered year.
        """
        if not self.calendars:
            return any(any(week) for week in self.weeks)
        coverage = self.coverage
        for year in range(coverage.first, coverage.last + 1):
            first, last = year_days(year, year)
            known = range(max(year - 1, coverage.first), min(year + 1, coverage.last) + 1)
            spans = self.open_spans(self.special_days(known), first, last)
            if spans and (year < coverage.last or spans[0][0] < (last + 1) * DAY):
                return True
        return False


def special_days(
    calendars: NamedCalendars, years: Iterable[int], *, known_from: int
) -> dict[int, list[Said]]:
    """Return, by day number, what all calendars say, in the calendars' order.

    `known_from` is the first year of which all observed calendars speak: on its eve only the week
    speaks, so no closure runs into it.
    """
    found: dict[int, list[Said]] = {}
    for year in years:
        for name, calendar in calendars:
            for day in calendar.special_days(year, eve=year != known_from):
                found.setdefault(day_number(day.date), []).append(Said(name, day))
    return found


def giving_hours(said: Iterable[Said]) -> Said | None:
    """Return what gives a date its hours: the first that was written for it, else by a rule."""
    giving = [each for each in said if not each.closure]
    return min(giving, key=_is_by_rule, default=None)


def _is_by_rule(said: Said) -> bool:
    return said.day.by_rule


def is_full(week: Week) -> bool:
    """Whether no second of a week is closed: checked ranges never overlap, so lengths add up."""
    return sum(end - start for day in week for start, end in day) == 7 * DAY


def _shifted(hours: Iterable[Span], number: int) -> list[Span]:
    midnight = number * DAY
    return [(midnight + start, midnight + end) for start, end in hours]
