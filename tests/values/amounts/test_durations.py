"""Durations as people write them: the unit is a must, and nothing is guessed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from pydantic import TypeAdapter

from builders import fault, parser_fault, target
from support_sla.values.amounts.durations import Duration, format_duration, parse_duration


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3h", timedelta(hours=3)),
        ("30m", timedelta(minutes=30)),
        ("45s", timedelta(seconds=45)),
        ("1h30m", timedelta(minutes=90)),
        ("1h 30m 5s", timedelta(minutes=90, seconds=5)),
        ("1 h", timedelta(hours=1)),
        (" 3h ", timedelta(hours=3)),
        ("1h5s", timedelta(hours=1, seconds=5)),
        ("90m", timedelta(minutes=90)),
        ("48h", timedelta(hours=48)),
        ("1.5s", timedelta(milliseconds=1500)),
        ("0.000001s", timedelta(microseconds=1)),
        ("0m", timedelta(0)),
        ("00h", timedelta(0)),
        ("PT3H", timedelta(hours=3)),
        ("PT30M", timedelta(minutes=30)),
        ("PT1H30M5S", timedelta(minutes=90, seconds=5)),
        ("PT1.25S", timedelta(milliseconds=1250)),
        ("PT1,25S", timedelta(milliseconds=1250)),
        ("PT0S", timedelta(0)),
    ],
)
def test_a_duration_with_units_is_read_exactly(text: str, expected: timedelta) -> None:
    assert expected == parse_duration(text)


@pytest.mark.parametrize("amount", [timedelta(0), timedelta(hours=1), timedelta.max])
def test_a_timedelta_is_taken_as_it_is(amount: timedelta) -> None:
    assert amount == parse_duration(amount)


@pytest.mark.parametrize(
    ("value", "slug"),
    [
        (3, "duration_without_unit"),
        (0, "duration_without_unit"),
        (1.5, "duration_without_unit"),
        ("3", "duration_without_unit"),
        ("1.5", "duration_without_unit"),
        ("-3h", "duration_negative"),
        ("-PT3H", "duration_negative"),
        (timedelta(microseconds=-1), "duration_negative"),
        ("1d", "duration_ambiguous"),
        ("2 days", "duration_ambiguous"),
        ("1w", "duration_ambiguous"),
        ("1d12h", "duration_ambiguous"),
        ("P1D", "duration_ambiguous"),
        ("P2W", "duration_ambiguous"),
        ("P1DT12H", "duration_ambiguous"),
        ("", "duration_invalid"),
        ("   ", "duration_invalid"),
        ("h", "duration_invalid"),
        ("PT", "duration_invalid"),
        ("P1M", "duration_invalid"),
        ("P1Y", "duration_invalid"),
        ("1.5h", "duration_invalid"),
        ("1h30", "duration_invalid"),
        ("3 hours", "duration_invalid"),
        ("30m1h", "duration_invalid"),
        ("3H", "duration_invalid"),
        ("+3h", "duration_invalid"),
        ("1.1234567s", "duration_invalid"),
        ("PT1.1234567S", "duration_invalid"),
        ("\u0663h", "duration_invalid"),
        (True, "duration_invalid"),
        (None, "duration_invalid"),
        (["3h"], "duration_invalid"),
        (b"3h", "duration_invalid"),
        ("9" * 30 + "h", "duration_too_long"),
    ],
    ids=repr,
)
def test_what_is_no_plain_duration_is_refused_by_name(value: object, slug: str) -> None:
    assert slug == parser_fault(lambda: parse_duration(value)).slug


def test_an_amount_of_more_digits_than_python_reads_is_too_long() -> None:
    assert "duration_too_long" == parser_fault(lambda: parse_duration("9" * 5000 + "h")).slug


@pytest.mark.parametrize("value", [3, "1d", "-3h", "soon", "9" * 30 + "h"])
def test_the_message_shows_the_value(value: object) -> None:
    assert repr(value) in parser_fault(lambda: parse_duration(value)).message


def test_a_day_is_refused_with_both_of_its_meanings() -> None:
    message = parser_fault(lambda: parse_duration("1d")).message
    assert "24 hours" in message
    assert "business days" in message


@pytest.mark.parametrize(
    ("hours", "slug"),
    [
        ("23999999999", None),
        ("23999999999h59m59.999999", None),
        ("24000000000", "duration_too_long"),
    ],
)
def test_the_longest_duration_is_the_longest_timedelta(hours: str, slug: str | None) -> None:
    text = hours + ("s" if "m" in hours else "h")
    if slug is None:
        assert timedelta(days=999_999_999) < parse_duration(text) <= timedelta.max
    else:
        assert slug == parser_fault(lambda: parse_duration(text)).slug


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        (timedelta(0), "0m"),
        (timedelta(hours=3), "3h"),
        (timedelta(minutes=90), "1h30m"),
        (timedelta(minutes=59, seconds=59), "59m59s"),
        (timedelta(minutes=60), "1h"),
        (timedelta(minutes=60, seconds=1), "1h1s"),
        (timedelta(days=2), "48h"),
        (timedelta(milliseconds=1500), "1.5s"),
        (timedelta(microseconds=1), "0.000001s"),
        (timedelta(hours=1, microseconds=100_000), "1h0.1s"),
        (timedelta.max, "23999999999h59m59.999999s"),
    ],
    ids=str,
)
def test_a_duration_is_written_shortest_and_reads_back_equal(
    amount: timedelta, expected: str
) -> None:
    assert expected == format_duration(amount)
    assert amount == parse_duration(expected)


@pytest.mark.parametrize("mode", ["python", "json"])
def test_a_duration_in_a_model_dumps_as_text(mode: Any) -> None:
    assert "1h30m" == target(within="PT90M").model_dump(mode=mode)["within"]


def test_a_duration_in_a_model_names_its_key() -> None:
    assert ("duration_without_unit", ("within",)) == fault(lambda: target(within=3))[:2]


def test_the_schema_of_a_duration_is_a_text() -> None:
    assert "string" == TypeAdapter(Duration).json_schema()["type"]
