"""Reads the values of an iCalendar event: dates, zones, durations and rules, exact or refused.

icalendar only splits content lines. Its own value types differ between its versions, share zones
between calendars, and skip in silence what they cannot read.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

from support_sla.calendars.sources.ics.zones import UnknownZoneError
from support_sla.calendars.sources.rrule import (
    RecurrenceRule,
    UnreadableRuleError,
    UnsupportedRuleError,
)
from support_sla.errors import cut, shown
from support_sla.values.dates import FIRST_YEAR, LAST_YEAR

if TYPE_CHECKING:
    from support_sla.calendars.sources.ics.zones import Zones
    from support_sla.calendars.sources.rrule_turns import Looks, Turns

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

_MIDNIGHT, _LAST_MINUTE, _MIDNIGHT_FARTHEST_EAST = dt.time(0), dt.time(23, 59), dt.time(10)
_DAY = dt.timedelta(days=1)

Fields: TypeAlias = dict[str, list[tuple[Any, str]]]


class EventError(Exception):
    """What is wrong with one event, and what to do; the caller adds the event's name."""


@dataclass(slots=True)
class Reading:
    """What the events of one feed are read with, and what was read otherwise than it is written.

    `notes` has by what they are about: the sentence, and how often it holds.
    """

    zones: Zones
    looks: Looks
    notes: dict[str, tuple[str, int]] = field(default_factory=dict)

    def note(self, about: str, sentence: str) -> None:
        """Note what was read how; only the first of all sentences about one thing is kept."""
        first, times = self.notes.get(about, (sentence, 0))
        self.notes[about] = first, times + 1


@dataclass(frozen=True, slots=True)
class Moment:
    """A DATE or DATE-TIME as written: what the wall clock shows, and the zone if it names one."""

    wall: dt.datetime
    zone: dt.tzinfo | None
    is_date: bool

    @property
    def written(self) -> str:
        """The moment as a feed writes it."""
        text = (self.wall.date() if self.is_date else self.wall).isoformat()
        return re.sub("[-:]", "", text) + "Z" * self.is_utc

    @property
    def is_utc(self) -> bool:
        """Whether it is written with a Z."""
        return self.zone is dt.UTC

    @property
    def kind(self) -> str:
        """What it is, in words: moments of different kinds cannot be compared."""
        if self.is_date:
            return "a date"
        return "a local time" if self.zone is None else "a time in a zone"

    def beside(self, start: Moment, key: str, reading: Reading) -> dt.datetime:
        """Return this moment on the wall clock of an event's start.

        Beside a date only the date counts: of a midnight, which is how some exporters write it.
        """
        if start.is_date and not self.is_date:
            return self._date_beside(key, reading)
        if self.kind != start.kind:
            message = f"has {key} as {self.kind}, but DTSTART as {start.kind}"
            raise EventError(f"{message}; write both the same way")
        if self.zone is None:
            return self.wall
        return self.wall.replace(tzinfo=self.zone).astimezone(start.zone).replace(tzinfo=None)

    def _date_beside(self, key: str, reading: Reading) -> dt.datetime:
        date, time = self.day, self.wall.time()
        if key == "DTEND":  # which is the end of a date as well as the start of the next
            if time >= _LAST_MINUTE:
                date += _DAY
            elif time != _MIDNIGHT:
                there = f"ends on {date.date()} at {time}, or with that whole date"
                self._refuse(key, there, f"{date + _DAY:%Y%m%d}")
        elif self.is_utc and time >= _MIDNIGHT_FARTHEST_EAST:
            following = date + _DAY
            there = f"is {date.date()} in UTC, but {following.date()} where it is midnight"
            self._refuse(key, there, f"{date:%Y%m%d} or {following:%Y%m%d}")
        elif not self.is_utc and time != _MIDNIGHT:
            there = f"is the date {date.date()}, or an instance at {time} that there is not"
            self._refuse(key, there, f"{date:%Y%m%d}")
        reading.note(key, f"{key} {self.written} is read as the date {date.date()}")
        return date

    @property
    def day(self) -> dt.datetime:
        """The midnight with which its date begins."""
        return self.wall.replace(hour=0, minute=0, second=0)

    def _refuse(self, key: str, both: str, instead: str) -> None:
        message = f"has {key} {self.written} beside a DTSTART that is a date: it {both}"
        raise EventError(f"{message}; write {key};VALUE=DATE:{instead}")


