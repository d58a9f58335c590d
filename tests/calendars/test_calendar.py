"""`HolidayCalendar` and `SpecialDay`: what they refuse, which days they give, which years they know."""

from __future__ import annotations

import datetime as dt
import pickle
from typing import Any

import pytest

from builders import (
    DAY,
    HOUR,
    calendar,
    calendar_data,
    day_data,
    fault,
    faults,
    special_day,
    week,
)
from support_sla import HolidayCalendar, SpecialDay, YearsNotCoveredError
from support_sla.calendars.sources.country import Country, source
from support_sla.calendars.sources.country import covered_years as country_years


def vietnam(**changes: Any) -> HolidayCalendar:
    return HolidayCalendar(country="VN", **changes)


def by_date(found: HolidayCalendar, year: int) -> dict[str, SpecialDay]:
    return {str(day.date): day for day in found.special_days(year)}


# --- one special day ---


@pytest.mark.parametrize(
    ("changes", "closure", "whole", "hours"),
    [
        pytest.param({}, ((0, DAY),), True, None, id="closed all day"),
        pytest.param({"closed": "00:00-24:00"}, ((0, DAY),), True, None, id="closed from 0 to 24"),
        pytest.param(
            {"closed": "12:00-24:00"}, ((12 * HOUR, DAY),), False, None, id="closed in part"
        ),
        pytest.param(
            {"closed": "00:00-25:00"}, ((0, 25 * HOUR),), False, None, id="closed for longer"
        ),
        pytest.param({"open": "08:00-09:00"}, (), False, ((8 * HOUR, 9 * HOUR),), id="own hours"),
        pytest.param(
            {"works_as": "Mo"}, (), False, ((10 * HOUR, 11 * HOUR),), id="works as Monday"
        ),
        pytest.param({"works_as": "Su"}, (), False, (), id="works as a closed Sunday"),
    ],
)
def test_a_special_day_is_closed_or_has_its_own_hours(
    changes: dict[str, Any], closure: Any, whole: bool, hours: Any
) -> None:
    day = special_day(**changes)
    assert closure == day.closure
    assert whole is day.is_whole_day_off
    assert hours == day.hours(week("Mo 10:00-11:00"))


def test_a_date_may_be_a_python_date() -> None:
    assert special_day("2026-02-17") == SpecialDay(date=dt.date(2026, 2, 17), name="a day")


@pytest.mark.parametrize(
    ("value", "slug"),
    [
        ("2026-02-28", None),
        ("2026-02-29", "date_not_real"),
        ("2028-02-29", None),
        ("2026-13-01", "date_not_real"),
        ("2026-00-10", "date_not_real"),
        ("2026-04-31", "date_not_real"),
        ("0000-01-01", "date_not_real"),
        ("2026-2-9", "date_invalid"),
        ("20260209", "date_invalid"),
        ("09/02/2026", "date_invalid"),
        ("2026-W07-1", "date_invalid"),
        ("2026-02-09T00:00:00", "date_invalid"),
        ("2026-02-09\n", "date_invalid"),
        ("\u0662\u0660\u0662\u0666-02-09", "date_invalid"),
        ("", "date_invalid"),
        (20260209, "date_invalid"),
        (None, "date_invalid"),
        (dt.datetime(2026, 2, 9), "date_invalid"),
    ],
    ids=repr,
)
def test_a_date_that_does_not_exist_is_refused_with_its_value(value: Any, slug: str | None) -> None:
    if slug is None:
        assert dt.date.fromisoformat(value) == special_day(value).date
    else:
        found = fault(lambda: special_day(value))
        assert (slug, ("date",)) == (found.slug, found.place)
        assert repr(value) in found.message


