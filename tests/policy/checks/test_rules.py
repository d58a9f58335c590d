"""Every rule of a line can match, has a name of its own, and asks for few kinds of requests."""

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
from support_sla.policy.checks.reach import reachable

LINE = ("departments", "desk", "channels", "ticket")
RULES = (*LINE, "first_response")
CALENDARS = {"tet": {"country": "VN"}, "own": calendar_data(day_data())}


def line(
    *, observes: tuple[str, ...] = (), schedule: str = "office", **changes: Any
) -> dict[str, Any]:
    return channel_data(hours={"schedule": schedule, "observes": list(observes)}, **changes)


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


def test_a_fault_of_rules_that_two_lines_share_is_told_once_and_at_the_rules() -> None:
    data = policy_data(rule_data())
    line = data["departments"]["desk"]["channels"]["ticket"]
    line["first_response"] = "slow"
    data["departments"]["desk"]["channels"]["chat"] = dict(line)
    data["rules"] = {"slow": [rule_data(), rule_data(name="late")]}
    found = fault(lambda: Policy.model_validate(data))
    assert ("rule_unreachable", ("rules", "slow", 1)) == found[:2]


def test_a_rule_for_a_closed_line_can_never_match_on_one_that_never_closes() -> None:
    closed = {"when": {"open": False}, **rule_data()}
    found = fault(lambda: policy(closed, rule_data(name="rest"), schedules={"office": "24/7"}))
    assert "for the line never closes" in found.message
    assert policy(closed, rule_data(name="rest"))


def test_a_rule_for_an_open_line_takes_all_of_one_that_never_closes() -> None:
    opened = {"when": {"open": True}, **rule_data()}
    found = fault(lambda: policy(opened, rule_data(name="rest"), schedules={"office": "24/7"}))
    assert "rule 'rest' can never match, rule 'while open' always does first" in found.message


def test_rules_for_both_halves_of_a_date_leave_nothing_to_a_third() -> None:
    halves = [{"when": {"time": time}, **rule_data()} for time in ("00:00-13:00", "13:00-24:00")]
    found = fault(lambda: policy(*halves, rule_data(name="rest")))
    assert "rule 'rest' can never match, one of the rules before it" in found.message
    part = {"when": {"time": "09:00-12:00"}, **rule_data()}
    found = fault(lambda: policy(halves[0], part, rule_data(name="rest")))
    assert "rule 'at 09:00-12:00' can never match, rule 'at 00:00-13:00'" in found.message


def test_rules_for_every_value_of_an_attribute_leave_the_requests_without_it() -> None:
    plans = {"plan": ["basic", "gold"]}
    both = {"when": {"attributes": plans}, **rule_data(name="both")}
    gold = {"when": {"attributes": {"plan": ["gold"]}}, **rule_data(name="gold")}
    assert policy(gold, both, rule_data(name="rest"), attributes=plans)
    found = fault(lambda: policy(both, gold, rule_data(name="rest"), attributes=plans))
    assert "rule 'gold' can never match, rule 'both' always does first" in found.message


def test_a_line_of_very_many_kinds_of_requests_is_judged_by_days_and_priorities_alone() -> None:
    names = [f"p{at}" for at in range(4_000)]
    times = [
        {"when": {"time": f"00:{at:02d}-00:{at + 1:02d}"}, **rule_data(name=f"t{at}")}
        for at in range(40)
    ]
    asked = when(priority=tuple(names), name="asked")
    assert policy(*times, asked, rule_data(name="rest"), priorities=names)
    found = fault(lambda: policy(*times, rule_data(), asked, priorities=names))
    assert "rule 'asked' can never match" in found.message


# --- rules that ask whether the line is open ---

ALWAYS = {"schedules": {"office": "24/7"}}
EMPTY = {"calendars": {"own": calendar_data()}}
CLOSED, OPEN = {"open": False}, {"open": True}


@pytest.mark.parametrize(
    ("weeks", "never_closes"),
    [
        pytest.param("24/7", True, id="24/7"),
        pytest.param("Mo-Su 00:00-24:00", True, id="every whole day"),
        pytest.param("Mo-Su 20:00-44:00", True, id="from evening to evening"),
        pytest.param("Mo-Sa 00:00-24:00; Su 00:00-23:59", False, id="all but a minute"),
    ],
)
def test_a_rule_for_the_closed_line_is_refused_where_the_week_is_full(
    weeks: str, never_closes: bool
) -> None:
    data = policy_data(rule_data(when=CLOSED), rule_data(), schedules={"office": weeks})
    if never_closes:
        assert (
            "rule_unreachable",
            (*RULES, 0),
            (
                "rule 'while closed' can never match, for the line never closes; drop it, or 'open' "
                "from its 'when'"
            ),
        ) == fault(lambda: Policy.model_validate(data))
    else:
        assert Policy.model_validate(data)


def test_a_calendar_may_close_a_full_week() -> None:
    always = line(observes=("own",), first_response=[rule_data(when=CLOSED), rule_data(when=OPEN)])
    assert policy(channel=always, **ALWAYS, **EMPTY)


def test_a_season_may_close_a_full_week() -> None:
    hours = {
        "schedule": "always",
        "seasons": [{"from": "07-01", "to": "08-31", "schedule": "office"}],
    }
    rules = [rule_data(when=CLOSED), rule_data()]
    weeks = {"always": "24/7", "office": "Mo-Fr 08:00-17:00"}
    assert policy(channel=channel_data(*rules, hours=hours), schedules=weeks)
    full = {**weeks, "office": "Mo-Su 00:00-24:00"}
    found = fault(lambda: policy(channel=channel_data(*rules, hours=hours), schedules=full))
    assert ("rule_unreachable", (*RULES, 0)) == found[:2]


