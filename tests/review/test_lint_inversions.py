"""Inversions: a ticket sent later that is due earlier, with the pair and the way out."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import combinations, pairwise
from typing import Any

import pytest
from hypothesis import given, settings

from builders import EXAMPLES, calendar_data, day_data, policy, rule_data, when
from in_oracle_words import utc
from lint_cases import (
    ALWAYS,
    AZDIGI,
    LATER_ON_SUNDAYS,
    MICROSECOND,
    again,
    answers_at,
    around,
    cases,
    due,
    found,
    of_asked,
    only,
    sent,
)
from support_sla import (
    AnswerTable,
    Policy,
)
from support_sla.answers.question import Question
from support_sla.answers.table.table import answer_table
from support_sla.review import answer_checks


def test_the_reference_policy_answers_sunday_s_last_ticket_after_monday_s_first() -> None:
    finding = only("inversion", AZDIGI, (2026, 2026))
    assert ["2026-01-04 23:59:59.999999+07:00", "2026-01-05 00:00:00+07:00"] == sent(finding)
    assert ["2026-01-05 11:59:59.999999+07:00", "2026-01-05 03:00:00+07:00"] == due(finding)
    assert "departments.technical.channels.ticket.first_response" == finding.path
    one, two = finding.counterexample
    assert timedelta(hours=12) == one.due_at - one.submitted_at
    assert timedelta(hours=3) == two.due_at - two.submitted_at
    assert MICROSECOND == two.submitted_at - one.submitted_at


def test_the_suggested_reading_has_no_inversion_and_answers_the_same_two() -> None:
    finding = only("inversion", AZDIGI, (2026, 2028))
    assert 'crossing = "in_order"' == finding.suggestion
    mended = AZDIGI.model_copy(update={"crossing": "in_order"})
    assert [] == found("inversion", mended, (2026, 2028))
    one, two = finding.as_suggested
    submitted = [deadline.submitted_at for deadline in finding.counterexample]
    assert submitted == [one.submitted_at, two.submitted_at]
    assert ("in_order", "in_order") == (one.crossing, two.crossing)
    assert one.due_at <= two.due_at
    assert (again(one), again(two)) == (one, two)


def test_in_order_is_suggested_also_where_overlap_would_do() -> None:
    rules = [when("Su", within="4h"), rule_data(within="2h")]
    finding = only("inversion", policy(*rules), (2026, 2026))
    assert [] == found("inversion", policy(*rules, crossing="overlap"), (2026, 2026))
    assert 'crossing = "in_order"' == finding.suggestion


@pytest.mark.parametrize(("more", "expected"), [(0, 0), (1, 0), (2, 1)])
def test_a_due_that_drops_by_one_microsecond_is_found(more: int, expected: int) -> None:
    sunday = timedelta(hours=3) + more * MICROSECOND
    rules = (when("Su", within=sunday, counted_in="calendar_time"), LATER_ON_SUNDAYS[1])
    assert expected == len(found("inversion", policy(*rules, **ALWAYS), (2026, 2026)))


def test_the_worst_pair_need_not_be_neighbours() -> None:
    rules = [
        when("Sa", within="60h", counted_in="calendar_time"),
        when("Su", within="30h", counted_in="calendar_time"),
        rule_data(within="3h", counted_in="calendar_time"),
    ]
    finding = only("inversion", policy(*rules, **ALWAYS, timezone="UTC"), (2026, 2026))
    assert ["2026-01-03 23:59:59.999999+00:00", "2026-01-05 00:00:00+00:00"] == sent(finding)
    assert ["2026-01-06 11:59:59.999999+00:00", "2026-01-05 03:00:00+00:00"] == due(finding)
    assert "33h less one microsecond, and its due drops at 104 instants" in finding.message


def test_of_equally_bad_pairs_the_first_on_the_usual_weekday_is_told() -> None:
    relaxed: dict[str, Any] = {"within": "12h", "counted_in": "calendar_time"}
    rules = [
        when("Tu", "Su", **relaxed),
        when("extra", **relaxed),
        rule_data(within="3h", counted_in="calendar_time"),
    ]
    thursdays = calendar_data(day_data("2026-01-01"), day_data("2026-01-08"))
    made = policy(*rules, **ALWAYS, timezone="UTC", calendars={"extra": thursdays})
    finding = only("inversion", made, (2026, 2026))  # 2 Fridays, 52 Mondays, 52 Wednesdays
    assert ["2026-01-04 23:59:59.999999+00:00", "2026-01-05 00:00:00+00:00"] == sent(finding)


def test_of_equally_bad_pairs_on_one_weekday_the_first_is_told() -> None:
    rules = [when("Sa"), when("Su"), rule_data(within="1h", counted_in="calendar_time")]
    finding = only("inversion", policy(*rules, timezone="UTC"), (2026, 2026))
    assert ["2026-01-03 23:59:59.999999+00:00", "2026-01-05 00:00:00+00:00"] == sent(finding)
    assert ["2026-01-05 09:00:00+00:00", "2026-01-05 01:00:00+00:00"] == due(finding)


def test_an_inversion_is_found_across_submissions_that_no_rule_answers() -> None:
    rules = [
        when("Sa", within="60h", counted_in="calendar_time"),
        when("Mo", within="3h", counted_in="calendar_time"),
    ]
    finding = only("inversion", policy(*rules, **ALWAYS, timezone="UTC"), (2026, 2026))
    assert ["2026-01-03 23:59:59.999999+00:00", "2026-01-05 00:00:00+00:00"] == sent(finding)


def test_each_priority_has_its_own_inversion() -> None:
    rules = [
        when("Su", priority=("low",), within="40h", counted_in="calendar_time"),
        when("Su", priority=("high",), within="3h", counted_in="calendar_time"),
        *LATER_ON_SUNDAYS,
    ]
    made = policy(*rules, **ALWAYS, priorities=["low", "high"])
    findings = found("inversion", made, (2026, 2026))
    assert [None, "low"] == [finding.counterexample[0].priority for finding in findings]
    assert ["desk/ticket can", "desk/ticket with priority 'low' can"] == [
        finding.message.partition(" to ")[2].partition(" be ")[0] for finding in findings
    ]


def test_overlap_can_be_inverted_and_in_order_never_is() -> None:
    for crossing, expected in (("submission", 1), ("overlap", 1), ("in_order", 0)):
        made = policy(*LATER_ON_SUNDAYS, **ALWAYS, crossing=crossing)
        assert expected == len(found("inversion", made, (2026, 2027)))


@pytest.mark.parametrize("crossing", ["submission", "overlap"])
def test_the_worst_pair_of_the_reference_policy_is_the_worst_of_all_pairs(crossing: Any) -> None:
    made = AZDIGI.model_copy(update={"crossing": crossing})
    asked = Question(made, "technical", "ticket")
    table = answer_table(asked, 2026, 2026)
    answers = answers_at(asked, around(table))
    pairs = list(combinations(answers.values(), 2))
    gap = max(earlier.due_at - later.due_at for earlier, later in pairs)
    worst = [pair for pair in pairs if pair[0].due_at - pair[1].due_at == gap]
    mondays = [pair for pair in worst if pair[1].submitted_at.weekday() == 0]
    assert len(mondays) > len(worst) / 2
    finding = only("inversion", made, (2026, 2026))
    assert mondays[0] == finding.counterexample
    dues = [deadline.due_at for deadline in answers.values()]
    drops = sum(later < earlier for earlier, later in pairwise(dues))
    assert f"drops at {drops} instants" in finding.message


@settings(max_examples=EXAMPLES // 2)
@given(cases())
def test_lint_finds_an_inversion_exactly_where_some_pair_is_inverted(
    case: tuple[Policy, Question, int],
) -> None:
    made, asked, year = case
    answers = answers_at(asked, around(answer_table(asked, year, year)))
    gap, highest = timedelta(0), datetime.min.replace(tzinfo=UTC)
    for deadline in answers.values():
        gap = max(gap, highest - utc(deadline.due_at))
        highest = max(highest, utc(deadline.due_at))
    findings = of_asked(asked, found("inversion", made, (year, year)))
    assert (gap > timedelta(0)) == bool(findings)
    for finding in findings:
        one, two = finding.counterexample
        assert utc(one.submitted_at) < utc(two.submitted_at)
        assert gap == utc(one.due_at) - utc(two.due_at)
        assert finding.suggestion is not None
        dues = [utc(deadline.due_at) for deadline in finding.as_suggested]
        assert sorted(dues) == dues


@settings(max_examples=EXAMPLES // 2)
@given(cases(crossings=("in_order",)))
def test_a_policy_that_is_in_order_has_no_inversion(case: tuple[Policy, Question, int]) -> None:
    made, _, year = case
    assert [] == found("inversion", made, (year, year))


def test_a_reading_that_did_not_remove_the_inversion_would_not_be_suggested(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def as_submitted(question: Question, first: int, last: int) -> AnswerTable:
        policy = question.policy.model_copy(update={"crossing": "submission"})
        return answer_table(replace(question, policy=policy), first, last)

    monkeypatch.setattr(answer_checks, "answer_table", as_submitted)
    finding = only("inversion", AZDIGI, (2026, 2026))
    assert (None, ()) == (finding.suggestion, finding.as_suggested)
    assert finding.message.endswith("; make its rules promise alike")
