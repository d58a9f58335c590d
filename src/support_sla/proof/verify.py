"""Whether the steps of a deadline prove it: read plainly and added up again, without the engine."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from support_sla.proof.plain_hours import ONE_DAY, day_as_data
from support_sla.proof.plain_line import PlainLine
from support_sla.values.amounts.business_days import BusinessDays
from support_sla.values.amounts.durations import format_duration
from support_sla.values.dates import FIRST_YEAR, LAST_YEAR
from support_sla.values.instants import to_micros
from support_sla.values.units import MICROSECOND
from support_sla.values.week import WEEKDAYS, WHOLE_DAY

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from support_sla.policy.metrics import Metric
    from support_sla.policy.policy import Policy
    from support_sla.policy.target import Target
    from support_sla.proof.plain_hours import Cut, PlainHours
    from support_sla.proof.plain_line import Counted

_KEYS = {"start", "end", "counted", "duration", "reasons"}


class Claim(NamedTuple):
    """What is to be proved: the answer to a request under a policy, as a deadline states it."""

    policy: Policy
    department: str
    channel: str
    priority: str | None
    attributes: Mapping[str, str]
    metric: Metric
    submitted_at: dt.datetime
    starts_at: dt.datetime
    earliest_at: dt.datetime | None
    due_at: dt.datetime
    target: Target


def proves(steps: Sequence[Mapping[str, Any]], claim: Claim) -> bool:
    """Return whether steps, as plain data, prove an answer under the policy it was asked of."""
    if not all(map(_is_instant, (claim.submitted_at, claim.starts_at, claim.due_at))):
        return False
    line = PlainLine.of(*claim[:6])
    try:
        read = [
            (_instant(line.hours, s["start"]), _instant(line.hours, s["end"]), s) for s in steps
        ]
        is_split = any(_says(one) == _says(two) for one, two in pairwise(steps))
    except (KeyError, TypeError, ValueError, OverflowError, AttributeError):
        return False
    if is_split:
        return False  # one stretch given as two steps
    at, due = to_micros(claim.submitted_at), to_micros(claim.due_at)
    rule, expected_due, counted_from = answer(line, at)
    if rule != claim.target or expected_due != due or not _window_holds(line, claim):
        return False
    edges = [at, *(end for _, end, _ in read)]
    if edges != [*(start for start, _, _ in read), due]:
        return False
    case = Case.of(line, rule, counted_from)
    return (
        case.adds_up(read)
        and all(case.holds(*each) for each in read)
        and changes_told(case.line.offset, [(start, end) for start, end, _ in read])
    )


def is_same(one: object, two: object) -> bool:
    """Whether two pieces of plain data are equal in every value and every type of a value."""
    if type(one) is not type(two):
        return False
    if isinstance(one, dict) and isinstance(two, dict):
        return one.keys() == two.keys() and all(is_same(one[key], two[key]) for key in two)
    if isinstance(one, list) and isinstance(two, list):
        return len(one) == len(two) and all(map(is_same, one, two))
    return one == two


def _is_instant(at: object) -> bool:
    """Whether this is an aware datetime in the years served; an altered one need not be."""
    return (
        isinstance(at, dt.datetime) and at.tzinfo is not None and FIRST_YEAR <= at.year <= LAST_YEAR
    )


_Read: TypeAlias = "tuple[int, int, Mapping[str, Any]]"
"""A step as it is read: its start, its end, and what it says."""


def _instant(hours: PlainHours, text: str) -> int:
    """Return the instant of a text that `to_dict` writes so; raise for any other writing of it."""
    at = to_micros(dt.datetime.fromisoformat(text))
    if hours.local(at).isoformat() != text:
        raise ValueError(text)
    return at


def _says(step: Mapping[str, Any]) -> tuple[object, object]:
    """Return whether a step says that its time is counted, and the reasons it gives."""
    return step.get("counted"), step.get("reasons")


def answer(line: PlainLine, at: int) -> tuple[Target | None, int, int]:
    """Return (rule, due, from when it is counted) under the policy's reading of crossings.

    The rule is None if there is no answer, or it lies past the years known.
    """
    literal = line.rule(at)
    due = line.due(at, literal) if literal else None
    if literal is None or due is None:
        return None, at, at
    if line.policy.crossing == "overlap":
        return _latest(line, at, literal, due)
    if line.policy.crossing == "in_order":
        return _smallest(line, at, literal, due)
    return literal, due, at


def _latest(
    line: PlainLine, at: int, literal: Target, literal_due: int
) -> tuple[Target | None, int, int]:
    """Return the latest due of the rules that hold while the literal rule's clock ticks."""
    ticking: list[Target] = []
    hours, start = line.hours_of(literal), at
    while start < literal_due:
        end = min(line.next_change(start), literal_due)
        rule = line.rule(start)
        ticks = literal.counted_in == "calendar_time" or hours.opens_between(start, end)
        if ticks and rule is not None and rule not in ticking:
            ticking.append(rule)
        start = end
    own_first = sorted(ticking or [literal], key=lambda rule: rule != literal)
    dues = [line.due(at, rule) for rule in own_first]
    known = [due for due in dues if due is not None]
    if len(known) < len(dues):
        return None, at, at
    return own_first[known.index(max(known))], max(known), at


