"""The facts of a policy that oracles start from: weekly ranges, dates closed, rules, and no answer.

An oracle that overlooked what it cannot count would agree by chance, so that is refused here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from support_sla import Hours, Policy, Target

Week: TypeAlias = tuple[tuple[tuple[int, int], ...], ...]
"""The ranges of Monday to Sunday, in seconds since each date's midnight."""

WEEKDAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
METRICS = ("first_response", "next_response", "update_every", "resolution")
DAY = 86_400
MICROSECOND = timedelta(microseconds=1)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class NotCountedError(NotImplementedError):
    """The policy says something that these oracles cannot count yet."""


@dataclass(frozen=True)
class PlainRule:
    """One rule: when it holds, and what it promises in microseconds.

    `weekdays` (0 is Monday) and `dates` are None for a rule that holds on every day.
    """

    name: str
    weekdays: frozenset[int] | None
    dates: frozenset[int] | None
    priorities: frozenset[str] | None
    earliest: int | None
    within: int
    business: bool


@dataclass(frozen=True)
class Promise:
    """What requests of one priority are promised; of the rules the first that holds decides."""

    metric: str
    priority: str | None
    rules: tuple[PlainRule, ...]


@dataclass(frozen=True)
class Desk:
    """One line: its zone, its weekly hours, and the dates it is closed, as days since 1970."""

    policy: Policy
    department: str
    channel: str
    zone: str
    week: Week
    closed: frozenset[int]
    promises: tuple[Promise, ...]

    def __str__(self) -> str:
        return f"{self.policy.name} in {self.zone}, {self.department}/{self.channel}"


def day_number(day: date) -> int:
    return day.toordinal() - date(1970, 1, 1).toordinal()


def desks(policy: Policy, first_year: int, last_year: int) -> Iterator[Desk]:
    """Yield every line of a policy, with the dates closed in these years and beside them.

    Raises `NotCountedError` for hours and rules of a kind that is not known here.
    """
    _refuse(policy.crossing != "submission", f"crossing = {policy.crossing!r}")
    closed = {}
    for name, calendar in policy.calendars.items():
        first, last = calendar.covered_years
        years = range(max(first_year - 1, first), min(last_year + 1, last) + 1)
        days = [day for year in years for day in calendar.special_days(year)]
        partly = [day.date for day in days if day.closed not in {None, ((0, DAY),)}]
        own = [day.date for day in days if day.open is not None or day.works_as is not None]
        _refuse(bool(partly or own), f"calendar {name!r}, not closed wholly on {partly + own}")
        closed[name] = frozenset(day_number(day.date) for day in days)
    for department, owner in policy.departments.items():
        for channel, line in owner.channels.items():
            yield Desk(
                policy,
                department,
                channel,
                owner.timezone or policy.timezone,
                policy.schedules[line.hours.schedule].week,
                frozenset().union(*(closed[name] for name in _observed(line.hours))),
                tuple(_promises(policy, department, channel, closed)),
            )


def _promises(
    policy: Policy, department: str, channel: str, closed: Mapping[str, frozenset[int]]
) -> Iterator[Promise]:
    for metric in METRICS:
        rules = tuple(
            _rule(rule, closed) for rule in policy.targets(department, channel, metric=metric)
        )
        names = {rule.name for rule in rules}
        _refuse(len(names) < len(rules), f"{department}/{channel}: rules of one name")
        if rules:
            for priority in (None, *policy.priorities):
                yield Promise(metric, priority, rules)


def _observed(hours: Hours) -> tuple[str, ...]:
    _refuse(bool(hours.seasons), "seasons")
    _refuse(bool(hours.on_holidays), "hours on holidays")
    return hours.observes


def _rule(rule: Target, closed: Mapping[str, frozenset[int]]) -> PlainRule:
    when = rule.when
    _refuse(rule.hours is not None, f"rule {rule.name!r}: hours of its own")
    _refuse(not isinstance(rule.within, timedelta), f"rule {rule.name!r}: business days")
    weekdays = dates = priorities = None
    if when is not None:
        _refuse(bool(when.attributes), f"rule {rule.name!r}: attributes")
        _refuse(when.open is not None, f"rule {rule.name!r}: open")
        _refuse(when.time is not None, f"rule {rule.name!r}: time")
        if when.days is not None:
            weekdays = frozenset(WEEKDAYS.index(day) for day in when.days if day in WEEKDAYS)
            calendars = [closed[name] for name in when.days if name not in WEEKDAYS]
            dates = frozenset().union(*calendars)
        if when.priority is not None:
            priorities = frozenset(when.priority)
    return PlainRule(
        rule.name,
        weekdays,
        dates,
        priorities,
        None if rule.earliest is None else rule.earliest // MICROSECOND,
        rule.within // MICROSECOND,
        rule.counted_in == "business_time",
    )


def _refuse(found: bool, what: str) -> None:  # noqa: FBT001  it is the one thing asked
    if found:
        raise NotCountedError(f"the oracles of these proofs cannot count {what}; teach them first")
