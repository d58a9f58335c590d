"""The zones that a feed names: by an IANA name, a name of Windows', or a VTIMEZONE of its own."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from support_sla.calendars.sources.rrule import RecurrenceRule, UnsupportedRuleError
from support_sla.errors import ZoneError, shown
from support_sla.values.instants import read_zone

if TYPE_CHECKING:
    from collections.abc import Iterable

    from support_sla.calendars.sources.ics.text import Part
    from support_sla.calendars.sources.rrule_turns import Turns

DISPLAY_NAMES = {
    "(UTC-10:00) Hawaii": "Pacific/Honolulu",
    "(UTC-09:00) Alaska": "America/Anchorage",
    "(UTC-08:00) Pacific Time (US & Canada)": "America/Los_Angeles",
    "(UTC-07:00) Arizona": "America/Phoenix",
    "(UTC-07:00) Mountain Time (US & Canada)": "America/Denver",
    "(UTC-06:00) Central America": "America/Guatemala",
    "(UTC-06:00) Central Time (US & Canada)": "America/Chicago",
    "(UTC-06:00) Guadalajara, Mexico City, Monterrey": "America/Mexico_City",
    "(UTC-06:00) Saskatchewan": "America/Regina",
    "(UTC-05:00) Bogota, Lima, Quito, Rio Branco": "America/Bogota",
    "(UTC-05:00) Eastern Time (US & Canada)": "America/New_York",
    "(UTC-04:00) Atlantic Time (Canada)": "America/Halifax",
    "(UTC-04:00) Georgetown, La Paz, Manaus, San Juan": "America/La_Paz",
    "(UTC-03:30) Newfoundland": "America/St_Johns",
    "(UTC-03:00) Brasilia": "America/Sao_Paulo",
    "(UTC-03:00) City of Buenos Aires": "America/Argentina/Buenos_Aires",
    "(UTC) Coordinated Universal Time": "Etc/UTC",
    "(UTC+00:00) Dublin, Edinburgh, Lisbon, London": "Europe/London",
    "(UTC+00:00) Monrovia, Reykjavik": "Atlantic/Reykjavik",
    "(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna": "Europe/Berlin",
    "(UTC+01:00) Belgrade, Bratislava, Budapest, Ljubljana, Prague": "Europe/Budapest",
    "(UTC+01:00) Brussels, Copenhagen, Madrid, Paris": "Europe/Paris",
    "(UTC+01:00) Sarajevo, Skopje, Warsaw, Zagreb": "Europe/Warsaw",
    "(UTC+01:00) West Central Africa": "Africa/Lagos",
    "(UTC+02:00) Athens, Bucharest": "Europe/Bucharest",
    "(UTC+02:00) Cairo": "Africa/Cairo",
    "(UTC+02:00) Harare, Pretoria": "Africa/Johannesburg",
    "(UTC+02:00) Helsinki, Kyiv, Riga, Sofia, Tallinn, Vilnius": "Europe/Helsinki",
    "(UTC+02:00) Jerusalem": "Asia/Jerusalem",
    "(UTC+03:00) Istanbul": "Europe/Istanbul",
    "(UTC+03:00) Kuwait, Riyadh": "Asia/Riyadh",
    "(UTC+03:00) Moscow, St. Petersburg": "Europe/Moscow",
    "(UTC+03:00) Nairobi": "Africa/Nairobi",
    "(UTC+04:00) Abu Dhabi, Muscat": "Asia/Dubai",
    "(UTC+05:00) Islamabad, Karachi": "Asia/Karachi",
    "(UTC+05:30) Chennai, Kolkata, Mumbai, New Delhi": "Asia/Kolkata",
    "(UTC+05:30) Sri Jayawardenepura": "Asia/Colombo",
    "(UTC+05:45) Kathmandu": "Asia/Kathmandu",
    "(UTC+06:00) Dhaka": "Asia/Dhaka",
    "(UTC+06:30) Yangon (Rangoon)": "Asia/Yangon",
    "(UTC+07:00) Bangkok, Hanoi, Jakarta": "Asia/Bangkok",
    "(UTC+08:00) Beijing, Chongqing, Hong Kong, Urumqi": "Asia/Shanghai",
    "(UTC+08:00) Kuala Lumpur, Singapore": "Asia/Singapore",
    "(UTC+08:00) Perth": "Australia/Perth",
    "(UTC+08:00) Taipei": "Asia/Taipei",
    "(UTC+09:00) Osaka, Sapporo, Tokyo": "Asia/Tokyo",
    "(UTC+09:00) Seoul": "Asia/Seoul",
    "(UTC+09:30) Adelaide": "Australia/Adelaide",
    "(UTC+09:30) Darwin": "Australia/Darwin",
    "(UTC+10:00) Brisbane": "Australia/Brisbane",
    "(UTC+10:00) Canberra, Melbourne, Sydney": "Australia/Sydney",
    "(UTC+10:00) Hobart": "Australia/Hobart",
    "(UTC+12:00) Auckland, Wellington": "Pacific/Auckland",
}
"""Names that Windows and Exchange show for a zone, where they mean one; older ones say GMT."""

CHANGES = 200
"""The most changes, each once or every year, of all the zones that a feed defines itself."""

_OFFSET = re.compile(r"([+-])([01][0-9]|2[0-3])([0-5][0-9])([0-5][0-9])?")
_WALL = re.compile(r"[0-9]{8}T[0-9]{6}")
_LATEST = dt.datetime(9999, 12, 31)  # noqa: DTZ001  a wall clock


class UnknownZoneError(Exception):
    """A name is of no known zone; the caller says where it stands."""


@dataclass(frozen=True, slots=True)
class _Onset:
    """When an offset begins: on the wall clock just before, once or every year."""

    walls: tuple[dt.datetime, ...]
    before: dt.timedelta
    after: dt.timedelta
    turns: Turns | None
    until: dt.datetime

    def instants(self, year: int) -> list[dt.datetime]:
        """Return when it begins, in UTC: in the years around one, and the last time before them."""
        found = [wall - self.before for wall in self.walls]
        if self.turns:
            last = min(year + 1, self.until.year)
            years = range(max(min(year - 2, last - 1), 1), last + 1)
            time = self.walls[0].time()
            dates = (dt.date.fromordinal(day) for at in years for day in _turns_in(self.turns, at))
            instants = (dt.datetime.combine(date, time) - self.before for date in dates)
            found += (instant for instant in instants if instant <= self.until)
        return found


@lru_cache(maxsize=4096)
def _turns_in(turns: Turns, year: int) -> tuple[int, ...]:
    span = dt.date(year, 1, 1).toordinal(), dt.date(year, 12, 31).toordinal()
    return tuple(turns.dates(*span))


@dataclass(frozen=True)
class FileZone(dt.tzinfo):
    """A zone as a feed's own VTIMEZONE gives it."""

    name: str
    onsets: tuple[_Onset, ...]

    def __reduce__(self) -> tuple[type[FileZone], tuple[str, tuple[_Onset, ...]]]:
        return type(self), (self.name, self.onsets)

    def __str__(self) -> str:
        return self.name

    def utcoffset(self, at: dt.datetime | None, /) -> dt.timedelta | None:
        """Return the offset; in an hour that comes twice or never, by `fold` as PEP 495 says."""
        if at is None:
            return None
        wall, found = at.replace(tzinfo=None, fold=0), None
        for instant, before, after in self._changes(wall.year):
            edge = min(before, after) if at.fold else max(before, after)
            if found is None or instant + edge <= wall:
                found = after if instant + edge <= wall else before
        return found

    def fromutc(self, at: dt.datetime, /) -> dt.datetime:
        """Return an instant, given in UTC, on this zone's wall clock."""
        instant = at.replace(tzinfo=None)
        changes = self._changes(instant.year)
        place = bisect_right(changes, instant, key=lambda change: change[0])
        offset = changes[place - 1][2] if place else changes[0][1]
        wall = at + offset
        if place and wall.replace(tzinfo=None) < changes[place - 1][0] + changes[place - 1][1]:
            wall = wall.replace(fold=1)
        return wall

    def dst(self, _at: dt.datetime | None, /) -> dt.timedelta | None:
        """Return None: it is not asked what part of an offset is summer time."""
        return None

    def tzname(self, _at: dt.datetime | None, /) -> str:
        """Return the name that the feed has for it."""
        return self.name

    def _changes(self, year: int) -> list[tuple[dt.datetime, dt.timedelta, dt.timedelta]]:
        return _changes(self, year)


