"""Parquet and CSV files as tables of Arrow, some rows at a time, and back. Needs pyarrow."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq

from support_sla.errors import (
    ColumnError,
    InstantError,
    NaiveInstantError,
    SupportSlaError,
)
from support_sla.values.instants import read_instant, to_micros

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

INSTANT, LOCAL = pa.timestamp("us", "UTC"), pa.timestamp("us")

CODECS = {"SNAPPY", "GZIP", "BROTLI", "LZ4", "ZSTD"}
"""Compressions that Parquet files are written with; what is in none of them stays uncompressed."""

DEFAULT_CODEC = "SNAPPY"
"""That of a file that is made of texts, or that has no rows: the fastest one."""


BUFFER = 2**20
"""Bytes of a column of Parquet that are read at once."""


@dataclass(frozen=True, slots=True)
class Source:
    """An open file: its columns, how many rows it has if it says so, and these some at a time.

    `codecs` are the compressions of the columns of a Parquet file, by their paths.
    """

    schema: pa.Schema
    rows: int | None
    tables: Iterator[pa.Table]
    codecs: Mapping[str, str]


def is_parquet(name: str, path: Path) -> bool:
    """Return whether a path is that of a Parquet file, else CSV; raise `ColumnError` for neither."""
    suffix = path.suffix.lower()
    if suffix not in {".parquet", ".csv"}:
        raise ColumnError.suffix(name, path)
    return suffix == ".parquet"


@contextmanager
def reading(path: Path, rows: int) -> Iterator[Source]:
    """Yield an open file, to be read so many rows at a time. A CSV file is one of texts and nulls."""
    if is_parquet("source", path):
        # What is buffered ahead is kept until the file is closed: memory would grow with the file.
        with pq.ParquetFile(path, pre_buffer=False, buffer_size=BUFFER) as file:
            tables = _gathered(file.schema_arrow, file.iter_batches(rows), rows)
            yield Source(file.schema_arrow, file.metadata.num_rows, tables, _codecs(file))
        return
    with pa.csv.open_csv(path) as peeked:
        names = peeked.schema.names
    # Nothing is guessed from the first rows: the number 007 stays three digits in all of them.
    texts = pa.csv.ConvertOptions(
        column_types=dict.fromkeys(names, pa.string()), null_values=[""], strings_can_be_null=True
    )
    # Of a single column an empty line is how a null is written; of more it is none of their rows.
    lines = pa.csv.ParseOptions(newlines_in_values=True, ignore_empty_lines=len(names) > 1)
    with pa.csv.open_csv(path, parse_options=lines, convert_options=texts) as file:
        yield Source(file.schema, None, _gathered(file.schema, file, rows), {})


@contextmanager
def writing(
    path: Path, schema: pa.Schema, like: Source, rows: int, *, parquet: bool
) -> Iterator[Callable[[pa.Table], None]]:
    """Yield what writes a table of so many rows; columns of the source are compressed as there.

    A table is written while the next one is read and answered: Arrow does not hold Python up.
    """
    writer = _parquet_writer(path, schema, like) if parquet else pa.csv.CSVWriter(path, schema)
    with writer, ThreadPoolExecutor(1) as pool:
        last: Future[None] | None = None

        def write(table: pa.Table) -> None:
            nonlocal last
            if last is not None:
                last.result()
            last = pool.submit(writer.write_table, table, rows)

        yield write
        if last is not None:
            last.result()


def _parquet_writer(path: Path, schema: pa.Schema, like: Source) -> pq.ParquetWriter:
    known = like.codecs or dict.fromkeys(like.schema.names, DEFAULT_CODEC)
    usual = next(iter(known.values()))
    codecs = {**{name: usual for name in schema.names if name not in like.schema.names}, **known}
    # A dictionary of instants, of which hardly one repeats, costs time and saves nothing.
    instants = {each.name for each in schema if pa.types.is_timestamp(each.type)}
    few = [path for path in codecs if path not in instants]
    return pq.ParquetWriter(path, schema, compression=codecs, use_dictionary=few)


def read_texts(name: str, column: pa.ChunkedArray, *, local: bool) -> pa.ChunkedArray:
    """Return ISO 8601 texts as instants, each with its offset from UTC, or all without (`local`).

    What Arrow cannot read is read one by one as `compute_deadline` does. Raises its errors, with the
    place of the first text that is wrong.
    """
    kind = LOCAL if local else INSTANT
    try:
        return column.cast(kind)
    except pa.ArrowInvalid:
        return pa.chunked_array([_one_by_one(name, column.to_pylist(), kind)])


def _one_by_one(name: str, texts: Iterable[str | None], kind: pa.DataType) -> pa.Array:
    found: list[int | None] = []
    for place, text in enumerate(texts):
        try:
            found.append(None if text is None else _micros(name, text, kind))
        except SupportSlaError as error:
            raise error.at(place, f"row {place:,}") from None
    return pa.array(found, kind)


def _micros(name: str, text: str, kind: pa.DataType) -> int:
    if kind == INSTANT:
        try:
            return to_micros(read_instant(name, text))
        except NaiveInstantError:
            raise NaiveInstantError.of_source(name, text) from None
    try:
        micros: int = pa.scalar(text).cast(kind).value
    except pa.ArrowInvalid:
        raise InstantError.not_local(name, text) from None
    return micros


def _codecs(file: pq.ParquetFile) -> dict[str, str]:
    """Return the compression of each column of a file by its path; of nested ones, of each part."""
    paths = [file.schema.column(at).path for at in range(len(file.schema))]
    if not file.num_row_groups:
        return dict.fromkeys(paths, DEFAULT_CODEC)
    group = file.metadata.row_group(0)
    found = (group.column(at).compression for at in range(group.num_columns))
    return {
        path: codec if codec in CODECS else "NONE" for path, codec in zip(paths, found, strict=True)
    }


def _gathered(
    schema: pa.Schema, batches: Iterable[pa.RecordBatch], rows: int
) -> Iterator[pa.Table]:
    """Yield the rows of batches of any size as tables of so many rows, the last one of what is left."""
    held = schema.empty_table()
    for batch in batches:
        held = pa.concat_tables([held, pa.Table.from_batches([batch])])
        while held.num_rows >= rows:
            yield held.slice(0, rows)
            held = held.slice(rows)
    if held.num_rows:
        yield held
