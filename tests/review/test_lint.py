"""What lint finds, each both found and not found; what is proved is held against asking one by one.

Boundary rules and the tests that catch their mutation, each tried by hand:
- a drop judged by the rows beside it alone, without the running maximum:
  `test_the_worst_pair_need_not_be_neighbours`;
- `>=` for `>` at a limit: the tests in threes;
- the instant of closing taken for closed: `test_an_instant_at_closing_time_is_not_while_closed`;
- a wait cut at the row's begin: `test_a_long_wait_ends_where_it_is_down_to_the_limit`;
- a rule looked for in the rows, which hide it where the answer is not known:
  `test_a_rule_whose_answers_lie_past_the_covered_years_is_in_force_all_the_same`.
"""

from __future__ import annotations

import pickle
from datetime import UTC, date, datetime, timedelta
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import EXAMPLES, calendar_data, channel_data, day_data, every, policy, rule_data, when
from in_oracle_words import utc
from support_sla import (
    AmountError,
    Clock,
    InstantOutOfRangeError,
    NotAModelError,
    NotAnInstantError,
    NoTargetError,
    Policy,
    YearsNotCoveredError,
    compute_deadline,
    load_policy,
)
from support_sla.answers.line import Line
from support_sla.answers.promise import Promise
from support_sla.answers.question import Question, questions
from support_sla.answers.table.table import answer_table
from support_sla.review.finding import LintFinding
from support_sla.review.lint import lint
from support_sla.strategies import policies
from support_sla.values.units import DAY_MICROS

if TYPE_CHECKING:
    from support_sla import AnswerTable, Deadline

AZDIGI = load_policy("azdigi")
MICROSECOND = timedelta(microseconds=1)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
LATER_ON_SUNDAYS = (
    when("Su", within="12h", counted_in="calendar_time"),
    rule_data(within="3h", counted_in="calendar_time"),
)
ALWAYS = {"schedules": {"office": "24/7"}}


def found(code: str, *args: Any, **options: Any) -> list[LintFinding]:
    return [finding for finding in lint(*args, **options) if finding.code == code]


def only(code: str, *args: Any, **options: Any) -> LintFinding:
    (finding,) = found(code, *args, **options)
    return finding


def sent(finding: LintFinding) -> list[str]:
    return [deadline.submitted_at.isoformat(" ") for deadline in finding.counterexample]


def due(finding: LintFinding) -> list[str]:
    return [deadline.due_at.isoformat(" ") for deadline in finding.counterexample]


def observing(*calendars: dict[str, Any], rules: Any = (), **changes: Any) -> Policy:
    """Return a policy in UTC whose one line observes these calendars, named a, b and so on."""
    named = dict(zip("abc", calendars, strict=False))
    hours = {"schedule": "office", "observes": list(named)}
    channel = channel_data(*rules, hours=hours)
    return policy(channel=channel, calendars=named, **{"timezone": "UTC", **changes})


# --- All findings ---


def test_a_policy_without_traps_has_no_findings() -> None:
    assert () == lint(policy(), (2026, 2035))


def test_findings_stand_in_the_order_of_the_file_and_are_the_same_each_time() -> None:
    data: dict[str, Any] = {
        "priorities": ["low", "high"],
        "timezone": "UTC",
        "calendars": {
            "left": calendar_data(day_data()),
            "sundays": calendar_data(*every(6, 2026, 2026)),
        },
        "schedules": {"night": "22:00-06:00", "office": "Mo-Fr 00:00-17:00"},
        "departments": {
            "desk": {
                "channels": {
                    "chat": {"hours": {"schedule": "office"}},
                    "ticket": channel_data(
                        when("Su", within="90h", earliest="1h", counted_in="calendar_time"),
                        when("sundays"),
                        rule_data(within="3h", earliest="2h", counted_in="calendar_time"),
                    ),
                }
            }
        },
    }
    made = policy(**data)
    findings = lint(made, (2026, 2026), closed_days=2, wait_days=3, as_of=date(2026, 1, 1))
    ticket = "departments.desk.channels.ticket"
    assert [
        ("priorities", "priority_unused"),
        ("calendars.left", "calendar_unused"),
        ("calendars.sundays", "calendar_runs_out"),
        ("schedules.night", "schedule_unused"),
        ("departments.desk.channels.chat", "line_without_target"),
        ("departments.desk.channels.chat.hours", "closed_long"),
        (f"{ticket}.hours", "closed_long"),
        (f"{ticket}.first_response", "inversion"),
        (f"{ticket}.first_response[0]", "long_wait"),
        (f"{ticket}.first_response[1]", "rule_never_matches"),
        (f"{ticket}.first_response[2]", "earliest_while_closed"),
        (f"{ticket}.first_response[2]", "due_while_closed"),
    ] == [(finding.path, finding.code) for finding in findings]
    assert findings == lint(made, (2026, 2026), closed_days=2, wait_days=3, as_of=date(2026, 1, 1))


