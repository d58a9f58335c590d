"""`AnchoredTimeline`: a timeline's columns as timedeltas and anchors, for aware datetimes.

Timedeltas are exact integers of microseconds inside. An instant of a segment is its closing, as a
datetime of the zone, minus the time left: wall-clock arithmetic without a look-up in the zone. That
holds while the zone keeps one offset, so segments are split around clock changes. The parts at a
change or in a repeated hour have no anchor: there the integers answer.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from support_sla.values.instants import WALL_EPOCH
from support_sla.values.units import MICROSECOND

if TYPE_CHECKING:
    from support_sla.clock.window import Window

_NONE = dt.timedelta(0)


@dataclass(frozen=True, slots=True)
class AnchoredTimeline:
    """Segments of a window as times since 1970 UTC, after an empty one at its start.

    `anchors[i]` is the closing of segment i on the zone's wall clock, None if the wall clock alone
    does not determine it. Each method returns None if only the integers can answer.
    """

    window: Window | None
    end: dt.timedelta
    opens: list[dt.timedelta]
    closes: list[dt.timedelta]
    totals: list[dt.timedelta]
    anchors: list[dt.datetime | None]

    @classmethod
    def of(cls, window: Window, zone: dt.tzinfo) -> AnchoredTimeline:
        """Return the anchored timeline of a compiled window on the wall clock of `zone`."""
        line = window.timeline
        start = line.start * MICROSECOND
        made = cls(window, line.end * MICROSECOND, [start], [start], [_NONE], [None])
        epoch = WALL_EPOCH.replace(tzinfo=zone)
        total = 0
        for opens, closes, offset in _parts(window):
            total += closes - opens
            made.opens.append(opens * MICROSECOND)
            made.closes.append(closes * MICROSECOND)
            made.totals.append(total * MICROSECOND)
            made.anchors.append(None if offset is None else epoch + (closes + offset) * MICROSECOND)
        return made

    def reading(self, at: dt.timedelta) -> dt.timedelta | None:
        """Return the open time from the window's start to `at`; None outside the window."""
        index = bisect_right(self.opens, at) - 1
        if index < 0 or at >= self.end:
            return None
        left = self.closes[index] - at
        return self.totals[index] - left if left > _NONE else self.totals[index]

    def add(self, at: dt.timedelta, amount: dt.timedelta) -> dt.datetime | None:
        """Return the earliest instant by which `amount` (more than zero) has passed since `at`."""
        index = bisect_right(self.opens, at) - 1
        if index < 0:
            return None
        totals = self.totals
        wanted = totals[index] + amount
        left = self.closes[index] - at
        if left > _NONE:
            wanted -= left
        target = bisect_left(totals, wanted)
        if target == len(totals):
            return None
        anchor = self.anchors[target]
        return None if anchor is None else anchor - (totals[target] - wanted)

    def subtract(self, at: dt.timedelta, amount: dt.timedelta) -> dt.datetime | None:
        """Return the latest instant from which `amount` (more than zero) passes until `at`."""
        reading = self.reading(at)
        if reading is None or reading < amount:
            return None
        wanted = reading - amount
        target = bisect_right(self.totals, wanted)
        anchor = self.anchors[target]
        return None if anchor is None else anchor - (self.totals[target] - wanted)


NO_TIMELINE = AnchoredTimeline(None, _NONE, [], [], [], [])
"""What a clock has before it is first asked."""


def _parts(window: Window) -> list[tuple[int, int, int | None]]:
    """Return (open, close, offset) for the segments, split so that each has one offset or None.

    From one microsecond before a change (whose own instant has the new offset) to the end of the
    hour it repeats, no offset holds. No segment opens in that time: a boundary counts the first
    time the clock shows it, and changes and boundaries lie on whole seconds.
    """
    starts, offsets = window.wall.starts, window.wall.offsets
    found: list[tuple[int, int, int | None]] = []
    for segment_opens, closes in zip(window.timeline.opens, window.timeline.closes, strict=True):
        opens = segment_opens
        run = bisect_right(starts, opens) - 1
        while opens < closes:
            change = starts[run + 1] if run + 1 < len(starts) else closes + 1
            if change > closes:
                found.append((opens, closes, offsets[run]))
                break
            found.append((opens, change - 1, offsets[run]))
            run += 1
            opens = change + max(offsets[run - 1] - offsets[run], 0)
            found.append((change - 1, min(closes, opens), None))
    return found
