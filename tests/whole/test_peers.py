"""Questions that eight other projects ask in their own tests, answered by ours.

`cases/peer_cases.jsonl` holds bare facts: a schedule, a question, the source's answer. Every case
is equal, or named below under the position of ours that differs.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

import pytest

import places
from support_sla import Clock, HolidayCalendar, Schedule

CASES = [json.loads(line) for line in (places.CASES / "peer_cases.jsonl").read_text().splitlines()]

YEARS = (1960, 2040)
WEEKDAYS = {
    "mon": "Mo",
    "tue": "Tu",
    "wed": "We",
    "thu": "Th",
    "fri": "Fr",
    "sat": "Sa",
    "sun": "Su",
}

DIFFERENT: dict[str, tuple[str, Any]] = {
    # A reversed span is negative (biz, Odoo, Znuny: zero).
    "biz-011": ("reversed between is negative", -142_200),
    "odoo-007": ("reversed between is negative", -25_200),
    "znu-029": ("reversed between is negative", -205_199),
    # A zero amount ends where it began (biz and Odoo roll to an opening or a closing).
    "biz-015": ("a zero amount ends at the instant itself", "2006-01-03T00:00:00+00:00"),
    "biz-017": ("a zero amount ends at the instant itself", "2006-01-03T00:00:00+00:00"),
    "odoo-014": ("a zero amount ends at the instant itself", "2018-04-11T00:00:00+02:00"),
    "odoo-015": ("a zero amount ends at the instant itself", "2018-04-10T00:00:00+02:00"),
    # An amount that ends exactly at closing time ends there (biz: at the next opening).
    "biz-034": ("the earliest instant, so closing time", "2006-01-08T12:00:00+00:00"),
    # An opening that a clock change skips happens at the jump (biz: shifted by the gap).
    "biz-063": ("a skipped boundary counts at the jump", "2006-04-02T03:00:00-07:00"),
    # next_open at an open instant is that instant (spatie: the following opening).
    "sp-010": ("next_open while open is the instant itself", "2019-04-23T01:00:00+00:00"),
    "sp-011": ("next_open while open is the instant itself", "2019-04-22T23:00:00+00:00"),
    "sp-021": ("next_open while open is the instant itself", "2019-02-04T11:00:00+00:00"),
    "sp-022": ("next_open while open is the instant itself", "2019-02-06T09:00:00+00:00"),
    "sp-025": ("next_open while open is the instant itself", "2016-09-26T09:00:00+00:00"),
    "sp-027": ("next_open while open is the instant itself", "2016-09-26T13:00:00+00:00"),
    "sp-030": ("next_open while open is the instant itself", "2016-09-26T16:00:00+00:00"),
}


def clock_of(case: dict[str, Any]) -> Clock:
    week = {
        WEEKDAYS[day]: [_range(each) for each in ranges] for day, ranges in case["weekly"].items()
    }
    own = [
        {"date": date, "name": "override", "open": ",".join(map(_range, ranges))}
        if ranges
        else {"date": date, "name": "override"}
        for date, ranges in case.get("overrides", {}).items()
    ]
    off = [{"date": date, "name": "holiday"} for date in case.get("holidays", [])]
    cut = [
        {"date": date, "name": "break", "closed": ",".join(map(_range, ranges))}
        for date, ranges in case.get("breaks", {}).items()
    ]
    calendars = [HolidayCalendar(years=YEARS, days=days) for days in (own, off, cut)]
    return Clock(Schedule(week), timezone=case["tz"], calendars=calendars)


def _range(ends: list[str]) -> str:
    return "-".join(ends)


def answer_of(case: dict[str, Any]) -> Any:
    clock, at = clock_of(case), case["at"]
    match case["op"]:
        case "add":
            return clock.add(at, timedelta(seconds=case["seconds"]))
        case "subtract":
            return clock.subtract(at, timedelta(seconds=case["seconds"]))
        case "between":
            return clock.between(at, case["until"]).total_seconds()
        case "is_open":
            return clock.is_open(at)
        case "next_open":
            return clock.next_open(at)
    raise AssertionError(case["op"])


def as_value(case: dict[str, Any], answer: Any) -> Any:
    return (
        datetime.fromisoformat(answer) if case["op"] in ("add", "subtract", "next_open") else answer
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_a_question_of_another_project_has_the_same_answer_or_a_named_difference(
    case: dict[str, Any],
) -> None:
    theirs = as_value(case, case["expected"])
    position, ours = DIFFERENT.get(case["id"], ("", case["expected"]))
    assert as_value(case, ours) == answer_of(case), position
    assert (as_value(case, ours) != theirs) == bool(position)


def test_all_338_cases_are_asked() -> None:
    assert 338 == len(CASES) == len({case["id"] for case in CASES})
    assert {case["id"] for case in CASES} >= set(DIFFERENT)
