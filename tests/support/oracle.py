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
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import accumulate, islice
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
class Days:
    count: int
    by: int | None  # seconds since the date's midnight; None: its closing
    cutoff: int | None


@dataclass(frozen=True, eq=False)
class Rule:
    name: str
    days: frozenset[int] | None  # weekdays; None: no `days` condition; empty: only `dates`
    dates: frozenset[date]  # what its calendars close, wholly or partly
    priorities: frozenset[str] | None
    earliest: int | None
    within: int | Days
    business: bool
    attributes: dict[str, frozenset[str]] = field(default_factory=dict)
    open: bool | None = None  # whether the line's own desk is
    times: tuple[Range, ...] | None = None  # seconds since the date's midnight
    desk: Desk | None = None  # the hours it is counted on; None: the line's

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
    return EPOCH_DATE + timedelta(days=_shown_at(zone, at) // DAY)


def shown_second(zone: str, at: datetime) -> int:
    """Return the second of its local date that the clock shows at an instant."""
    return _shown_at(zone, at) % DAY


def _shown_at(zone: str, at: datetime) -> int:
    """Return the latest reading shown up to an instant, in whole seconds."""
    day, into_day = divmod(_microseconds(at), DAY_IN_MICROSECONDS)
    return _shown(zone, day, 1)[into_day // 1_000_000]


def date_start(zone: str, day: date) -> datetime:
    """Return the first instant at which the local clock reads a date's midnight or later."""
    return boundary(zone, day, 0)


@lru_cache(maxsize=4000)
def boundary(zone: str, day: date, second: int) -> datetime:
    """Return the first instant at which the local clock reads a date's second or later."""
    reading = (day - EPOCH_DATE).days * DAY + second
    width, utc_day = gcd(MINUTE, second), reading // DAY
    return next(
        EPOCH + timedelta(days=number, seconds=bisect_left(shown, reading) * (DAY // len(shown)))
        for number in (utc_day - 1, utc_day, utc_day + 1)  # an offset is less than a day
        for shown in [_shown(zone, number, width)]  # what is shown never falls
        if shown[-1] >= reading
    )


# --- Which cells are open: positions 6 and 7 ---


def _ordinary(desk: Desk, day: date) -> Sequence[Range]:
    """Return the ranges that start on a date and that a whole closed date cuts."""
    weekly = desk.weekly.get(day.weekday(), ())
    return () if day in desk.given else desk.ruled.get(day, weekly)


def _hours_of(desk: Desk, number: int) -> tuple[list[Range], list[Range]]:
    """Return the openings and the closures of a date, those of the evening before among them."""
    today, yesterday = (EPOCH_DATE + timedelta(days=number - back) for back in (0, 1))

    def over_today(start_on: Callable[[date], Sequence[Range]]) -> list[Range]:
        return [*start_on(today), *((a - DAY, b - DAY) for a, b in start_on(yesterday))]

    given = over_today(lambda day: desk.given.get(day, ()))
    weekly = over_today(lambda day: _ordinary(desk, day))
    openings = given if today in desk.closed else given + weekly
    return openings, over_today(lambda day: desk.partly.get(day, ()))


@lru_cache(maxsize=400)
def _open_seconds(desk: Desk, number: int) -> bytes:
    """Return one byte, 1 when open, for each second that a clock may read on a date."""
    return _marked(*_hours_of(desk, number))


def _marked(openings: Sequence[Range], closures: Sequence[Range]) -> bytes:
    """Return one byte for each second of a date, 1 in an opening that no closure cuts."""
    seconds = bytearray(DAY)
    for ranges, byte in ((openings, b"\1"), (closures, b"\0")):
        for start, end in ranges:
            first, after = (min(max(edge, 0), DAY) for edge in (start, end))
            seconds[first:after] = byte * (after - first)
    return bytes(seconds)


@lru_cache(maxsize=100)
def _width(desk: Desk) -> int:
    """Return the width in seconds of cells such that every edge of the hours falls between them."""
    special = (desk.given, desk.ruled, desk.partly)
    hours = [*desk.weekly.values(), *(ranges for days in special for ranges in days.values())]
    return gcd(MINUTE, *(edge for ranges in hours for edges in ranges for edge in edges))


@lru_cache(maxsize=1000)
def _cells(desk: Desk, day: int) -> bytes:
    """Return one byte, 1 when open, for each cell of a UTC day; edges fall between cells only."""
    shown = _shown(desk.zone, day, _width(desk))
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


# --- Business days: section 3 of the tickets ---


def written_for(desk: Desk, day: date) -> Sequence[Range]:
    """Return the ranges written for a date: by the week, a rule or the date itself."""
    return desk.given[day] if day in desk.given else _ordinary(desk, day)


@lru_cache(maxsize=2000)
def is_business_day(desk: Desk, day: date) -> bool:
    """Return whether a range written for a date is open at some instant of the date."""
    number = (day - EPOCH_DATE).days
    ordinary = () if day in desk.closed else _ordinary(desk, day)
    _, closures = _hours_of(desk, number)
    is_open = _marked([*desk.given.get(day, ()), *ordinary], closures)
    for utc_day in (number - 1, number, number + 1):
        shown = _shown(desk.zone, utc_day, _width(desk))
        first, after = (bisect_left(shown, midnight * DAY) for midnight in (number, number + 1))
        if any(is_open[reading - number * DAY] for reading in shown[first:after]):
            return True
    return False


def business_days(desk: Desk, first: date, limit_days: int) -> Iterator[date]:
    """Yield the business days from a date on."""
    dates = (first + timedelta(days=step) for step in range(limit_days))
    return (day for day in dates if is_business_day(desk, day))


def closing(desk: Desk, day: date, by: int | None = None) -> datetime | None:
    """Return by when a business day ends; None if none of its open time lies before `by`.

    That is the earliest instant at which the open-time clock reads what it reads at `by`, or at
    the end of the last range written for the date, whichever is earlier.
    """
    ends = [max(end for _, end in written_for(desk, day)), *([] if by is None else [by])]
    mark = _microseconds(min(boundary(desk.zone, day, end) for end in ends))
    date_begins = _microseconds(date_start(desk.zone, day))
    last = next(_stretches(desk, date_begins, mark, step=-1), None)
    return _instant(last[1]) if last else None


def _due_of(desk: Desk, day: date, by: int | None, limit_days: int) -> datetime | None:
    """Return the due of a business day: never before that of an earlier one."""
    for each in business_days(desk, day, limit_days):
        if closing(desk, each, by):
            # A range ends at most 48 hours after its date begins, or so on the shown clock.
            before = business_days(desk, each - timedelta(days=4), 5)
            return max(due for due in (closing(desk, one, by) for one in before) if due)
    return None


def received(desk: Desk, promise: Days, at: datetime, limit_days: int) -> date | None:
    """Return the date from which business days are counted: of the submission, or received."""
    today = local_date(desk.zone, at)
    if promise.cutoff is None:
        return today
    if is_business_day(desk, today):
        closes = closing(desk, today)  # a business day has one
        if at <= boundary(desk.zone, today, promise.cutoff) and closes and at < closes:
            return today
    return next(business_days(desk, today + timedelta(days=1), limit_days), None)


def counted_dates(desk: Desk, promise: Days, at: datetime, limit_days: int) -> list[date] | None:
    """Return the business days that a promise counts, the last of which it is due on."""
    day = received(desk, promise, at, limit_days)
    if day is None:
        return None
    found = islice(business_days(desk, day + timedelta(days=1), limit_days), promise.count)
    days = list(found)
    return days if len(days) == promise.count else None


def due_in_days(desk: Desk, promise: Days, at: datetime, limit_days: int) -> datetime | None:
    """Return the due of a promise in business days, which is never before the submission."""
    days = counted_dates(desk, promise, at, limit_days)
    if days is None:
        return None
    last = days[-1] if days else received(desk, promise, at, limit_days)
    due = _due_of(desk, last, promise.by, limit_days)
    return due and max(due, at.astimezone(UTC))  # `by` and `at` may lie in one break of today


# --- Targets: positions 11 to 13 ---


@lru_cache(maxsize=100)
def _never_closed(zone: str) -> Desk:
    return Desk(zone, dict.fromkeys(range(7), ((0, DAY),)), {}, {}, frozenset(), {})


@dataclass(frozen=True)
class _Line:
    desk: Desk
    rules: Sequence[Rule]
    priority: str | None
    attributes: dict[str, str]
    limit_days: int

    def holds(self, rule: Rule, at: datetime) -> bool:
        """Return whether a rule matches a submission at an instant: position 11."""
        day = local_date(self.desk.zone, at)
        second = shown_second(self.desk.zone, at)
        return (
            (rule.days is None or day.weekday() in rule.days or day in rule.dates)
            and (rule.priorities is None or self.priority in rule.priorities)
            and all(self.attributes.get(key) in some for key, some in rule.attributes.items())
            and (rule.times is None or any(start <= second < end for start, end in rule.times))
            and (rule.open is None or rule.open == is_open(self.desk, at))
        )

    def rule_of(self, at: datetime) -> Rule | None:
        return next((rule for rule in self.rules if self.holds(rule, at)), None)

    def desk_of(self, rule: Rule) -> Desk:
        """Return the hours on which a rule's clock ticks."""
        return (rule.desk or self.desk) if rule.business else _never_closed(self.desk.zone)

    def due(self, rule: Rule, at: datetime) -> datetime | None:
        """Return the literal due of a rule."""
        if isinstance(rule.within, Days):
            return due_in_days(self.desk_of(rule), rule.within, at, self.limit_days)
        return self.advance(rule, at, rule.within)

    def advance(self, rule: Rule, at: datetime, amount: int) -> datetime | None:
        """Return when the rule's own clock has advanced by `amount`."""
        by_calendar = at.astimezone(UTC) + amount * MICROSECOND
        return (
            add(self.desk_of(rule), at, amount, self.limit_days) if rule.business else by_calendar
        )

    def changes(self, start: datetime, end: datetime) -> list[datetime]:
        """Return the instants in [start, end) at which another rule may begin to match, in order.

        Those are midnights, the times that rules name, and the line's openings and closings.
        """
        zone, first, last = self.desk.zone, _microseconds(start), _microseconds(end)
        edges = {0, *(edge for rule in self.rules for span in rule.times or () for edge in span)}
        day, found = local_date(zone, start), set()
        while date_start(zone, day) < end:
            found |= {boundary(zone, day, edge) for edge in edges}
            day += timedelta(days=1)
        if any(rule.open is not None for rule in self.rules):
            runs = _stretches(self.desk, first, last)
            found |= {_instant(edge) for run in runs for edge in run}
        return sorted(at for at in found if start <= at < end)

    def overlap(self, literal: Rule, at: datetime, due: datetime) -> tuple[Rule, datetime | None]:
        """Return the rule with the latest due of all that hold while the literal rule's clock ticks.

        The due is None when it is past the limit.
        """
        rules: list[Rule] = []
        for begin, finish in _stretches(
            self.desk_of(literal), _microseconds(at), _microseconds(due)
        ):
            ticks, stops = _instant(begin), _instant(finish)
            for instant in [ticks, *self.changes(ticks, stops)]:
                rule = self.rule_of(instant)
                if rule and rule not in rules:
                    rules.append(rule)
        rules = rules or [literal]
        dues = [self.due(rule, at) for rule in rules]
        if None in dues:
            return literal, None
        tied = [rule for rule, its_due in zip(rules, dues, strict=True) if its_due == max(dues)]
        return (literal if literal in tied else tied[0]), max(dues)

    def in_order(self, literal: Rule, at: datetime, due: datetime) -> tuple[Rule, datetime | None]:
        """Return the rule with the smallest literal due of `at` and of every later submission.

        A rule's own due never falls while it holds, so only where another begins can it be less.
        """
        best, best_due = literal, due
        for instant in self.changes(at, due):
            rule = self.rule_of(instant)
            its_due = self.due(rule, instant) if rule else None
            if its_due and its_due < best_due:
                best, best_due = rule, its_due
        return best, best_due


def answer(
    desk: Desk,
    rules: Sequence[Rule],
    at: datetime,
    priority: str | None,
    crossing: str,
    limit_days: int,
    attributes: dict[str, str] | None = None,
) -> Answer | None:
    """Return the deadline of a ticket submitted at `at`; None when no rule or no instant fits."""
    line = _Line(desk, rules, priority, attributes or {}, limit_days)
    rule = line.rule_of(at)
    due = line.due(rule, at) if rule else None
    if due and crossing != "submission":
        rule, due = {"overlap": line.overlap, "in_order": line.in_order}[crossing](rule, at, due)
    starts_at = at.astimezone(UTC)
    if rule and rule.business:
        starts_at = next_open(line.desk_of(rule), at, limit_days)
    if not (due and starts_at):
        return None
    earliest_at = None
    if rule.earliest is not None:
        earliest_at = line.advance(rule, at, rule.earliest) or due  # past the limit is past `due`
        earliest_at = min(max(earliest_at, starts_at), due)
    return Answer(starts_at, earliest_at, due, rule.name)
