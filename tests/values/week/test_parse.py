"""Weekly hours as text: what is read, what is refused by name, and that the writing reads back."""

from __future__ import annotations

import pytest

from builders import DAY, HOUR, parser_fault
from support_sla.values.week import (
    CLOSED_WEEK,
    WEEKDAYS,
    Day,
    format_day,
    format_week,
    parse_clock_time,
    parse_day,
    parse_week,
    parse_weekdays,
)

OFFICE = ((8 * HOUR, 17 * HOUR),)


@pytest.mark.parametrize(
    ("text", "open_days"),
    [
        ("Mo 08:00-17:00", "Mo"),
        ("Mo-Fr 08:00-17:00", "Mo Tu We Th Fr"),
        ("Mo,We,Fr 08:00-17:00", "Mo We Fr"),
        ("Mo-We,Sa 08:00-17:00", "Mo Tu We Sa"),
        ("Mo, We 08:00-17:00", "Mo We"),
        ("Sa-Mo 08:00-17:00", "Mo Sa Su"),
        ("Su-Su 08:00-17:00", "Su"),
        ("Tu-Mo 08:00-17:00", "Mo Tu We Th Fr Sa Su"),
        ("08:00-17:00", "Mo Tu We Th Fr Sa Su"),
        ("Mo - Fr 08:00 - 17:00", "Mo Tu We Th Fr"),
        ("Mo\t08:00-17:00", "Mo"),
        ("  Mo 08:00-17:00  ", "Mo"),
        ("Mo 08:00-17:00; Sa 08:00-17:00", "Mo Sa"),
        ("Mo-Su 08:00-17:00; We off", "Mo Tu Th Fr Sa Su"),
        ("Mo-Su 08:00-17:00; We closed", "Mo Tu Th Fr Sa Su"),
        ("off; Mo 08:00-17:00", "Mo"),
        ("mo-FR 8:00-17:00", "Mo Tu We Th Fr"),
        ("Mo 08:00-17:00, Tu 08:00-17:00", "Mo Tu"),
        ("Mo 08:00-17:00,tu,we 08:00-17:00", "Mo Tu We"),
        ("Mo-We 08:00-17:00, Tu OFF", "Mo We"),
        ("off, Tu 08:00-17:00", "Tu"),
    ],
)
def test_the_days_of_a_rule_get_its_hours(text: str, open_days: str) -> None:
    expected = tuple(OFFICE if day in open_days.split() else () for day in WEEKDAYS)
    assert expected == parse_week(text)


@pytest.mark.parametrize("text", ["off", "Closed", "Mo-Su off", "24/7; Mo-Su off"])
def test_a_week_may_be_closed(text: str) -> None:
    assert CLOSED_WEEK == parse_week(text)


@pytest.mark.parametrize("text", ["24/7", "Mo-Su 00:00-24:00", "00:00-24:00", "Mo-Su 24/7"])
def test_around_the_clock_has_no_missing_minute(text: str) -> None:
    assert (((0, DAY),),) * 7 == parse_week(text)


def test_a_rule_after_a_semicolon_replaces_whole_days() -> None:
    assert ((13 * HOUR, 17 * HOUR),) == parse_week("Mo 08:00-12:00; Mo 13:00-17:00")[0]


def test_a_rule_after_a_comma_adds_its_ranges() -> None:
    added = parse_week("Mo 8:00-12:00; Tu 8:00-9:00, Mo 13:00-17:00, Mo 12:00-12:30")
    assert ((8 * HOUR, 12 * HOUR + 1800), (13 * HOUR, 17 * HOUR)) == added[0]
    assert ((8 * HOUR, 9 * HOUR),) == added[1]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("8:00-9:30:00", ((8, 9.5),)),
        ("08:00-12:00,13:00-17:00", ((8, 12), (13, 17))),
        ("13:00-17:00, 08:00-12:00", ((8, 12), (13, 17))),
        ("08:00-24:00", ((8, 24),)),
        ("22:00-06:00", ((22, 30),)),
        ("22:00-30:00", ((22, 30),)),
        ("22:00-00:00", ((22, 24),)),
        ("20:00-44:00", ((20, 44),)),
        ("00:00-48:00", ((0, 48),)),
        ("06:00-08:00,22:00-06:00", ((6, 8), (22, 30))),
        ("off", ()),
        (" closed ", ()),
    ],
)
def test_the_ranges_of_a_date_are_read_in_order(
    text: str, expected: tuple[tuple[int, int], ...]
) -> None:
    assert tuple((start * HOUR, end * HOUR) for start, end in expected) == parse_day(text)


