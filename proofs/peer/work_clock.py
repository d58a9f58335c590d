"""workclock asked, and the one rule by which it differs, told again to predict its answers."""

from __future__ import annotations

import datetime as dt
import functools
import itertools
from typing import TYPE_CHECKING, ClassVar

from workclock import Break, Holidays, Schedule, WorkDay

from peer.hours import (
    DAY,
    MICROSECOND,
    Hours,
    holiday_spans,
    merged,
    micros,
    moment,
    moved_on,
    on_dates,
    reached,
    without,
)

if TYPE_CHECKING:
    from peer.cases import Desk, Question, Week
    from peer.hours import Answer, Span


class Workclock:
    """A desk's schedule in workclock."""

    name = "workclock"
    operations = ("add", "subtract", "elapsed", "is_open", "next_open", "next_close")
    daily_only = False
    unit = 1
    rules: ClassVar = {
        # Both are documented: in its README, and at `next_period`.
        "gap": "an opening, closing or midnight that never comes is moved on by the gap (RFC 5545)",
        "bound": "hours that never end are said to end after 366 days, where its search does",
    }

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        work, breaks = _ranges(desk)
        rules = [
            kind(_time(opens), _time(closes), days=[day])
            for kind, week in ((WorkDay, work), (Break, breaks))
            for day, ranges in enumerate(week)
            for opens, closes in ranges
        ]
        self._schedule = Schedule([*rules, Holidays(desk.holidays)], time_zone=desk.zone)

    def ask(self, question: Question) -> Answer:
        """Return what workclock answers."""
        at, amount, schedule = moment(question.at), question.amount, self._schedule
        match question.operation:
            case "add":
                return micros(schedule.add(at, amount * MICROSECOND))
            case "subtract":
                return micros(schedule.sub(at, amount * MICROSECOND))
            case "elapsed":
                return schedule.between(at, moment(amount)) // MICROSECOND
            case "is_open":
                return int(schedule.next_period(at)[0] == at)
            case "next_open":
                return micros(schedule.next_period(at)[0])
        return micros(schedule.next_period(at)[1])

    def predict(self, question: Question, rules: frozenset[str]) -> Answer:
        """Return what the rules say it answers."""
        hours, at = _hours(self._desk, gap="gap" in rules), question.at
        match question.operation:
            case "add":
                return hours.add(at, question.amount)
            case "subtract":
                return hours.subtract(at, question.amount)
            case "elapsed":
                return hours.elapsed(at, question.amount)
            case "is_open":
                return int(hours.is_open(at))
            case "next_open":
                return hours.next_open(at)
        closes = hours.next_close(at)
        return at + 366 * DAY if closes is None and "bound" in rules else closes


@functools.lru_cache(maxsize=8)
def _hours(desk: Desk, *, gap: bool) -> Hours:
    """Return what is open: work less breaks and holidays, each ending where workclock puts it."""
    at = moved_on if gap else reached

    def instants(shown: list[Span]) -> list[Span]:
        return [(at(opens, desk.zone), at(closes, desk.zone)) for opens, closes in shown]

    work, breaks = _ranges(desk)
    holes = [*instants(on_dates(desk, breaks)), *instants(holiday_spans(desk))]
    return Hours(without(instants(on_dates(desk, work)), merged(holes)), desk.always)


def _ranges(desk: Desk) -> tuple[Week, Week]:
    """Return working hours and breaks; where `joined`, one shift a day with breaks in it."""
    if not desk.joined:
        return desk.week, ((),) * 7
    work = tuple(((day[0][0], day[-1][1]),) if day else () for day in desk.week)
    breaks = tuple(tuple((a[1], b[0]) for a, b in itertools.pairwise(day)) for day in desk.week)
    return work, breaks


def _time(minute: int) -> dt.time:
    return dt.time(minute // 60 % 24, minute % 60)
