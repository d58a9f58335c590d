"""Texts of iCalendar feeds for tests, and calendars made of them."""

from __future__ import annotations

from typing import Any

from support_sla import HolidayCalendar


def event(*lines: str, summary: str = "Closed", uid: str = "u1") -> str:
    """Return a VEVENT with these lines; without a summary or UID where that is empty."""
    named = [f"{key}:{text}" for key, text in (("SUMMARY", summary), ("UID", uid)) if text]
    return "\r\n".join(["BEGIN:VEVENT", *named, *lines, "END:VEVENT", ""])


def feed(*parts: str) -> str:
    """Return a calendar of these parts."""
    return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" + "".join(parts) + "END:VCALENDAR\r\n"


def calendar(*parts: str, years: tuple[int, int] = (2026, 2026), **changes: Any) -> HolidayCalendar:
    """Return a calendar of a feed of these parts."""
    return HolidayCalendar(feed=feed(*parts), years=years, **changes)


def dates(found: HolidayCalendar) -> list[str]:
    """Return the dates that a calendar closes wholly or in part, in all its years."""
    first, last = found.covered_years
    return [str(day.date) for year in range(first, last + 1) for day in found.special_days(year)]
