"""Clocks and answers around clock changes, in short."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

HOUR = timedelta(hours=1)


MICROSECOND = timedelta(microseconds=1)


def instant(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+00:00")


# --- America/New_York: forward 2026-03-08 02:00 (07:00 UTC), back 2026-11-01 02:00 (06:00 UTC) ---


NEW_YORK = "America/New_York"


# --- Australia/Lord_Howe: half an hour ---


LORD_HOWE = "Australia/Lord_Howe"


# --- Africa/Cairo: forward 2024-04-26 00:00 to 01:00 (22:00 UTC), back at the end of 31 October ---


CAIRO = "Africa/Cairo"


# --- Asia/Beirut: forward 2026-03-29 00:00 (28 March, 22:00 UTC), back 2026-10-25 00:00 to 23:00 ---


BEIRUT = "Asia/Beirut"


# --- America/Santiago: back at the end of Saturday 2026-04-04, forward on Sunday 2026-09-06 ---


SANTIAGO = "America/Santiago"


# --- Pacific/Apia: from 29 December 2011 24:00 (-10) to 31 December 00:00 (+14), 10:00 UTC ---


APIA = "Pacific/Apia"


# --- America/St_Johns: 2006-10-29 00:01 (-2:30) back to 23:01 of the 28th (-3:30), 02:31 UTC ---


ST_JOHNS = "America/St_Johns"


# --- Every zone, every quarter of an hour around its changes, each a microsecond to either side ---


def around(change: str) -> list[datetime]:
    quarter = timedelta(minutes=15)
    moments = [instant(change) + step * quarter for step in range(-120, 120)]
    return [moment + step * MICROSECOND for moment in moments for step in (-1, 0, 1)]


def reads(at: datetime, hour: int) -> bool:
    """Whether a clock in New York shows this full hour."""
    return at.astimezone(ZoneInfo(NEW_YORK)).time() == time(hour)
