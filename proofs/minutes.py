"""Every minute of ten years under every line of every shipped policy, against cells of one minute.

Nothing is sampled: a wrong holiday, weekday or edge of the hours of any of these days is met.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import lru_cache, partial
from itertools import pairwise
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import numpy as np

from oracles.cells import SECOND, THURSDAY, Cells, latest_shown, open_cells
from oracles.plain_desks import (
    DAY,
    EPOCH,
    MICROSECOND,
    NotCountedError,
    day_number,
    desks,
)
from support_sla import Clock, compute_deadline, load_policy, shipped_policies
from tally import Tally

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from figure import Figure
    from oracles.cells import Numbers
    from oracles.plain_desks import Desk, PlainRule, Promise

MINUTE = 60
SPAN = date(2024, 1, 1), date(2034, 1, 1)
QUICK_SPAN = date(2026, 2, 10), date(2026, 3, 1)
"""Tết and the working days beside it."""

BEFORE, AFTER = 3, 60
"""How many days of cells there are before and after: no answer of a shipped policy takes longer."""

AT_ONCE = 100_000
NONE = -1
"""No earliest instant, where all are numbers."""


def figures(*, quick: bool) -> Iterator[Figure]:
    first, end = QUICK_SPAN if quick else SPAN
    told = f"every minute from {first} to before {end}, every shipped"
    deadlines = Tally(f"{told} promise: due, earliest, start and rule")
    clocks = Tally(f"{told} line: open or not, next opening, open time so far")
    for name in shipped_policies():
        asked = set()
        for desk in desks(load_policy(name), first.year, end.year):
            minutes = _Minutes(desk, first, end)
            for promise in desk.promises:
                _try_deadlines(minutes, promise, deadlines)
            clock = Clock.of(desk.policy, department=desk.department, channel=desk.channel)
            alike = desk.zone, desk.week, desk.closed, clock
            if alike not in asked:  # by the facts and by the library: it would be the same run
                asked.add(alike)
                _try_clock(minutes, clock, clocks)
    yield deadlines.figure()
    yield clocks.figure()


class _Minutes:
    """A line's cells of one minute, and the instants that are asked about."""

    def __init__(self, desk: Desk, first: date, end: date) -> None:
        self.desk = desk
        days = range(day_number(first), day_number(end))
        begin = (days.start - BEFORE) * DAY
        shown = _shown(desk.zone, begin, (days.stop + AFTER) * DAY)
        self.cells = Cells(
            begin * SECOND, MINUTE * SECOND, open_cells(shown, MINUTE, desk.week, desk.closed)
        )
        dates = shown // DAY
        places = np.flatnonzero((dates >= days.start) & (dates < days.stop))
        self.dates: Numbers = dates[places]
        self.at: Numbers = (begin + places * MINUTE) * SECOND

    def chunks(self) -> Iterator[slice]:
        """Yield slices of the instants: what is made of one is dropped before the next."""
        edges = [*range(0, len(self.at), AT_ONCE), len(self.at)]
        return (slice(first, end) for first, end in pairwise(edges))

    def asked(self, part: slice) -> Iterator[datetime]:
        """Yield the instants of a part as datetimes in UTC."""
        first, count, minute = int(self.at[part][0]), len(self.at[part]), timedelta(minutes=1)
        moment = EPOCH + first * MICROSECOND
        for _ in range(count):
            yield moment
            moment += minute


