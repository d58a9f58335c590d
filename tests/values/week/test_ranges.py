"""Ranges of a date and of a week at each bound: kept, joined, or refused with what to write."""

from __future__ import annotations

import pytest

from builders import DAY, HOUR, parser_fault
from support_sla.values.week import (
    Range,
    check_day,
    format_clock_time,
    format_range,
    format_week,
    parse_week,
)

MEAN = "for the whole date 00:00-24:00, and for no time leave them out"
ENDS = "runs into the next date: are its ends swapped?"


def hours(*ranges: tuple[float, float]) -> list[Range]:
    return [(round(start * HOUR), round(end * HOUR)) for start, end in ranges]


@pytest.mark.parametrize(
    ("ranges", "joined"),
    [
        ([], []),
        ([(0, 24)], [(0, 24)]),
        ([(23.75, 48)], [(23.75, 48)]),
        ([(13, 17), (8, 12)], [(8, 12), (13, 17)]),
        ([(12, 17), (8, 12)], [(8, 17)]),
        ([(8, 9), (9, 10), (10, 26)], [(8, 26)]),
        ([(8, 9), (9, 10), (11, 12), (12, 13)], [(8, 10), (11, 13)]),
    ],
)
def test_ranges_of_a_date_come_back_sorted_and_joined_where_they_touch(
    ranges: list[tuple[float, float]], joined: list[tuple[float, float]]
) -> None:
    assert check_day(hours(*ranges), of="Mo") == tuple(hours(*joined))


@pytest.mark.parametrize(
    ("ranges", "slug", "message"),
    [
        (
            [(24, 26)],
            "hours_start_late",
            "range 24:00-26:00 of Mo starts on the next date; write it there, as 00:00-02:00",
        ),
        (
            [(25, 24)],
            "hours_start_late",
            "range 25:00-24:00 of Mo starts on the next date; write it there, as 01:00-24:00",
        ),
        (
            [(25, 25)],
            "hours_start_late",
            "range 25:00-25:00 of Mo starts on the next date; write it there, as 01:00-25:00",
        ),
        (
            [(9, 9)],
            "hours_empty",
            f"hours Mo 09:00-09:00 may mean no time or 24 hours; for 24 hours write 09:00-33:00, {MEAN}",
        ),
        (
            [(10, 9)],
            "hours_empty",
            f"hours Mo 10:00-09:00 may mean no time or 24 hours; for 24 hours write 10:00-33:00, {MEAN}",
        ),
        (
            [(0, 0)],
            "hours_empty",
            (
                "hours Mo 00:00-00:00 may mean no time or 24 hours; for 24 hours write 00:00-24:00, "
                "and for no time leave them out"
            ),
        ),
    ],
)
def test_a_range_that_starts_too_late_or_has_no_end_is_told_what_to_write(
    ranges: list[tuple[float, float]], slug: str, message: str
) -> None:
    found = parser_fault(lambda: check_day(hours(*ranges), of="Mo"))
    assert (found.slug, found.message) == (slug, message)


@pytest.mark.parametrize(
    ("first", "second", "said", "way_out"),
    [
        ((8, 12), (11.75, 13), "08:00-12:00 and 11:45-13:00", "write one range, 08:00-13:00"),
        ((8, 13), (9, 12), "08:00-13:00 and 09:00-12:00", "write one range, 08:00-13:00"),
        ((8, 12), (8, 12), "08:00-12:00 and 08:00-12:00", "write one range, 08:00-12:00"),
        ((8, 12), (11, 24), "08:00-12:00 and 11:00-24:00", "write one range, 08:00-24:00"),
        (
            (8, 12),
            (11, 24.25),
            "08:00-12:00 and 11:00-00:15",
            f"write one range, 08:00-00:15 (11:00-00:15 {ENDS})",
        ),
        (
            (8, 12),
            (11, 32),
            "08:00-12:00 and 11:00-08:00",
            f"write one range, 08:00-32:00 (11:00-08:00 {ENDS})",
        ),
        ((8, 12), (11, 32.25), "08:00-12:00 and 11:00-08:15", f"one of them {ENDS}"),
        ((8, 33), (11, 12), "08:00-33:00 and 11:00-12:00", f"one of them {ENDS}"),
    ],
)
def test_ranges_that_overlap_are_told_the_one_that_holds_both(
    first: tuple[float, float], second: tuple[float, float], said: str, way_out: str
) -> None:
    found = parser_fault(lambda: check_day(hours(second, first), of="Mo"))
    assert found.slug == "hours_overlap"
    assert found.message == f"hours {said} of Mo overlap; {way_out}"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "Mo 22:00-06:00; Tu 05:59-08:00",
            "hours Mo 22:00-06:00 and Tu 05:59-08:00 overlap after midnight; end the first at 05:59",
        ),
        (
            "Mo 22:00-03:00; Tu 01:00-03:00",
            "hours Mo 22:00-03:00 and Tu 01:00-03:00 overlap after midnight; end the first at 01:00",
        ),
        (
            "Mo 22:00-03:01; Tu 01:00-03:00",
            (
                "hours Mo 22:00-03:01 and Tu 01:00-03:00 overlap after midnight; "
                "leave the second out, the first has it in"
            ),
        ),
        (
            "Su 22:00-02:00; Mo 01:00-03:00,08:00-09:00",
            "hours Su 22:00-02:00 and Mo 01:00-03:00 overlap after midnight; end the first at 01:00",
        ),
    ],
)
def test_a_night_that_overlaps_the_next_date_is_told_where_to_end(text: str, message: str) -> None:
    found = parser_fault(lambda: parse_week(text))
    assert (found.slug, found.message) == ("hours_overlap", message)


def test_a_night_may_end_where_the_next_date_begins() -> None:
    week = parse_week("Mo 22:00-06:00; Tu 06:00-08:00; Su 23:00-01:00")
    assert (week[0], week[1]) == (tuple(hours((22, 30))), tuple(hours((6, 8))))


@pytest.mark.parametrize(
    ("second", "text"),
    [
        (0, "00:00"),
        (1, "00:00:01"),
        (59, "00:00:59"),
        (60, "00:01"),
        (61, "00:01:01"),
        (3_599, "00:59:59"),
        (3_600, "01:00"),
        (DAY, "24:00"),
        (2 * DAY, "48:00"),
    ],
)
def test_a_clock_time_is_written_with_its_seconds_if_it_has_some(second: int, text: str) -> None:
    assert format_clock_time(second) == text


@pytest.mark.parametrize(
    ("end", "text"),
    [
        (23.75, "22:00-23:45"),
        (24, "22:00-24:00"),
        (24.25, "22:00-00:15"),
        (45.75, "22:00-21:45"),
        (46, "22:00-46:00"),
        (48, "22:00-48:00"),
    ],
)
def test_an_end_on_the_next_date_is_written_as_there_until_a_day_is_full(
    end: float, text: str
) -> None:
    ((start, close),) = hours((22, end))
    assert format_range((start, close)) == text


@pytest.mark.parametrize(
    "text",
    [
        "off",
        "24/7",
        "Mo 08:00-12:00",
        "Su 08:00-12:00",
        "Sa-Su 08:00-12:00",
        "Mo-Su 08:00-12:00",
        "Mo-Fr 08:00-12:00,13:00-17:00; Su 10:00-12:00",
        "Mo 08:00-12:00; Tu 09:00-12:00; We-Th 08:00-12:00",
    ],
)
def test_a_week_is_written_as_shortly_as_it_is_read(text: str) -> None:
    assert format_week(parse_week(text)) == text
