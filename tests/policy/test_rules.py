"""Rules that a line lists itself, and lists of rules that lines name."""

from __future__ import annotations

from typing import Any

import pytest

from builders import channel_data, fault, faults, policy, rule_data, target, when
from support_sla import Channel, Policy

LINE = ("departments", "desk", "channels", "ticket")
RULES = (*LINE, "first_response")
SHARED = ("rules", "shared")


def named(name: Any = "shared", **changes: Any) -> dict[str, Any]:
    """Return a line that names a list of rules."""
    return channel_data(first_response=name, **changes)


def two_lines(*rules: Any, **changes: Any) -> Policy:
    """Return a policy in which a ticket and a chat share these rules."""
    channels = {"ticket": named(), "chat": named()}
    return policy(
        departments={"desk": {"channels": channels}}, rules={"shared": list(rules)}, **changes
    )


def test_a_line_that_names_a_list_promises_its_rules() -> None:
    made = two_lines(when("Su"), rule_data())
    assert made.rules["shared"] == made.targets("desk", "ticket") == made.targets("desk", "chat")
    assert ["Su", "default"] == [rule.name for rule in made.targets("desk", "chat")]
    assert "shared" == made.channel("desk", "chat").first_response


def test_a_line_that_lists_its_rules_promises_them() -> None:
    made = policy(when("Su"), rule_data(), rules={"shared": [rule_data(within="2h")]})
    assert made.channel("desk", "ticket").first_response == made.targets("desk", "ticket")
    assert 2 == len(made.targets("desk", "ticket"))


def test_a_line_without_rules_promises_nothing() -> None:
    assert () == policy(channel={"hours": {"schedule": "office"}}).targets("desk", "ticket")
    assert () == policy(channel=channel_data(first_response=[])).targets("desk", "ticket")


def test_a_named_list_is_dumped_as_its_name() -> None:
    made = two_lines(when("Su"), rule_data())
    dumped = made.model_dump()
    assert "shared" == dumped["departments"]["desk"]["channels"]["chat"]["first_response"]
    assert [when("Su")["within"], "1h"] == [rule["within"] for rule in dumped["rules"]["shared"]]
    assert made == Policy.model_validate(dumped)
    assert made == Policy.model_validate_json(made.model_dump_json())


def test_listed_rules_are_dumped_as_they_were_written() -> None:
    written = [when("Su"), rule_data()]
    dumped = policy(*written).channel("desk", "ticket").model_dump(mode="json")
    assert written == dumped["first_response"]


def test_rules_may_be_given_as_models() -> None:
    made = Channel(hours={"schedule": "office"}, first_response=(target(),))
    assert (target(),) == made.first_response


def test_the_schema_of_a_file_has_a_list_or_a_name() -> None:
    schema = Channel.model_json_schema()["properties"]["first_response"]
    assert ["array", "string"] == [each["type"] for each in schema["anyOf"]]


@pytest.mark.parametrize(
    ("name", "lists", "message"),
    [
        (
            "shard",
            {"shared": [rule_data()]},
            "list of rules 'shard' is not defined by the policy; did you mean 'shared'?",
        ),
        (
            "fast",
            {"shared": [rule_data()]},
            "list of rules 'fast' is not defined by the policy; use one of 'shared'",
        ),
        ("fast", {}, "list of rules 'fast' is not defined by the policy; none is defined"),
    ],
)
def test_a_list_that_is_not_defined_is_told_where_it_is_named(
    name: str, lists: dict[str, Any], message: str
) -> None:
    found = fault(lambda: policy(channel=named(name), rules=lists))
    assert ("list_undefined", RULES, message) == found


def test_a_list_that_could_not_be_read_counts_as_defined() -> None:
    found = fault(lambda: policy(channel=named(), rules={"shared": "fast"}))
    assert ("list_expected", SHARED) == found[:2]


