"""A helpdesk's own functions as a careful person writes them, and the mistakes that are made in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from support_sla import Policy, load_policy

ZONE = ZoneInfo("America/New_York")
HOLIDAYS = [date(2026, 1, 1), date(2026, 5, 25), date(2026, 7, 3), date(2026, 12, 25)]
OFFICE = [(8, 12), (13, 21)]
LINE = ("support", "ticket")

POLICY: Policy = load_policy(
    {
        "name": "a desk",
        "timezone": "America/New_York",
        "calendars": {
            "holidays": {
                "years": [2025, 2027],
                "days": [{"date": day, "name": "a holiday"} for day in HOLIDAYS],
            }
        },
        "schedules": {"open": "Mo-Fr 08:00-12:00,13:00-21:00; Su 01:00-05:00"},
        "departments": {
            "support": {
                "channels": {
                    "ticket": {
                        "hours": {"schedule": "open", "observes": ["holidays"]},
                        "first_response": [{"within": "4h", "counted_in": "business_time"}],
                    },
                    "chat": {"hours": {"schedule": "open"}},
                }
            }
        },
    }
)


class Desk:
    """The functions without a mistake."""

    holidays: Sequence[date] = HOLIDAYS
    hours: Mapping[int, Sequence[tuple[int, int]]] = {
        **dict.fromkeys(range(5), OFFICE),
        6: [(1, 5)],
    }

    def is_off(self, at: datetime) -> bool:
        return at.astimezone(ZONE).date() in self.holidays

    def passed(self, start: datetime, end: datetime) -> timedelta:
        return end.astimezone(UTC) - start.astimezone(UTC)

    def later(self, at: datetime, amount: timedelta) -> datetime:
        return at.astimezone(UTC) + amount

    def is_enough(self, left: timedelta, room: timedelta) -> bool:
        return left <= room

    def due(self, sent: datetime) -> datetime:
        left = timedelta(hours=4)
        for start, end in self.open_from(sent):
            room = self.passed(start, end)
            if self.is_enough(left, room):
                return self.later(start, left)
            left -= room
        raise AssertionError

    def elapsed(self, start: datetime, end: datetime) -> timedelta:
        spent = timedelta(0)
        for opens, closes in self.open_from(start):
            if opens.timestamp() >= end.timestamp():
                return spent
            last = min(closes, end, key=datetime.timestamp)
            spent += self.passed(opens, last.astimezone(ZONE))
        raise AssertionError

    def open_from(self, at: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Yield the open stretches from an instant on."""
        local = at.astimezone(ZONE)
        day = local.date()
        while True:
            for opens, closes in self.hours.get(day.weekday(), ()):
                first, last = (datetime.combine(day, time(hour), ZONE) for hour in (opens, closes))
                start = max(local, first, key=datetime.timestamp)
                if not self.is_off(start) and start.timestamp() < last.timestamp():
                    yield start, last
            day += timedelta(days=1)


class PutsOff(Desk):
    """What ends exactly at closing is put off to the next opening."""

    def is_enough(self, left: timedelta, room: timedelta) -> bool:
        return left < room


class LooksUpInUtc(Desk):
    """A holiday is looked up by the date in UTC."""

    def is_off(self, at: datetime) -> bool:
        return at.astimezone(UTC).date() in self.holidays


class ByTheWallClock(Desk):
    """Instants are subtracted and added on the wall clock."""

    def passed(self, start: datetime, end: datetime) -> timedelta:
        return end - start

    def later(self, at: datetime, amount: timedelta) -> datetime:
        return at + amount


class CountsLunch(Desk):
    """The break is counted."""

    hours = {**{day: [(8, 21)] for day in range(5)}, 6: [(1, 5)]}  # noqa: RUF012  as the base has it


class ForgetsTheLast(Desk):
    """The last holiday of the list is forgotten."""

    holidays = HOLIDAYS[:-1]


MISTAKES: list[Any] = [PutsOff, LooksUpInUtc, ByTheWallClock, CountsLunch, ForgetsTheLast]
