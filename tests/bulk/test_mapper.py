"""A mapper sent to another process: batches with their answers, as `compute_deadline` gives them."""

from __future__ import annotations

import datetime as dt
import pickle
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from builders import READ, Counted, channel_data, day_data, policy, rule_data
from support_sla import AnswerTable, Policy, SupportSlaError, compute_deadline
from support_sla.bulk import Col, Mapper
from support_sla.errors import (
    ColumnError,
    InstantError,
    InstantOutOfRangeError,
    NaiveInstantError,
    NotAModelError,
    NotAnInstantError,
    UnitError,
    UnknownAttributeError,
    UnknownDepartmentError,
    UnknownPriorityError,
)
from tables import AZDIGI

pa: Any = pytest.importorskip("pyarrow")

UTC = dt.UTC
YEARS: Any = (2026, 2026)
LINE: Any = Col("team"), "ticket"
MONDAY = dt.datetime(2026, 2, 16, 1, tzinfo=UTC)
HOURS = [MONDAY + dt.timedelta(hours=hours) for hours in range(0, 24 * 40, 7)]
TEAMS = ["technical", "billing", "billing"]

PLANS = policy(
    {"when": {"attributes": {"plan": ["gold"]}}, "name": "gold", **rule_data(within="15m")},
    {"when": {"priority": ["urgent"]}, "name": "urgent", **rule_data(within="30m")},
    {"when": {"priority": ["normal"]}, "name": "normal", **rule_data(within="4h")},
    priorities=["urgent", "normal"],
    attributes={"plan": ["gold", "basic"]},
)
"""A desk whose answers differ by priority and plan; without both, nothing is promised."""


def batch(instants: Any = HOURS, zone: str | None = "UTC", unit: str = "us", **columns: Any) -> Any:
    """Return a batch of submissions, beside columns of texts."""
    sent = pa.array(instants, pa.timestamp(unit, zone))
    texts = {name: pa.array(values, pa.string()) for name, values in columns.items()}
    return pa.record_batch({"submitted_at": sent, **texts})


def by_team(instants: Any = HOURS, **options: Any) -> Any:
    return batch(instants, team=[TEAMS[at % 3] for at in range(len(instants))], **options)


def mapper(desk: Policy = AZDIGI, **options: Any) -> Mapper:
    return Mapper.of(desk, **{"years": YEARS, "line": LINE, **options})


def sent_on(made: Mapper) -> Mapper:
    """Return what another process gets."""
    again = pickle.loads(pickle.dumps(made))
    assert isinstance(again, Mapper)
    return again


def one_by_one(rows: Any, desk: Policy = AZDIGI, **names: Any) -> list[tuple[Any, ...]]:
    """Return what `compute_deadline` says of each row."""
    found = []
    for row in rows.to_pylist():
        asked = {name: row.get(value, value) for name, value in names.items()}
        answer = compute_deadline(desk, row["submitted_at"], channel="ticket", **asked)
        found.append((answer.starts_at, answer.earliest_at, answer.due_at, answer.target.name))
    return found


def answers(rows: Any) -> list[tuple[Any, ...]]:
    """Return the answers beside each row."""
    columns = [rows.column(name).to_pylist() for name in rows.schema.names[-4:]]
    return [*zip(*columns, strict=True)]


def test_a_mapper_that_was_sent_on_answers_as_the_scalar_function() -> None:
    rows = by_team()
    [answered] = sent_on(mapper())([rows])
    assert answers(answered) == one_by_one(rows, department="team")


def test_batches_keep_their_own_columns_and_rows_and_get_answers_of_plain_types() -> None:
    rows = by_team()
    [answered] = mapper()([rows])
    assert answered.schema.names[:2] == rows.schema.names
    assert answered.select([0, 1]).equals(rows)
    instant = rows.schema.field("submitted_at").type
    assert answered.schema.types[2:] == [instant, instant, instant, pa.string()]


def test_what_is_sent_on_is_small() -> None:
    assert len(pickle.dumps(mapper())) < 250_000


def test_batches_without_rows_and_calls_without_batches_are_answered() -> None:
    made = sent_on(mapper())
    assert [each.num_rows for each in made([by_team([]), by_team(), by_team([])])] == [0, 138, 0]
    assert [*made([])] == []


def test_tables_are_answered_as_batches_are() -> None:
    rows = pa.Table.from_batches([by_team(), by_team(HOURS[:3])])
    [answered] = mapper()([rows])
    assert answers(answered) == one_by_one(rows, department="team")


