"""How a ticket stands, for a dispute: every round, its rule, its steps, and what they add up to."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from support_sla.explain.language import on_one_line, quoted
from support_sla.tickets.words.teller import TicketTeller
from support_sla.values.instants import since_epoch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from support_sla.explain.language import Language
    from support_sla.tickets.rounds.round import Round
    from support_sla.tickets.rounds.round_parts import RoundWarning
    from support_sla.tickets.standing import Standing


def long_form(status: Standing, language: Language, timezone: str | dt.tzinfo | None) -> str:
    """Return the whole account, one sentence per line, each step one of them."""
    return "\n".join(_Long.of(status, language, timezone).sentences())


class _Long(TicketTeller):
    """What is said in a dispute."""

    __slots__ = ()

    def sentences(self) -> Iterator[str]:
        """Yield the sentences of the account."""
        status = self.status
        line = on_one_line(f"{status.log.department}/{status.log.channel}")
        submitted, now = self.moment(status.log.submitted_at), self.moment(status.now)
        yield self.say("rounds", "head", line=line, submitted=submitted, now=now)
        yield from self.asked(status.priority, status.attributes)
        yield from self._changes()
        yield from self.policy_and_zone()
        yield from self._rounds(status)
        for each in status.internal:
            yield self.say("rounds", "assigned", line=self.line(each))
            yield from self._rounds(each)
        changes = status.changes_at
        if changes is None:
            yield self.say("rounds", "no_changes")
        else:
            yield self.say("rounds", "changes", changes=self.moment(changes))

    def _changes(self) -> Iterator[str]:
        """Yield the events that changed what the ticket asks, for a promise changes with it."""
        for event in self.status.log.events:
            if since_epoch(event.at) > since_epoch(self.status.now):
                return
            at = self.moment(event.at)
            if event.kind == "moved":
                line = on_one_line(f"{event.department}/{event.channel}")
                yield self.say("rounds", "moved", at=at, line=line)
            elif event.kind == "priority" and event.to is None:
                yield self.say("rounds", "no_priority", at=at)
            elif event.kind == "priority":
                priority = self.priority(str(event.to))
                yield self.say("rounds", "changed_priority", at=at, priority=priority)
            elif event.kind == "attributes":
                for name, value in event.attributes:
                    said = {"at": at, "attribute": self.attribute(name)}
                    if value is None:
                        yield self.say("rounds", "no_attribute", **said)
                    else:
                        said["value"] = self.value(name, value)
                        yield self.say("rounds", "changed_attribute", **said)

    def _rounds(self, status: Standing) -> Iterator[str]:
        for each in status.rounds:
            yield from self.about(each.metric).round(each)

    def round(self, each: Round) -> Iterator[str]:
        """Yield the account of one round."""
        figures = self.figures(each)
        metric, state = self.say("metrics", each.metric), self.say("states", each.state)
        yield self.say("rounds", "round", metric=metric, number=each.number, state=state)
        by_message = "answer" if each.metric == "update_every" else "message"
        event = self.say("events", by_message if each.started_by == "replied" else each.started_by)
        yield self.say("rounds", "started", started=figures["started"], event=event)
        if each.stopped_by is not None:
            by = _STOPS.get(each.stopped_by, each.stopped_by)
            event = self.say("events", by)
            yield self.say("rounds", "stopped", stopped=figures["stopped"], event=event)
        if each.target is None or each.remaining is None:
            yield self.say("rounds", "no_rule")
        else:
            yield from self._promise(each, figures)
            for warning in each.warnings:
                if warning.passed or not each.is_stopped:
                    yield self._warning(warning)
        if each.breached_at is not None:
            yield self.say("rounds", "breached", breached=figures["breached"])
        yield from self._steps(each)

    def _promise(self, each: Round, figures: dict[str, str]) -> Iterator[str]:
        """Yield the rule of a round, when it is due, and how much of it is counted."""
        target = each.target
        assert target is not None, "only asked of a round with a promise"
        assert each.starts_at is not None, "for which counting starts some time"
        rule, starts = self.rule_name(target), self.moment(each.starts_at)
        if target.is_in_days:
            yield self.say("long", "business_days", rule=rule, promise=self.in_days(target))
            yield self.say("rounds", "days", **figures)
        else:
            yield self.say("rounds", target.counted_in, **figures, rule=rule, starts=starts)
        if target.hours is not None:
            schedule = quoted(target.hours.schedule)
            yield self.say("long", "own_hours", rule=rule, schedule=schedule)
        said = "projected" if each.projected else "was_due" if each.is_stopped else "due"
        yield self.say("rounds", said, due=figures["due"])
        used = "used" if "left" in figures else "over"
        yield self.say("rounds", used, **figures)
        if each.paused_for:
            yield self.say("rounds", "paused_for", paused=figures["paused"])
        if each.assumed_unpaused:
            yield self.say("rounds", "pauses_unknown")

    def _warning(self, warning: RoundWarning) -> str:
        name = quoted(warning.name)
        if warning.at is None:
            return self.say("rounds", "warning_unknown", name=name)
        if warning.at_start:
            return self.say("rounds", "warning_at_start", name=name)
        said = "warning_passed" if warning.passed else "warning_ahead"
        return self.say("rounds", said, name=name, at=self.moment(warning.at))

    def _steps(self, each: Round) -> Iterator[str]:
        steps = each.steps
        if not steps:
            return
        yield self.say("rounds", "steps")
        yield from (f"- {self.step(step)}" for step in steps)
        counted = [step.duration for step in steps if step.counted]
        if len(counted) == 1:
            yield self.say("rounds", "sum_of_one", total=self.language.amount(counted[0]))
        elif counted:
            parts = " + ".join(map(self.language.amount, counted))
            total = self.language.amount(sum(counted, dt.timedelta(0)))
            yield self.say("rounds", "sum", total=total, parts=parts)


_STOPS: dict[str, str] = {"replied": "answer", "assigned": "unassigned"}
"""What an event is called that stops a round, where it is not as it is called when it starts one."""
