"""What must hold between the parts of a policy, told all at once and at its place."""

from __future__ import annotations

from typing import Any

import pytest

from builders import (
    calendar_data,
    channel_data,
    day_data,
    every,
    fault,
    faults,
    policy,
    policy_data,
    rule_data,
    when,
)
from support_sla import Policy
from support_sla.policy.when import reachable

LINE = ("departments", "desk", "channels", "ticket")
RULES = (*LINE, "first_response")
CALENDARS = {"tet": {"country": "VN"}, "own": calendar_data(day_data())}


def line(
    *, observes: tuple[str, ...] = (), schedule: str = "office", **changes: Any
) -> dict[str, Any]:
    return channel_data(hours={"schedule": schedule, "observes": list(observes)}, **changes)


# --- names ---


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


# --- rules that can never match ---

PRIORITIES = ["low", "high"]
WEEKDAYS = ("Mo", "Tu", "We", "Th", "Fr")


@pytest.mark.parametrize(
    ("rules", "unreachable"),
    [
        pytest.param([rule_data()], [], id="a default alone"),
        pytest.param([when("Su"), rule_data()], [], id="a default last"),
        pytest.param([rule_data(), when("Su")], [1], id="a default first"),
        pytest.param([when("Su"), rule_data(), when("Mo")], [2], id="a default in the middle"),
        pytest.param([rule_data(), rule_data(name="again")], [1], id="two defaults"),
        pytest.param([when("Su"), when("Su"), rule_data()], [1], id="the same day"),
        pytest.param([when("Sa", "Su"), when("Su"), rule_data()], [1], id="fewer days"),
        pytest.param([when("Su"), when("Sa", "Su"), rule_data()], [], id="more days"),
        pytest.param(
            [when("Sa"), when("Su"), when("Sa", "Su"), rule_data()], [2], id="a union of days"
        ),
        pytest.param(
            [when(*WEEKDAYS), when("Sa", "Su"), rule_data()], [2], id="a default after all days"
        ),
        pytest.param([when(*WEEKDAYS), when("Sa"), rule_data()], [], id="a default after six days"),
        pytest.param(
            [when(*WEEKDAYS), when("Sa", "Su"), when("tet")], [2], id="a calendar after all days"
        ),
        pytest.param(
            [when("tet"), when("tet", name="again"), rule_data()], [1], id="the same calendar"
        ),
        pytest.param([when("tet"), when("own"), rule_data()], [], id="another calendar"),
        pytest.param([when("tet"), when("tet", "Su"), rule_data()], [], id="a calendar and a day"),
        pytest.param(
            [when("tet", "Su"), when("tet"), rule_data()], [1], id="a calendar of two names"
        ),
        pytest.param(
            [when("Su"), when("tet"), when("tet", "Su"), rule_data()],
            [2],
            id="a union with a calendar",
        ),
        pytest.param(
            [when(priority=("low",)), when(priority=("low",), name="again")],
            [1],
            id="the same priority",
        ),
        pytest.param(
            [when(priority=("low",)), when(priority=("high",)), rule_data()],
            [],
            id="no priority is left",
        ),
        pytest.param(
            [when(priority=("low",)), when(priority=("high",)), when(priority=("low", "high"))],
            [2],
            id="a union of priorities",
        ),
        pytest.param(
            [when("Su"), when("Su", priority=("low",)), rule_data()],
            [1],
            id="a day, then with a priority",
        ),
        pytest.param(
            [when("Su", priority=("low",)), when("Su"), rule_data()],
            [],
            id="a day with a priority, then without",
        ),
        pytest.param(
            [when(priority=("low",)), when("Su", priority=("low",)), rule_data()],
            [1],
            id="a priority, then with a day",
        ),
        pytest.param(
            [
                when("Su", priority=("low",)),
                when("Su", priority=("high",)),
                when("Su"),
                rule_data(),
            ],
            [],
            id="a day with every priority leaves the day without one",
        ),
        pytest.param(
            [
                when("Su", priority=("low",)),
                when("Su", priority=("high",)),
                when("Su", priority=("high", "low")),
            ],
            [2],
            id="a day with every priority covers the day with any",
        ),
        pytest.param(
            [
                when(*WEEKDAYS, priority=("low",)),
                when("Sa", "Su", priority=("low",)),
                when(priority=("low",)),
            ],
            [2],
            id="a priority after it on every day",
        ),
        pytest.param(
            [
                when(priority=("low",)),
                when("Su"),
                when("Su", "tet", priority=("low", "high")),
                rule_data(),
            ],
            [],
            id="a calendar with the priority that is left",
        ),
        pytest.param(
            [rule_data(), when("Su"), when("Mo")], [1, 2], id="everything after a default"
        ),
    ],
)
def test_a_rule_that_can_never_match_is_refused(
    rules: list[dict[str, Any]], unreachable: list[int]
) -> None:
    data = policy_data(*rules, calendars=CALENDARS, priorities=PRIORITIES)
    if not unreachable:
        assert len(rules) == len(
            Policy.model_validate(data).channel("desk", "ticket").first_response
        )
    else:
        found = faults(lambda: Policy.model_validate(data))
        assert [("rule_unreachable", (*RULES, at)) for at in unreachable] == [
            each[:2] for each in found
        ]


