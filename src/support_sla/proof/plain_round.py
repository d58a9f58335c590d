"""A round of a ticket measured plainly: its life in slices between events, each counted by itself."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from support_sla.proof.verify import answer
from support_sla.values.amounts.business_days import BusinessDays
from support_sla.values.units import MICROSECOND

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from support_sla.policy.metrics import Metric
    from support_sla.policy.policy import Policy
    from support_sla.policy.target import Target
    from support_sla.proof.plain_desk import PlainDesk
    from support_sla.proof.plain_line import PlainLine
    from support_sla.proof.plain_moments import Moment
    from support_sla.proof.plain_ticket import PlainRound

Kind = tuple[str, tuple[str, ...]]


class PlainPromise(NamedTuple):
    """The promise to a round: the rule, read plainly, from when it is counted, and how much it is."""

    of: tuple[str, str]
    """The department and the channel that promise it."""
    line: PlainLine
    rule: Target
    counted_from: int
    due: int
    amount: int

    def counted(self, start: int, end: int) -> int:
        """Return how much of the rule's time lies between two instants."""
        start = max(start, self.counted_from)
        if end <= start:
            return 0
        if self.rule.counted_in == "calendar_time":
            return end - start
        found = 0
        for opens, closes in self.line.hours_of(self.rule).open_from(start):
            if opens >= end:
                break
            found += min(closes, end) - opens
        return found

    def passed(self, start: int, amount: int) -> int | None:
        """Return when an amount, not zero, has passed from an instant on; None past the years known."""
        start = max(start, self.counted_from)
        return self.line.add(start, self.rule, amount * MICROSECOND)

    def is_open(self, at: int) -> bool:
        """Whether its time is counted at an instant."""
        if at < self.counted_from:
            return False
        calendar = self.rule.counted_in == "calendar_time"
        return calendar or self.line.hours_of(self.rule).is_open(at)


class Slice(NamedTuple):
    """Time between two events of a round's life, and what it is: running, paused, resolved or unpromised."""

    start: int
    end: int
    kind: Kind
    promise: PlainPromise | None


@dataclass(frozen=True, slots=True)
class PlainLife:
    """A round up to its end under the promise that is in force there.

    `start` is where its clock began: at a change, if that restarts it. `breached` is the first instant
    at which the promise then in force was passed.
    """

    start: int
    started_by: str
    end: int
    promise: PlainPromise | None
    slices: tuple[Slice, ...]
    breached: int | None

    @property
    def elapsed(self) -> int:
        """How much has been counted."""
        return sum(
            each.promise.counted(each.start, each.end)
            for each in self.slices
            if each.promise and each.kind[0] == "running"
        )

    @property
    def paused_for(self) -> int:
        """How much of the promises' time lies in pauses."""
        return sum(
            each.promise.counted(each.start, each.end)
            for each in self.slices
            if each.promise and each.kind[0] == "paused"
        )

    def reach(self, amount: int) -> int | None:
        """Return when an amount was counted, or will be if the clock runs on; None past the years known."""
        promise, left = self.promise, amount
        assert promise is not None, "only asked where something is promised"
        if not amount:
            first = self.slices[0].promise if self.slices else promise
            return self.start if first is None else first.counted_from
        for each in self.slices:
            if each.promise is None or each.kind[0] != "running":
                continue
            counted = each.promise.counted(each.start, each.end)
            if counted >= left:
                return each.promise.passed(each.start, left)
            left -= counted
        return promise.passed(self.end, left)

    def due(self) -> int | None:
        """Return when all that is promised is counted."""
        if self.promise is None:
            return None
        return self.reach(self.promise.amount) if self.promise.amount else self.promise.due

    def share(self) -> Fraction | None:
        """Return the share of the amount that has been counted."""
        if self.promise is None:
            return None
        return Fraction(self.elapsed, self.promise.amount) if self.promise.amount else Fraction(1)


