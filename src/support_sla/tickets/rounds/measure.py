"""`measured`: a life of a ticket's clock, measured at an instant under the promises that held.

A change of what the ticket asks changes the promise from then on, in one of three ways: as if it had
held from the start (`from_start`), from now on with what was counted so far (`carry`), or from now on
anew (`restart`). What was passed while it was in force stays passed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from support_sla.errors import InstantOutOfRangeError, LogError, YearsNotCoveredError
from support_sla.policy.metrics import METRICS
from support_sla.tickets.rounds.course import Course
from support_sla.tickets.rounds.round import Figures, Round, WarningPoint
from support_sla.values.units import MICROSECOND

if TYPE_CHECKING:
    import datetime as dt

    from support_sla.policy.target import Target
    from support_sla.tickets.log.event import EventKind
    from support_sla.tickets.rounds.course import Legs
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
    promised, is_stopped = course.promised, life.stopped is not None
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
            if course.is_paused:
                state = "paused" if breached is None else "breached"
                projected = course.elapsed < amount
            else:
                ticking = course.end >= promised.leg.counted_from and promised.clock.is_open(
                    course.end
                )
        if target.earliest is not None:
            earliest = _earliest(course, promised, target.earliest, due)
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
        course.is_paused,
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
    return found, _changes(asking, course, promised, figures)


def _followed(asking: Asking, life: Life) -> _Followed | None:  # noqa: C901  each change by itself
    """Return how a life went up to its end, or to now; None if there were no rules for its metric."""
    facts, metric = asking.facts, life.metric
    asks = facts.asks
    place = facts.asks_from(life.armed)
    ask = asks[place]
    promises = ask.promises[metric]
    end = asking.now if life.stopped_at is None else life.stopped_at
    legs: Legs = [(life.start, _promised(asking, promises, ask, life.start))]
    if place + 1 == len(asks):  # nothing changed on the way
        if promises is None:
            return None
        course = Course(facts, life, legs, end)
        return course, _breached(course, life, life.armed_at, end), life.started_by
    has_rules, breached, since, by = promises is not None, None, life.armed_at, life.started_by
    for later_place in range(place + 1, len(asks)):
        event, at = facts.ask_places[later_place], facts.ask_since[later_place]
        if life.stopped is not None and event > life.stopped:
            break
        ask = asks[later_place]
        later = ask.promises[metric]
        if later is promises:
            continue
        promises, before = later, legs
        has_rules |= promises is not None
        legs = _changed(asking, legs, promises, ask, at)
        if legs is before:
            continue
        if breached is None:
            breached = _breached(Course(facts, life, before, at), life, since, at - 1)
        since = at
        if ask.line.changes == "restart":
            by = facts.events[event].kind
    if not has_rules:
        return None
    course = Course(facts, life, legs, end)
    if breached is None:
        breached = _breached(course, life, since, end)
    return course, breached, by


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
        raise LogError.pauses_unknown(line, found.leg.target.name, found.leg.target.pauses_on)
    return found


def _changed(asking: Asking, legs: Legs, promises: Promises | None, ask: Ask, at: int) -> Legs:
    """Return the legs after a change of what the ticket asks: the same ones if that promises alike."""
    changes = ask.line.changes
    since = at if changes == "restart" else legs[0][0]
    promised = _promised(asking, promises, ask, since)
    if changes != "restart" and _alike(legs[-1][1], promised):
        return legs if changes == "carry" or len(legs) == 1 else [(since, promised)]
    if changes == "carry":
        return [*legs, (at, promised)]
    return [(since, promised)]


def _breached(course: Course, life: Life, since: int, until: int) -> int | None:
    """Return the first instant at which the promise of a course was passed; None if it was not.

    It was in force from `since` on, `until` is the last instant looked at. That is after the due,
    while the ticket is not resolved; at the instant that stops a life it may just have been.
    """
    promised = course.promised
    if promised is None or course.elapsed < promised.amount:
        return None
    passed = max(course.due() + 1, since)
    for opens, closes in life.active:
        if closes is None or passed <= closes:
            passed = max(passed, opens)
            break
    return passed if passed <= until else None


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


def _earliest(course: Course, promised: Promised, earliest: dt.timedelta, due: int) -> int:
    """Return the instant before which no answer is promised, as a deadline has it."""
    amount = earliest // MICROSECOND
    if course.is_plain or not amount:
        reached = promised.clock.passed(course.start, amount)
    else:
        reached = course.reach(amount)
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


def _changes(
    asking: Asking,
    course: Course,
    promised: Promised,
    figures: Figures,
) -> int | None:
    """Return the first instant after now at which a running round differs without another event.

    While it is paused all that lies ahead moves on with the time, but a due that is reached.
    """
    now, found = asking.now, None
    if figures.breached is None and not figures.projected:
        assert figures.due is not None, "for there is a promise"
        found = figures.due + 1
    if course.is_paused:
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
