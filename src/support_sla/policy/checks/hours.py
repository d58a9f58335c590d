"""Hours can open, and what a rule in business days asks of a date can be asked of some date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from support_sla.calendars.coverage import Coverage
from support_sla.errors import cut, shown
from support_sla.policy.opening import opening_hours_of
from support_sla.policy.target import CLOSE
from support_sla.values.model import detail
from support_sla.values.units import DAY
from support_sla.values.week import WEEKDAYS, format_clock_time, format_week
from support_sla.values.week.clock_times import read_clock_time

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pydantic_core import InitErrorDetails

    from support_sla.calendars.opening_hours import OpeningHours
    from support_sla.policy.checks.draft import (
        DraftHours,
        DraftLine,
        DraftParts,
        DraftRule,
        DraftRules,
        Place,
    )
    from support_sla.policy.target import Target
    from support_sla.values.week import Day


def opening_hours(parts: DraftParts, hours: DraftHours) -> OpeningHours | None:
    """Return hours with their weeks and calendars; None if some part of them could not be read."""
    whole = hours.whole
    if whole is None:
        return None
    schedules = {n: week for n in whole.schedules if (week := parts.schedules.get(n))}
    calendars = {n: known for n in whole.observes if (known := parts.calendars.get(n))}
    if not {*whole.schedules} <= schedules.keys() or not {*whole.observes} <= calendars.keys():
        return None
    return opening_hours_of(whole, schedules, calendars)


def hours_faults(parts: DraftParts, line: DraftLine) -> Iterator[InitErrorDetails]:
    """Yield a fault for hours that never open, share no year, or leave a rule no instant."""
    own = opening_hours(parts, line.hours)
    named = cut(f"{line.place[1]}/{line.place[3]}")
    place = (*line.place, "hours")
    line_opens = own is not None and own.can_ever_open()
    if own is not None:
        asked = [_asked_by_all(listed) for listed in line.lists] or [[]]
        disjoint = [each for rules in asked for each in _disjoint(parts, own, rules, place)][:1]
        yield from disjoint or ([] if line_opens else [_never_opens(own, f"line {named}", place)])
    for listed, at, rule in _rules_of(line):
        where = (*listed.place, at)
        hours, opens = own, line_opens
        if rule.hours is not None:
            hours, at_hours = opening_hours(parts, rule.hours), (*where, "hours")
            if hours is None:
                continue
            opens, whose = hours.can_ever_open(), f"rule {shown(rule.called)}"
            disjoint = [*_disjoint(parts, hours, [rule], at_hours)]
            yield from disjoint or ([] if opens else [_never_opens(hours, whose, at_hours)])
        if hours is not None and opens and rule.whole is not None and rule.whole.is_in_days:
            yield from _days_faults(hours, rule.whole, where)


def _rules_of(line: DraftLine) -> Iterator[tuple[DraftRules, int, DraftRule]]:
    """Yield each rule of a line with its list and its place there."""
    for listed in line.lists:
        for at, rule in enumerate(listed.rules):
            yield listed, at, rule


def _asked_by_all(listed: DraftRules) -> list[DraftRule]:
    """Return the rules whose days are asked before any answer on the line's hours, or are one.

    They come up to the last rule on these hours. One with hours of its own that asks for a
    priority or attributes is not among them: some request leaves it out.
    """
    on_line = [at for at, rule in enumerate(listed.rules) if rule.hours is None]
    before = listed.rules[: on_line[-1] + 1] if on_line else ()
    return [
        rule
        for rule in before
        if rule.hours is None
        or rule.when is None
        or not (rule.when.priority or rule.when.attributes)
    ]


def _disjoint(
    parts: DraftParts, hours: OpeningHours, rules: Sequence[DraftRule], place: Place
) -> Iterator[InitErrorDetails]:
    """Yield a fault if the calendars of hours, and those that rules name, share no year."""
    asked = {day for rule in rules if rule.when for day in rule.when.days or ()} - {*WEEKDAYS}
    more = [
        (name, parts.calendars.get(name)) for name in sorted(asked - dict(hours.calendars).keys())
    ]
    known = (*hours.calendars, *((n, c) for n, c in more if c is not None))
    if len(known) < len(hours.calendars) + len(more):
        return
    coverage = Coverage.of(known)
    if coverage.first > coverage.last:
        spans = (f"{shown(name)} {c.covered_years[0]}-{c.covered_years[1]}" for name, c in known)
        years = cut(", ".join(spans), 300)
        message = f"calendars {years} share no year; extend one of them"
        yield detail("years_disjoint", message, place, years)


def _never_opens(hours: OpeningHours, whose: str, place: Place) -> InitErrorDetails:
    written = format_week(hours.week)
    message = f"{whose} with hours {shown(written)} never opens; "
    message += "give its schedule hours that its calendars leave open"
    return detail("line_never_opens", message, place, written)


def _days_faults(hours: OpeningHours, rule: Target, place: Place) -> Iterator[InitErrorDetails]:
    """Yield a fault for a clock time that lies outside the hours of every date."""
    weeks = [*hours.weeks, *(week for _, week in hours.on_holidays)]
    days = [day for week in weeks for day in week if day] or [*_special_hours(hours)]
    runs_over = any(end > DAY for day in days for _, end in day)
    opens = 0 if runs_over else min(day[0][0] for day in days)
    closes = min(max(day[-1][1] for day in days), DAY)
    first, last = format_clock_time(opens), format_clock_time(closes)
    by = DAY if rule.by is None or rule.by == CLOSE else read_clock_time(rule.by)
    if rule.by != CLOSE and not opens < by <= closes and not _is_inside(hours, by):
        message = (
            f"by = '{rule.by}' lies outside the hours of every day, which lie between {first} "
        )
        message += f"and {last}; write by = 'close', or a time after the one and up to the other"
        yield detail("by_outside_hours", message, (*place, "by"), rule.by)
    if rule.cutoff is not None and rule.cutoff > closes and not _is_inside(hours, rule.cutoff):
        cutoff = format_clock_time(rule.cutoff)
        message = (
            f"cutoff = '{cutoff}' comes after the closing of every day, the last one at {last}"
        )
        message += "; write one up to it, or drop it"
        yield detail("cutoff_after_closing", message, (*place, "cutoff"), cutoff)


def _is_inside(hours: OpeningHours, second: int) -> bool:
    """Whether a time of a date lies in the hours that some special date has of its own."""
    return any(day[0][0] < second <= day[-1][1] for day in _special_hours(hours))


def _special_hours(hours: OpeningHours) -> Iterator[Day]:
    """Yield the hours that special dates have of their own."""
    return (
        day.open
        for _, calendar in hours.calendars
        for year in range(calendar.covered_years[0], calendar.covered_years[1] + 1)
        for day in calendar.special_days(year)
        if day.open
    )
