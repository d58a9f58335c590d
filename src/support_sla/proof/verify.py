"""Whether the steps of a deadline prove it: read plainly and added up again, without the engine."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from support_sla.proof.plain_line import PlainLine, day_as_data
from support_sla.values.dates import FIRST_YEAR, LAST_YEAR
from support_sla.values.durations import format_duration
from support_sla.values.instants import to_micros
from support_sla.values.units import MICROSECOND
from support_sla.values.week import WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from support_sla.policy.policy import Policy, Target
    from support_sla.proof.plain_line import Cut

_ONE_DAY = dt.timedelta(days=1)
_KEYS = {"start", "end", "counted", "duration", "reasons"}


class Claim(NamedTuple):
    """What is to be proved: the answer to a request under a policy, as a deadline states it."""

    policy: Policy
    department: str
    channel: str
    priority: str | None
    submitted_at: dt.datetime
    starts_at: dt.datetime
    earliest_at: dt.datetime | None
    due_at: dt.datetime
    target: Target


def proves(steps: Sequence[Mapping[str, Any]], claim: Claim) -> bool:
    """Return whether steps, as plain data, prove an answer under the policy it was asked of."""
    if not all(map(_is_instant, (claim.submitted_at, claim.starts_at, claim.due_at))):
        return False
    line = PlainLine.of(claim.policy, claim.department, claim.channel, claim.priority)
    try:
        read = [(_instant(line, s["start"]), _instant(line, s["end"]), s) for s in steps]
        is_split = any(_says(one) == _says(two) for one, two in pairwise(steps))
    except (KeyError, TypeError, ValueError, OverflowError, AttributeError):
        return False
    if is_split:
        return False  # one stretch given as two steps
    at, due = to_micros(claim.submitted_at), to_micros(claim.due_at)
    rule, expected_due, counted_from = _answer(line, at)
    if rule != claim.target or expected_due != due or not _window_holds(line, claim):
        return False
    edges = [at, *(end for _, end, _ in read)]
    if edges != [*(start for start, _, _ in read), due]:
        return False
    counted = sum(end - start for start, end, step in read if step.get("counted") is True)
    case = _Case(line, rule, counted_from)
    return (
        counted == rule.within // MICROSECOND
        and all(case.holds(start, end, step) for start, end, step in read)
        and _changes_told(line, [(start, end) for start, end, _ in read])
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


def _instant(line: PlainLine, text: str) -> int:
    """Return the instant of a text that `to_dict` writes so; raise for any other writing of it."""
    at = to_micros(dt.datetime.fromisoformat(text))
    if line.local(at).isoformat() != text:
        raise ValueError(text)
    return at


def _says(step: Mapping[str, Any]) -> tuple[object, object]:
    """Return whether a step says that its time is counted, and the reasons it gives."""
    return step.get("counted"), step.get("reasons")


def _answer(line: PlainLine, at: int) -> tuple[Target | None, int, int]:
    """Return (rule, due, from when it is counted) under the policy's reading of crossings.

    The rule is None if there is no answer, or it lies past the years known.
    """
    literal = line.rule(at)
    due = line.add(at, literal, literal.within) if literal else None
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
    """Return the latest due of the rules of the dates on which the literal rule's clock ticks."""
    ticking: list[Target] = []
    start = at
    while start < literal_due:
        end = min(line.instant(line.date(start) + _ONE_DAY), literal_due)
        rule = line.rule(start)
        ticks = literal.counted_in == "calendar_time" or line.opens_between(start, end)
        if ticks and rule is not None and rule not in ticking:
            ticking.append(rule)
        start = end
    own_first = sorted(ticking or [literal], key=lambda rule: rule != literal)
    dues = [line.add(at, rule, rule.within) for rule in own_first]
    known = [due for due in dues if due is not None]
    if len(known) < len(dues):
        return None, at, at
    return own_first[known.index(max(known))], max(known), at


