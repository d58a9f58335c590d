"""Which rule answers: by date, by priority, and when time crosses into another day."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from builders import (
    calendar,
    day_data,
    policy,
)
from support_sla import (
    Policy,
)
from vietnam_desk import (
    ask,
    at,
    business_time,
    calendar_time,
    due,
    shown,
)

# --- Rules by date and priority ---


RULES = policy(
    calendar_time("feast", "20h", "known"),
    calendar_time("sunday", "12h", "Su"),
    calendar_time("urgent", "1h", priority=("high",)),
    calendar_time("ordinary", "3h"),
    calendars={
        "known": calendar(day_data("2026-03-08"), day_data("2026-03-11", closed="12:00-13:00"))
    },
    priorities=["low", "high"],
)  # fmt: skip  a calendar stands on one line


@pytest.mark.parametrize(
    ("text", "step", "priority", "name"),
    [
        pytest.param("2026-03-01 00:00", -1, None, "ordinary", id="before a Sunday"),
        pytest.param("2026-03-01 00:00", 0, None, "sunday", id="Sunday begins"),
        pytest.param("2026-03-01 00:00", 1, None, "sunday", id="inside Sunday"),
        pytest.param("2026-03-02 00:00", -1, None, "sunday", id="before Sunday ends"),
        pytest.param("2026-03-02 00:00", 0, None, "ordinary", id="Sunday has ended"),
        pytest.param("2026-03-08 12:00", 0, None, "feast", id="the first rule wins"),
        pytest.param("2026-03-11 00:00", 0, None, "feast", id="a date closed in part"),
        pytest.param("2026-03-12 00:00", 0, None, "ordinary", id="the date after it"),
        pytest.param("2026-03-02 12:00", 0, "high", "urgent", id="a priority"),
        pytest.param("2026-03-02 12:00", 0, "low", "ordinary", id="another priority"),
        pytest.param(
            "2026-03-01 12:00", 0, "high", "sunday", id="an earlier rule than a priority's"
        ),
    ],
)
def test_the_rule_of_the_submissions_date_and_priority_decides(
    text: str, step: int, priority: str | None, name: str
) -> None:
    assert name == due(RULES, at(text, step), priority=priority)[1]


# --- Crossings. 28 February 2026 is a Saturday. ---


def relaxed(crossing: str, *more: dict[str, Any], sunday: str = "12h", **changes: Any) -> Policy:
    """Return the reference policy's shape: 12 hours on Sundays, 3 on other days, round the clock."""
    return policy(
        *more,
        calendar_time("sunday", sunday, "Su", earliest="30m"),
        calendar_time("ordinary", "3h", earliest="20m"),
        crossing=crossing,
        schedules={"office": "24/7"},
        **changes,
    )


@pytest.mark.parametrize(
    ("crossing", "text", "step", "answer"),
    [
        # Literal: three hours from Saturday 21:00 end exactly at midnight.
        ("submission", "2026-02-28 21:00", -1, ("2026-02-28 23:59:59.999999", "ordinary")),
        ("submission", "2026-02-28 21:00", 0, ("2026-03-01 00:00:00", "ordinary")),
        ("submission", "2026-02-28 21:00", 1, ("2026-03-01 00:00:00.000001", "ordinary")),
        ("submission", "2026-03-01 22:00", 0, ("2026-03-02 10:00:00", "sunday")),
        # Overlap: a window that ends at midnight does not touch Sunday, one microsecond later it does.
        ("overlap", "2026-02-28 21:00", -1, ("2026-02-28 23:59:59.999999", "ordinary")),
        ("overlap", "2026-02-28 21:00", 0, ("2026-03-01 00:00:00", "ordinary")),
        ("overlap", "2026-02-28 21:00", 1, ("2026-03-01 09:00:00.000001", "sunday")),
        ("overlap", "2026-03-01 22:00", 0, ("2026-03-02 10:00:00", "sunday")),
        ("overlap", "2026-03-01 23:59", 0, ("2026-03-02 11:59:00", "sunday")),
        # In order: Monday's first ticket is due at 03:00, so none of Sunday's is due later.
        ("in_order", "2026-02-28 22:00", 0, ("2026-03-01 01:00:00", "ordinary")),
        ("in_order", "2026-03-01 15:00", -1, ("2026-03-02 02:59:59.999999", "sunday")),
        ("in_order", "2026-03-01 15:00", 0, ("2026-03-02 03:00:00", "sunday")),
        ("in_order", "2026-03-01 15:00", 1, ("2026-03-02 03:00:00", "ordinary")),
        ("in_order", "2026-03-02 00:00", -1, ("2026-03-02 03:00:00", "ordinary")),
        ("in_order", "2026-03-02 00:00", 0, ("2026-03-02 03:00:00", "ordinary")),
        ("in_order", "2026-03-02 00:00", 1, ("2026-03-02 03:00:00.000001", "ordinary")),
    ],
)
def test_the_three_readings_of_a_crossing(
    crossing: str, text: str, step: int, answer: tuple[str, str]
) -> None:
    assert answer == due(relaxed(crossing), at(text, step))


@pytest.mark.parametrize(
    ("crossing", "text", "earliest"),
    [
        pytest.param("overlap", "2026-02-28 22:00", "2026-02-28 22:30:00", id="overlap"),
        pytest.param("in_order", "2026-03-01 22:00", "2026-03-01 22:20:00", id="in order"),
    ],
)
def test_the_earliest_instant_is_that_of_the_rule_that_gave_the_due_one(
    crossing: str, text: str, earliest: str
) -> None:
    assert earliest == shown(ask(relaxed(crossing), at(text)).earliest_at)


