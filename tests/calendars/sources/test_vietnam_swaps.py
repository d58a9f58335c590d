"""Swap days of the Vietnamese state that python-holidays lacks: which, and how they are named."""

from __future__ import annotations

import datetime as dt
from importlib.resources import files

import pytest

from support_sla.calendars.sources.country import Country, public_days
from support_sla.calendars.sources.vietnam_swaps import StateDay, state_swaps

LETTER = "official letter 12729/VPCP-KGVX, 25 December 2025"
PAPER = "Báo Thái Nguyên, 28 December 2012"
MONDAY, FRIDAY = 0, 4


def day(date: str, other: str, works_as: int | None, source: str) -> StateDay:
    """Return half of a swap, whose other half is the day worked, or the day off."""
    name = f"Ngày nghỉ (thay cho ngày {other})"
    if works_as is not None:
        name = f"Ngày làm bù (cho ngày nghỉ {other})"
    return StateDay(dt.date.fromisoformat(date), name, works_as, source)


@pytest.mark.parametrize(
    ("year", "expected"),
    [
        (2012, (day("2012-12-31", "05/01/2013", None, PAPER),)),
        (
            2013,
            (
                day("2013-01-05", "31/12/2012", MONDAY, PAPER),
                day("2013-02-23", "15/02/2013", FRIDAY, PAPER),
            ),
        ),
        (
            2026,
            (
                day("2026-01-02", "10/01/2026", None, LETTER),
                day("2026-01-10", "02/01/2026", FRIDAY, LETTER),
            ),
        ),
    ],
)
def test_the_announced_swaps_are_given_by_date_with_their_sources(
    year: int, expected: tuple[StateDay, ...]
) -> None:
    assert expected == state_swaps(year)


def test_a_year_in_which_nothing_is_known_to_be_missing_has_no_days() -> None:
    assert {2012, 2013, 2026} == {year for year in range(1901, 2101) if state_swaps(year)}


def test_the_unconfirmed_days_of_2014_stand_in_the_file_and_are_not_taken_in() -> None:
    written = (
        files("support_sla.calendars.sources").joinpath("vietnam_swaps.toml").read_text("utf-8")
    )
    assert () == state_swaps(2014)
    assert "# Not taken in: Tết 2014." in written


@pytest.mark.parametrize("year", [2012, 2013, 2026])
def test_no_day_is_one_that_the_package_already_has(year: int) -> None:
    known = {known.date for known in public_days(Country("VN", swaps=True), year)}
    assert known.isdisjoint(day.date for day in state_swaps(year))


def test_the_day_off_that_the_package_has_is_still_there() -> None:
    # 15 February 2013 is the day for which 23 February was worked.
    assert "2013-02-15" in {str(day.date) for day in public_days(Country("VN"), 2013)}


def test_a_swap_is_named_as_the_package_names_its_own() -> None:
    (theirs,) = {
        day.name for day in public_days(Country("VN", swaps=True), 2026) if day.works_as == 0
    }
    assert "Ngày làm bù (cho ngày nghỉ 31/08/2026)" == theirs


def test_only_saturdays_are_worked_and_only_weekdays_are_off() -> None:
    for year in (2012, 2013, 2026):
        for each in state_swaps(year):
            assert (each.date.weekday() == 5) == (each.works_as is not None)
            assert each.date.weekday() < 6


def test_a_day_reads_as_a_special_day_closed_or_worked_as_the_day_off() -> None:
    off, worked = (each.special_day() for each in state_swaps(2026))
    assert off.is_whole_day_off
    assert ("Fr", LETTER) == (worked.works_as, worked.source)
    assert (dt.date(2026, 1, 10), "Ngày làm bù (cho ngày nghỉ 02/01/2026)") == (
        worked.date, worked.name
    )  # fmt: skip


def test_without_vietnamese_both_halves_are_named_as_the_package_names_them_in_english() -> None:
    off, worked = state_swaps(2026, "en_US")
    assert "Day off (substituted from 01/10/2026)" == off.name
    assert "Make-up day (for the day off on 2026-01-02)" == worked.name
