"""`TicketStatus`: how every promise to a ticket stands at an instant, and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from support_sla.errors import NotAModelError
from support_sla.explain.language import language_of
from support_sla.proof.verify import is_same
from support_sla.proof.verify_ticket import proves_ticket
from support_sla.tickets.standing import Standing
from support_sla.tickets.words.block import block
from support_sla.tickets.words.for_customer import short_form
from support_sla.tickets.words.for_dispute import long_form


@dataclass(frozen=True, slots=True, repr=False)
class TicketStatus(Standing):
    """Every promise to a ticket as it stands at `now`, and why. Instants are in the zone of the desk.

    `rounds` are all its rounds in the order in which they were started; `first_response`,
    `next_response`, `update_every` and `resolution` the last of each. `internal` is the same for each
    assignment to an internal line, in order. `follows_openings` says that it was tracked with
    `openings`.

    Equal by value, hashable and picklable.
    """

    def explain(
        self,
        language: str = "en",
        *,
        long: bool = False,
        timezone: str | dt.tzinfo | None = None,
    ) -> str:
        """Return why each promise stands as it does, in complete sentences.

        Without `long`, one paragraph for the customer: what is promised by when, what was kept, and
        what was not counted, pauses by what the ticket was in; nothing of internal lines. With it, one
        sentence per line for a dispute: of every round what started and stopped it, its rule, its
        due, its warnings, and each step with its reasons; internal lines too. One of `internal` always
        gives its own account so, for no customer reads it.

        Instants are on the clock of `timezone`, by default on the desk's. Raises
        `UnknownLanguageError`, which lists the languages there are, for another one, and `ZoneError`
        for what is no zone.
        """
        words = language_of(language)
        return (long_form if long or self.is_internal else short_form)(self, words, timezone)

    def verify(self, kept: Mapping[str, Any] | None = None) -> bool:
        """Return whether it is proved: replayed from the log and counted again without the engine.

        Each round must start and stop as the log says, each of its figures be what a slow and plain
        reading of the policy counts, and its steps tile it, say why time is counted or not, and add
        up. `changes_at` is not proved for one that follows openings. With `kept`, the `to_dict` of a
        status kept elsewhere, that must be equal to what it is now. Raises `NotAModelError` for a
        `kept` that is no mapping.

        >>> from support_sla import TicketLog, load_policy, track
        >>> log = TicketLog("billing", "ticket", [
        ...     {"at": "2026-01-10T16:30:00+07:00", "kind": "submitted"},
        ... ])
        >>> track(load_policy("azdigi"), log, "2026-01-12T08:10:00+07:00").verify()
        True
        """
        if kept is not None and not isinstance(kept, Mapping):
            raise NotAModelError.kept(kept)
        told = self.to_dict()
        if kept is not None and not is_same(kept, told):
            return False
        log, is_internal = self.log.to_dict(), self.is_internal
        return proves_ticket(self.policy, log, self.now, told, is_internal=is_internal)

    def __str__(self) -> str:
        """Return a block of text with a line for each promise, as a terminal shows it."""
        return block(self)
