"""Why a deadline is what it is, in words: short for a customer, long for a dispute, and Markdown."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from support_sla.instants import EPOCH
from support_sla.notation import WEEKDAYS
from support_sla.policy import text_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from support_sla.choice import Choice, PassedOver
    from support_sla.deadline import Deadline
    from support_sla.policy import Target, Texts
    from support_sla.steps import Reason, Step
    from support_sla.words import Language

_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~&])")


def short_form(deadline: Deadline, language: Language) -> str:
    """Return one paragraph for the customer: the answer, the promise, and what was not counted."""
    return " ".join(_Teller.of(deadline, language).short())


def long_form(deadline: Deadline, language: Language) -> str:
    """Return the whole account, a sentence a line, each step one of them."""
    teller = _Teller.of(deadline, language)
    steps = [f"- {teller.step(step)}" for step in teller.steps]
    return "\n".join([*teller.answer(), *teller.rule(), *steps, *teller.result()])


def markdown(deadline: Deadline, language: Language) -> str:
    """Return the whole account as Markdown: a heading, the sentences, and the steps as a table."""
    teller = _Teller.of(deadline, language)
    blocks = [f"## {_escaped(teller.title())}", *map(_paragraph, (teller.answer(), teller.rule()))]
    if teller.steps:
        blocks.append("\n".join(teller.table()))
    return "\n\n".join([*blocks, _paragraph(teller.result())]) + "\n"


def _paragraph(sentences: Iterable[str]) -> str:
    return " ".join(map(_escaped, sentences))


def _escaped(text: str) -> str:
    return _MARKUP.sub(r"\\\1", text)


def _plain(text: str) -> str:
    """Return a text of the policy's on one line."""
    return " ".join(text.split())


