"""`Policy` > `Department` > `Channel` > `Target`: what each part refuses, names and gives back."""

from __future__ import annotations

import copy
import pickle
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from builders import (
    channel_data,
    fault,
    policy,
    policy_data,
    rule_data,
    target,
    when,
)
from support_sla import (
    Channel,
    Department,
    Hours,
    Policy,
    Requires,
    Target,
    UnknownChannelError,
    UnknownDepartmentError,
    When,
    load_policy,
)
from support_sla.values.model import FrozenMap
from support_sla.values.texts import text_in

LINE = ("departments", "desk", "channels", "ticket")
RULE = (*LINE, "first_response", 0)


@pytest.mark.parametrize(
    ("changes", "slug", "place", "shown"),
    [
        ({"within": 3}, "duration_without_unit", ("within",), "duration 3"),
        ({"within": None}, "duration_invalid", ("within",), "None"),
        ({"within": "1d"}, "duration_ambiguous", ("within",), "'1d'"),
        ({"earliest": "-1h"}, "duration_negative", ("earliest",), "'-1h'"),
        ({"counted_in": "hours"}, "option_unknown", ("counted_in",), "'hours'"),
        ({"name": ""}, "name_empty", ("name",), "''"),
        ({"name": " x"}, "name_empty", ("name",), "' x'"),
        ({"name": None}, "string_type", ("name",), "None is no text"),
        ({"withn": "3h"}, "key_unknown", ("withn",), "did you mean 'within'?"),
        ({"when": "Su"}, "table_expected", ("when",), "'Su'"),
        ({"when": {}}, "when_empty", ("when",), "when = {}"),
        ({"when": {"days": []}}, "list_empty", ("when", "days"), "[]"),
        ({"when": {"priority": []}}, "list_empty", ("when", "priority"), "[]"),
        ({"when": {"days": "Su"}}, "list_expected", ("when", "days"), "write ['Su']"),
        ({"when": {"days": ["Su", "Su"]}}, "name_repeated", ("when", "days"), "'Su' stands twice"),
        ({"when": {"days": [" Su"]}}, "name_empty", ("when", "days", 0), "' Su'"),
        ({"when": {"days": [3]}}, "string_type", ("when", "days", 0), "3"),
        ({"when": {"dayz": ["Su"]}}, "key_unknown", ("when", "dayz"), "did you mean 'days'?"),
    ],
    ids=str,
)
def test_a_rule_that_breaks_a_rule_of_ours_is_refused_by_its_slug(
    changes: dict[str, Any], slug: str, place: tuple[Any, ...], shown: str
) -> None:
    found = fault(lambda: target(**changes))
    assert (slug, place) == (found.slug, found.place)
    assert shown in found.message
    assert (slug, (*RULE, *place)) == fault(lambda: policy(rule_data(**changes)))[:2]


@pytest.mark.parametrize(
    ("earliest", "slug"),
    [("59m", None), ("1h", None), ("1h1s", "earliest_after_within")],
)
def test_earliest_is_never_after_within(earliest: str, slug: str | None) -> None:
    if slug is None:
        assert target(earliest=earliest).earliest is not None
    else:
        found = fault(lambda: target(earliest=earliest))
        assert (slug, True) == (found.slug, "1:00:01" in found.message)


def test_every_missing_key_is_told_with_what_it_means() -> None:
    # Whether 'counted_in' is missing depends on what is promised.
    found = [fault(partial(policy, rule)) for rule in ({}, {"within": "3h"})]
    assert [("key_missing", "within"), ("key_missing", "counted_in")] == [
        (each.slug, each.place[-1]) for each in found
    ]
    assert "within = '3h'" in found[0].message
    assert "'business_time' or 'calendar_time'" in found[1].message


@pytest.mark.parametrize(
    ("condition", "name"),
    [
        (None, "default"),
        ({"days": ["Su"]}, "Su"),
        ({"days": ["Su", "tet"]}, "Su or tet"),
        ({"priority": ["high"]}, "priority high"),
        ({"priority": ["high", "top"]}, "priority high or top"),
        ({"days": ["Su"], "priority": ["high"]}, "Su, priority high"),
    ],
)
def test_a_rule_without_a_name_is_called_by_its_condition(condition: Any, name: str) -> None:
    assert name == target(when=condition).name


def test_a_name_that_was_written_stays() -> None:
    assert "relaxed" == target(name="relaxed", when={"days": ["Su"]}).name


def test_a_name_that_was_derived_is_not_dumped() -> None:
    assert {"within": "1h", "counted_in": "business_time"} == target().model_dump()
    assert "relaxed" == target(name="relaxed").model_dump()["name"]


