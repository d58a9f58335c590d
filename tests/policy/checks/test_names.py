"""Every name that a part of a policy writes is defined by another."""

from __future__ import annotations

from typing import Any

import pytest

from builders import (
    calendar_data,
    channel_data,
    day_data,
    fault,
    faults,
    policy,
    policy_data,
    rule_data,
    when,
)
from support_sla import Policy

LINE = ("departments", "desk", "channels", "ticket")
RULES = (*LINE, "first_response")
CALENDARS = {"tet": {"country": "VN"}, "own": calendar_data(day_data())}


def line(
    *, observes: tuple[str, ...] = (), schedule: str = "office", **changes: Any
) -> dict[str, Any]:
    return channel_data(hours={"schedule": schedule, "observes": list(observes)}, **changes)


@pytest.mark.parametrize(
    ("data", "slug", "place", "shown"),
    [
        pytest.param(
            policy_data(channel=line(schedule="offcie")),
            "schedule_undefined",
            (*LINE, "hours", "schedule"),
            "schedule 'offcie' is not defined by the policy; did you mean 'office'?",
            id="schedule",
        ),
        pytest.param(
            policy_data(schedules={}),
            "schedule_undefined",
            (*LINE, "hours", "schedule"),
            "none is defined",
            id="no schedule at all",
        ),
        pytest.param(
            policy_data(channel=line(observes=("own", "tat")), calendars=CALENDARS),
            "calendar_undefined",
            (*LINE, "hours", "observes", 1),
            "did you mean 'tet'?",
            id="observed calendar",
        ),
        pytest.param(
            policy_data(when("Mo", "tat"), calendars=CALENDARS),
            "day_undefined",
            (*RULES, 0, "when", "days", 1),
            "day 'tat'",
            id="calendar of a rule",
        ),
        pytest.param(
            policy_data(when("Sun")),
            "day_undefined",
            (*RULES, 0, "when", "days", 0),
            "did you mean 'Su'?",
            id="weekday of a rule",
        ),
        pytest.param(
            policy_data(when(priority=("high", "hihg")), priorities=["low", "high"]),
            "priority_undefined",
            (*RULES, 0, "when", "priority", 1),
            "did you mean 'high'?",
            id="priority",
        ),
        pytest.param(
            policy_data(when(priority=("high",))),
            "priority_undefined",
            (*RULES, 0, "when", "priority", 0),
            "none is defined",
            id="no priority at all",
        ),
        pytest.param(
            policy_data(channel=line(requires={"channel": "tickets", "unanswered_for": "5h"})),
            "channel_undefined",
            (*LINE, "requires", "channel"),
            "did you mean 'ticket'?",
            id="required channel",
        ),
        pytest.param(
            policy_data(calendars={"Su": {"country": "VN"}}),
            "name_taken",
            ("calendars", "Su"),
            "'Su'",
            id="calendar named like a weekday",
        ),
    ],
)
def test_a_name_that_is_not_defined_is_told_at_its_place(
    data: dict[str, Any], slug: str, place: tuple[Any, ...], shown: str
) -> None:
    found = fault(lambda: Policy.model_validate(data))
    assert (slug, place) == (found.slug, found.place)
    assert shown in found.message


def test_every_undefined_name_is_told() -> None:
    data = policy_data(
        when("a", "Mo", "b", priority=("c",)),
        rule_data(),
        calendars={"We": {"country": "VN"}},
    )
    slugs = [each.slug for each in faults(lambda: Policy.model_validate(data))]
    assert ["name_taken", "day_undefined", "day_undefined", "priority_undefined"] == slugs


def test_a_required_channel_belongs_to_the_same_department() -> None:
    phone = channel_data(requires={"channel": "ticket", "unanswered_for": "5h"})
    departments = {
        "desk": {"channels": {"ticket": channel_data()}},
        "shop": {"channels": {"phone": phone}},
    }
    found = fault(lambda: policy(departments=departments))
    assert ("channel_undefined", "shop") == (found.slug, found.place[1])


# --- lines that serve other departments ---

REQUIRES = ("departments", "shop", "channels", "phone", "requires")


def two_departments(channel: Any = "ticket", **changes: Any) -> dict[str, Any]:
    """Return desk with a ticket and a chat, and shop with a phone that requires something."""
    requires = {"channel": channel, "unanswered_for": "5h", **changes}
    return policy_data(
        departments={
            "desk": {"channels": {"ticket": channel_data(), "chat": channel_data()}},
            "shop": {"channels": {"phone": channel_data(requires=requires)}},
        }
    )


def test_a_required_channel_need_only_be_that_of_the_departments_served() -> None:
    made = Policy.model_validate(two_departments(departments=["desk"]))
    assert made.channel("shop", "phone").requires


def test_a_line_may_require_a_channel_of_its_own_name_elsewhere() -> None:
    data = two_departments("phone", departments=["desk"])
    data["departments"]["desk"]["channels"]["phone"] = channel_data()
    assert Policy.model_validate(data).channel("shop", "phone").requires