def test_an_empty_list_of_rules_is_refused() -> None:
    found = fault(lambda: policy(channel=named(), rules={"shared": []}))
    assert ("list_empty", SHARED) == found[:2]
    assert "the list [] promises nothing; add a rule, or drop the list" == found.message


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (rule_data(), "under a header of two, [[...]]"),
        (3, "3 is no list"),
        (None, "None is no list"),
    ],
    ids=str,
)
def test_what_is_neither_a_list_nor_a_name_is_refused(written: Any, shown: str) -> None:
    found = fault(lambda: policy(channel=named(written)))
    assert ("list_expected", RULES) == found[:2]
    assert shown in found.message


@pytest.mark.parametrize("name", ["", " shared"], ids=repr)
def test_an_empty_or_padded_name_is_refused_where_it_stands(name: str) -> None:
    found = faults(lambda: policy(channel=named(name), rules={"shared": [rule_data()]}))
    assert ("name_empty", RULES) == found[0][:2]
    assert {RULES} == {each.place for each in found}


# --- what is wrong with rules that lines share is told once, at rules.NAME[i] ---


@pytest.mark.parametrize(
    ("rules", "slug", "place"),
    [
        pytest.param(
            [rule_data(within=3)], "duration_without_unit", (0, "within"), id="unreadable"
        ),
        pytest.param([rule_data(when={})], "when_empty", (0, "when"), id="no condition"),
        pytest.param(
            [when("tet"), rule_data()], "day_undefined", (0, "when", "days", 0), id="a day"
        ),
        pytest.param(
            [rule_data(), when("Su", priority=("low",))],
            "rule_unreachable",
            (1,),
            id="never matches",
        ),
        pytest.param(
            [when("Su", name="a"), when("Mo", name="a")], "name_repeated", (1,), id="a name twice"
        ),
        pytest.param(
            [rule_data(hours={"schedule": "night"})],
            "schedule_undefined",
            (0, "hours", "schedule"),
            id="a schedule",
        ),
        pytest.param(
            [rule_data(hours={"schedule": "closed"})],
            "line_never_opens",
            (0, "hours"),
            id="never opens",
        ),
        pytest.param(
            [{"within": "1 business day", "by": "18:00"}],
            "by_outside_hours",
            (0, "by"),
            id="by outside hours",
        ),
        pytest.param(
            [{"within": "1 business day", "by": "close", "cutoff": "18:00"}],
            "cutoff_after_closing",
            (0, "cutoff"),
            id="cutoff after closing",
        ),
    ],
)
def test_a_fault_of_shared_rules_is_told_once_where_they_are_written(
    rules: list[dict[str, Any]], slug: str, place: tuple[Any, ...]
) -> None:
    weeks = {"office": "Mo-Fr 08:00-17:00", "closed": "off"}
    found = fault(lambda: two_lines(*rules, priorities=["low"], schedules=weeks))
    assert (slug, (*SHARED, *place)) == found[:2]


def test_several_faults_of_shared_rules_are_each_told_once() -> None:
    found = faults(lambda: two_lines(when("tet"), rule_data(), when("Su")))
    assert [
        ("day_undefined", (*SHARED, 0, "when", "days", 0)),
        ("rule_unreachable", (*SHARED, 2)),
    ] == [each[:2] for each in found]


def test_the_names_of_a_list_that_no_line_uses_are_judged() -> None:
    found = fault(lambda: policy(rules={"spare": [when("tet")]}))
    assert ("day_undefined", ("rules", "spare", 0, "when", "days", 0)) == found[:2]


def test_rules_of_two_lists_may_share_a_name() -> None:
    made = policy(rules={"one": [rule_data(name="fast")], "two": [rule_data(name="fast")]})
    assert {"one", "two"} == {*made.rules}


def test_faults_of_many_lines_that_share_rules_do_not_hide_those_of_others() -> None:
    channels = {f"line {at}": named() for at in range(1_000)}
    channels["last"] = channel_data(hours={"schedule": "closed"})
    found = faults(
        lambda: policy(
            departments={"desk": {"channels": channels}},
            rules={"shared": [rule_data(), when("Su")]},
            schedules={"office": "Mo-Fr 08:00-17:00", "closed": "off"},
        )
    )
    assert ["rule_unreachable", "line_never_opens"] == [each.slug for each in found]
