"""`Course`: how the clock of a life ran, stretch by stretch, under the promise in force.

A course has legs, each with one promise: usually one leg from the start on. Whatever is asked of it
(what is counted, when it is due, when to warn) is a look into its stretches. One whose clock never
stood still is `is_plain`: it runs as a deadline does, so its due is the table's.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, Literal, TypeAlias

from support_sla.tickets.rounds.promised import Leg, Promised
from support_sla.tickets.rounds.rule_clock import earliest, latest, reading
from support_sla.values.units import DAY_MICROS

if TYPE_CHECKING:
    from support_sla.tickets.rounds.facts import Facts
    from support_sla.tickets.rounds.life import Life
    from support_sla.tickets.rounds.rule_clock import Hours

PartKind: TypeAlias = Literal["running", "paused", "resolved", "unpromised"]
_NONE: frozenset[str] = frozenset()
_FAR = 10_000 * 365 * DAY_MICROS - 1970 * 366 * DAY_MICROS
"""Before it every zone's clock can show an instant: some years before the last that is served."""


Part: TypeAlias = tuple[int, int, PartKind, frozenset[str], Leg | None]
"""A stretch of a life: its start and end, why its clock may tick in it or stands still, and its leg.

It may tick in `running` ones. One that is `paused` has the statuses and holds because of which it is;
the other two are `resolved`, and `unpromised` where no rule matched.
"""
_Run: TypeAlias = "tuple[int, int, int, Hours, int]"
"""A stretch in which time is counted: start, end, what came before, its hours, their reading at its start."""


class Course:
    """The stretches of a life up to an instant, and what they add up to in microseconds.

    It is built leg by leg, each from the end of the one before, and may be run on at any time.
    """

    __slots__ = (
        "_counted_from",
        "_facts",
        "_life",
        "_runs",
        "_tail",
        "elapsed",
        "end",
        "is_plain",
        "parts",
        "paused_for",
        "promised",
        "start",
    )

    start: int
    end: int
    promised: Promised | None
    elapsed: int
    paused_for: int
    is_plain: bool
    parts: list[Part]

    def __init__(self, facts: Facts, life: Life, start: int, promised: Promised | None) -> None:
        self._facts, self._life = facts, life
        self.start = self.end = start
        self.promised = promised
        self.elapsed = self.paused_for = 0
        self.is_plain = True
        self._counted_from = start if promised is None else max(start, promised.leg.counted_from)
        self._runs: list[_Run] = []
        self._tail: tuple[int, Hours, int] | None = None
        self.parts = []

    def take(self, promised: Promised | None) -> None:
        """Let another promise count from the end on."""
        self.promised, self.is_plain, self._tail = promised, False, None

    def run(self, until: int) -> None:
        """Run on to an instant."""
        promised, active, begin = self.promised, self._life.active, self.end
        self.end, self._tail = until, None
        if len(active) == 1:
            self._add(begin, until, promised)
            return
        leg = None if promised is None else promised.leg
        for place in range(bisect_right(active, begin, key=_opens) - 1, len(active)):
            opens, closes = active[place]
            first = max(opens, begin)
            if first > until:
                break
            if first > begin:
                self._still(begin, first, leg)
            last = until if closes is None or closes > until else closes
            if last < first:  # it closed before
                continue
            self._add(first, last, promised)
            begin = last
        if begin < until:
            self._still(begin, until, leg)

    def _still(self, start: int, end: int, leg: Leg | None) -> None:
        """Add the time for which the ticket is resolved."""
        self.is_plain = False
        self._put(start, end, "resolved", _NONE, leg)

    def _add(self, start: int, end: int, promised: Promised | None) -> None:
        """Add time for which it is not resolved."""
        if promised is None:
            self._put(start, end, "unpromised", _NONE, None)
        elif promised.pauses_on:
            self._add_paused(start, end, promised)
        else:
            self._put(start, end, "running", _NONE, promised.leg)
            self._count(start, end, promised)

    def _add_paused(self, start: int, end: int, promised: Promised) -> None:
        """Add the parts from one instant to another, neighbours unlike in what pauses them."""
        since, states, pauses_on = self._facts.since, self._facts.states, promised.pauses_on
        leg, counted_from = promised.leg, promised.leg.counted_from
        begin = counted_from if counted_from > start else start  # noqa: FURB136  as in `_count`
        hours = promised.clock.over(begin, end) if begin < end else None
        read = reading(hours, begin)
        place = bisect_right(since, start)
        names = states[place - 1] & pauses_on
        while True:
            until, later = end, names
            while place < len(since) and since[place] < end:
                later = states[place] & pauses_on
                place += 1
                if later != names:
                    until = since[place - 1]
                    break
            self._put(start, until, "paused" if names else "running", names, leg)
            if until > begin:
                to = reading(hours, until)
                if names:
                    self.paused_for += to - read
                else:
                    self._runs.append((begin, until, self.elapsed, hours, read))
                    self.elapsed += to - read
                begin, read = until, to
            if until == end:
                break
            start, names = until, later
        if self.paused_for:
            self.is_plain = False

    def _put(
        self, start: int, end: int, kind: PartKind, names: frozenset[str], leg: Leg | None
    ) -> None:
        """Add a part, or make the last one longer if it is of the same kind."""
        parts = self.parts
        if not parts:
            parts.append((start, end, kind, names, leg))
        elif start < end:
            begin, _, before, *of = parts[-1]
            if before == kind and of == [names, leg]:
                parts[-1] = begin, end, kind, names, leg
            else:
                parts.append((start, end, kind, names, leg))

    def _count(self, start: int, end: int, promised: Promised) -> None:
        """Count a run of the clock from one instant to another."""
        counted_from = promised.leg.counted_from
        if counted_from > start:  # noqa: PLR1730  of a request that shares a later one's due
            start = counted_from
        if end > start:
            hours = promised.clock.over(start, end)
            read = reading(hours, start)
            self._runs.append((start, end, self.elapsed, hours, read))
            self.elapsed += reading(hours, end) - read

    @property
    def is_paused(self) -> bool:
        """Whether its clock stands still at its end, because of what the ticket is in then."""
        if self._life.stopped is not None or self.promised is None or not self.promised.pauses_on:
            return False
        return not self.promised.pauses_on.isdisjoint(self._facts.state_at(self.end))

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


def _opens(active: tuple[int, int | None]) -> int:
    return active[0]
