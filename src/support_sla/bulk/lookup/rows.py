"""`Rows`: a function of an instant as arrays, one row for each stretch on which its formula holds."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from support_sla.values.units import DAY, NANOSECONDS_IN

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from support_sla.answers.table.table import AnswerTable

Int64s: TypeAlias = "np.ndarray[Any, np.dtype[np.int64]]"

INSTANTS = ("starts_at", "earliest_at", "due_at")
"""The outputs of an answer that are instants, in its order."""

NEVER = int(np.iinfo(np.int64).min)
"""No instant: what numpy calls NaT."""

FOREVER = int(np.iinfo(np.int64).max)

OUTSIDE = -3
"""Told of what lies before the first row or after the last; -1 and -2 are those of an answer table."""

SKIPPED = -4
"""Told of a local time that the clock never shows."""

REPEATED = -5
"""Told of a local time that the clock shows twice."""

TOO_LATE = -6
"""Told of an answer past what 64 bits hold."""

NO_LINE = -7
"""Told of a row whose department, channel, priority or attributes the policy does not have."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Row i holds for instants t from `begins[i]` to before `begins[i + 1]`, the last one to `end`.

    Output k is `max(t, waits[k][i]) + afters[k][i]`. Where it never waits, its wait is `NEVER`; where
    there is no output, the wait is `FOREVER` and the amount 1, whose sum wraps to `NEVER`, so that no
    row needs to be asked whether it has one. `told[i]` is what else is known: below 0, why there is
    no answer.
    """

    begins: Int64s
    end: int
    told: Int64s
    waits: tuple[Int64s, ...]
    afters: tuple[Int64s, ...]

    @classmethod
    def of(
        cls,
        begins: Int64s,
        end: int,
        told: Int64s,
        waits: Sequence[Int64s],
        afters: Sequence[Int64s],
    ) -> Rows:
        """Return rows without those that go on with the one before; a wait that has passed is none."""
        kept = np.ones(len(begins), bool)
        kept[1:] = told[1:] != told[:-1]
        settled = []
        for wait, after in zip(waits, afters, strict=True):
            passed = np.where(wait <= begins, NEVER, wait)
            settled.append(passed)
            goes_on = (passed[1:] == passed[:-1]) | (
                (passed[1:] == NEVER) & (passed[:-1] <= begins[1:])
            )
            kept[1:] |= ~goes_on | (after[1:] != after[:-1])
        return cls(
            begins[kept],
            end,
            told[kept],
            tuple(wait[kept] for wait in settled),
            tuple(after[kept] for after in afters),
        )

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.begins)

    @property
    def ends(self) -> Int64s:
        """Where each row ends."""
        return np.append(self.begins[1:], self.end)

    def cut_at(self, cuts: Int64s) -> Rows:
        """Return the same function with a row that begins at each of these instants inside it."""
        inside = cuts[(cuts > self.begins[0]) & (cuts < self.end)]
        begins = np.union1d(self.begins, inside)
        return self.taken(self.begins.searchsorted(begins, "right") - 1, begins)

    def taken(self, places: Int64s, begins: Int64s) -> Rows:
        """Return the formulas of some rows, each from another instant on."""
        return replace(
            self,
            begins=begins,
            told=self.told[places],
            waits=tuple(wait[places] for wait in self.waits),
            afters=tuple(after[places] for after in self.afters),
        )

    def trimmed(self) -> Rows:
        """Return the rows without those on either side that only say that they lie outside."""
        inside = np.flatnonzero(self.told != OUTSIDE)
        first, last = int(inside[0]), int(inside[-1]) + 1
        kept = np.arange(first, last)
        return replace(self.taken(kept, self.begins[kept]), end=int(self.ends[last - 1]))

    def reaching(self, start: int, end: int) -> Rows:
        """Return the rows with one more on either side, without outputs, from `start` and to `end`."""
        begins, end_of_these = self.begins, self.end
        columns = [self.told, *self.waits, *self.afters]
        nothing = [OUTSIDE, *(FOREVER for _ in self.waits), *(1 for _ in self.afters)]
        if start < begins[0]:
            begins = np.insert(begins, 0, start)
            columns = [np.insert(each, 0, one) for each, one in zip(columns, nothing, strict=True)]
        if end_of_these < end:
            begins = np.append(begins, end_of_these)
            columns = [np.append(each, one) for each, one in zip(columns, nothing, strict=True)]
        told, rest = columns[0], columns[1:]
        half = len(self.waits)
        return Rows(begins, end, told, tuple(rest[:half]), tuple(rest[half:]))


def rows_of_table(
    table: AnswerTable, outputs: Sequence[str], tell: Callable[[int], int] | None = None
) -> Rows:
    """Return what a table says of some of `starts_at`, `earliest_at` and `due_at`.

    `tell` gives the number that is told of a rule; without it 0 is told of every answer.
    """
    begins, rules = np.array(table.begins, np.int64), np.array(table.rules, np.int64)
    unanswered = rules < 0
    numbers = [0 if tell is None else tell(at) for at in range(len(table.targets))]
    told = np.where(unanswered, rules, np.array([*numbers, 0], np.int64).take(rules, mode="clip"))
    waits, afters = [], []
    for output in outputs:
        wait, after, none = _columns_of(table, output)
        waits.append(np.where(unanswered | none, FOREVER, wait))
        afters.append(np.where(unanswered | none, 1, after))
    if table.unit == "ns":
        return _held_in_64_bits(begins, table.end, told, waits, afters)
    return Rows.of(begins, table.end, told, waits, afters)


def _columns_of(table: AnswerTable, output: str) -> tuple[Int64s, Int64s, Any]:
    """Return the waits and amounts of an output, and where there is none beside an answer."""
    if output == "starts_at":
        return _numbers(table.starts_from), np.zeros(len(table), np.int64), False
    if output == "due_at":
        return _numbers(table.due_from), _numbers(table.due_after), False
    waits, afters = table.earliest_from, table.earliest_after
    return _numbers(waits), _numbers(afters), np.array([each is None for each in waits], bool)


def _numbers(values: Sequence[int | None]) -> Int64s:
    """Return whole numbers as an array, 0 for None, and `FOREVER` for what 64 bits do not hold."""
    try:
        return np.array(values, np.int64)
    except (TypeError, OverflowError):
        return np.array([min(value or 0, FOREVER) for value in values], np.int64)


def _held_in_64_bits(
    begins: Int64s, end: int, told: Int64s, waits: list[Int64s], afters: list[Int64s]
) -> Rows:
    """Return rows whose answers are told as `TOO_LATE` from where 64 bits do not hold them.

    Two days are kept free, so that every local clock can show an answer too.
    """
    most = FOREVER - 2 * DAY * NANOSECONDS_IN["s"]
    cuts = [most - after[after > 0] + 1 for after in afters]
    rows = Rows(begins, end, told, tuple(waits), tuple(afters))
    rows = rows.cut_at(np.concatenate([np.empty(0, np.int64), *cuts]))
    late = np.zeros(len(rows), bool)
    for wait, after in zip(rows.waits, rows.afters, strict=True):
        nothing = (wait == FOREVER) & (after == 1)
        late |= ~nothing & (np.maximum(rows.begins, wait) > most - after)
    late &= rows.told >= 0
    return Rows.of(
        rows.begins,
        end,
        np.where(late, TOO_LATE, rows.told),
        [np.where(late, FOREVER, wait) for wait in rows.waits],
        [np.where(late, 1, after) for after in rows.afters],
    )
