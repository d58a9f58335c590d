"""iCalendar feeds as special days, exact or refused: a guess about a feed would move deadlines."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

from support_sla.calendars.sources.ics_values import (
    NEVER,
    EventError,
    Fields,
    Moment,
    fields_of,
    read_length,
    read_moment,
    read_rule,
)
from support_sla.calendars.special_day import SpecialDay
from support_sla.errors import shown
from support_sla.values.dates import FIRST_YEAR, LAST_YEAR
from support_sla.values.model import fault
from support_sla.values.spans import Span, merge
from support_sla.values.units import DAY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from support_sla.calendars.sources.rrule import RecurrenceRule

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
"""Whole words that say in a summary that clocks change: such an event closes nothing."""

_NOTE = re.compile(rf"(?<!\w)(?:{'|'.join(CLOCK_CHANGES)})(?!\w)")
_FOLD, _BREAK = re.compile(r"(?:\r\n?|\n)[ \t]"), re.compile(r"\r\n?|\n")
_MARK = re.compile(r"(BEGIN|END)[ \t]*:[ \t]*([\w-]+)[ \t]*", re.IGNORECASE)
_EVENT = ["VCALENDAR", "VEVENT"]

_MARGIN = dt.timedelta(days=2)
"""More than two zones' clocks can be apart."""

_LONGEST_REPEATED = dt.timedelta(days=366)


@dataclass(frozen=True, slots=True)
class _Event:
    """One closing event: its first start, how long it takes, and when it starts again.

    `length` is counted on the wall clock, and `exact` after it in elapsed time.
    """

    name: str
    uid: str
    start: Moment
    length: dt.timedelta
    exact: dt.timedelta
    rule: RecurrenceRule | None = None
    until: dt.datetime = NEVER
    more: frozenset[dt.datetime] = frozenset()
    dropped: frozenset[dt.datetime] = frozenset()

    def starts(self, first: dt.datetime, last: dt.datetime) -> Iterator[dt.datetime]:
        """Yield the starts, on the event's clock, that may touch `first` to `last` on any clock."""
        reach = self.length + self.exact + _MARGIN
        found = {self.start.wall, *self.more}
        if self.rule:
            end = min(last + _MARGIN, self.until)
            turns = self.rule.turns_from(self.start.wall.date())
            span = (first - reach).toordinal(), end.toordinal()
            dates = map(dt.date.fromordinal, turns.dates(*span))
            moments = (dt.datetime.combine(date, self.start.wall.time()) for date in dates)
            found.update(moment for moment in moments if moment <= end)
        for start in found - self.dropped:
            if start - last < _MARGIN and first - start < reach:
                yield start

    def span(self, start: dt.datetime, zone: dt.tzinfo | None) -> Span:
        """Return the seconds, counted by `date.toordinal`, that one instance closes in `zone`."""
        end = start + self.length
        if self.start.zone is None:
            return _second(start), _second(end + self.exact)
        begin = start.replace(tzinfo=self.start.zone).astimezone(zone)
        end = end.replace(tzinfo=self.start.zone)
        if self.exact:
            end = end.astimezone(dt.UTC) + self.exact
        end = end.astimezone(zone)
        # A boundary means the first time the clock shows it, so a start moves back to that, and an
        # end waits until the clock shows a new time: no line opens before the event is over.
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
        """Return what the events close in these years, both included: one day per date, in order.

        `timezone` is the zone on whose clock the days are; local times and whole days need none.
        Names of one date are joined by '; ' in the feed's order, each once. Raises pydantic custom
        errors for years that are no span, and if an event needs a missing `timezone`.
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


class FeedDays:
    """A feed as one source of a calendar, read when it is first asked."""

    __slots__ = ("_feed", "_text", "_zone")

    def __init__(self, text: str, zone: dt.tzinfo | None) -> None:
        self._text, self._zone = text, zone
        self._feed: Feed | None = None

    @property
    def covered_years(self) -> None:
        """None: a feed does not say for which years it is complete, so the calendar has to."""
        return None

    @property
    def sources(self) -> tuple[str, ...]:
        """The feed by the digest of its text."""
        return (f"iCalendar feed sha256:{sha256(self._text.encode()).hexdigest()[:16]}",)

    def special_days(self, first_year: int, last_year: int | None = None) -> tuple[SpecialDay, ...]:
        """Return what the events close in a year, or in all up to `last_year`."""
        if self._feed is None:
            self._feed = read_feed(self._text, source=self.sources[0])
        return self._feed.special_days(first_year, last_year or first_year, self._zone)


def read_feed(text: str, *, source: str) -> Feed:
    """Return the closing events of an iCalendar text; `source` is the source of its days.

    Whole-day events close their dates, also transparent ones, as holiday feeds mark them; timed
    ones close their hours unless transparent. Cancelled events and notes that clocks change
    (`CLOCK_CHANGES`) close nothing; everything but VEVENT is ignored. An ignored event is not
    checked. Raises pydantic custom errors that name the broken event.
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
    replaced: dict[str, list[Moment]] = {}
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
) -> tuple[_Event | None, str, Moment | None]:
    """Return the event if it closes anything, its UID, and the start of what it replaces."""
    try:
        return _event(fields_of(lines, split))
    except EventError as error:
        names = (
            next((line.partition(":")[2] for line in lines if line.upper().startswith(key)), "")
            for key in ("SUMMARY", "UID")
        )
        raise fault("ics_event_invalid", f"{_titled(*names)} {error}") from None