def _smallest(
    line: PlainLine, at: int, literal: Target, literal_due: int
) -> tuple[Target, int, int]:
    """Return the smallest literal due of a submission at `at`, or at a later midnight.

    While one rule holds, a later submission is never due earlier, so a midnight that keeps the rule
    is skipped.
    """
    found = literal, literal_due, at
    before: Target | None = literal
    start = line.instant(line.date(at) + _ONE_DAY)
    while start < found[1]:
        rule = line.rule(start)
        due = line.add(start, rule, rule.within) if rule and rule != before else None
        if rule is not None and due is not None and due < found[1]:
            found = rule, due, start
        before = rule
        start = line.instant(line.date(start) + _ONE_DAY)
    return found


def _window_holds(line: PlainLine, claim: Claim) -> bool:
    """Whether counting starts, and the earliest answer is promised, just when the deadline says."""
    at, due, target = to_micros(claim.submitted_at), claim.due_at, claim.target
    starts = at if target.counted_in == "calendar_time" else line.next_open(at)
    if to_micros(claim.starts_at) != starts:
        return False
    if target.earliest is None or claim.earliest_at is None:
        return target.earliest is None and claim.earliest_at is None
    reached = line.add(at, target, target.earliest)
    earliest = None if reached is None or starts is None else max(reached, starts)
    return earliest is not None and to_micros(claim.earliest_at) == min(earliest, to_micros(due))


def _changes_told(line: PlainLine, spans: list[tuple[int, int]]) -> bool:
    """Whether each clock change has its step of no time, and nothing else has one."""
    if any(line.offset(start) != line.offset(end - 1) for start, end in spans if start < end):
        return False
    inside = {start for start, end in spans[1:]}
    told = [start for start, end in spans if start == end]
    return sorted(told) == sorted(at for at in inside if line.offset(at - 1) != line.offset(at))


@dataclass(frozen=True, slots=True)
class _Case:
    """What each step of a deadline must agree with: line, rule, and from when time is counted."""

    line: PlainLine
    rule: Target
    counted_from: int

    def holds(self, start: int, end: int, step: Mapping[str, Any]) -> bool:
        """Whether a step says of its time what the plain line says, and nothing else."""
        told = _says(step)
        if (
            set(step) != _KEYS
            or type(step["counted"]) is not bool
            or start > end
            or step.get("duration") != format_duration((end - start) * MICROSECOND)
        ):
            return False
        if start == end:
            return told == (False, [self._change(start)])
        if start < self.counted_from:
            return end <= self.counted_from and told == (False, [{"kind": "later_request"}])
        if self.rule.counted_in == "calendar_time":
            return told == (True, [{"kind": "calendar_time"}])
        return all(
            told
            == (
                (True, self._why_open(at))
                if self.line.is_open(at)
                else (False, self._why_closed(at, start, end))
            )
            for at, _ in self.line.pieces(start, end)
        )

    def _change(self, at: int) -> dict[str, Any]:
        jump = self.line.offset(at) - self.line.offset(at - 1)
        kind = "clock_forward" if jump > dt.timedelta(0) else "clock_back"
        return {"kind": kind, "change": format_duration(abs(jump))}

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
            gives_way = whole if own[0].by_rule else []
            return gives_way or [{"kind": "special_hours", **day_as_data(*own)}]
        weekday = date.weekday()
        if not self.line.week[weekday]:
            off = {"kind": "weekday", "date": date.isoformat(), "weekday": WEEKDAYS[weekday]}
            return [off, *whole]
        return whole or [{"kind": self._night_or_break(start, end)}]

    def _cut(self, kind: str, cut: Cut) -> dict[str, Any]:
        return {"kind": kind, **day_as_data(cut.day, cut.calendar)}

    def _night_or_break(self, start: int, end: int) -> str:
        """Return 'break' if the date that a step starts on is open both before and after it."""
        date = self.line.date(start)
        around = (self.line.instant(date), start), (end, self.line.instant(date + _ONE_DAY))
        opens = [
            any(self.line.is_open(at) for at, _ in self.line.pieces(first, last))
            for first, last in around
        ]
        return "break" if all(opens) else "night"
