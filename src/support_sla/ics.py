"""iCalendar feeds -> special days, exact or refused: what a feed leaves open would move deadlines.

icalendar only splits content lines here. Its own value types differ between its versions, share
zones between calendars, and skip in silence what they cannot read; so values are read below.
"""

from __future__ import annotations

import datetime as dt
import re
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeAlias
from unicodedata import normalize

from support_sla._model import fault, shown
from support_sla.errors import ZoneError
from support_sla.instants import read_zone
from support_sla.notation import DAY
from support_sla.spans import Span, merge
from support_sla.special_day import FIRST_YEAR, LAST_YEAR, SpecialDay

if TYPE_CHECKING:
    from collections.abc import Iterator

LIMIT = 64 * 1024 * 1024
"""The most bytes of UTF-8 that are read."""

CLOCK_CHANGES = (
    *("daylight saving", "daylight savings", "clocks go forward", "clocks go back"),
    *("clocks change", "summer time begins", "summer time starts", "summer time ends"),
    *("zeitumstellung", "beginn der sommerzeit", "ende der sommerzeit", "sommerzeit beginnt"),
    *("sommerzeit endet", "umstellung auf sommerzeit", "umstellung auf winterzeit"),
    *("changement d'heure", "passage à l'heure d'été", "passage à l'heure d'hiver"),
    *("début de l'heure d'été", "fin de l'heure d'été", "cambio de hora"),
    *("comienza el horario de verano", "empieza el horario de verano"),
    *("inicio del horario de verano", "termina el horario de verano", "fin del horario de verano"),
    *("bắt đầu giờ mùa hè", "kết thúc giờ mùa hè", "giờ mùa hè bắt đầu", "giờ mùa hè kết thúc"),
    *("quy ước giờ mùa hè", "giờ tiết kiệm ánh sáng"),
)
"""Whole words by which a summary says that clocks change: such an event is a note and closes nothing."""

_NOTE = re.compile(rf"(?<!\w)(?:{'|'.join(CLOCK_CHANGES)})(?!\w)")
_FOLD, _BREAK = re.compile(r"(?:\r\n?|\n)[ \t]"), re.compile(r"\r\n?|\n")
_MARK = re.compile(r"(BEGIN|END)[ \t]*:[ \t]*([\w-]+)[ \t]*", re.IGNORECASE)
_PROPERTY = re.compile(r"([A-Za-z0-9-]+)[;:]")
_MOMENT = re.compile(r"[0-9]{8}(T(?:[01][0-9]|2[0-3])[0-9]{4}(Z?))?")
_DURATION = re.compile(
    r"([+-]?)P(?=[0-9T])(?:([0-9]{1,7})W|(?:([0-9]{1,7})D)?"
    r"(?:T(?=[0-9])(?:([0-9]{1,9})H)?(?:([0-9]{1,9})M)?(?:([0-9]{1,9})S)?)?)"
)
_ONCE = ("DTSTART", "DTEND", "DURATION", "RRULE", "RECURRENCE-ID")
_READ = {*_ONCE, "RDATE", "EXDATE", "EXRULE", "SUMMARY", "UID", "STATUS", "TRANSP"}