def test_hours_of_a_rule_do_not_decide_whether_the_line_is_open() -> None:
    weeks = {"office": "Mo-Fr 08:00-17:00", "always": "24/7"}
    around = rule_data(when=CLOSED, hours={"schedule": "always"})
    assert policy(around, rule_data(), schedules=weeks)


def test_a_rule_after_the_open_line_is_hidden_where_the_week_is_full() -> None:
    found = fault(lambda: policy(rule_data(when=OPEN), rule_data(), **ALWAYS))
    assert ("rule_unreachable", (*RULES, 1)) == found[:2]
    assert "rule 'while open' always does first" in found.message


def test_a_rule_that_several_hide_together_is_told_so() -> None:
    rules = [rule_data(when=OPEN), rule_data(when=CLOSED), rule_data()]
    found = fault(lambda: policy(*rules))
    assert ("rule_unreachable", (*RULES, 2)) == found[:2]
    assert (
        "rule 'default' can never match, one of the rules before it always does first; move it up, "
        "or give the earlier one a 'when'" == found.message
    )


@pytest.mark.parametrize(
    ("later", "refused"), [("12:00-24:00", True), ("12:00:01-24:00", False)], ids=str
)
def test_rules_by_time_leave_nothing_if_they_share_out_the_date(later: str, refused: bool) -> None:
    rules = [rule_data(when={"time": time}) for time in ("00:00-12:00", later)]
    if refused:
        assert ("rule_unreachable", (*RULES, 2)) == fault(lambda: policy(*rules, rule_data()))[:2]
    else:
        assert policy(*rules, rule_data())


# --- rules that ask for attributes ---


def combined(*sizes: int, priorities: int = 0) -> dict[str, Any]:
    """Return a policy with a rule that names so many values of so many attributes."""
    values = {f"a{at}": [f"v{value}" for value in range(size)] for at, size in enumerate(sizes)}
    names = [f"p{at}" for at in range(priorities)]
    asked = {"attributes": values, **({"priority": names} if names else {})}
    return policy_data(
        rule_data(when=asked, name="many"), rule_data(), attributes=values, priorities=names
    )


@pytest.mark.parametrize(
    ("sizes", "priorities", "refused"),
    [
        pytest.param((64, 64), 0, None, id="64 x 64"),
        pytest.param((64, 65), 0, 4_160, id="64 x 65"),
        pytest.param((4_096,), 0, None, id="one attribute"),
        pytest.param((4_097,), 0, 4_097, id="one attribute with a value more"),
        pytest.param((2, 64), 32, None, id="with priorities"),
        pytest.param((2, 64), 33, 4_224, id="with a priority more"),
    ],
)
def test_more_than_4096_combinations_are_refused_with_their_number(
    sizes: tuple[int, ...], priorities: int, refused: int | None
) -> None:
    data = combined(*sizes, priorities=priorities)
    if refused is None:
        assert Policy.model_validate(data)
    else:
        assert (
            "too_many_combinations",
            RULES,
            (
                f"the values that the rules name multiply to {refused} kinds of requests, more than "
                "4096; name fewer values, or part the line into several"
            ),
        ) == fault(lambda: Policy.model_validate(data))


def test_values_that_no_rule_names_do_not_count() -> None:
    plans = [f"plan {at}" for at in range(5_000)]
    few = rule_data(when={"attributes": {"plan": plans[:2]}})
    assert policy(few, rule_data(), attributes={"plan": plans})


def test_values_that_several_rules_name_count_together() -> None:
    values = {"a": [f"v{at}" for at in range(65)], "b": [f"v{at}" for at in range(64)]}
    rules = [
        rule_data(when={"attributes": {"a": values["a"]}}, name="by a"),
        rule_data(when={"attributes": {"b": values["b"]}}, name="by b"),
        rule_data(),
    ]
    found = fault(lambda: policy(*rules, attributes=values))
    assert ("too_many_combinations", RULES) == found[:2]
    assert " 4160 " in found.message


def test_priorities_alone_may_be_many() -> None:
    names = [f"p{at}" for at in range(4_097)]
    assert policy(when(priority=tuple(names), name="all"), rule_data(), priorities=names)


def test_rules_of_many_combinations_that_lines_share_are_told_once_at_their_name() -> None:
    data = combined(64, 65)
    rules = data["departments"]["desk"]["channels"]["ticket"]["first_response"]
    shared = channel_data(first_response="many")
    data |= {
        "rules": {"many": rules},
        "departments": {"desk": {"channels": {"ticket": shared, "chat": shared}}},
    }
    found = fault(lambda: Policy.model_validate(data))
    assert ("too_many_combinations", ("rules", "many")) == found[:2]


@pytest.mark.parametrize(
    ("rules", "unreachable"),
    [
        pytest.param([["gold"], ["silver"]], None, id="no plan is left"),
        pytest.param([["gold", "silver"], ["gold"]], 1, id="fewer plans"),
        pytest.param([["gold"], ["gold", "silver"]], None, id="more plans"),
    ],
)
def test_a_rule_for_attributes_that_earlier_ones_take_is_refused(
    rules: list[list[str]], unreachable: int | None
) -> None:
    asked = [rule_data(when={"attributes": {"plan": plans}}) for plans in rules]
    data = policy_data(*asked, rule_data(), attributes={"plan": ["gold", "silver"]})
    if unreachable is None:
        assert Policy.model_validate(data)
    else:
        found = fault(lambda: Policy.model_validate(data))
        assert ("rule_unreachable", (*RULES, unreachable)) == found[:2]
