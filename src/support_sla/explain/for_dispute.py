"""The explanation for a dispute: the whole account, one sentence per line or as Markdown."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from support_sla.explain.days import day_runs
from support_sla.explain.language import on_one_line, quoted
from support_sla.explain.sentences import Teller, View
from support_sla.values.amounts.business_days import BusinessDays
from support_sla.values.instants import EPOCH
from support_sla.values.one_line import escaped, page, table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from support_sla.explain.account import Account
    from support_sla.explain.language import Language
    from support_sla.policy.target import Target


def long_form(deadline: Account, language: Language, view: View) -> str:
    """Return the whole account, one sentence per line, each step one of them."""
    teller = _Long.of(deadline, language, view)
    steps = [f"- {said}" for said in teller.way()]
    return "\n".join([*teller.answer(), *teller.rule(), *steps, *teller.result()])


def markdown(deadline: Account, language: Language, view: View) -> str:
    """Return the whole account as Markdown: a heading, the sentences, and the steps as a table."""
    teller = _Long.of(deadline, language, view)
    blocks = [f"## {escaped(teller.title())}", *map(_paragraph, (teller.answer(), teller.rule()))]
    if teller.steps:
        blocks.append(table(teller.heads(), teller.rows()))
    return "\n\n".join([*blocks, _paragraph(teller.result())]) + "\n"


def cell(deadline: Account, language: Language) -> str:
    """Return the answer and its first steps as Markdown, as a notebook shows them."""
    teller = _Long.of(deadline, language, View())
    count = len(teller.steps)
    return page(str(deadline), teller.heads(), teller.rows(), count, "to_markdown() lists them")


def _paragraph(sentences: Iterable[str]) -> str:
    return " ".join(map(escaped, sentences))


class _Long(Teller):
    """What is said in a dispute."""

    __slots__ = ()

    def title(self) -> str:
        """Return what the account is about."""
        return self.say("long", "title", department=self.department(), channel=self.channel())

    def answer(self) -> Iterator[str]:
        """Yield what the answer is, and under which policy."""
        deadline, moment = self.deadline, self.moment
        line = on_one_line(f"{deadline.department}/{deadline.channel}")
        submitted, due = moment(deadline.submitted_at), moment(deadline.due_at)
        said = "due_past" if self.is_past else "due"
        yield self.say("long", said, line=line, submitted=submitted, due=due)
        if deadline.earliest_at is not None:
            yield self.say("long", "earliest", earliest=moment(deadline.earliest_at))
        yield from self.asked(deadline.priority, deadline.attributes)
        yield from self.policy_and_zone()

    def rule(self) -> Iterator[str]:
        """Yield which rule gave the answer, why, and which were passed over."""
        deadline, choice = self.deadline, self.choice
        target, matched = self.rule_name(deadline.target), self.rule_name(choice.matched)
        if choice.because:
            reasons = self.because(choice.because, choice.date, sourced=True)
            said = self.language.listed([*reasons])
            yield self.say("long", "matched", rule=matched, reasons=said)
        elif choice.passed_over:
            yield self.say("long", "matched_default", rule=matched)
        else:
            yield self.say("long", "only", rule=matched)
        for passed in choice.passed_over:
            rule = self.rule_name(passed.target)
            yield self.say("long", "passed_over", rule=rule, failed=self.failed(passed))
        if self.is_crossed():
            yield self.say("long", "crossed", crossing=quoted(deadline.crossing), rule=target)
        if not self.steps:
            yield self.say("long", "no_steps", rule=target)
            return
        within = deadline.target.within
        if isinstance(within, BusinessDays):
            yield self.say(
                "long", "business_days", rule=target, promise=self.in_days(deadline.target)
            )
        else:
            yield self.say(
                "long",
                deadline.target.counted_in,
                rule=target,
                within=self.language.amount(within),
                starts=self.moment(self.later_request() or deadline.starts_at),
            )
        if deadline.target.hours is not None:
            schedule = quoted(deadline.target.hours.schedule)
            yield self.say("long", "own_hours", rule=target, schedule=schedule)
        yield self.say("long", "steps")

    def way(self) -> Iterator[str]:
        """Yield a sentence for each step; of business days for each run of dates."""
        if not self.deadline.target.is_in_days:
            yield from map(self.step, self.steps)
            return
        for step in self.steps:
            if not step.duration or step.reasons[0].kind == "later_request":
                yield self.step(step)
        yield from (f"{self.day_run(run)}." for run in day_runs(self.steps))

    def heads(self) -> list[str]:
        """Return the headings of a table of the steps."""
        return [self.say("table", head) for head in ("from", "to", "counted", "not_counted", "why")]

    def rows(self) -> Iterator[list[str]]:
        """Yield the cells of each step in such a table."""
        for step in self.steps:
            amount = self.language.amount(step.duration)
            counted = [amount, ""] if step.counted else ["", amount]
            yield [self.moment(step.start), self.moment(step.end), *counted, self.reasons(step)]

    def result(self) -> Iterator[str]:
        """Yield what the steps add up to, and what the readings of crossings give."""
        counted = [step.duration for step in self.steps if step.counted]
        if self.deadline.target.is_in_days:
            numbers = {step.reasons[0].number for step in self.steps if step.counted}
            said = "sum_of_days" if len(numbers) != 1 else "sum_of_day"
            yield self.say("long", said, n=len(numbers))
        elif counted:
            parts = " + ".join(map(self.language.amount, counted))
            total = self.language.amount(sum(counted, dt.timedelta(0)))
            yield self.say("long", "sum", total=total, parts=parts)
        if self.is_only_rule():
            return  # whatever day the time crosses into, the same rule holds there
        own = self.deadline.crossing
        yield self.say("long", "crossing", crossing=quoted(own), meaning=self.say("crossings", own))
        for reading in self.deadline.readings:
            if reading.crossing != own:
                yield self._reading(reading.crossing, reading.due_at, reading.target)

    def _reading(self, crossing: str, due_at: dt.datetime | None, target: Target | None) -> str:
        names = {"crossing": quoted(crossing), "meaning": self.say("crossings", crossing)}
        if due_at is None or target is None:
            return self.say("long", "unknown_crossing", **names)
        if due_at - EPOCH == self.deadline.due_at - EPOCH and target == self.deadline.target:
            return self.say("long", "same_crossing", **names)
        due, rule = self.moment(due_at), self.rule_name(target)
        return self.say("long", "other_crossing", **names, due=due, rule=rule)
