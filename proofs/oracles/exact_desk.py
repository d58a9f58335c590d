"""An oracle that lists a line's open ranges as exact nanoseconds and counts along them by itself.

Nanoseconds, so that one count answers for tables of every unit.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import date
from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from oracles.offset_runs import first_reading, offset_runs
from oracles.plain_desks import DAY, day_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from oracles.plain_desks import Desk, PlainRule, Promise

NS = 1_000_000_000
BEFORE, AFTER = 10, 60
"""How many days are listed beside the years: no answer of a shipped policy takes longer."""


class Answer(NamedTuple):
    """What a request is promised, in nanoseconds since 1970; `rule` is the place of the rule."""

    due: int
    earliest: int | None
    starts: int
    rule: int


class ExactDesk:
    """A line's dates and open ranges over some local years.

    `start` and `end` are where these begin and end, `edges` where anything may turn: openings,
    closings, midnights and clock changes, up to the last range that is listed.
    """

    def __init__(self, desk: Desk, first_year: int, last_year: int) -> None:
        first, end = day_number(date(first_year, 1, 1)), day_number(date(last_year + 1, 1, 1))
        self._first, after = first - BEFORE, end + AFTER
        runs = offset_runs(desk.zone, (self._first - 2) * DAY, (after + 3) * DAY)
        self._begins = cache(lambda day: first_reading(runs, day * DAY) * NS)
        self._midnights = [self._begins(day) for day in range(self._first, after)]
        self.start, self.end = self._begins(first), self._begins(end)
        ranges: list[tuple[int, int]] = []
        for day in range(self._first, after):
            for opens, closes in desk.week[(day + 3) % 7]:  # day 0 was a Thursday
                walls = (day * DAY + opens, day * DAY + closes)
                span = tuple(first_reading(runs, wall) * NS for wall in walls)
                ranges += self._without(
                    span, [each for each in (day, day + 1) if each in desk.closed]
                )
        self._opens, self._closes = _joined(ranges)
        lengths = (close - opens for opens, close in zip(self._opens, self._closes, strict=True))
        self._totals = [0, *accumulate(lengths)]
        edges = {*self._opens, *self._closes, *self._midnights, *(run.begin * NS for run in runs)}
        self.edges = {edge for edge in edges if edge < self._opens[-1]}

    def _without(self, span: tuple[int, ...], closed: list[int]) -> Iterator[tuple[int, int]]:
        """Yield what closed dates, in order, leave of a span."""
        begin, end = span
        for day in closed:
            midnight, following = self._begins(day), self._begins(day + 1)
            if begin < min(end, midnight):
                yield begin, min(end, midnight)
            begin = max(begin, following)
        if begin < end:
            yield begin, end

    def day(self, at: int) -> int:
        """Return the last date begun by an instant, as days since 1970."""
        return self._first + bisect_right(self._midnights, at) - 1

    def is_open(self, at: int) -> bool:
        """Return whether an instant lies in a range: at its opening, not at its closing."""
        place = bisect_right(self._opens, at) - 1
        return place >= 0 and at < self._closes[place]

    def next_open(self, at: int) -> int:
        """Return the earliest open instant at or after `at`."""
        return at if self.is_open(at) else self._opens[bisect_right(self._opens, at)]

    def open_time(self, at: int) -> int:
        """Return the open time from the first range to an instant."""
        place = bisect_right(self._opens, at) - 1
        if place < 0:
            return 0
        return self._totals[place] + min(at, self._closes[place]) - self._opens[place]

    def earliest_with(self, time: int) -> int:
        """Return the earliest instant until which so much has been open since the first range."""
        place = bisect_left(self._totals, time) - 1
        return self._opens[place] + time - self._totals[place]

    def latest_with(self, time: int) -> int:
        """Return the latest instant until which no more has been open since the first range."""
        place = bisect_right(self._totals, time) - 1
        return self._opens[place] + time - self._totals[place]

    def add(self, at: int, amount: int) -> int:
        """Return the earliest instant by which so much open time has passed since `at`."""
        return self.earliest_with(self.open_time(at) + amount) if amount else at

    def subtract(self, at: int, amount: int) -> int:
        """Return the latest instant from which so much open time passes until `at`."""
        return self.latest_with(self.open_time(at) - amount) if amount else at

    def answer(self, promise: Promise, at: int) -> Answer:
        """Return what is promised; raises `StopIteration` where no rule holds."""
        day, priority = self.day(at), promise.priority
        place, rule = next(
            (place, rule)
            for place, rule in enumerate(promise.rules)
            if _holds(rule, day) and (rule.priorities is None or priority in rule.priorities)
        )
        starts = self.next_open(at) if rule.business else at
        due, earliest = self._after(rule, at, rule.within), None
        if rule.earliest is not None:
            earliest = min(max(self._after(rule, at, rule.earliest), starts), due)
        return Answer(due, earliest, starts, place)

    def _after(self, rule: PlainRule, at: int, micros: int) -> int:
        return self.add(at, micros * 1_000) if rule.business else at + micros * 1_000


def _holds(rule: PlainRule, day: int) -> bool:
    if rule.weekdays is None or rule.dates is None:
        return True
    return (day + 3) % 7 in rule.weekdays or day in rule.dates


def _joined(ranges: list[tuple[int, int]]) -> tuple[list[int], list[int]]:
    """Return where ranges open and where they close, those that touch as one."""
    opens: list[int] = []
    closes: list[int] = []
    for begin, end in sorted(ranges):
        if closes and closes[-1] == begin:
            closes[-1] = end
        else:
            opens.append(begin)
            closes.append(end)
    return opens, closes