@lru_cache(maxsize=1024)
def _changes(zone: FileZone, year: int) -> list[tuple[dt.datetime, dt.timedelta, dt.timedelta]]:
    """Return the instants, in UTC, at which the offset changes around a year, from what to what."""
    found = {instant: onset for onset in zone.onsets for instant in onset.instants(year)}
    changes = []
    before = None
    for instant in sorted(found):
        onset = found[instant]
        changes.append((instant, onset.before if before is None else before, onset.after))
        before = onset.after
    return changes


class Zones:
    """The zones by the names that a feed has for them, each read once."""

    def __init__(self, calendars: Iterable[Part]) -> None:
        self._own: dict[str, list[Part]] = {}
        for part in (part for calendar in calendars for part in calendar.parts):
            if part.name == "VTIMEZONE":
                self._own.setdefault(part.first("TZID").strip(), []).append(part)
        self._read: dict[str, tuple[dt.tzinfo, str]] = {}
        self._changes = 0

    def named(self, name: str) -> tuple[dt.tzinfo, str]:
        """Return the zone of a name, and as what it was read if that is not plain.

        Raises `UnknownZoneError` with what is wrong and the way out.
        """
        if name not in self._read:
            self._read[name] = self._zone(name)
        return self._read[name]

    def _zone(self, name: str) -> tuple[dt.tzinfo, str]:
        known = _known_zone(name)
        if known is not None:
            return known, ""
        display = DISPLAY_NAMES.get(" ".join(name.replace("(GMT", "(UTC", 1).split()), "")
        if display:
            return read_zone(display), f"as {display}"
        written = self._own.get(name, [])
        found = {zone for part in written if (zone := _file_zone(name, part)) is not None}
        self._changes += sum(len(onset.walls) for zone in found for onset in zone.onsets)
        if self._changes > CHANGES:
            what = f"with which the feed's own zones have more than {CHANGES} changes"
            raise UnknownZoneError(f"in TZID {shown(name)}, {what}; use an IANA name")
        if len(found) == 1:
            return found.pop(), "by the VTIMEZONE of the feed"
        what = "which is no known zone"
        if len(found) > 1:
            what = f"for which the feed has {len(found)} different VTIMEZONE"
        elif written:
            what = "whose VTIMEZONE cannot be read"
        raise UnknownZoneError(f"in TZID {shown(name)}, {what}; use an IANA name")


