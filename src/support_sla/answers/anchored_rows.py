"""`AnchoredRows`: answer tables prepared for aware datetimes, so that one bisect answers a ticket.

Subtracting an epoch turns a datetime of any zone into a timedelta, an exact count of microseconds.
Adding one to a wall-clock anchor turns it back without a look-up in the zone, while the zone keeps
one offset. Rows near a clock change have no anchor: such a ticket is read off the timeline.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from support_sla.values.instants import WALL_EPOCH
from support_sla.values.units import MICROSECOND

if TYPE_CHECKING:
    from collections.abc import Sequence

    from support_sla.answers.table.rows import Row
    from support_sla.clock.wall_clock import WallClock
    from support_sla.policy.target import Target

_BEFORE_ALL = dt.timedelta.min


class AnchoredRow(NamedTuple):
    """A row for datetimes: each instant is an anchor plus the submission, or plus its wait.

    `earliest` is None for a target without one; `earliest_from` then means nothing.
    """

    submitted: dt.datetime
    starts_from: dt.timedelta
    earliest_from: dt.timedelta
    earliest: dt.datetime | None
    due_from: dt.timedelta
    due: dt.datetime
    target: Target


@dataclass(frozen=True, slots=True)
class AnchoredRows:
    """The rows of the consecutive years `first_year` to `last_year`, cut where a clock changes.

    `begins[i]` is the submission, as time since 1970 UTC, from which `rows[i]` holds; the first and
    last entries are for what lies before and after. `anchored[i]` is filled when first asked for:
    it is None until then, and stays None if only the integers are right. Filling one twice writes
    an equal row, so threads need no lock.
    """

    first_year: int
    last_year: int
    begins: list[dt.timedelta]
    rows: list[Row | None]
    anchored: list[AnchoredRow | None]

    @classmethod
    def of(cls, year: int, rows: Sequence[Row], end: int, wall: WallClock) -> AnchoredRows:
        """Return the anchored rows of one local year, which ends at instant `end`."""
        begins: list[dt.timedelta] = [_BEFORE_ALL]
        kept: list[Row | None] = [None]
        for row, stop in zip(rows, [*(row.begin for row in rows[1:]), end], strict=True):
            for begin, anchored in _cut(row, stop, wall):
                begins.append(begin * MICROSECOND)
                kept.append(row if anchored else None)
        begins.append(end * MICROSECOND)
        kept.append(None)
        return cls(year, year, begins, kept, [None] * len(kept))

    def joined(self, after: AnchoredRows) -> AnchoredRows:
        """Return these rows together with those of the years right after them."""
        return AnchoredRows(
            self.first_year,
            after.last_year,
            self.begins[:-1] + after.begins[1:],
            self.rows[:-1] + after.rows[1:],
            self.anchored[:-1] + after.anchored[1:],
        )

    def fill(
        self, index: int, zone: dt.tzinfo, wall: WallClock, targets: Sequence[Target]
    ) -> AnchoredRow | None:
        """Write and return an anchored row; return None if the row cannot have an anchor."""
        row = self.rows[index]
        if row is None:
            return None
        begin = self.begins[index] // MICROSECOND  # of this part; the row may begin before a change
        offset = wall.offset(max(row.due_from, begin) + row.due_after)
        anchor = WALL_EPOCH.replace(tzinfo=zone) + offset * MICROSECOND
        earliest = row.earliest_after
        made = self.anchored[index] = AnchoredRow(
            anchor,
            row.starts_from * MICROSECOND,
            (row.earliest_from or 0) * MICROSECOND,
            None if earliest is None else anchor + earliest * MICROSECOND,
            row.due_from * MICROSECOND,
            anchor + row.due_after * MICROSECOND,
            targets[row.rule],
        )
        return made


def _cut(row: Row, stop: int, wall: WallClock) -> list[tuple[int, bool]]:
    """Return (begin, whether anchors hold) for the parts of a row from its begin to before `stop`.

    Anchors hold if the local clock keeps one offset from the submission to the furthest instant of
    its answer, and repeats no hour there. So they fail for submissions whose answer reaches a
    change, up to the end of the hour that the change repeats.
    """
    begin = row.begin
    if row.rule < 0:
        return [(begin, False)]
    span = max(begin, row.due_from) + row.due_after - begin
    span = max(span, row.starts_from - begin)
    changes = wall.starts
    first = bisect_right(changes, begin - _LONGEST_FOLD)
    last = bisect_left(changes, stop + span + 1)
    found = [(begin, True)]
    for change in range(max(first, 1), last):
        repeated = max(wall.offsets[change - 1] - wall.offsets[change], 0)
        fails, holds = changes[change] - span, changes[change] + repeated
        if holds <= begin or fails >= stop:
            continue
        if fails <= found[-1][0]:
            found[-1] = (found[-1][0], False)
        else:
            found.append((fails, False))
        if holds < stop:
            found.append((holds, True))
    return found


NO_ROWS = AnchoredRows(0, 0, [_BEFORE_ALL], [None], [None])
"""The rows of a compiled line that has not been asked yet."""

_LONGEST_FOLD = 48 * 3_600 * 1_000_000
"""No clock is set back by more, for no offset is a day or more from UTC."""
