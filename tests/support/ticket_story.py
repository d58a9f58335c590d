"""What starts and stops the clocks of a ticket, read off its log by the rows of one table.

Half of the oracle of tickets: it counts no time, asks no rule and shares no code with the package. Each
metric is found by a walk of its own over the log, the plain reading of its rows; rows in brackets.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any, NamedTuple

METRICS = ("first_response", "next_response", "update_every", "resolution")
ENDS = ("resolved", "closed", "assigned")  # `assigned` only ends a log of an internal line


class Request(NamedTuple):
    """What a ticket asks: its line, its priority and its attributes."""

    department: str
    channel: str
    priority: str | None
    attributes: tuple[tuple[str, str], ...]


@dataclass
class Run:
    """One run of a metric: `armed` is the place of the event that began it, `stopped` of its end.

    `active` are the times at which the ticket was not resolved, the last one open while it runs.
    """

    metric: str
    start: datetime
    started_by: str
    armed: int
    active: list[tuple[datetime, datetime | None]] = field(default_factory=list)
    stopped: int | None = None

    def stop(self, place: int, at: datetime) -> None:
        if self.stopped is None:
            self.stopped, self.active[-1] = place, (self.active[-1][0], at)

    def resume(self, at: datetime) -> None:
        self.stopped = None
        self.active.append((at, None))


@dataclass
class Story:
    """The events of a ticket on a line, in order, and what it asks after each of them.

    `reopened` says what a line does with a reopened ticket, `answers_first` whether it promises a
    first response. An internal line's story begins with an assignment and ends with another one.
    """

    events: Sequence[Any]
    requests: Sequence[Request]
    reopened: Callable[[Request], str]
    answers_first: Callable[[Request], bool]

    def at(self, place: int) -> datetime:
        at: datetime = self.events[place].at.astimezone(UTC)
        return at

    def is_message(self, place: int) -> bool:
        """A person's message of the customer, or what began the story if no agent did [1]."""
        event = self.events[place]
        if place == 0:
            return bool(event.by != "agent")
        return bool(event.kind == "replied" and event.by == "customer" and not event.automatic)

    def is_answer(self, place: int) -> bool:
        """A public reply of a person [2]."""
        event = self.events[place]
        is_public = event.kind == "replied" and event.public and not event.automatic
        return place > 0 and is_public and event.by == "agent"

    def is_end(self, place: int) -> bool:
        return place > 0 and self.events[place].kind in ENDS

    def is_resolved_before(self, place: int) -> bool:
        turns = [at for at in range(1, place) if self.is_end(at) or self.is_reopening_kind(at)]
        return bool(turns) and self.is_end(turns[-1])

    def is_reopening_kind(self, place: int) -> bool:
        return place > 0 and self.events[place].kind == "reopened"

    def is_reopening(self, place: int) -> bool:
        return self.is_reopening_kind(place) and self.is_resolved_before(place)

    def resolutions(self) -> list[int]:
        """Return the places at which it is resolved; closing what is resolved is nothing [9]."""
        places = range(len(self.events))
        return [at for at in places if self.is_end(at) and not self.is_resolved_before(at)]

    def is_final(self, place: int) -> bool:
        """Whether it was reopened by then where that begins no resolution and no update [41]."""
        return any(
            self.is_reopening(at) and self.reopened(self.requests[at]) == "final"
            for at in range(place + 1)
        )

    def begin(self, metric: str, place: int, start: datetime | None = None, by: str = "") -> Run:
        since = start or self.at(place)
        by = by or self.events[place].kind
        return Run(metric, since, by, place, [(since, None)])

    def runs(self) -> Iterator[Run]:
        yield from self.first_response()
        yield from self.next_response()
        yield from self.update_every()
        yield from self.resolution()

    def first_response(self) -> list[Run]:
        """From the first message to the first answer or the resolution [1 to 3], once [42]."""
        places = range(len(self.events))
        begins = next((at for at in places if self.is_message(at)), None)
        ends = self.resolutions()
        if begins is None or (ends and ends[0] < begins):
            return []
        run = self.begin("first_response", begins)
        for at in range(begins + 1, len(self.events)):
            if self.is_answer(at) or self.is_end(at):
                run.stop(at, self.at(at))
        return [run]

    def is_first_done(self, place: int) -> bool:
        """Whether the first response was given by then, or the ticket resolved once [42]."""
        first = self.first_response()
        ends = self.resolutions()
        given = [run.stopped for run in first if run.stopped is not None]
        return any(at <= place for at in [*given, *ends])

    def next_response(self) -> list[Run]:
        """From the oldest unanswered message to an answer or the resolution [4 to 6, 14]."""
        runs: list[Run] = []
        oldest: tuple[datetime, str] | None = None
        meanwhile: str | None = None
        for place, event in enumerate(self.events):
            at = self.at(place)
            was_resolved = self.is_resolved_before(place)
            if self.is_message(place) and was_resolved:
                meanwhile = meanwhile or event.kind
            elif self.is_message(place):
                oldest = oldest or (at, event.kind)
            elif self.is_answer(place) and was_resolved:
                meanwhile = None
            elif self.is_answer(place) or (self.is_end(place) and not was_resolved):
                oldest = meanwhile = None
                for run in runs:
                    run.stop(place, at)
            elif self.is_reopening(place):
                oldest, meanwhile = (at, meanwhile) if meanwhile else None, None
            is_resolved = self.is_resolved_before(place + 1)
            runs_now = any(run.stopped is None for run in runs)
            is_due = self.is_first_done(place) or not self.answers_first(self.requests[place])
            if oldest and is_due and not is_resolved and not runs_now:
                runs.append(self.begin("next_response", place, *oldest))
        return runs

    def update_every(self) -> list[Run]:
        """From each answer to the next or the resolution [7]; reopened as the line says [41]."""
        runs: list[Run] = []
        is_fresh = False
        for place in range(len(self.events)):
            at = self.at(place)
            if self.is_answer(place) and self.is_resolved_before(place):
                is_fresh = True  # the desk wrote while it was resolved: no update is pending
            elif self.is_answer(place):
                for run in runs:
                    run.stop(place, at)
                if not self.is_final(place):
                    runs.append(self.begin("update_every", place))
            elif self.is_end(place) and not self.is_resolved_before(place):
                is_fresh = False
                for run in runs:
                    run.stop(place, at)
            elif self.is_reopening(place) and not self.is_final(place):
                resumes = self.reopened(self.requests[place]) == "resume"
                if runs and resumes and not is_fresh:
                    runs[-1].resume(at)
                elif runs or is_fresh:
                    runs.append(self.begin("update_every", place))
        return runs

    def resolution(self) -> list[Run]:
        """From the submission to its end [9]; reopened as the line says [41]."""
        runs = [self.begin("resolution", 0)]
        for place in range(1, len(self.events)):
            if self.is_end(place):
                runs[-1].stop(place, self.at(place))
            elif self.is_reopening(place) and not self.is_final(place):
                if self.reopened(self.requests[place]) == "resume":
                    runs[-1].resume(self.at(place))
                else:
                    runs.append(self.begin("resolution", place))
        return runs


