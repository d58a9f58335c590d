"""`measured`: a life of a ticket's clock, measured at an instant under the promises that held.

A change of what the ticket asks changes the promise from then on, in one of three ways: as if it had
held from the start (`from_start`), from now on with what was counted so far (`carry`), or from now on
anew (`restart`). What was passed while it was in force stays passed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from support_sla.errors import InstantOutOfRangeError, LogError, YearsNotCoveredError
from support_sla.tickets.rounds.course import Course, Leg
from support_sla.tickets.rounds.round import Figures, Round, WarningPoint
from support_sla.values.units import MICROSECOND

if TYPE_CHECKING:
    import datetime as dt

    from support_sla.policy.warn_at import Point
    from support_sla.tickets.rounds.facts import Facts
    from support_sla.tickets.rounds.life import Life
    from support_sla.tickets.rounds.promised import Ask, Promised, Promises
    from support_sla.tickets.rounds.round import RoundState


class Measured(NamedTuple):
    """A round, and the first instant at which it differs without another event, if it ever does."""

    round: Round
    changes: int | None


class Asking(NamedTuple):
    """How a log is measured, and when."""

    facts: Facts
    now: int
    zone: dt.tzinfo
    has_statuses: bool
    assume_unpaused: bool
    openings: bool


def measured(asking: Asking, life: Life, number: int) -> Measured | None:
    """Return the round of a life; None if no line that the ticket was on has rules for its metric.

    Raises as `compute_deadline` does for years that are not known.
    """
    history = _History(asking, life)
    if not history.has_rules:
        return None
    course, breached = history.course, history.breached
    promised = course.promised
    is_stopped = life.stopped is not None
    due: int | None = None
    warnings: tuple[WarningPoint, ...] = ()
    projected = ticking = False
    amount = earliest = None
    if promised is not None:
        amount, due = promised.amount, course.due()
        projected = course.is_paused and course.elapsed < amount
        ticking = not is_stopped and _ticks(course, promised)
        earliest = _earliest(course, promised, due) if life.metric == 0 else None
        if promised.warnings:
            warnings = tuple(
                _warning(name, point, course, promised, due) for name, point in promised.warnings
            )
    state: RoundState
    if promised is None:
        state = "none"
    elif is_stopped:
        state = "met" if breached is None else "met_late"
    elif breached is not None:
        state = "breached"
    else:
        state = "paused" if course.is_paused else "running"
    figures = Figures(
        life.name,
        number,
        state,
        None if promised is None else promised.target,
        history.started_by,
        life.stopped_by,
        course.is_paused,
        ticking,
        projected,
        promised is not None and not asking.has_statuses and bool(promised.pauses_on),
        course.start,
        None if promised is None else promised.starts_at,
        due,
        earliest,
        life.stopped_at,
        breached,
        amount,
        course.elapsed,
        course.paused_for,
    )
    found = Round(warnings, tuple(course.parts), figures, asking.zone)
    if is_stopped or promised is None:
        return Measured(found, None)
    return Measured(found, _changes(asking, course, promised, figures, warnings))


class _History:
    """The promises of a life one after another, up to the one in force at its end, or now."""

    __slots__ = ("_asking", "_life", "_since", "breached", "course", "has_rules", "started_by")

    def __init__(self, asking: Asking, life: Life) -> None:
        self._asking, self._life = asking, life
        self.started_by = life.started_by
        self.breached: int | None = None
        end = asking.now if life.stopped_at is None else life.stopped_at
        asks = asking.facts.asks
        place = asking.facts.asks_from(life.armed)
        promises = asks[place].ask.promises[life.metric]
        self.has_rules = promises is not None
        legs = [Leg(life.start, self._promised(promises, asks[place].ask, life.start))]
        self._since = life.armed_at
        for changed in asks[place + 1 :]:
            if life.stopped is not None and changed.place > life.stopped:
                break
            later = changed.ask.promises[life.metric]
            if later is not None:
                self.has_rules = True
            if later is promises:
                continue
            promises, before = later, legs
            legs = self._changed(legs, changed.ask, changed.at)
            if legs is before:
                continue
            self._breach(Course(asking.facts, life, before, changed.at), until=changed.at - 1)
            self._since = changed.at
            if changed.ask.line.changes == "restart":
                self.started_by = asking.facts.events[changed.place].kind
        self.course = Course(asking.facts, life, legs, end)
        self._breach(self.course, until=end)

    def _promised(self, promises: Promises | None, ask: Ask, start: int) -> Promised | None:
        """Return what is promised to a round that starts at an instant; raise if pauses are not known."""
        found = None if promises is None else promises.at(start)
        asking = self._asking
        if (
            found is not None
            and found.pauses_on
            and not asking.has_statuses
            and not asking.assume_unpaused
        ):
            line = f"{ask.department}/{ask.channel}"
            raise LogError.pauses_unknown(line, found.target.name, found.target.pauses_on)
        return found

    def _changed(self, legs: list[Leg], ask: Ask, at: int) -> list[Leg]:
        """Return the legs after a change of what the ticket asks: the same ones if that promises alike."""
        start, changes = legs[0].start, ask.line.changes
        since = at if changes == "restart" else start
        promised = self._promised(ask.promises[self._life.metric], ask, since)
        if changes != "restart" and _alike(legs[-1].promised, promised):
            return legs if changes == "carry" or len(legs) == 1 else [Leg(since, promised)]
        if changes == "carry":
            return [*legs, Leg(at, promised)]
        return [Leg(since, promised)]

    def _breach(self, course: Course, *, until: int) -> None:
        """Note the first instant at which the promise in force was passed, if it was so far.

        That is after the due, while the ticket is not resolved; at the instant that stops a life it
        may just have been.
        """
        promised = course.promised
        if self.breached is not None or promised is None or course.elapsed < promised.amount:
            return
        passed = max(course.due() + 1, self._since)
        for opens, closes in self._life.active:
            if closes is None or passed <= closes:
                passed = max(passed, opens)
                if passed <= until:
                    self.breached = passed
                return


def _alike(one: Promised | None, two: Promised | None) -> bool:
    """Whether two promises to one round are the same: of one rule of one line, due at one instant."""
    if one is None or two is None:
        return one is two
    asked = one.asked.question, two.asked.question
    return (
        one.target is two.target
        and one.counted_from == two.counted_from
        and one.due_at == two.due_at
        and asked[0].department == asked[1].department
        and asked[0].channel == asked[1].channel
    )


def _ticks(course: Course, promised: Promised) -> bool:
    """Whether time is counted at the end of a course."""
    if course.is_paused or course.end < promised.counted_from:
        return False
    return promised.clock.is_open(course.end)


def _earliest(course: Course, promised: Promised, due: int) -> int | None:
    """Return the instant before which no answer is promised, as a deadline has it."""
    earliest = promised.target.earliest
    if earliest is None:
        return None
    amount = earliest // MICROSECOND
    reached = course.reach(amount)
    if course.is_plain or not amount:
        reached = promised.clock.passed(course.start, amount)
    return min(max(reached, promised.starts_at), due)


def _warning(name: str, point: Point, course: Course, promised: Promised, due: int) -> WarningPoint:
    """Return a warning of a round, counted in the promise's own time."""
    amount = promised.amount
    at: int | None
    at_start = False
    try:
        if point.side == "share":
            share = point.share
            at = course.reach(-(-share.numerator * amount // share.denominator))
        elif point.side == "after":
            at = course.reach(amount + point.micros) if point.micros else due
        elif point.micros > amount:
            at, at_start = course.start, True
        else:
            at = course.latest(amount - point.micros, due) if point.micros else due
    except (YearsNotCoveredError, InstantOutOfRangeError):
        at = None
    passed = at is not None and at <= course.end
    return WarningPoint(name, at, passed, at_start)


def _changes(
    asking: Asking,
    course: Course,
    promised: Promised,
    figures: Figures,
    warnings: tuple[WarningPoint, ...],
) -> int | None:
    """Return the first instant after now at which a running round differs without another event.

    While it is paused all that lies ahead moves on with the time, but a due that is reached.
    """
    ahead: list[int | None] = []
    due, now = figures.due, asking.now
    if figures.breached is None and due is not None and not figures.projected:
        ahead.append(due + 1)
    if not course.is_paused:
        ahead += [each.at for each in warnings if not each.passed]
        if asking.openings:
            start = max(now, promised.counted_from)
            ahead.append(promised.clock.next_edge(start, opens=not figures.ticking))
    return min((at for at in ahead if at is not None and at > now), default=None)
