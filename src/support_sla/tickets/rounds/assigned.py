"""`assigned_to`: the internal lines that a ticket was assigned to, each a log of its own.

To an internal line the assignment is the submission, and the next assignment to another is the end.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from support_sla.errors import LogError, SupportSlaError
from support_sla.tickets.rounds.facts import Facts
from support_sla.tickets.rounds.promised import ask_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from support_sla.policy.policy import Policy
    from support_sla.tickets.log.event import Event
    from support_sla.tickets.rounds.followed import Asking
    from support_sla.tickets.rounds.promised import Ask


def assigned_to(policy: Policy, asking: Asking) -> Iterator[Asking]:
    """Yield how each assignment to an internal line is measured, in order.

    Raises, with the place of the event, for a line that the policy does not have, or that is not
    internal.
    """
    outer = asking.facts
    events = outer.events
    changes = [*_changes(events), len(events)]
    resolved = [*_resolved(events)]
    for begin, end in pairwise(changes):
        event = events[begin]
        if event.channel is None:  # and so without a department
            continue
        start = next((place for place in range(begin, end) if not resolved[place]), None)
        if start is None:
            continue
        try:
            ask = _internal(policy, event, outer.ask_at(start))
        except SupportSlaError as error:
            raise error.at(begin, f"events[{begin}]") from None
        kept = [start, *_of_line(events, start + 1, end)]
        inside = [events[at] for at in kept]
        instants = [outer.instants[at] for at in kept]
        facts = Facts.of(policy, inside, instants, ask, outer.entered[start])
        yield asking._replace(facts=facts, zone=ask.zone)


def _resolved(events: Sequence[Event]) -> Iterator[bool]:
    """Yield whether the ticket is resolved after each event."""
    is_resolved = False
    for event in events:
        if event.kind in {"resolved", "closed"}:
            is_resolved = True
        elif event.kind == "reopened":
            is_resolved = False
        yield is_resolved


def _changes(events: Sequence[Event]) -> Iterator[int]:
    """Yield the places of the events that assign the ticket to another line than before."""
    line: tuple[str | None, str | None] = None, None
    for place, event in enumerate(events):
        if event.kind == "assigned" and (event.department, event.channel) != line:
            line = event.department, event.channel
            yield place


def _of_line(events: Sequence[Event], start: int, end: int) -> Iterator[int]:
    """Yield the places of the events that concern an internal line, the one that ends it the last."""
    for place in range(start, min(end + 1, len(events))):
        kind = events[place].kind
        if kind != "moved" and (kind != "assigned" or place == end):
            yield place


def _internal(policy: Policy, event: Event, now: Ask) -> Ask:
    """Return what a ticket asks of the internal line that it is assigned to."""
    assert event.department is not None, "only asked of an assignment to a line"
    assert event.channel is not None, "and so with its channel"
    ask = ask_of(policy, event.department, event.channel, now.priority, now.attributes)
    if not ask.line.internal:
        raise LogError.not_internal(f"{event.department}/{event.channel}", str(event))
    return ask
