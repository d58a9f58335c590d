"""`measured`: a life of a ticket's clock as a round, with its figures at an instant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from support_sla.errors import InstantOutOfRangeError, YearsNotCoveredError
from support_sla.policy.metrics import METRICS
from support_sla.tickets.rounds.course import Course
from support_sla.tickets.rounds.followed import followed
from support_sla.tickets.rounds.round import Figures, Round
from support_sla.tickets.rounds.round_parts import WarningPoint
from support_sla.values.units import MICROSECOND

if TYPE_CHECKING:
    import datetime as dt

    from support_sla.policy.target import Target
    from support_sla.tickets.rounds.followed import Asking
    from support_sla.tickets.rounds.life import Life
    from support_sla.tickets.rounds.promised import Promised, WarnWhen
    from support_sla.tickets.rounds.round import RoundState


def measured(asking: Asking, life: Life, number: int) -> tuple[Round, int | None] | None:
    """Return the round of a life, and the first instant at which it differs without another event.

    None if no line that the ticket was on has rules for its metric; the instant is None if it never
    differs. Raises as `compute_deadline` does for years that are not known.
    """
    found = followed(asking, life)
    if found is None:
        return None
    course, breached, started_by = found
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
    one = Round(figures)
    if is_stopped or promised is None:
        return one, None
    return one, _changes(asking, promised, figures)


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
