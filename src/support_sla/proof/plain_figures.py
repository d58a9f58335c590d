"""The figures and warnings of a round, from its plain reading; amounts and instants in microseconds."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING, Any

from support_sla.errors import ShareError
from support_sla.values.amounts.durations import parse_duration
from support_sla.values.amounts.shares import read_share
from support_sla.values.units import MICROSECOND

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from support_sla.proof.plain_moments import Moment
    from support_sla.proof.plain_round import PlainLife, PlainPromise
    from support_sla.proof.plain_ticket import PlainRound


def figures_of(
    moments: Sequence[Moment], each: PlainRound, life: PlainLife, now: int
) -> dict[str, Any]:
    """Return the figures of a round, instants and amounts in microseconds."""
    promise, stop = life.promise, each.stopped
    is_stopped = stop is not None
    at_end = [moment for moment in moments if moment.at <= now][-1].states
    pauses = set(promise.rule.pauses_on) if promise else set()
    paused = not is_stopped and bool(pauses & at_end)
    elapsed, due = life.elapsed, life.due()
    amount = promise.amount if promise else None
    state = "running"
    if promise is None or amount is None:
        state = "none"
    elif is_stopped:
        state = "met" if life.breached is None else "met_late"
    elif life.breached is not None:
        state = "breached"
    elif paused:
        state = "paused"
    left = None if amount is None else amount - elapsed
    return {
        "state": state,
        "rule": promise.rule.name if promise else None,
        "started_at": life.start,
        "started_by": life.started_by,
        "starts_at": _starts(promise, life.start),
        "due_at": due,
        "projected": paused and left is not None and left > 0,
        "earliest_at": _earliest(each, life, due),
        "stopped_at": None if stop is None else moments[stop].at,
        "stopped_by": None if stop is None else moments[stop].kind,
        "breached_at": life.breached,
        "amount": amount,
        "elapsed": elapsed,
        "remaining": left,
        "overrun": max(-left, 0) if left is not None else 0,
        "percent": life.share(),
        "paused_for": life.paused_for,
        "paused": paused,
        "ticking": promise is not None
        and not is_stopped
        and not paused
        and promise.is_open(life.end),
    }


def _starts(promise: PlainPromise | None, start: int) -> int | None:
    if promise is None:
        return None
    if promise.rule.counted_in == "calendar_time":
        return start
    return promise.line.hours_of(promise.rule).next_open(start)


def _earliest(each: PlainRound, life: PlainLife, due: int | None) -> int | None:
    promise = life.promise
    if promise is None or promise.rule.earliest is None or each.metric != "first_response":
        return None
    amount = promise.rule.earliest // MICROSECOND
    own = promise._replace(counted_from=life.start)  # the due may be that of a later request
    slices = [p._replace(promise=own) if p.promise is promise else p for p in life.slices]
    reached = replace(life, promise=own, slices=tuple(slices)).reach(amount)
    starts = _starts(promise, life.start)
    assert reached is not None, "no later than the due, which is known"
    assert starts is not None, "and the first opening no later either"
    assert due is not None, "for there is a promise"
    return min(max(reached, starts), due)


def warnings_of(life: PlainLife, figures: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the warnings of a round, each counted in its own time; an instant past the years is None."""
    promise, due = life.promise, figures["due_at"]
    found = []
    for each in promise.rule.warn_at if promise else ():
        assert promise is not None, "for it has warnings"
        amount, at_start, moves = promise.amount, False, False
        try:
            share = read_share("at", each.at)
        except ShareError:
            text, side = each.at.rsplit(" ", 1)
            micros = parse_duration(text) // MICROSECOND
            if side == "after":
                at = life.reach(amount + micros) if micros else due
            elif micros > amount:
                at, at_start = life.start, True
            elif micros:
                at = _latest(life, promise, amount - micros, due)
                moves = figures["paused"] and at >= life.end
            else:
                at = due
        else:
            at = life.reach(ceil(share * Fraction(amount)))
        passed = at is not None and at <= life.end and not moves
        found.append({"name": each.name, "at": at, "passed": passed, "at_start": at_start})
    return found


def _latest(life: PlainLife, promise: PlainPromise, amount: int, due: int) -> int:
    """Return the latest instant up to the due at which no more than an amount has been counted."""
    running = [part for part in life.slices if part.kind[0] == "running" and part.promise]
    spans = [(max(p.start, p.promise.counted_from), p.end, p.promise) for p in running if p.promise]
    spans.append((max(life.end, promise.counted_from), max(due, life.end), promise))
    counted, found = 0, life.start
    for start, end, of in spans:
        if start >= min(end, due):
            continue
        if counted > amount:
            break
        until = min(end, due)
        found = _last_with(of, start, until, amount - counted)
        counted += of.counted(start, until)
    return found


def _last_with(promise: PlainPromise, start: int, end: int, amount: int) -> int:
    """Return the latest instant up to `end` by which no more than an amount is counted from `start`."""
    if promise.rule.counted_in == "calendar_time":
        return min(start + amount, end)
    hours = promise.line.hours_of(promise.rule)
    for opens, closes in hours.pieces(start, end):
        if hours.is_open(opens):
            if closes - opens > amount:
                return opens + amount
            amount -= closes - opens
    return end
