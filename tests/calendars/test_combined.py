"""Calendars from several sources: what they say together, where it comes from, and freezing it."""

from __future__ import annotations

import datetime as dt
import json
import pickle
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given

from builders import calendar, day_data, fault
from support_sla import Clock, HolidayCalendar, Schedule, YearsNotCoveredError
from support_sla.strategies import holiday_calendars

OFFICE = Schedule("Mo-Sa 08:00-17:00")


def named(found: HolidayCalendar, year: int = 2026) -> dict[str, list[str]]:
    days: dict[str, list[str]] = {}
    for day in found.special_days(year):
        days.setdefault(str(day.date), []).append(day.name)
    return days


# --- Festivals and recurring days ---


def test_a_companys_tet_break_is_the_eve_to_mung_nam() -> None:
    tet = HolidayCalendar(festivals=[{"name": "tet", "days": [-1, 4]}])
    assert [date(2026, 2, 16) + timedelta(days=n) for n in range(6)] == [
        day.date for day in tet.special_days(2026)
    ]
    assert (1901, 2100) == tet.covered_years


def test_a_festival_outside_its_years_is_refused() -> None:
    found = fault(lambda: HolidayCalendar(festivals=[{"name": "tet"}], years=[2090, 2110]))
    assert "years_not_covered" == found.slug


def test_the_last_friday_of_the_month_closes_at_noon() -> None:
    early = HolidayCalendar(
        years=[2026, 2027],
        recurring=[{"name": "early", "rrule": "FREQ=MONTHLY;BYDAY=-1FR", "closed": "12:00-24:00"}],
    )
    clock = Clock(OFFICE, timezone="UTC", calendars=[early])
    assert [
        ("2026-05-22T12:00:00Z", True),
        ("2026-05-29T11:59:59Z", True),
        ("2026-05-29T12:00:00Z", False),
        ("2026-05-30T12:00:00Z", True),
    ] == [
        (at, clock.is_open(at))
        for at in (
            "2026-05-22T12:00:00Z",
            "2026-05-29T11:59:59Z",
            "2026-05-29T12:00:00Z",
            "2026-05-30T12:00:00Z",
        )
    ]


def test_a_range_over_new_year_closes_both_ends_of_every_year() -> None:
    break_ = HolidayCalendar(years=[2026, 2026], recurring=[{"name": "x", "on": "12-24..01-02"}])
    days = [day.date for day in break_.special_days(2026)]
    assert (date(2026, 1, 1), date(2026, 1, 2), date(2026, 12, 24)) == (days[0], days[1], days[2])
    assert (10, date(2026, 12, 31)) == (len(days), days[-1])


# --- Changes ---


def test_a_moved_day_is_off_on_the_other_date_and_says_why() -> None:
    moved = HolidayCalendar(
        country="VN",
        moved=[{"date": "2026-11-24", "to": "2026-11-23", "source": "memo 7"}],
    )
    assert () == moved.on(date(2026, 11, 24))
    (day,) = moved.on(date(2026, 11, 23))
    assert ("Ngày Văn hóa Việt Nam", "memo 7") == (day.name, day.source)


def test_a_day_moved_into_another_year_is_found_there() -> None:
    moved = HolidayCalendar(country="VN", moved=[{"date": "2026-01-01", "to": "2025-12-31"}])
    assert () == moved.on(date(2026, 1, 1))
    assert "written here" == moved.on(date(2025, 12, 31))[0].source


@pytest.mark.parametrize(
    ("changes", "slug"),
    [
        ({"moved": [{"date": "2026-01-05", "to": "2026-01-06"}]}, "moved_nothing"),
        ({"moved": [{"date": "2100-01-01", "to": "2101-01-02"}]}, "date_not_covered"),
        (
            {"moved": [{"date": "2026-01-01", "to": "2026-01-02"}], "removed": ["2026-01-01"]},
            "date_repeated",
        ),
    ],
)
def test_a_move_that_cannot_be_is_refused(changes: dict[str, Any], slug: str) -> None:
    assert slug == fault(lambda: HolidayCalendar(country="VN", **changes)).slug


def test_a_removed_day_may_come_from_any_source() -> None:
    tet = HolidayCalendar(festivals=[{"name": "tet"}], removed=["2026-02-17"])
    assert () == tet.special_days(2026)


# --- Regions, categories, observed ---


