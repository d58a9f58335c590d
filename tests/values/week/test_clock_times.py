"""Clock times of a date, and ranges of a date that a condition names; none past midnight."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from pydantic import TypeAdapter

from builders import DAY, HOUR, parser_fault
from support_sla.values.week import Day
from support_sla.values.week.clock_times import ClockTime, Times, read_clock_time, read_times


@pytest.mark.parametrize(
    ("text", "second"),
    [
        ("00:00", 0),
        ("0:00", 0),
        ("9:00", 9 * HOUR),
        ("09:00", 9 * HOUR),
        ("16:30", 16 * HOUR + 1_800),
        ("09:00:30", 9 * HOUR + 30),
        (" 16:00 ", 16 * HOUR),
        ("23:59:59", DAY - 1),
        ("24:00", DAY),
    ],
)
def test_a_clock_time_is_read_as_seconds_since_midnight(text: str, second: int) -> None:
    assert second == read_clock_time(text)


@pytest.mark.parametrize(
    "value",
    ["", "7", "7pm", "16.00", "16", "1600", "16:0", "16:00:0", "016:00", "-1:00", "noon", "１6:00",
     16, 16.5, None, True, dt.time(16), ["16:00"]],
    ids=repr,
)  # fmt: skip
def test_what_is_no_clock_time_is_refused_with_what_to_write(value: Any) -> None:
    found = parser_fault(lambda: read_clock_time(value))
    assert "clock_time_invalid" == found.slug
    assert "is no clock time; write it in quotes, e.g. '16:00'" in found.message


@pytest.mark.parametrize("text", ["24:00:01", "24:01", "25:00", "48:00"])
def test_a_clock_time_of_the_next_date_is_refused(text: str) -> None:
    assert (
        "clock_time_invalid",
        (),
        f"clock time '{text}' lies on the next date; write 00:00 to 24:00",
    ) == parser_fault(lambda: read_clock_time(text))


@pytest.mark.parametrize("text", ["12:60", "12:00:60", "48:01", "99:00"])
def test_a_clock_time_that_does_not_exist_is_refused(text: str) -> None:
    found = parser_fault(lambda: read_clock_time(text))
    assert "clock_time_invalid" == found.slug
    assert f"clock time '{text}' does not exist" in found.message


@pytest.mark.parametrize(
    ("text", "ranges"),
    [
        ("00:00-13:00", ((0, 13 * HOUR),)),
        ("9:00-12:00", ((9 * HOUR, 12 * HOUR),)),
        ("00:00-24:00", ((0, DAY),)),
        ("24/7", ((0, DAY),)),
        ("23:59:59-24:00", ((DAY - 1, DAY),)),
        ("00:00-06:00,22:00-24:00", ((0, 6 * HOUR), (22 * HOUR, DAY))),
        ("22:00-24:00, 00:00-06:00", ((0, 6 * HOUR), (22 * HOUR, DAY))),
        ("06:00-08:00,08:00-09:00", ((6 * HOUR, 9 * HOUR),)),
    ],
)
def test_ranges_of_a_date_are_read_in_order_with_touching_ones_joined(
    text: str, ranges: Day
) -> None:
    assert ranges == read_times(text)


@pytest.mark.parametrize("value", [9, None, True, ["08:00-12:00"], dt.time(9)], ids=repr)
def test_times_that_are_no_text_are_refused(value: Any) -> None:
    found = parser_fault(lambda: read_times(value))
    assert "time_invalid" == found.slug
    assert "is no text; write ranges, e.g. '00:00-13:00'" in found.message


@pytest.mark.parametrize("text", ["off", "closed", " OFF "])
def test_times_that_match_nothing_are_refused(text: str) -> None:
    assert (
        "time_invalid",
        (),
        f"time = '{text}' matches nothing; write ranges, e.g. '00:00-13:00'",
    ) == parser_fault(lambda: read_times(text))


@pytest.mark.parametrize(
    "text", ["", "noon", "8-12", "after 16:00", "Mo 08:00-12:00", "08:00-12:00;", "08:00-08:00"]
)
def test_what_is_no_part_of_a_date_is_refused_with_where_weekdays_go(text: str) -> None:
    assert (
        "time_invalid",
        (),
        (
            f"time = '{text}' is no part of a date; write ranges, e.g. '00:00-13:00' or "
            "'00:00-06:00,22:00-24:00' (weekdays go under 'days')"
        ),
    ) == parser_fault(lambda: read_times(text))


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("08:60-09:00", "clock_time_invalid"),
        ("08:00-12:00,11:00-13:00", "hours_overlap"),
        ("24:00-25:00", "hours_start_late"),
    ],
)
def test_what_is_wrong_with_hours_is_wrong_with_times(text: str, slug: str) -> None:
    assert slug == parser_fault(lambda: read_times(text)).slug


@pytest.mark.parametrize(
    ("text", "instead", "ranges"),
    [
        ("22:00-06:00", "00:00-06:00,22:00-24:00", ((0, 6 * HOUR), (22 * HOUR, DAY))),
        ("22:00-30:00", "00:00-06:00,22:00-24:00", ((0, 6 * HOUR), (22 * HOUR, DAY))),
        ("23:59-00:01", "00:00-00:01,23:59-24:00", ((0, 60), (DAY - 60, DAY))),
    ],
)
def test_times_past_midnight_are_refused_with_the_two_ranges_they_mean(
    text: str, instead: str, ranges: Day
) -> None:
    found = parser_fault(lambda: read_times(text))
    assert (
        "time_invalid",
        (),
        (
            f"time '{text}' runs past midnight, where another date is judged; write it as two, e.g. "
            f"'{instead}'"
        ),
    ) == found
    assert ranges == read_times(instead)


@pytest.mark.parametrize(
    ("text", "ranges"),
    [
        ("00:00-24:30", ((0, DAY),)),
        ("08:00-33:00", ((0, DAY),)),
        ("00:00-48:00", ((0, DAY),)),
        (
            "08:00-12:00,22:00-06:00",
            ((0, 6 * HOUR), (8 * HOUR, 12 * HOUR), (22 * HOUR, DAY)),
        ),
    ],
)
def test_what_is_to_be_written_instead_of_times_past_midnight_means_the_same(
    text: str, ranges: Day
) -> None:
    instead = parser_fault(lambda: read_times(text)).message.split("'")[-2]
    assert ranges == read_times(instead)


def test_times_in_a_model_are_dumped_as_their_text() -> None:
    clock: TypeAdapter[int] = TypeAdapter(ClockTime)
    times: TypeAdapter[Day] = TypeAdapter(Times)
    assert "09:00" == clock.dump_python(clock.validate_python("9:00"))
    assert b'"24:00"' == clock.dump_json(clock.validate_python("24:00"))
    assert "09:00-12:00,22:00-24:00" == times.dump_python(
        times.validate_python("22:00-24:00,9:00-12:00")
    )
    assert "string" == clock.json_schema()["type"] == times.json_schema()["type"]


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (5, "time 5 is no text; write ranges, e.g. '00:00-13:00'"),
        (
            "08:00-12:00,11:00-13:00",
            "hours 08:00-12:00 and 11:00-13:00 of time overlap; write one range, 08:00-13:00",
        ),
        (
            "22:00-26:00",
            (
                "time '22:00-26:00' runs past midnight, where another date is judged; "
                "write it as two, e.g. '00:00-02:00,22:00-24:00'"
            ),
        ),
        (
            "00:00-12:00,22:00-48:00",
            (
                "time '00:00-12:00,22:00-48:00' runs past midnight, where another date is judged; "
                "write '00:00-24:00'"
            ),
        ),
    ],
)
def test_times_are_refused_by_what_was_written_and_what_to_write(value: Any, message: str) -> None:
    assert parser_fault(lambda: read_times(value)).message == message


@pytest.mark.parametrize("value", [5, "8", None])
def test_what_is_no_clock_time_is_shown(value: Any) -> None:
    found = parser_fault(lambda: read_clock_time(value))
    assert found.message == f"{value!r} is no clock time; write it in quotes, e.g. '16:00'"
