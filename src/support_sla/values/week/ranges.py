"""The ranges of a week as values: what they are, that they fit together, and how they are written."""

from __future__ import annotations

from typing import TypeAlias

from support_sla.errors import cut
from support_sla.values.model import fault
from support_sla.values.units import DAY

Range: TypeAlias = tuple[int, int]
"""Opening and closing second of a date, counted from its midnight; past 86,400 on the next date."""

Day: TypeAlias = tuple[Range, ...]
Week: TypeAlias = tuple[Day, Day, Day, Day, Day, Day, Day]

WEEKDAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
WHOLE_DAY: Day = ((0, DAY),)
ALWAYS: Week = (WHOLE_DAY,) * 7
CLOSED_WEEK: Week = ((), (), (), (), (), (), ())


def check_day(ranges: list[Range], *, of: str) -> Day:
    """Return the ranges sorted, touching ones joined; raise if one is empty or two overlap."""
    joined: list[Range] = []
    for range_start, end in sorted(ranges):
        start = range_start
        written = f"{format_clock_time(start)}-{format_clock_time(end)}"
        if start >= DAY:
            message = f"range {written} of {cut(of)} starts on the next date"
            there = format_range((start - DAY, end - DAY if end > start else end))
            raise fault("hours_start_late", f"{message}; write it there, as {there}")
        if start >= end:
            message = f"hours {cut(of)} {written} may mean no time or 24 hours"
            message += (
                f"; for 24 hours write {format_clock_time(start)}-{format_clock_time(end + DAY)}"
            )
            message += ", for the whole date 00:00-24:00, and for no time leave them out"
            raise fault("hours_empty", message.replace("00:00-24:00, for the whole date ", ""))
        if joined and start < joined[-1][1]:
            first, second = format_range(joined[-1]), format_range((start, end))
            whole = (joined[-1][0], max(joined[-1][1], end))
            message = f"hours {first} and {second} of {cut(of)} overlap"
            way_out = f"write one range, {format_range(whole)}"
            if whole[1] - whole[0] > DAY:
                way_out = "one of them runs into the next date: are its ends swapped?"
            elif end > DAY:
                way_out += f" ({second} runs into the next date: are its ends swapped?)"
            raise fault("hours_overlap", f"{message}; {way_out}")
        if joined and start == joined[-1][1]:
            start = joined.pop()[0]
        joined.append((start, end))
    return tuple(joined)


def check_week(week: Week) -> Week:
    """Return the week; raise if a range that runs past midnight overlaps the next date's."""
    for weekday, ranges in enumerate(week):
        following = week[(weekday + 1) % 7]
        if ranges and following and ranges[-1][1] - DAY > following[0][0]:
            first = f"{WEEKDAYS[weekday]} {format_range(ranges[-1])}"
            second = f"{WEEKDAYS[(weekday + 1) % 7]} {format_range(following[0])}"
            way_out = f"end the first at {format_clock_time(following[0][0])}"
            if ranges[-1][1] - DAY > following[0][1]:
                way_out = "leave the second out, the first has it in"
            message = f"hours {first} and {second} overlap after midnight; {way_out}"
            raise fault("hours_overlap", message)
    return week


def format_clock_time(second: int) -> str:
    """Return 'HH:MM', or 'HH:MM:SS' if there are seconds."""
    text = f"{second // 3_600:02d}:{second // 60 % 60:02d}"
    return f"{text}:{second % 60:02d}" if second % 60 else text


def format_range(hours: Range) -> str:
    """Return '08:00-17:00'; a range into the next date ends as '06:00', or '32:00' from 24 h on."""
    start, end = hours
    if end > DAY and end - DAY < start:
        end -= DAY
    return f"{format_clock_time(start)}-{format_clock_time(end)}"


def format_day(ranges: Day) -> str:
    """Return the ranges of one date as text that `parse_day` reads back; 'off' when closed."""
    return ",".join(map(format_range, ranges)) or "off"


def format_week(week: Week) -> str:
    """Return the shortest plain writing of a week that reads back as the same.

    >>> format_week((((28800, 61200),),) * 5 + ((), ()))
    'Mo-Fr 08:00-17:00'
    """
    if week == ALWAYS:
        return "24/7"
    rules, weekday = [], 0
    while weekday < 7:
        last = weekday
        while last < 6 and week[last + 1] == week[weekday]:
            last += 1
        if week[weekday]:
            days = WEEKDAYS[weekday] + (f"-{WEEKDAYS[last]}" if last > weekday else "")
            rules.append(f"{days} {format_day(week[weekday])}")
        weekday = last + 1
    return "; ".join(rules) or "off"
