"""Promises in business days as text: read strictly, or refused with what to write."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from builders import parser_fault
from support_sla import BusinessDays
from support_sla.values.amounts.business_days import format_within, parse_within


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("0 business days", 0),
        ("1 business day", 1),
        ("1 business days", 1),
        ("2 business days", 2),
        (" 10 Business Days ", 10),
        ("3650 business days", 3650),
    ],
)
def test_business_days_are_a_number_of_dates(text: str, count: int) -> None:
    assert BusinessDays(count) == parse_within(text)
    assert BusinessDays(count) == parse_within(format_within(BusinessDays(count)))
    assert BusinessDays(count) == parse_within(BusinessDays(count))


def test_one_day_is_no_two_days() -> None:
    assert ("1 business day", "2 business days", "0 business days") == tuple(
        map(str, map(BusinessDays, (1, 2, 0)))
    )
    assert BusinessDays(1) < BusinessDays(2)


def test_an_amount_of_time_is_read_beside() -> None:
    assert (timedelta(hours=3), "3h") == (parse_within("3h"), format_within(timedelta(hours=3)))


@pytest.mark.parametrize(
    ("value", "way_out"),
    [
        ("1.5 business days", "write whole days, e.g. '1 business day', or open hours"),
        ("1 working day", "write '1 business day'"),
        ("2 bd", "write '2 business days'"),
        ("business day", "write '1 business day'"),
        ("99999 working days", "write '1 business day'"),
        ("3651 business days", "from 0 to 3650"),
        ("99999999999 business days", "from 0 to 3650"),
        (BusinessDays(-1), "from 0 to 3650"),
    ],
)
def test_what_reads_like_business_days_is_told_how_they_are_written(
    value: Any, way_out: str
) -> None:
    found = parser_fault(lambda: parse_within(value))
    assert "business_days_invalid" == found.slug
    assert way_out in found.message


def test_plain_days_are_told_all_three_readings() -> None:
    message = parser_fault(lambda: parse_within("2 days")).message
    assert "write '48h' for the former" in message
    assert "'2 business days' with by = 'close'" in message
    assert "'16h' if a day has 8" in message
    assert "business days with by" in parser_fault(lambda: parse_within("99999 days")).message
