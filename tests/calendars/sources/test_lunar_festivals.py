"""Festivals by offset from their first day, held against a table of astronomical new moons."""

from __future__ import annotations

import csv
import datetime as dt

import holidays
import pytest

from builders import fault
from places import CASES
from support_sla import SpecialDay, YearsNotCoveredError
from support_sla.calendars.sources.country import Country, public_days, source
from support_sla.calendars.sources.lunar_festivals import Festival

TABLE = CASES / "tet.csv"
ROWS = [
    (int(row["year"]), row["tet_date"], row["hung_kings_date"])
    for row in csv.DictReader(TABLE.read_text("utf-8").splitlines())
]


def festival(name: str = "tet", **changes: object) -> Festival:
    return Festival.model_validate({"name": name, **changes})


def dates(of: Festival, first: int, last: int) -> list[str]:
    return [str(day.date) for day in of.special_days(first, last)]


def names(of: Festival, year: int = 2026) -> list[str]:
    return [day.name for day in of.special_days(year, year)]


def test_the_first_day_of_tet_is_the_astronomers_in_every_year() -> None:
    """Hold each first day of 1945-2100 against the table.

    The table applies one rule, new moons at UTC+7, to all its years, and so does the package.
    Before 1968 that is arithmetic, not history: Hanoi began to count at UTC+7 with the calendar
    of 1968, and until then the Chinese dates held. So the 1 February 1965 that both give is not
    the day on which Tết was kept. From 1968 to 1975 it is Hanoi's date: in Saigon Tết 1968 was
    30 January.
    """
    expected = {year: tet for year, tet, _ in ROWS if year <= 2100}
    assert range(1945, 2101) == range(min(expected), max(expected) + 1)
    assert list(expected.values()) == dates(festival(), 1945, 2100)


def test_hung_kings_day_is_the_astronomers_in_every_covered_year() -> None:
    expected = [hung_kings for year, _, hung_kings in ROWS if 2007 <= year <= 2100]
    assert expected == dates(festival("hung_kings"), 2007, 2100)


def test_tet_differs_from_the_chinese_new_year_in_just_the_known_years() -> None:
    """Name the years of 1950-2100 in which Beijing's new moon is another date's.

    1965 is such a year by the rule only: Vietnam then still followed the Chinese calendar, and
    kept the Chinese date. 1968 and 1969 are those of Hanoi; Saigon kept the Chinese dates.
    """
    china = holidays.country_holidays("CN", language="en_US", years=range(1950, 2101))
    chinese: dict[int, str] = {}
    for date in sorted(china):
        if "Chinese New Year (Spring Festival)" in china.get_list(date):
            chinese.setdefault(date.year, str(date))
    differ = {year for year in chinese if [chinese[year]] != dates(festival(), year, year)}
    assert set(range(1950, 2101)) == set(chinese)
    assert {1965, 1968, 1969, 1985, 2007, 2030, 2053} == differ


@pytest.mark.parametrize(
    ("year", "ours", "chinese"),
    [(1968, "1968-01-29", "1968-01-30"), (1985, "1985-01-21", "1985-02-20")],
)
def test_tet_is_a_day_or_a_month_before_the_chinese_new_year(
    year: int, ours: str, chinese: str
) -> None:
    china = holidays.country_holidays("CN", language="en_US", years=year)
    assert [ours] == dates(festival(), year, year)
    assert chinese in china
    assert ours not in china


def test_the_covered_years_are_those_of_the_lunar_data() -> None:
    assert (1901, 2100) == festival().covered_years
    assert (2007, 2100) == festival("hung_kings").covered_years


def test_the_package_knows_hung_kings_day_from_2007_on() -> None:
    name = "Ngày Giỗ Tổ Hùng Vương"
    known = [any(name == day.name for day in public_days(Country("VN"), y)) for y in (2006, 2007)]
    assert [False, True] == known


@pytest.mark.parametrize(
    ("name", "first", "last"), [("tet", 1901, 2100), ("hung_kings", 2007, 2100)]
)
def test_a_year_that_is_not_covered_is_an_error_not_an_empty_answer(
    name: str, first: int, last: int
) -> None:
    of = festival(name)
    assert of.special_days(first, first)
    assert of.special_days(last, last)
    for asked in ((first - 1, first), (last, last + 1)):
        with pytest.raises(YearsNotCoveredError) as caught:
            of.special_days(*asked)
        assert (name, first, last) == (
            caught.value.calendar,
            caught.value.first,
            caught.value.last,
        )


def test_offsets_run_from_the_eve_to_mung_nam() -> None:
    of = festival(days=[-1, 4])
    expected = [f"2026-02-{day}" for day in range(16, 22)]
    assert expected == dates(of, 2026, 2026)
    assert [
        "Giao thừa Tết Nguyên Đán",
        "Mùng một Tết Nguyên Đán",
        "Mùng hai Tết Nguyên Đán",
        "Mùng ba Tết Nguyên Đán",
        "Mùng bốn Tết Nguyên Đán",
        "Mùng năm Tết Nguyên Đán",
    ] == names(of)


@pytest.mark.parametrize(
    ("offset", "name"),
    [
        (-30, "Trước Tết Nguyên Đán 30 ngày"),
        (-2, "Trước Tết Nguyên Đán 2 ngày"),
        (5, "Mùng sáu Tết Nguyên Đán"),
        (6, "Mùng bảy Tết Nguyên Đán"),
        (7, "Mùng tám Tết Nguyên Đán"),
        (8, "Mùng chín Tết Nguyên Đán"),
        (9, "Mùng mười Tết Nguyên Đán"),
        (10, "Mùng 11 Tết Nguyên Đán"),
        (60, "Mùng 61 Tết Nguyên Đán"),
    ],
)
def test_a_day_of_tet_is_named_by_its_offset(offset: int, name: str) -> None:
    assert [name] == names(festival(days=[offset, offset]))


