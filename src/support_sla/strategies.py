"""Hypothesis strategies for the public models, so that others can test against whole policies.

By default they generate everything the models accept: closed days, night shifts, hours up to
midnight, every kind of special day, zones with gaps and repeated hours.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from hypothesis import assume
from hypothesis import strategies as st

from support_sla.calendars.calendar import HolidayCalendar
from support_sla.calendars.coverage import Coverage
from support_sla.calendars.opening_hours import can_ever_open
from support_sla.clock.clock import Clock
from support_sla.clock.wall_clock import WallClock
from support_sla.errors import YearsNotCoveredError
from support_sla.policy.policy import Policy
from support_sla.policy.schedule import Schedule
from support_sla.policy.when import reachable
from support_sla.values.instants import from_micros, to_micros
from support_sla.values.units import DAY, MICROSECOND
from support_sla.values.week import WEEKDAYS, format_day, format_range

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["ZONES", "holiday_calendars", "policies", "schedules", "submissions"]

ZONES = (
    "UTC",
    "Asia/Ho_Chi_Minh",  # no clock change since 1975
    "America/New_York",  # one hour, at two in the morning
    "Australia/Lord_Howe",  # half an hour
    "Africa/Cairo",  # forward over midnight
    "Asia/Beirut",  # forward and back at midnight
    "America/Santiago",  # at midnight, on a Saturday night
    "America/St_Johns",  # until 2011 one minute past midnight, so the evening before came twice
    "Pacific/Apia",  # skipped 30 December 2011
    "Asia/Kathmandu",  # 5 h 45 min ahead of UTC
)
"""Zones that between them show every way in which a wall clock can surprise; the first is UTC."""

_SPAN = (2005, 2030)
_SECOND = dt.timedelta(seconds=1)


@st.composite
def schedules(draw: st.DrawFn, *, closed: bool = True, overnight: bool = True) -> Schedule:
    """Generate weekly hours: up to three ranges a day, ends at 24:00, night shifts, 24/7.

    `closed` allows a week without any hours, `overnight` ranges that run into the next date.
    Shrinks to no hours at all; with `closed=False` to Monday 00:00-00:01.
    """
    unit = draw(st.sampled_from([60, 60, 60, 1]))
    week = [draw(_days(unit)) for _ in WEEKDAYS]
    if not closed and not any(week):
        week[0] = [(0, 60)]
    if overnight:
        for weekday, ranges in enumerate(week):
            following = week[(weekday + 1) % 7]
            room = following[0][0] if following else DAY
            if ranges and room and draw(st.integers(0, 3)) == 3:
                end = draw(st.integers(1, room // 60 or 1)) * 60
                ranges[-1] = (ranges[-1][0], DAY + min(end, room))
    if draw(st.integers(0, 15)) == 15:  # drawn last, or the shrinker would take it for simpler
        return Schedule("24/7")
    return Schedule(
        {day: list(map(format_range, hours)) for day, hours in zip(WEEKDAYS, week, strict=True)}
    )


def _days(unit: int, *, min_ranges: int = 0) -> st.SearchStrategy[list[tuple[int, int]]]:
    """Generate the hours of one date, ending by 24:00, on whole units of so many seconds."""
    edges = st.lists(
        st.integers(0, DAY // unit).map(lambda count: count * unit),
        min_size=2 * min_ranges,
        max_size=6,
        unique=True,
    )
    return edges.map(lambda found: _paired(sorted(found)))


def _paired(edges: list[int]) -> list[tuple[int, int]]:
    return list(zip(edges[::2], edges[1::2], strict=False))


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
        hours = draw(_days(draw(st.sampled_from([60, 60, 60, 1])), min_ranges=1))
        if draw(st.integers(0, 3)) == 3:
            hours[-1] = (hours[-1][0], DAY + draw(st.integers(1, 1440)) * 60)
        day[kind] = format_day(tuple(hours))
    elif kind == "works_as":
        day[kind] = draw(st.sampled_from(WEEKDAYS))
    return day


@st.composite
def policies(
    draw: st.DrawFn,
    *,
    zones: Sequence[str] = ZONES,
    crossings: Sequence[str] = ("submission", "overlap", "in_order"),
    countries: Sequence[str] = ("VN",),
    max_within: dt.timedelta = dt.timedelta(hours=30),
) -> Policy:
    """Generate whole policies, each line with at least one rule and able to open.

    `zones`, `crossings` and `countries` are those that may occur, `max_within` bounds a target.
    Shrinks to one department with a ticket line open on Mondays, one rule, UTC and no calendar.
    """
    calendar_names = draw(st.sampled_from([[], ["public"], ["public", "own"]]))
    first, last = draw(st.sampled_from([(2020, 2027), (2005, 2013)]))
    known = holiday_calendars(first_year=first, last_year=last, countries=countries)
    calendars = {name: draw(known) for name in calendar_names}
    priorities = draw(st.sampled_from([[], ["low", "high"]]))
    week = {
        name: draw(schedules(closed=False)) for name in draw(st.sampled_from([["a"], ["a", "b"]]))
    }
    channels = {}
    for channel in draw(st.sampled_from([["ticket"], ["ticket", "chat"]])):
        schedule = draw(st.sampled_from(sorted(week)))
        observes = [name for name in calendar_names if draw(st.booleans())]
        assume(can_ever_open(week[schedule].week, tuple((n, calendars[n]) for n in observes)))
        channels[channel] = {
            "hours": {"schedule": schedule, "observes": observes},
            "first_response": draw(_rules(calendar_names, priorities, max_within, week[schedule])),
        }
    return Policy.model_validate(
        {
            "name": "generated",
            "timezone": draw(st.sampled_from(list(zones))),
            "crossing": draw(st.sampled_from(list(crossings))),
            "priorities": priorities,
            "calendars": calendars,
            "schedules": week,
            "departments": {"desk": {"channels": channels}},
        }
    )


@st.composite
def _rules(
    draw: st.DrawFn,
    calendars: list[str],
    priorities: list[str],
    max_within: dt.timedelta,
    schedule: Schedule,
) -> list[dict[str, Any]]:
    """Generate rules that can all match: conditional ones, each reachable, then a default."""
    days = st.lists(
        st.sampled_from([*calendars, *reversed(WEEKDAYS)]), min_size=1, max_size=3, unique=True
    )
    conditions = [days.map(lambda found: {"days": found})]
    if priorities:
        one = st.sampled_from(priorities).map(lambda name: [name])
        conditions.append(one.map(lambda found: {"priority": found}))
        conditions.append(st.fixed_dictionaries({"days": days, "priority": one}))
    whens: list[Any] = [*draw(st.lists(st.one_of(conditions), max_size=2)), None]
    weekly = sum(end - start for day in schedule.week for start, end in day)
    most = {
        "business_time": min(max_within, dt.timedelta(seconds=2 * weekly)),
        "calendar_time": max_within,
    }
    return [
        {"name": f"rule {at}", **({"when": when} if when else {}), **draw(_promises(most))}
        for at, when in enumerate(reachable(whens, priorities))
    ]


@st.composite
def _promises(draw: st.DrawFn, most: dict[str, dt.timedelta]) -> dict[str, Any]:
    """Generate a promise of at most so much of either time; business time has two weeks' hours."""
    counted_in = draw(st.sampled_from(sorted(most)))
    minute, none = dt.timedelta(minutes=1), dt.timedelta(0)
    minutes = st.integers(0, most[counted_in] // minute).map(lambda count: count * minute)
    amounts = st.one_of(minutes, minutes, st.timedeltas(none, most[counted_in]))
    within = draw(amounts)
    promise: dict[str, Any] = {"within": within, "counted_in": counted_in}
    if draw(st.booleans()):
        promise["earliest"] = min(within, draw(amounts))
    return promise


@st.composite
def submissions(
    draw: st.DrawFn, policy: Policy, *, department: str | None = None, channel: str | None = None
) -> dt.datetime:
    """Generate aware instants at which a request may reach a policy's line, in any zone.

    They lie in the years that all its calendars cover, two months short of their end so that a
    deadline has room, and between 2005 and 2030 where the calendars cover some of that. Often they
    are an opening, a closing or a midnight of the line's clock, or one microsecond beside it.
    Without `department` or `channel` any line is meant. Shrinks to the first instant of the years,
    in UTC.
    """
    owner = department or draw(st.sampled_from(sorted(policy.departments)))
    line = channel or draw(st.sampled_from(sorted(policy.department(owner).channels)))
    clock = Clock.of(policy, department=owner, channel=line)
    coverage = Coverage.of(tuple(policy.calendars.items()))
    first, last = max(coverage.first, _SPAN[0]), min(coverage.last, _SPAN[1])
    if first > last:
        first, last = coverage.first, min(coverage.last, coverage.first + 25)
    start = dt.datetime(first, 1, 2, tzinfo=dt.UTC)
    stop = dt.datetime(last, 11, 1, tzinfo=dt.UTC)
    at = start + dt.timedelta(seconds=draw(st.integers(0, (stop - start) // _SECOND)))
    edge = draw(st.sampled_from(["none", "opening", "closing", "midnight", "clock change"]))
    if edge != "none":
        found = _edge(clock, at, edge)
        at = min(found or at, stop) + draw(st.sampled_from([0, -1, 1])) * MICROSECOND
    zone = draw(st.sampled_from(["UTC", policy.timezone, "Asia/Kolkata", "America/New_York"]))
    return at.astimezone(ZoneInfo(zone))


def _edge(clock: Clock, at: dt.datetime, edge: str) -> dt.datetime | None:
    """Return the next instant of this kind after `at`, in UTC; None where none comes."""
    if edge in ("opening", "closing"):
        try:
            closes = clock.next_close(at)
            found = clock.next_open(closes) if closes and edge == "opening" else closes
        except YearsNotCoveredError:
            found = None
        return None if found is None else found.astimezone(dt.UTC)
    wall, micros = WallClock.of(clock.timezone, at.year, at.year), to_micros(at)
    if edge == "midnight":
        return from_micros(wall.midnight(wall.day(micros) + 1), dt.UTC)
    return next((from_micros(change, dt.UTC) for change in wall.starts if change > micros), None)
