"""Columns on UTC: their years, and what no clock shows."""

from __future__ import annotations

from typing import Any

import pytest

np: Any = pytest.importorskip("numpy")

from support_sla.bulk.asking.utc import UtcColumn, years_of_columns  # noqa: E402  needs numpy
from support_sla.bulk.columns.instants import Instants  # noqa: E402
from support_sla.bulk.lookup.lookup import Scratch  # noqa: E402
from support_sla.bulk.lookup.rows import NEVER, OUTSIDE, REPEATED, SKIPPED  # noqa: E402


def column(*texts: str, timezone: str = "UTC", unit: str = "s") -> Instants:
    return Instants.read("at", np.array(texts, f"datetime64[{unit}]"), timezone, "us")


@pytest.mark.parametrize(
    ("texts", "years"),
    [
        (["2026-06-01", "2024-06-01"], (2024, 2026)),
        (["2026-12-31T23:00"], (2026, 2027)),
        (["2026-01-01T00:00"], (2025, 2026)),
        (["NaT"], (1970, 1970)),
        ([], (1970, 1970)),
        (["0001-06-01", "2026-06-01"], (2026, 2026)),
        (["9999-06-01"], (1970, 1970)),
    ],
)
def test_the_years_of_a_column_are_those_that_it_may_have_on_any_clock(
    texts: list[str], years: tuple[int, int]
) -> None:
    assert years_of_columns([column(*texts)]) == years


def test_the_years_of_two_columns_are_those_of_both() -> None:
    assert years_of_columns([column("2020-06-01"), column("NaT"), column("2026-06-01")]) == (
        2020,
        2026,
    )


def test_local_times_are_read_on_utc_and_shown_again() -> None:
    local = column(
        "2026-03-08T01:30",
        "2026-03-08T02:30",
        "2026-11-01T01:30",
        "NaT",
        timezone="America/New_York",
    )
    utc, told = UtcColumn.of(local, None, 2026, 2026), np.zeros(4, np.int16)
    at = utc.read(0, 4, told, Scratch())
    assert told.tolist() == [0, SKIPPED, REPEATED, 0]
    assert at.tolist() == [
        int(np.datetime64("2026-03-08T06:30", "s").astype(int)),
        NEVER,
        NEVER,
        NEVER,
    ]
    shown = utc.shown(at[:1], np.zeros(1, np.int16), Scratch())
    assert shown.tolist() == local.chunk(0, 1).tolist()


@pytest.mark.parametrize("unit", ["s", "ns"])
def test_years_outside_those_of_the_column_are_told(unit: str) -> None:
    local = column("2026-06-01", "2029-06-01", timezone="Europe/Paris", unit=unit)
    told = np.zeros(2, np.int16)
    UtcColumn.of(local, None, 2026, 2026).read(0, 2, told, Scratch())
    assert told.tolist() == [0, OUTSIDE]
