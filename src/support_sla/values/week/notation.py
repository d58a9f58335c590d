"""How weekly hours are read from text: a named subset of the OpenStreetMap notation, strictly.

`Mo-Fr 08:00-12:00,13:00-17:00; Sa 08:00-12:00`, `24/7`, `off`. A rule after a semicolon replaces
the whole days that it names; one after a comma adds its ranges to them, or closes them with `off`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from support_sla.errors import cut, shown
from support_sla.values.model import fault
from support_sla.values.units import DAY
from support_sla.values.week.ranges import (
    CLOSED_WEEK,
    WEEKDAYS,
    WHOLE_DAY,
    Day,
    Range,
    Week,
    check_day,
    check_week,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pydantic_core import PydanticCustomError

_FULL_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_RANGE = re.compile(
    r"([0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)[ \t]*-[ \t]*([0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)"
)
_CLOCK = re.compile(r"([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?")
_DAYS_THEN_HOURS = re.compile(r"([^0-9]*+)(.*+)", re.DOTALL)
_CLOSED = re.compile(r"(?:off|closed)$", re.IGNORECASE)
_DAY_NAMES = re.compile(r"[A-Za-z \t,-]*+")
_NEXT_RULE = re.compile(
    r"(?<=[0-9fd])(?:[ \t]*+,[ \t]*+)(?=[A-Za-z])(?!(?:off|closed)\b)", re.IGNORECASE
)


def read_week(text: str) -> Week:
    """Return the ranges of Monday to Sunday that `text` writes; raise pydantic's custom error."""
    week: list[Sequence[Range]] = list(CLOSED_WEEK)
    for part in text.split(";"):
        if not (rules := split_rules(part.strip())):
            message = f"hours {shown(text)} have an empty rule; write e.g. 'Mo-Fr 08:00-17:00'"
            raise fault("notation_invalid", message)
        added: dict[int, list[Range]] = {}
        for at, rule in enumerate(rules):
            for weekday, ranges in _read_rule(rule):
                if weekday in added and ranges:
                    added[weekday] += ranges
                else:
                    kept = week[weekday] if at and ranges else ()
                    added[weekday] = [*kept, *ranges]
        for weekday, both in added.items():
            week[weekday] = check_day(both, of=WEEKDAYS[weekday])
    monday, tuesday, wednesday, thursday, friday, saturday, sunday = map(tuple, week)
    return check_week((monday, tuesday, wednesday, thursday, friday, saturday, sunday))


def split_rules(text: str) -> list[str]:
    """Return the rules of a text without semicolons: a comma before a weekday begins another."""
    return _NEXT_RULE.split(text) if text else []


def _read_rule(rule: str) -> list[tuple[int, Day]]:
    match = _DAYS_THEN_HOURS.fullmatch(rule)
    assert match is not None, "any text is some that has no digit, and the rest"
    days, hours = match[1].strip(), match[2]
    closed = None if hours else _CLOSED.search(days)
    if closed:
        days = days[: closed.start()].strip()
    if not _DAY_NAMES.fullmatch(days):
        raise _not_understood(rule, "")
    weekdays = read_weekdays(days) if days else tuple(range(7))
    if not hours and not closed:
        message = f"rule {shown(rule)} has weekdays and no hours; for whole days write "
        raise fault("notation_invalid", f"{message}{shown(f'{days} 00:00-24:00')}, else add hours")
    ranges = () if closed else read_day(hours, of=days or "Mo-Su")
    return [(weekday, ranges) for weekday in weekdays]


def read_weekdays(text: str) -> tuple[int, ...]:
    """Return weekday numbers (Monday is 0) of 'Mo', 'mo-fr' or 'Mo,We,Fr-Su'; 'Sa-Mo' wraps."""
    found: list[int] = []
    for part in text.split(","):
        ends = [name.strip() for name in part.split("-", 1)]
        for name in ends:
            if name.capitalize() not in WEEKDAYS:
                raise _no_weekday(name, text)
        start, end = (WEEKDAYS.index(name.capitalize()) for name in (ends[0], ends[-1]))
        found += [(start + step) % 7 for step in range((end - start) % 7 + 1)]
    if len(found) != len(set(found)):
        message = f"weekdays {shown(text)} name a day twice; name each once"
        raise fault("weekday_repeated", message)
    return tuple(found)


def _no_weekday(name: str, text: str) -> PydanticCustomError:
    way_out = f"use one of {', '.join(WEEKDAYS)}"
    if not name:
        way_out = "name one at both ends of a range and between commas"
    if name.upper() in ("PH", "SH"):
        way_out = "leave it out, and let the line observe a calendar of these holidays"
    for weekday, full in zip(WEEKDAYS, _FULL_NAMES, strict=True):
        if len(name) > 1 and full.startswith(name.capitalize()):
            way_out = f"did you mean {weekday!r}?"
    return fault("weekday_unknown", f"{shown(name)} in {shown(text)} is no weekday; {way_out}")


def read_day(text: str, *, of: str) -> Day:
    """Return the ranges of one date, sorted, touching ones joined; `of` names it in messages."""
    hours = text.strip()
    if hours.lower() in ("off", "closed"):
        return ()
    if hours == "24/7":
        return WHOLE_DAY
    return check_day([_read_range(part.strip(), text, of) for part in hours.split(",")], of=of)


def _read_range(part: str, text: str, of: str) -> Range:
    match = _RANGE.fullmatch(part)
    if not match:
        raise _not_understood(text, of)
    start, end = parse_clock_time(match[1]), parse_clock_time(match[2])
    return (start, end + DAY if end < start < DAY else end)


def _not_understood(text: str, of: str) -> PydanticCustomError:
    way_out = "write ranges like '08:00-12:00,13:00-17:00', or 'off'"
    whose = f" of {cut(of)}" if of else ""
    return fault("notation_invalid", f"hours {shown(text)}{whose} are not understood; {way_out}")


def parse_clock_time(text: str) -> int:
    """Return the seconds since midnight of 'H:MM' or 'HH:MM:SS', to 48:00, the next date's end."""
    match = _CLOCK.fullmatch(text)
    hours, minutes, seconds = (
        (int(number or 0) for number in match.groups()) if match else (0, 60, 0)
    )
    second = hours * 3_600 + minutes * 60 + seconds
    if minutes > 59 or seconds > 59 or second > 2 * DAY:
        way_out = "write 00:00 to 24:00, minutes to 59 (up to 48:00 for an end on the next date)"
        raise fault("clock_time_invalid", f"clock time {shown(text)} does not exist; {way_out}")
    return second
