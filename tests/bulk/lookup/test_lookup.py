"""A look-up answers every instant as the tables that it was made from."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support_sla import AnswerTable, load_policy
from support_sla.answers.line import Line
from support_sla.answers.question import Question
from support_sla.strategies import lines, policies
from tables import on_schedule, reading

np = pytest.importorskip("numpy")

from looked_up import INSTANTS, around, looked_up, told_by  # noqa: E402  needs numpy
from support_sla.bulk.lookup.lookup import CHUNK, Lookup, Scratch  # noqa: E402
from support_sla.bulk.lookup.rows import NEVER, rows_of_table  # noqa: E402

AZDIGI = load_policy("azdigi")
YEARS: dict[str, Any] = {"first_year": 2026, "last_year": 2027}


def lookup_of(*tables: AnswerTable, outputs: tuple[str, ...] = INSTANTS) -> Lookup:
    return Lookup.of([rows_of_table(table, outputs, lambda rule: rule) for table in tables])


def expected(table: AnswerTable, at: Any) -> list[tuple[Any, ...]]:
    return [
        (NEVER, NEVER, NEVER, -3) if each == NEVER else told_by(table, each) for each in at.tolist()
    ]


@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
@pytest.mark.parametrize("department", ["technical", "billing"])
@pytest.mark.parametrize("crossing", ["submission", "overlap", "in_order"])
def test_every_corner_of_the_reference_policy_is_answered_as_by_its_table(
    department: str, unit: Any, crossing: str
) -> None:
    made = reading(AZDIGI, crossing=crossing)
    table = AnswerTable.of(made, department=department, unit=unit, **YEARS)
    at = around(table)
    assert looked_up(lookup_of(table), at) == expected(table, at)


@st.composite
def tables(draw: st.DrawFn, unit: Any = "us") -> AnswerTable:
    """Generate the table of any line of any policy, for a year or two that its calendars cover."""
    made = draw(policies())
    department, channel = draw(lines(made))
    known = Line.of(Question.of(made, department, channel, None)).coverage
    first = max(known.first, min(2020, known.last))
    return AnswerTable.of(
        made,
        department=department,
        channel=channel,
        first_year=first,
        last_year=min(first + draw(st.integers(0, 1)), known.last),
        unit=unit,
    )


@given(st.sampled_from(["us", "ns"]).flatmap(tables))
def test_every_corner_of_a_policy_is_answered_as_by_its_table(table: AnswerTable) -> None:
    at = around(table)
    assert looked_up(lookup_of(table), at) == expected(table, at)


@given(st.lists(tables(), min_size=1, max_size=3))
def test_lines_in_one_look_up_are_answered_as_each_by_itself(some: list[AnswerTable]) -> None:
    some.append(AnswerTable.of(AZDIGI, department="billing", **YEARS))
    at = np.concatenate([around(each) for each in some])
    lookup = lookup_of(*some)
    for place, table in enumerate(some):
        line = np.full(len(at), place, np.int8)
        assert looked_up(lookup, at, line) == expected(table, at)


def test_each_output_alone_is_that_of_all_together() -> None:
    table = AnswerTable.of(AZDIGI, department="billing", **YEARS)
    at = around(table)
    every = looked_up(lookup_of(table), at)
    for place, name in enumerate(INSTANTS):
        alone = looked_up(lookup_of(table, outputs=(name,)), at)
        assert [row[0] for row in alone] == [row[place] for row in every]


def test_a_chunk_without_rows_is_answered_by_nothing() -> None:
    lookup = lookup_of(AnswerTable.of(AZDIGI, department="billing", **YEARS))
    assert (
        lookup.answer(np.empty(0, np.int64), None, [np.empty(0, np.int64)] * 3, None, Scratch())
        is None
    )


def test_a_corner_in_every_unit_is_found_step_by_step() -> None:
    rules = [
        {
            "name": f"until {second}",
            "within": f"{second + 1}s",
            "counted_in": "calendar_time",
            "when": {"time": f"12:00:{second:02}-12:00:{second + 1:02}"},
        }
        for second in range(10)
    ]
    rules.append({"name": "else", "within": "1h", "counted_in": "calendar_time"})
    made = on_schedule("24/7", rules)
    table = AnswerTable.of(made, department="desk", unit="s", first_year=2026, last_year=2026)
    lookup = lookup_of(table)
    at = around(table)
    assert lookup.grid.width == 1 or lookup.grid.steps >= 1
    assert looked_up(lookup, at) == expected(table, at)


def test_the_due_of_the_billing_line_lies_on_a_grid_that_begins_a_unit_late() -> None:
    table = AnswerTable.of(AZDIGI, department="billing", **YEARS)
    grid = lookup_of(table, outputs=("due_at",)).grid
    assert (grid.starts, grid.width, grid.steps) == ((table.start + 1,), 3_600_000_000, 0)
    at = around(table)
    found = looked_up(lookup_of(table, outputs=("due_at",)), at)
    assert [row[0] for row in found] == [row[2] for row in expected(table, at)]


def test_a_column_longer_than_a_chunk_is_answered_in_parts() -> None:
    table = AnswerTable.of(AZDIGI, department="technical", unit="s", **YEARS)
    at = np.linspace(table.start - 5, table.end + 5, CHUNK + 7).astype(np.int64)
    assert looked_up(lookup_of(table), at) == expected(table, at)
