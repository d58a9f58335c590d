"""A season: from a first to a last date, each year or once, and when two of them meet."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from builders import fault, faults
from support_sla.policy.season import Season, overlap
from support_sla.values.dates import day_number


def season(first: Any = "07-01", last: Any = "08-31", **changes: Any) -> Season:
    return Season.model_validate({"from": first, "to": last, "schedule": "summer", **changes})


@pytest.mark.parametrize(
    ("first", "last", "is_yearly", "span"),
    [
        pytest.param("07-01", "08-31", True, (701, 831), id="each year"),
        pytest.param("07-01", "07-01", True, (701, 701), id="one day a year"),
        pytest.param("12-20", "01-05", True, (1220, 105), id="over New Year"),
        pytest.param("02-29", "02-29", True, (229, 229), id="a leap day"),
        pytest.param(
            "2026-07-01",
            "2026-08-31",
            False,
            (day_number(dt.date(2026, 7, 1)), day_number(dt.date(2026, 8, 31))),
            id="once",
        ),
        pytest.param(
            "2026-07-01",
            "2026-07-01",
            False,
            (day_number(dt.date(2026, 7, 1)), day_number(dt.date(2026, 7, 1))),
            id="one day once",
        ),
        pytest.param(
            "2026-12-20",
            "2027-01-05",
            False,
            (day_number(dt.date(2026, 12, 20)), day_number(dt.date(2027, 1, 5))),
            id="once over New Year",
        ),
        pytest.param(
            dt.date(2026, 7, 1),
            dt.date(2026, 8, 31),
            False,
            (day_number(dt.date(2026, 7, 1)), day_number(dt.date(2026, 8, 31))),
            id="as TOML writes dates",
        ),
        pytest.param(
            "0003-01-01",
            "9997-12-31",
            False,
            (day_number(dt.date(3, 1, 1)), day_number(dt.date(9997, 12, 31))),
            id="from the first to the last year that is served",
        ),
    ],
)
def test_a_season_is_read_as_the_days_from_its_first_to_its_last(
    first: Any, last: Any, is_yearly: bool, span: tuple[int, int]
) -> None:
    made = season(first, last)
    assert (is_yearly, span) == (made.is_yearly, made.span)
    assert f"{first} to {last}" == str(made)


@pytest.mark.parametrize(
    "written",
    [
        "7-1",
        "07/01",
        "1 July",
        "July",
        "0701",
        "13-01",
        "00-10",
        "02-30",
        "2026-02-29",
        "2026-7-1",
        "20260701",
        "2026-W27-3",
        "0001-01-01",
        "0002-12-31",
        "9998-01-01",
        "",
        " 07-01",
        "07-01\n",
        "٠٧-٠١",
        701,
        None,
        True,
        dt.datetime(2026, 7, 1),
        dt.date(9998, 1, 1),
        ["07-01"],
    ],
    ids=repr,
)
def test_an_end_that_is_no_day_is_refused_at_its_key(written: Any) -> None:
    for key, found in (
        ("from", fault(lambda: season(first=written))),
        ("to", fault(lambda: season(last=written))),
    ):
        assert ("season_invalid", (key,)) == found[:2]
        assert "is no month and day, and no date; write '07-01', or '2026-07-01' once" in (
            found.message
        )


def test_both_ends_that_are_no_days_are_told() -> None:
    assert [("from",), ("to",)] == [each.place for each in faults(lambda: season("x", "y"))]


@pytest.mark.parametrize(
    ("first", "last"), [("07-01", "2026-08-31"), ("2026-07-01", "08-31")], ids=str
)
def test_a_season_of_one_year_at_one_end_only_is_refused(first: str, last: str) -> None:
    found = fault(lambda: season(first, last))
    assert "season_invalid" == found.slug
    assert (
        f"season {first} to {last} is of one year at one end and of each year at the other;"
        " write both ends alike" == found.message
    )


def test_a_season_that_comes_once_and_ends_before_it_begins_is_refused() -> None:
    found = fault(lambda: season("2026-09-01", "2026-08-31"))
    assert "season_invalid" == found.slug
    assert "season 2026-09-01 to 2026-08-31 ends before it begins; swap its ends" == found.message


def test_every_missing_key_of_a_season_is_told() -> None:
    found = faults(lambda: Season.model_validate({}))
    assert [("key_missing", (key,)) for key in ("from", "to", "schedule")] == [
        each[:2] for each in found
    ]


def test_a_missing_first_date_is_told_with_what_it_means() -> None:
    found = fault(lambda: Season.model_validate({"to": "08-31", "schedule": "summer"}))
    assert "key 'from' is missing (the first date, e.g. from = '07-01'); add it" == found.message


def test_an_unknown_key_suggests_the_one_of_a_file() -> None:
    found = fault(lambda: season(form="07-01"))
    assert ("key_unknown", ("form",)) == found[:2]
    assert "did you mean 'from'?" in found.message


def test_a_season_is_written_as_in_a_file_and_made_in_python_without_its_keyword() -> None:
    made = Season(from_="07-01", to="08-31", schedule="summer")
    assert made == season()
    assert {"from": "07-01", "to": "08-31", "schedule": "summer"} == made.model_dump()
    assert made == Season.model_validate(made.model_dump())
    assert made == Season.model_validate_json(made.model_dump_json())
    assert hash(made) == hash(season())


def test_a_date_of_toml_is_dumped_as_a_text() -> None:
    dumped = season(dt.date(2026, 7, 1), "2026-08-31").model_dump()
    assert {"from": "2026-07-01", "to": "2026-08-31", "schedule": "summer"} == dumped


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        pytest.param(("07-01", "08-30"), ("08-31", "09-30"), False, id="a day apart"),
        pytest.param(("07-01", "08-31"), ("08-31", "09-30"), True, id="one day in common"),
        pytest.param(("07-01", "08-31"), ("07-10", "07-11"), True, id="one inside the other"),
        pytest.param(("07-01", "08-31"), ("07-01", "08-31"), True, id="the same"),
        pytest.param(("12-20", "01-05"), ("01-06", "12-19"), False, id="around New Year, apart"),
        pytest.param(("12-20", "01-05"), ("01-05", "01-06"), True, id="its last day"),
        pytest.param(("12-20", "01-05"), ("12-19", "12-20"), True, id="its first day"),
        pytest.param(("12-20", "01-05"), ("11-01", "12-20"), True, id="its first day at an end"),
        pytest.param(("12-20", "01-05"), ("12-31", "12-31"), True, id="New Year's Eve"),
        pytest.param(("12-20", "01-05"), ("01-01", "01-01"), True, id="New Year"),
        pytest.param(("12-20", "01-05"), ("12-30", "01-01"), True, id="both over New Year"),
        pytest.param(
            ("2026-12-20", "2027-01-05"), ("2027-01-05", "2027-02-01"), True, id="once, a day"
        ),
        pytest.param(
            ("2026-12-20", "2027-01-05"), ("2027-01-06", "2027-02-01"), False, id="once, apart"
        ),
        pytest.param(
            ("2026-07-01", "2026-08-31"), ("2027-07-01", "2027-08-31"), False, id="other years"
        ),
        pytest.param(
            ("07-01", "08-31"), ("2026-07-01", "2026-08-31"), False, id="each year and once"
        ),
    ],
)
def test_two_seasons_of_one_kind_overlap_if_they_have_a_day_in_common(
    one: tuple[str, str], two: tuple[str, str], expected: bool
) -> None:
    assert expected is overlap(season(*one), season(*two))
    assert expected is overlap(season(*two), season(*one))
