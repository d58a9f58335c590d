"""Frames of three libraries: the answers of the scalar function beside their columns, nothing else changed."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest

from asked_rows import OUTPUTS, answers, departments, instants
from builders import policy, rule_data, when
from support_sla import (
    NaiveInstantError,
    NoTargetError,
    UnknownDepartmentError,
    compute_deadline,
)
from support_sla.errors import ColumnError
from vietnam_desk import AZDIGI

nw: Any = pytest.importorskip("narwhals")
np: Any = pytest.importorskip("numpy")
pa: Any = pytest.importorskip("pyarrow")
pd: Any = pytest.importorskip("pandas")
pl: Any = pytest.importorskip("polars")

from support_sla import bulk  # noqa: E402  needs numpy

BILLING = "billing", "ticket"
BY_COLUMN = bulk.Col("department"), "ticket"
UTC = pa.timestamp("us", "UTC")


def pandas_frame(columns: dict[str, Any]) -> Any:
    frame = pd.DataFrame(columns)
    frame["submitted_at"] = frame["submitted_at"].astype("datetime64[us, UTC]")
    return frame


def polars_frame(columns: dict[str, Any]) -> Any:
    return pl.DataFrame(columns, schema_overrides={"submitted_at": pl.Datetime("us", "UTC")})


def arrow_table(columns: dict[str, Any]) -> Any:
    kinds = {"submitted_at": UTC}
    if all(isinstance(each, str) for each in columns.get("department", ())):
        kinds["department"] = pa.string()
    return pa.table({name: pa.array(each, kinds.get(name)) for name, each in columns.items()})


MAKERS: dict[str, Callable[[dict[str, Any]], Any]] = {
    "pandas": pandas_frame,
    "polars": polars_frame,
    "polars lazy": lambda columns: polars_frame(columns).lazy(),
    "pyarrow": arrow_table,
}
each_kind = pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)


def column(frame: Any, name: str) -> list[Any]:
    """Return a column as Python's values, None for what is missing."""
    frame = frame.collect() if isinstance(frame, pl.LazyFrame) else frame
    if isinstance(frame, pd.DataFrame):
        plain = [None if pd.isna(each) else each for each in frame[name].tolist()]
        return [each.to_pydatetime() if isinstance(each, pd.Timestamp) else each for each in plain]
    found: list[Any] = (
        frame[name].to_list() if isinstance(frame, pl.DataFrame) else frame[name].to_pylist()
    )
    return found


def rows(frame: Any, names: tuple[str, ...]) -> list[tuple[Any, ...]]:
    return [*zip(*(column(frame, name) for name in names), strict=True)]


def names_of(frame: Any) -> list[str]:
    return list(nw.from_native(frame).collect_schema())


@each_kind
def test_each_row_is_answered_as_the_scalar_function_does(make: Callable[..., Any]) -> None:
    asked, lines = instants(), departments()
    frame = make({"id": [*range(200)], "submitted_at": asked, "department": lines})
    answered = bulk.with_deadlines(frame, AZDIGI, line=BY_COLUMN)
    assert type(frame) is type(answered)
    assert ["id", "submitted_at", "department", *OUTPUTS] == names_of(answered)
    assert [row[:4] for row in answers(asked, lines)] == rows(answered, OUTPUTS)
    assert [*range(200)] == column(answered, "id")


@each_kind
def test_rows_without_an_answer_are_null_and_named_if_that_is_asked(
    make: Callable[..., Any],
) -> None:
    asked: list[Any] = [*instants(8), None, dt.datetime(1200, 1, 1, tzinfo=dt.UTC)]
    lines: list[Any] = ["billing", None, "sales", *departments(6), "billing"]
    frame = make({"submitted_at": asked, "department": lines})
    answered = bulk.with_deadlines(frame, AZDIGI, line=BY_COLUMN, on_error="null")
    assert answers(asked, lines) == rows(answered, (*OUTPUTS, "error"))