def test_overlap_looks_once_and_never_again_from_the_longer_window() -> None:
    # Saturday 23:00: literally Sunday 02:00; by Sunday's 30 hours Monday 05:00; Monday's own
    # 96 hours are never asked, for the literal window does not touch Monday.
    monday = calendar_time("monday", "96h", "Mo")
    line = relaxed("overlap", monday, sunday="30h")
    assert ("2026-03-02 05:00:00", "sunday") == due(line, at("2026-02-28 23:00"))


def test_overlap_takes_the_latest_of_all_dates_touched() -> None:
    # Friday's 60 hours touch Saturday and Sunday: Saturday's 100 hours are the latest.
    line = relaxed(
        "overlap",
        calendar_time("friday", "60h", "Fr"),
        calendar_time("saturday", "100h", "Sa"),
    )
    # Friday 27 February 12:00 + 100 h is Tuesday 3 March 16:00.
    assert ("2026-03-03 16:00:00", "saturday") == due(line, at("2026-02-27 12:00"))


@pytest.mark.parametrize(
    ("crossing", "text"),
    [
        pytest.param("overlap", "2026-02-28 22:00", id="overlap"),
        pytest.param("in_order", "2026-02-28 22:00", id="in order"),
    ],
)
def test_on_a_tie_the_submissions_own_rule_is_named(crossing: str, text: str) -> None:
    assert ("2026-03-01 01:00:00", "ordinary") == due(relaxed(crossing, sunday="3h"), at(text))


@pytest.mark.parametrize(
    ("monday", "answer"),
    [
        pytest.param("4h", ("2026-03-02 12:00:00", "ordinary"), id="longer"),
        pytest.param("1h", ("2026-03-02 09:00:00", "ordinary"), id="as long"),
        # Monday is the only date on which Saturday's clock ticks, so its rule alone is asked.
        pytest.param("30m", ("2026-03-02 08:30:00", "ordinary"), id="shorter"),
    ],
)
def test_overlap_does_not_ask_the_submissions_date_when_its_clock_does_not_tick_then(
    monday: str, answer: tuple[str, str]
) -> None:
    # Saturday's one business hour is Monday 08:00 to 09:00.
    line = policy(
        business_time("weekend", "1h", "Sa", "Su"),
        business_time("ordinary", monday),
        crossing="overlap",
    )
    assert answer == due(line, at("2026-02-28 10:00"))


def test_overlap_may_change_from_one_clock_to_the_other() -> None:
    # Saturday 22:00 + 3 h touch Sunday, whose one business hour ends on Monday 09:00.
    line = policy(
        business_time("sunday", "1h", "Su", earliest="30m"),
        calendar_time("ordinary", "3h"),
        crossing="overlap",
    )
    found = ask(line, at("2026-02-28 22:00"))
    assert ("sunday", "2026-03-02 08:00:00", "2026-03-02 08:30:00", "2026-03-02 09:00:00") == (
        found.target.name,
        shown(found.starts_at),
        shown(found.earliest_at),
        shown(found.due_at),
    )


def test_overlap_skips_dates_without_a_rule() -> None:
    calendar_line = policy(calendar_time("saturday", "12h", "Sa"), crossing="overlap")
    assert ("2026-03-01 10:00:00", "saturday") == due(calendar_line, at("2026-02-28 22:00"))
    business_line = policy(business_time("saturday", "1h", "Sa"), crossing="overlap")
    assert ("2026-03-02 09:00:00", "saturday") == due(business_line, at("2026-02-28 22:00"))


def test_overlap_of_a_zero_target_touches_nothing() -> None:
    line = policy(
        calendar_time("saturday", "0m", "Sa"), calendar_time("ordinary", "3h"), crossing="overlap"
    )
    assert ("2026-02-28 22:00:00", "saturday") == due(line, at("2026-02-28 22:00"))


def test_in_order_in_business_time_is_undercut_by_a_later_date() -> None:
    # Friday 16:00 + 8 business hours is Monday 15:00; a ticket of Saturday 00:00 is due Monday 09:00.
    line = policy(
        business_time("friday", "8h", "Fr"),
        business_time("ordinary", "1h", earliest="30m"),
        crossing="in_order",
    )
    found = ask(line, at("2026-02-27 16:00"))
    assert ("ordinary", "2026-02-27 16:00:00", "2026-02-27 16:30:00", "2026-03-02 09:00:00") == (
        found.target.name,
        shown(found.starts_at),
        shown(found.earliest_at),
        shown(found.due_at),
    )


def test_in_order_skips_dates_without_a_rule() -> None:
    line = policy(
        calendar_time("saturday", "60h", "Sa"),
        calendar_time("monday", "1h", "Mo"),
        crossing="in_order",
    )
    # Saturday 22:00 + 60 h is Tuesday 10:00; Sunday promises nothing; Monday 00:00 + 1 h undercuts.
    assert ("2026-03-02 01:00:00", "monday") == due(line, at("2026-02-28 22:00"))


def test_in_order_to_a_zero_target_keeps_starts_at_the_next_opening() -> None:
    line = policy(
        business_time("sunday", "0m", "Su", earliest="0m"),
        business_time("ordinary", "1h"),
        crossing="in_order",
    )
    found = ask(line, at("2026-02-28 22:00"))  # Sunday 00:00 is due at once
    assert ("sunday", "2026-03-02 08:00:00", "2026-03-01 00:00:00", "2026-03-01 00:00:00") == (
        found.target.name,
        shown(found.starts_at),
        shown(found.earliest_at),
        shown(found.due_at),
    )


def test_in_order_never_falls_minute_by_minute() -> None:
    line = relaxed("in_order")
    start = at("2026-02-28 20:00")
    dues = [ask(line, start + timedelta(minutes=10 * step)).due_at for step in range(220)]
    assert sorted(dues) == dues
