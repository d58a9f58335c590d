"""How an answer table shows itself: on one line, as a repr, in a notebook, and the rows as a page."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from builders import policy, rule_data
from support_sla import (
    AnswerTable,
    InstantError,
    InstantOutOfRangeError,
    NaiveInstantError,
    NotAnInstantError,
)
from support_sla.values.units import NANOSECONDS_IN, Unit

ALWAYS = {"within": "1h", "counted_in": "calendar_time"}


def table(*rules: dict[str, Any], unit: Unit = "s", **asked: Any) -> AnswerTable:
    """Return the table of a line for 2026, in UTC."""
    made = policy(
        *rules or [rule_data()],
        timezone="UTC",
        priorities=["high"],
        attributes={"plan": ["gold"]},
    )
    return AnswerTable.of(
        made, department="desk", first_year=2026, last_year=2026, unit=unit, **asked
    )


def test_a_table_is_told_on_one_line_by_its_line_years_and_rules() -> None:
    assert str(table()) == "desk/ticket, submissions of 2026 in UTC: 523 rows by 'default'"
    asked = table(ALWAYS, priority="high", attributes={"plan": "gold"})
    assert str(asked) == (
        "desk/ticket with priority 'high', submissions of 2026 in UTC: 1 row by 'default'"
    )


def test_the_repr_of_a_table_names_its_parts_and_counts_its_rows() -> None:
    assert repr(table(priority="high")) == (
        "AnswerTable(department='desk', channel='ticket', priority='high', crossing='submission', "
        "zone='UTC', unit='s', first_year=2026, last_year=2026, targets=['default'], "
        "rows=[...523 rows...])"
    )


def test_the_repr_of_a_table_of_many_rules_counts_them_too() -> None:
    rules = [rule_data(when={"days": [day]}, name=f"on {day}, as it is") for day in ("Mo", "Tu")]
    names = [rule_data(when={"time": f"{hour:02d}:00-{hour + 1:02d}:00"}) for hour in range(20)]
    assert "targets=[...23 targets...], rows=[..." in repr(table(*rules, *names, rule_data()))


@pytest.mark.parametrize(("days", "rows"), [(5, 11), (6, 13)])
def test_a_notebook_shows_twelve_rows_and_says_how_many_more_there_are(
    days: int, rows: int
) -> None:
    # Each of the days of January has a rule of its own.
    dates = [{"date": f"2026-01-{2 * day:02d}", "name": f"day {day}"} for day in range(1, days + 1)]
    made = policy(
        {"when": {"days": ["those"]}, **ALWAYS, "within": "2h"},
        ALWAYS,
        calendars={"those": {"days": dates, "years": [2026, 2027]}},
        timezone="UTC",
    )
    found = AnswerTable.of(made, department="desk", first_year=2026, last_year=2026)
    said = found._repr_markdown_()
    assert len(found) == rows
    head, heads, _, *shown = [line for line in said.splitlines() if line]
    assert head == f"**{found}**"
    assert heads == "| from | rule | counting starts | earliest | due |"
    assert shown[0] == "| Th 2026-01-01 00:00 | default | at once | - | +1h |"
    if rows > 12:
        assert shown[12:] == ["and 1 more: describe() writes them"]
    else:
        assert len(shown) == rows


def test_the_last_row_that_a_notebook_shows_ends_where_the_next_one_begins() -> None:
    # After five o'clock on a Monday all wait for Tuesday, when another rule reigns: no row rises.
    shown = table(rule_data(when={"days": ["Mo"]}))._repr_markdown_().splitlines()[4:16]
    assert shown[-1] == (
        "| Mo 2026-01-19 17:00 | Mo | Tu 2026-01-20 08:00 | - | Tu 2026-01-20 09:00 |"
    )


def test_the_last_row_of_a_table_ends_with_its_years() -> None:
    dates = [{"date": day, "name": day, "open": "09:00-12:00"} for day in OPEN]
    made = policy(
        timezone="UTC",
        schedules={"office": "off"},
        calendars={"open": {"days": dates, "years": [2026, 2028]}},
        channel={
            "hours": {"schedule": "office", "observes": ["open"]},
            "first_response": [rule_data()],
        },
    )
    found = AnswerTable.of(made, department="desk", first_year=2026, last_year=2026)
    last = "Tu 2027-01-05 09:00 | - | Tu 2027-01-05 10:00"
    assert found._repr_markdown_().splitlines()[-1] == (
        f"| Tu 2026-05-05 12:00 | default | {last} |"
    )


OPEN = ("2026-05-05", "2027-01-05")


@pytest.mark.parametrize(
    ("start", "first"),
    [
        ("2026-01-05T09:59:59Z", "Mo 2026-01-05 09:59:59"),
        ("2026-01-05T09:59:59.000001Z", "Mo 2026-01-05 10:00"),
        ("2026-01-05T10:00:00Z", "Mo 2026-01-05 10:00"),
    ],
)
def test_a_page_begins_at_the_first_whole_unit_from_an_instant_on(start: str, first: str) -> None:
    *_, row = table(ALWAYS).describe(start).splitlines()
    assert row.startswith(f"{first}  default")


@pytest.mark.parametrize("unit", NANOSECONDS_IN)
def test_a_page_of_each_unit_says_the_same_instants(unit: Unit) -> None:
    page = table(ALWAYS, unit=unit).describe("2026-01-05T09:00:01Z", "2026-01-05T10:00:00Z")
    assert page.splitlines()[-1].split("  ")[0] == "Mo 2026-01-05 09:00:01"


def test_an_instant_of_a_page_that_is_none_is_refused_by_its_name() -> None:
    found = table()
    with pytest.raises(InstantError, match="start='soon'"):
        found.describe("soon")
    with pytest.raises(NotAnInstantError, match="end is no instant: 5 "):
        found.describe(None, 5)  # type: ignore[arg-type]
    with pytest.raises(NaiveInstantError, match=r"ZoneInfo\('UTC'\)"):
        found.describe(dt.datetime(2026, 1, 5, 9))


@pytest.mark.parametrize(
    ("start", "end", "asked"),
    [
        ("2025-12-31T23:59:59Z", None, "2025-12-31T23:59:59Z to the end"),
        (None, "2027-01-01T00:00:01Z", "the start to 2027-01-01T00:00:01Z"),
    ],
)
def test_a_page_outside_the_years_says_what_was_asked(
    start: str | None, end: str | None, asked: str
) -> None:
    with pytest.raises(InstantOutOfRangeError, match=asked):
        table().describe(start, end)


def test_a_page_may_be_of_all_the_years_and_of_one_unit_of_them() -> None:
    found = table(ALWAYS)
    every = found.describe("2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z")
    assert every == found.describe()
    last = found.describe("2026-12-31T23:59:59Z", "2027-01-01T00:00:00Z")
    assert last.splitlines()[-1].startswith("Th 2026-12-31 23:59:59  default")
