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
    from support_sla.tickets.rounds.measure import Asking
    from support_sla.tickets.rounds.promised import Ask


def assigned_to(policy: Policy, asking: Asking) -> Iterator[Asking]:
    """Yield how each assignment to an internal line is measured, in order.

    Raises, with the place of the event, for a line that the policy does not have, or that is not
    internal.
    """
    events = asking.facts.events
    changes = [*_changes(events), len(events)]
    for begin, end in pairwise(changes):
        event = events[begin]
        if event.department is None or event.channel is None:
            continue
        start = _first_unresolved(events, begin, min(end, len(events) - 1))
        if start is None:
            continue
        before = Facts.of(policy, events[: start + 1], asking.facts.instants, asking.facts.asks[0])
        try:
            ask = _internal(policy, event, before.now_asked)
        except SupportSlaError as error:
            raise error.at(begin, f"events[{begin}]") from None
        places = [start, *_of_line(events, start + 1, end)]
        facts = Facts.of(
            policy,
            [events[at] for at in places],
            [asking.facts.instants[at] for at in places],
            ask,
            before.state,
        )
        yield asking._replace(facts=facts, zone=ask.zone)


def _changes(events: Sequence[Event]) -> Iterator[int]:
    """Yield the places of the events that assign the ticket to another line than before."""
    line: tuple[str | None, str | None] = None, None
    for place, event in enumerate(events):
        if event.kind == "assigned" and (event.department, event.channel) != line:
            line = event.department, event.channel
            yield place


def _first_unresolved(events: Sequence[Event], begin: int, end: int) -> int | None:
    """Return the place from which an assigned ticket is to be worked on: its reopening if resolved."""
    is_resolved = False
    for place in range(end + 1):
        kind = events[place].kind
        if kind in {"resolved", "closed"}:
            is_resolved = True
        elif kind == "reopened":
            is_resolved = False
        if place >= begin and not is_resolved:
            return place
    return None


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
