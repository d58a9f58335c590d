"""What no column can be asked, and rows without an answer: counted, shown by their places, named."""

from __future__ import annotations

from typing import Any

import pytest

from support_sla import (
    AnswerTable,
    InstantOutOfRangeError,
    NaiveInstantError,
    NotAModelError,
    NoTargetError,
    SupportSlaError,
    UnitError,
    UnknownDepartmentError,
    UnknownPriorityError,
    YearsNotCoveredError,
    ZoneError,
    load_policy,
)
from support_sla.errors import ColumnError, InstantError

np = pytest.importorskip("numpy")

from support_sla import bulk  # noqa: E402  needs numpy
from support_sla.bulk.lookup.lookup import CHUNK  # noqa: E402
from tables import on_schedule  # noqa: E402

AZDIGI = load_policy("azdigi")
LINE = ("billing", "ticket")
SENT = np.array(["2026-01-10T09:30", "2026-01-12T01:00"], "datetime64[s]")
IN_NEW_YORK: dict[str, Any] = {
    "name": "far",
    "timezone": "America/New_York",
    "schedules": {"hours": "24/7"},
    "departments": {
        "desk": {
            "channels": {
                "ticket": {
                    "hours": {"schedule": "hours"},
                    "first_response": [{"within": "1h", "counted_in": "calendar_time"}],
                }
            }
        }
    },
}

ASKED: dict[str, tuple[dict[str, Any], type[SupportSlaError], str]] = {
    "floats": ({"submitted": np.array([1.5])}, ColumnError, "which are no instants"),
    "texts": ({"submitted": np.array(["2026-01-10"])}, ColumnError, "which are no instants"),
    "objects": ({"submitted": np.array([None])}, ColumnError, "which are no instants"),
    "a table of numbers": ({"submitted": np.zeros((2, 2), np.int64)}, ColumnError, "2 dimensions"),
    "no zone": ({"timezone": None}, NaiveInstantError, "without a time zone"),
    "an unknown zone": ({"timezone": "Asia/Hanoi"}, ZoneError, "cannot be loaded"),
    "a zone beside numbers": ({"submitted": np.array([1])}, ColumnError, "leave timezone out"),
    "an unknown unit": (
        {"submitted": np.array([1]), "timezone": None, "unit": "min"},
        UnitError,
        "unit 'min'",
    ),
    "picoseconds": ({"submitted": np.array([1], "datetime64[ps]")}, UnitError, "unit 'ps'"),
    "a fold of two": ({"fold": 2}, ColumnError, "fold=2"),
    "no line": ({"line": None}, ColumnError, "line=None"),
    "an unknown line": ({"line": "sales"}, UnknownDepartmentError, "'sales'"),
    "an unknown priority": ({"priority": "high"}, UnknownPriorityError, "'high'"),
    "attributes that are none": ({"attributes": ["plan"]}, NotAModelError, "no mapping"),
    "names of another length": ({"line": ["billing"]}, ColumnError, "has 1 rows beside 2"),
    "names that are numbers": ({"line": np.array([1, 2])}, ColumnError, "no texts"),
    "names that are lists": ({"line": np.array([[1], None], object)}, ColumnError, "no texts"),
    "names in a square": ({"line": np.array([["a"]])}, ColumnError, "2 dimensions"),
    "no outputs": ({"outputs": ()}, ColumnError, "outputs=()"),
    "an unknown output": ({"outputs": ("due",)}, ColumnError, "outputs=('due',)"),
    "an output twice": ({"outputs": ("due_at", "due_at")}, ColumnError, "different outputs"),
    "an unknown way with errors": ({"on_error": "skip"}, ColumnError, "on_error='skip'"),
    "no thread": ({"threads": 0}, ColumnError, "threads=0"),
    "room for another output": (
        {"outputs": "due_at", "out": {"target": np.empty(2, np.int16)}},
        ColumnError,
        "other names",
    ),
    "room of another kind": ({"outputs": "due_at", "out": np.empty(2)}, ColumnError, "float64"),
    "room of another length": (
        {"outputs": "due_at", "out": np.empty(3, np.int64)},
        ColumnError,
        "shape (3,)",
    ),
    "room that is none": ({"outputs": "due_at", "out": {"due_at": [0, 0]}}, ColumnError, "'list'"),
    "no policy": ({"policy": "azdigi"}, NotAModelError, "policy is no Policy"),
}