def _event(fields: Fields) -> tuple[_Event | None, str, Moment | None]:
    name, uid, status, shows = (
        fields.get(key, [({}, "")])[0][1] for key in ("SUMMARY", "UID", "STATUS", "TRANSP")
    )
    name, recurrence = " ".join(name.split()) or "unnamed event", None
    for params, value in fields.get("RECURRENCE-ID", ()):
        if not uid or "RANGE" in params:
            what = "with RANGE, which changes later instances too" if uid else "but no UID"
            raise EventError(f"has RECURRENCE-ID {what}; write each changed instance with its UID")
        recurrence = read_moment("RECURRENCE-ID", params, value)
    if status.upper() == "CANCELLED" or _NOTE.search(_case_folded(name)):
        return None, uid, recurrence
    if "DTSTART" not in fields:
        raise EventError("has no DTSTART; write the date or time it begins")
    start = read_moment("DTSTART", *fields["DTSTART"][0])
    if not start.is_date and shows.upper() == "TRANSPARENT":
        return None, uid, recurrence
    length, exact = read_length(fields, start)
    rule, until = read_rule(fields, start)
    more, dropped = (
        frozenset(
            read_moment(key, params, each.strip()).beside(start, key)
            for params, value in fields.get(key, ())
            for each in value.split(",")
        )
        for key in ("RDATE", "EXDATE")
    )
    limit = _LONGEST_REPEATED if rule or more else dt.datetime(LAST_YEAR + 1, 1, 1) - start.wall  # noqa: DTZ001
    if length + exact > limit:
        raise EventError(
            f"lasts {(length + exact).days} days, at most {limit.days} can be read; end it earlier"
        )
    event = _Event(name, uid, start, length, exact, rule, until, more, dropped)
    return event, uid, recurrence


def _without(event: _Event, replaced: list[Moment]) -> _Event:
    """Return the event without the instances that others replace."""
    try:
        gone = {moment.beside(event.start, "RECURRENCE-ID") for moment in replaced}
    except EventError as error:
        raise fault("ics_event_invalid", f"{_titled(event.name, event.uid)} {error}") from None
    return replace(event, dropped=event.dropped | gone)


def _years(event: _Event) -> tuple[int, int]:
    """Return the first and last year that the event can touch, in any zone."""
    starts = (event.start.wall, *event.more)
    ends = max(starts) + event.length + event.exact + _MARGIN
    return (min(starts) - _MARGIN).year, LAST_YEAR if event.rule else ends.year


def _case_folded(name: str) -> str:
    return normalize("NFC", name).casefold().replace("\u2019", "'")


def _titled(name: str, uid: str) -> str:
    return f"event {shown(name)} (UID {shown(uid)})"


def _second(wall: dt.datetime) -> int:
    return wall.toordinal() * DAY + wall.hour * 3_600 + wall.minute * 60 + wall.second
