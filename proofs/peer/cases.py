"""Desks and questions made for asking several libraries the same, from a seed.

Instants lie at openings, closings, midnights, holidays and clock changes, a unit beside, and anywhere.
"""

from __future__ import annotations

import datetime as dt
import functools
import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from peer.hours import DAY, MINUTE, SECOND, date_of, day_number, jump, offset, plain_hours, reached

if TYPE_CHECKING:
    import random

    from peer.hours import Hours, Span

ZONES = (
    "UTC",
    "Asia/Ho_Chi_Minh",  # no clock change since 1975
    "Asia/Kathmandu",  # 5 h 45 min ahead of UTC
    "America/New_York",  # one hour, at two in the morning
    "Europe/Dublin",  # winter time is the exception
    "Australia/Lord_Howe",  # half an hour
    "Antarctica/Troll",  # two hours
    "Antarctica/Casey",  # two and three hours, at odd times
    "Africa/Cairo",  # forward over midnight
    "Africa/Casablanca",  # back for Ramadan
    "Asia/Beirut",  # forward and back at midnight
    "Asia/Pyongyang",  # half an hour, just before midnight
    "America/Caracas",  # half an hour, in the small hours
    "America/Santiago",  # at midnight, on a Saturday night
    "America/St_Johns",  # until 2011 one minute past midnight, so the evening before came twice
    "America/Scoresbysund",  # two changes in one night of 2024 made none of the clock
    "Pacific/Apia",  # skipped 30 December 2011
)
YEARS = (2006, 2026)

_BEFORE, _AFTER = 150, 170
"""Days of hours that are known around the middle of a desk's window."""
_AROUND = 12
"""Instants lie within so many days of the middle."""
_REACH = 20
"""An amount of time is at most what is open in so many days."""
_HOT = (0, 1, 30, 60, 90, 105, 120, 135, 150, 180, 210, 1320, 1380, 1410, 1439, 1440)
"""Minutes of a day near which clocks change."""
_BESIDE = (-1, 0, 0, 1, -SECOND, SECOND, -MINUTE, -30 * SECOND, 30 * SECOND, 30 * MINUTE)

Range = tuple[int, int]
Week = tuple[tuple[Range, ...], ...]


