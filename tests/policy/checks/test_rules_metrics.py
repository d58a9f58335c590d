"""The checks of rules hold for each list of a line by itself."""

from __future__ import annotations

from typing import Any

import pytest

from builders import calendar_data, fault, faults, policy, rule_data, when
from support_sla import Policy
from support_sla.policy.metrics import METRICS

LINE = ("departments", "desk", "channels", "ticket")


def made(**changes: Any) -> Policy:
    rest = {key: changes.pop(key) for key in ("schedules", "calendars", "rules") if key in changes}
    return policy(channel={"hours": {"schedule": "office"}, **changes}, **rest)


@pytest.mark.parametrize("metric", METRICS)
def test_a_rule_that_can_never_match_is_told_in_its_list(metric: str) -> None:
    found = fault(lambda: made(**{metric: [rule_data(), rule_data(name="late")]}))
    assert found[:2] == ("rule_unreachable", (*LINE, metric, 1))


def test_a_rule_hides_none_of_another_list_and_may_have_its_name() -> None:
    both = made(next_response=[rule_data(name="usual")], resolution=[rule_data(name="usual")])
    names = [both.targets("desk", "ticket", metric)[0].name for metric in METRICS[1::2]]
    assert names == ["usual", "usual"]


@pytest.mark.parametrize("metric", METRICS)
def test_two_rules_of_one_list_have_names_of_their_own(metric: str) -> None:
    rules = [when("Su", name="a"), rule_data(name="a")]
    found = fault(lambda: made(**{metric: rules}))
    assert found[:2] == ("name_repeated", (*LINE, metric, 1))


# --- Earliest ---


@pytest.mark.parametrize("metric", METRICS[1:])
def test_earliest_means_nothing_but_to_a_first_response(metric: str) -> None:
    rules = [when("Su"), rule_data(earliest="30m")]
    found = fault(lambda: made(**{metric: rules}))
    assert found[:2] == ("earliest_misplaced", (*LINE, metric, 1, "earliest"))
    assert found.message == (
        f"earliest means nothing to {metric}, only to first_response; drop it from the rule"
    )
    assert made(**{metric: [when("Su"), rule_data()]})


def test_earliest_of_a_first_response_stays() -> None:
    assert made(first_response=[rule_data(earliest="30m")]).targets("desk", "ticket")[0].earliest


def test_earliest_of_rules_that_lines_share_is_told_where_they_are_written() -> None:
    shared = {"usual": [rule_data(earliest="30m")]}
    assert made(first_response="usual", rules=shared)
    found = fault(lambda: made(first_response="usual", resolution="usual", rules=shared))
    assert found[:2] == ("earliest_misplaced", ("rules", "usual", 0, "earliest"))


def test_earliest_of_a_rule_that_could_not_be_read_is_not_judged() -> None:
    found = fault(lambda: made(resolution=[rule_data(earliest="soon")]))
    assert found[:2] == ("duration_invalid", (*LINE, "resolution", 0, "earliest"))


# --- Hours ---


@pytest.mark.parametrize("metric", METRICS)
def test_hours_of_a_rule_of_any_list_must_open(metric: str) -> None:
    rules = [rule_data(hours={"schedule": "never"})]
    schedules = {"office": "Mo-Fr 08:00-17:00", "never": "off"}
    found = fault(lambda: made(**{metric: rules}, schedules=schedules))
    assert found[:2] == ("line_never_opens", (*LINE, metric, 0, "hours"))
    assert found.message.startswith("rule 'default' with hours 'off' never opens; ")


@pytest.mark.parametrize("metric", METRICS)
def test_a_clock_time_of_any_list_lies_within_the_hours(metric: str) -> None:
    found = fault(lambda: made(**{metric: [{"within": "1 business day", "by": "18:00"}]}))
    assert found[:2] == ("by_outside_hours", (*LINE, metric, 0, "by"))


def test_calendars_that_rules_of_different_lists_ask_for_need_share_no_year() -> None:
    calendars = {
        "old": calendar_data(years=[2025, 2025]),
        "new": calendar_data(years=[2026, 2026]),
    }
    lists = {
        "first_response": [when("old"), rule_data()],
        "resolution": [when("new"), rule_data()],
    }
    assert made(**lists, calendars=calendars)
    found = fault(lambda: made(resolution=[when("old"), when("new")], calendars=calendars))
    assert found[:2] == ("years_disjoint", (*LINE, "hours"))


def test_calendars_that_share_no_year_in_two_lists_are_told_once() -> None:
    calendars = {
        "old": calendar_data(years=[2025, 2025]),
        "new": calendar_data(years=[2026, 2026]),
    }
    rules = [when("old"), when("new"), rule_data()]
    lists = {"next_response": rules, "resolution": rules}
    assert [each.slug for each in faults(lambda: made(**lists, calendars=calendars))] == [
        "years_disjoint"
    ]


def test_faults_of_each_list_are_told_at_once() -> None:
    twice = [rule_data(), rule_data(name="late")]
    found = faults(lambda: made(**dict.fromkeys(METRICS, twice)))
    assert [each.place[-2] for each in found] == [*METRICS]