@each_kind
def test_one_error_counts_the_rows_and_shows_the_first_places(make: Callable[..., Any]) -> None:
    lines = departments(40)
    for place in (7, 30, 31, 39):
        lines[place] = "sales"
    frame = make({"submitted_at": instants(40), "department": lines})
    with pytest.raises(UnknownDepartmentError) as caught:
        column(bulk.with_deadlines(frame, AZDIGI, line=BY_COLUMN), "due_at")
    assert caught.value.index == 7
    assert str(caught.value).startswith("4 rows have no answer (7, 30, 31, ...); row 7: ")


@each_kind
def test_a_frame_without_rows_gets_the_same_columns(make: Callable[..., Any]) -> None:
    full = make({"submitted_at": instants(8), "department": departments(8)})
    empty = make({"submitted_at": [], "department": []})
    if isinstance(empty, pd.DataFrame):
        empty["department"] = empty["department"].astype(full["department"].dtype)
    elif not isinstance(empty, pa.Table):
        empty = empty.cast({"department": pl.String})
    made = bulk.with_deadlines(empty, AZDIGI, line=BY_COLUMN, on_error="null")
    assert [] == rows(made, (*OUTPUTS, "error"))
    expected = bulk.with_deadlines(full, AZDIGI, line=BY_COLUMN, on_error="null")
    kinds = [nw.from_native(each).collect_schema() for each in (expected, made)]
    assert [*kinds[0].items()][2:] == [*kinds[1].items()][2:]


@each_kind
def test_a_column_of_nulls_alone_is_answered_with_nulls(make: Callable[..., Any]) -> None:
    frame = make({"submitted_at": [None, None, None]})
    answered = bulk.with_deadlines(frame, AZDIGI, line=BILLING)
    assert [(None,) * 4] * 3 == rows(answered, OUTPUTS)


@each_kind
def test_outputs_come_in_the_order_and_by_the_names_that_are_asked(
    make: Callable[..., Any],
) -> None:
    frame = make({"due_at": [1, 2], "submitted_at": instants(8)[:2]})
    answered = bulk.with_deadlines(
        frame, AZDIGI, line=BILLING, outputs=["target", "due_at"], names={"due_at": "answer_by"}
    )
    assert ["due_at", "submitted_at", "target", "answer_by"] == names_of(answered)
    assert [1, 2] == column(answered, "due_at")
    expected = answers(instants(8)[:2], ["billing"] * 2)
    assert [(row[3], row[2]) for row in expected] == rows(answered, ("target", "answer_by"))


@each_kind
def test_a_department_that_is_called_as_a_column_is_a_department(make: Callable[..., Any]) -> None:
    frame = make({"submitted_at": instants(8), "billing": ["technical"] * 8})
    answered = bulk.with_deadlines(frame, AZDIGI, line="billing")
    assert [row[:4] for row in answers(instants(8), ["billing"] * 8)] == rows(answered, OUTPUTS)


@each_kind
def test_a_frame_that_does_not_fit_is_refused(make: Callable[..., Any]) -> None:
    frame = make({"submitted_at": instants(8), "department": departments(8), "id": [*range(8)]})
    refused: dict[str, dict[str, Any]] = {
        "no column 'sent'; name one of 'submitted_at', 'department', 'id'": {"submitted": "sent"},
        "no column 'prio'": {"priority": bulk.Col("prio")},
        "department is a column of 'String', which are no instants": {"submitted": "department"},
        "id is a column of 'Int64', which are no instants": {"submitted": "id"},
        "priority=3 is neither": {"priority": 3},
        "line=['billing'] is neither": {"line": (["billing"], "ticket")},
        "attributes['plan']=1 is neither": {"attributes": {"plan": 1}},
        "a column 'id' already": {"names": {"due_at": "id"}},
        "names={'due': 'x'} do not": {"names": {"due": "x"}},
        "names=3 do not": {"names": 3},
        "names={'due_at': 'target'} do not": {"names": {"due_at": "target"}},
        "on_error='drop'": {"on_error": "drop"},
        "outputs='due'": {"outputs": "due"},
    }
    for told, keys in refused.items():
        asked: Any = {"line": BILLING, **keys}
        with pytest.raises(ColumnError) as caught:
            bulk.with_deadlines(frame, AZDIGI, **asked)
        assert told in str(caught.value)


