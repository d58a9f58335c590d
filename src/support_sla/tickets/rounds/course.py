"""`Course`: how the clock of a life ran, stretch by stretch, under the promise in force.

A course is a list of legs, each with one promise: usually one leg from the start on. Whatever is
asked of it (what is counted, when it is due, when to warn) is a look into its stretches.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator

    from support_sla.answers.question import Question
    from support_sla.policy.target import Target
    from support_sla.tickets.rounds.facts import Facts
    from support_sla.tickets.rounds.life import Life
    from support_sla.tickets.rounds.promised import Promised
    from support_sla.tickets.rounds.rule_clock import RuleClock

PartKind: TypeAlias = Literal["running", "paused", "resolved", "unpromised"]
_NONE: frozenset[str] = frozenset()


class Leg(NamedTuple):
    """From `start` on, time is counted as a promise says; not at all if there is none."""

    start: int
    promised: Promised | None


class Part(NamedTuple):
    """A stretch of a life, and why its clock may tick in it or stands still.

    It may tick in `running` ones. `names` are the statuses and holds of one that is `paused`; the
    other two are `resolved`, and `unpromised` where no rule matched.
    """

    start: int
    end: int
    kind: PartKind
    names: frozenset[str]
    target: Target | None
    question: Question | None
    counted_from: int
    """Before it the target's time is not counted: a later request's due is shared."""


class _Run(NamedTuple):
    """A stretch in which time is counted, and what was counted before it."""

    start: int
    end: int
    before: int
    clock: RuleClock


class Course:
    """The stretches of a life up to an instant, and what they add up to in microseconds."""

    __slots__ = (
        "_counted_from",
        "_runs",
        "elapsed",
        "end",
        "is_paused",
        "is_plain",
        "parts",
        "paused_for",
        "promised",
        "start",
    )

    def __init__(self, facts: Facts, life: Life, legs: list[Leg], end: int) -> None:
        self.start = legs[0].start
        self.end = end
        self.parts: list[Part] = []
        self._runs: list[_Run] = []
        self.elapsed = self.paused_for = 0
        promised = self.promised = legs[-1].promised
        is_single = len(legs) == 1 and len(life.active) == 1
        if is_single and promised is not None and not promised.pauses_on:
            self._count(self.start, end, _NONE, promised)
        else:
            for at, leg in enumerate(legs):
                stop = legs[at + 1].start if at + 1 < len(legs) else end
                self._add(facts, life.active, leg, stop)
        first = legs[0].promised
        self._counted_from = self.start if first is None else first.counted_from
        self.is_plain = is_single and not self.paused_for
        self.is_paused = False
        if life.stopped is None and promised is not None and promised.pauses_on:
            self.is_paused = not promised.pauses_on.isdisjoint(facts.state_at(end))

    def _add(self, facts: Facts, active: list[tuple[int, int | None]], leg: Leg, stop: int) -> None:
        """Add the parts of a leg that ends at an instant."""
        begin, promised = leg
        before = begin
        for opens, closes in active:
            first = max(opens, begin)
            last = stop if closes is None or closes > stop else closes
            if first > last:
                continue
            if first > before:
                self.parts.append(_still(before, first, "resolved", promised))
            before = last
            if promised is None:
                self.parts.append(_still(first, last, "unpromised", None))
            elif promised.pauses_on:
                for start, end, names in _cut(facts, promised.pauses_on, first, last):
                    self._count(start, end, names, promised)
            else:
                self._count(first, last, _NONE, promised)
        if before < stop:
            self.parts.append(_still(before, stop, "resolved", promised))

    def _count(self, start: int, end: int, names: frozenset[str], promised: Promised) -> None:
        _, target, clock, _, counted_from, *_ = promised
        kind: PartKind = "paused" if names else "running"
        question = promised.asked.question
        self.parts.append(Part(start, end, kind, names, target, question, counted_from))
        start = max(start, counted_from)
        if end <= start:
            return
        counted = clock.counted(start, end)
        if names:
            self.paused_for += counted
        else:
            self._runs.append(_Run(start, end, self.elapsed, clock))
            self.elapsed += counted

    def due(self) -> int:
        """Return the first instant by which all of the promise is counted.

        One that is not reached lies where it would if the clock ran on from the end.
        """
        promised = self._promised
        if self.is_plain or not promised.amount:
            return promised.due_at
        return self.reach(promised.amount)

    def reach(self, amount: int) -> int:
        """Return the first instant by which an amount is counted, from the end on as if it ran."""
        if not amount:
            return self._counted_from
        if amount <= self.elapsed:
            run = self._runs[bisect_left(self._runs, amount, key=_before) - 1]
            return run.clock.passed(run.start, amount - run.before)
        promised = self._promised
        start = max(self.end, promised.counted_from)
        return promised.clock.passed(start, amount - self.elapsed)

    def latest(self, amount: int, due: int) -> int:
        """Return the latest instant up to the due at which no more than an amount is counted.

        The amount is less than what is promised.
        """
        promised = self._promised
        tail = max(self.end, promised.counted_from)
        if due > tail and self.elapsed <= amount:
            return promised.clock.latest(tail, due, amount - self.elapsed)
        before = (run for run in reversed(self._runs) if run.before <= amount and run.start < due)
        run = next(before)
        return run.clock.latest(run.start, min(run.end, due), amount - run.before)

    @property
    def _promised(self) -> Promised:
        assert self.promised is not None, "only asked where something is promised"
        return self.promised


def _still(start: int, end: int, kind: PartKind, promised: Promised | None) -> Part:
    """Return a part in which nothing is counted."""
    if promised is None:
        return Part(start, end, kind, _NONE, None, None, start)
    question = promised.asked.question
    return Part(start, end, kind, _NONE, promised.target, question, promised.counted_from)


def _before(run: _Run) -> int:
    return run.before


def _cut(
    facts: Facts, pauses_on: frozenset[str], start: int, end: int
) -> Iterator[tuple[int, int, frozenset[str]]]:
    """Yield (start, end, names of what pauses) from one instant to another, neighbours unlike."""
    since, states = facts.since, facts.states
    place = bisect_right(since, start) - 1
    begin, names = start, states[place] & pauses_on
    for at in range(place + 1, len(since)):
        if since[at] >= end:
            break
        found = states[at] & pauses_on
        if found != names:
            yield begin, since[at], names
            begin, names = since[at], found
    yield begin, end, names
