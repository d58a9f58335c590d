"""Strategies for holiday calendars and their special days."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from support_sla.calendars.calendar import HolidayCalendar
from support_sla.testing.schedules import hours_of_a_date
from support_sla.values.units import DAY
from support_sla.values.week import WEEKDAYS, format_day

if TYPE_CHECKING:
    from collections.abc import Sequence

_RECURRING = (
    {"name": "break", "on": "12-24..01-02"},
    {"name": "early", "rrule": "FREQ=MONTHLY;BYDAY=-1FR", "closed": "12:00-24:00"},
    {"name": "late", "rrule": "FREQ=MONTHLY;BYMONTHDAY=1", "open": "20:00-26:00"},
)


@st.composite
def holiday_calendars(
    draw: st.DrawFn,
    *,
    first_year: int = 2020,
    last_year: int = 2027,
    countries: Sequence[str] = ("VN", "US"),
) -> HolidayCalendar:
    """Generate calendars that cover `first_year` to `last_year`, with special days of every kind.

    `countries` are those whose public days may be in it; empty allows only days written here.
    Raises `ValueError` for a span that holds no year. Shrinks to a calendar without any day.
    """
    if last_year < first_year:
        message = f"years {first_year} to {last_year} hold no year; swap them"
        raise ValueError(message)
    made: dict[str, Any] = {"years": (first_year, last_year)}
    if draw(st.booleans()) and countries:
        made["country"] = draw(st.sampled_from(list(countries)))
        rest_days = draw(st.sampled_from(("", "Su", "Sa Su")))
        if rest_days:
            made["rest_days"] = rest_days.split()
        made["swaps"] = draw(st.booleans())
    if draw(st.integers(0, 3)) == 3:
        made["recurring"] = [draw(st.sampled_from(_RECURRING))]
    if draw(st.integers(0, 3)) == 3 and first_year >= 1901 and last_year <= 2100:
        made["festivals"] = [{"name": "tet", "days": (draw(st.integers(-2, 0)), 4)}]
    dates = st.dates(dt.date(first_year, 1, 1), dt.date(last_year, 12, 31))
    made["days"] = [
        draw(_special_days(date)) for date in draw(st.lists(dates, unique=True, max_size=8))
    ]
    return HolidayCalendar(**made)


@st.composite
def _special_days(draw: st.DrawFn, date: dt.date) -> dict[str, Any]:
    kind = draw(st.sampled_from(["off", "closed", "open", "works_as"]))
    day: dict[str, Any] = {"date": date, "name": f"{kind} day"}
    if kind in ("closed", "open"):
        hours = draw(hours_of_a_date(draw(st.sampled_from([60, 60, 60, 1])), min_ranges=1))
        if draw(st.integers(0, 3)) == 3:
            hours[-1] = (hours[-1][0], DAY + draw(st.integers(1, 1440)) * 60)
        day[kind] = format_day(tuple(hours))
    elif kind == "works_as":
        day[kind] = draw(st.sampled_from(WEEKDAYS))
    return day