def test_the_days_around_hung_kings_are_named_by_their_distance() -> None:
    assert [
        "Trước Giỗ Tổ Hùng Vương 1 ngày",
        "Ngày Giỗ Tổ Hùng Vương",
        "Sau Giỗ Tổ Hùng Vương 1 ngày",
    ] == names(festival("hung_kings", days=[-1, 1]))


def test_a_label_takes_the_place_of_the_names_and_counts_from_the_first_day() -> None:
    assert ["Nghỉ Tết, ngày thứ 1", "Nghỉ Tết, ngày thứ 2", "Nghỉ Tết, ngày thứ 3"] == names(
        festival(days=[-1, 1], label="Nghỉ Tết")
    )


def test_a_label_of_one_day_stands_alone() -> None:
    assert ["Giao thừa"] == names(festival(days=[-1, -1], label="Giao thừa"))


def test_a_day_is_closed_and_says_where_it_comes_from() -> None:
    (day,) = festival().special_days(2026, 2026)
    written = {"date": "2026-02-17", "name": "Mùng một Tết Nguyên Đán"}
    assert SpecialDay.model_validate({**written, "source": f"{source()}, lunar calendar"}) == day
    assert day.is_whole_day_off


def test_a_source_of_one_s_own_is_kept() -> None:
    (day,) = festival(source="the works council").special_days(2026, 2026)
    assert "the works council" == day.source


# Tết 1985 was 21 January, the earliest date there is; no other Tết of the data reaches so far.


@pytest.mark.parametrize(
    ("offset", "date", "other_year"),
    [(-20, "1985-01-01", 1984), (-21, "1984-12-31", 1985), (-30, "1984-12-22", 1985)],
)
def test_a_day_before_tet_belongs_to_the_year_of_its_own_date(
    offset: int, date: str, other_year: int
) -> None:
    of = festival(days=[offset, offset])
    year = int(date[:4])
    assert date in dates(of, year, year)
    assert date not in dates(of, other_year, other_year)


def test_a_break_over_new_year_is_cut_between_the_years_asked_for() -> None:
    of = festival(days=[-22, -20])
    december, january = ["1984-12-30", "1984-12-31"], ["1985-01-01"]
    tet_1984 = [str(dt.date(1984, 2, 2) - dt.timedelta(day)) for day in (22, 21, 20)]
    assert tet_1984 + december == dates(of, 1984, 1984)
    assert january == dates(of, 1985, 1985)
    assert tet_1984 + december + january == dates(of, 1984, 1985)


def test_no_tet_is_earlier_than_the_date_on_which_the_covered_years_rely() -> None:
    earliest = min(date[5:] for date in dates(festival(), 1901, 2100))
    assert "01-21" == min(earliest, *(tet[5:] for _, tet, _ in ROWS))


@pytest.mark.parametrize(("first", "last"), [(-20, 2100), (-21, 2099)])
def test_the_last_year_is_not_covered_where_the_next_tet_could_reach_into_it(
    first: int, last: int
) -> None:
    of = festival(days=[first, 0])
    assert (1901, last) == of.covered_years
    assert of.special_days(last, last)


def test_hung_kings_day_never_reaches_into_another_year() -> None:
    of = festival("hung_kings", days=[-30, 60])
    assert (2007, 2100) == of.covered_years
    for year in range(2007, 2101):
        assert 91 == len(of.special_days(year, year))


def test_the_longest_break_after_tet_stays_in_its_year() -> None:
    assert all(61 == len(festival(days=[0, 60]).special_days(y, y)) for y in range(1901, 2101))


@pytest.mark.parametrize("name", ["Tet", "trung_thu", "", 1, None, ["tet"]])
def test_an_unknown_festival_is_refused_with_the_known_ones(name: object) -> None:
    found = fault(lambda: Festival.model_validate({"name": name}))
    assert ("festival_unknown", ("name",)) == (found.slug, found.place)
    assert "'tet'" in found.message


def test_a_misspelt_festival_is_answered_with_the_nearest() -> None:
    assert "did you mean 'hung_kings'?" in fault(lambda: festival("hung_king")).message


@pytest.mark.parametrize("days", [[1, 0], [-31, 0], [0, 61]])
def test_offsets_in_the_wrong_order_or_too_far_out_are_refused(days: list[int]) -> None:
    found = fault(lambda: festival(days=days))
    assert ("days_invalid", ("days",)) == (found.slug, found.place)
    assert str(days) in found.message


@pytest.mark.parametrize("days", [[-30, 60], [0, 0], [60, 60], [-30, -30]])
def test_the_furthest_offsets_are_accepted(days: list[int]) -> None:
    assert tuple(days) == festival(days=days).days


@pytest.mark.parametrize("offset", ["1", 1.0, True])
def test_offsets_are_whole_numbers(offset: object) -> None:
    assert "int_type" == fault(lambda: festival(days=[0, offset])).slug


def test_an_empty_label_is_refused() -> None:
    assert "name_empty" == fault(lambda: festival(label=" ")).slug


def test_a_festival_dumps_as_it_was_written() -> None:
    written = {"name": "tet", "days": (-1, 4), "label": "Nghỉ Tết"}
    of = Festival.model_validate(written)
    assert written == of.model_dump()
    assert of == Festival.model_validate_json(of.model_dump_json())
    assert hash(of) == hash(Festival.model_validate(written))