def _smallest(
    line: PlainLine, at: int, literal: Target, literal_due: int
) -> tuple[Target, int, int]:
    """Return the smallest literal due of a submission at `at`, or where another rule takes over.

    While one rule holds, a later submission is never due earlier.
    """
    found = literal, literal_due, at
    before: Target | None = literal
    start = line.next_change(at)
    while start < found[1]:
        rule = line.rule(start)
        due = line.due(start, rule) if rule and rule != before else None
        if rule is not None and due is not None and due < found[1]:
            found = rule, due, start
        before = rule
        start = line.next_change(start)
    return found


def _window_holds(line: PlainLine, claim: Claim) -> bool:
    """Whether counting starts, and the earliest answer is promised, just when the deadline says."""
    at, due, target = to_micros(claim.submitted_at), claim.due_at, claim.target
    hours = line.hours_of(target)
    starts = at if target.counted_in == "calendar_time" else hours.next_open(at)
    if to_micros(claim.starts_at) != starts:
        return False
    if target.earliest is None or claim.earliest_at is None:
        return target.earliest is None and claim.earliest_at is None
    reached = line.add(at, target, target.earliest)
    earliest = None if reached is None or starts is None else max(reached, starts)
    return earliest is not None and to_micros(claim.earliest_at) == min(earliest, to_micros(due))


def changes_told(offset: Offset, spans: list[tuple[int, int]]) -> bool:
    """Whether each clock change has its step of no time, and nothing else has one."""
    if any(offset(start) != offset(end - 1) for start, end in spans if start < end):
        return False
    inside = {start for start, end in spans[1:]}
    told = [start for start, end in spans if start == end]
    return sorted(told) == sorted(at for at in inside if offset(at - 1) != offset(at))


def change_at(offset: Offset, at: int) -> dict[str, Any]:
    """Return what a step says of a change of the clocks."""
    jump = offset(at) - offset(at - 1)
    kind = "clock_forward" if jump > dt.timedelta(0) else "clock_back"
    return {"kind": kind, "change": format_duration(abs(jump))}


Offset: TypeAlias = "Callable[[int], dt.timedelta]"
"""How far a wall clock is ahead of UTC at an instant."""


