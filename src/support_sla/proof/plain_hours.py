"""Hours read plainly, instant by instant, without the engine.

It is slow and shares no code with the timeline, so that a proof with it means something. An
instant is open when a range of its date or of the eve covers it and no closure does; that is all.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from support_sla.values.dates import FIRST_YEAR, LAST_YEAR
from support_sla.values.instants import EPOCH
from support_sla.values.units import MICROSECOND
from support_sla.values.week import WEEKDAYS, WHOLE_DAY

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from support_sla.calendars.calendar import HolidayCalendar
    from support_sla.calendars.special_day import SpecialDay
    from support_sla.policy.hours import Hours
    from support_sla.policy.policy import Policy
    from support_sla.policy.season import Season
    from support_sla.values.week import Day, Week

ONE_DAY = dt.timedelta(days=1)


class Special(NamedTuple):
    """What an observed calendar says of a date; `kept` are hours that the line keeps on it."""

    name: str
    day: SpecialDay
    kept: Day | None

    @property
    def closes(self) -> bool:
        """Whether it closes some of the date."""
        return self.kept is None and self.day.open is None and self.day.works_as is None

    @property
    def gives_way(self) -> bool:
        """Whether whole-day holidays cut the hours that it gives."""
        return self.kept is not None or self.day.by_rule


class DateHours(NamedTuple):
    """Hours that start on a date, as instants; `day` gave them, or is None for the week's hours."""

    start: int
    end: int
    day: SpecialDay | None
    calendar: str | None
    kept: bool

    @property
    def is_written(self) -> bool:
        """Whether no whole-day holiday cuts them: they were written for the date."""
        return self.day is not None and not self.day.by_rule and not self.kept


class Cut(NamedTuple):
    """A closure, as instants: of a whole date, or of a part."""

    start: int
    end: int
    whole: bool
    day: SpecialDay
    calendar: str


