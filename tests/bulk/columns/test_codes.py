"""Codes: few texts that repeat, told by small numbers."""

from __future__ import annotations

from typing import Any

import pytest

from support_sla.errors import ColumnError

np = pytest.importorskip("numpy")

from support_sla import bulk, load_policy  # noqa: E402  needs numpy

AZDIGI = load_policy("azdigi")
SENT = np.array([1_767_312_000, 1_767_312_000])


@pytest.mark.parametrize(
    "column",
    [
        ["billing", "technical"],
        np.array(["billing", "technical"]),
        np.array(["billing", "technical"], object),
        bulk.Codes(np.array([1, 0], np.uint8), ["technical", "billing"]),
    ],
)
def test_texts_in_every_form_name_the_same_departments(column: Any) -> None:
    found = bulk.deadlines(SENT, AZDIGI, line=column, unit="s", outputs="target")
    assert [found.targets[code] for code in found["target"]] == [
        "next_business_hour",
        "ordinary_days",
    ]


def test_codes_may_stand_for_whole_lines() -> None:
    lines = bulk.Codes(np.array([1, 0]), [("technical", "ticket"), ("billing", "ticket")])
    found = bulk.deadlines(SENT, AZDIGI, line=lines, unit="s", outputs="target")
    assert [found.targets[code] for code in found["target"]] == [
        "next_business_hour",
        "ordinary_days",
    ]


def test_a_value_that_no_row_has_may_be_wrong() -> None:
    column = bulk.Codes(np.array([0, 0]), ["billing", "no department at all"])
    assert bulk.deadlines(SENT, AZDIGI, line=column, unit="s", outputs="target")[
        "target"
    ].tolist() == [0, 0]


def test_many_values_are_asked_only_where_they_occur() -> None:
    names = [f"department {place}" for place in range(5_000)]
    column = bulk.Codes(np.array([5_000, 17]), [*names, "billing"])
    found = bulk.deadlines(SENT, AZDIGI, line=column, unit="s", on_error="null")
    assert [code >= 0 for code in found["error"]] == [False, True]


def test_missing_values_of_objects_are_none() -> None:
    column = np.array([None, float("nan")], object)
    found = bulk.deadlines(
        SENT, AZDIGI, line="billing", priority=column, unit="s", outputs="target"
    )
    assert found["target"].tolist() == [0, 0]


@pytest.mark.parametrize(
    ("codes", "said"),
    [
        (np.array([0.5]), "codes are of 'float64'"),
        ([0], "codes are of 'list'"),
        (np.array([[0]]), "2 dimensions"),
        (np.array([0, 2]), "row 1: code 2 is none of 2 values; give one from 0 to 1"),
        (np.array([0, 0, -1]), "row 2: code -1 is none of 2 values"),
    ],
)
def test_codes_that_stand_for_nothing_are_refused(codes: Any, said: str) -> None:
    with pytest.raises(ColumnError) as caught:
        bulk.Codes(codes, ["a", "b"])
    assert said in str(caught.value)


def test_codes_of_no_rows_need_no_values() -> None:
    assert len(bulk.Codes(np.array([], np.int8), [])) == 0


def test_codes_of_64_bits_without_a_sign_are_added_as_whole_numbers() -> None:
    sent = np.array([1_767_312_000, -(2**63)])
    codes = bulk.Codes(np.array([1, 0], np.uint64), ["technical", "billing"])
    plain = bulk.Codes(np.array([0, 0], np.int8), ["ticket"])
    found = bulk.deadlines(sent, AZDIGI, line=(plain, codes), unit="s", on_error="null")
    assert [code >= 0 for code in found["error"]] == [True, False]
    found = bulk.deadlines(sent, AZDIGI, line=codes, unit="s", outputs="target")
    assert [found.targets[code] for code in found["target"][:1]] == ["next_business_hour"]


def test_columns_of_very_many_values_cost_what_their_rows_do() -> None:
    names = [f"text {at}" for at in range(20_000)]
    columns = [bulk.Codes(np.array([7, at]), names) for at in range(3)]
    found = bulk.deadlines(
        SENT, AZDIGI, line=(columns[0], columns[1]), priority=columns[2], unit="s", on_error="null"
    )
    assert [found.errors[code] for code in found["error"]] == ["UnknownDepartmentError"] * 2


@pytest.mark.parametrize("values", [5, {"a", "b"}])
def test_values_that_are_no_list_are_refused(values: Any) -> None:
    with pytest.raises(ColumnError, match="values is a column of"):
        bulk.Codes(np.array([0]), values)


def test_codes_that_are_masked_are_refused() -> None:
    with pytest.raises(ColumnError, match="codes are of"):
        bulk.Codes(np.ma.masked_array([0], [True]), ["a"])


def test_a_column_of_nothing_but_missing_numbers_is_one_of_nones() -> None:
    none = np.array([float("nan")] * 2)
    found = bulk.deadlines(SENT, AZDIGI, line="billing", priority=none, unit="s", outputs="target")
    assert found["target"].tolist() == [0, 0]
    pandas: Any = pytest.importorskip("pandas")
    missing = np.array([pandas.NA, None], object)
    found = bulk.deadlines(
        SENT, AZDIGI, line="billing", priority=missing, unit="s", outputs="target"
    )
    assert found["target"].tolist() == [0, 0]


def test_what_is_no_column_at_all_is_refused_by_its_type() -> None:
    with pytest.raises(ColumnError, match="department is a column of 'Col'"):
        bulk.deadlines(SENT, AZDIGI, line=(bulk.Col("department"), "ticket"), unit="s")