_WEEKDAY, _TO_31 = "(?:MO|TU|WE|TH|FR|SA|SU)", "[+-]?(?:0?[1-9]|[12][0-9]|3[01])"
_TO_53 = "[+-]?(?:0?[1-9]|[1-4][0-9]|5[0-3])"
_TO_366 = "[+-]?(?!0+$)(?:[0-2]?[0-9]{1,2}|3[0-5][0-9]|36[0-6])"
_PARTS = {
    "FREQ": "DAILY|WEEKLY|MONTHLY|YEARLY",
    "INTERVAL": "[1-9][0-9]{0,3}",
    "COUNT": "[1-9][0-9]{0,4}",
    "UNTIL": _MOMENT.pattern,
    "WKST": _WEEKDAY,
    "BYDAY": f"(?:{_TO_53})?{_WEEKDAY}",
    "BYMONTH": "0?[1-9]|1[0-2]",
    "BYMONTHDAY": _TO_31,
    "BYYEARDAY": _TO_366,
    "BYWEEKNO": _TO_53,
    "BYSETPOS": _TO_366,
}
_REFUSED = (
    (r"\bFREQ=(SECOND|MINUTE|HOUR)LY\b", r"\g<0>"),
    (r"\bBY(SECOND|MINUTE|HOUR)\b", r"\g<0>"),
    (r"^(?=.*\bCOUNT=).*\bUNTIL=", "COUNT beside UNTIL"),
    (r"^(?=.*\bFREQ=(DAILY|WEEKLY)).*\bBYDAY=[^;]*[0-9]", "the n-th weekday of a week"),
    (r"^(?=.*\bBYWEEKNO=).*\bBYDAY=[^;]*[0-9]", "the n-th weekday of a week"),
    (
        r"^(?=.*\b(?:FREQ=MONTHLY|BYMONTH=)).*\bBYDAY=[^;]*(?<![0-9])0?(?:[6-9]|[1-5][0-9])[A-Z]",
        "a sixth weekday of a month",
    ),
    (r"^(?!.*\bBYDAY=).*\bBYWEEKNO=", "BYWEEKNO without BYDAY"),
    (r"^(?!.*\bFREQ=YEARLY).*\bBY(WEEKNO|YEARDAY)=", r"BY\1 by less than a year"),
    (r"^(?=.*\bFREQ=WEEKLY).*\bBYMONTHDAY=", "BYMONTHDAY in a week"),
    (r"^(?!.*\bBY(?!SETPOS)).*\bBYSETPOS=", "BYSETPOS alone"),
)
"""What counts by the clock, what RFC 5545 forbids, and what dateutil takes for something else."""

_EVENT = ["VCALENDAR", "VEVENT"]
_NAMES_OF_UTC = ("", "UTC", "ETC/UTC", "GMT")

_MARGIN = dt.timedelta(days=2)
"""More than two zones' clocks can be apart."""

_LONGEST_REPEATED = dt.timedelta(days=366)
_NEVER = dt.datetime(9999, 12, 31)  # noqa: DTZ001  a wall clock, as wherever no zone is given

_Fields: TypeAlias = dict[str, list[tuple[Any, str]]]


class _EventError(Exception):
    """What is wrong with one event, and the way out; told with the event's name further up."""


@dataclass(frozen=True, slots=True)
class _Moment:
    """A DATE or DATE-TIME as written: what the wall clock reads, in which zone if it names one."""

    wall: dt.datetime
    zone: dt.tzinfo | None
    is_date: bool

    @property
    def kind(self) -> str:
        if self.is_date:
            return "a date"
        return "a local time" if self.zone is None else "a time in a zone"

    def beside(self, start: _Moment, key: str) -> dt.datetime:
        """Return this moment on the wall clock of an event's start."""
        if self.kind != start.kind:
            message = f"has {key} as {self.kind}, but DTSTART as {start.kind}"
            raise _EventError(f"{message}; write both the same way")
        if self.zone is None:
            return self.wall
        return self.wall.replace(tzinfo=self.zone).astimezone(start.zone).replace(tzinfo=None)


