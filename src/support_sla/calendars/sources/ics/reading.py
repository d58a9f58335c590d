"""All events of a feed: which replace which, what was read how, and the first that is broken."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from support_sla.calendars.sources.ics.events import Event, read_event, title_of, titled
from support_sla.calendars.sources.ics.values import EventError, Moment, Reading, fields_of
from support_sla.values.model import fault

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

    from support_sla.calendars.sources.ics.text import Part


class Notes:
    """What was read otherwise than it is written: an event by name, a zone once for all events."""

    def __init__(self, of_feed: Iterable[str]) -> None:
        self._of_feed = tuple(of_feed)
        self._of_events: dict[tuple[str, str], tuple[str, int]] = {}

    def add(self, title: str, reading: Reading) -> None:
        """Add what was noted while one event was read."""
        for about, (sentence, times) in reading.notes.items():
            key = ("", about) if about.startswith("TZID") else (title, about)
            said = f"{title}: {sentence}" if about else f"{title} {sentence}"
            first, known = self._of_events.get(key, (said, 0))
            self._of_events[key] = first, known + times

    def told(self) -> tuple[str, ...]:
        """Return the sentences, in the feed's order."""
        of_events = self._of_events.values()
        return (
            *self._of_feed,
            *(
                f"{said}, and {times - 1} more so" if times > 1 else said
                for said, times in of_events
            ),
        )


@dataclass(slots=True)
class _Found:
    """The closing events; `unread` has by UID the message of what is ignored and broken besides."""

    events: list[tuple[Event, bool]] = field(default_factory=list)
    replaced: dict[str, list[Moment]] = field(default_factory=dict)
    unread: dict[str, str] = field(default_factory=dict)


def read_events(
    parts: Iterable[tuple[Part, bool]],
    split: Any,  # noqa: ANN401  icalendar's class, absent without the extra
    reading: Reading,
    notes: Notes,
) -> list[Event]:
    """Return the events that close anything, each without the starts that others replace.

    Each part comes with whether it is taken; one that is not may still replace a start. Raises
    pydantic custom errors that name the broken event.
    """
    found = _Found()
    for part, is_taken in parts:
        of_event = Reading(reading.zones, reading.looks)
        try:
            fields = fields_of(part.lines, split)
            event, uid, recurrence = read_event(fields, of_event, is_taken=is_taken)
        except EventError as error:
            message = f"{title_of(part.lines)} {error}"
            if is_taken:
                raise fault("ics_event_invalid", message) from None
            found.unread.setdefault(part.first("UID").strip(), message)
            continue
        if recurrence:
            found.replaced.setdefault(uid, []).append(recurrence)
        if event:
            found.events.append((event, recurrence is not None))
        if is_taken:
            notes.add(title_of(part.lines), of_event)
    return list(_without_replaced(found, reading, notes))


def _without_replaced(found: _Found, reading: Reading, notes: Notes) -> Iterator[Event]:
    gone: dict[tuple[str, object, bool], frozenset[dt.datetime]] = {}
    for event, is_change in found.events:
        if not is_change and event.uid in found.unread:  # what of it is replaced cannot be told
            raise fault("ics_event_invalid", found.unread[event.uid])
        if is_change or event.uid not in found.replaced:
            yield event
            continue
        key = event.uid, event.start.zone, event.start.is_date
        if key not in gone:
            of_event = Reading(reading.zones, reading.looks)
            gone[key] = _starts_of(found.replaced[event.uid], event, of_event)
            notes.add(titled(event.name, event.uid), of_event)
        yield replace(event, replaced=gone[key])


def _starts_of(replaced: list[Moment], event: Event, reading: Reading) -> frozenset[dt.datetime]:
    """Return the starts of an event that others take the place of, on its own clock."""
    try:
        return frozenset(each.beside(event.start, "RECURRENCE-ID", reading) for each in replaced)
    except EventError as error:
        message = f"{titled(event.name, event.uid)} {error}"
        raise fault("ics_event_invalid", message) from None
