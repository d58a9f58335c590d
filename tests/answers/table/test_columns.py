"""Rows while they are made: which are kept, and how what is not known is told."""

from __future__ import annotations

import pytest

from support_sla.answers.piecewise import Piece, unknown
from support_sla.answers.reigns import BEYOND, NO_RULE
from support_sla.answers.table.columns import Columns
from support_sla.answers.table.rows import FOR_EVER, Row


def columns_of(*rows: Row) -> Columns:
    columns = Columns()
    for row in rows:
        columns.add(*row)
    return columns


def kept(*rows: Row) -> list[Row]:
    return [*columns_of(*rows)]


def test_a_row_without_an_answer_has_no_amounts() -> None:
    known, later, never = Piece(0, 0, 1), unknown(3), unknown(4, for_ever=True)
    for pieces, rule in (
        ([later], BEYOND),
        ([never], FOR_EVER),
        ([known, later], BEYOND),
        ([known, later, never], FOR_EVER),
    ):
        columns = Columns()
        columns.add_unknown(5, *pieces)
        assert [*columns] == [Row(5, rule, 5, None, None, 5, 0)]


@pytest.mark.parametrize(
    ("row", "goes_on"),
    [
        (Row(5, 0, 4, 3, 1, 2, 1), True),
        (Row(5, 0, 5, 5, 1, 5, 1), True),
        (Row(5, 0, 6, 3, 1, 2, 1), False),
        (Row(5, 0, 4, 6, 1, 2, 1), False),
        (Row(5, 0, 4, 3, 1, 6, 1), False),
        (Row(5, 1, 4, 3, 1, 2, 1), False),
        (Row(5, 0, 4, 3, 2, 2, 1), False),
        (Row(5, 0, 4, 3, 1, 2, 2), False),
        (Row(5, 0, 4, None, None, 2, 1), False),
    ],
)
def test_a_row_goes_on_if_its_amounts_are_the_same_and_its_waits_have_passed(
    row: Row, *, goes_on: bool
) -> None:
    before = Row(0, 0, 3, 2, 1, 1, 1)
    assert kept(before, row) == ([before] if goes_on else [before, row])


def test_a_row_that_waits_for_the_same_instants_goes_on() -> None:
    before = Row(0, 0, 9, 8, 1, 7, 1)
    assert kept(before, before._replace(begin=5)) == [before]
    assert kept() == []
    early = Row(-9, 0, -9, None, None, -9, 1)
    assert kept(early, early._replace(begin=-5)) == [early]


def test_the_columns_have_the_names_that_a_table_has_for_them() -> None:
    rows = [Row(0, 0, 3, 2, 1, 1, 1), Row(5, 1, 4, None, None, 2, 1)]
    assert columns_of(*rows).by_name() == {
        "begins": (0, 5),
        "rules": (0, 1),
        "starts_from": (3, 4),
        "earliest_from": (2, None),
        "earliest_after": (1, None),
        "due_from": (1, 2),
        "due_after": (1, 1),
    }


def test_what_is_never_known_is_told_as_not_known_in_as_few_rows() -> None:
    columns = columns_of(Row(0, 0, 3, None, None, 1, 1))
    assert columns.told() is columns
    for begin, rule in ((5, FOR_EVER), (6, BEYOND), (7, FOR_EVER), (8, NO_RULE), (9, FOR_EVER)):
        columns.add_none(begin, rule)
    told = [(row.begin, row.rule) for row in columns.told()]
    assert told == [(0, 0), (5, BEYOND), (8, NO_RULE), (9, BEYOND)]