@dataclass(frozen=True, slots=True)
class _Event:
    """One closing event: its first start, how long it takes, and when it starts again.

    `length` is taken on the wall clock, `exact` after it in elapsed time. `step` is how many days
    lie between two turns of the rule, where any turn can begin it; else 0.
    """

    name: str
    uid: str
    start: _Moment
    length: dt.timedelta
    exact: dt.timedelta
    rule: str = ""
    step: int = 0
    until: dt.datetime = _NEVER
    more: frozenset[dt.datetime] = frozenset()
    dropped: frozenset[dt.datetime] = frozenset()

    def starts(self, first: dt.datetime, last: dt.datetime) -> Iterator[dt.datetime]:
        """Yield the starts, by the event's own wall clock, that may touch these times here."""
        reach = self.length + self.exact + _MARGIN
        found = {self.start.wall, *self.more}
        if self.rule:
            found.update(self._by_rule(first - reach, min(last + _MARGIN, self.until)))
        for start in found - self.dropped:
            if start - last < _MARGIN and first - start < reach:
                yield start

    def _by_rule(self, first: dt.datetime, last: dt.datetime) -> Iterator[dt.datetime]:
        from dateutil.rrule import rrulestr  # noqa: PLC0415  only a feed with rules needs it

        begin = self.start.wall
        if self.step:
            begin += dt.timedelta(max(0, (first - begin).days // self.step - 1) * self.step)
        if begin > last:
            return
        # dateutil looks for a next day up to year 9999, also where there is none. The calendar
        # repeats every 400 years to the weekday, so the rule is asked as near to that as can be.
        later = (9998 - last.year) // 400 * 400
        rule = rrulestr(self.rule, dtstart=begin.replace(year=begin.year + later))
        with suppress(ValueError):  # it fell off the end of year 9999, which is past `last`
            for moment in rule:
                start = moment.replace(year=moment.year - later)
                if start > last:
                    return
                if start >= first:
                    yield start

    def span(self, start: dt.datetime, zone: dt.tzinfo | None) -> Span:
        """Return the seconds, counted by `date.toordinal`, that one instance closes, by `zone`'s clock."""
        end = start + self.length
        if self.start.zone is None:
            return _second(start), _second(end + self.exact)
        begin = start.replace(tzinfo=self.start.zone).astimezone(zone)
        end = end.replace(tzinfo=self.start.zone)
        if self.exact:
            end = end.astimezone(dt.UTC) + self.exact
        end = end.astimezone(zone)
        # A boundary means its first reading, so a start moves back to it, and an end must wait
        # until the clock reads something new: the desk is never open before the event is over.
        while end.fold:
            whole = end.astimezone(dt.UTC).replace(second=0) + dt.timedelta(minutes=1)
            end = whole.astimezone(zone)
        return _second(begin), _second(end)


@dataclass(frozen=True, slots=True)
class Feed:
    """The closing events of one iCalendar text; nothing about it changes once it is read.

    >>> text = '''BEGIN:VCALENDAR
    ... BEGIN:VEVENT
    ... SUMMARY:Office party
    ... DTSTART:20261218T150000
    ... DTEND:20261219T000000
    ... END:VEVENT
    ... END:VCALENDAR'''
    >>> read_feed(text, source="office.ics").special_days(2026, 2026, None)[0].closed
    ((54000, 86400),)
    """

    source: str
    _events: tuple[_Event, ...]
    _years: tuple[tuple[int, int], ...]

    def special_days(
        self, first_year: int, last_year: int, timezone: dt.tzinfo | None
    ) -> tuple[SpecialDay, ...]:
        """Return what the events close in these years, both included, as one day per date, in order.

        `timezone` is the zone by whose clock the days are read; local times and whole days need
        none. Names of one date are joined by '; ' in the feed's order, each once. Raises pydantic
        custom errors for years that are no span, and without `timezone` where an event needs one.
        """
        if not FIRST_YEAR <= first_year <= last_year <= LAST_YEAR:
            message = f"years {[first_year, last_year]} are no span of {FIRST_YEAR} to {LAST_YEAR}"
            raise fault("years_invalid", f"{message}; give the first and the last, e.g. 2020, 2035")
        if timezone is None:
            self._refuse_zones()
        first, last = dt.datetime(first_year, 1, 1), dt.datetime(last_year + 1, 1, 1)  # noqa: DTZ001
        low, high = _second(first), _second(last)
        days: dict[int, tuple[dict[str, None], list[Span]]] = {}
        for event, (begins, ends) in zip(self._events, self._years, strict=True):
            if begins > last_year or ends < first_year:
                continue
            spans = (event.span(start, timezone) for start in event.starts(first, last))
            for start, end in merge((max(start, low), min(end, high)) for start, end in spans):
                for day in range(start // DAY, -(-end // DAY)):
                    names, windows = days.setdefault(day, ({}, []))
                    names[event.name] = None
                    windows.append((max(start - day * DAY, 0), min(end - day * DAY, DAY)))
        return tuple(self._special_day(day, *days[day]) for day in sorted(days))

    def _special_day(self, day: int, names: dict[str, None], windows: list[Span]) -> SpecialDay:
        made: dict[str, Any] = {"date": dt.date.fromordinal(day), "name": "; ".join(names)}
        closed = tuple(merge(windows))
        if closed != ((0, DAY),):
            made["closed"] = closed
        return SpecialDay.model_construct(**made, source=self.source)

    def _refuse_zones(self) -> None:
        for event in self._events:
            if (zone := event.start.zone) is not None:
                message = f"{_titled(event.name, event.uid)} is timed in zone '{zone}'"
                way_out = "give the calendar its own, e.g. timezone = 'Europe/Paris'"
                raise fault("zone_needed", f"{message}, and no zone to read it in; {way_out}")


def read_feed(text: str, *, source: str) -> Feed:
    """Return the closing events of an iCalendar text; `source` is where its days say they come from.

    Whole-day events close their dates, also transparent ones, as holiday feeds mark them; timed
    ones close their hours unless transparent. Cancelled events and notes that clocks change
    (`CLOCK_CHANGES`) close nothing; everything but VEVENT is left aside. An ignored event is not
    checked. Raises pydantic custom errors, naming the event that is broken.
    """
    if len(text) > LIMIT or len(text.encode(errors="replace")) > LIMIT:
        message = f"feed of {len(text)} characters has more than {LIMIT} bytes"
        raise fault("ics_too_large", f"{message}; export fewer years")
    try:
        from icalendar.parser import Contentline  # noqa: PLC0415  an extra, for those with feeds
    except ImportError:
        message = "feed cannot be read, for package 'icalendar' is missing"
        raise fault("extra_missing", f"{message}; install support-sla[ics]") from None
    read = [_read_event(lines, Contentline) for lines in _blocks(text)]
    if not read:
        raise fault("ics_empty", "feed has no event (VEVENT); export the holidays themselves")
    replaced: dict[str, list[_Moment]] = {}
    for _, uid, recurrence in read:
        if recurrence:
            replaced.setdefault(uid, []).append(recurrence)
    events = [
        event if recurrence else _without(event, replaced.get(uid, []))
        for event, uid, recurrence in read
        if event
    ]
    return Feed(source, tuple(events), tuple(map(_years, events)))


def _blocks(text: str) -> Iterator[list[str]]:
    """Yield the unfolded lines of each VEVENT, without those of the parts inside it."""
    stack: list[str] = []
    lines: list[str] = []
    found = False
    for line in _BREAK.split(_FOLD.sub("", text.removeprefix("\ufeff"))):
        mark = _MARK.fullmatch(line)
        begins, name = (mark[1].upper() == "BEGIN", mark[2].upper()) if mark else (False, "")
        if not line.strip():
            continue
        if stack and not mark:
            if stack == _EVENT:
                lines.append(line)
        elif begins and (name == "VCALENDAR") != bool(stack):
            stack.append(name)
            found = True
            if stack == _EVENT:
                lines = []
        elif mark and not begins and stack[-1:] == [name]:
            if stack == _EVENT:
                yield lines
            stack.pop()
        else:
            message = f"feed has the line {shown(line)} where none like it can be"
            raise fault("ics_invalid", f"{message}; give an .ics file from BEGIN:VCALENDAR on")
    if stack or not found:
        inside = f"ends inside {stack[-1]}" if stack else "has no calendar in it"
        raise fault("ics_invalid", f"feed {inside}; give the whole text of an .ics file")


def _read_event(
    lines: list[str],
    split: Any,  # noqa: ANN401  icalendar's class, absent without the extra
) -> tuple[_Event | None, str, _Moment | None]:
    """Return the event if it closes anything, its UID, and the start of the instance it replaces."""
    try:
        return _event(_fields(lines, split))
    except _EventError as error:
        names = (
            next((line.partition(":")[2] for line in lines if line.upper().startswith(key)), "")
            for key in ("SUMMARY", "UID")
        )
        raise fault("ics_event_invalid", f"{_titled(*names)} {error}") from None


def _fields(lines: list[str], split: Any) -> _Fields:  # noqa: ANN401
    from icalendar.prop import vText  # noqa: PLC0415

    fields: _Fields = {}
    for line in lines:
        match = _PROPERTY.match(line)
        key = match[1].upper() if match else ""
        if match and key not in _READ:
            continue
        try:
            _, params, value = split(line).parts()
        except ValueError:
            message = f"has the line {shown(line)}, which is no property"
            raise _EventError(
                f"{message}; fold long lines with a space at the next one's start"
            ) from None
        fields.setdefault(key, []).append((params, str(vText.from_ical(value)).strip()))
    for key in _ONCE:
        if len(fields.get(key, ())) > 1:
            raise _EventError(f"has {key} {len(fields[key])} times; write it once")
    return fields


def _event(fields: _Fields) -> tuple[_Event | None, str, _Moment | None]:
    name, uid, status, shows = (
        fields.get(key, [({}, "")])[0][1] for key in ("SUMMARY", "UID", "STATUS", "TRANSP")
    )
    name, recurrence = " ".join(name.split()) or "unnamed event", None
    for params, value in fields.get("RECURRENCE-ID", ()):
        if not uid or "RANGE" in params:
            what = "with RANGE, which changes later instances too" if uid else "but no UID"
            raise _EventError(f"has RECURRENCE-ID {what}; write each changed instance with its UID")
        recurrence = _moment("RECURRENCE-ID", params, value)
    if status.upper() == "CANCELLED" or _NOTE.search(_plain(name)):
        return None, uid, recurrence
    if "DTSTART" not in fields:
        raise _EventError("has no DTSTART; write the date or time it begins")
    start = _moment("DTSTART", *fields["DTSTART"][0])
    if not start.is_date and shows.upper() == "TRANSPARENT":
        return None, uid, recurrence
    length, exact = _length(fields, start)
    rule, step, until = _rule(fields, start)
    more, dropped = (
        frozenset(
            _moment(key, params, each.strip()).beside(start, key)
            for params, value in fields.get(key, ())
            for each in value.split(",")
        )
        for key in ("RDATE", "EXDATE")
    )
    limit = _LONGEST_REPEATED if rule or more else dt.datetime(LAST_YEAR + 1, 1, 1) - start.wall  # noqa: DTZ001
    if length + exact > limit:
        raise _EventError(
            f"lasts {(length + exact).days} days, at most {limit.days} can be read; end it earlier"
        )
    event = _Event(name, uid, start, length, exact, rule, step, until, more, dropped)
    return event, uid, recurrence


def _moment(key: str, params: Any, text: str) -> _Moment:  # noqa: ANN401  a mapping of icalendar's
    match, declared = _MOMENT.fullmatch(text), str(params.get("VALUE", "")).upper()
    try:
        wall = dt.datetime.fromisoformat(text.removesuffix("Z"))
    except ValueError:
        match = None
    kind = "DATE-TIME" if match and match[1] else "DATE"
    if match is None or declared not in ("", kind) or not FIRST_YEAR <= wall.year <= LAST_YEAR:
        said = f"{key}{declared and ';VALUE='}{declared} {shown(text)}"
        message = f"has {said}, which is no such date or time of years {FIRST_YEAR} to {LAST_YEAR}"
        raise _EventError(f"{message}; write 20260217 as a DATE, 20260217T080000 as a DATE-TIME")
    zone: dt.tzinfo | None = dt.UTC if match[2] else None
    name = str(params.get("TZID", ""))
    if zone and name.upper() not in _NAMES_OF_UTC:
        said = f"has {key} {text} both in UTC and in TZID {shown(name)}"
        raise _EventError(f"{said}; drop the Z or TZID")
    if name and kind == "DATE-TIME" and not zone:
        zone = _zone(key, name)
    return _Moment(wall, zone, kind == "DATE")


def _zone(key: str, name: str) -> dt.tzinfo:
    """Return the zone by its IANA name, also at the end of a vendor's path, or by its Windows name."""
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON  # noqa: PLC0415

    parts = name.strip("/").split("/") if name.startswith("/") else [name]
    for at in range(min(len(parts), 8)):
        known = "/".join(parts[at:])
        with suppress(ZoneError):
            return read_zone(WINDOWS_TO_OLSON.get(known, known))
    raise _EventError(f"has {key} in TZID {shown(name)}, which is no known zone; use an IANA name")


def _length(fields: _Fields, start: _Moment) -> tuple[dt.timedelta, dt.timedelta]:
    """Return how long the event takes: first by the wall clock, then in elapsed time."""
    length = exact = dt.timedelta()
    ends, takes = fields.get("DTEND", []), fields.get("DURATION", [])
    if ends and takes:
        raise _EventError("has both DTEND and DURATION; drop one of them")
    for params, text in ends:
        length = _moment("DTEND", params, text).beside(start, "DTEND") - start.wall
        if length < exact:
            raise _EventError(f"has DTEND {text} before its DTSTART; correct one of them")
    for _, text in takes:
        match = _DURATION.fullmatch(text.upper())
        if not match or match[1] == "-" or (start.is_date and "T" in match[0]):
            kind = "P1D" if start.is_date else "PT8H30M"
            raise _EventError(
                f"has DURATION {shown(text)}, which {start.kind} cannot take; write e.g. {kind}"
            )
        weeks, days, hours, minutes, seconds = (int(number or 0) for number in match.groups()[1:])
        length = dt.timedelta(weeks=weeks, days=days)
        exact = dt.timedelta(hours=hours, minutes=minutes, seconds=seconds)
    # A whole date that ends where it begins is how some exporters write one day.
    return (max(length, dt.timedelta(days=1)) if start.is_date else length), exact


def _rule(fields: _Fields, start: _Moment) -> tuple[str, int, dt.datetime]:
    """Return the rule for dateutil without UNTIL, the days of one turn (else 0), and UNTIL."""
    if "EXRULE" in fields:
        raise _EventError("has EXRULE, which RFC 5545 took out; write the dates as EXDATE")
    if "RRULE" not in fields:
        return "", 0, _NEVER
    text = fields["RRULE"][0][1].upper()
    for pattern, what in _REFUSED:
        if found := re.search(pattern, text):
            message = f"has RRULE {shown(text)} with {found.expand(what)}, which is left out here"
            raise _EventError(f"{message}; write its dates as RDATE")
    parts: dict[str, str] = {}
    for part in text.removesuffix(";").split(";"):
        key, _, value = part.partition("=")
        values = value.split(",") if key.startswith("BY") else [value]
        known = key in _PARTS and all(re.fullmatch(_PARTS[key], each) for each in values)
        if not known or key in parts:
            message = f"has RRULE {shown(text)} with {part!r}, unknown, repeated or out of range"
            raise _EventError(f"{message}; write e.g. FREQ=YEARLY;BYMONTH=5;BYDAY=1MO")
        parts[key] = value
    if "FREQ" not in parts:
        raise _EventError(f"has RRULE {shown(text)} without FREQ; add e.g. FREQ=YEARLY")
    last, until = parts.pop("UNTIL", "9999"), _NEVER
    if last < str(LAST_YEAR + 1):
        until = _moment("UNTIL", {}, last).beside(start, "UNTIL")
    step = 0 if "COUNT" in parts else {"DAILY": 1, "WEEKLY": 7}.get(parts["FREQ"], 0)
    rule = ";".join(f"{key}={value}" for key, value in parts.items())
    return rule, step * int(parts.get("INTERVAL", "1")), until


def _without(event: _Event, replaced: list[_Moment]) -> _Event:
    """Return the event without the instances that others take the place of."""
    try:
        gone = {moment.beside(event.start, "RECURRENCE-ID") for moment in replaced}
    except _EventError as error:
        raise fault("ics_event_invalid", f"{_titled(event.name, event.uid)} {error}") from None
    return replace(event, dropped=event.dropped | gone)


def _years(event: _Event) -> tuple[int, int]:
    """Return the first and last year that the event can touch, wherever its clock is read."""
    starts = (event.start.wall, *event.more)
    ends = max(starts) + event.length + event.exact + _MARGIN
    return (min(starts) - _MARGIN).year, LAST_YEAR if event.rule else ends.year


def _plain(name: str) -> str:
    return normalize("NFC", name).casefold().replace("\u2019", "'")


def _titled(name: str, uid: str) -> str:
    return f"event {shown(name)} (UID {shown(uid)})"


def _second(wall: dt.datetime) -> int:
    return wall.toordinal() * DAY + wall.hour * 3_600 + wall.minute * 60 + wall.second