@each_kind
def test_an_answer_that_is_there_already_is_not_overwritten(make: Callable[..., Any]) -> None:
    frame = make({"submitted_at": instants(8), "error": departments(8)})
    assert "error" in names_of(bulk.with_deadlines(frame, AZDIGI, line=BILLING))
    with pytest.raises(ColumnError, match="a column 'error' already"):
        bulk.with_deadlines(frame, AZDIGI, line=BILLING, on_error="null")


def test_two_columns_of_one_name_are_refused() -> None:
    twice = pandas_frame({"submitted_at": instants(8), "b": 1, "c": 2})
    twice.columns = ["submitted_at", "b", "b"]
    for frame in (
        twice,
        arrow_table({"submitted_at": instants(8)})
        .append_column("b", [[1] * 8])
        .append_column("b", [[2] * 8]),
    ):
        with pytest.raises(ColumnError, match="two columns are called 'b'"):
            bulk.with_deadlines(frame, AZDIGI, line=BILLING)


def test_what_is_no_frame_is_refused() -> None:
    for other, told in (({"submitted_at": []}, "builtins.dict"), (pd.Series([1]), "Series")):
        with pytest.raises(ColumnError, match=told):
            bulk.with_deadlines(other, AZDIGI, line=BILLING)


def test_a_lazy_frame_of_another_engine_is_refused() -> None:
    duckdb: Any = pytest.importorskip("duckdb")
    relation = duckdb.sql("select timestamptz '2026-01-10 09:30:00Z' as submitted_at")
    with pytest.raises(ColumnError, match="DuckDBPyRelation"):
        bulk.with_deadlines(relation, AZDIGI, line=BILLING)


def test_a_frame_of_narwhals_gives_one_of_narwhals() -> None:
    frame = nw.from_native(polars_frame({"submitted_at": instants(8)}))
    assert isinstance(bulk.with_deadlines(frame, AZDIGI, line=BILLING), nw.DataFrame)
    assert isinstance(bulk.with_deadlines(frame.lazy(), AZDIGI, line=BILLING), nw.LazyFrame)


def test_columns_alone_load_neither_narwhals_nor_pyarrow() -> None:
    code = (
        "import sys, numpy; from support_sla import bulk, load_policy; "
        "bulk.deadlines(numpy.arange(3), load_policy('azdigi'), line='billing'); "
        "print({'narwhals', 'pyarrow', 'pandas', 'polars'} & {*sys.modules})"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


def test_without_narwhals_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "narwhals", None)
    with pytest.raises(ImportError, match=r"install support-sla\[frames\]"):
        bulk.with_deadlines(pl.DataFrame(), AZDIGI, line=BILLING)


@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
@pytest.mark.parametrize("zone", ["UTC", "America/New_York", None])
def test_unit_and_zone_of_the_column_are_kept(unit: str, zone: str | None) -> None:
    known = [at.replace(microsecond=0) for at in instants(20)]
    local = [at.replace(tzinfo=None) for at in known]
    numbers = np.array(local, f"datetime64[{unit}]").view(np.int64)
    table = pa.table({"submitted_at": pa.array(numbers, pa.timestamp(unit, zone))})
    kind = f"datetime64[{unit}]" if zone is None else f"datetime64[{unit}, {zone}]"
    stamps = pd.Series(np.array(local, f"datetime64[{unit}]"))
    stamps = stamps if zone is None else stamps.dt.tz_localize("UTC").dt.tz_convert(zone)
    frames = [table, pd.DataFrame({"submitted_at": stamps.astype(kind)})]
    frames.append(
        pd.DataFrame(
            {
                "submitted_at": pd.Series(
                    table["submitted_at"], dtype=pd.ArrowDtype(pa.timestamp(unit, zone))
                )
            }
        )
    )
    if unit != "s":  # which polars does not have
        frames += [pl.from_arrow(table), pl.from_arrow(table).lazy()]
    expected = [row[:4] for row in answers(known, ["billing"] * 20)]
    if zone is None:
        instant = [
            each and each.astimezone(dt.UTC).replace(tzinfo=None)
            for row in expected
            for each in row[:3]
        ]
        expected = [(*instant[at * 3 : at * 3 + 3], row[3]) for at, row in enumerate(expected)]
    for frame in frames:
        clock = None if zone else "UTC"
        answered = bulk.with_deadlines(frame, AZDIGI, line=BILLING, timezone=clock)
        if isinstance(frame, pd.DataFrame):
            assert {frame["submitted_at"].dtype} == {*answered.dtypes[:4]}
        else:
            kinds = nw.from_native(answered).collect_schema().dtypes()
            assert {nw.Datetime(unit, zone)} == {*kinds[:4]}
        assert expected == rows(answered, OUTPUTS)


