"""The instants at which an answer may turn: where defects live, and uniform chance never looks.

Those are edges of the clock (an opening, a closing, a midnight, here or in UTC, a change of the clock, a
time that a rule names), and each of them moved back by what a rule promises, in the time it counts.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias, get_args
from zoneinfo import ZoneInfo

from support_sla.clock.clock import Clock
from support_sla.clock.wall_clock import WallClock
from support_sla.errors import YearsNotCoveredError
from support_sla.values.dates import day_number
from support_sla.values.instants import from_micros, to_micros
from support_sla.values.units import DAY, SECOND
from support_sla.values.week import WEEKDAYS, parse_clock_time

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from support_sla.calendars.calendar import HolidayCalendar
    from support_sla.policy.metrics import Metric
    from support_sla.policy.policy import Policy
    from support_sla.policy.season import Season
    from support_sla.policy.target import Target
    from support_sla.testing.requests.lines import LineName

Edge: TypeAlias = Literal[
    "opening",
    "closing",
    "midnight",
    "midnight in UTC",
    "clock change",
    "clock change elsewhere",
    "time of day",
]
ELSEWHERE = ZoneInfo("America/New_York")
"""The clock of a customer, which changes though the desk's may not."""

EDGES: tuple[Edge, ...] = get_args(Edge)


class Shift(NamedTuple):
    """An amount that a rule promises, and the clock that counts it; None counts calendar time."""

    amount: dt.timedelta
    clock: Clock | None

    def back(self, at: dt.datetime) -> dt.datetime:
        """Return the latest instant from which the amount has passed at `at`, in UTC.

        That is `at` itself if the covered years do not reach back so far.
        """
        if self.clock is None:
            return at - self.amount
        try:
            return self.clock.subtract(at, self.amount).astimezone(dt.UTC)
        except YearsNotCoveredError:
            return at


