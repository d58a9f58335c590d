"""Cells of an answer table: one join by an equal number gives what the table answers, to the unit."""

from __future__ import annotations

import sys
from collections import Counter
from typing import Any

import pytest

from builders import calendar_data, channel_data, day_data, policy, rule_data
from support_sla import AnswerTable
from support_sla.bulk import Cells, cell_table
from support_sla.errors import ColumnError, NotAModelError
from tables import AZDIGI, reading

pa: Any = pytest.importorskip("pyarrow")

YEARS: Any = {"first_year": 2026, "last_year": 2026}


def billing(**changes: Any) -> AnswerTable:
    return AnswerTable.of(AZDIGI, department="billing", **{**YEARS, **changes})


def technical(**changes: Any) -> AnswerTable:
    return AnswerTable.of(AZDIGI, department="technical", **{**YEARS, **changes})


def in_order() -> AnswerTable:
    return AnswerTable.of(reading(AZDIGI, crossing="in_order"), department="technical", **YEARS)


def odd_hours() -> AnswerTable:
    """Return a table whose corners lie on no grid."""
    desk = policy(
        rule_data(within="17m13s"),
        schedules={"office": "Mo 08:00:01-17:00:43; We-Fr 09:11:07-11:59:59"},
    )
    return AnswerTable.of(desk, department="desk", unit="ms", **YEARS)


def with_gaps() -> AnswerTable:
    """Return a table with a rule, days that no rule matches, and an end that is not known."""
    rule = {"when": {"days": ["Mo", "open"]}, **rule_data(within="100h", earliest="30m")}
    desk = policy(
        channel={**channel_data(rule), "hours": {"schedule": "office", "observes": ["open"]}},
        calendars={"open": calendar_data(day_data("2026-12-31"), years=[2026, 2026])},
    )
    return AnswerTable.of(desk, department="desk", unit="s", **YEARS)


TABLES = [
    pytest.param(make, id=name)
    for name, make in {
        "billing": billing,
        "billing in seconds": lambda: billing(unit="s"),
        "billing in nanoseconds": lambda: billing(unit="ns"),
        "technical": technical,
        "technical in order": in_order,
        "odd hours": odd_hours,
        "with gaps": with_gaps,
    }.items()
]


def corners(table: AnswerTable, cells: Cells) -> list[int]:
    """Return each corner of the table, the edges of some cells, and the units beside them."""
    edges = range(cells.start, table.end + cells.width, cells.width * 97)
    return sorted({at + by for at in (*table.begins, table.end, *edges) for by in (-1, 0, 1)})


def by_cell(cells: Cells) -> dict[int, list[tuple[Any, ...]]]:
    """Return the rows of each cell, as numbers."""
    found: dict[int, list[tuple[Any, ...]]] = {}
    columns = [column.cast(pa.int64()).to_pylist() for column in cells.table.columns]
    for cell, *row in zip(*columns, strict=True):
        found.setdefault(cell, []).append(tuple(row))
    return found


@pytest.mark.parametrize("output", ["starts_at", "earliest_at", "due_at"])
@pytest.mark.parametrize("make", TABLES)
def test_every_corner_and_the_units_beside_it_join_the_row_of_their_answer(
    make: Any, output: str
) -> None:
    table = make()
    cells = cell_table(table, output)
    rows_of = by_cell(cells)
    for at in corners(table, cells):
        in_cell = rows_of.get((at - cells.start) // cells.width, [])
        rows = [row for row in in_cell if row[0] <= at < row[1]]
        assert len(rows) == (table.start <= at < table.end), at
        answer = table.answer(at) if rows else None
        for _, _, wait, after in rows:
            expected = None if answer is None else getattr(answer, output)
            assert (None if after is None else max(at, wait) + after) == expected, at


@pytest.mark.parametrize("make", TABLES)
def test_a_cell_has_one_row_or_a_few(make: Any) -> None:
    cells = cell_table(make())
    most = max(Counter(cells.table["cell"].to_pylist()).values())
    assert most <= 3


def test_the_table_says_where_cells_begin_and_how_wide_they_are() -> None:
    cells = cell_table(billing())
    told = {name.decode(): text.decode() for name, text in cells.table.schema.metadata.items()}
    assert told == {"unit": "us", "start": str(cells.start), "width": str(cells.width)}
    assert cells.width == 3_600_000_000
    assert [type(cells.start), type(cells.width)] == [int, int]  # databases take no numpy's
    assert (cells.start - 1) % cells.width == 0  # an hour as such ends a cell: it jumps just after


def test_sql_answers_by_an_equal_number_what_the_table_answers() -> None:
    duckdb: Any = pytest.importorskip("duckdb")
    table = billing()
    cells = cell_table(table)
    asked = [at for at in corners(table, cells) if at >= table.start - cells.width]
    base = duckdb.connect()
    sent = pa.table({"t": pa.array(asked).cast(pa.timestamp("us", "UTC"))})
    base.register("tickets", sent).register("cells", cells.table)
    found = base.execute(
        "select epoch_us(greatest(t, due_from) + due_after) from tickets left join cells on "
        "cell = (epoch_us(t) - $start) // $width and t >= begins_at and t < ends_at order by t",
        {"start": cells.start, "width": cells.width},
    ).fetchall()
    inside = [table.start <= at < table.end for at in asked]
    answers = [table.answer(at) if known else None for at, known in zip(asked, inside, strict=True)]
    assert found == [(answer and answer.due_at,) for answer in answers]


def test_what_is_no_table_or_no_instant_is_refused() -> None:
    with pytest.raises(NotAModelError, match="AnswerTable"):
        cell_table(AZDIGI)  # type: ignore[arg-type]
    with pytest.raises(ColumnError, match="'target'"):
        cell_table(billing(), "target")


def test_a_missing_pyarrow_is_told_with_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "support_sla.bulk.columns.arrow", raising=False)
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ImportError, match=r"install support-sla\[arrow\]"):
        cell_table(billing())