def test_the_reachable_conditions_are_those_a_policy_accepts() -> None:
    sunday, high = {"days": ["Su"]}, {"priority": ["high"]}
    whens = [sunday, sunday, high, {"days": ["Su"], "priority": ["low"]}, None, high, None]
    assert [sunday, high, None] == reachable(whens, PRIORITIES)


def test_a_rule_that_can_never_match_is_told_by_its_name() -> None:
    assert "rule 'again'" in fault(lambda: policy(rule_data(), rule_data(name="again"))).message
    assert "rule 'Sa or Su'" in fault(lambda: policy(rule_data(), when("Sa", "Su"))).message


def test_two_rules_of_a_line_have_two_names() -> None:
    found = fault(lambda: policy(when("Su", name="calm"), when("Mo", name="calm")))
    assert ("name_repeated", (*RULES, 1)) == found[:2]
    assert "'calm'" in found.message


def test_a_written_name_may_not_be_that_of_an_unnamed_rule() -> None:
    found = fault(lambda: policy(when("Su", name="default"), rule_data()))
    assert ("name_repeated", (*RULES, 1)) == found[:2]


def test_rules_of_two_lines_may_share_a_name() -> None:
    channels = {
        "ticket": channel_data(rule_data(name="fast")),
        "chat": channel_data(rule_data(name="fast")),
    }
    assert 2 == len(
        policy(departments={"desk": {"channels": channels}}).department("desk").channels
    )


# --- lines that can never open ---


@pytest.mark.parametrize(
    ("hours", "calendar", "opens"),
    [
        pytest.param("off", None, False, id="an empty week"),
        pytest.param("Mo 08:00-08:01", None, True, id="a minute a week"),
        pytest.param("off", calendar_data(), False, id="an empty week and an empty calendar"),
        pytest.param(
            "off", calendar_data(day_data(open="08:00-09:00")), True, id="a special opening"
        ),
        pytest.param(
            "off", calendar_data(day_data(works_as="Mo")), False, id="works as a closed day"
        ),
        pytest.param(
            "Su 08:00-12:00", calendar_data(*every(6, 2026, 2026)), False, id="every Sunday closed"
        ),
        pytest.param(
            "Su 08:00-12:00",
            calendar_data(*every(6, 2026, 2026)[1:]),
            True,
            id="the first Sunday open",
        ),
        pytest.param(
            "Su 08:00-12:00",
            calendar_data(*every(6, 2026, 2026)[:-1]),
            True,
            id="the last Sunday open",
        ),
    ],
)
def test_a_line_that_can_never_open_is_refused(hours: str, calendar: Any, opens: bool) -> None:
    data = policy_data(
        channel=line(schedule="only", observes=("own",) if calendar else ()),
        schedules={"only": hours},
        calendars={"own": calendar} if calendar else {},
    )
    if opens:
        assert hours == str(Policy.model_validate(data).schedules["only"])
    else:
        found = fault(lambda: Policy.model_validate(data))
        assert ("line_never_opens", (*LINE, "hours")) == found[:2]
        assert f"line desk/ticket with hours {hours!r}" in found.message


