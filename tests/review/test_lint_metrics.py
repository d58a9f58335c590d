"""Lint walks every promise of a line, and tells what is the line's own once."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from builders import calendar_data, day_data, every, policy, rule_data, when
from lint_cases import found, only
from support_sla import Policy, YearsNotCoveredError, lint
from support_sla.policy.metrics import METRICS

LINE = "departments.desk.channels.ticket"
YEAR = (2026, 2026)
SUNDAYS = [
    when("Su", within="12h", counted_in="calendar_time"),
    rule_data(within="3h", counted_in="calendar_time"),
]
OWED = {
    "first_response": "a request to desk/ticket",
    "next_response": "a next response on desk/ticket",
    "update_every": "an update on desk/ticket",
    "resolution": "a resolution on desk/ticket",
}
every_metric = pytest.mark.parametrize("metric", METRICS)


def desk(*, hours: Any = (), known: Any = (), **changes: Any) -> Policy:
    """Return a desk of a line with hours that observe calendars, and rules for some metrics."""
    lists = {metric: changes.pop(metric) for metric in METRICS if metric in changes}
    own = {"schedule": "office", "observes": list(hours)}
    return policy(channel={"hours": own, **lists}, calendars=dict(known), **changes)


# --- What each promise has of its own ---


@every_metric
def test_an_inversion_is_found_in_each_promise_and_told_in_its_words(metric: str) -> None:
    finding = only("inversion", desk(**{metric: SUNDAYS}, schedules={"office": "24/7"}), YEAR)
    assert finding.path == f"{LINE}.{metric}"
    assert finding.message.startswith(f"{OWED[metric]} can be due before one sent earlier, by up")
    assert {each.metric for each in (*finding.counterexample, *finding.as_suggested)} == {metric}
    assert len(finding.as_suggested) == 2


@every_metric
def test_a_long_wait_is_found_in_each_promise(metric: str) -> None:
    finding = only("long_wait", desk(**{metric: [rule_data(within="60h")]}), YEAR)
    assert finding.path == f"{LINE}.{metric}[0]"
    assert finding.message.startswith(f"{OWED[metric]} can be due more than 7 days after it was")
    assert finding.counterexample[-1].metric == metric


@every_metric
def test_a_due_while_closed_is_found_in_each_promise(metric: str) -> None:
    rules = [rule_data(within="3h", counted_in="calendar_time")]
    finding = only("due_while_closed", desk(**{metric: rules}), YEAR)
    assert finding.path == f"{LINE}.{metric}[0]"
    assert finding.message.startswith(f"{OWED[metric]} can be due at an instant")


@every_metric
def test_a_rule_in_force_on_no_date_is_found_in_each_promise(metric: str) -> None:
    rules = [when("own"), rule_data()]
    made = desk(**{metric: rules}, known={"own": calendar_data()})
    assert only("rule_never_matches", made, YEAR).path == f"{LINE}.{metric}[0]"


@every_metric
def test_rules_by_name_are_told_where_they_are_written(metric: str) -> None:
    made = desk(**{metric: "usual"}, rules={"usual": SUNDAYS}, schedules={"office": "24/7"})
    assert only("inversion", made, YEAR).path == "rules.usual"


@every_metric
def test_calendars_of_a_rule_that_disagree_are_found_in_each_promise(metric: str) -> None:
    known = {
        "a": calendar_data(day_data(open="09:00-10:00")),
        "b": calendar_data(day_data(open="11:00-12:00")),
    }
    own = {"schedule": "office", "observes": ["a", "b"]}
    lists = {"first_response": [rule_data()], metric: [rule_data(hours=own)]}
    finding = only("calendars_disagree", desk(known=known, **lists), YEAR)
    assert finding.path == f"{LINE}.{metric}[0].hours.observes"


@every_metric
def test_a_calendar_that_rules_of_any_promise_name_tells_of_make_up_days(metric: str) -> None:
    lists = {"first_response": [rule_data()], metric: [when("vn"), rule_data()]}
    finding = only("closed_on_make_up_day", desk(known={"vn": {"country": "VN"}}, **lists), YEAR)
    assert finding.path == "departments.desk"


# --- What is the line's own ---


def both(**changes: Any) -> Policy:
    return desk(**{metric: [rule_data()] for metric in METRICS}, **changes)


def test_a_line_that_is_closed_long_is_told_once() -> None:
    weeks = [each for day in range(5) for each in every(day, 2026, 2026)]
    closed = calendar_data(
        *[each for each in weeks if "2026-06-01" <= each["date"] <= "2026-06-19"]
    )
    found_once = only("closed_long", both(hours=["own"], known={"own": closed}), YEAR)
    assert found_once.path == f"{LINE}.hours"


def test_calendars_of_a_line_that_disagree_are_told_once() -> None:
    known = {
        "a": calendar_data(day_data(open="09:00-10:00")),
        "b": calendar_data(day_data(open="11:00-12:00")),
    }
    finding = only("calendars_disagree", both(hours=["a", "b"], known=known), YEAR)
    assert finding.path == f"{LINE}.hours.observes"


def test_a_make_up_day_that_is_closed_is_told_once() -> None:
    made = both(hours=["vn"], known={"vn": {"country": "VN"}})
    assert len(found("closed_on_make_up_day", made, YEAR)) == 1


@every_metric
def test_only_a_line_without_any_promise_promises_nothing(metric: str) -> None:
    assert found("line_without_target", desk(**{metric: [rule_data()]}), YEAR) == []
    finding = only("line_without_target", desk(), YEAR)
    assert finding.path == LINE
    assert finding.message.startswith("line 'desk/ticket' has hours but promises nothing")


# --- What no promise uses ---


@every_metric
def test_what_a_rule_of_any_promise_uses_is_not_unused(metric: str) -> None:
    asks = {"days": ["own"], "priority": ["high"], "attributes": {"plan": ["gold"]}}
    rules = [rule_data(when=asks, hours={"schedule": "late"}), rule_data()]
    made = desk(
        **{metric: "usual"},
        rules={"usual": rules},
        known={"own": calendar_data(day_data())},
        priorities=["high"],
        attributes={"plan": ["gold"]},
        schedules={"office": "Mo-Fr 08:00-17:00", "late": "Mo-Fr 12:00-20:00"},
    )
    assert [each.code for each in lint(made, YEAR) if each.code.endswith("_unused")] == []


def test_a_list_that_no_promise_names_is_told_with_how_to_name_it() -> None:
    made = both(rules={"usual": [rule_data()]})
    assert only("rules_unused", made, YEAR).message == (
        "no line promises the rules 'usual'; write them under a metric of one, e.g. "
        "first_response = 'usual', or drop them"
    )


def test_a_calendar_that_runs_out_names_each_line_once() -> None:
    made = both(hours=["own"], known={"own": calendar_data(day_data())})
    finding = only("calendar_runs_out", made, YEAR, as_of=dt.date(2026, 1, 1))
    assert "less than 12 months are left for desk/ticket; extend its years" in finding.message


def test_findings_of_a_line_stand_promise_by_promise() -> None:
    made = desk(**dict.fromkeys(METRICS, SUNDAYS), schedules={"office": "24/7"})
    codes = [(each.path, each.code) for each in lint(made, YEAR)]
    assert codes == [(f"{LINE}.{metric}", "inversion") for metric in METRICS]


def test_years_that_a_calendar_of_any_promise_lacks_are_refused() -> None:
    own = {"schedule": "office", "observes": ["own"]}
    made = desk(
        first_response=[rule_data()],
        resolution=[rule_data(hours=own)],
        known={"own": calendar_data(day_data())},
    )
    with pytest.raises(YearsNotCoveredError):
        lint(made, (2026, 2027))
