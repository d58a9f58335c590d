"""The parts of a deadline's explanations, said in one language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from support_sla.explain.language import on_one_line, quoted
from support_sla.policy.opening import opening_hours_of
from support_sla.policy.target import CLOSE
from support_sla.values.amounts.business_days import BusinessDays
from support_sla.values.instants import read_instant, read_zone, since_epoch
from support_sla.values.texts import text_in
from support_sla.values.week import WEEKDAYS, format_clock_time, format_day

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Self

    from support_sla.calendars.special_day import SpecialDay
    from support_sla.explain.account import Account
    from support_sla.explain.choice import Choice, PassedOver
    from support_sla.explain.days import DayRun
    from support_sla.explain.language import Language
    from support_sla.explain.steps import Reason, Step
    from support_sla.policy.hours import Hours
    from support_sla.policy.target import Target
    from support_sla.policy.when import When
    from support_sla.values.texts import Texts


_OF_DATES = ("weekday", "holiday", "closure")
"""The kinds of reasons for which a rule matches a date."""


@dataclass(frozen=True, slots=True)
class View:
    """Who reads an explanation: on which clock, and when; None where that is not known."""

    zone: dt.tzinfo | None = None
    now: dt.datetime | None = None

    @classmethod
    def of(cls, timezone: str | dt.tzinfo | None, now: dt.datetime | str | None) -> Self:
        """Return the view of who reads in a zone at an instant; raises for what is neither."""
        return cls(
            None if timezone is None else read_zone(timezone),
            None if now is None else read_instant("now", now),
        )


@dataclass(frozen=True, slots=True)
class Teller:
    """Says the parts of one deadline's explanation in one language."""

    deadline: Account
    language: Language
    steps: tuple[Step, ...]
    choice: Choice
    view: View

    @classmethod
    def of(cls, deadline: Account, language: Language, view: View) -> Self:
        """Return the teller of a deadline, whose steps and choice are worked out once."""
        return cls(deadline, language, deadline.steps, deadline.choice, view)

    def is_crossed(self) -> bool:
        """Whether another rule than the one that matched the submission gave the answer."""
        matched, target = self.choice.matched, self.deadline.target
        return matched is not target and matched != target

    def is_only_rule(self) -> bool:
        """Whether the line has one rule, so that all readings of crossings are the same."""
        deadline = self.deadline
        return len(deadline.policy.targets(deadline.department, deadline.channel)) == 1

    def later_request(self) -> dt.datetime | None:
        """Return when the later request was sent whose due this one shares; None if none was."""
        waits = [step for step in self.steps if step.reasons[0].kind == "later_request"]
        return waits[-1].end if waits else None

    def step(self, step: Step) -> str:
        """Return a sentence for one step."""
        moment, reasons = self.moment, self.reasons(step)
        start, end = moment(step.start), moment(step.end)
        if not step.duration:
            return self.say("long", "change", start=start, reasons=reasons)
        if not step.counted:
            return self.say("long", "not_counted", start=start, end=end, reasons=reasons)
        lasts = self.language.amount(step.duration)
        return self.say("long", "counted", start=start, end=end, duration=lasts, reasons=reasons)

    def own_hours_close(self, hours: Hours) -> bool:
        """Whether hours that a rule has of its own are ever closed."""
        policy = self.deadline.policy
        return not opening_hours_of(hours, policy.schedules, policy.calendars).is_always_open

    def in_days(self, target: Target) -> str:
        """Return the promise of a target in business days, and how its days are counted."""
        within = target.within
        count = within.count if isinstance(within, BusinessDays) else 0
        if target.by in (None, CLOSE):
            by = self.say("days", "by_close")
        else:
            by = self.say("days", "by_time", time=target.by)
        if target.cutoff is None:
            return self.say("days", "promise" if count == 1 else "promises", n=count, by=by)
        cutoff = format_clock_time(target.cutoff)
        said = (
            "promise_today" if not count else "promise_cutoff" if count == 1 else "promises_cutoff"
        )
        return self.say("days", said, n=count, by=by, cutoff=cutoff)

    def reasons(self, step: Step) -> str:
        """Return why a step is counted or not."""
        return self._said_once(self._reason(reason) for reason in step.reasons)

    def _reason(self, reason: Reason) -> str:
        kind: str = reason.kind
        blanks: dict[str, str] = {}
        if reason.day is not None:
            blanks = {"name": self.day_name(reason.day), "source": self._source(reason)}
        if reason.date is not None:
            blanks["weekday"] = self.language.word("weekdays", reason.date.weekday())
            blanks["date"] = self.language.date(reason.date)
        if reason.number is not None:
            blanks |= {"number": str(reason.number), "of": str(reason.of)}
        if reason.change is not None:
            blanks["change"] = self.language.amount(abs(reason.change))
        if reason.season is not None:
            kind, blanks["season"] = "season", reason.season
        if kind == "special_opening" and reason.day is not None and reason.day.works_as:
            kind, blanks["weekday"] = "works_as", self._day(reason.day.works_as)
        return self.say("reasons", kind, **blanks)

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

    def _source(self, reason: Reason) -> str:
        assert reason.day is not None, "only a special day has a source"
        source, calendar = reason.day.source, on_one_line(reason.calendar or "")
        if source is None:
            return self.say("reasons", "calendar", calendar=calendar)
        return self.say("reasons", "source", calendar=calendar, source=on_one_line(source))

    def because(
        self, because: Iterable[Reason], date: dt.date, *, sourced: bool = False
    ) -> Iterator[str]:
        """Yield why a rule matched: what its date is, then what the request and its instant are."""
        days = [reason for reason in because if reason.kind in _OF_DATES]
        if days:
            what = self._said_once(self._what(reason, sourced=sourced) for reason in days)
            yield self.say("because", "day", date=self.language.date(date, "plain_date"), what=what)
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

    def _said_once(self, said: Iterable[str]) -> str:
        """Return things one after another, each once: two calendars may know one holiday."""
        return self.language.listed([*dict.fromkeys(said)])

    def _day(self, day: str) -> str:
        """Return an entry of a rule's days in words: a weekday, or the name of a calendar."""
        is_weekday = day in WEEKDAYS
        return self.language.word("weekdays", WEEKDAYS.index(day)) if is_weekday else quoted(day)

    def moment(self, at: dt.datetime) -> str:
        """Return an instant in words, on the reader's clock if that is another than the desk's."""
        return self.language.moment(at if self.abroad is None else at.astimezone(self.abroad))

    @property
    def abroad(self) -> dt.tzinfo | None:
        """The reader's zone, if it was given and is not the desk's."""
        zone = self.view.zone
        return None if zone is None or str(zone) == self.desk else zone

    @property
    def desk(self) -> str:
        """The zone of the desk."""
        return self.deadline.timezone

    def zone(self) -> str:
        """Return the zone in which instants are said."""
        return self.desk if self.abroad is None else str(self.abroad)

    @property
    def is_past(self) -> bool:
        """Whether the due instant is known to have passed; at that instant it has not."""
        now = self.view.now
        return now is not None and since_epoch(now) > since_epoch(self.deadline.due_at)

    def say(self, section: str, phrase: str, **values: object) -> str:
        """Return a phrase of the language with its blanks filled in."""
        return self.language.say(section, phrase, **values)

    def department(self) -> str:
        """Return what the department is called in the language, else its name."""
        name = self.deadline.department
        return self._label(self.deadline.policy.department(name).label, name)

    def channel(self) -> str:
        """Return what the channel is called in the language, else its name."""
        department, name = self.deadline.department, self.deadline.channel
        return self._label(self.deadline.policy.channel(department, name).label, name)

    def priority(self, name: str) -> str:
        """Return what a priority is called in the language, else its name in quotes."""
        return self._named(self.deadline.policy.labels.priority.get(name), name)

    def attribute(self, name: str) -> str:
        """Return what an attribute is called in the language, else its name in quotes."""
        return self._named(self.deadline.policy.labels.attribute.get(name), name)

    def value(self, attribute: str, value: str) -> str:
        """Return what a value of an attribute is called in the language, else it in quotes."""
        of_attribute: Mapping[str, Texts] = self.deadline.policy.labels.value.get(attribute, {})
        return self._named(of_attribute.get(value), value)

    def rule_name(self, target: Target) -> str:
        """Return what a rule is called in the language, else its name in quotes."""
        return self._named(self.deadline.policy.labels.rule.get(target.name), target.name)

    def day_name(self, day: SpecialDay) -> str:
        """Return what a special day is called in the language, else its name."""
        label = day.label.get(self.language.code) if day.label else None
        return on_one_line(label or day.name)

    def _label(self, label: Texts | None, name: str) -> str:
        return on_one_line(text_in(label, self.language.code) or name)

    def _named(self, label: Texts | None, name: str) -> str:
        return quoted(name) if label is None else self._label(label, name)
