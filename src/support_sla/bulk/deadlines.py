"""`deadlines`: the answers to a column of submissions, as `compute_deadline` gives them one by one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, get_args

import numpy as np

from support_sla.answers.table.table import AnswerTable
from support_sla.bulk.asking.answering import answer_column
from support_sla.bulk.asking.asked import Asked
from support_sla.bulk.asking.lines import Form, told_targets
from support_sla.bulk.asking.sources import OfPolicy, OfTable
from support_sla.bulk.columns.answers import (
    ERROR,
    OUTPUTS,
    TARGET,
    Answers,
    OnError,
    Room,
    read_outputs,
    written,
)
from support_sla.bulk.columns.instants import Instants, read_fold
from support_sla.bulk.lookup.local import Fold
from support_sla.bulk.lookup.lookup import Column
from support_sla.bulk.lookup.rows import INSTANTS
from support_sla.errors import ColumnError
from support_sla.policy.metrics import Metric
from support_sla.policy.policy import Policy, check_policy
from support_sla.values.units import Unit


def deadlines(  # noqa: PLR0913  every one is a keyword
    submitted: Any,  # noqa: ANN401  a column of numpy or Arrow
    policy: Policy | AnswerTable,
    *,
    line: Any = None,  # noqa: ANN401  texts, or columns of them
    priority: Any = None,  # noqa: ANN401
    attributes: Mapping[str, Any] | None = None,
    metric: Metric = "first_response",
    timezone: str | dt.tzinfo | None = None,
    fold: Fold = None,
    unit: Unit = "us",
    outputs: Sequence[str] = OUTPUTS,
    on_error: OnError = "raise",
    out: Mapping[str, Column] | Column | None = None,
    threads: int = 1,
) -> Answers:
    """Return when each request of a column must be answered, each output as a column.

    `submitted` is an array of numpy's `datetime64`, a column of Arrow timestamps, a series of pandas
    or polars (which is answered with Arrow), or whole numbers of a `unit` since 1970 UTC. Answers keep
    its kind, unit and zone; units coarser than a second are answered in seconds. A column without a
    zone, such as numpy's, is read on the clock of `timezone` and answered on it; a local time that
    this clock never shows, or shows twice, has no answer unless `fold` is 0 or 1, as that of a
    `datetime`.

    `line` is a pair of department and channel, or the department of a line called "ticket". Either of
    them, a `priority` and each of the `attributes` is a text for all rows or a column of texts: an
    array, a series, a list, `Codes`. An answer table in place of a policy has its own line. `metric`
    is as in `compute_deadline`.

    Every row equals what `compute_deadline` says of it, and is null where the submission is. For rows
    without an answer one error is raised: that of the first of them, with their number and the places
    of some, from 0. With `on_error="null"` they are null, and the column "error" names its class.

    `outputs` are some of `starts_at`, `earliest_at`, `due_at` and `target`; `out` has arrays to write
    some of them into; `threads` is how many answer at once. A column without rows has answers without
    rows. Raises `ColumnError` for what is no such column, `NaiveInstantError` for one without a zone,
    `UnitError` for a unit that cannot hold a target, and as `compute_deadline` does for names that are
    wrong for all rows.

    >>> import numpy as np
    >>> from support_sla import load_policy
    >>> sent = np.array(["2026-01-10T16:30", "2026-01-12T08:00"], dtype="datetime64[s]")
    >>> departments = ["billing", "technical"]
    >>> zone = "Asia/Ho_Chi_Minh"
    >>> answers = deadlines(sent, load_policy("azdigi"), line=(departments, "ticket"), timezone=zone)
    >>> [str(due) for due in answers["due_at"]]
    ['2026-01-12T08:30:00', '2026-01-12T11:00:00']
    >>> [answers.targets[code] for code in answers["target"]]
    ['next_business_hour', 'ordinary_days']
    """
    instants = Instants.read("submitted", submitted, timezone, unit)
    names = read_outputs(outputs)
    if on_error not in get_args(OnError):
        raise ColumnError.on_error(on_error)
    wanted = tuple(name for name in INSTANTS if name in names)
    form = Form(wanted, instants.unit, instants.zone, read_fold(fold))
    source, targets = source_of(
        policy, line, priority, attributes, metric, form, len(instants), told=TARGET in names
    )
    columns = Room(names, len(instants), instants.unit, out, instants.parts).columns
    errors = np.empty(len(instants), np.int8) if on_error == "null" else None
    reasons = answer_column(
        source,
        instants,
        [columns[name] for name in wanted],
        columns.get(TARGET),
        errors,
        threads,
    )
    if errors is not None:
        columns[ERROR] = errors
    elif reasons.count:
        raise reasons.error()
    return written(columns, instants, targets, tuple(reasons.names))


def source_of(  # noqa: PLR0913, PLR0917  what is asked, and in which form
    policy: Policy | AnswerTable,
    line: Any,  # noqa: ANN401
    priority: Any,  # noqa: ANN401
    attributes: Mapping[str, Any] | None,
    metric: Metric,
    form: Form,
    length: int,
    *,
    told: bool,
) -> tuple[OfPolicy | OfTable, tuple[str, ...]]:
    """Return what answers a column, and the names of the targets that it is `told`."""
    if isinstance(policy, AnswerTable):
        if line is not None or priority is not None or attributes is not None:
            raise ColumnError.own_line()
        return OfTable.of(policy, form), policy.targets
    asked = Asked.of(check_policy(policy), line, priority, attributes, metric, length)
    if not told:
        return OfPolicy.of(policy, asked, form, "", lambda *_: 0), ()
    names, place = told_targets(asked.questions)
    return OfPolicy.of(policy, asked, form, TARGET, place), names
