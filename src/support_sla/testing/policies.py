"""Strategies for whole policies, each with lines that can open and rules that can match."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from support_sla.policy.policy import Policy
from support_sla.testing.calendars import holiday_calendars
from support_sla.testing.rules import FEATURES, Parts, line_hours, rules, ticket_lists
from support_sla.testing.schedules import schedules

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

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

_STATUSES = ["open", "pending", "on hold"]


@st.composite
def policies(  # noqa: PLR0913  what is possible, by name
    draw: st.DrawFn,
    *,
    zones: Sequence[str] = ZONES,
    crossings: Sequence[str] = ("submission", "overlap", "in_order"),
    countries: Sequence[str] = ("VN",),
    max_within: dt.timedelta = dt.timedelta(hours=30),
    features: Collection[str] = FEATURES,
) -> Policy:
    """Generate whole policies, each line with at least one rule and able to open.

    `zones`, `crossings` and `countries` are those that may occur, `max_within` bounds a target that
    is an amount of time. `features` are what else may occur, by default all of `FEATURES`: promises
    in business days, hours of a rule, conditions on an open line and on the time of day, attributes
    of the request, seasons, hours on holidays, a department's own zone, rules that lines share,
    and what concerns tickets over time: statuses, the other metrics, what clocks pause on and when
    they warn, and a department `other` with lines that promise no first response, one internal.
    Every line of the department `desk` promises one.
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
    attributes = {}
    if "attributes" in features and draw(st.integers(0, 2)) == 2:
        attributes = {"plan": ["basic", "gold"]}
    has_tickets = "tickets" in features and draw(st.integers(0, 4)) == 4
    statuses = draw(st.sampled_from([[], _STATUSES, _STATUSES])) if has_tickets else []
    parts = Parts(
        calendars, week, priorities, attributes, max_within, features, statuses, has_tickets
    )
    channels: dict[str, Any] = {}
    shared: dict[str, Any] = {}
    for channel in draw(st.sampled_from([["ticket"], ["ticket", "chat"]])):
        hours = draw(line_hours(parts))
        channels[channel] = {"hours": hours, "first_response": draw(rules(parts, hours))}
        if has_tickets:
            channels[channel] |= draw(ticket_lists(parts, hours))
    if "rules" in features and draw(st.integers(0, 7)) == 7:
        shared = {"shared": channels["ticket"]["first_response"]}
        channels["ticket"]["first_response"] = "shared"
    desk: dict[str, Any] = {"channels": channels}
    if "timezone" in features and draw(st.integers(0, 7)) == 7:
        desk["timezone"] = draw(st.sampled_from(list(zones)))
    departments = {"desk": desk}
    if has_tickets and (names := draw(st.sampled_from([[], ["inside"], ["inside", "calls"]]))):
        departments["other"] = {
            "channels": {name: draw(_other_line(parts, name)) for name in names}
        }
        if "timezone" in features and draw(st.booleans()):
            departments["other"]["timezone"] = draw(st.sampled_from(list(zones)))
    return Policy.model_validate(
        {
            "name": "generated",
            "timezone": draw(st.sampled_from(list(zones))),
            "crossing": draw(st.sampled_from(list(crossings))),
            "priorities": priorities,
            "attributes": attributes,
            "calendars": calendars,
            "schedules": week,
            "statuses": statuses,
            "rules": shared,
            "departments": departments,
        }
    )


@st.composite
def _other_line(draw: st.DrawFn, parts: Parts, name: str) -> dict[str, Any]:
    """Generate a line that promises a resolution and no first response; `inside` to colleagues."""
    hours = draw(line_hours(parts))
    lists = draw(ticket_lists(parts, hours))
    resolution = lists.get("resolution") or draw(rules(parts, hours, "resolution"))
    line = {"hours": hours, **lists, "resolution": resolution}
    return {**line, "internal": True} if name == "inside" else line
