"""Hours that change with the season, and hours that are kept on a calendar's holidays.

Each date's hours are what a line's clock shows from its midnight to the next. 2026-07-01 is a
Wednesday.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from builders import calendar_data, day_data, policy, when
from support_sla import Clock, Policy, compute_deadline

OFFICE = "Mo-Su 09:00-17:00"
SUMMER = "Mo-Su 08:00-14:00"
NIGHTS = "Mo-Su 22:00-06:00"
IN_SUMMER = {"from": "07-01", "to": "08-31", "schedule": "summer"}


def desk(
    *seasons: dict[str, Any],
    calendars: dict[str, list[dict[str, Any]]] | None = None,
    rules: list[dict[str, Any]] | None = None,
    on_holidays: dict[str, str] | None = None,
    **schedules: str,
) -> Policy:
    """Return a desk with these seasons; it observes the calendars, in their order."""
    known = calendars or {}
    hours: dict[str, Any] = {"schedule": "office", "observes": [*known], "seasons": list(seasons)}
    if on_holidays:
        hours["on_holidays"] = on_holidays
    made = {
        "timezone": "UTC",
        "schedules": {"office": OFFICE, "summer": SUMMER, **schedules},
        "calendars": {
            name: calendar_data(*days, years=[2024, 2028]) for name, days in known.items()
        },
    }
    days = {"within": "1 business day", "by": "close"}
    return policy(channel={"hours": hours, "first_response": rules or [days]}, **made)


def open_on(made: Policy, date: str) -> str:
    """Return the hours of a local date, from its midnight to the next; 'off' if there are none."""
    midnight = datetime.fromisoformat(f"{date}T00:00:00+00:00")
    following = midnight + timedelta(days=1)
    periods = Clock.of(made, department="desk").periods(midnight, following)
    shown = [f"{a:%H:%M}-{'24:00' if b == following else f'{b:%H:%M}'}" for a, b in periods]
    return ",".join(shown) or "off"


def around(made: Policy, first: str, last: str) -> list[str]:
    """Return the hours on the eve, the first and the last date of a span, and the date after."""
    one, two = (datetime.fromisoformat(date) for date in (first, last))
    dates = one - timedelta(days=1), one, two, two + timedelta(days=1)
    return [open_on(made, str(date.date())) for date in dates]


# --- Seasons ---


@pytest.mark.parametrize("year", [2025, 2026, 2027])
def test_a_season_holds_from_its_first_to_its_last_date_each_year(year: int) -> None:
    assert ["09:00-17:00", "08:00-14:00", "08:00-14:00", "09:00-17:00"] == around(
        desk(IN_SUMMER), f"{year}-07-01", f"{year}-08-31"
    )


@pytest.mark.parametrize("year", [2025, 2026])
def test_a_season_may_cross_new_year(year: int) -> None:
    made = desk({"from": "12-20", "to": "01-06", "schedule": "summer"})
    assert ["09:00-17:00", "08:00-14:00", "08:00-14:00", "09:00-17:00"] == around(
        made, f"{year}-12-20", f"{year + 1}-01-06"
    )
    assert ["08:00-14:00", "08:00-14:00"] == [
        open_on(made, date) for date in (f"{year}-12-31", f"{year + 1}-01-01")
    ]


def test_a_season_from_a_leap_day_on_begins_the_day_after_in_other_years() -> None:
    made = desk({"from": "02-29", "to": "03-01", "schedule": "summer"})
    expected = ["09:00-17:00", "08:00-14:00", "08:00-14:00", "09:00-17:00"]
    assert expected == around(made, "2024-02-29", "2024-03-01")
    assert expected == around(made, "2026-03-01", "2026-03-01")


def test_a_season_up_to_a_leap_day_ends_the_day_before_in_other_years() -> None:
    made = desk({"from": "02-28", "to": "02-29", "schedule": "summer"})
    expected = ["09:00-17:00", "08:00-14:00", "08:00-14:00", "09:00-17:00"]
    assert expected == around(made, "2024-02-28", "2024-02-29")
    assert expected == around(made, "2026-02-28", "2026-02-28")


def test_a_season_of_one_date_holds_on_it_alone() -> None:
    made = desk({"from": "07-01", "to": "07-01", "schedule": "summer"})
    assert ["09:00-17:00", "08:00-14:00", "08:00-14:00", "09:00-17:00"] == around(
        made, "2026-07-01", "2026-07-01"
    )


@pytest.mark.parametrize("once_first", [True, False])
def test_full_dates_hold_once_and_against_a_season_of_each_year(once_first: bool) -> None:
    once = {"from": "2026-07-10", "to": "2026-07-12", "schedule": "short"}
    seasons = (once, IN_SUMMER) if once_first else (IN_SUMMER, once)
    made = desk(*seasons, short="Mo-Su 10:00-11:00")
    assert ["08:00-14:00", "10:00-11:00", "10:00-11:00", "08:00-14:00"] == around(
        made, "2026-07-10", "2026-07-12"
    )
    assert ["08:00-14:00"] * 4 == around(made, "2027-07-10", "2027-07-12")


def test_a_season_without_hours_on_a_weekday_closes_it() -> None:
    made = desk({**IN_SUMMER, "schedule": "short"}, short="Mo-Th 10:00-11:00")
    assert ["10:00-11:00", "off", "off", "off"] == [
        open_on(made, f"2026-07-0{day}") for day in (2, 3, 4, 5)
    ]


def test_two_seasons_may_touch() -> None:
    early = {"from": "06-01", "to": "06-30", "schedule": "short"}
    made = desk(early, IN_SUMMER, short="Mo-Su 10:00-11:00")
    assert ["10:00-11:00", "08:00-14:00"] == [
        open_on(made, date) for date in ("2026-06-30", "2026-07-01")
    ]


def test_a_night_range_belongs_to_the_season_of_the_date_it_starts_on() -> None:
    made = desk(IN_SUMMER, office=NIGHTS)
    assert [
        "00:00-06:00,22:00-24:00",
        "00:00-06:00,08:00-14:00",  # the night of 30 June goes on
        "08:00-14:00",
        "22:00-24:00",  # 31 August had none
    ] == around(made, "2026-07-01", "2026-08-31")


def test_a_night_range_of_the_last_date_runs_out_of_the_season() -> None:
    made = desk(IN_SUMMER, summer=NIGHTS)
    assert ["09:00-17:00", "22:00-24:00", "00:00-06:00,22:00-24:00", "00:00-06:00,09:00-17:00"] == (
        around(made, "2026-07-01", "2026-08-31")
    )


def test_a_holiday_closes_in_season_and_a_partial_closure_is_cut_out_of_its_hours() -> None:
    days = [day_data("2026-07-02"), day_data("2026-07-03", closed="12:00-24:00")]
    made = desk(IN_SUMMER, calendars={"own": days})
    assert ["08:00-14:00", "off", "08:00-12:00"] == [
        open_on(made, f"2026-07-0{day}") for day in (1, 2, 3)
    ]


def test_works_as_takes_the_week_of_the_season_in_force() -> None:
    # Saturdays in July and in May, worked as Mondays.
    days = [day_data("2026-07-04", works_as="Mo"), day_data("2026-05-02", works_as="Mo")]
    calendars = {"own": days}
    made = desk(IN_SUMMER, calendars=calendars, office="Mo 09:00-17:00", summer="Mo 08:00-14:00")
    assert ["08:00-14:00", "09:00-17:00"] == [
        open_on(made, date) for date in ("2026-07-04", "2026-05-02")
    ]


def test_hours_written_for_a_date_hold_in_season_too() -> None:
    made = desk(IN_SUMMER, calendars={"own": [day_data("2026-07-04", open="10:00-11:00")]})
    assert "10:00-11:00" == open_on(made, "2026-07-04")


def test_business_days_are_counted_in_the_hours_of_the_season() -> None:
    made = desk(IN_SUMMER, summer="Mo-Fr 08:00-14:00")
    for sent, due in [
        ("2026-06-30T12:00:00+00:00", "2026-07-01T14:00:00+00:00"),
        ("2026-07-03T12:00:00+00:00", "2026-07-06T14:00:00+00:00"),  # Friday: Monday
        ("2026-08-31T12:00:00+00:00", "2026-09-01T17:00:00+00:00"),
    ]:
        found = compute_deadline(made, sent, department="desk")
        assert due == found.due_at.isoformat()
        assert found.verify()


def test_on_the_eve_of_the_first_covered_year_the_seasons_week_speaks() -> None:
    # 31 December 2023 is past the calendar, which begins with 2024.
    winter = {"from": "12-20", "to": "01-06", "schedule": "nights"}
    made = desk(winter, calendars={"own": [day_data("2024-05-05")]}, nights=NIGHTS)
    assert "00:00-06:00,22:00-24:00" == open_on(made, "2024-01-01")


# --- Hours on holidays: 2026-05-05 is a Tuesday ---

KEPT = {"ontario": "short"}
SHORT = "Mo-Fr 10:00-12:00"
HOLIDAY = "2026-05-05"


def keeping(ontario: list[dict[str, Any]], **changes: Any) -> Policy:
    """Return a desk that keeps short hours on the holidays of one calendar."""
    others = changes.pop("others", {})
    calendars = changes.pop("calendars", {"ontario": ontario, **others})
    made = {"calendars": calendars, "on_holidays": KEPT, "short": SHORT, **changes}
    return desk(*made.pop("seasons", ()), **made)


def test_a_holiday_has_the_hours_kept_on_its_weekday() -> None:
    made = keeping([day_data(HOLIDAY)])
    assert ["09:00-17:00", "10:00-12:00", "10:00-12:00", "09:00-17:00"] == around(
        made, HOLIDAY, HOLIDAY
    )


def test_a_holiday_on_a_weekday_without_kept_hours_stays_closed() -> None:
    made = keeping([day_data("2026-05-09")])  # a Saturday
    assert ["09:00-17:00", "off", "off", "09:00-17:00"] == around(made, "2026-05-09", "2026-05-09")


def test_a_closure_in_part_is_no_holiday_to_keep_hours_on() -> None:
    made = keeping([day_data(HOLIDAY, closed="11:00-24:00")])
    assert "09:00-11:00" == open_on(made, HOLIDAY)


def test_closures_that_together_fill_the_date_are_a_holiday() -> None:
    whole = day_data(HOLIDAY, closed="00:00-12:00,12:00-24:00")
    assert "10:00-12:00" == open_on(keeping([whole]), HOLIDAY)
    night = [day_data("2026-05-04", closed="23:00-30:00"), day_data(HOLIDAY, closed="06:00-24:00")]
    assert "10:00-12:00" == open_on(keeping(night), HOLIDAY)


@pytest.mark.parametrize("ontario_first", [True, False])
def test_another_calendar_still_closes_the_date(ontario_first: bool) -> None:
    calendars = {"ontario": [day_data(HOLIDAY)], "company": [day_data(HOLIDAY)]}
    if not ontario_first:
        calendars = dict(reversed(calendars.items()))
    assert "off" == open_on(keeping([], calendars=calendars), HOLIDAY)


def test_another_calendar_still_closes_a_part_of_the_date() -> None:
    company = [day_data(HOLIDAY, closed="11:00-24:00")]
    made = keeping([day_data(HOLIDAY)], others={"company": company})
    assert "10:00-11:00" == open_on(made, HOLIDAY)


def test_another_calendar_without_kept_hours_closes_its_own_dates() -> None:
    made = keeping([day_data(HOLIDAY)], others={"company": [day_data("2026-05-06")]})
    assert ["10:00-12:00", "off"] == [open_on(made, date) for date in (HOLIDAY, "2026-05-06")]


def test_a_night_shift_of_the_eve_runs_into_a_date_with_kept_hours() -> None:
    made = keeping([day_data(HOLIDAY)], office=NIGHTS)
    # The holiday's own shift does not begin: its hours are kept from 10:00 to 12:00.
    assert [
        "00:00-06:00,22:00-24:00",
        "00:00-06:00,10:00-12:00",
        "00:00-06:00,10:00-12:00",
        "22:00-24:00",
    ] == around(made, HOLIDAY, HOLIDAY)
    closed = keeping([day_data(HOLIDAY)], office=NIGHTS, others={"company": [day_data(HOLIDAY)]})
    assert "off" == open_on(closed, HOLIDAY)


def test_kept_hours_may_run_past_midnight() -> None:
    made = keeping([day_data(HOLIDAY)], short=NIGHTS)
    assert ["22:00-24:00", "00:00-06:00,09:00-17:00"] == [
        open_on(made, date) for date in (HOLIDAY, "2026-05-06")
    ]


@pytest.mark.parametrize("ontario_first", [True, False])
def test_kept_hours_hold_against_those_that_a_rule_gives(ontario_first: bool) -> None:
    evening = {"name": "evening", "rrule": "FREQ=MONTHLY;BYMONTHDAY=5", "open": "20:00-22:00"}
    ontario, turns = calendar_data(day_data(HOLIDAY), years=[2024, 2028]), {
        "recurring": [evening],
        "years": [2024, 2028],
    }  # fmt: skip
    calendars: dict[str, Any] = {"ontario": ontario, "turns": turns}
    observes = ["ontario", "turns"] if ontario_first else ["turns", "ontario"]
    hours = {"schedule": "office", "observes": observes, "on_holidays": KEPT}
    made = policy(
        channel={"hours": hours},
        timezone="UTC",
        schedules={"office": OFFICE, "short": SHORT},
        calendars=calendars,
    )
    assert "10:00-12:00" == open_on(made, HOLIDAY)
    assert "20:00-22:00" == open_on(made, "2026-06-05")


@pytest.mark.parametrize(
    ("ontario_first", "expected"), [(True, "10:00-12:00"), (False, "07:00-08:00")]
)
def test_of_kept_hours_and_hours_written_for_the_date_the_first_calendars_hold(
    ontario_first: bool, expected: str
) -> None:
    calendars = {
        "ontario": [day_data(HOLIDAY)],
        "company": [day_data(HOLIDAY, open="07:00-08:00")],
    }
    if not ontario_first:
        calendars = dict(reversed(calendars.items()))
    assert expected == open_on(keeping([], calendars=calendars), HOLIDAY)


def test_hours_written_for_the_date_hold_against_a_holiday_of_another_calendar() -> None:
    others = {
        "company": [day_data(HOLIDAY, open="07:00-08:00")],
        "city": [day_data(HOLIDAY)],
    }
    # Written hours are not cut by a whole holiday; kept ones are, by any calendar but their own.
    written = keeping(
        [],
        calendars={
            "company": others["company"],
            "city": others["city"],
            "ontario": [day_data(HOLIDAY)],
        },
    )
    assert "07:00-08:00" == open_on(written, HOLIDAY)
    kept = keeping([day_data(HOLIDAY)], others=others)
    assert "off" == open_on(kept, HOLIDAY)


def test_kept_hours_are_those_of_their_schedule_in_any_season() -> None:
    made = keeping([day_data("2026-07-07"), day_data(HOLIDAY)], seasons=[IN_SUMMER])
    assert ["10:00-12:00", "10:00-12:00"] == [
        open_on(made, date) for date in ("2026-07-07", HOLIDAY)
    ]


def test_two_calendars_may_have_hours_kept_on_their_holidays() -> None:
    made = keeping(
        [day_data(HOLIDAY)],
        others={"company": [day_data(HOLIDAY), day_data("2026-05-06")]},
        on_holidays={"ontario": "short", "company": "evening"},
        evening="Mo-Fr 18:00-20:00",
    )
    # Neither closes; on the date of both the first decides.
    assert ["10:00-12:00", "18:00-20:00"] == [open_on(made, d) for d in (HOLIDAY, "2026-05-06")]


def test_a_date_with_kept_hours_still_matches_rules_for_its_calendar() -> None:
    rules = [
        when("ontario", name="holiday", counted_in="calendar_time"),
        {"name": "usual", "within": "2h", "counted_in": "calendar_time"},
    ]
    made = keeping([day_data(HOLIDAY)], rules=rules)
    before, on, after = (
        compute_deadline(made, f"2026-05-0{day}T23:00:00+00:00", department="desk").target.name
        for day in (4, 5, 6)
    )
    assert ("usual", "holiday", "usual") == (before, on, after)


def test_a_date_with_kept_hours_is_a_business_day_and_a_closed_one_is_none() -> None:
    def due(made: Policy) -> str:
        found = compute_deadline(made, "2026-05-04T12:00:00+00:00", department="desk")
        assert found.verify()
        return found.due_at.isoformat()

    kept = keeping([day_data(HOLIDAY)])
    assert "2026-05-05T12:00:00+00:00" == due(kept)
    closed = keeping([day_data(HOLIDAY)], others={"company": [day_data(HOLIDAY)]})
    assert "2026-05-06T17:00:00+00:00" == due(closed)