@pytest.mark.parametrize(
    ("years", "shared"),
    [((2024, 2025), False), ((2025, 2026), True), ((2026, 2026), True), ((2027, 2028), False)],
    ids=str,
)
def test_the_calendars_of_a_line_share_a_year(years: tuple[int, int], shared: bool) -> None:
    data = policy_data(
        channel=line(observes=("first", "second")),
        calendars={"first": calendar_data(), "second": {"years": list(years)}},
    )
    if shared:
        assert 2 == len(Policy.model_validate(data).calendars)
    else:
        found = fault(lambda: Policy.model_validate(data))
        assert ("years_disjoint", (*LINE, "hours")) == found[:2]
        assert f"'first' 2026-2026, 'second' {years[0]}-{years[1]}" in found.message


def test_calendars_of_two_lines_need_no_year_in_common() -> None:
    channels = {"ticket": line(observes=("a",)), "chat": line(observes=("b",))}
    calendars = {"a": {"years": [2026, 2026]}, "b": {"years": [2027, 2027]}}
    assert policy(calendars=calendars, departments={"desk": {"channels": channels}})


# --- what one fault does not hide, and does not invent ---


@pytest.mark.parametrize(
    "changes",
    [
        {"schedules": {"office": "Mo 99:00-17:00"}},
        {"calendars": {"tet": {"country": "XX"}}},
    ],
    ids=["schedule", "calendar"],
)
def test_a_part_that_could_not_be_read_counts_as_defined(changes: dict[str, Any]) -> None:
    calendars = {"tet": {"country": "VN"}}
    data = policy_data(channel=line(observes=("tet",)), **{"calendars": calendars, **changes})
    (part,) = changes
    assert part == fault(lambda: Policy.model_validate(data)).place[0]


def test_rules_after_one_that_could_not_be_read_are_not_judged() -> None:
    found = fault(lambda: policy(when("Su"), rule_data(when={}), when("Su")))
    assert ("when_empty", (*RULES, 1, "when")) == found[:2]


def test_rules_before_one_that_could_not_be_read_are_judged() -> None:
    found = faults(lambda: policy(rule_data(), when("Su"), rule_data(when={})))
    assert {"rule_unreachable", "when_empty"} == {each.slug for each in found}


def test_a_rule_with_an_unreadable_duration_is_still_judged_by_its_condition() -> None:
    found = faults(lambda: policy(rule_data(within=3), when("Su")))
    assert {"duration_without_unit", "rule_unreachable"} == {each.slug for each in found}


@pytest.mark.parametrize(
    "changes",
    [
        {"departments": {"desk": 3}},
        {"departments": {"desk": {"channels": 3}}},
        {"departments": {"desk": {"channels": {"ticket": 3}}}},
        {"departments": {"desk": {"channels": {"ticket": {"hours": 3}}}}},
        {"departments": {"desk": {"channels": {"ticket": channel_data(first_response=3)}}}},
        {"departments": {"desk": {"channels": {"ticket": channel_data(3)}}}},  # type: ignore[arg-type]
        {"departments": {"desk": {"channels": {"ticket": channel_data(requires=3)}}}},
        {"departments": {"desk": {"channels": {"ticket": channel_data(hours={"schedule": 3})}}}},
        {"departments": {"desk": {"channels": {"ticket": channel_data(rule_data(name=3))}}}},
        {"departments": 3},
        {"priorities": 3},
        {"priorities": [3]},
    ],
    ids=str,
)
def test_a_part_of_the_wrong_kind_is_one_fault_and_no_crash(changes: dict[str, Any]) -> None:
    found = fault(lambda: policy(**changes))
    assert next(iter(changes)) == found.place[0]


def test_faults_between_parts_are_told_beside_faults_inside_them() -> None:
    found = faults(lambda: policy(channel=line(schedule="night"), timezone="EDT2"))
    assert {"zone_unknown", "schedule_undefined"} == {each.slug for each in found}
