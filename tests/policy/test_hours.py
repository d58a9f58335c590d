"""Hours: a schedule, the calendars it observes, its seasons, and what holds on holidays."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from builders import calendar_data, channel_data, day_data, fault, policy, rule_data
from support_sla import Hours, Policy

LINE = ("departments", "desk", "channels", "ticket")
SUMMER = {"from": "07-01", "to": "08-31", "schedule": "summer"}


def hours(**changes: Any) -> Hours:
    return Hours.model_validate({"schedule": "office", **changes})


def season(first: str, last: str, schedule: str = "summer") -> dict[str, str]:
    return {"from": first, "to": last, "schedule": schedule}


def days_of_2026(count: int) -> list[dict[str, str]]:
    """Return this many seasons of a day each, from 1 January 2026 on."""
    dates = [str(dt.date(2026, 1, 1) + dt.timedelta(days=step)) for step in range(count)]
    return [season(date, date) for date in dates]


def test_hours_need_a_schedule_and_nothing_else() -> None:
    made = hours()
    assert ("office", (), ()) == (made.schedule, made.observes, made.seasons)
    assert not made.on_holidays
    found = fault(lambda: Hours.model_validate({}))
    assert ("key_missing", ("schedule",)) == found[:2]


def test_hours_name_every_schedule_that_may_hold() -> None:
    made = hours(
        observes=["tet", "own"],
        seasons=[SUMMER, season("12-20", "01-05", "winter")],
        on_holidays={"tet": "short", "own": "office"},
    )
    assert ("office", "summer", "winter", "short", "office") == made.schedules
    assert ("office",) == hours().schedules


def test_hours_are_dumped_as_they_were_written() -> None:
    written = {
        "schedule": "office",
        "observes": ("tet",),
        "seasons": (SUMMER,),
        "on_holidays": {"tet": "short"},
    }
    made = Hours.model_validate(written)
    assert written == made.model_dump()
    assert made == Hours.model_validate_json(made.model_dump_json())
    assert {"schedule": "office"} == hours().model_dump()


@pytest.mark.parametrize(
    ("one", "two", "said"),
    [
        (
            season("07-01", "08-31"),
            season("08-31", "09-30", "autumn"),
            (
                "seasons 07-01 to 08-31 ('summer') and 08-31 to 09-30 ('autumn') overlap; end one of "
                "them before the other begins"
            ),
        ),
        (
            season("12-20", "01-05", "winter"),
            season("01-05", "01-06"),
            (
                "seasons 12-20 to 01-05 ('winter') and 01-05 to 01-06 ('summer') overlap; end one of "
                "them before the other begins"
            ),
        ),
        (
            season("2026-08-31", "2026-09-30"),
            season("2026-07-01", "2026-08-31"),
            (
                "seasons 2026-08-31 to 2026-09-30 ('summer') and 2026-07-01 to 2026-08-31 ('summer') "
                "overlap; end one of them before the other begins"
            ),
        ),
    ],
    ids=["a day", "over New Year", "once"],
)
def test_two_seasons_with_a_day_in_common_are_refused(
    one: dict[str, str], two: dict[str, str], said: str
) -> None:
    assert ("seasons_overlap", ("seasons",), said) == fault(lambda: hours(seasons=[one, two]))


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (season("07-01", "08-30"), season("08-31", "09-30")),
        (season("12-20", "01-05"), season("01-06", "12-19")),
        (season("07-01", "08-31"), season("2026-07-01", "2026-08-31")),
    ],
    ids=["a day apart", "the rest of the year", "once against each year"],
)
def test_two_seasons_without_a_day_of_one_kind_in_common_stand_as_written(
    one: dict[str, str], two: dict[str, str]
) -> None:
    assert [one, two] == [each.model_dump() for each in hours(seasons=[one, two]).seasons]


def test_400_seasons_are_read_and_one_more_is_refused() -> None:
    yearly = [season(f"{year}-07-01", f"{year}-07-02") for year in range(1000, 1400)]
    assert 400 == len(hours(seasons=yearly).seasons)
    assert 400 == len(hours(seasons=days_of_2026(400)).seasons)
    found = fault(lambda: hours(seasons=days_of_2026(401)))
    assert ("seasons_too_many", ("seasons",)) == found[:2]
    assert "401 seasons are more than 400; write a season of each year once" == found.message


def test_a_season_that_could_not_be_read_is_told_at_its_number() -> None:
    found = fault(lambda: hours(seasons=[SUMMER, {**SUMMER, "to": "31.08."}]))
    assert ("season_invalid", ("seasons", 1, "to")) == found[:2]


def test_seasons_are_a_list_of_tables() -> None:
    found = fault(lambda: hours(seasons=SUMMER))
    assert ("list_expected", ("seasons",)) == found[:2]
    assert "[[...]]" in found.message


@pytest.mark.parametrize(
    ("observes", "said"),
    [
        (
            [],
            (
                "on_holidays names calendar 'tet', which is not observed there (none); add it to "
                "'observes', e.g. observes = ['tet']"
            ),
        ),
        (
            ["own"],
            (
                "on_holidays names calendar 'tet', which is not observed there ('own'); add it to "
                "'observes', e.g. observes = ['own', 'tet']"
            ),
        ),
    ],
    ids=str,
)
def test_hours_on_holidays_of_a_calendar_that_is_not_observed_are_refused_at_its_name(
    observes: list[str], said: str
) -> None:
    written = {"schedule": "office", "observes": observes, "on_holidays": {"tet": "office"}}
    calendars = {"tet": {"country": "VN"}, "own": calendar_data(day_data())}
    for where, make in (
        (
            (*LINE, "hours"),
            lambda: policy(channel=channel_data(hours=written), calendars=calendars),
        ),
        (
            (*LINE, "first_response", 0, "hours"),
            lambda: policy(rule_data(hours=written), calendars=calendars),
        ),
    ):
        assert ("calendar_not_observed", (*where, "on_holidays", "tet"), said) == fault(make)


def test_hours_alone_are_told_at_the_calendar_that_is_not_observed() -> None:
    found = fault(lambda: hours(on_holidays={"tet": "short"}))
    assert ("calendar_not_observed", ("on_holidays", "tet")) == found[:2]


@pytest.mark.parametrize(
    ("changes", "slug", "place"),
    [
        ({"schedule": 3}, "string_type", ("schedule",)),
        ({"schedule": " office"}, "name_empty", ("schedule",)),
        ({"observes": "tet"}, "list_expected", ("observes",)),
        ({"observes": ["tet", "tet"]}, "name_repeated", ("observes",)),
        ({"on_holidays": ["tet"]}, "dict_type", ("on_holidays",)),
        ({"on_holidays": {"tet": 3}}, "string_type", ("on_holidays", "tet")),
        ({"observs": ["tet"]}, "key_unknown", ("observs",)),
    ],
    ids=str,
)
def test_hours_that_cannot_be_read_are_refused_by_their_slug(
    changes: dict[str, Any], slug: str, place: tuple[str, ...]
) -> None:
    assert (slug, place) == fault(lambda: hours(**changes))[:2]


def test_a_policy_with_seasons_and_hours_on_holidays_is_read_back_as_it_was() -> None:
    line = channel_data(
        hours={
            "schedule": "office",
            "observes": ["own"],
            "seasons": [SUMMER],
            "on_holidays": {"own": "summer"},
        }
    )
    made = policy(
        channel=line,
        schedules={"office": "Mo-Fr 08:00-17:00", "summer": "Mo-Fr 08:00-14:00"},
        calendars={"own": calendar_data(day_data())},
    )
    assert made == Policy.model_validate(made.model_dump())
    assert made == Policy.model_validate_json(made.model_dump_json())
