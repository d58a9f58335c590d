"""A policy's rules read plainly, without the engine: which holds when, and when it makes something due."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from support_sla.proof.plain_hours import ONE_DAY, PlainHours
from support_sla.values.amounts.business_days import BusinessDays
from support_sla.values.dates import FIRST_YEAR, LAST_YEAR
from support_sla.values.instants import read_zone
from support_sla.values.units import MICROSECOND
from support_sla.values.week import WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from support_sla.policy.hours import Hours
    from support_sla.policy.metrics import Metric
    from support_sla.policy.policy import Policy
    from support_sla.policy.target import Target
    from support_sla.policy.when import When


class Counted(NamedTuple):
    """The dates of a promise in business days: on which it is received, and those counted after.

    `received` is None without a cut-off, for then the days after the submission's date are counted.
    """

    received: dt.date | None
    days: tuple[dt.date, ...]
    due: int


@dataclass(frozen=True, slots=True)
class PlainLine:
    """One line of a policy, asked with a priority and attributes."""

    hours: PlainHours
    rules: tuple[Target, ...]
    of_rule: tuple[PlainHours, ...]
    """The hours that each rule is counted on."""
    priority: str | None
    attributes: Mapping[str, str]
    policy: Policy

    @classmethod
    def of(  # noqa: PLR0913, PLR0917  what a claim begins with, in its order
        cls,
        policy: Policy,
        department: str,
        channel: str,
        priority: str | None,
        attributes: Mapping[str, str],
        metric: Metric = "first_response",
        kept: dict[Any, PlainHours] | None = None,
    ) -> PlainLine:
        """Return the plain line of a department's channel, asked so; hours that are `kept` are shared."""
        owner = policy.departments[department]
        line, zone = owner.channels[channel], read_zone(owner.timezone or policy.timezone)
        listed = getattr(line, metric)
        rules = policy.rules[listed] if isinstance(listed, str) else listed
        known = {} if kept is None else kept

        def read(hours: Hours) -> PlainHours:
            key = hours, str(zone)
            if key not in known:
                known[key] = PlainHours.of(policy, hours, zone)
            return known[key]

        own = read(line.hours)
        of_rule = [own if rule.hours is None else read(rule.hours) for rule in rules]
        return cls(own, rules, tuple(of_rule), priority, attributes, policy)

    def years_of(self, rule: Target) -> tuple[int, int]:
        """Return the years known to a rule: of its hours, and of the calendars named up to it."""
        named = [calendar for _, calendar in self.hours_of(rule).observes]
        for each in self.rules[: self.rules.index(rule) + 1]:
            when = each.when
            if when is None or not self._may_hold(when):
                continue
            named += [self.policy.calendars[day] for day in when.days or () if day not in WEEKDAYS]
            if when.open is not None:
                named += [calendar for _, calendar in self.hours.observes]
        known = [(FIRST_YEAR, LAST_YEAR), *(calendar.covered_years for calendar in named)]
        return max(first for first, _ in known), min(last for _, last in known)

    def hours_of(self, rule: Target) -> PlainHours:
        """Return the hours that a rule is counted on."""
        return self.of_rule[self.rules.index(rule)]

    # --- which rule holds ---

    def rule(self, at: int) -> Target | None:
        """Return the first rule that matches a submission; None if none does, or it is not known."""
        date = self.hours.date(at)
        for rule in self.rules:
            when = rule.when
            if when is None:
                return rule
            if not self._may_hold(when):
                continue
            if not self._is_known(when, date):
                return None
            if self._holds(when, date, at):
                return rule
        return None

    def _may_hold(self, when: When) -> bool:
        if when.priority is not None and self.priority not in when.priority:
            return False
        return all(self.attributes.get(n) in values for n, values in when.attributes.items())

    def _is_known(self, when: When, date: dt.date) -> bool:
        """Whether the calendars that a condition asks cover a date."""
        if when.open is not None and not self.hours.knows(date):
            return False
        named = [self.policy.calendars[day] for day in when.days or () if day not in WEEKDAYS]
        return all(c.covered_years[0] <= date.year <= c.covered_years[1] for c in named)

    def _holds(self, when: When, date: dt.date, at: int) -> bool:
        if when.open is not None and self.hours.is_open(at) is not when.open:
            return False
        instant = self.hours.instant
        if when.time is not None and not any(
            instant(date, start) <= at < instant(date, end) for start, end in when.time
        ):
            return False
        return when.days is None or any(
            WEEKDAYS[date.weekday()] == day if day in WEEKDAYS else self._closes(day, date)
            for day in when.days
        )

    def _closes(self, calendar: str, date: dt.date) -> bool:
        """Whether a calendar closes some of a date."""
        days = self.policy.calendars[calendar].on(date, eve=self.hours.eve_speaks(date))
        return any(day.open is None and day.works_as is None for day in days)

    def next_change(self, at: int) -> int:
        """Return the next instant at which another rule may hold: at the latest the next midnight."""
        hours, date = self.hours, self.hours.date(at)
        marks = {hours.instant(date + ONE_DAY)}
        whens = [rule.when for rule in self.rules if rule.when is not None]
        for when in whens:
            marks |= {hours.instant(date, edge) for span in when.time or () for edge in span}
        if any(when.open is not None for when in whens):
            marks |= {mark for piece in hours.open_on(date) for mark in piece}
        return min(mark for mark in marks if mark > at)

    # --- when a rule makes something due ---

    def due(self, at: int, rule: Target) -> int | None:
        """Return when a rule makes a submission due; None if that lies past the years known."""
        if isinstance(rule.within, BusinessDays):
            counted = self.counted_days(at, rule, rule.within.count)
            return None if counted is None else counted.due
        return self.add(at, rule, rule.within)

    def add(self, at: int, rule: Target, amount: dt.timedelta) -> int | None:
        """Return the first instant by which an amount of the rule's time has passed.

        None if it lies past the years known.
        """
        hours, left = self.hours_of(rule), amount // MICROSECOND
        first_year, last_year = self.years_of(rule)
        if not first_year <= hours.date(at).year <= last_year:
            return None
        known_to = hours.instant(dt.date(last_year + 1, 1, 1))
        if rule.counted_in == "calendar_time" or not left:
            return at + left if at + left <= known_to else None
        for first, last in hours.open_from(at):
            if first >= known_to:
                return None
            if last - first >= left:
                return first + left if first + left <= known_to else None
            left -= last - first
        return None

    def counted_days(self, at: int, rule: Target, count: int) -> Counted | None:
        """Return the dates that a promise in business days counts; None past the years known."""
        hours, date = self.hours_of(rule), self.hours.date(at)
        first_year, last_year = self.years_of(rule)
        if not first_year <= date.year <= last_year:
            return None
        last: dt.date | None = date
        received: dt.date | None = None
        if rule.cutoff is not None:
            if not self._is_received(hours, at, date, rule.cutoff):
                last = hours.next_business_day(date)
            received = last
        days: list[dt.date] = []
        while last is not None and len(days) < count:
            last = hours.next_business_day(last)
            days += [] if last is None else [last]
        due = None if last is None else self._due_on(hours, last, rule.by)
        if due is not None and due > hours.instant(dt.date(last_year + 1, 1, 1)):
            return None
        return None if due is None else Counted(received, tuple(days), max(at, due))

    @staticmethod
    def _is_received(hours: PlainHours, at: int, date: dt.date, cutoff: int) -> bool:
        """Whether a request is received on its date: up to the cut-off, and before closing."""
        if not hours.is_business_day(date) or at > hours.instant(date, cutoff):
            return False
        closing = hours.closing(date)
        return closing is not None and at < closing

    def _due_on(self, hours: PlainHours, date: dt.date, by: str | None) -> int | None:
        """Return the due instant of a business day; None past the years known.

        A day with nothing open before the time promised gives the next one's, and none is due
        before an earlier one: hours reach at most two dates on.
        """
        until = None if by in (None, "close") else int(by[:2]) * 3600 + int(by[3:5]) * 60
        if until is not None and by is not None and len(by) > 5:
            until += int(by[6:])
        due, day = None, date
        while due is None:
            due = hours.closing(day, until)
            following = day if due is not None else hours.next_business_day(day)
            if following is None:
                return None
            day = following
        before = [day - ONE_DAY * back for back in (1, 2)]
        earlier = [hours.closing(each, until) for each in before if hours.is_business_day(each)]
        latest = max([due, *(each for each in earlier if each is not None)])
        known_to = hours.instant(dt.date(hours.years[1] + 1, 1, 1))
        end = (
            hours.last_end(day)
            if until is None
            else min(hours.last_end(day), hours.instant(day, until))
        )
        return latest if max(latest, end) <= known_to else None
