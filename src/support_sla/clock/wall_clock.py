"""`WallClock`: what a zone's local clock shows, and the one rule for its changes.

A wall-clock boundary happens at the first instant at which the local clock shows it or later. That
one rule settles every clock change: a boundary that comes twice counts the first time, one that
never comes counts at the jump; and an instant belongs to the last local date begun by then.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING

from support_sla.errors import InstantOutOfRangeError, shown
from support_sla.values.dates import FIRST_YEAR, LAST_YEAR, day_number
from support_sla.values.instants import from_micros
from support_sla.values.units import DAY_MICROS, MICROSECOND, SECOND

if TYPE_CHECKING:
    from support_sla.values.spans import Span

_FIRST_INSTANT = day_number(dt.date(FIRST_YEAR - 1, 12, 31)) * DAY_MICROS
_LAST_INSTANT = day_number(dt.date(LAST_YEAR + 1, 1, 2)) * DAY_MICROS

_PROBE_DAYS = 2
"""No zone keeps an offset for less (the shortest spell is Freetown's, four days of 1939), so two
changes cannot hide between two probes."""


def _offset(zone: dt.tzinfo, at: int) -> int:
    moment = from_micros(at, zone)
    return (moment.utcoffset() or dt.timedelta(0)) // MICROSECOND


@lru_cache(maxsize=4096)
def _changes(zone: dt.tzinfo, year: int) -> tuple[tuple[int, int], ...]:
    """Return (instant, offset from then on) for the start of a UTC year and each change in it."""
    at = day_number(dt.date(year, 1, 1)) * DAY_MICROS
    end = day_number(dt.date(year + 1, 1, 1)) * DAY_MICROS
    offset = _offset(zone, at)
    found = [(at, offset)]
    while at < end:
        step = min(at + _PROBE_DAYS * DAY_MICROS, end)
        after = _offset(zone, step)
        if after != offset:
            low, high = at, step
            while high - low > 1:
                middle = (low + high) // 2
                low, high = (middle, high) if _offset(zone, middle) == offset else (low, middle)
            if high < end:
                found.append((high, after))
            offset = after
        at = step
    return tuple(found)


@dataclass(frozen=True, slots=True)
class WallClock:
    """A zone's local clock over some years, as runs of constant offset from UTC.

    `starts[i]` is the instant at which run i begins, `offsets[i]` how far its clock is ahead of
    UTC, `reached[i]` the latest local time (exclusive) of the runs up to i, all in microseconds.
    """

    starts: tuple[int, ...]
    offsets: tuple[int, ...]
    reached: tuple[int, ...]

    @classmethod
    def of(cls, zone: dt.tzinfo, first_year: int, last_year: int) -> WallClock:
        """Return the clock of `zone`, right for every local date of the years."""
        runs: list[tuple[int, int]] = []
        for year in range(first_year - 1, last_year + 2):
            for start, offset in _changes(zone, year):
                if not runs or runs[-1][1] != offset:
                    runs.append((start, offset))
        starts, offsets = tuple(s for s, _ in runs), tuple(o for _, o in runs)
        ends = zip(starts[1:], offsets, strict=False)
        return cls(starts, offsets, tuple(accumulate((end + offset for end, offset in ends), max)))

    def instant(self, wall: int) -> int:
        """Return the first instant at which the local clock shows `wall` or later.

        The first run whose clock gets past `wall` is the one in which it is reached: when the
        clock shows `wall`, or at once if the run starts beyond it.
        """
        run = bisect_right(self.reached, wall)
        return max(self.starts[run], wall - self.offsets[run])

    def offset(self, at: int) -> int:
        """Return how far the local clock is ahead of UTC at an instant."""
        return self.offsets[self.run(at)]

    def run(self, at: int) -> int:
        """Return the place of the run of constant offset that an instant lies in."""
        return bisect_right(self.starts, at) - 1

    def midnight(self, number: int) -> int:
        """Return the instant at which the local date with this day number begins."""
        return self.instant(number * DAY_MICROS)

    def day(self, at: int) -> int:
        """Return the number of the last local date begun by an instant.

        A clock set back over midnight shows the old date again; the new date goes on.
        """
        number = (at + self.offset(at)) // DAY_MICROS
        return number + 1 if self.midnight(number + 1) <= at else number

    def spans(self, wall_spans: list[Span]) -> list[Span]:
        """Return merged wall-clock spans, in seconds, as instants, without spans that never come.

        The mapping never falls, so sorted spans stay sorted; spans that touch after a jump join.
        """
        found: list[Span] = []
        instant = self.instant
        for wall_start, wall_end in wall_spans:
            start, end = instant(wall_start * SECOND), instant(wall_end * SECOND)
            if found and found[-1][1] == start:
                start = found.pop()[0]
            if start < end:
                found.append((start, end))
        return found


@lru_cache(maxsize=4096)
def new_year(zone: dt.tzinfo, year: int) -> int:
    """Return the instant at which a local year begins."""
    known = min(max(year, FIRST_YEAR), LAST_YEAR)  # whose clock shows the next midnight too
    wall = WallClock.of(zone, known, known)
    return wall.midnight(day_number(dt.date(year, 1, 1)))


def _shown(at: int) -> str:
    try:
        return from_micros(at, dt.UTC).isoformat(" ")
    except OverflowError:  # UTC can be outside years 1 to 9999 while the zone is inside
        return f"{shown(at)} microseconds from 1970"


def local_year(zone: dt.tzinfo, at: int) -> int:
    """Return the year of the last local date begun by an instant.

    Raises `InstantOutOfRangeError` outside the years that can be served.
    """
    if not _FIRST_INSTANT <= at < _LAST_INSTANT:
        raise InstantOutOfRangeError.of("instant", _shown(at), FIRST_YEAR, LAST_YEAR)
    year = from_micros(at, zone).year
    return year + 1 if year < LAST_YEAR and at >= new_year(zone, year + 1) else year
