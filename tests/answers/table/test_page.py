"""An answer table as a page that a person reads."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest

from support_sla import (
    AnswerTable,
    InstantOutOfRangeError,
)
from support_sla.answers.table.page import Page
from support_sla.answers.table.rows import Row
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


# --- Words, each at its bounds ---


def page_in(unit: str) -> Page:
    return Page("desk/ticket", "submission", unit, dt.UTC, ("default", "other"))


@pytest.mark.parametrize(
    ("wait", "said"),
    [
        (9, "+10s"),
        (10, "+10s"),
        (11, "Th 1970-01-01 00:00:21, then +10s"),
        (18, "Th 1970-01-01 00:00:28, then +10s"),
        (19, "Th 1970-01-01 00:00:29"),
        (20, "Th 1970-01-01 00:00:30"),
    ],
)
def test_a_row_waits_from_its_beginning_and_rises_before_its_end_or_says_neither(
    wait: int, said: str
) -> None:
    # Submissions from 10 to 19.
    row = Row(10, 0, 10, wait, 10, wait, 10)
    assert page_in("s").cells([row], 10, 20)[1] == (
        "Th 1970-01-01 00:00:10",
        "default",
        "at once",
        said,
        said,
    )


def test_a_row_without_an_earliest_instant_or_without_an_answer_leaves_its_columns_out() -> None:
    rows = [Row(0, 1, 0, None, None, 0, 0), Row(5, -1, 5, None, None, 5, 0)]
    rows.append(Row(9, -2, 9, None, None, 9, 0))
    assert page_in("s").cells(rows, 0, 20)[1:] == [
        ("Th 1970-01-01 00:00", "other", "at once", "-", "at once"),
        ("Th 1970-01-01 00:00:05", "no rule matches", "", "", ""),
        ("Th 1970-01-01 00:00:09", "reaches past the covered years", "", "", ""),
    ]


def test_an_earliest_instant_at_once_is_told_without_an_amount() -> None:
    row = Row(0, 0, 0, 0, 0, 0, 5)
    assert page_in("s").cells([row], 0, 20)[1][3:] == ("at once", "+5s")


@pytest.mark.parametrize(
    ("count", "amount", "moment"),
    [
        (1, "+0m and 1ns", "00:00:00.000000001"),
        (999, "+0m and 999ns", "00:00:00.000000999"),
        (1_000, "+0.000001s", "00:00:00.000001"),
        (1_001, "+0.000001s and 1ns", "00:00:00.000001001"),
        (10**9, "+1s", "00:00:01"),
        (60 * 10**9, "+1m", "00:01"),
    ],
)
def test_an_amount_and_an_instant_say_as_much_as_there_is(
    count: int, amount: str, moment: str
) -> None:
    row = Row(count, 0, count, None, None, count, count)
    begin, *_, due = page_in("ns").cells([row], count, count + 1)[1]
    assert (begin, due) == (f"Th 1970-01-01 {moment}", amount)


def test_the_head_of_a_page_says_its_line_its_zone_and_its_reading() -> None:
    assert page_in("s").written([Row(0, 0, 0, None, None, 0, 5)], 0, 60) == (
        "desk/ticket, submissions from Th 1970-01-01 00:00 to Th 1970-01-01 00:01\n"
        "Times are those of UTC; a day's rule is judged as crossing = 'submission'.\n"
        "Each row holds from its own instant to the next row's. '+3h' counts from the submission;\n"
        "'We 09:00, then +1h' stands still at We 09:00 until the submission itself, plus 1h, is "
        "later.\n\n"
        "from                 rule     counting starts  earliest  due\n"
        "Th 1970-01-01 00:00  default  at once          -         +5s"
    )
