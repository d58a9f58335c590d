"""What the scalar functions say of each row of a column, in the words of columns."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

from support_sla import InstantOutOfRangeError, SupportSlaError, compute_deadline

if TYPE_CHECKING:
    from collections.abc import Callable

    from support_sla import Policy

EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
WALL = dt.datetime(1970, 1, 1)
MICROSECOND = dt.timedelta(microseconds=1)
PER_SECOND = {"s": 1, "ms": 1_000, "us": 1_000_000, "ns": 1_000_000_000}


class Shown(NamedTuple):
    """The clock that a column shows: its zone, None for counts from 1970 UTC, and its unit."""

    zone: str | None = None
    unit: str = "us"
    fold: Any = None

    def instant(self, number: int) -> dt.datetime:
        """Return the instant of a row; raise as a column refuses it."""
        try:
            moved = number * 1_000_000 // PER_SECOND[self.unit] * MICROSECOND
            if self.zone is None:
                return EPOCH + moved
            local = (WALL + moved).replace(tzinfo=ZoneInfo(self.zone))
        except OverflowError:
            raise InstantOutOfRangeError from None
        if self.fold is None and local.utcoffset() != local.replace(fold=1).utcoffset():
            raise InDoubtError
        return local.replace(fold=self.fold or 0)

    def number(self, at: dt.datetime) -> int:
        """Return the number of an instant in the column."""
        if self.zone is None:
            moved = at - EPOCH
        else:
            moved = at.astimezone(ZoneInfo(self.zone)).replace(tzinfo=None) - WALL
        return moved // MICROSECOND * PER_SECOND[self.unit] // 1_000_000


class InDoubtError(Exception):
    """A local time that comes twice, or never."""


def answer(policy: Policy, shown: Shown, number: int, **names: Any) -> tuple[Any, ...] | str:
    """Return starts_at, earliest_at, due_at and target of a row, or the name of its error."""

    def ask(at: dt.datetime) -> tuple[Any, ...]:
        found = compute_deadline(policy, at, **names)
        earliest = None if found.earliest_at is None else shown.number(found.earliest_at)
        return (
            shown.number(found.starts_at),
            earliest,
            shown.number(found.due_at),
            found.target.name,
        )

    found: tuple[Any, ...] | str = asked(ask, shown, number)
    return found


def asked(ask: Callable[..., Any], shown: Shown, *numbers: int) -> Any:
    """Return what a scalar function says of the instants of a row, or the name of its error."""
    try:
        return ask(*map(shown.instant, numbers))
    except InDoubtError:
        return "InstantError"
    except SupportSlaError as error:
        return type(error).__name__


def rows_of(answers: Any) -> list[tuple[Any, ...] | str]:
    """Return the rows of a column's answers as `answer` gives them."""
    never = -(2**63)
    columns = [
        answers[name].astype("int64").tolist() for name in ("starts_at", "earliest_at", "due_at")
    ]
    targets = [None if code < 0 else answers.targets[code] for code in answers["target"].tolist()]
    errors = [None if code < 0 else answers.errors[code] for code in answers["error"].tolist()]
    rows = zip(*columns, targets, strict=True)
    return [
        error or tuple(None if value == never else value for value in row)
        for row, error in zip(rows, errors, strict=True)
    ]
