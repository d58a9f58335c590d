"""Public days copied out of python-holidays: which, for which desk, in which language."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
import threading
from contextlib import suppress
from importlib.metadata import version

import holidays
import pytest
from pydantic_core import PydanticCustomError

from builders import parser_fault
from support_sla.calendars.sources.country import (
    Country,
    PublicDay,
    covered_years,
    public_days,
    source,
)

SUNDAY = (6,)
WEEKEND = (5, 6)


def dates(country: Country, year: int) -> set[str]:
    return {str(day.date) for day in public_days(country, year)}


def compensated(rest_days: tuple[int, ...] | None, year: int) -> set[str]:
    """Return the dates by which Vietnam's days grow with these days of rest."""
    none = dates(Country("VN", rest_days=()), year)
    return dates(Country("VN", rest_days=rest_days), year) - none


def test_the_source_names_package_and_version() -> None:
    assert f"python-holidays {version('holidays')}" == source()


def test_the_covered_years_are_the_package_s_own() -> None:
    theirs = holidays.country_holidays("VN")
    assert (theirs.start_year, theirs.end_year) == covered_years(Country("VN"))


@pytest.mark.parametrize(
    ("country", "slug", "shown"),
    [
        (Country("XX"), "country_unknown", "'XX'"),
        (Country("vn"), "country_unknown", "'vn'"),
        (Country("VNM"), "country_unknown", "did you mean 'VN'?"),
        (Country(""), "country_unknown", "''"),
        (Country("VN", "en"), "language_unknown", "use one of 'en_US', 'th', 'vi'"),
        (Country("VN", "vi_VN"), "language_unknown", "'vi_VN'"),
        (Country("VN", ""), "language_unknown", "''"),
        (Country("DE", rest_days=SUNDAY), "rest_days_useless", "rest_days of DE"),
    ],
    ids=str,
)
def test_what_the_package_does_not_have_is_refused_by_name(
    country: Country, slug: str, shown: str
) -> None:
    found = parser_fault(lambda: covered_years(country))
    assert slug == found.slug
    assert shown in found.message


def test_an_unknown_subdivision_lists_at_most_a_dozen_others() -> None:
    message = parser_fault(lambda: covered_years(Country("US", subdivision="ZZZZ"))).message
    assert message.endswith(", ...")


def test_a_country_by_name_is_told_to_write_its_code() -> None:
    message = parser_fault(lambda: covered_years(Country("Atlantis"))).message
    assert "ISO 3166 code" in message
    for written in ("Vietnam", "vn", "Việt Nam", "VNM", "Vietnaam"):
        message = parser_fault(lambda: covered_years(Country(written))).message  # noqa: B023
        assert "did you mean 'VN'?" in message


@pytest.mark.parametrize("code", ["CO", "EC", "IL", "HK"])
def test_rest_days_lose_no_day_that_a_law_only_moves(code: str) -> None:
    for year in (2025, 2026, 2027):
        every = {day.name.split(" (")[0] for day in public_days(Country(code, "en_US"), year)}
        mine = public_days(Country(code, "en_US", rest_days=(5, 6)), year)
        assert every == {day.name.split(" (")[0] for day in mine}


def test_the_days_are_those_of_the_package_in_order() -> None:
    days = public_days(Country("FR"), 2026)
    theirs = holidays.country_holidays("FR", years=2026, language="fr")
    assert sorted(theirs) == [day.date for day in days]
    assert [theirs[day.date] for day in days] == [day.name for day in days]


def test_a_date_with_two_names_has_both() -> None:
    # 1 May 2008 was Labour Day and Ascension Day.
    names = {day.date: day.name for day in public_days(Country("FR", "en_US"), 2008)}
    assert {"Ascension Day", "Labor Day"} == set(names[dt.date(2008, 5, 1)].split("; "))


@pytest.mark.parametrize(
    ("language", "name"),
    [
        (None, "Tết Dương lịch"),
        ("vi", "Tết Dương lịch"),
        ("en_US", "New Year's Day"),
    ],
)
def test_the_days_are_named_in_the_exact_language(language: str | None, name: str) -> None:
    assert name == public_days(Country("VN", language), 2026)[0].name


LOCALES = [("C", ""), ("en_US.UTF-8", "en_US"), ("th_TH.UTF-8", "th"), ("vi_VN.UTF-8", "vi")]