def test_every_message_has_its_three_parts_and_every_case_its_real_deadlines() -> None:
    findings = [
        *lint(AZDIGI, (2026, 2035), as_of=date(2100, 1, 1)),
        *lint(policy(*LATER_ON_SUNDAYS, priorities=["low"]), (2026, 2026)),
    ]
    assert len({finding.code for finding in findings}) > 5
    for finding in findings:
        what, semicolon, way_out = finding.message.partition("; ")
        assert semicolon
        assert what[0].islower()
        assert way_out[0].islower()
        assert not finding.message.endswith(".")
        submitted = [utc(deadline.submitted_at) for deadline in finding.counterexample]
        assert sorted(submitted) == submitted
        for deadline in finding.counterexample:
            assert deadline == again(deadline)


def again(deadline: Deadline) -> Deadline:
    return compute_deadline(
        deadline._question.policy,
        deadline.submitted_at,
        department=deadline.department,
        channel=deadline.channel,
        priority=deadline.priority,
    )


def test_a_finding_reads_as_its_place_its_case_and_its_way_out() -> None:
    finding = only("inversion", policy(*LATER_ON_SUNDAYS, **ALWAYS, timezone="UTC"), (2026, 2026))
    assert [
        (
            "departments.desk.channels.ticket.first_response: a request to desk/ticket can be due "
            "before one sent earlier, by up to 9h less one microsecond, and its due drops at 52 instants; "
            'write crossing = "in_order" at the top of the policy, before its first table '
            "[inversion]"
        ),
        "  Su 2026-01-04 23:59:59.999999+00:00 -> Mo 2026-01-05 11:59:59.999999+00:00",
        "  Mo 2026-01-05 00:00:00+00:00 -> Mo 2026-01-05 03:00:00+00:00",
        '  with crossing = "in_order":',
        "    Su 2026-01-04 23:59:59.999999+00:00 -> Mo 2026-01-05 03:00:00+00:00",
        "    Mo 2026-01-05 00:00:00+00:00 -> Mo 2026-01-05 03:00:00+00:00",
    ] == str(finding).splitlines()


def test_a_finding_without_a_case_reads_as_one_line() -> None:
    finding = only("priority_unused", policy(priorities=["low"]), (2026, 2026))
    assert "priorities: no rule names a priority, so declaring 'low' changes" in str(finding)
    assert str(finding).endswith("[priority_unused]")
    assert "\n" not in str(finding)


def test_findings_compare_hash_and_pickle_as_themselves() -> None:
    findings = lint(AZDIGI, (2026, 2026))
    assert findings == pickle.loads(pickle.dumps(findings))
    assert len(findings) == len({*findings, *lint(AZDIGI, (2026, 2026))})


# --- inversion ---


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


def names(question: Question) -> dict[str, Any]:
    """Return the names under which `compute_deadline` asks a question."""
    return {name: getattr(question, name) for name in ("department", "channel", "priority")}


def answers_at(asked: Question, points: list[int]) -> dict[int, Deadline]:
    """Ask one by one, and leave out what has no answer."""
    answers = {}
    for at in points:
        try:
            answers[at] = compute_deadline(asked.policy, EPOCH + at * MICROSECOND, **names(asked))
        except (NoTargetError, YearsNotCoveredError):
            continue
    return answers


def around(table: AnswerTable, *more: int) -> list[int]:
    """Return the instants at which rows begin, and some more, each with its neighbours."""
    points = {at + step for at in (*table.begins, *more) for step in (-1, 0, 1)}
    return sorted(at for at in points if table.start <= at < table.end)


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