@dataclass(frozen=True, slots=True)
class Case:
    """What the steps of a deadline must agree with: rule, its hours, from when time is counted.

    `counted` are the dates that a promise in business days counts, None for another.
    """

    line: PlainHours
    rule: Target
    counted_from: int
    counted: Counted | None

    @classmethod
    def of(cls, line: PlainLine, rule: Target, counted_from: int) -> Case:
        """Return the case of a rule, whose days are counted once for all steps."""
        within, counted = rule.within, None
        if isinstance(within, BusinessDays):
            counted = line.counted_days(counted_from, rule, within.count)
        return cls(line.hours_of(rule), rule, counted_from, counted)

    def adds_up(self, read: list[_Read]) -> bool:
        """Whether what is counted is what was promised: an amount of time, or that many dates."""
        counted = [each for each in read if each[2].get("counted") is True]
        within = self.rule.within
        if not isinstance(within, BusinessDays):
            return sum(end - start for start, end, _ in counted) == within // MICROSECOND
        dates = {self.line.date(start) for start, _, _ in counted}
        days = self.counted.days if self.counted else ()
        return dates == {*days} and len(days) == within.count

    def holds(self, start: int, end: int, step: Mapping[str, Any]) -> bool:
        """Whether a step says of its time what the plain line says, and nothing else."""
        if (
            set(step) != _KEYS
            or type(step["counted"]) is not bool
            or start > end
            or step.get("duration") != format_duration((end - start) * MICROSECOND)
        ):
            return False
        told = _says(step)
        if start == end:
            return told == (False, [self._change(start)])
        if start < self.counted_from:
            return end <= self.counted_from and told == (False, [{"kind": "later_request"}])
        if self.rule.counted_in == "calendar_time":
            return told == (True, [{"kind": "calendar_time"}])
        if self.counted is not None:
            date = self.line.date(start)
            return self.line.date(end - 1) == date and told == self._of_date(date, self.counted)
        return all(
            told == self._of_instant(at, start, end) for at, _ in self.line.pieces(start, end)
        )

    def _of_instant(self, at: int, start: int, end: int) -> tuple[bool, list[dict[str, Any]]]:
        """Return whether an instant of a step is counted, and why."""
        if self.line.is_open(at):
            return True, self._why_open(at)
        return False, self._why_closed(at, start, end)

    def _of_date(self, date: dt.date, counted: Counted) -> tuple[bool, list[dict[str, Any]]]:
        """Return whether a date is counted on the way to a due in business days, and why."""
        said = {"date": date.isoformat(), "weekday": WEEKDAYS[date.weekday()]}
        if date in counted.days:
            number = {"number": counted.days.index(date) + 1, "of": len(counted.days)}
            return True, [{"kind": "business_day", **said, **number}]
        if not self.line.is_business_day(date):
            return False, self._why_off(date)
        if date == counted.received:
            return False, [{"kind": "received", **said}]
        if counted.received is not None and date < counted.received:
            return False, [{"kind": "after_cutoff", **said}]
        is_sent = counted.received is None and date == self.line.date(self.counted_from)
        return False, [{"kind": "sent" if is_sent else "due_day", **said}]

    def _why_off(self, date: dt.date) -> list[dict[str, Any]]:
        """Return why a date is no business day: a holiday, no hours, or closures over all of them."""
        own = self.line.own_day(date)
        closing = [each for each in self.line.special(date) if each.closes]
        whole = [
            {"kind": "holiday", **day_as_data(each.day, each.name)}
            for each in closing
            if each.day.closed in (None, WHOLE_DAY)
        ]
        part = [
            {"kind": "closure", **day_as_data(each.day, each.name)}
            for each in closing
            if each.day.closed not in (None, WHOLE_DAY)
        ]
        cut = whole if own is None or own.gives_way else []
        if self.line.ranges(date) and (cut or part):
            return cut or part
        if own is not None:
            return cut or [{"kind": "special_hours", **day_as_data(own.day, own.name)}]
        if self.line.ranges(date):
            return [{"kind": "night"}]  # the clock jumps over its hours
        return [self._no_hours(date), *whole]

    def _no_hours(self, date: dt.date) -> dict[str, Any]:
        """Return that a date's weekday has no hours, and in which season if it lies in one."""
        said = {"kind": "weekday", "date": date.isoformat(), "weekday": WEEKDAYS[date.weekday()]}
        found = self.line.season_of(date)
        return said if found is None else said | {"season": f"{found[0].from_} to {found[0].to}"}

    def _change(self, at: int) -> dict[str, Any]:
        return change_at(self.line.offset, at)

    def _why_open(self, at: int) -> list[dict[str, Any]]:
        """Return why the line is open at an instant: by a special day's hours, or by the week's."""
        for hours in self.line.cover(at)[0]:
            if hours.day is not None:
                return [{"kind": "special_opening", **day_as_data(hours.day, hours.calendar)}]
        return [{"kind": "business_hours"}]

    def _why_closed(self, at: int, start: int, end: int) -> list[dict[str, Any]]:
        """Return why the line is closed at an instant of a step: a closure, or a lack of hours."""
        ranges, cuts = self.line.cover(at)
        whole = [self._cut("holiday", cut) for cut in cuts if cut.whole]
        part = [self._cut("closure", cut) for cut in cuts if not cut.whole]
        if any(each.is_written for each in ranges):
            return part
        if ranges:
            return whole or part
        date = self.line.date(at)
        own = self.line.own_day(date)
        if own is not None:
            return (whole if own.gives_way else []) or [
                {"kind": "special_hours", **day_as_data(own.day, own.name)}
            ]
        weekday = date.weekday()
        if not self.line.week_of(date)[weekday]:
            return [self._no_hours(date), *whole]
        return whole or [{"kind": self._night_or_break(start, end)}]

    def _cut(self, kind: str, cut: Cut) -> dict[str, Any]:
        return {"kind": kind, **day_as_data(cut.day, cut.calendar)}

    def _night_or_break(self, start: int, end: int) -> str:
        """Return 'break' if the date that a step starts on is open both before and after it."""
        date = self.line.date(start)
        around = (self.line.instant(date), start), (end, self.line.instant(date + ONE_DAY))
        opens = [
            any(self.line.is_open(at) for at, _ in self.line.pieces(first, last))
            for first, last in around
        ]
        return "break" if all(opens) else "night"
