"""What the explanations of a ticket share: who speaks, and how a round's figures are said."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from support_sla.explain.language import on_one_line
from support_sla.explain.speaker import Speaker, View, words_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable
    from typing import Self

    from support_sla.explain.language import Language
    from support_sla.policy.metrics import Metric
    from support_sla.policy.target import Target
    from support_sla.tickets.rounds.round import Round
    from support_sla.tickets.standing import Standing


@dataclass(frozen=True, slots=True)
class TicketTeller(Speaker):
    """Says the parts of a ticket's explanation in one language."""

    status: Standing

    @classmethod
    def of(cls, status: Standing, language: Language, timezone: str | dt.tzinfo | None) -> Self:
        """Return the teller of a ticket's status, for a reader on the clock of a zone."""
        policy = status.policy
        desk, view = policy.zone_of(status.department), View.of(timezone, None)
        return cls(policy, desk, language, view, {}, status)

    def about(self, metric: Metric) -> Self:
        """Return the teller of what is promised under a metric."""
        return replace(self, words=words_of(self.language, metric))

    def moment(self, at: dt.datetime) -> str:
        """Return an instant in words, on the reader's clock or the desk's, whatever its log writes."""
        return self.language.moment(at.astimezone(self.abroad or self.status.now.tzinfo))

    def line(self, status: Standing) -> str:
        """Return the line that a ticket is on, by its names."""
        return on_one_line(f"{status.department}/{status.channel}")

    def figures(self, each: Round) -> dict[str, str]:
        """Return the figures of a round in words: those that it has."""
        instants = {
            "started": each.started_at,
            "due": each.due_at,
            "stopped": each.stopped_at,
            "breached": each.breached_at,
        }
        amounts = {"amount": each.amount, "left": each.remaining, "elapsed": each.elapsed}
        amounts |= {"over": each.overrun, "paused": each.paused_for}
        said = {name: self.moment(at) for name, at in instants.items() if at is not None}
        return said | {
            name: self.language.amount(amount)
            for name, amount in amounts.items()
            if amount is not None and amount >= 0 * amount
        }

    def hours_of(self, target: Target) -> str:
        """Return that time is counted only in hours, and which; nothing if it always is."""
        if target.counted_in == "calendar_time":
            return ""
        if target.hours is None:
            hours = self.policy.channel(self.status.department, self.status.channel).hours
            return self.say("ticket", "in_hours") if self.closes(hours) else ""
        return self.say("ticket", "in_own_hours") if self.closes(target.hours) else ""

    def paused_by(self, names: Iterable[str]) -> str:
        """Return why a clock stands still: what the ticket is in."""
        return self.say("reasons", "paused", statuses=self.statuses(names))

    def statuses(self, names: Iterable[str]) -> str:
        """Return what the ticket is in, one after another."""
        return self.language.listed([*map(self.status_name, names)])