def test_a_subdivision_has_days_of_its_own() -> None:
    bavaria = HolidayCalendar(country="DE", subdivision="BY")
    assert {"2026-01-06"} <= named(bavaria).keys() - named(HolidayCalendar(country="DE")).keys()


def test_without_observed_no_day_is_off_for_one_on_a_weekend() -> None:
    plain = HolidayCalendar(country="US", observed=False)
    extra = named(HolidayCalendar(country="US")).keys() - named(plain).keys()
    assert {"2026-07-03"} == extra


def test_a_category_chooses_other_days() -> None:
    banks = HolidayCalendar(country="US", categories=["unofficial"])
    assert "2026-02-14" in named(banks)


def test_rest_days_choose_among_compensation_days_so_there_must_be_some() -> None:
    found = fault(lambda: HolidayCalendar(country="VN", observed=False, rest_days=["Su"]))
    assert "rest_days_useless" == found.slug


# --- Unions ---


def test_a_union_says_all_that_its_parts_say() -> None:
    both = HolidayCalendar(
        union=[
            HolidayCalendar(country="VN", years=[2020, 2030]),
            calendar(day_data("2026-02-17", closed="08:00-09:00"), years=[2025, 2027]),
        ]
    )
    assert (2025, 2027) == both.covered_years
    assert ["Tết Nguyên Đán", "a day"] == named(both)["2026-02-17"]


def test_parts_of_a_union_that_share_no_year_are_refused() -> None:
    parts = [calendar(day_data("2026-05-05")), calendar(day_data("2027-05-05"), years=[2027, 2027])]
    assert "years_disjoint" == fault(lambda: HolidayCalendar(union=parts)).slug


def test_hours_of_one_part_hold_on_the_holiday_of_another() -> None:
    both = HolidayCalendar(
        union=[
            HolidayCalendar(country="VN"),
            calendar(day_data("2026-02-18", open="10:00-12:00"), years=[2020, 2030]),
        ]
    )
    clock = Clock(OFFICE, timezone="UTC", calendars=[both])
    assert [True, False] == [
        clock.is_open(at) for at in ("2026-02-18T11:00:00Z", "2026-02-18T13:00:00Z")
    ]


# --- Swaps of the Vietnamese state ---


def test_swaps_take_in_what_the_package_lacks_with_its_source() -> None:
    swaps = HolidayCalendar(country="VN", swaps=True)
    (off,), (worked,) = swaps.on(date(2026, 1, 2)), swaps.on(date(2026, 1, 10))
    assert (True, None) == (off.is_whole_day_off, off.works_as)
    assert "Fr" == worked.works_as
    assert off.source == worked.source
    assert "12729/VPCP-KGVX" in (off.source or "")


def test_without_swaps_both_dates_are_ordinary() -> None:
    plain = HolidayCalendar(country="VN")
    assert () == plain.on(date(2026, 1, 2)) == plain.on(date(2026, 1, 10))


# --- Questions ---


def test_questions_about_a_date_a_span_and_the_next_day() -> None:
    found = HolidayCalendar(country="VN", rest_days=["Su"])
    assert "Tết Nguyên Đán" == found.on(date(2026, 2, 17))[0].name
    assert () == found.on(date(2026, 2, 14))
    assert [16, 17, 18] == [
        day.date.day for day in found.between(date(2026, 2, 16), date(2026, 2, 18))
    ]
    after = found.next_after(date(2026, 11, 24))
    assert after is not None
    assert date(2027, 1, 1) == after.date
    assert found.next_after(date(2100, 12, 31)) is None


def test_a_question_beyond_the_years_names_calendar_years_and_the_way_out() -> None:
    with pytest.raises(
        YearsNotCoveredError, match="2101 is past the last covered year 2100 .*'VN'"
    ):
        HolidayCalendar(country="VN").on(date(2101, 1, 1))


def test_sources_name_packages_with_versions_and_what_is_written_here() -> None:
    both = HolidayCalendar(country="VN", festivals=[{"name": "tet"}], days=[day_data("2026-05-05")])
    package, lunar, own = both.sources
    assert package.startswith("python-holidays 0.")
    assert ("written here", f"{package}, lunar calendar") == (own, lunar)


# --- Freezing ---