@pytest.mark.parametrize(("lang", "language"), LOCALES, ids=[lang for lang, _ in LOCALES])
def test_the_machine_s_locale_has_no_say_in_the_names(lang: str, language: str) -> None:
    code = (
        "from support_sla.calendars.sources.country import Country, public_days\n"
        "for language in (None, 'en_US'):\n"
        "    print(ascii([(str(d.date), d.name)"
        " for d in public_days(Country('VN', language, rest_days=(6,), swaps=True), 2026)]))\n"
    )
    environment = {**os.environ, "LANG": lang, "LANGUAGE": language, "LC_ALL": lang}
    run = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    expected = "".join(
        ascii(
            [
                (str(day.date), day.name)
                for day in public_days(Country("VN", each, rest_days=SUNDAY, swaps=True), 2026)
            ]
        )
        + "\n"
        for each in (None, "en_US")
    )
    assert expected == run.stdout


@pytest.mark.parametrize(
    ("rest_days", "year", "expected"),
    [
        # 26 April 2026, Hùng Kings' day, is a Sunday.
        pytest.param((), 2026, set(), id="2026 none"),
        pytest.param(SUNDAY, 2026, {"2026-04-27"}, id="2026 Su"),
        pytest.param(WEEKEND, 2026, {"2026-04-27"}, id="2026 Sa+Su"),
        # 1 May 2027 is a Saturday; no single day of 2027 outside Tết is a Sunday.
        pytest.param((), 2027, set(), id="2027 none"),
        pytest.param(SUNDAY, 2027, set(), id="2027 Su"),
        pytest.param(WEEKEND, 2027, {"2027-05-03"}, id="2027 Sa+Su"),
        # 2033: 1 January and 9 April are Saturdays, 30 April a Saturday and 1 May a Sunday.
        pytest.param((), 2033, set(), id="2033 none"),
        pytest.param(SUNDAY, 2033, {"2033-05-02"}, id="2033 Su"),
        pytest.param(
            WEEKEND, 2033, {"2033-01-03", "2033-04-11", "2033-05-02", "2033-05-03"}, id="2033 Sa+Su"
        ),
    ],
)
def test_a_desk_is_compensated_for_holidays_on_its_own_days_of_rest(
    rest_days: tuple[int, ...], year: int, expected: set[str]
) -> None:
    assert expected == compensated(rest_days, year)


@pytest.mark.parametrize("year", range(2013, 2041))
def test_resting_at_the_country_s_weekend_gives_the_package_s_days(year: int) -> None:
    assert dates(Country("VN"), year) == dates(Country("VN", rest_days=WEEKEND), year)


def weekend_of(code: str, year: int) -> tuple[int, ...] | None:
    """Return a country's own weekend in a year, as the package knows it; None if it changed."""
    known = holidays.country_holidays(code)
    first, last = (known._get_weekend(dt.date(year, *day)) for day in ((1, 1), (12, 31)))
    return tuple(sorted(first)) if first == last else None


@pytest.mark.parametrize("code", sorted(holidays.list_supported_countries(include_aliases=False)))
def test_resting_at_a_country_s_own_weekend_changes_no_day_of_any_year(code: str) -> None:
    first, last = covered_years(Country(code))
    for year in range(max(first, 2018), min(last, 2028) + 1):
        weekend = weekend_of(code, year)
        with suppress(PydanticCustomError):  # a country without compensation days
            covered_years(Country(code, rest_days=weekend))
            assert weekend is None or (
                public_days(Country(code), year)
                == public_days(Country(code, rest_days=weekend), year)
            )


@pytest.mark.parametrize("rest", [(), (4,), (5,), (6,), (4, 5), (4, 5, 6), (0, 6)], ids=str)
@pytest.mark.parametrize("code", ["AU", "BB", "CN", "GB", "HK", "SG", "TH", "TW", "US", "VN"])
def test_other_days_of_rest_change_only_compensations_of_holidays_on_days_of_rest(
    code: str, rest: tuple[int, ...]
) -> None:
    def days(rest_days: tuple[int, ...] | None) -> set[tuple[dt.date, str]]:
        country = Country(code, "en_US", rest_days=rest_days)
        given = (day for year in range(2017, 2030) for day in public_days(country, year))
        return {(day.date, name) for day in given for name in day.name.split("; ")}

    usual, own = days(None), days(rest)
    for date, name in usual ^ own:
        off = {*(weekend_of(code, date.year) or range(7)), *rest}
        originals = [
            other
            for other, plain in usual | own
            if plain.removesuffix(" (estimated)") in name
            and plain != name
            and abs((other - date).days) < 15
        ]
        outside = not dt.date(2018, 1, 1) <= date <= dt.date(2028, 12, 24)
        assert outside or any(other.weekday() in off for other in originals), (date, name)


