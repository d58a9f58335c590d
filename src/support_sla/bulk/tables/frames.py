"""Frames of pandas, polars and pyarrow with their answers beside them. Only this file knows narwhals."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np

from support_sla.answers.table.table import AnswerTable
from support_sla.bulk.columns.answers import ERROR, OUTPUTS, TARGET, OnError
from support_sla.bulk.columns.codes import Codes
from support_sla.bulk.lookup.local import Fold
from support_sla.bulk.tables.named import Requests, Vocabulary
from support_sla.errors import ColumnError
from support_sla.policy.metrics import Metric
from support_sla.policy.policy import Policy


def with_deadlines(  # noqa: PLR0913  every one is a keyword
    frame: Any,  # noqa: ANN401  of pandas, polars or pyarrow
    policy: Policy | AnswerTable,
    *,
    submitted: str = "submitted_at",
    line: Any = None,  # noqa: ANN401  texts, or columns by their names
    priority: Any = None,  # noqa: ANN401
    attributes: Mapping[str, Any] | None = None,
    metric: Metric = "first_response",
    timezone: str | dt.tzinfo | None = None,
    fold: Fold = None,
    outputs: Sequence[str] = OUTPUTS,
    on_error: OnError = "raise",
    threads: int = 1,
    names: Mapping[str, str] | None = None,
) -> Any:  # noqa: ANN401  the kind of frame that was given
    """Return a frame with when each of its requests must be answered, as columns after its own.

    The frame is a pandas or polars `DataFrame`, a polars `LazyFrame` or a pyarrow `Table`, and so is
    what is returned. Every row stays, in its order and with its pandas index; no value is copied.
    `submitted` is the name of the column of instants. A text for a part of the line, the priority or
    an attribute is a value for all rows, as in `compute_deadline`; a column is named by `Col`. A line
    that is no pair is a department, and its channel 'ticket'.

    The instants that are returned have the unit and the zone of the column that was asked; a column
    without a zone shows the clock of `timezone`, and `fold` says which of two instants a repeated
    hour means. `target`, the name of the rule, is a categorical of pandas and polars and a dictionary
    of pyarrow. A row without an instant has no answer, and is no error. Others without one raise one
    error, that of the first of them, which counts them and names their places from 0 on; with
    `on_error="null"` they are null, and a column `error` names the class of each one's error.
    `names` calls outputs otherwise.

    A `LazyFrame` stays lazy: its answers are computed when it is collected, and if rows that have none
    are to raise, for all rows at once, else batch by batch.

    Raises `ColumnError` for a frame of another kind, columns that are missing, called alike or hold
    no instants (texts are not parsed), and for an output that is called as a column is; ImportError
    without narwhals, the extra `frames`; and as `bulk.deadlines` does.

    >>> import pyarrow as pa
    >>> from support_sla import bulk, load_policy
    >>> sent = pa.array(["2026-01-10T09:30:00Z"]).cast(pa.timestamp("s", "Asia/Ho_Chi_Minh"))
    >>> tickets = pa.table({"submitted_at": sent, "department": ["billing"]})
    >>> line = bulk.Col("department"), "ticket"
    >>> answered = bulk.with_deadlines(tickets, load_policy("azdigi"), line=line)
    >>> answered["due_at"][0].as_py().isoformat(), answered["target"][0].as_py()
    ('2026-01-12T08:30:00+07:00', 'next_business_hour')
    """
    try:
        import narwhals as nw  # noqa: PLC0415  an extra, for those with frames
    except ImportError:
        message = "frame cannot be read, for package 'narwhals' is missing"
        raise ImportError(f"{message}; install support-sla[frames]") from None
    requests = Requests(
        policy,
        submitted,
        line,
        priority,
        attributes,
        metric,
        timezone,
        fold,
        outputs,
        on_error,
        threads,
        names,
    )
    try:
        table: Any = nw.from_native(frame)
        schema = table.collect_schema()
    except TypeError:
        raise ColumnError.frame(frame) from None
    except nw.exceptions.DuplicateError:
        found = [*(frame.column_names if hasattr(frame, "column_names") else frame.columns)]
        raise ColumnError.twice(max(found, key=found.count)) from None
    requests.check([*schema])
    kind, native = table.implementation, table.to_native()
    if not holds_instants(table, submitted):
        raise ColumnError.unparsed(submitted, schema[submitted])
    if kind.is_polars() and isinstance(table, nw.LazyFrame):
        made = nw.from_native(_lazily(native, kind.to_native_namespace(), requests))
    elif kind.is_pandas() or kind.is_polars() or kind.is_pyarrow():
        answer = _of_pandas if kind.is_pandas() else partial(_of_arrow, polars=kind.is_polars())
        columns = answer(native, kind.to_native_namespace(), requests)
        named = zip(requests.written, columns, strict=True)
        made = table.with_columns(
            nw.from_native(column, series_only=True).alias(name) for name, column in named
        )
    else:
        raise ColumnError.frame(frame)
    return made if table is frame else made.to_native()


def holds_instants(table: Any, name: str) -> bool:  # noqa: ANN401  a frame of narwhals
    """Return whether a column holds instants."""
    import narwhals as nw  # noqa: PLC0415  as above

    if not table.implementation.is_pandas():
        return isinstance(table.collect_schema()[name], nw.Datetime)
    # Of pandas' own dtypes narwhals does not know those whose zone has an underscore in its name. One
    # of Arrow's dates has the kind of instants too.
    dtype = table.to_native()[name].dtype
    arrow = getattr(dtype, "pyarrow_dtype", None)
    return dtype.kind == "M" and (arrow is None or hasattr(arrow, "tz"))


def zone_of(table: Any, name: str) -> str | None:  # noqa: ANN401  a frame of narwhals
    """Return the zone of a column of instants, None if it has none."""
    if not table.implementation.is_pandas():
        found: str | None = table.collect_schema()[name].time_zone
        return found
    dtype = table.to_native()[name].dtype
    zone = getattr(getattr(dtype, "pyarrow_dtype", dtype), "tz", None)
    return None if zone is None else str(zone)


def _of_pandas(frame: Any, pd: Any, requests: Requests) -> list[Any]:  # noqa: ANN401
    """Return the answers as series of pandas that share the index of the frame."""

    def column(name: str) -> Any:  # noqa: ANN401  codes, or what they are read from
        texts = frame[name]
        if isinstance(texts.dtype, pd.CategoricalDtype):
            codes, values = texts.cat.codes.to_numpy(), [*texts.cat.categories, None]
            return Codes(np.where(codes < 0, len(values) - 1, codes), values)
        if not hasattr(texts.array, "__arrow_array__"):
            return texts.to_numpy()
        from support_sla.bulk.columns.arrow import read_codes  # noqa: PLC0415  needs pyarrow

        return Codes(*read_codes(name, texts.array.__arrow_array__()))

    instants = frame[requests.submitted]
    given = instants.dtype
    if hasattr(given, "pyarrow_dtype"):
        unit, zone = given.pyarrow_dtype.unit, given.pyarrow_dtype.tz
        instants = instants.astype(f"datetime64[{unit}, {zone}]" if zone else f"datetime64[{unit}]")
    array, kind = instants.array, instants.dtype
    numbers = array.asi8 if array.tz is not None else array.asi8.view(kind)
    answers = requests.answers(numbers, column, array.unit)

    def written(name: str, values: Any) -> Any:  # noqa: ANN401  an array of pandas
        if name in {TARGET, ERROR}:
            texts = answers.targets if name == TARGET else answers.errors
            return pd.Categorical.from_codes(values, categories=pd.Index(texts, dtype=object))
        made = pd.array(values, dtype=kind, copy=False)
        return made if given is kind else pd.Series(made).astype(given).array

    return [
        pd.Series(written(name, values), index=frame.index, copy=False)
        for name, values in answers.items()
    ]


def _of_arrow(frame: Any, library: Any, requests: Requests, *, polars: bool) -> list[Any]:  # noqa: ANN401
    """Return the answers as series of polars, or as chunked arrays of pyarrow."""
    answers = requests.answers(frame[requests.submitted], frame.__getitem__)
    if polars:
        return [library.Series(values) for values in answers.values()]
    return [library.chunked_array([values]) for values in answers.values()]


def _lazily(frame: Any, pl: Any, requests: Requests) -> Any:  # noqa: ANN401
    """Return a lazy frame of polars with an expression that answers it.

    One that is computed batch by batch must not raise, for it knows no row's place in the frame.
    """
    vocabulary = Vocabulary()

    def answered(rows: Any) -> Any:  # noqa: ANN401  structs in, structs out
        part = rows.struct.unnest()
        answers = requests.answers(
            part[requests.submitted], lambda name: vocabulary.codes(name, part[name])
        )
        return pl.DataFrame(dict(zip(requests.written, answers.values(), strict=True))).to_struct()

    schema = frame.collect_schema()
    none = pl.DataFrame(schema={name: schema[name] for name in requests.read})
    rows = pl.struct(requests.read).map_batches(
        answered,
        return_dtype=answered(none.to_struct()).dtype,
        is_elementwise=requests.on_error == "null",
    )
    unused = max(schema, key=len) + "_"  # longer than the name of any column
    return frame.with_columns(rows.alias(unused)).unnest(unused)
