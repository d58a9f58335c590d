"""Questions about many tickets: how many replies came in time, and what another policy would change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from support_sla.bulk.columns.answers import ERROR, OnError
from support_sla.bulk.lookup.local import Fold
from support_sla.bulk.tables.frames import holds_instants, with_deadlines, zone_of
from support_sla.bulk.tables.named import Col
from support_sla.errors import ColumnError
from support_sla.policy.metrics import Metric
from support_sla.policy.policy import Policy, check_policy

OLD, NEW, REPLIED = "old", "new", "replied"


def attainment(  # noqa: PLR0913  every one is a keyword
    frame: Any,  # noqa: ANN401  of pandas, polars or pyarrow
    policy: Policy,
    *,
    submitted: str = "submitted_at",
    replied: str = "replied_at",
    line: Any = None,  # noqa: ANN401  texts, or columns by their names
    priority: Any = None,  # noqa: ANN401
    attributes: Mapping[str, Any] | None = None,
    metric: Metric = "first_response",
    timezone: str | dt.tzinfo | None = None,
    fold: Fold = None,
    on_error: OnError = "raise",
    threads: int = 1,
) -> Any:  # noqa: ANN401  the kind of frame that was given
    """Return which share of replies came in time, by line, priority and month, in their order.

    The keywords are those of `with_deadlines`; `replied` is the column of replies, null where there
    is none. A frame of the kind that was given, with the columns

    - `department`, `channel`, `priority`, and `month`, the midnight with which the month of the
      submission begins, on the policy's clock, or on the column's own if it has no zone;
    - `requests`, how many there are; of these `in_time`, replied to by the due instant, `late`, after
      it, `waiting`, not replied to (also long after it was due), and with `on_error="null"` `unanswered`, without a due instant;
    - `share`, what is in time of all that are in time or late; null if there are none.

    Rows without a submission count nowhere, and a frame without rows gives one without. Columns
    without a zone are compared by what their clock shows. Raises as `with_deadlines` does.

    >>> import pyarrow as pa
    >>> from support_sla import bulk, load_policy
    >>> def at(*texts):
    ...     return pa.array(texts).cast(pa.timestamp("s", "UTC"))
    >>> sent = at("2026-03-02T02:00Z", "2026-03-02T03:00Z", "2026-03-03T02:00Z")
    >>> replies = at("2026-03-02T02:30Z", "2026-03-02T05:00Z", None)
    >>> tickets = pa.table({"submitted_at": sent, "replied_at": replies})
    >>> found = bulk.attainment(tickets, load_policy("azdigi"), line=("billing", "ticket"))
    >>> found.select(["requests", "in_time", "late", "waiting", "share"]).to_pylist()
    [{'requests': 3, 'in_time': 1, 'late': 1, 'waiting': 1, 'share': 0.5}]
    """
    asked = _Asked(submitted, line, priority, attributes, metric, timezone, fold, on_error, threads)
    keys = ("department", "channel", "priority")
    nw, table = asked.read(frame, {NEW: policy}, keys, replied)
    due, reply = nw.col(NEW), nw.col(REPLIED)
    answered = ~due.is_null()
    parts = {
        "in_time": answered & (reply <= due),
        "late": answered & (reply > due),
        "waiting": answered & reply.is_null(),
        "unanswered": ~answered,
    }
    table = _counted(nw, table, (*keys, "month"), parts)
    judged = nw.col("in_time") + nw.col("late")
    share = nw.when(judged > 0).then(nw.col("in_time") / judged)
    return table.with_columns(share=share).to_native()


def compare_policies(  # noqa: PLR0913  every one is a keyword
    frame: Any,  # noqa: ANN401  of pandas, polars or pyarrow
    old: Policy,
    new: Policy,
    *,
    submitted: str = "submitted_at",
    replied: str | None = None,
    line: Any = None,  # noqa: ANN401  texts, or columns by their names
    priority: Any = None,  # noqa: ANN401
    attributes: Mapping[str, Any] | None = None,
    metric: Metric = "first_response",
    timezone: str | dt.tzinfo | None = None,
    fold: Fold = None,
    on_error: OnError = "raise",
    threads: int = 1,
) -> Any:  # noqa: ANN401  the kind of frame that was given
    """Return what another policy would change for requests, by line and month, in their order.

    The keywords are those of `with_deadlines`, and every line, priority and attribute must be known
    to both policies. A frame of the kind that was given, with the columns

    - `department`, `channel`, and `month`, the midnight with which the month of the submission begins,
      on the clock of the old policy, or on the column's own if it has no zone;
    - `requests`, how many there are; of these `same`, due when they were, `earlier` and `later`, and
      with `on_error="null"` `unanswered`, which one of the two policies gives no due instant;
    - `most_earlier` and `most_later`, by how much at most, as durations; zero if none is;
    - where a column of replies is named, `becomes_late`, replies in time for the old policy and late
      for the new one, and `becomes_in_time`, the reverse.

    Rows without a submission count nowhere, and a frame without rows gives one without. Columns
    without a zone are compared by what their clock shows. Raises as `with_deadlines` does.

    >>> import pyarrow as pa
    >>> from support_sla import Policy, bulk, load_policy
    >>> old = load_policy("azdigi")
    >>> data = old.model_dump()
    >>> data["departments"]["billing"]["channels"]["ticket"]["first_response"][0]["within"] = "30m"
    >>> sent = pa.array(["2026-03-02T02:00Z", "2026-03-02T09:45Z"]).cast(pa.timestamp("s", "UTC"))
    >>> tickets = pa.table({"submitted_at": sent})
    >>> line = ("billing", "ticket")
    >>> found = bulk.compare_policies(tickets, old, Policy.model_validate(data), line=line)
    >>> found.select(["requests", "same", "earlier", "most_earlier"]).to_pylist()
    [{'requests': 2, 'same': 0, 'earlier': 2, 'most_earlier': datetime.timedelta(seconds=1800)}]
    """
    asked = _Asked(submitted, line, priority, attributes, metric, timezone, fold, on_error, threads)
    keys = ("department", "channel")
    nw, table = asked.read(frame, {OLD: old, NEW: new}, keys, replied)
    before, after = nw.col(OLD), nw.col(NEW)
    answered = ~(before.is_null() | after.is_null())
    parts = {
        "same": answered & (after == before),
        "earlier": answered & (after < before),
        "later": answered & (after > before),
        "unanswered": ~answered,
    }
    moves = {
        "most_earlier": nw.when(parts["earlier"]).then((before - after).dt.total_microseconds()),
        "most_later": nw.when(parts["later"]).then((after - before).dt.total_microseconds()),
    }
    if replied is not None:
        reply = nw.col(REPLIED)
        parts["becomes_late"] = answered & (reply <= before) & (reply > after)
        parts["becomes_in_time"] = answered & (reply > before) & (reply <= after)
    return _counted(nw, table, (*keys, "month"), parts, moves).to_native()


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is asked of each row, as `with_deadlines` takes it."""

    submitted: str
    line: Any
    priority: Any
    attributes: Mapping[str, Any] | None
    metric: Metric
    timezone: str | dt.tzinfo | None
    fold: Fold
    on_error: OnError
    threads: int

    def read(
        self,
        frame: Any,  # noqa: ANN401
        policies: Mapping[str, Policy],
        keys: tuple[str, ...],
        replied: str | None,
    ) -> tuple[Any, Any]:
        """Return narwhals and a frame of the keys, the month, the due of each policy and the reply."""
        for policy in policies.values():
            check_policy(policy)
        answered: Any = frame
        names: dict[str, str] = {}
        for name, policy in policies.items():
            names[name] = f"due of {name} for {self.submitted}"
            error = f"error of {name} for {self.submitted}"
            answered = with_deadlines(
                answered,
                policy,
                submitted=self.submitted,
                line=self.line,
                priority=self.priority,
                attributes=self.attributes,
                metric=self.metric,
                timezone=self.timezone,
                fold=self.fold,
                outputs=("due_at",),
                on_error=self.on_error,
                threads=self.threads,
                names={"due_at": names[name]} | ({ERROR: error} if self.on_error == "null" else {}),
            )
        import narwhals as nw  # noqa: PLC0415  which `with_deadlines` has needed already

        clock = next(iter(policies.values())).timezone
        table = nw.from_native(answered)
        instants = [self.submitted, *names.values()]
        if replied is not None:
            _check_replies(nw.from_native(frame), self.submitted, replied)
            instants.append(replied)
        month = f"month of {self.submitted}"
        table = table.with_columns(nw.col(self.submitted).alias(month))
        if table.implementation.is_pandas():
            table = nw.from_native(_naive_in_pandas(table.to_native(), clock, month, instants))
        elif zone_of(table, self.submitted) is not None:
            table = table.with_columns(
                _naive(nw, month, clock), *(_naive(nw, name, "UTC") for name in instants)
            )
        columns = {key: self._key(nw, key) for key in keys}
        columns["month"] = nw.col(month).dt.truncate("1mo")
        columns |= {name: nw.col(column) for name, column in names.items()}
        if replied is not None:
            columns[REPLIED] = nw.col(replied)
        return nw, table.filter(~nw.col(self.submitted).is_null()).select(**columns)

    def _key(self, nw: Any, key: str) -> Any:  # noqa: ANN401
        """Return what is asked of each row under a key, as texts."""
        pair = self.line if isinstance(self.line, tuple) else (self.line, "ticket")
        value = {"department": pair[0], "channel": pair[1], "priority": self.priority}[key]
        if isinstance(value, Col):
            return nw.col(value.name).cast(nw.String)
        return nw.lit(value, nw.String)


