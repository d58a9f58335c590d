"""Reads the values of an iCalendar event: dates, zones, durations and rules, exact or refused.

icalendar only splits content lines. Its own value types differ between its versions, share zones
between calendars, and skip in silence what they cannot read.
"""

from __future__ import annotations

import datetime as dt
import re
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeAlias

from support_sla.calendars.sources.rrule import (
    RecurrenceRule,
    UnreadableRuleError,
    UnsupportedRuleError,
)
from support_sla.errors import ZoneError, shown
from support_sla.values.dates import FIRST_YEAR, LAST_YEAR
from support_sla.values.instants import read_zone

_PROPERTY = re.compile(r"([A-Za-z0-9-]+)[;:]")
_MOMENT = re.compile(r"[0-9]{8}(T(?:[01][0-9]|2[0-3])[0-9]{4}(Z?))?")
_DURATION = re.compile(
    r"([+-]?)P(?=[0-9T])(?:([0-9]{1,7})W|(?:([0-9]{1,7})D)?"
    r"(?:T(?=[0-9])(?:([0-9]{1,9})H)?(?:([0-9]{1,9})M)?(?:([0-9]{1,9})S)?)?)"
)
_ONCE = ("DTSTART", "DTEND", "DURATION", "RRULE", "RECURRENCE-ID")
_READ = {*_ONCE, "RDATE", "EXDATE", "EXRULE", "SUMMARY", "UID", "STATUS", "TRANSP"}

_NAMES_OF_UTC = ("", "UTC", "ETC/UTC", "GMT")

NEVER = dt.datetime(9999, 12, 31)  # noqa: DTZ001  a wall clock, as wherever no zone is given


Fields: TypeAlias = dict[str, list[tuple[Any, str]]]


class EventError(Exception):
    """What is wrong with one event, and what to do; the caller adds the event's name."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A DATE or DATE-TIME as written: what the wall clock shows, and the zone if it names one."""

    wall: dt.datetime
    zone: dt.tzinfo | None
    is_date: bool

    @property
    def kind(self) -> str:
        """What it is, in words: moments of different kinds cannot be compared."""
        if self.is_date:
            return "a date"
        return "a local time" if self.zone is None else "a time in a zone"

    def beside(self, start: Moment, key: str) -> dt.datetime:
        """Return this moment on the wall clock of an event's start."""
        if self.kind != start.kind:
            message = f"has {key} as {self.kind}, but DTSTART as {start.kind}"
            raise EventError(f"{message}; write both the same way")
        if self.zone is None:
            return self.wall
        return self.wall.replace(tzinfo=self.zone).astimezone(start.zone).replace(tzinfo=None)


def fields_of(lines: list[str], split: Any) -> Fields:  # noqa: ANN401
    """Return an event's properties by name, each with its parameters and its text."""
    from icalendar.prop import vText  # noqa: PLC0415

    fields: Fields = {}
    for line in lines:
        match = _PROPERTY.match(line)
        key = match[1].upper() if match else ""
        if match and key not in _READ:
            continue
        try:
            _, params, value = split(line).parts()
        except ValueError:
            message = f"has the line {shown(line)}, which is no property"
            raise EventError(
                f"{message}; fold long lines with a space at the next one's start"
            ) from None
        fields.setdefault(key, []).append((params, str(vText.from_ical(value)).strip()))
    for key in _ONCE:
        if len(fields.get(key, ())) > 1:
            raise EventError(f"has {key} {len(fields[key])} times; write it once")
    return fields