@pytest.mark.parametrize(
    ("changes", "slug", "place", "shown"),
    [
        ({"name": 3}, "string_type", ("name",), "3"),
        ({"version": ""}, "name_empty", ("version",), "''"),
        ({"version": 1}, "string_type", ("version",), "1"),
        ({"timezone": "EDT2"}, "zone_unknown", ("timezone",), "'EDT2'"),
        ({"timezone": "Asia"}, "zone_unknown", ("timezone",), "'Asia'"),
        ({"timezone": ""}, "zone_unknown", ("timezone",), "''"),
        ({"timezone": 7}, "zone_unknown", ("timezone",), "zone 7"),
        ({"timezone": "localtime"}, "zone_unknown", ("timezone",), "'localtime'"),
        ({"crossing": "both"}, "option_unknown", ("crossing",), "'both'"),
        ({"priorities": "low"}, "list_expected", ("priorities",), "['low']"),
        ({"priorities": ["low", "low"]}, "name_repeated", ("priorities",), "'low'"),
        ({"priorities": [""]}, "name_empty", ("priorities", 0), "''"),
        ({"timezon": "UTC"}, "key_unknown", ("timezon",), "did you mean 'timezone'?"),
        ({"departments": []}, "dict_type", ("departments",), "[]"),
        ({"calendars": 3}, "dict_type", ("calendars",), "3"),
        ({"calendars": {"tet": {}}}, "calendar_empty", ("calendars", "tet"), "no country"),
        ({"schedules": {"office": 3}}, "schedule_invalid", ("schedules", "office"), "hours 3"),
        (
            {"departments": {"desk": {}}},
            "key_missing",
            ("departments", "desk", "channels"),
            "'channels'",
        ),
    ],
    ids=str,
)
def test_a_policy_that_breaks_a_rule_is_refused_by_its_slug(
    changes: dict[str, Any], slug: str, place: tuple[Any, ...], shown: str
) -> None:
    found = fault(lambda: policy(**changes))
    assert (slug, place) == (found.slug, found.place)
    assert shown in found.message


@pytest.mark.parametrize("name", ["", "  "])
def test_a_policy_without_a_name_is_told_to_name_the_policy(name: str) -> None:
    found = fault(lambda: policy(name=name))
    assert ("name_empty", ("name",)) == (found.slug, found.place)
    assert "day" not in found.message


@pytest.mark.parametrize("source", [3, None, [], "azdigi"], ids=repr)
def test_what_is_no_mapping_is_no_policy(source: object) -> None:
    found = fault(lambda: Policy.model_validate(source))
    assert ("table_expected", ()) == (found.slug, found.place)
    assert repr(source) in found.message


@pytest.mark.parametrize(
    ("changes", "slug", "place", "shown"),
    [
        ({"hours": "office"}, "table_expected", (*LINE, "hours"), "'office'"),
        ({"hours": {}}, "key_missing", (*LINE, "hours", "schedule"), "'schedule'"),
        (
            {"hours": {"schedule": "office", "observe": []}},
            "key_unknown",
            (*LINE, "hours", "observe"),
            "'observes'",
        ),
        (
            {"hours": {"schedule": "office", "observes": "tet"}},
            "list_expected",
            (*LINE, "hours", "observes"),
            "['tet']",
        ),
        ({"label": "Ticket"}, "dict_type", (*LINE, "label"), "'Ticket'"),
        ({"label": {"en": " "}}, "text_empty", (*LINE, "label"), "'en'"),
        ({"advice": {"": "write"}}, "text_empty", (*LINE, "advice"), "'write'"),
        (
            {"requires": {"unanswered_for": "5h"}},
            "key_missing",
            (*LINE, "requires", "channel"),
            "ask on first",
        ),
        ({"first_response": rule_data()}, "list_expected", (*LINE, "first_response"), "within"),
        ({"hour": 3}, "key_unknown", (*LINE, "hour"), "did you mean 'hours'?"),
    ],
    ids=str,
)
def test_a_channel_that_breaks_a_rule_is_refused_by_its_slug(
    changes: dict[str, Any], slug: str, place: tuple[Any, ...], shown: str
) -> None:
    found = fault(lambda: policy(channel=channel_data(**changes)))
    assert (slug, place) == (found.slug, found.place)
    assert shown in found.message


def test_a_line_may_have_hours_and_no_target() -> None:
    assert (
        ()
        == policy(channel={"hours": {"schedule": "office"}})
        .channel("desk", "ticket")
        .first_response
    )


def test_a_policy_is_read_into_its_parts() -> None:
    read = policy(
        when("Su", priority=("high",), earliest="30m"),
        rule_data(),
        version="2026-01",
        priorities=["high"],
        calendars={"tet": {"country": "VN"}},
    )
    assert ("2026-01", ("high",), "submission") == (read.version, read.priorities, read.crossing)
    line = read.channel("desk", "ticket")
    assert Hours(schedule="office") == line.hours
    rules = read.targets("desk", "ticket")
    assert rules == line.first_response
    assert [timedelta(minutes=30), None] == [rule.earliest for rule in rules]
    assert When(days=("Su",), priority=("high",)) == rules[0].when
    assert "VN" == read.calendars["tet"].country


