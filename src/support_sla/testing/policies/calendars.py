"""Strategies for holiday calendars and their special days."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from support_sla.calendars.calendar import HolidayCalendar
from support_sla.calendars.special_day import SpecialDay
from support_sla.testing.drawn import ONE_IN_4, dates, one_of, up_to
from support_sla.testing.policies.schedules import hours_of_a_date
from support_sla.testing.policies.sources import (
    ALL_SOURCES,
    FESTIVALS,
    country_known,
    days_of_country,
    feeds,
    festivals_known,
    options_of_country,
    recurring_days,
)
from support_sla.values.units import DAY
from support_sla.values.week import WEEKDAYS, format_day

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Sequence

    from support_sla.testing.policies.sources import SourceName

_MIXES: tuple[tuple[SourceName, ...], ...] = (
    (),
    ("country",),
    ("recurring",),
    (),
    ("country",),
    ("festivals",),
    ("country", "changes"),
    ("feed",),
    ("union",),
    ("country", "recurring"),
    ("country", "changes", "festivals", "feed", "union", "recurring"),
)
"""Sources that a calendar may have together; one without any has only days written in it."""

_MIXED = st.sampled_from(_MIXES)

_KINDS = st.sampled_from(["off", "closed", "open", "works_as"])
_UNITS = st.sampled_from([60, 60, 60, 1])
_PAST_MIDNIGHT = st.integers(1, DAY // 60)
_WEEKDAYS = st.sampled_from(WEEKDAYS)
_TEXTS = st.sampled_from([None, None, {"en": "a day off", "vi": "ngày nghỉ"}])


@st.composite
def holiday_calendars(
    draw: st.DrawFn,
    *,
    first_year: int = 2020,
    last_year: int = 2027,
    countries: Sequence[str] = ("VN", "US"),
    sources: Collection[SourceName] = ALL_SOURCES,
) -> HolidayCalendar:
    """Generate calendars that cover `first_year` to `last_year`, with special days of every kind.

    `countries` are those whose public days may be in it, if they are known in all of the years; empty
    allows none. `sources` are what else than days written one by one may be in it, by default all: a
    country's days, of a part of it, in several categories, with rest days, swaps and days removed or
    moved (`changes`); days that recur; lunar festivals; an iCalendar feed, for which the extra `ics`
    is needed; a union with another one.
    Raises `ValueError` for a span that holds no year, and for a source that is none. Shrinks to a
    calendar without any day.
    """
    if last_year < first_year:
        message = f"years {first_year} to {last_year} hold no year; swap them"
        raise ValueError(message)
    if isinstance(countries, str):
        message = f"countries {countries!r} are one text, not a list; write [{countries!r}]"
        raise ValueError(message)  # noqa: TRY004  as every other option is refused
    if unknown := [name for name in sources if name not in ALL_SOURCES]:
        message = f"no source {unknown[0]!r}; there are {', '.join(ALL_SOURCES)}"
        raise ValueError(message)
    years = first_year, last_year
    mix = [name for name in draw(_MIXED) if name in sources]
    made: dict[str, Any] = {"years": years}
    changed: set[dt.date] = set()
    known = tuple(code for code in countries if country_known(code, *years))
    if "country" in mix and known:
        code = draw(one_of(known))
        options = draw(options_of_country(code))
        made |= {"country": code, **options}
        if "changes" in mix:
            days = days_of_country(code, tuple(options.items()), first_year)
            changed = _changes(draw, made, days, years)
    if "recurring" in mix:
        made["recurring"] = draw(recurring_days(*years))
    if "festivals" in mix and festivals_known(*years):
        made["festivals"] = [draw(FESTIVALS)]
    if "feed" in mix:
        made |= draw(feeds(*years))
    if "union" in mix:
        made["union"] = [{"years": years, "days": _written(draw, years, frozenset())}]
    made["days"] = _written(draw, years, changed)
    return HolidayCalendar.model_validate(made)


def _changes(
    draw: st.DrawFn, made: dict[str, Any], days: list[dt.date], years: tuple[int, int]
) -> set[dt.date]:
    """Remove one of a country's days and move the next, and return all dates concerned."""
    if len(days) < 2:
        return set()
    first = draw(up_to(len(days) - 2))
    to = draw(dates(*years))
    made["removed"] = [days[first]]
    made["moved"] = [{"date": days[first + 1], "to": to}]
    return {days[first], days[first + 1], to}


def _written(
    draw: st.DrawFn, years: tuple[int, int], taken: Collection[dt.date]
) -> list[dict[str, Any]]:
    """Draw days that are written one by one, on dates that are not taken."""
    drawn = draw(_some_dates(*years))
    return [_special_day(draw, date) for date in drawn if date not in taken]


@st.composite
def special_days(draw: st.DrawFn, first_year: int, last_year: int) -> SpecialDay:
    """Generate special days of some years, of every kind; shrinks to the first date, off."""
    return SpecialDay.model_validate(_special_day(draw, draw(dates(first_year, last_year))))


def _special_day(draw: st.DrawFn, date: dt.date) -> dict[str, Any]:
    kind = draw(_KINDS)
    day: dict[str, Any] = {"date": date, "name": f"{kind} day"}
    if kind in ("closed", "open"):
        hours = draw(hours_of_a_date(draw(_UNITS), min_ranges=1))
        if draw(ONE_IN_4):
            hours = [*hours[:-1], (hours[-1][0], DAY + draw(_PAST_MIDNIGHT) * 60)]
        day[kind] = format_day(tuple(hours))
    elif kind == "works_as":
        day[kind] = draw(_WEEKDAYS)
    elif label := draw(_TEXTS):
        day["label"] = label
    return day


@cache
def _some_dates(first_year: int, last_year: int) -> st.SearchStrategy[list[dt.date]]:
    return st.lists(dates(first_year, last_year), unique=True, max_size=4)
