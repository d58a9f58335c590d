"""Strategies for weekly hours, and for the hours of one date."""

from __future__ import annotations

from functools import cache

from hypothesis import strategies as st

from support_sla.policy.schedule import Schedule
from support_sla.testing.drawn import ONE_IN_4, ONE_IN_16
from support_sla.values.units import DAY
from support_sla.values.week import WEEKDAYS, format_range

_UNITS = st.sampled_from([60, 60, 60, 1])
_WHICH_DAYS = st.integers(0, 3**7 - 1)
"""For each weekday, in the digits of base 3: closed, or which of two kinds of days it is."""
_NIGHTS = st.integers(1, 127)
_MINUTES = st.integers(1, DAY // 60)


@st.composite
def schedules(draw: st.DrawFn, *, closed: bool = True, overnight: bool = True) -> Schedule:
    """Generate weekly hours: up to three ranges a day, ends at 24:00, night shifts, 24/7.

    `closed` allows a week without any hours, `overnight` ranges that run into the next date.
    Shrinks to no hours at all; with `closed=False` to Monday 00:00-00:01.
    """
    unit = draw(_UNITS)
    if draw(ONE_IN_16):
        week = [draw(hours_of_a_date(unit)) for _ in WEEKDAYS]
    else:
        which, kinds = draw(_WHICH_DAYS), [[], *(draw(hours_of_a_date(unit)) for _ in range(2))]
        week = [list(kinds[which // 3**at % 3]) for at in range(7)]
    if not closed and not any(week):
        week[0] = [(0, 60)]
    if overnight and draw(ONE_IN_4):
        _run_overnight(week, draw(_NIGHTS), draw(_MINUTES) * 60)
    if draw(ONE_IN_16):  # drawn last, or the shrinker would take it for simpler
        return Schedule("24/7")
    days = zip(WEEKDAYS, week, strict=True)
    return Schedule({day: list(map(format_range, hours)) for day, hours in days})


def _run_overnight(week: list[list[tuple[int, int]]], nights: int, length: int) -> None:
    """Let the last range of some days run so long into the next date, up to the next opening."""
    for weekday, ranges in enumerate(week):
        following = week[(weekday + 1) % 7]
        room = following[0][0] if following else DAY
        if ranges and room and nights >> weekday & 1:
            ranges[-1] = (ranges[-1][0], DAY + min(length, room))


@cache
def hours_of_a_date(unit: int, *, min_ranges: int = 0) -> st.SearchStrategy[list[tuple[int, int]]]:
    """Generate the hours of one date, ending by 24:00, on whole units of `unit` seconds."""
    edges = st.lists(
        st.integers(0, DAY // unit).map(lambda count: count * unit),
        min_size=2 * min_ranges,
        max_size=6,
        unique=True,
    )
    return edges.map(lambda found: paired(sorted(found)))


def paired(edges: list[int]) -> list[tuple[int, int]]:
    """Return the ranges between edges in order, the first to the second and so on."""
    return list(zip(edges[::2], edges[1::2], strict=False))