def _naive(nw: Any, name: str, zone: str) -> Any:  # noqa: ANN401
    """Return a column of instants by what the clock of a zone shows."""
    return nw.col(name).dt.convert_time_zone(zone).dt.replace_time_zone(None)


def _naive_in_pandas(frame: Any, clock: str, month: str, instants: list[str]) -> Any:  # noqa: ANN401
    """Return a frame of pandas with instants by what UTC shows, the month's by what the desk's clock does.

    By pandas itself, for narwhals does not know columns of zones such as Asia/Ho_Chi_Minh.
    """
    found = {
        name: frame[name].dt.tz_convert(zone).dt.tz_localize(None)
        for name, zone in {month: clock, **dict.fromkeys(instants, "UTC")}.items()
        if getattr(frame[name].dt, "tz", None) is not None
    }
    return frame.assign(**found)


def _check_replies(table: Any, submitted: str, replied: str) -> None:  # noqa: ANN401
    """Refuse a column of replies that is none, or that has no zone beside one that has, or reversely."""
    schema = table.collect_schema()
    if replied not in schema:
        raise ColumnError.missing(replied, map(str, schema))
    if not holds_instants(table, replied):
        raise ColumnError.unparsed(replied, schema[replied])
    zones = [zone_of(table, name) for name in (submitted, replied)]
    if (zones[0] is None) != (zones[1] is None):
        kinds = [zone or "no zone" for zone in zones]
        raise ColumnError.kinds(submitted, kinds[0], replied, kinds[1])


def _counted(
    nw: Any,  # noqa: ANN401
    table: Any,  # noqa: ANN401
    keys: tuple[str, ...],
    parts: Mapping[str, Any],
    moves: Mapping[str, Any] | None = None,
) -> Any:  # noqa: ANN401
    """Return how many rows of each group are in each part, and the most of each move."""
    one, none = nw.lit(1, nw.Int64), nw.lit(0, nw.Int64)
    moves = {name: move.otherwise(none) for name, move in (moves or {}).items()}
    counted = {name: nw.when(part).then(one).otherwise(none) for name, part in parts.items()}
    table = table.select(*keys, requests=one, **counted, **moves)
    sums = [nw.col(name).sum() for name in ("requests", *parts)]
    table = table.group_by(*keys).agg(*sums, *(nw.col(name).max() for name in moves))
    # Not every library knows the most of durations.
    durations = [nw.col(name).cast(nw.Duration("us")) for name in moves]
    table = table.select(*keys, "requests", *parts, *durations).sort(*keys)
    return table if isinstance(table, nw.LazyFrame) else nw.maybe_reset_index(table)
