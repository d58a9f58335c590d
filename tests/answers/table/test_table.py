"""Each boundary rule of an answer table by name, tables as values, and what is refused."""

from __future__ import annotations

import json
import pickle
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

import pytest

from builders import policy
from in_oracle_words import MICROSECOND
from support_sla import (
    AnswerTable,
    InstantOutOfRangeError,
    UnitError,
    UnknownPriorityError,
    YearsNotCoveredError,
    compute_deadline,
)
from support_sla.answers.compiled_line import asked_of
from support_sla.answers.question import Question
from support_sla.clock.compiled_years import MAX_YEARS
from support_sla.values.units import Unit
from tables import (
    AZDIGI,
    answered,
    due,
    instant,
    micros,
    on_schedule,
    reading,
)

# --- Each boundary rule, by name ---


def test_a_ticket_at_the_last_answerable_instant_is_due_at_closing() -> None:
    table = AnswerTable.of(AZDIGI, department="billing", first_year=2026, last_year=2026)
    four = micros("2026-03-03T16:00:00+07:00")
    closing, next_morning = micros("2026-03-03T17:00:00+07:00"), micros("2026-03-04T08:00:00+07:00")
    assert closing - 1 == due(table, four - 1)
    assert closing == due(table, four)
    assert next_morning + 1 == due(table, four + 1)


def test_a_row_begins_at_its_own_instant() -> None:
    table = AnswerTable.of(AZDIGI, department="technical", first_year=2026, last_year=2026)
    monday = micros("2026-06-08T00:00:00+07:00")
    names = [table.targets[answered(table, monday + step).rule] for step in (-1, 0, 1)]
    assert names == ["relaxed_days", "ordinary_days", "ordinary_days"]


def test_of_equal_undercuts_the_earliest_is_named() -> None:
    rules = [
        {
            "name": "sunday",
            "when": {"days": ["Su"]},
            "within": "60h",
            "counted_in": "calendar_time",
        },
        {
            "name": "monday",
            "when": {"days": ["Mo"]},
            "within": "25h",
            "counted_in": "calendar_time",
        },
        {
            "name": "tuesday",
            "when": {"days": ["Tu"]},
            "within": "1h",
            "counted_in": "calendar_time",
        },
        {"name": "other", "within": "90h", "counted_in": "calendar_time"},
    ]
    policy = on_schedule("24/7", rules, crossing="in_order")
    found = compute_deadline(policy, "2026-06-07T12:00:00Z", department="desk")
    assert ("monday", datetime(2026, 6, 9, 1, tzinfo=UTC)) == (found.target.name, found.due_at)


def test_a_tie_at_the_first_instant_of_a_day_names_its_own_rule() -> None:
    rules = [
        {
            "name": "sunday",
            "when": {"days": ["Su"]},
            "within": "27h",
            "counted_in": "calendar_time",
        },
        {"name": "other", "within": "3h", "counted_in": "calendar_time"},
    ]
    policy = on_schedule("24/7", rules, crossing="in_order")
    midnight = datetime(2026, 6, 7, tzinfo=UTC)
    table = AnswerTable.of(policy, department="desk", first_year=2026, last_year=2026)
    for step, name in ((0, "sunday"), (1, "other")):
        found = compute_deadline(policy, midnight + step * MICROSECOND, department="desk")
        assert (name, datetime(2026, 6, 8, 3, tzinfo=UTC)) == (found.target.name, found.due_at)
        at = (midnight - instant(0)) // MICROSECOND + step
        assert name == table.targets[answered(table, at).rule]


@pytest.mark.parametrize("department", ["billing", "technical"])
def test_every_unit_gives_the_same_answers(department: str) -> None:
    span: dict[str, Any] = {"department": department, "first_year": 2026, "last_year": 2026}
    fine = AnswerTable.of(AZDIGI, unit="ns", **span)
    units: dict[Unit, int] = {"s": 10**9, "ms": 10**6, "us": 10**3}
    for unit, per in units.items():
        table = AnswerTable.of(AZDIGI, unit=unit, **span)
        assert (table.start * per, table.end * per) == (fine.start, fine.end)
        for at in table.begins:
            one, two = answered(table, at), answered(fine, at * per)
            assert (one.due_at * per, one.starts_at * per, one.rule) == (
                two.due_at,
                two.starts_at,
                two.rule,
            )


def test_an_answer_inside_a_repeated_hour_keeps_its_fold() -> None:
    policy = on_schedule(
        "24/7",
        [{"within": "1h", "counted_in": "calendar_time"}],
        timezone="America/New_York",
    )
    first = compute_deadline(policy, "2026-11-01T00:30:00-04:00", department="desk").due_at
    second = compute_deadline(policy, "2026-11-01T01:30:00-04:00", department="desk").due_at
    assert (first.isoformat(), first.fold) == ("2026-11-01T01:30:00-04:00", 0)
    assert (second.isoformat(), second.fold) == ("2026-11-01T01:30:00-05:00", 1)


def test_flat_and_rising_stretches_share_a_row() -> None:
    table = AnswerTable.of(AZDIGI, department="billing", first_year=2026, last_year=2026)
    open_days = len(set(table.due_from))
    assert len(table) <= 2 * open_days
    narrow = [b - a for a, b in zip(table.begins, table.begins[1:], strict=False) if b - a == 1]
    assert narrow == []


# --- Values ---


def test_a_table_dumps_to_json_and_loads_pickles_and_hashes_as_itself() -> None:
    table = AnswerTable.of(
        AZDIGI, department="technical", first_year=2026, last_year=2027, unit="s"
    )
    assert table == AnswerTable.from_dict(json.loads(json.dumps(table.to_dict())))
    assert table == pickle.loads(pickle.dumps(table))
    assert len({table, AnswerTable.from_dict(table.to_dict())}) == 1


