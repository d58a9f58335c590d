"""Why a deadline is what it is, in words."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from support_sla.compile import WallClock
from support_sla.durations import format_duration
from support_sla.instants import to_micros
from support_sla.notation import DAY, WEEKDAYS
from support_sla.opening import date_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from support_sla.calendars import HolidayCalendar
    from support_sla.conditions import When
    from support_sla.deadline import Deadline
    from support_sla.policy import Policy
    from support_sla.special_day import SpecialDay

_DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTH_NAMES = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)  # fmt: skip  a list of twelve reads best in two lines of six


def explanation(deadline: Deadline, policy: Policy) -> str:
    """Return one English paragraph: the answer, the rule that gave it, and why it applied."""
    target = deadline.target
    counted = target.counted_in.replace("_", " ")
    opening = (
        f"A request to {deadline.department}/{deadline.channel} submitted on "
        f"{_instant(deadline.submitted_at)} must be answered by {_instant(deadline.due_at)}"
    )
    if deadline.earliest_at is not None:
        opening += f", and not before {_instant(deadline.earliest_at)}"
    promise = f"Rule {target.name!r} promises an answer within {format_duration(target.within)} of {counted}"
    if deadline.starts_at != deadline.submitted_at:
        promise += f", counted from the next opening on {_instant(deadline.starts_at)}"
    zone = f"All times are in {policy.timezone}."
    return f"{opening}. {promise}. {_why(deadline, policy)} {zone}"


def _why(deadline: Deadline, policy: Policy) -> str:
    date = _local_date(deadline.submitted_at)
    rules = policy.channel(deadline.department, deadline.channel).first_response
    matched = next(rule for rule in rules if _holds(rule.when, date, deadline.priority, policy))
    reasons = " and ".join(_reasons(matched.when, date, deadline.priority, policy))
    because = f"because {reasons}" if reasons else "because no earlier rule of the line matched"
    if len(rules) == 1 and not reasons:
        because = "because it is the only rule of the line"
    if matched is deadline.target or matched == deadline.target:
        return f"It applies {because}."
    crossing = {
        "overlap": "is the latest of the rules of the days on which the time is counted",
        "in_order": "is what a request sent later would be given, and an earlier one is never due later",
    }[deadline.crossing]
    return (
        f"On the day of submission rule {matched.name!r} holds, {because}; but the policy reads "
        f"crossings as {deadline.crossing!r}, and this due time {crossing}."
    )


def _local_date(at: dt.datetime) -> dt.date:
    """Return the last local date begun: the wall date, or the next where a fold repeats the old."""
    zone = at.tzinfo or dt.UTC
    wall = WallClock.of(zone, at.year, at.year)
    return date_of(wall.day(to_micros(at)))


def _holds(when: When | None, date: dt.date, priority: str | None, policy: Policy) -> bool:
    if when is None:
        return True
    days = when.days is None or any(_day_reasons(when.days, date, policy))
    return days and (when.priority is None or priority in when.priority)


def _reasons(
    when: When | None, date: dt.date, priority: str | None, policy: Policy
) -> Iterator[str]:
    if when is not None and when.days is not None:
        said = " and ".join(_day_reasons(when.days, date, policy))
        yield f"{_date(date)} is {said}"
    if when is not None and when.priority is not None:
        yield f"its priority is {priority!r}"


def _day_reasons(days: tuple[str, ...], date: dt.date, policy: Policy) -> Iterator[str]:
    for day in days:
        if day in WEEKDAYS:
            if WEEKDAYS[date.weekday()] == day:
                yield f"a {_DAY_NAMES[date.weekday()]}"
            continue
        for special in _closing(policy.calendars[day], date):
            source = f", {special.source}" if special.source else ""
            yield f"{special.name} ({day}{source})"


def _closing(calendar: HolidayCalendar, date: dt.date) -> Iterator[SpecialDay]:
    """Yield the days that close some of a date: its own, and the eve's that run past midnight."""
    yield from (special for special in calendar.on(date) if special.closure)
    eve = date - dt.timedelta(days=1)
    if calendar.covered_years[0] <= eve.year:
        yield from (each for each in calendar.on(eve) for _, end in each.closure if end > DAY)


def _date(date: dt.date) -> str:
    return f"{date.day} {_MONTH_NAMES[date.month - 1]} {date.year}"


def _instant(at: dt.datetime) -> str:
    time = at.strftime("%H:%M:%S.%f" if at.microsecond else "%H:%M:%S" if at.second else "%H:%M")
    offset = f" (UTC{at.strftime('%z')})" if _is_repeated(at) else ""
    return f"{_DAY_NAMES[at.weekday()]} {_date(at)} {time}{offset}"


def _is_repeated(at: dt.datetime) -> bool:
    """Whether the wall clock reads this time twice, so that it needs its offset to be told."""
    return at.replace(fold=1 - at.fold).utcoffset() != at.utcoffset()