@st.composite
def cases(
    draw: st.DrawFn, *, crossings: tuple[str, ...] = ("submission", "overlap", "in_order")
) -> tuple[Policy, Question, int]:
    """Draw a policy, one of its lines with a priority, and a year its calendars cover."""
    made = draw(policies(crossings=crossings))
    asked = draw(st.sampled_from(list(questions(made))))
    every_line = [Line.of(each).coverage for each in questions(made)]
    first, last = (max(c.first for c in every_line), min(c.last for c in every_line))
    return made, asked, draw(st.integers(max(first, 2005), min(last, 2027)))


def of_asked(asked: Question, findings: list[LintFinding]) -> list[LintFinding]:
    """Return the findings with a case of this very line and priority."""
    return [
        each
        for each in findings
        if each.counterexample
        for deadline in [each.counterexample[-1]]
        if (asked.department, asked.channel, asked.priority)
        == (deadline.department, deadline.channel, deadline.priority)
    ]


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
    promise = Promise.of(line, year, min(year + 1, line.coverage.last))
    hours = promise.window.timeline
    rules = [rule for rule in line.rules if not rule.counting.stands_still]
    amounts = {rule.within for rule in rules} | {rule.earliest or 0 for rule in rules}
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
    for code, name in (("earliest_while_closed", "earliest_at"), ("due_while_closed", "due_at")):
        instants = ((each, getattr(each, name)) for each in counted)
        late = [each for each, at in instants if at is not None and strictly_closed(clock, utc(at))]
        findings = of_asked(asked, found(code, made, (year, year)))
        assert late[:1] == [finding.counterexample[-1] for finding in findings]


# --- closed_on_make_up_day ---


def vietnamese(*, calendar: Any = None, rules: Any = (), **changes: Any) -> Policy:
    state = {"country": "VN", **(calendar or {})}
    return observing(state, rules=rules, **{"timezone": "Asia/Ho_Chi_Minh", **changes})


def test_a_desk_of_weekdays_is_closed_on_a_saturday_that_the_state_works() -> None:
    finding = only("closed_on_make_up_day", vietnamese(), (2026, 2026))
    assert "departments.desk" == finding.path
    for part in ("Sa 2026-01-10", "12729/VPCP-KGVX", "'a'", "'desk'", "Ngày làm bù (cho ngày nghỉ"):
        assert part in finding.message
    assert ["2026-01-10 00:00:00+07:00", "2026-01-11 00:00:00+07:00"] == sent(finding)
    assert ["2026-01-12 09:00:00+07:00"] * 2 == due(finding)


def test_the_number_of_make_up_days_is_told() -> None:
    state = vietnamese().calendars["a"].model_copy(update={"swaps": True})
    worked = [day for day in state.special_days(2026) if day.works_as]
    assert len(worked) > 1
    message = only("closed_on_make_up_day", vietnamese(), (2026, 2026)).message
    assert f"no open time on {len(worked)} dates that the state works" in message


@pytest.mark.parametrize(
    "changes",
    [
        {"calendar": {"swaps": True}},
        {"schedules": {"office": "Mo-Sa 08:00-17:00"}},
    ],
    ids=["with swaps", "open on Saturdays"],
)
def test_a_desk_that_is_open_on_make_up_days_is_not_reported(changes: dict[str, Any]) -> None:
    assert [] == found("closed_on_make_up_day", vietnamese(**changes), (2026, 2026))


@pytest.mark.parametrize(
    "calendar",
    [
        {"days": [day_data("2026-01-10")]},
        {"swaps": True, "removed": ["2026-01-10"]},
        {"swaps": True, "moved": [{"date": "2026-01-10", "to": "2026-01-17"}]},
    ],
    ids=["given", "removed", "moved"],
)
def test_a_make_up_day_that_the_calendar_itself_decides_is_not_reported(calendar: Any) -> None:
    made = vietnamese(calendar=calendar)
    messages = [each.message for each in found("closed_on_make_up_day", made, (2026, 2026))]
    assert [] == [message for message in messages if "2026-01-10" in message]


def test_a_make_up_day_counts_in_a_union_and_in_a_calendar_that_rules_name() -> None:
    in_union = observing({"union": [{"country": "VN"}]})
    named = policy(when("vn"), rule_data(), calendars={"vn": {"country": "VN"}})
    for made in (in_union, named):
        assert "2026-01-10" in only("closed_on_make_up_day", made, (2026, 2026)).message


