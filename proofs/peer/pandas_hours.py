"""pandas `CustomBusinessHour` asked, and its rules, told again to predict its answers."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, ClassVar

import pandas as pd

from peer.cases import clock
from peer.hours import (
    DAY,
    MINUTE,
    Hours,
    candidates,
    date_of,
    holiday_spans,
    micros,
    moment,
    on_dates,
    reached,
    read_as,
    wall,
    without,
)

if TYPE_CHECKING:
    from peer.cases import Desk, Question
    from peer.hours import Answer

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_HOUR = 60 * MINUTE


class CustomBusinessHour:
    """A desk with the same hours on each of its days, in pandas; amounts are whole hours."""

    name = "pandas"
    operations = ("add", "subtract", "is_open", "next_open")
    daily_only = True
    unit = _HOUR
    rules: ClassVar = {
        # Its documentation shows it: one hour after Friday 16:00 is Monday 09:00.
        "closing": "an amount that ends at closing is due at the next opening",
        "zero": "an amount of zero, asked while closed, is due at the next opening",
        "wall": "counted on the wall clock, not in real hours; a time that comes twice or never is refused",
        # The docstring of its search for openings: they are on business days, closings may not be.
        "holiday": "a holiday drops the hours that begin on it, and a night that began on its eve runs on",
        # Not documented, as the two below.
        "days": "back by whole days' hours from a closing ends at a closing, not at the opening after it",
        # A fault, it seems: eight hours before Saturday 02:00, in nights from 22:00 to 06:00 of weekdays,
        # it says Wednesday 02:00.
        "night": "whole days' hours are skipped from the date it is, also past midnight in a night of the eve",
        "end": "the closing instant is open",
    }

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._ranges = next(ranges for ranges in desk.week if ranges)
        self._offset = functools.partial(
            pd.offsets.CustomBusinessHour,
            weekmask=" ".join(_WEEKDAYS[day] for day in range(7) if desk.week[day]),
            holidays=sorted(desk.holidays),
            start=[clock(opens) for opens, _ in self._ranges],
            end=[clock(closes).replace("24:", "00:") for _, closes in self._ranges],
        )
        self._one = self._offset(1)

    def ask(self, question: Question) -> Answer:
        """Return what pandas answers."""
        at = pd.Timestamp(moment(question.at, self._desk.zone))
        hours = question.amount // _HOUR
        try:
            match question.operation:
                case "is_open":
                    return int(self._one.is_on_offset(at))
                case "next_open":
                    return _micros(self._one.rollforward(at))
                case "add":
                    return _micros(at + self._offset(hours))
            return _micros(at - self._offset(hours))
        except ValueError as error:
            return _refusal(error)

    def predict(self, question: Question, rules: frozenset[str]) -> Answer:
        """Return what the rules say it answers."""
        line = _Line(self._desk, self._ranges, rules)
        at = line.read(question.at)
        match question.operation:
            case "is_open":
                return int(line.is_open(at))
            case "next_open":
                return question.at if line.is_open(at) else line.next_open(at)
        forward = (question.operation == "add") == (question.amount >= 0)
        amount = abs(question.amount)
        if amount == 0:
            return line.told(line.hours.next_open(at)) if "zero" in rules else question.at
        return line.told(line.add(at, amount) if forward else line.subtract(at, amount))


class _Line:
    """The hours as some of pandas' rules read them, on the wall clock or as instants."""

    def __init__(
        self, desk: Desk, ranges: tuple[tuple[int, int], ...], rules: frozenset[str]
    ) -> None:
        self.desk, self.rules = desk, rules
        self.last_opening = ranges[-1][0] * MINUTE
        self.a_day = sum(closes - opens for opens, closes in ranges) * MINUTE
        self.hours = _hours(desk, begin="holiday" in rules, on_wall="wall" in rules)

    def read(self, at: int) -> int:
        return wall(at, self.desk.zone) if "wall" in self.rules else at

    def told(self, found: int) -> Answer:
        """Return the instant of a place on the line, or why there is none."""
        if "wall" not in self.rules:
            return found
        first, last = candidates(found, self.desk.zone)
        if first == last:
            return first
        return "ambiguous" if first < last else "nonexistent"

    def is_open(self, at: int) -> bool:
        opens, closes = self.hours.spans[self.hours.last_begun(at)]
        return opens <= at < closes or (at == closes and "end" in self.rules)

    def next_open(self, at: int) -> Answer:
        """Return the next opening; on the wall clock the search itself can meet a refusal."""
        found = self.hours.next_open(at)
        number, since = divmod(at, DAY)
        if "wall" not in self.rules or (self._is_business(number) and since <= self.last_opening):
            return self.told(found)
        # It steps to the next business day at the time it is, and tells that day's opening.
        step = self.told(self._same_time(at, 1))
        return step if isinstance(step, str) else self.told(found)

    def add(self, at: int, amount: int) -> int:
        """Return the last place with an amount of open time since `at`; without `closing` the first."""
        at = self.hours.next_open(at)
        if "night" in self.rules:
            days, amount = divmod(amount, self.a_day)
            at = self._days_on(at, days) if days else at
        spans = self.hours.spans
        place = self.hours.last_begun(at)
        # In closed time, where a skip of days may end, what is left is negative: it is made up for.
        while amount and amount >= (left := spans[place][1] - at):
            amount -= left
            place += 1
            at = spans[place][0]
        if "closing" in self.rules or amount or at != spans[place][0]:
            return at + amount
        return spans[place - 1][1]

    def subtract(self, at: int, amount: int) -> int:
        """Return the latest place with an amount until `at`; with `days` whole days end at a closing."""
        spans = self.hours.spans
        at = min(at, spans[self.hours.last_begun(at - 1)][1])
        days, rest = divmod(amount, self.a_day)
        if days and "night" in self.rules:
            at = self._back(self._days_back(at, days), rest)
        elif days and "days" in self.rules:
            at = self._back(at, days * self.a_day)
            place = self.hours.last_begun(at)
            at = self._back(spans[place - 1][1] if at == spans[place][0] else at, rest)
        else:
            at = self._back(at, amount)
        place = self.hours.last_begun(at - 1)
        return at if "days" in self.rules or at != spans[place][1] else spans[place + 1][0]

    def _back(self, at: int, amount: int) -> int:
        spans = self.hours.spans
        place = self.hours.last_begun(at)
        while amount and amount > (left := at - spans[place][0]):
            amount -= left
            place -= 1
            at = spans[place][1]
        return at - amount

    def _days_on(self, at: int, days: int) -> int:
        """Return the same time on the nth business day after this date; if it is none, of the eve."""
        shown = self._shown(at)
        if self._is_business(shown // DAY):
            return self._same_time(shown, days)
        eve = self._shown(self.hours.spans[self.hours.last_begun(at)][0])
        return self._same_time(eve, days, shown - eve)

    def _days_back(self, at: int, days: int) -> int:
        """Return the same time on the nth business day before; if it is none, of the *next* opening."""
        shown = self._shown(at)
        if self._is_business(shown // DAY):
            return self._same_time(shown, -days)
        following = self._shown(self.hours.spans[self.hours.last_begun(at) + 1][0])
        return self._same_time(following, -days, shown - following)

    def _same_time(self, shown: int, days: int, more: int = 0) -> int:
        number, step = shown // DAY, 1 if days > 0 else -1
        while days:
            number += step
            if self._is_business(number):
                days -= step
        found = number * DAY + shown % DAY + more
        return found if "wall" in self.rules else reached(found, self.desk.zone)

    def _shown(self, at: int) -> int:
        return at if "wall" in self.rules else wall(at, self.desk.zone)

    def _is_business(self, number: int) -> bool:
        date = date_of(number)
        return bool(self.desk.week[date.weekday()]) and date not in self.desk.holidays


@functools.lru_cache(maxsize=16)
def _hours(desk: Desk, *, begin: bool, on_wall: bool) -> Hours:
    """Return what is open; with `begin` a holiday drops the ranges that begin on it, whole."""
    spans = on_dates(desk, desk.week)
    if begin:
        shown = [span for span in spans if date_of(span[0] // DAY) not in desk.holidays]
    else:
        shown = without(spans, holiday_spans(desk))
    return read_as(shown, desk, on_wall=on_wall)


def _micros(at: pd.Timestamp) -> int:
    return micros(at.to_pydatetime())


def _refusal(error: ValueError) -> str:
    """Return which of the two refusals of a wall-clock time this is; raise any other error."""
    for word in ("ambiguous", "nonexistent"):
        if word in str(error):
            return word
    raise error
