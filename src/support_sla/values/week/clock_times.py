"""Times of a date, as a rule writes them: a clock time such as '16:00', and ranges of a date."""

from __future__ import annotations

import re
from typing import Annotated, TypeAlias

from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema
from pydantic_core import PydanticCustomError

from support_sla.errors import shown
from support_sla.values.model import fault
from support_sla.values.spans import merge
from support_sla.values.units import DAY
from support_sla.values.week import (
    Day,
    format_clock_time,
    format_day,
    parse_clock_time,
    parse_day,
)

_CLOCK = re.compile(r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?")


def read_clock_time(value: object) -> int:
    """Return the seconds since midnight of a clock time of a date, 00:00 to 24:00."""
    if not isinstance(value, str) or not _CLOCK.fullmatch(value.strip()):
        message = f"{shown(value)} is no clock time; write it in quotes, e.g. '16:00'"
        raise fault("clock_time_invalid", message)
    second = parse_clock_time(value.strip())
    if second > DAY:
        message = f"clock time {shown(value)} lies on the next date; write 00:00 to 24:00"
        raise fault("clock_time_invalid", message)
    return second


def read_times(value: object) -> Day:
    """Return the ranges of a date that a condition names; some of it, and none past midnight."""
    if not isinstance(value, str):
        message = f"time {shown(value)} is no text; write ranges, e.g. '00:00-13:00'"
        raise fault("time_invalid", message)
    try:
        ranges = parse_day(value, of="time")
    except PydanticCustomError as error:
        if error.type not in ("notation_invalid", "hours_empty"):
            raise
        message = (
            f"time = {shown(value)} is no part of a date; write ranges, e.g. '00:00-13:00' or "
        )
        message += "'00:00-06:00,22:00-24:00' (weekdays go under 'days')"
        raise fault("time_invalid", message) from None
    if not ranges:
        message = f"time = {shown(value)} matches nothing; write ranges, e.g. '00:00-13:00'"
        raise fault("time_invalid", message)
    if ranges[-1][1] > DAY:
        on_one_date = format_day(_on_one_date(ranges))
        way_out = (
            f"write '{on_one_date}'"
            if "," not in on_one_date
            else f"write it as two, e.g. '{on_one_date}'"
        )
        message = f"time {shown(value)} runs past midnight, where another date is judged"
        raise fault("time_invalid", f"{message}; {way_out}")
    return ranges


def _on_one_date(ranges: Day) -> Day:
    """Return the same times of a date, with what runs past midnight at its beginning."""
    parts = [(start, min(end, DAY)) for start, end in ranges]
    parts += [(0, min(end - DAY, DAY)) for _, end in ranges if end > DAY]
    return tuple(merge(parts))


ClockTime: TypeAlias = Annotated[
    int,
    BeforeValidator(read_clock_time),
    PlainSerializer(format_clock_time, return_type=str),
    WithJsonSchema({"type": "string", "examples": ["16:00"]}),
]
Times: TypeAlias = Annotated[
    Day,
    BeforeValidator(read_times),
    PlainSerializer(format_day, return_type=str),
    WithJsonSchema({"type": "string", "examples": ["00:00-13:00"]}),
]
