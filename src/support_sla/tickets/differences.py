"""`compare_statuses`: where two statuses of one ticket differ, as under two versions of a policy."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from support_sla.errors import LogError, NotAModelError
from support_sla.policy.metrics import Metric
from support_sla.tickets.rounds.round import Round
from support_sla.tickets.status import TicketStatus
from support_sla.values.amounts.durations import format_duration
from support_sla.values.instants import since_epoch
from support_sla.values.one_line import moment

FIGURES = (
    "state",
    "target",
    "started_at",
    "due_at",
    "stopped_at",
    "breached_at",
    "amount",
    "elapsed",
    "paused_for",
)
"""What is compared of a round: what it is, its promise, its instants and its amounts."""


@dataclass(frozen=True, slots=True)
class StatusDifference:
    """One figure of one round that two statuses of a ticket have differently.

    `figure` is the name of the round's attribute, "round" if only one status has the round at all; then
    the other one is None. `line` is that of an internal promise, None for the customer's.
    """

    metric: Metric
    number: int
    figure: str
    old: Any
    new: Any
    line: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return the difference as plain data, instants and amounts as texts."""
        return {
            "metric": self.metric,
            "number": self.number,
            "figure": self.figure,
            "old": _written(self.old),
            "new": _written(self.new),
            **({} if self.line is None else {"line": self.line}),
        }

    def __str__(self) -> str:
        """Return the round, the figure, and both values on one line."""
        of = "" if self.line is None else f" of {self.line}"
        old, new = _said(self.old), _said(self.new)
        another = "another " if old == new else ""  # a rule that changed and kept its name
        return (
            f"{self.metric}{of} round {self.number}, {self.figure}: {another}{new} instead of {old}"
        )


def compare_statuses(old: TicketStatus, new: TicketStatus) -> tuple[StatusDifference, ...]:
    """Return where two statuses of one ticket differ, round by round; empty if nowhere.

    As of one log under two versions of a policy, or before and after an event. Instants are compared
    as instants. Raises `NotAModelError` for what is no status, and `LogError` for two tickets: with
    other names, lines or submissions.

    >>> from support_sla import TicketLog, load_policy, track
    >>> policy = load_policy("azdigi")
    >>> log = TicketLog("technical", "ticket", [
    ...     {"at": "2026-01-10T16:30:00+07:00", "kind": "submitted"},
    ... ])
    >>> one, two = (track(policy, log, f"2026-01-10T{at}:00+07:00") for at in ("17:00", "17:30"))
    >>> [str(each) for each in compare_statuses(one, two)]
    ['first_response round 1, elapsed: 1h instead of 30m']
    """
    for status in (old, new):
        if not isinstance(status, TicketStatus):
            raise NotAModelError.status(status)
    if old.log.ticket != new.log.ticket or _sent(old) != _sent(new):
        raise LogError.two_tickets(str(old.log), str(new.log))
    found = [*_differences(old.rounds, new.rounds, None)]
    for place in range(max(len(old.internal), len(new.internal))):
        sides = [each.internal[place : place + 1] for each in (old, new)]
        one = next(status for side in sides for status in side)
        rounds = [side[0].rounds if side else () for side in sides]
        found += _differences(rounds[0], rounds[1], f"{one.department}/{one.channel}")
    return tuple(found)


def _sent(status: TicketStatus) -> tuple[str, str, dt.timedelta]:
    """Return to which line a ticket was sent, and when."""
    log = status.log
    return log.department, log.channel, since_epoch(log.submitted_at)


def _differences(
    old: tuple[Round, ...], new: tuple[Round, ...], line: str | None
) -> Iterator[StatusDifference]:
    sides = [{(each.metric, each.number): each for each in rounds} for rounds in (old, new)]
    for metric, number in dict.fromkeys([*sides[0], *sides[1]]):
        one, two = (side.get((metric, number)) for side in sides)
        if one is None or two is None:
            yield StatusDifference(metric, number, "round", one, two, line)
            continue
        for figure in FIGURES:
            before, after = getattr(one, figure), getattr(two, figure)
            if _compared(before) != _compared(after):
                yield StatusDifference(metric, number, figure, before, after, line)


def _compared(value: object) -> object:
    return since_epoch(value) if isinstance(value, dt.datetime) else value


def _said(value: object) -> str:
    if isinstance(value, dt.datetime):
        return moment(value)
    written = _written(value)
    return "none" if written is None else str(written)


def _written(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, dt.datetime):
        return value.isoformat()
    if isinstance(value, dt.timedelta):
        return format_duration(value)
    name = getattr(value, "name", None)
    return str(value) if name is None else str(name)