@pytest.mark.parametrize(
    ("second_range", "expected"),
    [
        pytest.param("11:59-13:00", None, id="a minute before the end"),
        pytest.param("12:00-13:00", ((8 * HOUR, 13 * HOUR),), id="at the end"),
        pytest.param(
            "12:01-13:00",
            ((8 * HOUR, 12 * HOUR), (12 * HOUR + 60, 13 * HOUR)),
            id="a minute after the end",
        ),
    ],
)
def test_touching_ranges_join_and_overlapping_ones_are_refused(
    second_range: str, expected: Day | None
) -> None:
    text = f"08:00-12:00,{second_range}"
    if expected is None:
        assert "hours_overlap" == parser_fault(lambda: parse_day(text)).slug
    else:
        assert expected == parse_day(text)


@pytest.mark.parametrize(
    ("end", "expected"),
    [("07:59", 7 * HOUR + 59 * 60 + DAY), ("08:00", None), ("08:01", 8 * HOUR + 60)],
)
def test_a_range_that_ends_before_its_start_runs_into_the_next_date(
    end: str, expected: int | None
) -> None:
    if expected is None:
        assert "hours_empty" == parser_fault(lambda: parse_day(f"08:00-{end}")).slug
    else:
        assert ((8 * HOUR, expected),) == parse_day(f"08:00-{end}")


@pytest.mark.parametrize("text", ["00:00-00:00", "23:59-23:59", "08:00-12:00,13:00-13:00"])
def test_an_empty_range_is_refused_with_the_writing_of_a_whole_day(text: str) -> None:
    found = parser_fault(lambda: parse_day(text, of="Mo"))
    assert "hours_empty" == found.slug
    assert "00:00-24:00" in found.message


@pytest.mark.parametrize(
    ("start", "slug"),
    [("23:59", None), ("24:00", "hours_start_late"), ("24:01", "hours_start_late")],
)
def test_a_range_starts_before_midnight(start: str, slug: str | None) -> None:
    text = f"{start}-26:00"
    if slug is None:
        assert ((DAY - 60, 26 * HOUR),) == parse_day(text)
    else:
        assert slug == parser_fault(lambda: parse_day(text)).slug


@pytest.mark.parametrize("text", ["24:00-26:00", "25:00-25:30", "48:00-48:00"])
def test_a_range_that_starts_late_is_shown_as_it_was_written(text: str) -> None:
    assert text in parser_fault(lambda: parse_day(text)).message


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("00:00", 0),
        ("00:00:01", 1),
        ("08:30", 8 * HOUR + 30 * 60),
        ("23:59:59", DAY - 1),
        ("24:00", DAY),
        ("24:01", DAY + 60),
        ("47:59:59", 2 * DAY - 1),
        ("48:00", 2 * DAY),
    ],
)
def test_a_clock_time_is_seconds_since_midnight(text: str, expected: int) -> None:
    assert expected == parse_clock_time(text)


