"""Strategies for whole policies, each with lines that can open and rules that can match."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from hypothesis import assume
from hypothesis import strategies as st

from support_sla.calendars.opening_hours import OpeningHours
from support_sla.policy.checks.reach import reachable
from support_sla.policy.policy import Policy
from support_sla.testing.calendars import holiday_calendars
from support_sla.testing.schedules import schedules
from support_sla.values.week import WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from support_sla.policy.schedule import Schedule

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
"""Zones that together show every surprise of a wall clock; the first is UTC."""


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
        assume(
            OpeningHours(
                week[schedule].week, tuple((n, calendars[n]) for n in observes)
            ).can_ever_open()
        )
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
    """Generate a promise of at most `most` of its time; of business time, two weeks' hours."""
    counted_in = draw(st.sampled_from(sorted(most)))
    minute, none = dt.timedelta(minutes=1), dt.timedelta(0)
    minutes = st.integers(0, most[counted_in] // minute).map(lambda count: count * minute)
    amounts = st.one_of(minutes, minutes, st.timedeltas(none, most[counted_in]))
    within = draw(amounts)
    promise: dict[str, Any] = {"within": within, "counted_in": counted_in}
    if draw(st.booleans()):
        promise["earliest"] = min(within, draw(amounts))
    return promise