def test_parts_may_be_given_as_models() -> None:
    rule = Target(within=timedelta(hours=1), counted_in="business_time")
    channel = Channel(hours=Hours(schedule="office"), first_response=(rule,))
    department = Department(channels=FrozenMap({"ticket": channel}))
    assert policy() == policy(departments={"desk": department})


def test_a_policy_that_is_one_already_is_taken_as_it_is() -> None:
    one = policy()
    assert one is Policy.model_validate(one)


def test_an_unknown_department_lists_those_there_are() -> None:
    with pytest.raises(UnknownDepartmentError, match=r"'sales'.*'desk'"):
        policy().department("sales")


def test_an_unknown_channel_lists_those_there_are() -> None:
    with pytest.raises(UnknownChannelError, match=r"'phone'.*'ticket'$"):
        policy().channel("desk", "phone")


def test_an_unknown_channel_repeats_the_department_s_advice() -> None:
    with pytest.raises(UnknownChannelError, match=r"\(its advice: .*hotline about it\)$"):
        load_policy("azdigi").channel("technical", "phone")


@pytest.mark.parametrize("name", [["desk"], {}, None, 3], ids=repr)
def test_a_name_that_is_no_text_is_unknown_too(name: Any) -> None:
    with pytest.raises(UnknownDepartmentError):
        policy().department(name)
    with pytest.raises(UnknownChannelError):
        policy().channel("desk", name)


def test_a_name_that_is_known_gives_its_part() -> None:
    one = policy()
    assert one.departments["desk"] is one.department("desk")
    assert one.departments["desk"].channels["ticket"] is one.channel("desk", "ticket")


TEXTS = FrozenMap({"en": "Hello", "vi": "Xin chào"})


@pytest.mark.parametrize(
    ("texts", "language", "expected"),
    [
        (TEXTS, "vi", "Xin chào"),
        (TEXTS, "fr", "Hello"),
        (FrozenMap({"vi": "Xin chào"}), "en", "Xin chào"),
        (FrozenMap({}), "en", None),
        (None, "en", None),
    ],
)
def test_a_text_comes_in_its_language_else_in_the_first(
    texts: Any, language: str, expected: str | None
) -> None:
    assert expected == text_in(texts, language)


def test_the_memo_is_one_place_per_policy() -> None:
    one = policy()
    assert one.memo() is one.memo()
    assert one.memo() is not policy().memo()


def test_the_memo_takes_no_part_in_equality_hash_or_dump() -> None:
    used, fresh = policy(), policy()
    used.memo()["compiled"] = object()
    assert (fresh, hash(fresh)) == (used, hash(used))
    assert fresh.model_dump() == used.model_dump()
    assert repr(fresh) == repr(used)


@pytest.mark.parametrize(
    "duplicate",
    [
        copy.copy,
        copy.deepcopy,
        lambda one: pickle.loads(pickle.dumps(one)),
        lambda one: one.model_copy(),
    ],
    ids=["copy", "deepcopy", "pickle", "model_copy"],
)
def test_the_memo_is_not_copied(duplicate: Any) -> None:
    used = policy()
    used.memo()["compiled"] = object()
    other = duplicate(used)
    assert used == other
    assert {} == other.memo()


def test_a_policy_that_changed_in_a_copy_does_not_share_what_was_compiled() -> None:
    used = policy()
    used.memo()["compiled"] = object()
    assert {} == used.model_copy(update={"name": "another"}).memo()


def test_a_requirement_names_a_channel_and_a_wait() -> None:
    phone = channel_data(requires={"channel": "ticket", "unanswered_for": "5h"})
    both = {"desk": {"channels": {"ticket": channel_data(), "phone": phone}}}
    expected = Requires(channel="ticket", unanswered_for=timedelta(hours=5))
    assert expected == policy(departments=both).channel("desk", "phone").requires


def test_a_requirement_names_the_departments_that_the_line_serves() -> None:
    requires = {"channel": "ticket", "departments": ["shop", "desk"], "unanswered_for": "5h"}
    channels = {"ticket": channel_data(), "phone": channel_data(requires=requires)}
    both = {"desk": {"channels": channels}, "shop": {"channels": {"ticket": channel_data()}}}
    found = policy(departments=both).channel("desk", "phone").requires
    assert ("shop", "desk") == (found and found.departments)
    assert () == Requires(channel="ticket", unanswered_for=timedelta(hours=5)).departments


def test_the_data_of_a_policy_makes_it() -> None:
    assert policy() == Policy.model_validate(policy_data())


def test_the_schema_of_a_policy_is_made_without_a_warning() -> None:
    assert "object" == Policy.model_json_schema()["type"]
