"""Strategies for the instants at which requests reach a policy."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from support_sla.calendars.coverage import Coverage
from support_sla.clock.clock import Clock
from support_sla.clock.wall_clock import WallClock
from support_sla.errors import YearsNotCoveredError
from support_sla.values.instants import from_micros, to_micros
from support_sla.values.units import MICROSECOND

if TYPE_CHECKING:
    from support_sla.policy.policy import Policy

_SPAN = (2005, 2030)
_SECOND = dt.timedelta(seconds=1)


@st.composite
def submissions(
    draw: st.DrawFn, policy: Policy, *, department: str | None = None, channel: str | None = None
) -> dt.datetime:
    """Generate aware instants at which a request may reach a policy's line, in any zone.

    They lie in the years that all its calendars cover, two months short of their end so that a
    deadline has room, and between 2005 and 2030 if the calendars cover some of that. Often they are
    an opening, a closing, a midnight or a change of the line's clock, or one microsecond beside it.
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
    zone = draw(st.sampled_from(["UTC", policy.zone_of(owner), "Asia/Kolkata", "America/New_York"]))
    return at.astimezone(ZoneInfo(zone))


def _edge(clock: Clock, at: dt.datetime, edge: str) -> dt.datetime | None:
    """Return the next instant of this kind after `at`, in UTC; None if none comes."""
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