@dataclass(frozen=True, slots=True)
class _Teller:
    """Says the parts of one deadline's explanation in one language."""

    deadline: Deadline
    language: Language
    steps: tuple[Step, ...]
    choice: Choice

    @classmethod
    def of(cls, deadline: Deadline, language: Language) -> _Teller:
        """Return what says a deadline's explanation, with its reasons worked out once."""
        return cls(deadline, language, deadline.steps, deadline.choice)

    # --- for the customer ---

    def short(self) -> Iterator[str]:
        """Yield the sentences of the short form."""
        deadline, moment = self.deadline, self.language.moment
        names = {
            "department": self._department(),
            "channel": self._channel(),
            "submitted": moment(deadline.submitted_at),
            "due": moment(deadline.due_at),
        }
        if deadline.earliest_at is None:
            yield self._say("short", "due", **names)
        else:
            yield self._say("short", "window", **names, earliest=moment(deadline.earliest_at))
        yield self._promise()
        yield from self._why_short()
        skipped = self._skipped()
        if skipped:
            yield self._say("short", "skipped", list=self.language.listed(skipped))
        yield from (self.step(step) for step in self.steps if not step.duration)
        yield self._say("short", "zone", zone=deadline.policy.timezone)

    def _promise(self) -> str:
        """Return what is promised, and from when it is counted where the submission is not when."""
        deadline, target, later = self.deadline, self.deadline.target, self._later_request()
        if not target.within and later is None:
            return self._say("short", "at_once")
        starts, within = later or deadline.starts_at, self.language.amount(target.within)
        if starts - EPOCH == deadline.submitted_at - EPOCH:
            return self._say("short", target.counted_in, within=within)
        said = self.language.moment(starts)
        return self._say("short", f"{target.counted_in}_from", within=within, starts=said)

    def _why_short(self) -> Iterator[str]:
        choice = self.choice
        if self._is_crossed():
            later = self._later_request()
            if later is None:
                yield self._say("short", "overlap")
            else:
                yield self._say("short", "in_order", later=self.language.moment(later))
        elif choice.because:
            reasons = self.language.listed([*self._because(choice.because, choice.date)])
            yield self._say("short", "because", reasons=reasons)
        elif choice.passed_over:
            yield self._say("short", "otherwise")

    def _is_crossed(self) -> bool:
        """Whether another rule than the one that matched the submission gave the answer."""
        matched, target = self.choice.matched, self.deadline.target
        return matched is not target and matched != target

    def _later_request(self) -> dt.datetime | None:
        """Return when the later request was sent whose answer this one shares, if one is shared."""
        waits = [step for step in self.steps if step.reasons[0].kind == "later_request"]
        return waits[-1].end if waits else None

    def _skipped(self) -> list[str]:
        """Return what is not counted: nights and breaks once, each day by its date and names."""
        shut: dict[str, None] = {}
        days: dict[tuple[dt.date, str], dict[str, None]] = {}
        for step in self.steps:
            for reason in step.reasons if not step.counted else ():
                if reason.kind in {"night", "break"}:
                    shut[reason.kind] = None
                elif reason.date is not None and len(step.reasons) == 1:
                    days.setdefault((reason.date, reason.kind), {})
                elif reason.day is not None:
                    found = days.setdefault((reason.day.date, reason.kind), {})
                    found[_plain(reason.day.name)] = None
        said = [self._say("skipped", kind) for kind in shut]
        for (date, kind), names in days.items():
            text = {"date": self.language.date(date), "names": ", ".join(names)}
            said.append(self._say("skipped", kind, **text))
        return said

    # --- for a dispute ---

    def title(self) -> str:
        """Return what the account is about."""
        return self._say("long", "title", department=self._department(), channel=self._channel())

    def answer(self) -> Iterator[str]:
        """Yield what the answer is, and under which policy."""
        deadline, moment = self.deadline, self.language.moment
        line = _plain(f"{deadline.department}/{deadline.channel}")
        submitted, due = moment(deadline.submitted_at), moment(deadline.due_at)
        yield self._say("long", "due", line=line, submitted=submitted, due=due)
        if deadline.earliest_at is not None:
            yield self._say("long", "earliest", earliest=moment(deadline.earliest_at))
        if deadline.priority is not None:
            yield self._say("long", "priority", priority=_quoted(deadline.priority))
        policy = deadline.policy
        if policy.version is None:
            yield self._say("long", "policy", policy=_quoted(policy.name))
        else:
            names = {"policy": _quoted(policy.name), "version": _quoted(policy.version)}
            yield self._say("long", "policy_version", **names)
        yield self._say("long", "zone", zone=policy.timezone)

    def rule(self) -> Iterator[str]:
        """Yield which rule gave the answer, why, and which were passed over."""
        deadline, choice = self.deadline, self.choice
        target, matched = _quoted(deadline.target.name), _quoted(choice.matched.name)
        if choice.because:
            reasons = self._because(choice.because, choice.date, sourced=True)
            said = self.language.listed([*reasons])
            yield self._say("long", "matched", rule=matched, reasons=said)
        elif choice.passed_over:
            yield self._say("long", "matched_default", rule=matched)
        else:
            yield self._say("long", "only", rule=matched)
        for passed in choice.passed_over:
            rule = _quoted(passed.target.name)
            yield self._say("long", "passed_over", rule=rule, failed=self._failed(passed))
        if self._is_crossed():
            yield self._say("long", "crossed", crossing=_quoted(deadline.crossing), rule=target)
        if not self.steps:
            yield self._say("long", "no_steps", rule=target)
            return
        yield self._say(
            "long",
            deadline.target.counted_in,
            rule=target,
            within=self.language.amount(deadline.target.within),
            starts=self.language.moment(self._later_request() or deadline.starts_at),
        )
        yield self._say("long", "steps")

    def table(self) -> Iterator[str]:
        """Yield the rows of a Markdown table of the steps."""
        heads = [
            self._say("table", head) for head in ("from", "to", "counted", "not_counted", "why")
        ]
        yield f"| {' | '.join(heads)} |"
        yield "|---|---|---|---|---|"
        for step in self.steps:
            amount = self.language.amount(step.duration)
            cells = [self.language.moment(step.start), self.language.moment(step.end)]
            cells += [amount, ""] if step.counted else ["", amount]
            yield f"| {' | '.join(map(_escaped, [*cells, self._reasons(step)]))} |"

    def result(self) -> Iterator[str]:
        """Yield what the steps add up to, and what the readings of crossings give."""
        counted = [step.duration for step in self.steps if step.counted]
        if counted:
            parts = " + ".join(map(self.language.amount, counted))
            total = self.language.amount(sum(counted, dt.timedelta(0)))
            yield self._say("long", "sum", total=total, parts=parts)
        own = self.deadline.crossing
        yield self._say(
            "long", "crossing", crossing=_quoted(own), meaning=self._say("crossings", own)
        )
        for reading in self.deadline.readings:
            if reading.crossing != own:
                yield self._reading(reading.crossing, reading.due_at, reading.target)

    def _reading(self, crossing: str, due_at: dt.datetime | None, target: Target | None) -> str:
        names = {"crossing": _quoted(crossing), "meaning": self._say("crossings", crossing)}
        if due_at is None or target is None:
            return self._say("long", "unknown_crossing", **names)
        if due_at - EPOCH == self.deadline.due_at - EPOCH and target == self.deadline.target:
            return self._say("long", "same_crossing", **names)
        due, rule = self.language.moment(due_at), _quoted(target.name)
        return self._say("long", "other_crossing", **names, due=due, rule=rule)

    # --- the parts of sentences ---

    def step(self, step: Step) -> str:
        """Return a sentence for one step."""
        moment, reasons = self.language.moment, self._reasons(step)
        start, end = moment(step.start), moment(step.end)
        if not step.duration:
            return self._say("long", "change", start=start, reasons=reasons)
        if not step.counted:
            return self._say("long", "not_counted", start=start, end=end, reasons=reasons)
        lasts = self.language.amount(step.duration)
        return self._say("long", "counted", start=start, end=end, duration=lasts, reasons=reasons)

    def _reasons(self, step: Step) -> str:
        return self._said_once(self._reason(reason) for reason in step.reasons)

    def _reason(self, reason: Reason) -> str:
        blanks: dict[str, str] = {}
        if reason.day is not None:
            blanks = {"name": _plain(reason.day.name), "source": self._source(reason)}
        if reason.date is not None:
            blanks["weekday"] = self.language.word("weekdays", reason.date.weekday())
        if reason.change is not None:
            blanks["change"] = self.language.amount(abs(reason.change))
        return self._say("reasons", reason.kind, **blanks)

    def _source(self, reason: Reason) -> str:
        assert reason.day is not None, "only a special day has a source"
        source, calendar = reason.day.source, _plain(reason.calendar or "")
        if source is None:
            return self._say("reasons", "calendar", calendar=calendar)
        return self._say("reasons", "source", calendar=calendar, source=_plain(source))

    def _because(
        self, because: Iterable[Reason], date: dt.date, *, sourced: bool = False
    ) -> Iterator[str]:
        """Yield why a rule matched: what its date is, then its priority."""
        days = [reason for reason in because if reason.kind != "priority"]
        if days:
            what = self._said_once(self._what(reason, sourced=sourced) for reason in days)
            yield self._say(
                "because", "day", date=self.language.date(date, "plain_date"), what=what
            )
        for reason in because:
            if reason.priority is not None:
                yield self._say("because", "priority", priority=_quoted(reason.priority))

    def _what(self, reason: Reason, *, sourced: bool) -> str:
        if reason.date is not None:
            weekday = self.language.word("weekdays", reason.date.weekday())
            return self._say("because", reason.kind, weekday=weekday)
        assert reason.day is not None, "a date matches by its weekday or by a special day"
        name = _plain(reason.day.name) + (self._source(reason) if sourced else "")
        return self._say("because", reason.kind, name=name)

    def _failed(self, passed: PassedOver) -> str:
        when = passed.target.when
        assert when is not None, "a rule without a condition is never passed over"
        said = []
        if "days" in passed.failed:
            date = self.language.date(self.choice.date, "plain_date")
            days = ", ".join(map(self._day, when.days or ()))
            said.append(self._say("long", "failed_days", date=date, days=days))
        if "priority" in passed.failed:
            names = ", ".join(map(_quoted, when.priority or ()))
            said.append(self._say("long", "failed_priority", priorities=names))
        return self.language.listed(said)

    def _said_once(self, said: Iterable[str]) -> str:
        """Return things one after another, each once: two calendars may know one holiday."""
        return self.language.listed([*dict.fromkeys(said)])

    def _day(self, day: str) -> str:
        """Return what stands in a rule's days: a weekday, or the name of a calendar."""
        is_weekday = day in WEEKDAYS
        return self.language.word("weekdays", WEEKDAYS.index(day)) if is_weekday else _quoted(day)

    def _say(self, section: str, phrase: str, **values: object) -> str:
        return self.language.say(section, phrase, **values)

    def _department(self) -> str:
        name = self.deadline.department
        return self._label(self.deadline.policy.department(name).label, name)

    def _channel(self) -> str:
        department, name = self.deadline.department, self.deadline.channel
        return self._label(self.deadline.policy.channel(department, name).label, name)

    def _label(self, label: Texts | None, name: str) -> str:
        return _plain(text_in(label, self.language.code) or name)


def _quoted(name: str) -> str:
    return f"'{_plain(name)}'"
