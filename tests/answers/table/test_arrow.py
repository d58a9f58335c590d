"""An answer table as an Arrow table: the rows, one more that begins at the end, and nulls for reasons."""

from __future__ import annotations

import datetime as dt
import random
import sys
from collections.abc import Callable
from typing import Any

import pytest

from builders import calendar_data, day_data, policy, rule_data
from support_sla import AnswerTable
from tables import AZDIGI, answered, reading

pa: Any = pytest.importorskip("pyarrow")

YEARS: Any = {"first_year": 2026, "last_year": 2026}
UNITS = ("s", "ms", "us", "ns")


def azdigi(department: str, unit: Any = "us", **changes: Any) -> AnswerTable:
    made = reading(AZDIGI, **changes)
    return AnswerTable.of(made, department=department, unit=unit, **YEARS)


def with_gaps(unit: Any = "s") -> AnswerTable:
    """Return a table with a rule, days that no rule matches, and an end that is not known."""
    rule = {"when": {"days": ["Mo", "open"]}, **rule_data(within="100h", earliest="30m")}
    made = policy(
        channel={
            "hours": {"schedule": "office", "observes": ["open"]},
            "first_response": [rule],
        },
        calendars={"open": calendar_data(day_data("2026-12-31"), years=[2026, 2026])},
        timezone="UTC",
    )
    return AnswerTable.of(made, department="desk", unit=unit, **YEARS)


TABLES: dict[str, Callable[[Any], AnswerTable]] = {
    "billing": lambda unit: azdigi("billing", unit),
    "technical": lambda unit: azdigi("technical", unit),
    "technical in order": lambda unit: azdigi("technical", unit, crossing="in_order"),
    "with gaps": with_gaps,
}
EACH = pytest.mark.parametrize("name", TABLES)


def submissions(table: AnswerTable) -> list[int]:
    """Return each beginning and its neighbours, some others, and what lies past both ends."""
    chosen = random.Random(table.start)  # noqa: S311
    found = {at + by for at in (*table.begins, table.end) for by in (-1, 0, 1)}
    found |= {chosen.randrange(table.start, table.end) for _ in range(2_000)}
    return sorted(found)


def expected(table: AnswerTable, at: int) -> tuple[Any, ...]:
    """Return what a join must give, in units, with the target's name and the reason for none."""
    if at < table.start:
        return (None, None, None, None, None)
    answer = table.answer(at) if at < table.end else None
    if answer is not None:
        return (*answer[:3], table.targets[answer.rule], None)
    is_beyond = at >= table.end or table.row(sum(b <= at for b in table.begins) - 1).rule == -2
    reason = "YearsNotCoveredError" if is_beyond else "NoTargetError"
    return (None, None, None, None, reason)


def told(found: Any, unit: str) -> list[tuple[Any, ...]]:
    """Return rows of instants and texts, the instants in units since 1970 UTC."""
    columns = [
        column.cast(pa.timestamp(unit, tz="UTC")).cast(pa.int64())
        if pa.types.is_timestamp(column.type)
        else column
        for column in found.columns
    ]
    return [*zip(*(column.to_pylist() for column in columns), strict=True)]


@pytest.mark.parametrize("unit", UNITS)
def test_the_columns_have_the_types_of_the_unit(unit: str) -> None:
    instant, amount = pa.timestamp(unit, tz="UTC"), pa.duration(unit)
    name = pa.dictionary(pa.int32(), pa.string())
    schema = azdigi("billing", unit).to_arrow().schema
    assert [(each.name, each.type) for each in schema] == [
        ("begins_at", instant),
        ("target", name),
        ("starts_from", instant),
        ("starts_after", amount),
        ("earliest_from", instant),
        ("earliest_after", amount),
        ("due_from", instant),
        ("due_after", amount),
        ("reason", name),
    ]


