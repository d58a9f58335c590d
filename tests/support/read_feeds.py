"""What a feed closes and what it is refused for, in short."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from feed_texts import event, feed
from support_sla.calendars.sources.ics.feed import read_feed
from support_sla.values.week import format_day

PARIS, HANOI, NEW_YORK = map(ZoneInfo, ("Europe/Paris", "Asia/Ho_Chi_Minh", "America/New_York"))


def closed(
    text: str, first: int = 2026, last: int | None = None, zone: dt.tzinfo | None = None
) -> dict[str, str]:
    """Return what a feed closes: date -> hours, 'all' for a whole date."""
    days = read_feed(text, source="f").special_days(first, last or first, zone)
    assert [day.date for day in days] == sorted({day.date for day in days})
    return {
        str(day.date): "all" if day.is_whole_day_off else format_day(day.closure) for day in days
    }


def dates(*lines: str, first: int = 2026, last: int = 2026) -> list[str]:
    return list(closed(feed(event(*lines)), first, last))


def names(text: str, year: int = 2026, zone: dt.tzinfo | None = None) -> dict[str, str]:
    days = read_feed(text, source="f").special_days(year, year, zone)
    return {str(day.date): day.name for day in days}


def series(*changed: str) -> str:
    rule = event("DTSTART;VALUE=DATE:20260310", "RRULE:FREQ=DAILY;COUNT=3", summary="Fair")
    return feed(*changed, rule)
