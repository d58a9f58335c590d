"""The answer table is the timeline and the rules, precomputed: equal at every breakpoint.

Boundary rules and the tests that catch their mutation, each tried by hand:
- `due` jumps one unit too early (`+ 1` dropped in `pieces.advancing`):
  `test_a_ticket_at_the_last_answerable_instant_is_due_at_closing` and the equality laws;
- `first_past` with `>=` for `>`: the equality laws under `overlap` and `in_order`;
- `bisect_left` for `bisect_right` when a row is looked up: `test_a_row_begins_at_its_own_instant`;
- a rule's stretch closed on the right (`<=` for `<` in `_stretches`): the equality laws;
- `<` for `<=` where in_order prefers the earliest of equal undercuts: `test_of_equal_undercuts_the_earliest_is_named`;
- a unit missing (`ns` not scaled): `test_every_unit_gives_the_same_answers`;
- `fold` lost on the way out: `test_an_answer_inside_a_repeated_hour_keeps_its_fold`.
"""

from __future__ import annotations

import json
import pickle
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import oracle
import pytest
from builders_answers import desk_and_rules
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from support_sla import (
    AnswerTable,
    InstantOutOfRangeError,
    Policy,
    UnitError,
    UnknownPriorityError,
    YearsNotCoveredError,
    compute_deadline,
    load_policy,
)
from support_sla.answers import Unit
from support_sla.promise import Line, Promise
from support_sla.strategies import policies

AZDIGI = load_policy("azdigi")
CROSSINGS = ("submission", "overlap", "in_order")
PER = {"s": 1_000_000, "ms": 1_000, "us": 1}
LINES = [("technical", crossing) for crossing in CROSSINGS] + [("billing", "submission")]
ZONES = (
    "America/New_York",
    "Australia/Lord_Howe",
    "Africa/Cairo",
    "Pacific/Apia",
    "America/Santiago",
    "America/St_Johns",
)


def reading(policy: Policy, **changes: Any) -> Policy:
    return Policy.model_validate({**policy.model_dump(), **changes})


def meaning(policy: Policy, channel: str, year: int, *, department: str, priority: str | None) -> Promise:
    """Return the timeline path for a year, with as many years after it as are covered, up to three."""
    line = Line.of(policy, department, channel)
    return Promise.of(line, priority, year, min(year + 3, line.coverage.last))


def breakpoints(table: AnswerTable, promise: Promise) -> list[int]:
    """Return every instant of the table's unit at which anything may change, and its neighbours."""
    per = PER[table.unit]
    line = promise.window.timeline
    edges = {*line.opens, *line.closes, *promise.edges, *promise.window.wall.starts}
    amounts = {0, *(rule.within for rule in promise.rules)}
    amounts |= {rule.earliest for rule in promise.rules if rule.earliest}
    found = {*table.begins, *((edge - amount) // per for edge in edges for amount in amounts)}
    around = {at + step for at in found for step in (-1, 0, 1)}
    return sorted(at for at in around if table.start <= at < table.end)


def assert_equal_to_the_timeline(table: AnswerTable, promise: Promise) -> int:
    per = PER[table.unit]
    points = breakpoints(table, promise)
    for at in points:
        expected = promise.answer(at * per) if promise.rule_at(at * per) >= 0 else None
        found = table.answer(at)
        if found is not None:
            earliest = None if found.earliest_at is None else found.earliest_at * per
            found = found._replace(
                starts_at=found.starts_at * per, earliest_at=earliest, due_at=found.due_at * per
            )
        assert expected == found, (at, table.unit)
    return len(points)


# --- Equal to its meaning ---


@pytest.mark.parametrize("unit", ["s", "ms", "us"])
@pytest.mark.parametrize(("department", "crossing"), LINES)
def test_ten_years_of_the_reference_policy_equal_the_timeline_at_every_breakpoint(
    department: str, crossing: str, unit: Unit
) -> None:
    policy = reading(AZDIGI, crossing=crossing)
    for year in range(2020, 2030):
        table = AnswerTable.of(
            policy, department=department, first_year=year, last_year=year, unit=unit
        )
        promise = meaning(policy, "ticket", year, department=department, priority=None)
        assert assert_equal_to_the_timeline(table, promise) > 1_000


@given(policies(), st.data())
def test_a_random_policy_equals_the_timeline_at_every_breakpoint(
    policy: Policy, data: st.DataObject
) -> None:
    channel = data.draw(st.sampled_from(sorted(policy.departments["desk"].channels)))
    priority = data.draw(st.sampled_from([None, *policy.priorities]))
    line = Line.of(policy, "desk", channel)
    year = data.draw(st.integers(max(line.coverage.first, 2005), min(line.coverage.last, 2027)))
    table = AnswerTable.of(
        policy,
        department="desk",
        channel=channel,
        priority=priority,
        first_year=year,
        last_year=year,
    )
    promise = meaning(policy, channel, year, department="desk", priority=priority)
    assert_equal_to_the_timeline(table, promise)
