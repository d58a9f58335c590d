"""Conditions: what they are called, and what they refuse."""

from __future__ import annotations

from typing import Any

import pytest

from builders import fault, target
from support_sla import When


@pytest.mark.parametrize(
    ("condition", "name"),
    [
        ({"open": True}, "while open"),
        ({"open": False}, "while closed"),
        ({"time": "00:00-13:00"}, "at 00:00-13:00"),
        ({"time": "13:00-24:00,00:00-08:00"}, "at 00:00-08:00,13:00-24:00"),
        ({"attributes": {"plan": ["gold", "basic"]}}, "plan gold or basic"),
        (
            {
                "days": ["Su"],
                "priority": ["high"],
                "attributes": {"plan": ["gold"]},
                "open": True,
                "time": "00:00-13:00",
            },
            "Su, priority high, plan gold, while open, at 00:00-13:00",
        ),
    ],
)
def test_a_rule_is_called_by_every_key_of_its_condition(condition: Any, name: str) -> None:
    assert name == target(when=condition).name


def test_a_time_may_be_the_whole_date() -> None:
    assert ((0, 86_400),) == When(time="00:00-24:00").time


def test_a_condition_dumps_as_it_was_written() -> None:
    written = {"open": False, "time": "00:00-08:00,13:00-24:00", "attributes": {"plan": ["gold"]}}
    again = When.model_validate(written).model_dump(mode="json")
    assert written == again


@pytest.mark.parametrize(
    ("condition", "slug"),
    [
        ({"open": "yes"}, "bool_type"),
        ({"attributes": {"plan": []}}, "list_empty"),
        ({"attributes": {"plan": "gold"}}, "list_expected"),
        ({"attributes": {}}, "when_empty"),
        ({"time": "22:00-06:00"}, "time_invalid"),
        ({"time": "09:00-08:00"}, "time_invalid"),
        ({"time": "08:00-10:00,09:00-11:00"}, "hours_overlap"),
    ],
)
def test_a_condition_that_means_nothing_is_refused(condition: Any, slug: str) -> None:
    assert slug == fault(lambda: target(when=condition)).slug
