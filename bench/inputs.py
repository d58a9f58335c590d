"""What everyone is asked: two desks, 150 holidays, and instants spread over a year.

All of it is drawn with fixed seeds, so every run and every library gets the same questions.
"""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from support_sla import Clock, HolidayCalendar, Schedule

YEAR = 2026
HOLIDAY_YEARS = (2025, 2034)
HOLIDAYS_A_YEAR = 15

AN_HOUR = dt.timedelta(hours=1)
SPANS = {f"{hours:,} h": dt.timedelta(hours=hours) for hours in (1, 100, 10_000)}


@dataclass(frozen=True)
class Desk:
    """One desk's hours: the same range on each of its working days (Monday is 0)."""

    name: str
    timezone: str
    working_days: tuple[int, ...]
    opens: dt.time
    closes: dt.time
    holidays: tuple[dt.date, ...]

    @property
    def zone(self) -> ZoneInfo:
        """The zone whose wall clock the hours are read on."""
        return ZoneInfo(self.timezone)

    @property
    def hours(self) -> str:
        """The hours in this library's notation."""
        days = "Mo-Sa" if len(self.working_days) == 6 else "Mo-Fr"
        return f"{days} {self.opens:%H:%M}-{self.closes:%H:%M}"

    def clock(self) -> Clock:
        """Return this library's clock of the desk."""
        days = [{"date": date, "name": "holiday"} for date in self.holidays]
        calendar = HolidayCalendar.model_validate({"years": HOLIDAY_YEARS, "days": days})
        return Clock(Schedule(self.hours), timezone=self.timezone, calendars=[calendar])

    def is_open(self, local: dt.datetime) -> bool:
        """Whether the desk is open at a reading of its wall clock."""
        if local.weekday() not in self.working_days or local.date() in self.holidays:
            return False
        return self.opens <= local.time() < self.closes


def _holidays() -> tuple[dt.date, ...]:
    """Return 15 dates a year for ten years, all from Monday to Friday, so that each one counts."""
    draw = random.Random(150)  # noqa: S311  no secret
    found: list[dt.date] = []
    for year in range(HOLIDAY_YEARS[0], HOLIDAY_YEARS[1] + 1):
        first = dt.date(year, 1, 1)
        dates = [first + dt.timedelta(days=day) for day in range(365)]
        found += sorted(
            draw.sample([each for each in dates if each.weekday() < 5], HOLIDAYS_A_YEAR)
        )
    return tuple(found)


_HOLIDAYS = _holidays()
_MONDAY_TO_SATURDAY = (0, 1, 2, 3, 4, 5)

DESKS = (
    Desk(
        "Ho Chi Minh",
        "Asia/Ho_Chi_Minh",
        _MONDAY_TO_SATURDAY,
        dt.time(8),
        dt.time(17),
        _HOLIDAYS,
    ),
    Desk(
        "New York",
        "America/New_York",
        _MONDAY_TO_SATURDAY[:5],
        dt.time(9),
        dt.time(17, 30),
        _HOLIDAYS,
    ),
)


def instants(zone: ZoneInfo, count: int) -> list[dt.datetime]:
    """Return instants spread evenly over the days of a year, each at a random minute of its day.

    Never on the hour or the half: an answer that falls exactly on closing time is the one thing
    about which the libraries' conventions differ.
    """
    draw = random.Random(count)  # noqa: S311  no secret
    minutes = [minute for minute in range(24 * 60) if minute % 30]
    first = dt.datetime(YEAR, 1, 1, tzinfo=zone)
    return [
        first + dt.timedelta(days=number * 365 // count, minutes=draw.choice(minutes))
        for number in range(count)
    ]
