"""How the rows of an answer table are made from a promise, in a unit."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, get_args

from support_sla.answers.reigns import BEYOND
from support_sla.answers.table.crossings import rows_of
from support_sla.answers.table.rows import Known, TableInput
from support_sla.clock.compiled_years import MAX_YEARS
from support_sla.clock.timeline import Timeline
from support_sla.errors import InstantOutOfRangeError, NotAnInstantError, UnitError
from support_sla.values.amounts.durations import format_duration
from support_sla.values.dates import day_number
from support_sla.values.units import MICROSECOND, NANOSECONDS_IN, Unit

if TYPE_CHECKING:
    from support_sla.answers.line import Line
    from support_sla.answers.promise import Promise
    from support_sla.answers.table.columns import Columns
    from support_sla.clock.compiled_years import CompiledYears

NANOSECOND_YEARS = (1678, 2261)
"""The whole years that 64-bit nanoseconds since 1970 can hold."""


def check_span(line: Line, first: int, last: int, unit: str) -> None:
    """Refuse years and units that a table of a line cannot have, before anything is compiled."""
    if unit not in get_args(Unit):
        raise UnitError.unknown(unit, get_args(Unit))
    for name, year in (("first_year", first), ("last_year", last)):
        if type(year) is not int:
            raise NotAnInstantError.count(name, year)
    if last < first:
        raise InstantOutOfRangeError.reversed(first, last)
    if last - first >= MAX_YEARS:
        raise InstantOutOfRangeError.span(first, last, MAX_YEARS)
    if unit == "ns" and not (NANOSECOND_YEARS[0] <= first and last <= NANOSECOND_YEARS[1]):
        raise InstantOutOfRangeError.of("nanoseconds", f"{first} to {last}", *NANOSECOND_YEARS)
    line.coverage.check(first)
    line.coverage.check(last)
    for target in (line.rules[at].target for at in line.held):
        for amount in (target.within, target.earliest):
            micros = amount // MICROSECOND if isinstance(amount, dt.timedelta) else 0
            if micros * 1_000 % NANOSECONDS_IN[unit]:
                raise UnitError.too_coarse(unit, format_duration(micros * MICROSECOND))


def rows_for(
    promises: CompiledYears[Promise],
    first: int,
    last: int,
    unit: str = "us",
    *,
    reach: int | None = None,
) -> tuple[Columns, TableInput]:
    """Return the rows for the local years, and what they were made from.

    Years after the last are added until every answer is known or the calendars end; with `reach`,
    no more than so many, or a few beyond.
    """

    def known(promise: Promise) -> tuple[Columns, TableInput] | None:
        source = _source(promise, first, last, unit)
        rows = rows_of(source)
        known_to = promise.last_year
        ends = known_to == promises.coverage.last or (
            reach is not None and known_to - last >= reach
        )
        if not ends and BEYOND in rows.rules:
            return None
        return rows.told(), source

    return promises.search(first, min(last + 1, promises.coverage.last), known)


def _source(promise: Promise, first: int, last: int, unit: str) -> TableInput:
    """Return what rows are made from, with every number in the unit; none is rounded.

    Hours are on whole seconds, as clock times and the zones' offsets are, and `check_span` has
    checked the amounts.
    """
    per = NANOSECONDS_IN[unit]

    def one(value: int) -> int:
        return value * 1_000 // per

    def all_of(values: tuple[int, ...]) -> tuple[int, ...]:
        return tuple([value * 1_000 // per for value in values])  # ten years have thousands

    edges, wall = promise.reigns.edges, promise.wall
    rules = {at: Known(each.counting, each.is_all) for at, each in promise.counted.items()}
    if unit != "us":
        edges = all_of(edges)
        scaled: dict[int, Timeline] = {}
        for at, known in rules.items():
            hours = known.counting.timeline
            if id(hours) not in scaled:
                columns = map(all_of, (hours.opens, hours.closes, hours.totals))
                scaled[id(hours)] = Timeline(one(hours.start), one(hours.end), *columns)
            counting = known.counting.in_unit(scaled[id(hours)], one)
            rules[at] = Known(counting, known.is_all)
    start, end = (wall.midnight(day_number(dt.date(year, 1, 1))) for year in (first, last + 1))
    return TableInput(
        rules,
        promise.crossing,
        edges,
        promise.reigns.in_force,
        one(start),
        one(end),
        one(promise.end),
    )