@pytest.mark.parametrize("departments", [None, [], ["shop"], ["desk", "shop"]], ids=repr)
def test_a_line_that_serves_its_own_department_may_not_require_itself(departments: Any) -> None:
    named = {} if departments is None else {"departments": departments}
    data = two_departments("phone", **named)
    data["departments"]["desk"]["channels"]["phone"] = channel_data()
    found = fault(lambda: Policy.model_validate(data))
    assert ("requires_itself", (*REQUIRES, "channel")) == found[:2]


@pytest.mark.parametrize(
    ("channel", "departments", "expected"),
    [
        pytest.param(
            "ticket",
            ["desk", "dsek"],
            [("department_undefined", ("departments", 1), "did you mean 'desk'?")],
            id="no such department",
        ),
        pytest.param(
            "ticket",
            ["desk", "shop"],
            [
                (
                    "channel_undefined",
                    ("departments", 1),
                    "channel 'ticket' is not defined by department 'shop'; use one of 'phone'",
                )
            ],
            id="no such channel in one of them",
        ),
        pytest.param(
            "tickt",
            ["shop", "desk"],
            [
                ("channel_undefined", ("departments", 0), "use one of 'phone'"),
                ("channel_undefined", ("departments", 1), "did you mean 'ticket'?"),
            ],
            id="no such channel in any of them",
        ),
        pytest.param(
            "ticket",
            ["a", "shop", "b"],
            [
                ("department_undefined", ("departments", 0), "department 'a'"),
                ("department_undefined", ("departments", 2), "department 'b'"),
                ("channel_undefined", ("departments", 1), "department 'shop'"),
            ],
            id="everything at once",
        ),
        pytest.param(
            3,
            ["lab"],
            [
                ("string_type", ("channel",), "3"),
                ("department_undefined", ("departments", 0), "'lab'"),
            ],
            id="beside a channel that could not be read",
        ),
        pytest.param(
            "ticket",
            "desk",
            [("list_expected", ("departments",), "['desk']")],
            id="a text, from which nothing more is concluded",
        ),
        pytest.param(
            "ticket",
            ["desk", "desk"],
            [("name_repeated", ("departments",), "'desk'")],
            id="the same department twice",
        ),
    ],
)
def test_the_departments_that_a_line_serves_have_the_channel_it_requires(
    channel: Any, departments: Any, expected: list[tuple[str, tuple[Any, ...], str]]
) -> None:
    data = two_departments(channel, departments=departments)
    found = faults(lambda: Policy.model_validate(data))
    assert [(slug, (*REQUIRES, *place)) for slug, place, _ in expected] == [
        each[:2] for each in found
    ]
    for each, (_, _, shown) in zip(found, expected, strict=True):
        assert shown in each.message


@pytest.mark.parametrize("desk", [3, {}, {"channels": 3}], ids=repr)
def test_a_department_that_could_not_be_read_counts_as_having_the_channel(desk: Any) -> None:
    data = two_departments(departments=["desk"])
    data["departments"]["desk"] = desk
    found = fault(lambda: Policy.model_validate(data))
    assert ("departments", "desk") == found.place[:2]


# --- attributes and their values ---

ATTRIBUTES = {"plan": ["gold", "silver"], "region": ["eu"]}
ASKED = (*RULES, 0, "when", "attributes")


def asking(**attributes: Any) -> dict[str, Any]:
    return rule_data(when={"attributes": attributes})


@pytest.mark.parametrize(
    ("asked", "slug", "place", "message"),
    [
        pytest.param(
            {"Plan": ["gold"]},
            "attribute_undefined",
            ("Plan",),
            "attribute 'Plan' is not defined by the policy; did you mean 'plan'?",
            id="an attribute in capitals",
        ),
        pytest.param(
            {"regoin": ["eu"]},
            "attribute_undefined",
            ("regoin",),
            "attribute 'regoin' is not defined by the policy; did you mean 'region'?",
            id="an attribute with a slip",
        ),
        pytest.param(
            {"tier": ["gold"]},
            "attribute_undefined",
            ("tier",),
            "attribute 'tier' is not defined by the policy; use one of 'plan', 'region'",
            id="an attribute like no other",
        ),
        pytest.param(
            {"plan": ["gold", "sliver"]},
            "value_undefined",
            ("plan", 1),
            "value 'sliver' is not defined by attribute 'plan'; did you mean 'silver'?",
            id="a value with a slip",
        ),
        pytest.param(
            {"plan": ["eu"]},
            "value_undefined",
            ("plan", 0),
            "value 'eu' is not defined by attribute 'plan'; use one of 'gold', 'silver'",
            id="a value of another attribute",
        ),
    ],
)
def test_an_attribute_or_value_that_is_not_declared_suggests_the_nearest(
    asked: dict[str, list[str]], slug: str, place: tuple[Any, ...], message: str
) -> None:
    found = fault(lambda: policy(asking(**asked), rule_data(), attributes=ATTRIBUTES))
    assert (slug, (*ASKED, *place), message) == found


