"""Weekly hours: a named subset of the OpenStreetMap `opening_hours` notation, read and written.

`Mo-Fr 08:00-12:00,13:00-17:00; Sa 08:00-12:00`, `24/7`, `off`. Nothing here knows a date's holidays.
"""

from support_sla.values.week.notation import parse_clock_time
from support_sla.values.week.parse import parse_day, parse_week, parse_weekdays
from support_sla.values.week.ranges import (
    ALWAYS,
    CLOSED_WEEK,
    WEEKDAYS,
    WHOLE_DAY,
    Day,
    Range,
    Week,
    check_day,
    check_week,
    format_clock_time,
    format_day,
    format_range,
    format_week,
)

__all__ = [
    "ALWAYS",
    "CLOSED_WEEK",
    "WEEKDAYS",
    "WHOLE_DAY",
    "Day",
    "Range",
    "Week",
    "check_day",
    "check_week",
    "format_clock_time",
    "format_day",
    "format_range",
    "format_week",
    "parse_clock_time",
    "parse_day",
    "parse_week",
    "parse_weekdays",
]
