"""`Policy` > `Department` > `Channel` > `Target`: what a desk promises, as plain data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeAlias, TypeVar, get_args

from pydantic import (
    AfterValidator,
    Field,
    ModelWrapValidatorHandler,
    ValidationError,
    model_validator,
)

from support_sla.calendars.calendar import HolidayCalendar
from support_sla.errors import (
    NotAModelError,
    UnknownChannelError,
    UnknownDepartmentError,
    UnknownMetricError,
    shown,
)
from support_sla.policy import checks
from support_sla.policy.schedule import Schedule
from support_sla.policy.when import When, condition_name
from support_sla.values.durations import Duration, format_duration
from support_sla.values.model import FrozenMap, Model, fault
from support_sla.values.names import Key, Names, Zone, whole_text
from support_sla.values.one_line import Part, Room, fitted, page, parts_of, years

if TYPE_CHECKING:
    from collections.abc import Iterator

T = TypeVar("T")

Crossing: TypeAlias = Literal["submission", "overlap", "in_order"]
CountedIn: TypeAlias = Literal["business_time", "calendar_time"]
Metric: TypeAlias = Literal["first_response"]
"""Which promise of a line is meant: the key under which a channel lists its rules."""


def _read_texts(texts: FrozenMap[str, str]) -> FrozenMap[str, str]:
    for language, text in texts.items():
        if not whole_text(language).strip() or not whole_text(text).strip():
            message = (
                f"text {shown(text)} in language {shown(language)} is empty; write it or drop it"
            )
            raise fault("text_empty", message)
    return texts


def _some(parts: FrozenMap[str, T]) -> FrozenMap[str, T]:
    if not parts:
        raise fault("map_empty", "the table {} holds nothing; define something in it")
    return parts


Texts: TypeAlias = Annotated[FrozenMap[str, str], AfterValidator(_read_texts)]


class Target(Model):
    """One rule of a line: the promise it makes, and when it holds.

    `within` is the time to answer, `earliest` the time before which no answer is promised;
    business time counts from the next opening and only while the line is open, calendar time
    counts from the submission. `name` is what answers call the rule; without one its condition
    is its name.

    >>> Target(when={"days": ["Su", "tet"]}, within="12h", counted_in="calendar_time").name
    'Su or tet'
    """

    name: Key = Field(default="", validate_default=False)
    when: When | None = None
    earliest: Duration | None = None
    within: Duration = Field(description="the promise, e.g. within = '3h'")
    counted_in: CountedIn = Field(description="'business_time' or 'calendar_time'")

    @model_validator(mode="after")
    def _earliest_first(self) -> Target:
        if self.earliest is not None and self.earliest > self.within:
            message = (
                f"earliest {self.earliest} is after within {self.within}; swap or correct them"
            )
            raise fault("earliest_after_within", message, "earliest")
        return self

    @model_validator(mode="after")
    def _named(self) -> Target:
        if not self.name:
            self.__dict__["name"] = condition_name(self.when)  # before anyone holds it
        return self


class Hours(Model):
    """When a line is open: a schedule of the policy, and the calendars it observes, in order."""

    schedule: Key = Field(description="the name of one of the policy's schedules")
    observes: Names = ()


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
    """One line of a department: its hours and, if one is published, its promise.

    `first_response` is an ordered list; the first rule whose `when` matches decides. `label` and
    `advice` are texts by language.
    """

    hours: Hours = Field(description="e.g. hours = { schedule = 'office' }")
    first_response: tuple[Target, ...] = ()
    requires: Requires | None = None
    label: Texts | None = None
    advice: Texts | None = None

    def targets(self, metric: Metric) -> tuple[Target, ...]:
        """Return the rules of a metric, in order; empty if the line promises nothing.

        Raises `UnknownMetricError`, which lists those there are, for another metric.
        """
        if metric not in get_args(Metric):
            raise UnknownMetricError.of(metric, get_args(Metric))
        found: tuple[Target, ...] = getattr(self, metric)
        return found


class Department(Model):
    """A part of the desk that requests are sent to, with its channels by name."""

    channels: Annotated[FrozenMap[Key, Channel], AfterValidator(_some)]
    label: Texts | None = None
    advice: Texts | None = None


class Policy(Model):
    """Everything a desk promises: departments, channels, schedules, calendars and targets.

    Plain data: it computes nothing. `crossing` says which reading holds when a ticket's time
    crosses into a day with another rule: `submission` (the rule of the submission's date decides),
    `overlap` (the latest due among the rules of the dates it is counted on) or `in_order` (never
    due later than a ticket sent later).

    Raises `pydantic.ValidationError` with everything that is wrong at once: also what is wrong
    between parts (undefined names, rules that can never match, lines that can never open), even
    if other parts could not be read.
    """

    name: Key = Field(description="what the policy is called")
    version: Key | None = None
    timezone: Zone = Field(description="an IANA name such as 'Europe/Paris'")
    priorities: Names = ()
    crossing: Crossing = "submission"
    calendars: FrozenMap[Key, HolidayCalendar] = Field(default_factory=lambda: FrozenMap({}))
    schedules: FrozenMap[Key, Schedule] = Field(default_factory=lambda: FrozenMap({}))
    departments: Annotated[FrozenMap[Key, Department], AfterValidator(_some)]

    @model_validator(mode="wrap")
    @classmethod
    def _everything_at_once(cls, data: Any, handler: ModelWrapValidatorHandler[Any]) -> Any:  # noqa: ANN401
        try:
            policy, faults = handler(data), []
        except ValidationError as error:
            policy, faults = None, checks.details_of(error)
        parts = checks.parts_of(data if policy is None else policy)
        faults += checks.cross_faults(parts)
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
        nouns = {"priorities": "priority"}
        written = [key for key in type(self).model_fields if key in self.model_fields_set]
        parts = [
            Part(key, getattr(self, key), nouns.get(key, key.removesuffix("s")), key)
            for key in written
        ]
        return parts_of(type(self).__name__, parts)

    def _repr_markdown_(self) -> str:
        """Return its lines, what they are open and what they promise, as a notebook shows them."""
        lines = [*self.lines()]
        heads = ("line", "hours", "calendars", "first response")
        return page(str(self), heads, map(self._row, lines), len(lines), "lines() yields them")

    def _row(self, line: tuple[str, str, Channel]) -> tuple[str, ...]:
        department, name, channel = line
        hours, room = channel.hours, Room(40, 3)

        def promise(rule: Target) -> str:
            time = rule.counted_in.replace("_", " ")
            return f"{room.name(rule.name)}: {format_duration(rule.within)} of {time}"

        return (
            f"{room.name(department)}/{room.name(name)}",
            str(self.schedules[hours.schedule]),
            room.listed(hours.observes, room.name),
            room.listed(channel.first_response, promise),
        )


def check_policy(value: object) -> Policy:
    """Return a policy; raise `NotAModelError` for anything else."""
    if not isinstance(value, Policy):
        raise NotAModelError.policy(value)
    return value


def text_in(texts: Texts | None, language: str) -> str | None:
    """Return the text in a language, else in the first one there is; None if there is none."""
    if not texts:
        return None
    return texts.get(language) or next(iter(texts.values()))
