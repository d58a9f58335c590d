"""A policy's hours and rules read plainly, instant by instant, without the engine.

It is slow and shares no code with the timeline, so that a proof with it means something. An
instant is open when a range of its date or of the eve covers it and no closure does; that is all.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from support_sla.values.dates import FIRST_YEAR, LAST_YEAR
from support_sla.values.instants import EPOCH, read_zone
from support_sla.values.units import MICROSECOND
from support_sla.values.week import WEEKDAYS, WHOLE_DAY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from support_sla.calendars.calendar import HolidayCalendar
    from support_sla.calendars.special_day import SpecialDay
    from support_sla.policy.policy import Policy, Target
    from support_sla.values.week import Week

_ONE_DAY = dt.timedelta(days=1)


class DateHours(NamedTuple):
    """Hours that start on a date, as instants; `day` gave them, or is None for the week's hours."""

    start: int
    end: int
    day: SpecialDay | None
    calendar: str | None

    @property
    def is_written(self) -> bool:
        """Whether they were written for the date, and come neither from the week nor from a rule."""
        return self.day is not None and not self.day.by_rule


class Cut(NamedTuple):
    """A closure, as instants: of a whole date, or of a part."""

    start: int
    end: int
    whole: bool
    day: SpecialDay
    calendar: str