def read_moment(key: str, params: Any, text: str) -> Moment:  # noqa: ANN401  a mapping of icalendar's
    """Return the DATE or DATE-TIME of property `key`, with the zone it names."""
    match, declared = _MOMENT.fullmatch(text), str(params.get("VALUE", "")).upper()
    try:
        wall = dt.datetime.fromisoformat(text.removesuffix("Z"))
    except ValueError:
        match = None
    kind = "DATE-TIME" if match and match[1] else "DATE"
    if match is None or declared not in ("", kind) or not FIRST_YEAR <= wall.year <= LAST_YEAR:
        said = f"{key}{declared and ';VALUE='}{declared} {shown(text)}"
        message = f"has {said}, which is no such date or time of years {FIRST_YEAR} to {LAST_YEAR}"
        raise EventError(f"{message}; write 20260217 as a DATE, 20260217T080000 as a DATE-TIME")
    zone: dt.tzinfo | None = dt.UTC if match[2] else None
    name = str(params.get("TZID", ""))
    if zone and name.upper() not in _NAMES_OF_UTC:
        said = f"has {key} {text} both in UTC and in TZID {shown(name)}"
        raise EventError(f"{said}; drop the Z or TZID")
    if name and kind == "DATE-TIME" and not zone:
        zone = read_zone_named(key, name)
    return Moment(wall, zone, kind == "DATE")


def read_zone_named(key: str, name: str) -> dt.tzinfo:
    """Return the zone of an IANA name, also at the end of a vendor's path, or of a Windows name."""
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON  # noqa: PLC0415

    parts = name.strip("/").split("/") if name.startswith("/") else [name]
    for at in range(min(len(parts), 8)):
        known = "/".join(parts[at:])
        with suppress(ZoneError):
            return read_zone(WINDOWS_TO_OLSON.get(known, known))
    raise EventError(f"has {key} in TZID {shown(name)}, which is no known zone; use an IANA name")


def read_length(fields: Fields, start: Moment) -> tuple[dt.timedelta, dt.timedelta]:
    """Return how long the event takes: first by the wall clock, then in elapsed time."""
    length = exact = dt.timedelta()
    ends, takes = fields.get("DTEND", []), fields.get("DURATION", [])
    if ends and takes:
        raise EventError("has both DTEND and DURATION; drop one of them")
    for params, text in ends:
        length = read_moment("DTEND", params, text).beside(start, "DTEND") - start.wall
        if length < exact:
            raise EventError(f"has DTEND {text} before its DTSTART; correct one of them")
    for _, text in takes:
        match = _DURATION.fullmatch(text.upper())
        if not match or match[1] == "-" or (start.is_date and "T" in match[0]):
            kind = "P1D" if start.is_date else "PT8H30M"
            raise EventError(
                f"has DURATION {shown(text)}, which {start.kind} cannot take; write e.g. {kind}"
            )
        weeks, days, hours, minutes, seconds = (int(number or 0) for number in match.groups()[1:])
        length = dt.timedelta(weeks=weeks, days=days)
        exact = dt.timedelta(hours=hours, minutes=minutes, seconds=seconds)
    # A whole date that ends where it begins is how some exporters write one day.
    return (max(length, dt.timedelta(days=1)) if start.is_date else length), exact


def read_rule(fields: Fields, start: Moment) -> tuple[RecurrenceRule | None, dt.datetime]:
    """Return the rule (None for an event that comes once), and the last instant it may turn at."""
    if "EXRULE" in fields:
        raise EventError("has EXRULE, which RFC 5545 took out; write the dates as EXDATE")
    if "RRULE" not in fields:
        return None, NEVER
    text = fields["RRULE"][0][1].upper()
    try:
        rule = RecurrenceRule.read(text.removesuffix(";"))
    except UnreadableRuleError as error:
        message = f"has RRULE {shown(text)} with {error.what}"
        raise EventError(f"{message}; write e.g. FREQ=YEARLY;BYMONTH=5;BYDAY=1MO") from None
    except UnsupportedRuleError as error:
        message = f"has RRULE {shown(text)} with {error.what}"
        raise EventError(f"{message}, which is left out here; write its dates as RDATE") from None
    if rule.until is None or rule.until >= str(LAST_YEAR + 1):
        return rule, NEVER
    return rule, read_moment("UNTIL", {}, rule.until).beside(start, "UNTIL")