def test_a_frozen_calendar_needs_no_package_and_says_the_same() -> None:
    live = HolidayCalendar(country="VN", rest_days=["Su"], swaps=True)
    frozen = live.freeze(2020, 2035)
    assert frozen.country is None
    assert (2020, 2035) == frozen.covered_years
    for year in range(2020, 2036):
        assert live.special_days(year) == frozen.special_days(year)
    again = HolidayCalendar.model_validate(json.loads(frozen.model_dump_json()))
    assert frozen == again
    assert frozen == pickle.loads(pickle.dumps(frozen))


def test_freezing_beyond_the_years_is_refused() -> None:
    with pytest.raises(YearsNotCoveredError):
        HolidayCalendar(country="VN").freeze(2099, 2101)


def test_days_of_one_date_are_joined_when_frozen_and_mean_the_same() -> None:
    parts = [
        calendar(day_data(name="one", source="s")),
        calendar(day_data(name="two", source="t"), day_data("2026-05-06", closed="08:00-09:00")),
        calendar(day_data("2026-05-06", closed="08:30-10:00"), day_data(closed="01:00-02:00")),
        calendar(day_data("2026-05-06", open="08:00-16:00"), day_data("2026-05-07", works_as="Sa")),
        calendar(
            day_data("2026-05-07", open="01:00-02:00"), day_data("2026-05-07", closed="10:00-11:00")
        ),
    ]
    live = HolidayCalendar(union=parts)
    frozen = live.freeze(2026, 2026)
    assert ("one; two", "s; t") == (frozen.days[0].name, frozen.days[0].source)
    assert [
        ("2026-05-05", None), ("2026-05-05", ((3600, 7200),)),
        ("2026-05-06", None), ("2026-05-06", ((28800, 30600),)),
        ("2026-05-06", ((30600, 32400),)), ("2026-05-06", ((32400, 36000),)),
        ("2026-05-07", None), ("2026-05-07", ((36000, 39600),)),
    ] == [(str(day.date), day.closed) for day in frozen.days]  # fmt: skip
    clocks = [Clock(OFFICE, timezone="UTC", calendars=[each]) for each in (live, frozen)]
    span = dt.datetime(2026, 5, 4, tzinfo=dt.UTC), dt.datetime(2026, 5, 10, tzinfo=dt.UTC)
    assert clocks[0].periods(*span) == clocks[1].periods(*span)


@given(holiday_calendars(first_year=2024, last_year=2026, countries=("VN",)))
def test_freezing_changes_no_opening_hour(live: HolidayCalendar) -> None:
    frozen = live.freeze(2025, 2025)
    span = dt.datetime(2025, 1, 3, tzinfo=dt.UTC), dt.datetime(2025, 12, 30, tzinfo=dt.UTC)
    nights = Schedule("Mo-Su 20:00-07:00")
    one, two = (Clock(nights, timezone="UTC", calendars=[each]) for each in (live, frozen))
    assert one.periods(*span) == two.periods(*span)


# --- Several days of one date, written here ---


def test_windows_of_one_date_may_stand_apart_but_not_overlap() -> None:
    apart = calendar(day_data(closed="08:00-09:00"), day_data(closed="09:00-10:00"))
    assert 2 == len(apart.on(date(2026, 5, 5)))
    found = fault(lambda: calendar(day_data(closed="08:00-09:01"), day_data(closed="09:00-10:00")))
    assert "closures_overlap" == found.slug


@pytest.mark.parametrize("kind", [{}, {"open": "08:00-09:00"}, {"works_as": "Mo"}])
def test_one_kind_of_day_is_given_once_a_date(kind: dict[str, str]) -> None:
    found = fault(lambda: calendar(day_data(**kind), day_data(name="again", **kind)))
    assert "date_repeated" == found.slug


# --- Threads ---


def test_eight_threads_asking_a_fresh_calendar_get_identical_days() -> None:
    fresh = HolidayCalendar(
        country="VN", rest_days=["Su"], festivals=[{"name": "tet", "days": [-1, 4]}]
    )
    years = [1901 + (37 * step) % 200 for step in range(200)]

    def ask(offset: int) -> list[Any]:
        found = {year: fresh.special_days(year) for year in years[offset:] + years[:offset]}
        return [found[year] for year in range(1901, 2101)]

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(ask, range(0, 200, 25)))
    assert all(answers[0] == other for other in answers)
    alone = HolidayCalendar(
        country="VN", rest_days=["Su"], festivals=[{"name": "tet", "days": [-1, 4]}]
    )
    assert [alone.special_days(year) for year in range(1901, 2101)] == answers[0]


