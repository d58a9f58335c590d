"""A rule in business days: what it needs, what means nothing beside it, and how it is written."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from builders import fault, faults, policy, rule_data, target
from support_sla import Policy, Target
from support_sla.values.amounts.business_days import BusinessDays

RULE = ("departments", "desk", "channels", "ticket", "first_response", 0)
TWO = {"schedules": {"office": "Mo-Fr 08:00-17:00", "night": "Mo-Fr 20:00-24:00"}}


def day_rule(**changes: Any) -> dict[str, Any]:
    """Return a promise of one business day, changed so; None drops a key."""
    data = {"within": "1 business day", "by": "close", **changes}
    return {key: value for key, value in data.items() if value is not None}


def in_days(**changes: Any) -> Target:
    return Target(**day_rule(**changes))


@pytest.mark.parametrize(
    ("rule", "slug", "key", "message"),
    [
        pytest.param(
            day_rule(counted_in="calendar_time"),
            "business_days_in_calendar_time",
            "counted_in",
            "within = '1 business day' counts business days, and no calendar time; drop counted_in,"
            " or promise hours, e.g. within = '24h'",
            id="calendar time",
        ),
        pytest.param(
            day_rule(earliest="1h"),
            "earliest_with_business_days",
            "earliest",
            "earliest means nothing beside within = '1 business day', which ends with a date;"
            " drop it",
            id="an earliest",
        ),
        pytest.param(
            day_rule(by=None),
            "by_missing",
            "by",
            "within = '1 business day' does not say when on that day; add by = 'close', by ="
            " '16:00' or another clock time, or promise open hours, e.g. within = '8h' with"
            " counted_in = 'business_time'",
            id="no by",
        ),
        pytest.param(
            day_rule(within="3 business days", by=None),
            "by_missing",
            "by",
            "within = '3 business days' does not say when on that day; add by = 'close', by ="
            " '16:00' or another clock time, or promise open hours, e.g. within = '24h' with"
            " counted_in = 'business_time'",
            id="no by for three days",
        ),
        pytest.param(
            day_rule(within="0 business days", by=None, cutoff="16:00"),
            "by_missing",
            "by",
            "within = '0 business days' does not say when on that day; add by = 'close', by ="
            " '16:00' or another clock time, or promise open hours, e.g. within = '8h' with"
            " counted_in = 'business_time'",
            id="no by for the day itself",
        ),
        pytest.param(
            day_rule(within="0 business days"),
            "cutoff_missing",
            "cutoff",
            "within = '0 business days' needs to know until when a request counts as today's; add"
            " e.g. cutoff = '16:00'",
            id="no cutoff for the day itself",
        ),
        pytest.param(
            day_rule(within="0 business days", by="11:59", cutoff="12:00"),
            "by_before_cutoff",
            "by",
            "by = '11:59' comes before cutoff = '12:00' of the same day; promise the next day, or"
            " swap them",
            id="due before requests are over",
        ),
        pytest.param(
            day_rule(by="Closing"),
            "by_invalid",
            "by",
            "by = 'Closing' is not how it is written; write by = 'close'",
            id="closing",
        ),
        pytest.param(
            day_rule(by=" end of day "),
            "by_invalid",
            "by",
            "by = ' end of day ' is not how it is written; write by = 'close'",
            id="end of day",
        ),
        pytest.param(
            day_rule(by=16),
            "clock_time_invalid",
            "by",
            "16 is no clock time; write it in quotes, e.g. '16:00'",
            id="a number for by",
        ),
        pytest.param(
            day_rule(by="24:01"),
            "clock_time_invalid",
            "by",
            "clock time '24:01' lies on the next date; write 00:00 to 24:00",
            id="by on the next date",
        ),
        pytest.param(
            day_rule(cutoff="close"),
            "clock_time_invalid",
            "cutoff",
            "'close' is no clock time; write it in quotes, e.g. '16:00'",
            id="close for a cutoff",
        ),
        pytest.param(
            rule_data(by="close"),
            "days_missing",
            "by",
            "by means nothing beside within = '1h', an amount of time; drop it, or promise days,"
            " e.g. within = '1 business day'",
            id="a by beside hours",
        ),
        pytest.param(
            rule_data(cutoff="16:00"),
            "days_missing",
            "cutoff",
            "cutoff means nothing beside within = '1h', an amount of time; drop it, or promise"
            " days, e.g. within = '1 business day'",
            id="a cutoff beside hours",
        ),
        pytest.param(
            rule_data(counted_in="calendar_time", hours={"schedule": "office"}),
            "hours_unused",
            "hours",
            "hours mean nothing to a rule in calendar_time, which counts around the clock; drop"
            " them, or write counted_in = 'business_time'",
            id="hours beside calendar time",
        ),
        pytest.param(
            rule_data(earliest="1h1s"),
            "earliest_after_within",
            "earliest",
            "earliest 1:00:01 is after within 1:00:00; swap or correct them",
            id="an earliest after within",
        ),
        pytest.param(
            {"within": "3h"},
            "key_missing",
            "counted_in",
            "key 'counted_in' is missing ('business_time' or 'calendar_time'); add it",
            id="an amount of time that is counted in nothing",
        ),
        pytest.param(
            {"within": "3h", "by": "close"},
            "key_missing",
            "counted_in",
            "key 'counted_in' is missing ('business_time' or 'calendar_time'); add it",
            id="an amount of time with a by",
        ),
    ],
)
def test_a_promise_that_fits_neither_days_nor_time_is_refused_at_its_key(
    rule: dict[str, Any], slug: str, key: str, message: str
) -> None:
    assert (slug, (*RULE, key), message) == fault(lambda: policy(rule))
    told = fault(lambda: Target.model_validate(rule))
    assert (slug, message) == (told.slug, told.message)


def test_a_rule_alone_is_told_at_the_key_that_it_is_about() -> None:
    rules = [{"within": "3h"}, day_rule(by=None), rule_data(by="close"), rule_data(earliest="2h")]
    places = [fault(lambda: Target.model_validate(rule)).place for rule in rules]  # noqa: B023
    assert [("counted_in",), ("by",), ("by",), ("earliest",)] == places


def test_the_same_faults_are_told_of_rules_that_lines_share() -> None:
    line = {"hours": {"schedule": "office"}, "first_response": "shared"}
    found = fault(lambda: policy(channel=line, rules={"shared": [day_rule(by=None)]}))
    assert ("by_missing", ("rules", "shared", 0, "by")) == found[:2]


def test_only_the_first_of_several_reasons_against_days_is_told() -> None:
    found = fault(lambda: policy(day_rule(counted_in="calendar_time", earliest="1h", by=None)))
    assert "business_days_in_calendar_time" == found.slug


def test_two_keys_that_cannot_be_read_are_both_told() -> None:
    found = faults(lambda: policy(day_rule(by="soon", cutoff=16)))
    assert [("clock_time_invalid", (*RULE, "by")), ("clock_time_invalid", (*RULE, "cutoff"))] == [
        each[:2] for each in found
    ]


@pytest.mark.parametrize(
    ("by", "refused"), [("11:59", True), ("12:00", False), ("12:01", False), ("close", False)]
)
def test_a_request_of_today_is_due_no_sooner_than_its_cutoff(by: str, refused: bool) -> None:
    rule = day_rule(within="0 business days", by=by, cutoff="12:00")
    if refused:
        assert "by_before_cutoff" == fault(lambda: policy(rule)).slug
    else:
        assert by == policy(rule).targets("desk", "ticket")[0].by


def test_by_may_come_before_the_cutoff_on_a_later_day() -> None:
    made = in_days(by="09:00", cutoff="16:00")
    assert ("09:00", 16 * 3_600) == (made.by, made.cutoff)


def test_days_are_counted_in_business_time_unless_told_and_need_no_more() -> None:
    made = in_days()
    assert BusinessDays(1) == made.within
    assert ("business_time", "close") == (made.counted_in, made.by)
    assert (None, None, None, None) == (made.cutoff, made.earliest, made.hours, made.when)
    assert "default" == made.name
    assert made == in_days(counted_in="business_time")


@pytest.mark.parametrize(
    ("made", "in_days", "text"),
    [
        (target(), False, "1h"),
        (target(within="90m"), False, "1h30m"),
        (Target(**day_rule()), True, "1 business day"),
        (Target(**day_rule(within="2 Business-days")), True, "2 business days"),
    ],
    ids=["1h", "90m", "1 business day", "2 business days"],
)
def test_a_rule_says_what_it_promises_and_whether_in_days(
    made: Target, in_days: bool, text: str
) -> None:
    assert (in_days, text) == (made.is_in_days, made.within_text())


@pytest.mark.parametrize(
    ("written", "dumped"),
    [
        pytest.param(day_rule(), {}, id="nothing that was not written"),
        pytest.param(day_rule(counted_in="business_time"), {}, id="what it is counted in"),
        pytest.param(day_rule(by="9:00"), {"by": "09:00"}, id="a clock time with its zero"),
        pytest.param(day_rule(by="24:00"), {}, id="the end of the date"),
        pytest.param(day_rule(cutoff="16:00"), {}, id="a cutoff as a clock time"),
        pytest.param(day_rule(cutoff="8:30:15"), {"cutoff": "08:30:15"}, id="seconds"),
        pytest.param(
            day_rule(within=BusinessDays(2)), {"within": "2 business days"}, id="days from Python"
        ),
        pytest.param(
            day_rule(within="1 business days"), {"within": "1 business day"}, id="a plural"
        ),
        pytest.param(
            day_rule(when={"time": "9:00-12:00", "open": False}, name="late"),
            {"when": {"time": "09:00-12:00", "open": False}},
            id="a condition",
        ),
        pytest.param(
            rule_data(hours={"schedule": "night"}, earliest="30m"), {}, id="an amount of time"
        ),
    ],
)
def test_a_rule_is_dumped_as_it_was_written(
    written: dict[str, Any], dumped: dict[str, Any]
) -> None:
    made = Target.model_validate(written)
    assert {**written, **dumped} == made.model_dump()
    assert made == Target.model_validate(made.model_dump())
    assert made == Target.model_validate_json(made.model_dump_json())


def test_a_policy_in_days_is_dumped_as_it_was_written() -> None:
    made = policy(day_rule(cutoff="16:00", hours={"schedule": "night"}), **TWO)
    rules = made.model_dump()["departments"]["desk"]["channels"]["ticket"]["first_response"]
    assert [{**day_rule(cutoff="16:00"), "hours": {"schedule": "night"}}] == [*rules]
    assert made == Policy.model_validate(made.model_dump())


def test_a_rule_has_hours_of_its_own_of_which_nothing_is_inherited() -> None:
    made = policy(rule_data(hours={"schedule": "night"}), **TWO).targets("desk", "ticket")[0]
    assert made.hours is not None
    assert ("night", (), ()) == (made.hours.schedule, made.hours.observes, made.hours.seasons)


def test_an_amount_of_time_stays_an_amount_of_time() -> None:
    assert timedelta(hours=24) == target(within="24h").within