def fields_of(lines: list[str], split: Any) -> Fields:  # noqa: ANN401  icalendar's own class
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


def read_moment(key: str, params: Any, text: str, reading: Reading) -> Moment:  # noqa: ANN401  a mapping of icalendar's
    """Return the DATE or DATE-TIME of property `key`, with the zone it names."""
    match, declared = _MOMENT.fullmatch(text), str(params.get("VALUE", "")).upper()
    try:
        wall = dt.datetime.fromisoformat(text.removesuffix("Z"))
    except ValueError:
        match = None
    kind = "DATE-TIME" if match and match[1] else "DATE"
    if match is None or declared not in ("", kind) or not FIRST_YEAR <= wall.year <= LAST_YEAR:
        said = f"{key}{declared and ';VALUE='}{cut(declared, 40)} {shown(text)}"
        message = f"has {said}, which is no such date or time of years {FIRST_YEAR} to {LAST_YEAR}"
        raise EventError(f"{message}; write 20260217 as a DATE, 20260217T080000 as a DATE-TIME")
    zone: dt.tzinfo | None = dt.UTC if match[2] else None
    name = str(params.get("TZID", ""))
    if zone and name.upper() not in _NAMES_OF_UTC:
        said = f"has {key} {text} both in UTC and in TZID {shown(name)}"
        raise EventError(f"{said}; drop the Z or TZID")
    if name and kind == "DATE-TIME" and not zone:
        try:
            zone, read = reading.zones.named(name)
        except UnknownZoneError as error:
            raise EventError(f"has {key} {error}") from None
        if read:
            reading.note(f"TZID {name}", f"TZID {shown(name)} is read {read}")
    return Moment(wall, zone, kind == "DATE")


def read_length(
    fields: Fields, start: Moment, reading: Reading
) -> tuple[dt.timedelta, dt.timedelta]:
    """Return how long the event takes: first by the wall clock, then in elapsed time."""
    length = exact = dt.timedelta()
    ends, takes = fields.get("DTEND", []), fields.get("DURATION", [])
    if ends and takes:
        raise EventError("has both DTEND and DURATION; drop one of them")
    for params, text in ends:
        end = read_moment("DTEND", params, text, reading)
        length = end.beside(start, "DTEND", reading) - start.wall
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


def read_rule(fields: Fields, start: Moment, reading: Reading) -> tuple[Turns | None, dt.datetime]:
    """Return the turns (None for an event that comes once), and the last instant they may be at."""
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
    turns = rule.turns_from(start.wall.date()).ended(reading.looks)
    if rule.until is None or rule.until >= str(LAST_YEAR + 1):
        return turns, NEVER
    until = read_moment("UNTIL", {}, rule.until, reading)
    if start.is_date and not until.is_date:
        return turns, _last_date(until, turns, reading)
    return turns, until.beside(start, "UNTIL", reading)


def _last_date(until: Moment, turns: Turns, reading: Reading) -> dt.datetime:
    """Return the last date that a rule of whole dates may turn at, if its UNTIL is a time.

    In UTC a time before 10:00 is midnight only where it is the same date, as no zone is more than
    14 hours ahead; a later one may be the next date's midnight, which matters if that is a turn.
    """
    date, time = until.day, until.wall.time()
    if until.is_utc and _MIDNIGHT_FARTHEST_EAST <= time < _LAST_MINUTE:
        following = date.toordinal() + 1
        if any(True for _ in turns.dates(following, following, reading.looks)):
            both = f"{date.date()} in UTC, or {(date + _DAY).date()} where it is midnight"
            message = f"has UNTIL {until.written} beside a DTSTART that is a date: it is {both}"
            raise EventError(f"{message}; write UNTIL={date:%Y%m%d} or {date + _DAY:%Y%m%d}")
    reading.note("UNTIL", f"UNTIL {until.written} is read as the date {date.date()}")
    return date
