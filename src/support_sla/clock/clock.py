"""`Clock`: business-time arithmetic with aware datetimes in and out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from support_sla.calendars.calendar import HolidayCalendar
from support_sla.calendars.opening_hours import OpeningHours
from support_sla.clock.anchored_timeline import NO_TIMELINE, AnchoredTimeline
from support_sla.clock.compiled_years import MAX_YEARS
from support_sla.clock.timeline import Timeline
from support_sla.clock.wall_clock import local_year, new_year
from support_sla.clock.window import LineHours, line_hours
from support_sla.errors import (
    InstantOutOfRangeError,
    NeverOpensError,
    NotAModelError,
    UnknownRuleError,
)
from support_sla.policy.metrics import METRICS, Metric
from support_sla.policy.policy import Policy, check_policy
from support_sla.policy.schedule import Schedule
from support_sla.values.dates import read_year
from support_sla.values.instants import (
    EPOCH,
    from_micros,
    read_amount,
    read_instant,
    read_zone,
    to_micros,
)
from support_sla.values.one_line import RECORD, Room, counted, fitted, years
from support_sla.values.units import DAY_MICROS

_NO_TIME = dt.timedelta(0)


class Clock:
    """A clock that ticks only in opening hours, asked with aware datetimes.

    `schedule` gives the weekly hours on the wall clock of `timezone` (an IANA name or a
    `ZoneInfo`), cut and replaced by the `calendars` in their order. Instants may be in any zone,
    or ISO 8601 texts with an offset; answers come back in the clock's own zone. Hours are
    half-open: open at the opening instant, closed at the closing one. Durations are physical, so
    a night shift over a clock change is an hour shorter or longer.

    Immutable, hashable, equal by value, picklable, and safe to share between threads; it compiles
    years when they are first asked for. Every question raises `NaiveInstantError` for an instant
    without a zone and `YearsNotCoveredError` beyond the years its calendars cover.

    >>> from datetime import timedelta
    >>> from support_sla import Schedule
    >>> clock = Clock(Schedule("Mo-Sa 08:00-17:00"), timezone="Asia/Ho_Chi_Minh")
    >>> clock.add("2026-01-10T16:30:00+07:00", timedelta(hours=1)).isoformat()
    '2026-01-12T08:30:00+07:00'
    """

    __slots__ = ("_anchored", "_hours", "_schedule", "_years", "_zone")

    def __init__(
        self,
        schedule: Schedule,
        *,
        timezone: str | dt.tzinfo,
        calendars: Sequence[HolidayCalendar] = (),
    ) -> None:
        if not isinstance(schedule, Schedule):
            raise NotAModelError.schedule(schedule)
        _check_calendars(calendars)
        named = tuple((f"calendars[{at}]", calendar) for at, calendar in enumerate(calendars))
        zone = read_zone(timezone)
        self._set_up(schedule, LineHours.of(OpeningHours(schedule.week, named), zone))

    @classmethod
    def of(
        cls,
        policy: Policy,
        *,
        department: str,
        channel: str = "ticket",
        rule: str | None = None,
        metric: Metric = "first_response",
    ) -> Clock:
        """Return the clock of one line's hours, or of those that one of its rules is counted on.

        Those of a rule, given by its name and the metric it is listed under, are the line's unless it
        has hours of its own. Raises `UnknownDepartmentError`, `UnknownChannelError`,
        `UnknownMetricError` and `UnknownRuleError`, which list those there are.
        """
        hours = check_policy(policy).channel(department, channel).hours
        targets = policy.targets(department, channel, metric)
        if rule is not None:
            found = next((target for target in targets if target.name == rule), None)
            if found is None:
                known = [target.name for target in targets]
                of = "" if metric == METRICS[0] else f" {metric}"
                raise UnknownRuleError.of(rule, f"{department}/{channel}{of}", known)
            hours = found.hours or hours
        zone = read_zone(policy.zone_of(department))
        clock = cls.__new__(cls)
        kept = line_hours(policy, hours, zone)
        clock._set_up(policy.schedules[hours.schedule], kept)  # noqa: SLF001  its own constructor
        return clock

    def _set_up(self, schedule: Schedule, kept: LineHours) -> None:
        kept.hours.coverage.check_common()
        self._schedule, self._hours, self._zone, self._years = (
            schedule,
            kept.hours,
            kept.zone,
            kept.windows,
        )
        self._anchored = NO_TIMELINE

    @property
    def schedule(self) -> Schedule:
        """The weekly hours, which seasons may replace."""
        return self._schedule

    @property
    def timezone(self) -> dt.tzinfo:
        """The zone on whose wall clock the hours are, and in which answers come back."""
        return self._zone

    @property
    def calendars(self) -> tuple[HolidayCalendar, ...]:
        """The calendars, in the order in which they give hours to a date."""
        return tuple(calendar for _, calendar in self._hours.calendars)

    @property
    def covered_years(self) -> tuple[int, int]:
        """The first and last local year that can be asked about."""
        return self._years.coverage.first, self._years.coverage.last

    def timeline(self, first_year: int, last_year: int) -> Timeline:
        """Return the open hours of some local years, in microseconds since 1970 UTC.

        Raises `NotAnInstantError` for what is no year, `InstantOutOfRangeError` for reversed years and
        for more than 1,000 at once, and `YearsNotCoveredError`.
        """
        for name, year in (("first_year", first_year), ("last_year", last_year)):
            read_year(name, year)
        if last_year < first_year:
            raise InstantOutOfRangeError.reversed(first_year, last_year)
        return self._years.covering(first_year, last_year).within(first_year, last_year).timeline

    def is_open(self, at: dt.datetime | str) -> bool:
        """Return whether the clock is open at an instant: yes at opening, no at closing.

        >>> clock.is_open("2026-01-10T17:00:00+07:00")
        False
        """
        micros = self._read("at", at)
        year = local_year(self._zone, micros)
        return self._years.covering(year, year).timeline.is_open(micros)

    def next_open(self, at: dt.datetime | str) -> dt.datetime | None:
        """Return the earliest open instant at or after `at`, which is `at` itself while open.

        None for a clock without weekly hours and calendars, which never opens.

        >>> clock.next_open("2026-01-10T17:00:00+07:00").isoformat()
        '2026-01-12T08:00:00+07:00'
        """
        micros = self._read("at", at)
        if not self._hours.calendars and not self._hours.can_ever_open():
            return None
        return from_micros(self._search(micros, Timeline.next_open), self._zone)

    def next_close(self, at: dt.datetime | str) -> dt.datetime | None:
        """Return the first instant after `at` at which the clock closes.

        While open that is the end of this stretch, while closed the end of the next one. None for
        a clock without calendars that never closes, such as 24/7, or never opens.
        """
        micros = self._read("at", at)
        hours = self._hours
        if hours.is_always_open or (not hours.calendars and not hours.can_ever_open()):
            return None
        return from_micros(self._search(micros, Timeline.next_close), self._zone)

    def add(self, at: dt.datetime | str, amount: dt.timedelta) -> dt.datetime:
        """Return the earliest instant at which `amount` of open time has passed since `at`.

        An amount that ends at closing time ends *at closing time*, not at the next opening; a zero
        amount ends at `at`; a negative one is `subtract`. Raises `NeverOpensError` for a clock
        that never opens, `YearsNotCoveredError` if the answer lies beyond the calendars.
        """
        found = _quickly(self._anchored.add, at, amount)
        if found is not None:
            return found
        return self._moved(self._read("at", at), read_amount("amount", amount))

    def subtract(self, at: dt.datetime | str, amount: dt.timedelta) -> dt.datetime:
        """Return the latest instant from which `amount` of open time passes until `at`.

        The mirror of `add`: an amount that reaches back to opening time ends at that opening; a
        zero amount ends at `at`; a negative one is `add`. Raises as `add` does.
        """
        found = _quickly(self._anchored.subtract, at, amount)
        if found is not None:
            return found
        return self._moved(self._read("at", at), -read_amount("amount", amount))

    def between(self, start: dt.datetime | str, end: dt.datetime | str) -> dt.timedelta:
        """Return the open time from `start` to `end`; negative when `end` comes first.

        >>> str(clock.between("2026-01-10T16:30:00+07:00", "2026-01-12T08:30:00+07:00"))
        '1:00:00'
        """
        first, last = self._read("start", start), self._read("end", end)
        timeline = self._timeline(min(first, last), max(first, last))
        return dt.timedelta(microseconds=timeline.between(first, last))

    def periods(
        self, start: dt.datetime | str, end: dt.datetime | str
    ) -> tuple[tuple[dt.datetime, dt.datetime], ...]:
        """Return the open stretches from `start` to `end`, clipped to them, as (open, close) pairs.

        Empty when nothing is open then, and when `end` does not come after `start`.
        """
        first, last = self._read("start", start), self._read("end", end)
        if last <= first:
            return ()
        return tuple(
            (from_micros(opens, self._zone), from_micros(closes, self._zone))
            for opens, closes in self._timeline(first, last).segments(first, last)
        )

    def _read(self, name: str, at: dt.datetime | str) -> int:
        return to_micros(read_instant(name, at, self._zone))

    def _timeline(self, first: int, last: int) -> Timeline:
        """Return the hours between two instants, each of which may be the end of the covered years."""
        return self._years.covering(self._year_until(first), self._year_until(last)).timeline

    def _year_until(self, at: int) -> int:
        """Return the local year of an instant; at the end of the covered years, the last of them."""
        year, covered = local_year(self._zone, at), self._years.coverage.last
        ends = year == covered + 1 and at == new_year(self._zone, year)
        return covered if ends else year

    def _check_amount(self, year: int, amount: int) -> None:
        """Raise the error for an amount of more time than all years that are compiled at once have."""
        years = amount // (366 * DAY_MICROS)
        if abs(years) > MAX_YEARS and self._years.coverage.first_by is None:
            first, last = sorted((year, year + years))
            raise InstantOutOfRangeError.span(first, last, MAX_YEARS)

    def _moved(self, at: int, amount: int) -> dt.datetime:
        self._check_amount(local_year(self._zone, at), amount)
        if not any(self._schedule.week) and not self._hours.can_ever_open():
            raise NeverOpensError.of(self._schedule)
        if amount < 0:
            found = self._search(at, lambda line, t: line.subtract(t, -amount), forward=False)
        else:
            found = self._search(at, lambda line, t: line.add(t, amount))
        year = self._year_until(at)
        window = self._years.covering(year, year)
        if self._anchored.window is not window:
            self._anchored = AnchoredTimeline.of(window, self._zone)
        return from_micros(found, self._zone)

    def _search(
        self, at: int, question: Callable[[Timeline, int], int | None], *, forward: bool = True
    ) -> int:
        """Return the answer from the fewest years that give one; each try doubles the years."""
        year = local_year(self._zone, at) if forward else self._year_until(at)
        return self._years.search(
            year, year, lambda window: question(window.timeline, at), forward=forward
        )

    def __eq__(self, other: object) -> bool:
        return self._key() == other._key() if isinstance(other, Clock) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._key())

    def __reduce__(self) -> tuple[Any, ...]:
        return _restore, self._key()

    def __str__(self) -> str:
        """Return its hours, its zone and the years its calendars cover, on one line."""

        def said(room: Room) -> str:
            hours = f"clock of {room.name(str(self._schedule))} in {room.name(str(self._zone))}"
            if seasons := self._hours.seasons:
                hours += f", with {counted(len(seasons), 'season')}"
            if not self.calendars:
                return hours
            covered = years(*self.covered_years)
            return f"{hours}, with {counted(len(self.calendars), 'calendar')} for {covered}"

        return fitted(said)

    def __repr__(self) -> str:
        def said(room: Room) -> str:
            hours, zone = room.quoted(str(self._schedule)), room.quoted(str(self._zone))
            calendars = room.value(self.calendars, "calendar")
            return f"Clock(Schedule({hours}), timezone={zone}, calendars={calendars})"

        return fitted(said, RECORD)

    def _key(self) -> tuple[Schedule, dt.tzinfo, OpeningHours]:
        return self._schedule, self._zone, self._hours


def _quickly(
    move: Callable[[dt.timedelta, dt.timedelta], dt.datetime | None],
    at: dt.datetime | str,
    amount: dt.timedelta,
) -> dt.datetime | None:
    """Return the answer if it needs no integers; None if it does, or if it will be refused."""
    if type(at) is not dt.datetime or type(amount) is not dt.timedelta or amount <= _NO_TIME:
        return None
    try:
        return move(at - EPOCH, amount)
    except Exception:  # noqa: BLE001  a naive datetime, or a zone that raises: refused by its reading
        return None


def _check_calendars(calendars: object) -> None:
    if not isinstance(calendars, (list, tuple)):
        raise NotAModelError.calendars(calendars)
    for calendar in calendars:
        if not isinstance(calendar, HolidayCalendar):
            raise NotAModelError.calendars(calendar)


def _restore(schedule: Schedule, zone: dt.tzinfo, hours: OpeningHours) -> Clock:
    clock = Clock.__new__(Clock)
    clock._set_up(schedule, LineHours.of(hours, zone))  # noqa: SLF001  this is the class's own constructor
    return clock