@EACH
def test_each_row_is_one_of_the_table_and_a_last_one_begins_at_the_end(name: str) -> None:
    table = TABLES[name]("s")
    *rows, last = table.to_arrow().to_pylist()
    assert len(rows) == len(table)
    for row, arrow in zip(table.rows(), rows, strict=True):
        assert arrow["begins_at"].timestamp() == row.begin
        if row.rule < 0:
            reason = {-1: "NoTargetError", -2: "YearsNotCoveredError"}[row.rule]
            begins_at = arrow["begins_at"]
            assert {key: value for key, value in arrow.items() if value is not None} == {
                "begins_at": begins_at,
                "reason": reason,
            }
            continue
        after = [arrow[key] for key in ("starts_after", "earliest_after", "due_after")]
        waits = [arrow[key] for key in ("starts_from", "earliest_from", "due_from")]
        seconds = [None if each is None else each // dt.timedelta(seconds=1) for each in after]
        assert seconds == [0, row.earliest_after, row.due_after]
        instants = [None if each is None else each.timestamp() for each in waits]
        assert instants == [row.starts_from, row.earliest_from, row.due_from]
        assert (arrow["target"], arrow["reason"]) == (table.targets[row.rule], None)
    assert last.pop("begins_at").timestamp() == table.end
    assert last.pop("reason") == "YearsNotCoveredError"
    assert {*last.values()} == {None}


def test_rows_of_all_three_kinds_are_there_to_be_told_apart() -> None:
    assert {-2, -1, 0} == {*with_gaps().rules}
    assert {"NoTargetError", "YearsNotCoveredError", None} == {
        *with_gaps().to_arrow()["reason"].to_pylist()
    }


def test_the_metadata_say_whose_answers_they_are() -> None:
    metadata = azdigi("billing").to_arrow().schema.metadata
    assert {key.decode(): value.decode() for key, value in metadata.items()} == {
        "department": "billing",
        "channel": "ticket",
        "metric": "first_response",
        "crossing": "submission",
        "zone": "Asia/Ho_Chi_Minh",
        "unit": "us",
        "first_year": "2026",
        "last_year": "2026",
    }
    made = policy(rule_data(), priorities=["high"])
    table = AnswerTable.of(made, department="desk", priority="high", **YEARS)
    assert table.to_arrow().schema.metadata[b"priority"] == b"high"


def test_a_line_that_promises_nothing_has_no_target_and_says_so() -> None:
    table = AnswerTable.of(AZDIGI, department="billing", channel="chat", **YEARS)
    arrow = table.to_arrow()
    assert arrow["target"].to_pylist() == [None, None]
    assert arrow["reason"].to_pylist() == ["NoTargetError", "YearsNotCoveredError"]


def test_without_pyarrow_the_way_out_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ImportError, match=r"'pyarrow' is missing; install support-sla\[arrow\]$"):
        azdigi("billing").to_arrow()


@pytest.mark.parametrize("zone", ["UTC", "America/New_York"])
@pytest.mark.parametrize("unit", UNITS)
@EACH
def test_an_asof_join_in_duckdb_gives_every_answer(name: str, unit: str, zone: str) -> None:
    duckdb: Any = pytest.importorskip("duckdb")
    table = TABLES[name](unit)
    instants = submissions(table)
    base = duckdb.connect()
    base.execute(f"set TimeZone = '{zone}'")
    base.register("tickets", pa.table({"t": pa.array(instants, pa.timestamp(unit, tz="UTC"))}))
    base.register("answers", table.to_arrow())
    found = base.sql(
        "select greatest(t, starts_from) + starts_after, greatest(t, earliest_from)"
        " + earliest_after, greatest(t, due_from) + due_after, target, reason"
        " from tickets asof left join answers on t >= begins_at order by t"
    ).to_arrow_table()
    assert told(found, unit) == [expected(table, each) for each in instants]


@pytest.mark.parametrize("unit", UNITS)
@EACH
def test_an_asof_join_in_polars_gives_every_answer(name: str, unit: str) -> None:
    pl: Any = pytest.importorskip("polars")
    table = TABLES[name](unit)
    instants = submissions(table)
    tickets = pl.from_arrow(pa.table({"t": pa.array(instants, pa.timestamp(unit, tz="UTC"))}))
    answers = pl.from_arrow(table.to_arrow())
    joined = tickets.join_asof(answers, left_on="t", right_on="begins_at")
    sums = [
        (pl.max_horizontal("t", f"{each}_from") + pl.col(f"{each}_after")).alias(each)
        for each in ("starts", "earliest", "due")
    ]
    texts = [pl.col(each).cast(pl.String) for each in ("target", "reason")]
    assert told(joined.select(*sums, *texts).to_arrow(), unit) == [
        expected(table, each) for each in instants
    ]


def test_a_due_is_that_of_the_table_where_it_was_read_by_hand() -> None:
    table = azdigi("billing", "s")
    submitted = 1768037400  # Saturday 16:30 in Ho Chi Minh City, half an hour before closing
    rows = [
        row for row in table.to_arrow().to_pylist() if row["begins_at"].timestamp() <= submitted
    ]
    sent = dt.datetime.fromtimestamp(submitted, dt.UTC)
    due = max(sent, rows[-1]["due_from"]) + rows[-1]["due_after"]
    assert due == dt.datetime(2026, 1, 12, 1, 30, tzinfo=dt.UTC)
    assert int(due.timestamp()) == answered(table, submitted).due_at
