"""`TicketStatus`: how every promise to a ticket stands at an instant, and why."""

from __future__ import annotations

from dataclasses import dataclass

from support_sla.tickets.standing import Standing
from support_sla.tickets.words.block import block


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class TicketStatus(Standing):
    """Every promise to a ticket as it stands at `now`. Instants are in the zone of the desk.

    `department` and `channel` are the line it is on now, `priority`, `attributes`, `status` and
    `holds` what its log says of it then. `rounds` are all its rounds in the order in which they were
    started; `first_response`, `next_response`, `update_every` and `resolution` the last of each.
    `internal` is the same for each assignment to an internal line, in order.

    Equal by value, comparing instants as instants; hashable and picklable.
    """

    def __str__(self) -> str:
        """Return a block of text with a line for each promise, as a terminal shows it."""
        return block(self)