@pytest.mark.parametrize("name", ASKED)
def test_what_no_column_can_be_asked_is_refused_with_the_way_out(name: str) -> None:
    changes, kind, said = ASKED[name]
    asked = {"submitted": SENT, "policy": AZDIGI, "line": LINE, "timezone": "UTC", **changes}
    submitted, policy = asked.pop("submitted"), asked.pop("policy")
    with pytest.raises(kind) as caught:
        bulk.deadlines(submitted, policy, **asked)
    assert said in str(caught.value)


def test_a_row_of_an_unknown_department_is_named_with_its_place() -> None:
    count = 3 * CHUNK
    sent = np.full(count, 1_767_312_000)
    names = np.array(["billing", "sales"])[np.arange(count) // (count - 2)]
    with pytest.raises(UnknownDepartmentError) as caught:
        bulk.deadlines(sent, AZDIGI, line=names, unit="s")
    assert caught.value.index == count - 2
    assert str(caught.value) == (
        f"2 rows have no answer ({count - 2:,}, {count - 1:,}); row {count - 2:,}: department 'sales' "
        "is not in the policy; use one of 'billing', 'technical'"
    )


def test_an_error_counts_all_rows_and_shows_three() -> None:
    sent = np.array(
        ["1890-01-01", "2026-01-12", "2300-01-01", "1850-01-01", "NaT", "1840-01-01"],
        "datetime64[s]",
    )
    with pytest.raises(YearsNotCoveredError) as caught:
        bulk.deadlines(sent, AZDIGI, line=LINE, timezone="UTC")
    assert str(caught.value).startswith(
        "4 rows have no answer (0, 2, 3, ...); row 0: year 1890 is before"
    )


def test_errors_beside_nulls_are_told_by_the_names_of_their_classes() -> None:
    sent = np.array(["1890-01-01", "2026-01-12", "NaT"], "datetime64[s]")
    found = bulk.deadlines(sent, AZDIGI, line=LINE, timezone="UTC", on_error="null")
    assert (found["error"].tolist(), found.errors) == ([0, -1, -1], ("YearsNotCoveredError",))
    assert np.isnat(found["due_at"]).tolist() == [True, False, True]


def test_a_line_without_a_promise_is_refused_as_by_the_scalar_function() -> None:
    with pytest.raises(
        NoTargetError, match="row 0: line 'technical/chat' has hours but no published"
    ):
        bulk.deadlines(SENT[:1], AZDIGI, line=("technical", "chat"), timezone="UTC")


def test_rows_of_lines_that_are_all_unknown_are_refused_without_a_look_up() -> None:
    found = bulk.deadlines(SENT, AZDIGI, line=["a", "b"], timezone="UTC", on_error="null")
    assert [found.errors[code] for code in found["error"]] == ["UnknownDepartmentError"] * 2
    assert (found["target"] < 0).all()
    assert np.isnat(found["due_at"]).all()


@pytest.mark.parametrize(
    ("local", "said"),
    [("2026-03-08T02:30", "is never shown"), ("2026-11-01T01:30", "is shown twice")],
)
def test_a_local_time_in_doubt_is_refused_with_fold_as_the_way_out(local: str, said: str) -> None:
    made = load_policy(IN_NEW_YORK)
    sent = np.array(["2026-06-01", local], "datetime64[s]")
    with pytest.raises(InstantError, match=said) as caught:
        bulk.deadlines(sent, made, line="desk", timezone="America/New_York")
    assert (caught.value.index, "fold=0 or 1" in str(caught.value)) == (1, True)


@pytest.mark.parametrize(
    ("sent", "kind"),
    [
        ("2026-06-06", NoTargetError),
        ("2025-12-31", InstantOutOfRangeError),
        ("2026-12-31T20:00", YearsNotCoveredError),
    ],
)
def test_a_table_refuses_rows_without_an_answer(sent: str, kind: type[SupportSlaError]) -> None:
    made = on_schedule(
        "24/7",
        [
            {
                "within": "12h",
                "counted_in": "calendar_time",
                "when": {"days": ["Mo", "Tu", "We", "Th", "Fr"]},
            }
        ],
        calendars={"days": {"days": [], "years": [2026, 2026]}},
        departments={
            "desk": {
                "channels": {
                    "ticket": {
                        "hours": {"schedule": "hours", "observes": ["days"]},
                        "first_response": [
                            {
                                "within": "12h",
                                "counted_in": "calendar_time",
                                "when": {"days": ["Mo", "Tu", "We", "Th", "Fr"]},
                            }
                        ],
                    }
                }
            }
        },
    )
    table = AnswerTable.of(made, department="desk", first_year=2026, last_year=2026, unit="s")
    with pytest.raises(kind):
        bulk.deadlines(np.array([sent], "datetime64[s]"), table, timezone="UTC")


def test_a_local_time_in_doubt_is_refused_by_a_table_too() -> None:
    table = AnswerTable.of(
        load_policy(IN_NEW_YORK), department="desk", first_year=2026, last_year=2026, unit="s"
    )
    sent = np.array(["2026-03-08T02:30"], "datetime64[s]")
    with pytest.raises(InstantError, match="never shown"):
        bulk.deadlines(sent, table, timezone="America/New_York")


def test_a_table_has_its_own_line_and_unit() -> None:
    table = AnswerTable.of(AZDIGI, department="billing", first_year=2026, last_year=2026, unit="s")
    with pytest.raises(ColumnError, match="which has its own"):
        bulk.deadlines(SENT, table, line=LINE, timezone="UTC")
    with pytest.raises(UnitError, match="asks a table in unit 's'"):
        bulk.deadlines(SENT.astype("datetime64[us]"), table, timezone="UTC")


def test_a_target_that_the_unit_cannot_hold_is_refused() -> None:
    made = load_policy(
        {
            **IN_NEW_YORK,
            "departments": {
                "desk": {
                    "channels": {
                        "ticket": {
                            "hours": {"schedule": "hours"},
                            "first_response": [{"within": "1.5s", "counted_in": "calendar_time"}],
                        }
                    }
                }
            },
        }
    )
    with pytest.raises(UnitError, match="cannot hold the target"):
        bulk.deadlines(SENT, made, line="desk", timezone="UTC")


def test_errors_of_one_kind_in_many_chunks_have_one_name() -> None:
    sent = np.full(2 * CHUNK, 0)
    found = bulk.deadlines(sent - 10**11, AZDIGI, line=LINE, unit="s", on_error="null")
    assert (found.errors, {*found["error"].tolist()}) == (("InstantOutOfRangeError",), {0})


def test_a_local_time_in_years_that_no_calendar_covers_is_refused_as_its_instant() -> None:
    sent = np.array(["1800-01-01", "2026-01-12"], "datetime64[s]")
    with pytest.raises(YearsNotCoveredError, match="row 0: year 1800"):
        bulk.deadlines(sent, AZDIGI, line=LINE, timezone="Europe/Paris")


def test_nanoseconds_of_a_line_that_is_only_known_before_them_are_refused() -> None:
    made = load_policy(
        {
            **IN_NEW_YORK,
            "calendars": {"old": {"years": [1600, 1600], "days": []}},
            "departments": {
                "desk": {
                    "channels": {
                        "ticket": {
                            "hours": {"schedule": "hours", "observes": ["old"]},
                            "first_response": [{"within": "1h", "counted_in": "business_time"}],
                        }
                    }
                }
            },
        }
    )
    with pytest.raises(YearsNotCoveredError):
        bulk.deadlines(SENT.astype("datetime64[ns]"), made, line="desk", timezone="UTC")


def test_room_that_shares_memory_with_what_is_read_is_refused() -> None:
    sent = np.arange(5) + 1_767_225_600
    other = np.empty(5, np.int64)
    for out in ({"due_at": sent}, {"starts_at": other, "due_at": other}):
        with pytest.raises(ColumnError, match="shares memory"):
            bulk.deadlines(
                sent, AZDIGI, line=LINE, unit="s", outputs=("starts_at", "due_at"), out=out
            )
    with pytest.raises(ColumnError, match="shares memory"):
        bulk.deadlines(sent[:-1], AZDIGI, line=LINE, unit="s", outputs="due_at", out=sent[1:])


def test_the_class_of_an_error_does_not_depend_on_other_rows() -> None:
    sent = np.array(["9998-06-01", "9998-01-01T12:00"], "datetime64[s]")
    alone = [
        bulk.deadlines(each, AZDIGI, line=LINE, timezone="UTC", on_error="null").errors[0]
        for each in (sent[:1], sent[1:])
    ]
    for order in (sent, sent[::-1]):
        found = bulk.deadlines(order, AZDIGI, line=LINE, timezone="UTC", on_error="null")
        names = [found.errors[code] for code in found["error"]]
        assert sorted(names) == sorted(alone)


@pytest.mark.parametrize("ragged", [[[1], [1, 2]], [["a"], ["b", "c"]]])
def test_rows_of_different_lengths_are_no_column(ragged: Any) -> None:
    with pytest.raises(ColumnError, match="rows of different lengths"):
        bulk.deadlines(ragged, AZDIGI, line=LINE)
    with pytest.raises(ColumnError, match="rows of different lengths"):
        bulk.deadlines(SENT, AZDIGI, line=ragged, timezone="UTC")