@each_kind
def test_a_column_without_a_zone_needs_the_zone_of_its_clock(make: Callable[..., Any]) -> None:
    frame = nw.from_native(make({"submitted_at": instants(8)}))
    frame = frame.with_columns(nw.col("submitted_at").dt.replace_time_zone(None)).to_native()
    with pytest.raises(NaiveInstantError, match="timezone='Europe/Paris'"):
        bulk.with_deadlines(frame, AZDIGI, line=BILLING)
    with pytest.raises(ColumnError, match="leave timezone out"):
        bulk.with_deadlines(
            make({"submitted_at": instants(8)}), AZDIGI, line=BILLING, timezone="UTC"
        )


def test_a_local_column_is_answered_on_its_own_clock() -> None:
    sent = pl.Series([dt.datetime(2026, 1, 10, 10, 30)])
    frame = pl.DataFrame({"submitted_at": sent})
    (due,) = bulk.with_deadlines(frame, AZDIGI, line=BILLING, timezone="Europe/Paris")["due_at"]
    asked = compute_deadline(AZDIGI, "2026-01-10T10:30:00+01:00", department="billing")
    assert asked.due_at.astimezone(dt.UTC) == due.replace(tzinfo=dt.timezone(dt.timedelta(hours=1)))


def test_the_index_of_pandas_stays_whatever_it_is() -> None:
    for index in ([3, 1, 2, 0], [5, 5, 5, 5], pd.MultiIndex.from_product([[1, 2], ["a", "b"]])):
        frame = pandas_frame({"submitted_at": instants(8)[:4]}).set_axis(index)
        answered = bulk.with_deadlines(frame, AZDIGI, line=BILLING)
        assert answered.index.equals(frame.index)
        assert [row[:4] for row in answers(instants(8)[:4], ["billing"] * 4)] == rows(
            answered, OUTPUTS
        )


def test_places_in_an_error_count_the_rows_of_pandas_not_their_labels() -> None:
    frame = pandas_frame({"submitted_at": instants(8), "department": [*departments(7), "sales"]})
    with pytest.raises(UnknownDepartmentError, match="row 7") as caught:
        bulk.with_deadlines(frame.set_axis([*range(100, 108)]), AZDIGI, line=BY_COLUMN)
    assert caught.value.index == 7


def test_the_frame_that_was_given_stays_as_it_was() -> None:
    frame = pandas_frame({"submitted_at": instants(8)})
    bulk.with_deadlines(frame, AZDIGI, line=BILLING)
    assert ["submitted_at"] == [*frame.columns]


def test_no_column_of_pandas_is_copied() -> None:
    frame = pandas_frame({"submitted_at": instants(8)})
    answered = bulk.with_deadlines(frame, AZDIGI, line=BILLING)
    given, kept = (each["submitted_at"].array.asi8 for each in (frame, answered))
    assert np.shares_memory(given, kept)


