"""iCalendar feeds as special days, exact or refused: a guess about a feed would move deadlines."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from support_sla.calendars.sources.ics.events import CLOCK_CHANGES, Event, second, titled
from support_sla.calendars.sources.ics.filter import taken
from support_sla.calendars.sources.ics.reading import Notes, read_events
from support_sla.calendars.sources.ics.text import BYTES, READ_AS, parts_of
from support_sla.calendars.sources.ics.values import Reading
from support_sla.calendars.sources.ics.zones import Zones
from support_sla.calendars.sources.rrule_turns import Looks, TooManyLooksError
from support_sla.calendars.special_day import SpecialDay
from support_sla.values.dates import FIRST_YEAR, LAST_YEAR
from support_sla.values.model import fault
from support_sla.values.spans import Span, merge
from support_sla.values.units import DAY

__all__ = ["CLOCK_CHANGES", "EVENTS", "LIMIT", "LOOKS", "YEARS", "Feed", "FeedDays", "read_feed"]

if TYPE_CHECKING:
    from pydantic_core import PydanticCustomError

    from support_sla.calendars.sources.ics.filter import FeedFilter

LIMIT = BYTES
"""The most bytes of UTF-8 that are read."""

EVENTS = 20_000
"""The most events that are read."""

YEARS = 400
"""The most years that a calendar with a feed covers; after as many the dates of a year repeat."""

LOOKS = 1_000_000
"""The most dates that are looked at: a date closed by an event, or one that its rule tries."""


@dataclass(frozen=True, slots=True)
class Feed:
    """The closing events of one iCalendar text; nothing about it changes once it is read.

    `notes` say what was read otherwise than it is written.

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
    notes: tuple[str, ...]
    _events: tuple[Event, ...]
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
        first, last = _span(first_year, last_year)
        low, high = second(first), second(last)
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

    def refuse_years(self, first_year: int, last_year: int, timezone: dt.tzinfo | None) -> None:
        """Refuse years of which not every one can be asked, or only at a cost beyond all bounds."""
        if timezone is None:
            self._refuse_zones()
        number = last_year - first_year + 1
        if number > YEARS:
            message = f"years {[first_year, last_year]} of a calendar with a feed are {number}"
            raise fault("ics_too_many_years", f"{message}, more than {YEARS}; write fewer")
        looks = Looks(LOOKS)
        try:
            for event in self._events:
                event.look_through(*_span(first_year, last_year), looks)
        except TooManyLooksError:
            raise _too_many_looks(f"in {first_year} to {last_year}") from None

    def _refuse_zones(self) -> None:
        for event in self._events:
            if (zone := event.start.zone) is not None:
                message = f"{titled(event.name, event.uid)} is timed in zone '{zone}'"
                way_out = "give the calendar its own, e.g. timezone = 'Europe/Paris'"
                raise fault("zone_needed", f"{message}, and no zone to read it in; {way_out}")


class FeedDays:
    """A feed as one source of a calendar, read when it is first asked, and each year once."""

    __slots__ = ("_by_year", "_feed", "_filters", "_text", "_zone")

    def __init__(
        self,
        text: str,
        zone: dt.tzinfo | None,
        only: FeedFilter | None,
        without: FeedFilter | None,
    ) -> None:
        self._text, self._zone, self._filters = text, zone, (only, without)
        self._feed: Feed | None = None
        self._by_year: dict[int, tuple[SpecialDay, ...]] = {}

    @property
    def covered_years(self) -> None:
        """None: a feed does not say for which years it is complete, so the calendar has to."""
        return None

    @property
    def sources(self) -> tuple[str, ...]:
        """The feed by the digest of its text."""
        return (f"iCalendar feed sha256:{sha256(self._text.encode()).hexdigest()[:16]}",)

    @property
    def feed(self) -> Feed:
        """The feed itself."""
        if self._feed is None:
            only, without = self._filters
            self._feed = read_feed(self._text, source=self.sources[0], only=only, without=without)
        return self._feed

    def refuse_years(self, first_year: int, last_year: int) -> None:
        """Refuse a feed that cannot be read, or not in all of these years."""
        self.feed.refuse_years(first_year, last_year, self._zone)

    def special_days(self, year: int) -> tuple[SpecialDay, ...]:
        """Return what the events close in a year."""
        if year not in self._by_year:
            self._by_year[year] = self.feed.special_days(year, year, self._zone)
        return self._by_year[year]


def read_feed(
    text: str, *, source: str, only: FeedFilter | None = None, without: FeedFilter | None = None
) -> Feed:
    """Return the closing events of an iCalendar text; `source` is the source of its days.

    Whole-day events close their dates, also transparent ones, as holiday feeds mark them; timed
    ones close their hours unless transparent. Cancelled events, notes that clocks change
    (`CLOCK_CHANGES`) and those that `only` does not name or `without` does close nothing;
    everything but VEVENT is ignored. An ignored event is not checked. Raises pydantic custom
    errors that name the broken event.
    """
    if len(text) > LIMIT or len(text.encode(errors="replace")) > LIMIT:
        message = f"feed of {len(text)} characters has more than {LIMIT} bytes"
        raise fault("ics_too_large", f"{message}; export fewer years")
    try:
        from icalendar.parser import Contentline  # noqa: PLC0415  an extra, for those with feeds
    except ImportError:
        message = "feed cannot be read, for package 'icalendar' is missing"
        raise fault("extra_missing", f"{message}; install support-sla[ics]") from None
    calendars = parts_of(text)
    parts = [part for each in calendars for part in each.parts if part.name == "VEVENT"]
    if not parts:
        raise fault("ics_empty", "feed has no event (VEVENT); export the holidays themselves")
    if len(parts) > EVENTS:
        message = f"feed has {len(parts)} events, more than {EVENTS}"
        raise fault("ics_too_many_events", f"{message}; export fewer years, or the holidays alone")
    notes = Notes([f"file is read as {said}" for each in calendars for said in each.all(READ_AS)])
    wanted = zip(parts, taken(parts, only, without), strict=True)
    try:
        events = read_events(wanted, Contentline, Reading(Zones(calendars), Looks(LOOKS)), notes)
    except TooManyLooksError:
        raise _too_many_looks("to find where they end") from None
    return Feed(source, notes.told(), tuple(events), tuple(event.years for event in events))


def _span(first_year: int, last_year: int) -> tuple[dt.datetime, dt.datetime]:
    return dt.datetime(first_year, 1, 1), dt.datetime(last_year + 1, 1, 1)  # noqa: DTZ001


def _too_many_looks(when: str) -> PydanticCustomError:
    message = f"feed has events and rules that look at more than {LOOKS} dates {when}"
    way_out = "write fewer years, or take only the events that close the desk"
    return fault("ics_too_many_dates", f"{message}; {way_out}")
