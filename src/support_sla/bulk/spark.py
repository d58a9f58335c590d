"""`with_deadlines`: the answers as columns of a Spark data frame. Imports nothing of Spark: the frame has it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from support_sla.bulk.columns.answers import OUTPUTS, OnError
from support_sla.bulk.lookup.local import Fold
from support_sla.bulk.lookup.rows import INSTANTS
from support_sla.bulk.mapper import Mapper
from support_sla.errors import ColumnError, NaiveInstantError
from support_sla.policy.metrics import Metric
from support_sla.policy.policy import Policy


def with_deadlines(  # noqa: PLR0913  every one is a keyword
    frame: Any,  # noqa: ANN401  Spark's own, classic or of Connect
    policy: Policy,
    *,
    years: tuple[int, int],
    submitted: str = "submitted_at",
    line: Any = None,  # noqa: ANN401  texts, or columns by their names
    priority: Any = None,  # noqa: ANN401
    attributes: Mapping[str, Any] | None = None,
    metric: Metric = "first_response",
    timezone: str | dt.tzinfo | None = None,
    fold: Fold = None,
    outputs: Sequence[str] = OUTPUTS,
    on_error: OnError = "raise",
    names: Mapping[str, str] | None = None,
) -> Any:  # noqa: ANN401  as above
    """Return a Spark data frame with when each of its requests must be answered, as columns.

    All is as in `bulk.with_deadlines`, but for `years`: the first and the last year, on the desk's
    clock, of the submissions that have an answer. The policy is compiled for them here and now; each
    task only looks up, by a `bulk.Mapper` in `mapInArrow`. Rows stay in their partitions and in order,
    none is dropped and nothing is shuffled. Instants get the type of the column that was asked, a
    `target` and an `error` are strings. A `timestamp_ntz` needs a `timezone`; a `timestamp` is an
    instant already, whatever the session's zone.

    A row without an answer, so also one outside `years`, fails its task with the error of this library,
    which counts such rows of the partition and names the places of the first ones in it; with
    `on_error="null"` it has nulls, and the class of its error in a column `error`.

    Raises `ColumnError` for a column that is missing or holds no instants, and for an answer that is
    called as a column is; and as `bulk.deadlines` does.

        line = Col("department"), "ticket"
        answered = with_deadlines(tickets, load_policy("azdigi"), years=(2024, 2027), line=line)
    """
    mapper = Mapper.of(
        policy,
        years=years,
        submitted=submitted,
        line=line,
        priority=priority,
        attributes=attributes,
        metric=metric,
        timezone=timezone,
        fold=fold,
        outputs=outputs,
        on_error=on_error,
        names=names,
    )
    schema = frame.schema
    mapper.requests.check(schema.names)
    instant = schema[submitted].dataType
    kind = instant.typeName()
    if kind not in {"timestamp", "timestamp_ntz"}:
        raise ColumnError.no_instants(submitted, kind)
    if kind == "timestamp_ntz" and timezone is None:
        raise NaiveInstantError.of_column(submitted)
    if kind == "timestamp" and timezone is not None:
        raise ColumnError.has_zone(submitted, timezone)
    written = type(schema)([*schema.fields])
    for output, called in zip(mapper.outputs, mapper.requests.written, strict=True):
        written = written.add(called, instant if output in INSTANTS else "string")
    return frame.mapInArrow(mapper, written)
