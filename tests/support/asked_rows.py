"""Requests to the shipped policy as rows, and their answers as the scalar function gives them."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence
from typing import Any

from support_sla import SupportSlaError, compute_deadline
from vietnam_desk import AZDIGI

OUTPUTS = ("starts_at", "earliest_at", "due_at", "target")

EDGES = (
    "2026-01-10T07:59:59.999999+07:00",  # just before, at and after opening and closing
    "2026-01-10T08:00:00+07:00",
    "2026-01-10T08:00:00.000001+07:00",
    "2026-01-10T16:59:59.999999+07:00",
    "2026-01-10T17:00:00+07:00",
    "2026-02-15T00:00:00+07:00",  # in the days of Tết
    "2026-02-28T23:59:59.999999+07:00",
)


def instants(count: int = 200) -> list[dt.datetime]:
    """Return the edges, and others of three years in no order."""
    chosen = random.Random(count)  # noqa: S311  chosen, and the same in every run
    begin = dt.datetime(2025, 1, 1, tzinfo=dt.UTC)
    others = [
        begin + dt.timedelta(microseconds=chosen.randrange(3 * 365 * 86_400_000_000))
        for _ in range(count - len(EDGES))
    ]
    return [*(dt.datetime.fromisoformat(text).astimezone(dt.UTC) for text in EDGES), *others]


def departments(count: int = 200) -> list[str]:
    """Return departments that take turns, though not in pairs with the edges above."""
    return [("technical", "billing", "billing")[at % 3] for at in range(count)]


def answers(
    asked: Sequence[dt.datetime | None], lines: Sequence[str | None], **names: Any
) -> list[tuple[Any, ...]]:
    """Return what each row must be answered, with the name of the error of those that are refused."""
    found: list[tuple[Any, ...]] = []
    for at, department in zip(asked, lines, strict=True):
        if at is None:
            found.append((None,) * 5)
            continue
        try:
            line: Any = {"department": department, **names}
            answer = compute_deadline(AZDIGI, at, **line)
        except SupportSlaError as error:
            found.append((*(None,) * 4, type(error).__name__))
            continue
        told = (answer.starts_at, answer.earliest_at, answer.due_at, answer.target.name)
        found.append((*told, None))
    return found
