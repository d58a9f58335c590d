"""Conditions on the request and on the instant, and the names that rules have from them."""

from __future__ import annotations

from typing import Any

import pytest

from builders import HOUR, fault, rule_data, target
from support_sla import Target, When
from support_sla.policy.when import condition_name


def name_of(**condition: Any) -> str:
    return condition_name(When.model_validate(condition))


@pytest.mark.parametrize(
    ("condition", "name"),
    [
        ({"days": ["Su", "tet"]}, "Su or tet"),
        ({"priority": ["high", "low"]}, "priority high or low"),
        ({"attributes": {"plan": ["gold", "silver"]}}, "plan gold or silver"),
        ({"attributes": {"plan": ["gold"], "region": ["eu"]}}, "plan gold, region eu"),
        ({"open": True}, "while open"),
        ({"open": False}, "while closed"),
        ({"time": "8:00-12:00"}, "at 08:00-12:00"),
        ({"time": "22:00-24:00,00:00-06:00"}, "at 00:00-06:00,22:00-24:00"),
        (
            {
                "time": "16:00-24:00",
                "open": True,
                "attributes": {"plan": ["gold"]},
                "priority": ["high"],
                "days": ["Fr"],
            },
            "Fr, priority high, plan gold, while open, at 16:00-24:00",
        ),
    ],
    ids=str,
)
def test_a_rule_without_a_name_is_called_by_its_condition(
    condition: dict[str, Any], name: str
) -> None:
    assert name == name_of(**condition)
    assert name == Target(**rule_data(when=condition)).name


def test_a_rule_without_a_condition_is_called_the_default() -> None:
    assert "default" == condition_name(None) == Target(**rule_data()).name


def test_a_written_name_is_kept_and_the_one_of_a_condition_is_not_dumped() -> None:
    assert "late" == Target(**rule_data(name="late", when={"open": False})).name
    assert "name" not in Target(**rule_data(when={"open": False})).model_dump()


def test_a_condition_asks_for_nothing_but_what_it_says() -> None:
    asked = When(open=False)
    assert (None, None, None) == (asked.days, asked.priority, asked.time)
    assert ({}, False) == (dict(asked.attributes), asked.open)


@pytest.mark.parametrize(
    "condition", [{}, {"attributes": {}}, {"days": None, "open": None}], ids=str
)
def test_a_condition_that_asks_for_nothing_is_refused(condition: dict[str, Any]) -> None:
    found = fault(lambda: When.model_validate(condition))
    assert "when_empty" == found.slug
    assert (
        "when = {} has no condition; give days, priority, attributes, open or time, or drop 'when'"
        == found.message
    )


@pytest.mark.parametrize(
    "condition",
    [
        {"days": ["Su"]},
        {"priority": ["low"]},
        {"attributes": {"plan": ["gold"]}},
        {"open": True},
        {"open": False},
        {"time": "00:00-24:00"},
    ],
    ids=str,
)
def test_each_key_alone_is_a_condition(condition: dict[str, Any]) -> None:
    assert When.model_validate(condition).model_fields_set == {*condition}


@pytest.mark.parametrize(
    ("condition", "slug", "place", "shown"),
    [
        ({"open": "yes"}, "bool_type", ("open",), "'yes' is neither true nor false"),
        ({"open": 1}, "bool_type", ("open",), "1 is neither true nor false"),
        ({"time": "noon"}, "time_invalid", ("time",), "'noon' is no part of a date"),
        ({"time": "off"}, "time_invalid", ("time",), "'off' matches nothing"),
        ({"time": 9}, "time_invalid", ("time",), "9 is no text"),
        (
            {"time": "22:00-06:00"},
            "time_invalid",
            ("time",),
            "write it as two, e.g. '00:00-06:00,22:00-24:00'",
        ),
        ({"time": "09:00-08:00"}, "time_invalid", ("time",), "runs past midnight"),
        ({"time": "08:60-09:00"}, "clock_time_invalid", ("time",), "'08:60' does not exist"),
        ({"time": "08:00-12:00,11:00-13:00"}, "hours_overlap", ("time",), "08:00-13:00"),
        ({"attributes": "gold"}, "dict_type", ("attributes",), "'gold' is no table"),
        ({"attributes": {"plan": "gold"}}, "list_expected", ("attributes", "plan"), "['gold']"),
        ({"attributes": {"plan": []}}, "list_empty", ("attributes", "plan"), "[]"),
        (
            {"attributes": {"plan": ["a", "a"]}},
            "name_repeated",
            ("attributes", "plan"),
            "'a' stands twice",
        ),
        ({"attributes": {"plan": [3]}}, "string_type", ("attributes", "plan", 0), "3"),
        ({"attribute": {"plan": ["a"]}}, "key_unknown", ("attribute",), "'attributes'"),
    ],
    ids=str,
)
def test_a_condition_that_cannot_be_read_is_refused_at_its_key(
    condition: dict[str, Any], slug: str, place: tuple[str | int, ...], shown: str
) -> None:
    found = fault(lambda: When.model_validate(condition))
    assert (slug, place) == found[:2]
    assert shown in found.message
    assert (slug, ("when", *place)) == fault(lambda: target(when=condition))[:2]


def test_times_are_read_as_half_open_ranges_of_a_date_in_order() -> None:
    asked = When.model_validate({"time": "22:00-24:00,00:00-06:00"})
    assert ((0, 6 * HOUR), (22 * HOUR, 24 * HOUR)) == asked.time
    assert {"time": "00:00-06:00,22:00-24:00"} == asked.model_dump()


def test_a_condition_is_dumped_as_it_was_written_and_read_back_equal() -> None:
    written = {
        "days": ("Su",),
        "priority": ("high",),
        "attributes": {"plan": ("gold", "silver")},
        "open": False,
        "time": "09:00-12:00",
    }
    asked = When.model_validate(written)
    assert written == asked.model_dump()
    assert asked == When.model_validate_json(asked.model_dump_json())
    assert hash(asked) == hash(When.model_validate(written))
