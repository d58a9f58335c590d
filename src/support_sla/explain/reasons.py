"""The steps from submission to due, each with its reasons: what is counted, and what is not.

Every stretch that is not counted says which night, weekday, holiday or closure stopped the clock.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from support_sla.answers.counting.counting import counting_of
from support_sla.calendars.opening_hours import giving_hours, special_days_on
from support_sla.clock.wall_clock import local_year
from support_sla.explain.steps import Reason, ReasonKind, Step
from support_sla.values.dates import date_of, weekday_of
from support_sla.values.instants import from_micros
from support_sla.values.units import DAY, MICROSECOND, SECOND

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from support_sla.answers.compiled_line import CompiledLine
    from support_sla.answers.line import Line
    from support_sla.answers.question import Question
    from support_sla.calendars.special_day import SpecialDay
    from support_sla.clock.timeline import Timeline
    from support_sla.clock.wall_clock import WallClock
    from support_sla.policy.policy import Target
    from support_sla.values.spans import Span


class _Stretch(NamedTuple):
    """A step in the making, in microseconds."""

    start: int
    end: int
    counted: bool
    reasons: tuple[Reason, ...]


_OPEN = Reason("business_hours")

_SHUT = (Reason("night"),)
"""Outside a date's hours: some become breaks once stretches have been joined."""


def steps_of(compiled: CompiledLine, target: Target, at: int, due: int) -> tuple[Step, ...]:
    """Return the steps from a submission to the instant at which a target makes it due.

    Empty if that is the submission itself.
    """
    line, promise = compiled.line, compiled.answered(at)[1]
    if due > promise.window.timeline.end:  # an altered deadline: nothing else is due so late
        promise = compiled.promise(local_year(line.zone, at), local_year(line.zone, due))
    dates = dates_read(compiled.question)
    for memory in (dates.dates, dates.closed):
        if len(memory) > MAX_KEPT:
            memory.clear()
    reader = _HoursReader(line, promise.window.timeline, promise.window.wall, dates)
    counted_from = min(promise.counted_from(at), due)
    stretches = [_Stretch(at, counted_from, counted=False, reasons=(Reason("later_request"),))]
    if counting_of(target).stands_still:
        stretches += reader.business(counted_from, due)
    else:
        stretches.append(
            _Stretch(counted_from, due, counted=True, reasons=(Reason("calendar_time"),))
        )
    lasting = [stretch for stretch in stretches if stretch.start < stretch.end]
    found: list[Step] = []
    for start, end, counted, reasons in _cut_at_changes(lasting, promise.window.wall):
        begins = found[-1].end if found else from_micros(start, line.zone)
        ends = begins if start == end else from_micros(end, line.zone)
        found.append(Step(begins, ends, counted, reasons))
    return tuple(found)


def _cut_at_changes(stretches: list[_Stretch], wall: WallClock) -> Iterator[_Stretch]:
    """Yield the stretches cut where the clocks change, with a stretch of no time at each change."""
    run = wall.run(stretches[0].start) if stretches else 0
    for start, end, counted, reasons in stretches:
        at = start
        while run + 1 < len(wall.starts) and wall.starts[run + 1] < end:
            run += 1
            change = wall.starts[run]
            if at < change:
                yield _Stretch(at, change, counted, reasons)
            jump = (wall.offsets[run] - wall.offsets[run - 1]) * MICROSECOND
            kind: ReasonKind = "clock_forward" if jump > dt.timedelta(0) else "clock_back"
            yield _Stretch(change, change, counted=False, reasons=(Reason(kind, change=jump),))
            at = change
        yield _Stretch(at, end, counted, reasons)


def _join(found: list[_Stretch], stretch: _Stretch) -> None:
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

    special: list[tuple[str, SpecialDay]]
    own: SpecialDay | None
    own_calendar: str | None
    hours: tuple[Span, ...]
    shut: tuple[Reason, ...]
    is_plain: bool
    runs_over: bool


@dataclass(frozen=True, slots=True)
class DatesRead:
    """What has been read of a line: its dates by day number, its closed time by start and end."""

    dates: dict[int, DateRead] = field(default_factory=dict)
    closed: dict[Span, list[_Stretch]] = field(default_factory=dict)


MAX_KEPT = 4096
"""The most dates, and stretches of closed time, that are kept: some 4 MB."""


def dates_read(question: Question) -> DatesRead:
    """Return what has been read for a question so far, kept by its policy."""
    return question.policy.once((DatesRead, *question.key), DatesRead)


