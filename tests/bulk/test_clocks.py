"""`bulk.between` and `bulk.is_open`: each row equals what the clock says of it by itself."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from columns import MICROSECOND, Shown, asked
from support_sla import Clock
from support_sla.strategies import ZONES, lines, policies, questions

np = pytest.importorskip("numpy")

from support_sla import bulk  # noqa: E402  needs numpy

NEVER = -(2**63)
AROUND = [0, 0, 0, 1, -1, 3_600_000_000, -3_600_000_000, 40 * 86_400_000_000]
FAR = [0, 2**62, NEVER + 1, 2**63 - 1, -62_135_596_800_000_000]


@st.composite
def clocks_and_columns(draw: st.DrawFn, count: int) -> tuple[Clock, Shown, list[list[int]]]:
    """Generate a clock of a line, how its columns are shown, and rows of so many instants."""
    made = draw(policies())
    line = draw(lines(made))
    zone = draw(st.sampled_from([None, *ZONES]))
    shown = Shown(zone, "us", draw(st.sampled_from([None, 0, 1])))
    drawn = questions(made, line=line, promised=False).map(lambda each: each.submitted_at)
    instant = st.builds(lambda at, by: shown.number(at) + by, drawn, st.sampled_from(AROUND))
    rows = draw(st.lists(st.lists(instant, min_size=count, max_size=count), min_size=1, max_size=8))
    rows += draw(
        st.lists(st.lists(st.sampled_from(FAR), min_size=count, max_size=count), max_size=2)
    )
    return Clock.of(made, department=line[0], channel=line[1]), shown, rows


def column(numbers: list[int], shown: Shown) -> Any:
    array = np.array(numbers)
    return array if shown.zone is None else array.view("M8[us]")


def none_for_errors(expected: list[Any]) -> list[Any]:
    return [None if isinstance(each, str) else each for each in expected]


@given(clocks_and_columns(2))
def test_the_time_between_two_columns_equals_that_of_the_clock(
    drawn: tuple[Clock, Shown, list[list[int]]],
) -> None:
    clock, shown, rows = drawn
    first, last = (column([row[at] for row in rows], shown) for at in (0, 1))
    found = bulk.between(first, last, clock, timezone=shown.zone, fold=shown.fold, on_error="null")
    expected = [asked(lambda a, b: clock.between(a, b) // MICROSECOND, shown, *row) for row in rows]
    got = [None if each == NEVER else each for each in found.astype("int64").tolist()]
    assert got == none_for_errors(expected)


@given(clocks_and_columns(1))
def test_whether_a_column_is_open_equals_the_clock(
    drawn: tuple[Clock, Shown, list[list[int]]],
) -> None:
    clock, shown, rows = drawn
    at = column([row[0] for row in rows], shown)
    found = bulk.is_open(at, clock, timezone=shown.zone, fold=shown.fold, on_error="null")
    expected = [asked(clock.is_open, shown, *row) for row in rows]
    assert found.tolist() == [each is True for each in expected]


@given(clocks_and_columns(1), st.data())
def test_a_column_moved_by_amounts_equals_the_clock(
    drawn: tuple[Clock, Shown, list[list[int]]], data: st.DataObject
) -> None:
    clock, shown, rows = drawn
    some = [0, 1, -1, 3_600_000_000, -3_600_000_000, 2 * 10**12, -2 * 10**12, 2**62, -(2**62)]
    amounts = [data.draw(st.sampled_from(some)) for _ in rows]
    at = column([row[0] for row in rows], shown)
    by = np.array(amounts) if shown.zone is None else np.array(amounts).view("m8[us]")
    found = bulk.add(at, by, clock, timezone=shown.zone, fold=shown.fold, on_error="null")

    def moved(amount: int, start: dt.datetime) -> int:
        return shown.number(clock.add(start, amount * MICROSECOND))

    expected = [
        asked(lambda start, amount=amount: moved(amount, start), shown, *row)
        for row, amount in zip(rows, amounts, strict=True)
    ]
    got = [None if each == NEVER else each for each in found.astype("int64").tolist()]
    assert got == none_for_errors(expected)
