"""Which years and units a table may have: just before, at and after each bound, before anything is compiled."""

from __future__ import annotations

import re
from typing import Any

import pytest

from builders import calendar_data, policy, rule_data
from support_sla import InstantOutOfRangeError, NotAnInstantError, UnitError, YearsNotCoveredError
from support_sla.answers.line import Line
from support_sla.answers.question import Question
from support_sla.answers.table.build import check_span
from support_sla.clock.compiled_years import MAX_YEARS


def line_of(*rules: dict[str, Any], years: list[int] | None = None) -> Line:
    channel = {"hours": {"schedule": "office"}, "first_response": list(rules) or [rule_data()]}
    calendars = {}
    if years:
        channel["hours"] = {"schedule": "office", "observes": ["known"]}
        calendars = {"known": calendar_data(years=years)}
    made = policy(channel=channel, calendars=calendars, timezone="UTC")
    return Line.of(Question.of(made, "desk", "ticket", None, {}, "first_response"))


LINE = line_of()


def refusal(line: Line, first: Any, last: Any, unit: str = "s") -> type[Exception] | None:
    """Return with what years or a unit are refused; None if they are not."""
    try:
        check_span(line, first, last, unit)
    except (InstantOutOfRangeError, NotAnInstantError, UnitError, YearsNotCoveredError) as error:
        return type(error)
    return None


@pytest.mark.parametrize(("last", "is_read"), [(2025, False), (2026, True), (2027, True)])
def test_the_last_year_is_not_before_the_first(last: int, *, is_read: bool) -> None:
    assert refusal(LINE, 2026, last) == (None if is_read else InstantOutOfRangeError)


@pytest.mark.parametrize(("years", "is_read"), [(999, True), (1_000, True), (1_001, False)])
def test_a_table_has_at_most_a_thousand_years(years: int, *, is_read: bool) -> None:
    assert MAX_YEARS == 1_000
    found = refusal(LINE, 2026, 2026 + years - 1)
    assert found == (None if is_read else InstantOutOfRangeError)


@pytest.mark.parametrize(
    ("first", "last", "is_read"),
    [
        (1677, 2026, False),
        (1678, 2026, True),
        (1679, 2026, True),
        (2026, 2260, True),
        (2026, 2261, True),
        (2026, 2262, False),
        (1678, 2261, True),
    ],
)
def test_nanoseconds_hold_whole_years_of_64_bits_and_other_units_hold_more(
    first: int, last: int, *, is_read: bool
) -> None:
    assert refusal(LINE, first, last, "ns") == (None if is_read else InstantOutOfRangeError)
    for unit in ("s", "ms", "us"):
        assert refusal(LINE, first, last, unit) is None


@pytest.mark.parametrize(
    ("first", "last", "is_read"),
    [(2025, 2027, False), (2026, 2027, True), (2026, 2028, True), (2026, 2029, False)],
)
def test_every_year_is_one_that_the_calendars_cover(
    first: int, last: int, *, is_read: bool
) -> None:
    line = line_of(years=[2026, 2028])
    assert refusal(line, first, last) == (None if is_read else YearsNotCoveredError)


@pytest.mark.parametrize("value", ["2026", 2026.0, True, None])
def test_a_year_that_is_no_whole_number_is_refused_by_its_name(value: Any) -> None:
    said = re.escape(f"={value!r} is of type")
    with pytest.raises(NotAnInstantError, match=f"^first_year{said}"):
        check_span(LINE, value, 2026, "s")
    with pytest.raises(NotAnInstantError, match=f"^last_year{said}"):
        check_span(LINE, 2026, value, "s")


@pytest.mark.parametrize(
    ("amount", "units"),
    [
        ("2s", ["s", "ms", "us", "ns"]),
        ("2.5s", ["ms", "us", "ns"]),
        ("2.001s", ["ms", "us", "ns"]),
        ("2.000001s", ["us", "ns"]),
    ],
)
@pytest.mark.parametrize("key", ["within", "earliest"])
def test_a_unit_holds_every_amount_of_a_target_exactly(
    key: str, amount: str, units: list[str]
) -> None:
    line = line_of(rule_data(**{"within": "1h", key: amount}))
    found = [unit for unit in ("s", "ms", "us", "ns") if refusal(line, 2026, 2026, unit) is None]
    assert found == units
    if "s" not in units:
        said = re.escape(f"a table in unit 's' cannot hold the target '{amount}'; use a finer unit")
        with pytest.raises(UnitError, match=said):
            check_span(line, 2026, 2026, "s")


def test_a_unit_that_is_none_is_refused_with_those_that_are() -> None:
    with pytest.raises(UnitError, match="unit 'min' is not one of a table's; use one of 's'"):
        check_span(LINE, 2026, 2026, "min")


def test_years_are_refused_with_what_was_asked() -> None:
    for first, last, unit, said in (
        (2027, 2026, "s", "years 2027 to 2026 hold none"),
        (2000, 3000, "s", "the years 2000 to 3000, more than 1000 at once"),
        (1677, 2026, "ns", "nanoseconds=.*1677 to 2026.* 1678 to 2261"),
    ):
        with pytest.raises(InstantOutOfRangeError, match=said):
            check_span(LINE, first, last, unit)