def test_priorities_and_attributes_are_read_from_columns_whatever_their_order() -> None:
    made = sent_on(
        mapper(PLANS, line="desk", priority=Col("severity"), attributes={"plan": Col("plan")})
    )
    one = batch(
        HOURS[:4],
        severity=["normal", "urgent", "normal", None],
        plan=[None, "basic", "gold", "gold"],
    )
    other = batch(HOURS[:2], severity=["urgent", "normal"], plan=["gold", "basic"])
    told = [each["target"].to_pylist() for each in made([one, other, one])]
    assert told[0] == ["normal", "urgent", "gold", "gold"]
    assert told[1] == ["gold", "normal"]
    assert told[2] == told[0]


def test_a_channel_may_be_a_column_too() -> None:
    made = mapper(line=("technical", Col("way")), outputs="target", on_error="null")
    [answered] = made([batch(HOURS[:2], way=["ticket", "chat"])])
    assert answered["target"].to_pylist() == ["relaxed_days", None]
    assert answered["error"].to_pylist() == [None, "NoTargetError"]


def test_only_the_outputs_that_are_asked_for_come_and_by_the_names_that_are_given() -> None:
    made = mapper(outputs=["due_at"], names={"due_at": "answer_by"})
    assert made.outputs == ("due_at",)
    [answered] = made([by_team()])
    assert answered.schema.names == ["submitted_at", "team", "answer_by"]


def test_a_null_has_no_answer_and_is_no_error() -> None:
    [answered] = mapper()([batch([None, MONDAY], team=[None, "billing"])])
    assert answers(answered)[0] == (None, None, None, None)
    assert answers(answered)[1][-1] == "next_business_hour"


def test_a_row_without_an_answer_ends_the_call_with_all_of_them_counted_by_their_places() -> None:
    rows = by_team()
    bad = batch(HOURS[:3], team=["billing", "sales", "sales"])
    worse = batch(HOURS[:2], team=["hr", None])
    yielded: list[Any] = []
    with pytest.raises(UnknownDepartmentError) as caught:
        yielded.extend(sent_on(mapper())([rows, bad, rows, worse]))
    assert str(caught.value).startswith(
        "4 rows have no answer (139, 140, 279, ...); row 139: department 'sales' is not in the policy"
    )
    assert caught.value.index == 139
    assert [each.num_rows for each in yielded] == [138]


def test_errors_of_rows_are_named_beside_them_in_every_batch() -> None:
    made = sent_on(mapper(on_error="null"))
    assert made.outputs == ("starts_at", "earliest_at", "due_at", "target", "error")
    late = dt.datetime(2030, 1, 1, tzinfo=UTC)
    bad = batch([MONDAY, MONDAY, late], team=["billing", "sales", "billing"])
    other = batch([late, MONDAY, MONDAY], team=["technical", "hr", "billing"])
    told = [each["error"].to_pylist() for each in made([bad, other])]
    assert told == [
        [None, "UnknownDepartmentError", "InstantOutOfRangeError"],
        ["InstantOutOfRangeError", "UnknownDepartmentError", None],
    ]


LAST = dt.datetime(2026, 12, 31, 17, tzinfo=UTC)
"""The first instant of 2027 in Ho Chi Minh City."""

UNIT = dt.timedelta(microseconds=1)


@pytest.mark.parametrize("team", ["technical", "billing"])
def test_years_are_those_of_the_desk_to_the_microsecond(team: str) -> None:
    first = LAST - dt.timedelta(days=365)
    rows = batch(
        [first - UNIT, first, first + UNIT, LAST - UNIT, LAST, LAST + UNIT], team=[team] * 6
    )
    [answered] = mapper(on_error="null")([rows])
    outside = "InstantOutOfRangeError"
    assert answered["error"].to_pylist() == [outside, None, None, None, outside, outside]
    inside = rows.slice(1, 3)
    told = answers(answered.slice(1, 3).drop_columns("error"))
    assert told == one_by_one(inside, department=team)


def test_a_row_outside_the_years_is_told_them() -> None:
    with pytest.raises(InstantOutOfRangeError) as caught:
        [*mapper(line="billing")([batch([LAST])])]
    assert str(caught.value) == (
        "row 0: submitted=2026-12-31 17:00:00+00:00 is outside years=(2026, 2026), which were compiled; "
        "make the mapper with all years of the column"
    )


