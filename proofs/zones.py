"""Every zone and every clock change from 1970 to 2040, with hours that straddle it.

A clock change is where an hour is missing or comes twice. The oracle marks cells of what the local
clock has shown so far, in some days around the change, and counts them.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache, partial
from itertools import groupby, pairwise
from math import gcd
from typing import TYPE_CHECKING
from zoneinfo import available_timezones

import numpy as np

from oracles.cells import SECOND, Cells, latest_shown, open_cells
from oracles.change_hours import EACH_DAY_OTHERS, NIGHT, ROUND_THE_CLOCK, hours_at, text_of
from oracles.offset_runs import offset_runs
from oracles.plain_desks import DAY, EPOCH, MICROSECOND
from support_sla import Clock, HolidayCalendar, Schedule, SpecialDay
from tally import Tally

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from figure import Figure
    from oracles.cells import Numbers
    from oracles.offset_runs import Run
    from oracles.plain_desks import Week

YEARS = 1970, 2040
QUICK_YEARS = 2006, 2012
QUICK_ZONES = (
    "Africa/Cairo",  # at midnight
    "Africa/Casablanca",  # twice a year and back for a month
    "America/New_York",
    "America/Santiago",  # back at midnight, over the date
    "America/St_Johns",  # back at one minute past midnight
    "Australia/Lord_Howe",  # by half an hour
    "Pacific/Apia",  # by a day
)
AROUND = 7
"""How many days of cells there are before and after a change; a question past them raises."""

HOUR = 3_600 * SECOND
ORIGIN = 3 * 24 * HOUR
"""How long before a change open time is counted from."""


@dataclass(frozen=True)
class _Change:
    """A change `at` a second: what the clock would have read, what it reads, and what it has shown.

    `shown` are the latest readings at cells of `width` seconds from `begin` on.
    """

    at: int
    before: int
    after: int
    begin: int
    width: int
    shown: Numbers

    @property
    def date(self) -> int:
        """The last local date begun by then, as days since 1970."""
        return int(self.shown[(self.at - self.begin) // self.width]) // DAY

    def asked(self) -> Numbers:
        """Return the instants to ask about, in microseconds.

        They are the change and what it skips or repeats, each with a microsecond to either side, and
        instants some minutes, some hours and a day away.
        """
        at, shift = self.at * SECOND, abs(self.after - self.before) * SECOND
        turns = (at - shift, at, at + shift)
        away = (17 * 60 * SECOND, 3 * HOUR + 7 * 60 * SECOND, 25 * HOUR)
        near = {turn + step for turn in turns for step in (-1, 0, 1)}
        return np.array(sorted(near | {at + side * far for far in away for side in (-1, 1)}))


def figures(*, quick: bool) -> Iterator[Figure]:
    first, last = QUICK_YEARS if quick else YEARS
    begin, end = (int(datetime(year, 1, 1, tzinfo=UTC).timestamp()) for year in (first, last + 1))
    alike: defaultdict[tuple[Run, ...], list[str]] = defaultdict(list)
    for zone in QUICK_ZONES if quick else sorted(available_timezones()):
        alike[offset_runs(zone, begin - AROUND * DAY, end + AROUND * DAY)].append(zone)
    inside = {runs: sum(begin <= run.begin < end for run in runs[1:]) for runs in alike}
    count = sum(len(alike[runs]) * changes for runs, changes in inside.items())
    told = f"{count:,} clock changes of {sum(map(len, alike.values()))} zones, {first} to {last}"
    distinct = sum(map(bool, inside.values()))
    full = Tally(
        f"{told}: clocks of hours around each, for {distinct} zones that change unlike others"
    )
    again = Tally(f"{told}: the same in short, for zones that change as one of these does")
    for runs, (name, *others) in alike.items():
        if not inside[runs]:
            continue
        changes = [change for change in _changes(runs) if begin <= change.at < end]
        _Zone(name, changes).tried(full)
        for other in others:
            _Zone(other, changes).tried(again, most=1)
    yield from (each.figure() for each in (full, again) if each is full or not quick)


def _changes(runs: Sequence[Run]) -> Iterator[_Change]:
    """Yield the changes that have all their days of cells inside the runs."""
    begins = [run.begin for run in runs]
    offsets = np.array([run.offset for run in runs])
    for last, run in pairwise(runs):
        at, before, after = run.begin, run.begin + last.offset, run.begin + run.offset
        begin, end = at - AROUND * DAY, at + AROUND * DAY
        if begin < runs[0].begin or end > runs[-1].end:
            continue
        near = [each for each in runs if each.begin < end and begin < each.end]
        turns = [each.begin for each in near[1:]]
        width = gcd(60, (before + after) // 2, *turns, *(each.offset for each in near))
        seconds = np.arange(begin, end, width)
        run_of = np.searchsorted(begins, seconds, side="right") - 1
        yield _Change(at, before, after, begin, width, latest_shown(seconds, offsets[run_of]))


class _Zone:
    """A zone with its changes, and the clocks of hours that straddle them."""

    def __init__(self, name: str, changes: Sequence[_Change]) -> None:
        self._name, self._changes = name, changes
        self._closed = frozenset(change.date for change in changes)
        dates = [EPOCH.date() + timedelta(days=number) for number in sorted(self._closed)]
        self._holidays = HolidayCalendar(
            years=(dates[0].year - 1, dates[-1].year + 1),
            days=[SpecialDay(date=each, name="clock change") for each in dates],
        )

    def tried(self, tally: Tally, most: int | None = None) -> None:
        """Try each change with all hours that straddle it, or with the first so many."""
        for _, changes in groupby(self._changes, lambda change: _moment(change.at * SECOND).year):
            clock_of = cache(self._clock)  # a clock that lasted for all years would compile all
            for change in changes:
                own = hours_at(change.before, change.after)
                for week in (*own, NIGHT, EACH_DAY_OTHERS, ROUND_THE_CLOCK)[:most]:
                    self._try(change, clock_of(week), week, frozenset(), tally)
                clock = clock_of(ROUND_THE_CLOCK, self._holidays)
                self._try(change, clock, ROUND_THE_CLOCK, self._closed, tally)

    def _clock(self, week: Week, *calendars: HolidayCalendar) -> Clock:
        return Clock(Schedule(text_of(week)), timezone=self._name, calendars=calendars)

    def _try(
        self, change: _Change, clock: Clock, week: Week, closed: frozenset[int], tally: Tally
    ) -> None:
        marks = open_cells(change.shown, change.width, week, closed)
        cells = Cells(change.begin * SECOND, change.width * SECOND, marks)
        at, origin = change.asked(), change.at * SECOND - ORIGIN
        since = partial(clock.between, _moment(origin))
        so_far = cells.open_time(np.array([origin]))
        questions: list[tuple[str, Callable[[datetime], object], Numbers]] = [
            ("open", clock.is_open, cells.is_open(at)),
            ("next opening", clock.next_open, cells.next_open(at)),
            (f"open time since {_moment(origin)}", since, cells.open_time(at) - so_far),
        ]
        more_than_a_day = sum(end - begin for begin, end in week[0]) * SECOND + 60 * SECOND
        for amount in (1, more_than_a_day):
            span = amount * MICROSECOND
            questions += [
                (f"plus {span}", partial(_add, clock, span), cells.add(at, amount)),
                (f"minus {span}", partial(_subtract, clock, span), cells.subtract(at, amount)),
            ]
        moments = [_moment(each) for each in at]
        for question, ask, counted in questions:
            for moment, expected in zip(moments, counted.tolist(), strict=True):
                said = ask(moment)
                if _number(said) != expected:
                    hours = f"{text_of(week)}{', closed on dates of changes' if closed else ''}"
                    asked = f"{self._name}, {hours}, {question} at {moment.isoformat()}"
                    tally.wrong(_sentence, asked, said, expected)
        tally.cases += len(questions) * len(at)


def _add(clock: Clock, amount: timedelta, at: datetime) -> datetime:
    return clock.add(at, amount)


def _subtract(clock: Clock, amount: timedelta, at: datetime) -> datetime:
    return clock.subtract(at, amount)


def _number(said: object) -> object:
    if isinstance(said, datetime):
        return (said - EPOCH) // MICROSECOND
    return said // MICROSECOND if isinstance(said, timedelta) else said


def _sentence(asked: str, said: object, expected: int) -> str:
    counted: object = expected
    if not isinstance(said, bool):
        span = expected * MICROSECOND
        counted = span if isinstance(said, timedelta) else EPOCH + span
    return f"{asked}: the library says {said}; the oracle says {counted}"


def _moment(at: int) -> datetime:
    return EPOCH + int(at) * MICROSECOND