@lru_cache(maxsize=4)
def _shown(zone: str, begin: int, end: int) -> Numbers:
    """Return the latest reading shown at each minute."""
    clock, second, seconds = ZoneInfo(zone), timedelta(seconds=1), range(begin, end, MINUTE)
    offsets = (datetime.fromtimestamp(at, clock).utcoffset() // second for at in seconds)
    return latest_shown(
        np.array(seconds, dtype=np.int64), np.fromiter(offsets, np.int64, len(seconds))
    )


def _expected(minutes: _Minutes, promise: Promise) -> Numbers:
    """Return due, earliest, start and rule of every minute, a column each, by counting cells."""
    undecided = np.ones(len(minutes.at), dtype=np.bool)
    found = np.empty((len(minutes.at), 4), dtype=np.int64)
    for place, rule in enumerate(promise.rules):
        holds = undecided & _holds(rule, promise, minutes.dates)
        undecided &= ~holds
        at = minutes.at[holds]
        after = minutes.cells.add if rule.business else np.add
        starts, due = minutes.cells.next_open(at) if rule.business else at, after(at, rule.within)
        earliest: Numbers | int = NONE
        if rule.earliest is not None:
            earliest = np.clip(after(at, rule.earliest), starts, due)
        for column, values in enumerate((due, earliest, starts, place)):
            found[holds, column] = values
    if np.any(undecided):
        raise NotCountedError(f"{minutes.desk}: an instant at which no rule holds")
    return found


def _holds(rule: PlainRule, promise: Promise, dates: Numbers) -> NDArray[np.bool]:
    if rule.priorities is not None and promise.priority not in rule.priorities:
        return np.zeros(len(dates), dtype=np.bool)
    if rule.weekdays is None or rule.dates is None:
        return np.ones(len(dates), dtype=np.bool)
    return np.isin((dates + THURSDAY) % 7, [*rule.weekdays]) | np.isin(dates, [*rule.dates])


def _try_deadlines(minutes: _Minutes, promise: Promise, tally: Tally) -> None:
    desk, expected = minutes.desk, _expected(minutes, promise)
    line = {"department": desk.department, "channel": desk.channel}
    ask = partial(
        compute_deadline, desk.policy, **line, priority=promise.priority, metric=promise.metric
    )
    places = {rule.name: place for place, rule in enumerate(promise.rules)}

    def answers(part: slice) -> Iterator[tuple[int, int, int, int]]:
        for moment in minutes.asked(part):
            found = ask(moment)
            earliest = found.earliest_at
            yield (
                (found.due_at - EPOCH) // MICROSECOND,
                NONE if earliest is None else (earliest - EPOCH) // MICROSECOND,
                (found.starts_at - EPOCH) // MICROSECOND,
                places[found.target.name],
            )

    def say(place: int, found: Numbers) -> str:
        said, counted = (_told(promise, answer) for answer in (found, expected[place]))
        asked = f"{desk}, {promise.metric}, priority {promise.priority}"
        at = _moment(minutes.at[place])
        return f"{asked}, sent {at}: the library says {said}; the oracle says {counted}"

    for part in minutes.chunks():
        found = np.fromiter(answers(part), np.dtype((np.int64, 4)))
        tally.cases += len(found)
        for row in np.flatnonzero((found != expected[part]).any(axis=1)):
            tally.wrong(say, part.start + row, found[row])


def _try_clock(minutes: _Minutes, clock: Clock, tally: Tally) -> None:
    cells = minutes.cells
    origin = EPOCH + int(minutes.at[0]) * MICROSECOND
    so_far = int(cells.open_time(minutes.at[:1])[0])

    def answers(part: slice) -> Iterator[tuple[int, int, int]]:
        is_open, next_open, between = clock.is_open, clock.next_open, clock.between
        for moment in minutes.asked(part):
            yield (
                is_open(moment),
                (next_open(moment) - EPOCH) // MICROSECOND,
                between(origin, moment) // MICROSECOND,
            )

    def say(place: int, found: Numbers, expected: Numbers) -> str:
        said, counted = (
            f"open {bool(is_open)}, next opening {_moment(opens)}, open so far {elapsed / 6e7} min"
            for is_open, opens, elapsed in (found, expected)
        )
        at = _moment(minutes.at[place])
        return f"{minutes.desk}, at {at}: the library says {said}; the oracle says {counted}"

    for part in minutes.chunks():
        at = minutes.at[part]
        expected = np.stack(
            [cells.is_open(at), cells.next_open(at), cells.open_time(at) - so_far], axis=1
        )
        found = np.fromiter(answers(part), np.dtype((np.int64, 3)))
        tally.cases += found.size
        for row in np.flatnonzero((found != expected).any(axis=1)):
            tally.wrong(say, part.start + row, found[row], expected[row])


def _told(promise: Promise, answer: Numbers) -> str:
    due, earliest, starts, place = (int(each) for each in answer)
    rule, soonest = promise.rules[place].name, "-" if earliest == NONE else _moment(earliest)
    return f"due {_moment(due)}, earliest {soonest}, start {_moment(starts)}, rule {rule!r}"


def _moment(at: int) -> str:
    return (EPOCH + int(at) * MICROSECOND).isoformat()
