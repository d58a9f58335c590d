"""`InstantColumns`: columns of instants that are asked together, with note of rows that are refused."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, get_args

import numpy as np

from support_sla.answers.table.build import NANOSECOND_YEARS
from support_sla.bulk.asking.answering import each_chunk
from support_sla.bulk.asking.lines import Form
from support_sla.bulk.asking.sources import in_doubt, instant_of
from support_sla.bulk.asking.utc import UtcColumn, years_of_columns
from support_sla.bulk.columns.answers import OnError
from support_sla.bulk.columns.instants import Instants, read_fold
from support_sla.bulk.columns.reasons import Reasons
from support_sla.bulk.lookup.lookup import Scratch
from support_sla.bulk.lookup.rows import NEVER, REPEATED, SKIPPED
from support_sla.errors import (
    ColumnError,
    InstantOutOfRangeError,
    SupportSlaError,
)
from support_sla.values.dates import FIRST_YEAR, LAST_YEAR

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping

    from support_sla.bulk.lookup.local import Fold
    from support_sla.bulk.lookup.lookup import Column, Lookup
    from support_sla.bulk.lookup.rows import Int64s
    from support_sla.values.units import Unit


def read_alike(
    given: Mapping[str, Any], timezone: str | dt.tzinfo | None, unit: Unit
) -> list[Instants]:
    """Return columns of instants of one length, in one unit and on one clock.

    Raises `ColumnError` if they are not, and as `Instants.read` does.
    """
    read = {name: Instants.read(name, each, timezone, unit) for name, each in given.items()}
    (one, first), *others = read.items()
    for other, column in others:
        if len(column) != len(first):
            raise ColumnError.length(other, len(column), len(first))
        if (column.unit, column.zone) != (first.unit, first.zone):
            raise ColumnError.kinds(one, _kind(first), other, _kind(column))
    return list(read.values())


def _kind(column: Instants) -> str:
    return f"{column.unit}, {column.zone or 'UTC'}"


def output_of(lookup: Lookup, at: Int64s, told: Column, scratch: Scratch) -> Int64s:
    """Return the one output of a look-up; where it has none, that is told, unless more is known."""
    found = np.empty(len(at), np.int64)
    refused = lookup.answer_whole(at, None, [found], scratch)
    if refused is not None:
        told[refused.places] = np.minimum(told[refused.places], refused.told)
    return found


@dataclass(frozen=True, slots=True)
class InstantColumns:
    """Columns of instants on UTC; `ask` asks about one row by itself, by its place and its instants."""

    columns: tuple[UtcColumn, ...]
    years: tuple[int, int]
    form: Form
    ask: Callable[..., object]

    @classmethod
    def of(
        cls,
        given: Mapping[str, Any],
        timezone: str | dt.tzinfo | None,
        fold: Fold,
        unit: Unit,
        ask: Callable[..., object],
    ) -> InstantColumns:
        """Return the columns by their names; raises for what are none, or are not alike."""
        columns = read_alike(given, timezone, unit)
        form = Form((), columns[0].unit, columns[0].zone, read_fold(fold))
        years = years_of_columns(columns)
        utc = tuple(UtcColumn.of(each, form.fold, *years) for each in columns)
        return cls(utc, years, form, ask)

    @property
    def instants(self) -> Instants:
        """The first column, whose kind the answers have."""
        return self.columns[0].instants

    def run(
        self,
        work: Callable[[slice, list[Int64s], Column, Scratch], None],
        found: Column,
        on_error: OnError,
        threads: int,
    ) -> None:
        """Call `work` for every chunk, and raise one error for the rows of which it tells below 0.

        It gets the rows, their instants on UTC (`NEVER` for nulls and what is in doubt), and where to
        tell. What it has found is emptied again for such rows, and for nulls.
        """
        if on_error not in get_args(OnError):
            raise ColumnError.on_error(on_error)
        reasons = Reasons(self, self.form.unit)

        def chunk(start: int, end: int, scratch: Scratch) -> None:
            told = np.zeros(end - start, np.int16)
            part = slice(start, end)
            null = np.zeros(end - start, bool)
            for column in self.columns:
                null |= column.instants.chunk(start, end) == NEVER
            at = [column.read(start, end, told, scratch) for column in self.columns]
            work(part, at, told, scratch)
            told[null] = 0
            nothing = -1 if found.dtype == np.int16 else NEVER
            found[part][null | (told < 0)] = nothing
            if len(bad := np.flatnonzero(told < 0)):
                reasons.add(start + bad, at[0][bad], np.zeros_like(bad), told[bad])

        each_chunk(len(self.instants), threads, chunk)
        if reasons.count and on_error == "raise":
            raise reasons.error()

    def error(self, place: int, at: int, line: int, told: int) -> SupportSlaError:
        """Return the error with which a row is refused."""
        del at, line, told
        instants = []
        for column in self.columns:
            number = int(column.instants.chunk(place, place + 1)[0])
            doubt = np.zeros(1, np.int16)
            column.read(place, place + 1, doubt, Scratch(1))
            if doubt[0] in (SKIPPED, REPEATED):
                return in_doubt("instant", number, self.form, int(doubt[0]))
            try:
                instants.append(instant_of(number, self.form))
            except OverflowError:
                return InstantOutOfRangeError.of("instant", number, FIRST_YEAR, LAST_YEAR)
        try:
            self.ask(place, *instants)
        except SupportSlaError as error:
            return error
        except OverflowError:  # of an amount that no timedelta can be
            return InstantOutOfRangeError.of("instant", instants[0], FIRST_YEAR, LAST_YEAR)
        first, last = NANOSECOND_YEARS if self.form.unit == "ns" else (FIRST_YEAR, LAST_YEAR)
        if not all(first <= each.year <= last for each in instants):
            return InstantOutOfRangeError.nanoseconds("instant", instants[0])
        return InstantOutOfRangeError.far("instant", instants[0], *self.years)
