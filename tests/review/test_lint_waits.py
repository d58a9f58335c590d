"""Long closures and waits, and answers that fall while the line is closed."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import EXAMPLES, calendar_data, day_data, policy, rule_data, when
from in_oracle_words import utc
from lint_cases import (
    ALWAYS,
    AZDIGI,
    EPOCH,
    MICROSECOND,
    answers_at,
    around,
    cases,
    due,
    found,
    observing,
    of_asked,
    only,
    sent,
)
from support_sla import (
    Clock,
    Policy,
    YearsNotCoveredError,
)
from support_sla.answers.line import Line
from support_sla.answers.question import Question
from support_sla.answers.table.table import answer_table
from support_sla.review.lint import lint
from support_sla.values.units import DAY_MICROS

# --- closed_long ---


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ([day_data("2026-05-05", closed="00:00:01-24:00")], []),
        ([day_data("2026-05-05")], []),
        ([day_data("2026-05-05"), day_data("2026-05-06", closed="00:00-00:00:01")], ["24h1s"]),
    ],
    ids=["just below", "at", "just above"],
)
def test_a_line_closed_for_longer_than_the_limit_is_found(
    days: list[dict[str, Any]], expected: list[str]
) -> None:
    made = observing(calendar_data(*days), **ALWAYS)
    messages = [each.message for each in lint(made, (2026, 2026), closed_days=1)]
    assert expected == [message.split("at most for ")[1].split()[0] for message in messages]


def closed_on(*dates: str, **changes: Any) -> Policy:
    days = [day_data(each) for each in dates]
    rules = [rule_data(within="1h")]
    return observing(calendar_data(*days, years=[2025, 2027]), rules=rules, **ALWAYS, **changes)


def test_the_longest_closure_is_told_the_first_of_equal_ones_with_its_two_submissions() -> None:
    made = closed_on("2026-03-03", "2026-05-05", "2026-05-06", "2026-07-07", "2026-07-08")
    (finding,) = lint(made, (2026, 2026), closed_days=1)
    assert "departments.desk.channels.ticket.hours" == finding.path
    assert "more than 1 day on end 2 times, at most for 48h from Tu 2026-05-05" in finding.message
    assert ["2026-05-05 00:00:00+00:00", "2026-05-06 23:59:59.999999+00:00"] == sent(finding)
    assert ["2026-05-07 01:00:00+00:00"] * 2 == due(finding)


def test_of_a_closure_over_new_year_the_part_inside_the_years_counts() -> None:
    made = closed_on("2025-12-31", "2026-01-01", "2026-12-31", "2027-01-01")
    assert () == lint(made, (2026, 2026), closed_days=1)
    (finding,) = lint(made, (2025, 2026), closed_days=1)
    assert ["2025-12-31 00:00:00+00:00", "2026-01-01 23:59:59.999999+00:00"] == sent(finding)


def test_a_line_without_target_is_closed_long_without_a_case() -> None:
    findings = found("closed_long", AZDIGI, (2028, 2028))
    assert [2, 0, 0, 0] == [len(finding.counterexample) for finding in findings]


def test_a_closed_line_is_asked_with_a_priority_that_has_an_answer() -> None:
    rules = [when(priority=("high",))]
    made = observing(calendar_data(day_data()), rules=rules, priorities=["low", "high"])
    finding = only("closed_long", made, (2026, 2026), closed_days=2)
    assert ["high", "high"] == [deadline.priority for deadline in finding.counterexample]


def test_a_line_that_never_closes_is_not_closed_long() -> None:
    assert () == lint(policy(**ALWAYS), (2026, 2026), closed_days=1)


# --- long_wait ---


@pytest.mark.parametrize(("more", "expected"), [(-1, 0), (0, 0), (1, 1)])
def test_a_wait_longer_than_the_limit_is_found(more: int, expected: int) -> None:
    within = timedelta(days=1) + more * MICROSECOND
    made = policy(rule_data(within=within, counted_in="calendar_time"), **ALWAYS)
    findings = found("long_wait", made, (2026, 2026), wait_days=1)
    assert expected == len(findings)
    for finding in findings:
        assert ["2026-01-01 00:00:00+07:00"] == sent(finding)
        assert "24h and one microsecond, in 1 stretch of submissions" in finding.message


def test_the_longest_wait_is_told_with_the_last_submission_before_it_that_waits_less() -> None:
    finding = only("long_wait", AZDIGI, (2028, 2028))
    assert "departments.billing.channels.ticket.first_response[0]" == finding.path
    assert ["2028-01-22 16:00:00+07:00", "2028-01-22 16:00:00.000001+07:00"] == sent(finding)
    assert ["2028-01-22 17:00:00+07:00", "2028-01-31 08:00:00.000001+07:00"] == due(finding)
    assert "more than 7 days after it was sent, at most 208h, in 1 stretch" in finding.message


@pytest.mark.parametrize(
    ("less", "before"),
    [
        (0, "2027-01-01 00:00:00+00:00"),  # all of Saturday waits too long, and Friday from here on
        (1, "2027-01-02 23:59:59.999999+00:00"),
        (2, "2027-01-02 23:59:59.999999+00:00"),
    ],
)
def test_a_long_wait_ends_where_it_is_down_to_the_limit(less: int, before: str) -> None:
    on_monday = timedelta(hours=24) - less * MICROSECOND
    rules = [
        when("Su", within="100h", counted_in="calendar_time"),
        rule_data(within=on_monday),
    ]
    made = policy(*rules, schedules={"office": "Mo-Fr 00:00-24:00"}, timezone="UTC")
    finding = only("long_wait", made, (2027, 2027), wait_days=2)
    assert [before, "2027-01-03 00:00:00+00:00"] == sent(finding)


def test_a_wait_at_the_limit_parts_the_stretches_of_longer_ones() -> None:
    rules = [
        when("Su", within="48h", counted_in="calendar_time"),
        rule_data(within="24h", counted_in="calendar_time"),
    ]
    finding = only("long_wait", policy(*rules, **ALWAYS, timezone="UTC"), (2026, 2026), wait_days=1)
    assert ["2026-01-03 23:59:59.999999+00:00", "2026-01-04 00:00:00+00:00"] == sent(finding)
    assert "in 52 stretches of submissions" in finding.message


@pytest.mark.parametrize(
    ("year", "before"),
    [(2024, ["2024-01-01 23:59:59.999999+00:00"]), (2025, [])],  # a Monday, a Wednesday
)
def test_a_wait_over_submissions_without_answer_names_the_last_answered_one(
    year: int, before: list[str]
) -> None:
    rules = [
        when("Mo", within="1h", counted_in="calendar_time"),
        when("We", within="30h", counted_in="calendar_time"),
    ]
    made = policy(*rules, **ALWAYS, timezone="UTC")
    *earlier, worst = sent(only("long_wait", made, (year, year), wait_days=1))
    assert before == earlier
    assert worst.endswith("00:00:00+00:00")


@settings(max_examples=EXAMPLES // 2)
@given(cases(), st.integers(1, 4))
def test_long_waits_are_those_that_asking_one_by_one_finds(
    case: tuple[Policy, Question, int], days: int
) -> None:
    made, asked, year = case
    limit = timedelta(days=days)
    table = answer_table(asked, year, year)
    allowed = [row.due_from + row.due_after - days * DAY_MICROS for row in table.rows()]
    answers = answers_at(asked, around(table, *allowed))
    waits = [(at, utc(each.due_at) - utc(each.submitted_at)) for at, each in answers.items()]
    findings = of_asked(asked, found("long_wait", made, (year, year), wait_days=days))
    assert any(wait > limit for _, wait in waits) == bool(findings)
    for finding in findings:
        longest = max(wait for _, wait in waits)
        at = next(at for at, wait in waits if wait == longest)
        before = [point for point, wait in waits if point < at and wait <= limit][-1:]
        expected = [EPOCH + each * MICROSECOND for each in (*before, at)]
        assert expected == [utc(each.submitted_at) for each in finding.counterexample]


# --- earliest_while_closed, due_while_closed ---


UNTIL_FIVE = {"schedules": {"office": "Mo-Fr 00:00-17:00"}, "timezone": "UTC"}


THREE_HOURS = {"within": "3h", "counted_in": "calendar_time"}


def test_an_instant_at_closing_time_is_not_while_closed() -> None:
    (finding,) = lint(policy(rule_data(**THREE_HOURS), **UNTIL_FIVE), (2026, 2026))
    assert "due_while_closed" == finding.code
    assert "departments.desk.channels.ticket.first_response[0]" == finding.path
    assert ["2026-01-01 14:00:00+00:00", "2026-01-01 14:00:00.000001+00:00"] == sent(finding)
    assert ["2026-01-01 17:00:00+00:00", "2026-01-01 17:00:00.000001+00:00"] == due(finding)
    assert "in 261 stretches of submissions" in finding.message  # one for each Monday to Friday


def test_an_earliest_instant_while_closed_is_found_by_itself() -> None:
    rule = rule_data(earliest="1h", within="3h", counted_in="calendar_time")
    earliest, _ = lint(policy(rule, **UNTIL_FIVE), (2026, 2026))
    assert "earliest_while_closed" == earliest.code
    assert ["2026-01-01 16:00:00+00:00", "2026-01-01 16:00:00.000001+00:00"] == sent(earliest)


def test_business_time_and_a_line_that_never_closes_have_no_instants_while_closed() -> None:
    assert () == lint(policy(rule_data(earliest="1m"), **UNTIL_FIVE), (2026, 2026))
    rule = rule_data(earliest="1h", **THREE_HOURS)
    assert () == lint(policy(rule, **ALWAYS), (2026, 2026))


def test_the_first_submission_of_the_years_may_be_the_one_concerned() -> None:
    made = policy(rule_data(**THREE_HOURS), timezone="UTC")
    finding = only("due_while_closed", made, (2026, 2026))
    assert ["2026-01-01 00:00:00+00:00"] == sent(finding)


@pytest.mark.parametrize(
    "years",
    [
        [2025, 2026],  # closed at that very midnight
        [2026, 2026],  # nobody knows what was open before, so it may have been
    ],
)
def test_a_closing_at_new_year_is_in_time_whether_the_year_before_is_covered_or_not(
    years: list[int],
) -> None:
    own = calendar_data(day_data("2026-01-01"), years=years)
    rules = [rule_data(within="0m", counted_in="calendar_time")]
    made = observing(own, rules=rules, **ALWAYS)
    finding = only("due_while_closed", made, (2026, 2026))
    assert "2026-01-01 00:00:00.000001+00:00" == sent(finding)[-1]


@pytest.mark.parametrize(("more", "parted"), [(0, 0), (1, 52), (2, 52)])
def test_an_instant_at_opening_time_is_not_while_closed(more: int, parted: int) -> None:
    sunday = timedelta(hours=9) + more * MICROSECOND  # the last one is due on Monday at 9
    rules = [when("Su", within=sunday, counted_in="calendar_time"), THREE_HOURS]
    made = policy(*rules, schedules={"office": "Mo-Fr 09:00-17:00"}, timezone="UTC")
    finding = only("due_while_closed", made, (2026, 2026))
    evenings_and_the_first_morning = 261 + 1
    assert f"in {evenings_and_the_first_morning + parted} stretches" in finding.message


def test_a_due_held_down_to_opening_time_is_not_while_closed() -> None:
    rules = [
        when("Fr", "Sa", "Su", within="90h", counted_in="calendar_time"),
        rule_data(within="9h", counted_in="calendar_time"),
    ]
    week = {"office": "Mo-Fr 09:00-17:00"}
    made = policy(*rules, schedules=week, timezone="UTC", crossing="in_order")
    finding = only("due_while_closed", made, (2027, 2027))
    assert ["2027-01-04 08:00:00+00:00", "2027-01-04 08:00:00.000001+00:00"] == sent(finding)


def test_an_answer_of_the_next_year_can_lie_while_closed() -> None:
    own = calendar_data(day_data("2027-01-01"), years=[2026, 2027])
    finding = only("due_while_closed", observing(own, rules=[THREE_HOURS], **ALWAYS), (2026, 2026))
    assert ["2026-12-31 21:00:00+00:00", "2026-12-31 21:00:00.000001+00:00"] == sent(finding)
    assert "in 1 stretch of submissions" in finding.message


def strictly_closed(clock: Clock, at: datetime) -> bool:
    """Whether an instant is known to lie after a closing and before the next opening.

    The first instant that the calendars cover may be a closing: what was open before is not known.
    """
    try:
        return not clock.is_open(at) and not clock.is_open(at - MICROSECOND)
    except YearsNotCoveredError:
        return False


def test_the_first_instant_covered_may_be_a_closing_and_the_next_is_after_it() -> None:
    own = calendar_data(years=[2026, 2027], days=[])
    at_once = rule_data(within="0m", counted_in="calendar_time")
    made = observing(own, rules=[at_once], schedules={"office": "Mo 00:00-00:01"})
    finding = only("due_while_closed", made, (2026, 2026))
    assert ["2026-01-01 00:00:00+00:00", "2026-01-01 00:00:00.000001+00:00"] == sent(finding)


def landings(asked: Question, year: int) -> list[int]:
    """Return the submissions for which some amount of calendar time ends where the line closes."""
    line = Line.of(asked)
    known = line.hours.hours.coverage
    hours = line.hours.window(year, min(year + 1, known.last)).timeline
    targets = [target for target in asked.targets if target.counted_in == "calendar_time"]
    given = {amount for target in targets for amount in (target.within, target.earliest)}
    amounts = {amount // MICROSECOND for amount in given if isinstance(amount, timedelta)}
    edges = (hours.start, *hours.closes)
    return around(answer_table(asked, year, year), *(at - each for at in edges for each in amounts))


@settings(max_examples=EXAMPLES // 2)
@given(cases())
def test_instants_while_closed_are_those_that_asking_one_by_one_finds(
    case: tuple[Policy, Question, int],
) -> None:
    made, asked, year = case
    clock = Clock.of(made, department=asked.department, channel=asked.channel)
    answers = answers_at(asked, landings(asked, year))
    counted = [each for each in answers.values() if each.target.counted_in == "calendar_time"]
    every = of_asked(asked, [*lint(made, (year, year))])
    for code, name in (("earliest_while_closed", "earliest_at"), ("due_while_closed", "due_at")):
        instants = ((each, getattr(each, name)) for each in counted)
        late = [each for each, at in instants if at is not None and strictly_closed(clock, utc(at))]
        findings = [finding for finding in every if finding.code == code]
        assert late[:1] == [finding.counterexample[-1] for finding in findings]
