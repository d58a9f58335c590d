"""The parts of a deadline's explanations, said in one language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from support_sla.explain.language import on_one_line, quoted
from support_sla.policy.policy import text_in
from support_sla.values.instants import read_instant, read_zone, since_epoch
from support_sla.values.week import WEEKDAYS

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator
    from typing import Self

    from support_sla.explain.account import Account
    from support_sla.explain.choice import Choice, PassedOver
    from support_sla.explain.language import Language
    from support_sla.explain.steps import Reason, Step
    from support_sla.policy.policy import Texts


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
        line = deadline.policy.channel(deadline.department, deadline.channel)
        return len(line.targets("first_response")) == 1

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

    def reasons(self, step: Step) -> str:
        """Return why a step is counted or not."""
        return self._said_once(self._reason(reason) for reason in step.reasons)

    def _reason(self, reason: Reason) -> str:
        kind: str = reason.kind
        blanks: dict[str, str] = {}
        if reason.day is not None:
            blanks = {"name": on_one_line(reason.day.name), "source": self._source(reason)}
        if reason.date is not None:
            blanks["weekday"] = self.language.word("weekdays", reason.date.weekday())
        if reason.change is not None:
            blanks["change"] = self.language.amount(abs(reason.change))
        if kind == "special_opening" and reason.day is not None and reason.day.works_as:
            kind, blanks["weekday"] = "works_as", self._day(reason.day.works_as)
        return self.say("reasons", kind, **blanks)

    def _source(self, reason: Reason) -> str:
        assert reason.day is not None, "only a special day has a source"
        source, calendar = reason.day.source, on_one_line(reason.calendar or "")
        if source is None:
            return self.say("reasons", "calendar", calendar=calendar)
        return self.say("reasons", "source", calendar=calendar, source=on_one_line(source))

    def because(
        self, because: Iterable[Reason], date: dt.date, *, sourced: bool = False
    ) -> Iterator[str]:
        """Yield why a rule matched: what its date is, then its priority."""
        days = [reason for reason in because if reason.kind != "priority"]
        if days:
            what = self._said_once(self._what(reason, sourced=sourced) for reason in days)
            yield self.say("because", "day", date=self.language.date(date, "plain_date"), what=what)
        for reason in because:
            if reason.priority is not None:
                yield self.say("because", "priority", priority=quoted(reason.priority))

    def _what(self, reason: Reason, *, sourced: bool) -> str:
        if reason.date is not None:
            weekday = self.language.word("weekdays", reason.date.weekday())
            return self.say("because", reason.kind, weekday=weekday)
        assert reason.day is not None, "a date matches by its weekday or by a special day"
        name = on_one_line(reason.day.name) + (self._source(reason) if sourced else "")
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
            names = ", ".join(map(quoted, when.priority or ()))
            said.append(self.say("long", "failed_priority", priorities=names))
        return self.language.listed(said)

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
        return self.deadline.policy.timezone

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

    def _label(self, label: Texts | None, name: str) -> str:
        return on_one_line(text_in(label, self.language.code) or name)