@dataclass(frozen=True, slots=True)
class PlainHours:
    """Hours of a policy on a zone's clock. Instants are microseconds since 1970 UTC."""

    week: Week
    seasons: tuple[tuple[Season, Week], ...]
    on_holidays: Mapping[str, Week]
    observes: tuple[tuple[str, HolidayCalendar], ...]
    years: tuple[int, int]
    zone: dt.tzinfo
    opened: dict[dt.date, list[tuple[int, int]]] = field(default_factory=dict)
    """The open time of the dates asked so far, for a proof asks for the same dates many times."""

    @classmethod
    def of(cls, policy: Policy, hours: Hours, zone: dt.tzinfo) -> PlainHours:
        """Return the plain reading of some hours of a policy."""
        observes = tuple((name, policy.calendars[name]) for name in hours.observes)
        known = [(FIRST_YEAR, LAST_YEAR), *(calendar.covered_years for _, calendar in observes)]
        return cls(
            policy.schedules[hours.schedule].week,
            tuple((each, policy.schedules[each.schedule].week) for each in hours.seasons),
            {name: policy.schedules[kept].week for name, kept in hours.on_holidays.items()},
            observes,
            (max(first for first, _ in known), min(last for _, last in known)),
            zone,
        )

    def knows(self, date: dt.date) -> bool:
        """Whether every calendar that is observed covers a date."""
        return self.years[0] <= date.year <= self.years[1]

    # --- instants and dates ---

    def local(self, at: int) -> dt.datetime:
        """Return an instant on the policy's wall clock."""
        return (EPOCH + at * MICROSECOND).astimezone(self.zone)

    def offset(self, at: int) -> dt.timedelta:
        """Return how far the policy's wall clock is ahead of UTC at an instant."""
        return self.local(at).utcoffset() or dt.timedelta(0)

    def instant(self, date: dt.date, second: int = 0) -> int:
        """Return the first instant at which the policy's wall clock shows this, or later."""
        naive = dt.datetime(date.year, date.month, date.day)  # noqa: DTZ001  a wall-clock time
        wall = naive + dt.timedelta(seconds=second)
        tries = [wall.replace(tzinfo=self.zone, fold=fold) - EPOCH for fold in (0, 1)]
        found = sorted(each // MICROSECOND for each in tries)
        read = [at for at in found if self.local(at).replace(tzinfo=None, fold=0) == wall]
        if read:
            return read[0]
        low, high = found  # the clock jumps over it: before and after the jump
        while high - low > 1:
            middle = (low + high) // 2
            past = self.local(middle).replace(tzinfo=None) >= wall
            low, high = (low, middle) if past else (middle, high)
        return high

    def date(self, at: int) -> dt.date:
        """Return the last local date begun by an instant."""
        date = self.local(at).date()
        return date + ONE_DAY if self.instant(date + ONE_DAY) <= at else date

    # --- hours ---

    def special(self, date: dt.date) -> list[Special]:
        """Return what the observed calendars say of a date; empty if one does not cover it."""
        if not self.knows(date):
            return []
        eve = self.eve_speaks(date)
        said = [(n, day) for n, calendar in self.observes for day in calendar.on(date, eve=eve)]
        return [Special(name, day, self._kept(name, day)) for name, day in said]

    def _kept(self, name: str, day: SpecialDay) -> Day | None:
        """Return the hours that are kept on a date that a calendar closes wholly, if any are."""
        whole = day.open is None and day.works_as is None and day.closed in (None, WHOLE_DAY)
        if not whole or name not in self.on_holidays:
            return None
        return self.on_holidays[name][day.date.weekday()] or None

    def eve_speaks(self, date: dt.date) -> bool:
        """Whether closures of the year before run into a date: not in the first year that is known."""
        return date.year != self.years[0]

    def week_of(self, date: dt.date) -> Week:
        """Return the week in force on a date: that of its season, else the usual one."""
        found = self.season_of(date)
        return self.week if found is None else found[1]

    def season_of(self, date: dt.date) -> tuple[Season, Week] | None:
        """Return the season of a date; one of one year holds against one of each year."""
        found = [
            (season, week)
            for yearly in (False, True)
            for season, week in self.seasons
            if season.is_yearly is yearly and _lies_in(season, date)
        ]
        return found[0] if found else None

    def ranges(self, date: dt.date) -> list[DateHours]:
        """Return the hours that start on a date: its own, else its weekday's."""
        week, own = self.week_of(date), self.own_day(date)
        hours = week[date.weekday()]
        if own is not None and own.kept is not None:
            hours = own.kept
        elif own is not None and own.day.works_as is not None:
            hours = week[WEEKDAYS.index(own.day.works_as)]
        elif own is not None and own.day.open is not None:
            hours = own.day.open
        day, name = (None, None) if own is None else (own.day, own.name)
        kept = own is not None and own.kept is not None
        return [
            DateHours(self.instant(date, start), self.instant(date, end), day, name, kept)
            for start, end in hours
        ]

    def own_day(self, date: dt.date) -> Special | None:
        """Return what gives a date its own hours: what was written for it comes before a rule."""
        giving = [each for each in self.special(date) if not each.closes]
        written = [each for each in giving if not each.day.by_rule]
        return (*written, *giving)[0] if giving else None

    def cuts(self, date: dt.date) -> list[Cut]:
        """Return the closures that start on a date."""
        return [
            Cut(
                self.instant(date, start),
                self.instant(date, end),
                each.day.closed is None or each.day.closed == WHOLE_DAY,
                each.day,
                each.name,
            )
            for each in self.special(date)
            if each.closes
            for start, end in each.day.closed or WHOLE_DAY
        ]

    def cover(self, at: int) -> tuple[list[DateHours], list[Cut]]:
        """Return the ranges and the closures that an instant lies in."""
        today = self.date(at)
        dates = (today - ONE_DAY, today)
        return (
            [each for date in dates for each in self.ranges(date) if each.start <= at < each.end],
            [each for date in dates for each in self.cuts(date) if each.start <= at < each.end],
        )

    def is_open(self, at: int) -> bool:
        """Whether the line is open: a whole-day holiday does not cut hours written for a date."""
        ranges, cuts = self.cover(at)
        return any(_is_left_open(each, cuts) for each in ranges)

    def pieces(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield the time between two instants, cut wherever anything can open, close or change."""
        date = self.date(start) - ONE_DAY
        at = start
        while at < end:
            next_midnight = self.instant(date + 2 * ONE_DAY)
            marks = {next_midnight}
            for each in (date, date + ONE_DAY):
                marks |= {mark for hours in self.ranges(each) for mark in hours[:2]}
                marks |= {mark for cut in self.cuts(each) for mark in cut[:2]}
            for mark in sorted(mark for mark in marks if at < mark <= next_midnight):
                yield at, min(mark, end)
                at = mark
                if at >= end:
                    return
            date += ONE_DAY

    def next_open(self, at: int) -> int | None:
        """Return the first open instant at or after another; None past the years known."""
        return next((first for first, _ in self.open_from(at)), None)

    def open_from(self, at: int) -> Iterator[tuple[int, int]]:
        """Yield the open pieces of time from an instant on, in the years known."""
        date = self.date(at)
        while self.knows(date):
            yield from ((max(a, at), b) for a, b in self.open_on(date) if b > at)
            date += ONE_DAY

    def open_on(self, date: dt.date) -> list[tuple[int, int]]:
        """Return the open pieces of a date."""
        if date not in self.opened:
            around = self.pieces(self.instant(date), self.instant(date + ONE_DAY))
            self.opened[date] = [piece for piece in around if self.is_open(piece[0])]
        return self.opened[date]

    def opens_between(self, start: int, end: int) -> bool:
        """Whether the line is open at any time between two instants of one date."""
        return any(a < end and b > start for a, b in self.open_on(self.date(start)))

    # --- business days ---

    def is_business_day(self, date: dt.date) -> bool:
        """Whether a range that was written for a date is open at some instant of the date."""
        ranges = self.ranges(date)
        for at, _ in self.pieces(self.instant(date), self.instant(date + ONE_DAY)):
            cuts = self.cover(at)[1]
            if any(each.start <= at < each.end and _is_left_open(each, cuts) for each in ranges):
                return True
        return False

    def next_business_day(self, date: dt.date) -> dt.date | None:
        """Return the first business day after a date; None past the years known."""
        date += ONE_DAY
        while self.knows(date):
            if self.is_business_day(date):
                return date
            date += ONE_DAY
        return None

    def closing(self, date: dt.date, by: int | None = None) -> int | None:
        """Return the end of a date's open time before a second of it, or before its hours end.

        None if nothing of the date is open before that.
        """
        mark = self.last_end(date)
        if by is not None:
            mark = min(mark, self.instant(date, by))
        pieces = self.pieces(self.instant(date), mark) if self.instant(date) < mark else ()
        return max((end for start, end in pieces if self.is_open(start)), default=None)

    def last_end(self, date: dt.date) -> int:
        """Return where the hours end that were written for a date, whatever cuts them."""
        return max(each.end for each in self.ranges(date))


def _is_left_open(hours: DateHours, cuts: list[Cut]) -> bool:
    """Whether none of some closures cuts hours: a whole-day holiday does not cut written ones."""
    return not any(not (hours.is_written and cut.whole) for cut in cuts)


def _lies_in(season: Season, date: dt.date) -> bool:
    if not season.is_yearly:
        return season.from_ <= date.isoformat() <= season.to
    day = f"{date:%m-%d}"
    if season.from_ <= season.to:
        return season.from_ <= day <= season.to
    return day >= season.from_ or day <= season.to


def day_as_data(day: SpecialDay, calendar: str | None) -> dict[str, Any]:
    """Return what a reason says of a special day."""
    return {
        "date": day.date.isoformat(),
        "name": day.name,
        "calendar": calendar,
        "source": day.source,
    }
