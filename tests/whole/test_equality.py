"""Values with instants: equal only where every field is, and two readings of one hour are two."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from support_sla import compare, compute_deadline, contact_options, load_policy

AZDIGI = load_policy("azdigi")
IN_ORDER = load_policy({**AZDIGI.model_dump(), "crossing": "in_order"})
SENT = "2026-02-14T16:30:00+07:00"
DEADLINE = compute_deadline(AZDIGI, SENT, department="billing")
WAYS = contact_options(AZDIGI, SENT, SENT, department="billing")
CHANGES = compare(AZDIGI, IN_ORDER, (2026, 2026))
EXAMPLES: list[Any] = [
    DEADLINE, DEADLINE.steps[0], DEADLINE.readings[0], WAYS, WAYS.options[0], CHANGES,
    CHANGES.differences[0],
]  # fmt: skip
NEW_YORK = ZoneInfo("America/New_York")
FIRST = dt.datetime(2026, 11, 1, 1, 30, tzinfo=NEW_YORK)
FIELDS: list[Any] = [
    pytest.param(value, field.name, id=f"{type(value).__name__}.{field.name}")
    for value in EXAMPLES
    for field in dataclasses.fields(value)
]


@pytest.mark.parametrize(("value", "name"), FIELDS)
def test_values_that_differ_in_one_field_are_not_equal(value: Any, name: str) -> None:
    changed = dataclasses.replace(value, **{name: "something else"})
    assert changed != value
    assert dataclasses.replace(changed, **{name: getattr(value, name)}) == value


@pytest.mark.parametrize(
    ("value", "name"),
    [each for each in FIELDS if isinstance(getattr(*each.values), dt.datetime)],
)
def test_the_two_readings_of_a_repeated_hour_are_two_instants(value: Any, name: str) -> None:
    once = dataclasses.replace(value, **{name: FIRST})
    again = dataclasses.replace(value, **{name: FIRST.replace(fold=1)})
    elsewhere = dataclasses.replace(value, **{name: FIRST.astimezone(dt.UTC)})
    assert once != again
    assert (once, hash(once)) == (elsewhere, hash(elsewhere))


@pytest.mark.parametrize("value", EXAMPLES, ids=lambda value: type(value).__name__)
def test_a_value_never_equals_one_of_another_kind(value: Any) -> None:
    assert [value] == [each for each in [*EXAMPLES, None, (), "x"] if each == value]
