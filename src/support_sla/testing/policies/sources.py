"""Strategies for what a holiday calendar may be made of beside days written one by one."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Any, Literal, TypeAlias, get_args

from hypothesis import strategies as st
from pydantic import ValidationError
from pydantic_core import PydanticCustomError

from support_sla.calendars.calendar import HolidayCalendar
from support_sla.calendars.sources.country import Country, covered_years
from support_sla.calendars.sources.lunar_festivals import Festival
from support_sla.calendars.sources.recurring import Recurring

SourceName: TypeAlias = Literal["country", "changes", "recurring", "festivals", "feed", "union"]

ALL_SOURCES: tuple[SourceName, ...] = get_args(SourceName)
"""Where the days of a generated calendar may come from beside those written one by one."""

_RECURRING: list[dict[str, Any]] = [
    {"name": "break", "on": "12-24..01-02"},
    {"name": "early", "rrule": "FREQ=MONTHLY;BYDAY=-1FR", "closed": "12:00-24:00"},
    {"name": "late", "rrule": "FREQ=MONTHLY;BYMONTHDAY=1", "open": "20:00-26:00"},
    {"name": "leap day", "on": "02-29", "label": {"en": "the leap day"}},
    {"name": "working Saturday", "rrule": "FREQ=YEARLY;BYDAY=1SA", "works_as": "Fr"},
    {
        "name": "each second Friday",
        "rrule": "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR",
        "start": "1000-01-03",
    },
]


@cache
def recurring_days(first_year: int, last_year: int) -> st.SearchStrategy[list[dict[str, Any]]]:
    """Generate days that come again by a date or a rule: off, closed in part, with hours of their own."""
    known = [each for each in _RECURRING if Recurring(**each).comes(first_year, last_year)]
    return st.lists(st.sampled_from(known), min_size=1, max_size=2, unique_by=str)


FESTIVALS: st.SearchStrategy[dict[str, Any]] = st.builds(
    lambda name, before, after: {"name": name, "days": (-before, after)},
    st.sampled_from(["tet", "hung_kings"]),
    st.integers(0, 3),
    st.integers(0, 5),
)
"""Lunar festivals, with some days before and after their first."""

_OPTIONS: tuple[dict[str, Any], ...] = (
    {},
    {"rest_days": ("Su",)},
    {"rest_days": ("Sa", "Su")},
    {"swaps": True},
    {"swaps": True, "rest_days": ("Sa", "Su")},
    {"observed": False},
)


@cache
def options_of_country(code: str) -> st.SearchStrategy[dict[str, Any]]:
    """Generate what a calendar may say of a country's days; first that it says nothing."""
    import holidays  # noqa: PLC0415  takes longer to import than all the rest, so only when asked

    try:
        known = holidays.country_holidays(code, expand=False)
    except NotImplementedError:  # the calendar refuses it, with a way out
        return st.just({})
    options = list(_OPTIONS)
    options += [{"subdivision": name} for name in known.subdivisions[:2]]
    options += [{"language": name} for name in known.supported_languages[:2]]
    options += [{"categories": (name,)} for name in known.supported_categories[:2]]
    return st.sampled_from([each for each in options if _is_read(code, each)])


@cache
def country_known(code: str, first_year: int, last_year: int) -> bool:
    """Whether the public days of a country are known in all of these years."""
    try:
        known = covered_years(Country(code))
    except PydanticCustomError:
        return True  # a country that is none is refused by the calendar, with a way out
    return known[0] <= first_year and last_year <= known[1]


def _is_read(code: str, options: dict[str, Any]) -> bool:
    """Whether a country can be given these options: not every one marks its compensation days."""
    try:
        HolidayCalendar(country=code, **options)
    except ValidationError:
        return not options  # a country that is none is refused when it is drawn, by the calendar
    return True


@cache
def days_of_country(code: str, options: tuple[tuple[str, Any], ...], year: int) -> list[dt.date]:
    """Return the dates that a country is off in a year."""
    made = HolidayCalendar.model_validate({"country": code, **dict(options)})
    return sorted({day.date for day in made.special_days(year) if day.is_whole_day_off})


def festivals_known(first_year: int, last_year: int) -> bool:
    """Whether the dates of every festival are known in all of these years."""
    known = [Festival(name=name).covered_years for name in ("tet", "hung_kings")]
    return all(first <= first_year and last_year <= last for first, last in known)


@cache
def feeds(first_year: int, last_year: int) -> st.SearchStrategy[dict[str, Any]]:
    """Generate the text of an iCalendar file with events in these years, and how it is read."""
    days = (dt.date(last_year, 12, 31) - dt.date(first_year, 1, 1)).days
    begins = st.integers(0, days).map(lambda n: dt.date(first_year, 1, 1) + dt.timedelta(n))
    events = st.lists(st.tuples(begins, st.sampled_from(_EVENTS)), min_size=1, max_size=3)
    return st.builds(_feed, events, st.sampled_from(_READINGS))


_EVENTS = (
    ("closed", "DTSTART;VALUE=DATE:{date}"),
    ("closed", "DTSTART;VALUE=DATE:{date}\r\nRRULE:FREQ=YEARLY;COUNT=3"),
    ("early", "DTSTART:{date}T120000\r\nDTEND:{date}T170000"),
    ("early", "DTSTART:{date}T140000Z\r\nDURATION:PT4H"),
)
_READINGS: tuple[dict[str, Any], ...] = (
    {},
    {},
    {"only": {"summary": ["*"]}},
    {"only": {"category": ["office"]}},
    {"except": {"summary": ["party"]}},
)


def _feed(events: list[tuple[dt.date, tuple[str, str]]], reading: dict[str, Any]) -> dict[str, Any]:
    if "except" in reading:
        events = [*events, (events[0][0], ("party", _EVENTS[0][1]))]
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0"]
    for number, (date, (summary, when)) in enumerate(events):
        lines += ["BEGIN:VEVENT", f"UID:{number}", f"SUMMARY:{summary}", "CATEGORIES:office"]
        lines += [when.format(date=date.isoformat().replace("-", "")), "END:VEVENT"]
    lines += ["END:VCALENDAR", ""]
    return {"feed": "\r\n".join(lines), "timezone": "Asia/Ho_Chi_Minh", **reading}
