"""`add`: a column of instants moved on by business time, as `Clock.add` moves them one by one."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from support_sla.answers.reigns import BEYOND
from support_sla.bulk.asking.instant_columns import InstantColumns, output_of
from support_sla.bulk.asking.utc import UtcColumn, most_years
from support_sla.bulk.clocks import check_clock, years_known, years_served
from support_sla.bulk.columns.answers import OnError
from support_sla.bulk.columns.instants import Instants
from support_sla.bulk.lookup.local import Fold
from support_sla.bulk.lookup.lookup import Lookup, Scratch
from support_sla.bulk.lookup.rows import FOREVER, NEVER, OUTSIDE
from support_sla.bulk.lookup.timelines import earliest_rows, latest_rows, reading_rows
from support_sla.clock.clock import Clock
from support_sla.clock.compiled_years import MAX_YEARS
from support_sla.errors import ColumnError, NeverOpensError
from support_sla.values.instants import read_amount
from support_sla.values.units import MICROSECOND, NANOSECONDS_IN, Unit, day_in

if TYPE_CHECKING:
    from support_sla.bulk.lookup.lookup import Column
    from support_sla.bulk.lookup.rows import Int64s


def add(  # noqa: PLR0913  every one but three is a keyword
    start: Any,  # noqa: ANN401  a column of numpy or Arrow
    amount: Any,  # noqa: ANN401  a timedelta, or a column
    clock: Clock,
    *,
    timezone: str | dt.tzinfo | None = None,
    fold: Fold = None,
    unit: Unit = "us",
    on_error: OnError = "raise",
    threads: int = 1,
) -> Any:  # noqa: ANN401  a column of the same kind
    """Return the earliest instant at which an amount of open time has passed since each start.

    `amount` is a `timedelta`, or a column of amounts in the unit of the starts (for numbers, of
    numbers); a negative one asks for the latest instant from which it passes until the start.
    Columns and errors are as for `between`. Each row equals `clock.add`.

    >>> import numpy as np
    >>> from support_sla import load_policy
    >>> clock = Clock.of(load_policy("azdigi"), department="billing")
    >>> saturday = np.array(["2026-01-10T16:30"], dtype="datetime64[s]")
    >>> add(saturday, dt.timedelta(hours=1), clock, timezone="Asia/Ho_Chi_Minh").tolist()
    [datetime.datetime(2026, 1, 12, 8, 30)]
    """
    check_clock(clock)

    def ask(place: int, first: dt.datetime) -> object:
        return clock.add(first, amounts.of(place))

    asked = InstantColumns.of({"start": start}, timezone, fold, unit, ask)
    amounts = Amounts.read("amount", amount, asked.instants)
    found = np.full(len(asked.instants), NEVER)
    ahead, behind = (_GrowingHours(clock, asked, sign) for sign in (1, -1))
    most = MAX_YEARS * 366 * day_in(asked.form.unit)

    def work(part: slice, at: list[Int64s], told: Column, scratch: Scratch) -> None:
        by = amounts.chunk(part)
        null = (by == NEVER) | (at[0] == NEVER)
        told[(abs(by) > most) & ~null] = OUTSIDE
        some = ~null & (told == 0)
        for hours, rows in ((ahead, some & (by >= 0)), (behind, some & (by < 0))):
            if len(places := np.flatnonzero(rows)):
                reasons = np.zeros(len(places), np.int16)
                moved = hours.moved(at[0][places], by[places], reasons, scratch)
                found[part.start + places] = moved
                told[places] = reasons

    asked.run(work, found, on_error, threads)
    return asked.instants.written(found)


@dataclass(frozen=True, slots=True)
class Amounts:
    """Amounts of time in a column's unit: one for all rows, or one for each."""

    every: int | None
    column: Instants | None
    unit: Unit

    @classmethod
    def read(cls, name: str, amount: object, beside: Instants) -> Amounts:
        """Return a `timedelta` or a column of amounts; raise `ColumnError` for what does not fit."""
        per = NANOSECONDS_IN[beside.unit]
        if isinstance(amount, dt.timedelta):
            count, rest = divmod(read_amount(name, amount) * 1_000, per)
            if rest:
                raise ColumnError.no_amounts(name, amount, beside.unit)
            # More than 64 bits hold is more than any clock can be moved by, and no null.
            return cls(max(-FOREVER, min(count, FOREVER)), None, beside.unit)
        column = Instants.read_amounts(name, amount, beside.unit)
        if len(column) != len(beside):
            raise ColumnError.length(name, len(column), len(beside))
        return cls(None, column, beside.unit)

    def chunk(self, part: slice) -> Int64s:
        """Return the amounts of some rows, `NEVER` for nulls."""
        if self.column is None:
            return np.full(part.stop - part.start, self.every)
        return self.column.chunk(part.start, part.stop)

    def of(self, place: int) -> dt.timedelta:
        """Return the amount of a row, to the microsecond."""
        number = int(self.chunk(slice(place, place + 1))[0])
        return number * NANOSECONDS_IN[self.unit] // 1_000 * MICROSECOND


