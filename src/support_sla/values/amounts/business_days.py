"""A promise in business days: '1 business day' is a date on which the line opens, never 24 hours."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated, TypeAlias

from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema
from pydantic_core import PydanticCustomError

from support_sla.errors import shown
from support_sla.values.amounts.durations import format_duration, parse_duration
from support_sla.values.model import fault

MOST_DAYS = 3_650
"""Business days that a promise may have: ten years of dates."""

_COUNTED = re.compile(r"([0-9]+)\s*business[ -]days?", re.IGNORECASE)
_ALIKE = re.compile(
    r"(?P<count>[0-9]+(?:[.,][0-9]+)?)?\s*(?:business|working|work|b)[ _-]?d(?:ays?)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, order=True)
class BusinessDays:
    """A number of business days: local dates on which the line opens, in whole or in part.

    >>> str(BusinessDays(1)), str(BusinessDays(2))
    ('1 business day', '2 business days')
    """

    count: int

    def __str__(self) -> str:
        return f"{self.count} business day{'' if self.count == 1 else 's'}"


def parse_within(value: object) -> timedelta | BusinessDays:
    """Return the promise that `value` writes: an amount of time, or a number of business days.

    Raises pydantic's custom error, with a slug, for what is neither.

    >>> parse_within("2 business days"), parse_within("3h")
    (BusinessDays(count=2), datetime.timedelta(seconds=10800))
    """
    if isinstance(value, BusinessDays):
        return _checked(value.count, str(value))
    if isinstance(value, str):
        text = value.strip()
        if match := _COUNTED.fullmatch(text):
            return _checked(int(match[1]) if len(match[1]) < 10 else MOST_DAYS + 1, value)
        if match := _ALIKE.fullmatch(text):
            raise _misspelt(value, match["count"])
    try:
        return parse_duration(value)
    except PydanticCustomError as error:
        if error.type != "duration_ambiguous":
            raise
        count = re.match(r"P?([0-9]{1,4})(?![0-9])\s*(w?)", str(value).strip(), re.IGNORECASE)
        days = "business days"
        if count:
            days = f"'{BusinessDays(int(count[1]) * (5 if count[2] else 1))}'"
            days += " if a week has 5," if count[2] else ""
        said = error.message().replace(
            "the hours in which the line is open", f"{days} with by = 'close', or the open hours"
        )
        raise fault(error.type, said) from None


def _checked(count: int, written: str) -> BusinessDays:
    if type(count) is int and 0 <= count <= MOST_DAYS:
        return BusinessDays(count)
    message = f"{shown(written)} is no number of business days from 0 to {MOST_DAYS}"
    raise fault("business_days_invalid", f"{message}; write e.g. '1 business day'")


def _misspelt(value: str, count: str | None) -> PydanticCustomError:
    """Return the error for what reads like business days and is not written so."""
    if count and not count.isdigit():
        message = f"{shown(value)} counts a part of a business day, which has no length of its own"
        way_out = "write whole days, e.g. '1 business day', or open hours, e.g. '12h'"
        return fault("business_days_invalid", f"{message}; {way_out}")
    meant = f"{BusinessDays(int(count))}" if count and len(count) < 5 else "1 business day"
    message = f"{shown(value)} is not how business days are written; write {meant!r}"
    return fault("business_days_invalid", message)


def format_within(within: timedelta | BusinessDays) -> str:
    """Return the writing that `parse_within` reads back as the same promise."""
    return str(within) if isinstance(within, BusinessDays) else format_duration(within)


Within: TypeAlias = Annotated[
    timedelta | BusinessDays,
    BeforeValidator(parse_within),
    PlainSerializer(format_within, return_type=str),
    WithJsonSchema({"type": "string", "examples": ["3h", "30m", "1h30m", "1 business day"]}),
]