def test_of_two_calendars_with_a_make_up_day_the_first_is_named() -> None:
    made = observing({"country": "VN"}, {"country": "VN", "rest_days": ["Su"]})
    message = only("closed_on_make_up_day", made, (2026, 2026)).message
    assert (True, False) == ("calendar 'a'" in message, "calendar 'b'" in message)


def test_one_open_channel_of_the_department_is_enough() -> None:
    line = channel_data(hours={"schedule": "office", "observes": ["a"]})
    chat = {"hours": {"schedule": "always"}}
    made = policy(
        calendars={"a": {"country": "VN"}},
        schedules={"office": "Mo-Fr 08:00-17:00", "always": "24/7"},
        departments={"desk": {"channels": {"ticket": line, "chat": chat}}},
    )
    assert [] == found("closed_on_make_up_day", made, (2026, 2026))


def test_a_department_without_target_is_closed_on_make_up_days_without_a_case() -> None:
    hours = {"schedule": "office", "observes": ["a"]}
    made = policy(
        calendars={"a": {"country": "VN"}},
        departments={"desk": {"channels": {"phone": {"hours": hours}}}},
    )
    assert () == only("closed_on_make_up_day", made, (2026, 2026)).counterexample


def test_a_country_whose_state_swaps_nothing_has_no_make_up_days() -> None:
    assert [] == found("closed_on_make_up_day", observing({"country": "FR"}), (2026, 2026))


# --- calendars_disagree ---

OPEN = day_data(open="08:00-12:00", name="open")
AT_NIGHT = day_data(open="20:00-24:00", name="at night")
AS_SUNDAY = day_data(works_as="Su", name="as Sunday")
SHUT = day_data(name="shut")
IN_PART = day_data(closed="08:00-12:00", name="in part")


@pytest.mark.parametrize(
    ("one", "two", "holds"),
    [
        (OPEN, SHUT, OPEN),
        (SHUT, OPEN, OPEN),
        (OPEN, AT_NIGHT, OPEN),
        (AT_NIGHT, OPEN, AT_NIGHT),
        (AS_SUNDAY, OPEN, AS_SUNDAY),
        (OPEN, {**OPEN, "name": "open too"}, None),
        (OPEN, IN_PART, None),
        (SHUT, IN_PART, None),
        (SHUT, {**SHUT, "name": "shut too"}, None),
        (AS_SUNDAY, SHUT, None),
    ],
)
def test_two_calendars_disagree_where_a_date_would_have_other_hours(
    one: dict[str, Any], two: dict[str, Any], holds: dict[str, Any] | None
) -> None:
    made = observing(calendar_data(one), calendar_data(two))
    findings = found("calendars_disagree", made, (2026, 2026))
    assert ([] if holds is None else [True]) == [
        f"Tu 2026-05-05: {holds and holds['name']!r} in calendar" in each.message
        for each in findings
    ]


def test_a_disagreement_names_both_what_holds_and_how_many_dates() -> None:
    later = [day_data("2026-06-06", open="08:00-12:00"), day_data("2026-06-06")]
    made = observing(calendar_data(SHUT, later[0]), calendar_data(OPEN, later[1]))
    finding = only("calendars_disagree", made, (2026, 2026))
    assert "departments.desk.channels.ticket.hours.observes" == finding.path
    assert (
        "the calendars of line 'desk/ticket' disagree on 2 dates, first on Tu 2026-05-05: 'open' in "
        "calendar 'b' says 08:00-12:00 and holds, 'shut' in calendar 'a' says off; "
        "let one of them say it"
    ) == finding.message
    assert ["2026-05-05 00:00:00+00:00", "2026-05-06 00:00:00+00:00"] == sent(finding)
    clock = Clock.of(made, department="desk")
    assert clock.is_open("2026-05-05T08:00:00Z")


def test_parts_of_one_union_can_disagree() -> None:
    made = observing(calendar_data(union=[calendar_data(OPEN), calendar_data(SHUT)]))
    finding = only("calendars_disagree", made, (2026, 2026))
    assert "'open' in calendar 'a' says 08:00-12:00 and holds" in finding.message


