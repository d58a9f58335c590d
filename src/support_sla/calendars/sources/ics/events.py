"""One event of a feed: read exactly or refused, and what it closes."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING
from unicodedata import normalize

from support_sla.calendars.sources.ics.values import (
    NEVER,
    EventError,
    Moment,
    read_length,
    read_moment,
    read_rule,
)
from support_sla.errors import shown
from support_sla.values.dates import LAST_YEAR
from support_sla.values.units import DAY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from support_sla.calendars.sources.ics.values import Fields, Reading
    from support_sla.calendars.sources.rrule_turns import Looks, Turns
    from support_sla.values.spans import Span

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

LONGEST_NAME = 255
"""The most characters of a summary that name a day."""

_NOTE = re.compile(rf"(?<!\w)(?:{'|'.join(CLOCK_CHANGES)})(?!\w)")

_MARGIN = dt.timedelta(days=2)
"""More than two zones' clocks can be apart."""

_LONGEST_REPEATED = dt.timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Event:
    """One closing event: its first start, how long it takes, and when it starts again.

    `length` is counted on the wall clock, and `exact` after it in elapsed time. `replaced` are the
    starts that other events take the place of.
    """

    name: str
    uid: str
    start: Moment
    length: dt.timedelta
    exact: dt.timedelta
    turns: Turns | None = None
    until: dt.datetime = NEVER
    more: tuple[dt.datetime, ...] = ()
    dropped: frozenset[dt.datetime] = frozenset()
    replaced: frozenset[dt.datetime] = frozenset()

    @property
    def years(self) -> tuple[int, int]:
        """The first and last year that the event can touch, in any zone."""
        last = max((self.start.wall, *self.more[-1:])) + self.length + self.exact + _MARGIN
        first = min((self.start.wall, *self.more[:1])) - _MARGIN
        return first.year, LAST_YEAR if self.turns else last.year

    def starts(
        self, first: dt.datetime, last: dt.datetime, looks: Looks | None = None
    ) -> Iterator[dt.datetime]:
        """Yield the starts, on the event's clock, that may touch `first` to `last` on any clock."""
        reach = self.length + self.exact + _MARGIN
        found = {self.start.wall}
        if self.turns or self.more:  # none of which lasts so long that there is no such year
            begin, end = first - reach, last + _MARGIN
            found.update(self.more[bisect_right(self.more, begin) : bisect_left(self.more, end)])
            found.update(self._turns(begin, min(end, self.until), looks))
        for start in found - self.dropped - self.replaced:
            if start - last < _MARGIN and first - start < reach:
                yield start

    def _turns(
        self, begin: dt.datetime, end: dt.datetime, looks: Looks | None
    ) -> Iterator[dt.datetime]:
        if self.turns is None:
            return
        time = self.start.wall.time()
        for day in self.turns.dates(begin.toordinal(), end.toordinal(), looks):
            turn = dt.datetime.combine(dt.date.fromordinal(day), time)
            if turn <= end:
                yield turn

    def look_through(self, first: dt.datetime, last: dt.datetime, looks: Looks) -> None:
        """Count in `looks` what it takes to tell which dates the event closes in a span."""
        each = (self.length + self.exact).days
        if not self.start.is_date:  # it may begin and end inside a date, on some clock
            each += 2
        number = sum(1 for _ in self.starts(first, last, looks))
        looks.take(min(number * each, (last - first).days))

    def span(self, start: dt.datetime, zone: dt.tzinfo | None) -> Span:
        """Return the seconds, counted by `date.toordinal`, that one instance closes in `zone`."""
        end = start + self.length
        if self.start.zone is None:
            return second(start), second(end + self.exact)
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
        return second(begin), second(end)


def read_event(
    fields: Fields, reading: Reading, *, is_taken: bool
) -> tuple[Event | None, str, Moment | None]:
    """Return the event if it is taken and closes anything, its UID, and the start it replaces.

    Raises `EventError`; an event that closes nothing is not read further.
    """
    name, uid, status, shows = (
        fields.get(key, [({}, "")])[0][1] for key in ("SUMMARY", "UID", "STATUS", "TRANSP")
    )
    name, recurrence = " ".join(name.split()) or "unnamed event", None
    for params, value in fields.get("RECURRENCE-ID", ()):
        if not uid or "RANGE" in params:
            what = "with RANGE, which changes later instances too" if uid else "but no UID"
            raise EventError(f"has RECURRENCE-ID {what}; write each changed instance with its UID")
        recurrence = read_moment("RECURRENCE-ID", params, value, reading)
    if not is_taken or status.upper() == "CANCELLED" or _NOTE.search(_case_folded(name)):
        return None, uid, recurrence
    if "DTSTART" not in fields:
        raise EventError("has no DTSTART; write the date or time it begins")
    start = read_moment("DTSTART", *fields["DTSTART"][0], reading)
    if not start.is_date and shows.upper() == "TRANSPARENT":
        return None, uid, recurrence
    length, exact = read_length(fields, start, reading)
    turns, until = read_rule(fields, start, reading)
    more, dropped = (
        {
            read_moment(key, params, each.strip(), reading).beside(start, key, reading)
            for params, value in fields.get(key, ())
            for each in value.split(",")
        }
        for key in ("RDATE", "EXDATE")
    )
    if not length and not exact:
        reading.note("", "closes nothing, for it ends when it begins")
        return None, uid, recurrence
    limit = _LONGEST_REPEATED if turns or more else dt.datetime(LAST_YEAR + 1, 1, 1) - start.wall  # noqa: DTZ001
    if length + exact > limit:
        raise EventError(
            f"lasts {(length + exact).days} days, at most {limit.days} can be read; end it earlier"
        )
    if len(name) > LONGEST_NAME:
        name = f"{name[: LONGEST_NAME - 1]}…"
        reading.note("SUMMARY", f"SUMMARY is read to its first {LONGEST_NAME - 1} characters")
    dates = tuple(sorted(more)), frozenset(dropped)
    return Event(name, uid, start, length, exact, turns, until, *dates), uid, recurrence


def title_of(lines: list[str]) -> str:
    """Return what an event is called in a message, however broken its lines are."""
    names = (
        next((line.partition(":")[2] for line in lines if line.upper().startswith(key)), "")
        for key in ("SUMMARY", "UID")
    )
    return titled(*names)


def titled(name: str, uid: str) -> str:
    """Return what an event is called in a message."""
    return f"event {shown(name)} (UID {shown(uid)})"


def second(wall: dt.datetime) -> int:
    """Return the seconds from year 1 to a time of some wall clock."""
    return wall.toordinal() * DAY + wall.hour * 3_600 + wall.minute * 60 + wall.second


def _case_folded(name: str) -> str:
    return normalize("NFC", name).casefold().replace("\u2019", "'")
