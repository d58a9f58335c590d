"""Business days as people write them: whole days, in these words, and never 24 hours."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from pydantic import TypeAdapter

from builders import parser_fault
from support_sla.values.amounts.business_days import (
    MOST_DAYS,
    BusinessDays,
    Within,
    format_within,
    parse_within,
)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("1 business day", 1),
        ("2 business days", 2),
        ("0 business days", 0),
        ("1 business days", 1),
        ("2 business day", 2),
        ("2 business-days", 2),
        ("2business days", 2),
        ("2  business days", 2),
        (" 2 business days ", 2),
        (" 10 Business Days ", 10),
        ("002 business days", 2),
        ("3650 business days", 3_650),
        (BusinessDays(0), 0),
        (BusinessDays(3_650), 3_650),
    ],
    ids=repr,
)
def test_a_number_of_business_days_is_read(text: Any, count: int) -> None:
    assert BusinessDays(count) == parse_within(text)
    assert BusinessDays(count) == parse_within(format_within(BusinessDays(count)))
    assert BusinessDays(count) == parse_within(BusinessDays(count))


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("24h", timedelta(hours=24)),
        ("PT3H", timedelta(hours=3)),
        (timedelta(days=1), timedelta(hours=24)),
        ("0m", timedelta(0)),
    ],
    ids=repr,
)
def test_an_amount_of_time_is_read_as_one(text: Any, amount: timedelta) -> None:
    assert amount == parse_within(text)


@pytest.mark.parametrize(
    "value",
    [
        "3651 business days",
        "99999 business days",
        "99999999999 business days",
        f"{10**40} business days",
        BusinessDays(3_651),
        BusinessDays(-1),
        BusinessDays(1.0),  # type: ignore[arg-type]
        BusinessDays(True),
    ],
    ids=repr,
)
def test_a_number_out_of_range_is_refused(value: Any) -> None:
    found = parser_fault(lambda: parse_within(value))
    assert "business_days_invalid" == found.slug
    assert f"is no number of business days from 0 to {MOST_DAYS}; write e.g." in found.message


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("business day", "1 business day"),
        ("business days", "1 business day"),
        ("1 working day", "1 business day"),
        ("2 working days", "2 business days"),
        ("2 work days", "2 business days"),
        ("3 workdays", "3 business days"),
        ("2 business_days", "2 business days"),
        ("1 businessday", "1 business day"),
        ("2bd", "2 business days"),
        ("2 BD", "2 business days"),
        ("5 b-days", "5 business days"),
        ("2 bd", "2 business days"),
        ("99999 working days", "1 business day"),
    ],
)
def test_another_word_for_business_days_is_refused_with_ours(text: str, meant: str) -> None:
    assert (
        "business_days_invalid",
        (),
        f"'{text}' is not how business days are written; write '{meant}'",
    ) == parser_fault(lambda: parse_within(text))
    assert isinstance(parse_within(meant), BusinessDays)


@pytest.mark.parametrize("text", ["1.5 business days", "0.5 bd", "1,5 workdays"])
def test_a_part_of_a_business_day_is_refused_with_both_ways_out(text: str) -> None:
    found = parser_fault(lambda: parse_within(text))
    assert "business_days_invalid" == found.slug
    assert (
        f"'{text}' counts a part of a business day, which has no length of its own; write whole "
        "days, e.g. '1 business day', or open hours, e.g. '12h'" == found.message
    )


@pytest.mark.parametrize(
    ("text", "around", "days", "open_hours"),
    [
        ("1d", "'24h'", "'1 business day'", "'8h'"),
        ("2 days", "'48h'", "'2 business days'", "'16h'"),
        ("P3D", "'72h'", "'3 business days'", "'24h'"),
    ],
)
def test_days_without_a_word_may_mean_two_things_and_are_refused_with_each(
    text: str, around: str, days: str, open_hours: str
) -> None:
    found = parser_fault(lambda: parse_within(text))
    assert "duration_ambiguous" == found.slug
    assert f"write {around} for the former" in found.message
    assert f"for the latter {days} with by = 'close', or the open hours, {open_hours}" in (
        found.message
    )


def test_days_beyond_any_number_are_refused_without_one() -> None:
    found = parser_fault(lambda: parse_within("99999 days"))
    assert "duration_ambiguous" == found.slug
    assert "for the latter business days with by = 'close'" in found.message


@pytest.mark.parametrize("text", ["1 week", "2w", "P3W"])
def test_weeks_are_not_told_to_be_as_many_business_days(text: str) -> None:
    count = int("".join(filter(str.isdigit, text)))
    found = parser_fault(lambda: parse_within(text))
    assert "duration_ambiguous" == found.slug
    assert f"'{BusinessDays(count)}'" not in found.message


@pytest.mark.parametrize(
    ("value", "slug"),
    [
        ("-1 business days", "duration_negative"),
        ("one business day", "duration_invalid"),
        ("1 business day 2h", "duration_invalid"),
        ("٢ business days", "duration_invalid"),
        ("", "duration_invalid"),
        (None, "duration_invalid"),
        (True, "duration_invalid"),
        (2, "duration_without_unit"),
        ("2", "duration_without_unit"),
    ],
    ids=repr,
)
def test_what_is_neither_days_nor_time_is_refused_as_no_duration(value: Any, slug: str) -> None:
    assert slug == parser_fault(lambda: parse_within(value)).slug


@pytest.mark.parametrize(
    ("within", "text"),
    [
        (BusinessDays(0), "0 business days"),
        (BusinessDays(1), "1 business day"),
        (BusinessDays(2), "2 business days"),
        (timedelta(minutes=90), "1h30m"),
        (timedelta(0), "0m"),
    ],
    ids=str,
)
def test_a_promise_is_written_so_that_it_reads_back(
    within: timedelta | BusinessDays, text: str
) -> None:
    assert text == format_within(within)
    assert within == parse_within(text)


def test_business_days_compare_by_their_number_and_never_with_hours() -> None:
    assert BusinessDays(1) < BusinessDays(2)
    assert hash(BusinessDays(1)) == hash(BusinessDays(1))
    assert timedelta(hours=24) != BusinessDays(1)


def test_a_promise_in_a_model_is_dumped_as_its_text() -> None:
    adapter: TypeAdapter[timedelta | BusinessDays] = TypeAdapter(Within)
    assert "2 business days" == adapter.dump_python(adapter.validate_python("2 business-days"))
    assert b'"3h"' == adapter.dump_json(adapter.validate_python("180m"))
    assert "string" == adapter.json_schema()["type"]
