"""Attainment and what another policy would change: counted as one counts the rows by hand."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from support_sla import Policy, compute_deadline, load_policy
from support_sla.errors import ColumnError

np: Any = pytest.importorskip("numpy")
pa: Any = pytest.importorskip("pyarrow")
pytest.importorskip("narwhals")
pl: Any = pytest.importorskip("polars")

from support_sla import bulk  # noqa: E402  needs numpy

AZDIGI = load_policy("azdigi")
LINE = bulk.Col("team"), "ticket"
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
HOUR = dt.timedelta(hours=1)


def relaxed() -> Policy:
    """Return the reference policy with two hours for billing in place of one."""
    data = AZDIGI.model_dump()
    data["departments"]["billing"]["channels"]["ticket"]["first_response"][0]["within"] = "2h"
    return Policy.model_validate(data)


def rows() -> list[dict[str, Any]]:
    """Return requests of two teams over three months, a seventh of them without a reply."""
    draw = np.random.default_rng(5)
    found = []
    for at in range(300):
        sent = (
            dt.datetime(2025, 12, 31, 16, tzinfo=dt.UTC) + int(draw.integers(0, 80 * 24)) * HOUR / 1
        )
        waited = int(draw.integers(0, 30_000)) * dt.timedelta(seconds=1)
        team = ("billing", "technical")[at % 2]
        found.append(
            {"submitted_at": sent, "replied_at": sent + waited if at % 7 else None, "team": team}
        )
    first: Any = found[0]["submitted_at"]
    due = compute_deadline(AZDIGI, first, department="billing").due_at
    return [
        *found,
        {**found[0], "replied_at": due},
        {"submitted_at": None, "replied_at": None, "team": "billing"},
    ]


ROWS = rows()
TABLE = pa.table(
    {
        "submitted_at": pa.array([row["submitted_at"] for row in ROWS], pa.timestamp("us", "UTC")),
        "replied_at": pa.array([row["replied_at"] for row in ROWS], pa.timestamp("us", "UTC")),
        "team": [row["team"] for row in ROWS],
    }
)


def frames() -> dict[str, Any]:
    frame = pl.from_arrow(TABLE)
    found = {"pyarrow": TABLE, "polars": frame, "polars lazy": frame.lazy()}
    pandas: Any = pytest.importorskip("pandas")
    found["pandas"] = TABLE.to_pandas()
    found["pandas of categories"] = TABLE.to_pandas().astype({"team": "category"})
    del pandas
    return found


FRAMES = frames()


def told(found: Any) -> list[dict[str, Any]]:
    """Return the rows of a report, whatever kind of frame it is, missing values as None."""
    if isinstance(found, pl.LazyFrame):
        found = found.collect()
    if isinstance(found, pl.DataFrame):
        return list(found.to_dicts())
    if not isinstance(found, pa.Table):
        found = pa.Table.from_pandas(found, preserve_index=False)
    return list(found.to_pylist())


def months() -> dict[tuple[str, dt.datetime], list[dict[str, Any]]]:
    """Return the rows by team and month in Ho Chi Minh City, in order."""
    found = defaultdict(list)
    for row in ROWS:
        if row["submitted_at"] is not None:
            local = row["submitted_at"].astimezone(ZONE)
            found[row["team"], dt.datetime(local.year, local.month, 1)].append(row)
    return dict(sorted(found.items()))


def due(policy: Policy, row: dict[str, Any]) -> dt.datetime:
    answer = compute_deadline(policy, row["submitted_at"], department=row["team"])
    return answer.due_at.astimezone(dt.UTC)


@pytest.mark.parametrize("name", FRAMES)
def test_attainment_counts_replies_by_line_and_month(name: str) -> None:
    found = told(bulk.attainment(FRAMES[name], AZDIGI, line=LINE))
    expected = []
    for (team, month), some in months().items():
        parts = Counter(
            "waiting"
            if row["replied_at"] is None
            else "in_time"
            if row["replied_at"] <= due(AZDIGI, row)
            else "late"
            for row in some
        )
        expected.append(
            {
                "department": team,
                "channel": "ticket",
                "priority": None,
                "month": month,
                "requests": len(some),
                "in_time": parts["in_time"],
                "late": parts["late"],
                "waiting": parts["waiting"],
                "unanswered": 0,
                "share": parts["in_time"] / (parts["in_time"] + parts["late"]),
            }
        )
    assert found == expected


@pytest.mark.parametrize("name", FRAMES)
def test_two_policies_differ_by_what_their_deadlines_do(name: str) -> None:
    new = relaxed()
    found = told(bulk.compare_policies(FRAMES[name], AZDIGI, new, line=LINE, replied="replied_at"))
    expected = []
    for (team, month), some in months().items():
        moves = [due(new, row) - due(AZDIGI, row) for row in some]
        becomes = [
            row["replied_at"] is not None and due(AZDIGI, row) < row["replied_at"] <= due(new, row)
            for row in some
        ]
        expected.append(
            {
                "department": team,
                "channel": "ticket",
                "month": month,
                "requests": len(some),
                "same": sum(not move for move in moves),
                "earlier": 0,
                "later": sum(move > 0 * HOUR for move in moves),
                "unanswered": 0,
                "becomes_late": 0,
                "becomes_in_time": sum(becomes),
                "most_earlier": 0 * HOUR,
                "most_later": max(moves),
            }
        )
    assert found == expected


def test_the_way_back_moves_what_the_way_there_did() -> None:
    new = relaxed()
    there = told(bulk.compare_policies(TABLE, AZDIGI, new, line=LINE, replied="replied_at"))
    back = told(bulk.compare_policies(TABLE, new, AZDIGI, line=LINE, replied="replied_at"))
    for one, two in zip(there, back, strict=True):
        assert (one["later"], one["most_later"]) == (two["earlier"], two["most_earlier"])
        assert one["becomes_in_time"] == two["becomes_late"]


def test_rows_without_an_answer_are_counted_if_they_do_not_raise() -> None:
    teams = ["billing", "sales"] * 151
    table = TABLE.set_column(2, "team", [teams[: len(ROWS)]])
    with pytest.raises(LookupError, match="rows have no answer"):
        bulk.attainment(table, AZDIGI, line=LINE)
    found = told(bulk.attainment(table, AZDIGI, line=LINE, on_error="null"))
    sales = [row for row in found if row["department"] == "sales"]
    assert all(row["unanswered"] == row["requests"] > 0 and row["share"] is None for row in sales)
    compared = told(bulk.compare_policies(table, AZDIGI, relaxed(), line=LINE, on_error="null"))
    assert "becomes_late" not in compared[0]
    assert sum(row["unanswered"] for row in compared) == sum(row["unanswered"] for row in found) > 0


def test_months_of_a_column_without_a_zone_are_those_of_its_clock() -> None:
    sent = pa.array([dt.datetime(2026, 2, 28, 23)], pa.timestamp("s"))
    table = pa.table({"submitted_at": sent, "replied_at": sent})
    found = told(bulk.attainment(table, AZDIGI, line="technical", timezone="Europe/Paris"))
    assert [(row["month"], row["in_time"]) for row in found] == [(dt.datetime(2026, 2, 1), 1)]


def test_a_frame_without_rows_gives_a_report_without() -> None:
    empty = TABLE.slice(0, 0)
    assert told(bulk.attainment(empty, AZDIGI, line=LINE)) == []
    assert told(bulk.compare_policies(empty, AZDIGI, AZDIGI, line=LINE)) == []


def test_a_column_of_replies_that_is_missing_is_refused() -> None:
    with pytest.raises(ColumnError, match="there is no column 'answered_at'"):
        bulk.attainment(TABLE, AZDIGI, line=LINE, replied="answered_at")
    with pytest.raises(TypeError, match="policy is no Policy"):
        bulk.compare_policies(TABLE, AZDIGI, "new", line=LINE)  # type: ignore[arg-type]


@pytest.mark.parametrize("zone", ["Asia/Ho_Chi_Minh", "America/New_York", "Etc/GMT-7", "UTC"])
@pytest.mark.parametrize("kind", ["pandas", "pandas of Arrow", "polars", "pyarrow"])
def test_months_are_those_of_the_desk_whatever_zone_the_column_is_in(zone: str, kind: str) -> None:
    shown = TABLE.set_column(
        0, "submitted_at", TABLE["submitted_at"].cast(pa.timestamp("us", zone))
    )
    pandas: Any = pytest.importorskip("pandas")
    frame = {
        "pandas": shown.to_pandas,
        "pandas of Arrow": lambda: shown.to_pandas(types_mapper=pandas.ArrowDtype),
        "polars": lambda: pl.from_arrow(shown),
        "pyarrow": lambda: shown,
    }[kind]()
    found = told(bulk.attainment(frame, AZDIGI, line=LINE))
    expected = told(bulk.attainment(TABLE, AZDIGI, line=LINE))
    assert [
        (row["department"], row["month"], row["requests"], row["in_time"]) for row in found
    ] == [(row["department"], row["month"], row["requests"], row["in_time"]) for row in expected]
    assert told(bulk.compare_policies(frame, AZDIGI, relaxed(), line=LINE, replied="replied_at"))


@pytest.mark.parametrize("name", FRAMES)
def test_replies_with_a_zone_beside_submissions_without_are_refused(name: str) -> None:
    local = TABLE["submitted_at"].cast(pa.timestamp("us"))
    mixed = TABLE.set_column(0, "submitted_at", local)
    text = TABLE.set_column(
        1,
        "replied_at",
        [[None if at is None else str(at) for at in TABLE["replied_at"].to_pylist()]],
    )
    makers: Any = {
        "pyarrow": lambda table: table,
        "polars": pl.from_arrow,
        "polars lazy": lambda table: pl.from_arrow(table).lazy(),
    }
    make = makers.get(name, lambda table: table.to_pandas())
    with pytest.raises(
        ColumnError, match="replied_at is in 'UTC' beside submitted_at in 'no zone'"
    ):
        bulk.attainment(make(mixed), AZDIGI, line=LINE, timezone="Europe/Paris")
    with pytest.raises(ColumnError, match="replied_at is a column of"):
        bulk.attainment(make(text), AZDIGI, line=LINE)
