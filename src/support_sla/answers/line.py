"""`Line`: what a ticket is measured against, ready to be compiled, with its targets as `Rule`s."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from support_sla.answers.counting.counting import Counting, counting_of
from support_sla.calendars.coverage import Coverage, NamedCalendars
from support_sla.clock.compiled_years import MAX_YEARS
from support_sla.clock.window import Window, compile_window, windows_of
from support_sla.errors import UnknownPriorityError
from support_sla.policy.policy import check_policy
from support_sla.values.instants import read_zone
from support_sla.values.units import MICROSECOND
from support_sla.values.week import WEEKDAYS

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from support_sla.answers.question import Question
    from support_sla.clock.compiled_years import CompiledYears
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
    counting: Counting

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
            counting=counting_of(target),
        )

    def matches(self, weekday: int, closed_by: set[str]) -> bool:
        """Whether the rule holds on a date with this weekday, closed by these calendars."""
        return self.any_day or weekday in self.weekdays or not self.calendars.isdisjoint(closed_by)

    def in_unit(self, scaled: Callable[[int], int]) -> Rule:
        """Return the rule with its amounts in another unit; `scaled` converts each of them."""
        earliest = None if self.earliest is None else scaled(self.earliest)
        return replace(self, within=scaled(self.within), earliest=earliest)


@dataclass(frozen=True, slots=True)
class Line:
    """One channel of one department, asked with one priority, ready to be compiled."""

    name: str
    week: Week
    observes: NamedCalendars
    asked: NamedCalendars
    """The calendars its rules name; together with those it observes they bound its years."""
    zone: dt.tzinfo
    rules: tuple[Rule, ...]
    held: tuple[int, ...]
    """The places of the rules that can match with the priority."""
    crossing: Crossing
    windows: CompiledYears[Window]

    @classmethod
    def of(cls, question: Question) -> Line:
        """Return the line of a question; raises for names that its policy does not have."""
        policy, priority = check_policy(question.policy), question.priority
        hours = question.line.hours
        if priority is not None and priority not in policy.priorities:
            raise UnknownPriorityError.of(priority, policy.priorities)
        rules = tuple(map(Rule.of, question.targets))
        asked = sorted({name for rule in rules for name in rule.calendars})
        return cls(
            name=f"{question.department}/{question.channel}",
            week=policy.schedules[hours.schedule].week,
            observes=tuple((name, policy.calendars[name]) for name in hours.observes),
            asked=tuple((name, policy.calendars[name]) for name in asked),
            zone=read_zone(policy.timezone),
            rules=rules,
            held=tuple(
                at
                for at, rule in enumerate(rules)
                if rule.priorities is None or priority in rule.priorities
            ),
            crossing=policy.crossing,
            windows=windows_of(policy, hours),
        )

    @property
    def coverage(self) -> Coverage:
        """The years every calendar of the line covers."""
        return Coverage.of(self.observes + self.asked)

    def window(self, first_year: int, last_year: int) -> Window:
        """Return the line's hours in exactly these years, which its calendars must cover."""
        if last_year - first_year >= MAX_YEARS:  # too many to be kept
            return compile_window(self.week, self.observes, self.zone, first_year, last_year)
        return self.windows.covering(first_year, last_year).within(first_year, last_year)
