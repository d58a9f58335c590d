"""An answer table as a page that a person reads."""

from __future__ import annotations

import re
from typing import Any

import pytest

from support_sla import (
    AnswerTable,
    InstantOutOfRangeError,
)
from tables import (
    AZDIGI,
    on_schedule,
    reading,
)


def test_a_week_of_the_technical_line_reads_as_a_page() -> None:
    table = AnswerTable.of(AZDIGI, department="technical", first_year=2026, last_year=2026)
    page = table.describe("2026-02-12T00:00:00+07:00", "2026-02-24T00:00:00+07:00")
    head, rows = page.split("\n\n")
    assert head.startswith(
        "technical/ticket, submissions from Th 2026-02-12 00:00 to Tu 2026-02-24"
    )
    assert [
        "from                 rule           counting starts  earliest  due",
        "Th 2026-02-12 00:00  ordinary_days  at once          +30m      +3h",
        "Su 2026-02-15 00:00  relaxed_days   at once          +30m      +12h",
        "Sa 2026-02-21 00:00  ordinary_days  at once          +30m      +3h",
        "Su 2026-02-22 00:00  relaxed_days   at once          +30m      +12h",
        "Mo 2026-02-23 00:00  ordinary_days  at once          +30m      +3h",
    ] == rows.splitlines()


def test_a_page_says_what_waits_and_what_stands_still() -> None:
    span: dict[str, Any] = {"first_year": 2026, "last_year": 2026}
    billing = AnswerTable.of(AZDIGI, department="billing", **span)
    page = billing.describe("2026-01-10T15:00:00+07:00", "2026-01-12T16:00:00+07:00")
    assert [
        "Sa 2026-01-10 15:00 | next_business_hour | at once | - | +1h",
        "Sa 2026-01-10 16:00:00.000001 | next_business_hour | at once | - | +40h",
        "Sa 2026-01-10 17:00 | next_business_hour | Mo 2026-01-12 08:00 … | - | Mo 2026-01-12 09:00 …",
    ] == [
        re.sub(r" {2,}", " | ", re.sub(r", then (at once|\+1h)", " …", line))
        for line in page.splitlines()[-3:]
    ]
    fair = AnswerTable.of(
        reading(AZDIGI, crossing="in_order"), department="technical", unit="ns", **span
    )
    lines = fair.describe("2026-01-11T00:00:00+07:00", "2026-01-12T00:00:00+07:00").splitlines()
    assert lines[-1].startswith("Su 2026-01-11 15:00:00.000000001  ordinary_days")
    assert lines[-1].endswith("Mo 2026-01-12 03:00")


def test_a_page_names_what_has_no_answer_and_the_priority() -> None:
    rules = [
        {
            "when": {"days": ["Mo"], "priority": ["high"]},
            "within": "1h",
            "counted_in": "calendar_time",
        }
    ]
    policy = on_schedule("24/7", rules, priorities=["high"])
    table = AnswerTable.of(
        policy, department="desk", priority="high", first_year=2026, last_year=2026, unit="s"
    )
    page = table.describe("2026-01-05T00:00:00Z", "2026-01-07T00:00:30Z")
    assert "desk/ticket with priority 'high', submissions from Mo 2026-01-05" in page
    assert "Tu 2026-01-06 00:00  no rule matches" in page
    last = AnswerTable.of(AZDIGI, department="technical", first_year=2100, last_year=2100)
    assert "reaches past the covered years" in last.describe("2100-12-31T00:00:00+07:00")


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2025-12-31T23:59:59+07:00", None),
        (None, "2027-01-01T00:00:01+07:00"),
        ("2026-05-01T00:00:00+07:00", "2026-05-01T00:00:00+07:00"),
    ],
)
def test_a_page_of_other_years_or_of_nothing_is_refused(start: str | None, end: str | None) -> None:
    table = AnswerTable.of(AZDIGI, department="technical", first_year=2026, last_year=2026)
    with pytest.raises(InstantOutOfRangeError, match="span="):
        table.describe(start, end)