def test_another_language_needs_only_the_dump() -> None:
    dump = AnswerTable.of(
        AZDIGI, department="billing", first_year=2026, last_year=2026, unit="s"
    ).to_dict()
    at = micros("2026-01-10T16:30:00+07:00") // 1_000_000
    row = max(i for i, begin in enumerate(dump["begins"]) if begin <= at)
    assert micros("2026-01-12T08:30:00+07:00") // 1_000_000 == (
        max(at, dump["due_from"][row]) + dump["due_after"][row]
    )
    assert dump["targets"][dump["rules"][row]] == "next_business_hour"


def test_rows_are_the_columns_read_across() -> None:
    table = AnswerTable.of(AZDIGI, department="technical", first_year=2026, last_year=2026)
    rows = list(table.rows())
    assert len(table) == len(rows)
    assert list(table.begins) == [row.begin for row in rows]
    assert list(table.due_after) == [row.due_after for row in rows]


def test_threads_asking_a_fresh_policy_get_identical_answers() -> None:
    policy = reading(AZDIGI)
    asked = [
        f"{year}-0{month}-07T16:30:00+07:00" for year in range(2010, 2045) for month in (1, 5, 9)
    ]

    def ask(offset: int) -> list[datetime]:
        rotated = asked[offset:] + asked[:offset]
        found = {at: compute_deadline(policy, at, department="billing").due_at for at in rotated}
        return [found[at] for at in asked]

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(ask, range(0, 104, 13)))
    alone = [
        compute_deadline(reading(AZDIGI), at, department="billing").due_at for at in asked[::10]
    ]
    assert all(answers[0] == other for other in answers)
    assert alone == answers[0][::10]


def test_a_desk_asked_about_many_years_keeps_a_bounded_number_of_them() -> None:
    policy = on_schedule("Mo 08:00-17:00", [{"within": "1h", "counted_in": "business_time"}])
    for year in range(1905, 2096, 3):
        compute_deadline(policy, f"{year}-06-01T09:00:00+07:00", department="desk")
    rows = asked_of(Question.of(policy, "desk", "ticket", None)).line.rows
    assert rows.last_year - rows.first_year < 64


# --- Refused before anything is built ---


def test_a_table_of_eight_thousand_years_is_refused() -> None:
    policy = on_schedule("24/7", [{"within": "1h", "counted_in": "calendar_time"}])
    with pytest.raises(InstantOutOfRangeError, match="more than 1000 at once"):
        AnswerTable.of(policy, department="desk", first_year=1000, last_year=9000)


@pytest.mark.parametrize(("first", "last"), [(1677, 1700), (2200, 2262)])
def test_nanoseconds_outside_what_64_bits_hold_are_refused(first: int, last: int) -> None:
    policy = on_schedule("24/7", [{"within": "1h", "counted_in": "calendar_time"}])
    with pytest.raises(InstantOutOfRangeError, match="1678 to 2261"):
        AnswerTable.of(policy, department="desk", first_year=first, last_year=last, unit="ns")


def test_years_outside_the_calendars_name_the_calendar() -> None:
    with pytest.raises(YearsNotCoveredError, match="'public_holidays'"):
        AnswerTable.of(AZDIGI, department="billing", first_year=2099, last_year=2101)


def test_a_unit_too_coarse_for_a_target_is_refused_and_names_it() -> None:
    policy = on_schedule("24/7", [{"within": "1.5s", "counted_in": "calendar_time"}])
    with pytest.raises(UnitError, match="'1.5s'"):
        AnswerTable.of(policy, department="desk", first_year=2026, last_year=2026, unit="s")
    assert (
        len(AnswerTable.of(policy, department="desk", first_year=2026, last_year=2026, unit="ms"))
        == 1
    )


def test_a_unit_there_is_not_an_unknown_priority_and_a_foreign_dump_are_refused() -> None:
    span: dict[str, Any] = {"department": "billing", "first_year": 2026, "last_year": 2026}
    in_minutes: dict[str, Any] = {**span, "unit": "min"}
    with pytest.raises(UnitError, match="'min'"):
        AnswerTable.of(AZDIGI, **in_minutes)
    with pytest.raises(UnknownPriorityError):
        AnswerTable.of(AZDIGI, priority="high", **span)
    with pytest.raises(UnitError, match="'other/1'"):
        AnswerTable.from_dict({"format": "other/1"})


def test_an_instant_outside_the_table_is_refused_and_one_past_knowledge_has_no_answer() -> None:
    table = AnswerTable.of(AZDIGI, department="technical", first_year=2100, last_year=2100)
    with pytest.raises(InstantOutOfRangeError):
        table.answer(table.start - 1)
    with pytest.raises(InstantOutOfRangeError):
        table.answer(table.end)
    assert table.answer(table.end - 1) is None
    last = max(at for at, rule in zip(table.begins, table.rules, strict=True) if rule == -2)
    assert table.answer(last) is None
    assert table.answer(last - 1) is not None
    with pytest.raises(YearsNotCoveredError):
        compute_deadline(AZDIGI, instant(last), department="technical")
    compute_deadline(AZDIGI, instant(last - 1), department="technical")


def test_a_table_of_more_years_than_are_kept_answers_as_one_of_its_years() -> None:
    made = policy(schedules={"office": "Mo 08:00-09:00"})
    wide, narrow = (
        AnswerTable.of(made, department="desk", first_year=first, last_year=last)
        for first, last in ((1500, 1499 + MAX_YEARS), (2026, 2026))
    )
    for at in (narrow.start, (narrow.start + narrow.end) // 2, narrow.end - 1):
        assert narrow.answer(at) is not None
        assert narrow.answer(at) == wide.answer(at)
