"""`CompiledYears`: what is built, and how often; builds are counted, never timed."""

from __future__ import annotations

import pytest

from support_sla import InstantOutOfRangeError, YearsNotCoveredError
from support_sla.calendars.coverage import Coverage
from support_sla.clock.compiled_years import MAX_YEARS, CompiledYears

COVERED = Coverage(first=1900, last=2100, first_by="old", last_by="new")
ENDLESS = Coverage(first=3, last=9997, first_by=None, last_by=None)


class Builds(list[tuple[int, int]]):
    """A builder that keeps what it was asked to build; what it builds is the span itself."""

    def __call__(self, first: int, last: int) -> tuple[int, int]:
        self.append((first, last))
        return first, last


def growing(coverage: Coverage = COVERED) -> tuple[CompiledYears[tuple[int, int]], Builds]:
    builds = Builds()
    return CompiledYears(builds, coverage), builds


def test_nothing_is_built_before_it_is_asked_for() -> None:
    _, builds = growing()
    assert [] == builds


def test_the_first_question_builds_the_bare_years() -> None:
    held, builds = growing()
    assert (2026, 2027) == held.covering(2026, 2027)
    assert [(2026, 2027)] == builds


@pytest.mark.parametrize("years", [(2024, 2026), (2024, 2024), (2026, 2026), (2025, 2025)])
def test_years_inside_the_held_ones_build_nothing_more(years: tuple[int, int]) -> None:
    held, builds = growing()
    first = held.covering(2024, 2026)
    assert first is held.covering(*years)
    assert [(2024, 2026)] == builds


@pytest.mark.parametrize(
    ("asked", "built"),
    [
        pytest.param((2027, 2027), (2024, 2029), id="one later year doubles later"),
        pytest.param((2023, 2023), (2021, 2026), id="one earlier year doubles earlier"),
        pytest.param((2040, 2040), (2024, 2040), id="a far later year is enough"),
        pytest.param((2000, 2000), (2000, 2026), id="a far earlier year is enough"),
        pytest.param((2023, 2027), (2021, 2029), id="both ways at once"),
    ],
)
def test_years_outside_the_held_ones_grow_them_in_the_direction_asked(
    asked: tuple[int, int], built: tuple[int, int]
) -> None:
    held, _ = growing()
    held.covering(2024, 2026)
    assert built == held.covering(*asked)


@pytest.mark.parametrize(
    ("asked", "built"),
    [((2099, 2099), (2090, 2100)), ((1901, 1901), (1901, 2098)), ((1900, 2100), (1900, 2100))],
)
def test_years_never_grow_beyond_the_covered_ones(
    asked: tuple[int, int], built: tuple[int, int]
) -> None:
    held, _ = growing()
    held.covering(2090, 2098)
    assert built == held.covering(*asked)


def test_a_hundred_steps_outwards_cost_few_builds() -> None:
    held, builds = growing()
    for step in range(100):
        held.covering(2000 + step, 2000 + step)
        held.covering(2000 - step, 2000 - step)
    assert len(builds) <= 16  # a doubling each way: 1, 2, 4, ... 128


def test_what_was_handed_out_never_changes() -> None:
    held, _ = growing()
    before = held.covering(2026, 2026)
    held.covering(2000, 2050)
    assert (2026, 2026) == before


@pytest.mark.parametrize(
    ("years", "calendar"), [((1899, 2000), "old"), ((2000, 2101), "new"), ((2101, 2101), "new")]
)
def test_years_beyond_a_calendar_are_refused_by_its_name(
    years: tuple[int, int], calendar: str
) -> None:
    held, builds = growing()
    with pytest.raises(YearsNotCoveredError, match=repr(calendar)) as caught:
        held.covering(*years)
    assert (calendar, 1900, 2100) == (
        caught.value.calendar,
        caught.value.first,
        caught.value.last,
    )
    assert [] == builds


def test_the_first_and_last_covered_year_are_served() -> None:
    held, _ = growing()
    assert (1900, 2100) == held.covering(1900, 2100)


@pytest.mark.parametrize("years", [(2, 2000), (9000, 9998)])
def test_years_python_cannot_count_are_refused(years: tuple[int, int]) -> None:
    held, _ = growing(ENDLESS)
    with pytest.raises(InstantOutOfRangeError, match="years 3 to 9997"):
        held.covering(*years)


def test_a_thousand_years_at_once_are_served_and_one_more_is_refused() -> None:
    held, builds = growing(ENDLESS)
    assert (2000, 1999 + MAX_YEARS) == held.covering(2000, 1999 + MAX_YEARS)
    with pytest.raises(InstantOutOfRangeError, match=r"2000 to 3000, more than 1000 at once"):
        held.covering(2000, 2000 + MAX_YEARS)
    assert 1 == len(builds)


def test_years_too_far_from_the_held_ones_replace_them() -> None:
    held, _ = growing(ENDLESS)
    held.covering(2000, 2001)
    assert (5000, 5001) == held.covering(5000, 5001)
    assert (2000, 2000) == held.covering(2000, 2000)


def test_a_search_that_found_nothing_doubles_its_years() -> None:
    held, _ = growing()
    assert (2026, 2027) == held.beyond(2026, 2026, forward=True)
    assert (2026, 2029) == held.beyond(2026, 2027, forward=True)
    assert (2025, 2026) == held.beyond(2026, 2026, forward=False)
    assert (2023, 2026) == held.beyond(2025, 2026, forward=False)


def test_a_search_stops_growing_where_the_calendars_do() -> None:
    held, _ = growing()
    assert (2060, 2100) == held.beyond(2060, 2099, forward=True)
    assert (1900, 1940) == held.beyond(1901, 1940, forward=False)


def test_a_search_beyond_the_calendars_is_refused() -> None:
    held, _ = growing()
    with pytest.raises(YearsNotCoveredError, match="year 2101 .* 'new'"):
        held.beyond(2060, 2100, forward=True)
    with pytest.raises(YearsNotCoveredError, match="year 1899 .* 'old'"):
        held.beyond(1900, 1940, forward=False)


def test_a_builder_that_fails_leaves_what_was_held() -> None:
    def build(first: int, last: int) -> tuple[int, int]:
        if last > 2030:
            message = "no such year"
            raise RuntimeError(message)
        return first, last

    held = CompiledYears(build, COVERED)
    kept = held.covering(2026, 2026)
    with pytest.raises(RuntimeError, match="no such year"):
        held.covering(2040, 2040)
    assert kept is held.covering(2026, 2026)