@dataclass(frozen=True)
class Corners:
    """What may turn the answers of a line."""

    clocks: tuple[Clock, ...]
    """The line's own clock, then those of its rules that have hours of their own."""
    shifts: tuple[Shift, ...]
    times: tuple[int, ...]
    """Seconds of a date at which a rule begins or ends to hold, or a promise in business days turns."""
    calendars: tuple[HolidayCalendar, ...]
    """What the line observes, and what its rules name."""
    seasons: tuple[Season, ...]
    """Those of the line, and of the hours of its rules."""

    @classmethod
    def of(cls, policy: Policy, line: LineName, metrics: Sequence[Metric]) -> Corners:
        """Return the corners of a line's answers for these metrics; the policy keeps them."""
        return policy.once((cls, line, *metrics), lambda: cls._of(policy, line, metrics))

    @classmethod
    def _of(cls, policy: Policy, line: LineName, metrics: Sequence[Metric]) -> Corners:
        department, channel = line
        clocks = [Clock.of(policy, department=department, channel=channel)]
        shifts: list[Shift] = []
        times: set[int] = set()
        names: list[str] = []
        seasons = [*policy.channel(department, channel).hours.seasons]
        for metric in metrics:
            for rule in policy.targets(department, channel, metric):
                clock = Clock.of(
                    policy, department=department, channel=channel, rule=rule.name, metric=metric
                )
                clocks.append(clock)
                counted = clock if rule.counted_in == "business_time" else None
                amounts = (rule.within, rule.earliest)
                shifts += [
                    Shift(each, counted) for each in amounts if isinstance(each, dt.timedelta)
                ]
                times.update(_times_of(rule))
                seasons += rule.hours.seasons if rule.hours else ()
                names += (rule.when.days if rule.when else None) or ()
        named = tuple(policy.calendars[name] for name in names if name not in WEEKDAYS)
        observed = (calendar for clock in clocks for calendar in clock.calendars)
        return cls(
            tuple(dict.fromkeys(clocks)),
            tuple(dict.fromkeys(shifts)),
            tuple(sorted(times)),
            tuple(dict.fromkeys((*observed, *named))),
            tuple(dict.fromkeys(seasons)),
        )

    @property
    def has_choice(self) -> bool:
        """Whether an edge may be one of several clocks or times."""
        return len(self.clocks) > 1 or len(self.times) > 1

    def edges(self) -> list[Edge]:
        """Return the kinds of edges there may be."""
        return [edge for edge in EDGES if edge != "time of day" or self.times]

    def edge(self, kind: Edge, at: dt.datetime, place: int) -> dt.datetime | None:
        """Return the first instant of a kind after `at`, in UTC; None if none comes.

        `place` chooses among several clocks, or several times of day.
        """
        clock = self.clocks[place % len(self.clocks)]
        if kind in ("opening", "closing"):
            return _turn(clock, at, to_open=kind == "opening")
        if kind == "midnight in UTC":
            return dt.datetime(at.year, at.month, at.day, tzinfo=dt.UTC) + dt.timedelta(1)
        zone = ELSEWHERE if kind == "clock change elsewhere" else clock.timezone
        wall, micros = WallClock.of(zone, at.year, at.year + 1), to_micros(at)
        if kind.startswith("clock change"):
            later = (change for change in wall.starts if change > micros)
            return next((from_micros(change, dt.UTC) for change in later), None)
        second = self.times[place % len(self.times)] if kind == "time of day" else 0
        date_begins = (wall.day(micros) + 1) * DAY
        return from_micros(wall.instant((date_begins + second) * SECOND), dt.UTC)

    @property
    def has_special_dates(self) -> bool:
        """Whether some dates differ from the week."""
        return bool(self.calendars or self.seasons)

    def special(self, year: int, place: int) -> tuple[dt.datetime, dt.datetime] | None:
        """Return when a date that differs begins, of the year, or of the next that has any.

        That is at the desk, and in UTC, where many look a holiday up. `place` chooses among those of the
        year: special dates, first dates of seasons and those after them. None if there are none from
        then on.
        """
        last = max((known.covered_years[1] for known in self.calendars), default=year + 4)
        years = range(year, max(last, year + 4 if self.seasons else year) + 1)
        found = next((dates for each in years if (dates := self._dates(each))), None)
        if found is None:
            return None
        date = found[place % len(found)]
        wall = WallClock.of(self.clocks[0].timezone, date.year, date.year)
        at_desk = from_micros(wall.midnight(day_number(date)), dt.UTC)
        return at_desk, dt.datetime(date.year, date.month, date.day, tzinfo=dt.UTC)

    def _dates(self, year: int) -> list[dt.date]:
        covering = (
            calendar
            for calendar in self.calendars
            if calendar.covered_years[0] <= year <= calendar.covered_years[1]
        )
        days = [day.date for calendar in covering for day in calendar.special_days(year)]
        return days + [date for each in self.seasons for date in _bounds(each, year)]


def _bounds(season: Season, year: int) -> Iterator[dt.date]:
    """Yield the first date of a season, and the date after its last, if they lie in a year."""
    for end, after in ((season.from_, 0), (season.to, 1)):
        try:
            date = dt.date.fromisoformat(f"{year:04d}-{end}" if season.is_yearly else end)
        except ValueError:  # 29 February of another year
            continue
        if date.year == year:
            yield date + dt.timedelta(days=after)


def _times_of(target: Target) -> Iterator[int]:
    """Yield the seconds of a date that a rule names."""
    if target.when and target.when.time:
        yield from (edge for span in target.when.time for edge in span)
    if target.cutoff is not None:
        yield target.cutoff
    if target.by not in (None, "close"):
        yield parse_clock_time(target.by)


def _turn(clock: Clock, at: dt.datetime, *, to_open: bool) -> dt.datetime | None:
    """Return the first closing or opening after an instant, in UTC; None if none is known to come."""
    try:
        found: dt.datetime | None = at
        if not to_open or clock.is_open(at):
            found = clock.next_close(at)
        if to_open and found is not None:
            found = clock.next_open(found)
    except YearsNotCoveredError:
        return None
    return None if found is None else found.astimezone(dt.UTC)
