"""The rounds of a ticket read plainly, without the engine: what starts and what stops each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from support_sla.policy.metrics import Metric
    from support_sla.policy.policy import Policy
    from support_sla.proof.plain_desk import PlainDesk
    from support_sla.proof.plain_moments import Moment


@dataclass(slots=True)
class PlainRound:
    """A round as the events make it: the places of the event that starts it, and of the one that stops it."""

    metric: Metric
    start: int
    started_by: str
    armed: int
    stopped: int | None = None


def rounds_of(desk: PlainDesk, moments: Sequence[Moment], ends: int | None) -> list[PlainRound]:
    """Return the rounds of a ticket, those of each metric in order; `ends` takes an internal one away."""
    stops = [
        place
        for place, now in enumerate(moments)
        if place == ends or (now.is_resolved and place and not moments[place - 1].is_resolved)
    ]
    found = [
        *_first_response(moments, stops),
        *_next_responses(desk, moments, stops),
        *_going_on(desk.policy, moments, stops, "update_every"),
        *_going_on(desk.policy, moments, stops, "resolution"),
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
    desk: PlainDesk, moments: Sequence[Moment], stops: Sequence[int]
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
        is_asked = now.message or now.kind in {"reopened", "moved", "priority", "attributes"}
        if waits is None or running is not None or now.is_resolved or not is_asked:
            continue
        first = desk.line(now, "first_response")
        if is_answered or not first.rules or first.rule(waits[0]) is None:
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
