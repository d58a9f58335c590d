"""What the hours of a date are: the week, replaced or cut by special days."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from builders import DAY, HOUR, calendar, day_data, every, week
from support_sla import HolidayCalendar, InstantOutOfRangeError, YearsNotCoveredError
from support_sla.calendars.coverage import Coverage
from support_sla.calendars.opening_hours import OpeningHours, special_days
from support_sla.values.dates import date_of, day_number, weekday_of

MONDAY = day_number(dt.date(2026, 5, 4))
TUESDAY = MONDAY + 1


def hours_of(
    text: str, *special: tuple[str, dict[str, Any]], first: int = MONDAY, last: int = TUESDAY
) -> list[tuple[float, float]]:
    """Return the open hours from Monday 4 May 2026 on, counted from its midnight.

    Each special day is given by a calendar of its own.
    """
    calendars = tuple(
        (f"calendar {at}", calendar(day_data(date, **changes), years=[2025, 2027]))
        for at, (date, changes) in enumerate(special)
    )
    found = special_days(calendars, (2026,), known_from=2025)
    spans = OpeningHours(week(text)).open_spans(found, first, last)
    return [((start - MONDAY * DAY) / HOUR, (end - MONDAY * DAY) / HOUR) for start, end in spans]


@pytest.mark.parametrize(
    ("date", "number", "weekday"),
    [
        ("1969-12-31", -1, 2),
        ("1970-01-01", 0, 3),
        ("1970-01-02", 1, 4),
        ("2026-05-04", 20577, 0),
        ("0001-01-01", -719162, 0),
        ("9999-12-31", 2932896, 4),
    ],
)
def test_days_are_numbered_from_1970(date: str, number: int, weekday: int) -> None:
    day = dt.date.fromisoformat(date)
    assert (number, weekday) == (day_number(day), weekday_of(number))
    assert day == date_of(number)


def test_a_plain_week_opens_on_its_days() -> None:
    assert [(8, 17), (34, 36)] == hours_of("Mo 08:00-17:00; Tu 10:00-12:00")


def test_touching_hours_of_two_dates_are_one_span() -> None:
    assert [(0, 48)] == hours_of("24/7")


def test_a_night_shift_belongs_to_the_date_it_starts_on() -> None:
    assert [(22, 30), (46, 54)] == hours_of("22:00-06:00")
    assert [(46, 54)] == hours_of("22:00-06:00", first=TUESDAY)


def test_a_holiday_closes_its_whole_date() -> None:
    assert [(8, 17)] == hours_of("08:00-17:00", ("2026-05-05", {}))


@pytest.mark.parametrize(
    ("holiday", "expected"),
    [
        pytest.param("2026-05-03", [(22, 30), (46, 54)], id="the day before"),
        pytest.param("2026-05-04", [(24, 30), (46, 54)], id="the first day"),
        pytest.param("2026-05-05", [(22, 24), (48, 54)], id="the second day"),
        pytest.param("2026-05-06", [(22, 30), (46, 48)], id="the day after"),
        pytest.param("2026-05-07", [(22, 30), (46, 54)], id="two days after"),
    ],
)
def test_a_holiday_also_cuts_the_night_shift_that_began_before(
    holiday: str, expected: list[tuple[int, int]]
) -> None:
    assert expected == hours_of("22:00-06:00", (holiday, {}))


def test_a_range_over_two_dates_is_cut_by_a_holiday_on_either() -> None:
    assert [(20, 48)] == hours_of("Mo 20:00-48:00")
    assert [(20, 24)] == hours_of("Mo 20:00-48:00", ("2026-05-05", {}))
    assert [(24, 48)] == hours_of("Mo 20:00-48:00", ("2026-05-04", {}))


def test_a_partial_closure_cuts_its_window_alone() -> None:
    closed = ("2026-05-04", {"closed": "12:00-13:00"})
    assert [(8, 12), (13, 17), (32, 41)] == hours_of("08:00-17:00", closed)


def test_a_partial_closure_that_runs_past_midnight_cuts_the_next_date() -> None:
    closed = ("2026-05-03", {"closed": "20:00-34:00"})
    assert [(10, 17), (32, 41)] == hours_of("08:00-17:00", closed)


def test_own_hours_replace_the_ranges_that_start_on_their_date() -> None:
    assert [(10, 11), (32, 41)] == hours_of("08:00-17:00", ("2026-05-04", {"open": "10:00-11:00"}))


def test_own_hours_leave_the_night_shift_that_began_before() -> None:
    own = ("2026-05-05", {"open": "10:00-11:00"})
    assert [(22, 30), (34, 35)] == hours_of("22:00-06:00", own)


def test_own_hours_open_a_date_the_week_closes() -> None:
    assert [(10, 11)] == hours_of("off", ("2026-05-04", {"open": "10:00-11:00"}))


def test_own_hours_may_run_into_hours_of_the_week() -> None:
    assert [(20, 41)] == hours_of("Tu 08:00-17:00", ("2026-05-04", {"open": "20:00-34:00"}))


def test_a_date_that_works_as_another_weekday_has_its_hours() -> None:
    works = ("2026-05-05", {"works_as": "Mo"})
    assert [(8, 17), (32, 41)] == hours_of("Mo 08:00-17:00", works)


def test_a_date_that_works_as_a_closed_weekday_is_closed() -> None:
    works = ("2026-05-05", {"works_as": "Su"})
    assert [(8, 17)] == hours_of("Mo-Sa 08:00-17:00", works)


@pytest.mark.parametrize(
    "given", [{"open": "08:00-17:00"}, {"works_as": "Mo"}], ids=["open", "works_as"]
)
def test_a_whole_day_holiday_does_not_cut_the_hours_a_date_was_given(given: dict[str, Any]) -> None:
    special = [("2026-05-04", {}), ("2026-05-04", given)]
    assert [(8, 17)] == hours_of("Mo 08:00-17:00", *special)
    assert [(8, 17)] == hours_of("Mo 08:00-17:00", *reversed(special))


def test_a_whole_day_holiday_cuts_the_night_shift_but_not_given_hours() -> None:
    special = [("2026-05-05", {}), ("2026-05-05", {"open": "05:00-07:00"})]
    assert [(22, 24), (29, 31)] == hours_of("Mo 22:00-06:00", *special)


def test_a_partial_closure_cuts_the_hours_a_date_was_given() -> None:
    special = [("2026-05-04", {"open": "08:00-17:00"}), ("2026-05-04", {"closed": "12:00-13:00"})]
    assert [(8, 12), (13, 17)] == hours_of("off", *special)


def test_the_first_calendar_that_gives_hours_decides_them() -> None:
    special = [("2026-05-04", {"open": "08:00-09:00"}), ("2026-05-04", {"open": "10:00-11:00"})]
    assert [(8, 9)] == hours_of("off", *special)
    assert [(10, 11)] == hours_of("off", *reversed(special))


def test_special_days_come_by_day_number_in_the_order_of_their_calendars() -> None:
    first = calendar(day_data("2026-05-05", name="one"))
    second = calendar(day_data("2026-05-05", name="two"), day_data("2026-05-04", name="three"))
    found = special_days((("a", first), ("b", second)), (2026,), known_from=2026)
    named = {
        number: [(said.calendar, said.day.name) for said in days] for number, days in found.items()
    }
    assert {MONDAY: [("b", "three")], TUESDAY: [("a", "one"), ("b", "two")]} == named


def test_special_days_are_those_of_the_years_asked() -> None:
    both = calendar(day_data("2026-05-05"), day_data("2027-05-05"), years=[2026, 2027])
    found = [special_days((("a", both),), y, known_from=2026) for y in ((2027,), (2026, 2027))]
    assert [1, 2] == [*map(len, found)]


def test_no_calendar_covers_all_years_that_can_be_served() -> None:
    assert Coverage(3, 9997, None, None) == Coverage.of(())


def test_calendars_cover_the_years_they_share() -> None:
    early, late = calendar(years=[2020, 2026]), calendar(years=[2024, 2030])
    assert Coverage(2024, 2026, "late", "early") == Coverage.of((("early", early), ("late", late)))


@pytest.mark.parametrize(
    ("year", "named"),
    [(2023, "'late'"), (2024, None), (2025, None), (2026, None), (2027, "'early'")],
)
def test_a_year_outside_names_the_calendar_that_ends_it(year: int, named: str | None) -> None:
    coverage = Coverage(2024, 2026, "late", "early")
    if named is None:
        coverage.check(year)
        assert coverage.first <= year <= coverage.last
    else:
        with pytest.raises(YearsNotCoveredError, match=f"{year}.*{named}"):
            coverage.check(year)


@pytest.mark.parametrize("year", [2, 9998])
def test_a_year_outside_python_s_own_names_the_years_that_can_be_served(year: int) -> None:
    with pytest.raises(InstantOutOfRangeError, match="3 to 9997"):
        Coverage.of(()).check(year)


@pytest.mark.parametrize(("text", "expected"), [("off", False), ("Mo 08:00-08:01", True)])
def test_without_calendars_any_hours_open(text: str, expected: bool) -> None:
    assert expected is OpeningHours(week(text)).can_ever_open()


def ever(text: str, *calendars: HolidayCalendar) -> bool:
    named = tuple((f"c{at}", each) for at, each in enumerate(calendars))
    return OpeningHours(week(text), named).can_ever_open()


def test_a_week_of_sundays_never_opens_when_every_sunday_is_closed() -> None:
    sundays = every(6, 2026, 2027)
    assert not ever("Su 08:00-12:00", calendar(*sundays, years=[2026, 2027]))
    assert ever("Su 08:00-12:00", calendar(*sundays[:-1], years=[2026, 2027]))
    assert ever("Su 08:00-12:00", calendar(*sundays[1:], years=[2026, 2027]))


def test_a_night_shift_over_new_year_never_opens_when_both_its_dates_are_closed() -> None:
    weekends = [*every(5, 2022, 2023), *every(6, 2022, 2023)]
    assert not ever("Sa 22:00-06:00", calendar(*weekends, years=[2022, 2023]))


def test_partial_closures_that_cover_the_hours_close_for_ever() -> None:
    sundays = [{**day, "closed": "08:00-12:00"} for day in every(6, 2026, 2026)]
    assert not ever("Su 08:00-12:00", calendar(*sundays))
    assert ever("Su 08:00-12:01", calendar(*sundays))


def test_one_special_opening_is_enough() -> None:
    assert ever("off", calendar(day_data(open="08:00-09:00")))
    assert not ever("off", calendar(day_data(works_as="Mo")))


def test_a_special_opening_outside_the_shared_years_is_not_enough() -> None:
    opening = calendar(day_data("2026-05-05", open="08:00-09:00"), years=[2026, 2027])
    assert ever("off", opening)
    assert not ever("off", opening, calendar(years=[2027, 2027]))
