"""Hours, days and clock times that are not understood: what was written, whose, and what to write."""

from __future__ import annotations

import pytest

from builders import parser_fault
from support_sla.values.week import parse_clock_time, parse_day, parse_week

RANGES = "write ranges like '08:00-12:00,13:00-17:00', or 'off'"
TIMES = "write 00:00 to 24:00, minutes to 59 (up to 48:00 for an end on the next date)"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "hours '' have an empty rule; write e.g. 'Mo-Fr 08:00-17:00'"),
        (";", "hours ';' have an empty rule; write e.g. 'Mo-Fr 08:00-17:00'"),
        (
            "Mo-Fr",
            (
                "rule 'Mo-Fr' has weekdays and no hours; "
                "for whole days write 'Mo-Fr 00:00-24:00', else add hours"
            ),
        ),
        (
            "Mo 08:00-12:00; ; Tu 08:00-12:00",
            (
                "hours 'Mo 08:00-12:00; ; Tu 08:00-12:00' have an empty rule; "
                "write 'Mo 08:00-12:00; Tu 08:00-12:00'"
            ),
        ),
        (
            "off 08:00-12:00",
            "'off' in 'off' is no weekday; use one of Mo, Tu, We, Th, Fr, Sa, Su",
        ),
        ("08:00-", f"hours '08:00-' of Mo-Su are not understood; {RANGES}"),
        ("Mo 08:00-12:00 x", f"hours '08:00-12:00 x' of Mo are not understood; {RANGES}"),
        ("M! 08:00-12:00", f"hours 'M! 08:00-12:00' are not understood; {RANGES}"),
        (
            "24:00-08:00",
            "range 24:00-08:00 of Mo-Su starts on the next date; write it there, as 00:00-08:00",
        ),
        (
            "Mo 08:00-12:00, Mo 11:00-13:00",
            "hours 08:00-12:00 and 11:00-13:00 of Mo overlap; write one range, 08:00-13:00",
        ),
    ],
)
def test_a_week_that_is_not_understood_is_told_by_its_rule(text: str, message: str) -> None:
    assert parser_fault(lambda: parse_week(text)).message == message


@pytest.mark.parametrize(
    ("text", "way_out"),
    [("08:00", RANGES), ("8-12x", RANGES), ("08:00-12:00,", "write '08:00-12:00'")],
)
def test_hours_of_a_date_that_are_not_understood_name_the_date(text: str, way_out: str) -> None:
    for of, found in (
        ("a day", parser_fault(lambda: parse_day(text))),
        ("2026-05-05", parser_fault(lambda: parse_day(text, of="2026-05-05"))),
    ):
        assert found.slug == "notation_invalid"
        assert found.message == f"hours {text!r} of {of} are not understood; {way_out}"


@pytest.mark.parametrize("text", ["08:60", "48:00:01", "08:00:60", "8", "x", "008:00"])
def test_a_clock_time_that_does_not_exist_is_told_the_ones_that_do(text: str) -> None:
    found = parser_fault(lambda: parse_clock_time(text))
    assert found.slug == "clock_time_invalid"
    assert found.message == f"clock time {text!r} does not exist; {TIMES}"


@pytest.mark.parametrize(
    ("text", "second"),
    [("0:00", 0), ("08:59:59", 32_399), ("24:00", 86_400), ("48:00", 172_800)],
)
def test_a_clock_time_is_the_seconds_since_midnight(text: str, second: int) -> None:
    assert parse_clock_time(text) == second
