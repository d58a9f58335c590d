"""A zone's runs of constant offset, read off `zoneinfo` alone: what oracles know of clock changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from oracles.plain_desks import DAY

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True)
class Run:
    """From `begin` to before `end`, a clock is `offset` ahead of UTC; all in seconds."""

    begin: int
    end: int
    offset: int


def offset_runs(zone: str, begin: int, end: int) -> tuple[Run, ...]:
    """Return the runs between two seconds since 1970, found by asking every day and halving.

    Two changes within one day that undo each other would be missed; no zone has had such.
    """
    clock = ZoneInfo(zone)

    def offset(at: int) -> timedelta | None:
        return datetime.fromtimestamp(at, clock).utcoffset()

    runs, since, now = [], begin, offset(begin)
    for day in range(begin, end, DAY):
        low, high = day, min(day + DAY, end)
        while (after := offset(high)) != now:  # a day may hold several changes
            early, late = low, high
            while late - early > 1:
                middle = (early + late) // 2
                early, late = (middle, late) if offset(middle) == now else (early, middle)
            runs.append((since, late, now))
            since, low, now = late, late, offset(late)
        assert after == now
    found = (*runs, (since, end, now))
    return tuple(Run(start, stop, ahead // timedelta(seconds=1)) for start, stop, ahead in found)


def first_reading(runs: Sequence[Run], wall: int) -> int:
    """Return the first second at which a clock reads `wall` or later.

    A run reads it from where its clock gets there, or from its begin if that is later, to its end.
    """
    return min(max(run.begin, wall - run.offset) for run in runs if wall - run.offset < run.end)
