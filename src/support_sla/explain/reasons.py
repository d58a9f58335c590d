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
    from collections.abc import Iterable, Iterator

    from support_sla.answers.compiled_line import Asked
    from support_sla.clock.wall_clock import WallClock
    from support_sla.clock.window import Window
    from support_sla.policy.target import Target


def steps_of(asked: Asked, target: Target, at: int, due: int) -> tuple[Step, ...]:
    """Return the steps from a submission to the instant at which a target makes it due.

    Empty if that is the submission itself.
    """
    counted_from = min(asked.answered(at)[1].counted_from(at), due)
    stretches = [shared(at, counted_from)]
    if target.counted_in == "calendar_time":
        stretches += time_of(asked, target, counted_from, due)
        wall = asked.wall(at, due)
    else:
        window = asked.line.window(target, at, due)
        reader, wall = _reader(asked, window), window.wall
        if target.is_in_days:
            stretches += days_of(reader, target, window, counted_from, due)
        else:
            stretches += reader.business(counted_from, due)
    return steps_from(stretches, wall, asked.line.line.zone)


def shared(start: int, end: int) -> Stretch:
    """Return the stretch before the later request whose due is shared, often of no time."""
    return Stretch(start, end, counted=False, reasons=(Reason("later_request"),))


def time_of(asked: Asked, target: Target, start: int, end: int) -> Iterator[Stretch]:
    """Yield the stretches between two instants in which a target's time is counted, or is not."""
    if target.counted_in == "calendar_time":
        yield Stretch(start, end, counted=True, reasons=(Reason("calendar_time"),))
    elif start < end:
        yield from _reader(asked, asked.line.window(target, start, end)).business(start, end)


def _reader(asked: Asked, window: Window) -> HoursReader:
    """Return what reads the hours of a window, with what its policy has read of them so far."""
    dates = dates_read(asked.question.policy, window.hours, asked.line.line.zone)
    for memory in (dates.dates, dates.closed):
        if len(memory) > MAX_KEPT:
            memory.clear()
    return HoursReader(window.hours, window.timeline, window.wall, dates)


def steps_from(stretches: Iterable[Stretch], wall: WallClock, zone: dt.tzinfo) -> tuple[Step, ...]:
    """Return the steps that stretches make on a zone's clock, cut where it changes."""
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