TEXTS: dict[str, Callable[[list[Any]], Any]] = {
    "pandas str": lambda texts: pd.Series(texts, dtype="str"),
    "pandas string": lambda texts: pd.Series(texts, dtype="string[python]"),
    "pandas object": lambda texts: pd.Series(texts, dtype=object),
    "pandas arrow": lambda texts: pd.Series(texts, dtype=pd.ArrowDtype(pa.string())),
    "pandas categorical": lambda texts: pd.Series(
        pd.Categorical(texts, categories=["nothing", "technical", "billing", "sales"])
    ),
    "polars string": lambda texts: pl.Series(texts, dtype=pl.String),
    "polars categorical": lambda texts: pl.Series(texts, dtype=pl.Categorical),
    "polars enum": lambda texts: pl.Series(
        texts, dtype=pl.Enum(["nothing", "billing", "technical"])
    ),
    "arrow string": pa.array,
    "arrow large string": lambda texts: pa.array(texts, pa.large_string()),
    "arrow string view": lambda texts: pa.array(texts, pa.string_view()),
    "arrow dictionary": lambda texts: pa.array(["nothing", *texts]).dictionary_encode()[1:],
    "arrow chunks": lambda texts: pa.chunked_array([texts[:3], [], texts[3:]], pa.string()),
    "arrow chunks of dictionaries": lambda texts: pa.chunked_array(
        [pa.array(part).dictionary_encode() for part in (texts[:3], texts[3:])]
    ),
}


@pytest.mark.parametrize("kind", TEXTS)
def test_texts_of_every_kind_say_the_department_and_unused_categories_nothing(kind: str) -> None:
    asked, lines = instants(30), departments(30)
    make = next(made for name, made in MAKERS.items() if kind.startswith(name.removeprefix("py")))
    frame = make({"submitted_at": asked})
    texts = TEXTS[kind](lines)
    if isinstance(frame, pa.Table):
        frame = frame.append_column("department", texts)
    elif isinstance(frame, pl.DataFrame):
        frame = frame.with_columns(texts.alias("department"))
    else:
        frame["department"] = texts
    answered = bulk.with_deadlines(frame, AZDIGI, line=bulk.Col("department"))
    assert [row[:4] for row in answers(asked, lines)] == rows(answered, OUTPUTS)


def test_a_missing_department_of_a_categorical_is_no_department() -> None:
    texts = pd.Categorical.from_codes([0, -1], categories=["billing"])
    frame = pandas_frame({"submitted_at": instants(8)[:2], "department": texts})
    answered = bulk.with_deadlines(frame, AZDIGI, line=BY_COLUMN, on_error="null")
    assert [None, "UnknownDepartmentError"] == column(answered, "error")


def test_a_department_that_is_no_text_is_refused() -> None:
    frame = pandas_frame({"submitted_at": instants(8), "department": [*range(8)]})
    with pytest.raises(ColumnError, match="which are no texts"):
        bulk.with_deadlines(frame, AZDIGI, line=BY_COLUMN)


def test_names_of_rules_and_errors_are_categories() -> None:
    columns = {"submitted_at": instants(8), "department": [*departments(7), "sales"]}
    for name, kind in (
        ("pandas", nw.Categorical),
        ("polars", nw.Categorical),
        ("pyarrow", nw.Categorical),
    ):
        answered = bulk.with_deadlines(
            MAKERS[name](columns), AZDIGI, line=BY_COLUMN, on_error="null"
        )
        kinds = nw.from_native(answered).schema
        assert kind == kinds["target"] == kinds["error"]


def test_chunks_and_slices_of_arrow_are_answered_row_by_row() -> None:
    asked: list[Any] = [*instants(40)]
    asked[5] = asked[21] = None
    whole = arrow_table({"submitted_at": asked, "department": departments(40)})
    parts = pa.concat_tables([whole.slice(1, 12), whole.slice(13, 0), whole.slice(13)]).slice(2)
    assert parts["submitted_at"].num_chunks > 1
    expected = [row[:4] for row in answers(asked[3:], departments(40)[3:])]
    assert expected == rows(bulk.with_deadlines(parts, AZDIGI, line=BY_COLUMN), OUTPUTS)
    for frame in (pl.from_arrow(parts, rechunk=False), pl.from_arrow(whole)[3:]):
        assert expected == rows(bulk.with_deadlines(frame, AZDIGI, line=BY_COLUMN), OUTPUTS)


