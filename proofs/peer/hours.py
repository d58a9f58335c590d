"""Opening hours told a second time, with integers and `zoneinfo` alone, to predict other libraries.

Shares no code with the library: with no rule of a peer it must answer as the library does, with all
rules of a peer as the peer does, so that a rule accounts for a disagreement only by predicting it.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from zoneinfo import ZoneInfo

    from peer.cases import Desk, Week

Span = tuple[int, int]
Answer = int | str | None
"""Microseconds of an instant or an amount, 0 or 1 for no or yes, None for never, a text if refused."""

MICROSECOND = dt.timedelta(microseconds=1)
SECOND = 1_000_000
MINUTE = 60 * SECOND
DAY = 1440 * MINUTE

_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_EPOCH_DAY = dt.date(1970, 1, 1).toordinal()


def moment(at: int, zone: dt.tzinfo = dt.UTC) -> dt.datetime:
    """Return an instant as a datetime of a zone."""
    return (_EPOCH + at * MICROSECOND).astimezone(zone)


def micros(at: dt.datetime) -> int:
    """Return the instant of an aware datetime."""
    return (at.astimezone(dt.UTC) - _EPOCH) // MICROSECOND


def day_number(date: dt.date) -> int:
    """Return how many days after 1 January 1970 a date is."""
    return date.toordinal() - _EPOCH_DAY


def date_of(number: int) -> dt.date:
    """Return the date with a day number."""
    return dt.date.fromordinal(number + _EPOCH_DAY)


def offset(at: int, zone: ZoneInfo) -> int:
    """Return how far the clock of a zone is ahead of UTC at an instant."""
    return (moment(at, zone).utcoffset() or dt.timedelta(0)) // MICROSECOND


def wall(at: int, zone: ZoneInfo) -> int:
    """Return what the clock of a zone shows at an instant, as if it were UTC."""
    return at + offset(at, zone)


def candidates(shown: int, zone: ZoneInfo) -> Span:
    """Return the two instants of a wall-clock reading: first and second if it comes twice.

    Equal if it comes once. If it never comes, the first is later than the second: where it lies by
    the offset before the jump, and by that after it.
    """
    naive = moment(shown).replace(tzinfo=zone)
    first, second = (
        shown - (naive.replace(fold=fold).utcoffset() or dt.timedelta(0)) // MICROSECOND
        for fold in (0, 1)
    )
    return first, second


def jump(low: int, high: int, zone: ZoneInfo) -> int:
    """Return the instant in (low, high] at which the clock of a zone changes."""
    before = offset(low, zone)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if offset(middle, zone) == before else (low, middle)
    return high


def reached(shown: int, zone: ZoneInfo, *, second: bool = False) -> int:
    """Return the first instant at which the clock shows a reading or later; or the second such."""
    first, last = candidates(shown, zone)
    if first > last:
        return jump(last, first, zone)
    return last if second else first


def moved_on(shown: int, zone: ZoneInfo) -> int:
    """Return the first instant of a reading; one that never comes is moved on by the gap."""
    return candidates(shown, zone)[0]


def merged(spans: Iterable[Span]) -> list[Span]:
    """Return the spans sorted, without empty ones, those that overlap or touch made one."""
    found: list[Span] = []
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return found


def without(spans: Iterable[Span], holes: Iterable[Span]) -> list[Span]:
    """Return the spans less the holes."""
    cut, left = merged(holes), []
    for opens, closes in merged(spans):
        place = bisect_right(cut, opens, key=lambda hole: hole[1])
        while place < len(cut) and cut[place][0] < closes:
            left.append((opens, cut[place][0]))
            opens = cut[place][1]  # noqa: PLW2901  what is left of the span
            place += 1
        left.append((opens, closes))
    return merged(left)


def on_dates(desk: Desk, week: Week) -> list[Span]:
    """Return the ranges of a week on every date of a desk's window, on the wall clock."""
    return [
        (number * DAY + opens * MINUTE, number * DAY + closes * MINUTE)
        for number in range(desk.first, desk.last)
        for opens, closes in week[date_of(number).weekday()]
    ]


