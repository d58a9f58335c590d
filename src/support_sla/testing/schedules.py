"""Strategies for weekly hours, and for the hours of one date."""

from __future__ import annotations

from functools import cache

from hypothesis import strategies as st

from support_sla.policy.schedule import Schedule
from support_sla.values.units import DAY
from support_sla.values.week import WEEKDAYS, format_range


@st.composite
def schedules(draw: st.DrawFn, *, closed: bool = True, overnight: bool = True) -> Schedule:
    """Generate weekly hours: up to three ranges a day, ends at 24:00, night shifts, 24/7.

    `closed` allows a week without any hours, `overnight` ranges that run into the next date.
    Shrinks to no hours at all; with `closed=False` to Monday 00:00-00:01.
    """
    unit = draw(st.sampled_from([60, 60, 60, 1]))
    week = [draw(hours_of_a_date(unit)) for _ in WEEKDAYS]
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


@cache  # Hypothesis looks anew through each strategy that it has not met
def hours_of_a_date(unit: int, *, min_ranges: int = 0) -> st.SearchStrategy[list[tuple[int, int]]]:
    """Generate the hours of one date, ending by 24:00, on whole units of `unit` seconds."""
    edges = st.lists(
        st.integers(0, DAY // unit).map(lambda count: count * unit),
        min_size=2 * min_ranges,
        max_size=6,
        unique=True,
    )
    return edges.map(lambda found: _paired(sorted(found)))


def _paired(edges: list[int]) -> list[tuple[int, int]]:
    return list(zip(edges[::2], edges[1::2], strict=False))