def test_sources_tell_a_feed_by_its_digest_and_name_what_a_union_and_swaps_draw_on() -> None:
    feed = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:20260505\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    both = HolidayCalendar(
        union=[
            HolidayCalendar(country="VN", swaps=True),
            HolidayCalendar(feed=feed, years=[2020, 2030]),
        ]
    )
    package, letters, digest = both.sources
    assert package.startswith("python-holidays ")
    assert "the state's official letters" == letters
    assert digest.startswith("iCalendar feed sha256:")


# --- What is changed is a date, however its closures are written ---

NIGHTS = {"name": "maintenance", "rrule": "FREQ=DAILY", "closed": "22:00-30:00"}
FEED = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY:maintenance\r\n"
    "DTSTART:20251230T220000\r\nDTEND:20251231T060000\r\nRRULE:FREQ=DAILY\r\nEND:VEVENT\r\n"
    "END:VCALENDAR\r\n"
)
WRITTEN: dict[str, dict[str, Any]] = {
    "rule": {"recurring": [NIGHTS]},
    "union": {"union": [{"recurring": [NIGHTS], "years": [2026, 2027]}]},
    "feed": {"feed": FEED, "timezone": "UTC"},
}
OWN = {"date": "2026-05-05", "name": "own", "open": "00:00-08:00"}


@pytest.mark.parametrize("source", WRITTEN)
@pytest.mark.parametrize(
    ("changes", "opened", "closed"),
    [
        ({}, [], ["05-05T01", "05-05T23", "05-06T01"]),
        ({"removed": ["2026-05-05"]}, ["05-05T01", "05-05T23"], ["05-04T23", "05-06T01"]),
        ({"removed": ["2026-05-04"]}, ["05-04T01", "05-04T23"], ["05-05T01", "05-03T23"]),
        ({"days": [OWN]}, ["05-05T01", "05-05T07"], ["05-04T23", "05-06T01"]),
        ({"removed": ["2027-01-01"]}, ["2027-01-01T01"], ["2026-12-31T23", "2027-01-02T01"]),
        ({"removed": ["2026-12-31"]}, ["2026-12-31T23"], ["2027-01-01T01", "2026-12-30T23"]),
    ],
)
def test_a_changed_date_keeps_nothing_of_a_closure_and_its_neighbours_keep_theirs(
    source: str, changes: dict[str, Any], opened: list[str], closed: list[str]
) -> None:
    made = HolidayCalendar.model_validate({**WRITTEN[source], "years": [2026, 2027], **changes})
    clock = Clock(Schedule("24/7"), timezone="UTC", calendars=[made])
    for texts, expected in ((opened, True), (closed, False)):
        for text in texts:
            at = f"{text if len(text) > 8 else f'2026-{text}'}:00Z"
            assert (at, expected) == (at, clock.is_open(at))


@pytest.mark.parametrize("source", WRITTEN)
def test_a_date_that_only_the_evening_before_closes_can_be_removed(source: str) -> None:
    once: dict[str, dict[str, Any]] = {
        "rule": {"recurring": [{"name": "m", "on": "05-04", "closed": "22:00-30:00"}]},
        "feed": {"feed": FEED.replace("RRULE:FREQ=DAILY\r\n", "").replace("20251230", "20260504").replace("20251231", "20260505"), "timezone": "UTC"},
    }  # fmt: skip
    once["union"] = {"union": [{**once["rule"], "years": [2026, 2026]}]}
    made = HolidayCalendar.model_validate(
        {**once[source], "years": [2026, 2026], "removed": ["2026-05-05"]}
    )
    assert [(dt.date(2026, 5, 4), ((79_200, 86_400),))] == [
        (day.date, day.closure) for day in made.special_days(2026)
    ]


@pytest.mark.parametrize("digits", [30, 5_000])
def test_a_year_of_many_digits_is_refused_as_any_other(digits: int) -> None:
    made = HolidayCalendar(country="VN")
    for ask in (made.special_days, made.make_up_days, lambda year: made.freeze(year, year)):
        with pytest.raises(YearsNotCoveredError) as caught:
            ask(10**digits)
        assert len(str(caught.value)) < 600