@pytest.mark.parametrize(
    ("changes", "slug", "place", "shown"),
    [
        ({"name": ""}, "name_empty", ("name",), "''"),
        ({"name": "  "}, "name_empty", ("name",), "'  '"),
        ({"name": 3}, "string_type", ("name",), "3"),
        ({"closed": "off"}, "hours_empty", (), "closed"),
        ({"open": "off"}, "hours_empty", (), "open"),
        ({"open": ""}, "notation_invalid", ("open",), "2026-05-05"),
        ({"open": ["08:00-09:00"]}, "notation_invalid", ("open",), "['08:00-09:00']"),
        ({"open": 3}, "notation_invalid", ("open",), "hours 3"),
        ({"open": "09:00-09:00"}, "hours_empty", ("open",), "09:00-09:00"),
        ({"open": "24:00-25:00"}, "hours_start_late", ("open",), "2026-05-05"),
        ({"open": "08:61-09:00"}, "clock_time_invalid", ("open",), "'08:61'"),
        ({"closed": "08:00-10:00,09:00-11:00"}, "hours_overlap", ("closed",), "09:00-11:00"),
        ({"works_as": "Monday"}, "weekday_unknown", ("works_as",), "'Monday'"),
        ({"works_as": 0}, "weekday_unknown", ("works_as",), "0"),
        ({"works_as": []}, "weekday_unknown", ("works_as",), "[]"),
        (
            {"closed": "12:00-24:00", "open": "08:00-09:00"},
            "special_day_ambiguous",
            (),
            "closed and open",
        ),
        (
            {"open": "08:00-09:00", "works_as": "Mo"},
            "special_day_ambiguous",
            (),
            "open and works_as",
        ),
        ({"opne": "08:00-09:00"}, "key_unknown", ("opne",), "did you mean 'open'?"),
        ({"source": 3}, "string_type", ("source",), "3"),
    ],
    ids=str,
)
def test_a_special_day_that_breaks_a_rule_is_refused_by_its_slug(
    changes: dict[str, Any], slug: str, place: tuple[str, ...], shown: str
) -> None:
    found = fault(lambda: special_day(**changes))
    assert (slug, place) == (found.slug, found.place)
    assert shown in found.message


def test_three_ways_to_say_one_day_are_all_named() -> None:
    changes = {"closed": "12:00-24:00", "open": "08:00-09:00", "works_as": "Mo"}
    assert "closed and open and works_as" in fault(lambda: special_day(**changes)).message


def test_hours_of_a_date_that_could_not_be_read_are_still_checked() -> None:
    found = faults(lambda: special_day("2026-02-30", open="nine to five"))
    assert ["date_not_real", "notation_invalid"] == [each.slug for each in found]


@pytest.mark.parametrize(
    "ranges",
    [((0, 2 * DAY + 1),), ((-1, HOUR),), (("08:00", "09:00"),), ("08:00-09:00",), ((0.5, 2.5),)],
    ids=str,
)
def test_seconds_that_no_notation_can_write_are_refused_by_our_slug(ranges: Any) -> None:
    found = fault(lambda: special_day(open=ranges))
    assert found.slug in ("notation_invalid", "clock_time_invalid")


def test_hours_dump_as_notation() -> None:
    day = special_day(closed="12:00-13:00,14:00-24:00")
    assert "12:00-13:00,14:00-24:00" == day.model_dump()["closed"]


# --- a calendar ---


@pytest.mark.parametrize(
    ("changes", "slug", "place", "shown"),
    [
        ({}, "calendar_empty", (), "no country, no days and no years"),
        ({"days": []}, "calendar_empty", (), "no country, no days and no years"),
        ({"countri": "VN"}, "key_unknown", ("countri",), "did you mean 'country'?"),
        ({"country": 3}, "string_type", ("country",), "3"),
        ({"country": "XX"}, "country_unknown", ("country",), "'XX'"),
        (
            {"country": "VN", "language": "en"},
            "language_unknown",
            ("language",),
            "'en_US', 'th', 'vi'",
        ),
        ({"country": "DE", "rest_days": ["Su"]}, "rest_days_useless", ("rest_days",), "DE"),
        ({"country": "VN", "rest_days": ["Sun"]}, "weekday_unknown", ("rest_days", 0), "'Sun'"),
        ({"country": "VN", "rest_days": "Su"}, "list_expected", ("rest_days",), "'Su'"),
        ({"country": "VN", "swaps": 1}, "bool_type", ("swaps",), "1 is neither"),
        ({"country": "VN", "swaps": "true"}, "bool_type", ("swaps",), "'true'"),
        (
            {"years": [2026, 2026], "language": "vi"},
            "country_missing",
            ("language",),
            "language = 'vi'",
        ),
        (
            {"years": [2026, 2026], "rest_days": ["Su"]},
            "country_missing",
            ("rest_days",),
            "rest_days = ('Su',)",
        ),
        (
            {"years": [2026, 2026], "rest_days": []},
            "country_missing",
            ("rest_days",),
            "rest_days = ()",
        ),
        ({"years": [2026, 2026], "swaps": True}, "country_missing", ("swaps",), "swaps = True"),
        ({"years": "2026"}, "years_invalid", ("years",), "'2026'"),
        ({"years": [2026]}, "years_invalid", ("years",), "[first, last]"),
        ({"years": 2026}, "years_invalid", ("years",), "e.g. [2026, 2026]"),
        ({"years": [2026.5, 2027]}, "int_type", ("years", 0), "2026.5"),
        ({"days": {"2026-05-05": "x"}}, "list_expected", ("days",), "2026-05-05"),
        ({"days": [{"date": "2026-05-05"}]}, "key_missing", ("days", 0, "name"), "'name'"),
        ({"days": [day_data(), day_data()]}, "date_repeated", ("days",), "2026-05-05"),
        (
            {"country": "VN", "removed": ["2026-01-02"]},
            "removed_nothing",
            ("removed",),
            "2026-01-02",
        ),
        (
            {"years": [2026, 2026], "removed": ["2026-01-01"]},
            "removed_nothing",
            ("removed",),
            "2026-01-01",
        ),
        (
            {"country": "VN", "removed": ["2026-01-01"], "days": [day_data("2026-01-01")]},
            "date_repeated",
            ("removed",),
            "2026-01-01",
        ),
        (
            {"country": "VN", "removed": ["2026-02-30"]},
            "date_not_real",
            ("removed", 0),
            "2026-02-30",
        ),
        (
            {"country": "VN", "years": [2026, 2027], "removed": ["2028-01-01"]},
            "date_not_covered",
            ("removed",),
            "2026 to 2027",
        ),
    ],
    ids=str,
)
def test_a_calendar_that_breaks_a_rule_is_refused_by_its_slug(
    changes: dict[str, Any], slug: str, place: tuple[Any, ...], shown: str
) -> None:
    found = fault(lambda: HolidayCalendar(**changes))
    assert (slug, place) == (found.slug, found.place)
    assert shown in found.message


