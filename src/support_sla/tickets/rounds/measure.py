"""`measured`: a life of a ticket's clock, measured at an instant under the promises that held.

A change of what the ticket asks changes the promise from then on, in one of three ways: as if it had
held from the start (`from_start`), from now on with what was counted so far (`carry`), or from now on
anew (`restart`). What was passed while it was in force stays passed.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from support_sla.errors import InstantOutOfRangeError, LogError, YearsNotCoveredError
from support_sla.policy.metrics import METRICS
from support_sla.tickets.rounds.course import Course
from support_sla.tickets.rounds.round import Figures, Round, WarningPoint
from support_sla.values.units import MICROSECOND

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Hashable

    from support_sla.policy.target import Target
    from support_sla.tickets.log.event import EventKind
    from support_sla.tickets.rounds.facts import Facts
    from support_sla.tickets.rounds.life import Life
    from support_sla.tickets.rounds.promised import Ask, Promised, Promises, WarnWhen
    from support_sla.tickets.rounds.round import RoundState


class Asking(NamedTuple):
    """How a log is measured, and when."""

    facts: Facts
    now: int
    zone: dt.tzinfo
    has_statuses: bool
    assume_unpaused: bool
    openings: bool


_Followed: TypeAlias = "tuple[Course, int | None, EventKind]"
"""How a life went: its course under the promise in force at its end, when one was broken, what began it."""


def measured(asking: Asking, life: Life, number: int) -> tuple[Round, int | None] | None:
    """Return the round of a life, and the first instant at which it differs without another event.

    None if no line that the ticket was on has rules for its metric; the instant is None if it never
    differs. Raises as `compute_deadline` does for years that are not known.
    """
    followed = _followed(asking, life)
    if followed is None:
        return None
    course, breached, started_by = followed
    promised, is_stopped, is_paused = course.promised, life.stopped is not None, course.is_paused
    due = amount = starts = earliest = None
    warnings: tuple[WarningPoint, ...] = ()
    projected = ticking = assumed = False
    target: Target | None = None
    state: RoundState = "none"
    if promised is not None:
        target, amount, starts = promised.leg.target, promised.amount, promised.starts_at
        due = course.due()
        if is_stopped:
            state = "met" if breached is None else "met_late"
        else:
            state = "running" if breached is None else "breached"
            if is_paused:
                state = "paused" if breached is None else "breached"
                projected = course.elapsed < amount
            else:
                ticking = course.end >= promised.leg.counted_from and promised.clock.is_open(
                    course.end
                )
        if target.earliest is not None:
            earliest = _earliest(asking, life, course, target.earliest, due)
        if promised.warnings:
            warnings = tuple([_warning(each, course, due) for each in promised.warnings])
        assumed = not asking.has_statuses and bool(promised.pauses_on)
    figures = Figures(
        METRICS[life.metric],
        number,
        state,
        target,
        started_by,
        life.stopped_by,
        is_paused,
        ticking,
        projected,
        assumed,
        warnings,
        tuple(course.parts),
        asking.zone,
        course.start,
        starts,
        due,
        earliest,
        life.stopped_at,
        breached,
        amount,
        course.elapsed,
        course.paused_for,
    )
    found = Round(figures)
    if is_stopped or promised is None:
        return found, None
    return found, _changes(asking, promised, figures)


def _followed(asking: Asking, life: Life) -> _Followed | None:
    """Return how a life went up to its end, or to now; None if there were no rules for its metric."""
    facts = asking.facts
    place = facts.asks_from(life.armed)
    end, stopped = life.stopped_at, life.stopped
    if end is None:
        end = asking.now
    if place + 1 < len(facts.asks) and (stopped is None or facts.ask_places[place + 1] <= stopped):
        return _Changing(asking, life, place).followed(end)
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


class _Changing:
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

    def followed(self, end: int) -> _Followed | None:
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
    if closes is not None and passed > closes:  # it is resolved then, so at the reopening
        if place + 1 == len(life.active):
            return None
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


def _earliest(asking: Asking, life: Life, course: Course, earliest: dt.timedelta, due: int) -> int:
    """Return the instant before which no answer is promised, as a deadline has it.

    It is counted from the round's own start, also if the due is that of a later request.
    """
    promised = course.promised
    assert promised is not None, "only asked where something is promised"
    if promised.leg.counted_from > course.start and course.parts[0][4] is promised.leg:
        own = promised._replace(leg=promised.leg._replace(counted_from=course.start))
        end, course = course.end, Course(asking.facts, life, course.start, own)
        course.run(end)
    reached = course.reach(earliest // MICROSECOND)
    return min(max(reached, promised.starts_at), due)


def _warning(warning: WarnWhen, course: Course, due: int) -> WarningPoint:
    """Return a warning of a round, in the promise's own time; None as instant past the years known."""
    name, when, amount = warning
    at: int | None
    moves = False
    try:
        if when == "reached":
            at = course.reach(amount)
        elif when == "latest":
            at = course.latest(amount, due)
            moves = course.is_paused and at >= course.end  # so it has not come, even if it is now
        else:
            at = due if when == "due" else course.start
    except (YearsNotCoveredError, InstantOutOfRangeError):
        at = None
    passed = at is not None and at <= course.end and not moves
    return WarningPoint(name, at, passed, when == "start")


def _changes(asking: Asking, promised: Promised, figures: Figures) -> int | None:
    """Return the first instant after now at which a running round differs without another event.

    While it is paused all that lies ahead moves on with the time, but a due that is reached.
    """
    now, found = asking.now, None
    if figures.breached is None and not figures.projected:
        assert figures.due is not None, "for there is a promise"
        found = figures.due + 1
    if figures.paused:
        return found
    for warning in figures.warnings:
        at = warning.at
        if at is not None and at > now and (found is None or at < found):
            found = at
    if asking.openings:
        start = max(now, promised.leg.counted_from)
        at = promised.clock.next_edge(start, opens=not figures.ticking)
        if at is not None and at > now and (found is None or at < found):
            found = at
    return found
