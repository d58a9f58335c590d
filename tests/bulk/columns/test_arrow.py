"""Columns of Arrow: read without a copy whatever their chunks and nulls, written back as their kind."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from support_sla import Clock, UnknownDepartmentError, load_policy
from support_sla.errors import ColumnError

np = pytest.importorskip("numpy")
pa = pytest.importorskip("pyarrow")

from support_sla import bulk  # noqa: E402  needs numpy

AZDIGI = load_policy("azdigi")
ZONE = "Asia/Ho_Chi_Minh"
AWARE = pa.timestamp("us", ZONE)
SENT = [
    dt.datetime(2026, 1, 10, 9, 30, tzinfo=dt.UTC),
    None,
    dt.datetime(2026, 2, 16, 1, tzinfo=dt.UTC),
    dt.datetime(2026, 6, 1, 3, tzinfo=dt.UTC),
]
LINE = ("billing", "ticket")
CLOCK = Clock.of(AZDIGI, department="billing")


def answers(sent: Any, **more: Any) -> Any:
    return bulk.deadlines(sent, AZDIGI, **{"line": LINE, **more})


def test_answers_are_timestamps_of_the_same_zone_and_a_dictionary_of_targets() -> None:
    found = answers(pa.array(SENT, AWARE))
    assert [found[name].type for name in ("starts_at", "earliest_at", "due_at")] == [AWARE] * 3
    assert found["due_at"].to_pylist()[:2] == [
        dt.datetime.fromisoformat("2026-01-12T08:30+07:00"),
        None,
    ]
    assert found["earliest_at"].null_count == 4
    assert found["target"].to_pylist() == ["next_business_hour", None, *["next_business_hour"] * 2]


@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
def test_each_unit_keeps_its_type(unit: str) -> None:
    kind = pa.timestamp(unit, "UTC")
    assert answers(pa.array(SENT, AWARE).cast(kind))["due_at"].type == kind


def test_chunks_slices_and_a_column_of_no_chunks_are_answered_like_one_array() -> None:
    whole = pa.array(SENT * 3, AWARE)
    expected = answers(whole)["due_at"].to_pylist()
    pieces = [whole[:3], whole[3:3], whole[3:4], whole[4:]]
    assert answers(pa.chunked_array(pieces))["due_at"].to_pylist() == expected
    assert answers(whole[2:9])["due_at"].to_pylist() == expected[2:9]
    assert answers(pa.chunked_array([], AWARE))["due_at"].to_pylist() == []


def test_whatever_lies_below_a_null_is_not_read() -> None:
    numbers = pa.array(np.array([2**62, 0]) + 1_767_225_600_000_000, mask=np.array([True, False]))
    found = answers(numbers)
    assert (found["due_at"].is_valid().to_pylist(), found["due_at"].type) == (
        [False, True],
        pa.int64(),
    )


def test_timestamps_without_a_zone_are_read_on_the_clock_that_is_named() -> None:
    local = pa.array([dt.datetime(2026, 1, 10, 16, 30)], pa.timestamp("us"))
    found = answers(local, timezone=ZONE)["due_at"]
    assert (found.type, found.to_pylist()) == (
        pa.timestamp("us"),
        [dt.datetime(2026, 1, 12, 8, 30)],
    )


@pytest.mark.parametrize(
    "kind",
    [pa.string(), pa.large_string(), pa.string_view(), pa.dictionary(pa.int8(), pa.string())],
)
def test_texts_of_every_type_name_the_department_of_each_row(kind: Any) -> None:
    names = pa.array(["billing", "technical", "billing", "technical"])
    found = answers(pa.array(SENT, AWARE), line=names.cast(kind))
    assert found["target"].to_pylist() == [
        "next_business_hour",
        None,
        "next_business_hour",
        "ordinary_days",
    ]


def test_texts_in_chunks_of_different_dictionaries_are_read() -> None:
    names = pa.chunked_array(
        [pa.array(["billing"]).dictionary_encode(), pa.array(["technical"] * 3).dictionary_encode()]
    )
    found = answers(pa.array(SENT, AWARE), line=names)
    assert found["target"].to_pylist()[3] == "ordinary_days"
    for kind in (pa.string(), pa.dictionary(pa.int8(), pa.string())):
        none = pa.chunked_array([], kind)
        assert len(answers(pa.array([], AWARE), line=none)["due_at"]) == 0


def test_a_null_department_is_an_unknown_one_and_a_null_priority_is_none() -> None:
    sent = pa.array(SENT[:1], AWARE)
    with pytest.raises(UnknownDepartmentError, match="row 0: department None"):
        answers(sent, line=pa.array([None], pa.string()))
    assert answers(sent, priority=pa.array([None]))["due_at"].null_count == 0


def test_errors_are_a_dictionary_of_names() -> None:
    found = answers(
        pa.array(SENT, AWARE),
        line=pa.array(["sales", "sales", "billing", "billing"]),
        on_error="null",
    )
    assert found["error"].to_pylist() == ["UnknownDepartmentError", None, None, None]


@pytest.mark.parametrize("kind", [pa.date32(), pa.float64(), pa.string()])
def test_columns_of_other_types_are_refused_by_name(kind: Any) -> None:
    with pytest.raises(ColumnError, match="submitted is a column of"):
        answers(pa.array([None], kind))
    with pytest.raises(ColumnError, match="department is a column of 'int64'"):
        answers(pa.array(SENT[:1], AWARE), line=pa.array([1]))


def test_a_clock_answers_arrow_with_durations_and_truths() -> None:
    first, last = pa.array(SENT[:2], AWARE), pa.array([SENT[2], SENT[2]], AWARE)
    found = bulk.between(first, last, CLOCK)
    expected = CLOCK.between(SENT[0], SENT[2])  # type: ignore[arg-type]
    assert (found.type, found.to_pylist()) == (pa.duration("us"), [expected, None])
    assert bulk.is_open(first, CLOCK).to_pylist() == [True, None]


def test_amounts_of_arrow_move_a_column_in_its_own_unit() -> None:
    sent = pa.array(SENT[:2], AWARE)
    hours = pa.array([dt.timedelta(hours=1), dt.timedelta(hours=1)], pa.duration("us"))
    due = dt.datetime.fromisoformat("2026-01-12T08:30+07:00")
    assert bulk.add(sent, hours, CLOCK).to_pylist() == [due, None]
    assert bulk.add(sent, pa.array([None, None], pa.duration("us")), CLOCK).to_pylist() == [
        None,
        None,
    ]
    with pytest.raises(ColumnError, match="no amount of time in whole 'us'"):
        bulk.add(sent, hours.cast(pa.duration("ms")), CLOCK)


def test_lateness_of_arrow_is_in_durations_of_its_unit() -> None:
    sent, replied = pa.array(SENT[:2], AWARE), pa.array([SENT[2], None], AWARE)
    found = bulk.lateness(sent, replied, AZDIGI, line=LINE)
    assert found.type == pa.duration("us")
    assert found.to_pylist()[1] is None
    numbers = bulk.lateness(sent.cast(pa.int64()), replied.cast(pa.int64()), AZDIGI, line=LINE)
    assert numbers.type == pa.int64()