@pytest.mark.parametrize(
    "text",
    [
        "48:00:01",
        "48:01",
        "99:00",
        "08:60",
        "08:00:60",
        "008:00",
        "08",
        "0800",
        "",
        "-1:00",
        "08:00 ",
    ],
)
def test_a_clock_time_that_does_not_exist_is_refused_with_its_text(text: str) -> None:
    found = parser_fault(lambda: parse_clock_time(text))
    assert "clock_time_invalid" == found.slug
    assert repr(text) in found.message


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("PH off", "holidays"),
        ("Mo-Fr,PH 08:00-12:00", "holidays"),
        ("SH 08:00-12:00", "holidays"),
        ("Mo 08:00-12:00 || Tu 08:00-12:00", "fallback"),
        ("Jan-Mar 08:00-12:00", "months"),
        ("Dec 25 off", "months"),
        ("week 1-10 08:00-12:00", "week numbers"),
        ("2026 Mo 08:00-12:00", "years"),
        ("2026-2027 08:00-12:00", "years"),
        ("sunrise-sunset", "the sun"),
        ("Mo dawn-dusk", "the sun"),
        ("easter off", "Easter"),
        ("Mo[1] 08:00-12:00", "n-th weekday"),
        ("Mo[-1] 08:00-12:00", "n-th weekday"),
        ('Mo 08:00-12:00 "by app"', "comments"),
        ("Mo 08:00+", "open end"),
        ("Mo 08:00-12:00+", "open end"),
        ("Mo open", "states"),
        ("Mo 08:00-12:00 unknown", "states"),
        ("Mo 10:00-16:00/90", "intervals"),
        ("Mo 10:00-16:00/01:30", "intervals"),
    ],
)
def test_what_the_subset_leaves_out_is_refused_by_name(text: str, name: str) -> None:
    found = parser_fault(lambda: parse_week(text))
    assert "notation_unsupported" == found.slug
    assert name in found.message
    assert repr(text) in found.message


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  ",
        ";",
        "Mo 08:00-17:00;",
        "; Mo 08:00-17:00",
        "Mo 08:00-17:00;; Tu 08:00-17:00",
        "Mo",
        "Mo-Fr",
        "Mo: 08:00-17:00",
        "Mo 08:00",
        "Mo 08.00-17.00",
        "Mo 08:00\u201317:00",
        "Mo 08:00-17:00,",
        "Mo 08:00-17:00,off",
        "Mo 08:00-17:00 Tu 08:00-17:00",
        "Mo 08:00-12:00-17:00",
        "24/7 off",
        "Mo \u0660\u0668:00-17:00",
    ],
    ids=repr,
)
def test_what_is_no_notation_is_refused(text: str) -> None:
    assert "notation_invalid" == parser_fault(lambda: parse_week(text)).slug


@pytest.mark.parametrize(
    ("text", "way_out"),
    [
        ("Mo-Friday", "did you mean 'Fr'?"),
        ("Mon-Fri 08:00-17:00", "write 'Mo-Fr 08:00-17:00'"),
        ("whenever", "use one of Mo, Tu"),
    ],
)
def test_a_word_that_is_no_weekday_is_refused_with_the_nearest_one(text: str, way_out: str) -> None:
    found = parser_fault(lambda: parse_week(text))
    assert "weekday_unknown" == found.slug
    assert way_out in found.message


def test_an_overlap_by_swapped_ends_says_so() -> None:
    found = parser_fault(lambda: parse_week("Mo 14:00-18:00,17:00-09:00"))
    assert "are its ends swapped?" in found.message


@pytest.mark.parametrize("text", ["Mo 8:60-17:00", "Mo 08:60-17:00", "Mo 08:00-48:01"])
def test_a_time_that_does_not_exist_in_a_week_is_refused(text: str) -> None:
    assert "clock_time_invalid" == parser_fault(lambda: parse_week(text)).slug


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Xx", "Xx"),
        ("Mo-Xx", "Xx"),
        ("Mo-We-Fr", "We-Fr"),
        ("", ""),
        ("Mo,", ""),
        ("-Mo", ""),
        ("Mo-", ""),
        ("moo", "moo"),
    ],
)
def test_an_unknown_weekday_is_named(text: str, named: str) -> None:
    found = parser_fault(lambda: parse_weekdays(text))
    assert "weekday_unknown" == found.slug
    assert found.message.startswith(repr(named))


def test_an_unknown_weekday_of_a_rule_is_named() -> None:
    found = parser_fault(lambda: parse_week("Mo-Xx 08:00-12:00"))
    assert ("weekday_unknown", True) == (found.slug, "'Xx'" in found.message)


@pytest.mark.parametrize("text", ["Mo,Mo", "Mo-We,Tu", "Fr-Mo,Su"])
def test_a_weekday_named_twice_in_one_rule_is_refused(text: str) -> None:
    found = parser_fault(lambda: parse_weekdays(text))
    assert "weekday_repeated" == found.slug
    assert repr(text) in found.message


