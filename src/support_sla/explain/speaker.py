"""`Speaker`: says names, instants and reasons of a policy in one language, on a reader's clock."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from support_sla.explain.language import on_one_line, quoted
from support_sla.policy.opening import opening_hours_of
from support_sla.policy.target import CLOSE
from support_sla.values.amounts.business_days import BusinessDays
from support_sla.values.instants import read_instant, read_zone
from support_sla.values.texts import text_in
from support_sla.values.week import WEEKDAYS, format_clock_time

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Self

    from support_sla.calendars.special_day import SpecialDay
    from support_sla.explain.language import Language
    from support_sla.explain.skipped import Run
    from support_sla.explain.steps import Reason, Step
    from support_sla.policy.hours import Hours
    from support_sla.policy.metrics import Metric
    from support_sla.policy.policy import Policy
    from support_sla.policy.target import Target
    from support_sla.values.texts import Texts


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
class Speaker:
    """Says the parts of an explanation that are not about one deadline.

    `desk` is the zone of the desk, and `words` what is promised, as its metric's blanks.
    """

    policy: Policy
    desk: str
    language: Language
    view: View
    words: Mapping[str, str]

    def asked(self, priority: str | None, attributes: Mapping[str, str]) -> Iterator[str]:
        """Yield what a request says of itself."""
        if priority is not None:
            yield self.say("long", "priority", priority=self.priority(priority))
        for name, value in attributes.items():
            given = {"attribute": self.attribute(name), "value": self.value(name, value)}
            yield self.say("long", "attribute", **given)

    def policy_and_zone(self) -> Iterator[str]:
        """Yield which policy decides, and in which zone instants are said."""
        policy = self.policy
        if policy.version is None:
            yield self.say("long", "policy", policy=quoted(policy.name))
        else:
            names = {"policy": quoted(policy.name), "version": quoted(policy.version)}
            yield self.say("long", "policy_version", **names)
        if self.abroad is None:
            yield self.say("long", "zone", zone=self.zone())
        else:
            yield self.say("long", "zone_at_desk", zone=self.zone(), desk=self.desk)

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

    def closes(self, hours: Hours) -> bool:
        """Whether hours of the policy are ever closed."""
        policy = self.policy
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

    def skipped_run(self, run: Run) -> str:
        """Return days that are not counted and follow each other, with their names."""
        names = ", ".join(run.names)
        if run.first == run.last:
            return self.say("skipped", run.kind, date=self.language.date(run.first), names=names)
        first, last = self.language.date(run.first), self.language.date(run.last)
        dates = self.language.span(run.first, run.last)
        blanks = {"first": first, "last": last, "dates": dates, "names": names}
        return self.say("skipped", f"{run.kind}_run", **blanks)

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
        if reason.statuses:
            blanks["statuses"] = self.language.listed([*map(self.status_name, reason.statuses)])
        if kind == "special_opening" and reason.day is not None and reason.day.works_as:
            kind, blanks["weekday"] = "works_as", self._day(reason.day.works_as)
        return self.say("reasons", kind, **blanks)

    def _source(self, reason: Reason) -> str:
        assert reason.day is not None, "only a special day has a source"
        source, calendar = reason.day.source, on_one_line(reason.calendar or "")
        if source is None:
            return self.say("reasons", "calendar", calendar=calendar)
        return self.say("reasons", "source", calendar=calendar, source=on_one_line(source))

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

    def zone(self) -> str:
        """Return the zone in which instants are said."""
        return self.desk if self.abroad is None else str(self.abroad)

    def say(self, section: str, phrase: str, **values: object) -> str:
        """Return a phrase of the language with its blanks filled in."""
        return self.language.say(section, phrase, **self.words, **values)

    def priority(self, name: str) -> str:
        """Return what a priority is called in the language, else its name in quotes."""
        return self._named(self.policy.labels.priority.get(name), name)

    def attribute(self, name: str) -> str:
        """Return what an attribute is called in the language, else its name in quotes."""
        return self._named(self.policy.labels.attribute.get(name), name)

    def value(self, attribute: str, value: str) -> str:
        """Return what a value of an attribute is called in the language, else it in quotes."""
        of_attribute: Mapping[str, Texts] = self.policy.labels.value.get(attribute, {})
        return self._named(of_attribute.get(value), value)

    def rule_name(self, target: Target) -> str:
        """Return what a rule is called in the language, else its name in quotes."""
        return self._named(self.policy.labels.rule.get(target.name), target.name)

    def day_name(self, day: SpecialDay) -> str:
        """Return what a special day is called in the language, else its name."""
        label = day.label.get(self.language.code) if day.label else None
        return on_one_line(label or day.name)

    def department_name(self, name: str) -> str:
        """Return what a department is called in the language, else its name."""
        return self._label(self.policy.department(name).label, name)

    def channel_name(self, department: str, name: str) -> str:
        """Return what a channel is called in the language, else its name."""
        return self._label(self.policy.channel(department, name).label, name)

    def status_name(self, name: str) -> str:
        """Return what a status is called in the language, else its name in quotes."""
        return self._named(self.policy.labels.status.get(name), name)

    def _label(self, label: Texts | None, name: str) -> str:
        return on_one_line(text_in(label, self.language.code) or name)

    def _named(self, label: Texts | None, name: str) -> str:
        return quoted(name) if label is None else self._label(label, name)


def words_of(language: Language, metric: Metric) -> dict[str, str]:
    """Return what is promised under a metric, and what is then done, as blanks of phrases."""
    return {"what": language.say("promised", metric), "done": language.say("done", metric)}
