"""Timelines as rows: the reading of a clock at an instant, the instant of a reading, open or closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from support_sla.bulk.lookup.rows import NEVER, Rows
from support_sla.values.units import NANOSECONDS_IN

if TYPE_CHECKING:
    from support_sla.bulk.lookup.rows import Int64s
    from support_sla.clock.timeline import Timeline
    from support_sla.values.units import Unit


def _columns(timeline: Timeline, unit: Unit) -> tuple[int, int, Int64s, Int64s, Int64s]:
    """Return start, end, openings, closings and readings at the openings of a timeline in a unit.

    Hours are on whole seconds, so no number is rounded.
    """
    per = NANOSECONDS_IN[unit]

    def scaled(values: tuple[int, ...]) -> Int64s:
        return np.array([value * 1_000 // per for value in values], np.int64)

    start, end = timeline.start * 1_000 // per, timeline.end * 1_000 // per
    opens, closes = scaled(timeline.opens), scaled(timeline.closes)
    return start, end, opens, closes, np.append(0, np.cumsum(closes - opens))


def _rows(begins: Int64s, end: int, waits: Int64s, afters: Int64s) -> Rows:
    """Return rows of one output of which nothing is told."""
    kept = begins < np.append(begins[1:], end)
    nothing = np.zeros(int(kept.sum()), np.int64)
    return Rows.of(begins[kept], end, nothing, [waits[kept]], [afters[kept]])


def reading_rows(timeline: Timeline, unit: Unit) -> Rows:
    """Return the open time since the timeline's start, at each instant of it and at its end.

    From one closing to the next it waits for the opening, and then rises.
    """
    start, end, opens, closes, totals = _columns(timeline, unit)
    waits = np.append(opens, end)
    return _rows(np.append(start, closes), end + 1, waits, totals - waits)


def earliest_rows(timeline: Timeline, unit: Unit) -> Rows | None:
    """Return the earliest instant of each reading above 0; None if the timeline never opens."""
    _, _, opens, _, totals = _columns(timeline, unit)
    if not len(opens):
        return None
    return _rows(
        totals[:-1] + 1, int(totals[-1]) + 1, np.full(len(opens), NEVER), opens - totals[:-1]
    )


def latest_rows(timeline: Timeline, unit: Unit) -> Rows | None:
    """Return the latest instant of each reading below the last one; None if it never opens."""
    _, _, opens, _, totals = _columns(timeline, unit)
    if not len(opens):
        return None
    return _rows(totals[:-1], int(totals[-1]), np.full(len(opens), NEVER), opens - totals[:-1])


def open_rows(timeline: Timeline, unit: Unit) -> Rows:
    """Return rows without outputs that tell 1 while the timeline is open, else 0."""
    start, end, opens, closes, _ = _columns(timeline, unit)
    begins = np.append(start, np.stack([opens, closes], axis=1).ravel())
    told = np.append(0, np.tile([1, 0], len(opens)))
    kept = begins < np.append(begins[1:], end)
    return Rows.of(begins[kept], end, told[kept].astype(np.int64), [], [])