def test_metadata_of_an_arrow_table_is_kept() -> None:
    table = arrow_table({"submitted_at": instants(8)}).replace_schema_metadata({"made": "by hand"})
    assert {b"made": b"by hand"} == bulk.with_deadlines(table, AZDIGI, line=BILLING).schema.metadata


@pytest.mark.parametrize("engine", ["in-memory", "streaming"])
@pytest.mark.parametrize("on_error", ["raise", "null"])
def test_a_lazy_frame_reads_only_what_is_asked_of_it(engine: str, on_error: Any) -> None:
    asked, lines = instants(), departments()
    columns = {"submitted_at": asked, "department": lines, "id": [*range(200)], "note": ["x"] * 200}
    lazy = bulk.with_deadlines(
        polars_frame(columns).lazy(), AZDIGI, line=BY_COLUMN, on_error=on_error
    )
    some = lazy.filter(pl.col("id") % 2 == 1).select("due_at", "id")
    assert "note" not in some.explain().partition("PROJECT")[2]
    found = some.collect(engine=engine)
    expected = [(row[2], at) for at, row in enumerate(answers(asked, lines)) if at % 2]
    assert expected == found.rows()


def test_a_lazy_frame_is_not_computed_before_it_is_collected() -> None:
    def never(_: Any) -> Any:
        raise AssertionError

    frame = (
        polars_frame({"submitted_at": instants(8)})
        .lazy()
        .map_batches(never, schema=pl.Schema({"submitted_at": pl.Datetime("us", "UTC")}))
    )
    answered = bulk.with_deadlines(frame, AZDIGI, line=BILLING)
    assert ["submitted_at", *OUTPUTS] == names_of(answered)
    with pytest.raises(AssertionError):
        answered.collect()


def test_what_all_rows_of_a_lazy_frame_ask_is_checked_at_once() -> None:
    frame = polars_frame({"submitted_at": instants(8)}).lazy()
    with pytest.raises(UnknownDepartmentError):
        bulk.with_deadlines(frame, AZDIGI, line="sales")


def test_an_answer_table_answers_a_frame_without_a_line() -> None:
    from support_sla import AnswerTable

    table = AnswerTable.of(AZDIGI, department="billing", first_year=2025, last_year=2028)
    answered = bulk.with_deadlines(arrow_table({"submitted_at": instants()}), table)
    assert [row[:4] for row in answers(instants(), ["billing"] * 200)] == rows(answered, OUTPUTS)


DESK = policy(
    when(priority=("high",), within="30m"),
    {"when": {"attributes": {"plan": ["gold"]}}, **rule_data(within="45m")},
    {"when": {"priority": ["low"]}, **rule_data(within="2h")},
    priorities=["high", "low"],
    attributes={"plan": ["gold", "free"]},
)


def test_a_priority_and_attributes_may_be_columns_too() -> None:
    columns = {"severity": ["high", None, "low", "high"], "plan": ["gold", "gold", "free", "free"]}
    frame = polars_frame({"submitted_at": instants(8)[:4], **columns})
    named: Any = {"priority": bulk.Col("severity"), "attributes": {"plan": bulk.Col("plan")}}
    answered = bulk.with_deadlines(frame, DESK, line="desk", **named)
    expected = [
        compute_deadline(
            DESK, at, department="desk", priority=priority, attributes={"plan": plan}
        ).due_at
        for at, priority, plan in frame.rows()
    ]
    assert expected == column(answered, "due_at")


def test_a_row_that_no_rule_matches_raises_as_the_scalar_function_does() -> None:
    frame = polars_frame({"submitted_at": instants(8), "severity": [*["high"] * 7, None]})
    severity: Any = bulk.Col("severity")
    with pytest.raises(NoTargetError, match="row 7"):
        bulk.with_deadlines(frame, DESK, line="desk", priority=severity)


def test_dates_of_arrow_in_pandas_are_refused() -> None:
    dates = pd.Series([dt.date(2026, 1, 10)], dtype=pd.ArrowDtype(pa.date32()))
    with pytest.raises(ColumnError, match="submitted_at is a column of"):
        bulk.with_deadlines(pd.DataFrame({"submitted_at": dates}), AZDIGI, line="billing")
