"""`bulk.deadlines`: each row of a column equals what `compute_deadline` says of it by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import EXAMPLES
from columns import Shown, answer, rows_of
from support_sla import load_policy
from support_sla.strategies import ZONES, lines, policies, questions

np = pytest.importorskip("numpy")

from support_sla import bulk  # noqa: E402  needs numpy

if TYPE_CHECKING:
    from support_sla import Policy

AZDIGI = load_policy("azdigi")
FAR = (
    0,
    1,
    -1,
    -(2**62),
    2**62,
    -(2**63) + 1,
    2**63 - 1,
    -62_135_596_800_000_000,
    253_402_300_799_999_999,
)
"""Instants that no calendar covers, and the first and last that a datetime can be."""


@st.composite
def columns(draw: st.DrawFn, /, made: Policy, shown: Shown, **names: Any) -> list[int]:
    """Generate a column of submissions around corners, with some that are far from all others."""
    drawn = draw(st.lists(questions(made, **names), min_size=1, max_size=12))
    around = [0, 0, 0, 1, -1, 3_600_000_000, -3_600_000_000, 1_800_000_000]
    numbers = [shown.number(each.submitted_at) + draw(st.sampled_from(around)) for each in drawn]
    return numbers + draw(st.lists(st.sampled_from(FAR), max_size=3))


@given(st.data())
def test_a_column_of_counts_equals_the_scalar_function(data: st.DataObject) -> None:
    made = data.draw(policies())
    department, channel = data.draw(lines(made))
    metric: Any = data.draw(st.sampled_from(["first_response", "resolution"]))
    asked = data.draw(questions(made, line=(department, channel), promised=False, metric=metric))
    numbers = data.draw(columns(made, Shown(), line=(department, channel), promised=False))
    names: dict[str, Any] = {
        "priority": asked.priority,
        "attributes": asked.attributes,
        "metric": metric,
    }
    answers = bulk.deadlines(
        np.array(numbers), made, line=(department, channel), on_error="null", **names
    )
    names |= {"department": department, "channel": channel}
    assert rows_of(answers) == [answer(made, Shown(), each, **names) for each in numbers]


@given(st.data())
def test_a_column_of_local_times_equals_the_scalar_function(data: st.DataObject) -> None:
    made = data.draw(policies())
    line = data.draw(lines(made, metric="first_response"))
    shown = Shown(data.draw(st.sampled_from(ZONES)), "us", data.draw(st.sampled_from([None, 0, 1])))
    numbers = data.draw(columns(made, shown, line=line))
    answers = bulk.deadlines(
        np.array(numbers).view("M8[us]"),
        made,
        line=line,
        timezone=shown.zone,
        fold=shown.fold,
        on_error="null",
    )
    names = {"department": line[0], "channel": line[1]}
    assert rows_of(answers) == [answer(made, shown, each, **names) for each in numbers]


@settings(max_examples=max(EXAMPLES // 2, 1))
@given(st.data())
def test_columns_of_lines_priorities_and_attributes_equal_the_scalar_function(
    data: st.DataObject,
) -> None:
    made = data.draw(policies())
    rows = data.draw(
        st.lists(questions(made, promised=False, metric="first_response"), min_size=1, max_size=12)
    )
    attributes = {
        name: [(row.attributes or {}).get(name) for row in rows] for name in made.attributes
    }
    answers = bulk.deadlines(
        np.array([Shown().number(row.submitted_at) for row in rows]),
        made,
        line=([row.department for row in rows], [row.channel for row in rows]),
        priority=[row.priority for row in rows],
        attributes=attributes,
        on_error="null",
    )
    expected = [
        answer(
            made,
            Shown(),
            Shown().number(row.submitted_at),
            department=row.department,
            channel=row.channel,
            priority=row.priority,
            attributes=row.attributes,
        )
        for row in rows
    ]
    assert rows_of(answers) == expected
