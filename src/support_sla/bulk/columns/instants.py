"""`Instants`: a column of instants as whole numbers, read chunk by chunk without a copy of it all.

numpy's `datetime64` and Arrow's timestamps keep their unit and zone; `int64` counts from 1970 UTC.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, get_args

import numpy as np

from support_sla.bulk.lookup.rows import FOREVER, NEVER
from support_sla.errors import ColumnError, NaiveInstantError, UnitError
from support_sla.values.instants import read_zone
from support_sla.values.units import Unit

if TYPE_CHECKING:
    import datetime as dt

    from support_sla.bulk.lookup.local import Fold
    from support_sla.bulk.lookup.lookup import Column
    from support_sla.bulk.lookup.rows import Int64s

COARSE = ("Y", "M", "W", "D", "h", "m")
"""Units of numpy that are read, and answered, in seconds."""


@dataclass(frozen=True, slots=True, eq=False)
class Instants:
    """A column of instants: `parts` that follow each other, with which of each are null.

    `zone` is the clock whose time the numbers show, None if they count from 1970 UTC. `arrow` is the
    type of an Arrow column, `is_count` says that it holds plain numbers.
    """

    parts: tuple[Column, ...]
    nulls: tuple[Column | None, ...]
    unit: Unit
    zone: dt.tzinfo | None
    arrow: Any
    is_count: bool

    @classmethod
    def read(
        cls, name: str, column: object, timezone: str | dt.tzinfo | None, unit: str
    ) -> Instants:
        """Return a column as whole numbers; `unit` is that of plain ones.

        Raises `ColumnError` for what is no such column, and for a zone of one that has its own;
        `NaiveInstantError` for one without a zone if none is named; `UnitError` for a unit that is
        unknown, or finer than a nanosecond; and `ZoneError`.
        """
        zone = None if timezone is None else read_zone(timezone)
        arrow: Any = None
        if hasattr(column, "__arrow_c_array__") or hasattr(column, "__arrow_c_stream__"):
            from support_sla.bulk.columns.arrow import read_instants  # noqa: PLC0415  needs pyarrow

            parts, nulls, arrow, found, is_naive = read_instants(name, column)
        else:
            given: Any = column
            masked = isinstance(given, np.ma.MaskedArray)
            parts = (_array(name, given.data if masked else given),)
            nulls = (np.ma.getmaskarray(given) if masked else None,)
            kind = parts[0].dtype
            found = np.datetime_data(kind)[0] if kind.kind == "M" else None
            is_naive = found is not None
        is_count = found is None
        known: Any = found or unit
        if known in COARSE and not is_count:
            known = "s"
        if known not in get_args(Unit):
            raise UnitError.of_column(known, get_args(Unit))
        if is_naive and zone is None:
            raise NaiveInstantError.of_column(name)
        if zone is not None and not is_naive:
            raise ColumnError.has_zone(name, timezone)
        if timezone == "UTC":
            zone = None
        return cls(parts, nulls, known, zone, arrow, is_count)

    @classmethod
    def read_amounts(cls, name: str, column: object, unit: Unit) -> Instants:
        """Return a column of amounts of time as whole numbers of a unit.

        Raises `ColumnError` for anything else, and for amounts of another unit.
        """
        if hasattr(column, "__arrow_c_array__") or hasattr(column, "__arrow_c_stream__"):
            from support_sla.bulk.columns.arrow import read_amounts  # noqa: PLC0415  needs pyarrow

            return cls(*read_amounts(name, column, unit), unit, None, None, is_count=False)
        array = np.asarray(column)
        if array.ndim != 1:
            raise ColumnError.shape(name, array.ndim)
        if array.dtype not in (np.int64, np.dtype(f"timedelta64[{unit}]")):
            raise ColumnError.no_amounts(name, array.dtype, unit)
        return cls((array,), (None,), unit, None, None, is_count=array.dtype == np.int64)

    def __len__(self) -> int:
        """Return the number of rows."""
        return sum(map(len, self.parts))

    def chunk(self, start: int, end: int) -> Int64s:
        """Return the numbers of some rows, `NEVER` for nulls."""
        found = []
        for part, nulls in zip(self.parts, self.nulls, strict=True):
            if start < len(part) and end > 0:
                some = slice(max(start, 0), end)
                numbers = self._numbers(part[some])
                if nulls is not None and (missing := nulls[some]).any():
                    numbers = np.where(missing, NEVER, numbers)
                found.append(numbers)
            start, end = start - len(part), end - len(part)
        if len(found) == 1:
            return found[0]
        return np.concatenate(found) if found else np.empty(0, np.int64)

    def _numbers(self, part: Column) -> Int64s:
        """Return the numbers of a part in the unit: as they are, unless that is coarser."""
        if part.dtype.kind == "M":
            unit = np.datetime_data(part.dtype)
            if unit != (self.unit, 1):
                exact = part.astype(f"datetime64[{self.unit}]")
                lost = (exact.astype(part.dtype) != part) & ~np.isnat(part)
                return np.where(lost, FOREVER, exact.view(np.int64))
        if part.flags.c_contiguous and part.dtype.isnative:
            return part.view(np.int64)
        return part.astype(part.dtype.newbyteorder("=")).view(np.int64)

    def written(self, numbers: Int64s) -> Any:  # noqa: ANN401  the kind of column that was read
        """Return numbers as a column of the kind that was read; those that are `NEVER` are null."""
        if self.arrow is not None:
            from support_sla.bulk.columns.arrow import instants_written  # noqa: PLC0415  needs pyarrow

            return instants_written(numbers, self.arrow)
        return numbers if self.is_count else numbers.view(f"datetime64[{self.unit}]")

    def amounts_written(self, numbers: Int64s) -> Any:  # noqa: ANN401  as above
        """Return amounts of time in the unit as a column of the kind that was read."""
        if self.arrow is not None:
            from support_sla.bulk.columns.arrow import amounts_written  # noqa: PLC0415  needs pyarrow

            return amounts_written(numbers, self.arrow)
        return numbers if self.is_count else numbers.view(f"timedelta64[{self.unit}]")

    def bools_written(self, told: Column) -> Any:  # noqa: ANN401  as above
        """Return 1 as true, 0 as false, and what is below as null, which is false for numpy."""
        if self.arrow is not None:
            from support_sla.bulk.columns.arrow import bools_written  # noqa: PLC0415  needs pyarrow

            return bools_written(told)
        return told == 1


def _array(name: str, column: object) -> Column:
    """Return a column as an array of one dimension; raise for a kind that holds no instants."""
    try:
        array = np.asarray(column)
    except ValueError:
        raise ColumnError.no_instants(name, "rows of different lengths") from None
    if array.ndim != 1:
        raise ColumnError.shape(name, array.ndim)
    if array.dtype.kind == "M" or array.dtype == np.int64:
        return array
    if not len(array) and not isinstance(column, np.ndarray):
        return array.astype(np.int64)
    raise ColumnError.no_instants(name, str(array.dtype))


def read_fold(fold: object) -> Fold:
    """Return which of two instants a repeated local time means; raise `ColumnError` for neither."""
    if fold is None or (type(fold) is int and fold in (0, 1)):
        return fold  # type: ignore[return-value]
    raise ColumnError.fold(fold)