@pytest.mark.parametrize("end", ["05:59", "06:00", "06:01"])
@pytest.mark.parametrize("days", [("Mo", "Tu"), ("Sa", "Su"), ("Su", "Mo")], ids="-".join)
def test_a_night_shift_may_touch_the_next_day_and_not_overlap_it(
    days: tuple[str, str], end: str
) -> None:
    text = f"{days[0]} 22:00-{end}; {days[1]} 06:00-08:00"
    if end == "06:01":
        found = parser_fault(lambda: parse_week(text))
        assert "hours_overlap" == found.slug
        assert f"{days[0]} 22:00-06:01 and {days[1]} 06:00-08:00" in found.message
    else:
        assert 2 == sum(map(bool, parse_week(text)))


def test_a_whole_day_and_the_next_may_not_run_over() -> None:
    assert "hours_overlap" == parser_fault(lambda: parse_week("Mo-Su 00:00-48:00")).slug


def test_two_days_in_one_range_leave_the_next_day_closed() -> None:
    assert ((0, 2 * DAY),) == parse_week("Mo 00:00-48:00; We 00:00-24:00")[0]


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("24/7", "24/7"),
        ("Mo-Su 00:00-24:00", "24/7"),
        ("off", "off"),
        ("Mo,Tu,We 08:00-12:00,12:00-17:00", "Mo-We 08:00-17:00"),
        ("Mo,We 08:00-17:00", "Mo 08:00-17:00; We 08:00-17:00"),
        ("Sa-Mo 08:00-17:00", "Mo 08:00-17:00; Sa-Su 08:00-17:00"),
        ("08:00-17:00", "Mo-Su 08:00-17:00"),
        (
            "Mo-Fr 09:00-17:00; We 09:00-12:00",
            "Mo-Tu 09:00-17:00; We 09:00-12:00; Th-Fr 09:00-17:00",
        ),
        ("Su 22:00-30:00", "Su 22:00-06:00"),
        ("Fr 20:00-44:00", "Fr 20:00-44:00"),
        ("Fr 20:00-43:59", "Fr 20:00-19:59"),
        ("Fr 20:00-44:01", "Fr 20:00-44:01"),
        ("Fr 00:00-48:00", "Fr 00:00-48:00"),
        ("Fr 20:00-00:00", "Fr 20:00-24:00"),
        ("Fr 08:00:30-17:00:05", "Fr 08:00:30-17:00:05"),
        ("Mo-Su 00:00-24:00; Fr off", "Mo-Th 00:00-24:00; Sa-Su 00:00-24:00"),
        ("Mo 13:00-17:00,08:00-12:00", "Mo 08:00-12:00,13:00-17:00"),
    ],
)
def test_a_week_is_written_canonically_and_reads_back_equal(text: str, canonical: str) -> None:
    week = parse_week(text)
    assert canonical == format_week(week)
    assert week == parse_week(canonical)


@pytest.mark.parametrize("text", ["off", "08:00-12:00,13:00-17:00", "22:00-06:00", "20:00-48:00"])
def test_a_day_is_written_as_it_is_read(text: str) -> None:
    assert text == format_day(parse_day(text))


def test_every_whole_hour_range_of_a_date_reads_back_equal() -> None:
    for start in range(24):
        for end in range(start + 1, 49):
            day = ((start * HOUR, end * HOUR),)
            assert day == parse_day(format_day(day))


EACH = "use one of Mo, Tu, We, Th, Fr, Sa, Su"
HOLIDAYS = "leave it out, and let the line observe a calendar of these holidays"
ENDS = "name one at both ends of a range and between commas"


@pytest.mark.parametrize(
    ("text", "name", "way_out"),
    [
        ("M", "M", EACH),
        ("Fr,T", "T", EACH),
        ("X-Mo", "X", EACH),
        ("Mon", "Mon", "did you mean 'Mo'?"),
        ("Fr-sund", "sund", "did you mean 'Su'?"),
        ("PH", "PH", HOLIDAYS),
        ("Mo,sh", "sh", HOLIDAYS),
        ("Mo,", "", ENDS),
        ("-Mo", "", ENDS),
    ],
)
def test_a_name_that_is_no_weekday_is_told_in_its_text_with_its_own_way_out(
    text: str, name: str, way_out: str
) -> None:
    found = parser_fault(lambda: parse_weekdays(text))
    assert found.slug == "weekday_unknown"
    assert found.message == f"{name!r} in {text!r} is no weekday; {way_out}"
