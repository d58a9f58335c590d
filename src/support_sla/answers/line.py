"""`Line`: one department's one channel as it is compiled, with its targets reduced to `Rule`s."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from support_sla.calendars.coverage import Coverage, NamedCalendars
from support_sla.errors import NotAModelError
from support_sla.policy.policy import Policy
from support_sla.values.instants import read_zone
from support_sla.values.units import MICROSECOND
from support_sla.values.week import WEEKDAYS

if TYPE_CHECKING:
    import datetime as dt

    from support_sla.policy.policy import Crossing, Target
    from support_sla.values.week import Week


@dataclass(frozen=True, slots=True)
class Rule:
    """A target reduced to what is counted: amounts in microseconds, weekdays as numbers."""

    weekdays: frozenset[int]
    calendars: frozenset[str]
    any_day: bool
    priorities: frozenset[str] | None
    earliest: int | None
    within: int
    in_business_time: bool

    @classmethod
    def of(cls, target: Target) -> Rule:
        """Return the rule of a target."""
        days = target.when.days if target.when else None
        priorities = target.when.priority if target.when else None
        return cls(
            weekdays=frozenset(WEEKDAYS.index(day) for day in days or () if day in WEEKDAYS),
            calendars=frozenset(day for day in days or () if day not in WEEKDAYS),
            any_day=days is None,
            priorities=None if priorities is None else frozenset(priorities),
            earliest=None if target.earliest is None else target.earliest // MICROSECOND,
            within=target.within // MICROSECOND,
            in_business_time=target.counted_in == "business_time",
        )

    def matches(self, weekday: int, closed_by: set[str]) -> bool:
        """Whether the rule holds on a date with this weekday, closed by these calendars."""
        return self.any_day or weekday in self.weekdays or not self.calendars.isdisjoint(closed_by)


@dataclass(frozen=True, slots=True)
class Line:
    """One department's one channel, ready to be compiled: what a ticket is measured against."""

    name: str
    week: Week
    observes: NamedCalendars
    asked: NamedCalendars
    """The calendars its rules name; together with those it observes they bound its years."""
    zone: dt.tzinfo
    rules: tuple[Rule, ...]
    crossing: Crossing

    @classmethod
    def of(cls, policy: Policy, department: str, channel: str) -> Line:
        """Return a line of a policy; raises for a department or channel it does not have."""
        if not isinstance(policy, Policy):
            raise NotAModelError.policy(policy)
        found = policy.channel(department, channel)
        rules = tuple(Rule.of(target) for target in found.first_response)
        asked = sorted({name for rule in rules for name in rule.calendars})
        return cls(
            name=f"{department}/{channel}",
            week=policy.schedules[found.hours.schedule].week,
            observes=tuple((name, policy.calendars[name]) for name in found.hours.observes),
            asked=tuple((name, policy.calendars[name]) for name in asked),
            zone=read_zone(policy.timezone),
            rules=rules,
            crossing=policy.crossing,
        )

    @property
    def coverage(self) -> Coverage:
        """The years every calendar of the line covers."""
        return Coverage.of(self.observes + self.asked)