def test_an_attribute_of_a_policy_without_attributes_has_none_to_suggest() -> None:
    found = fault(lambda: policy(asking(plan=["gold"]), rule_data()))
    assert ("attribute_undefined", (*ASKED, "plan")) == found[:2]
    assert "attribute 'plan' is not defined by the policy; none is defined" == found.message


def test_values_of_an_attribute_that_is_not_declared_are_not_judged() -> None:
    found = fault(lambda: policy(asking(plann=["a", "b"]), rule_data(), attributes=ATTRIBUTES))
    assert "attribute_undefined" == found.slug


def test_every_value_that_is_not_declared_is_told() -> None:
    rules = [asking(plan=["a", "gold", "b"], region=["c"]), rule_data()]
    found = faults(lambda: policy(*rules, attributes=ATTRIBUTES))
    assert [(*ASKED, "plan", 0), (*ASKED, "plan", 2), (*ASKED, "region", 0)] == [
        each.place for each in found
    ]


def test_declared_attributes_and_values_stand_as_written() -> None:
    made = policy(asking(plan=["gold"], region=["eu"]), rule_data(), attributes=ATTRIBUTES)
    assert {"plan": ("gold", "silver"), "region": ("eu",)} == made.attributes


@pytest.mark.parametrize(
    ("values", "slug"),
    [(3, "list_expected"), ([], "list_empty"), ("gold, silver", "list_expected")],
    ids=repr,
)
def test_an_attribute_whose_values_could_not_be_read_counts_as_having_every_value(
    values: Any, slug: str
) -> None:
    rules = [asking(plan=["gold"]), rule_data()]
    found = faults(lambda: policy(*rules, attributes={"plan": values}))
    assert [(slug, ("attributes", "plan"))] == [each[:2] for each in found]


@pytest.mark.parametrize("key", ["calendars", "schedules", "priorities", "attributes", "rules"])
@pytest.mark.parametrize("written", [3, "gold"], ids=repr)
def test_a_table_that_could_not_be_read_counts_as_defining_every_name(
    key: str, written: Any
) -> None:
    conditions = {"days": ["tet"], "priority": ["high"], "attributes": {"plan": ["gold"]}}
    asked = rule_data(name="asked", when=conditions)
    whole = {
        "calendars": CALENDARS,
        "priorities": ["high"],
        "attributes": {"plan": ["gold"]},
        "rules": {"usual": [asked, rule_data()]},
        "labels": {
            "priority": {"high": {"en": "High"}},
            "value": {"plan": {"gold": {"en": "Gold"}}},
            "rule": {"asked": {"en": "Asked for"}},
        },
    }
    channel = channel_data(
        hours={"schedule": "office", "observes": ["own"]}, first_response="usual"
    )
    policy(channel=channel, **whole)
    found = faults(lambda: policy(channel=channel, **{**whole, key: written}))
    assert [(key,)] == [each.place for each in found]


# --- names inside hours ---


@pytest.mark.parametrize(
    ("hours", "slug", "place", "shown"),
    [
        pytest.param(
            {"schedule": "ofice"}, "schedule_undefined", ("schedule",), "'office'", id="schedule"
        ),
        pytest.param(
            {"seasons": [{"from": "07-01", "to": "08-31", "schedule": "ofice"}]},
            "schedule_undefined",
            ("seasons", 0, "schedule"),
            "did you mean 'office'?",
            id="schedule of a season",
        ),
        pytest.param(
            {"observes": ["own"], "on_holidays": {"own": "ofice"}},
            "schedule_undefined",
            ("on_holidays", "own"),
            "did you mean 'office'?",
            id="schedule on holidays",
        ),
        pytest.param(
            {"observes": ["own", "tett"]},
            "calendar_undefined",
            ("observes", 1),
            "did you mean 'tet'?",
            id="calendar",
        ),
        pytest.param(
            {"observes": ["tet"], "on_holidays": {"own": "office"}},
            "calendar_not_observed",
            ("on_holidays", "own"),
            "observes = ['tet', 'own']",
            id="a calendar on holidays that is not observed",
        ),
    ],
)
def test_a_name_in_hours_of_a_line_or_of_a_rule_is_told_at_its_place(
    hours: dict[str, Any], slug: str, place: tuple[Any, ...], shown: str
) -> None:
    written = {"schedule": "office", **hours}
    of_line = fault(lambda: policy(channel=channel_data(hours=written), calendars=CALENDARS))
    of_rule = fault(lambda: policy(rule_data(hours=written), calendars=CALENDARS))
    assert (slug, (*LINE, "hours", *place)) == of_line[:2]
    assert (slug, (*RULES, 0, "hours", *place)) == of_rule[:2]
    assert shown in of_line.message
    assert of_line.message == of_rule.message


def test_an_undefined_calendar_on_holidays_is_told_where_it_is_observed() -> None:
    hours = {"schedule": "office", "observes": ["fest"], "on_holidays": {"fest": "office"}}
    found = fault(lambda: policy(channel=channel_data(hours=hours), calendars=CALENDARS))
    assert ("calendar_undefined", (*LINE, "hours", "observes", 0)) == found[:2]