class _Hours(NamedTuple):
    """The open hours of some years: readings, the instants of readings, and the clock to show them."""

    first_year: int
    last_year: int
    end: int
    readings: Lookup
    instants: Lookup | None
    shown: UtcColumn

    @classmethod
    def of(
        cls, clock: Clock, asked: InstantColumns, first_year: int, last_year: int, sign: int
    ) -> _Hours:
        timeline, unit = clock.timeline(first_year, last_year), asked.form.unit
        readings = reading_rows(timeline, unit)
        instants = (earliest_rows if sign > 0 else latest_rows)(timeline, unit)
        return cls(
            first_year,
            last_year,
            readings.end - 1,
            Lookup.of([readings]),
            None if instants is None else Lookup.of([instants]),
            UtcColumn.of(asked.instants, None, first_year, last_year),
        )

    def moved(self, at: Int64s, by: Int64s, told: Column, scratch: Scratch) -> Int64s:
        """Return instants moved by amounts; `BEYOND` is told where that leads out of the years."""
        found = at.copy()
        told[(at == self.end) & (by >= 0)] = OUTSIDE  # another year begins there
        wanted = output_of(self.readings, at, told, scratch) + by
        some = np.flatnonzero((by != 0) & (told == 0))
        reasons = np.full(len(some), BEYOND, np.int16)
        if self.instants is not None:
            reasons.fill(0)
            found[some] = output_of(self.instants, wanted[some], reasons, scratch)
        told[some[reasons < 0]] = BEYOND
        return found


class _GrowingHours:
    """Hours whose years grow, later (1) or earlier (-1), as long as an amount leads out of them."""

    def __init__(self, clock: Clock, asked: InstantColumns, sign: int) -> None:
        self._clock, self._asked, self._sign = clock, asked, sign
        self._growing = Lock()
        years = None if _never_opens(clock) else years_known(clock, asked)
        self._held = None if years is None else _Hours.of(clock, asked, *years, sign)

    def moved(self, at: Int64s, by: Int64s, told: Column, scratch: Scratch) -> Int64s:
        """Return instants moved by amounts, as the column's clock shows them; tell of what cannot be."""
        hours = self._held
        if hours is None:
            told.fill(OUTSIDE)
            return at
        while True:
            reasons = told.copy()
            found = hours.moved(at, by, reasons, scratch)
            wider = self._wider(hours) if (reasons == BEYOND).any() else hours
            if wider is hours:
                told[:] = reasons
                return hours.shown.shown(found, told, scratch)
            hours = wider

    def _wider(self, hours: _Hours) -> _Hours:
        """Return the hours of twice as many years; the same if there are no more."""
        with self._growing:
            if self._held is not None and self._held is not hours:
                return self._held
            first, last = hours.first_year, hours.last_year
            served = years_served(self._clock, self._asked.form.unit)
            more, most = last - first + 1, most_years(self._asked.form.unit)
            if self._sign > 0:
                last = min(last + more, served[1], max(first + most - 1, last))
            else:
                first = max(first - more, served[0], min(last - most + 1, first))
            if (first, last) != (hours.first_year, hours.last_year):
                self._held = hours = _Hours.of(self._clock, self._asked, first, last, self._sign)
            return hours


def _never_opens(clock: Clock) -> bool:
    try:
        clock.add(dt.datetime(clock.covered_years[0], 7, 1, tzinfo=dt.UTC), dt.timedelta(0))
    except NeverOpensError:
        return True
    return False
