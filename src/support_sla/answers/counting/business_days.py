"""Business days: the due is a date's closing or a clock time on it, counted by dates on the way.

Submissions between two marks are due at the same instant. A mark is where a date stops counting a
request as its own: its midnight, or, with a cut-off, the cut-off or the closing before it.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar, Self

from support_sla.answers.counting.business_time import OpenTime
from support_sla.answers.piecewise import Pieces
from support_sla.policy.target import CLOSE
from support_sla.values.units import DAY, SECOND
from support_sla.values.week.clock_times import read_clock_time

if TYPE_CHECKING:
    from collections.abc import Callable

    from support_sla.clock.timeline import Timeline
    from support_sla.clock.window import Window


@dataclass(frozen=True, slots=True)
class DaysCounted(OpenTime):
    """Business days of a window, as `Counting` asks for them.

    A submission t is past `passed` marks, those m with m <= t, or m < t for one in `inclusive`; it
    is due at `dues[passed + ahead]`. What is elapsed and left is open time, as for hours.
    """

    is_zero: ClassVar[bool] = False

    timeline: Timeline
    marks: tuple[int, ...]
    inclusive: tuple[bool, ...]
    dues: tuple[int, ...]
    ahead: int

    @classmethod
    def of(cls, by: str | None, cutoff: int | None, count: int, window: Window) -> DaysCounted:
        """Return the business days of a window, each due `by` its close or a clock time."""
        dates, wall, timeline = window.business_dates(), window.wall, window.timeline
        marks: list[int] = []
        inclusive: list[bool] = []
        until = None if by is None or by == CLOSE else read_clock_time(by)
        for number, end in zip(dates.numbers, dates.ends, strict=True):
            mark, is_cutoff = wall.midnight(number), False
            if cutoff is not None:
                closes = timeline.earliest(timeline.reading(end))
                next_date = wall.midnight(number + 1)
                mark = min(end if closes is None else closes, next_date)
                sent_by = wall.instant((number * DAY + cutoff) * SECOND)
                if sent_by < mark:
                    mark, is_cutoff = sent_by, True
            marks.append(mark)
            inclusive.append(is_cutoff)
        dues = _dues(dates.numbers, dates.ends, until, window)
        # Dates before the window only held back the first dues.
        before = sum(mark < timeline.start for mark in marks[:4])
        return cls(
            timeline,
            tuple(marks[before:]),
            tuple(inclusive[before:]),
            dues[before:],
            count - (cutoff is None),
        )

    def due(self, at: int) -> int | None:
        """Return the due instant of a submission: its day's, or itself if sent in a break after that."""
        place = bisect_right(self.marks, at)
        if place and self.inclusive[place - 1] and self.marks[place - 1] == at:
            place -= 1
        place += self.ahead
        return max(at, self.dues[place]) if place < len(self.dues) else None

    def earliest(self, at: int) -> None:
        """Return None: no instant before which none is promised goes with days."""
        del at

    def due_pieces(self, start: int, end: int) -> Pieces:
        """Return the due instants, each constant between two marks, but never before t."""
        found = Pieces()
        begins = [
            mark + inclusive for mark, inclusive in zip(self.marks, self.inclusive, strict=True)
        ]
        place, begin = bisect_right(begins, start), start
        while begin < end:
            if place + self.ahead >= len(self.dues):  # so too when no mark is left
                found.add(begin, None, 0)
                break
            found.add(begin, self.dues[place + self.ahead], 0)
            begin = begins[place]
            place += 1
        return found

    def earliest_pieces(self, start: int, end: int) -> None:
        """Return None: no answer before some instant is promised with days."""
        del start, end

    def in_unit(self, timeline: Timeline, scaled: Callable[[int], int]) -> Self:
        """Return the same in another unit; every instant of it lies on a whole second."""
        marks, dues = tuple(map(scaled, self.marks)), tuple(map(scaled, self.dues))
        return replace(self, timeline=timeline, marks=marks, dues=dues)


def _dues(
    numbers: tuple[int, ...], ends: tuple[int, ...], until: int | None, window: Window
) -> tuple[int, ...]:
    """Return the due instant of each business date, as far as the window knows them.

    It is the earliest instant at which the line's clock reads what it reads at `until`, or where the
    date's hours end, whichever is earlier. A date that has no open time before that gives the next
    one's, and none is due before an earlier one.
    """
    timeline, wall = window.timeline, window.wall
    found: list[int] = []
    waiting, latest = 0, timeline.start
    for number, end in zip(numbers, ends, strict=True):
        mark = end
        if until is not None:
            mark = min(end, wall.instant((number * DAY + until) * SECOND))
        if mark > timeline.end:
            break
        waiting += 1
        reading = timeline.reading(mark)
        before_window = wall.midnight(number) < timeline.start
        if not before_window and reading == timeline.reading(wall.midnight(number)):
            continue  # it opens later than `until`
        due = timeline.earliest(reading)
        latest = max(latest, mark if due is None else due)
        found += [latest] * waiting
        waiting = 0
    return tuple(found)
