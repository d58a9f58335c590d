"""Durations as people write them: '3h', '30m', '1h30m' or ISO 8601 'PT3H'. A unit is required."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Annotated

from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema

from support_sla.errors import shown
from support_sla.values.instants import plain_amount
from support_sla.values.model import fault

_SHORT = re.compile(
    r"(?:(?P<h>[0-9]++)\s*+h)?\s*+(?:(?P<m>[0-9]++)\s*+m)?\s*+(?:(?P<s>[0-9]++)(?:\.(?P<us>[0-9]{1,6}+))?\s*+s)?"
)
_ISO = re.compile(
    r"PT(?:(?P<h>[0-9]+)H)?(?:(?P<m>[0-9]+)M)?(?:(?P<s>[0-9]+)(?:[.,](?P<us>[0-9]{1,6}))?S)?"
)
_DAYS = re.compile(r"P?(?P<count>[0-9]++)\s*(?P<unit>[dw])(?P<rest>.*)", re.IGNORECASE | re.DOTALL)
_WAY_OUT = "write hours, minutes and seconds, e.g. '3h', '30m', '1h30m' or 'PT3H'"


def parse_duration(value: object) -> timedelta:
    """Return the amount of time that `value` writes; zero may be written '0m'.

    A `timedelta` is taken as it is. Raises pydantic's custom error, with a slug, for a number
    without a unit, a negative amount, a unit that could mean two things (a day is 24 hours or a
    business day), and anything else that is no duration.

    >>> parse_duration("1h30m")
    datetime.timedelta(seconds=5400)
    """
    if isinstance(value, timedelta):
        amount = plain_amount(value)
        if amount < timedelta(0):
            raise fault("duration_negative", f"duration {value} is negative; {_WAY_OUT}")
        if getattr(value, "nanoseconds", 0):
            message = f"duration {value} has digits below the microsecond; round it first"
            raise fault("duration_too_fine", message)
        return amount
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        raise fault("duration_without_unit", f"duration {shown(value)} has no unit; {_WAY_OUT}")
    if not isinstance(value, str):
        raise fault("duration_invalid", f"{shown(value)} is no duration; {_WAY_OUT}")
    text = value.strip()
    match = _ISO.fullmatch(text) or _SHORT.fullmatch(text)
    if match and any(match.groups()):
        return _amount(value, match)
    if re.fullmatch(r"[0-9.]+", text):
        raise fault("duration_without_unit", f"duration {shown(value)} has no unit; {_WAY_OUT}")
    if text.startswith("-"):
        raise fault("duration_negative", f"duration {shown(value)} is negative; {_WAY_OUT}")
    if days := _DAYS.fullmatch(text):
        raise fault("duration_ambiguous", _two_readings(value, days))
    way_out = f"write '{spelt}'" if len(text) < 80 and (spelt := _spelt(text)) else _WAY_OUT
    raise fault("duration_invalid", f"{shown(value)} is no duration; {way_out}")


def _two_readings(text: str, days: re.Match[str]) -> str:
    """Return the message about an amount of days or weeks, with what to write for each reading."""
    unit, plain, business = ("week", 168, 40) if days["unit"] in "wW" else ("day", 24, 8)
    count = int(days["count"]) if len(days["count"]) < 5 else 0
    alone = days["rest"].lower() in ("", "s", "ay", "ays", "eek", "eeks")
    first, second = f"hours, {plain} for each {unit}", f"hours, {business} for each {unit}"
    if count and alone:
        first, second = f"'{count * plain}h'", f"'{count * business}h'"
    return (
        f"duration {shown(text)} counts {unit}s, which may mean {plain} hours each or business "
        f"days; write {first} for the former, and for the latter the hours in which the line is "
        f"open, {second} if a {unit} has {business}, with counted_in = 'business_time'"
    )


def _spelt(text: str) -> str | None:
    """Return the same amount in our spelling, if only its spelling is another."""
    short = re.sub(r"(?i)\s*(hours?|hrs?|minutes?|mins?|seconds?|secs?|[hms])\b\s*", _unit, text)
    short = re.sub(r"([0-9]+)\.5h", r"\1h30m", re.sub(r"^\.5h", "30m", short))
    match = _SHORT.fullmatch(short)
    return short if match and any(match.groups()) else None


def _unit(match: re.Match[str]) -> str:
    return match[1][0].lower()


def _amount(value: str, match: re.Match[str]) -> timedelta:
    micros = int((match["us"] or "0").ljust(6, "0"))
    try:
        hours, minutes, seconds = (int(match[unit] or 0) for unit in ("h", "m", "s"))
        return timedelta(hours=hours, minutes=minutes, seconds=seconds, microseconds=micros)
    except (OverflowError, ValueError):  # ValueError: more digits than int() reads
        message = f"duration {shown(value)} is longer than any clock can count; shorten it"
        raise fault("duration_too_long", message) from None


def format_duration(amount: timedelta) -> str:
    """Return the shortest writing that `parse_duration` reads back as the same amount.

    >>> format_duration(timedelta(minutes=90)), format_duration(timedelta(0))
    ('1h30m', '0m')
    """
    minutes, seconds = divmod(amount.days * 86_400 + amount.seconds, 60)
    hours, minutes = divmod(minutes, 60)
    text = f"{hours}h" if hours else ""
    text += f"{minutes}m" if minutes else ""
    if amount.microseconds:
        text += f"{seconds}.{amount.microseconds:06d}".rstrip("0") + "s"
    elif seconds:
        text += f"{seconds}s"
    return text or "0m"


Duration = Annotated[
    timedelta,
    BeforeValidator(parse_duration),
    PlainSerializer(format_duration, return_type=str),
    WithJsonSchema({"type": "string", "examples": ["3h", "30m", "1h30m", "PT3H"]}),
]
