"""Columns of business time: `between`, `add` and `is_open`, as a `Clock` answers them one by one."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np

from support_sla.answers.table.build import NANOSECOND_YEARS
from support_sla.bulk.asking.instant_columns import InstantColumns, output_of
from support_sla.bulk.columns.answers import OnError
from support_sla.bulk.lookup.local import Fold
from support_sla.bulk.lookup.lookup import Column, Lookup, Scratch
from support_sla.bulk.lookup.rows import NEVER, OUTSIDE, Int64s
from support_sla.bulk.lookup.timelines import open_rows, reading_rows
from support_sla.clock.clock import Clock
from support_sla.errors import NotAModelError
from support_sla.values.units import Unit


def between(  # noqa: PLR0913  every one but three is a keyword
    start: Any,  # noqa: ANN401  a column of numpy or Arrow
    end: Any,  # noqa: ANN401
    clock: Clock,
    *,
    timezone: str | dt.tzinfo | None = None,
    fold: Fold = None,
    unit: Unit = "us",
    on_error: OnError = "raise",
    threads: int = 1,
) -> Any:  # noqa: ANN401  a column of the same kind
    """Return the open time from each start to each end; negative where the end comes first.

    Columns are as for `deadlines`, of one length, unit and clock; the answer is a column of
    durations in that unit (of numbers, for numbers), null where one of the two is. Each row equals
    `clock.between`; rows that it refuses raise one error, or are null with `on_error="null"`.

    >>> import numpy as np
    >>> from support_sla import load_policy
    >>> clock = Clock.of(load_policy("azdigi"), department="billing")
    >>> saturday = np.array(["2026-01-10T16:30"], dtype="datetime64[s]")
    >>> monday = np.array(["2026-01-12T08:30"], dtype="datetime64[s]")
    >>> between(saturday, monday, clock, timezone="Asia/Ho_Chi_Minh").tolist()
    [datetime.timedelta(seconds=3600)]
    """
    check_clock(clock)

    def ask(_: int, first: dt.datetime, last: dt.datetime) -> object:
        return clock.between(first, last)

    asked = InstantColumns.of({"start": start, "end": end}, timezone, fold, unit, ask)
    found = np.full(len(asked.instants), NEVER)
    years = years_known(clock, asked)
    if years is not None:
        readings = Lookup.of([reading_rows(clock.timeline(*years), asked.form.unit)])

    def work(part: slice, at: list[Int64s], told: Column, scratch: Scratch) -> None:
        if years is None:
            told.fill(OUTSIDE)
            return
        first, last = (output_of(readings, each, told, scratch) for each in at)
        np.subtract(last, first, out=found[part])

    asked.run(work, found, on_error, threads)
    return asked.instants.amounts_written(found)


def is_open(  # noqa: PLR0913  every one but two is a keyword
    at: Any,  # noqa: ANN401  a column of numpy or Arrow
    clock: Clock,
    *,
    timezone: str | dt.tzinfo | None = None,
    fold: Fold = None,
    unit: Unit = "us",
    on_error: OnError = "raise",
    threads: int = 1,
) -> Any:  # noqa: ANN401  a column of truths
    """Return whether a clock is open at each instant: yes at opening, no at closing.

    Columns and errors are as for `between`. A row without an answer is null for Arrow and false for
    numpy, whose truths know no null.
    """
    check_clock(clock)

    def ask(_: int, instant: dt.datetime) -> object:
        return clock.is_open(instant)

    asked = InstantColumns.of({"at": at}, timezone, fold, unit, ask)
    found = np.full(len(asked.instants), -1, np.int16)
    years = years_known(clock, asked)
    if years is not None:
        hours = Lookup.of([open_rows(clock.timeline(*years), asked.form.unit)])

    def work(part: slice, at: list[Int64s], told: Column, scratch: Scratch) -> None:
        if years is None:
            told.fill(OUTSIDE)
            return
        refused = hours.answer_whole(at[0], None, [], scratch, found[part])
        if refused is not None:
            told[refused.places] = np.minimum(told[refused.places], refused.told)

    asked.run(work, found, on_error, threads)
    return asked.instants.bools_written(found)


def check_clock(clock: object) -> None:
    """Raise `NotAModelError` for what is no clock."""
    if not isinstance(clock, Clock):
        raise NotAModelError.clock(clock)


def years_served(clock: Clock, unit: Unit) -> tuple[int, int]:
    """Return the years in which a clock can be asked, and which a unit can hold."""
    first, last = clock.covered_years
    if unit == "ns":
        return max(first, NANOSECOND_YEARS[0]), min(last, NANOSECOND_YEARS[1])
    return first, last


def years_known(clock: Clock, asked: InstantColumns) -> tuple[int, int] | None:
    """Return the years of columns, of those in which a clock can be asked; None if there are none."""
    served = years_served(clock, asked.form.unit)
    first, last = max(asked.years[0], served[0]), min(asked.years[1], served[1])
    return (first, last) if first <= last else None
