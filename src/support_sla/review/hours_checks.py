"""What lint reads off the calendars and the hours: dates and closed spans of the years."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from support_sla.calendars.opening_hours import giving_hours
from support_sla.review.finding import LintFinding, amount, moment, times
from support_sla.values.dates import day_number
from support_sla.values.one_line import counted
from support_sla.values.units import DAY_MICROS
from support_sla.values.week import format_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from support_sla.calendars.calendar import HolidayCalendar
    from support_sla.calendars.opening_hours import Said
    from support_sla.calendars.special_day import SpecialDay
    from support_sla.policy.policy import Policy
    from support_sla.review.survey import Surveyed
    from support_sla.values.spans import Span
    from support_sla.values.week import Day, Week


def calendars(
    policy: Policy, lines: Iterable[Surveyed], as_of: dt.date | None
) -> Iterator[LintFinding]:
    """Yield each calendar that no line uses, or that ends within twelve months of a date."""
    users: dict[str, dict[str, None]] = {name: {} for name in policy.calendars}
    for seen in lines:
        for name in seen.calendars:
            users[name][seen.line.name] = None
    for name, calendar in policy.calendars.items():
        last = dt.date(calendar.covered_years[1], 12, 31)
        if not users[name]:
            yield LintFinding(
                "calendar_unused",
                f"calendar {name!r} is neither observed by a line nor named by a rule; "
                "write it under 'observes' or 'days', or drop it",
                f"calendars.{name}",
            )
        # A last day of a year is less than twelve months from every date of that year, and twelve
        # months or more from every date before it.
        elif as_of is not None and last.year <= as_of.year:
            yield LintFinding(
                "calendar_runs_out",
                f"calendar {name!r} covers no date after {last}, so from {as_of} on less than 12 "
                f"months are left for {', '.join(users[name])}; extend its years",
                f"calendars.{name}",
            )


# --- Lines ---


def no_target(seen: Surveyed) -> Iterator[LintFinding]:
    """Yield a finding if a line promises nothing."""
    if not seen.targets:
        yield LintFinding(
            "line_without_target",
            f"line {seen.line.name!r} has hours but promises nothing, so asking for a deadline "
            "there raises NoTargetError; add a rule, or ask it for its hours alone",
            seen.path,
        )


def long_closures(seen: Surveyed, days: int) -> Iterator[LintFinding]:
    """Yield the longest time for which a line is closed, if that is more than `days` days."""
    long = [(begin, end) for begin, end in seen.closures() if end - begin > days * DAY_MICROS]
    if long:
        begin, end = longest = max(long, key=lambda span: span[1] - span[0])
        yield LintFinding(
            "closed_long",
            f"line {seen.line.name!r} is closed for more than {counted(days, 'day')} on end "
            f"{times(len(long))}, {_how_long(seen, longest, long)}; "
            "open it in between, or tell the customers",
            f"{seen.path}.hours",
            seen.case(begin, end - 1),
        )


def _how_long(seen: Surveyed, longest: Span, long: list[Span]) -> str:
    """Return how long the longest closure is; one that the years cut is at least so long."""
    length = amount(longest[1] - longest[0])
    begin, end = map(seen.moment, longest)
    begin_cut, end_cut = seen.cuts(longest)
    if begin_cut or end_cut:
        begin = f"the start of {seen.years[0]} or before" if begin_cut else begin
        end = f"until the end of {seen.years[-1]} or longer" if end_cut else f"to {end}"
        return f"for at least {length}, from {begin} {end}"
    others = (
        " of those that lie whole in these years"
        if any(any(seen.cuts(each)) for each in long)
        else ""
    )
    return f"at most for {length} from {begin} to {end}{others}"


def disagreeing_calendars(seen: Surveyed) -> Iterator[LintFinding]:
    """Yield the first date to which the calendars of a line give different hours, and which hold.

    And of each rule that has hours of its own. The line's are told with its first promise.
    """
    own = [(at, rule.hours) for at, rule in enumerate(seen.line.rules) if rule.target.hours]
    told = [(f"line {seen.line.name!r}", f"{seen.path}.hours", seen.line.hours)]
    told = told if seen.leads else []
    told += [
        (f"rule {seen.targets[at].name!r}", f"{seen.path_of_rule(at)}.hours", hours)
        for at, hours in own
    ]
    for whose, path, kept in told:
        hours = kept.hours
        dates = [
            (number, clash)
            for number, days in sorted(hours.special_days(seen.years).items())
            if (clash := _clash(days, hours.week_of(number)))
        ]
        if dates:
            number, clash = dates[0]
            yield LintFinding(
                "calendars_disagree",
                f"the calendars of {whose} disagree on {counted(len(dates), 'date')}, first on "
                f"{clash}; let one of them say it",
                f"{path}.observes",
                seen.case_of_date(number),
            )


def _clash(days: list[Said], week: Week) -> str | None:
    """Return what the special days of a date disagree on, and which holds; None if they agree.

    Hours written for the date hold against a whole-day holiday; hours from a rule give way to one
    and to what was written, so only two rules can disagree there.
    """
    holds = giving_hours(days)
    if holds is None:
        return None
    for said in days:
        if holds.gives_way and said.is_whole_day_off:
            return None
    for said in days:
        both = said.day.by_rule == holds.day.by_rule or said.is_whole_day_off
        if both and _hours(said, week) not in (None, _hours(holds, week)):
            return f"{moment(said.day.date)}: {_told(holds, week)} and holds, {_told(said, week)}"
    return None


def _hours(said: Said, week: Week) -> Day | None:
    """Return the hours that a special day gives its date; None if it cuts the week's in part."""
    return () if said.is_whole_day_off else said.hours(week)


def _told(said: Said, week: Week) -> str:
    hours = format_day(_hours(said, week) or ())
    return f"{said.day.name!r} in calendar {said.calendar!r} says {hours}"


# --- Departments ---


def closed_on_make_up_days(department: str, lines: list[Surveyed]) -> Iterator[LintFinding]:
    """Yield the first date that the state works for a bridge day while a department is closed."""
    named = {name: calendar for seen in lines for name, calendar in seen.calendars.items()}
    worked: dict[int, tuple[str, SpecialDay]] = {}
    for name, calendar in named.items():
        for day in _make_up_days(calendar, lines[0].years):
            worked.setdefault(day_number(day.date), (name, day))
    closed = [date for date in sorted(worked) if all(seen.is_closed_on(date) for seen in lines)]
    if closed:
        name, day = worked[closed[0]]
        yield LintFinding(
            "closed_on_make_up_day",
            f"department {department!r} has no open time on {counted(len(closed), 'date')} that the "
            f"state works for a bridge day, first on {moment(day.date)}, {day.name!r} in calendar "
            f"{name!r} ({day.source}); open them, e.g. with swaps = true in a calendar that its "
            "lines observe, or write them as closed among the calendar's own days",
            f"departments.{department}",
            max((seen.case_of_date(closed[0]) for seen in lines), key=len),
        )


def _make_up_days(
    calendar: HolidayCalendar, years: range, decided: frozenset[dt.date] = frozenset()
) -> Iterator[SpecialDay]:
    """Yield the make-up days of a calendar's country: dates worked in exchange for days off.

    The calendar's `swaps` does not matter. A date that the calendar itself gives, removes or moves
    is left out, for the calendar decides it.
    """
    decided |= {day.date for day in calendar.days} | {*calendar.removed}
    decided |= {move.date for move in calendar.moved}
    days = (day for year in years for day in calendar.make_up_days(year))
    yield from (day for day in days if day.date not in decided)
    for part in calendar.union:
        yield from _make_up_days(part, years, decided)