@pytest.mark.parametrize(
    ("years", "slug"),
    [
        ([2, 2026], "years_invalid"),
        ([3, 2026], None),
        ([4, 2026], None),
        ([2026, 9996], None),
        ([2026, 9997], None),
        ([2026, 9998], "years_invalid"),
        ([2026, 2025], "years_invalid"),
        ([2026, 2026], None),
    ],
    ids=str,
)
def test_the_years_of_a_calendar_are_a_span_inside_python_s(
    years: list[int], slug: str | None
) -> None:
    if slug is None:
        assert tuple(years) == HolidayCalendar(years=years).covered_years
    else:
        found = fault(lambda: HolidayCalendar(years=years))
        assert (slug, True) == (found.slug, str(years) in found.message)


@pytest.mark.parametrize(
    ("first", "last", "slug"),
    [
        (-1, 0, "years_not_covered"),
        (0, 0, None),
        (1, -1, None),
        (0, 1, "years_not_covered"),
    ],
    ids=["a year early", "exactly", "inside", "a year late"],
)
def test_the_years_of_a_country_stay_inside_its_data(
    first: int, last: int, slug: str | None
) -> None:
    known = country_years(Country("VN"))
    years = (known[0] + first, known[1] + last)
    if slug is None:
        assert years == vietnam(years=years).covered_years
    else:
        found = fault(lambda: vietnam(years=years))
        assert (slug, True) == (found.slug, str(list(years)) in found.message)


@pytest.mark.parametrize(
    ("date", "slug"),
    [
        ("2025-12-31", "date_not_covered"),
        ("2026-01-01", None),
        ("2026-12-31", None),
        ("2027-01-01", "date_not_covered"),
    ],
)
def test_a_day_lies_inside_the_calendar_s_years(date: str, slug: str | None) -> None:
    if slug is None:
        assert [date] == list(by_date(calendar(day_data(date)), 2026))
    else:
        found = fault(lambda: calendar(day_data(date)))
        assert (slug, True) == (found.slug, date in found.message)


def test_the_years_of_plain_days_are_those_of_the_first_and_last() -> None:
    days = [day_data("2027-05-05"), day_data("2024-05-05"), day_data("2026-05-05")]
    assert (2024, 2027) == HolidayCalendar(days=days).covered_years


def test_the_years_of_a_country_are_those_of_its_data() -> None:
    assert country_years(Country("VN")) == vietnam().covered_years


@pytest.mark.parametrize(
    ("year", "reason"),
    [(2023, "before the first"), (2024, None), (2025, None), (2026, None), (2027, "past the last")],
)
def test_a_year_outside_is_an_error_and_never_a_no(year: int, reason: str | None) -> None:
    own = calendar(day_data("2024-05-05"), years=[2024, 2026])
    if reason is None:
        assert (1 if year == 2024 else 0) == len(own.special_days(year))
    else:
        with pytest.raises(YearsNotCoveredError, match=reason) as caught:
            own.special_days(year)
        assert (2024, 2026) == (caught.value.first, caught.value.last)


def test_a_year_outside_a_country_s_data_names_the_country() -> None:
    with pytest.raises(YearsNotCoveredError) as caught:
        vietnam().special_days(country_years(Country("VN"))[1] + 1)
    assert "VN" == caught.value.calendar


