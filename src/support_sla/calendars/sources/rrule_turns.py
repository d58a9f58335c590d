"""At which dates a rule turns, counted period by period: no more work than the asked years have.

Dates are ordinals, as `date.toordinal` counts them.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from support_sla.values.dates import LAST_YEAR

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_LAST = dt.date(LAST_YEAR + 1, 12, 31).toordinal()

CYCLE = 2 * 366 * 400
"""The calendar repeats after 400 years, weekdays included. A rule looks at one period and at most
one date for each of their days, so one that has not come after this many looks never does."""


class TooManyLooksError(Exception):
    """Rules looked at more dates than they may."""


class Looks:
    """How many more periods and dates may be looked at."""

    __slots__ = ("left",)

    def __init__(self, left: int) -> None:
        self.left: int = left

    def take(self, number: int) -> None:
        """Count some looks; raise `TooManyLooksError` if there are not so many left."""
        self.left -= number
        if self.left < 0:
            raise TooManyLooksError


@dataclass(frozen=True, slots=True)
class Turns:
    """The dates of a rule that begins at one of them, or just after `begin`, up to `until`."""

    begin: int
    freq: str
    interval: int
    week_start: int
    months: frozenset[int]
    month_days: frozenset[int]
    year_days: frozenset[int]
    weeks: frozenset[int]
    weekdays: frozenset[int]
    nth: frozenset[tuple[int, int]]
    places: frozenset[int]
    count: int | None = None
    until: int = _LAST

    @classmethod
    def of(cls, parts: Mapping[str, str], begin: dt.date) -> Turns:
        """Return the turns of a rule's parts; what they leave open is as at the date `begin`."""
        freq = parts["FREQ"]
        numbers = {
            key: frozenset(int(each) for each in parts.get(key, "").split(",") if each)
            for key in ("BYMONTH", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYSETPOS")
        }
        days = [(each[:-2], _WEEKDAYS.index(each[-2:])) for each in _split(parts.get("BYDAY"))]
        weekdays = frozenset(day for number, day in days if not number)
        months, month_days = numbers["BYMONTH"], numbers["BYMONTHDAY"]
        if not (days or month_days or numbers["BYYEARDAY"]):
            if freq == "WEEKLY":
                weekdays = frozenset([begin.weekday()])
            elif freq != "DAILY":
                month_days = frozenset([begin.day])
                months = months or frozenset([begin.month] if freq == "YEARLY" else [])
        return cls(
            begin=begin.toordinal(),
            freq=freq,
            interval=int(parts.get("INTERVAL", 1)),
            week_start=_WEEKDAYS.index(parts.get("WKST", "MO")),
            months=months,
            month_days=month_days,
            year_days=numbers["BYYEARDAY"],
            weeks=numbers["BYWEEKNO"],
            weekdays=weekdays,
            nth=frozenset((int(number), day) for number, day in days if number),
            places=numbers["BYSETPOS"],
            count=int(parts["COUNT"]) if "COUNT" in parts else None,
        )

    def ended(self, looks: Looks | None = None) -> Turns:
        """Return the same turns with their last date in place of a count.

        A count has to be counted from the first date on; afterwards a late year costs no more
        than an early one.
        """
        if self.count is None:
            return self
        found = self.begin - 1
        for day in self.dates(self.begin, _LAST, looks):
            found = day
        return replace(self, count=None, until=found)

    def dates(self, first: int, last: int, looks: Looks | None = None) -> Iterator[int]:
        """Yield the dates from `first` to `last`, in order, and count in `looks` what it takes."""
        last = min(last, self.until)
        left, barren = self.count, 0
        for start, end in self._periods(first, last):
            tried = self._tried(start, end)
            if looks is not None:
                looks.take(1 + len(tried))
            found = self._picked(sorted(day for day in tried if self._holds(day, start, end)))
            barren = 0 if found else barren + 1 + len(tried)
            if barren > CYCLE:
                return
            for day in found:
                if day < self.begin:
                    continue
                if day > last:
                    return
                if day >= first:
                    yield day
                if left is not None:
                    left -= 1
                    if not left:
                        return

    def _periods(self, first: int, last: int) -> Iterator[tuple[int, int]]:
        """Yield the first day of each period that may matter, and the day after its last."""
        first = self.begin if self.count is not None else first
        if self.freq in {"DAILY", "WEEKLY"}:
            size = 1 if self.freq == "DAILY" else 7
            start = self.begin
            if size == 7:
                start -= (_weekday(start) - self.week_start) % 7
            step = size * self.interval
            for at in range(start + max(0, first - start) // step * step, last + 1, step):
                yield at, at + size
            return
        size = 1 if self.freq == "MONTHLY" else 12
        begin, asked = _month(self.begin), _month(max(first, self.begin))
        start = begin if size == 1 else begin // 12 * 12
        step = size * self.interval
        for at in range(start + (asked - start) // step * step, _month(last) + 1, step):
            yield _first_of(at), _first_of(at + size)

    def _tried(self, start: int, end: int) -> set[int]:
        """Return the dates of a period among which its turns are: as few as is easily told."""
        if self.freq in {"DAILY", "WEEKLY"}:
            return {*range(start, end)}
        if self.year_days:
            return {*_numbered(self.year_days, start, end)}
        if self.freq == "YEARLY" and self.nth and not (self.weekdays or self.months):
            return {*self._nth_in(start, end)}
        tried: set[int] = set()
        for month in range(_month(start), _month(end - 1) + 1):
            if self.months and month % 12 + 1 not in self.months:
                continue
            span = _first_of(month), _first_of(month + 1)
            if self.month_days:
                tried.update(_numbered(self.month_days, *span))
            elif self.nth and not self.weekdays and (self.months or self.freq == "MONTHLY"):
                tried.update(self._nth_in(*span))
            else:
                tried.update(range(*span))
        return tried

    def _nth_in(self, start: int, end: int) -> Iterator[int]:
        for number, weekday in self.nth:
            if number > 0:
                day = start + (weekday - _weekday(start)) % 7 + 7 * (number - 1)
            else:
                day = end - 1 - (_weekday(end - 1) - weekday) % 7 + 7 * (number + 1)
            if start <= day < end:
                yield day

    def _holds(self, day: int, start: int, end: int) -> bool:
        """Whether a date of a period has all that the rule asks for.

        Days of the year need no look: with them no others are tried.
        """
        date = dt.date.fromordinal(day)
        if self.months and date.month not in self.months:
            return False
        month = _month(day)
        if self.month_days and not _is_in(self.month_days, day, *_span(month, 1)):
            return False
        if self.weeks and not self._is_in_week(day, date.year):
            return False
        if not (self.weekdays or self.nth) or _weekday(day) in self.weekdays:
            return True
        if self.months:
            start, end = _span(month, 1)
        weekday = _weekday(day)
        from_start, from_end = (day - start) // 7 + 1, -((end - 1 - day) // 7) - 1
        return (from_start, weekday) in self.nth or (from_end, weekday) in self.nth

    def _is_in_week(self, day: int, year: int) -> bool:
        """Whether a date's week has one of the numbers, counted from either end of its year."""
        if day < self._first_week(year):
            year -= 1
        elif day >= self._first_week(year + 1):
            year += 1
        first = self._first_week(year)
        number, size = (day - first) // 7 + 1, (self._first_week(year + 1) - first) // 7
        return number in self.weeks or number - size - 1 in self.weeks

    def _first_week(self, year: int) -> int:
        """Return the first day of the first week that has four days in a year."""
        fourth = dt.date(year, 1, 4).toordinal()
        return fourth - (_weekday(fourth) - self.week_start) % 7

    def _picked(self, found: list[int]) -> list[int]:
        if not self.places:
            return found
        size = len(found)
        at = {place - 1 if place > 0 else size + place for place in self.places}
        return [found[place] for place in sorted(at) if 0 <= place < size]


def _split(text: str | None) -> list[str]:
    return text.split(",") if text else []


def _weekday(day: int) -> int:
    return (day + 6) % 7


def _month(day: int) -> int:
    """Return the months from the start of year 0 to a date."""
    date = dt.date.fromordinal(day)
    return date.year * 12 + date.month - 1


def _first_of(month: int) -> int:
    return dt.date(month // 12, month % 12 + 1, 1).toordinal()


def _span(month: int, size: int) -> tuple[int, int]:
    return _first_of(month), _first_of(month + size)


def _numbered(numbers: Iterable[int], start: int, end: int) -> Iterator[int]:
    """Yield the days with these numbers, counted from 1 or back from -1, that a span has."""
    for number in numbers:
        day = start + number - 1 if number > 0 else end + number
        if start <= day < end:
            yield day


def _is_in(numbers: frozenset[int], at: int, start: int, end: int) -> bool:
    return at - start + 1 in numbers or at - end in numbers
