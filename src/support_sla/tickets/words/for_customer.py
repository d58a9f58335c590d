"""How a ticket stands, for the customer: what is promised, what was kept, and what was not counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from support_sla.explain.skipped import skipped
from support_sla.policy.metrics import METRICS
from support_sla.tickets.words.teller import TicketTeller
from support_sla.values.instants import since_epoch

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from support_sla.explain.language import Language
    from support_sla.policy.metrics import Metric
    from support_sla.tickets.rounds.round import Round
    from support_sla.tickets.standing import Standing


def short_form(status: Standing, language: Language, timezone: str | dt.tzinfo | None) -> str:
    """Return one paragraph for the customer: each promise as it stands, internal ones left out."""
    return " ".join(_Short.of(status, language, timezone).sentences())


class _Short(TicketTeller):
    """What is said to a customer."""

    __slots__ = ()

    def sentences(self) -> Iterator[str]:
        """Yield the sentences of the paragraph."""
        status = self.status
        yield self.say(
            "ticket",
            "head",
            department=self.department_name(status.department),
            channel=self.channel_name(status.department, status.channel),
            submitted=self.moment(status.log.submitted_at),
            now=self.moment(status.now),
        )
        told = [self.of_metric(metric) for metric in METRICS]
        if any(told):
            for sentences in told:
                yield from sentences
        else:
            yield self.say("ticket", "nothing")
        yield self.say("short", "zone", zone=self.zone())

    def of_metric(self, metric: Metric) -> list[str]:
        """Return what is said of the last round of a metric; nothing if nothing is owed for it."""
        rounds = self.status.rounds_of(metric)
        last = rounds[-1] if rounds else None
        if last is None or last.target is None:
            return []
        figures = self.figures(last)
        if last.breached_at is not None and last.breached_at.microsecond == 1:
            # A promise is broken a microsecond after its due, which is the instant to tell.
            figures["breached"] = self.moment(last.breached_at.replace(microsecond=0))
        figures["owed"] = self.say("owed", metric, **figures)
        if not last.is_stopped:
            return [*self._owed(last, figures), *self._not_counted(last, figures["owed"])]
        if last.stopped_by in {"resolved", "closed"} and metric != "resolution":
            return self._ended_by_resolution(last, figures)
        said = [self._stopped(last, figures)]
        return (
            [*said, *self._not_counted(last, figures["owed"])] if metric == "resolution" else said
        )

    def _ended_by_resolution(self, last: Round, figures: dict[str, str]) -> list[str]:
        """Return what is said of a round that was never met, for the request was resolved before."""
        if last.breached_at is None:
            first = last.metric == "first_response"
            return [self.say("ticket", "resolved_first", **figures)] if first else []
        assert last.stopped_at is not None, "a resolution stopped it"
        assert last.due_at is not None, "for there was a promise"
        is_late = _is_after(last.stopped_at, last.due_at)
        return [self.say("ticket", "unanswered" if is_late else "unanswered_before", **figures)]

    def _owed(self, last: Round, figures: dict[str, str]) -> Iterator[str]:
        """Yield what is owed, and by when."""
        assert last.target is not None, "only asked of a round with a promise"
        figures["counted"] = self.hours_of(last.target)
        why = self.paused_by(last.stretches[-1].names) if last.paused else ""
        if last.state == "breached":
            said = "breached" if last.overrun else "breached_closed"
            if last.due_at is not None and not _is_after(self.status.now, last.due_at):
                said = "breached_before"
            yield self.say("ticket", said, **figures)
            if last.paused:
                yield self.say("ticket", "stands_still", why=why)
        elif last.paused:
            yield self.say("ticket", "paused", **figures, why=why)
        else:
            yield self.say("ticket", "running", **figures)
        if last.assumed_unpaused:
            yield self.say("ticket", "pauses_unknown", owed=figures["owed"])

    def _stopped(self, last: Round, figures: dict[str, str]) -> str:
        """Return when it was given, and that an earlier promise was passed before if only that was."""
        said = self.say("ticket", f"{last.state}_{last.metric}", **figures)
        if last.breached_at is None or last.stopped_at is None or last.due_at is None:
            return said
        if _is_after(last.stopped_at, last.due_at):
            return said
        return f"{said} {self.say('ticket', 'late_before', **figures)}"

    def _not_counted(self, last: Round, owed: str) -> Iterator[str]:
        """Yield what was not counted: nights, days off, pauses and the time for which it was resolved."""
        found = skipped(last.steps, self.day_name)
        shut = [self.say("skipped", kind) for kind in found.shut]
        days = [self.skipped_run(run) for run in found.runs]
        still = [
            self.say(
                "ticket",
                f"{each.kind}_run",
                start=self.moment(each.start),
                end=self.moment(each.end),
                statuses=self.statuses(each.names),
            )
            for each in last.stretches
            if each.kind != "running" and each.start != each.end
        ]
        if shut or days or still:
            listed = self.language.listed([*shut, *days, *still])
            yield self.say("ticket", "not_counted", owed=owed, list=listed)


def _is_after(one: dt.datetime, two: dt.datetime) -> bool:
    """Whether an instant comes after another, whatever the wall clock shows at them."""
    return since_epoch(one) > since_epoch(two)