def holiday_spans(desk: Desk) -> list[Span]:
    """Return the holidays of a desk on the wall clock, from midnight to midnight."""
    numbers = sorted(map(day_number, desk.holidays))
    return [(number * DAY, (number + 1) * DAY) for number in numbers]


@dataclass(frozen=True)
class Hours:
    """Disjoint open spans in order, and the questions one can ask of them.

    Written to be read, not to be fast: an amount is walked off span by span. A question that leaves
    the window raises `IndexError`, never an answer; `always` says that there is no end to leave.
    """

    spans: list[Span]
    always: bool = False

    def last_begun(self, at: int) -> int:
        """Return the place of the last span that opens at or before `at`."""
        return bisect_right(self.spans, at, key=lambda span: span[0]) - 1

    def is_open(self, at: int) -> bool:
        """Return whether `at` lies in a span, its opening included and its closing not."""
        return at < self.spans[self.last_begun(at)][1]

    def next_open(self, at: int) -> int:
        """Return the first open instant at or after `at`."""
        return at if self.is_open(at) else self.spans[self.last_begun(at) + 1][0]

    def next_close(self, at: int) -> int | None:
        """Return the first closing after `at`."""
        if self.always:
            return None
        return self.spans[bisect_right(self.spans, at, key=lambda span: span[1])][1]

    def next_change(self, at: int) -> int | None:
        """Return the next closing while open, the next opening while closed."""
        return self.next_close(at) if self.is_open(at) else self.next_open(at)

    def elapsed(self, first: int, last: int) -> int:
        """Return the open time between two instants, negative if the last comes first."""
        if last < first:
            return -self.elapsed(last, first)
        place, found = max(self.last_begun(first), 0), 0
        while place < len(self.spans) and self.spans[place][0] < last:
            opens, closes = self.spans[place]
            found += max(0, min(closes, last) - max(opens, first))
            place += 1
        return found

    def add(self, at: int, amount: int) -> int:
        """Return the earliest instant by which an amount of open time has passed since `at`."""
        if amount < 0:
            return self.subtract(at, -amount)
        if amount == 0:
            return at
        place = bisect_right(self.spans, at, key=lambda span: span[1])
        at = max(at, self.spans[place][0])
        while (left := self.spans[place][1] - at) < amount:
            amount -= left
            place += 1
            at = self.spans[place][0]
        return at + amount

    def subtract(self, at: int, amount: int) -> int:
        """Return the latest instant from which an amount of open time passes until `at`."""
        if amount < 0:
            return self.add(at, -amount)
        if amount == 0:
            return at
        place = bisect_left(self.spans, at, key=lambda span: span[0]) - 1
        at = min(at, self.spans[_inside(place)][1])
        while (left := at - self.spans[place][0]) < amount:
            amount -= left
            place -= 1
            at = self.spans[_inside(place)][1]
        return at - amount


def _inside(place: int) -> int:
    """Return a place; before the first there is no answer, and Python would count from the end."""
    if place < 0:
        raise IndexError(place)
    return place


def read_as(shown: list[Span], desk: Desk, *, on_wall: bool) -> Hours:
    """Return what is shown as open on the wall clock, read there or as instants."""
    if not on_wall:
        shown = [(reached(opens, desk.zone), reached(closes, desk.zone)) for opens, closes in shown]
    return Hours(merged(shown), desk.always)


def plain_hours(desk: Desk) -> Hours:
    """Return a desk's hours as this library reads them: no rule of any peer."""
    shown = without(on_dates(desk, desk.week), holiday_spans(desk))
    spans = [(reached(s, desk.zone), reached(e, desk.zone)) for s, e in shown]
    return Hours(merged(spans), desk.always)
