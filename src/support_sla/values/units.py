"""The units of time, and how many of the smaller ones make a larger one."""

from __future__ import annotations

from datetime import timedelta
from typing import Literal, TypeAlias

Unit: TypeAlias = Literal["s", "ms", "us", "ns"]
"""The units that a column of instants may be in."""

NANOSECONDS_IN = {"s": 1_000_000_000, "ms": 1_000_000, "us": 1_000, "ns": 1}

DAY = 86_400
"""A day of the wall clock in seconds."""

SECOND = 1_000_000
"""A second in microseconds."""

DAY_MICROS = DAY * SECOND
"""24 hours in microseconds."""

MICROSECOND = timedelta(microseconds=1)


def day_in(unit: Unit) -> int:
    """Return 24 hours in a unit of columns."""
    return DAY * NANOSECONDS_IN["s"] // NANOSECONDS_IN[unit]
