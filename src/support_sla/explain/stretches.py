"""The stretches of a line's hours between two instants, open or closed, each with its reasons.

Every stretch that is not counted says which night, weekday, holiday or closure stopped the clock.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from support_sla.calendars.opening_hours import giving_hours
from support_sla.explain.steps import Reason, ReasonKind
from support_sla.values.dates import date_of
from support_sla.values.units import DAY, SECOND

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

    from support_sla.calendars.opening_hours import OpeningHours, Said
    from support_sla.clock.timeline import Timeline
    from support_sla.clock.wall_clock import WallClock
    from support_sla.policy.policy import Policy
    from support_sla.values.spans import Span


class Stretch(NamedTuple):
    """A step in the making, in microseconds."""

    start: int
    end: int
    counted: bool
    reasons: tuple[Reason, ...]


_OPEN = Reason("business_hours")

SHUT = (Reason("night"),)
"""Outside a date's hours: some become breaks once stretches have been joined."""


def closing(said: Said) -> Reason:
    """Return the reason of what closes a date, wholly or in part."""
    kind: ReasonKind = "holiday" if said.is_whole_day_off else "closure"
    return Reason(kind, day=said.day, calendar=said.calendar)


def _join(found: list[Stretch], stretch: Stretch) -> None:
    """Append a stretch, or make the last one longer if it says the same."""
    if found and _same(found[-1].reasons, stretch.reasons):
        found[-1] = found[-1]._replace(end=stretch.end)
    else:
        found.append(stretch)


def _same(one: tuple[Reason, ...], two: tuple[Reason, ...]) -> bool:
    """Whether reasons are the same; a day is one object, so its fields need not be compared."""
    if one is two:
        return True
    return len(one) == len(two) and all(
        (a.kind, a.date, a.calendar) == (b.kind, b.date, b.calendar) and a.day is b.day
        for a, b in zip(one, two, strict=True)
    )


class DateRead(NamedTuple):
    """What the calendars say of one date, in their order, and what the first to give hours says.

    `shut` are the reasons outside its hours; `is_plain` says that nothing cuts the date into parts,
    `runs_over` that hours or closures that start on it reach past its midnight.
    """

    special: list[Said]
    own: Said | None
    hours: tuple[Span, ...]
    shut: tuple[Reason, ...]
    is_plain: bool
    runs_over: bool


@dataclass(frozen=True, slots=True)
class DatesRead:
    """What has been read of some hours: dates by day number, closed time by start and end."""

    dates: dict[int, DateRead] = field(default_factory=dict)
    closed: dict[Span, list[Stretch]] = field(default_factory=dict)


MAX_KEPT = 4096
"""The most dates, and stretches of closed time, that are kept: some 4 MB."""


def dates_read(policy: Policy, hours: OpeningHours, zone: dt.tzinfo) -> DatesRead:
    """Return what has been read of some hours on a clock so far, kept by the policy."""
    return policy.once((DatesRead, hours, str(zone)), DatesRead)


