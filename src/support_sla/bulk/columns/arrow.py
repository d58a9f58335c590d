"""Columns of Arrow as arrays of numpy that share their memory, and back. The one file here that needs pyarrow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from support_sla.bulk.lookup.rows import NEVER
from support_sla.errors import ColumnError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from support_sla.bulk.lookup.lookup import Column
    from support_sla.bulk.lookup.rows import Int64s


def read_instants(
    name: str, column: object
) -> tuple[tuple[Column, ...], tuple[Column | None, ...], pa.DataType, str | None, bool]:
    """Return the numbers of each chunk, its nulls, the type, the unit, and whether no zone is named.

    The unit is None for plain 64-bit numbers. Raises `ColumnError` for other types.
    """
    chunked = _chunked(column)
    kind = chunked.type
    if not pa.types.is_timestamp(kind) and kind != pa.int64():
        raise ColumnError.no_instants(name, str(kind))
    parts, nulls = _numbers(chunked)
    if kind == pa.int64():
        return parts, nulls, kind, None, False
    return parts, nulls, kind, kind.unit, kind.tz is None


def read_amounts(
    name: str, column: object, unit: str
) -> tuple[tuple[Column, ...], tuple[Column | None, ...]]:
    """Return the numbers of each chunk of durations, and its nulls; raise for another type or unit."""
    chunked = _chunked(column)
    if chunked.type not in (pa.int64(), pa.duration(unit)):
        raise ColumnError.no_amounts(name, chunked.type, unit)
    return _numbers(chunked)


def instants_written(numbers: Int64s, kind: pa.DataType) -> pa.Array:
    """Return numbers as an array of a type, null where they are `NEVER`."""
    return _array(numbers, kind, NEVER + 1)


def amounts_written(numbers: Int64s, kind: pa.DataType) -> pa.Array:
    """Return amounts in the unit of a type of instants: durations, or numbers beside numbers."""
    return instants_written(numbers, kind if kind == pa.int64() else pa.duration(kind.unit))


def bools_written(told: Column) -> pa.Array:
    """Return 1 as true, 0 as false, null for what is below."""
    return pa.array(told == 1, mask=told < 0)


def read_codes(name: str, column: object) -> tuple[Column, list[Any]]:
    """Return a column of texts as codes and their texts; a null is the code of None."""
    chunked = _chunked(column)
    is_dictionary = pa.types.is_dictionary(chunked.type)
    kind = chunked.type.value_type if is_dictionary else chunked.type
    if kind == pa.string_view():  # of polars; the codes of a dictionary stay as they are
        texts = pa.string()
        chunked = chunked.cast(
            pa.dictionary(chunked.type.index_type, texts) if is_dictionary else texts
        )
    elif not (pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_null(kind)):
        raise ColumnError.no_texts(name, str(kind))
    encoded = chunked.unify_dictionaries() if is_dictionary else chunked.dictionary_encode()
    whole = encoded.combine_chunks()
    values = whole.dictionary.to_pylist()
    codes = whole.indices
    if codes.null_count:
        codes = codes.cast(pa.int64()).fill_null(len(values))  # which 8 bits may not hold
        values = [*values, None]
    return codes.to_numpy(zero_copy_only=False), values


def texts_written(codes: Column, values: Sequence[str]) -> pa.Array:
    """Return codes as a dictionary of texts, null where a code is below 0."""
    indices = _array(codes, pa.from_numpy_dtype(codes.dtype), 0)
    return pa.DictionaryArray.from_arrays(indices, pa.array(values, pa.string()))


def _array(numbers: Column, kind: pa.DataType, least: int) -> pa.Array:
    """Return numbers as an array that shares their memory, null where they are below `least`."""
    bits = None
    if len(numbers) and numbers.min() < least:  # a pass over the numbers, and no memory
        bits = pa.py_buffer(np.packbits(numbers >= least, bitorder="little"))
    return pa.Array.from_buffers(kind, len(numbers), [bits, pa.py_buffer(numbers)])


def _numbers(chunked: pa.ChunkedArray) -> tuple[tuple[Column, ...], tuple[Column | None, ...]]:
    """Return the 64-bit numbers of each chunk without a copy, and which of them are null, if any."""
    parts, nulls = [], []
    for chunk in chunked.chunks:
        values = chunk.buffers()[1]
        numbers = np.frombuffer(values, np.int64) if values else np.empty(0, np.int64)
        parts.append(numbers[chunk.offset : chunk.offset + len(chunk)])
        missing = chunk.is_null().to_numpy(zero_copy_only=False) if chunk.null_count else None
        nulls.append(missing)
    return tuple(parts), tuple(nulls)


def _chunked(column: object) -> pa.ChunkedArray:
    if isinstance(column, pa.ChunkedArray):
        return column
    if isinstance(column, pa.Array):
        return pa.chunked_array([column])
    return pa.chunked_array(column)


def cells_written(
    cells: Int64s,
    instants: Mapping[str, Int64s],
    amounts: Mapping[str, Int64s],
    told: Mapping[str, str],
) -> pa.Table:
    """Return a table of cells, instants in UTC and amounts, null where they are `NEVER`.

    `told` becomes its metadata, and names the unit.
    """
    instant, amount = pa.timestamp(told["unit"], tz="UTC"), pa.duration(told["unit"])
    columns = {"cell": pa.array(cells)}
    columns |= {name: instants_written(each, instant) for name, each in instants.items()}
    columns |= {name: instants_written(each, amount) for name, each in amounts.items()}
    return pa.table(columns, metadata=dict(told))
