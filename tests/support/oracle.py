"""What every answer of `support_sla` must be, found by marking cells of time open and counting them.

It shares no code with the package: slow, literal, standard library only. One idea
carries it: the *shown* reading of an instant is the latest one the local clock has shown up to
then. A boundary has happened exactly when the shown reading is at it or past it, and the local date
is the date of the shown reading (position 4). While clocks repeat an hour it stands still.

Instants come out as datetimes in UTC, durations are integer microseconds, a limit counts days from
the instant asked about. What is not found within the limit is None.
"""

import re
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import accumulate
from math import gcd
from zoneinfo import ZoneInfo

Range = tuple[int, int]  # half-open; in a desk, seconds since its date's midnight, up to 172800
DAY = 86_400
MINUTE = 60
MICROSECOND = timedelta(microseconds=1)
DAY_IN_MICROSECONDS = DAY * 1_000_000
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
EPOCH_DATE = date(1970, 1, 1)


@dataclass(frozen=True, eq=False)  # equal by identity, so that counting can be remembered
class Desk:
    zone: str
    weekly: dict[int, tuple[Range, ...]]  # the ranges that start on a weekday; 0 is Monday
    given: dict[date, tuple[Range, ...]]  # replace the weekly ranges that start on the date
    ruled: dict[date, tuple[Range, ...]]  # the same, but cut as the weekly ones they replace
    closed: frozenset[date]  # whole dates that cut every weekly or ruled range
    partly: dict[date, tuple[Range, ...]]  # closures that cut everything


@dataclass(frozen=True)
class Rule:
    name: str
    days: frozenset[int] | None  # weekdays; None: no `days` condition; empty: only `dates`
    dates: frozenset[date]  # what its calendars close, wholly or partly
    priorities: frozenset[str] | None
    earliest: int | None
    within: int
    business: bool

    def __post_init__(self) -> None:
        assert self.days is not None or not self.dates, "dates without days: use days=frozenset()"


@dataclass(frozen=True)
class Answer:
    starts_at: datetime
    earliest_at: datetime | None
    due_at: datetime
    name: str


def _microseconds(at: datetime) -> int:
    return (at - EPOCH) // MICROSECOND


def _instant(microseconds: int) -> datetime:
    return EPOCH + microseconds * MICROSECOND


# --- What the local clock shows: position 4 ---


def _reading(clock: ZoneInfo, second: int) -> int:
    """Return what the local clock reads at a second since 1970, in seconds since its own 1970."""
    reading = datetime.fromtimestamp(second, clock).replace(tzinfo=UTC)
    return (reading - EPOCH) // timedelta(seconds=1)


@lru_cache(maxsize=400)
def _readings(zone: str, day: int) -> Sequence[int]:
    """Return the clock's reading at each minute of a UTC day; each second if one is broken."""
    # A whole minute begins at a whole reading, and its last second reads 59 seconds more.
    clock = ZoneInfo(zone)
    minutes = range(day * DAY, (day + 1) * DAY, MINUTE)
    first, last = _reading(clock, day * DAY), _reading(clock, (day + 1) * DAY - 1)
    if last - first == DAY - 1 and first % MINUTE == 0:  # no zone goes forth and back in one day
        return range(first, first + DAY, MINUTE)
    readings = array("q", (_reading(clock, minute) for minute in minutes))
    for minute, reading in zip(minutes, readings, strict=True):
        if reading % MINUTE or _reading(clock, minute + 59) != reading + 59:
            return array("q", (_reading(clock, day * DAY + second) for second in range(DAY)))
    return readings


