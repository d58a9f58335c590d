"""Rounds said in the words of the oracle of tickets, and where two of them differ."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta
from typing import Any

import ticket_oracle
from in_oracle_words import utc
from support_sla import Round, TicketStatus
from ticket_oracle import FAR, MICROSECOND
from ticket_story import METRICS


def _micros(amount: timedelta | None) -> int | None:
    return None if amount is None else amount // MICROSECOND


def figures(each: Round) -> ticket_oracle.Figures:
    """Return a round in the oracle's words."""
    return ticket_oracle.Figures(
        metric=each.metric,
        state=each.state,
        target=each.target.name if each.target else None,
        started_by=each.started_by,
        started_at=utc(each.started_at),
        stopped_at=utc(each.stopped_at),
        stopped_by=each.stopped_by,
        starts_at=utc(each.starts_at),
        due_at=utc(each.due_at),
        earliest_at=utc(each.earliest_at),
        breached_at=utc(each.breached_at),
        amount=_micros(each.amount),
        elapsed=each.elapsed // MICROSECOND,
        paused_for=each.paused_for // MICROSECOND,
        paused=each.paused,
        ticking=each.ticking,
        projected=each.projected,
        warnings=tuple(
            (
                warning.name,
                FAR if warning.at is None else utc(warning.at),
                warning.passed,
                warning.at_start,
            )
            for warning in each.warnings
        ),
    )


def differences(status: TicketStatus, expected: ticket_oracle.Standing) -> list[str]:
    """Return what of a status and its internal lines is not as the oracle finds it, in words."""
    found = _of_line(status, expected.rounds)
    for inside, its in zip(status.internal, expected.internal, strict=True):
        found += _of_line(inside, its)
    return found


def _of_line(status: TicketStatus, expected: list[ticket_oracle.Figures]) -> list[str]:
    ours = [figures(each) for metric in METRICS for each in status.rounds_of(metric)]  # type: ignore[arg-type]
    if [each.metric for each in ours] != [each.metric for each in expected]:
        return [
            f"rounds {[each.metric for each in ours]}, not {[each.metric for each in expected]}"
        ]
    return [
        f"{one.metric}: {key} {value}, not {wanted}"
        for one, two in zip(ours, expected, strict=True)
        for key, value in asdict(one).items()
        if (wanted := _known(key, getattr(two, key), value)) != value
    ]


def _known(key: str, wanted: Any, value: Any) -> Any:
    """Return what is expected; where the oracle does not know, what was found."""
    if wanted == FAR:
        return value
    if key != "warnings":
        return wanted
    pairs = zip(wanted, value, strict=True)
    return tuple(two if one[1] == FAR and not two[2] else one for one, two in pairs)
