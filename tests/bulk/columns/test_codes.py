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
