"""The block of text that a ticket status prints: a line for each promise, in columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from support_sla.policy.metrics import METRICS
from support_sla.values.amounts.durations import format_duration
from support_sla.values.instants import since_epoch
from support_sla.values.one_line import Room, line_of
from support_sla.values.week import WEEKDAYS

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from support_sla.tickets.rounds.round import Round
    from support_sla.tickets.standing import Standing

_ROOM = Room(40, 3)


def block(status: Standing) -> str:
    """Return what is promised to a ticket and how it stands, in lines.

    Instants of another day than the one before them on a line are told with their weekday, of
    another week than `now` with their date; those of internal lines on the same clock as the rest.
    """
    return "\n".join(line.rstrip() for line in _lines(status))


def _lines(status: Standing) -> Iterator[str]:
    now = status.now
    yield _head(status)
    yield from _promises(status, now)
    for each in status.internal:
        yield f"  assigned to {line_of(_ROOM, each.department, each.channel)}"
        yield from (f"  {line}" for line in _promises(each, now))
    yield f"  changes_at  {_changes(status)}"


def _head(status: Standing) -> str:
    now = status.now
    line = line_of(_ROOM, status.department, status.channel)
    head = f"{WEEKDAYS[now.weekday()]} {now:%Y-%m-%d} {_time(now)}  {line}"
    if status.priority is not None:
        head += f"  priority {_ROOM.name(status.priority)}"
    head += "".join(f"  {_ROOM.name(n)} {_ROOM.name(v)}" for n, v in status.attributes.items())
    if status.status is not None:
        head += f"  status {_ROOM.name(status.status)}"
    if status.is_resolved:
        head += "  resolved"
    if status.holds:
        head += f"  on hold for {_ROOM.listed(status.holds, _ROOM.name)}"
    return head


def _promises(status: Standing, now: dt.datetime) -> Iterator[str]:
    """Yield a line for each promise."""
    told = [m for m in METRICS if status.state(m) != "none" or status.rounds_of(m)]
    width = max((len(metric) for metric in told), default=0)
    states = max((len(status.state(metric)) for metric in told), default=0)
    for metric in told:
        rounds = status.rounds_of(metric)
        said = _round(rounds, now) if rounds else ""
        yield f"  {metric:{width}}  {status.state(metric):{states}}  {said}"


def _changes(status: Standing) -> str:
    changes = status.changes_at
    if changes is not None:
        return _moment(changes, status.now)
    rounds = [*status.rounds, *(each for part in status.internal for each in part.rounds)]
    is_paused = any(each.paused for each in rounds)
    return "none until it is resumed" if is_paused else "none"


def _round(rounds: tuple[Round, ...], now: dt.datetime) -> str:
    last = rounds[-1]
    parts = [f"round {last.number}"] if len(rounds) > 1 or last.stopped_at is not None else []
    if last.stopped_at is not None:
        parts.append(
            f"{_moment(last.started_at, now)} -> {_beside(last.stopped_at, last.started_at, now)}"
        )
    if last.due_at is not None and last.amount is not None and last.remaining is not None:
        projected = " (projected)" if last.projected else ""
        parts.append(f"due {_moment(last.due_at, now)}{projected}")
        parts.append(f"used {format_duration(last.elapsed)} of {format_duration(last.amount)}")
        if last.stopped_at is None:
            left = max(last.remaining, 0 * last.remaining)
            parts.append(f"left {format_duration(left)}")
    if last.overrun:
        parts.append(f"over {format_duration(last.overrun)}")
    if last.paused_for:
        parts.append(f"paused {format_duration(last.paused_for)}")
    if last.assumed_unpaused:
        parts.append("pauses unknown")
    return "; ".join([", ".join(parts), *_more(rounds, now)])


def _more(rounds: tuple[Round, ...], now: dt.datetime) -> Iterator[str]:
    """Yield what is told beside a round: its warnings, and the longest of those before it."""
    last = rounds[-1]
    if last.breached_at is not None and last.due_at is not None:
        after = since_epoch(last.breached_at) - since_epoch(last.due_at)
        if abs(after.total_seconds()) > 1:  # by the promise that was in force then
            yield f"breached {_moment(last.breached_at, now)}"
    for each in last.warnings:
        if each.passed and each.at is not None:
            yield f"{_ROOM.name(each.name)} passed {_moment(each.at, now)}"
    ahead = last.next_warning
    if ahead is not None and ahead.at is not None:
        yield f"{_ROOM.name(ahead.name)} at {_moment(ahead.at, now)}"
    longest = max(rounds, key=lambda each: each.elapsed)
    if longest is not last and longest.elapsed > last.elapsed:
        yield f"longest round {format_duration(longest.elapsed)}"


def _moment(instant: dt.datetime, now: dt.datetime) -> str:
    """Return an instant with its weekday, or with its date if it is a week or more from now."""
    at = instant.astimezone(now.tzinfo)
    if abs((at.date() - now.date()).days) < 7:
        return f"{WEEKDAYS[at.weekday()]} {_time(at)}"
    return f"{WEEKDAYS[at.weekday()]} {at:%Y-%m-%d} {_time(at)}"


def _beside(at: dt.datetime, before: dt.datetime, now: dt.datetime) -> str:
    """Return an instant, alone by its time if it is of the same day as the one before it."""
    local = at.astimezone(now.tzinfo)
    same = local.date() == before.astimezone(now.tzinfo).date()
    return _time(local) if same else _moment(at, now)


def _time(at: dt.datetime) -> str:
    """Return the time of day, to the last digit it has."""
    return at.strftime("%H:%M:%S.%f" if at.microsecond else "%H:%M:%S" if at.second else "%H:%M")