def life_of(
    desk: PlainDesk, moments: Sequence[Moment], each: PlainRound, now: int
) -> tuple[PlainLife, bool]:
    """Return a round as it is at an instant, or was when it stopped, and whether any rule was listed."""
    end = now if each.stopped is None else moments[each.stopped].at
    last = len(moments) - 1 if each.stopped is None else each.stopped
    start, by, since = each.start, each.started_by, moments[each.armed].at
    asked = _asked(desk.policy, moments[each.armed], each.metric)
    legs = [(start, _promise(desk, moments[each.armed], each.metric, start))]
    has_rules = bool(asked[2])
    breached: int | None = None
    for place in range(each.armed + 1, last + 1):
        found = _asked(desk.policy, moments[place], each.metric)
        if found[:2] == asked[:2] or not (found[2] or asked[2]):
            continue
        asked, at = found, moments[place].at
        has_rules |= bool(found[2])
        if breached is None:
            breached = _breach(moments, each, legs, since, at - 1, at)
        since, how = at, moments[place].line(desk.policy).changes
        if how == "restart":
            start, by = at, moments[place].kind
        promise = _promise(desk, moments[place], each.metric, at if how == "restart" else start)
        legs = [*legs, (at, promise)] if how == "carry" else [(start, promise)]
    if breached is None:
        breached = _breach(moments, each, legs, since, end, end)
    slices = tuple(_slices(moments, each, legs, end))
    return PlainLife(start, by, end, legs[-1][1], slices, breached), has_rules


def _asked(
    policy: Policy, now: Moment, metric: Metric
) -> tuple[tuple[str, str], tuple[object, ...], tuple[Target, ...]]:
    """Return the line, the places of the rules that can match, up to one that does, and the rules."""
    rules = policy.targets(now.department, now.channel, metric)
    held: list[int] = []
    for at, rule in enumerate(rules):
        when, given = rule.when, dict(now.attributes)
        if when is None:
            held.append(at)
            break
        if when.priority is not None and now.priority not in when.priority:
            continue
        if all(given.get(name) in values for name, values in when.attributes.items()):
            held.append(at)
            if when.days is None and when.open is None and when.time is None:
                break
    return (now.department, now.channel), tuple(held), rules


def _promise(desk: PlainDesk, now: Moment, metric: Metric, start: int) -> PlainPromise | None:
    line = desk.line(now, metric)
    rule, due, counted_from = answer(line, start)
    if rule is None:
        return None
    made = PlainPromise((now.department, now.channel), line, rule, counted_from, due, 0)
    if isinstance(rule.within, BusinessDays):
        return made._replace(amount=made.counted(counted_from, due))
    return made._replace(amount=rule.within // MICROSECOND)


Legs = list[tuple[int, "PlainPromise | None"]]


def _slices(moments: Sequence[Moment], each: PlainRound, legs: Legs, end: int) -> Iterator[Slice]:
    """Yield a round's life from one event to the next, neighbours alike as one."""
    marks = sorted(
        {legs[0][0], end, *(now.at for now in moments if legs[0][0] < now.at < end)}
        | {at for at, _ in legs}
    )
    found: list[Slice] = []
    for begin, until in pairwise(marks):
        now = moments[bisect_right(moments, begin, key=lambda moment: moment.at) - 1]
        promise = [leg for at, leg in legs if at <= begin][-1]
        kind: Kind
        if now.is_resolved and begin >= moments[each.armed].at:
            kind = "resolved", ()
        elif promise is None:
            kind = "unpromised", ()
        else:
            names = now.states & {*promise.rule.pauses_on}
            kind = ("paused", tuple(sorted(names))) if names else ("running", ())
        if found and found[-1].kind == kind and _alike(found[-1].promise, promise):
            found[-1] = found[-1]._replace(end=until)
        else:
            found.append(Slice(begin, until, kind, promise))
    yield from found


def _breach(  # noqa: PLR0913, PLR0917  a promise, and when it was in force
    moments: Sequence[Moment],
    each: PlainRound,
    legs: Legs,
    since: int,
    until: int,
    end: int,
) -> int | None:
    """Return the first instant at which a promise was passed while it was in force; None if it was not.

    `since` and `until` are its first and last instants, `end` is where time is counted to.
    """
    life = PlainLife(
        legs[0][0], "", end, legs[-1][1], tuple(_slices(moments, each, legs, end)), None
    )
    due = life.due()
    if life.promise is None or due is None or life.elapsed < life.promise.amount:
        return None
    passed = max(due + 1, since)
    resolved = [(part.start, part.end) for part in life.slices if part.kind[0] == "resolved"]
    for start, until_then in _joined(resolved):
        if start < passed <= until_then:
            passed = until_then
    return passed if passed <= until else None


def _alike(one: PlainPromise | None, two: PlainPromise | None) -> bool:
    """Whether two promises to one round are the same."""
    if one is None or two is None:
        return one is two
    return (one.of, one.counted_from, one.due) == (two.of, two.counted_from, two.due) and (
        one.rule is two.rule
    )


def _joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return spans in order with those that touch as one."""
    found: list[tuple[int, int]] = []
    for start, end in spans:
        if found and found[-1][1] == start:
            found[-1] = found[-1][0], end
        else:
            found.append((start, end))
    return found
