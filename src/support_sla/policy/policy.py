"""`Policy` > `Department` > `Channel` > `Target`: what a desk promises, as plain data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import (
    AfterValidator,
    Field,
    ModelWrapValidatorHandler,
    StrictBool,
    ValidationError,
    model_validator,
)

from support_sla.calendars.calendar import HolidayCalendar
from support_sla.errors import (
    NotAModelError,
    UnknownChannelError,
    UnknownDepartmentError,
    UnknownMetricError,
)
from support_sla.policy import checks
from support_sla.policy.hours import Hours
from support_sla.policy.labels import Accepted, Labels
from support_sla.policy.metrics import METRICS, Changes, Metric, Reopened
from support_sla.policy.rules import Rules, SomeRules
from support_sla.policy.schedule import Schedule
from support_sla.policy.target import Target
from support_sla.values.amounts.durations import Duration
from support_sla.values.model import FrozenMap, Model, in_full
from support_sla.values.names import Key, Names, SomeNames, Zone
from support_sla.values.one_line import Part, Room, counted, fitted, page, parts_of, years
from support_sla.values.texts import Texts, not_empty, text_in

Crossing: TypeAlias = Literal["submission", "overlap", "in_order"]


class Requires(Model):
    """What must have happened before a line may be used.

    A ticket was sent on `channel` of one of the `departments`, and left unanswered for this much
    calendar time. The departments are those whose tickets the line serves; empty means its own
    department's only.
    """

    channel: Key = Field(description="the channel to ask on first")
    departments: Names = ()
    unanswered_for: Duration = Field(description="the wait, e.g. unanswered_for = '5h'")


class Channel(Model):
    """One line of a department: its hours and what it promises, if anything.

    A line may promise four things, its metrics: a `first_response` to a ticket, a `next_response` to
    what the customer writes after that, an update, given anew `update_every` so long, and a
    `resolution`. Each is an ordered list; the first rule whose `when` matches decides. Lines that
    promise alike may give the name of a list under the policy's `rules` instead.

    `changes` says how a clock goes on when a ticket's priority, attributes or line change:
    `from_start`, as if the new promise had held from its start; `carry`, keeping what has been
    counted so far; or `restart`, at the change. `reopened` says what a reopened ticket does to the
    clocks of its resolution and updates: `resume` leaves out the time for which it was resolved,
    `new` starts another round, `final` leaves it at the first. An `internal` line is promised to
    colleagues: a ticket comes to it only by being assigned, and no customer is shown it.
    `label` and `advice` are texts by language.
    """

    hours: Hours = Field(description="e.g. hours = { schedule = 'office' }")
    first_response: Rules = ()
    next_response: Rules = ()
    update_every: Rules = ()
    resolution: Rules = ()
    changes: Changes = "from_start"
    reopened: Reopened = "resume"
    internal: StrictBool = False
    requires: Requires | None = None
    label: Texts | None = None
    advice: Texts | None = None


class Department(Model):
    """A part of the desk that requests are sent to, with its channels by name.

    Its dates, rules and answers are on the clock of its `timezone`, the policy's unless given.
    """

    channels: Annotated[FrozenMap[Key, Channel], AfterValidator(not_empty)]
    timezone: Zone | None = None
    label: Texts | None = None
    advice: Texts | None = None


class Policy(Model):
    """Everything a desk promises: departments, channels, schedules, calendars and targets.

    Plain data: it computes nothing. `crossing` says which reading holds when a ticket's time
    crosses into the reign of another rule: `submission` (the rule that holds at the submission decides),
    `overlap` (the latest due among the rules that hold while it is counted) or `in_order` (never
    due later than a ticket sent later). `attributes` are what rules may ask of a request beside its
    priority, each with its values; `statuses` are what a ticket can be in, its statuses and named
    holds, which rules may pause on; `rules` are lists of rules by name, for lines that promise alike.
    `labels` are what customers read instead of identifiers, and `accept` are the findings of `lint`
    that are meant.

    Raises `pydantic.ValidationError` with everything that is wrong at once: also what is wrong
    between parts (undefined names, rules that can never match, lines that can never open), even
    if other parts could not be read.
    """

    name: Key = Field(description="what the policy is called")
    version: Key | None = None
    timezone: Zone = Field(description="an IANA name such as 'Europe/Paris'")
    priorities: Names = ()
    attributes: FrozenMap[Key, SomeNames] = Field(default_factory=lambda: FrozenMap({}))
    statuses: Names = ()
    crossing: Crossing = "submission"
    calendars: FrozenMap[Key, HolidayCalendar] = Field(default_factory=lambda: FrozenMap({}))
    schedules: FrozenMap[Key, Schedule] = Field(default_factory=lambda: FrozenMap({}))
    rules: FrozenMap[Key, SomeRules] = Field(default_factory=lambda: FrozenMap({}))
    departments: Annotated[FrozenMap[Key, Department], AfterValidator(not_empty)]
    labels: Labels = Field(default_factory=Labels)
    accept: tuple[Accepted, ...] = ()

    @model_validator(mode="wrap")
    @classmethod
    def _everything_at_once(cls, data: Any, handler: ModelWrapValidatorHandler[Any]) -> Any:  # noqa: ANN401
        try:
            policy, faults = handler(data), []
        except ValidationError as error:
            policy, faults = None, in_full(cls, error)
        faults += checks.cross_faults(data if policy is None else policy)
        if faults:
            raise ValidationError.from_exception_data(cls.__name__, faults)
        return policy

    def department(self, name: str) -> Department:
        """Return a department; otherwise raise `UnknownDepartmentError`, which lists all."""
        try:
            return self.departments[name]
        except (KeyError, TypeError):
            raise UnknownDepartmentError.of(name, self.departments) from None

    def channel(self, department: str, channel: str) -> Channel:
        """Return a department's channel; otherwise raise `UnknownChannelError`, which lists all."""
        owner = self.department(department)
        try:
            return owner.channels[channel]
        except (KeyError, TypeError):
            advice = text_in(owner.advice, "en")
            raise UnknownChannelError.of(department, channel, owner.channels, advice) from None

    def zone_of(self, department: str) -> str:
        """Return the zone of a department's clock; raises as `department` does."""
        return self.department(department).timezone or self.timezone

    def targets(
        self, department: str, channel: str, metric: Metric = "first_response"
    ) -> tuple[Target, ...]:
        """Return the rules of a line for a metric, in order; empty if it promises nothing.

        Raises as `channel` does, and `UnknownMetricError`, which lists those there are, for another
        metric.
        """
        line = self.channel(department, channel)
        if metric not in METRICS:
            raise UnknownMetricError.of(metric, METRICS)
        found: tuple[Target, ...] | str = getattr(line, metric)
        return self.rules[found] if isinstance(found, str) else found

    def lines(self) -> Iterator[tuple[str, str, Channel]]:
        """Yield each line: its department, its channel's name, and the channel."""
        for name, department in self.departments.items():
            for key, channel in department.channels.items():
                yield name, key, channel

    def __str__(self) -> str:
        """Return its name and zone, departments with channels, and calendars, on one line."""
        return fitted(self._in)

    def _in(self, room: Room) -> str:
        def department(name: str) -> str:
            return f"{room.name(name)} ({room.listed(self.departments[name].channels, room.name)})"

        def calendar(name: str) -> str:
            return f"{room.name(name)} {years(*self.calendars[name].covered_years)}"

        version = "" if self.version is None else f" {room.quoted(self.version)}"
        said = f"{room.name(self.name)}{version} in {self.timezone}: "
        said += room.listed(self.departments, department)
        if not self.calendars:
            return said
        noun = "calendar" if len(self.calendars) == 1 else "calendars"
        return f"{said}; {noun} {room.listed(self.calendars, calendar)}"

    def __repr_args__(self) -> list[tuple[str, object]]:
        """Return what `repr` shows of the keys that were written: of collections how many."""
        nouns = {"priorities": "priority", "statuses": "status"}
        written = [key for key in type(self).model_fields if key in self.model_fields_set]
        parts = [
            Part(key, getattr(self, key), nouns.get(key, key.removesuffix("s")), key)
            for key in written
        ]
        return parts_of(type(self).__name__, parts)

    def _repr_markdown_(self) -> str:
        """Return its lines, what they are open and what they promise, as a notebook shows them."""
        lines = [*self.lines()]
        more = [m for m in METRICS[1:] if any(getattr(line, m) for _, _, line in lines)]
        metrics = [METRICS[0], *more]
        heads = ("line", "hours", "calendars", *(name.replace("_", " ") for name in metrics))
        rows = (self._row(line, metrics) for line in lines)
        return page(str(self), heads, rows, len(lines), "lines() yields them")

    def _row(self, line: tuple[str, str, Channel], metrics: Sequence[Metric]) -> tuple[str, ...]:
        department, name, channel = line
        hours, room = channel.hours, Room(40, 3)

        def promise(rule: Target) -> str:
            if rule.is_in_days:
                return f"{room.name(rule.name)}: {rule.within_text()} by {rule.by}"
            time = rule.counted_in.replace("_", " ")
            return f"{room.name(rule.name)}: {rule.within_text()} of {time}"

        return (
            f"{room.name(department)}/{room.name(name)}",
            str(self.schedules[hours.schedule])
            + (f" ({counted(len(hours.seasons), 'season')})" if hours.seasons else ""),
            room.listed(hours.observes, room.name),
            *(room.listed(self.targets(department, name, m), promise) for m in metrics),
        )


def check_policy(value: object) -> Policy:
    """Return a policy; raise `NotAModelError` for anything else."""
    if not isinstance(value, Policy):
        raise NotAModelError.policy(value)
    return value
