"""The steps from submission to due, each with its reasons: what is counted, and what is not."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from support_sla.explain.days import days_of
from support_sla.explain.steps import Reason, ReasonKind, Step
from support_sla.explain.stretches import MAX_KEPT, HoursReader, Stretch, dates_read
from support_sla.values.instants import from_micros
from support_sla.values.units import MICROSECOND

if TYPE_CHECKING:
    from collections.abc import Iterator

    from support_sla.answers.compiled_line import Asked
    from support_sla.clock.wall_clock import WallClock
    from support_sla.policy.target import Target


def steps_of(asked: Asked, target: Target, at: int, due: int) -> tuple[Step, ...]:
    """Return the steps from a submission to the instant at which a target makes it due.

    Empty if that is the submission itself.
    """
    zone = asked.line.line.zone
    counted_from = min(asked.answered(at)[1].counted_from(at), due)
    stretches = [Stretch(at, counted_from, counted=False, reasons=(Reason("later_request"),))]
    if target.counted_in == "calendar_time":
        wall = asked.wall(at, due)
        counts = (Reason("calendar_time"),)
        stretches.append(Stretch(counted_from, due, counted=True, reasons=counts))
    else:
        window = asked.line.window(target, at, due)
        wall = window.wall
        dates = dates_read(asked.question.policy, window.hours, zone)
        for memory in (dates.dates, dates.closed):
            if len(memory) > MAX_KEPT:
                memory.clear()
        reader = HoursReader(window.hours, window.timeline, wall, dates)
        if target.is_in_days:
            stretches += days_of(reader, target, window, counted_from, due)
        else:
            stretches += reader.business(counted_from, due)
    lasting = [stretch for stretch in stretches if stretch.start < stretch.end]
    found: list[Step] = []
    for start, end, counted, reasons in _cut_at_changes(lasting, wall):
        begins = found[-1].end if found else from_micros(start, zone)
        ends = begins if start == end else from_micros(end, zone)
        found.append(Step(begins, ends, counted, reasons))
    return tuple(found)


def _cut_at_changes(stretches: list[Stretch], wall: WallClock) -> Iterator[Stretch]:
    """Yield the stretches cut where the clocks change, with a stretch of no time at each change."""
    run = wall.run(stretches[0].start) if stretches else 0
    for start, end, counted, reasons in stretches:
        at = start
        while run + 1 < len(wall.starts) and wall.starts[run + 1] < end:
            run += 1
            change = wall.starts[run]
            if at < change:
                yield Stretch(at, change, counted, reasons)
            jump = (wall.offsets[run] - wall.offsets[run - 1]) * MICROSECOND
            kind: ReasonKind = "clock_forward" if jump > dt.timedelta(0) else "clock_back"
            yield Stretch(change, change, counted=False, reasons=(Reason(kind, change=jump),))
            at = change
        yield Stretch(at, end, counted, reasons)
