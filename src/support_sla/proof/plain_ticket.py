"""A ticket's log read plainly, without the engine: what it is in after each event, and its rounds.

Events are plain data, as `TicketLog.to_dict` writes them, with their instants as microseconds.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from support_sla.policy.metrics import Metric
    from support_sla.policy.policy import Channel, Policy


@dataclass(frozen=True, slots=True)
class Moment:
    """What a ticket is after an event."""

    at: int
    kind: str
    department: str
    channel: str
    priority: str | None
    attributes: tuple[tuple[str, str], ...]
    status: str | None = None
    holds: frozenset[str] = frozenset()
    is_resolved: bool = False
    message: bool = False
    """Whether the event is a message of the customer."""
    answer: bool = False
    """Whether the event is a public reply of a person of the desk."""

    def line(self, policy: Policy) -> Channel:
        """Return the line that the ticket is on."""
        return policy.departments[self.department].channels[self.channel]

    @property
    def states(self) -> frozenset[str]:
        """What rules may pause on: the status and the holds."""
        return self.holds | ({self.status} if self.status is not None else set())


@dataclass(slots=True)
class PlainRound:
    """A round as the events make it: the places of the event that starts it, and of the one that stops it."""

    metric: Metric
    start: int
    started_by: str
    armed: int
    stopped: int | None = None


def moments_of(events: Sequence[dict[str, Any]], department: str, channel: str) -> list[Moment]:
    """Return what a ticket is after each of its events, the first of which submits it."""
    found: list[Moment] = []
    for event in events:
        at, kind = event["at"], event["kind"]
        if not found:
            given = tuple(sorted((n, v) for n, v in event.get("attributes", {}).items() if v))
            names = department, channel, event.get("priority"), given, event.get("status")
            is_customer = event.get("by", "customer") == "customer"
            found.append(Moment(at, kind, *names, message=is_customer))
            continue
        now = replace(found[-1], at=at, kind=kind, message=False, answer=False)
        found.append(replace(now, **_changed(now, event)))
    return found


def _changed(now: Moment, event: dict[str, Any]) -> dict[str, Any]:
    kind: str = event["kind"]
    status = event.get("status") or now.status
    if kind == "replied":
        is_person = not event.get("automatic", False)
        is_public = event.get("public", True)
        by_desk = event["by"] == "agent"
        return {"message": is_person and not by_desk, "answer": is_person and by_desk and is_public}
    if kind == "attributes":
        given = {**dict(now.attributes), **event["to"]}
        return {"attributes": tuple(sorted((n, v) for n, v in given.items() if v is not None))}
    simple: dict[str, dict[str, Any]] = {
        "status": {"status": event.get("to")},
        "priority": {"priority": event.get("to")},
        "paused": {"holds": now.holds | {event.get("reason")}},
        "resumed": {"holds": now.holds - {event.get("reason")}},
        "moved": {k: event.get(k) for k in ("department", "channel")},
        "assigned": {},
        "resolved": {"is_resolved": True, "status": status},
        "closed": {"is_resolved": True, "status": status},
        "reopened": {"is_resolved": False, "status": status},
    }
    return simple[kind]


def rounds_of(policy: Policy, moments: Sequence[Moment], ends: int | None) -> list[PlainRound]:
    """Return the rounds of a ticket, those of each metric in order; `ends` takes an internal one away."""
    stops = [
        place
        for place, now in enumerate(moments)
        if place == ends or (now.is_resolved and place and not moments[place - 1].is_resolved)
    ]
    found = [
        *_first_response(moments, stops),
        *_next_responses(policy, moments, stops),
        *_going_on(policy, moments, stops, "update_every"),
        *_going_on(policy, moments, stops, "resolution"),
    ]
    return sorted(found, key=lambda each: (each.armed, _ORDER.index(each.metric)))


_ORDER: tuple[Metric, ...] = ("first_response", "next_response", "update_every", "resolution")


def _first_response(moments: Sequence[Moment], stops: Sequence[int]) -> Iterator[PlainRound]:
    """Yield the one first response: from the first message on, unless the ticket was resolved before."""
    first = next((at for at, now in enumerate(moments) if now.message), None)
    if first is None or any(stop <= first for stop in stops):
        return
    answers = [at for at, now in enumerate(moments) if now.answer and not now.is_resolved]
    ends = [at for at in (*answers, *stops) if at > first]
    by = moments[first].kind
    yield PlainRound("first_response", moments[first].at, by, first, min(ends, default=None))


def _next_responses(  # noqa: C901  a case for each kind of event
    policy: Policy, moments: Sequence[Moment], stops: Sequence[int]
) -> Iterator[PlainRound]:
    """Yield a round for each message that waits while no first response is owed, or promised."""
    waits: tuple[int, str] | None = None
    meanwhile: str | None = None
    running: PlainRound | None = None
    wrote = is_answered = False
    for place, now in enumerate(moments):
        if place in stops:
            waits, meanwhile, is_answered = None, None, True
            if running is not None:
                running.stopped, running = place, None
        elif now.is_resolved:
            if now.message:
                meanwhile = meanwhile or now.kind
            elif now.answer:
                meanwhile = None
        elif now.answer:
            is_answered, waits = is_answered or wrote, None
            if running is not None:
                running.stopped, running = place, None
        elif now.message:
            wrote, waits = True, waits or (now.at, now.kind)
        elif now.kind == "reopened" and meanwhile is not None and moments[place - 1].is_resolved:
            waits, meanwhile = (now.at, meanwhile), None
        owed = bool(now.line(policy).first_response) and not is_answered
        is_asked = now.message or now.kind in {"reopened", "moved"}
        if waits and running is None and not owed and not now.is_resolved and is_asked:
            running = PlainRound("next_response", *waits, place)
            yield running


def _going_on(  # noqa: C901  a case for each kind of event
    policy: Policy, moments: Sequence[Moment], stops: Sequence[int], metric: Metric
) -> Iterator[PlainRound]:
    """Yield the rounds of updates or of the resolution, which a reopened ticket may take up again."""
    last: PlainRound | None = None
    is_final = wrote_meanwhile = False
    is_update = metric == "update_every"
    for place, now in enumerate(moments):
        if place in stops:
            wrote_meanwhile = False
            if last is not None and last.stopped is None:
                last.stopped = place
        elif now.is_resolved:
            wrote_meanwhile |= now.answer and is_update
        elif now.kind == "reopened" and place and moments[place - 1].is_resolved:
            how = now.line(policy).reopened
            is_final |= how == "final"
            if is_final:
                continue
            if last is not None and how == "resume" and not wrote_meanwhile:
                last.stopped = None
            elif last is not None or wrote_meanwhile:
                last = PlainRound(metric, now.at, "reopened", place)
                yield last
        elif (now.answer and not is_final) if is_update else not place:
            if last is not None and last.stopped is None:
                last.stopped = place
            last = PlainRound(metric, now.at, now.kind, place)
            yield last
