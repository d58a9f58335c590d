"""opening-hours-py asked, and the rules by which it differs, told again to predict its answers."""

from __future__ import annotations

import functools
from collections import defaultdict
from typing import TYPE_CHECKING, ClassVar

from opening_hours import OpeningHours, State

from peer.cases import clock
from peer.hours import (
    DAY,
    MINUTE,
    Hours,
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

_WEEKDAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class OpeningHoursPy:
    """A desk's hours in opening-hours-py."""

    name = "opening-hours-py"
    operations = ("elapsed", "is_open", "next_open", "next_change")
    daily_only = False
    unit = 1
    rules: ClassVar = {
        # The specification of OpenStreetMap: what follows `;` replaces, what follows `,` adds.
        "evening": "rules set apart by `;`: a weekday with one loses the night hours of the evening before",
        # Documented: an instant is converted to local time before any computation is done.
        "wall": "only the wall clock is read: what comes twice counts twice, a change that never comes is told at the jump",
        # Not documented, as the two below.
        "second": "a change whose time comes twice is told the second time",
        # A fault, it seems: the state is that of the wall-clock range from now to a minute from now.
        "minute": "closed in the last minute before clocks go back, as the minute ends before it begins",
        "forward": "no open stretches, and so no negative time, from an instant to an earlier one",
    }

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._hours = OpeningHours(
            expression(desk), timezone=desk.zone, auto_country=False, auto_timezone=False
        )

    def ask(self, question: Question) -> Answer:
        """Return what opening-hours-py answers."""
        at = moment(question.at, self._desk.zone)
        match question.operation:
            case "is_open":
                return int(self._hours.is_open(at))
            case "next_open" if self._hours.is_open(at):
                return question.at
            case "next_open" | "next_change":
                found = self._hours.next_change(at)
                return None if found is None else micros(found)
        stretches = self._hours.intervals(at, moment(question.amount, self._desk.zone))
        return sum(
            micros(closes) - micros(opens)
            for opens, closes, state, _ in stretches
            if state == State.OPEN
        )

    def predict(self, question: Question, rules: frozenset[str]) -> Answer:
        """Return what the rules say it answers."""
        desk, at, last = self._desk, question.at, question.amount
        hours = _hours(desk, evening="evening" in rules, on_wall="wall" in rules)
        if question.operation == "elapsed":
            if last < at and "forward" in rules:
                return 0
            return _elapsed(hours, desk, at, last, rules)
        place = wall(at, desk.zone) if "wall" in rules else at
        is_open = hours.is_open(place) and not _turns_back(desk, at, rules)
        if question.operation == "is_open":
            return int(is_open)
        if question.operation == "next_open" and is_open:
            return at
        found = hours.next_change(place)
        if found is None or "wall" not in rules:
            return found
        return reached(found, desk.zone, second="second" in rules)


def expression(desk: Desk) -> str:
    """Return the hours of a desk: a rule for the weekdays with the same, then the holidays.

    Where `joined` each rule adds to those before it; otherwise it speaks alone for its weekdays.
    """
    if desk.always:
        return "24/7"
    rules = [
        f"{','.join(_WEEKDAYS[day] for day in days)} {','.join(f'{clock(a)}-{clock(b)}' for a, b in ranges)}"
        for ranges, days in _rules(desk).items()
    ]
    off = [f"{day.year} {_MONTHS[day.month - 1]} {day.day:02} off" for day in sorted(desk.holidays)]
    return "; ".join([(", " if desk.joined else "; ").join(rules), *off])


def _rules(desk: Desk) -> dict[tuple[tuple[int, int], ...], list[int]]:
    found = defaultdict(list)
    for day, ranges in enumerate(desk.week):
        if ranges:
            found[ranges].append(day)
    return found


@functools.lru_cache(maxsize=16)
def _hours(desk: Desk, *, evening: bool, on_wall: bool) -> Hours:
    """Return what is open, as instants or as what the wall clock shows."""
    spans = on_dates(desk, desk.week)
    if evening and not desk.joined:
        spans = [_until_next_rule(desk, *span) for span in spans]
    shown = without(spans, holiday_spans(desk))
    return read_as(shown, desk, on_wall=on_wall)


def _until_next_rule(desk: Desk, opens: int, closes: int) -> tuple[int, int]:
    """Return a range, cut at midnight if another rule speaks for the date that follows."""
    number = opens // DAY
    today, tomorrow = (desk.week[date_of(day).weekday()] for day in (number, number + 1))
    return opens, min(closes, (number + 1) * DAY) if tomorrow and tomorrow != today else closes


def _elapsed(hours: Hours, desk: Desk, at: int, last: int, rules: frozenset[str]) -> int:
    if "wall" not in rules:
        return hours.elapsed(at, last)
    first, until = wall(at, desk.zone), wall(last, desk.zone)
    second = "second" in rules
    found = 0
    for opens, closes in hours.spans:
        ends = max(opens, first), min(closes, until)
        if ends[0] < ends[1]:
            start, end = (reached(shown, desk.zone, second=second) for shown in ends)
            found += end - start
    return found


def _turns_back(desk: Desk, at: int, rules: frozenset[str]) -> bool:
    """Return whether the wall clock shows no later time a minute from now."""
    return "minute" in rules and wall(at + MINUTE, desk.zone) <= wall(at, desk.zone)
