"""`followed`: a life under the promises that held in it, one after another.

A change of what the ticket asks changes the promise from then on, in one of three ways: as if it had
held from the start (`from_start`), from now on with what was counted so far (`carry`), or from now on
anew (`restart`). What was passed while it was in force stays passed.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from support_sla.errors import LogError
from support_sla.tickets.rounds.course import Course

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Hashable

    from support_sla.tickets.log.event import EventKind
    from support_sla.tickets.rounds.facts import Facts
    from support_sla.tickets.rounds.life import Life
    from support_sla.tickets.rounds.promised import Ask, Promised, Promises


class Asking(NamedTuple):
    """How a log is measured, and when."""

    facts: Facts
    now: int
    zone: dt.tzinfo
    has_statuses: bool
    assume_unpaused: bool
    openings: bool


Followed: TypeAlias = "tuple[Course, int | None, EventKind]"
"""How a life went: its course under the promise in force at its end, when one was broken, what began it."""


def followed(asking: Asking, life: Life) -> Followed | None:
    """Return how a life went up to its end, or to now; None if there were no rules for its metric."""
    facts = asking.facts
    place = facts.asks_from(life.armed)
    end, stopped = life.stopped_at, life.stopped
    if end is None:
        end = asking.now
    if place + 1 < len(facts.asks) and (stopped is None or facts.ask_places[place + 1] <= stopped):
        return Changing(asking, life, place).followed(end)
    ask = facts.asks[place]
    promises = ask.promises[life.metric]
    if promises is None:
        return None
    course = Course(facts, life, life.start, _promised(asking, promises, ask, life.start))
    course.run(end)
    promised = course.promised
    if promised is None or course.elapsed < promised.amount:
        return course, None, life.started_by
    return course, _breached(course, life, life.armed_at, end), life.started_by


class Changing:
    """A life during which the ticket came to ask for other things.

    What each promise counted from the start on is kept and run on when it is in force again, so that
    changes back and forth cost no more than the time between them.
    """

    def __init__(self, asking: Asking, life: Life, place: int) -> None:
        self._asking, self._life = asking, life
        self._place = place
        ask = asking.facts.asks[place]
        self._promises = ask.promises[life.metric]
        self._since, self._by = life.armed_at, life.started_by
        self._breach: int | None = None
        self._has_rules = self._promises is not None
        first = _promised(asking, self._promises, ask, life.start)
        self._course = Course(asking.facts, life, life.start, first)
        self._from_start = {_key(first): self._course}

    def followed(self, end: int) -> Followed | None:
        """Return how it went up to an instant."""
        facts, stopped = self._asking.facts, self._life.stopped
        for place in range(self._place + 1, len(facts.asks)):
            if stopped is not None and facts.ask_places[place] > stopped:
                break
            promises = facts.asks[place].promises[self._life.metric]
            if promises is not self._promises:
                self._promises = promises
                self._has_rules |= promises is not None
                self._change(place, facts.asks[place], facts.ask_since[place])
        if not self._has_rules:
            return None
        self._run(end, until=end)
        return self._course, self._breach, self._by

    def _run(self, to: int, *, until: int) -> None:
        """Run the promise in force on to an instant, and note if it was passed up to another."""
        self._course.run(to)
        if self._breach is None:
            self._breach = _breached(self._course, self._life, self._since, until)

    def _change(self, place: int, ask: Ask, at: int) -> None:
        """Let what the ticket asks from an instant on decide."""
        asking, life, course = self._asking, self._life, self._course
        changes = ask.line.changes
        since = at if changes == "restart" else course.start
        promised = _promised(asking, self._promises, ask, since)
        is_alike = _alike(course.promised, promised)
        if is_alike and (changes == "carry" or (changes == "from_start" and self._is_whole())):
            return
        self._run(at, until=at - 1)
        self._since = at
        if changes == "carry":
            course.take(promised)
            # It is no longer what one promise counted.
            self._from_start = {k: v for k, v in self._from_start.items() if v is not course}
            return
        if changes == "restart":
            self._by = asking.facts.events[asking.facts.ask_places[place]].kind
            self._from_start = {}
        kept = self._from_start.get(_key(promised))
        self._course = kept or Course(asking.facts, life, since, promised)
        self._from_start[_key(promised)] = self._course

    def _is_whole(self) -> bool:
        """Whether the promise in force has counted from the start on."""
        return self._from_start.get(_key(self._course.promised)) is self._course


def _key(promised: Promised | None) -> Hashable:
    """Return what distinguishes a promise from the others to one round: its line and its rule."""
    if promised is None:
        return None
    question = promised.leg.question
    return question.department, question.channel, id(promised.leg.target), promised.due_at


def _promised(asking: Asking, promises: Promises | None, ask: Ask, start: int) -> Promised | None:
    """Return what is promised to a round that starts at an instant; raise if pauses are not known."""
    if promises is None:
        return None
    found = promises.at(start)
    if (
        found is not None
        and found.pauses_on
        and not (asking.has_statuses or asking.assume_unpaused)
    ):
        line = f"{ask.department}/{ask.channel}"
        target = found.leg.target
        raise LogError.pauses_unknown(line, target.name, target.pauses_on)
    return found


def _breached(course: Course, life: Life, since: int, until: int) -> int | None:
    """Return the first instant at which the promise of a course was passed; None if it was not.

    It was in force from `since` on, `until` is the last instant looked at. That is after the due,
    while the ticket is not resolved; at the instant that stops a life it may just have been.
    """
    promised = course.promised
    if promised is None or course.elapsed < promised.amount:
        return None
    passed = max(course.due() + 1, since)
    if passed > until:
        return None
    place = bisect_right(life.active, passed, key=_opens) - 1
    closes = life.active[place][1]
    if closes is not None and passed > closes:
        # It is resolved then, so at the reopening. There is one, for what stops it ends `until` too.
        passed = life.active[place + 1][0]
    return passed if passed <= until else None


def _opens(active: tuple[int, int | None]) -> int:
    return active[0]


def _alike(one: Promised | None, two: Promised | None) -> bool:
    """Whether two promises to one round are the same: of one rule of one line, due at one instant."""
    if one is None or two is None:
        return one is two
    (target, asked, counted_from), other = one.leg, two.leg
    return (
        target is other.target
        and counted_from == other.counted_from
        and one.due_at == two.due_at
        and asked.department == other.question.department
        and asked.channel == other.question.channel
    )