def test_calendars_that_speak_of_other_dates_agree() -> None:
    made = observing(calendar_data(OPEN), calendar_data(day_data("2026-05-06")))
    assert () == lint(made, (2026, 2026))


def test_a_disagreement_of_a_line_without_target_has_no_case() -> None:
    hours = {"schedule": "office", "observes": ["a", "b"]}
    made = policy(
        calendars={"a": calendar_data(OPEN), "b": calendar_data(SHUT)},
        departments={"desk": {"channels": {"phone": {"hours": hours}}}},
    )
    assert () == only("calendars_disagree", made, (2026, 2026)).counterexample


# --- Refused ---


REFUSED: list[tuple[type[Exception], str, dict[str, Any]]] = [
    (NotAModelError, "'azdigi'", {"policy": "azdigi"}),
    (NotAnInstantError, "years=2026", {"years": 2026}),
    (NotAnInstantError, "years=(2026,)", {"years": (2026,)}),
    (NotAnInstantError, "years='26'", {"years": "26"}),
    (NotAnInstantError, "years=('x', 2026)", {"years": ("x", 2026)}),
    (NotAnInstantError, "years=(2026, 2026.0)", {"years": (2026, 2026.0)}),
    (InstantOutOfRangeError, "2027 to 2026", {"years": (2027, 2026)}),
    (InstantOutOfRangeError, "more than 1000", {"years": (1000, 2000)}),
    (InstantOutOfRangeError, "9998", {"years": (9998, 9998)}),
    (NotAnInstantError, "as_of='2026-01-01'", {"as_of": "2026-01-01"}),
    (NotAnInstantError, "type datetime", {"as_of": datetime(2026, 1, 1, tzinfo=UTC)}),
    (AmountError, "closed_days=0", {"closed_days": 0}),
    (AmountError, "closed_days=True", {"closed_days": True}),
    (AmountError, "closed_days='7'", {"closed_days": "7"}),
    (AmountError, "wait_days=-1", {"wait_days": -1}),
    (AmountError, "wait_days=1.5", {"wait_days": 1.5}),
]


@pytest.mark.parametrize(("error", "shown", "changes"), REFUSED, ids=[row[1] for row in REFUSED])
def test_what_lint_cannot_use_is_refused_and_shown(
    error: type[Exception], shown: str, changes: dict[str, Any]
) -> None:
    arguments: dict[str, Any] = {"policy": policy(), "years": (2026, 2026), **changes}
    with pytest.raises(error) as caught:
        lint(**arguments)
    what, semicolon, way_out = str(caught.value).partition("; ")
    assert shown in what
    assert (semicolon, way_out[:1].islower()) == ("; ", True)


@pytest.mark.parametrize("targets", [True, False], ids=["with", "without"])
def test_years_outside_the_calendars_of_any_line_are_refused(targets: bool) -> None:
    channel = channel_data(hours={"schedule": "office", "observes": ["a"]})
    if not targets:
        del channel["first_response"]
    made = policy(channel=channel, calendars={"a": calendar_data(day_data())})
    for years in ((2025, 2026), (2026, 2027)):
        with pytest.raises(YearsNotCoveredError, match="'a'"):
            lint(made, years)
    lint(made, (2026, 2026))


@settings(max_examples=EXAMPLES // 6)
@given(cases())
def test_lint_says_the_same_of_a_policy_that_was_dumped_and_loaded(
    case: tuple[Policy, Question, int],
) -> None:
    made, _, year = case
    again = load_policy(made.model_dump())
    assert list(map(str, lint(made, (year, year)))) == list(map(str, lint(again, (year, year))))


@pytest.mark.parametrize("first", [2025, 2026])
def test_a_closing_at_the_first_instant_known_is_in_time(first: int) -> None:
    known = calendar_data(years=[first, 2026])
    made = policy(
        channel={
            "hours": {"schedule": "office", "observes": ["known"]},
            "first_response": [rule_data(within="0m", counted_in="calendar_time")],
        },
        schedules={"office": "08:00-24:00"},
        calendars={"known": known},
        timezone="UTC",
    )
    finding = only("due_while_closed", made, (2026, 2026))
    assert "2026-01-01 00:00:00.000001+00:00" == sent(finding)[-1]