@dataclass(frozen=True, slots=True)
class PlainLine:
    """One line of a policy, asked with one priority. Instants are microseconds since 1970 UTC."""

    week: Week
    observes: tuple[tuple[str, HolidayCalendar], ...]
    years: tuple[int, int]
    zone: dt.tzinfo
    rules: tuple[Target, ...]
    priority: str | None
    policy: Policy
    opened: dict[dt.date, list[tuple[int, int]]]
    """The open time of the dates asked so far, for a proof asks for the same dates many times."""

    @classmethod
    def of(cls, policy: Policy, department: str, channel: str, priority: str | None) -> PlainLine:
        """Return the plain line of a department's channel, asked with a priority."""
        line = policy.departments[department].channels[channel]
        days = [day for rule in line.first_response if rule.when for day in rule.when.days or ()]
        named = {*line.hours.observes, *days} - set(WEEKDAYS)
        known = [(FIRST_YEAR, LAST_YEAR), *(policy.calendars[each].covered_years for each in named)]
        return cls(
            policy.schedules[line.hours.schedule].week,
            tuple((name, policy.calendars[name]) for name in line.hours.observes),
            (max(first for first, _ in known), min(last for _, last in known)),
            read_zone(policy.timezone),
            line.first_response,
            priority,
            policy,
            {},
        )

    # --- instants and dates ---

    def local(self, at: int) -> dt.datetime:
        """Return an instant on the policy's wall clock."""
        return (EPOCH + at * MICROSECOND).astimezone(self.zone)

    def offset(self, at: int) -> dt.timedelta:
        """Return how far the policy's wall clock is ahead of UTC at an instant."""
        return self.local(at).utcoffset() or dt.timedelta(0)

    def knows(self, date: dt.date) -> bool:
        """Whether every calendar that the line observes or its rules name covers a date."""
        return self.years[0] <= date.year <= self.years[1]

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
        return date + _ONE_DAY if self.instant(date + _ONE_DAY) <= at else date

    # --- hours ---

    def special(self, date: dt.date) -> list[tuple[str, SpecialDay]]:
        """Return what the observed calendars say of a date; empty if one does not cover it."""
        if any(
            not known[0] <= date.year <= known[1]
            for known in (calendar.covered_years for _, calendar in self.observes)
        ):
            return []
        eve = self.eve_speaks(date)
        return [
            (name, day) for name, calendar in self.observes for day in calendar.on(date, eve=eve)
        ]

    def eve_speaks(self, date: dt.date) -> bool:
        """Whether all observed calendars cover the year before, so that closures of its last day count."""
        return all(calendar.covered_years[0] < date.year for _, calendar in self.observes)

    def ranges(self, date: dt.date) -> list[DateHours]:
        """Return the hours that start on a date: its own, else its weekday's."""
        owner, calendar = self.own_day(date) or (None, None)
        hours = self.week[date.weekday()]
        if owner is not None and owner.works_as is not None:
            hours = self.week[WEEKDAYS.index(owner.works_as)]
        elif owner is not None and owner.open is not None:
            hours = owner.open
        return [
            DateHours(self.instant(date, start), self.instant(date, end), owner, calendar)
            for start, end in hours
        ]

    def own_day(self, date: dt.date) -> tuple[SpecialDay, str] | None:
        """Return the special day that gives a date its own hours, and its calendar.

        What was written for the date comes before what a rule gives.
        """
        giving = [
            (d, n) for n, d in self.special(date) if d.open is not None or d.works_as is not None
        ]
        written = [each for each in giving if not each[0].by_rule]
        return (*written, *giving)[0] if giving else None

    def cuts(self, date: dt.date) -> list[Cut]:
        """Return the closures that start on a date."""
        return [
            Cut(
                self.instant(date, start),
                self.instant(date, end),
                day.closed is None or day.closed == WHOLE_DAY,
                day,
                name,
            )
            for name, day in self.special(date)
            if day.open is None and day.works_as is None
            for start, end in day.closed or WHOLE_DAY
        ]

    def cover(self, at: int) -> tuple[list[DateHours], list[Cut]]:
        """Return the ranges and the closures that an instant lies in."""
        today = self.date(at)
        dates = (today - _ONE_DAY, today)
        return (
            [each for date in dates for each in self.ranges(date) if each.start <= at < each.end],
            [each for date in dates for each in self.cuts(date) if each.start <= at < each.end],
        )

    def is_open(self, at: int) -> bool:
        """Whether the line is open: a whole-day holiday does not cut hours written for a date."""
        ranges, cuts = self.cover(at)
        return any(not any(not (each.is_written and cut.whole) for cut in cuts) for each in ranges)

    def pieces(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield the time between two instants, cut wherever anything can open, close or change."""
        date = self.date(start) - _ONE_DAY
        at = start
        while at < end:
            next_midnight = self.instant(date + 2 * _ONE_DAY)
            marks = {next_midnight}
            for each in (date, date + _ONE_DAY):
                marks |= {mark for hours in self.ranges(each) for mark in hours[:2]}
                marks |= {mark for cut in self.cuts(each) for mark in cut[:2]}
            for mark in sorted(mark for mark in marks if at < mark <= next_midnight):
                yield at, min(mark, end)
                at = mark
                if at >= end:
                    return
            date += _ONE_DAY

    # --- targets ---

    def rule(self, at: int) -> Target | None:
        """Return the first rule that matches a submission; None if none does."""
        date = self.date(at)
        rules = self.rules if self.knows(date) else ()
        return next((rule for rule in rules if self._matches(rule, date)), None)

    def _matches(self, rule: Target, date: dt.date) -> bool:
        when = rule.when
        if when is None:
            return True
        if when.priority is not None and self.priority not in when.priority:
            return False
        return when.days is None or any(
            WEEKDAYS[date.weekday()] == day if day in WEEKDAYS else self._closes(day, date)
            for day in when.days
        )

    def _closes(self, calendar: str, date: dt.date) -> bool:
        """Whether a calendar closes some of a date."""
        days = self.policy.calendars[calendar].on(date, eve=self.eve_speaks(date))
        return any(day.open is None and day.works_as is None for day in days)

    def add(self, at: int, rule: Target, amount: dt.timedelta) -> int | None:
        """Return the first instant by which an amount of the rule's time has passed.

        None if it lies past the years known.
        """
        left = amount // MICROSECOND
        if rule.counted_in == "calendar_time" or not left:
            return (
                at + left if at + left <= self.instant(dt.date(self.years[1] + 1, 1, 1)) else None
            )
        for first, last in self._open_from(at):
            if last - first >= left:
                return first + left
            left -= last - first
        return None

    def next_open(self, at: int) -> int | None:
        """Return the first open instant at or after another; None past the years known."""
        return next((first for first, _ in self._open_from(at)), None)

    def _open_from(self, at: int) -> Iterator[tuple[int, int]]:
        """Yield the open pieces of time from an instant on, in the years known."""
        date = self.date(at)
        while self.knows(date):
            yield from ((max(a, at), b) for a, b in self._open_on(date) if b > at)
            date += _ONE_DAY

    def _open_on(self, date: dt.date) -> list[tuple[int, int]]:
        if date not in self.opened:
            around = self.pieces(self.instant(date), self.instant(date + _ONE_DAY))
            self.opened[date] = [piece for piece in around if self.is_open(piece[0])]
        return self.opened[date]

    def opens_between(self, start: int, end: int) -> bool:
        """Whether the line is open at any time between two instants of one date."""
        return any(a < end and b > start for a, b in self._open_on(self.date(start)))


def day_as_data(day: SpecialDay, calendar: str | None) -> dict[str, Any]:
    """Return what a reason says of a special day."""
    return {
        "date": day.date.isoformat(),
        "name": day.name,
        "calendar": calendar,
        "source": day.source,
    }