def _known_zone(name: str) -> dt.tzinfo | None:
    """Return the zone of an IANA name, also at the end of a vendor's path, or of a Windows name."""
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON  # noqa: PLC0415  an extra

    parts = name.strip("/").split("/") if name.startswith("/") else [name]
    for at in range(min(len(parts), 8)):
        known = "/".join(parts[at:])
        with suppress(ZoneError):
            return read_zone(WINDOWS_TO_OLSON.get(known, known))
    return None


def _file_zone(name: str, part: Part) -> FileZone | None:
    """Return the zone of a VTIMEZONE; None if it has something that is not sure to be exact."""
    kinds = ("STANDARD", "DAYLIGHT")
    onsets = [_onset(each) for each in part.parts if each.name in kinds]
    known = tuple(onset for onset in onsets if onset is not None)
    if not known or len(known) < len(onsets):
        return None
    return FileZone(name, known)


def _onset(part: Part) -> _Onset | None:
    offsets = [_OFFSET.fullmatch(part.first(key).strip()) for key in ("TZOFFSETFROM", "TZOFFSETTO")]
    walls = [part.first("DTSTART").strip()]
    walls += [each for line in part.all("RDATE") for each in line.strip().split(",")]
    if not all(offsets) or not all(map(_WALL.fullmatch, walls)):
        return None
    before, after = (_offset(match) for match in offsets if match)
    turns, until = None, _LATEST
    try:
        read = tuple(map(dt.datetime.fromisoformat, walls))
        if rule := part.first("RRULE").strip():
            known = RecurrenceRule.read(rule.upper().removesuffix(";"))
            turns = known.turns_from(read[0].date())
            # Every year in one month, so that the change before any instant is easily found.
            if (
                turns.freq != "YEARLY"
                or turns.interval != 1
                or len(turns.months) != 1
                or turns.count
            ):
                return None
            if known.until:
                until = dt.datetime.fromisoformat(known.until.removesuffix("Z"))
                until = until if known.until.endswith("Z") else until - before
    except (ValueError, UnsupportedRuleError):
        return None
    return _Onset(read, before, after, turns, until)


def _offset(match: re.Match[str]) -> dt.timedelta:
    hours, minutes, seconds = (int(number or 0) for number in match.groups()[1:])
    offset = dt.timedelta(hours=hours, minutes=minutes, seconds=seconds)
    return -offset if match[1] == "-" else offset
