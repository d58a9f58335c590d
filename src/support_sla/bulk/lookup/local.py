"""What a wall clock shows, as a function of instants and back, and functions of the time it shows.

A column without a zone is answered as it stands, by rows moved to the clock that it was read on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

import numpy as np

from support_sla.bulk.lookup.rows import FOREVER, NEVER, REPEATED, SKIPPED, Int64s, Rows
from support_sla.clock.wall_clock import WallClock
from support_sla.errors import UnitError
from support_sla.values.units import NANOSECONDS_IN, Unit, day_in

if TYPE_CHECKING:
    import datetime as dt

Fold: TypeAlias = Literal[0, 1] | None
"""Which of two instants a repeated local time means: the first, the second, or neither."""


class Shown(NamedTuple):
    """Local times from `begin` on that are shown with one offset from UTC, or (`told`) in doubt."""

    begin: int
    offset: int
    told: int


@dataclass(frozen=True, slots=True)
class LocalClock:
    """A zone's runs of one offset from UTC, in a column's unit.

    Run i lasts from `starts[i]` to the next one, its clock `offsets[i]` ahead of UTC. With `fold` a
    local time that is shown twice, or never, means what Python's `datetime` takes it for.
    """

    starts: Int64s
    offsets: Int64s
    per_day: int
    fold: Fold = None

    @classmethod
    def of(
        cls, zone: dt.tzinfo, first_year: int, last_year: int, unit: Unit, fold: Fold = None
    ) -> LocalClock:
        """Return the clock of a zone for some local years and one more on either side."""
        wall = WallClock.of(zone, first_year, last_year)
        if any(offset * 1_000 % NANOSECONDS_IN[unit] for offset in wall.offsets):
            raise UnitError.offset(unit, zone)
        starts, offsets = (
            np.array(
                [
                    min(max(value * 1_000 // NANOSECONDS_IN[unit], NEVER + 1), FOREVER)
                    for value in column
                ]
            )
            for column in (wall.starts, wall.offsets)
        )
        return cls(starts, offsets, day_in(unit), fold)

    def offset_at(self, instants: Int64s) -> Int64s:
        """Return how far the clock is ahead of UTC at instants."""
        return self.offsets[np.maximum(self.starts.searchsorted(instants, "right") - 1, 0)]

    def shown(self) -> list[Shown]:
        """Return all local times in order.

        A clock put forward skips the times from its old to its new reading, one put back repeats
        those from the new to the old: either way they lie between the two readings of one instant.
        """
        found = [Shown(NEVER + 1, int(self.offsets[0]), 0)]
        for change, offset in zip(self.starts[1:].tolist(), self.offsets[1:].tolist(), strict=True):
            before = found[-1].offset
            lower, upper = change + min(before, offset), change + max(before, offset)
            if self.fold is None:
                found.append(Shown(lower, offset, SKIPPED if offset > before else REPEATED))
            found.append(Shown(lower if self.fold == 1 else upper, offset, 0))
        return found

    def to_local(self, start: int, end: int) -> Rows:
        """Return the local time of each instant from `start` to before `end`, as rows of one output."""
        begins = self.starts[(self.starts > start) & (self.starts < end)]
        begins = np.append(np.int64(start), begins)
        return _shifted(begins, end, np.zeros(len(begins), np.int64), self.offset_at(begins))

    def to_utc(self, start: int, end: int) -> Rows:
        """Return the instant of each local time from `start` to before `end`, as rows of one output."""
        shown = self._between(start, end)
        begins, offsets, told = (np.array(column, np.int64) for column in zip(*shown, strict=True))
        return _shifted(begins, end, told, -offsets)

    def localised(self, rows: Rows) -> Rows:
        """Return a function of instants as one of local times, whose outputs are local times too.

        Rows are cut where the clock changes and where an output passes a change, so that each has one
        offset for its instants and one for each output.
        """
        cuts = [self.starts]
        for after in rows.afters:
            for change in self.starts:
                passes = change - after
                cuts.append(passes[(passes > rows.begins) & (passes < rows.ends)])
        rows = rows.cut_at(np.concatenate(cuts))
        start, end = int(rows.begins[0]) - self.per_day, rows.end + self.per_day
        rows = rows.reaching(start - self.per_day, end + self.per_day)
        nothing = [wait == FOREVER for wait in rows.waits]
        ahead = [
            self.offset_at(np.where(none, 0, np.maximum(rows.begins, wait) + after))
            for none, wait, after in zip(nothing, rows.waits, rows.afters, strict=True)
        ]
        parts = []
        shown = self._between(start, end)
        ends = [*(each.begin for each in shown[1:]), end]
        for (begin, offset, told), stop in zip(shown, ends, strict=True):
            first = rows.begins.searchsorted(begin - offset, "right") - 1
            last = first + 1 if told else rows.begins.searchsorted(stop - offset)
            part = slice(first, last)
            waits, afters = [], []
            for none, wait, after, beyond in zip(
                nothing, rows.waits, rows.afters, ahead, strict=True
            ):
                empty = none[part] | (told < 0)
                moved = np.where(wait[part] == NEVER, NEVER, wait[part] + offset)
                waits.append(np.where(empty, FOREVER, moved))
                afters.append(np.where(empty, 1, after[part] + beyond[part] - offset))
            begins = np.maximum(rows.begins[part] + offset, begin)
            parts.append([begins, np.where(told < 0, told, rows.told[part]), *waits, *afters])
        begins, tolds, *rest = (np.concatenate(column) for column in zip(*parts, strict=True))
        half = len(rows.waits)
        return Rows.of(begins, end, tolds, rest[:half], rest[half:]).trimmed()

    def _between(self, start: int, end: int) -> list[Shown]:
        """Return the local times from `start` to before `end`, without what is empty."""
        found: list[Shown] = []
        for each in self.shown():
            begin = max(each.begin, found[-1].begin if found else start)
            if begin >= end:
                break
            if found and found[-1].begin == begin:
                found.pop()
            found.append(each._replace(begin=begin))
        return found


def _shifted(begins: Int64s, end: int, told: Int64s, offsets: Int64s) -> Rows:
    """Return rows whose one output is the instant plus an offset, or nothing where a reason is told."""
    waits = np.where(told < 0, FOREVER, NEVER)
    return Rows.of(begins, end, told, [waits], [np.where(told < 0, 1, offsets)])