@lru_cache(maxsize=400)
def _shown(zone: str, day: int, width: int) -> Sequence[int]:
    """Return the latest reading shown so far, at each cell of a UTC day, at most `width` wide."""
    # Offsets lie between -24 and +24 hours: no reading of 48 hours ago can still be ahead.
    before, yesterday, today = (_readings(zone, day - back) for back in (2, 1, 0))
    earlier = max(max(past) + DAY // len(past) - 1 for past in (before, yesterday))
    if isinstance(today, range) and earlier < today.start:
        return range(today.start, today.stop, width)
    finer = [reading + more for reading in today for more in range(0, DAY // len(today), width)]
    return array("q", list(accumulate(finer, max, initial=earlier))[1:])


def local_date(zone: str, at: datetime) -> date:
    """Return the last local date begun at or before an instant."""
    (day,) = _local_dates(zone, _microseconds(at), _microseconds(at) + 1)
    return day


def _local_dates(zone: str, start: int, end: int) -> set[date]:
    """Return the local dates of every cell of a stretch, which lies in one UTC day."""
    day, into_day = divmod(start, DAY_IN_MICROSECONDS)
    shown = _shown(zone, day, MINUTE)
    width = DAY_IN_MICROSECONDS // len(shown)
    after = -((start - into_day - end) // width)
    return {
        EPOCH_DATE + timedelta(days=number)
        for number in {reading // DAY for reading in shown[into_day // width : after]}
    }


def date_start(zone: str, day: date) -> datetime:
    """Return the first instant at which the local clock reads a date's midnight or later."""
    number = (day - EPOCH_DATE).days
    return next(
        EPOCH + timedelta(days=utc_day, seconds=cell * (DAY // len(shown)))
        for utc_day in (number - 1, number, number + 1)  # an offset is less than a day
        for shown in [_shown(zone, utc_day, MINUTE)]
        for cell, reading in enumerate(shown)
        if reading >= number * DAY
    )


# --- Which cells are open: positions 6 and 7 ---


def _hours_of(desk: Desk, number: int) -> tuple[list[Range], list[Range]]:
    """Return the openings and the closures of a date, those of the evening before among them."""
    today, yesterday = (EPOCH_DATE + timedelta(days=number - back) for back in (0, 1))

    def over_today(start_on: Callable[[date], Sequence[Range]]) -> list[Range]:
        return [*start_on(today), *((a - DAY, b - DAY) for a, b in start_on(yesterday))]

    given = over_today(lambda day: desk.given.get(day, ()))

    def ordinary(day: date) -> Sequence[Range]:
        weekly = desk.weekly.get(day.weekday(), ())
        return () if day in desk.given else desk.ruled.get(day, weekly)

    weekly = over_today(ordinary)
    openings = given if today in desk.closed else given + weekly
    return openings, over_today(lambda day: desk.partly.get(day, ()))


@lru_cache(maxsize=400)
def _open_seconds(desk: Desk, number: int) -> bytes:
    """Return one byte, 1 when open, for each second that a clock may read on a date."""
    openings, closures = _hours_of(desk, number)
    seconds = bytearray(DAY)
    for ranges, byte in ((openings, b"\1"), (closures, b"\0")):
        for start, end in ranges:
            first, after = (min(max(edge, 0), DAY) for edge in (start, end))
            seconds[first:after] = byte * (after - first)
    return bytes(seconds)


@lru_cache(maxsize=1000)
def _cells(desk: Desk, day: int) -> bytes:
    """Return one byte, 1 when open, for each cell of a UTC day; edges fall between cells only."""
    special = (desk.given, desk.ruled, desk.partly)
    hours = [*desk.weekly.values(), *(ranges for days in special for ranges in days.values())]
    width = gcd(MINUTE, *(edge for ranges in hours for edges in ranges for edge in edges))
    shown = _shown(desk.zone, day, width)
    cells = bytearray()
    for number in range(shown[0] // DAY, shown[-1] // DAY + 1):  # what is shown never falls
        first, after = (bisect_left(shown, midnight * DAY) for midnight in (number, number + 1))
        is_open, midnight = _open_seconds(desk, number), number * DAY
        readings = shown[first:after]
        if isinstance(readings, range):
            cells += is_open[readings.start - midnight : readings.stop - midnight : readings.step]
        else:
            cells += bytes(is_open[reading - midnight] for reading in readings)
    return bytes(cells)


def _stretches(desk: Desk, start: int, end: int, step: int = 1) -> Iterator[Range]:
    """Yield runs of open cells clipped to [start, end), in microseconds; a step of -1: last first.

    No run is longer than its UTC day.
    """
    for day in range(start // DAY_IN_MICROSECONDS, -(-end // DAY_IN_MICROSECONDS))[::step]:
        cells = _cells(desk, day)
        width, midnight = DAY_IN_MICROSECONDS // len(cells), day * DAY_IN_MICROSECONDS
        for run in list(re.finditer(b"\1+", cells))[::step]:
            begin, finish = (midnight + cell * width for cell in run.span())
            if begin < end and start < finish:
                yield max(begin, start), min(finish, end)


# --- Counting: positions 3 and 5 ---


def is_open(desk: Desk, at: datetime) -> bool:
    moment = _microseconds(at)
    return any(_stretches(desk, moment, moment + 1))


def next_open(desk: Desk, at: datetime, limit_days: int) -> datetime | None:
    """Return the first open instant at or after `at`."""
    start = _microseconds(at)
    found = _stretches(desk, start, start + limit_days * DAY_IN_MICROSECONDS)
    return next((_instant(begin) for begin, _ in found), None)


def between(desk: Desk, start: datetime, end: datetime) -> int:
    """Return the open microseconds from `start` to `end`, negative when `end` comes first."""
    first, last = _microseconds(start), _microseconds(end)
    found = _stretches(desk, min(first, last), max(first, last))
    return sum(finish - begin for begin, finish in found) * (1 if first <= last else -1)


def add(desk: Desk, at: datetime, amount: int, limit_days: int) -> datetime | None:
    """Return the earliest instant from `at` on by which `amount` of open time has passed."""
    if amount <= 0:
        return subtract(desk, at, -amount, limit_days) if amount else at.astimezone(UTC)
    start = _microseconds(at)
    for begin, finish in _stretches(desk, start, start + limit_days * DAY_IN_MICROSECONDS):
        if finish - begin >= amount:
            return _instant(begin + amount)
        amount -= finish - begin
    return None


def subtract(desk: Desk, at: datetime, amount: int, limit_days: int) -> datetime | None:
    """Return the latest instant up to `at` since which `amount` of open time has passed."""
    if amount <= 0:
        return add(desk, at, -amount, limit_days) if amount else at.astimezone(UTC)
    end = _microseconds(at)
    for begin, finish in _stretches(desk, end - limit_days * DAY_IN_MICROSECONDS, end, step=-1):
        if finish - begin >= amount:
            return _instant(finish - amount)
        amount -= finish - begin
    return None


# --- Targets: positions 11 to 13 ---


@lru_cache(maxsize=100)
def _never_closed(zone: str) -> Desk:
    return Desk(zone, dict.fromkeys(range(7), ((0, DAY),)), {}, {}, frozenset(), {})


@dataclass(frozen=True)
class _Line:
    desk: Desk
    rules: Sequence[Rule]
    priority: str | None
    limit_days: int

    def rule_of(self, day: date) -> Rule | None:
        for rule in self.rules:
            on_day = rule.days is None or day.weekday() in rule.days or day in rule.dates
            if on_day and (rule.priorities is None or self.priority in rule.priorities):
                return rule
        return None

    def advance(self, rule: Rule, at: datetime, amount: int) -> datetime | None:
        """Return when the rule's own clock has advanced by `amount`."""
        by_calendar = at.astimezone(UTC) + amount * MICROSECOND
        return add(self.desk, at, amount, self.limit_days) if rule.business else by_calendar

    def overlap(self, literal: Rule, at: datetime, due: datetime) -> tuple[Rule, datetime | None]:
        """Return the rule with the latest due of all dates ticked; None when past the limit."""
        desk = self.desk if literal.business else _never_closed(self.desk.zone)
        ticks = _stretches(desk, _microseconds(at), _microseconds(due))
        dates = {day for stretch in ticks for day in _local_dates(desk.zone, *stretch)}
        rules = [rule for rule in map(self.rule_of, sorted(dates)) if rule] or [literal]
        dues = [self.advance(rule, at, rule.within) for rule in rules]
        if None in dues:
            return literal, None
        tied = [rule for rule, its_due in zip(rules, dues, strict=True) if its_due == max(dues)]
        return (literal if literal in tied else tied[0]), max(dues)

    def in_order(self, literal: Rule, at: datetime, due: datetime) -> tuple[Rule, datetime]:
        """Return the rule with the earliest due of `at` and of every later date's first instant."""
        best, best_due = literal, due
        day, start = local_date(self.desk.zone, at), at
        while start <= due:
            rule = self.rule_of(day) if local_date(self.desk.zone, start) == day else None
            its_due = self.advance(rule, start, rule.within) if rule else None
            if its_due and its_due < best_due:
                best, best_due = rule, its_due
            day += timedelta(days=1)
            start = date_start(self.desk.zone, day)
        return best, best_due


def answer(
    desk: Desk,
    rules: Sequence[Rule],
    at: datetime,
    priority: str | None,
    crossing: str,
    limit_days: int,
) -> Answer | None:
    """Return the deadline of a ticket submitted at `at`; None when no rule or no instant fits."""
    line = _Line(desk, rules, priority, limit_days)
    rule = line.rule_of(local_date(desk.zone, at))
    due = line.advance(rule, at, rule.within) if rule else None
    if due and crossing != "submission":
        rule, due = {"overlap": line.overlap, "in_order": line.in_order}[crossing](rule, at, due)
    starts_at = next_open(desk, at, limit_days) if rule and rule.business else at.astimezone(UTC)
    if not (due and starts_at):
        return None
    earliest_at = None
    if rule.earliest is not None:
        earliest_at = line.advance(rule, at, rule.earliest) or due  # past the limit is past `due`
        earliest_at = min(max(earliest_at, starts_at), due)
    return Answer(starts_at, earliest_at, due, rule.name)