@dataclass(frozen=True)
class Desk:
    """A week of ranges in minutes since midnight (past 1440 for a night), holidays and a zone.

    `first` and `last` are the day numbers of the window in which its hours are known. `joined` picks
    between two ways of saying the same to a library that has two. `daily` if all open days keep the
    same hours and are not open without end.
    """

    zone: ZoneInfo
    week: Week
    holidays: frozenset[dt.date]
    middle: int
    daily: bool
    joined: bool

    @property
    def first(self) -> int:
        """The first day number of the window."""
        return self.middle // DAY - _BEFORE

    @property
    def last(self) -> int:
        """The day number after the last of the window."""
        return self.middle // DAY + _AFTER

    @property
    def always(self) -> bool:
        """Whether it never closes."""
        return not self.holidays and all(ranges == ((0, 1440),) for ranges in self.week)

    @functools.cached_property
    def plain(self) -> Hours:
        """Its hours as this library reads them."""
        return plain_hours(self)

    @functools.cached_property
    def edges(self) -> list[int]:
        """The instants near the middle at which something begins or ends."""
        low, high = self.middle - _AROUND * DAY, self.middle + _AROUND * DAY
        numbers = range(low // DAY, high // DAY)
        found = [reached(number * DAY, self.zone) for number in numbers]
        found += [edge for span in self.plain.spans for edge in span]
        found += changes(self.zone)
        return [at for at in found if low <= at < high]

    @functools.cached_property
    def middle_edges(self) -> list[int]:
        """Those of the edges that lie within a day of the middle, and the middle."""
        return [self.middle, *(at for at in self.edges if abs(at - self.middle) < DAY)]

    def __str__(self) -> str:
        """Return the desk as it can be built again by hand."""
        days = ", ".join(map(str, sorted(self.holidays)))
        week = [[f"{clock(a)}-{clock(b)}" for a, b in day] for day in self.week]
        return f"{week} in {self.zone} closed on [{days}]"


@dataclass(frozen=True)
class Question:
    """An operation on an instant and an amount (for `elapsed` a second instant)."""

    operation: str
    at: int
    amount: int = 0


def clock(minute: int) -> str:
    """Return a minute of a day as texts of hours have it; past midnight that of the next day."""
    minute = minute if minute <= 1440 else minute - 1440
    return f"{minute // 60:02}:{minute % 60:02}"


@functools.cache
def changes(zone: ZoneInfo) -> tuple[int, ...]:
    """Return the instants of the years tried at which the clock of a zone changes."""
    first, last = (day_number(dt.date(year, 1, 1)) for year in (YEARS[0], YEARS[1] + 1))
    edges = [number * DAY for number in range(first, last)]
    pairs = itertools.pairwise(edges)
    return tuple(jump(a, b, zone) for a, b in pairs if offset(a, zone) != offset(b, zone))


def desk(rng: random.Random) -> Desk:
    """Return a desk whose window lies around a clock change where its zone has any."""
    zone = ZoneInfo(rng.choice(ZONES))
    day = rng.randrange(*(day_number(dt.date(year, 6, 1)) for year in YEARS)) * DAY
    middle = rng.choice(changes(zone) or [day]) if rng.random() < 0.8 else day
    daily, week = _week(rng)
    near = [date_of(middle // DAY + rng.randint(-14, 14)) for _ in range(rng.choice([0, 1, 3, 5]))]
    near += [date_of(middle // DAY)] if rng.random() < 0.2 else []
    # An answer past the last holiday of a desk that is always open would leave the window.
    near += [date_of(middle // DAY + _AFTER - 10)] if near else []
    return Desk(zone, week, frozenset(near), middle, daily, rng.random() < 0.5)


def question(rng: random.Random, desk: Desk, operation: str) -> Question:
    """Return a question about a desk; amounts often end where a stretch of hours does."""
    at = _instant(rng, desk)
    if operation not in ("add", "subtract", "elapsed"):
        return Question(operation, at)
    other = _instant(rng, desk)
    if operation == "elapsed":
        at, other = (at, other) if rng.random() < 0.1 else (min(at, other), max(at, other))
        return Question(operation, at, other)
    plain, hour = desk.plain, 60 * MINUTE
    amount = rng.choice([0, 1, hour, *[plain.elapsed(at, other)] * 5])
    if rng.random() < 0.3:
        amount = rng.randrange(plain.elapsed(at, at + _REACH * DAY) + 1)
    if desk.daily and amount and rng.random() < 0.8:
        amount = amount // hour * hour or hour
    return Question(operation, at, amount)


def _instant(rng: random.Random, desk: Desk) -> int:
    if rng.random() < 0.25:
        return desk.middle + rng.randrange(-_AROUND * DAY, _AROUND * DAY)
    at = rng.choice(desk.edges if rng.random() < 0.6 else desk.middle_edges)
    return at + rng.choice(_BESIDE) if rng.random() < 0.8 else at + rng.randrange(-DAY, DAY) // 8


def _week(rng: random.Random) -> tuple[bool, Week]:
    """Return whether all open days keep the same hours, and the week."""
    kind = rng.random()
    if kind < 0.08:
        return False, (((0, 1440),),) * 7
    if kind < 0.35:
        return False, (*(_own_day(rng) for _ in range(6)), ((8 * 60, 17 * 60),))
    ranges = _same_day(rng)
    days = rng.choice([range(5), range(5), range(6), range(7), rng.sample(range(7), 3)])
    return True, tuple(ranges if day in days else () for day in range(7))


def _same_day(rng: random.Random) -> tuple[Range, ...]:
    """Return one to three ranges that neither touch nor overlap, the last perhaps past midnight."""
    unit = rng.choice([60, 60, 60, 30, 5, 1])
    pool = range(0, 1440, unit)
    count = rng.choice([1, 1, 2, 2, 3])
    hot = [minute for minute in _HOT if minute % unit == 0 and minute < 1440]
    cuts = set(rng.sample(hot, min(len(hot), rng.choice([0, 1, 2]))))
    cuts |= set(rng.sample(pool, 2 * count))
    ends = sorted(rng.sample(sorted(cuts), 2 * count))
    if rng.random() < 0.4:
        ends = [*ends[1:], ends[0] + 1440]
    elif rng.random() < 0.3 and ends[0] > 0:
        ends[-1] = 1440
    return tuple(zip(ends[::2], ends[1::2], strict=True))


def _own_day(rng: random.Random) -> tuple[Range, ...]:
    """Return hours for one weekday; a night ends by six, before which only a range from midnight begins."""
    kind = rng.random()
    if kind < 0.2:
        return ()
    if kind < 0.3:
        return ((6 * 60, 1440),)
    minutes = sorted(rng.sample(range(6 * 60, 22 * 60, 15), 4))
    pairs: list[Span] = [(minutes[0], minutes[1]), (minutes[2], minutes[3])]
    if kind < 0.7:
        pairs.append(
            (22 * 60 + rng.choice([0, 30]), 1440 + rng.choice([0, 60, 120, 150, 180, 360]))
        )
    return tuple(pairs[rng.choice([0, 1]) :])
