"""The reference policy against a table of answers worked by hand; the package never wrote a row."""

from __future__ import annotations

import csv
import re
from datetime import date

import pytest

from places import CASES, ROOT
from support_sla import Policy, compute_deadline, load_policy

with CASES.joinpath("azdigi.csv").open(encoding="utf-8") as file:
    ROWS = list(csv.DictReader(file))

AZDIGI = load_policy("azdigi")
READINGS = {
    crossing: Policy.model_validate({**AZDIGI.model_dump(), "crossing": crossing})
    for crossing in ("submission", "overlap", "in_order")
}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_an_answer_of_the_reference_policy_is_the_one_worked_by_hand(row: dict[str, str]) -> None:
    found = compute_deadline(
        READINGS[row["crossing"]], row["submitted_at"], department=row["department"]
    )
    assert (row["starts_at"], row["earliest_at"], row["due_at"], row["target"]) == (
        found.starts_at.isoformat(),
        found.earliest_at.isoformat() if found.earliest_at else "",
        found.due_at.isoformat(),
        found.target.name,
    ), row["why"]


def test_the_table_is_whole() -> None:
    assert 271 == len(ROWS) == len({row["id"] for row in ROWS})
    assert {"submission", "overlap", "in_order"} == {row["crossing"] for row in ROWS}
    assert {"billing", "technical"} == {row["department"] for row in ROWS}


def holidays(year: int) -> set[date]:
    return {day.date for day in AZDIGI.calendars["public_holidays"].special_days(year)}


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        pytest.param(date(2026, 4, 27), True, id="a Sunday holiday gives the Monday off"),
        pytest.param(date(2027, 5, 3), False, id="a Saturday holiday gives no Monday off"),
        pytest.param(date(2026, 8, 31), False, id="a swap day is no holiday"),
        pytest.param(date(2026, 8, 22), False, id="the Saturday worked instead is no special day"),
        pytest.param(date(2027, 2, 4), True, id="29 Tet is a holiday where the package gives it"),
    ],
)
def test_each_choice_of_the_calendar_holds_on_its_boundary(day: date, expected: bool) -> None:
    assert expected == (day in holidays(day.year))


def test_the_lines_are_those_of_the_text() -> None:
    lines = {
        f"{name}/{key}": (
            str(AZDIGI.schedules[channel.hours.schedule]),
            channel.hours.observes,
            len(channel.first_response),
        )
        for name, department in AZDIGI.departments.items()
        for key, channel in department.channels.items()
    }
    assert {
        "billing/ticket": ("Mo-Sa 08:00-17:00", ("public_holidays",), 1),
        "billing/chat": ("Mo-Sa 00:00-24:00", ("public_holidays",), 0),
        "billing/phone": ("Mo-Sa 09:00-17:00", ("public_holidays",), 0),
        "technical/ticket": ("24/7", (), 2),
        "technical/chat": ("Mo-Sa 00:00-24:00", ("public_holidays",), 0),
    } == lines


def test_the_hotline_asks_for_a_ticket_of_either_department_left_unanswered_for_five_hours() -> (
    None
):
    requires = AZDIGI.departments["billing"].channels["phone"].requires
    assert requires is not None
    assert ("ticket", ("billing", "technical"), 5 * 3600) == (
        requires.channel,
        requires.departments,
        requires.unanswered_for.total_seconds(),
    )


def test_every_line_advises_in_english_and_vietnamese() -> None:
    for department in AZDIGI.departments.values():
        assert department.label is not None
        assert {"en", "vi"} == set(department.label)
        for channel in department.channels.values():
            assert channel.advice is not None
            assert {"en", "vi"} == set(channel.advice)


def test_every_encoding_line_of_the_shipped_file_cites_its_clause() -> None:
    text = ROOT.joinpath("src/support_sla/policy/shipped/azdigi.toml").read_text("utf-8")
    clauses = ["A1", "A2", "A3", "A4", "B1", "B2", "C1", "C2", "D1", "D2"]
    header, body = text.split('name = "AZDIGI', 1)
    cited = [clause for clause in clauses if clause in body]
    assert clauses == cited
    assert all(clause in header for clause in clauses)
    silent = ("name", "en", "vi", "timezone", "language")
    lines = [line for line in body.splitlines() if " = " in line and not line.startswith(silent)]
    assert 20 < len(lines)
    assert [] == [line for line in lines if not re.search(r"#.*\b[ABCD][1-4]?\b", line)]
