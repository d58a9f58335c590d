"""`Course`: how the clock of a life ran, stretch by stretch, under the promise in force.

A course has legs, each with one promise: usually one leg from the start on. Whatever is asked of it
(what is counted, when it is due, when to warn) is a look into its stretches. One whose clock never
stood still is `is_plain`: it runs as a deadline does, so its due is the table's.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, Literal, TypeAlias

from support_sla.tickets.rounds.rule_clock import earliest, latest, reading
from support_sla.values.units import DAY_MICROS

if TYPE_CHECKING:
    from support_sla.tickets.rounds.facts import Facts
    from support_sla.tickets.rounds.life import Life
    from support_sla.tickets.rounds.promised import Leg, Promised
    from support_sla.tickets.rounds.rule_clock import Hours

PartKind: TypeAlias = Literal["running", "paused", "resolved", "unpromised"]
Legs: TypeAlias = "list[tuple[int, Promised | None]]"
"""From which instants on time is counted as which promise says; not at all if there is none."""
_NONE: frozenset[str] = frozenset()
_FAR = 10_000 * 365 * DAY_MICROS - 1970 * 366 * DAY_MICROS
"""Before it every zone's clock can show an instant: some years before the last that is served."""


Part: TypeAlias = "tuple[int, int, PartKind, frozenset[str], Leg | None]"
"""A stretch of a life: its start and end, why its clock may tick in it or stands still, and its leg.

It may tick in `running` ones. One that is `paused` has the statuses and holds because of which it is;
the other two are `resolved`, and `unpromised` where no rule matched.
"""
_Run: TypeAlias = "tuple[int, int, int, Hours, int]"
"""A stretch in which time is counted: start, end, what came before, its hours, their reading at its start."""


class Course:
    """The stretches of a life up to an instant, and what they add up to in microseconds."""

    __slots__ = (
        "_counted_from",
        "_runs",
        "_tail",
        "elapsed",
        "end",
        "is_paused",
        "is_plain",
        "parts",
        "paused_for",
        "promised",
        "start",
    )

    def __init__(self, facts: Facts, life: Life, legs: Legs, end: int) -> None:
        start, first = legs[0]
        promised = self.promised = legs[-1][1]
        self.start, self.end = start, end
        self.elapsed = self.paused_for = 0
        self.is_paused = False
        self._counted_from = start if first is None else first.leg.counted_from
        self._runs: list[_Run] = []
        self._tail: tuple[int, Hours, int] | None = None
        self.parts: list[Part] = []
        if len(legs) == 1 and len(life.active) == 1:
            if promised is not None and not promised.pauses_on:  # no event parts it
                self.parts.append((start, end, "running", _NONE, promised.leg))
                self.elapsed = self._counted(start, end, promised, runs=True)
                self.is_plain = True
                return
            self._add(facts, life.active, start, end, promised)
            self.is_plain = not self.paused_for
        else:
            for at, (begin, each) in enumerate(legs):
                stop = legs[at + 1][0] if at + 1 < len(legs) else end
                self._add(facts, life.active, begin, stop, each)
            self.is_plain = False
        if life.stopped is None and promised is not None and promised.pauses_on:
            self.is_paused = not promised.pauses_on.isdisjoint(facts.state_at(end))

    def _add(
        self,
        facts: Facts,
        active: list[tuple[int, int | None]],
        begin: int,
        stop: int,
        promised: Promised | None,
    ) -> None:
        """Add the parts of a leg from one instant to another."""
        leg = None if promised is None else promised.leg
        before = begin
        for opens, closes in active:
            first = opens if opens > begin else begin  # noqa: FURB136  five times as fast as max()
            last = stop if closes is None or closes > stop else closes
            if first > last:
                continue
            if first > before:
                self.parts.append((before, first, "resolved", _NONE, leg))
            before = last
            if promised is None:
                self.parts.append((first, last, "unpromised", _NONE, None))
            elif promised.pauses_on:
                self._add_paused(facts, first, last, promised)
            else:
                self.parts.append((first, last, "running", _NONE, leg))
                self.elapsed += self._counted(first, last, promised, runs=True)
        if before < stop:
            self.parts.append((before, stop, "resolved", _NONE, leg))

    def _add_paused(self, facts: Facts, start: int, end: int, promised: Promised) -> None:
        """Add the parts from one instant to another, neighbours unlike in what pauses them."""
        since, states, pauses_on = facts.since, facts.states, promised.pauses_on
        place = bisect_right(since, start)
        names = states[place - 1] & pauses_on
        while start < end or not self.parts:
            until, later = end, names
            while place < len(since) and since[place] < end:
                later = states[place] & pauses_on
                place += 1
                if later != names:
                    until = since[place - 1]
                    break
            self.parts.append((start, until, "paused" if names else "running", names, promised.leg))
            if names:
                self.paused_for += self._counted(start, until, promised, runs=False)
            else:
                self.elapsed += self._counted(start, until, promised, runs=True)
            if until == end:
                return
            start, names = until, later

    def _counted(self, start: int, end: int, promised: Promised, *, runs: bool) -> int:
        """Return how much counts from one instant to another; note it if it is a run of the clock."""
        counted_from = promised.leg.counted_from
        if counted_from > start:  # noqa: PLR1730  of a request that shares a later one's due
            start = counted_from
        if end <= start:
            return 0
        hours = promised.clock.over(start, end)
        read = reading(hours, start)
        if runs:
            self._runs.append((start, end, self.elapsed, hours, read))
        return reading(hours, end) - read

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
            _, _, before, hours, read = self._runs[bisect_left(self._runs, amount, key=_before) - 1]
            found = earliest(hours, read + amount - before)
            assert found is not None, "it was counted in these hours"
            return found
        start, hours, read = self._tail or self._run_on()
        left = amount - self.elapsed
        found = earliest(hours, read + left)
        if found is None or found >= _FAR:
            return self._promised.clock.passed(start, left)
        return found

    def _run_on(self) -> tuple[int, Hours, int]:
        """Return where the clock would run on: from when, in which hours, at which reading."""
        promised = self._promised
        start = max(self.end, promised.leg.counted_from)
        hours = promised.clock.over(start, start)
        self._tail = start, hours, reading(hours, start)
        return self._tail

    def latest(self, amount: int, due: int) -> int:
        """Return the latest instant up to the due at which no more than an amount is counted.

        The amount is less than what is promised.
        """
        tail, hours, read = self._tail or self._run_on()
        if due > tail and self.elapsed <= amount:
            if hours is not None and due > hours.end:
                hours = self._promised.clock.over(tail, due)
                read = reading(hours, tail)
            return latest(hours, read + amount - self.elapsed, due)
        runs = (run for run in reversed(self._runs) if run[2] <= amount and run[0] < due)
        _, end, before, hours, read = next(runs)
        return latest(hours, read + amount - before, min(end, due))

    @property
    def _promised(self) -> Promised:
        assert self.promised is not None, "only asked where something is promised"
        return self.promised


def _before(run: _Run) -> int:
    return run[2]
