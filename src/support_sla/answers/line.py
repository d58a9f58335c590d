"""`Line`: what a ticket is measured against, ready to be compiled, with its targets as `Rule`s."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from support_sla.calendars.coverage import Coverage, NamedCalendars
from support_sla.clock.window import LineHours, line_hours
from support_sla.policy.policy import check_policy
from support_sla.values.instants import read_zone
from support_sla.values.week import WEEKDAYS, Range

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Set as AbstractSet

    from support_sla.answers.question import Question
    from support_sla.policy.policy import Crossing, Policy
    from support_sla.policy.target import Target


@dataclass(frozen=True, slots=True)
class Rule:
    """A target with what it asks of an instant, weekdays as numbers, and the hours it is counted on."""

    target: Target
    hours: LineHours
    weekdays: frozenset[int]
    calendars: frozenset[str]
    any_day: bool
    open: bool | None
    times: tuple[Range, ...] | None

    @classmethod
    def of(cls, target: Target, hours: LineHours) -> Rule:
        """Return the rule of a target that is counted on these hours."""
        when = target.when
        days = when.days if when else None
        return cls(
            target,
            hours,
            weekdays=frozenset(WEEKDAYS.index(day) for day in days or () if day in WEEKDAYS),
            calendars=frozenset(day for day in days or () if day not in WEEKDAYS),
            any_day=days is None,
            open=when.open if when else None,
            times=when.time if when else None,
        )

    def matches(
        self, weekday: int, closed_by: AbstractSet[str], second: int, *, is_open: bool
    ) -> bool:
        """Whether the rule holds at a second of a date of this weekday, closed by these calendars."""
        if self.open is not None and self.open is not is_open:
            return False
        if self.times is not None and not any(a <= second < b for a, b in self.times):
            return False
        return self.any_day or weekday in self.weekdays or not self.calendars.isdisjoint(closed_by)


@dataclass(frozen=True, slots=True)
class Line:
    """One channel of one department, asked by requests that hold the same rules."""

    name: str
    zone: dt.tzinfo
    hours: LineHours
    """The line's own hours; a rule may have others."""
    asked: NamedCalendars
    """The calendars that its rules name."""
    rules: tuple[Rule, ...]
    held: tuple[int, ...]
    """The places of the rules that can match, in order."""
    judged: tuple[Coverage, ...]
    """For each rule that is held, the years of every calendar named up to it."""
    crossing: Crossing

    @classmethod
    def of(cls, question: Question) -> Line:
        """Return the line of a question; raises for names that its policy does not have."""
        policy = check_policy(question.policy)
        zone = read_zone(policy.zone_of(question.department))
        own = line_hours(policy, question.line.hours, zone)
        rules = tuple(
            Rule.of(target, hours_of(policy, target, own, zone)) for target in question.targets
        )
        asked = sorted({name for rule in rules for name in rule.calendars})
        held = question.held
        return cls(
            name=f"{question.department}/{question.channel}",
            zone=zone,
            hours=own,
            asked=tuple((name, policy.calendars[name]) for name in asked),
            rules=rules,
            held=held,
            judged=_judged(policy, [rules[at] for at in held], own),
            crossing=policy.crossing,
        )

    @property
    def observes(self) -> NamedCalendars:
        """The calendars of the line's own hours."""
        return self.hours.hours.calendars

    @property
    def coverage(self) -> Coverage:
        """The years in which some rule that is held can answer; without one, the line's own."""
        known = [self.known(at) for at in self.held]
        known = [each for each in known if each.first <= each.last] or known
        return (
            Coverage.either(known)
            if known
            else self.hours.hours.coverage.both(Coverage.of(self.asked))
        )

    def known(self, rule: int) -> Coverage:
        """Return the years of a rule that is held: of its hours and of all calendars named up to it."""
        judged = self.judged[self.held.index(rule)]
        return self.rules[rule].hours.hours.coverage.both(judged)

    def judged_in(self, year: int) -> int:
        """Return how many of the rules that are held can be judged in a year."""
        return sum(known.first <= year <= known.last for known in self.judged)

    def refuse(self, year: int) -> None:
        """Raise the error that says which calendar a rule needs, in a year in which one cannot be judged."""
        unknown = (known for known in self.judged if not known.first <= year <= known.last)
        next(unknown).check(year)


def hours_of(policy: Policy, target: Target, own: LineHours, zone: dt.tzinfo) -> LineHours:
    """Return the hours that a target is counted on: its own, else the line's."""
    return own if target.hours is None else line_hours(policy, target.hours, zone)


def _judged(policy: Policy, rules: list[Rule], own: LineHours) -> tuple[Coverage, ...]:
    """Return, for each rule, the years of the calendars named up to it.

    A rule that asks whether the line is open names the calendars of the line's hours.
    """
    named: dict[str, None] = {}
    found: list[Coverage] = []
    for rule in rules:
        named |= dict.fromkeys(sorted(rule.calendars))
        if rule.open is not None:
            named |= dict.fromkeys(name for name, _ in own.hours.calendars)
        found.append(Coverage.of(tuple((name, policy.calendars[name]) for name in named)))
    return tuple(found)
