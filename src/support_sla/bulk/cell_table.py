"""`cell_table`: an answer table cut into cells of one width, so that a division leads SQL to the row.

An ASOF join sorts both sides and searches; a join by an equal number looks it up in a hash table.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from support_sla.answers.table.table import AnswerTable
from support_sla.bulk.lookup.cells import Grid
from support_sla.bulk.lookup.rows import FOREVER, INSTANTS, NEVER, rows_of_table
from support_sla.errors import ColumnError, NotAModelError


class Cells(NamedTuple):
    """The rows of an answer table by cells: `table` is a `pyarrow.Table`, in which a cell has one or more.

    Cell k holds the instants from `start + k * width` to before `start + (k + 1) * width`, which count
    units of the answer table since 1970 UTC.
    """

    table: Any
    start: int
    width: int


def cell_table(table: AnswerTable, output: str = "due_at") -> Cells:
    """Return one output of an answer table as rows by cells, for a join by an equal number.

    The columns are `cell`, `begins_at`, `ends_at`, and for `due_at` the columns `due_from` and
    `due_after` (for others alike). In SQL, for submissions `t` of a table in 'us', with the numbers
    `start` and `width` put in, which the table's metadata hold too:

        select t, greatest(t, due_from) + due_after as due_at
        from tickets left join cells
        on cell = (epoch_us(t) - start) // width and t >= begins_at and t < ends_at

    Each submission from the table's `start` to before its `end` joins one row, every other joins none.
    The row of one that has no answer, or not this output, has nulls. Instants are timestamps in UTC,
    amounts durations; `begins_at`, `ends_at` and what is not null of `due_from` are whole units.

    Raises `ColumnError` for an output that is no instant, and `ImportError` without pyarrow, the
    extra `arrow`.

    >>> from support_sla import AnswerTable, load_policy
    >>> policy = load_policy("azdigi")
    >>> line = {"department": "billing", "first_year": 2026, "last_year": 2026}
    >>> cells = cell_table(AnswerTable.of(policy, **line))
    >>> cells.width // 1_000_000, cells.table.num_rows, cells.table.column_names
    (3600, 8761, ['cell', 'begins_at', 'ends_at', 'due_from', 'due_after'])
    """
    if not isinstance(table, AnswerTable):
        raise NotAModelError.table(table)
    if output not in INSTANTS:
        raise ColumnError.outputs(output, INSTANTS)
    try:
        from support_sla.bulk.columns.arrow import cells_written  # noqa: PLC0415  needs pyarrow
    except ImportError:
        message = "cells cannot become an Arrow table, for package 'pyarrow' is missing"
        raise ImportError(f"{message}; install support-sla[arrow]") from None
    grid, (rows,) = Grid.of([rows_of_table(table, (output,))])
    width = grid.width
    # A grid may begin a unit late. Below 0 some databases divide towards 0 and others down, so that
    # unit gets a cell of its own instead.
    start = grid.starts[0] - (width if grid.starts[0] > rows.begins[0] else 0)
    rows = rows.cut_at(np.arange(start, rows.end, width))
    (waits,), (afters,) = rows.waits, rows.afters
    none = (waits == FOREVER) & (afters == 1)
    # Where a row never waits, its beginning stands for that: `greatest` of a null is null in some.
    waits = np.where(none, NEVER, np.maximum(waits, rows.begins))
    name = output.removesuffix("_at")
    instants = {"begins_at": rows.begins, "ends_at": rows.ends, f"{name}_from": waits}
    amounts = {f"{name}_after": np.where(none, NEVER, afters)}
    told = {"unit": table.unit, "start": str(start), "width": str(width)}
    cells = (rows.begins - start) // width
    return Cells(cells_written(cells, instants, amounts, told), start, width)