def test_a_covered_year_without_days_is_empty() -> None:
    assert () == calendar(day_data("2024-05-05"), years=[2024, 2026]).special_days(2025)
    assert () == HolidayCalendar(years=[2026, 2026]).special_days(2026)


def test_special_days_come_by_date() -> None:
    own = calendar(day_data("2026-05-05"), day_data("2026-01-02"), day_data("2026-12-31"))
    assert ["2026-01-02", "2026-05-05", "2026-12-31"] == list(by_date(own, 2026))


def test_a_country_s_day_carries_its_source() -> None:
    day = by_date(vietnam(), 2026)["2026-01-01"]
    assert ("Tết Dương lịch", source(), True) == (day.name, day.source, day.is_whole_day_off)


def test_a_removed_day_is_ordinary_again() -> None:
    with_it, without = by_date(vietnam(), 2026), by_date(vietnam(removed=["2026-01-01"]), 2026)
    assert {"2026-01-01"} == with_it.keys() - without.keys()
    assert "2027-01-01" in by_date(vietnam(removed=["2026-01-01"]), 2027)


def test_an_own_day_takes_the_place_of_the_country_s() -> None:
    own = vietnam(days=[day_data("2026-01-01", name="stocktaking", closed="12:00-24:00")])
    day = by_date(own, 2026)["2026-01-01"]
    assert ("stocktaking", ((12 * HOUR, DAY),)) == (day.name, day.closure)
    assert by_date(vietnam(), 2026).keys() == by_date(own, 2026).keys()


def test_own_days_stand_beside_the_country_s() -> None:
    own = vietnam(days=[day_data("2026-12-24")])
    assert {"2026-12-24"} == by_date(own, 2026).keys() - by_date(vietnam(), 2026).keys()
    assert by_date(vietnam(), 2027) == by_date(own, 2027)


def test_narrower_years_change_no_day_of_a_country() -> None:
    assert vietnam().special_days(2026) == vietnam(years=[2026, 2026]).special_days(2026)


@pytest.mark.parametrize(
    ("rest_days", "expected"),
    [
        ([], set()),
        (["Su"], {"2033-05-02"}),
        (["Sa", "Su"], {"2033-01-03", "2033-04-11", "2033-05-02", "2033-05-03"}),
        (None, {"2033-01-03", "2033-04-11", "2033-05-02", "2033-05-03"}),
    ],
    ids=["none", "Sundays", "weekends", "the country's"],
)
def test_rest_days_choose_the_compensation_days(
    rest_days: list[str] | None, expected: set[str]
) -> None:
    none = by_date(vietnam(rest_days=[]), 2033).keys()
    assert expected == by_date(vietnam(rest_days=rest_days), 2033).keys() - none


def test_a_swap_works_as_the_weekday_it_gave_away() -> None:
    days = by_date(vietnam(swaps=True), 2026)
    assert days["2026-08-31"].is_whole_day_off
    assert "Mo" == days["2026-08-22"].works_as
    assert "Fr" == days["2026-01-10"].works_as
    swapped = {"2026-01-02", "2026-01-10", "2026-08-22", "2026-08-31"}
    assert swapped == days.keys() - by_date(vietnam(), 2026).keys()


def test_the_language_names_the_days_and_changes_none() -> None:
    english, own = vietnam(language="en_US"), vietnam()
    assert by_date(english, 2026).keys() == by_date(own, 2026).keys()
    assert "New Year's Day" == by_date(english, 2026)["2026-01-01"].name


def test_a_calendar_dumps_what_was_written() -> None:
    written = {
        "country": "VN",
        "rest_days": ["Su"],
        "swaps": True,
        "years": [2026, 2027],
        "days": [day_data("2026-12-31", closed="12:00-24:00")],
        "removed": ["2026-01-01"],
    }
    assert written == HolidayCalendar(**written).model_dump(mode="json")


def test_calendars_compare_by_what_was_written_and_not_by_their_days() -> None:
    assert vietnam() == vietnam()
    assert vietnam() != vietnam(years=[2000, 2030])
    assert vietnam() != vietnam(language="vi")


def test_a_calendar_that_has_been_read_is_still_equal_and_pickles() -> None:
    fresh, read = vietnam(rest_days=["Su"]), vietnam(rest_days=["Su"])
    read.special_days(2026)
    assert (fresh, hash(fresh)) == (read, hash(read))
    assert fresh == pickle.loads(pickle.dumps(read))
    assert fresh.model_dump() == read.model_dump()


def test_the_data_of_a_calendar_makes_it() -> None:
    assert calendar(day_data()) == HolidayCalendar.model_validate(calendar_data(day_data()))