def requests_of(log: Any, events: Sequence[Any]) -> list[Request]:
    """Return what a ticket asks after each event: its line [38], priority [37] and attributes."""
    sent = events[0]
    attributes = {name: value for name, value in sent.attributes if value is not None}
    now = Request(log.department, log.channel, sent.priority, tuple(sorted(attributes.items())))
    found = []
    for event in events:
        if event.kind == "priority":
            now = now._replace(priority=event.to)
        elif event.kind == "moved":
            now = now._replace(department=event.department, channel=event.channel)
        elif event.kind == "attributes":
            attributes = {**dict(now.attributes), **dict(event.attributes)}
            kept = {name: value for name, value in attributes.items() if value is not None}
            now = now._replace(attributes=tuple(sorted(kept.items())))
        found.append(now)
    return found


def states_of(events: Sequence[Any]) -> list[tuple[datetime, frozenset[str]]]:
    """Return from when on a ticket is in which status and holds, together [11]."""
    status, holds, found = None, frozenset[str](), []
    for event in events:
        if event.kind == "status":
            status = event.to
        elif event.status is not None:
            status = event.status
        elif event.kind == "paused":
            holds |= {event.reason}
        elif event.kind == "resumed":
            holds -= {event.reason}
        state = holds | (frozenset() if status is None else {status})
        found.append((event.at.astimezone(UTC), state))
    return found


def assignments(
    events: Sequence[Any], requests: Sequence[Request]
) -> Iterator[tuple[list[Any], list[Request]]]:
    """Yield the events and requests of each assignment to an internal line [44].

    One of a resolved ticket begins with its reopening. The next assignment elsewhere ends it.
    """
    line: tuple[Any, Any] = (None, None)
    turns = []
    for place, event in enumerate(events):
        if event.kind == "assigned" and (event.department, event.channel) != line:
            line = event.department, event.channel
            turns.append(place)
    for turn, end in pairwise([*turns, len(events)]):
        department, channel = events[turn].department, events[turn].channel
        starts = [at for at in range(turn, end) if not _is_resolved(events[: at + 1])]
        if department is None or not starts:
            continue
        kept = [
            at for at in range(starts[0] + 1, end) if events[at].kind not in {"moved", "assigned"}
        ]
        places = [starts[0], *kept, *([end] if end < len(events) else [])]
        asked = [requests[at]._replace(department=department, channel=channel) for at in places]
        yield [events[at] for at in places], asked


def _is_resolved(events: Sequence[Any]) -> bool:
    turns = [event.kind for event in events if event.kind in {"resolved", "closed", "reopened"}]
    return bool(turns) and turns[-1] != "reopened"