@dataclass(frozen=True, slots=True)
class _HoursReader:
    """A line's hours and the reasons for them."""

    line: Line
    timeline: Timeline
    wall: WallClock
    read: DatesRead

    def business(self, start: int, end: int) -> Iterator[_Stretch]:
        """Yield the open and the closed stretches between two instants."""
        at = start
        for opens, closes in self.timeline.segments(start, end):
            yield from self._closed(at, opens)
            yield from self._open(opens, closes)
            at = closes
        yield from self._closed(at, end)

    def _open(self, start: int, end: int) -> list[_Stretch]:
        """Return an open stretch, cut where the hours that a special day gives begin and end."""
        dates = range(self.wall.day(start) - 1, self.wall.day(end - 1) + 1)
        given = [
            (span, Reason("special_opening", day=date.own, calendar=date.own_calendar))
            for number, date in ((number, self._date(number)) for number in dates)
            if date.own is not None
            for span in self._shifted(date.hours, number)
        ]
        marks = {start, end, *(mark for span, _ in given for mark in span if start < mark < end)}
        found: list[_Stretch] = []
        for cut, stop in pairwise(sorted(marks)):
            special = (reason for (first, last), reason in given if first <= cut < last)
            _join(found, _Stretch(cut, stop, counted=True, reasons=(next(special, _OPEN),)))
        return found

    def _closed(self, start: int, end: int) -> list[_Stretch]:
        """Return the closed stretches between two openings, joined if midnight changes nothing."""
        known = self.read.closed.get((start, end))
        if known is not None:
            return known
        found: list[_Stretch] = []
        for stretch in self._closed_by_date(start, end):
            _join(found, stretch)
        named = self.read.closed[start, end] = [self._night_or_break(each) for each in found]
        return named

    def _night_or_break(self, held: _Stretch) -> _Stretch:
        """Return a stretch outside hours, as a break if its date is open before and after it."""
        if held.reasons is not _SHUT:
            return held
        number = self.wall.day(held.start)
        midnight, next_one = self.wall.midnight(number), self.wall.midnight(number + 1)
        before = self.timeline.between(midnight, held.start)
        after = self.timeline.between(held.end, next_one)
        if before > 0 and after > 0:
            return held._replace(reasons=(Reason("break"),))
        return held

    def _closed_by_date(self, start: int, end: int) -> Iterator[_Stretch]:
        number, at = self.wall.day(start), start
        while at < end:
            stop = min(end, self.wall.midnight(number + 1))
            if at < stop:
                yield from self._closed_on(number, at, stop)
                at = stop
            number += 1

    def _closed_on(self, number: int, start: int, end: int) -> list[_Stretch]:
        """Return the closed stretches of one date, cut where hours or closures begin or end."""
        eve, today = self._date(number - 1), self._date(number)
        if today.is_plain and not eve.runs_over:
            return [_Stretch(start, end, counted=False, reasons=today.shut)]
        closures = [
            (span, Reason("holiday" if day.is_whole_day_off else "closure", day=day, calendar=name))
            for name, day in today.special
            for span in self._shifted(day.closure, number)
        ]
        given: list[Span] = []
        weekly: list[Span] = []
        for at, date in ((number - 1, eve), (number, today)):
            spans = self._shifted(date.hours, at)
            (weekly if date.own is None or date.own.by_rule else given).extend(spans)
        marks = (
            mark for span in (*given, *weekly, *(span for span, _ in closures)) for mark in span
        )
        cuts = sorted({start, *(mark for mark in marks if start < mark < end)})
        found: list[_Stretch] = []
        for cut, stop in pairwise([*cuts, end]):
            over = [reason for (first, last), reason in closures if first <= cut < last]
            if any(first <= cut < last for first, last in given):
                reasons = tuple(reason for reason in over if reason.kind == "closure")
            elif any(first <= cut < last for first, last in weekly):
                whole = tuple(reason for reason in over if reason.kind == "holiday")
                reasons = whole or tuple(over)
            else:
                reasons = today.shut
            _join(found, _Stretch(cut, stop, counted=False, reasons=reasons))
        return found

    def _date(self, number: int) -> DateRead:
        found = self.read.dates.get(number)
        if found is None:
            found = self.read.dates[number] = self._read(number)
        return found

    def _read(self, number: int) -> DateRead:
        week, date = self.line.week, date_of(number)
        special = special_days_on(self.line.observes, date)
        calendar, own = giving_hours(special) or (None, None)
        hours = week[weekday_of(number)] if own is None else own.hours(week) or ()
        holidays = [
            Reason("holiday", day=day, calendar=name)
            for name, day in special
            if day.is_whole_day_off
        ]
        if own is None:
            off = [] if hours else [Reason("weekday", date=date)]
            shut = (*off, *holidays) or _SHUT
        else:
            gives_way = holidays if own.by_rule else []
            shut = (*gives_way,) or (Reason("special_hours", day=own, calendar=calendar),)
        is_plain = all(day.is_whole_day_off for _, day in special)
        return DateRead(
            special, own, calendar, hours, shut, is_plain, any(end > DAY for _, end in hours)
        )

    def _shifted(self, hours: Iterable[Span], number: int) -> list[Span]:
        instant, midnight = self.wall.instant, number * DAY
        return [
            (instant((midnight + start) * SECOND), instant((midnight + end) * SECOND))
            for start, end in hours
        ]
