"""Seasons: parts of each year or of one, which may cross New Year and never overlap."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from builders import fault
from support_sla import Hours, Season
from support_sla.policy.season import overlap


def season(first: Any, last: Any) -> Season:
    return Season(from_=first, to=last, schedule="summer")


@pytest.mark.parametrize(
    ("first", "last", "yearly", "span"),
    [
        ("07-01", "08-31", True, (701, 831)),
        ("12-20", "01-05", True, (1220, 105)),
        ("02-29", "02-29", True, (229, 229)),
        ("2026-07-01", "2026-07-02", False, (20_635, 20_636)),
        (dt.date(2026, 7, 1), dt.date(2026, 7, 2), False, (20_635, 20_636)),
    ],
)
def test_a_season_is_of_each_year_or_once(first: Any, last: Any, yearly: bool, span: Any) -> None:
    made = season(first, last)
    assert (yearly, span) == (made.is_yearly, made.span)
    assert f"{first} to {last}" == str(made)


def test_a_season_dumps_as_a_file_writes_it() -> None:
    made = Season.model_validate({"from": dt.date(2026, 7, 1), "to": "2026-07-02", "schedule": "a"})
    assert {"from": "2026-07-01", "to": "2026-07-02", "schedule": "a"} == made.model_dump()


@pytest.mark.parametrize(
    "value",
    [
        "7-1",
        "13-01",
        "02-30",
        "July",
        "2026-02-29",
        "0001-01-01",
        701,
        None,
        dt.datetime(2026, 7, 1),
    ],
)
def test_what_is_no_month_and_day_and_no_date_is_refused(value: Any) -> None:
    found = fault(lambda: season(value, "08-31"))
    assert "season_invalid" == found.slug
    assert "write '07-01', or '2026-07-01' once" in found.message


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        (("07-01", "07-31"), ("08-01", "08-31"), False),
        (("07-01", "08-01"), ("08-01", "08-31"), True),
        (("12-20", "01-05"), ("01-05", "01-06"), True),
        (("12-20", "01-05"), ("01-06", "12-19"), False),
        (("12-20", "01-05"), ("11-01", "12-20"), True),
        (("2026-07-01", "2026-07-31"), ("07-01", "07-31"), False),  # once holds against each year
        (("2026-07-01", "2026-07-31"), ("2026-07-31", "2026-08-31"), True),
        (("2026-07-01", "2026-07-31"), ("2027-07-01", "2027-07-31"), False),
    ],
)
def test_seasons_of_one_kind_overlap_if_they_share_a_day(
    one: Any, two: Any, expected: bool
) -> None:
    assert (expected, expected) == (
        overlap(season(*one), season(*two)),
        overlap(season(*two), season(*one)),
    )


def test_four_hundred_seasons_are_enough() -> None:
    many = [season(f"{year}-07-01", f"{year}-07-02") for year in range(1000, 1400)]
    assert 400 == len(Hours(schedule="a", seasons=many).seasons)
    more = [*many, season("1400-07-01", "1400-07-02")]
    assert "seasons_too_many" == fault(lambda: Hours(schedule="a", seasons=more)).slug
