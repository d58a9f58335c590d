"""Weekly hours as text: a named subset of the OpenStreetMap `opening_hours` notation.

`Mo-Fr 08:00-12:00,13:00-17:00; Sa 08:00-12:00`, `24/7`, `off`. After a semicolon a rule replaces
the whole days it names, as it does in OpenStreetMap. Everything else is refused by name.
"""

from __future__ import annotations

import re
from typing import TypeAlias

from support_sla.errors import shown
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

_DAYS_THEN_HOURS = re.compile(
    r"(?!off$|closed$)((?:[A-Za-z]++[ \t]*+(?:[-,][ \t]*+(?=[A-Za-z]))?)+?)(off|closed|[0-9].*|)"
)
_RANGE = re.compile(
    r"([0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)[ \t]*-[ \t]*([0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)"
)
_CLOCK = re.compile(r"([0-9]{2}):([0-9]{2})(?::([0-9]{2}))?")

_NOT_IN_THE_SUBSET = (
    (r"\b[PS]H\b", "holidays (PH, SH)", "name a holiday calendar under 'observes'"),
    (r"\|\|", "fallback rules (||)", "separate rules with ';'"),
    (r"\b(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\b", "months", "use a holiday calendar"),
    (r"\bweek\b", "week numbers", "use a holiday calendar"),
    (r"(?:^|;)\s*[12][0-9]{3}\b", "years", "use a holiday calendar"),
    (r"\b(sunrise|sunset|dawn|dusk)\b", "the sun", "write clock times"),
    (r"\beaster\b", "Easter", "use a holiday calendar"),
    (r"\[", "the n-th weekday of a month", "use a holiday calendar"),
    (r'"', "comments", "leave them out"),
    (r"[0-9]\+", "an open end (+)", "write the closing time"),
    (r"\b(open|unknown)\b", "states", "write the hours alone"),
    (r"/[0-9]*[0-9](?<!24/7)", "intervals", "write each range"),
)


def parse_week(text: str) -> Week:
    """Return the ranges of Monday to Sunday that the notation `text` writes.

    Raises a pydantic custom error that shows the text and says what to write instead.

    >>> parse_week("Sa 08:00-12:00")[5]
    ((28800, 43200),)
    """
    for pattern, name, way_out in _NOT_IN_THE_SUBSET:
        if re.search(pattern, text):
            message = f"hours {shown(text)} use {name}, which this notation leaves out; {way_out}"
            raise fault("notation_unsupported", message)
    week = list(CLOSED_WEEK)
    for part in text.split(";"):
        rule = part.strip()
        if not rule:
            message = f"hours {shown(text)} have an empty rule; write e.g. 'Mo-Fr 08:00-17:00'"
            raise fault("notation_invalid", message)
        for weekday, ranges in _parse_rule(rule):
            week[weekday] = ranges
    return check_week((week[0], week[1], week[2], week[3], week[4], week[5], week[6]))


def _parse_rule(rule: str) -> list[tuple[int, Day]]:
    if rule == "24/7":
        return [(weekday, WHOLE_DAY) for weekday in range(7)]
    match = _DAYS_THEN_HOURS.fullmatch(rule)
    days, hours = (match[1].strip(), match[2]) if match else ("Mo-Su", rule)
    weekdays = parse_weekdays(days)
    ranges = parse_day(hours, of=days)
    return [(weekday, ranges) for weekday in weekdays]


def parse_weekdays(text: str) -> tuple[int, ...]:
    """Return weekday numbers (Monday is 0) of 'Mo', 'Mo-Fr' or 'Mo,We,Fr-Su'; 'Sa-Mo' wraps."""
    found: list[int] = []
    for part in text.split(","):
        first, _, last = (name.strip() for name in part.partition("-"))
        for name in (first, last or first):
            if name not in WEEKDAYS:
                guess = name[:2].capitalize()
                way_out = f"did you mean {guess!r}?" if guess in WEEKDAYS else "use "
                way_out += "" if guess in WEEKDAYS else ", ".join(WEEKDAYS)
                message = f"{name!r} in {shown(text)} is no weekday; {way_out}"
                raise fault("weekday_unknown", message)
        start, end = WEEKDAYS.index(first), WEEKDAYS.index(last or first)
        found += [(start + step) % 7 for step in range((end - start) % 7 + 1)]
    if len(found) != len(set(found)):
        message = f"weekdays {shown(text)} name a day twice; name each once"
        raise fault("weekday_repeated", message)
    return tuple(found)


def parse_day(text: str, *, of: str = "a day") -> Day:
    """Return the ranges of one date: '08:00-12:00,13:00-17:00', '22:00-06:00', or 'off'.

    Ranges come back sorted, touching ones joined. `of` names the date in messages.
    """
    hours = text.strip()
    if hours in ("off", "closed"):
        return ()
    if hours == "24/7":
        return WHOLE_DAY
    return check_day([_parse_range(part.strip(), text, of) for part in hours.split(",")], of=of)


def _parse_range(part: str, text: str, of: str) -> Range:
    match = _RANGE.fullmatch(part)
    if not match:
        way_out = "write ranges like '08:00-12:00,13:00-17:00', or 'off'"
        if re.search(r",\s*[A-Za-z]", text):
            way_out = "separate days with ';', not with a comma"
        raise fault(
            "notation_invalid", f"hours {shown(text)} of {of} are not understood; {way_out}"
        )
    start, end = parse_clock_time(match[1]), parse_clock_time(match[2])
    return (start, end + DAY if end < start < DAY else end)


def parse_clock_time(text: str) -> int:
    """Return the seconds since midnight of 'HH:MM' or 'HH:MM:SS', to 48:00, the next date's end."""
    match = _CLOCK.fullmatch(text)
    hours, minutes, seconds = (
        (int(number or 0) for number in match.groups()) if match else (0, 60, 0)
    )
    second = hours * 3_600 + minutes * 60 + seconds
    if minutes > 59 or seconds > 59 or second > 2 * DAY:
        way_out = "write two digits each, 00:00 to 24:00 (up to 48:00 for an end on the next date)"
        raise fault("clock_time_invalid", f"clock time {text!r} does not exist; {way_out}")
    return second


def check_day(ranges: list[Range], *, of: str) -> Day:
    """Return the ranges sorted, touching ones joined; raise if one is empty or two overlap."""
    joined: list[Range] = []
    for range_start, end in sorted(ranges):
        start = range_start
        if start >= DAY:
            message = f"range {format_clock_time(start)}-{format_clock_time(end)} of {of} starts on the next date; put it there"
            raise fault("hours_start_late", message)
        if start >= end:
            message = (
                f"hours {of} {format_clock_time(start)}-{format_clock_time(end)} are empty; "
                "for a whole day write 00:00-24:00"
            )
            raise fault("hours_empty", message)
        if joined and start < joined[-1][1]:
            first, second = format_range(joined[-1]), format_range((start, end))
            message = f"hours {first} and {second} of {of} overlap; write one range"
            if end > DAY:
                message += f" ({second} runs into the next date: are its ends swapped?)"
            raise fault("hours_overlap", message)
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
            message = f"hours {first} and {second} overlap after midnight; end the first earlier"
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
    """Return the shortest plain writing of a week that `parse_week` reads back.

    >>> format_week(parse_week("Mo,Tu,We 08:00-12:00,12:00-17:00"))
    'Mo-We 08:00-17:00'
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
