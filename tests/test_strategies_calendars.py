"""The strategies of calendars: all is valid, shrinks as written, and nasty cases are found."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from searches import minimal, some
from support_sla import (
    HolidayCalendar,
    SpecialDay,
)
from support_sla.strategies import (
    holiday_calendars,
)
from support_sla.values.units import DAY

if TYPE_CHECKING:
    from collections.abc import Callable

CALENDARS = holiday_calendars()


@given(holiday_calendars(first_year=2024, last_year=2026))
def test_every_calendar_covers_the_years_asked_for(made: HolidayCalendar) -> None:
    assert (2024, 2026) == made.covered_years
    assert all(2024 <= day.date.year <= 2026 for day in made.days)


@given(holiday_calendars(countries=()))
def test_a_calendar_without_countries_has_only_days_of_its_own(made: HolidayCalendar) -> None:
    assert None is made.country
    assert made == HolidayCalendar.model_validate_json(made.model_dump_json())


@given(holiday_calendars(countries=("US",)))
def test_a_calendar_is_of_the_countries_asked_for(made: HolidayCalendar) -> None:
    assert made.country in (None, "US")


def test_years_that_hold_none_are_refused() -> None:
    with pytest.raises(ValueError, match="years 2027 to 2026 hold no year; swap them"):
        minimal(holiday_calendars(first_year=2027, last_year=2026))


def test_a_source_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="no source 'rumours'; there are country, changes, "):
        minimal(holiday_calendars(sources=["rumours"]))  # type: ignore[list-item]


def test_a_country_that_is_none_is_refused_by_the_calendar() -> None:
    with pytest.raises(ValidationError, match="country 'XX' has no public days"):
        some(holiday_calendars(countries=["XX"]), lambda made: bool(made.country))


def test_one_text_is_no_list_of_countries() -> None:
    with pytest.raises(
        ValueError, match="countries 'VN' are one text, not a list; write \\['VN'\\]"
    ):
        minimal(holiday_calendars(countries="VN"))


@pytest.mark.parametrize("years", [(2026, 2026), (2099, 2100), (9000, 9001), (3, 4)])
@given(data=st.data())
def test_calendars_of_any_years_are_valid(years: tuple[int, int], data: st.DataObject) -> None:
    made = data.draw(holiday_calendars(first_year=years[0], last_year=years[1]))
    assert years == made.covered_years


def test_a_country_whose_days_of_these_years_are_not_known_is_left_out() -> None:
    late = holiday_calendars(first_year=2000, last_year=2001, countries=["XK"])
    assert None is some(late, lambda made: bool(made.recurring)).country


@given(holiday_calendars(sources=()))
def test_a_calendar_without_sources_has_only_days_written_one_by_one(made: HolidayCalendar) -> None:
    assert {"years", "days"} == made.model_fields_set


@pytest.mark.parametrize("countries", [("DE",), ("GB", "JP")])
def test_any_country_may_be_asked_for(countries: tuple[str, ...]) -> None:
    made = some(holiday_calendars(countries=countries), lambda found: bool(found.country))
    assert made.country in countries


def test_years_that_no_festival_is_known_in_have_calendars_without_one() -> None:
    drawn = holiday_calendars(first_year=1990, last_year=1995, sources=["festivals"])
    assert (1990, 1995) == some(drawn, lambda made: len(made.days) == 1).covered_years


def test_a_country_without_days_has_none_removed_or_moved() -> None:
    drawn: list[HolidayCalendar] = []

    def is_enough(made: HolidayCalendar) -> bool:
        drawn.append(made)
        return 20 <= sum(each.country == "BV" for each in drawn)

    some(holiday_calendars(countries=["BV"], sources=["country", "changes"]), is_enough)
    assert not any(made.removed or made.moved for made in drawn)


def test_a_calendar_may_cover_one_year() -> None:
    assert (2026, 2026) == minimal(holiday_calendars(first_year=2026, last_year=2026)).covered_years


def test_a_calendar_shrinks_to_one_without_any_day() -> None:
    assert HolidayCalendar(years=(2020, 2027)) == minimal(holiday_calendars())


def any_day(wanted: Callable[[SpecialDay], object]) -> Callable[[HolidayCalendar], bool]:
    return lambda made: any(wanted(day) for day in made.days)


@pytest.mark.parametrize(
    "wanted",
    [
        pytest.param(lambda made: made.country == "VN", id="a country"),
        pytest.param(lambda made: made.country == "US", id="another country"),
        pytest.param(lambda made: made.swaps, id="swap days"),
        pytest.param(lambda made: made.rest_days == ("Su",), id="a rest day"),
        pytest.param(lambda made: made.rest_days == ("Sa", "Su"), id="two rest days"),
        pytest.param(lambda made: made.country and made.days, id="a country and its own days"),
        pytest.param(lambda made: made.subdivision, id="a part of a country"),
        pytest.param(lambda made: made.categories, id="a category of days"),
        pytest.param(lambda made: not made.observed, id="holidays on weekends as they are"),
        pytest.param(lambda made: made.language, id="a language"),
        pytest.param(lambda made: made.removed and made.moved, id="days removed and moved"),
        pytest.param(lambda made: made.feed and not made.only, id="a feed"),
        pytest.param(lambda made: made.only and made.only.category, id="events of a category"),
        pytest.param(lambda made: made.except_, id="events left out"),
        pytest.param(lambda made: made.union and made.union[0].days, id="a union"),
        pytest.param(lambda made: made.union and made.feed and made.country, id="every source"),
        *[
            pytest.param(
                lambda made, name=name: any(each.name == name for each in made.festivals), id=name
            )
            for name in ("tet", "hung_kings")
        ],
        *[
            pytest.param(
                lambda made, key=key: any(getattr(each, key) for each in made.recurring), id=key
            )
            for key in ("on", "rrule", "closed", "open", "works_as", "label")
        ],
        pytest.param(any_day(lambda day: day.label), id="a day with a label"),
        pytest.param(any_day(lambda day: day.is_whole_day_off), id="a whole day off"),
        pytest.param(any_day(lambda day: day.works_as), id="a day that works as another"),
        pytest.param(any_day(lambda day: day.open), id="a day with hours of its own"),
        pytest.param(any_day(lambda day: day.closed), id="a day closed in part"),
        pytest.param(
            any_day(lambda day: day.closed and day.closed[-1][1] > DAY), id="closed past midnight"
        ),
        pytest.param(
            any_day(lambda day: day.open and day.open[-1][1] > DAY), id="open past midnight"
        ),
        pytest.param(
            any_day(lambda day: day.date.month == 2 == day.date.day // 14),
            id="February",
            marks=pytest.mark.slow,
        ),
    ],
)
def test_every_kind_of_calendar_is_found(wanted: Callable[[HolidayCalendar], bool]) -> None:
    assert wanted(some(CALENDARS, wanted))


def test_two_rest_days_are_written_in_one_order() -> None:
    made = some(CALENDARS, lambda found: len(found.rest_days or ()) == 2)
    assert ("Sa", "Su") == made.rest_days
