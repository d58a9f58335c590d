"""`Codes`: a column in which few values repeat, as small numbers and what each of them stands for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from support_sla.errors import ColumnError

if TYPE_CHECKING:
    from support_sla.bulk.lookup.lookup import Column


@dataclass(frozen=True, slots=True, eq=False)
class Codes:
    """A column of `codes`, each the place of a value in `values`, from 0.

    What numpy has in place of pandas' categoricals and Arrow's dictionaries, which are read as such.
    Raises `ColumnError` for codes that are no whole numbers, or that are places of no value.

    >>> import numpy as np
    >>> column = Codes(np.array([1, 0, 0], dtype=np.int8), ["technical", "billing"])
    >>> column.values[column.codes[0]]
    'billing'
    """

    codes: Column
    values: Sequence[Any]

    def __post_init__(self) -> None:
        plain = isinstance(self.codes, np.ndarray) and not isinstance(self.codes, np.ma.MaskedArray)
        if not plain or self.codes.dtype.kind not in "iu":
            raise ColumnError.codes(self.codes)
        if not isinstance(self.values, Sequence):
            raise ColumnError.no_texts("values", type(self.values).__name__)
        if self.codes.ndim != 1:
            raise ColumnError.shape("codes", self.codes.ndim)
        if len(self.codes) and not 0 <= int(self.codes.min()) <= int(self.codes.max()) < len(
            self.values
        ):
            wrong = np.flatnonzero((self.codes < 0) | (self.codes >= len(self.values)))
            place = int(wrong[0])
            raise ColumnError.code(int(self.codes[place]), len(self.values)).at(
                place, f"row {place:,}"
            )
        if self.codes.dtype == np.uint64:  # which numpy adds to other whole numbers as floats
            object.__setattr__(self, "codes", self.codes.astype(np.int64))

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.codes)

    @classmethod
    def read(cls, name: str, column: object) -> Codes:
        """Return a column of texts as codes: an array of numpy or Arrow, a list, or codes already.

        A null stands for None. Raises `ColumnError` for a column of anything but texts.
        """
        if isinstance(column, Codes):
            return column
        if hasattr(column, "__arrow_c_array__") or hasattr(column, "__arrow_c_stream__"):
            from support_sla.bulk.columns.arrow import read_codes  # noqa: PLC0415  needs pyarrow

            return cls(*read_codes(name, column))
        array = _array(name, column)
        if array.dtype.kind == "f" and len(array) and np.isnan(array).all():
            return cls(np.zeros(len(array), np.int8), [None])
        if array.dtype.kind in "UT":
            values, codes = np.unique(array, return_inverse=True)
            return cls(codes, values.tolist())
        if array.dtype.kind != "O" and len(array):
            raise ColumnError.no_texts(name, array.dtype)
        places: dict[Any, int] = {}
        try:
            codes = np.fromiter(
                (places.setdefault(_text(each), len(places)) for each in array),
                np.int64,
                len(array),
            )
        except (TypeError, ValueError):
            raise ColumnError.no_texts(name, array.dtype) from None
        return cls(codes, list(places))


def _array(name: str, column: object) -> Column:
    """Return a column as an array of one dimension, with None for what is masked."""
    given: Any = column
    if isinstance(given, np.ma.MaskedArray):
        masked, given = np.ma.getmaskarray(given), given.data.astype(object)
        given[masked] = None
    try:
        array = np.asarray(given)
    except ValueError:
        raise ColumnError.no_texts(name, "rows of different lengths") from None
    if not array.ndim:
        raise ColumnError.no_texts(name, type(column).__name__)
    if array.ndim != 1:
        raise ColumnError.shape(name, array.ndim)
    return array


def _text(value: object) -> object:
    """Return a value, None for what pandas has for a missing one."""
    if type(value).__name__ == "NAType":
        return None
    return None if value != value or value is None else value  # noqa: PLR0124  NaN equals nothing
