"""The parts of a deadline's explanations, said in one language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from support_sla.explain.speaker import Speaker, View, words_of
from support_sla.values.instants import since_epoch
from support_sla.values.week import format_day

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator
    from typing import Self

    from support_sla.explain.account import Account
    from support_sla.explain.choice import Choice, PassedOver
    from support_sla.explain.days import DayRun
    from support_sla.explain.language import Language
    from support_sla.explain.steps import Reason, Step
    from support_sla.policy.when import When

__all__ = ["Teller", "View"]

_OF_DATES = ("weekday", "holiday", "closure")
"""The kinds of reasons for which a rule matches a date."""


@dataclass(frozen=True, slots=True)
class Teller(Speaker):
    """Says the parts of one deadline's explanation in one language."""

    deadline: Account
    steps: tuple[Step, ...]
    choice: Choice

    @classmethod
    def of(cls, deadline: Account, language: Language, view: View) -> Self:
        """Return the teller of a deadline, whose steps and choice are worked out once."""
        policy, words = deadline.policy, words_of(language, deadline.metric)
        speaker = policy, deadline.timezone, language, view, words
        return cls(*speaker, deadline, deadline.steps, deadline.choice)

    def is_crossed(self) -> bool:
        """Whether another rule than the one that matched the submission gave the answer."""
        matched, target = self.choice.matched, self.deadline.target
        return matched is not target and matched != target

    def is_only_rule(self) -> bool:
        """Whether the line has one rule, so that all readings of crossings are the same."""
        deadline = self.deadline
        line = deadline.department, deadline.channel
        return len(deadline.policy.targets(*line, deadline.metric)) == 1

    def later_request(self) -> dt.datetime | None:
        """Return when the later request was sent whose due this one shares; None if none was."""
        waits = [step for step in self.steps if step.reasons[0].kind == "later_request"]
        return waits[-1].end if waits else None

    def day_run(self, run: DayRun) -> str:
        """Return a run of dates, and whether and why they are counted."""
        first, last = self.language.date(run.first), self.language.date(run.last)
        dates = first if first == last else self.say("days", "run", first=first, last=last)
        reason = run.reasons[0]
        if reason.number is not None:
            said = "counted" if first == last else "counted_run"
            numbers = {"number": reason.number, "last": run.last_number, "of": reason.of}
            return self.say("days", said, dates=dates, **numbers)
        if reason.kind in {"sent", "after_cutoff", "received", "due_day"}:
            return self.say("days", reason.kind, dates=dates)
        named = [each for each in run.reasons if each.day is not None] or run.reasons
        why = self._said_once(self._why_off(each) for each in named)
        return self.say("days", "not_counted", dates=dates, why=why)

    def _why_off(self, reason: Reason) -> str:
        """Return why a date is no business day, without the date."""
        if reason.day is not None:
            return self.day_name(reason.day)
        return self.say("days", "no_hours")

    def because(
        self, because: Iterable[Reason], date: dt.date, *, sourced: bool = False
    ) -> Iterator[str]:
        """Yield why a rule matched: what its date is, then what the request and its instant are."""
        days = [reason for reason in because if reason.kind in _OF_DATES]
        if days:
            day = self._said_once(self._what(reason, sourced=sourced) for reason in days)
            yield self.say("because", "day", date=self.language.date(date, "plain_date"), day=day)
        for reason in because:
            if reason.priority is not None:
                yield self.say("because", "priority", priority=self.priority(reason.priority))
            elif reason.attribute is not None:
                name, value = reason.attribute
                said = self.attribute(name), self.value(name, value)
                yield self.say("because", "attribute", attribute=said[0], value=said[1])
            elif reason.kind in {"line_open", "line_closed"}:
                yield self.say("because", reason.kind)
            elif reason.time is not None:
                yield self.say("because", "time", time=reason.time)

    def _what(self, reason: Reason, *, sourced: bool) -> str:
        if reason.date is not None:
            weekday = self.language.word("weekdays", reason.date.weekday())
            return self.say("because", reason.kind, weekday=weekday)
        assert reason.day is not None, "a date matches by its weekday or by a special day"
        name = self.day_name(reason.day) + (self._source(reason) if sourced else "")
        return self.say("because", reason.kind, name=name)

    def failed(self, passed: PassedOver) -> str:
        """Return why a rule was passed over."""
        when = passed.target.when
        assert when is not None, "a rule without a condition is never passed over"
        said = []
        if "days" in passed.failed:
            date = self.language.date(self.choice.date, "plain_date")
            days = ", ".join(map(self._day, when.days or ()))
            said.append(self.say("long", "failed_days", date=date, days=days))
        if "priority" in passed.failed:
            names = ", ".join(map(self.priority, when.priority or ()))
            said.append(self.say("long", "failed_priority", priorities=names))
        if "attributes" in passed.failed:
            said += self._failed_attributes(when)
        if "open" in passed.failed:
            said.append(self.say("because", "line_closed" if when.open else "line_open"))
        if "time" in passed.failed:
            said.append(self.say("long", "failed_time", time=format_day(when.time or ())))
        return self.language.listed(said)

    def _failed_attributes(self, when: When) -> Iterator[str]:
        given = self.deadline.attributes
        for name, values in when.attributes.items():
            if given.get(name) not in values:
                listed = ", ".join(self.value(name, value) for value in values)
                yield self.say(
                    "long", "failed_attribute", attribute=self.attribute(name), values=listed
                )

    @property
    def is_past(self) -> bool:
        """Whether the due instant is known to have passed; at that instant it has not."""
        now = self.view.now
        return now is not None and since_epoch(now) > since_epoch(self.deadline.due_at)

    def department(self) -> str:
        """Return what the department is called in the language, else its name."""
        return self.department_name(self.deadline.department)

    def channel(self) -> str:
        """Return what the channel is called in the language, else its name."""
        return self.channel_name(self.deadline.department, self.deadline.channel)
