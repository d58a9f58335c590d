"""Spark itself, or Sail if it is installed: a million rows as the scalar function answers them.

`make spark` and `make sail` run this, each in an environment of its own; elsewhere it is skipped.
"""

from __future__ import annotations

import datetime as dt
import os
import random
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from support_sla import compute_deadline, load_policy
from support_sla.bulk import Col
from support_sla.bulk.spark import with_deadlines

sql: Any = pytest.importorskip("pyspark.sql")

pytestmark = pytest.mark.filterwarnings("default")  # Spark's own

AZDIGI = load_policy("azdigi")
YEARS: Any = (2024, 2027)
LINE: Any = Col("team"), "ticket"
ROWS = 1_000_000
PARTS = 8
UTC = dt.UTC
FIRST = dt.datetime(2024, 1, 1, tzinfo=UTC)
SECONDS = 4 * 365 * 86_400


@pytest.fixture(scope="module")
def session() -> Iterator[Any]:
    """Yield a session of Spark on two cores; of Sail, which needs no Java, if that is there."""
    os.environ |= {"PYSPARK_PYTHON": sys.executable, "SPARK_LOCAL_IP": "127.0.0.1"}
    try:
        from pysail.spark import SparkConnectServer
    except ImportError:
        server = None
        builder = sql.SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    else:
        server = SparkConnectServer("127.0.0.1", 0)
        server.start(background=True)
        builder = sql.SparkSession.builder.remote(f"sc://127.0.0.1:{server.listening_address[1]}")
    found = builder.config("spark.sql.session.timeZone", "UTC").getOrCreate()
    yield found
    found.stop()
    if server is not None:
        server.stop()


@pytest.fixture(scope="module")
def tickets(session: Any) -> Any:
    """Return a million tickets, nine tenths of them in one of eight partitions, of which some are empty."""
    name = sql.functions.col
    part = sql.functions.when(name("id") % 10 < 9, 0).otherwise(name("id") % 2)
    sent = sql.functions.timestamp_micros(
        sql.functions.lit(int(FIRST.timestamp()) * 1_000_000)
        + name("id") * 7_919_000_003 % (SECONDS * 1_000_000)
    )
    none = sql.functions.lit(None).cast("timestamp")
    made = session.range(ROWS).select(
        "id",
        part.cast("long").alias("part"),
        sql.functions.when(name("id") % 1_000 == 7, none).otherwise(sent).alias("submitted_at"),
        sql.functions.when(name("id") % 3 == 0, "billing").otherwise("technical").alias("team"),
    )
    return made.repartition(PARTS, "part").cache()


def numbered(batches: Any) -> Any:
    """Yield the batches of a partition, each row with the partition's own number and its place there."""
    import numpy as np
    import pyarrow as pa

    partition, length = random.SystemRandom().getrandbits(60), 0
    for batch in batches:
        places = np.arange(length, length + batch.num_rows)
        length += batch.num_rows
        yield batch.append_column(
            "partition", pa.array(np.full(len(places), partition))
        ).append_column("place", pa.array(places))


def places_by_partition(found: Any) -> dict[int, list[int]]:
    """Return the places of the rows of each partition, in the order in which they came."""
    places: dict[int, list[int]] = {}
    for partition, place in zip(
        *(found[n].to_pylist() for n in ("partition", "place")), strict=True
    ):
        places.setdefault(partition, []).append(place)
    return places


def test_a_million_rows_in_uneven_partitions_are_answered_as_one_by_one(tickets: Any) -> None:
    kinds = "id long, part long, submitted_at timestamp, team string, partition long, place long"
    answered = with_deadlines(tickets.mapInArrow(numbered, kinds), AZDIGI, years=YEARS, line=LINE)
    assert answered.schema.simpleString().endswith(
        "starts_at:timestamp,earliest_at:timestamp,due_at:timestamp,target:string>"
    )
    found = answered.toArrow()
    assert sorted(found["id"].to_pylist()) == [*range(ROWS)]
    places = places_by_partition(found)
    assert len(places) < PARTS  # empty ones have no rows to be numbered
    assert max(map(len, places.values())) >= ROWS * 9 // 10
    assert all(some == [*range(len(some))] for some in places.values())
    for at in random.Random(7).sample(range(ROWS), 1_000):  # noqa: S311
        row = found.slice(at, 1).to_pylist()[0]
        told = row["starts_at"], row["earliest_at"], row["due_at"], row["target"]
        if row["submitted_at"] is None:
            assert told == (None, None, None, None)
            continue
        asked = compute_deadline(AZDIGI, row["submitted_at"], department=row["team"])
        assert told == (asked.starts_at, asked.earliest_at, asked.due_at, asked.target.name)


def test_nothing_is_shuffled(session: Any, capsys: pytest.CaptureFixture[str]) -> None:
    sent = session.range(ROWS).selectExpr("timestamp_micros(id) as submitted_at")
    with_deadlines(sent, AZDIGI, years=YEARS, line="billing").explain()
    plan = capsys.readouterr().out
    assert "Map" in plan
    assert "Exchange" not in plan


def bad_row(session: Any) -> Any:
    at = dt.datetime(2026, 2, 16, 1, tzinfo=UTC)
    rows = [(at, "billing"), (at, "sales"), (None, "technical"), (at.replace(year=2030), "billing")]
    return session.createDataFrame(rows, "submitted_at timestamp, team string").coalesce(1)


def test_a_bad_row_fails_its_task_with_the_error_of_the_library(session: Any) -> None:
    answered = with_deadlines(bad_row(session), AZDIGI, years=YEARS, line=LINE)
    with pytest.raises(Exception, match="UnknownDepartmentError") as caught:
        answered.collect()
    assert "2 rows have no answer (1, 3); row 1: department 'sales' is not" in str(caught.value)


def test_a_bad_row_may_be_null_beside_the_name_of_its_error(session: Any) -> None:
    answered = with_deadlines(bad_row(session), AZDIGI, years=YEARS, line=LINE, on_error="null")
    told = [(row.target, row.error) for row in answered.collect()]
    assert told == [
        ("next_business_hour", None),
        (None, "UnknownDepartmentError"),
        (None, None),
        (None, "InstantOutOfRangeError"),
    ]


def test_a_column_without_a_zone_is_answered_on_the_clock_that_is_named(session: Any) -> None:
    at = dt.datetime(2026, 2, 16, 8)
    local = session.createDataFrame([(at,)], "submitted_at timestamp_ntz")
    line, zone = "technical", "Asia/Ho_Chi_Minh"
    answered = with_deadlines(local, AZDIGI, years=YEARS, line=line, timezone=zone)
    assert answered.schema["due_at"].dataType.typeName() == "timestamp_ntz"
    assert answered.collect()[0].due_at == at + dt.timedelta(hours=12)