COVERED = policy(
    channel={**channel_data(), "hours": {"schedule": "office", "observes": ["shut"]}},
    calendars={"shut": Counted(days=[day_data()], years=[2026, 2026])},
)
"""A desk whose calendar covers 2026 alone, and counts how often it is read."""


@pytest.mark.parametrize("years", [(2025, 2026), (2026, 2027), (2020, 2021)])
def test_a_row_in_years_that_no_calendar_covers_is_told_so(years: tuple[int, int]) -> None:
    uncovered = [dt.datetime(year, 5, 5, tzinfo=UTC) for year in (2020, 2025, 2027)]
    made = mapper(COVERED, years=years, line="desk", on_error="null")
    [answered] = made([batch(uncovered)])
    assert answered["error"].to_pylist() == ["YearsNotCoveredError"] * 3


def test_a_task_compiles_nothing() -> None:
    made = sent_on(mapper(COVERED, line="desk"))
    READ.clear()
    [answered] = made([batch()])
    assert READ == []
    assert answered["due_at"].null_count == 0


def test_a_column_without_a_zone_is_read_on_a_clock() -> None:
    local = [dt.datetime(2026, 3, 29, 1, 30), dt.datetime(2026, 10, 25, 2, 30)]
    made = mapper(line="technical", timezone="Europe/Paris", fold=1)
    [answered] = sent_on(made)([batch(local, zone=None)])
    for at, row in zip(local, answers(answered), strict=True):
        sent = at.replace(tzinfo=ZoneInfo("Europe/Paris"), fold=1)
        due = compute_deadline(AZDIGI, sent, department="technical").due_at
        assert row[2] == due.astimezone(ZoneInfo("Europe/Paris")).replace(tzinfo=None)


def test_a_local_time_in_doubt_has_no_answer() -> None:
    made = mapper(line="technical", timezone="Europe/Paris")
    with pytest.raises(InstantError, match="twice"):
        [*made([batch([dt.datetime(2026, 10, 25, 2, 30)], zone=None)])]


def test_utc_may_be_named_for_a_column_without_a_zone() -> None:
    [answered] = mapper(line="technical", timezone="UTC")([batch(HOURS, zone=None)])
    assert answered.schema.field("due_at").type == pa.timestamp("us")


def test_instants_in_another_unit_are_refused() -> None:
    with pytest.raises(UnitError, match="'ns'"):
        [*mapper()([by_team(unit="ns")])]
    [answered] = mapper(unit="s")([by_team(unit="s")])
    assert answers(answered) == one_by_one(by_team(), department="team")


REFUSED: list[tuple[dict[str, Any], type[SupportSlaError]]] = [
    ({"line": "sales"}, UnknownDepartmentError),
    ({"line": None}, ColumnError),
    ({"line": ("sales", Col("way"))}, UnknownDepartmentError),
    ({"priority": "urgent"}, UnknownPriorityError),
    ({"attributes": {"plan": Col("plan")}}, UnknownAttributeError),
    ({"attributes": ["plan"]}, NotAModelError),
    ({"priority": 3}, ColumnError),
    ({"years": 2026}, NotAnInstantError),
    ({"years": (2027, 2026)}, InstantOutOfRangeError),
    ({"years": (0, 2)}, InstantOutOfRangeError),
    ({"outputs": "due"}, ColumnError),
    ({"on_error": "skip"}, ColumnError),
    ({"names": {"due_at": "team"}}, ColumnError),
    ({"unit": "h"}, UnitError),
]


@pytest.mark.parametrize(("options", "error"), REFUSED)
def test_what_is_wrong_for_all_rows_is_refused_before_anything_is_sent(
    options: dict[str, Any], error: type[SupportSlaError]
) -> None:
    with pytest.raises(error):
        mapper(**options)


def test_an_answer_table_is_no_policy() -> None:
    table = AnswerTable.of(AZDIGI, department="billing", first_year=2026, last_year=2026)
    with pytest.raises(NotAModelError):
        mapper(table)  # type: ignore[arg-type]


def test_batches_of_other_columns_are_refused() -> None:
    with pytest.raises(ColumnError, match="there is no column 'team'"):
        [*mapper()([batch()])]
    [answered] = mapper()([by_team()])
    with pytest.raises(ColumnError, match="there is a column 'starts_at' already"):
        [*mapper()([answered])]
    with pytest.raises(NaiveInstantError):
        [*mapper()([by_team(zone=None)])]