def test_the_one_day_off_of_a_sunday_in_2033_is_labour_day_s() -> None:
    names = {
        str(day.date): day.name
        for day in public_days(Country("VN", "en_US", rest_days=SUNDAY), 2033)
    }
    assert "International Labor Day (observed)" == names["2033-05-02"]
    assert "2033-05-03" not in names


def test_a_rest_day_for_which_the_country_has_no_rule_gives_the_next_working_day() -> None:
    # 1 January 2025 is a Wednesday; 30 April 2031 too, and 1 May is a holiday itself.
    assert {"2025-01-02"} <= compensated((2,), 2025)
    assert {"2031-05-02"} <= compensated((2,), 2031)


def test_a_compensation_day_on_which_a_swap_also_falls_is_kept() -> None:
    # 30 April 2025 is a Wednesday, 1 May a holiday itself; 2 May was also a swap day.
    assert "2025-05-02" in compensated((2,), 2025)


def test_tet_s_own_days_do_not_depend_on_the_days_of_rest() -> None:
    # Tết 2027 lies over a weekend and is given as seven days in a row.
    expected = {f"2027-02-{day:02d}" for day in range(4, 11)}
    for rest_days in (None, (), SUNDAY, WEEKEND):
        assert expected <= dates(Country("VN", rest_days=rest_days), 2027)


@pytest.mark.parametrize("year", [2004, 2019, 2025])
def test_days_of_rest_are_honoured_where_a_country_moves_days_in_its_own_way(year: int) -> None:
    # Israel's Independence Day moves off the Sabbath and its eve.
    assert public_days(Country("IL", rest_days=(4, 5)), year)


def test_days_given_as_month_and_day_are_left_to_the_package() -> None:
    # Montserrat moves 31 December of the year before, which its package writes as three numbers.
    assert "2023-01-02" in dates(Country("MS", rest_days=WEEKEND), 2023)


def test_swap_days_are_left_out_unless_asked_for() -> None:
    assert {"2026-08-31", "2026-08-22"}.isdisjoint(dates(Country("VN"), 2026))


def test_a_swap_gives_a_day_off_and_a_rest_day_that_works_instead() -> None:
    days = {str(day.date): day for day in public_days(Country("VN", swaps=True), 2026)}
    off, worked = "Ngày nghỉ (thay cho ngày 22/08/2026)", "Ngày làm bù (cho ngày nghỉ 31/08/2026)"
    assert PublicDay(dt.date(2026, 8, 31), off) == days["2026-08-31"]
    assert PublicDay(dt.date(2026, 8, 22), worked, works_as=0) == days["2026-08-22"]


@pytest.mark.parametrize("code", ["CN", "HU", "KZ", "RU", "UA", "VN"])
@pytest.mark.parametrize("language", [None, "en_US"])
def test_no_worked_day_is_called_a_day_off(code: str, language: str | None) -> None:
    country = Country(code, language, swaps=True)
    days = [day for year in range(2010, 2027) for day in public_days(country, year)]
    worked = {day.name for day in days if day.works_as is not None}
    assert worked
    assert worked.isdisjoint(day.name for day in days if day.works_as is None)
    said = "Ngày làm bù (cho ngày nghỉ" if (code, language) == ("VN", None) else "Make-up day (for"
    assert all(name.startswith(said) for name in worked)


def test_a_swap_over_new_year_gives_the_day_worked_in_the_other_year() -> None:
    # Friday 2 January 2015 was off for Saturday 27 December 2014.
    off = {day.date: day for day in public_days(Country("VN", swaps=True), 2015)}
    worked = {day.date: day for day in public_days(Country("VN", swaps=True), 2014)}
    assert dt.date(2015, 1, 2) in off
    assert dt.date(2014, 12, 27) not in off
    assert 4 == worked[dt.date(2014, 12, 27)].works_as


def test_a_day_off_for_a_holiday_lost_at_the_weekend_is_no_day_worked() -> None:
    # Russia moved the holidays of 5 and 6 January 2013 to May: nobody worked in January for it.
    days = {day.date: day for day in public_days(Country("RU", swaps=True), 2013)}
    assert days[dt.date(2013, 5, 2)].works_as is None
    assert dt.date(2013, 1, 5) not in {d for d, day in days.items() if day.works_as is not None}


def test_swaps_of_a_country_without_any_change_nothing() -> None:
    assert public_days(Country("FR"), 2026) == public_days(Country("FR", swaps=True), 2026)


def test_many_threads_read_the_same_days() -> None:
    country = Country("VN", "th", rest_days=SUNDAY, swaps=True)
    found: list[tuple[PublicDay, ...]] = []
    threads = [
        threading.Thread(target=lambda: found.append(public_days(country, 2031))) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [found[0]] * 8 == found
