"""Dates as day numbers, and the years that can be served."""

from __future__ import annotations

import datetime as dt

from support_sla.errors import InstantOutOfRangeError, NotAnInstantError
from support_sla.values.whole_numbers import read_whole

FIRST_YEAR, LAST_YEAR = 3, 9997
"""The years that leave room for the year before, the year after and any offset in Python's 1 to
9999."""

_EPOCH = dt.date(1970, 1, 1).toordinal()
_THURSDAY = 3


def day_number(date: dt.date) -> int:
    """Return the days from 1970-01-01 to `date`."""
    return date.toordinal() - _EPOCH


def date_of(number: int) -> dt.date:
    """Return the date of a day number."""
    return dt.date.fromordinal(number + _EPOCH)


def weekday_of(number: int) -> int:
    """Return the weekday of a day number; Monday is 0."""
    return (number + _THURSDAY) % 7


def year_days(first_year: int, last_year: int) -> tuple[int, int]:
    """Return the day numbers of 1 January of the first year and 31 December of the last one."""
    return day_number(dt.date(first_year, 1, 1)), day_number(dt.date(last_year, 12, 31))


def read_year(name: str, value: int) -> int:
    """Return a year that can be served; raise for another, or for what is no whole number."""
    if not FIRST_YEAR <= read_whole(name, value) <= LAST_YEAR:
        raise InstantOutOfRangeError.of(name, value, FIRST_YEAR, LAST_YEAR)
    return value


def read_date(name: str, value: object) -> dt.date:
    """Return a date; raise `NotAnInstantError` for anything else, a datetime included.

    `name` is the caller's argument, for the message.
    """
    if not isinstance(value, dt.date) or isinstance(value, dt.datetime):
        raise NotAnInstantError.date(name, value)
    return value