@dataclass(frozen=True, slots=True)
class HoursReader:
    """Hours and the reasons for them."""

    hours: OpeningHours
    timeline: Timeline
    wall: WallClock
    read: DatesRead

    def business(self, start: int, end: int) -> Iterator[Stretch]:
        """Yield the open and the closed stretches between two instants."""
        at = start
        for opens, closes in self.timeline.segments(start, end):
            yield from self._closed(at, opens)
            yield from self._open(opens, closes)
            at = closes
        yield from self._closed(at, end)

    def _open(self, start: int, end: int) -> list[Stretch]:
        """Return an open stretch, cut where the hours that a special day gives begin and end."""
        dates = range(self.wall.day(start) - 1, self.wall.day(end - 1) + 1)
        given = [
            (span, Reason("special_opening", day=date.own.day, calendar=date.own.calendar))
            for number, date in ((number, self.date(number)) for number in dates)
            if date.own is not None
            for span in self._shifted(date.hours, number)
        ]
        marks = {start, end, *(mark for span, _ in given for mark in span if start < mark < end)}
        found: list[Stretch] = []
        for cut, stop in pairwise(sorted(marks)):
            special = (reason for (first, last), reason in given if first <= cut < last)
            _join(found, Stretch(cut, stop, counted=True, reasons=(next(special, _OPEN),)))
        return found

    def _closed(self, start: int, end: int) -> list[Stretch]:
        """Return the closed stretches between two openings, joined if midnight changes nothing."""
        known = self.read.closed.get((start, end))
        if known is not None:
            return known
        found: list[Stretch] = []
        for stretch in self._closed_by_date(start, end):
            _join(found, stretch)
        named = self.read.closed[start, end] = [self._night_or_break(each) for each in found]
        return named

    def _night_or_break(self, held: Stretch) -> Stretch:
        """Return a stretch outside hours, as a break if its date is open before and after it."""
        if held.reasons is not SHUT:
            return held
        number = self.wall.day(held.start)
        midnight, next_one = self.wall.midnight(number), self.wall.midnight(number + 1)
        before = self.timeline.between(midnight, held.start)
        after = self.timeline.between(held.end, next_one)
        if before > 0 and after > 0:
            return held._replace(reasons=(Reason("break"),))
        return held

    def _closed_by_date(self, start: int, end: int) -> Iterator[Stretch]:
        number, at = self.wall.day(start), start
        while at < end:
            stop = min(end, self.wall.midnight(number + 1))
            if at < stop:
                yield from self._closed_on(number, at, stop)
                at = stop
            number += 1

    def _closed_on(self, number: int, start: int, end: int) -> list[Stretch]:
        """Return the closed stretches of one date, cut where hours or closures begin or end."""
        eve, today = self.date(number - 1), self.date(number)
        if today.is_plain and not eve.runs_over:
            return [Stretch(start, end, counted=False, reasons=today.shut)]
        closures = [
            (span, closing(said))
            for said in today.special
            for span in self._shifted(said.closure, number)
        ]
        given: list[Span] = []
        weekly: list[Span] = []
        for at, date in ((number - 1, eve), (number, today)):
            spans = self._shifted(date.hours, at)
            (weekly if date.own is None or date.own.gives_way else given).extend(spans)
        marks = (
            mark for span in (*given, *weekly, *(span for span, _ in closures)) for mark in span
        )
        cuts = sorted({start, *(mark for mark in marks if start < mark < end)})
        found: list[Stretch] = []
        for cut, stop in pairwise([*cuts, end]):
            over = [reason for (first, last), reason in closures if first <= cut < last]
            if any(first <= cut < last for first, last in given):
                reasons = tuple(reason for reason in over if reason.kind == "closure")
            elif any(first <= cut < last for first, last in weekly):
                whole = tuple(reason for reason in over if reason.kind == "holiday")
                reasons = whole or tuple(over)
            else:
                reasons = today.shut
            _join(found, Stretch(cut, stop, counted=False, reasons=reasons))
        return found

    def date(self, number: int) -> DateRead:
        """Return what is said of a date, read once."""
        found = self.read.dates.get(number)
        if found is None:
            found = self.read.dates[number] = self._read(number)
        return found

    def _read(self, number: int) -> DateRead:
        date = date_of(number)
        special = self.hours.said_on(date)
        own = giving_hours(special)
        hours, _ = self.hours.written_for(number, special)
        holidays = [closing(said) for said in special if said.is_whole_day_off]
        if own is None:
            season = self.hours.season_of(number)
            said = None if season is None else season.name
            off = [] if hours else [Reason("weekday", date=date, season=said)]
            shut = (*off, *holidays) or SHUT
        else:
            special_hours = (Reason("special_hours", day=own.day, calendar=own.calendar),)
            shut = (*(holidays if own.gives_way else []),) or special_hours
        is_plain = all(said.is_whole_day_off for said in special)
        return DateRead(special, own, hours, shut, is_plain, any(end > DAY for _, end in hours))

    def _shifted(self, hours: Iterable[Span], number: int) -> list[Span]:
        instant, midnight = self.wall.instant, number * DAY
        return [
            (instant((midnight + start) * SECOND), instant((midnight + end) * SECOND))
            for start, end in hours
        ]
