"""Parts of a policy that can never speak: rules, calendars, lines without a target."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from builders import calendar_data, day_data, every, policy, rule_data, when
from lint_cases import AZDIGI, found, observing, only
from support_sla import (
    NoTargetError,
    Policy,
    compute_deadline,
)
from support_sla.review.lint import lint

# --- rule_never_matches ---


def of_sundays(*more: dict[str, Any], **changes: Any) -> Policy:
    own = calendar_data(*every(6, 2026, 2026), *more, **changes)
    return policy(when("Su"), when("own"), rule_data(), calendars={"own": own}, timezone="UTC")


def test_a_rule_for_a_calendar_of_sundays_behind_a_rule_for_sundays_never_matches() -> None:
    finding = only("rule_never_matches", of_sundays(), (2026, 2026))
    assert "departments.desk.channels.ticket.first_response[1]" == finding.path
    assert (
        "rule 'own' is in force on no date in 2026; correct its 'when', or drop it"
        == finding.message
    )
    assert () == finding.counterexample


def test_a_rule_that_is_in_force_on_one_date_of_the_years_is_not_reported() -> None:
    made = of_sundays(day_data("2027-03-01"), years=[2026, 2027])
    assert 1 == len(found("rule_never_matches", made, (2026, 2026)))
    assert [] == found("rule_never_matches", made, (2026, 2027))


def test_a_rule_whose_answers_lie_past_the_covered_years_is_in_force_all_the_same() -> None:
    own = calendar_data(day_data("2026-12-31"))
    rules = [when("own", within="48h", counted_in="calendar_time"), rule_data()]
    made = policy(*rules, calendars={"own": own}, timezone="UTC")
    assert [] == found("rule_never_matches", made, (2026, 2026))


def test_a_rule_for_a_priority_is_in_force_for_that_priority_alone() -> None:
    made = policy(when(priority=("high",)), rule_data(), priorities=["high"])
    assert () == lint(made, (2026, 2026))


# --- Parts that nothing uses ---


def test_a_calendar_that_no_line_observes_or_names_is_unused() -> None:
    own = calendar_data(day_data())
    finding = only("calendar_unused", policy(calendars={"own": own}), (2026, 2026))
    assert "calendars.own" == finding.path
    assert "'own'" in finding.message


def test_a_calendar_that_is_observed_or_named_is_used() -> None:
    own = calendar_data(day_data())
    assert () == lint(observing(own), (2026, 2026))
    assert () == lint(policy(when("a"), rule_data(), calendars={"a": own}), (2026, 2026))


def test_a_schedule_that_no_line_is_open_by_is_unused() -> None:
    finding = only("schedule_unused", policy(schedules=NIGHT_TOO), (2026, 2026))
    assert ("schedules.night", "'night'" in finding.message) == (finding.path, True)
    assert () == lint(policy(), (2026, 2026))


NIGHT_TOO = {"office": "Mo-Fr 08:00-17:00", "night": "22:00-06:00"}


def test_priorities_are_unused_where_no_rule_names_any() -> None:
    finding = only("priority_unused", policy(priorities=["high", "low"]), (2026, 2026))
    assert ("priorities", "'high' and 'low'" in finding.message) == (finding.path, True)


def test_a_priority_beside_one_that_a_rule_names_is_what_the_default_is_for() -> None:
    rules = [when(priority=("high",)), rule_data()]
    assert [] == found("priority_unused", policy(*rules, priorities=["high", "low"]), (2026, 2026))


# --- calendar_runs_out ---


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        (None, 0),
        (date(2025, 12, 30), 0),
        (date(2025, 12, 31), 0),  # twelve months on is 31 December 2026, which is covered
        (date(2026, 1, 1), 1),
        (date(2030, 6, 1), 1),
    ],
)
def test_a_calendar_must_cover_twelve_months_from_the_date(
    as_of: date | None, expected: int
) -> None:
    made = observing(calendar_data(day_data()))
    assert expected == len(found("calendar_runs_out", made, (2026, 2026), as_of=as_of))


def test_a_calendar_that_runs_out_names_its_last_date_and_its_lines() -> None:
    finding = only("calendar_runs_out", AZDIGI, (2026, 2026), as_of=date(2100, 3, 1))
    assert "calendars.public_holidays" == finding.path
    for part in ("2100-12-31", "2100-03-01", "billing/ticket", "billing/chat", "technical/ticket"):
        assert part in finding.message


def test_a_calendar_that_nothing_uses_does_not_run_out() -> None:
    made = policy(calendars={"own": calendar_data(day_data())})
    assert [] == found("calendar_runs_out", made, (2026, 2026), as_of=date(2026, 5, 1))


# --- line_without_target ---


def test_a_line_without_target_says_what_asking_there_does() -> None:
    findings = found("line_without_target", AZDIGI, (2026, 2026))
    assert [
        "departments.billing.channels.chat",
        "departments.billing.channels.phone",
        "departments.technical.channels.chat",
    ] == [finding.path for finding in findings]
    assert "NoTargetError" in findings[0].message
    with pytest.raises(NoTargetError):
        compute_deadline(AZDIGI, "2026-05-05T09:00:00Z", department="billing", channel="chat")
