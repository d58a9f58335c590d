"""Columns of every kind and unit: answers keep them, and are those of the scalar function."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from columns import Shown, answer
from support_sla import AnswerTable, load_policy

np = pytest.importorskip("numpy")

from support_sla import bulk  # noqa: E402  needs numpy
from support_sla.bulk.asking.answering import THREADED  # noqa: E402
from support_sla.bulk.lookup.lookup import CHUNK  # noqa: E402

AZDIGI = load_policy("azdigi")
BILLING, TECHNICAL = ("billing", "ticket"), ("technical", "ticket")
SATURDAY = "2026-01-10T09:30"  # 16:30 in Ho Chi Minh City: due on Monday at 08:30
DUE = "2026-01-12T01:30"
NEVER = -(2**63)


def due(submitted: Any, **more: Any) -> Any:
    return bulk.deadlines(submitted, AZDIGI, **{"line": BILLING, "outputs": "due_at", **more})[
        "due_at"
    ]


@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
def test_a_column_of_datetime64_is_answered_in_its_unit(unit: str) -> None:
    found = due(np.array([SATURDAY], f"datetime64[{unit}]"), timezone="UTC")
    assert (found.dtype, found.tolist()) == (
        np.dtype(f"datetime64[{unit}]"),
        np.array([DUE], f"datetime64[{unit}]").tolist(),
    )


@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
def test_a_column_of_numbers_is_answered_as_numbers_of_its_unit(unit: Any) -> None:
    sent = np.array([SATURDAY], f"datetime64[{unit}]").astype(np.int64)
    found = due(sent, unit=unit)
    assert (found.dtype, found[0]) == (np.int64, np.datetime64(DUE, unit).astype(np.int64))


@pytest.mark.parametrize("unit", ["m", "h", "D", "W", "M", "Y", "90s", "10us"])
def test_a_unit_that_no_answer_is_in_becomes_one_that_is(unit: str) -> None:
    sent = np.array(["2026-03-02"], "datetime64[D]").astype(f"datetime64[{unit}]")
    found = due(sent, timezone="UTC")
    expected = due(sent.astype("datetime64[us]"), timezone="UTC")
    assert found.dtype in (np.dtype("datetime64[s]"), np.dtype("datetime64[us]"))
    assert (found == expected).all()


def test_an_instant_of_a_coarse_unit_past_64_bits_has_no_answer() -> None:
    sent = np.array([2**60, 20_000], "datetime64[D]")
    found = bulk.deadlines(sent, AZDIGI, line=TECHNICAL, timezone="UTC", on_error="null")
    assert np.isnat(found["due_at"]).tolist() == [True, False]
    assert found.errors[found["error"][0]] == "InstantOutOfRangeError"


def test_a_local_time_is_answered_on_its_own_clock() -> None:
    sent = np.array(["2026-01-10T16:30"], "datetime64[s]")
    found = due(sent, timezone="Asia/Ho_Chi_Minh")
    assert found.tolist() == [dt.datetime(2026, 1, 12, 8, 30)]


def test_a_local_time_of_another_clock_than_the_desk_is_answered_on_it() -> None:
    sent = np.array(["2026-01-10T10:30"], "datetime64[s]")
    assert due(sent, timezone="Europe/Paris").tolist() == [dt.datetime(2026, 1, 12, 2, 30)]


def test_nulls_stay_null_and_are_no_errors() -> None:
    sent = np.array([SATURDAY, "NaT"], "datetime64[s]")
    found = bulk.deadlines(sent, AZDIGI, line=BILLING, timezone="UTC")
    for name in ("starts_at", "due_at"):
        assert np.isnat(found[name]).tolist() == [False, True]
    assert (found["target"] < 0).tolist() == [False, True]


def test_an_empty_column_has_empty_answers() -> None:
    found = bulk.deadlines(np.array([], "datetime64[us]"), AZDIGI, line=BILLING, timezone="UTC")
    assert [(name, len(column)) for name, column in found.items()] == [
        ("starts_at", 0),
        ("earliest_at", 0),
        ("due_at", 0),
        ("target", 0),
    ]
    assert (
        len(bulk.deadlines([], AZDIGI, line=(["a"][:0], "ticket"), outputs="due_at")["due_at"]) == 0
    )


def test_a_line_that_promises_no_earliest_instant_has_none_in_any_row() -> None:
    found = bulk.deadlines(np.array([0, 1]) + 1_767_225_600, AZDIGI, line=BILLING, unit="s")
    assert found["earliest_at"].tolist() == [NEVER, NEVER]


def test_outputs_come_in_the_order_in_which_they_are_asked_for() -> None:
    found = bulk.deadlines(
        np.array([0]) + 1_767_225_600, AZDIGI, line=BILLING, unit="s", outputs=("target", "due_at")
    )
    assert [*found] == ["target", "due_at"]
    assert found.targets[found["target"][0]] == "next_business_hour"


def test_every_second_row_and_a_column_turned_around_are_answered_as_they_stand() -> None:
    sent = np.arange(10) * 40_000 + 1_767_225_600
    every = due(sent, unit="s")
    assert due(sent[::2], unit="s").tolist() == every[::2].tolist()
    assert due(sent[::-1], unit="s").tolist() == every[::-1].tolist()


def test_a_column_of_the_other_byte_order_is_answered() -> None:
    sent = np.arange(10) * 40_000 + 1_767_225_600
    assert (
        due(sent.view("M8[s]").astype(">M8[s]"), timezone="UTC").tolist()
        == due(sent.view("M8[s]"), timezone="UTC").tolist()
    )


def test_answers_are_written_into_the_arrays_that_are_given() -> None:
    sent = np.arange(5) * 40_000 + 1_767_225_600
    room = {"due_at": np.empty(5, np.int64), "target": np.empty(5, np.int16)}
    found = bulk.deadlines(sent, AZDIGI, line=BILLING, unit="s", out=room)
    assert found["due_at"].tolist() == room["due_at"].tolist() == due(sent, unit="s").tolist()
    assert np.shares_memory(found["target"], room["target"])
    one = np.empty(5, "datetime64[s]")
    due(sent, unit="s", out=one)
    assert one.astype(np.int64).tolist() == room["due_at"].tolist()


def test_threads_answer_what_one_does() -> None:
    sent = np.linspace(1_577_836_800, 1_893_456_000, 3 * THREADED * CHUNK + 3).astype(np.int64)
    sent[[7, CHUNK, -1]] = NEVER
    one, three = (
        bulk.deadlines(sent, AZDIGI, line=BILLING, unit="s", threads=threads) for threads in (1, 3)
    )
    assert {name: column.tolist() for name, column in one.items()} == {
        name: column.tolist() for name, column in three.items()
    }


def test_an_answer_table_answers_a_column_without_its_policy() -> None:
    table = AnswerTable.of(AZDIGI, department="billing", first_year=2026, last_year=2026, unit="s")
    sent = np.array([SATURDAY, "2026-12-31T16:59:59"], "datetime64[s]")
    found = bulk.deadlines(sent, table, timezone="UTC")
    assert found["due_at"].tolist()[0] == dt.datetime(2026, 1, 12, 1, 30)
    assert found.targets == table.targets


@pytest.mark.parametrize(
    "text",
    ["1677-09-22", "1677-12-31T23:59:59", "1678-01-03", "2261-12-30", "2262-01-01", "2262-04-11"],
)
def test_nanoseconds_near_their_ends_are_answered_or_refused_but_never_wrong(text: str) -> None:
    rules = [{"within": "2400h", "counted_in": "calendar_time"}]
    made = load_policy(
        {
            "name": "far",
            "timezone": "UTC",
            "schedules": {"hours": "24/7"},
            "departments": {
                "desk": {
                    "channels": {
                        "ticket": {"hours": {"schedule": "hours"}, "first_response": rules}
                    }
                }
            },
        }
    )
    sent = np.array([text], "datetime64[ns]")
    found = bulk.deadlines(sent, made, line="desk", timezone="UTC", on_error="null")
    expected = answer(
        made, Shown(), int(sent.astype("datetime64[us]").astype(np.int64)[0]), department="desk"
    )
    if np.isnat(found["due_at"][0]):
        assert found.errors[found["error"][0]] == "InstantOutOfRangeError"
        assert not 1678 <= int(text[:4]) < 2261
    else:
        assert found["due_at"].astype("datetime64[us]").astype(np.int64)[0] == expected[2]


def test_a_masked_array_is_null_where_it_is_masked() -> None:
    sent = np.ma.masked_array(np.array([SATURDAY] * 2, "datetime64[s]"), [True, False])
    found = due(sent, timezone="UTC")
    assert np.isnat(found).tolist() == [True, False]
    names = np.ma.masked_array(np.array(["billing", "none"]), [False, True])
    with pytest.raises(LookupError, match="row 1: department None"):
        due(sent.data, timezone="UTC", line=names)
